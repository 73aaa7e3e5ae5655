"""The graph as JSON-LD, one node a line, under a context that stands in the file: nothing is fetched to read it.

https://www.w3.org/TR/json-ld11/. The context is that of `ontology/context.jsonld`: each property of the ontology goes by
its own name, any other by its prefixed one; values are strings, and the context says of which type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Term, term_key
from pactgraph.exports.selection import Named
from pactgraph.exports.syntaxes import Node, ordered
from pactgraph.graph.nodes import Nodes, Properties, group, iris
from pactgraph.project import shipped
from pactgraph.vocabulary import ONTOLOGY, PREFIXES, RDF, RDFS, XSD

_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\Z")
_BASES = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
_OBJECT = "http://www.w3.org/2002/07/owl#ObjectProperty"
_OF_NODES = (
    "dcterms:conformsTo oa:hasSelector oa:hasSource prov:hadMember prov:wasAssociatedWith prov:wasDerivedFrom "
    "prov:wasGeneratedBy prov:wasRevisionOf rdf:predicate rdf:subject schema:containedInPlace schema:publisher schema:url "
    "skos:broader skos:closeMatch skos:exactMatch skos:inScheme"
).split()
"""Properties of other vocabularies whose values are nodes."""


def jsonld(graphs: Iterable[Named]) -> Iterator[bytes]:
    """The union of the graphs; a node that two graphs describe comes twice, which means the same."""
    terms = _terms()
    yield b'{"@context":%s,\n"@graph":[' % _json(terms.context)
    comma = b"\n"
    for name, triples in graphs:
        for node in ordered(name, triples):
            yield comma + _json(terms.node(node))
            comma = b",\n"
    yield b"\n]}\n"


def jsonld_page(triples: Iterable[Triple]) -> bytes:
    """A few nodes in the order of their IRIs, under as much of the context as they use."""
    terms, nodes = _terms(), group(triples)
    written = [terms.node((node, nodes[node])) for node in sorted(nodes, key=lambda node: node.value)]
    lines = b",\n".join(map(_json, written))
    return b'{"@context":%s,\n"@graph":[\n%s\n]}\n' % (_json(terms.used(written)), lines)


def read_context() -> Mapping[str, Any]:
    """The context that comes with the package."""
    text = (shipped("ontology") / "context.jsonld").read_text(encoding="utf-8")
    context: Mapping[str, Any] = json.loads(text)["@context"]
    return context


@cache
def _terms() -> _Terms:
    return _Terms(read_context())


def context_file(ontology: Nodes) -> str:
    """The content of `ontology/context.jsonld`, a term a line."""
    terms = (f"    {json.dumps(name)}: {json.dumps(term)}" for name, term in make_context(ontology).items())
    return '{\n  "@context": {\n' + ",\n".join(terms) + "\n  }\n}\n"


def make_context(ontology: Nodes) -> Mapping[str, Any]:
    """The context of an ontology: prefixes, and its properties by name, if no prefix has it, with the type of their values."""
    terms: dict[str, Any] = {"@version": 1.1, **dict(sorted(PREFIXES.items()))}
    for node in sorted(ontology, key=lambda node: node.value):
        name = node.value.removeprefix(ONTOLOGY)
        if name != node.value and any("Property" in t.value for t in iris(ontology[node], RDF.type)):
            kind = _type_of(ontology[node])
            key = f"pact:{name}" if name in PREFIXES else name
            terms[key] = {"@id": f"pact:{name}", **({"@type": kind} if kind else {})}
    return terms | {name: {"@id": name, "@type": "@id"} for name in _OF_NODES}


def _type_of(properties: Properties) -> str | None:
    """What the values of a property are; None where they are strings, or of more kinds than one."""
    if NamedNode(_OBJECT) in iris(properties, RDF.type):
        return "@id"
    ranges = iris(properties, RDFS.range)
    if len(ranges) != 1 or ranges[0] in (XSD.string, RDF.langString):
        return None
    return compact(ranges[0].value)


def compact(iri: str) -> str:
    """The compact IRI, or the IRI itself where no prefix fits."""
    for prefix, base in _BASES:
        if iri.startswith(base) and _LOCAL.match(iri[len(base) :]):
            return f"{prefix}:{iri[len(base) :]}"
    return iri


class _Terms:
    """A context, by which properties and values are written."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self.context = context
        named = {name: term for name, term in context.items() if isinstance(term, dict)}
        self._names = {term["@id"]: name for name, term in named.items()}
        self._types = {term["@id"]: term.get("@type") for term in named.values()}

    def node(self, node: Node) -> dict[str, Any]:
        subject, properties = node
        written: dict[str, Any] = {"@id": compact(subject.value)}
        for predicate in sorted(properties, key=lambda p: (p != RDF.type, p.value)):
            values = sorted(properties[predicate], key=term_key)
            if predicate == RDF.type:
                written["@type"] = _sole([compact(value.value) for value in values])
            else:
                name = compact(predicate.value)
                kind = self._types.get(name)
                written[self._names.get(name, name)] = _sole([_value(value, kind) for value in values])
        return written

    def used(self, written: Any) -> Mapping[str, Any]:
        """The part of the context that some nodes need: their terms, and the prefixes of these and of their values."""
        words = set(_words(written))
        terms = words & self.context.keys()
        words |= {
            name
            for term in terms
            if isinstance(self.context[term], dict)
            for name in self.context[term].values()
        }
        prefixes = {word.partition(":")[0] for word in words} & PREFIXES.keys()
        return {name: term for name, term in self.context.items() if name in terms | prefixes | {"@version"}}


def _value(value: Term, kind: str | None) -> Any:
    if isinstance(value, NamedNode):
        name = compact(value.value)
        return name if kind == "@id" else {"@id": name}
    if value.language:
        return _worded(value)
    datatype = compact(value.datatype.value)
    if kind == datatype or (kind is None and value.datatype == XSD.string):
        return value.value
    return {"@value": value.value, "@type": datatype}


def _worded(value: Literal) -> Mapping[str, str]:
    direction = {"@direction": str(value.direction)} if value.direction else {}
    return {"@value": value.value, "@language": str(value.language), **direction}


def _words(written: Any) -> Iterator[str]:
    """Every key and every string of nodes."""
    if isinstance(written, str):
        yield written
    elif isinstance(written, dict):
        yield from (word for item in written.items() for part in item for word in _words(part))
    else:
        yield from (word for each in written for word in _words(each))


def _sole(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
