"""Reported counts, held against the graph as of their day: exact, or else where, when or of what they are true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from pyoxigraph import NamedNode

from pactgraph.audit.census import Census, Scope, scope_of, take_census, within
from pactgraph.audit.explaining import MOST_DAYS, Case
from pactgraph.audit.sums import judge_sums
from pactgraph.audit.verdicts import Asked, CountVerdict, Reason, Verdict
from pactgraph.audit.world import World, read_world
from pactgraph.errors import BadInput
from pactgraph.graph.nodes import iris
from pactgraph.resolution import Voice
from pactgraph.resolution.numbers import Reported
from pactgraph.resolution.voices import tells
from pactgraph.store import Store
from pactgraph.vocabulary import PACT, shorten


def audit_counts(store: Store, as_known: date | None = None) -> tuple[CountVerdict, ...]:
    """A verdict on every count, and on every total of money for a group of pacts, that a claim reports.

    In order of the time for which they are given. With `as_known`, from what was published by that day alone.
    """
    return judge_counts(read_world(store, as_known))


def judge_counts(world: World) -> tuple[CountVerdict, ...]:
    """The same of a world that is read already."""
    found = [*_Auditor(world).verdicts(), *judge_sums(world, _totals(world))]
    return tuple(sorted(found, key=lambda v: (v.asked.last or date.max, v.asked.voice.claim.value)))


def _totals(world: World) -> Iterator[Asked]:
    for voice, number in _reported(world, PACT.amount):
        if voice.content.subject in world.groups and number.part(PACT.kind) == PACT.Worth:
            yield ask(world, voice, number)


def _reported(world: World, predicate: NamedNode) -> list[tuple[Voice, Reported]]:
    """Raises BadInput for a count that does not say how many or of what."""
    affirmed = [v for v in world.heard if v.content.predicate == predicate and not v.denies]
    for voice in affirmed if predicate == PACT.reportedCount else ():
        number = world.numbers.get(voice.content.object)
        if number is None or number.part(PACT.counts) is None:
            raise _undefined(voice)
    return [(v, number) for v in affirmed if (number := world.numbers.get(v.content.object))]


def _undefined(voice: Voice) -> BadInput:
    count = voice.content.object
    node = shorten(count.value) if isinstance(count, NamedNode) else f"“{count.value}”"
    return BadInput(
        f"the count {node} of {shorten(voice.claim.value)} does not say how many of what it counts",
        where=shorten(voice.source.value),
        hint="give it a schema:value and pact:counts, one of the countables of the ontology",
    )


def ask(world: World, voice: Voice, number: Reported) -> Asked:
    """A reported number with the days for which it is given: none of them after the day of speaking."""
    stated, time = voice.stated, number.when
    first, last = (time.first or time.last, time.last or time.first) if time else (stated, stated)
    if time and time.last is None and stated and first:
        last = max(first, stated)
    if first and last and stated and first <= stated < last:
        last = stated
    return Asked(voice, world.said[voice.claim], number, first, last)


class _Auditor:
    """All reported counts of a world, and the censuses that they ask for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._censuses: dict[Scope, Census | None] = {}

    def verdicts(self) -> Iterator[CountVerdict]:
        """One for each reported count."""
        return (self._judge(ask(self.world, voice, number)) for voice, number in self._counts)

    @cached_property
    def _counts(self) -> list[tuple[Voice, Reported]]:
        return _reported(self.world, PACT.reportedCount)

    def census(self, scope: Scope) -> Census | None:
        if scope not in self._censuses:
            self._censuses[scope] = take_census(self.world, scope)
        return self._censuses[scope]

    def _judge(self, asked: Asked) -> CountVerdict:
        scope = scope_of(self.world, asked.voice.content.subject, asked.number)
        first, last = asked.first, asked.last
        if scope is None or first is None or last is None:
            return CountVerdict(asked, Verdict.UNEXPLAINED, reason=Reason.NO_DAY)
        census, listed = self.census(scope), self._listed(asked.voice, scope)
        periods = census.during(first, last) if census else ()
        found = Case(self, asked, scope, census, listed, first, last).find()
        return CountVerdict(
            asked,
            found.verdict,
            found.reason,
            scope,
            min((period.least for period in periods), default=None),
            max((period.most for period in periods), default=None),
            census.by(last) if census else (),
            census.perhaps(last) if census else (),
            found.scope,
            found.period,
            found.since,
            found.members,
            listed,
            found.alike,
            found.widest,
        )

    @cached_property
    def _lists(self) -> Mapping[NamedNode, list[Voice]]:
        found: dict[NamedNode, list[Voice]] = defaultdict(list)
        for voice in self.world.heard:
            if voice.passage and not voice.denies and tells(voice, self.world.rules):
                found[voice.passage].append(voice)
        return found

    def _listed(self, voice: Voice, scope: Scope) -> tuple[NamedNode, ...]:
        """What the passage of a count names that belongs to what is counted, in order of name."""
        terms = self.world.properties(scope.counts)
        stages, ties = iris(terms, PACT.countsStage), iris(terms, PACT.countsBy)
        named: set[NamedNode] = set()
        for each in self._lists.get(voice.passage, ()) if voice.passage else ():
            content = each.content
            ends = {content.subject, content.object}
            if content.predicate == PACT.reachedStage and content.object in stages:
                named |= {content.subject} & set(self.world.pacts(scope.subject))
            elif content.predicate in ties and scope.subject in ends:
                named |= {end for end in ends - {scope.subject} if isinstance(end, NamedNode)}
        return tuple(sorted((n for n in named if self.belongs(n, scope)), key=lambda node: node.value))

    def belongs(self, node: NamedNode, scope: Scope) -> bool:
        """Whether what a list names is within the limits of a scope; one whose members nobody knows has none."""
        parties = (node,) if self.world.is_kind(node, PACT.Party) else self.world.counterparts(node)
        return within(self.world, scope, parties) if scope.among in (None, *self.world.sets) else True

    def alike(self, asked: Asked, scope: Scope) -> tuple[NamedNode, ...]:
        """Claims of the same number, of something else at the same time."""
        return tuple(
            sorted(
                (
                    voice.claim
                    for voice, number in self._by_number[str(asked.number.number)]
                    if (number.part(PACT.counts), voice.content.subject) != (scope.counts, scope.subject)
                    and tells(voice, self.world.rules)
                    and _meet(asked, ask(self.world, voice, number))
                ),
                key=lambda claim: claim.value,
            )
        )

    def fewer(self, asked: Asked, scope: Scope) -> tuple[NamedNode, ...]:
        """Claims of other sources, for the same time or later, of fewer of the same or of more."""
        least, _ = asked.number.range
        found = (
            voice.claim
            for voice, number in self._counts
            if (most := number.range[1]) is not None
            and least is not None
            and most < least
            and voice.source != asked.voice.source
            and tells(voice, self.world.rules)
            and _covers(self.world, scope_of(self.world, voice.content.subject, number), scope)
            and _not_before(ask(self.world, voice, number), asked)
        )
        return tuple(sorted(found, key=lambda claim: claim.value))

    @cached_property
    def _by_number(self) -> Mapping[str, list[tuple[Voice, Reported]]]:
        found: dict[str, list[tuple[Voice, Reported]]] = defaultdict(list)
        for voice, number in self._counts:
            found[str(number.number)].append((voice, number))
        return found

    @cached_property
    def others(self) -> list[Scope]:
        """What all counts are of, each with no limits."""
        found = {
            Scope(counts, voice.content.subject)
            for voice, number in self._counts
            if isinstance(counts := number.part(PACT.counts), NamedNode)
        }
        return sorted(found, key=lambda s: (s.subject.value, s.counts.value))


def _covers(world: World, wide: Scope | None, scope: Scope) -> bool:
    """Whether all that one scope counts is counted by the other: states and organizations cover states."""
    if wide is None or (wide.subject, wide.among) != (scope.subject, scope.among):
        return False
    rules = (PACT.countsStage, PACT.countsBy)
    same = all(
        iris(world.properties(wide.counts), rule) == iris(world.properties(scope.counts), rule)
        for rule in rules
    )
    return same and wide.only in (None, scope.only)


def _not_before(one: Asked, other: Asked) -> bool:
    """Whether a number is given for the last day of another's time, or for little later."""
    if not (one.first and other.last):
        return False
    return 0 <= (one.first - other.last).days <= MOST_DAYS


def _meet(one: Asked, other: Asked) -> bool:
    """Whether a number is given for the same time as another, or for little earlier."""
    if not (one.first and one.last and other.first and other.last):
        return False
    return other.first <= one.last and (one.first - other.last).days <= MOST_DAYS
