"""A part of a graph as a graph of its own: what was known by a day, what there is on one pact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, QuerySolutions, Triple

from pactgraph.exports.selection import is_source
from pactgraph.graph.nodes import Nodes, group, one, ungroup
from pactgraph.resolution import Voice, derive, index, paged, read_rules, voices
from pactgraph.resolution.clock import Clock
from pactgraph.resolution.voices import read_date
from pactgraph.store import Bindable, LocalStore, Store
from pactgraph.vocabulary import (
    AUDITS,
    FACTS,
    INDEX,
    ONTOLOGY_GRAPH,
    PROPOSITIONS,
    RDFS,
    SCHEMA,
    SKOS,
)

_BATCH: Final = 50_000
"""Quads that are written at a time."""
_DERIVED: Final = (FACTS, PROPOSITIONS, INDEX, AUDITS)
_NEAR: Final = """
SELECT DISTINCT ?node {
  ?claim rdf:object ?about .
  ?claim rdf:predicate ?link .
  FILTER EXISTS { ?link rdfs:domain ?kind . FILTER EXISTS { ?kind rdfs:subClassOf* pact:Event } }
  FILTER EXISTS { ?link rdfs:range ?whole . FILTER EXISTS { ?whole rdfs:subClassOf* pact:Pact } }
  ?claim rdf:subject ?node .
}
"""
"""The rounds and votes on a pact: what is claimed of them is claimed of it."""
_CALLED: Final = (RDFS.label, SKOS.prefLabel, RDFS.subClassOf)
_CLAIMS: Final = """
SELECT DISTINCT ?node {
  { ?node rdf:subject ?about } UNION { ?node rdf:object ?about }
  UNION { ?proposition rdf:subject ?about . ?proposition pact:supportedBy ?node }
  UNION { ?proposition rdf:subject ?about . ?proposition pact:dissentedBy ?node }
  FILTER EXISTS { ?node a pact:Claim }
}
"""
_PROPOSITIONS: Final = """
SELECT DISTINCT ?node { ?node rdf:subject ?about . FILTER EXISTS { ?node a pact:Proposition } }
"""
_HOLDING: Final = "SELECT DISTINCT ?node { GRAPH ?node { ?thing ?property ?value } }"
_TRIPLES: Final = "SELECT ?graph ?property ?value { GRAPH ?graph { ?node ?property ?value } }"


def as_known(store: Store, day: date, folder: Path | None = None) -> LocalStore:
    """The graph that a build of the sources published by a day would make; what audits find is left out.

    It is made in memory, or in an empty folder, so that only what each claim says is held.
    """
    fresh = LocalStore.writable(folder, str(folder)) if folder else LocalStore.in_memory()
    quads = _known(store, Clock(as_known=day))
    while batch := list(islice(quads, _BATCH)):
        fresh.load(batch)
    return fresh


def _known(store: Store, clock: Clock) -> Iterator[Quad]:
    graphs = store.graphs() - set(_DERIVED)
    beside = {graph: list(store.triples(graph)) for graph in graphs if not is_source(graph)}
    nodes, heard = group(triple for triples in beside.values() for triple in triples), list[Voice]()
    rules = read_rules(nodes)
    yield from (_quad(triple, graph) for graph, triples in beside.items() for triple in triples)
    yield from (_quad(triple, INDEX) for triple in paged(nodes))
    for name in filter(is_source, graphs):
        nodes = group(store.triples(name))
        if any(clock.knows(published) for published in _published(nodes)):
            heard += (speaking := list(voices(nodes)))
            yield from (_quad(triple, INDEX) for triple in index(nodes, speaking, rules))
            yield from (_quad(triple, name) for triple in ungroup(nodes))
    for found in derive(heard, rules):
        yield from (_quad(triple, FACTS) for triple in found.facts)
        yield from (_quad(triple, PROPOSITIONS) for triple in found.propositions)


def _published(nodes: Nodes) -> Iterator[date | None]:
    for properties in nodes.values():
        if SCHEMA.datePublished in properties:
            day = read_date(one(properties, SCHEMA.datePublished))
            yield day.last if day else None


def of_pact(store: Store, pact: NamedNode) -> LocalStore:
    """What is claimed of a pact and of its events: claims with passages and sources, propositions, facts, and what they name.

    What they name is described as the authority data does, terms of the ontology by their names alone; what audits find is
    left out.
    """
    about = {pact, *_ask(store, _NEAR, pact)}
    claims = {claim for node in about for claim in _ask(store, _CLAIMS, node)}
    chosen = {*about, *claims, *(node for each in about for node in _ask(store, _PROPOSITIONS, each))}
    fresh = LocalStore.in_memory()
    fresh.load(_passages(store, claims))
    fresh.load(quad for node in chosen for quad in _described(store, node) if quad.graph_name in _DERIVED)
    _describe(fresh, store, about | _named(fresh))
    return fresh


def _describe(part: LocalStore, whole: Store, nodes: Set[NamedNode]) -> None:
    """Adds what the whole says of some nodes, and of those that this names in turn, so that the part stands by itself."""
    told, waiting = set[NamedNode](), set(nodes)
    while waiting:
        told |= waiting
        quads = [quad for node in waiting for quad in _described(whole, node) if _is_kept(quad)]
        part.load(quads)
        named = {quad.object for quad in quads if quad.graph_name != INDEX}
        waiting = {node for node in named if isinstance(node, NamedNode)} - told


def _named(store: LocalStore) -> Set[NamedNode]:
    """Every node that a store speaks of."""
    terms = (term for quad in store.match() for term in (quad.subject, quad.object))
    return {term for term in terms if isinstance(term, NamedNode)}


def _passages(store: Store, claims: Set[NamedNode]) -> Iterator[Quad]:
    """The claims with what their sources' files say of them: passages, values, the source itself."""
    for name in {
        graph for claim in claims for graph in _ask(store, _HOLDING, claim, "thing") if is_source(graph)
    }:
        nodes = group(store.triples(name))
        kept = _reached(nodes, claims & nodes.keys())
        yield from (_quad(triple, name) for triple in ungroup({n: nodes[n] for n in nodes if n in kept}))


def _reached(nodes: Nodes, start: Set[NamedNode]) -> Set[NamedNode]:
    """Those of the nodes to which there is a way from some of them."""
    kept, new = set[NamedNode](), set(start)
    while new:
        kept |= new
        values = {
            v for node in new for values in nodes[node].values() for v in values if isinstance(v, NamedNode)
        }
        new = (values & nodes.keys()) - kept
    return kept


def _is_kept(quad: Quad) -> bool:
    """Whether what is said of a node that is named belongs to the part; of the ontology's terms, only what they are called."""
    graph = quad.graph_name
    assert isinstance(graph, NamedNode)
    if graph == ONTOLOGY_GRAPH:
        return quad.predicate in _CALLED
    return graph == INDEX or not (is_source(graph) or graph in _DERIVED)


def _described(store: Store, node: NamedNode) -> Iterator[Quad]:
    rows = store.query(_TRIPLES, {"node": node})
    assert isinstance(rows, QuerySolutions)
    return (Quad(node, row["property"], row["value"], row["graph"]) for row in rows)


def _ask(store: Store, query: str, node: Bindable, name: str = "about") -> Iterable[NamedNode]:
    rows = store.query(query, {name: node})
    assert isinstance(rows, QuerySolutions)
    return [row["node"] for row in rows]


def _quad(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)
