"""Lists beside counts: what a source names, against how many there are said to be."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.resolution.conflict import Conflict, Numbers
from pactgraph.resolution.numbers import Reported
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.voices import Voice, implied, tells
from pactgraph.vocabulary import PACT

_LISTED = 3
"""As many pacts named as having reached a stage as make a list."""
_WHOLE = 2 / 3
"""The part of a count that a list must reach to be taken for the whole list."""


@dataclass(frozen=True, slots=True)
class _Count:
    """A count of all in a group that reached a stage, where they stay counted."""

    voice: Voice
    number: Reported
    stage: Term

    @property
    def group(self) -> NamedNode:
        return self.voice.content.subject


def lists(voices: Iterable[Voice], numbers: Numbers, rules: Rules) -> Iterator[Conflict]:
    """A count of pacts that reached a stage, beside a list of such pacts.

    In one source, or in sources of one origin, a list at one passage may name too few or too many. The list of any
    other source may name too few by its day; whether the one pact too many came after the count, it does not tell.
    """
    told = [voice for voice in voices if tells(voice, rules) and not voice.denies]
    counts = [count for voice in told for count in _counts(voice, numbers, rules)]
    if counts:
        found = list(_miscounts(told, counts))
        yield from found
        miscounted = {voice.source for conflict in found for voice in conflict.sides[1]}
        yield from _omissions([v for v in told if v.source not in miscounted], counts, rules)


def _counts(voice: Voice, numbers: Numbers, rules: Rules) -> Iterator[_Count]:
    number = numbers.get(voice.content.object)
    if number is None or number.part(PACT.among):
        return
    counted = number.part(PACT.counts)
    if isinstance(counted, NamedNode) and counted in rules.counted and counted in rules.lasting:
        yield _Count(voice, number, rules.counted[counted])


def _conflict(counts: Iterable[_Count], listed: Iterable[Voice]) -> Conflict:
    against = tuple(count.voice for count in counts)
    return Conflict(
        PACT.ListConflict, against[0].content.subject, against[0].content.predicate, (against, tuple(listed))
    )


# Lists and counts in one source, or of one origin


def _miscounts(voices: Iterable[Voice], counts: Iterable[_Count]) -> Iterator[Conflict]:
    beside: dict[tuple[NamedNode, Term], list[_Count]] = defaultdict(list)
    for count in counts:
        for place in (count.voice.source, *count.voice.origins):
            beside[place, count.stage].append(count)
    for listed in _passages(voices):
        places = (listed[0].source, *listed[0].origins)
        near = {c.voice.claim: c for p in places for c in beside.get((p, listed[0].content.object), ())}
        yield from (_conflict([c], listed) for c in near.values() if _contradicts(listed, c.number))


def _passages(voices: Iterable[Voice]) -> Iterator[list[Voice]]:
    named: dict[tuple[NamedNode, Term, NamedNode | None], list[Voice]] = defaultdict(list)
    for voice in voices:
        if voice.content.predicate == PACT.reachedStage:
            named[voice.source, voice.content.object, voice.passage].append(voice)
    yield from (listed for listed in named.values() if len(listed) >= _LISTED)


def _contradicts(listed: Iterable[Voice], count: Reported) -> bool:
    named = len({voice.content.subject for voice in listed})
    most = count.range[1]
    return (most is not None and named > most) or _short(named, count)


def _short(named: int, count: Reported) -> bool:
    least = count.range[0]
    return least is not None and _WHOLE * float(least) <= named < least


# What a source leaves out


def _omissions(voices: Iterable[Voice], counts: Iterable[_Count], rules: Rules) -> Iterator[Conflict]:
    """All that a source names of a group, where it falls short of the highest count up to its day."""
    dated: dict[tuple[Term, Term], list[tuple[date, _Count]]] = defaultdict(list)
    for count in counts:
        if count.number.when and count.number.when.last:
            dated[count.group, count.stage].append((count.number.when.last, count))
    highest = {asked: _Highest.of(known) for asked, known in dated.items()}
    for asked, listed in _named(voices, highest.keys(), rules):
        day = listed[0].known
        most = highest[asked].by(day) if day else []
        if most and _short(len(listed), most[0].number):
            yield _conflict(most, listed)


def _named(
    voices: Iterable[Voice], asked: Collection[tuple[Term, Term]], rules: Rules
) -> Iterator[tuple[tuple[Term, Term], list[Voice]]]:
    """All that a source names as having reached a stage, each pact once, outright or by the day that it gives."""
    named: dict[tuple[NamedNode, Term, Term], dict[NamedNode, Voice]] = defaultdict(dict)
    for voice in voices:
        for group in rules.groups.get(voice.content.subject, ()):
            for each in (voice, *implied(voice, rules)):
                if each.content.predicate == PACT.reachedStage and (group, each.content.object) in asked:
                    named[voice.source, group, each.content.object].setdefault(voice.content.subject, voice)
    for (_, group, stage), listed in named.items():
        if len(listed) >= _LISTED:
            yield (group, stage), list(listed.values())


@dataclass(frozen=True, slots=True)
class _Highest:
    """Counts of one thing by their days, and the highest up to each."""

    days: list[date]
    counts: list[_Count]
    highest: list[Decimal]

    @classmethod
    def of(cls, dated: list[tuple[date, _Count]]) -> _Highest:
        known = sorted(dated, key=lambda each: (each[0], each[1].voice.claim.value))
        numbers = (count.number.number for _, count in known)
        return cls([day for day, _ in known], [count for _, count in known], list(accumulate(numbers, max)))

    def by(self, day: date) -> list[_Count]:
        """The counts up to a day that are as high as any up to it."""
        known = bisect_right(self.days, day)
        return [c for c in self.counts[:known] if c.number.number == self.highest[known - 1]]
