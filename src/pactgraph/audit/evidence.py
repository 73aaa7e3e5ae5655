"""Which propositions an audit relies on: those that make a pact one that was signed, or a party one that joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import NamedNode

from pactgraph.audit.census import Member, Scope
from pactgraph.audit.promises import Promise
from pactgraph.audit.verdicts import CountVerdict
from pactgraph.audit.world import World
from pactgraph.graph.nodes import iris
from pactgraph.resolution import Standing
from pactgraph.vocabulary import PACT


class Evidence:
    """The facts of a world by what they are about."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._about: dict[NamedNode, list[tuple[NamedNode, Standing]]] = defaultdict(list)
        for node, standing in sorted(world.standings.items(), key=lambda pair: pair[0].value):
            if standing.holds:
                self._about[standing.content.subject].append((node, standing))

    def of_count(self, verdict: CountVerdict) -> Iterator[NamedNode]:
        """What makes those count who are counted."""
        scope = verdict.fitting or verdict.scope
        if scope is None:
            for pact in (pact for each in verdict.sums for pact, _ in each.parts):
                yield from self._of(pact, PACT.amount)
            return
        for member in verdict.fitted or verdict.members:
            yield from self._of_member(scope, member)

    def of_promise(self, promise: Promise) -> Iterator[NamedNode]:
        """What makes that come about which was expected."""
        content, stage = promise.voice.content, promise.aim.stage
        if promise.met_on is None:
            return
        if stage is None:
            yield from self._of(content.subject, content.predicate)
            return
        for pact in promise.counted or (content.subject,):
            yield from self._at_stage(pact, stage)

    def _of_member(self, scope: Scope, member: Member) -> Iterator[NamedNode]:
        terms = self._world.properties(scope.counts)
        for stage in iris(terms, PACT.countsStage):
            yield from self._at_stage(member.node, stage)
        for predicate in iris(terms, PACT.countsBy):
            yield from self._tying(predicate, scope.subject, member.node)

    def _at_stage(self, pact: NamedNode, stage: NamedNode) -> Iterator[NamedNode]:
        """The facts that tell the stage or a part of it, or else a later one."""
        lives, stages = self._world.lives, self._world.rules.stages
        found = {
            node: stages.get(fact.content.predicate, fact.content.object)
            for node, fact in self._about[pact]
            if fact.content.predicate == PACT.reachedStage or fact.content.predicate in stages
        }
        own = [
            node for node, told in found.items() if isinstance(told, NamedNode) and lives.is_part(told, stage)
        ]
        yield from own or found

    def _tying(self, predicate: NamedNode, one: NamedNode, other: NamedNode) -> Iterator[NamedNode]:
        for subject, value in ((one, other), (other, one)):
            for node, fact in self._about[subject]:
                if (fact.content.predicate, fact.content.object) == (predicate, value):
                    yield node

    def _of(self, subject: NamedNode, predicate: NamedNode) -> Iterator[NamedNode]:
        yield from (node for node, fact in self._about[subject] if fact.content.predicate == predicate)
