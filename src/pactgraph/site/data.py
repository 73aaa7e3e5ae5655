"""The data of a page: what is said of its node, of its parts, and where its claim stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from pactgraph.graph.nodes import iris
from pactgraph.graph.turtle import write
from pactgraph.site.known import Known
from pactgraph.vocabulary import OA, PACT, RDF

_PARTS = (PACT.passage, PACT.side, OA.hasSelector, RDF.object)
"""Properties whose values are part of what is described: a claim's passage and amount, a conflict's sides."""
_WHOLE = ("/id/value/", "/id/side/", "#")
"""What the parts of something are; a claim may also be about a pact, which is none of its parts."""


def described(known: Known, document: str) -> list[Triple]:
    """What is said of the nodes of a document and of their parts, and what a graph holds; of what is only mentioned,
    where it is."""
    own = known.documents[document]
    said = list(known.triples(dict.fromkeys(_with_parts(known, own))))
    said += (triple for node in own if node in known.graphs for triple in known.store.triples(node))
    return said or [
        Triple(subject, name, node) for node in own for name, subject in known.bearers.get(node, ())
    ]


def _with_parts(known: Known, nodes: Iterable[NamedNode]) -> Iterator[NamedNode]:
    for node in nodes:
        yield node
        parts = (p for name in _PARTS for p in iris(known.nodes.get(node, {}), name))
        yield from _with_parts(known, (p for p in parts if any(kind in p.value for kind in _WHOLE)))


def turtle(triples: Iterable[Triple]) -> bytes:
    """Triples as Turtle in the fixed form."""
    return write(triples).encode()
