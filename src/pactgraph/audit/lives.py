"""When things came about, as facts tell: the days of a pact's stages, and of all else that has a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from pactgraph.graph.nodes import Nodes, iris, one
from pactgraph.resolution import Rules, Standing
from pactgraph.resolution.voices import read_date, when
from pactgraph.vocabulary import PACT, SKOS


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days between which something came about: one day where that is known.

    Without a date it is the day by which it is said to be so.
    """

    first: date
    last: date
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Lives:
    """The days of stages and of dated properties, by subject."""

    stages: Mapping[NamedNode, Mapping[NamedNode, Span]]
    dates: Mapping[tuple[NamedNode, NamedNode], Span]
    order: Mapping[NamedNode, int]
    """The place of a stage, or of the stage that it is a part of."""
    wider: Mapping[NamedNode, frozenset[NamedNode]]

    @classmethod
    def of(cls, found: Iterable[Standing], rules: Rules, nodes: Nodes) -> Lives:
        """Reads the facts among the standings; linear in them."""
        reached: dict[tuple[NamedNode, NamedNode], list[Span]] = defaultdict(list)
        dated: dict[tuple[NamedNode, NamedNode], list[Span]] = defaultdict(list)
        for fact in found:
            content = fact.content
            if not fact.holds:
                continue
            if content.predicate == PACT.reachedStage and isinstance(content.object, NamedNode):
                reached[content.subject, content.object] += spans(fact)
            elif read_date(content.object):
                dated[content.subject, content.predicate] += spans(fact)
                if content.predicate in rules.stages:
                    reached[content.subject, rules.stages[content.predicate]] += spans(fact)
        stages: dict[NamedNode, dict[NamedNode, Span]] = defaultdict(dict)
        for (subject, stage), times in reached.items():
            if times:
                stages[subject][stage] = common(times)
        wider = {node: frozenset(_wider(node, nodes)) for node in nodes}
        return cls(stages, {key: common(s) for key, s in dated.items() if s}, _order(nodes, wider), wider)

    def days(self, subject: NamedNode, predicate: NamedNode) -> Span | None:
        """When the date of a property is, if there is one."""
        return self.dates.get((subject, predicate))

    def since(self, pact: NamedNode, stage: NamedNode) -> Span | None:
        """When a pact reached a stage: that or a part of it, or else by when a later one, but for being called off."""
        own = [s for each, s in self.stages.get(pact, {}).items() if self.is_part(each, stage)]
        later = [Span(s.last, s.last, False) for e, s in self._after(pact, stage) if e != PACT.CalledOff]
        return _earliest(own + later)

    def until(self, pact: NamedNode, stage: NamedNode) -> Span | None:
        """When a pact left a stage for a later one, or was called off."""
        return _earliest([span for _, span in self._after(pact, stage)])

    def begun(self, pact: NamedNode) -> Span | None:
        """When a pact reached its first stage."""
        return _earliest(self.stages.get(pact, {}).values())

    def is_part(self, stage: NamedNode, of: NamedNode) -> bool:
        """Whether a stage is another or a part of it."""
        return stage == of or of in self.wider.get(stage, ())

    def _after(self, pact: NamedNode, stage: NamedNode) -> list[tuple[NamedNode, Span]]:
        place = self.order.get(stage)
        reached = self.stages.get(pact, {})
        return [(e, s) for e, s in reached.items() if place is not None and self.order.get(e, 0) > place]


def spans(fact: Standing) -> list[Span]:
    """When a fact came about, by its date or else by the day on which it was first said; none where neither is known."""
    time = when(fact.content)
    if time and time.first and time.last:
        return [Span(time.first, time.last)]
    return [Span(fact.by, fact.by, dated=False)] if fact.by else []


def common(times: Iterable[Span]) -> Span:
    """The days that fit all dates given for one thing, or else the shortest of them; days by which it was so come last."""
    known = sorted(set(times))
    exact = [span for span in known if span.dated]
    if not exact:
        return known[0]
    first, last = max(s.first for s in exact), min(s.last for s in exact)
    if first > last:
        return min(exact, key=lambda span: (span.last - span.first, span))
    by = min((s.last for s in known if not s.dated), default=last)
    return Span(first, min(last, by) if by >= first else last)


def _earliest(times: Iterable[Span]) -> Span | None:
    """By when the first of several things came about."""
    known = sorted(times, key=lambda span: (span.last, span.first))
    return known[0] if known else None


def _wider(node: NamedNode, nodes: Nodes) -> set[NamedNode]:
    found: set[NamedNode] = set()
    waiting = [node]
    while waiting:
        for each in iris(nodes.get(waiting.pop(), {}), SKOS.broader):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def _order(nodes: Nodes, wider: Mapping[NamedNode, frozenset[NamedNode]]) -> dict[NamedNode, int]:
    own = {n: int(v.value) for n, p in nodes.items() if isinstance(v := one(p, PACT.order), Literal)}
    return {
        node: min(own[each] for each in (node, *wider[node]) if each in own)
        for node in nodes
        if own.keys() & {node, *wider[node]}
    }
