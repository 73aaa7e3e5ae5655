"""The data of a page: what is said of its node, of its parts, and where its claim stands, as Turtle and as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from pactgraph.claim import Term
from pactgraph.graph.nodes import Properties, group, iris
from pactgraph.graph.turtle import write
from pactgraph.site.known import Known
from pactgraph.vocabulary import OA, PACT, PREFIXES, RDF, XSD, shorten

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


def json_ld(triples: Iterable[Triple]) -> bytes:
    """Triples as JSON-LD with a context of its own, https://www.w3.org/TR/json-ld11/: nothing is fetched to read it."""
    nodes = group(triples)
    graph = [_object(node, nodes[node]) for node in sorted(nodes, key=lambda node: node.value)]
    used = {name.partition(":")[0] for each in graph for name in _names(each)}
    context = {name: base for name, base in PREFIXES.items() if name in used}
    lines = ",\n".join(map(_line, graph))
    return f'{{"@context": {_line(context)},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _line(told: object) -> str:
    return json.dumps(told, ensure_ascii=False)


def _object(node: NamedNode, properties: Properties) -> dict[str, object]:
    """https://www.w3.org/TR/json-ld11/#node-objects."""
    said = {
        shorten(name.value): [_value(value) for value in sorted(properties[name], key=str)]
        for name in sorted(properties, key=lambda name: name.value)
    }
    return {"@id": shorten(node.value), **said}


def _value(value: Term) -> object:
    """https://www.w3.org/TR/json-ld11/#value-objects."""
    if isinstance(value, NamedNode):
        return {"@id": shorten(value.value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype == XSD.string:
        return value.value
    return {"@value": value.value, "@type": shorten(value.datatype.value)}


def _names(told: object) -> Iterator[str]:
    """All names in an object that may be prefixed."""
    if isinstance(told, dict):
        yield from (key for key in told if not key.startswith("@"))
        yield from (told[key] for key in ("@id", "@type") if key in told)
        told = [value for key, value in told.items() if not key.startswith("@")]
    if isinstance(told, list):
        yield from (name for each in told for name in _names(each))
