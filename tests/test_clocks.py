"""The world on a day, and what was known by a day: the same as if nothing later had been published."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal

import pactgraph
from pactgraph.building import build
from pactgraph.cli import main
from pactgraph.dates import parse
from pactgraph.errors import FINE, USAGE, UsageError
from pactgraph.graph.nodes import group, one, read_triples
from pactgraph.pages import Clock, Names, conflicts, listing, read_clock, show, weigh
from pactgraph.pages.asking import Asker
from pactgraph.pages.cells import Cell, text
from pactgraph.project import Project
from pactgraph.store import Store, open_store
from pactgraph.vocabulary import FACTS, PACT, SCHEMA, XSD

ROOT = Path(__file__).parents[1]
Capture = pytest.CaptureFixture[str]
SEEDS = (
    "kyivindependent-2024-04-20",
    "kyivindependent-2024-04-30",
    "kyivindependent-2024-07-15",
    "like123-2024-05-01",
    "online-ua-2024-04-20",
)
APRIL, MAY, JULY = date(2024, 4, 20), date(2024, 5, 1), date(2024, 7, 15)
NINE = {
    *("canada", "denmark", "finland", "france", "germany", "italy", "latvia", "netherlands"),
    "united-kingdom",
}


def store_of(folder: Path, names: Iterable[str]) -> Store:
    """The authority data and some of the sources, built in memory."""
    shutil.copytree(ROOT / "data" / "authority", folder / "data" / "authority")
    (folder / "data" / "sources").mkdir()
    for name in names:
        shutil.copy(ROOT / "data" / "sources" / f"{name}.ttl", folder / "data" / "sources")
    store = open_store(":memory:")
    build(Project(folder), store, validated=False)
    return store


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("seeds"), SEEDS)


@pytest.fixture(scope="module")
def whole(place: str) -> Store:
    return open_store(place)


@pytest.fixture(scope="module")
def place(built_repository: Project) -> str:
    """The whole data in a folder, for the command line."""
    return str(built_repository.store)


def by_stage(store: Store, clock: Clock) -> Mapping[str, set[str]]:
    """The agreements of the hub at each stage, by their other party."""
    found: dict[str, set[str]] = {}
    for row in listing(store, "pacts", clock=clock).rows:
        if text(row["group"]):
            found.setdefault(text(row["stage"]), set()).add(str(row["pact"]).removeprefix("ukraine-"))
    return found


def row(store: Store, pact: str, clock: Clock) -> Mapping[str, Cell]:
    return next(row for row in listing(store, "pacts", clock=clock).rows if row["pact"] == pact)


# What the five seeds tell


def test_nine_were_known_to_be_signed_in_april_and_on_the_first_of_may(seeds: Store) -> None:
    for day in (APRIL, MAY):
        known = by_stage(seeds, Clock(as_known=day))
        assert known["signed"] == NINE
        assert {"united-states", "norway", "sweden", "portugal", "czechia"} <= known["negotiating"]


def test_three_more_were_known_in_july_from_the_seeds_alone(seeds: Store) -> None:
    known = by_stage(seeds, Clock(as_known=JULY))
    assert known["signed"] == NINE | {"luxembourg", "poland", "romania"}
    assert {"ireland", "slovenia"} <= known["negotiating"]
    assert "ireland" not in by_stage(seeds, Clock(as_known=MAY)).get("negotiating", set())


def test_disagreements_come_to_be_known(seeds: Store) -> None:
    known = {day: [c.type.name for c in conflicts(seeds, clock=Clock(as_known=day))] for day in (APRIL, MAY)}
    assert known == {APRIL: ["list", "scale"], MAY: ["list", "scale"]}


def test_before_the_first_article_nothing_was_known(seeds: Store) -> None:
    clock = Clock(as_known=date(2024, 4, 19))
    assert not listing(seeds, "pacts", clock=clock).rows
    assert not listing(seeds, "sources", clock=clock).rows
    assert not conflicts(seeds, clock=clock)


# What the whole data says of those days


def test_nine_were_signed_in_april_and_on_the_first_of_may_and_more_in_july_in_hindsight(
    whole: Store,
) -> None:
    for day in (APRIL, MAY):
        assert by_stage(whole, Clock(as_of=day))["signed"] == NINE
    july = by_stage(whole, Clock(as_of=JULY))["signed"]
    assert len(july) == 23, "as many as were reported on that day"
    assert july >= NINE | {"united-states", "japan", "european-union", "estonia", "lithuania", "sweden"}
    assert not july & {"czechia", "slovenia", "ireland", "croatia", "greece"}


def test_hindsight_gives_days_that_the_seeds_do_not_tell(seeds: Store, whole: Store) -> None:
    assert text(row(seeds, "ukraine-latvia", Clock(as_known=APRIL))["signed"]) == ""
    latvia = row(whole, "ukraine-latvia", Clock(as_of=APRIL))
    assert (text(latvia["signed"]), text(latvia["place"])) == ("11 April 2024", "Vilnius")


def test_what_came_later_is_not_so_yet(whole: Store) -> None:
    spain = row(whole, "ukraine-spain", Clock(as_of=MAY))
    assert [text(spain[name]) for name in ("stage", "signed", "place", "signatories")] == [
        "negotiating",
        "",
        "",
        "",
    ]
    assert text(row(whole, "ukraine-united-states", Clock(as_of=MAY))["expected"]) == "May–June 2024"


def test_who_signed_is_so_from_the_day_of_signing_on_whenever_it_was_reported(whole: Store) -> None:
    signed = row(whole, "ukraine-united-kingdom", Clock(as_of=date(2024, 1, 12)))
    assert (text(signed["signatories"], brief=True), text(signed["place"])) == ("Rishi Sunak", "Kyiv")
    assert "signatories" in signed and not text(
        row(whole, "ukraine-united-kingdom", Clock(as_of=date(2024, 1, 11)))["signatories"]
    )


def test_both_clocks_together_tell_what_was_known_then_of_a_day_before(whole: Store) -> None:
    friendship = {c: "albania-friendship" in str(listing(whole, "pacts", clock=c).rows) for c in (
        Clock(as_of=date(2024, 3, 1)), Clock(date(2024, 3, 1), APRIL)
    )}  # fmt: skip
    assert list(friendship.values()) == [True, False]
    assert by_stage(whole, Clock(date(2024, 3, 1), APRIL))["signed"] == NINE - {"finland", "latvia"}


# As if nothing later had been published


def published_by(day: date) -> list[str]:
    found = []
    for path in sorted((ROOT / "data" / "sources").glob("*.ttl")):
        nodes = group(read_triples(path))
        days = [one(p, SCHEMA.datePublished) for p in nodes.values() if SCHEMA.datePublished in p]
        if days and days[0] and (last := parse(days[0].value).last) and last <= day:
            found.append(path.stem)
    return found


@pytest.mark.parametrize("day", [date(2024, 2, 29), MAY, JULY])
def test_what_was_known_is_what_the_sources_until_then_tell(day: date, whole: Store, tmp_path: Path) -> None:
    then, clock = store_of(tmp_path, published_by(day)), Clock(as_known=day)
    known = {r["pact"]: r for r in listing(whole, "pacts", clock=clock).rows}
    told = {r["pact"]: r for r in listing(then, "pacts").rows if r["claims"]}
    assert {p: {n: text(c) for n, c in r.items()} for p, r in known.items()} == {
        p: {n: text(c) for n, c in r.items()} for p, r in told.items()
    }
    assert [c.iri for c in conflicts(whole, differences=True, clock=clock)] == [
        c.iri for c in conflicts(then, differences=True)
    ]
    for pact in ("ukraine-latvia", "g7-joint-declaration"):
        assert show(whole, pact, clock=clock).life == show(then, pact).life
        facts = weigh(whole, Names(whole), pact, clock=clock), weigh(then, Names(then), pact)
        assert [(e.proposition, e.is_fact, e.rank, e.reason, e.origins, e.opposing) for e in facts[0]] == [
            (e.proposition, e.is_fact, e.rank, e.reason, e.origins, e.opposing) for e in facts[1]
        ]


# SPARQL


def asked(store: Store, **days: date) -> set[tuple[object, object, object]]:
    """What the named query `known` answers."""
    query = (ROOT / "queries" / "known.rq").read_text(encoding="utf-8")
    bound = {name: Literal(day.isoformat(), datatype=XSD.date) for name, day in days.items()}
    return {(r["subject"], r["predicate"], r["object"]) for r in store.query(query, bound)}  # type: ignore[union-attr,index]


def test_the_named_query_gives_all_facts_now_and_the_same_as_the_library_then(whole: Store) -> None:
    assert asked(whole) == {(t.subject, t.predicate, t.object) for t in whole.triples(FACTS)}
    ask = Asker(whole, clock=Clock(as_known=MAY))
    there = asked(whole, asKnown=MAY)
    for term in (PACT.signedOn, PACT.signedIn, PACT.reachedStage, PACT.joined):
        held = {(node, value) for node, values in ask.facts(term).items() for value in values}
        assert held == {(s, o) for s, p, o in there if p == term}
    ask = Asker(whole, clock=Clock(as_of=APRIL))
    held = {(node, value) for node, values in ask.facts(PACT.signedOn).items() for value in values}
    assert held == {(s, o) for s, p, o in asked(whole, asOf=APRIL) if p == PACT.signedOn}


@pytest.mark.parametrize(
    ("days", "number"), [(("--as-known", "2024-04-20"), 9), (("--as-of", "2024-04-20"), 10)]
)
def test_named_queries_take_the_clocks(
    days: tuple[str, str], number: int, place: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", "signed", *days, "--store", place, "--format", "csv"]) == FINE
    assert len(capfd.readouterr().out.splitlines()) == number + 1
    for name, *more in (("promises",), ("counts",), ("timeline", "--param", "pact=ukraine-latvia")):
        sizes = []
        for clock in ([], ["--as-known", "2024-04-20"]):
            assert main(["query", name, *more, *clock, "--store", place, "--format", "csv"]) == FINE
            sizes.append(len(capfd.readouterr().out.splitlines()))
        assert sizes[1] < sizes[0]


def test_a_text_of_ones_own_takes_them_too(place: str, capfd: pytest.CaptureFixture[str]) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?p pact:acceptedFrom ?day . FILTER(?day <= ?asKnown) }"
    assert main(["query", text, "--as-known", "2023-01-01", "--store", place, "--format", "csv"]) == FINE
    assert capfd.readouterr().out.split() == ["n", "0"]
    assert main(["query", "witnesses", "--as-of", "2024-04-20", "--store", place]) == USAGE


# The command line and the library


def test_every_reader_takes_the_clocks(place: str, capsys: Capture) -> None:
    clock = ["--as-known", "2024-04-20", "--store", place]
    assert main(["list", "pacts", *clock]) == FINE
    assert "ukraine-spain" in capsys.readouterr().out
    assert main(["show", "ukraine-spain", *clock]) == FINE
    assert "27 May 2024" not in capsys.readouterr().out
    assert main(["conflicts", "g7-joint-declaration", *clock]) == FINE
    assert "July 2022" not in capsys.readouterr().out
    assert main(["why", "ukraine-spain", "signedOn", *clock]) == USAGE
    assert (
        "no source claims that of Ukraine–Spain security agreement by 2024-04-20" in capsys.readouterr().err
    )
    assert main(["why", "ukraine-spain", "signedOn", "--as-of", "2024-04-20", "--store", place]) == FINE
    assert "not so yet on the day asked about: so by 27 May 2024" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["yesterday", "2024", "2024-05", "2024-02-30", "2024-05-01/2024-05-02", "../2024-05-01"]
)
def test_what_is_no_day_ends_with_2(text: str, place: str, capsys: Capture) -> None:
    for option in ("--as-of", "--as-known"):
        assert main(["list", option, text, "--store", place]) == USAGE
        assert f"{option} {text}" in capsys.readouterr().err
    with pytest.raises(UsageError):
        read_clock(as_of=text)


def test_the_library_has_one_clock() -> None:
    assert pactgraph.Clock(as_of=MAY).reaches(APRIL) and not pactgraph.Clock(as_of=APRIL).reaches(MAY)
    assert pactgraph.Clock(as_known=MAY).knows(MAY) and not pactgraph.Clock(as_known=MAY).knows(None)
    assert not pactgraph.Clock() and read_clock("2024-05-01", None) == pactgraph.Clock(MAY)
