"""The results of audits as rows of readable text, for tables, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from pactgraph.audit.census import Member
from pactgraph.audit.coverage import Coverage
from pactgraph.audit.lives import Span
from pactgraph.audit.promises import Days, Ledger, Outcome, Promise, Tally
from pactgraph.audit.verdicts import Asked, CountVerdict
from pactgraph.audit.wording import Words, say_days, say_span
from pactgraph.dates import say
from pactgraph.vocabulary import PACT, shorten

Row = dict[str, str]
"""Columns and what stands in them."""


def count_rows(verdicts: Iterable[CountVerdict], words: Words) -> list[Row]:
    """A row for each reported count or total."""
    return [_count_row(verdict, words) for verdict in verdicts]


def promise_rows(ledger: Ledger, words: Words) -> list[Row]:
    """A row for each promise."""
    return [_promise_row(promise, words) for promise in ledger.promises]


def tally_rows(tallies: Iterable[Tally], words: Words) -> list[Row]:
    """A row for each speaker or party."""
    return [
        {"who": words.name(tally.who), "promises": str(tally.promises)}
        | {outcome.value: str(count) for outcome, count in tally.outcomes}
        for tally in tallies
    ]


def coverage_rows(coverage: Coverage, words: Words) -> list[Row]:
    """A row for each gap."""
    return [
        {
            "gap": lack.gap.value,
            "about": words.name(lack.about),
            "node": shorten(lack.node.value),
            "fact": words.sentence(lack.fact) if lack.fact else "",
        }
        for lack in coverage.lacks
    ]


def gap_rows(coverage: Coverage) -> list[Row]:
    """A row for each kind of gap: how many there are, of how many things that could have it."""
    return [
        {"gap": gap.value, "number": str(number), "of": str(coverage.totals[gap])}
        for gap, number in coverage.counts.items()
    ]


def _count_row(verdict: CountVerdict, words: Words) -> Row:
    asked, number = verdict.asked, verdict.asked.number
    counts, among = number.part(PACT.counts), number.part(PACT.among)
    return {
        "verdict": verdict.verdict.value,
        "reported": words.figure(number),
        "of": words.name(counts) if counts else words.name(number.kind),
        "among": words.name(among) if among else "",
        "about": words.name(asked.voice.content.subject),
        "for": _time(asked),
        "arithmetic": words.arithmetic(verdict),
        "members": _members(verdict.fitted or verdict.members, words),
        **_who(asked.voice.claim, asked.voice.source, asked.said.speaker, words),
        "printed": asked.said.printed,
    }


def _promise_row(promise: Promise, words: Words) -> Row:
    content = promise.voice.content
    return {
        "outcome": promise.outcome.value,
        "voiced": _span(promise.spoken),
        "about": words.name(content.subject),
        "what": _what(promise, words),
        "how many": promise.progress,
        "for": say(promise.expected) if promise.expected.last else "",
        "edtf": promise.expected.text,
        "as": words.name(promise.voice.modality),
        "on condition": words.listed(promise.conditions),
        "came about": _span(promise.met_on),
        "off": say_days(promise.off),
        "took": say_days(promise.took),
        "how": how(promise),
        "signed within": words.listed(pact for pact, _ in promise.signed),
        "elsewhere": words.listed(promise.elsewhere),
        "denied by": ", ".join(shorten(claim.value) for claim in promise.denials),
        **_who(promise.voice.claim, promise.voice.source, promise.said.speaker, words),
        "also in": ", ".join(shorten(voice.source.value) for voice in promise.also),
        "printed": promise.said.printed,
    }


def how(promise: Promise) -> str:
    """How late or early it came about, how long it took, or how far it has come: `20 days late`, `6 of 9`."""
    if promise.met_on is None:
        return f"{promise.progress} so far" if promise.progress and promise.signed else ""
    if promise.outcome in (Outcome.LATE, Outcome.EARLY) and promise.off:
        said = f"{_days(promise.off)} {promise.outcome.value}"
    elif promise.outcome is Outcome.CAME and promise.took:
        said = f"{promise.progress} after {_days(promise.took)}".strip()
    else:
        said = ""
    return ", ".join(filter(None, (said, "in another place" if promise.elsewhere else "")))


def _days(days: Days) -> str:
    known = Days(*sorted((abs(days.least), abs(days.most))))
    return f"{say_days(known)} day{'s' * (known != Days(1, 1))}"


def _what(promise: Promise, words: Words) -> str:
    stage = promise.aim.stage
    return words.name(stage) if stage else words.name(promise.voice.content.predicate)


def _who(claim: NamedNode, source: NamedNode, speaker: NamedNode, words: Words) -> Row:
    return {
        "speaker": words.name(speaker),
        "source": shorten(source.value),
        "claim": shorten(claim.value),
    }


def _time(asked: Asked) -> str:
    return say_span(Span(asked.first, asked.last)) if asked.first and asked.last else ""


def _span(span: Span | None) -> str:
    return say_span(span) if span else ""


def _members(members: Iterable[Member], words: Words) -> str:
    return words.listed(member.node for member in members)
