"""Proposed nodes in the authority files that hold their like: a node is described in one file only."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.curation import head_of
from pactgraph.drafting.proposals import merged
from pactgraph.graph.minting import format_nodes
from pactgraph.graph.nodes import Nodes, group, read_triples
from pactgraph.project import Project
from pactgraph.vocabulary import ID

_FILES = {
    "body": "bodies",
    "event": "events",
    "group": "pacts",
    "measure": "measures",
    "office": "officials",
    "official": "officials",
    "origin": "origins",
    "pact": "pacts",
    "party": "parties",
    "person": "publishers",
    "place": "places",
    "publisher": "publishers",
    "tenure": "officials",
}
"""By the kind of node that its IRI names; a run and what made it stand with the runs."""


def with_proposals(project: Project, proposals: Nodes) -> dict[Path, str]:
    """The authority files that change, by their path, with their new content."""
    held = {path: group(read_triples(path)) for path in project.authority()}
    wanted: dict[Path, Nodes] = {}
    for node, properties in proposals.items():
        wanted.setdefault(_file_of(node, held, project), {})[node] = properties
    return {path: _content(path, held.get(path, {}), nodes) for path, nodes in sorted(wanted.items())}


def _file_of(node: NamedNode, held: dict[Path, Nodes], project: Project) -> Path:
    there = next((path for path, nodes in held.items() if node in nodes), None)
    kind = node.value.removeprefix(ID).partition("/")[0]
    return there or project.data / "authority" / f"{_FILES.get(kind, 'runs')}.ttl"


def _content(path: Path, held: Nodes, proposed: Nodes) -> str:
    head = head_of(path.read_text(encoding="utf-8"), path) if path.is_file() else ""
    return head + format_nodes(merged(held, proposed))
