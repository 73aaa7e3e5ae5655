"""Format a file of data: mint the hash IRIs that a curator left as placeholders, and fix its form."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term, term_key
from pactgraph.graph.codec import decode_claim, decode_proposition
from pactgraph.graph.nodes import Nodes, one
from pactgraph.graph.turtle import source_base, write_nodes
from pactgraph.vocabulary import OA, PACT, PROV, RDF, mint

Renaming = dict[NamedNode, NamedNode]


def format_nodes(nodes: Nodes) -> str:
    """The Turtle of a file in its fixed form, every claim, passage, proposition and value by its own name."""
    return write_nodes(mint_iris(nodes), base=source_base(nodes))


def mint_iris(nodes: Nodes) -> Nodes:
    """`nodes` with each minted IRI in place of whatever placeholder stood there.

    Values come first, then passages, then claims, since each name hashes the ones before it.
    A claim that lacks a part of its name is left as it is, for the shapes to report.
    """
    nodes = rename(nodes, {node: value_iri(p) for node, p in nodes.items() if _is_value(p)})
    nodes = rename(nodes, dict(_passage_names(nodes)))
    nodes = {node: _completed(properties, nodes) for node, properties in nodes.items()}
    return rename(nodes, dict(_claim_names(nodes)))


def value_iri(properties: Properties) -> NamedNode:
    """The IRI of a value: a hash of its parts."""
    parts = (f"{term_key(name)} {term_key(v)}" for name, values in properties.items() for v in values)
    return mint("value", sorted(parts))


def rename(nodes: Nodes, names: Renaming) -> Nodes:
    """`nodes` with every subject and object in `names` called by its new name; equal names merge."""
    if not any(old != new for old, new in names.items()):
        return nodes
    renamed: Nodes = {}
    for subject, properties in nodes.items():
        target = renamed.setdefault(names.get(subject, subject), {})
        for predicate, objects in properties.items():
            values = target.setdefault(predicate, [])
            values += [v for v in (_renamed(o, names) for o in objects) if v not in values]
    return renamed


def _renamed(term: Term, names: Renaming) -> Term:
    return names.get(term, term) if isinstance(term, NamedNode) else term


def _is_value(properties: Properties) -> bool:
    types = properties.get(RDF.type, ())
    return PACT.Amount in types or PACT.Count in types


def _passage_names(nodes: Nodes) -> list[tuple[NamedNode, NamedNode]]:
    """Passages and their selectors by the position they stand for (RFC 5147 `char=start,end`)."""
    names = []
    for node, properties in nodes.items():
        source = one(properties, OA.hasSource)
        if OA.SpecificResource not in properties.get(RDF.type, ()) or source is None:
            continue
        for selector in properties.get(OA.hasSelector, ()):
            parts = nodes.get(selector, {}) if isinstance(selector, NamedNode) else {}
            start, end = one(parts, OA.start), one(parts, OA.end)
            if isinstance(start, Literal) and isinstance(end, Literal):
                position = f"{start.value},{end.value}"
                names.append((node, NamedNode(f"{source.value}#char={position}")))
                names += _selector_names(source.value, position, properties, nodes)
    return names


def _selector_names(
    source: str, position: str, passage: Properties, nodes: Nodes
) -> list[tuple[NamedNode, NamedNode]]:
    kinds = {OA.TextPositionSelector: "position", OA.FragmentSelector: "text"}
    return [
        (selector, NamedNode(f"{source}#{kind}={position}"))
        for selector in passage.get(OA.hasSelector, ())
        if isinstance(selector, NamedNode)
        for type_, kind in kinds.items()
        if type_ in nodes.get(selector, {}).get(RDF.type, ())
    ]


def _completed(properties: Properties, nodes: Nodes) -> Properties:
    """A claim with what follows from its other parts: its types, source and proposition."""
    if PACT.Claim not in properties.get(RDF.type, ()):
        return properties
    completed = dict(properties)
    completed[RDF.type] = [PACT.Claim, RDF.Statement]
    passage = one(properties, PACT.passage)
    if PROV.wasDerivedFrom not in completed and passage is not None:
        completed[PROV.wasDerivedFrom] = [NamedNode(passage.value.partition("#")[0])]
    try:
        completed[PACT.proposition] = [decode_proposition(completed).iri]
    except KeyError:
        return completed
    return completed


def _claim_names(nodes: Nodes) -> list[tuple[NamedNode, NamedNode]]:
    names = []
    for node, properties in nodes.items():
        if PACT.Claim in properties.get(RDF.type, ()):
            try:
                names.append((node, decode_claim(properties).iri))
            except KeyError:
                continue
    return names
