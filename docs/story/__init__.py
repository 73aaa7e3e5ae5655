"""The story of the data: `data.md` and its pictures, all drawn from the files in `data/`."""

from __future__ import annotations

from pathlib import Path

from story.counts import counts_picture
from story.page import data_page
from story.reading import read_graph
from story.timeline import timeline_picture


def tell(root: Path) -> dict[str, str]:
    """The page and its pictures by the name of their file, from the data of the project in a folder."""
    graph = read_graph(root)
    return {
        "data.md": data_page(graph),
        "timeline.svg": timeline_picture(graph),
        "counts.svg": counts_picture(graph),
    }
