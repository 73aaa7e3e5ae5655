"""The values of claims: what a candidate says of a thing, as a term of the graph, with the words that give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pyoxigraph import Literal, NamedNode

from pactgraph.dates import parse
from pactgraph.drafting.figures import amount_of, count_of
from pactgraph.drafting.offices import office_of
from pactgraph.drafting.sheet import Sheet, Unsayable, Value, whole_number
from pactgraph.drafting.things import subject_of
from pactgraph.extraction import Candidate
from pactgraph.passage import Span, find_bounded
from pactgraph.vocabulary import EDTF, ONTOLOGY, PACT, SKOS


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


def _round(sheet: Sheet, candidate: Candidate) -> Value | None:
    number = candidate.details.get("round")
    if not number:
        return None
    return Value(Literal(whole_number(number)), sheet.few(*(candidate.object_span or candidate.trigger)))


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
    "office": office_of,
    "count": count_of,
    "amount": amount_of,
    "words": _words,
}
