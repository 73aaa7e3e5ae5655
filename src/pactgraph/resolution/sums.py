"""Reported counts and sums that differ, or that are easily taken for each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import overlap
from pactgraph.resolution.conflict import Conflict, Numbers, oppose
from pactgraph.resolution.numbers import Reported, fit, rounded_alike
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.voices import Voice, tells
from pactgraph.vocabulary import PACT, SCHEMA

_TELLING = 10
"""From this number on, two that are equal are easily taken for one."""
_NEAR = timedelta(31)
"""Within so many days two times are near enough for that."""


_Group = tuple[NamedNode, Reported, bool]
"""A property, a number that it has, and whether that is put as so and not as a plan."""


def sums(voices: list[Voice], numbers: Numbers, rules: Rules) -> Iterator[Conflict]:
    """Reported numbers, two by two: of the same thing, or of things that are easily taken for each other."""
    groups = _reported(voices, numbers, rules)
    extra = _besides(voices, rules)
    pairs: dict[tuple[NamedNode, NamedNode, object], dict[_Group, None]] = defaultdict(dict)
    for one, other in combinations(groups, 2):
        kind = _pair_type((one, groups[one]), (other, groups[other]), rules, extra)
        if kind is not None:
            pairs[kind, one[0], _topic(kind, one[1], other[1])] |= {one: None, other: None}
    for (kind, predicate, _), met in pairs.items():
        sides: dict[object, list[Voice]] = defaultdict(list)
        for group in sorted(met, key=lambda group: str(group[1:])):
            sides[_side(kind, group[1])] += groups[group]
        yield oppose(kind, sides.values(), predicate)


def _reported(voices: list[Voice], numbers: Numbers, rules: Rules) -> dict[_Group, list[Voice]]:
    groups: dict[_Group, list[Voice]] = defaultdict(list)
    for voice in voices:
        number, real = numbers.get(voice.content.object), tells(voice, rules)
        planned = number is not None and number.kind == PACT.Count and voice.modality not in rules.supporting
        if number is not None and (real or planned) and not voice.denies:
            groups[voice.content.predicate, number, real].append(voice)
    return dict(groups)


def _pair_type(
    one: tuple[_Group, list[Voice]],
    other: tuple[_Group, list[Voice]],
    rules: Rules,
    extra: Mapping[Term, int],
) -> NamedNode | None:
    """What two numbers of one property are to each other; plans can change, and do not exclude what they are not."""
    ((predicate, number, real), mine), ((also, another, both_real), theirs) = one, other
    kind = _number_type(number, another, rules, extra) if predicate == also else None
    if not (real and both_real):
        return PACT.ChangeDifference if kind in (PACT.ValueConflict, PACT.ChangeDifference) else None
    if kind == PACT.UnitDifference and not (number.when or _said_together(mine, theirs)):
        return None
    retold = kind == PACT.ChangeDifference and _one_origin(mine, theirs) and _overlap(number, another)
    return PACT.ValueConflict if retold else kind


def _side(kind: NamedNode, number: Reported) -> object:
    """What numbers of one side have in common."""
    if kind in (PACT.ValueConflict, PACT.ChangeDifference):
        return number.number
    return number.number, number.of, _span_text(number) if number.kind == PACT.Amount else None


def _besides(voices: Iterable[Voice], rules: Rules) -> dict[Term, int]:
    """How many there are, by what is counted, of those whom one source counts in and another leaves out."""
    named: dict[NamedNode, set[Term]] = defaultdict(set)
    for voice in voices:
        if tells(voice, rules) and not voice.denies:
            named[voice.content.predicate].add(voice.content.object)
    return {
        counted: len(named[included]) for counted, included in rules.included.items() if included in named
    }


def _one_origin(mine: Iterable[Voice], theirs: Iterable[Voice]) -> bool:
    """Whether two numbers come from one text or interview, which cannot have changed."""
    return not {o for v in mine for o in v.origins}.isdisjoint(o for v in theirs for o in v.origins)


def _said_together(mine: Iterable[Voice], theirs: Iterable[Voice]) -> bool:
    """Whether two sums without a time were named on one day, and not by one source, which tells what they are."""
    if not {v.source for v in mine}.isdisjoint(v.source for v in theirs):
        return False
    return not {v.stated for v in mine if v.stated}.isdisjoint(v.stated for v in theirs)


def _overlap(one: Reported, other: Reported) -> bool:
    return one.when is not None and other.when is not None and overlap(one.when, other.when)


def _topic(kind: NamedNode, one: Reported, other: Reported) -> object:
    """What keeps pairs apart: all changes of one count are one difference, but a fall is between two numbers."""
    if kind == PACT.ChangeDifference or (kind == PACT.ValueConflict and _together(one, other)):
        return one.of
    if one.kind == PACT.Amount and _totals(one, other):
        return one.part(SCHEMA.currency)
    if one.kind == PACT.Amount and _sum(one) == _sum(other):
        return _sum(one)
    return frozenset({(one.number, one.of), (other.number, other.of)})


def _number_type(one: Reported, other: Reported, rules: Rules, extra: Mapping[Term, int]) -> NamedNode | None:
    if one.kind == PACT.Count:
        return _count_type(one, other, rules, extra)
    return _amount_type(one, other)


def _count_type(one: Reported, other: Reported, rules: Rules, extra: Mapping[Term, int]) -> NamedNode | None:
    if one.of == other.of:
        if fit(one, other):
            return None
        counted = one.part(PACT.counts)
        apart = _together(one, other) or (counted in rules.lasting and _falls(one, other))
        if apart and counted and abs(one.number - other.number) <= extra.get(counted, 0):
            return PACT.ScopeDifference
        return PACT.ValueConflict if apart else PACT.ChangeDifference
    if not (one.when and other.when) or one.number == other.number >= _TELLING:
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
    if one.part(PACT.kind) != other.part(PACT.kind):
        return None
    money, foreign = one.part(SCHEMA.currency), other.part(SCHEMA.currency)
    if _totals(one, other) and money == foreign and one.number != other.number:
        return _total_type(one, other)
    if one.part(PACT.per) != other.part(PACT.per) or _span_text(one) != _span_text(other):
        return PACT.ScopeDifference if _sum(one) == _sum(other) and _for_one_time(one, other) else None
    fields = one.part(PACT.field), other.part(PACT.field)
    if money != foreign or one.part(PACT.unit) != other.part(PACT.unit):
        same = fields[0] == fields[1]
        return PACT.UnitDifference if same and money and foreign else None
    if fields[0] != fields[1]:
        return PACT.ScopeDifference if one.number == other.number else None
    if one.of != other.of or one.number == other.number:
        return None
    if rounded_alike(one.number, other.number):
        return PACT.PrecisionDifference
    return None if fit(one, other) or not one.when else PACT.ValueConflict


def _totals(one: Reported, other: Reported) -> bool:
    """Whether both tell what a whole is worth, which grows with the whole."""
    return one.part(PACT.kind) == other.part(PACT.kind) == PACT.Worth


def _total_type(one: Reported, other: Reported) -> NamedNode | None:
    if one.part(PACT.per) != other.part(PACT.per):
        return PACT.ScopeDifference
    return PACT.ChangeDifference if one.of == other.of else None


def _span_text(number: Reported) -> str | None:
    return number.when.text if number.when else None


def _sum(number: Reported) -> object:
    return number.number, number.part(SCHEMA.currency), number.part(PACT.unit)


def _for_one_time(one: Reported, other: Reported) -> bool:
    """Whether two sums can be for one time, so that they are not those of two years."""
    return one.when is None or other.when is None or overlap(one.when, other.when)


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
