"""Tables and pages of an invented world of which every claim is known: columns, order, conflicts, lives, names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from pactgraph.building import build
from pactgraph.cli import main
from pactgraph.curation import format_file
from pactgraph.errors import FINE, USAGE, UsageError
from pactgraph.graph.nodes import group, iris
from pactgraph.pages import Names, conflicts, listing, show
from pactgraph.pages.asking import finest
from pactgraph.pages.cells import Cell, Several, Sum, Thing, When, plain, text
from pactgraph.pages.listing import KINDS
from pactgraph.pages.names import ASKED, fold
from pactgraph.pages.values import say_amount, say_number
from pactgraph.project import Project
from pactgraph.store import Store, open_store
from pactgraph.vocabulary import EDTF, ID, ONTOLOGY, PACT, PREFIXES, PROV, RDF, SCHEMA, XSD

Capture = pytest.CaptureFixture[str]

AUTHORITY = """
party:ruritania a pact:State ; skos:prefLabel "Ruritania"@en ; pact:code "rt" ; pact:metonym "Strelsau"@en .
party:borduria a pact:State ; skos:prefLabel "Borduria"@en ; pact:code "bd" ; skos:exactMatch wd:Q1 .
party:syldavia a pact:State ; skos:prefLabel "Syldavia"@en ; pact:demonym "Syldavian"@en ; pact:code "sy" .
party:graustark a pact:State ; skos:prefLabel "Graustark"@en .
party:lutha a pact:State ; skos:prefLabel "Lutha"@en .
party:league a pact:Organization ; skos:prefLabel "League"@en .
body:palace a pact:Body ; skos:prefLabel "Palace"@en ; pact:actsFor party:ruritania .
body:bank a pact:Body ; skos:prefLabel "Bank"@en .
office:king a pact:Office ; skos:prefLabel "King"@en ; pact:actsFor body:palace .
office:premier a pact:Office ; skos:prefLabel "Premier of Borduria"@en ; pact:actsFor party:borduria .
official:rudolf a pact:Official ; skos:prefLabel "Rudolf Elphberg"@en .
official:ottokar a pact:Official ; skos:prefLabel "Óttokár Sztórr"@en ; skos:altLabel "Otto"@en .
official:flavia a pact:Official ; skos:prefLabel "Flavia"@en .
<https://w3id.org/pactgraph/id/tenure/rudolf> a pact:Tenure ; pact:holder official:rudolf ; pact:office office:king .
place:kingdom a pact:Place ; skos:prefLabel "Kingdom"@en .
place:strelsau a pact:Place ; skos:prefLabel "Strelsau"@en ; schema:containedInPlace place:kingdom .
place:zenda a pact:Place ; skos:prefLabel "Castle of Zenda"@en ; schema:containedInPlace place:strelsau .
place:klow a pact:Place ; skos:prefLabel "Klow"@en .
unit:gliders a pact:Unit ; skos:prefLabel "gliders"@en .
event:union a pact:Accession ; skos:prefLabel "Union"@en .
event:ball a pact:Summit ; skos:prefLabel "Ball"@en .
event:round-1 a pact:NegotiationRound ; skos:prefLabel "First round"@en .
event:vote a pact:Vote ; skos:prefLabel "Vote in Graustark"@en .
group:treaties a pact:PactGroup ; skos:prefLabel "treaties of Ruritania"@en ; pact:hub party:ruritania .
group:northern a pact:PactGroup ; skos:prefLabel "northern treaties"@en ; pact:hub party:ruritania .
pactid:ruritania-borduria a pact:Agreement ; skos:prefLabel "Ruritania–Borduria treaty"@en ;
    pact:party party:borduria, party:ruritania ; pact:inGroup group:treaties, group:northern .
pactid:ruritania-syldavia a pact:Agreement ; skos:prefLabel "Ruritania–Syldavia treaty"@en ;
    pact:party party:ruritania, party:syldavia ; pact:inGroup group:treaties .
pactid:ruritania-graustark a pact:Agreement ; skos:prefLabel "Ruritania–Graustark treaty"@en ;
    pact:party party:graustark, party:ruritania ; pact:inGroup group:treaties .
pactid:ruritania-lutha a pact:Agreement ; skos:prefLabel "Ruritania–Lutha treaty"@en ;
    pact:party party:lutha, party:ruritania ; pact:inGroup group:treaties .
pactid:friendship a pact:Agreement ; skos:prefLabel "Friendship of Lutha and Syldavia"@en ;
    pact:party party:lutha, party:syldavia .
pactid:declaration a pact:Declaration ; skos:prefLabel "Declaration of the League"@en ; pact:party party:league .
publisher:courier a pact:Publisher ; skos:prefLabel "Courier"@en ; pact:domain "courier.example" .
publisher:herald a pact:Publisher ; skos:prefLabel "Herald"@en ; pact:domain "herald.example" .
publisher:mirror a pact:Publisher ; skos:prefLabel "Mirror"@en ; pact:domain "mirror.example" .
origin:wire a pact:Origin ; skos:prefLabel "Wire story"@en .
run:reading a prov:Activity ; rdfs:label "reading"@en ; pact:recordedOn "1950"^^loc:edtf .
"""
BORDURIA, SYLDAVIA, GRAUSTARK, LUTHA = (
    f"pactid:ruritania-{party}" for party in ("borduria", "syldavia", "graustark", "lutha")
)
VALUES = """
<#billion> a pact:Amount ; schema:value "1000000000"^^xsd:decimal ; schema:currency "EUR" ; pact:period "1938"^^loc:edtf .
<#same> a pact:Amount ; schema:value "1000000000"^^xsd:decimal ; schema:currency "EUR" ; pact:period "1938"^^loc:edtf ;
    pact:kind pact:Pledged .
<#least> a pact:Amount ; schema:value "977000000"^^xsd:decimal ; schema:currency "EUR" ; pact:bound pact:AtLeast ;
    pact:period "1938"^^loc:edtf .
<#share> a pact:Amount ; schema:value "0.25"^^xsd:decimal ; pact:unit pact:PercentOfGdp ;
    pact:per "P1Y"^^xsd:duration ; pact:period "1938/1940"^^loc:edtf .
<#goods> a pact:Amount ; schema:value "30"^^xsd:decimal ; pact:unit unit:gliders ; pact:period "../1942"^^loc:edtf .
"""


def day(text: str) -> str:
    return f'"{text}"^^loc:edtf'


def said(
    subject: str,
    predicate: str,
    value: str,
    *,
    modality: str = "Factual",
    polarity: str = "Affirmed",
    speaker: str = "",
    on: str = "",
    stated: str = "",
) -> dict[str, str]:
    return {
        "rdf:subject": subject,
        "rdf:predicate": f"pact:{predicate}",
        "rdf:object": value,
        "pact:modality": f"pact:{modality}",
        "pact:polarity": f"pact:{polarity}",
        "pact:quotation": "pact:Indirect" if speaker else "pact:OwnVoice",
        **({"pact:speaker": speaker} if speaker else {}),
        **({"pact:on": day(on)} if on else {}),
        **({"pact:statedOn": day(stated)} if stated else {}),
    }


def signing(pact: str, on: str, place: str = "", *officials: str) -> list[dict[str, str]]:
    where = [said(pact, "signedIn", place)] if place else []
    return [said(pact, "signedOn", day(on)), *where, *(said(pact, "signedBy", who) for who in officials)]


COURIER = [
    *signing(BORDURIA, "1938-05-02", "place:strelsau", "official:rudolf", "official:ottokar"),
    *(said(BORDURIA, "amount", f"<#{name}>") for name in ("billion", "same", "least", "share", "goods")),
    said(BORDURIA, "term", '"P10Y"^^xsd:duration'),
    said(BORDURIA, "validUntil", "event:union"),
    said(BORDURIA, "expectedSigning", day("1938-05"), modality="Expected", stated="1938-03-01"),
    said("official:ottokar", "holdsOffice", "office:premier"),
    *signing(SYLDAVIA, "1938-05-22", "place:zenda"),
    said(GRAUSTARK, "reachedStage", "pact:Negotiating"),
    said(GRAUSTARK, "expectedSigning", day("1938-12-19"), modality="Expected", speaker="official:flavia"),
    said(GRAUSTARK, "reachedStage", "pact:Signed", polarity="Denied", on="../1938-12"),
    said("event:round-1", "negotiates", GRAUSTARK),
    said("event:round-1", "heldOn", day("1938-04-29")),
    said("event:round-1", "heldIn", "place:klow"),
    said("event:round-1", "delegationHead", "official:flavia"),
    said("event:vote", "approves", GRAUSTARK),
    said("event:vote", "heldOn", day("1938-11-01")),
    said(LUTHA, "reachedStage", "pact:CalledOff"),
    said("pactid:declaration", "adoptedOn", day("1938-01-10")),
    said("pactid:declaration", "adoptedAt", "event:ball"),
    said("party:syldavia", "joined", "pactid:declaration", on="1938-02-03"),
    said("party:graustark", "joined", "pactid:declaration", on="1938-02-03"),
    said("pactid:friendship", "signedOn", day("1937")),
]
HERALD = [
    *signing(BORDURIA, "1938-05", "place:kingdom"),
    said(BORDURIA, "reachedStage", "pact:Signed", polarity="Denied", on="../1938-04"),
    *signing(SYLDAVIA, "1938-05-23", "place:klow"),
    said(SYLDAVIA, "reachedStage", "pact:Signed", polarity="Denied", on="../1938-06-30"),
    said(GRAUSTARK, "expectedSigning", day("1938-12-19"), modality="Expected", polarity="Denied"),
    said(GRAUSTARK, "term", '"P5Y"^^xsd:duration', modality="Hoped"),
]
MIRROR = [*signing(BORDURIA, "1938-05-02"), said(SYLDAVIA, "signedOn", day("1938-05-22"))]


def source(
    publisher: str, published: str, claims: list[dict[str, str]], more: str = "", title: str = ""
) -> str:
    name = f"{publisher}-{published}"
    own = {"pact:speaker": f"publisher:{publisher}", "pact:statedOn": day(published)}
    told = "\n".join(
        f"<#c{number}> a pact:Claim ; {' ; '.join(' '.join(part) for part in {**own, **claim}.items())} ;\n"
        "    pact:passage <#p1> ; prov:wasGeneratedBy run:reading ."
        for number, claim in enumerate(claims)
    )
    prefixes = "\n".join(f"@prefix {prefix}: <{base}> ." for prefix, base in PREFIXES.items())
    return f"""@base <{ID}source/{name}> .
{prefixes}
<> a schema:NewsArticle ; schema:url <https://{publisher}.example/{name}> ; schema:publisher publisher:{publisher} ;
    {title or f'schema:headline "Treaties in the {publisher}"@en'} ; schema:inLanguage "en" ;
    schema:datePublished {day(published)} ; pact:dateBasis pact:Byline {more} .
<#p1> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#q1> .
<#q1> a oa:TextQuoteSelector ; oa:exact "they signed" .
{told}
{VALUES if "<#billion>" in told else ""}
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The invented world, formatted and built."""
    project = Project(tmp_path_factory.mktemp("world"))
    wire = "; pact:origin origin:wire"
    prefixes = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())
    abstract = 'schema:abstract "What the Mirror had of it"@en'
    files = {
        "authority/world": prefixes + AUTHORITY,
        "sources/courier-1938-12-20": source("courier", "1938-12-20", COURIER, wire),
        "sources/herald-1938-12-30": source("herald", "1938-12-30", HERALD),
        "sources/mirror-1938-12": source("mirror", "1938-12", MIRROR, wire, abstract),
    }
    for name, content in files.items():
        path = project.data / f"{name}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        format_file(path)
    build(project, validated=False)
    return project


@pytest.fixture(scope="module")
def store(world: Project) -> Store:
    return open_store(world.store)


@pytest.fixture
def here(world: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The shell stands in the world's folder."""
    monkeypatch.chdir(world.root)
    monkeypatch.setenv("COLUMNS", "110")
    return world


def table(store: Store, kind: str) -> dict[str, Mapping[str, Cell]]:
    """The rows of a list, by their first cell."""
    told = listing(store, kind)
    return {str(row[told.columns[0]]): row for row in told.rows}


def words(row: Mapping[str, Cell], *columns: str) -> list[str]:
    return [text(row[column]) for column in columns]


# The list of pacts


def test_a_row_tells_all_that_is_known_of_a_pact(store: Store) -> None:
    row = table(store, "pacts")["ruritania-borduria"]
    assert {name: text(cell) for name, cell in row.items()} == {
        "pact": "ruritania-borduria",
        "iri": f"{ID}pact/ruritania-borduria",
        "name": "Ruritania–Borduria treaty",
        "group": "treaties, northern",
        "parties": "Ruritania – Borduria",
        "stage": "signed",
        "signed": "2 May 1938",
        "place": "Strelsau",
        "signatories": "Óttokár Sztórr, Rudolf Elphberg",
        "term": "10 years, or until Union",
        "amounts": "EUR 1 billion in 1938; at least EUR 977 million in 1938; 0.25 % of GDP a year, 1938–1940; "
        "30 gliders by 1942",
        "expected": "",
        "claims": "16",
        "sources": "3",
        "origins": "2",
        "conflicts": "0",
    }


def test_a_table_leaves_the_hubs_official_out_where_others_signed(store: Store) -> None:
    assert text(table(store, "pacts")["ruritania-borduria"]["signatories"], brief=True) == "Óttokár Sztórr"


def test_days_that_exclude_each_other_are_shown_as_disputed(store: Store) -> None:
    row = table(store, "pacts")["ruritania-syldavia"]
    assert text(row["signed"]) == "disputed: 22 May 1938 or 23 May 1938"
    assert plain(row["signed"]) == {
        "edtf": None,
        "text": "disputed: 22 May 1938 or 23 May 1938",
        "rivals": ["1938-05-22", "1938-05-23"],
    }


def test_what_is_expected_is_said_while_unsigned_and_marked_where_denied(store: Store) -> None:
    rows = table(store, "pacts")
    assert text(rows["ruritania-graustark"]["expected"]) == "19 December 1938 (denied)"
    assert words(rows["ruritania-graustark"], "stage", "signed", "term") == ["negotiating", "", ""]


def test_the_event_stands_for_the_place_only_where_no_place_is_known(store: Store) -> None:
    assert text(table(store, "pacts")["declaration"]["place"]) == "Ball"


def test_pacts_come_by_signing_then_by_stage_and_those_of_no_group_apart(store: Store) -> None:
    told = listing(store, "pacts")
    assert [row["pact"] for row in told.rows] == [
        "ruritania-borduria",
        "ruritania-syldavia",
        "ruritania-graustark",
        "ruritania-lutha",
        "friendship",
        "declaration",
    ]
    assert told.apart == 2


def test_conflicts_are_counted_as_the_command_lists_them(store: Store) -> None:
    counts = {name: row["conflicts"] for name, row in table(store, "pacts").items()}
    assert counts == {name: len(conflicts(store, f"pactid:{name}")) for name in counts}
    assert {name: count for name, count in counts.items() if count} == {
        "ruritania-syldavia": 3,
        "ruritania-graustark": 1,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_limited_table_is_the_beginning_of_the_whole(kind: str, store: Store) -> None:
    rows = listing(store, kind).rows
    assert [listing(store, kind, limit=n).rows for n in (1, 3)] == [rows[:1], rows[:3]]


def test_of_many_claims_a_whole_table_counts_no_conflicts_and_a_limited_one_does(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = [row["conflicts"] for row in listing(store, "pacts").rows]
    monkeypatch.setattr("pactgraph.pages.pacts.FEW", 2)
    assert [row["conflicts"] for row in listing(store, "pacts").rows] == counted
    monkeypatch.setattr("pactgraph.pages.pacts.COUNTED", 10)
    assert {row["conflicts"] for row in listing(store, "pacts").rows} == {""}
    assert [row["conflicts"] for row in listing(store, "pacts", limit=2).rows] == counted[:2]


def test_a_denial_up_to_a_day_contradicts_only_what_came_about_by_then(store: Store) -> None:
    page = show(store, "ruritania-syldavia")
    asked = [(conflict.type, conflict.predicate) for conflict in page.conflicts]
    assert asked == [
        (PACT.DenialConflict, PACT.reachedStage),
        (PACT.PlaceConflict, PACT.signedIn),
        (PACT.ValueConflict, PACT.signedOn),
    ]
    assert not show(store, "ruritania-borduria").conflicts


def test_the_forms_of_a_list_say_the_same(here: Project, capsys: Capture) -> None:
    for kind in ("pacts", "parties", "officials", "sources", "publishers", "events"):
        assert main(["list", kind, "--json"]) == FINE
        told = json.loads(capsys.readouterr().out)
        assert main(["list", kind, "--format", "csv"]) == FINE
        rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
        assert [{*row} for row in rows] == [{*row} for row in told] and rows
        assert [row["iri"] for row in rows] == [row["iri"] for row in told]


def test_json_has_numbers_lists_and_dates(here: Project, capsys: Capture) -> None:
    main(["list", "pacts", "--json"])
    row = json.loads(capsys.readouterr().out)[0]
    assert (row["sources"], row["origins"], row["conflicts"], row["expected"]) == (3, 2, 0, [])
    assert row["signed"] == {"edtf": "1938-05-02", "text": "2 May 1938"}
    assert [party["name"] for party in row["parties"]] == ["Ruritania", "Borduria"]
    assert row["place"] == [{"iri": f"{ID}place/strelsau", "name": "Strelsau"}]
    assert row["group"] == ["treaties", "northern"]
    first = {"text": "EUR 1 billion in 1938", "value": 1_000_000_000, "currency": "EUR", "period": "1938"}
    assert row["amounts"][0].items() >= first.items()
    share = row["amounts"][2]
    assert (share["value"], share["unit"], share["per"]) == (0.25, "percent of GDP", "P1Y")


@pytest.mark.parametrize("columns", [40, 80, 110, 160, 300])
def test_a_table_fits_and_breaks_between_words(
    columns: int, here: Project, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    main(["list", "pacts", "--format", "csv"])
    known = set(capsys.readouterr().out.replace(",", " ").replace('"', " ").replace("-", " ").split())
    monkeypatch.setenv("COLUMNS", str(columns))
    main(["list", "pacts"])
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert max(map(len, lines)) <= columns and "" in lines
    cells = told.out.replace("─", " ").replace(",", " ").replace("-", " ").split()
    assert {*cells} <= known or columns == 40
    assert ("Left out to fit" in told.err) == (columns < 300)


def test_a_narrow_table_keeps_what_and_when(
    here: Project, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    main(["list", "pacts"])
    assert capsys.readouterr().out.splitlines()[0].split() == ["pact", "stage", "signed", "place", "origins"]


# The other lists


def test_parties(store: Store) -> None:
    rows = table(store, "parties")
    columns = ("name", "code", "wikidata", "stage", "pacts", "joined", "claims")
    assert words(rows["borduria"], *columns) == ["Borduria", "bd", "Q1", "signed", "1", "", "0"]
    assert words(rows["syldavia"], *columns[3:]) == ["signed", "2", "declaration (3 February 1938)", "1"]
    assert words(rows["ruritania"], "stage", "pacts") == ["", "4"]


def test_officials(store: Store) -> None:
    rows = table(store, "officials")
    columns = ("name", "offices", "parties", "claims", "sources")
    assert words(rows["ottokar"], *columns) == ["Óttokár Sztórr", "Premier of Borduria", "Borduria", "0", "0"]
    assert words(rows["rudolf"], "offices", "parties") == ["", "Ruritania"]
    assert words(rows["flavia"], "claims", "sources", "origins") == ["1", "1", "1"]


def test_sources(store: Store) -> None:
    rows = table(store, "sources")
    assert list(rows) == ["mirror-1938-12", "courier-1938-12-20", "herald-1938-12-30"]
    row = rows["mirror-1938-12"]
    columns = ("published", "publisher", "headline", "language", "origin", "claims", "by locator")
    assert words(row, *columns) == [
        *("December 1938", "Mirror", "What the Mirror had of it", "en", "Wire story", "2", "2")
    ]
    assert plain(row["published"]) == [{"edtf": "1938-12", "text": "December 1938"}]


def test_publishers(store: Store) -> None:
    row = table(store, "publishers")["courier"]
    assert words(row, "name", "domain", "sources", "origins") == ["Courier", "courier.example", "1", "1"]


def test_events(store: Store) -> None:
    rows = table(store, "events")
    assert list(rows)[:2] == ["round-1", "vote"]
    columns = ("name", "kind", "held", "place", "claims")
    assert words(rows["round-1"], *columns) == [
        "First round",
        "negotiation round",
        "29 April 1938",
        "Klow",
        "4",
    ]


# The life of a pact


def lives(store: Store, pact: str) -> list[tuple[str, str, str]]:
    """When, voiced or not, and the property of each line."""
    page = show(store, pact)
    return [
        (str(line.when), "said" if line.voiced else "", line.predicate.value[len(ONTOLOGY) :])
        for line in page.life
    ]


def test_a_life_is_in_order_of_what_is_told(store: Store) -> None:
    assert lives(store, "ruritania-graustark") == [
        ("1938-04-29", "", "heldOn"),
        ("1938-04-29", "", "negotiates"),
        ("1938-04-29", "", "delegationHead"),
        ("1938-04-29", "", "heldIn"),
        ("1938-11-01", "", "heldOn"),
        ("1938-11-01", "", "approves"),
        ("1938-12-20", "said", "expectedSigning"),
        ("1938-12-20", "said", "reachedStage"),
        ("1938-12-30", "said", "term"),
        ("../1938-12", "", "reachedStage"),
    ]


def test_what_tells_of_a_signing_stands_at_its_day(store: Store) -> None:
    told = [(when, name) for when, _, name in lives(store, "ruritania-borduria") if name.startswith("signed")]
    assert told == [
        ("1938-05", "signedOn"),
        *(("1938-05-02", name) for name in ("signedOn", "signedBy", "signedBy", "signedIn", "signedIn")),
    ]


def test_an_expectation_is_told_on_the_day_it_was_voiced(store: Store) -> None:
    first = show(store, "ruritania-borduria").life[0]
    assert (str(first.when), first.voiced, first.predicate) == ("1938-03-01", True, PACT.expectedSigning)
    assert first.modality == NamedNode(f"{ONTOLOGY}Expected")


def printed(capsys: Capture, *arguments: str) -> str:
    """What a command prints."""
    assert main([*arguments]) == FINE
    return capsys.readouterr().out


def test_a_page_says_who_says_so(here: Project, capsys: Capture) -> None:
    told = printed(capsys, "show", "ruritania-borduria")
    assert "signatories  Óttokár Sztórr, Rudolf Elphberg" in told
    assert "16 claims in 3 sources, 2 independent origins" in told
    assert "2 sources, 1 origin: Mirror, Courier" in told
    assert "expected signing: May 1938 [expected]" in told and "said 1 March 1938" in told
    assert "https://" not in told
    assert "(by locator)" in printed(capsys, "show", "ruritania-borduria", "--claims")


def test_a_page_shows_denial_and_dissent(
    here: Project, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    told = printed(capsys, "show", "ruritania-graustark")
    assert "reached stage: signed [denied]" in told and "denied by Courier" in told
    assert "Flavia in Courier; denied by Herald" in told
    told = " ".join(printed(capsys, "show", "ruritania-syldavia").split())
    assert "by 30 June 1938 reached stage: signed [denied]" in told
    assert "conflicts 3: reached stage, signed in, signed on" in told
    assert "signed in: Castle of Zenda [disputed: Klow]" in told
    assert "22 May 1938 [disputed: denied; 23 May 1938] 2 sources, 1 origin: Mirror, Courier" in told


def test_what_is_said_alike_of_several_is_one_line(here: Project, capsys: Capture) -> None:
    assert "Graustark, Syldavia · joined" in printed(capsys, "show", "declaration")


def test_the_page_as_json_has_everything(here: Project, capsys: Capture) -> None:
    page: dict[str, Any] = json.loads(printed(capsys, "show", "ruritania-syldavia", "--json"))
    assert page["pact"]["conflicts"] == len(page["conflicts"]) == 3
    told = {claim["claim"] for claim in page["claims"]}
    lines = page["life"]
    assert told == {c for line in lines for part in ("affirmed", "denied") for c in line[part]["claims"]}
    day = next(line for line in lines if line["object"] == "1938-05-22")
    assert (day["affirmed"]["sources"], day["affirmed"]["origins"]) == (2, 1)
    assert {side["object"] for side in day["disputed"]} == {"1938-05-23", f"{ONTOLOGY}Signed"}


def test_why_a_place_names_the_place_that_excludes_it(here: Project, capsys: Capture) -> None:
    evidence = json.loads(printed(capsys, "why", "ruritania-syldavia", "signedIn", "klow", "--json"))
    assert [claim["text"] for each in evidence for claim in each["dissenting"]] == ["Castle of Zenda"]
    evidence = json.loads(printed(capsys, "why", "ruritania-borduria", "signedIn", "--json"))
    assert not any(each["dissenting"] for each in evidence)


# Conflicts


def test_the_gravest_conflicts_come_first_and_differences_when_they_are_asked_for(store: Store) -> None:
    found = conflicts(store)
    assert [c.type.name for c in found] == ["denial", "value", "place", "plan"]
    assert {c.type.name for c in conflicts(store, differences=True)} - {c.type.name for c in found} == {
        "precision",
        "scope",
    }
    assert {c.subject.value for c in conflicts(store, types=["PrecisionDifference"])} == {
        f"{ID}pact/ruritania-borduria"
    }


def test_a_conflict_has_sides_with_all_claims_and_says_who_stands_where(
    here: Project, capsys: Capture
) -> None:
    (told,) = json.loads(printed(capsys, "conflicts", "ruritania-syldavia", "--type", "value", "--json"))
    assert told["type"]["name"] == "value" and told["type"]["excludes"] and told["type"]["rule"]
    assert [(side["text"], side["origins"]) for side in told["sides"]] == [
        ("22 May 1938", 1),
        ("23 May 1938", 1),
    ]
    first = told["sides"][0]
    assert [publisher["name"] for publisher in first["publishers"]] == ["Courier", "Mirror"]
    assert len(first["claims"]) == 2 and all(claim["passage"] and claim["link"] for claim in first["claims"])


def test_conflicts_are_printed_with_their_rules_and_sides(
    here: Project, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    told = printed(capsys, "conflicts")
    assert "value, 1 · Two values of a property that takes one" in told
    assert "2 sources, 1 origin: " in told and "19 December 1938 [expected, denied]" in told
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "conflicts", "--format", "csv"))))
    assert [row["side"] for row in rows] == ["1", "2"] * 4
    assert "said otherwise" not in told


def test_conflicts_as_turtle_are_nodes(here: Project, store: Store, capsys: Capture) -> None:
    told = printed(capsys, "conflicts", "ruritania-syldavia", "--format", "ttl")
    triples = [quad.triple for quad in parse(told.encode(), format=RdfFormat.TURTLE)]
    found = {c.iri: c for c in conflicts(store, "ruritania-syldavia")}
    nodes = group(triples)
    assert {n for n, p in nodes.items() if PACT.Conflict in p[RDF.type]} == found.keys()
    for iri, conflict in found.items():
        sides = [nodes[side][PROV.hadMember] for side in iris(nodes[iri], PACT.side)]
        assert sorted(map(len, sides)) == sorted(len(side.claims) for side in conflict.sides)


def test_rounds_and_votes_belong_to_a_pact_and_other_nodes_have_conflicts_too(store: Store) -> None:
    party = {c.iri for c in conflicts(store, "syldavia")}
    assert party == {c.iri for c in conflicts(store, "ruritania-syldavia")}
    assert not conflicts(store, "first round")


def test_a_group_shows_its_members_in_order_and_its_own_life(here: Project, capsys: Capture) -> None:
    told = printed(capsys, "show", "group:treaties")
    pacts = [
        row["pact"] for row in json.loads(printed(capsys, "show", "group:treaties", "--json"))["members"]
    ]
    assert pacts[0] == "ruritania-borduria" and len(pacts) == 4
    assert [line.split()[0] for line in told.splitlines() if line.startswith("ruritania-")] == pacts
    northern = json.loads(printed(capsys, "show", "group:northern", "--json"))["members"]
    assert [row["pact"] for row in northern] == ["ruritania-borduria"]


def test_a_type_that_there_is_not_is_named_with_those_there_are(here: Project, capsys: Capture) -> None:
    assert main(["conflicts", "--type", "quarrel"]) == USAGE
    assert "denial, value, stage, place" in capsys.readouterr().err
    assert main(["conflicts", "nobody at all"]) == USAGE


# Evidence


def test_why_gives_rank_reason_and_numbers(here: Project, capsys: Capture) -> None:
    told = printed(capsys, "why", "ruritania-borduria", "signedOn", "1938-05-02")
    assert "a fact · preferred: 1 independent origin, 2 with those who agree" in told
    assert "finest: It says the same as others and more." in told
    told = printed(capsys, "why", "ruritania-borduria", "signedOn", "1938-05")
    assert "agrees with the fact 2 May 1938, which says it more precisely · normal" in told
    told = printed(capsys, "why", "ruritania-syldavia", "signedOn", "1938-05-22")
    assert "not a fact · normal: 1 independent origin, against 1" in told
    assert "contested: It is excluded or denied" in told
    assert (
        "said otherwise: 23 May 1938 · 1 independent origin\n  └ Herald, 30 December 1938 · Treaties in the herald"
        in told
    )


def test_why_names_the_same_numbers_in_json(here: Project, capsys: Capture) -> None:
    (evidence,) = json.loads(printed(capsys, "why", "ruritania-syldavia", "signedOn", "1938-05-22", "--json"))
    assert evidence["witnesses"] == {"claiming": 1, "agreeing": 1, "opposing": 1}
    assert (evidence["rank"], evidence["reason"]) == (f"{ONTOLOGY}Normal", f"{ONTOLOGY}Contested")
    assert evidence["origins"] == {f"{ID}origin/wire": [claim["claim"] for claim in evidence["supporting"]]}
    assert list(evidence["opposed"]) == [f"{ID}source/herald-1938-12-30"]


def test_what_supports_a_stage_is_shown_even_where_nobody_names_the_stage(
    here: Project, capsys: Capture
) -> None:
    told = printed(capsys, "why", "friendship", "reachedStage", "signed")
    assert "a fact · normal" in told and "signed on: 1937" in told


def test_a_claim_and_a_proposition_stand_for_what_is_claimed(
    here: Project, store: Store, capsys: Capture
) -> None:
    claim = show(store, "friendship").claims[0]
    told = printed(capsys, "why", claim.claim.value)
    assert told == printed(capsys, "why", claim.proposition.value) and "signed on: 1937" in told


# Names


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("bd", "party/borduria"),
        ("BD", "party/borduria"),
        ("ruritania-bor", "pact/ruritania-borduria"),
        ("RURITANIA BORDURIA", "pact/ruritania-borduria"),
        ("syld", "party/syldavia"),
        ("sztorr", "official/ottokar"),
        ("SZTÓRR", "official/ottokar"),
        ("otto", "official/ottokar"),
        ("strelsau", "party/ruritania"),
        ("place:strelsau", "place/strelsau"),
        ("zenda", "place/zenda"),
        ("elph", "official/rudolf"),
        ("treaties in the courier", "source/courier-1938-12-20"),
        ("what the mirror", "source/mirror-1938-12"),
        (f"{ID}party/lutha", "party/lutha"),
    ],
)
def test_a_name_finds_its_node(given: str, found: str, store: Store) -> None:
    assert Names(store).find(given, ASKED) == NamedNode(ID + found)


@pytest.mark.parametrize(
    ("given", "candidates"),
    [
        ("ruritania-", None),
        ("ruritania-b", None),
        ("ruritania b", None),
        ("treaty", ["pactid:ruritania-borduria  Ruritania–Borduria treaty", "pactid:ruritania-lutha"]),
        ("sylvadia", ["nothing here is called", "party:syldavia  Syldavia"]),
        ("xxxxxxxx", ["nothing here is called", "pactgraph list"]),
        ("", ["nothing here is called"]),
    ],
)
def test_a_name_that_fits_several_or_none_lists_candidates(
    given: str, candidates: list[str] | None, store: Store
) -> None:
    if candidates is None:
        assert Names(store).find(given)
        return
    with pytest.raises(UsageError) as raised:
        Names(store).find(given, ASKED)
    assert all(candidate in str(raised.value) for candidate in candidates)


def test_candidates_end_with_2(here: Project, capsys: Capture) -> None:
    for command in (["show", "treaty"], ["why", "treaty"], ["query", "timeline", "--param", "pact=treaty"]):
        assert main(command) == USAGE
        assert "pactid:ruritania-lutha" in capsys.readouterr().err


def test_a_named_query_takes_names(here: Project, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "timeline", "--param", "pact=ruritania-bor", "--format", "csv"]) == FINE
    assert "signed on" in capfd.readouterr().out


def test_folding_leaves_out_accents_case_and_points() -> None:
    assert [fold(name) for name in ("Łódź", "STØRE", "U.S.", "a–b", "O’Neil", "  ")] == [
        *("lodz", "store", "us", "a b", "oneil", "")
    ]


# How values are said


def amount(value: str, unit: str = "", currency: str = "", **parts: str) -> str:
    known = {SCHEMA.value: Literal(value, datatype=XSD.decimal)}
    named: dict[NamedNode, NamedNode | Literal] = {**known}
    if currency:
        named[SCHEMA.currency] = Literal(currency)
    if unit:
        named[PACT.unit] = NamedNode(f"https://example.org/{unit}")
    for name, part in parts.items():
        term = getattr(PACT, name)
        named[term] = (
            NamedNode(f"https://example.org/{part}") if name == "bound" else Literal(part, datatype=EDTF)
        )
    return say_amount(named, lambda term: term.value.rpartition("/")[2].replace("_", " "))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (amount("1000000000", currency="EUR", period="2024"), "EUR 1 billion in 2024"),
        (amount("1130000000", currency="EUR", period="2024-05"), "EUR 1.13 billion in May 2024"),
        (
            amount("977000000", currency="EUR", bound="at_least", period="2024"),
            "at least EUR 977 million in 2024",
        ),
        (
            amount("0.25", unit="percent_of_GDP", per="P1Y", period="2024/2026"),
            "0.25 % of GDP a year, 2024–2026",
        ),
        (amount("30", unit="F-16", period="../2028"), "30 F-16 by 2028"),
        (amount("188", currency="USD", per="P4Y"), "USD 188 every 4 years"),
        (amount("250000.50", currency="SEK", period="2024-05-27"), "SEK 250,000.5 on 27 May 2024"),
        (amount("2", currency="SEK", period="2024/.."), "SEK 2 from 2024 on"),
    ],
)
def test_amounts_are_said_in_short(said: str, expected: str) -> None:
    assert said == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("38000000000", "38 billion"),
        ("999999", "999,999"),
        ("12100000000000", "12.1 trillion"),
        ("0.5", "0.5"),
    ],
)
def test_numbers_are_said_with_their_scale(number: str, expected: str) -> None:
    assert say_number(Decimal(number)) == expected


# Small parts


def test_the_finest_dates_hide_what_they_say_more_precisely() -> None:
    assert finest(["1938", "1938-05", "1938-05-02", "1939"]) == ["1938-05-02", "1939"]


def test_cells_are_said_and_given() -> None:
    node = NamedNode("https://example.org/a")
    cell = Several((Thing(node, "A"), Sum("EUR 1", {"value": 1}), When("1938", "1938")), "; ", ("few",))
    assert text(cell) == "A; EUR 1; 1938" and text(cell, brief=True) == "few"
    assert plain(cell) == [
        {"iri": node.value, "name": "A"},
        {"text": "EUR 1", "value": 1},
        {"edtf": "1938", "text": "1938"},
    ]
    assert (plain(""), plain(3), text(3)) == (None, 3, "3")


def test_a_title_cannot_steer_the_terminal(capsys: Capture) -> None:
    from pactgraph.cli.tables import print_table

    print_table(("a", "b"), [("x", "red \x1b[31m text")])
    assert "\x1b" not in capsys.readouterr().out
