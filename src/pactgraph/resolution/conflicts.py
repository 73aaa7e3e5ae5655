"""Where claims stand against each other, by type; each type has one rule, said in the ontology.

Most of the ways in which claims differ are no conflict: a month beside its day, a count that has grown, thirty-two of
one thing and thirty-two of another. They are found as well, and told apart (`pact:excludes false`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Proposition, Term, term_key
from pactgraph.resolution.conflict import Conflict, Numbers, Rule, oppose
from pactgraph.resolution.contest import bears
from pactgraph.resolution.listed import lists
from pactgraph.resolution.plans import plans
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.signing import signatories, venues
from pactgraph.resolution.stages import disorder
from pactgraph.resolution.sums import alike, scales, sums
from pactgraph.resolution.values import Relation, relation
from pactgraph.resolution.voices import Voice, implied, question, scoped, tells, when
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
    found += [*lists(ordered, numbers, rules), *alike(ordered, numbers, rules), *venues(ordered, rules)]
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


def _value(voice: Voice) -> Term:
    return voice.content.object


def _moments(voices: list[Voice], _: Numbers, rules: Rules) -> Iterator[Conflict]:
    """Two days of what comes about once, such as the beginning of negotiations."""
    told: dict[tuple[NamedNode, Term], list[Voice]] = defaultdict(list)
    for voice in voices:
        content = voice.content
        single = content.predicate in rules.once or content.object in rules.once
        if single and scoped(content) and tells(voice, rules) and not voice.denies:
            told[content.predicate, content.object].append(voice)
    for speaking in told.values():
        yield from _values(speaking, rules, _day)


def _day(voice: Voice) -> Term:
    """The day in the scope of a claim that has one."""
    time = scoped(voice.content)
    assert time is not None
    return Literal(time.text, datatype=EDTF)


def _values(
    affirming: list[Voice], rules: Rules, value: Callable[[Voice], Term] = _value
) -> Iterator[Conflict]:
    camps: list[list[Voice]] = []
    finer = False
    for voice in _finest_first(affirming, rules, value):
        relations = [(camp, relation(value(voice), value(camp[0]), rules)) for camp in camps]
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
            groups[value(voice)].append(voice)
        if len(groups) > 1:
            yield oppose(PACT.PrecisionDifference, groups.values())


def _finest_first(voices: list[Voice], rules: Rules, value: Callable[[Voice], Term]) -> list[Voice]:
    """What says most comes first, so that two days of one month are two camps, whoever gives the month."""
    sources: dict[Term, set[NamedNode]] = defaultdict(set)
    for voice in voices:
        sources[value(voice)].add(voice.source)
    depth = {v: sum(relation(o, v, rules) is Relation.FINER for o in sources) for v in sources}
    return sorted(voices, key=lambda v: (depth[value(v)], -len(sources[value(v)]), term_key(value(v))))


def _is_place(term: Term) -> bool:
    return isinstance(term, NamedNode) and "/place/" in term.value


# How long a pact binds


def _limits(voices: list[Voice], _: Numbers, rules: Rules) -> Iterator[Conflict]:
    """Limits of different kinds, which may all hold: the first of them that comes ends the pact."""
    told: dict[NamedNode, list[Voice]] = defaultdict(list)
    for voice in voices:
        if voice.content.predicate in rules.limits and not voice.denies:
            told[voice.content.predicate].append(voice)
    if len(told) > 1:
        yield oppose(PACT.ScopeDifference, told.values())


# Offices


def _offices(voices: list[Voice]) -> Iterator[Conflict]:
    """Two holders of one office at one time, said of one between two days on which it is said of the other; or one
    who is flagged as a doubtful holder, beside any other."""
    holders: dict[NamedNode, list[Voice]] = defaultdict(list)
    for voice in voices:
        holders[voice.content.subject].append(voice)
    for one, other in combinations(sorted(holders.values(), key=lambda h: h[0].content.subject.value), 2):
        doubted = any(PACT.SuspectOffice in voice.flags for voice in (*one, *other))
        if doubted or _interleave(_days(one), _days(other)):
            yield oppose(PACT.OfficeConflict, [one, other])


def _days(voices: Iterable[Voice]) -> list[date]:
    return [voice.stated for voice in voices if voice.stated]


def _interleave(one: list[date], other: list[date]) -> bool:
    return bool(one and other) and min(one) <= max(other) and min(other) <= max(one)


_RULES: tuple[Rule, ...] = (_answers, _moments, disorder, plans, signatories, _limits, sums, scales)
