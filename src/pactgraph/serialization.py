"""The graph in the syntaxes of RDF: the same store gives the same bytes.

The store canonicalises numbers, and the shapes let only canonical ones in, so nothing is lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from pactgraph.errors import UsageError
from pactgraph.graph.nodes import Nodes, group
from pactgraph.graph.turtle import write_nodes, write_trig
from pactgraph.store import Store
from pactgraph.vocabulary import AUDITS, FACTS, PREFIXES, PROPOSITIONS, RDF, SCHEMA, graph_iri

SYNTAXES = ("ttl", "trig", "nt", "nq", "jsonld")
"""Turtle, TriG, N-Triples, N-Quads, JSON-LD."""
GRAPHS = ("facts", "claims", "sources", "audits", "all")
"""Plain facts; claims with their passages, values and propositions; sources alone; what audits find; everything."""

_LAYERS = {"facts": FACTS, "audits": AUDITS}
_SOURCES = graph_iri("sources/").value


def export(store: Store, *, graph: str = "all", syntax: str = "ttl") -> bytes:
    """One of `GRAPHS` in one of `SYNTAXES`; TriG and N-Quads keep the named graphs. Raises UsageError for others."""
    if graph not in GRAPHS or syntax not in SYNTAXES:
        raise UsageError(
            f"export knows the graphs {', '.join(GRAPHS)} and the syntaxes {', '.join(SYNTAXES)}"
        )
    graphs = _select(store, graph)
    match syntax:
        case "ttl":
            return write_nodes(group(t for triples in graphs.values() for t in triples)).encode()
        case "trig":
            return write_trig({name: group(triples) for name, triples in graphs.items()}).encode()
        case "nt":
            return _lines(f"{triple} ." for triples in graphs.values() for triple in triples)
        case "nq":
            return _lines(f"{quad} ." for quad in _quads(graphs))
        case _:
            return _json_ld(graphs)


def _select(store: Store, graph: str) -> Mapping[NamedNode, list[Triple]]:
    names = sorted(store.graphs(), key=lambda node: node.value)
    if graph in _LAYERS:
        names = [name for name in names if name == _LAYERS[graph]]
    elif graph != "all":
        names = [
            name
            for name in names
            if name.value.startswith(_SOURCES) or (graph, name) == ("claims", PROPOSITIONS)
        ]
    graphs = {name: list(store.triples(name)) for name in names}
    if graph in ("claims", "sources"):
        graphs = {name: _part(triples, sources=graph == "sources") for name, triples in graphs.items()}
    return {name: triples for name, triples in graphs.items() if triples}


def _part(triples: list[Triple], *, sources: bool) -> list[Triple]:
    """The triples about sources, or those about all else."""
    kinds = (SCHEMA.NewsArticle, SCHEMA.WebPage)
    found = {t.subject for t in triples if t.predicate == RDF.type and t.object in kinds}
    return [t for t in triples if (t.subject in found) == sources]


def _quads(graphs: Mapping[NamedNode, list[Triple]]) -> Iterable[Quad]:
    return (Quad(t.subject, t.predicate, t.object, name) for name, triples in graphs.items() for t in triples)


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in sorted(set(lines))).encode()


def _json_ld(graphs: Mapping[NamedNode, list[Triple]]) -> bytes:
    """https://www.w3.org/TR/json-ld11/, with a context of its own, so that nothing is fetched to read it."""
    merged: Nodes = group(triple for triples in graphs.values() for triple in triples)
    ordered = (
        Triple(subject, predicate, value)
        for subject in sorted(merged, key=lambda node: node.value)
        for predicate in sorted(merged[subject], key=lambda node: node.value)
        for value in sorted(merged[subject][predicate], key=str)
    )
    return serialize(ordered, format=RdfFormat.JSON_LD, prefixes=PREFIXES) or b""
