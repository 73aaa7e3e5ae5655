"""Where claims stand against each other, by type; each type has one rule, said in the ontology.

Most of the ways in which claims differ are no conflict: a month beside its day, a count that has grown, thirty-two of
one thing and thirty-two of another. They are found as well, and told apart (`pact:excludes false`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Proposition, Term, term_key
from pactgraph.resolution.conflict import Conflict, Numbers, Rule, oppose
from pactgraph.resolution.contest import bears
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.sums import alike, lists, scales, sums
from pactgraph.resolution.values import Relation, relation
from pactgraph.resolution.voices import Voice, implied, question, read_date, tells, when
from pactgraph.vocabulary import EDTF, PACT

__all__ = ["Conflict", "Numbers", "find_conflicts"]


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
    found += [*lists(ordered, numbers, rules), *alike(ordered, numbers, rules)]
    return sorted(found, key=lambda c: (c.subject.value, c.predicate.value, c.type.value, c.iri.value))


# One value where there can be one only


def _answers(voices: list[Voice], _: Numbers, rules: Rules) -> Iterator[Conflict]:
    """Two values of one property that exclude each other, or of which one is finer; and what is affirmed and denied."""
    asked: dict[object, list[Voice]] = defaultdict(list)
    for voice in voices:
        if tells(voice, rules):
            for each in (voice, *_reached(voice, rules)):
                asked[question(each.content, rules)].append(each)
    for speaking in asked.values():
        affirming = [voice for voice in speaking if not voice.denies]
        denying = [voice for voice in speaking if voice.denies]
        yield from _values(affirming, rules)
        against = [v for v in affirming if any(bears(d.content, v.content, rules) for d in denying)]
        if against:
            yield oppose(PACT.DenialConflict, [against, denying])


def _reached(voice: Voice, rules: Rules) -> Iterator[Voice]:
    """The same claim as saying that a stage was reached, on the day that it gives: a denial may be against that."""
    time = when(voice.content)
    for each in implied(voice, rules):
        scope = ((PACT.on, Literal(time.text, datatype=EDTF)),) if time else ()
        yield replace(
            each,
            content=Proposition(each.content.subject, each.content.predicate, each.content.object, scope),
        )


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
        yield oppose(PACT.PlaceConflict if placed else PACT.ValueConflict, camps)
    if finer:
        groups: dict[Term, list[Voice]] = defaultdict(list)
        for voice in camps[0]:
            groups[voice.content.object].append(voice)
        if len(groups) > 1:
            yield oppose(PACT.PrecisionDifference, groups.values())


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
            yield oppose(PACT.PlanConflict, [plan, outcomes], planned)
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
            yield oppose(PACT.PlanConflict, [expecting, [denial]])


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


# Offices


def _offices(voices: list[Voice]) -> Iterator[Conflict]:
    """Two holders of one office at one time: said of one between two days on which it is said of the other."""
    holders: dict[NamedNode, list[Voice]] = defaultdict(list)
    for voice in voices:
        holders[voice.content.subject].append(voice)
    for one, other in combinations(sorted(holders.values(), key=lambda h: h[0].content.subject.value), 2):
        if _interleave([v.stated for v in one if v.stated], [v.stated for v in other if v.stated]):
            yield oppose(PACT.OfficeConflict, [one, other])


def _interleave(one: list[date], other: list[date]) -> bool:
    return bool(one and other) and min(one) <= max(other) and min(other) <= max(one)


_RULES: tuple[Rule, ...] = (_answers, _plans, sums, scales)
