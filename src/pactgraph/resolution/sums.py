"""Reported counts and sums that differ, or that are easily taken for each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.resolution.conflict import Conflict, Numbers, oppose
from pactgraph.resolution.numbers import Reported, fit, rounded_alike
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.voices import Voice, tells
from pactgraph.vocabulary import PACT, SCHEMA

_LISTED = 3
"""As many signed pacts named at one passage as make a list."""
_TELLING = 10
"""From this number on, two that are equal are easily taken for one."""
_NEAR = timedelta(31)
"""Within so many days two times are near enough for that."""
_WHOLE = 2 / 3
"""The part of a count that a list must reach to be taken for the whole list."""


def sums(voices: list[Voice], numbers: Numbers, rules: Rules) -> Iterator[Conflict]:
    """Reported numbers, two by two: of the same thing, or of things that are easily taken for each other."""
    reported = [
        (numbers[v.content.object], v)
        for v in voices
        if v.content.object in numbers and tells(v, rules) and not v.denies
    ]
    groups: dict[tuple[NamedNode, Reported], list[Voice]] = defaultdict(list)
    for number, voice in reported:
        groups[voice.content.predicate, number].append(voice)
    pairs: dict[tuple[NamedNode, NamedNode, object], list[set[Reported]]] = defaultdict(list)
    for (predicate, one), (other_predicate, other) in combinations(groups, 2):
        if predicate == other_predicate and (kind := _number_type(one, other, rules)) is not None:
            pairs[kind, predicate, _topic(kind, one, other)].append({one, other})
    for (kind, predicate, _), met in pairs.items():
        sides: dict[object, list[Voice]] = defaultdict(list)
        for number in sorted({n for pair in met for n in pair}, key=str):
            side = (
                number.number
                if kind in (PACT.ValueConflict, PACT.ChangeDifference)
                else (number.number, number.of)
            )
            sides[side] += groups[predicate, number]
        yield oppose(kind, sides.values(), predicate)


def _topic(kind: NamedNode, one: Reported, other: Reported) -> object:
    """What keeps pairs apart: all changes of one count are one difference, but a fall is between two numbers."""
    if kind == PACT.ChangeDifference or (kind == PACT.ValueConflict and _together(one, other)):
        return one.of
    return frozenset({(one.number, one.of), (other.number, other.of)})


def _number_type(one: Reported, other: Reported, rules: Rules) -> NamedNode | None:
    if one.kind == PACT.Count:
        return _count_type(one, other, rules)
    return _amount_type(one, other)


def _count_type(one: Reported, other: Reported, rules: Rules) -> NamedNode | None:
    if one.of == other.of:
        if fit(one, other):
            return None
        if _together(one, other):
            return PACT.ValueConflict
        lasting = one.part(PACT.counts) in rules.lasting
        return PACT.ValueConflict if lasting and _falls(one, other) else PACT.ChangeDifference
    if not (one.when and other.when) or fit(one, other):
        return None
    same_stage = _stage(one, rules) == _stage(other, rules) is not None and one.when.text == other.when.text
    return PACT.ScopeDifference if same_stage else None


def _together(one: Reported, other: Reported) -> bool:
    """Whether both are for one day, or for the same time of any length where it is a sum."""
    if not (one.when and other.when):
        return False
    same = one.when.text == other.when.text
    return same and (one.kind == PACT.Amount or one.when.first == one.when.last)


def _stage(number: Reported, rules: Rules) -> Term | None:
    counted = number.part(PACT.counts)
    return rules.counted.get(counted) if isinstance(counted, NamedNode) else None


def _falls(one: Reported, other: Reported) -> bool:
    """Whether what can only grow is said to be less on a later day."""
    first, later = sorted((one, other), key=lambda n: n.when.last if n.when and n.when.last else date.max)
    if not (first.when and later.when and first.when.last and later.when.first):
        return False
    (least, _), (_, most) = first.range, later.range
    return first.when.last < later.when.first and least is not None and most is not None and most < least


def _amount_type(one: Reported, other: Reported) -> NamedNode | None:
    if one.part(PACT.kind) != other.part(PACT.kind) or one.part(PACT.per) != other.part(PACT.per):
        return None
    if (one.when.text if one.when else None) != (other.when.text if other.when else None):
        return None
    money, foreign = one.part(SCHEMA.currency), other.part(SCHEMA.currency)
    fields = one.part(PACT.field), other.part(PACT.field)
    if money != foreign or one.part(PACT.unit) != other.part(PACT.unit):
        same = fields[0] == fields[1] and one.when
        return PACT.UnitDifference if same and money and foreign else None
    if fields[0] != fields[1]:
        return PACT.ScopeDifference if one.number == other.number else None
    if one.of != other.of or one.number == other.number:
        return None
    if rounded_alike(one.number, other.number):
        return PACT.PrecisionDifference
    return None if fit(one, other) or not one.when else PACT.ValueConflict


def lists(voices: Iterable[Voice], numbers: Numbers, rules: Rules) -> Iterator[Conflict]:
    """A count of pacts that reached a stage, beside a list of such pacts in the same source or of the same origin."""
    counts: dict[tuple[NamedNode, Term], list[Voice]] = defaultdict(list)
    named: dict[tuple[NamedNode, Term, NamedNode | None], list[Voice]] = defaultdict(list)
    for voice in voices:
        value = voice.content.object
        if tells(voice, rules) and not voice.denies:
            stage = _listable(numbers[value], rules) if value in numbers else None
            if stage is not None:
                for place in (voice.source, *voice.origins):
                    counts[place, stage].append(voice)
            if voice.content.predicate == PACT.reachedStage:
                named[voice.source, value, voice.passage].append(voice)
    for (source, stage, _), listed in named.items():
        if len(listed) >= _LISTED:
            places = (source, *listed[0].origins)
            beside = {count.claim: count for place in places for count in counts.get((place, stage), ())}
            yield from _miscounts(listed, beside.values(), numbers)


def _miscounts(listed: list[Voice], counts: Iterable[Voice], numbers: Numbers) -> Iterator[Conflict]:
    number = len({voice.content.subject for voice in listed})
    for count in counts:
        if _contradicts(number, numbers[count.content.object]):
            about = count.content.subject, count.content.predicate
            yield Conflict(PACT.ListConflict, *about, ((count,), tuple(listed)))


def _listable(number: Reported, rules: Rules) -> Term | None:
    """The stage of what is counted, where all that reached it are counted and stay counted."""
    return (
        _stage(number, rules)
        if number.part(PACT.counts) in rules.lasting and not number.part(PACT.among)
        else None
    )


def _contradicts(listed: int, count: Reported) -> bool:
    least, most = count.range
    if most is not None and listed > most:
        return True
    return least is not None and _WHOLE * float(least) <= listed < least


def scales(voices: list[Voice], _: Numbers, __: Rules) -> Iterator[Conflict]:
    """A sum whose scale looks wrong, against the other sums for the same thing."""
    flagged = [v for v in voices if PACT.SuspectScale in v.flags]
    if flagged:
        predicate = flagged[0].content.predicate
        others = [v for v in voices if v.content.predicate == predicate and v not in flagged]
        yield oppose(PACT.ScaleConflict, [flagged, others] if others else [flagged], predicate)


# Equal numbers of different things


def alike(voices: Iterable[Voice], numbers: Numbers, rules: Rules) -> Iterator[Conflict]:
    """Equal counts of different things, or about different subjects, at times that are near each other."""
    equal: dict[object, list[Voice]] = defaultdict(list)
    for voice in voices:
        number = numbers.get(voice.content.object)
        telling = number and number.kind == PACT.Count and number.number >= _TELLING and number.when
        if number and telling and tells(voice, rules) and not voice.denies:
            equal[voice.content.predicate, number.number].append(voice)
    for group in equal.values():
        for near in _neighbours(group, numbers):
            sides: dict[object, list[Voice]] = defaultdict(list)
            for voice in near:
                sides[voice.content.subject, numbers[voice.content.object].of].append(voice)
            if len(sides) > 1:
                yield oppose(PACT.ScopeDifference, sides.values())


def _neighbours(voices: list[Voice], numbers: Numbers) -> Iterator[list[Voice]]:
    """Counts in runs, each of which begins at most a month after those before it have ended."""
    timed = sorted((_span(numbers[v.content.object]), nth, v) for nth, v in enumerate(voices))
    run: list[Voice] = []
    latest = date.min
    for (begins, ends), _, voice in timed:
        if run and begins - _NEAR > latest:
            yield run
            run = []
        latest = max(latest, ends) if run else ends
        run.append(voice)
    yield run


def _span(number: Reported) -> tuple[date, date]:
    """The first and last day of a count; of a time with one end, that day."""
    assert number.when is not None
    first, last = number.when.first, number.when.last
    day = first or last
    assert day is not None
    return first or day, last or day
