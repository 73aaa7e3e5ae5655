"""A store made from nothing, as one stream."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from io import BufferedReader
from itertools import starmap

from pyoxigraph import NamedNode, Triple

from pactgraph.building.layers import Layer, Progress, authority, derived, sources, vocabulary
from pactgraph.graph.collector import uncollected
from pactgraph.graph.nodes import Nodes
from pactgraph.graph.stream import Stream, derived_block, graph_block
from pactgraph.project import Project
from pactgraph.resolution import Voice, paged, read_rules
from pactgraph.store import LocalStore, Store
from pactgraph.vocabulary import INDEX, graph_iri

_RESOLVING = "resolving claims and writing"


def fill(project: Project, store: Store, nodes: Nodes, told: Progress) -> None:
    """Everything, into an empty store or over what a server holds; `nodes` are the ontology's and the authority data's."""
    layers = _layers(project, nodes, told)
    if isinstance(store, LocalStore):
        _clear(store)
        with uncollected():
            store.load_trig(BufferedReader(Stream(starmap(_block, layers))))
            told(_RESOLVING, 1, 1)
        return
    graphs: dict[NamedNode, list[Triple]] = defaultdict(list)
    for graph, _, triples in layers:
        graphs[graph] += triples
    _clear(store, but=graphs.keys())
    for done, (graph, triples) in enumerate(graphs.items(), 1):
        store.replace(graph, triples)
        told("sending graphs", done, len(graphs))


def _layers(project: Project, nodes: Nodes, told: Progress) -> Iterator[Layer]:
    """All graphs, those that are derived in pieces."""
    rules, voices = read_rules(nodes), list[Voice]()
    yield from vocabulary(project)
    yield from authority(project)
    yield INDEX, None, list(paged(nodes))
    yield from sources(project, rules, voices, told)
    told(_RESOLVING, 0, 1)
    yield from derived(voices, rules)


def _block(graph: NamedNode, turtle: bytes | None, triples: Sequence[Triple]) -> bytes:
    return derived_block(graph, triples) if turtle is None else graph_block(graph, turtle, triples)


def _clear(store: Store, but: Collection[NamedNode] = ()) -> None:
    """Removes graphs of ours; those of others stay."""
    for graph in sorted(store.graphs(), key=lambda node: node.value):
        if graph not in but and graph.value.startswith(graph_iri("").value):
            store.remove(graph)
