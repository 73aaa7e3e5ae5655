"""Wikidata asked: by its rules, through all faults of its servers, once, and not at all where that is asked."""

from __future__ import annotations

import gzip
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from faulty_server import Asked, Site, serving
from pactgraph.errors import AddressRefused, BadInput, FetchFailed, UsageError
from pactgraph.source.limits import Limits
from pactgraph.store import open_store
from pactgraph.version import VERSION
from pactgraph.wikidata import Cache, Kind, NotKept, Rank, Value, Wikidata, open_wikidata, read_item
from pactgraph.wikidata.asking import MAXLAG, PAUSE, Asker
from test_store_remote import oxigraph_server as oxigraph_server
from wikidata_server import (
    API,
    Wiki,
    bare_snak,
    entity,
    give_json,
    item_snak,
    number_snak,
    statement,
    text_snak,
    time_snak,
    words_snak,
)

NOW = datetime(2024, 5, 27, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def wiki(site: Site) -> Wiki:
    wiki = Wiki(site)
    wiki.add(entity("Q1", "One"), entity("Q2", "Two"))
    return wiki


class Waits(list[float]):
    """What was waited for, without waiting."""

    def asker(self) -> Asker:
        return Asker(allow_loopback=True, sleep=self.append, now=lambda: NOW)

    @property
    def between(self) -> list[float]:
        return [wait for wait in self if wait != PAUSE]


def client(wiki: Wiki, folder: Path, waits: Waits | None = None, **options: object) -> Wikidata:
    asker = (Waits() if waits is None else waits).asker()
    return Wikidata(Cache(folder), asker, api=wiki.address, **options)  # type: ignore[arg-type]


# What an item says


def test_an_item_is_read_with_its_ranks_qualifiers_and_references() -> None:
    told = entity(
        "Q1",
        "Two Rivers Pact",
        {
            "P585": [
                statement(
                    time_snak("+2018-05-10T00:00:00Z"),
                    "preferred",
                    references=[{"P854": [text_snak("https://a.example/")]}],
                )
            ],
            "P1891": [
                statement(item_snak("Q2"), qualifiers={"P585": [time_snak("+2018-05-00T00:00:00Z", 10)]})
            ],
            "P1476": [statement(words_snak("Pakt", "de"), "deprecated")],
            "P2130": [statement(number_snak("+12.5", "http://www.wikidata.org/entity/Q4917"))],
            "P580": [statement(bare_snak("somevalue")), statement(bare_snak("novalue"))],
        },
        aliases=["Rivers Pact"],
        revision=42,
    )
    item = read_item(told)
    assert (item.id, item.revision, item.label, item.aliases["en"]) == (
        "Q1",
        42,
        "Two Rivers Pact",
        ("Rivers Pact",),
    )
    (day,) = item.truthy("P585")
    assert (day.value, day.rank) == (Value(Kind.TIME, "2018-05-10"), Rank.PREFERRED)
    assert day.references == ((("P854", Value(Kind.TEXT, "https://a.example/")),),)
    assert item.full("P1891")[0].qualifiers == (("P585", Value(Kind.TIME, "2018-05")),)
    assert item.truthy("P1476") == () and item.full("P1476")[0].value.language == "de"
    assert item.values("P2130") == (Value(Kind.QUANTITY, "12.5", unit="Q4917"),)
    assert [value.kind for value in item.values("P580")] == [Kind.UNKNOWN, Kind.NONE]


def test_truthy_statements_are_those_of_the_best_rank() -> None:
    values = [
        statement(item_snak(f"Q{n}"), rank) for n, rank in enumerate(("normal", "preferred", "deprecated"), 1)
    ]
    item = read_item(entity("Q9", claims={"P39": values}))
    assert [value.text for value in item.values("P39")] == ["Q2"]
    assert len(item.full("P39")) == 3


@pytest.mark.parametrize(
    ("snak", "text"),
    [
        (time_snak("+2024-01-12T00:00:00Z", 11), "2024-01-12"),
        (time_snak("+2024-01-12T10:30:00Z", 13), "2024-01-12"),
        (time_snak("+2024-01-00T00:00:00Z", 10), "2024-01"),
        (time_snak("+2024-00-00T00:00:00Z", 9), "2024"),
    ],
)
def test_times_keep_their_precision(snak: dict[str, object], text: str) -> None:
    assert read_item(entity("Q1", claims={"P585": [statement(snak)]})).values("P585") == (
        Value(Kind.TIME, text),
    )


@pytest.mark.parametrize(
    "snak",
    [
        time_snak("+2020-00-00T00:00:00Z", 8),
        time_snak("-0044-03-15T00:00:00Z", 11),
        time_snak("+1700-01-12T00:00:00Z", 11, "Q1985786"),
        time_snak("+2023-02-30T00:00:00Z", 11),
        {"snaktype": "value", "datavalue": {"type": "globecoordinate", "value": {}}},
    ],
)
def test_what_has_no_form_of_ours_is_another_value(snak: dict[str, object]) -> None:
    (value,) = read_item(entity("Q1", claims={"P585": [statement(snak)]})).values("P585")
    assert value.kind is Kind.OTHER


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda each: (
            st.lists(each, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "lastrevid", "labels", "claims", "P31", "mainsnak"]), each, max_size=4
            )
        ),
    )
)
def test_what_is_no_item_is_refused_in_words(told: object) -> None:
    try:
        read_item({"id": "Q1", "lastrevid": 1, "claims": told})
    except FetchFailed as fault:
        assert "no item" in str(fault)


# Asked by the rules


def test_it_says_who_asks_and_how_to_reach_them(wiki: Wiki, tmp_path: Path) -> None:
    client(wiki, tmp_path).items(["Q1"])
    assert wiki.site.headers["User-Agent"] == f"pactgraph/{VERSION} (+https://w3id.org/pactgraph/)"
    assert wiki.questions[0]["maxlag"] == "5"


def test_items_are_asked_for_in_batches_of_fifty_with_a_pause(wiki: Wiki, tmp_path: Path) -> None:
    names = [f"Q{n}" for n in range(1, 121)]
    wiki.add(*(entity(name) for name in names))
    waits = Waits()
    found = client(wiki, tmp_path, waits).items([*names, "Q1"])
    assert list(found) == names
    assert [len(question["ids"].split("|")) for question in wiki.questions] == [50, 50, 20]
    assert waits == [PAUSE, PAUSE]


def test_a_lagging_server_is_asked_again_after_what_it_asks_for(wiki: Wiki, tmp_path: Path) -> None:
    lag = {"error": {"code": "maxlag", "info": "Waiting for 10.64.1.1: 7 seconds lagged.", "lag": 7}}
    wiki.site.one_after_another(
        API,
        lambda asked: give_json(asked, lag, retry_after="9", x_database_lag="7"),
        lambda asked: give_json(asked, lag),
        wiki.answer,
    )
    waits = Waits()
    assert client(wiki, tmp_path, waits).items(["Q1"])["Q1"].label == "One"
    assert waits.between == [9.0, float(MAXLAG)]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("asked_for", "seconds"), [("7", 7.0), ("Mon, 27 May 2024 12:00:30 GMT", 30.0)])
def test_retry_after_is_heard_in_seconds_and_as_a_date(
    status: int, asked_for: str, seconds: float, wiki: Wiki, tmp_path: Path
) -> None:
    wiki.site.one_after_another(
        API, lambda asked: asked.answer(b"slow down", status, retry_after=asked_for), wiki.answer
    )
    waits = Waits()
    assert client(wiki, tmp_path, waits).items(["Q1"])
    assert waits.between == [seconds]


def test_a_server_that_stays_busy_is_left_alone(wiki: Wiki, tmp_path: Path) -> None:
    busy = {"error": {"code": "maxlag", "info": "Waiting"}}
    wiki.site.routes[API] = lambda asked: give_json(asked, busy, retry_after="5")
    with pytest.raises(FetchFailed, match=r"maxlag.*\n.*try again later"):
        client(wiki, tmp_path).items(["Q1"])
    assert len(wiki.questions) == 4


@pytest.mark.parametrize(
    ("asked_for", "words"),
    [
        ("3600", "3,600 seconds"),
        ("31536000", "31,536,000 seconds"),
        ("9" * 200, "9,999"),
        ("Tue, 27 May 2025 12:00:00 GMT", "until Tue, 27 May 2025 12:00:00 GMT"),
    ],
)
def test_a_server_that_asks_for_an_hour_or_more_is_not_waited_for(
    asked_for: str, words: str, wiki: Wiki, tmp_path: Path
) -> None:
    wiki.site.page(API, b"later", 429, retry_after=asked_for)
    waits = Waits()
    with pytest.raises(FetchFailed, match=f"429(.|\n)*asks to wait.*{words}"):
        client(wiki, tmp_path, waits).items(["Q1"])
    assert waits == [] and len(wiki.questions) == 1


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b'{"error": {"code": "no-such-entity", "info": "Not found"}}', 200, "no-such-entity: Not found"),
        (b"<html>oops</html>", 200, "no JSON"),
        (b'{"entities": {"Q1": {"id": "Q1", "last', 200, "no JSON"),
        (b"[" * 100_000, 200, "no JSON"),
        (b'{"error": ' + b"[" * 100_000, 200, "no JSON"),
        (b"\xff\xfe", 200, "no JSON"),
        (b"", 200, "no JSON"),
        (b'{"success": 1}', 200, "has no items"),
        (b'{"entities": {}}', 200, "lacks Q1"),
        (b'{"entities": {"Q1": {"id": "Q1"}}}', 200, "no item as Wikidata gives it"),
        (b"banned", 403, "403 Forbidden"),
        (b"gone", 301, "301"),
    ],
)
def test_what_is_no_answer_is_told_and_not_kept(
    body: bytes, status: int, words: str, wiki: Wiki, tmp_path: Path
) -> None:
    wiki.site.page(API, body, status, content_type="application/json")
    with pytest.raises(FetchFailed, match=words):
        client(wiki, tmp_path).items(["Q1"])
    assert not list(tmp_path.glob("items/*"))


def test_a_server_that_stumbles_is_asked_again(wiki: Wiki, tmp_path: Path) -> None:
    wiki.site.one_after_another(API, lambda asked: asked.answer(b"oops", 500), wiki.answer)
    waits = Waits()
    assert client(wiki, tmp_path, waits).items(["Q1"])["Q1"].label == "One"
    assert waits.between == [] and len(wiki.questions) == 2


@pytest.mark.parametrize("place", ["file:///etc/passwd", "http://10.0.0.1/", "https://elsewhere.example/"])
def test_a_redirect_is_told_and_not_followed(place: str, wiki: Wiki, tmp_path: Path) -> None:
    wiki.site.move(API, place)
    with pytest.raises(FetchFailed, match="302 Found"):
        client(wiki, tmp_path).items(["Q1"])


def test_an_answer_that_does_not_end_or_swells_is_left(wiki: Wiki, tmp_path: Path) -> None:
    def dripping(asked: Asked) -> None:
        asked.begin(200, {"content-type": "application/json"})
        for _ in range(200):
            asked.wfile.write(b" ")
            asked.wfile.flush()
            time.sleep(0.02)

    limits = Limits(read=0.2, total=0.4, size=10_000, tries=1)
    asker = Asker(limits, allow_loopback=True, sleep=Waits().append)
    asking = Wikidata(Cache(tmp_path), asker, api=wiki.address)
    wiki.site.routes[API] = dripping
    with pytest.raises(FetchFailed, match="took longer"):
        asking.items(["Q1"])
    wiki.site.page(API, gzip.compress(b" " * 10_000_000), content_encoding="gzip")
    with pytest.raises(FetchFailed, match="larger than"):
        asking.items(["Q1"])
    assert not list(tmp_path.glob("items/*"))


def test_an_answer_that_was_cut_for_its_length_is_asked_for_until_it_is_whole(
    wiki: Wiki, tmp_path: Path
) -> None:
    """The servers leave out what would make an answer longer than 12.6 MB, as fifty states would."""
    names = [f"Q{n}" for n in range(1, 51)]
    wiki.add(*(entity(name) for name in names))

    def cut(asked: Asked) -> None:
        ids = parse_qs(urlsplit(asked.path).query)["ids"][0].split("|")
        warning = {"result": {"*": "This result was truncated."}}
        give_json(asked, {"entities": {name: wiki.items[name] for name in ids[:20]}, "warnings": warning})

    wiki.site.routes[API] = cut
    assert list(client(wiki, tmp_path).items(names)) == names
    assert [len(question["ids"].split("|")) for question in wiki.questions] == [50, 30, 10]


def test_what_another_process_asked_meanwhile_is_not_asked_again(wiki: Wiki, tmp_path: Path) -> None:
    names = [f"Q{n}" for n in range(1, 9)]
    wiki.add(*(entity(name) for name in names))
    wiki.found["One"] = ["Q1"]
    both = [client(wiki, tmp_path) for _ in range(2)]
    gate = threading.Barrier(2)

    def ask(each: Wikidata) -> None:
        gate.wait()
        each.items(names)
        each.search("One")

    threads = [threading.Thread(target=ask, args=(each,)) for each in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(wiki.questions) == 2


def test_one_question_is_in_flight_at_a_time(wiki: Wiki, tmp_path: Path) -> None:
    flying, most, gate = [0], [0], threading.Lock()

    def slow(asked: Asked) -> None:
        with gate:
            flying[0] += 1
            most[0] = max(most[0], flying[0])
        time.sleep(0.02)
        with gate:
            flying[0] -= 1
        wiki.answer(asked)

    wiki.site.routes[API] = slow
    one, other = (client(wiki, tmp_path) for _ in range(2))
    wiki.add(*(entity(f"Q{n}") for n in range(1, 9)))
    threads = [threading.Thread(target=(one, other)[n % 2].items, args=([f"Q{n}"],)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] and len(wiki.questions) == 8


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/api", "http://localhost/api", "file:///etc/passwd", "http://10.0.0.1/api"]
)
def test_an_address_of_this_machine_is_asked_only_where_that_is_said(address: str, tmp_path: Path) -> None:
    with pytest.raises(AddressRefused):
        open_wikidata(tmp_path, api=address).items(["Q1"])


# What was merged, deleted, kept


def test_a_merged_item_is_found_under_its_old_name(wiki: Wiki, tmp_path: Path) -> None:
    wiki.merge("Q7", "Q2")
    found = client(wiki, tmp_path).items(["Q7", "Q1"])
    assert (found["Q7"].id, found["Q7"].label) == ("Q2", "Two")
    assert client(wiki, tmp_path).items(["Q2"])["Q2"].label == "Two"
    assert len(wiki.questions) == 1


def test_an_old_server_names_a_merged_item_by_its_new_name_only(wiki: Wiki, tmp_path: Path) -> None:
    moved = {**entity("Q2", "Two"), "redirects": {"from": "Q7", "to": "Q2"}}
    wiki.site.routes[API] = lambda asked: give_json(asked, {"entities": {"Q2": moved}})
    assert client(wiki, tmp_path).items(["Q7"])["Q7"].id == "Q2"


def test_a_deleted_item_is_not_there_and_not_asked_for_again(wiki: Wiki, tmp_path: Path) -> None:
    for _ in range(2):
        assert list(client(wiki, tmp_path).items(["Q404", "Q1"])) == ["Q1"]
    assert len(wiki.questions) == 1


@pytest.mark.parametrize("name", ["", "42", "Q", "Q0", "q1", "P31", "Q1|Q2", "Q1&props=", "Q1\n"])
def test_what_is_no_item_is_not_asked_for(name: str, wiki: Wiki, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no item"):
        client(wiki, tmp_path).items([name])
    assert wiki.questions == []


def test_an_answer_stays_as_it_was_at_its_revision_until_it_is_refreshed(wiki: Wiki, tmp_path: Path) -> None:
    assert client(wiki, tmp_path).items(["Q1"])["Q1"].revision == 7
    wiki.add(entity("Q1", "One, changed", revision=8))
    assert client(wiki, tmp_path).items(["Q1"])["Q1"].revision == 7
    fresh = client(wiki, tmp_path, refresh=True)
    assert [fresh.items(["Q1"])["Q1"].revision for _ in range(2)] == [8, 8]
    assert len(wiki.questions) == 2
    assert client(wiki, tmp_path).items(["Q1"])["Q1"].label == "One, changed"


def test_what_is_kept_hides_from_git_and_is_whole(wiki: Wiki, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    client(wiki, folder).items(["Q1"])
    assert (folder / ".gitignore").read_text() == "*\n"
    assert sorted(path.name for path in (folder / "items").iterdir()) == ["Q1.json"]


@pytest.mark.parametrize(
    "card",
    [
        '{"id": "Q1", "last',
        "",
        "[]",
        '{"id": "Q1"}',
        '{"moved": "Q9"}',
        '{"moved": "Q1"}',
        '{"moved": "../Q1"}',
        "[" * 100_000,
        "\x00",
    ],
)
def test_a_card_that_was_cut_or_is_of_another_version_is_asked_for_anew_or_named(
    card: str, wiki: Wiki, tmp_path: Path
) -> None:
    wiki.found["One"] = ["Q1"]
    asking = client(wiki, tmp_path)
    asking.items(["Q1"]), asking.search("One")
    (tmp_path / "items" / "Q1.json").write_text(card)
    (answer,) = (tmp_path / "answers").iterdir()
    answer.write_text(card)
    offline = Wikidata(Cache(tmp_path), None, api=wiki.address)
    for ask in (lambda: offline.items(["Q1"]), lambda: offline.search("One")):
        with pytest.raises((BadInput, NotKept), match="without --offline") as fault:
            ask()
        assert str(tmp_path) in str(fault.value)
    again = client(wiki, tmp_path)
    assert again.items(["Q1"])["Q1"].label == "One" and again.search("One") == ("Q1",)
    assert offline.items(["Q1"])["Q1"].label == "One" and offline.search("One") == ("Q1",)


def test_an_item_that_was_kept_with_fewer_languages_is_asked_for_anew(wiki: Wiki, tmp_path: Path) -> None:
    client(wiki, tmp_path, languages=("en", "de")).items(["Q1"])
    client(wiki, tmp_path, languages=("de",)).items(["Q1"])
    assert len(wiki.questions) == 1
    assert Wikidata(Cache(tmp_path), None, languages=("uk",)).items(["Q1"])
    for _ in range(2):
        client(wiki, tmp_path, languages=("uk", "de")).items(["Q1"])
    assert [question["languages"] for question in wiki.questions] == ["en|mul|de", "en|mul|uk|de"]


def test_names_alone_are_asked_for_without_the_rest_of_the_items(wiki: Wiki, tmp_path: Path) -> None:
    asking = client(wiki, tmp_path)
    asking.items(["Q1"])
    for each in (asking, asking, Wikidata(Cache(tmp_path), None)):
        assert each.labels(["Q2", "Q1", "Q404"]) == {"Q2": "Two", "Q1": "One", "Q404": "Q404"}
    assert [(q["ids"], q["props"]) for q in wiki.questions[1:]] == [("Q2|Q404", "labels")]
    with pytest.raises(NotKept):
        Wikidata(Cache(tmp_path), None).labels(["Q3"])


def test_another_wikibase_and_another_query_service_are_kept_apart(wiki: Wiki, tmp_path: Path) -> None:
    there = open_wikidata(tmp_path, api=wiki.address, allow_loopback=True)
    assert there.items(["Q1"])["Q1"].label == "One"
    with pytest.raises(NotKept):
        open_wikidata(tmp_path, offline=True).items(["Q1"])
    assert open_wikidata(tmp_path, api=wiki.address, offline=True).items(["Q1"])
    rows = {"head": {"vars": ["item"]}, "results": {"bindings": []}}
    wiki.site.page("/sparql", json.dumps(rows), content_type="application/json")
    service = wiki.site("/sparql")
    assert (
        open_wikidata(tmp_path, sparql=service, allow_loopback=True).ids("SELECT ?item { ?item ?a ?b }", {})
        == ()
    )
    with pytest.raises(NotKept):
        open_wikidata(tmp_path, offline=True).ids("SELECT ?item { ?item ?a ?b }", {})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "Q1", "Q2", "value", "P31", "x"]),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "entities Q1 Q2 id lastrevid missing redirects from to search labels claims head vars results bindings".split()
            ),
            each,
            max_size=4,
        )
    ),
    max_leaves=12,
)


class Saying(Asker):
    """Says anything."""

    def __init__(self, told: object) -> None:
        self.told = told

    def ask(self, *_: object) -> object:
        return self.told


@settings(max_examples=300, deadline=None)
@given(json_values)
def test_whatever_is_answered_is_read_or_told_to_be_no_answer(
    tmp_path_factory: pytest.TempPathFactory, told: object
) -> None:
    asking = Wikidata(Cache(tmp_path_factory.mktemp("kept")), Saying(told))
    asks: list[Callable[[], object]] = [
        lambda: asking.items(["Q1"]),
        lambda: asking.labels(["Q1"]),
        lambda: asking.search("Q1"),
        lambda: asking.ids(BETWEEN, {}),
    ]
    for ask in asks:
        try:
            ask()
        except FetchFailed as fault:
            assert str(fault)


# Searches and SPARQL


def test_a_search_is_asked_once_and_gives_items(wiki: Wiki, tmp_path: Path) -> None:
    wiki.found["Two & co"] = ["Q2", "Q1"]
    for _ in range(2):
        assert client(wiki, tmp_path).search("Two & co") == ("Q2", "Q1")
    (question,) = wiki.questions
    assert (question["action"], question["type"], question["maxlag"]) == ("wbsearchentities", "item", "5")


RIVERS = """
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
wd:Q1 wdt:P856 <https://courier.example/> . wd:Q2 wdt:P1891 wd:Q3, wd:Q4 . wd:Q5 wdt:P1891 wd:Q3 .
"""
SITE = "SELECT DISTINCT ?item { ?item ?website ?site }"
BETWEEN = "SELECT DISTINCT ?item { ?item ?signatory ?one . ?item ?signatory ?other }"


def direct(name: str) -> NamedNode:
    return NamedNode(f"http://www.wikidata.org/prop/direct/{name}")


def wd(name: str) -> NamedNode:
    return NamedNode(f"http://www.wikidata.org/entity/{name}")


@pytest.fixture
def endpoint(oxigraph_server: str) -> Iterator[str]:
    graph = NamedNode("https://w3id.org/pactgraph/id/graph/wikidata-test")
    store = open_store(oxigraph_server)
    store.load(Quad(q.subject, q.predicate, q.object, graph) for q in parse(RIVERS, format=RdfFormat.TURTLE))
    yield f"{oxigraph_server}/query"
    store.remove(graph)


def test_questions_are_asked_in_sparql_with_their_values_bound(endpoint: str, tmp_path: Path) -> None:
    asking = Wikidata(Cache(tmp_path), Waits().asker(), sparql=endpoint)
    # The server answers from its default graph; the question names the graph that the test filled.
    text = "SELECT DISTINCT ?item { GRAPH ?any { ?item ?website ?site } }"
    assert asking.ids(text, {"website": direct("P856"), "site": NamedNode("https://courier.example/")}) == (
        "Q1",
    )
    between = "SELECT DISTINCT ?item { GRAPH ?any { ?item ?signatory ?one . ?item ?signatory ?other } }"
    bound = {"signatory": direct("P1891"), "one": wd("Q3"), "other": wd("Q4")}
    assert asking.ids(between, bound) == ("Q2",)


def test_a_value_cannot_change_a_question(endpoint: str, tmp_path: Path) -> None:
    asking = Wikidata(Cache(tmp_path), Waits().asker(), sparql=endpoint)
    with pytest.raises((UsageError, ValueError)):
        asking.ids(SITE, {"website": direct("P856"), "site": NamedNode("https://a> } ; DROP ALL #")})


def test_an_answer_without_rows_is_told(site: Site, tmp_path: Path) -> None:
    site.page("/sparql", b'{"boolean": true}', content_type="application/json")
    asking = Wikidata(Cache(tmp_path), Waits().asker(), sparql=site("/sparql"))
    with pytest.raises(FetchFailed, match="no rows"):
        asking.ids(BETWEEN, {})


def test_a_throttled_query_service_is_waited_for(site: Site, tmp_path: Path) -> None:
    told = {
        "head": {"vars": ["item"]},
        "results": {"bindings": [{"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q5"}}]},
    }
    site.one_after_another(
        "/sparql",
        lambda asked: asked.answer(b"", 429, retry_after="120"),
        lambda asked: give_json(asked, told),
    )
    waits = Waits()
    asking = Wikidata(Cache(tmp_path), waits.asker(), sparql=site("/sparql"))
    assert asking.ids(BETWEEN, {}) == ("Q5",) and waits == [120.0]


# Offline

SEEN: list[str] = []
watching = threading.Event()


def note(event: str, _: tuple[object, ...]) -> None:
    if watching.is_set() and event.startswith("socket."):
        SEEN.append(event)


sys.addaudithook(note)


@contextmanager
def watched() -> Iterator[list[str]]:
    """What Python did with sockets meanwhile; an audit hook stays for the life of the process."""
    SEEN.clear()
    watching.set()
    try:
        yield SEEN
    finally:
        watching.clear()


def test_offline_opens_no_socket(wiki: Wiki, tmp_path: Path) -> None:
    wiki.found["One"] = ["Q1"]
    online = client(wiki, tmp_path)
    online.items(["Q1"]), online.search("One")
    offline = Wikidata(Cache(tmp_path), None, refresh=True, api=wiki.address, sparql=wiki.address)
    with watched() as seen:
        assert offline.items(["Q1"])["Q1"].label == "One"
        assert offline.search("One") == ("Q1",)
        for ask in (
            lambda: offline.items(["Q1", "Q2", "Q3"]),
            lambda: offline.search("Two"),
            lambda: offline.ids(SITE, {}),
        ):
            with pytest.raises(NotKept, match=r"(was|were) not kept(.|\n)*without --offline"):
                ask()
    assert seen == []


def test_the_watch_would_see_a_socket(wiki: Wiki, tmp_path: Path) -> None:
    with watched() as seen:
        client(wiki, tmp_path).items(["Q1"])
    assert "socket.connect" in seen


def test_cards_are_the_same_bytes_in_any_order(wiki: Wiki, tmp_path: Path) -> None:
    client(wiki, tmp_path).items(["Q1"])
    card = tmp_path / "items" / "Q1.json"
    told = json.loads(card.read_text())
    Cache(tmp_path / "other").keep_item("Q1", dict(reversed(told.items())), ("mul", "en"))
    assert (tmp_path / "other" / "items" / "Q1.json").read_bytes() == card.read_bytes()
