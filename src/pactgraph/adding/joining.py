"""What comes in beside what the graph has: the sources that it adds to, what it brings along, what nobody describes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Triple

from pactgraph.drafting.composing import needed
from pactgraph.errors import BadInput
from pactgraph.graph.nodes import Nodes, Properties, group, read_triples, ungroup
from pactgraph.vocabulary import ID, OA, PACT, RDF, SCHEMA, shorten

KINDS: Final = {SCHEMA.NewsArticle, SCHEMA.WebPage}
"""The classes of sources."""
PARTS: Final = {
    PACT.Claim,
    PACT.Amount,
    PACT.Count,
    OA.SpecificResource,
    OA.TextPositionSelector,
    OA.TextQuoteSelector,
    OA.FragmentSelector,
    *KINDS,
}
"""What stands in the file of a source; all else is authority data."""
MINTED: Final = re.compile(rf"{re.escape(ID)}(?:claim|proposition|value)/[0-9a-f]{{20}}")
"""Names that follow from what is said."""


def joined(sources: Mapping[Path, Nodes], where: str) -> Mapping[Path, Nodes]:
    """The files with what they hold already; nothing where they hold all. Raises BadInput where they say other things."""
    return {path: _with_held(path, each, where) for path, each in sorted(sources.items())}


def _with_held(path: Path, nodes: Nodes, where: str) -> Nodes:
    held = group(read_triples(path)) if path.is_file() else {}
    for node in nodes.keys() & held.keys():
        differing = set(ungroup({node: nodes[node]})) ^ set(ungroup({node: held[node]}))
        if differing:
            names = ", ".join(sorted({shorten(triple.predicate.value) for triple in differing}))
            raise BadInput(
                f"the graph has this source already, and says other things of {shorten(node.value)}: {names}",
                where=path,
                hint=f"import {where} under another name with --as NAME, or mend one of them",
            )
    return {} if nodes.keys() <= held.keys() else {**held, **nodes}


def brought(nodes: Nodes, known: Nodes, files: Iterable[Nodes]) -> Nodes:
    """The authority data that the claims need and the graph does not describe."""
    others = {
        node: p
        for node, p in nodes.items()
        if node not in known and node.value.startswith(ID) and not _is_made(p)
    }
    said = {node: p for each in files for node, p in each.items()}
    return needed(said, others, {**known, **others})


def apart(nodes: Nodes, known: Nodes) -> tuple[Triple, ...]:
    """What is said of nodes that the graph describes, in properties of such descriptions, and is not said there.

    What claims say, and so the facts that are made of them, is no description.
    """
    claimed = {v for p in nodes.values() for v in p.get(RDF.predicate, ())}
    describing = {name for p in known.values() for name in p} - claimed
    both = nodes.keys() & known.keys()
    said, held = (set(ungroup({node: each[node] for node in both})) for each in (nodes, known))
    return tuple(sorted((each for each in said - held if each.predicate in describing), key=str))


def lacking(files: Iterable[Nodes], along: Nodes, known: Nodes) -> list[str]:
    """What the new files speak of and nobody describes, by name."""
    told = {**along, **{node: p for each in files for node, p in each.items()}}
    named = {v for p in told.values() for values in p.values() for v in values if isinstance(v, NamedNode)}
    own = {v for v in named - told.keys() - known.keys() if v.value.startswith(ID)}
    return sorted(shorten(node.value) for node in own if not MINTED.fullmatch(node.value))


def _is_made(properties: Properties) -> bool:
    """Whether a node is of a source's file or one that a build derives."""
    types = set(properties.get(RDF.type, ()))
    return not types or bool(types & {*PARTS, PACT.Proposition, PACT.Conflict, PACT.Finding, PACT.Side})
