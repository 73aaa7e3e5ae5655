"""The ontology: whole, in its fixed form, and true of the data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from pactgraph import __version__
from pactgraph.claim import Term
from pactgraph.graph.minting import format_nodes
from pactgraph.graph.nodes import Nodes, group, read_triples, ungroup
from pactgraph.resolution import read_rules, resolve, voices
from pactgraph.vocabulary import ONTOLOGY, PACT, RDF, RDFS, SKOS, shorten

ROOT = Path(__file__).parents[1]
FILE = ROOT / "ontology" / "pact.ttl"
TERMS = group(read_triples(FILE))
OURS = {node: p for node, p in TERMS.items() if node.value.startswith(ONTOLOGY)}
HEAD = NamedNode(ONTOLOGY.removesuffix("#"))
OWL = "http://www.w3.org/2002/07/owl#"
THING = NamedNode(f"{OWL}Thing")
SCHEMA = "https://schema.org/"
KNOWN = {
    NamedNode(SCHEMA + name): {NamedNode(f"{SCHEMA}CreativeWork")} for name in ("NewsArticle", "WebPage")
}
"""Of other vocabularies, what the ontology relies on and does not repeat."""


@cache
def data() -> Nodes:
    """All files of data, and what resolution adds to them."""
    nodes = group(triple for path in sorted((ROOT / "data").rglob("*.ttl")) for triple in read_triples(path))
    resolution = resolve(voices(nodes), read_rules(TERMS | nodes))
    return group((*ungroup(nodes), *resolution.propositions, *resolution.facts))


def claims() -> Iterator[Triple]:
    for properties in data().values():
        if PACT.Claim in properties.get(RDF.type, ()):
            subject, predicate, value = (
                properties[name][0] for name in (RDF.subject, RDF.predicate, RDF.object)
            )
            assert isinstance(subject, NamedNode) and isinstance(predicate, NamedNode)
            yield Triple(subject, predicate, value)


@cache
def kinds(node: NamedNode) -> frozenset[NamedNode]:
    """The classes of a node and all above them."""
    found: set[NamedNode] = {THING}
    waiting = [*data().get(node, {}).get(RDF.type, ()), *TERMS.get(node, {}).get(RDF.type, ())]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, NamedNode) and kind not in found:
            found.add(kind)
            waiting += [*TERMS.get(kind, {}).get(RDFS.subClassOf, ()), *KNOWN.get(kind, ())]
    return frozenset(found)


def is_of(term: Term, kind: Term) -> bool:
    return term.datatype == kind if isinstance(term, Literal) else kind in kinds(term)


def properties() -> list[NamedNode]:
    both = {NamedNode(f"{OWL}ObjectProperty"), NamedNode(f"{OWL}DatatypeProperty")}
    return [node for node, p in OURS.items() if both & set(p[RDF.type])]


# Form


def test_the_file_is_in_its_fixed_form() -> None:
    assert format_nodes(TERMS) == FILE.read_text(encoding="utf-8")


def test_everything_in_it_is_the_ontology_or_its_term_but_for_the_ways_that_others_properties_lead() -> None:
    others = {node: properties for node, properties in TERMS.items() if node != HEAD and node not in OURS}
    assert all(properties == {RDF.type: [PACT.OneWayProperty]} for properties in others.values())


def test_the_version_is_that_of_the_package() -> None:
    head = TERMS[HEAD]
    assert head[NamedNode(f"{OWL}versionInfo")] == [Literal(__version__)]
    assert head[NamedNode(f"{OWL}versionIRI")] == [NamedNode(f"{HEAD.value}/{__version__}")]


@pytest.mark.parametrize(
    "part",
    [RDFS.label, SKOS.definition, NamedNode(f"{RDFS.base}isDefinedBy"), NamedNode(f"{SKOS.base}example")],
    ids=lambda part: shorten(part.value),
)
def test_every_term_has_its_parts(part: NamedNode) -> None:
    assert not [shorten(node.value) for node, p in OURS.items() if not p.get(part)]


def test_every_term_is_defined_by_the_ontology() -> None:
    assert all(p[NamedNode(f"{RDFS.base}isDefinedBy")] == [HEAD] for p in OURS.values())


@pytest.mark.parametrize("end", [RDFS.domain, RDFS.range], ids=["domain", "range"])
def test_every_property_has_one_domain_and_one_range(end: NamedNode) -> None:
    assert len(properties()) > 60
    assert not [shorten(node.value) for node in properties() if len(OURS[node].get(end, ())) != 1]


def test_every_class_stands_under_another() -> None:
    classes = [node for node, p in OURS.items() if NamedNode(f"{OWL}Class") in p[RDF.type]]
    assert classes and all(OURS[node].get(RDFS.subClassOf) for node in classes)


@pytest.mark.parametrize(
    "meta", [RDFS.domain, RDFS.range, RDFS.subClassOf, RDF.type], ids=lambda node: shorten(node.value)
)
def test_no_term_leans_on_one_that_is_not_there(meta: NamedNode) -> None:
    named = {value for p in OURS.values() for value in p.get(meta, ()) if value.value.startswith(ONTOLOGY)}
    assert named <= set(OURS)


def test_the_ontology_keeps_its_own_domains_and_ranges() -> None:
    assert not _broken(ungroup(TERMS))


# Truth of the data


def test_every_term_that_the_data_uses_is_there() -> None:
    used = {term for t in ungroup(data()) for term in (t.predicate, t.object) if isinstance(term, NamedNode)}
    assert not [term.value for term in used if term.value.startswith(ONTOLOGY) and term not in OURS]


def test_every_predicate_of_a_claim_may_be_one() -> None:
    used = {claim.predicate for claim in claims()}
    assert len(used) > 20
    assert not [node.value for node in used if PACT.ClaimProperty not in TERMS[node][RDF.type]]


def test_what_is_claimed_keeps_domains_and_ranges() -> None:
    assert not _broken(claims())


def test_the_data_keeps_domains_and_ranges() -> None:
    assert not _broken(ungroup(data()))


def test_nothing_is_a_member_of_two_classes_that_are_apart() -> None:
    apart = {(c, o) for c, p in OURS.items() for o in p.get(NamedNode(f"{OWL}disjointWith"), ())}
    assert len(apart) > 30
    for node in data():
        known = kinds(node)
        assert not [pair for pair in apart if known.issuperset(pair)], node


# Alignment


MATCHES = [NamedNode(f"{SKOS.base}{name}Match") for name in ("exact", "close", "broad", "narrow")]
ELSEWHERE = {
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": SCHEMA,
    "wikidata": "http://www.wikidata.org/entity/",
}


@pytest.mark.parametrize("base", ELSEWHERE.values(), ids=ELSEWHERE)
def test_the_ontology_leads_to_what_others_use(base: str) -> None:
    leading = (*MATCHES, RDFS.subClassOf, RDFS.subPropertyOf)
    led = {value.value for p in OURS.values() for way in leading for value in p.get(way, ())}
    assert len([value for value in led if value.startswith(base)]) >= 2


def test_what_is_compared_with_wikidata_is_matched_with_it_too() -> None:
    ways = tomllib.loads((ROOT / "mappings" / "wikidata.toml").read_text(encoding="utf-8"))["statement"]
    direct = [way for way in ways if "value" not in way]
    lacking = [
        way["fact"]
        for way in direct
        for term in [OURS[NamedNode(ONTOLOGY + way["fact"].removeprefix("pact:"))]]
        if not {ELSEWHERE["wikidata"] + way["property"]} & {v.value for m in MATCHES for v in term.get(m, ())}
    ]
    assert len(direct) > 5 and not lacking


def test_no_match_leads_back_to_us() -> None:
    assert not [n for n, p in OURS.items() for way in MATCHES for v in p.get(way, ()) if v in OURS]


def _broken(triples: Iterator[Triple]) -> set[str]:
    """Properties with a subject outside their domain or an object outside their range."""
    found = set()
    for triple in triples:
        term = TERMS.get(triple.predicate, {})
        for end, value in ((RDFS.domain, triple.subject), (RDFS.range, triple.object)):
            if term and not all(is_of(value, kind) for kind in term.get(end, ())):
                found.add(
                    f"{shorten(triple.predicate.value)}: {shorten(value.value)} is outside its {shorten(end.value)}"
                )
    return found
