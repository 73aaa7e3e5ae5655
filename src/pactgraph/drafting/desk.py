"""From candidates to claims: each made, given the passages that name what it speaks of, and held against the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from pactgraph.audit.reading import Lexicon, Reader
from pactgraph.claim import Claim, Proposition, Term
from pactgraph.drafting.composing import compose, needed
from pactgraph.drafting.conditions import condition_of
from pactgraph.drafting.draft import Draft, Drafted, Refusal
from pactgraph.drafting.proposals import Known, Proposals
from pactgraph.drafting.proving import (
    fitted,
    nearest,
    pointing,
    refusals,
    span_of,
    spans_of,
    unnamed,
    without_idle_repeats,
)
from pactgraph.drafting.recipes import Cookbook, Recipe
from pactgraph.drafting.sheet import Sheet, Unsayable, Value
from pactgraph.drafting.sources import Given, describe_source, find_publisher, propose_run
from pactgraph.drafting.things import subject_of
from pactgraph.drafting.values import value_of
from pactgraph.errors import PageFault, PassageFault
from pactgraph.extraction import Candidate, Extraction
from pactgraph.extraction.extractor import Extractor
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.parsing import parser_name
from pactgraph.graph.nodes import Nodes
from pactgraph.graph.sources import SourceFile
from pactgraph.passage import Span
from pactgraph.vocabulary import EDTF, ONTOLOGY, PACT, RDF, RDFS

LONGEST = 250_000
"""In code points: 40,000 words, which take a minute."""


@dataclass(frozen=True)
class Drafter:
    """Makes drafts for one graph."""

    extractor: Extractor
    cookbook: Cookbook
    lexicon: Lexicon

    @cached_property
    def known(self) -> Known:
        """The graph's nodes with their tables."""
        return Known(self.extractor.nodes)

    def draft(self, given: Given) -> Draft:
        """The draft of an article; every claim in it is one that `verify` verifies against the text.

        Raises PageFault for a text that is longer than any article.
        """
        if (length := len(given.text.normal)) > LONGEST:
            raise PageFault(
                f"it has {length:,} characters, and the longest article that is read has {LONGEST:,}",
                where=given.text.name,
                hint="Give the article alone, or a long document part by part.",
            )
        extraction = self.extractor.read(given.text.normal, given.published)
        return _Desk(self, given, extraction).draft()


class _Desk:
    """One article at work."""

    def __init__(self, drafter: Drafter, given: Given, extraction: Extraction) -> None:
        self.given, self.extraction, self.lexicon = given, extraction, drafter.lexicon
        self.proposals = Proposals(drafter.known)
        stated = given.published.isoformat() if given.published else None
        hub = drafter.extractor.names.hub
        self.sheet = Sheet(
            given.name, given.text.normal, stated, extraction, drafter.cookbook, self.proposals, hub
        )
        self.publisher = find_publisher(given, self.proposals)
        self.run = propose_run(self.proposals, parser_name(), given.recorded)
        self.values: Nodes = {}
        self.refused: list[Refusal] = []
        self._places: dict[str, list[Span]] = {}

    def draft(self) -> Draft:
        drafted = [each for candidate in self.extraction.candidates for each in self._variants(candidate)]
        bare = self._bare()
        drafted = [replace(each, claim=self._named(each.claim, bare)) for each in drafted]
        proved = _unique(self._proved(drafted, self._reader(bare)))
        nodes = compose(bare, [each.claim for each in proved], self.given)
        return Draft(self.given, nodes, self._needed(nodes), proved, tuple(self.refused), self.extraction)

    # Claims of a candidate

    def _variants(self, candidate: Candidate) -> Iterator[Drafted]:
        """The claims of a candidate at each of the places where the article makes it, the fullest first."""
        places = (candidate.evidence, *candidate.also_at)
        for told in _ever_less(candidate):
            for place in places:
                others = tuple(other for other in places if other != place)
                put = replace(told, evidence=place, also_at=others) if others else told
                yield from (replace(each, candidate=candidate) for each in self._drafted(put))

    def _drafted(self, candidate: Candidate) -> Iterator[Drafted]:
        for recipe in self.sheet.cookbook.of(candidate):
            try:
                if (claim := self._claim(candidate, recipe)) is not None:
                    yield Drafted(claim, candidate)
            except (Unsayable, PassageFault) as reason:
                refusal = Refusal(candidate, _local(recipe.says), (str(reason),))
                if not any(_alike(refusal, other) for other in self.refused):
                    self.refused.append(refusal)

    def _claim(self, candidate: Candidate, recipe: Recipe) -> Claim | None:
        value = value_of(self.sheet, candidate, recipe.value)
        if value is None:
            return None
        passage = fitted(self.given.text.normal, *candidate.evidence)
        if passage is None:
            raise Unsayable("its words are no passage: they run over an ellipsis or a bracket")
        subject = subject_of(self.sheet, candidate, recipe.about)
        self._require(recipe.says, RDFS.domain, subject)
        if isinstance(value.term, NamedNode):
            self._require(recipe.says, RDFS.range, value.term, value.nodes)
        proposition = Proposition(
            subject, recipe.says, value.term, tuple(self._scope(candidate, recipe, subject))
        )
        self.values |= value.nodes
        voice, cookbook = candidate.voice, self.sheet.cookbook
        quotation = cookbook.term("quotation", voice.quotation, voice.quotation.capitalize())
        own_voice = voice.speaker is None
        return Claim(
            source=self.given.source,
            passage=self._passage(passage),
            proposition=proposition,
            speaker=self.publisher if voice.speaker is None else self.proposals.entity(voice.speaker),
            modality=cookbook.term("modality", candidate.modality, candidate.modality.capitalize())
            or PACT.Factual,
            polarity=PACT.Denied if candidate.denied else PACT.Affirmed,
            quotation=PACT.OwnVoice if own_voice else _attributed(quotation),
            as_printed=" ".join(value.printed.of(self.given.text.normal).split()),
            stated_on=self.sheet.stated,
            flags=tuple(
                flag for each in candidate.flags if (flag := cookbook.term("flag", each)) is not None
            ),
            resolved_from=tuple(self._beyond(value, passage)),
            recorded_by=self.run,
            rule=f"{candidate.rule} {candidate.version}",
            confidence=f"{candidate.confidence:.2f}".rstrip("0").rstrip("."),
        )

    def _require(self, says: NamedNode, side: NamedNode, node: NamedNode, made: Nodes | None = None) -> None:
        """Raises Unsayable for a node that is not of the class that the ontology joins by the property."""
        for wanted in self.proposals.get(says, side):
            types = [*self.proposals.get(node, RDF.type), *(made or {}).get(node, {}).get(RDF.type, ())]
            if wanted.value.startswith(ONTOLOGY) and wanted not in self._classes(types):
                name = self.proposals.labels.label
                raise Unsayable(f"{name(node)} is no {name(wanted)}, which {name(says)} asks for")

    def _classes(self, types: Iterable[Term]) -> set[Term]:
        """Classes with those above them."""
        found, waiting = set[Term](), list(types)
        while waiting:
            if (each := waiting.pop()) not in found and isinstance(each, NamedNode):
                found.add(each)
                waiting += self.proposals.get(each, RDFS.subClassOf)
        return found

    def _scope(
        self, candidate: Candidate, recipe: Recipe, subject: NamedNode
    ) -> Iterator[tuple[NamedNode, Term]]:
        if recipe.on and (when := value_of(self.sheet, candidate, recipe.on)) is not None:
            yield PACT.on, Literal(when.term.value, datatype=EDTF)
        number = candidate.details.get("number", "")
        if number.isdecimal() and PACT.PactGroup in self.proposals.get(subject, RDF.type):
            yield PACT.howMany, Literal(int(number))
        if (condition := condition_of(self.sheet, candidate)) not in (None, subject):
            yield PACT.condition, condition

    def _passage(self, span: Span) -> NamedNode:
        return NamedNode(f"{self.given.source.value}#{span}")

    def _passages(self, spans: Iterable[tuple[int, int]], own: Span) -> Iterator[NamedNode]:
        for start, end in spans:
            span = fitted(self.given.text.normal, start, end)
            if span is not None and span != own:
                yield self._passage(span)

    def _beyond(self, value: Value, own: Span) -> Iterator[NamedNode]:
        """The words that give the value, where they stand outside the passage."""
        if not (own.start <= value.printed.start and value.printed.end <= own.end):
            yield from self._passages([(value.printed.start, value.printed.end)], own)

    # Proof

    def _named(self, claim: Claim, bare: Nodes) -> Claim:
        """The claim with the passages that name what it speaks of; how the text calls it is proposed where that is new."""
        reader = self._reader(bare)
        for node in unnamed(claim, reader):
            mentions = self._mentions(node)
            within = [
                m for m in mentions if any(s.start <= m.start and m.end <= s.end for s in spans_of(claim))
            ]
            if within:
                self._adopt(within[0])
                continue
            called = reader.find_any(reader.labels.naming(node), [reader.whole])
            place = nearest(
                claim, [*called, *(Span(m.start, m.end) for m in mentions)], self.given.text.normal
            )
            if place is not None:
                claim = self._printed(pointing(claim, place), node, place)
                for mention in mentions:
                    if place.start <= mention.start and mention.end <= place.end and place not in called:
                        self._adopt(mention)
        return claim

    def _printed(self, claim: Claim, node: NamedNode, place: Span) -> Claim:
        """Where the object is named elsewhere, the words that name it there are the words as printed."""
        if node != claim.proposition.object:
            return claim
        words = self.sheet.few(place.start, place.end).of(self.given.text.normal)
        return replace(claim, as_printed=" ".join(words.split()))

    def _mentions(self, node: NamedNode) -> list[Mention]:
        """Where the extractor saw something named, or a party that tells a pact from others."""
        wanted = {node, *self.proposals.labels.telling_parties(node)}
        return [m for scene in self.extraction.scenes for m in scene.mentions if m.entity.node in wanted]

    def _adopt(self, mention: Mention) -> None:
        self.proposals.name(
            mention.entity.node, self.given.text.normal[mention.start : mention.end], mention.how
        )

    def _reader(self, nodes: Nodes) -> Reader:
        """A reader by all names that are known or proposed now; what one has found, those after it know."""
        source = SourceFile(Path(self.given.capture), self.given.source, nodes, {})
        lexicon = replace(self.lexicon, labels=self.proposals.labels)
        return _Drafting(source, self.given.text, lexicon, self._places)

    def _bare(self) -> Nodes:
        return {
            self.given.source: describe_source(self.given, self.extraction, self.publisher),
            **self.values,
        }

    def _proved(self, drafted: Sequence[Drafted], reader: Reader) -> Iterator[Drafted]:
        """The claims that the text carries: of one that is made at several places, the first that does."""
        done: set[tuple[int, NamedNode]] = set()
        failed: dict[tuple[int, NamedNode], Refusal] = {}
        for each in drafted:
            key = id(each.candidate), each.claim.proposition.predicate
            if key in done:
                continue
            if reasons := refusals(each.claim, reader):
                says = _local(each.claim.proposition.predicate)
                failed.setdefault(key, Refusal(each.candidate, says, reasons))
            else:
                done.add(key)
                yield replace(each, claim=without_idle_repeats(self._repeated(each), reader))
        self.refused += [refusal for key, refusal in failed.items() if key not in done]

    def _repeated(self, drafted: Drafted) -> Claim:
        """The claim with the other places at which the article makes it."""
        places = (drafted.candidate.evidence, *drafted.candidate.also_at)
        others = self._passages(places, span_of(drafted.claim.passage))
        return replace(drafted.claim, also_at=tuple(others))

    def _needed(self, nodes: Nodes) -> Nodes:
        return needed(nodes, self.proposals.nodes, self.proposals.all)


class _Drafting(Reader):
    """A reader of claims whose passages are named and not described yet."""

    def span(self, node: NamedNode) -> Span:
        return span_of(node)


def _ever_less(candidate: Candidate) -> Iterator[Candidate]:
    """A candidate, and then without a period that the text may not prove."""
    yield candidate
    if "period" in candidate.details:
        yield replace(candidate, details={n: v for n, v in candidate.details.items() if n != "period"})


def _alike(one: Refusal, other: Refusal) -> bool:
    """Whether the two tell the same of the same words."""
    same = (one.says, one.reasons) == (other.says, other.reasons)
    return same and one.candidate.trigger == other.candidate.trigger


def _attributed(quotation: NamedNode | None) -> NamedNode:
    """How somebody is quoted; who is named as the speaker is no own voice."""
    return NamedNode(f"{ONTOLOGY}Indirect") if quotation in (None, PACT.OwnVoice) else quotation


def _unique(drafted: Iterable[Drafted]) -> tuple[Drafted, ...]:
    """Each claim once; its further passages are those of all that say it."""
    kept: dict[NamedNode, Drafted] = {}
    for each in drafted:
        before = kept.setdefault(each.claim.iri, each)
        if before is not each:
            places = (*before.claim.also_at, *(p for p in each.claim.also_at if p != before.claim.passage))
            kept[each.claim.iri] = replace(before, claim=replace(before.claim, also_at=places))
    return tuple(kept.values())


def _local(node: NamedNode) -> str:
    return node.value.rpartition("#")[2]
