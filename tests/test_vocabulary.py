"""The namespaces: closed to misspelling, in step with the ontology, and undone by their inverses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from pactgraph.graph.nodes import group, read_triples
from pactgraph.vocabulary import (
    DCTERMS,
    DIGEST_LENGTH,
    EDTF,
    FACTS,
    ID,
    OA,
    ONTOLOGY,
    OWL,
    PACT,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    Namespace,
    expand,
    graph_iri,
    mint,
    shorten,
)

TERMS = group(read_triples(Path(__file__).parents[1] / "ontology" / "pact.ttl"))


def test_every_term_that_the_code_may_name_is_in_the_ontology() -> None:
    named = [term for term in vars(PACT).values() if isinstance(term, NamedNode)]
    missing = [term.value for term in named if term not in TERMS]
    assert named and not missing


def test_a_term_is_its_base_and_its_name() -> None:
    assert PACT.signedOn == NamedNode(f"{ONTOLOGY}signedOn")
    assert RDF.type == NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(
        AttributeError, match="signedOnn is not a term of https://w3id.org/pactgraph/ontology#"
    ):
        _ = PACT.signedOnn


@pytest.mark.parametrize("namespace", [DCTERMS, OA, OWL, PACT, PROV, RDF, RDFS, SCHEMA, SKOS, XSD])
def test_every_namespace_has_a_prefix(namespace: Namespace) -> None:
    assert namespace.base in PREFIXES.values()


def test_the_prefixes_of_resources_lead_to_their_kind() -> None:
    assert PREFIXES["party"] == f"{ID}party/"
    assert expand("pactid:x") == f"{ID}pact/x"
    assert expand("prop:x") == f"{ID}proposition/x"


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(PREFIXES)), st.text("abcXYZ019-_./%", max_size=12))
def test_shorten_and_expand_are_inverses(prefix: str, local: str) -> None:
    iri = PREFIXES[prefix] + local
    assert expand(shorten(iri)) == iri
    assert shorten(expand(f"{prefix}:{local}") or "") == f"{prefix}:{local}"


@pytest.mark.parametrize("iri", ["https://example.org/x", "urn:isbn:0", EDTF.value + "#not"])
def test_an_iri_with_no_prefix_of_ours_stays_or_expands_back(iri: str) -> None:
    assert expand(shorten(iri)) in (None, iri)


@pytest.mark.parametrize("name", ["nothing", "nobody:x", "", ":x", "https://example.org/x"])
def test_what_has_no_prefix_of_ours_does_not_expand(name: str) -> None:
    assert expand(name) is None


def test_a_minted_iri_is_a_short_hash_of_its_parts() -> None:
    node = mint("claim", ["a", "b"])
    assert node.value.startswith(f"{ID}claim/") and len(node.value) == len(f"{ID}claim/") + DIGEST_LENGTH
    assert node == mint("claim", iter(["a", "b"]))
    assert node not in (mint("claim", ["b", "a"]), mint("claim", ["ab"]), mint("value", ["a", "b"]))


def test_graphs_are_named_by_their_path() -> None:
    assert graph_iri("sources/x").value == f"{ID}graph/sources/x"
    assert graph_iri("facts") == FACTS
