"""A source's text as it is read against claims: what words stand for there, and what bears on them.

Denials and hedges are the names of `pact:Denied` and of the modalities that support no facts, so the ontology
decides which words they are. They bear on what follows them in the same clause; that clauses end at `but` and
that `not only` denies nothing is English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Claim
from pactgraph.dates import parse, readings
from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import group, one, read_triples
from pactgraph.graph.sources import SourceFile
from pactgraph.passage import Span, Text, find_bounded
from pactgraph.project import Project
from pactgraph.vocabulary import PACT, RDF

_ANY_DAY: Final = date(2000, 1, 1)
_REACH: Final = 32
"""Code points before a word in which another bears on it."""
_CLAUSE_END: Final = re.compile(r"[;:!?\n]|\.(?=\s)|\b(?:but|while|whereas)\b")
_MERELY: Final = re.compile(r"\s+(?:only|just|merely)\b")
_INFINITIVE: Final = re.compile(r"\bto\s(?:be\s)?\Z")


Lead = list[Span]
"""What stands before a word in its clause, since the last word that carries the same; empty or one span."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the ontology and the authority data say of words: names, denials, hedges and implied stages."""

    labels: Labels
    denials: tuple[str, ...]
    hedges: tuple[str, ...]
    unreal: frozenset[NamedNode]
    """Modalities that support no facts; the hedges are their names."""
    stages: Mapping[NamedNode, NamedNode]
    """The stage that a value of a property implies."""


def read_lexicon(project: Project) -> Lexicon:
    """The lexicon of a project; raises BadInput where one of its files cannot be read."""
    files = (*project.ontology(), *project.authority())
    nodes = group(triple for path in files for triple in read_triples(path))
    labels = Labels(nodes)
    implied = ((node, one(properties, PACT.impliesStage)) for node, properties in nodes.items())
    unreal = [n for n, p in nodes.items() if Literal(value=False) in p.get(PACT.supportsFacts, ())]
    return Lexicon(
        labels,
        denials=labels.names(PACT.Denied),
        hedges=tuple(name for node in unreal for name in labels.names(node)),
        unreal=frozenset(unreal),
        stages={node: stage for node, stage in implied if isinstance(stage, NamedNode)},
    )


class Reader:
    """A source's text together with all that is needed to read a claim against it.

    `places` is where words stand in the text, as other readers of it have found.
    """

    def __init__(
        self, source: SourceFile, text: Text, lexicon: Lexicon, places: dict[str, list[Span]] | None = None
    ) -> None:
        self.source = source
        self.text = text
        self.lexicon = lexicon
        self.labels = lexicon.labels
        self.whole = Span(0, len(text.normal) or 1)
        self._places = {} if places is None else places
        self._spans: dict[NamedNode, Span | None] = {}

    def spans(self, nodes: Iterable[NamedNode]) -> list[Span]:
        """Where the passages stand."""
        return [span for node in nodes if (span := self.span(node))]

    def span(self, node: NamedNode) -> Span | None:
        """Where a passage stands; None where only its locator is known."""
        if node not in self._spans:
            passage = self.source.passage(node)
            self._spans[node] = passage.span if passage else None
        return self._spans[node]

    def find(self, words: str, spans: Iterable[Span]) -> list[Span]:
        """Where the words stand whole within the spans; capitals count only in words of capitals, as in US."""
        if words not in self._places:
            self._places[words] = find_bounded(self.text.normal, words, ignore_case=not words.isupper())
        places = self._places[words]
        return (
            [p for span in spans for p in places if span.start <= p.start and p.end <= span.end]
            if places
            else []
        )

    def find_any(self, names: Iterable[str], spans: list[Span]) -> list[Span]:
        """Where any of the names stands whole within the spans."""
        return [place for name in names for place in self.find(name, spans)]

    def words(self, spans: Iterable[Span]) -> str:
        """All words of the spans."""
        return " ".join(span.of(self.text.normal) for span in spans)

    def line(self, place: Span) -> str:
        """The whole line in which a place stands."""
        normal = self.text.normal
        end = normal.find("\n", place.end)
        return normal[normal.rfind("\n", 0, place.start) + 1 : end if end >= 0 else len(normal)]

    def anchors(self, claim: Claim) -> list[str]:
        """The days from which words such as `last week` are read: of speaking and of publication."""
        published = self.source.published
        texts = [claim.stated_on, published.text if published else None]
        return list(dict.fromkeys(text.rstrip("~?%") for text in texts if text))

    def dates(self, words: str, claim: Claim) -> set[str]:
        """Every date that the words can stand for in this claim; without a day to read from, those with their year."""
        days = [parse(text).first for text in self.anchors(claim)]
        if not any(days):
            return {reading for reading in readings(words, _ANY_DAY) if reading[:4] in words}
        return {reading for day in days if day for reading in readings(words, day)}

    @cached_property
    def all_dates(self) -> frozenset[str]:
        """Every date that the text can mean, read from its day of publication."""
        published = self.source.published
        return readings(self.text.normal, published.first) if published and published.first else frozenset()

    def leads(self, claim: Claim) -> list[Lead]:
        """What leads to each of the words that carry the claim, in its passage or else where it is resolved from.

        Those are the names of the stage that its property implies, or of its object, or else the words as printed.
        """
        value, stage = claim.proposition.object, self.lexicon.stages.get(claim.proposition.predicate)
        nodes = [node for node in (stage, value) if isinstance(node, NamedNode)]
        carrying = [*map(self.labels.naming, nodes), (claim.as_printed or "",)]
        for spans in (self.spans((claim.passage,)), self.spans(claim.resolved_from)):
            for names in carrying:
                if places := set(self.find_any(names, spans)):
                    everywhere = self.find_any(names, [self.whole])
                    return [self._lead(place, everywhere) for place in sorted(places)]
        return []

    def denies(self, lead: Lead) -> bool:
        """Whether a denial stands there, not one that only says `not only`."""
        found = self.find_any(self.lexicon.denials, lead)
        return any(not _MERELY.match(self.text.normal, denial.end) for denial in found)

    def hedges(self, lead: Lead) -> bool:
        """Whether what follows is put as not so yet: as a hope, a plan, a mere possibility or an aim."""
        normal = self.text.normal
        found = (find_bounded(normal, hedge, within=span) for hedge in self.lexicon.hedges for span in lead)
        return any(found) or any(_INFINITIVE.search(span.of(normal)) for span in lead)

    def _lead(self, place: Span, everywhere: list[Span]) -> Lead:
        ended = max((other.end for other in everywhere if other.end <= place.start), default=0)
        start = max(ended, place.start - _REACH)
        clause = _CLAUSE_END.split(self.text.normal[start : place.start])[-1]
        return [Span(place.start - len(clause), place.start)] if clause else []

    def value(self, node: NamedNode, kind: NamedNode) -> bool:
        """Whether a node of the source is a value of the kind."""
        return kind in self.source.nodes.get(node, {}).get(RDF.type, ())
