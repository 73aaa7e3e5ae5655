"""What the graph rests on too thinly, by kind, with the list to work from."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from pactgraph.audit.coverage import Coverage, Gap, audit_coverage
from pactgraph.audit.rows import coverage_rows, gap_rows
from pactgraph.audit.wording import read_words
from pactgraph.audit.world import read_world
from pactgraph.project import Project
from pactgraph.store import open_store
from pactgraph.vocabulary import PACT, XSD
from small_world import SmallWorld, an, day, pact

ROOT = Path(__file__).parents[1]
YEARS = Literal("P10Y", datatype=NamedNode(f"{XSD.base}duration"))


def nodes(coverage: Coverage, gap: Gap) -> list[NamedNode]:
    return [lack.node for lack in coverage.of(gap)]


def test_a_fact_of_one_origin_is_a_gap_and_one_of_two_is_not() -> None:
    world = SmallWorld()
    world.pact("alpha", "2024-01-10", source="a")
    world.pact("beta", "2024-02-10", source="a")
    world.claim(an("pact", "beta"), PACT.signedOn, day("2024-02-10"), source="b")
    coverage = audit_coverage(world.store)
    assert {lack.about for lack in coverage.of(Gap.ONE_ORIGIN)} == {an("pact", "alpha")}
    assert coverage.counts[Gap.ONE_ORIGIN] == 2 and coverage.totals[Gap.ONE_ORIGIN] == 4
    assert all(lack.fact and lack.fact.subject == an("pact", "alpha") for lack in coverage.of(Gap.ONE_ORIGIN))


def test_a_claim_whose_passage_has_no_place_is_unchecked() -> None:
    world = SmallWorld()
    located = world.claim(an("pact", "alpha"), PACT.signedOn, day("2024-01-10"), passage="words=1")
    world.claim(an("pact", "alpha"), PACT.signedOn, day("2024-01-11"), passage="char=1,2", placed=True)
    coverage = audit_coverage(world.store)
    assert nodes(coverage, Gap.UNCHECKED) == [located]
    assert coverage.totals[Gap.UNCHECKED] == 2


@pytest.mark.parametrize(
    ("predicate", "value", "gap"),
    [
        (PACT.signedOn, day("2024-01-10"), Gap.NO_DATE),
        (PACT.signedIn, an("place", "town"), Gap.NO_PLACE),
        (PACT.signedBy, an("official", "minister"), Gap.NO_SIGNATORY),
        (PACT.term, YEARS, Gap.NO_TERM),
    ],
)
def test_a_signed_pact_lacks_what_no_fact_says(
    predicate: NamedNode, value: NamedNode | Literal, gap: Gap
) -> None:
    world = SmallWorld()
    node = world.pact("alpha")
    world.pact("unsigned")
    world.claim(node, PACT.reachedStage, pact("Signed"))
    assert nodes(audit_coverage(world.store), gap) == [node]
    world.claim(node, predicate, value)
    coverage = audit_coverage(world.store)
    assert nodes(coverage, gap) == [] and coverage.counts[gap] == 0 and coverage.totals[gap] == 1


def test_a_source_without_a_day_of_publication() -> None:
    world = SmallWorld()
    world.claim(an("pact", "alpha"), PACT.signedOn, day("2024-01-10"), published=None, source="leaflet")
    world.claim(an("pact", "alpha"), PACT.signedOn, day("2024-01-10"))
    (lack,) = audit_coverage(world.store).of(Gap.UNDATED)
    assert lack.node == an("source", "leaflet-None") and lack.about == an("publisher", "leaflet")


def test_rows_tell_the_gap_and_the_fact() -> None:
    world = SmallWorld()
    world.pact("alpha", "2024-01-10")
    store = world.store
    coverage, words = audit_coverage(store), read_words(store, read_world(store))
    facts = [row["fact"] for row in coverage_rows(coverage, words) if row["gap"] == Gap.ONE_ORIGIN.value]
    assert "Hub–Alpha pact signed on 10 January 2024" in facts
    assert {row["gap"] for row in gap_rows(coverage)} == {gap.value for gap in Gap}


def test_in_the_repositorys_data(built_repository: Project) -> None:
    store = open_store(built_repository.store)
    coverage = audit_coverage(store)
    assert all(0 <= number <= coverage.totals[gap] for gap, number in coverage.counts.items())
    assert an("pact", "ukraine-albania") in nodes(coverage, Gap.NO_DATE)
    assert an("pact", "ukraine-latvia") not in nodes(coverage, Gap.NO_DATE)
    assert coverage == audit_coverage(store)
