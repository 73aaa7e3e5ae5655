"""Which sources are one witness: those that share an origin, or an occasion, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from pactgraph.resolution.rules import Rules
from pactgraph.resolution.voices import Voice


def witnesses(voices: Iterable[Voice], rules: Rules) -> Mapping[NamedNode, NamedNode]:
    """For each source the node that stands for all that it shares: an occasion, an origin, or the source itself."""
    parents: dict[NamedNode, NamedNode] = {}

    def root(node: NamedNode) -> NamedNode:
        while node in parents:
            node = parents[node]
        return node

    sources = {voice.source: voice.origins for voice in voices}
    for source in sorted(sources, key=lambda node: node.value):
        for origin in sources[source]:
            behind = root(rules.occasions.get(origin, origin))
            first, second = sorted((root(source), behind), key=lambda node: (node in sources, node.value))
            if first != second:
                parents[second] = first
    return {source: root(source) for source in sources}
