"""The graphs of a store, as they are read from files and derived from claims."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from pactgraph.errors import contents
from pactgraph.graph.links import read_links
from pactgraph.graph.nodes import group, read_triples
from pactgraph.graph.turtle import write
from pactgraph.project import Project
from pactgraph.resolution import Question, Rules, Voice, derive, index, voices
from pactgraph.vocabulary import FACTS, INDEX, LINKS, ONTOLOGY_GRAPH, PROPOSITIONS

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many of it are done, and how many there are."""

Layer = tuple[NamedNode, bytes | None, Sequence[Triple]]
"""A graph, the Turtle of the file that it is made from, where there is one, and what it says."""

_PIECE = 2_000
"""Questions whose answers are written at a time."""


def vocabulary(project: Project) -> Iterator[Layer]:
    """The ontology and the reviewed links."""
    yield from (_layer(ONTOLOGY_GRAPH, path) for path in project.ontology())
    links = read_links(project.links) if project.links.is_file() else []
    yield LINKS, write(links).encode(), links


def authority(project: Project) -> Iterator[Layer]:
    """The files of parties, officials, pacts and the like."""
    return (_layer(project.graph_of(path), path) for path in project.authority())


def sources(project: Project, rules: Rules, heard: list[Voice], told: Progress) -> Iterator[Layer]:
    """The sources one after another, with their part of the index; `heard` fills as they are read."""
    paths = project.sources()
    for done, path in enumerate(paths, 1):
        layer = _layer(project.graph_of(path), path)
        nodes = group(layer[2])
        speaking = list(voices(nodes))
        heard += speaking
        yield layer
        yield INDEX, None, list(index(nodes, speaking, rules))
        told("reading sources", done, len(paths))


def derived(
    heard: Iterable[Voice], rules: Rules, asked: Collection[Question] | None = None
) -> Iterator[Layer]:
    """The layers of facts and of propositions, whole or on the questions asked, in pieces.

    Not begun before the sources are read.
    """
    found = derive(heard, rules, asked)
    while piece := list(islice(found, _PIECE)):
        yield FACTS, None, [t for each in piece for t in each.facts]
        yield PROPOSITIONS, None, [t for each in piece for t in each.propositions]


def quads(layers: Iterable[Layer]) -> Iterator[Quad]:
    """The triples of layers, each in its graph."""
    return (Quad(t.subject, t.predicate, t.object, graph) for graph, _, triples in layers for t in triples)


def read_all(paths: Iterable[Path]) -> Iterator[Triple]:
    """The triples of some files."""
    return (triple for path in paths for triple in read_triples(path))


def _layer(graph: NamedNode, path: Path) -> Layer:
    turtle = contents(path)
    return graph, turtle, read_triples(path, turtle)
