"""Graphs in the syntaxes of RDF, as pieces of bytes: the same graphs give the same bytes, however many there are.

N-Triples and N-Quads stand in the order of their bytes. In the others graph follows on graph by name, a source in the
order in which a person reads it, any other graph by subject; so what is held in memory is one source, or one subject.
The store canonicalises numbers, and the shapes let only canonical ones in, so nothing is lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BufferedReader
from itertools import groupby

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from pactgraph.exports.selection import Named, is_source
from pactgraph.exports.sorting import in_order
from pactgraph.graph.nodes import Properties, group
from pactgraph.graph.reifiers import reify
from pactgraph.graph.stream import Stream
from pactgraph.graph.turtle import Writer, reading_order

Node = tuple[NamedNode, Properties]


def ntriples(graphs: Iterable[Named]) -> Iterator[bytes]:
    """https://www.w3.org/TR/n-triples/: the union of the graphs."""
    return in_order(f"{triple} .\n".encode() for _, triples in graphs for triple in triples)


def nquads(graphs: Iterable[Named]) -> Iterator[bytes]:
    """https://www.w3.org/TR/n-quads/."""
    return in_order(
        f"{Quad(t.subject, t.predicate, t.object, name)} .\n".encode()
        for name, triples in graphs
        for t in triples
    )


def turtle(graphs: Iterable[Named]) -> Iterator[bytes]:
    """https://www.w3.org/TR/turtle/: the union of the graphs; a node that two graphs describe comes twice."""
    writer = Writer()
    yield _text(writer.directives())
    for name, triples in graphs:
        yield from (f"\n{writer.block(*node)}".encode() for node in ordered(name, triples))


def turtle12(graphs: Iterable[Named]) -> Iterator[bytes]:
    """https://www.w3.org/TR/rdf12-turtle/: as `turtle`, each claim and proposition a reifier of what it says."""
    writer = Writer()
    yield _text(['VERSION "1.2"', *writer.directives()])
    for name, triples in graphs:
        for subject, properties in ordered(name, triples):
            yield f"\n{writer.block(subject, reify(properties))}".encode()


def trig(graphs: Iterable[Named]) -> Iterator[bytes]:
    """https://www.w3.org/TR/trig/."""
    writer = Writer()
    yield _text(writer.directives())
    for name, triples in graphs:
        yield f"\n{writer.iri(name.value)} {{\n".encode()
        for nth, node in enumerate(ordered(name, triples)):
            yield f"{'' if nth == 0 else chr(10)}{writer.block(*node)}".encode()
        yield b"}\n"


def ordered(graph: NamedNode, triples: Iterable[Triple]) -> Iterator[Node]:
    """The nodes of a graph in their order: of a source as it is read, else by the bytes of their IRIs."""
    if is_source(graph):
        nodes = group(triples)
        yield from ((subject, nodes[subject]) for subject in reading_order(nodes))
        return
    yield from by_subject(triples)


def by_subject(triples: Iterable[Triple]) -> Iterator[Node]:
    """The nodes that triples are about, by the bytes of their IRIs in angle brackets; none of them is held."""
    lines = in_order(f"{triple} .\n".encode() for triple in triples)
    parsed = parse(BufferedReader(Stream(lines), 1 << 16), RdfFormat.N_TRIPLES)
    for _, quads in groupby(parsed, key=lambda quad: quad.subject):
        yield from group(quad.triple for quad in quads).items()


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
