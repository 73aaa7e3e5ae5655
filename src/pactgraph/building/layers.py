"""The graphs of a store, as they are read from files and derived from claims."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from pactgraph.errors import contents
from pactgraph.graph.links import read_links
from pactgraph.graph.nodes import group, read_triples
from pactgraph.graph.turtle import write
from pactgraph.project import Project
from pactgraph.resolution import Question, Rules, Voice, resolve, voices
from pactgraph.vocabulary import FACTS, LINKS, ONTOLOGY_GRAPH, PROPOSITIONS

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many of it are done, and how many there are."""

Layer = tuple[NamedNode, bytes, Sequence[Triple]]
"""A graph, the Turtle of the file that it is made from, and what that says."""


def vocabulary(project: Project) -> Iterator[Layer]:
    """The ontology and the reviewed links."""
    yield from (_layer(ONTOLOGY_GRAPH, path) for path in project.ontology())
    links = read_links(project.links) if project.links.is_file() else []
    yield LINKS, write(links).encode(), links


def authority(project: Project) -> Iterator[Layer]:
    """The files of parties, officials, pacts and the like."""
    return (_layer(project.graph_of(path), path) for path in project.authority())


def sources(project: Project, heard: list[Voice], told: Progress) -> Iterator[Layer]:
    """The sources one after another; `heard` fills as they are read."""
    paths = project.sources()
    for done, path in enumerate(paths, 1):
        layer = _layer(project.graph_of(path), path)
        heard += voices(group(layer[2]))
        yield layer
        told("reading sources", done, len(paths))


def derived(
    heard: Iterable[Voice], rules: Rules, asked: Collection[Question] | None = None
) -> Iterator[tuple[NamedNode, Iterator[Triple]]]:
    """The two derived layers, whole or on the questions asked; not begun before the sources are read."""
    resolution = resolve(heard, rules, asked)
    yield FACTS, iter(resolution.facts)
    yield PROPOSITIONS, iter(resolution.propositions)


def quads(layers: Iterable[tuple[NamedNode, Iterable[Triple]]]) -> Iterator[Quad]:
    """The triples of layers, each in its graph."""
    return (Quad(t.subject, t.predicate, t.object, graph) for graph, triples in layers for t in triples)


def read_all(paths: Iterable[Path]) -> Iterator[Triple]:
    """The triples of some files."""
    return (triple for path in paths for triple in read_triples(path))


def _layer(graph: NamedNode, path: Path) -> Layer:
    turtle = contents(path)
    return graph, turtle, read_triples(path, turtle)
