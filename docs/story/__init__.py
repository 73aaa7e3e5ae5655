"""The story of the data: `data.md` and its pictures, all drawn from the files in `data/`."""

from __future__ import annotations

from pathlib import Path

from pactgraph import draw_graph, draw_timeline
from story.agreements import agreements
from story.counts import counts_picture
from story.page import data_page
from story.reading import Graph, read_graph


def tell(root: Path) -> dict[str, str]:
    """The page and its pictures by the name of their file, from the data of the project in a folder."""
    graph = read_graph(root)
    return {
        "data.md": data_page(graph),
        "timeline.svg": _timeline(graph),
        "graph.svg": _graph(graph),
        "counts.svg": counts_picture(graph),
    }


def _timeline(graph: Graph) -> str:
    """What `pactgraph timeline` draws."""
    (page,) = draw_timeline(graph.store, names=graph.names).pages
    return page


def _graph(graph: Graph) -> str:
    """What `pactgraph graph` draws of the agreement with the most conflicts, and of several of that with the most claims."""
    agreement = max(agreements(graph), key=lambda each: (each.row["conflicts"], each.row["claims"]))
    (page,) = draw_graph(graph.store, agreement.node.value, graph.names).pages
    return page
