"""The nodes of a source file, from its claims; and of what is proposed, that which they need."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.claim import Claim
from pactgraph.curation import describe_passages
from pactgraph.drafting.sources import Given
from pactgraph.graph.codec import encode
from pactgraph.graph.nodes import Nodes, group, iris
from pactgraph.vocabulary import RDF


def compose(bare: Nodes, claims: Sequence[Claim], given: Given) -> Nodes:
    """The nodes of a source file: the source and the values of `bare` that are used, the claims, and their passages."""
    used = {claim.proposition.object for claim in claims}
    kept = {node: p for node, p in bare.items() if node == given.source or node in used}
    nodes = kept | group(triple for claim in claims for triple in encode(claim))
    return describe_passages(nodes, given.text, Path(given.capture))


def needed(nodes: Nodes, proposals: Nodes, everything: Nodes) -> Nodes:
    """The proposals that a file speaks of, itself or by the parties of its pacts and those they act for."""
    waiting = [v for p in nodes.values() for values in p.values() for v in values if isinstance(v, NamedNode)]
    seen: set[NamedNode] = set()
    while waiting:
        node = waiting.pop()
        if node in everything and node not in seen:
            seen.add(node)
            waiting += [
                v for name in everything[node] if name != RDF.type for v in iris(everything[node], name)
            ]
    return {node: proposals[node] for node in sorted(seen, key=str) if node in proposals}
