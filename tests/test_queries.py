"""The named queries: each has an example with an approved answer, and on every clock they answer as the library does.

After a change of data or of a query, write the approved answers anew and read the difference: `APPROVE=1 pytest tests/test_queries.py`.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.cli import main
from pactgraph.errors import FINE
from pactgraph.pages import NOW, Clock
from pactgraph.pages.asking import Asker
from pactgraph.pages.stages import Stages
from pactgraph.project import Project
from pactgraph.sparql import NamedQuery, list_queries
from pactgraph.store import Store, open_store
from pactgraph.vocabulary import FACTS, ID, INDEX, PACT, XSD

ROOT = Path(__file__).parents[1]
APPROVED = ROOT / "tests" / "queries"
QUERIES = {query.name: query for query in list_queries(Project(ROOT).queries())}
ASKED_NOW = {"dissent", "findings", "conflicts", "news", "outcomes", "sole", "thin", "verdicts"}
"""Those that take no two clocks: dissent and news have one of their own, the others tell of all that is known."""
DAYS = st.none() | st.dates(date(2023, 1, 1), date(2026, 6, 1))


@pytest.fixture(scope="module")
def place(built_repository: Project) -> str:
    return str(built_repository.store)


@pytest.fixture(scope="module")
def whole(place: str) -> Store:
    return open_store(place)


def rows(store: Store, name: str, clock: Clock = NOW, **parts: Term) -> Iterator[tuple[Term | None, ...]]:
    found = store.query(QUERIES[name].text, {**parts, **clock.days})
    assert isinstance(found, QuerySolutions)
    return (tuple(row) for row in found)


# Each query


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_says_what_it_answers_and_gives_an_example(query: NamedQuery) -> None:
    assert query.title
    assert query.answers.endswith((".", "link"))
    assert query.example.startswith(f"pactgraph query {query.name}")
    assert all(parameter.meaning for parameter in query.parameters)
    clocks = {"asOf", "asKnown"} & {parameter.name for parameter in query.parameters}
    assert clocks or query.name in ASKED_NOW


@pytest.mark.parametrize("name", QUERIES)
def test_an_example_gives_the_approved_answer(
    name: str, place: str, capfd: pytest.CaptureFixture[str]
) -> None:
    command = shlex.split(QUERIES[name].example)[1:]
    assert main([*command, "--store", place, "--format", "csv"]) == FINE
    found, approved = capfd.readouterr().out.replace("\r\n", "\n"), APPROVED / f"{name}.csv"
    if os.environ.get("APPROVE"):
        approved.write_text(found, encoding="utf-8")
    assert found == approved.read_text(encoding="utf-8")
    assert found.count("\n") > 1


def test_no_approved_answer_has_lost_its_query() -> None:
    assert {path.stem for path in APPROVED.iterdir()} == set(QUERIES)


def test_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "--list"]) == FINE
    listed = capsys.readouterr().out
    assert [line for line in listed.splitlines() if not line.startswith(" ")] == list(QUERIES)
    assert all(query.example in listed for query in QUERIES.values())
    assert len(QUERIES) >= 12


# SPARQL and the library


@settings(max_examples=12, deadline=None)
@given(as_of=DAYS, as_known=DAYS)
def test_facts_are_the_same_on_every_clock(whole: Store, as_of: date | None, as_known: date | None) -> None:
    clock = Clock(as_of, as_known)
    there = {row[:3] for row in rows(whole, "known", clock)}
    ask = Asker(whole, clock=clock)
    here = {(s, p, o) for s, p in _claimed(whole) for o in ask.facts(p).get(s, ())}
    assert here == there


def _claimed(store: Store) -> set[tuple[Term, NamedNode]]:
    found = store.query("SELECT DISTINCT ?s ?p { ?c a pact:Claim ; rdf:subject ?s ; rdf:predicate ?p }")
    assert isinstance(found, QuerySolutions)
    return {(row["s"], row["p"]) for row in found} | {(row["s"], PACT.reachedStage) for row in _pacts(store)}


def _pacts(store: Store) -> QuerySolutions:
    found = store.query("SELECT DISTINCT ?s { ?s a/rdfs:subClassOf* pact:Undertaking }")
    assert isinstance(found, QuerySolutions)
    return found


@settings(max_examples=12, deadline=None)
@given(as_of=DAYS, as_known=DAYS)
def test_claims_are_the_same_on_every_clock(whole: Store, as_of: date | None, as_known: date | None) -> None:
    clock = Clock(as_of, as_known)
    heard = {voice.claim for voice in Asker(whole, clock=clock).voices}
    assert {row[0] for row in rows(whole, "claims", clock)} == heard


@settings(max_examples=6, deadline=None)
@given(as_of=DAYS, as_known=DAYS)
def test_stages_are_the_same_on_every_clock(whole: Store, as_of: date | None, as_known: date | None) -> None:
    clock = Clock(as_of, as_known)
    ask = Asker(whole, clock=clock)
    stages = Stages(ask)
    told = {pact: stages.of(pact).stage for pact in ask.of_class(PACT.Pact)}
    there = {(row[0], row[2].value) for row in rows(whole, "pacts", clock) if row[2] is not None}
    assert there == {(pact, ask.names.name(stage)) for pact, stage in told.items() if stage is not None}
    signed = {row[0] for row in rows(whole, "signed", clock)}
    assert signed >= {pact for pact in told if stages.is_signed(pact)}


def test_the_facts_of_now_are_those_that_are_written(whole: Store) -> None:
    assert {row[:3] for row in rows(whole, "known")} == {
        (t.subject, t.predicate, t.object) for t in whole.triples(FACTS)
    }


def test_a_source_of_a_month_is_known_from_its_last_day(whole: Store) -> None:
    found = whole.query(
        'SELECT ?source ?day { ?source schema:datePublished "2024-04"^^loc:edtf ; pact:knownFrom ?day ; a schema:NewsArticle }'
    )
    assert isinstance(found, QuerySolutions)
    months = {row["source"]: row["day"].value for row in found}
    assert months
    assert set(months.values()) == {"2024-04-30"}
    source = next(iter(months))
    asked = [
        {row[16] for row in rows(whole, "claims", Clock(as_known=day), source=source)}
        for day in (date(2024, 4, 29), date(2024, 4, 30))
    ]
    assert asked == [set(), {source}]


def test_each_claim_and_source_has_its_days_and_each_pact_a_page(whole: Store) -> None:
    written = list(whole.triples(INDEX))
    known = {t.subject: t.object for t in written if t.predicate == PACT.knownFrom}
    claims = whole.query("SELECT ?claim ?source { ?claim a pact:Claim ; prov:wasDerivedFrom ?source }")
    assert isinstance(claims, QuerySolutions)
    assert all(known.get(row["claim"]) == known.get(row["source"]) for row in claims)
    pages = {t.subject: int(t.object.value) for t in written if t.predicate == PACT.page}  # type: ignore[union-attr]
    assert set(pages) == set(Asker(whole).of_class(PACT.Pact))
    ordered = [pages[pact] for pact in sorted(pages, key=str)]
    assert ordered == sorted(ordered)
    assert max(ordered.count(page) for page in ordered) <= 20


def test_pages_of_pacts_make_up_the_whole(whole: Store) -> None:
    pages = [Literal(str(number), datatype=XSD.integer) for number in (1, 2, 3)]
    assert [r for page in pages for r in rows(whole, "signed", page=page)] == list(rows(whole, "signed"))


def test_several_parts_are_all_asked_for(whole: Store) -> None:
    group = NamedNode(f"{ID}group/ukraine-baltic-agreements")
    page = Literal("1", datatype=XSD.integer)
    both = set(rows(whole, "pacts", group=group, page=page))
    assert both == set(rows(whole, "pacts", group=group)) & set(rows(whole, "pacts", page=page))
