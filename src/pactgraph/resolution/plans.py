"""Expectations against what came of them, and against each other where nobody tells what came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from pyoxigraph import NamedNode

from pactgraph.claim import Proposition, Term
from pactgraph.dates import Edtf, within
from pactgraph.resolution.conflict import Conflict, Numbers, oppose
from pactgraph.resolution.contest import bears
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.values import Relation, relation
from pactgraph.resolution.voices import Voice, read_date, tells
from pactgraph.vocabulary import PACT


def plans(voices: list[Voice], _: Numbers, rules: Rules) -> Iterator[Conflict]:
    """An expectation against the outcome: another value of what has one only, or the denial of what was expected."""
    happened: dict[NamedNode, list[Voice]] = defaultdict(list)
    hoped: dict[tuple[NamedNode, Term], list[Voice]] = defaultdict(list)
    for voice in voices:
        if not voice.denies:
            if tells(voice, rules):
                happened[voice.content.predicate].append(voice)
            elif _unreal(voice, rules):
                hoped[voice.content.predicate, voice.content.object].append(voice)
    yield from _outcomes(hoped, happened, rules)
    for planned in dict.fromkeys(planned for planned, _ in hoped):
        if planned in rules.single_valued and not happened[planned]:
            yield from _rivals([v for (p, _), plan in hoped.items() if p == planned for v in plan])
    yield from _failures(voices, rules)


def _outcomes(
    hoped: Mapping[tuple[NamedNode, Term], list[Voice]],
    happened: Mapping[NamedNode, list[Voice]],
    rules: Rules,
) -> Iterator[Conflict]:
    for (planned, value), plan in hoped.items():
        outcome = _OUTCOMES.get(planned, planned)
        outcomes = _finest(happened.get(outcome, []), rules) if outcome in rules.single_valued else []
        if outcomes and all(_missed(value, o.content.object, rules) for o in outcomes):
            yield oppose(PACT.PlanConflict, [plan, outcomes], planned)


def _failures(voices: list[Voice], rules: Rules) -> Iterator[Conflict]:
    """Expectations with all denials that are against just these."""
    dashed: dict[tuple[Voice, ...], list[Voice]] = defaultdict(list)
    for denial in (voice for voice in voices if voice.denies):
        expecting = [voice for voice in voices if not voice.denies and _dashed(voice, denial, rules)]
        dashed[tuple(expecting)].append(denial)
    for expected, denials in dashed.items():
        if expected:
            yield oppose(PACT.PlanConflict, [expected, denials], expected[0].content.predicate)


def _rivals(plans: list[Voice]) -> Iterator[Conflict]:
    """Two expectations of one day, said on one day: neither can be a change of the other."""
    for one, other in combinations(plans, 2):
        mine, theirs = read_date(one.content.object), read_date(other.content.object)
        if mine and theirs and one.stated == other.stated and not _nested(mine, theirs):
            yield oppose(PACT.PlanConflict, [[one], [other]])


def _nested(one: Edtf, other: Edtf) -> bool:
    return within(one, other) or within(other, one)


def _dashed(plan: Voice, denial: Voice, rules: Rules) -> bool:
    """Whether a denial is against an expectation, or says that what was expected did not come about by its time."""
    if plan.content.predicate == denial.content.predicate:
        unreal = _unreal(plan, rules) or _unreal(denial, rules)
        return unreal and bears(denial.content, plan.content, rules)
    outcome = _OUTCOMES.get(plan.content.predicate)
    due = read_date(plan.content.object)
    past = due and due.last and denial.stated and due.last <= denial.stated
    told = past and _unreal(plan, rules) and tells(denial, rules)
    if outcome is None or outcome not in rules.stages or not told:
        return False
    reached = ((PACT.on, plan.content.object),)
    expected = Proposition(plan.content.subject, PACT.reachedStage, rules.stages[outcome], reached)
    return denial.content.predicate == PACT.reachedStage and bears(denial.content, expected, rules)


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
