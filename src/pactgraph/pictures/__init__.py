"""Pictures of what the graph knows: the lives of pacts on a timeline, and who says what of one pact."""

from __future__ import annotations

from collections.abc import Sequence

from pactgraph.pages import NOW, Clock, Names
from pactgraph.pictures.drawing import subtitle, timeline_pages, title
from pactgraph.pictures.lives import timeline
from pactgraph.pictures.marks import Life, Mark, Said, Timeline
from pactgraph.pictures.page import Cell, Table
from pactgraph.pictures.picture import FORMS, Picture, form_of
from pactgraph.pictures.sayings import Graph, graph
from pactgraph.pictures.text import graph_text, timeline_text
from pactgraph.pictures.threads import graph_page, graph_subtitle
from pactgraph.store import Store

__all__ = [
    "FORMS",
    "Graph",
    "Life",
    "Mark",
    "Picture",
    "Said",
    "Timeline",
    "draw_graph",
    "draw_timeline",
    "form_of",
    "graph",
    "timeline",
]


def draw_timeline(
    store: Store, given: Sequence[str] = (), names: Names | None = None, clock: Clock = NOW
) -> Picture:
    """The lives of all pacts, or of those that are named, as a picture; see `timeline` for what is raised."""
    told = timeline(store, given, names, clock)
    return Picture(
        title(told),
        subtitle(told),
        timeline_pages(told),
        _table(told),
        lambda width: timeline_text(told, width),
    )


def draw_graph(store: Store, given: str, names: Names | None = None, clock: Clock = NOW) -> Picture:
    """Who signed a pact and who says what of it, as a picture; see `graph` for what is raised."""
    told = graph(store, given, names, clock)
    return Picture(
        told.name,
        graph_subtitle(told),
        (graph_page(told),),
        _threads(told),
        lambda width: graph_text(told, width),
    )


def _table(told: Timeline) -> Table:
    rows = (
        (
            (Cell(life.label),),
            (Cell(mark.told),),
            (Cell("disputed" if mark.disputed else ""),),
            tuple(Cell(said.words, said.link) for said in mark.said),
        )
        for life in told.lives
        for mark in life.marks
    )
    return Table(("pact", "what", "", "who says so"), tuple(rows))


def _threads(told: Graph) -> Table:
    rows = (
        (
            (Cell(what.words),),
            (Cell(what.when),),
            (Cell(thread.manner),),
            (Cell(thread.said.words, thread.said.link),),
        )
        for what in told.whats
        for thread in told.of(what)
    )
    return Table(("what", "when", "", "who says so"), tuple(rows))
