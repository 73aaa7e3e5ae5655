"""Do the words give the value? Dates, numbers, counts and amounts of a claim against what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from pyoxigraph import NamedNode

from pactgraph.audit.reading import Reader
from pactgraph.claim import Claim, Term
from pactgraph.dates import parse
from pactgraph.graph.nodes import one
from pactgraph.passage import Span
from pactgraph.quantities import currencies, numbers
from pactgraph.vocabulary import PACT, SCHEMA


def printed_date_faults(when: str, claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    """Why the words as printed do not give the date, alone and in their line: `12 May` is cut from `12 May 1937`.

    Words that give no date at all, as `soon`, may stand for an open interval from a day of speaking or up to it.
    """
    printed = claim.as_printed or ""
    known, ends = reader.dates(printed, claim), _ends(when)
    if not known and parse(when).is_interval and len(ends) == 1 and ends[0] in reader.anchors(claim):
        return
    lines = [reader.line(place) for place in reader.find(printed, spans)]
    if not _gives(known, when):
        yield _no_such_date(when, printed, claim, reader)
    elif lines and not any(_gives(reader.dates(line, claim), when) for line in lines):
        yield _no_such_date(when, lines[0], claim, reader)


def future_faults(when: str, claim: Claim, reader: Reader) -> Iterator[str]:
    """Why the day of a stage that is put as reached cannot be meant: it lies after the day of speaking."""
    reached = (
        claim.proposition.predicate in reader.lexicon.stages and claim.modality not in reader.lexicon.unreal
    )
    first = parse(when).first
    spoken = [day for text in reader.anchors(claim) if (day := parse(text).last)]
    if reached and first and spoken and first > max(spoken):
        yield f"the date {when} lies after the day of speaking, {' or '.join(reader.anchors(claim))}"


def date_faults(when: str, claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    """Why no words of the spans give the date."""
    words = reader.words(spans)
    if not _gives(reader.dates(words, claim), when):
        yield _no_such_date(when, words, claim, reader)


def number_faults(value: Term | None, printed: str) -> Iterator[str]:
    """Why the words do not give the number."""
    if value is None or _decimal(value.value) not in numbers(printed):
        yield f"the number {value.value if value else ''} is not what “{_short(printed)}” gives"


def count_faults(value: NamedNode, claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    """Why the words do not give the number of a count, or its day; the day of speaking goes without saying."""
    count = reader.source.nodes[value]
    yield from number_faults(one(count, SCHEMA.value), claim.as_printed or "")
    day = one(count, PACT.asOf)
    if day and day.value not in reader.anchors(claim):
        yield from date_faults(day.value, claim, reader, spans)


def amount_faults(value: NamedNode, claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    """Why the words do not give the number of an amount, its currency or its period."""
    amount, printed = reader.source.nodes[value], claim.as_printed or ""
    yield from number_faults(one(amount, SCHEMA.value), printed)
    currency = one(amount, SCHEMA.currency)
    if currency and currency.value not in currencies(printed):
        yield f"the currency {currency.value} is not what “{printed}” gives"
    if period := one(amount, PACT.period):
        yield from date_faults(period.value, claim, reader, spans)


def _gives(known: set[str], when: str) -> bool:
    """Whether the date is known, as it is or by each end that it has."""
    ends = _ends(when)
    return _plain(when) in known or all(end in known for end in ends)


def _ends(when: str) -> list[str]:
    return [end for end in _plain(when).split("/") if end not in ("", "..")]


def _plain(when: str) -> str:
    return when.translate({ord(mark): None for mark in "~?%"})


def _decimal(number: str) -> Decimal | None:
    try:
        return Decimal(number)
    except InvalidOperation:
        return None


def _no_such_date(when: str, words: str, claim: Claim, reader: Reader) -> str:
    read_from = " or ".join(reader.anchors(claim)) or "no known day"
    return f"the date {when} is not what “{_short(words)}” gives, read from {read_from}"


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
