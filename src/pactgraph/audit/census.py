"""What a count counts, found in the graph: its members, since when each, and how many there were on a day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.audit.lives import Span
from pactgraph.audit.world import World
from pactgraph.graph.nodes import iris
from pactgraph.resolution.numbers import Reported
from pactgraph.vocabulary import PACT

_EVER = Span(date.min, date.min)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: things of a kind about a subject, all of them or a part."""

    counts: NamedNode
    subject: NamedNode
    only: NamedNode | None = None
    """The kind of party that is counted alone."""
    among: NamedNode | None = None
    """Whose members are counted alone."""
    own: bool = True
    """Whether the parties of the subject itself, or the hubs of its groups, are counted."""
    makers: bool = False
    """Whether those who made the subject are counted beside those who came to it later."""


@dataclass(frozen=True, slots=True)
class Member:
    """One thing counted, a pact, party or event: the parties that it stands for, and since and until when it counts."""

    node: NamedNode
    parties: tuple[NamedNode, ...]
    since: Span
    until: Span | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """From the evening of one day to the morning of another nothing changed: as many as that, or not known better."""

    start: date | None
    end: date | None
    least: int
    most: int
    gradual: bool = False
    """Whether what came about on its first day did so one after the other, as far as is known."""

    def fits(self, number: Reported) -> bool:
        """Whether a reported number can be this one."""
        return fits(number, self.least, self.most)

    def overlaps(self, first: date, last: date) -> bool:
        """Whether the days meet these."""
        return (self.start is None or self.start <= last) and (self.end is None or self.end >= first)


def fits(number: Reported, least: int, most: int) -> bool:
    """Whether some number from `least` to `most` can be meant."""
    low, high = number.range
    return (low is None or most >= low) and (high is None or least <= high)


@dataclass(frozen=True, slots=True)
class Census:
    """The members of a scope in order of time, and the periods between which their number changed."""

    members: tuple[Member, ...]
    periods: tuple[Period, ...]

    def during(self, first: date, last: date) -> tuple[Period, ...]:
        """The periods that the days meet, from the morning of the first to the evening of the last.

        What was so by the first day may have been so that morning.
        """
        starts = [period.start for period in self.periods[1:] if period.start]
        begin, end = bisect_left(starts, first), bisect_right(starts, last)
        if begin < end and starts[begin] == first and not self.periods[begin + 1].gradual:
            begin += 1
        return self.periods[begin : end + 1]

    def by(self, last: date, first: date | None = None) -> tuple[Member, ...]:
        """Those that surely count by the evening of a day, and where a first day is given, came about since then."""
        return tuple(
            m
            for m in self.members
            if m.since.last <= last
            and (first is None or m.since.first >= first)
            and not (m.until and m.until.first <= last)
        )

    def perhaps(self, last: date) -> tuple[Member, ...]:
        """Those that may count by the evening of a day, and may not."""
        return tuple(
            m
            for m in self.members
            if m.since.first <= last
            and not (m.until and m.until.last <= last)
            and (m.since.last > last or bool(m.until and m.until.first <= last))
        )


def take_census(world: World, scope: Scope) -> Census | None:
    """The census of a scope; None where the ontology or the authority data does not say who belongs to it."""
    found = _found(world, scope)
    if found is None or (scope.among and scope.among not in world.sets):
        return None
    members = sorted(
        (member for member in found if within(world, scope, member.parties)),
        key=lambda m: (m.since.last, m.since.first, m.node.value),
    )
    return Census(tuple(members), tuple(_periods(members)))


def scope_of(world: World, subject: NamedNode, number: Reported) -> Scope | None:
    """What a reported count says that it counts."""
    counts, among = number.part(PACT.counts), number.part(PACT.among)
    if not isinstance(counts, NamedNode):
        return None
    only = next(iter(iris(world.properties(counts), PACT.countsOnly)), None)
    return Scope(counts, subject, only, among if isinstance(among, NamedNode) else None)


def _found(world: World, scope: Scope) -> Iterator[Member] | None:
    terms = world.properties(scope.counts)
    for stage in iris(terms, PACT.lacksStage):
        return _lacking(world, scope, stage) if scope.among else None
    for stage in iris(terms, PACT.countsStage):
        return _at_stage(world, scope, stage)
    for predicate in iris(terms, PACT.countsBy):
        return _tied(world, scope, predicate)
    if together := iris(terms, PACT.countsTogether):
        return _together(world, scope, together)
    return None


def _together(world: World, scope: Scope, parts: Iterable[NamedNode]) -> Iterator[Member] | None:
    """What any of several countables counts, each once, from the first day on; None where one cannot be counted."""
    earliest: dict[NamedNode, Member] = {}
    for part in parts:
        found = _found(world, replace(scope, counts=part))
        if found is None:
            return None
        for member in found:
            known = earliest.get(member.node)
            if known is None or member.since < known.since:
                earliest[member.node] = replace(member, until=None)
    return iter(earliest.values())


def _at_stage(world: World, scope: Scope, stage: NamedNode) -> Iterator[Member]:
    """What never falls in number stays counted at later stages; all else is counted only while at the stage."""
    for pact in world.pacts(scope.subject):
        since = world.lives.since(pact, stage)
        until = None if scope.counts in world.rules.lasting else world.lives.until(pact, stage)
        if since and not (until and until.last <= since.first):
            yield Member(pact, world.counterparts(pact), since, until)


def _lacking(world: World, scope: Scope, stage: NamedNode) -> Iterator[Member]:
    reached: dict[NamedNode, Span] = {}
    for pact in world.pacts(scope.subject):
        for party in world.counterparts(pact):
            since = world.lives.since(pact, stage)
            if since and (party not in reached or since < reached[party]):
                reached[party] = since
    for party in world.sets.get(scope.among, ()) if scope.among else ():
        yield Member(party, (party,), _EVER, reached.get(party))


def _tied(world: World, scope: Scope, predicate: NamedNode) -> Iterator[Member]:
    tied = dict(world.tied.get((predicate, scope.subject), {}))
    if scope.makers:
        made = world.lives.begun(scope.subject)
        for maker, said in world.tied.get((PACT.declaredBy, scope.subject), {}).items():
            tied |= dict.fromkeys(world.sets.get(maker, (maker,)), made or said)
    own = {*iris(world.properties(scope.subject), PACT.party), *world.hubs(scope.subject)}
    for node, since in tied.items():
        if scope.own or node not in own:
            yield Member(node, (node,) if world.is_kind(node, PACT.Party) else (), since)


def within(world: World, scope: Scope, parties: tuple[NamedNode, ...]) -> bool:
    """Whether a thing belongs by its parties: a pact by those that tell it from others."""
    if scope.among and not world.sets.get(scope.among, frozenset()) & set(parties):
        return False
    kind = scope.only
    return kind is None or (bool(parties) and all(world.is_kind(party, kind) for party in parties))


def _periods(members: Iterable[Member]) -> Iterator[Period]:
    surely: Counter[date] = Counter()
    perhaps: Counter[date] = Counter()
    at_once: set[date] = set()
    for member in members:
        surely[member.since.last] += 1
        perhaps[member.since.first] += 1
        if not member.since.dated:
            at_once.add(member.since.last)
        if member.until:
            perhaps[member.until.last] -= 1
            surely[max(member.until.first, member.since.last)] -= 1
    start, least, most = None, 0, 0
    for day in sorted(surely.keys() | perhaps.keys()):
        if day != date.min:
            yield Period(start, day, least, most, start not in at_once)
            start = day
        least, most = least + surely[day], most + perhaps[day]
    yield Period(start, None, least, most, start not in at_once)
