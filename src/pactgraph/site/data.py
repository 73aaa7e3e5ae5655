"""The data of a page: what is said of its node, of its parts, and where its claim stands, as Turtle and as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from pactgraph.graph.nodes import group, iris
from pactgraph.graph.turtle import write
from pactgraph.site.known import Known
from pactgraph.vocabulary import OA, PACT, PREFIXES, RDF

_PARTS = (PACT.passage, PACT.side, OA.hasSelector, RDF.object)
"""Properties whose values are part of what is described: a claim's passage and amount, a conflict's sides."""
_WHOLE = ("/id/value/", "/id/side/", "#")
"""What the parts of something are; a claim may also be about a pact, which is none of its parts."""


def described(known: Known, document: str) -> list[Triple]:
    """What is said of the nodes of a document and of their parts; of what is only mentioned, where it is."""
    own = known.documents[document]
    said = list(known.triples(dict.fromkeys(_with_parts(known, own))))
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


def json_ld(triples: Iterable[Triple]) -> bytes:
    """Triples as JSON-LD with a context of its own, https://www.w3.org/TR/json-ld11/: nothing is fetched to read it."""
    nodes = group(triples)
    ordered = [
        Triple(subject, predicate, value)
        for subject in sorted(nodes, key=lambda node: node.value)
        for predicate in sorted(nodes[subject], key=lambda node: node.value)
        for value in sorted(nodes[subject][predicate], key=str)
    ]
    used = {iri for triple in ordered for iri in _iris(triple)}
    prefixes = {name: base for name, base in PREFIXES.items() if any(iri.startswith(base) for iri in used)}
    return serialize(ordered, format=RdfFormat.JSON_LD, prefixes=prefixes) or b""


def _iris(triple: Triple) -> Iterator[str]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, NamedNode):
            yield term.value
        elif isinstance(term, Literal):
            yield term.datatype.value
