"""Which sources are one witness: those that share an origin, or an occasion, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from pactgraph.resolution.rules import Rules
from pactgraph.resolution.voices import Voice

Origins = Mapping[NamedNode, Iterable[NamedNode]]
"""The origins of sources."""


class Witnesses:
    """Tells how many witnesses some sources are, by their origins and the occasions of these."""

    def __init__(self, origins: Origins, occasions: Mapping[NamedNode, NamedNode]) -> None:
        self._origins = origins
        self._occasions = occasions

    def behind(self, sources: Iterable[NamedNode]) -> Mapping[NamedNode, NamedNode]:
        """For each source the node that stands for all that it shares with the others: an occasion, an origin, or itself."""
        return _roots({source: self._origins.get(source, ()) for source in sources}, self._occasions)

    def count(self, sources: Iterable[NamedNode]) -> int:
        """How many independent witnesses there are among the sources."""
        return len(set(self.behind(sources).values()))


def witnesses(voices: Iterable[Voice], rules: Rules) -> Mapping[NamedNode, NamedNode]:
    """For each source of the claims the node that stands for all that it shares with the others."""
    return _roots({voice.source: voice.origins for voice in voices}, rules.occasions)


def _roots(sources: Origins, occasions: Mapping[NamedNode, NamedNode]) -> Mapping[NamedNode, NamedNode]:
    parents: dict[NamedNode, NamedNode] = {}

    def root(node: NamedNode) -> NamedNode:
        while node in parents:
            node = parents[node]
        return node

    for source in sorted(sources, key=lambda node: node.value):
        for origin in sources[source]:
            behind = root(occasions.get(origin, origin))
            first, second = sorted((root(source), behind), key=lambda node: (node in sources, node.value))
            if first != second:
                parents[second] = first
    return {source: root(source) for source in sources}
