"""A store made from nothing, as one stream."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BufferedReader
from itertools import chain, starmap

from pyoxigraph import NamedNode, Triple

from pactgraph.building.layers import Progress, authority, derived, sources, vocabulary
from pactgraph.graph.stream import Stream, derived_block, graph_block
from pactgraph.project import Project
from pactgraph.resolution import Rules, Voice
from pactgraph.store import LocalStore, Store
from pactgraph.vocabulary import graph_iri

_RESOLVING = "resolving claims and writing"


def fill(project: Project, store: Store, rules: Rules, told: Progress) -> None:
    """Everything, into an empty store or over what a server holds."""
    voices: list[Voice] = []
    layers = chain(vocabulary(project), authority(project), sources(project, voices, told))
    if isinstance(store, LocalStore):
        _clear(store)
        with _no_collector():
            blocks = chain(starmap(graph_block, layers), _derived_blocks(voices, rules, told))
            store.load_trig(BufferedReader(Stream(blocks)))
            told(_RESOLVING, 1, 1)
        return
    graphs: dict[NamedNode, list[Triple]] = defaultdict(list)
    for graph, _, triples in layers:
        graphs[graph] += triples
    for graph, follows in derived(voices, rules):
        graphs[graph] += follows
    _clear(store, but=graphs.keys())
    for done, (graph, triples) in enumerate(graphs.items(), 1):
        store.replace(graph, triples)
        told("sending graphs", done, len(graphs))


def _clear(store: Store, but: Collection[NamedNode] = ()) -> None:
    """Removes graphs of ours; those of others stay."""
    for graph in sorted(store.graphs(), key=lambda node: node.value):
        if graph not in but and graph.value.startswith(graph_iri("").value):
            store.remove(graph)


def _derived_blocks(voices: list[Voice], rules: Rules, told: Progress) -> Iterator[bytes]:
    told(_RESOLVING, 0, 1)
    yield from (derived_block(graph, triples) for graph, triples in derived(voices, rules))


@contextmanager
def _no_collector() -> Iterator[None]:
    """Triples form no cycles; looking for some among millions takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
