"""Where claims stand against each other, by type; each type has one rule, said in the ontology.

Most of the ways in which claims differ are no conflict: a month beside its day, a count that has grown, thirty-two of
one thing and thirty-two of another. They are found as well, and told apart (`pact:excludes false`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from pyoxigraph import NamedNode

from pactgraph.claim import Term, term_key
from pactgraph.dates import overlap
from pactgraph.resolution.contest import bears
from pactgraph.resolution.numbers import Reported, fit, rounded_alike
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.values import Relation, relation
from pactgraph.resolution.voices import Voice, question, read_date, tells
from pactgraph.vocabulary import PACT, mint

_LISTED = 3
"""As many signed pacts named at one passage as make a list."""
_TELLING = 10
"""From this number on, two that are equal are easily taken for one."""
_WHOLE = 2 / 3
"""The part of a count that a list must reach to be taken for the whole list."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that stand against each other: what about, of which type, and the sides, the better supported first."""

    type: NamedNode
    subject: NamedNode
    predicate: NamedNode
    sides: tuple[tuple[Voice, ...], ...]

    @property
    def iri(self) -> NamedNode:
        """A hash of type, subject, predicate and the claims on each side."""
        sides = sorted(" ".join(sorted(voice.claim.value for voice in side)) for side in self.sides)
        return mint("conflict", [*map(term_key, (self.type, self.subject, self.predicate)), *sides])


Numbers = Mapping[Term, Reported]


def find_conflicts(voices: Iterable[Voice], numbers: Numbers, rules: Rules) -> list[Conflict]:
    """All conflicts and recorded differences among claims, in order of subject, predicate and type.

    `numbers` are the reported counts and amounts by their nodes. The same in any order of the claims.
    """
    about: dict[NamedNode, list[Voice]] = defaultdict(list)
    held: dict[Term, list[Voice]] = defaultdict(list)
    ordered = sorted(voices, key=lambda voice: voice.claim.value)
    for voice in ordered:
        about[voice.content.subject].append(voice)
        if (
            voice.content.predicate == PACT.holdsOffice
            and voice.modality in rules.supporting
            and not voice.denies
        ):
            held[voice.content.object].append(voice)
    found = [c for group in about.values() for rule in _RULES for c in rule(group, numbers, rules)]
    found += [c for group in held.values() for c in _offices(group)]
    found += _lists(ordered, numbers, rules)
    return sorted(found, key=lambda c: (c.subject.value, c.predicate.value, c.type.value, c.iri.value))


def _conflict(
    kind: NamedNode, sides: Iterable[Sequence[Voice]], predicate: NamedNode | None = None
) -> Conflict:
    """A conflict with its sides in order of how many sources they have."""
    ordered = sorted(
        sides, key=lambda side: (-len({v.source for v in side}), min(v.claim.value for v in side))
    )
    content = ordered[0][0].content
    return Conflict(kind, content.subject, predicate or content.predicate, tuple(map(tuple, ordered)))


# One value where there can be one only


def _answers(voices: list[Voice], _: Numbers, rules: Rules) -> Iterator[Conflict]:
    """Two values of one property that exclude each other, or of which one is finer; and what is affirmed and denied."""
    asked: dict[object, list[Voice]] = defaultdict(list)
    for voice in voices:
        if tells(voice, rules):
            asked[question(voice.content, rules)].append(voice)
    for speaking in asked.values():
        affirming = [voice for voice in speaking if not voice.denies]
        denying = [voice for voice in speaking if voice.denies]
        yield from _values(affirming, rules)
        against = [v for v in affirming if any(bears(d.content, v.content, rules) for d in denying)]
        if against:
            yield _conflict(PACT.DenialConflict, [against, denying])


def _values(affirming: list[Voice], rules: Rules) -> Iterator[Conflict]:
    camps: list[list[Voice]] = []
    finer = False
    for voice in sorted(affirming, key=lambda v: (-_support(v, affirming), term_key(v.content.object))):
        relations = [(camp, relation(voice.content.object, camp[0].content.object, rules)) for camp in camps]
        home = next((camp for camp, related in relations if related is not Relation.APART), None)
        finer = finer or any(r in (Relation.FINER, Relation.COARSER) for _, r in relations)
        if home is None:
            camps.append([voice])
        else:
            home.append(voice)
    if len(camps) > 1:
        placed = all(_is_place(camp[0].content.object) for camp in camps)
        yield _conflict(PACT.PlaceConflict if placed else PACT.ValueConflict, camps)
    if finer:
        groups: dict[Term, list[Voice]] = defaultdict(list)
        for voice in camps[0]:
            groups[voice.content.object].append(voice)
        if len(groups) > 1:
            yield _conflict(PACT.PrecisionDifference, groups.values())


def _support(voice: Voice, voices: list[Voice]) -> int:
    return len({other.source for other in voices if other.content.object == voice.content.object})


def _is_place(term: Term) -> bool:
    return isinstance(term, NamedNode) and "/place/" in term.value


# What was planned, and what came of it


def _plans(voices: list[Voice], _: Numbers, rules: Rules) -> Iterator[Conflict]:
    """An expectation against the outcome: another value of what has one only, or the denial of what was expected."""
    happened: dict[NamedNode, list[Voice]] = defaultdict(list)
    hoped: dict[tuple[NamedNode, Term], list[Voice]] = defaultdict(list)
    for voice in voices:
        if not voice.denies:
            if tells(voice, rules):
                happened[voice.content.predicate].append(voice)
            elif _unreal(voice, rules):
                hoped[voice.content.predicate, voice.content.object].append(voice)
    for (planned, value), plan in hoped.items():
        outcomes = _finest(happened[_OUTCOMES.get(planned, planned)], rules)
        single = _OUTCOMES.get(planned, planned) in rules.single_valued
        if single and outcomes and all(_missed(value, o.content.object, rules) for o in outcomes):
            yield _conflict(PACT.PlanConflict, [plan, outcomes], planned)
    for denial in (v for v in voices if v.denies):
        expecting = [
            v
            for v in voices
            if not v.denies
            and (_unreal(v, rules) or _unreal(denial, rules))
            and v.content.predicate == denial.content.predicate
            and bears(denial.content, v.content, rules)
        ]
        if expecting:
            yield _conflict(PACT.PlanConflict, [expecting, [denial]])


_OUTCOMES = {PACT.expectedSigning: PACT.signedOn}
"""The property that tells what came of another; any other tells of itself."""


def _finest(voices: list[Voice], rules: Rules) -> list[Voice]:
    """Those of whose values none of the others says more."""
    values = {voice.content.object for voice in voices}
    coarse = {v for v in values if any(relation(o, v, rules) is Relation.FINER for o in values)}
    return [voice for voice in voices if voice.content.object not in coarse]


def _unreal(voice: Voice, rules: Rules) -> bool:
    return voice.modality not in rules.supporting


def _missed(planned: Term, actual: Term, rules: Rules) -> bool:
    expected = read_date(planned)
    if expected and (expected.first is None or expected.last is None):
        return False
    return relation(planned, actual, rules) is Relation.APART


# Counts and sums


def _sums(voices: list[Voice], numbers: Numbers, rules: Rules) -> Iterator[Conflict]:
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
        yield _conflict(kind, sides.values(), predicate)


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
    if not (one.when and other.when):
        return None
    same_number = one.number == other.number >= _TELLING and overlap(one.when, other.when)
    same_stage = _stage(one, rules) == _stage(other, rules) is not None and one.when.text == other.when.text
    return PACT.ScopeDifference if same_number or same_stage else None


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
    money, foreign = one.part(_CURRENCY), other.part(_CURRENCY)
    fields = one.part(PACT.field), other.part(PACT.field)
    if money != foreign or one.part(PACT.unit) != other.part(PACT.unit):
        same = fields[0] == fields[1] or None in fields
        return PACT.UnitDifference if same and one.when and money and foreign else None
    if fields[0] != fields[1]:
        return PACT.ScopeDifference if one.number == other.number else None
    if one.of != other.of or one.number == other.number:
        return None
    if rounded_alike(one.number, other.number):
        return PACT.PrecisionDifference
    return None if fit(one, other) or not one.when else PACT.ValueConflict


_CURRENCY = NamedNode("https://schema.org/currency")


def _lists(voices: Iterable[Voice], numbers: Numbers, rules: Rules) -> Iterator[Conflict]:
    """A count of pacts that reached a stage, beside a list of such pacts in the same source."""
    counts: dict[tuple[NamedNode, Term], list[Voice]] = defaultdict(list)
    named: dict[tuple[NamedNode, Term, NamedNode | None], list[Voice]] = defaultdict(list)
    for voice in voices:
        value = voice.content.object
        if tells(voice, rules) and not voice.denies:
            stage = _listable(numbers[value], rules) if value in numbers else None
            if stage is not None:
                counts[voice.source, stage].append(voice)
            elif voice.content.predicate == PACT.reachedStage:
                named[voice.source, value, voice.passage].append(voice)
    for (source, stage, _), listed in named.items():
        for count in counts[source, stage] if len(listed) >= _LISTED else ():
            if _contradicts(len({v.content.subject for v in listed}), numbers[count.content.object]):
                yield Conflict(
                    PACT.ListConflict,
                    count.content.subject,
                    count.content.predicate,
                    ((count,), tuple(listed)),
                )


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


def _scales(voices: list[Voice], _: Numbers, __: Rules) -> Iterator[Conflict]:
    """A sum whose scale looks wrong, against the other sums for the same thing."""
    flagged = [v for v in voices if PACT.SuspectScale in v.flags]
    if flagged:
        predicate = flagged[0].content.predicate
        others = [v for v in voices if v.content.predicate == predicate and v not in flagged]
        yield _conflict(PACT.ScaleConflict, [flagged, others] if others else [flagged], predicate)


# Offices


def _offices(voices: list[Voice]) -> Iterator[Conflict]:
    """Two holders of one office at one time: said of one between two days on which it is said of the other."""
    holders: dict[NamedNode, list[Voice]] = defaultdict(list)
    for voice in voices:
        holders[voice.content.subject].append(voice)
    for one, other in combinations(sorted(holders.values(), key=lambda h: h[0].content.subject.value), 2):
        if _interleave([v.stated for v in one if v.stated], [v.stated for v in other if v.stated]):
            yield _conflict(PACT.OfficeConflict, [one, other])


def _interleave(one: list[date], other: list[date]) -> bool:
    return bool(one and other) and min(one) <= max(other) and min(other) <= max(one)


Rule = Callable[[list[Voice], Numbers, Rules], Iterator[Conflict]]
_RULES: tuple[Rule, ...] = (_answers, _plans, _sums, _scales)
