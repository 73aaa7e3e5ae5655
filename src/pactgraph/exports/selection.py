"""Which graphs of a store are exported, and which of their triples; one graph after another, none of them held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from pactgraph.exports.sorting import in_order
from pactgraph.store import Store
from pactgraph.vocabulary import AUDITS, FACTS, PROPOSITIONS, RDF, SCHEMA, graph_iri

PARTS: Final = ("facts", "claims", "sources", "audits", "all")
"""Plain facts; claims with their passages, values and propositions; sources alone; what audits find; everything."""

Named = tuple[NamedNode, Iterable[Triple]]
"""A graph's name and its triples, which are read once."""

_LAYERS: Final = {"facts": FACTS, "audits": AUDITS}
_SOURCES: Final = graph_iri("sources/").value
_AUTHORITY: Final = graph_iri("authority/").value
_KINDS: Final = (SCHEMA.NewsArticle, SCHEMA.WebPage)


def select(store: Store, part: str) -> Iterator[Named]:
    """The graphs of one of `PARTS`, by name."""
    for name in by_name(store):
        if not is_of(name, part):
            continue
        if part in ("claims", "sources") and is_source(name):
            triples = _about(list(store.triples(name)), sources=part == "sources")
            if triples:
                yield name, triples
        else:
            yield name, store.triples(name)


def by_name(store: Store) -> Iterator[NamedNode]:
    """The names of the graphs in order, however many."""
    lines = in_order(f"{graph.value}\n".encode() for graph in store.graphs())
    return (NamedNode(line.decode().removesuffix("\n")) for line in lines)


def authority(store: Store) -> Iterator[Triple]:
    """What the files of authority data say, one after another."""
    return (t for name in store.graphs() if name.value.startswith(_AUTHORITY) for t in store.triples(name))


def is_source(graph: NamedNode) -> bool:
    """Whether the graph is that of a source's file, which is small."""
    return graph.value.startswith(_SOURCES)


def is_of(graph: NamedNode, part: str) -> bool:
    """Whether a part of the export takes anything from a graph."""
    if part in _LAYERS:
        return graph == _LAYERS[part]
    return part == "all" or is_source(graph) or (part, graph) == ("claims", PROPOSITIONS)


def _about(triples: list[Triple], *, sources: bool) -> list[Triple]:
    """The triples about sources, or those about all else."""
    found = {t.subject for t in triples if t.predicate == RDF.type and t.object in _KINDS}
    return [t for t in triples if (t.subject in found) == sources]
