"""Whether the links of claims open their sentences: each is held against the text, where that is at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.audit.shelf import Shelf
from pactgraph.graph.sources import read_source
from pactgraph.passage import Passage, Text, matches
from pactgraph.project import Project


def prove_links(project: Project, texts: Path) -> Mapping[NamedNode, bool]:
    """For each passage whose text is at hand, whether its text fragment leads there and nowhere else.

    https://wicg.github.io/scroll-to-text-fragment/. Raises UsageError where `texts` is no folder.
    """
    return dict(_proved(project, Shelf(texts)))


def _proved(project: Project, shelf: Shelf) -> Iterator[tuple[NamedNode, bool]]:
    for file in map(read_source, project.sources()):
        if text := shelf.text_of(file):
            for node in {claim.passage for claim in file.claims.values()}:
                passage = file.passage(node)
                if passage and passage.fragment:
                    yield node, _leads_there(text, passage)


def _leads_there(text: Text, passage: Passage) -> bool:
    found = matches(text.normal, passage.fragment) if passage.fragment else []
    return len(found) == 1 and found[0].start < passage.span.end and passage.span.start < found[0].end
