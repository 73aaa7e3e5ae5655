"""All audits of a store as one layer of triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import Triple

from pactgraph.audit.counts import judge_counts
from pactgraph.audit.coverage import Coverage, cover
from pactgraph.audit.findings import (
    conflict_triples,
    count_findings,
    coverage_findings,
    promise_findings,
    run,
    triples,
)
from pactgraph.audit.ledger import keep_ledger
from pactgraph.audit.promises import Ledger
from pactgraph.audit.sentences import read_sentences
from pactgraph.audit.verdicts import CountVerdict
from pactgraph.audit.world import World, read_world
from pactgraph.resolution.conflict import Conflict
from pactgraph.resolution.conflicts import find_conflicts
from pactgraph.store import Store


def conflict_layer(
    store: Store, conflicts: Iterable[Conflict], until: date | None = None
) -> Iterator[Triple]:
    """Conflicts of a store as nodes, as of a day or else of the latest day of publication, and the run."""
    world = read_world(store)
    told = read_sentences(store, world)
    yield from run()
    for conflict in conflicts:
        yield from conflict_triples(conflict, told, until or world.published)


def count_layer(store: Store, world: World, verdicts: Iterable[CountVerdict]) -> Iterator[Triple]:
    """Verdicts on reported numbers as nodes, and the run."""
    return triples(count_findings(world, verdicts, read_sentences(store, world)))


def promise_layer(store: Store, world: World, ledger: Ledger) -> Iterator[Triple]:
    """Promises with what came of them as nodes, and the run."""
    return triples(promise_findings(world, ledger, read_sentences(store, world)))


def coverage_layer(store: Store, world: World, coverage: Coverage) -> Iterator[Triple]:
    """Gaps as nodes, and the run."""
    return triples(coverage_findings(world, coverage, read_sentences(store, world)))


def audit_layer(store: Store) -> Iterator[Triple]:
    """What all audits find in a store, with conflicts and recorded differences; the same for the same claims."""
    world = read_world(store)
    told = read_sentences(store, world)
    findings = [
        *count_findings(world, judge_counts(world), told),
        *promise_findings(world, keep_ledger(world), told),
        *coverage_findings(world, cover(store, world), told),
    ]
    yield from triples(findings)
    for conflict in find_conflicts(world.heard, world.numbers, world.rules):
        yield from conflict_triples(conflict, told, world.published)
