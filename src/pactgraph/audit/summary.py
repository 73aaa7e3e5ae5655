"""All audits at a glance: a number for every verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal

from pactgraph.audit.counts import judge_counts
from pactgraph.audit.coverage import cover
from pactgraph.audit.ledger import keep_ledger
from pactgraph.audit.world import read_names, read_world
from pactgraph.resolution.conflicts import find_conflicts
from pactgraph.store import Store
from pactgraph.vocabulary import PACT, XSD

AUDITS = ("conflicts", "differences", "counts", "promises", "coverage")
_EXCLUDES = Literal("true", datatype=XSD.boolean)


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many findings of one verdict an audit has."""

    audit: str
    verdict: str
    number: int


def sum_up(store: Store) -> tuple[Tallied, ...]:
    """The findings of a store in the order of `AUDITS`, the most frequent first."""
    world = read_world(store)
    names = read_names(store)
    types = [conflict.type for conflict in find_conflicts(world.heard, world.numbers, world.rules)]
    grave = {kind for kind in types if _EXCLUDES in world.properties(kind).get(PACT.excludes, ())}
    found = (
        (names.get(kind, kind.value) for kind in types if kind in grave),
        (names.get(kind, kind.value) for kind in types if kind not in grave),
        (verdict.verdict.value for verdict in judge_counts(world)),
        (promise.outcome.value for promise in keep_ledger(world).promises),
        (lack.gap.value for lack in cover(store, world).lacks),
    )
    return tuple(
        each for audit, verdicts in zip(AUDITS, found, strict=True) for each in _tallied(audit, verdicts)
    )


def _tallied(audit: str, verdicts: Iterable[str]) -> list[Tallied]:
    counts = sorted(Counter(verdicts).items(), key=lambda pair: (-pair[1], pair[0]))
    return [Tallied(audit, verdict, number) for verdict, number in counts]
