"""The data of the repository: nothing lost, nothing linked wrongly, the hard cases right."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Claim, Term
from pactgraph.graph.codec import decode_claim
from pactgraph.graph.links import read_links
from pactgraph.graph.nodes import Nodes, group, iris, one, read_triples
from pactgraph.resolution import read_rules, resolve, voices
from pactgraph.vocabulary import EDTF, ID, ONTOLOGY, PACT, RDF, SCHEMA, SKOS, XSD, expand, shorten

ROOT = Path(__file__).resolve().parents[1]
LINKS = ROOT / "data" / "links.sssom.tsv"
PINS = Path(__file__).with_name("wikidata.tsv")
BORN = NamedNode("https://schema.org/birthDate")
VERIFIED = ROOT.parent / "shared" / "research" / "ecosystem.md"


@cache
def data() -> Nodes:
    return group(triple for path in sorted((ROOT / "data").rglob("*.ttl")) for triple in read_triples(path))


@cache
def ontology() -> Nodes:
    return group(read_triples(ROOT / "ontology" / "pact.ttl"))


@cache
def claims() -> dict[NamedNode, Claim]:
    return {n: decode_claim(p) for n, p in data().items() if PACT.Claim in p.get(RDF.type, ())}


@cache
def facts() -> frozenset[Triple]:
    return frozenset(resolve(voices(data()), read_rules(ontology() | data())).facts)


def node(name: str) -> NamedNode:
    iri = expand(name)
    assert iri, name
    return NamedNode(iri)


def pact(name: str) -> NamedNode:
    return NamedNode(ONTOLOGY + name)


def date(text: str) -> Literal:
    return Literal(text, datatype=EDTF)


def is_fact(subject: str, predicate: str, value: Term) -> bool:
    return Triple(node(subject), pact(predicate), value) in facts()


def said(subject: str, predicate: str, *, source: str = "") -> Iterator[Claim]:
    """The claims on a subject with a predicate, all or those of one source."""
    for claim in claims().values():
        content = claim.proposition
        if (content.subject, content.predicate) == (
            node(subject),
            pact(predicate),
        ) and claim.source.value.endswith(f"/{source}" if source else ""):
            yield claim


def amounts(subject: str, source: str) -> set[tuple[str, str]]:
    """Number and currency of the sums that a source gives for a subject."""
    found = [*said(subject, "amount", source=source), *said(subject, "aid", source=source)]
    values = [
        data()[claim.proposition.object] for claim in found if isinstance(claim.proposition.object, NamedNode)
    ]
    return {(str(one(v, SCHEMA.value).value), str(one(v, SCHEMA.currency).value)) for v in values}  # type: ignore[union-attr]


# Nothing is lost

LEAST = {
    "pact:Claim": 1159,
    "schema:NewsArticle": 130,
    "schema:WebPage": 11,
    "oa:SpecificResource": 702,
    "pact:Amount": 95,
    "pact:Count": 99,
    "pact:Agreement": 35,
    "pact:Declaration": 1,
    "pact:Compact": 1,
    "pact:State": 39,
    "pact:Official": 70,
    "pact:Office": 63,
    "pact:Tenure": 58,
    "pact:Body": 31,
    "pact:Publisher": 118,
    "pact:Origin": 43,
    "pact:Place": 26,
    "pact:NegotiationRound": 8,
    "pact:Vote": 5,
    "pact:Summit": 11,
    "pact:Unit": 3,
}
"""How many of each class there are at least; a lost file takes some of them away."""


def test_of_every_class_there_are_as_many_as_there_were() -> None:
    found = Counter(shorten(kind.value) for p in data().values() for kind in iris(p, RDF.type))
    assert not {kind: (found[kind], least) for kind, least in LEAST.items() if found[kind] < least}


def test_every_source_has_claims() -> None:
    sources = {
        n for n, p in data().items() if {SCHEMA.NewsArticle, SCHEMA.WebPage} & set(p.get(RDF.type, ()))
    }
    assert len(sources) >= 141
    assert sources == {claim.source for claim in claims().values()}


def test_every_signed_agreement_has_two_independent_origins_or_is_known_to_lack_one() -> None:
    signed = {
        t.subject for t in facts() if t.predicate == pact("reachedStage") and t.object == pact("Signed")
    }
    signed |= {
        t.subject for t in facts() if t.predicate in {pact("signedOn"), pact("signedBy"), pact("signedIn")}
    }
    witnesses: dict[Term, set[frozenset[NamedNode]]] = defaultdict(set)
    for claim in claims().values():
        origins = frozenset(iris(data()[claim.source], PACT.origin)) or frozenset({claim.source})
        witnesses[claim.proposition.subject].add(origins)
    agreements = {
        n for n in signed if isinstance(n, NamedNode) and PACT.Agreement in data()[n].get(RDF.type, ())
    }
    framework = {n for n in agreements if iris(data()[n], PACT.inGroup)}
    assert len(framework) == 29
    assert {shorten(n.value) for n in framework if len(witnesses[n]) < 2} == {"pactid:ukraine-iceland"}


# Matches with Wikidata


@cache
def pins() -> dict[str, dict[str, str]]:
    """Label and year of birth of each item, as they were looked up when it was verified."""
    with PINS.open(encoding="utf-8", newline="") as file:
        return {row["item"]: row for row in csv.DictReader(file, delimiter="\t")}


@cache
def matches() -> list[dict[str, str]]:
    with LINKS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def item(row: dict[str, str]) -> str:
    return row["object_id"].removeprefix("wd:")


@pytest.mark.parametrize("row", matches(), ids=lambda row: f"{row['subject_id']} {row['object_id']}")
def test_a_match_is_to_the_item_that_was_verified(row: dict[str, str]) -> None:
    pin = pins()[item(row)]
    subject = data()[node(row["subject_id"])]
    assert row["object_label"] == pin["label"]
    assert row["comment"], "a match needs its evidence"
    assert row["subject_label"] in {name.value for name in subject[SKOS.prefLabel]}
    if pin["born"]:
        assert one(subject, BORN).value[:4] == pin["born"]  # type: ignore[union-attr]


def test_every_pinned_item_is_used() -> None:
    assert set(pins()) == {item(row) for row in matches()}


@pytest.mark.skipif(not VERIFIED.exists(), reason="the verified table is not beside the repository")
def test_every_item_stands_in_the_verified_table() -> None:
    table = VERIFIED.read_text(encoding="utf-8")
    assert not [number for number in pins() if f"{number}" not in table]


def test_no_two_nodes_match_one_item_exactly() -> None:
    exact = [triple for triple in read_links(LINKS) if triple.predicate == SKOS.exactMatch]
    assert len({triple.subject for triple in exact}) == len(exact) == len({triple.object for triple in exact})


def test_states_without_a_verified_item_have_none() -> None:
    linked = {node(row["subject_id"]) for row in matches()}
    states = {n for n, p in data().items() if PACT.State in p.get(RDF.type, ())}
    assert {shorten(n.value) for n in states - linked} == {
        f"party:{name}" for name in ("austria", "hungary", "malta", "slovakia")
    }


@pytest.mark.parametrize(
    ("state", "country", "kingdom"), [("denmark", "Q35", "Q756617"), ("netherlands", "Q55", "Q29999")]
)
def test_a_country_is_not_its_kingdom(state: str, country: str, kingdom: str) -> None:
    found = {(r["predicate_id"], item(r)) for r in matches() if r["subject_id"] == f"party:{state}"}
    assert found == {("skos:exactMatch", country), ("skos:closeMatch", kingdom)}


def test_the_living_benediktsson_is_meant() -> None:
    official = data()[node("official:bjarni-benediktsson")]
    assert one(official, BORN) == date("1970")
    assert pins()["Q879376"]["born"] == "1970"


def test_the_father_of_donald_tusk_is_nobody_here() -> None:
    assert "Q17278182" not in LINKS.read_text(encoding="utf-8")
    assert [item(r) for r in matches() if r["subject_id"] == "official:donald-tusk"] == ["Q946"]


def test_montenegro_the_person_is_not_montenegro_the_state() -> None:
    found = {r["subject_id"]: item(r) for r in matches() if r["subject_label"].endswith("Montenegro")}
    assert found == {"official:luis-montenegro": "Q11764394", "party:montenegro": "Q236"}
    names = data()[node("official:luis-montenegro")][SKOS.altLabel]
    assert "Montenegro" not in {name.value for name in names}


def test_a_person_called_like_a_town_has_no_item() -> None:
    assert not [r for r in matches() if r["subject_id"] == "official:ihor-zhovkva"]


def test_the_russian_agency_is_not_the_ukrainian_one() -> None:
    assert [r["subject_id"] for r in matches() if item(r) == "Q379271"] == ["publisher:interfax"]
    assert one(data()[node("publisher:interfax")], PACT.domain) == Literal("interfax.ru")


# Names


@pytest.mark.parametrize(
    ("who", "spellings"),
    [
        ("official:volodymyr-zelensky", ["Zelensky", "Zelenskyy", "Zelenskiy", "Selenskyj"]),
        ("official:jonas-gahr-store", ["Støre", "Store"]),
        ("official:ihor-zhovkva", ["Zhovkva", "Schowkwa"]),
        ("official:edgars-rinkevics", ["Rinkēvičs", "Rinkevics"]),
        ("official:luis-montenegro", ["Luís Montenegro", "Luis Montenegro"]),
    ],
)
def test_spellings_are_names(who: str, spellings: list[str]) -> None:
    known = {
        name.value for part in (SKOS.prefLabel, SKOS.altLabel) for name in data()[node(who)].get(part, ())
    }
    assert not set(spellings) - known


def test_a_capital_that_stands_for_a_government_is_marked_as_such() -> None:
    metonyms = {
        p.value: n
        for n, q in data().items()
        for p in q.get(pact("metonym"), ())
        if n.value.startswith(f"{ID}party")
    }
    assert {"Kyiv", "Washington", "London", "Moscow", "Dublin", "Podgorica"} <= set(metonyms)
    assert metonyms["London"] == node("party:united-kingdom")


def test_every_state_has_a_code_and_a_demonym() -> None:
    states = [p for p in data().values() if PACT.State in p.get(RDF.type, ())]
    assert all(p.get(PACT.code) and p.get(pact("demonym")) for p in states)


def test_a_wrong_office_makes_no_tenure() -> None:
    for who, office in (
        ("tobias-billstrom", "prime-minister-of-sweden"),
        ("john-kirby", "us-national-security-adviser"),
    ):
        assert [c.proposition.object for c in said(f"official:{who}", "holdsOffice")] == [
            node(f"office:{office}")
        ]
        assert node(f"tenure:{who}-{office}") not in data()


# Hard cases


@pytest.mark.parametrize(
    "other", ["pactid:ukraine-united-kingdom-100-years", "pactid:ukraine-albania-friendship"]
)
def test_other_treaties_are_pacts_but_not_of_the_framework(other: str) -> None:
    assert PACT.Agreement in data()[node(other)][RDF.type]
    assert PACT.inGroup not in data()[node(other)]
    assert list(claims().values()) and any(c.proposition.subject == node(other) for c in claims().values())


@pytest.mark.parametrize("party", ["bulgaria", "montenegro", "north-macedonia", "slovakia"])
def test_what_was_planned_or_asked_for_is_not_signed(party: str) -> None:
    subject = node(f"pactid:ukraine-{party}")
    signed = {pact(name) for name in ("signedOn", "signedBy", "signedIn", "signedAt")}
    assert not [
        t for t in facts() if t.subject == subject and (t.predicate in signed or t.object == pact("Signed"))
    ]
    assert any(claim.proposition.subject == subject for claim in claims().values())


def test_a_plan_not_kept_is_there_with_its_denial() -> None:
    bulgarian = {
        (c.polarity, c.proposition.object) for c in said("pactid:ukraine-bulgaria", "expectedSigning")
    }
    assert {(PACT.Affirmed, date("2024-12-19")), (PACT.Denied, date("2024-12-19"))} <= bulgarian
    montenegrin = {
        (c.polarity, c.proposition.object) for c in said("pactid:ukraine-montenegro", "expectedSigning")
    }
    assert (PACT.Denied, date("2025-05-17")) in montenegrin


@pytest.mark.parametrize("party", ["kosovo", "cyprus"])
def test_some_joined_the_declaration_only(party: str) -> None:
    assert is_fact(f"party:{party}", "joined", node("pactid:g7-joint-declaration"))
    assert node(f"pactid:ukraine-{party}") not in data()


def test_slovakia_was_asked_and_joined_nothing() -> None:
    found = {(c.modality, c.polarity) for c in said("party:slovakia", "joined")}
    assert found == {(pact("Sought"), PACT.Affirmed), (PACT.Factual, PACT.Denied)}
    assert not is_fact("party:slovakia", "joined", node("pactid:g7-joint-declaration"))


def test_a_denial_is_a_denial_and_later_signing_stands() -> None:
    denials = list(said("pactid:ukraine-greece", "reachedStage", source="nb247-greece-denial"))
    assert (PACT.Denied, pact("Signed")) in {(c.polarity, c.proposition.object) for c in denials}
    assert is_fact("pactid:ukraine-greece", "signedOn", date("2024-10-17"))
    assert {
        c.polarity
        for c in said("pactid:ukraine-united-states", "provides")
        if c.speaker.value.endswith("us-government")
    } == {PACT.Denied}


def test_canadian_papers_mean_canadian_dollars() -> None:
    assert amounts("pactid:ukraine-canada", "newpathway-canada") == {("3020000000", "CAD")}
    assert amounts("pactid:ukraine-canada", "ki-canit") == {("2200000000", "USD")}


@pytest.mark.parametrize(
    ("who", "planned", "signed"),
    [("slovenia", "2024-06-28", "2024-07-18"), ("european-union", "2024-06-26", "2024-06-27")],
)
def test_a_planned_date_is_not_the_date_of_signing(who: str, planned: str, signed: str) -> None:
    subject = f"pactid:ukraine-{who}"
    assert date(planned) in {c.proposition.object for c in said(subject, "expectedSigning")}
    assert is_fact(subject, "signedOn", date(signed))
    assert not is_fact(subject, "signedOn", date(planned))


def test_an_expectation_is_never_a_fact() -> None:
    assert not [t for t in facts() if t.predicate == PACT.expectedSigning]


def test_a_wrong_year_stays_the_claim_of_its_source() -> None:
    wrong = [
        c for c in said("pactid:g7-joint-declaration", "adoptedOn") if c.proposition.object == date("2022-07")
    ]
    assert {shorten(c.source.value) for c in wrong} == {"source:ki-greece", "source:ki-k4s-montenegro"}
    assert not is_fact("pactid:g7-joint-declaration", "adoptedOn", date("2022-07"))


def test_an_agreement_of_unknown_day_has_none() -> None:
    assert not list(said("pactid:ukraine-albania", "signedOn"))
    assert is_fact("pactid:ukraine-albania", "signedBy", node("official:edi-rama"))


# Sources and origins


@pytest.mark.parametrize(
    "sources",
    [
        ("moldova1-17-signed", "onlineua-17-us16th", "uk4733-17"),
        ("wh-compact", "arcticnow-compact-20"),
        ("online-ua-2024-04-20", "kyivindependent-2024-04-20"),
    ],
)
def test_texts_that_repeat_each_other_share_an_origin(sources: tuple[str, ...]) -> None:
    origins = [set(iris(data()[node(f"source:{name}")], PACT.origin)) for name in sources]
    assert set.intersection(*origins)


def test_a_copy_names_the_origin_that_it_copies() -> None:
    copied = one(data()[node("source:like123-2024-05-01")], PACT.origin)
    assert one(data()[copied], SCHEMA.publisher) == node("publisher:euromaidan-press")  # type: ignore[index]


def test_an_article_met_twice_is_one_source() -> None:
    addresses = Counter(url for p in data().values() for url in iris(p, SCHEMA.url) if SCHEMA.publisher in p)
    assert not [url for url, times in addresses.items() if times > 1]
    assert not (ROOT / "data" / "sources" / "ki-us-third.ttl").exists()


def test_a_term_is_a_duration() -> None:
    ten = Literal("P10Y", datatype=NamedNode(f"{XSD.base}duration"))
    assert is_fact("pactid:ukraine-norway", "term", ten)
    assert not is_fact("pactid:ukraine-greece", "term", ten), "a plan is not a term"
