"""The values of claims: what a candidate says of a thing, as a term of the graph, with the words that give it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse, say
from pactgraph.drafting.proposals import Proposals, slug
from pactgraph.drafting.recipes import Cookbook
from pactgraph.extraction import Candidate, Entity, Extraction
from pactgraph.extraction.context import GROUP
from pactgraph.extraction.mentions import Mention
from pactgraph.graph.minting import value_iri
from pactgraph.graph.nodes import Nodes, Properties
from pactgraph.passage import Span, find_bounded
from pactgraph.vocabulary import EDTF, ONTOLOGY, PACT, RDF, SCHEMA, SKOS, XSD

_FEW_WORDS, _FEW_LETTERS = 7, 60
_PERCENT = "%GDP"


class Unsayable(Exception):
    """Why a candidate cannot be put as a claim."""


@dataclass(frozen=True, slots=True)
class Value:
    """The object of a claim, the span of the words that give it, and the node of the value where it is one of parts."""

    term: Term
    printed: Span
    nodes: Nodes = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """What the claims of one article are made from; `stated` is its day of publication as EDTF, `name` its source's name."""

    name: str
    text: str
    stated: str | None
    extraction: Extraction
    cookbook: Cookbook
    proposals: Proposals
    hub: Entity | None

    def mentions(self, entity: Entity) -> list[Mention]:
        """Where the article names something, in order."""
        every = (m for scene in self.extraction.scenes for m in scene.mentions)
        return [mention for mention in every if mention.entity.node == entity.node]

    def few(self, start: int, end: int) -> Span:
        """The first words of a stretch, as few as may be shown."""
        span = Span(start, end)
        words = list(re.finditer(r"\S+", span.of(self.text)))[:_FEW_WORDS]
        while len(words) > 1 and words[-1].end() > _FEW_LETTERS:
            words.pop()
        return Span(start, start + words[-1].end()) if words else span


# Things that claims are about


def subject_of(sheet: Sheet, candidate: Candidate, about: str) -> NamedNode:
    """The node that a claim is about; raises Unsayable where the candidate names none."""
    if about == "event":
        return _event(sheet, candidate)
    if about == "pact":
        return _pact(sheet, candidate)
    return _node(sheet, candidate, candidate.subject if about == "subject" else candidate.object)


def _node(sheet: Sheet, candidate: Candidate, thing: Entity | str) -> NamedNode:
    if isinstance(thing, str):
        raise Unsayable(f"“{thing}” is no node of the graph")
    if thing.kind == GROUP:
        return _pacts_of(sheet, thing)
    if thing.kind == "agreement" and not sheet.proposals.holds(thing.node):
        return _agreement(sheet, candidate, thing)
    return sheet.proposals.entity(thing)


def _pacts_of(sheet: Sheet, group: Entity) -> NamedNode:
    if sheet.proposals.holds(group.node) or sheet.hub is None:
        return sheet.proposals.entity(group)
    return sheet.proposals.group(sheet.hub)


def _agreement(sheet: Sheet, candidate: Candidate, pact: Entity) -> NamedNode:
    """An agreement that the graph does not hold: the hub's with the state of its code."""
    partner = next(
        (m.entity for s in sheet.extraction.scenes for m in s.mentions if m.entity.code == pact.code), None
    )
    if partner is None or sheet.hub is None or partner.node == sheet.hub.node:
        raise Unsayable(f"the parties of {pact.name} are not both named")
    return sheet.proposals.pact(sheet.hub, partner)


def _pact(sheet: Sheet, candidate: Candidate) -> NamedNode:
    """The pact between subject and object, or the group of those of the subject."""
    one, other = candidate.subject, candidate.object
    if one.kind != "party":
        return _node(sheet, candidate, one)
    if isinstance(other, str):
        return sheet.proposals.group(one)
    if other.kind == "party" and other.node != one.node:
        return sheet.proposals.pact(one, other)
    if other.kind == "group":
        return sheet.proposals.group(one, other)
    return _node(sheet, candidate, other)


def _event(sheet: Sheet, candidate: Candidate) -> NamedNode:
    """The event of a candidate, named after who or what it is about and when it was."""
    kind = sheet.cookbook.term("event", str(candidate.object)) or sheet.cookbook.term(
        "event", candidate.predicate
    )
    if kind is None:
        raise Unsayable(f"no kind of event is known for {candidate.predicate}")
    type_ = kind.value.removeprefix(ONTOLOGY)
    about, label = _about_event(sheet, candidate, type_)
    when = candidate.when.edtf if candidate.when and not candidate.when.vague else ""
    number = candidate.details.get("round", "")
    told = f"round {number}" if number else when or (sheet.stated or "")
    name = f"{about} {'' if number else slug(str(_channel(candidate, type_)))} {told or sheet.name}"
    shown = f"{label}, {f'round {number}' if number else say(parse(when or sheet.stated or '')) if told else sheet.name}"
    node = sheet.proposals.add("event", name, shown[:1].upper() + shown[1:], (type_,))
    _named_as_printed(sheet, candidate, node)
    return node


def _about_event(sheet: Sheet, candidate: Candidate, type_: str) -> tuple[str, str]:
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type_).lower()
    if candidate.subject.kind == "person":
        return candidate.subject.name.split()[-1], f"{plain} of {candidate.subject.name}"
    if candidate.predicate == "negotiating":
        pact = _pact(sheet, candidate)
        names = sheet.proposals.get(pact, SKOS.prefLabel)
        return pact.value.rpartition("/")[2], f"{plain} on the {names[0].value if names else 'agreement'}"
    return slug(candidate.subject.name), f"{plain} of {candidate.subject.name}"


def _channel(candidate: Candidate, type_: str) -> str:
    return (
        candidate.object
        if candidate.predicate == "statement" and isinstance(candidate.object, str)
        else type_
    )


def _named_as_printed(sheet: Sheet, candidate: Candidate, event: NamedNode) -> None:
    """An event goes by the words that name it in its article."""
    if event in sheet.proposals.nodes:
        place = (
            candidate.object_span
            if candidate.predicate == "statement" and candidate.object_span
            else candidate.trigger
        )
        words = " ".join(sheet.few(*place).of(sheet.text).split())
        sheet.proposals.name(event, words)


# Values


def value_of(sheet: Sheet, candidate: Candidate, recipe_value: str) -> Value | None:
    """The object of a claim; None where the candidate gives none. Raises Unsayable where it cannot be put."""
    if recipe_value[:1].isupper():
        return _term(sheet, candidate, NamedNode(ONTOLOGY + recipe_value))
    return _VALUES[recipe_value](sheet, candidate)


def _term(sheet: Sheet, candidate: Candidate, term: NamedNode) -> Value:
    """A term of the ontology, by one of its names in the evidence, or else by the word that opened the frame."""
    names = [
        v.value
        for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        for v in sheet.proposals.get(term, p)
    ]
    area = Span(*candidate.evidence)
    places = [
        place for name in names for place in find_bounded(sheet.text, name, ignore_case=True, within=area)
    ]
    near = min(places, key=lambda p: (abs(p.start - candidate.trigger[0]), -p.end), default=None)
    return Value(term, near or sheet.few(*candidate.trigger))


def _thing(sheet: Sheet, candidate: Candidate, node: NamedNode) -> Value:
    return Value(node, sheet.few(*(candidate.object_span or candidate.trigger)))


def _subject(sheet: Sheet, candidate: Candidate) -> Value:
    node = subject_of(sheet, candidate, "subject")
    named = [
        m
        for m in sheet.mentions(candidate.subject)
        if candidate.evidence[0] <= m.start < candidate.evidence[1]
    ]
    place = (named[0].start, named[0].end) if named else candidate.evidence
    return Value(node, sheet.few(*place))


def _date(sheet: Sheet, candidate: Candidate) -> Value | None:
    when = candidate.when
    if when is None:
        return None
    try:
        parse(when.edtf)
    except Exception as fault:
        raise Unsayable(f"“{when.edtf}” is no date without a day from which it is read") from fault
    return Value(Literal(when.edtf, datatype=EDTF), sheet.few(*when.span))


def _open_date(sheet: Sheet, candidate: Candidate) -> Value:
    """The date, or from the day of speaking on: what is expected lies ahead."""
    if (given := _date(sheet, candidate)) is not None:
        return given
    if sheet.stated is None:
        raise Unsayable("the day of publication is not known, so it is not known from when on it is expected")
    return Value(Literal(f"{sheet.stated}/..", datatype=EDTF), sheet.few(*candidate.trigger))


def _place(sheet: Sheet, candidate: Candidate) -> Value | None:
    words = candidate.details.get("place")
    if not words:
        return None
    node = sheet.proposals.named(words, PACT.Place) or sheet.proposals.add("place", words, words, ("Place",))
    return Value(node, _printed_near(sheet, candidate, words))


def _occasion(sheet: Sheet, candidate: Candidate) -> Value | None:
    words = candidate.details.get("event")
    if not words:
        return None
    found = next(
        (
            m
            for s in sheet.extraction.scenes
            for m in s.mentions
            if m.entity.kind == "event" and m.entity.name == words
        ),
        None,
    )
    if found is None:
        raise Unsayable(f"the graph has no event “{words}”: which one it was, a reviewer must say")
    return Value(found.entity.node, Span(found.start, found.end))


def _printed_near(sheet: Sheet, candidate: Candidate, words: str) -> Span:
    """Where words stand, within the evidence or nearest to it."""
    places = find_bounded(sheet.text, words, ignore_case=True)
    if not places:
        raise Unsayable(f"“{words}” does not stand in the text")
    start, end = candidate.evidence
    return min(places, key=lambda p: max(0, start - p.start, p.end - end))


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Unsayable(f"“{text}” is no whole number") from None


def _round(sheet: Sheet, candidate: Candidate) -> Value | None:
    number = candidate.details.get("round")
    if not number:
        return None
    return Value(Literal(_number(number)), sheet.few(*(candidate.object_span or candidate.trigger)))


def _stage(sheet: Sheet, candidate: Candidate) -> Value:
    stage = candidate.details.get("stage", "ongoing")
    term = sheet.cookbook.term("stage", stage)
    if term is None:
        raise Unsayable(f"no stage of the ontology stands for “{stage}”")
    return _term(sheet, candidate, term)


def _field(sheet: Sheet, candidate: Candidate) -> Value:
    words = str(candidate.object)
    term = sheet.proposals.named(words, PACT.Field)
    if term is None:
        raise Unsayable(f"no field of the ontology (pact:Fields) is called “{words}”")
    return _thing(sheet, candidate, term)


def _words(sheet: Sheet, candidate: Candidate) -> Value:
    """A few words as they are printed: a reviewer puts it in words of their own."""
    span = sheet.few(*(candidate.object_span or candidate.evidence))
    return Value(Literal(" ".join(span.of(sheet.text).split()), language="en"), span)


def _office(sheet: Sheet, candidate: Candidate) -> Value:
    """The office of that name, of the party that its holder acts for."""
    words, span = str(candidate.object), candidate.object_span or candidate.evidence
    side = _side(sheet, candidate)
    if side is None:
        raise Unsayable(f"of whom “{words}” is an office is not said")
    found = _held_office(sheet.proposals, words, side)
    printed = sheet.few(*span)
    if found is None:
        party = sheet.proposals.get(side, SKOS.prefLabel)
        of = party[0].value if party else side.value.rpartition("/")[2]
        label = f"{words[:1].upper()}{words[1:]} of {of}"
        found = sheet.proposals.add("office", label, label, ("Office",), actsFor=[side])
    sheet.proposals.name(found, " ".join(printed.of(sheet.text).split()))
    return Value(found, printed)


def _side(sheet: Sheet, candidate: Candidate) -> NamedNode | None:
    for mention in sheet.mentions(candidate.subject):
        if mention.office is not None and mention.office.name == candidate.object and mention.office.party:
            return sheet.proposals.entity(mention.office.party)
    side = candidate.subject.side
    return side if side is not None and sheet.proposals.holds(side) else None


def _held_office(proposals: Proposals, words: str, side: NamedNode) -> NamedNode | None:
    """The one office whose name has all the words and that acts for the side, itself or by a body of it."""
    wanted = set(_plain(words))
    found = []
    for node, properties in proposals.all.items():
        if PACT.Office in properties.get(RDF.type, ()) and _acts_for(proposals, node, side):
            labels = [v.value for p in (SKOS.prefLabel, SKOS.altLabel) for v in properties.get(p, ())]
            scores = [len(set(_plain(label)) - wanted) for label in labels if wanted <= set(_plain(label))]
            found += [(min(scores), node.value, node)] if scores else []
    best = min(found, default=None)
    return best[2] if best is not None and (best[0] == 0 or len(found) == 1) else None


def _plain(words: str) -> list[str]:
    return [
        w
        for w in re.findall(r"\w+", words.lower().replace("defence", "defense"))
        if w not in ("of", "the", "for")
    ]


def _acts_for(proposals: Proposals, node: NamedNode, side: NamedNode) -> bool:
    seen: set[Term] = set()
    waiting: list[Term] = [node]
    while waiting:
        each = waiting.pop()
        if each == side:
            return True
        if isinstance(each, NamedNode) and each not in seen:
            seen.add(each)
            waiting += proposals.get(each, PACT.actsFor)
    return False


# Values of parts


def _count(sheet: Sheet, candidate: Candidate) -> Value:
    number, _, what = str(candidate.object).partition("|")
    kinds = {
        t.value.removeprefix(ONTOLOGY)
        for t in sheet.proposals.get(candidate.subject.node, RDF.type)
        if isinstance(t, NamedNode)
    }
    counted = sheet.cookbook.term(
        "counts", what or next((k for k in sorted(kinds) if sheet.cookbook.word("counts", k)), "")
    )
    if counted is None:
        raise Unsayable(f"no countable of the ontology stands for “{what}”")
    parts: Properties = {
        RDF.type: [PACT.Count],
        SCHEMA.value: [Literal(_number(number))],
        PACT.counts: [counted],
        **_bound(sheet, candidate.details),
        **({PACT.asOf: [Literal(sheet.stated, datatype=EDTF)]} if sheet.stated and what else {}),
    }
    return _made(sheet, candidate, parts)


def _amount(sheet: Sheet, candidate: Candidate) -> Value:
    unit, _, figure = str(candidate.object).partition(" ")
    first, is_range, _ = figure.partition("/")
    kind = sheet.cookbook.term("kind", candidate.subject.kind)
    parts: Properties = {
        RDF.type: [PACT.Amount],
        SCHEMA.value: [Literal(_decimal(first), datatype=XSD.decimal)],
        **(
            {PACT.unit: [NamedNode(f"{ONTOLOGY}PercentOfGdp")]}
            if unit == _PERCENT
            else {SCHEMA.currency: [Literal(unit)]}
        ),
        **({PACT.bound: [PACT.AtLeast]} if is_range else _bound(sheet, candidate.details)),
        **({PACT.kind: [kind]} if kind else {}),
        **_over(sheet, candidate.details),
    }
    return _made(sheet, candidate, parts)


def _over(sheet: Sheet, details: Mapping[str, str]) -> Properties:
    """In which time it is given, and again in which."""
    found: Properties = {}
    if per := sheet.cookbook.word("unit", details.get("unit", "")):
        found[NamedNode(f"{ONTOLOGY}per")] = [Literal(per, datatype=NamedNode(f"{XSD.base}duration"))]
    if period := details.get("period"):
        found[PACT.period] = [Literal(period, datatype=EDTF)]
    return found


def _bound(sheet: Sheet, details: Mapping[str, str]) -> Properties:
    bound = sheet.cookbook.term("bound", details.get("bound", ""))
    return {PACT.bound: [bound]} if bound else {}


def _made(sheet: Sheet, candidate: Candidate, parts: Properties) -> Value:
    node = value_iri(parts)
    return Value(node, sheet.few(*(candidate.object_span or candidate.evidence)), {node: parts})


def _decimal(figure: str) -> str:
    try:
        plain = f"{Decimal(figure):f}"
    except InvalidOperation:
        raise Unsayable(f"“{figure}” is no number") from None
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


_VALUES: Mapping[str, Callable[[Sheet, Candidate], Value | None]] = {
    "pact": lambda sheet, candidate: _thing(sheet, candidate, subject_of(sheet, candidate, "pact")),
    "object": lambda sheet, candidate: _thing(sheet, candidate, subject_of(sheet, candidate, "object")),
    "event": lambda sheet, candidate: _thing(sheet, candidate, subject_of(sheet, candidate, "event")),
    "subject": _subject,
    "date": _date,
    "open-date": _open_date,
    "place": _place,
    "occasion": _occasion,
    "number": _round,
    "round": _round,
    "stage": _stage,
    "field": _field,
    "office": _office,
    "count": _count,
    "amount": _amount,
    "words": _words,
}
