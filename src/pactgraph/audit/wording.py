"""What audits find, in words that a reporter can check: numbers with their days and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.audit.census import Member, Period, Scope
from pactgraph.audit.lives import Span
from pactgraph.audit.promises import Days
from pactgraph.audit.verdicts import CountVerdict, Reason, Sum, Total, Verdict
from pactgraph.audit.world import World, read_names
from pactgraph.claim import Term, is_duration
from pactgraph.dates import say, say_duration
from pactgraph.quantities import say_number
from pactgraph.resolution.numbers import Reported
from pactgraph.resolution.voices import read_date
from pactgraph.store import Store
from pactgraph.vocabulary import PACT, RDF, SCHEMA, shorten

_MONTHS = "January February March April May June July August September October November December".split()


_FEW = 4
"""As many members as a brief sentence names."""


def read_words(store: Store, world: World, *, brief: bool = False) -> Words:
    """The words for a world that was read from a store; brief ones count members and do not name them all."""
    return Words(world, read_names(store), brief=brief)


class Words:
    """Names of nodes and the sentences that audits put them into."""

    def __init__(self, world: World, names: Mapping[NamedNode, str], *, brief: bool = False) -> None:
        self._world = world
        self._names = names
        self._brief = brief

    def name(self, term: Term) -> str:
        """How people call a node; a pact goes by the parties that tell it from others."""
        if isinstance(term, Literal):
            return say_duration(term.value) if is_duration(term) else term.value
        return self._names.get(term, shorten(term.value))

    def short(self, pact: NamedNode) -> str:
        """A pact of a group by the names of its other parties."""
        parties = self._world.counterparts(pact) if pact in self._world.nodes else ()
        hubs = self._world.properties(pact).get(PACT.inGroup)
        return " and ".join(map(self.name, parties)) if parties and hubs else self.name(pact)

    def figure(self, number: Reported) -> str:
        """A reported number with its bound and unit: about 24, USD 38,000,000,000."""
        unit = number.part(PACT.unit) or number.part(SCHEMA.currency)
        named = [self.name(term) for term in (number.bound, unit) if term is not None]
        return " ".join([*named, say_number(number.number)])

    def sentence(self, fact: Triple) -> str:
        """Subject, property and value of a fact."""
        parts = (fact.subject, fact.predicate, fact.object)
        return " ".join(self.term(part) for part in parts if isinstance(part, NamedNode | Literal))

    def term(self, term: Term) -> str:
        """A number or a time in words, any other node by its name."""
        number, time = self._world.numbers.get(term), read_date(term)
        return self.reported(number) if number else say(time) if time else self.name(term)

    def reported(self, number: Reported) -> str:
        """A reported number with what it counts and the time for which it is given."""
        counts = number.part(PACT.counts)
        of = f" {self.name(counts)}" if counts else ""
        return f"{self.figure(number)}{of}{f', {say(number.when)}' if number.when else ''}"

    def listed(self, nodes: Iterable[NamedNode]) -> str:
        """Names in order, with commas."""
        return ", ".join(map(self.short, nodes))

    def arithmetic(self, verdict: CountVerdict) -> str:
        """How the verdict comes about, from the graph's own numbers."""
        parts = [*self._counted(verdict), *self._explained(verdict), *self._list(verdict)]
        return "; ".join(parts)

    def _counted(self, verdict: CountVerdict) -> Iterator[str]:
        last = verdict.asked.last
        if verdict.sums:
            yield from (self._sum(each) for each in verdict.sums)
            if verdict.total:
                yield from self._total(verdict.total)
            if verdict.unpriced:
                yield f"no amount known of {self.listed(verdict.unpriced)}"
        elif verdict.least is not None and last is not None:
            number = _range(verdict.least, verdict.most or 0)
            shown = f"{number} in the graph {_during(verdict.asked.first or last, last)}"
            yield shown if verdict.fitted == verdict.members else f"{shown}, {self._by_then(verdict)}"

    def _by_then(self, verdict: CountVerdict) -> str:
        sure = f"by the end {self._members(verdict.members)}"
        return f"{sure}, perhaps also {self._members(verdict.perhaps)}" if verdict.perhaps else sure

    def _explained(self, verdict: CountVerdict) -> Iterator[str]:
        if verdict.reason:
            yield self._reason(verdict)
        if verdict.verdict is Verdict.AHEAD and not verdict.sums:
            yield from self._ahead(verdict)
        elif verdict.alike and verdict.verdict is Verdict.SCOPE:
            yield f"the number is that of {self._alike(verdict)}"
        elif verdict.period:
            yield self._right(verdict, verdict.period)
        elif verdict.fitting and verdict.verdict is Verdict.SCOPE:
            yield f"right by its own list {self._difference(verdict.scope, verdict.fitting)}"

    def _reason(self, verdict: CountVerdict) -> str:
        if verdict.reason is Reason.FEWER_LATER:
            return f"{verdict.reason}: {self._fewer(verdict)}"
        if verdict.reason is Reason.MORE and verdict.widest is not None:
            return f"{verdict.reason}; the nearest is {verdict.widest} {self._difference(verdict.scope, verdict.fitting)}"
        return verdict.reason or ""

    def _fewer(self, verdict: CountVerdict) -> str:
        told_of = [
            f"{self.reported(number)} ({shorten(voice.source.value)})"
            for voice in self._world.heard
            if voice.claim in verdict.alike and (number := self._world.numbers.get(voice.content.object))
        ]
        return ", ".join(sorted(told_of))

    def _right(self, verdict: CountVerdict, period: Period) -> str:
        scope = self._difference(verdict.scope, verdict.fitting)
        right = f"{_range(period.least, period.most)} {scope}".strip()
        if verdict.since and period.end:
            right += f" counted from {told(verdict.since)} to {told(period.end)}"
        else:
            right += f" {_between(period)}"
        return f"{right}: {self._members(verdict.fitted)}" if verdict.fitted else right

    def _ahead(self, verdict: CountVerdict) -> Iterator[str]:
        if verdict.widest is not None:
            yield f"{verdict.widest} {self._difference(verdict.scope, verdict.fitting)}"
        yield f"{verdict.missing} more reported"
        if verdict.period and verdict.period.start:
            yield f"reached on {told(verdict.period.start)} with {self._members(verdict.fitted)}"
        elif verdict.fitted:
            yield f"later come only {self._members(verdict.fitted)}"
        elif verdict.members or verdict.perhaps:
            yield "the graph has no more of them later"
        else:
            yield "the graph names none of them"

    def _list(self, verdict: CountVerdict) -> Iterator[str]:
        if not verdict.listed:
            return
        yield f"its passage names {len(verdict.listed)}: {self.listed(verdict.listed)}"
        if verdict.unknown:
            yield f"named but not counted by then: {self.listed(verdict.unknown)}"

    def _alike(self, verdict: CountVerdict) -> str:
        voices = [voice for voice in self._world.heard if voice.claim in verdict.alike]
        told_of = {
            f"{self.name(counts)} of {self.name(voice.content.subject)}"
            for voice in voices
            if isinstance(voice.content.object, NamedNode)
            and (number := self._world.numbers.get(voice.content.object))
            and (counts := number.part(PACT.counts))
        }
        return " or ".join(sorted(told_of))

    def _members(self, members: Sequence[Member]) -> str:
        if not members:
            return "none"
        kinds = Counter(
            self.name(kind)
            for member in members
            for party in member.parties[:1]
            for kind in self._world.properties(party).get(RDF.type, ())[:1]
        )
        split = " and ".join(f"{n} {kind}{'s' * (n != 1)}" for kind, n in sorted(kinds.items(), reverse=True))
        head = split or f"{len(members)}"
        if self._brief and len(members) > _FEW:
            return head
        return f"{head} ({', '.join(f'{self.short(m.node)}{_since(m)}' for m in members)})"

    def _sum(self, each: Sum) -> str:
        terms = " + ".join(f"{say_number(n)} ({self.short(pact)})" for pact, n in each.parts)
        return f"{self.name(each.unit)} {say_number(each.number)} = {terms}"

    def _total(self, total: Total) -> Iterator[str]:
        """What the sums come to in one currency, and by which rates."""
        if total.rates:
            rates = " and ".join(
                f"{self.name(rate.unit)} at {_span_of(rate.least, rate.most, 3)} ({len(rate.claims)} "
                f"claim{'s' * (len(rate.claims) != 1)})"
                for rate in total.rates
            )
            yield f"together {self.name(total.unit or total.rates[0].unit)} {_span_of(total.least, total.most, 3)}, with {rates}"
        if total.unconverted:
            yield f"without {', '.join(map(self.name, total.unconverted))}, which no source converts"

    def _difference(self, scope: Scope | None, other: Scope | None) -> str:
        """What another scope has that the first has not."""
        if scope is None or other is None or scope == other:
            return ""
        if (scope.counts, scope.subject) != (other.counts, other.subject):
            return f"{self.name(other.counts)} of {self.name(other.subject)}"
        parts = []
        if other.only != scope.only:
            parts.append("with organizations" if scope.only else "without organizations")
        if other.own != scope.own:
            parts.append(f"without {self.listed(self._own(scope.subject))}")
        if other.makers != scope.makers:
            parts.append("with those who made it")
        if other.among != scope.among:
            parts.append(f"among {self.name(other.among)}" if other.among else "among all")
        return " and ".join(parts)

    def _own(self, subject: NamedNode) -> list[NamedNode]:
        parties = self._world.properties(subject).get(PACT.party, [])
        return [party for party in parties if isinstance(party, NamedNode)] or self._world.hubs(subject)


def _span_of(least: Fraction, most: Fraction, digits: int) -> str:
    """Two numbers to so many digits: 37.9 billion to 39.1 billion."""
    said = [say_number(_rounded(number, digits)) for number in (least, most)]
    return said[0] if said[0] == said[1] else " to ".join(said)


def _rounded(number: Fraction, digits: int) -> Decimal:
    value = Decimal(number.numerator) / Decimal(number.denominator)
    return Decimal(f"{value:.{digits}g}") if value else value


def told(day: date) -> str:
    """A day in words: 30 May 2024."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def say_days(days: Days | None) -> str:
    """A number of days, or from how many to how many."""
    if days is None:
        return ""
    return f"{days.least}" if days.least == days.most else f"{days.least} to {days.most}"


def _during(first: date, last: date) -> str:
    return f"on {told(last)}" if first == last else f"from {told(first)} to {told(last)}"


def _between(period: Period) -> str:
    if period.start == period.end and period.start:
        return f"in the course of {told(period.start)}"
    start = f"from {told(period.start)}" if period.start else ""
    end = f"to {told(period.end)}" if period.end else "on"
    return f"{start} {end}".strip()


def _since(member: Member) -> str:
    span = member.since
    if span.first == date.min:
        return ""
    if not span.dated:
        return f" by {told(span.last)}"
    return f" {say_span(span)}"


def say_span(span: Span) -> str:
    """The days between which something came about: a day, a month, a year or both ends."""
    first, last = span.first, span.last
    if first == last:
        return told(last)
    if (first.day, (last + timedelta(1)).day) == (1, 1):
        if (first.month, last.month) == (1, 12) and first.year == last.year:
            return f"in {first.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"in {_MONTHS[first.month - 1]} {first.year}"
    return f"{told(first)} to {told(last)}"


def _range(least: int, most: int) -> str:
    return f"{least}" if least == most else f"{least} to {most}"
