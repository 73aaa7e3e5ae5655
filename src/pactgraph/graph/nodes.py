"""Triples grouped by subject: the shape in which a file of data is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from pactgraph.claim import Term, term_key
from pactgraph.errors import BadInput, SyntaxFault, contents

Properties = dict[NamedNode, list[Term]]
"""Predicate and objects of one subject, in the order in which they were read."""

Nodes = dict[NamedNode, Properties]
"""Subjects and their properties, in the order in which they were read."""


def group(triples: Iterable[Triple]) -> Nodes:
    """The triples by subject and predicate; a triple that is there twice counts once, blank nodes not at all."""
    nodes: Nodes = {}
    once: dict[Term, Term] = {}  # a term is held once however often it is said: half of the memory
    names: dict[NamedNode, NamedNode] = {}
    for triple in triples:
        subject, name, value = triple.subject, triple.predicate, triple.object
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            objects = nodes.setdefault(subject, {}).setdefault(names.setdefault(name, name), [])
            if value not in objects:
                objects.append(once.setdefault(value, value))
    return nodes


def ungroup(nodes: Nodes) -> Iterator[Triple]:
    """The triples of `nodes`: the inverse of `group`."""
    for subject, properties in nodes.items():
        for predicate, objects in properties.items():
            for value in objects:
                yield Triple(subject, predicate, value)


def one(properties: Properties, predicate: NamedNode) -> Term | None:
    """The only value of a property, or None; of several always the same one, in whatever order they were read."""
    values = properties.get(predicate)
    if not values:
        return None
    return values[0] if len(values) == 1 else min(values, key=term_key)


def iris(properties: Properties, predicate: NamedNode) -> list[NamedNode]:
    """The values of a property that are IRIs."""
    return [value for value in properties.get(predicate, ()) if isinstance(value, NamedNode)]


def read_triples(path: Path, content: bytes | None = None) -> list[Triple]:
    """The triples of a Turtle file, literals untouched.

    Raises SyntaxFault with line and column, and BadInput where a blank node stands (data has none) or the file cannot be
    read.
    """
    data = contents(path) if content is None else content
    try:
        triples = [quad.triple for quad in parse(data, format=RdfFormat.TURTLE)]
    except SyntaxError as fault:
        raise syntax_fault(fault, path) from None
    for triple in triples:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            raise BadInput(
                f"a blank node stands in {triple.subject} {triple.predicate} {triple.object}",
                where=path,
                hint="give the node an IRI, for example <#new-1>; `pactgraph format` mints the final one",
            )
        if not isinstance(triple.object, NamedNode | Literal):
            raise BadInput(f"a triple term stands in {triple.subject} {triple.predicate}", where=path)
    return triples


def syntax_fault(fault: SyntaxError, path: Path) -> SyntaxFault:
    """A parser's SyntaxError with the file, line and column a person can go to."""
    message = str(fault.args[0])
    _, separator, reason = message.partition(": ")
    return SyntaxFault(
        f"this is not Turtle: {reason if separator else message}",
        where=path,
        line=fault.lineno,
        column=fault.offset,
    )
