"""Does a passage say what a claim says? Its party, value and date must occur in it or be resolved from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Claim, Term
from pactgraph.dates import parse, readings
from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import one
from pactgraph.graph.sources import SourceFile
from pactgraph.passage import Span, Text, TextFragment, fault, find_bounded, matches
from pactgraph.quantities import currencies, numbers
from pactgraph.vocabulary import EDTF, PACT, RDF, SCHEMA, XSD

_DENIAL_REACH = 24
"""Code points before a word in which a denial bears on it."""
_MERELY = re.compile(r"\s+(only|just|merely)\b")
"""After `not`, words that make it no denial."""


class Reader:
    """A source's text together with all that is needed to read a claim against it."""

    def __init__(self, source: SourceFile, text: Text, labels: Labels) -> None:
        self.source = source
        self.text = text
        self.labels = labels

    def spans(self, nodes: Iterable[NamedNode]) -> list[Span]:
        """Where the passages stand."""
        return [passage.span for node in nodes if (passage := self.source.passage(node))]

    def find(self, words: str, spans: Iterable[Span]) -> list[Span]:
        """Where the words stand whole within the spans; capitals count only in words of capitals, as in US."""
        any_case = not words.isupper()
        normal = self.text.normal
        return [p for span in spans for p in find_bounded(normal, words, ignore_case=any_case, within=span)]

    def find_any(self, names: Iterable[str], spans: list[Span]) -> list[Span]:
        """Where any of the names stands whole within the spans."""
        return [place for name in names for place in self.find(name, spans)]

    def anchors(self, claim: Claim) -> list[str]:
        """The days from which words such as `last week` are read: of speaking and of publication."""
        published = self.source.published
        texts = [claim.stated_on, published.text if published else None]
        return [text.rstrip("~?%") for text in texts if text]

    def dates(self, words: str, claim: Claim) -> set[str]:
        """Every date that the words can stand for in this claim."""
        days = [parse(text).first for text in self.anchors(claim)]
        return {reading for day in days if day for reading in readings(words, day)}

    @cached_property
    def all_dates(self) -> frozenset[str]:
        """Every date that the text can mean, read from its day of publication."""
        published = self.source.published
        return readings(self.text.normal, published.first) if published and published.first else frozenset()


def faults(claim: Claim, reader: Reader) -> Iterator[str]:
    """Why the passage does not carry the claim; nothing when it does."""
    spans = reader.spans((claim.passage, *claim.resolved_from))
    yield from _passage_faults(claim, reader)
    yield from _printed_faults(claim, reader, spans)
    yield from _named_faults("subject", claim.proposition.subject, reader, spans)
    yield from _object_faults(claim, reader, spans)
    yield from _scope_faults(claim, reader, spans)
    yield from _speaker_faults(claim, reader)


def _passage_faults(claim: Claim, reader: Reader) -> Iterator[str]:
    for node in (claim.passage, *claim.also_at, *claim.resolved_from):
        passage = reader.source.passage(node)
        assert passage is not None
        position = node.value.partition("#")[2]
        if position != str(passage.span):
            yield f"{position} is not where its selector points: {passage.span}"
        if broken := fault(reader.text.normal, passage.span):
            yield f"{position} {broken}"
        if passage.fragment and not _finds_alone(reader, passage.span, passage.fragment):
            yield f"the link of {position} does not find it, and it alone"


def _finds_alone(reader: Reader, span: Span, fragment: TextFragment) -> bool:
    places = matches(reader.text.normal, fragment)
    return len(places) == 1 and span.start <= places[0].start and places[0].end <= span.end


def _printed_faults(claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    if claim.as_printed is None:
        yield "the words as printed are missing"
    elif not reader.find(claim.as_printed, spans):
        yield f"“{claim.as_printed}” does not stand there as printed"


def _named_faults(role: str, node: NamedNode, reader: Reader, spans: list[Span]) -> Iterator[str]:
    names = reader.labels.naming(node)
    if not names:
        yield f"the {role} {node.value} has no name in the authority data"
    elif not reader.find_any(names, spans):
        yield f"the {role} is not named: none of {_some(names)}"


def _object_faults(claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    value, printed = claim.proposition.object, claim.as_printed or ""
    if isinstance(value, NamedNode):
        properties = reader.source.nodes.get(value, {})
        types = properties.get(RDF.type, ())
        if PACT.Count in types:
            yield from _count_faults(properties, claim, reader, spans)
        elif PACT.Amount in types:
            yield from _amount_faults(properties, claim, reader, spans)
        else:
            yield from _named_faults("object", value, reader, spans)
            yield from _polarity_faults(value, claim, reader, spans)
    elif value.datatype == EDTF:
        yield from _date_faults(value.value, printed, claim, reader)
    elif value.datatype == XSD.integer:
        yield from _number_faults(value, printed)


def _count_faults(
    count: dict[NamedNode, list[Term]], claim: Claim, reader: Reader, spans: list[Span]
) -> Iterator[str]:
    yield from _number_faults(one(count, SCHEMA.value), claim.as_printed or "")
    counted = one(count, PACT.counts)
    if isinstance(counted, NamedNode):
        yield from _named_faults("thing counted", counted, reader, spans)
    if isinstance(day := one(count, PACT.asOf), Literal):
        yield from _date_faults(day.value, _words(reader, spans), claim, reader)


def _amount_faults(
    amount: dict[NamedNode, list[Term]], claim: Claim, reader: Reader, spans: list[Span]
) -> Iterator[str]:
    printed = claim.as_printed or ""
    yield from _number_faults(one(amount, SCHEMA.value), printed)
    currency = one(amount, SCHEMA.currency)
    if currency and currency.value not in currencies(printed):
        yield f"the currency {currency.value} is not what “{printed}” gives"
    if isinstance(period := one(amount, PACT.period), Literal):
        yield from _date_faults(period.value, _words(reader, spans), claim, reader)


def _number_faults(value: Term | None, printed: str) -> Iterator[str]:
    given = numbers(printed)
    if value is None or Decimal(value.value) not in given:
        yield f"the number {value.value if value else ''} is not what “{printed}” gives"


def _date_faults(when: str, words: str, claim: Claim, reader: Reader) -> Iterator[str]:
    plain = when.replace("~", "").replace("?", "").replace("%", "")
    opened = plain.removesuffix("/..").removeprefix("../")
    if opened in reader.anchors(claim) or opened in reader.dates(words, claim):
        return
    yield f"the date {when} is not what “{_short(words)}” gives, read from {' or '.join(reader.anchors(claim))}"


def _polarity_faults(value: NamedNode, claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    places = reader.find_any(reader.labels.naming(value), spans)
    denials = reader.labels.names(PACT.Denied)
    denied = [place for place in places if _is_denied(place, denials, reader)]
    if claim.polarity == PACT.Affirmed and denied and len(denied) == len(places):
        yield "the passage denies it"


def _is_denied(place: Span, denials: tuple[str, ...], reader: Reader) -> bool:
    start = max(0, place.start - _DENIAL_REACH)
    found = reader.find_any(denials, [Span(start, place.start)]) if start < place.start else []
    return any(not _MERELY.match(reader.text.normal, denial.end) for denial in found)


def _scope_faults(claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    for name, value in claim.proposition.scope:
        if name == PACT.on:
            yield from _date_faults(value.value, _words(reader, spans), claim, reader)
        elif name == PACT.howMany and Decimal(value.value) not in numbers(_words(reader, spans)):
            yield f"the number {value.value} does not stand there"
        elif isinstance(value, NamedNode):
            yield from _named_faults("condition", value, reader, spans)


def _speaker_faults(claim: Claim, reader: Reader) -> Iterator[str]:
    whole = [Span(0, len(reader.text.normal))]
    if claim.quotation != PACT.OwnVoice and not reader.find_any(reader.labels.names(claim.speaker), whole):
        yield f"the speaker {reader.labels.label(claim.speaker)} is not named in the text"
    published = reader.source.published
    if claim.stated_on and not (published and claim.stated_on == published.text):
        plain = claim.stated_on.rstrip("~?%")
        if plain not in reader.all_dates:
            yield f"the day of speaking {claim.stated_on} is not one that the text gives"


def _words(reader: Reader, spans: list[Span]) -> str:
    return " ".join(span.of(reader.text.normal) for span in spans)


def _some(names: tuple[str, ...]) -> str:
    listed = ", ".join(f"“{name}”" for name in names[:4])
    return f"{listed} …" if len(names) > 4 else listed


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
