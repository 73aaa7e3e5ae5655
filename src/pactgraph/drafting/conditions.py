"""Conditions: what must happen first, where the graph has it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from pactgraph.drafting.sheet import Sheet
from pactgraph.extraction import Candidate
from pactgraph.passage import find_bounded
from pactgraph.vocabulary import ONTOLOGY

_KINDS = tuple(NamedNode(ONTOLOGY + name) for name in ("Event", "Undertaking", "Measure"))


def condition_of(sheet: Sheet, candidate: Candidate) -> NamedNode | None:
    """The event, pact or measure that the words of a condition name, by the longest name that stands in them.

    None where they name nothing of the graph or two things alike, and by one word alone: any `vote` is a vote.
    """
    words = candidate.details.get("condition", "")
    if not words or candidate.modality != "conditional":
        return None
    found = list(_named_in(words, sheet))
    longest = max((length for length, _ in found), default=0)
    nodes = {node for length, node in found if length == longest}
    return nodes.pop() if len(nodes) == 1 else None


def _named_in(words: str, sheet: Sheet) -> Iterator[tuple[int, NamedNode]]:
    for node in (node for kind in _KINDS for node in sheet.proposals.below(kind)):
        for name in sheet.proposals.labels.names(node):
            if " " in name and find_bounded(words, name, ignore_case=True):
                yield len(name), node
