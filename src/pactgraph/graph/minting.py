"""Format a file of data: mint the hash IRIs that a curator left as placeholders, and fix its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term, term_key
from pactgraph.errors import BadInput
from pactgraph.graph.codec import decode_claim, decode_proposition
from pactgraph.graph.nodes import Nodes, Properties, iris, one
from pactgraph.graph.turtle import source_base, write_nodes
from pactgraph.passage import normal_words
from pactgraph.vocabulary import OA, PACT, PROV, RDF, digest, mint

Renaming = dict[NamedNode, NamedNode]

_MEASURED = {OA.TextPositionSelector: "position", OA.FragmentSelector: "text"}
_QUOTED = {OA.TextQuoteSelector: "quote"}
_MANY = {PACT.flag, PACT.alsoAt, PACT.resolvedFrom, RDF.type}
_OFFSET = re.compile(r"0|[1-9][0-9]*")


def format_nodes(nodes: Nodes) -> str:
    """The Turtle of a file in its fixed form, every claim, passage, proposition and value by its own name."""
    return write_nodes(mint_iris(nodes), base=source_base(nodes))


def mint_iris(nodes: Nodes) -> Nodes:
    """`nodes` with each minted IRI in place of whatever placeholder stood there.

    Values come first, then passages, then claims, since each name hashes the ones before it.
    A claim that lacks a part of its name is left as it is, for the shapes to report. Raises BadInput where two nodes
    are the same claim and differ.
    """
    nodes = {node: _in_normal_words(properties) for node, properties in nodes.items()}
    nodes = rename(nodes, {node: value_iri(p) for node, p in nodes.items() if _is_value(p)})
    nodes = rename(nodes, dict(_passage_names(nodes)))
    nodes = {node: _completed(properties) for node, properties in nodes.items()}
    names = dict(_claim_names(nodes))
    _refuse_loss(nodes, names)
    return rename(nodes, names)


def _refuse_loss(nodes: Nodes, names: Renaming) -> None:
    """Two nodes that are one claim by what they say may add to each other, but not say different things."""
    bearers: dict[NamedNode, NamedNode] = {}
    for node, name in names.items():
        other = bearers.setdefault(name, node)
        shared = nodes[node].keys() & nodes[other].keys() - _MANY
        differing = sorted(p.value for p in shared if set(nodes[node][p]) != set(nodes[other][p]))
        if differing:
            raise BadInput(
                f"{other.value} and {node.value} are the same claim, but differ in {', '.join(differing)}",
                hint="keep one of them, or give them different passages, speakers or modalities",
            )


def minted_names(nodes: Nodes) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Every node whose name is minted, as it is called and as it should be."""
    yield from ((node, value_iri(properties)) for node, properties in nodes.items() if _is_value(properties))
    yield from _passage_names(nodes)
    for node, properties in nodes.items():
        if PACT.Claim in properties.get(RDF.type, ()):
            with suppress(KeyError):
                claim = decode_claim(properties)
                yield node, claim.iri
                yield from ((n, claim.proposition.iri) for n in iris(properties, PACT.proposition))


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
            values = (*target.get(predicate, ()), *(_renamed(value, names) for value in objects))
            target[predicate] = list(dict.fromkeys(values))
    return renamed


def _renamed(term: Term, names: Renaming) -> Term:
    return names.get(term, term) if isinstance(term, NamedNode) else term


def _is_value(properties: Properties) -> bool:
    types = properties.get(RDF.type, ())
    return PACT.Amount in types or PACT.Count in types


def _passage_names(nodes: Nodes) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Passages and their selectors by the position they stand for (RFC 5147 `char=start,end`).

    A passage of which only a few words are known goes by a hash of them.
    """
    for node, properties in nodes.items():
        source = one(properties, OA.hasSource)
        if OA.SpecificResource in properties.get(RDF.type, ()) and isinstance(source, NamedNode):
            if position := _position(properties, nodes):
                yield node, NamedNode(f"{source.value}#char={position}")
                yield from _selector_names(properties, nodes, _MEASURED, source, position)
            elif words := _quoted_words(properties, nodes):
                yield node, NamedNode(f"{source.value}#words={digest([words])}")
                yield from _selector_names(properties, nodes, _QUOTED, source, digest([words]))


def _selector_names(
    passage: Properties, nodes: Nodes, kinds: Mapping[NamedNode, str], source: NamedNode, name: str
) -> Iterator[tuple[NamedNode, NamedNode]]:
    for selector, kind in _selectors(passage, nodes, kinds):
        yield selector, NamedNode(f"{source.value}#{kind}={name}")


def _position(passage: Properties, nodes: Nodes) -> str | None:
    """`start,end` of the passage's position selector; None where it has none, or two that differ."""
    found = set()
    for selector, kind in _selectors(passage, nodes, _MEASURED):
        bounds = [one(nodes[selector], name) for name in (OA.start, OA.end)]
        if kind == "position" and all(isinstance(b, Literal) and _OFFSET.fullmatch(b.value) for b in bounds):
            found.add(",".join(bound.value for bound in bounds if bound))
    return found.pop() if len(found) == 1 else None


def _quoted_words(passage: Properties, nodes: Nodes) -> str | None:
    """The words of the passage's quote selector; None where there are none, or some that differ."""
    quotes = (nodes[selector] for selector, _ in _selectors(passage, nodes, _QUOTED))
    found = {normal_words(value.value) for quote in quotes for value in quote.get(OA.exact, ())}
    return found.pop() if len(found) == 1 else None


def _selectors(
    passage: Properties, nodes: Nodes, kinds: Mapping[NamedNode, str]
) -> Iterator[tuple[NamedNode, str]]:
    for selector in iris(passage, OA.hasSelector):
        types = nodes.get(selector, {}).get(RDF.type, ())
        yield from ((selector, kind) for type_, kind in kinds.items() if type_ in types)


def _in_normal_words(properties: Properties) -> Properties:
    """A quote selector with its words as they are named; anything else as it is."""
    if OA.TextQuoteSelector not in properties.get(RDF.type, ()):
        return properties
    words = [_normal(value) for value in properties.get(OA.exact, ())]
    return properties | {OA.exact: list(dict.fromkeys(words))} if words else properties


def _normal(words: Term) -> Term:
    """A plain string in its normal form; what else may stand there is for the shapes to report."""
    return Literal(normal_words(words.value)) if words == Literal(words.value) else words


def _completed(properties: Properties) -> Properties:
    """A claim with what follows from its other parts: its types, source and proposition."""
    types = properties.get(RDF.type, [])
    if PACT.Claim not in types:
        return properties
    completed = properties | {RDF.type: list(dict.fromkeys((*types, RDF.Statement)))}
    passage = one(properties, PACT.passage)
    if isinstance(passage, NamedNode) and "#" in passage.value:
        completed.setdefault(PROV.wasDerivedFrom, [NamedNode(passage.value.partition("#")[0])])
    with suppress(KeyError):
        completed[PACT.proposition] = [decode_proposition(completed).iri]
    return completed


def _claim_names(nodes: Nodes) -> Iterator[tuple[NamedNode, NamedNode]]:
    for node, properties in nodes.items():
        if PACT.Claim in properties.get(RDF.type, ()):
            with suppress(KeyError):
                yield node, decode_claim(properties).iri
