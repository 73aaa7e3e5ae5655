"""Which sources are one witness: those that share an origin, directly or through others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, QuerySolutions

from pactgraph.store import Store

_ORIGINS = "PREFIX pact: <https://w3id.org/pactgraph/ontology#> SELECT ?source ?origin { ?source pact:origin ?origin }"


class Witnesses:
    """The witness behind each source: an origin, or the source itself where it shares none."""

    def __init__(self, store: Store) -> None:
        rows = store.query(_ORIGINS)
        assert isinstance(rows, QuerySolutions)
        self._roots = _roots((row["source"], row["origin"]) for row in rows)

    def of(self, source: NamedNode) -> NamedNode:
        """The origin that stands for all that the source shares with others."""
        return self._roots.get(source, source)

    def count(self, sources: Iterable[NamedNode]) -> int:
        """How many independent witnesses there are among the sources."""
        return len({self.of(source) for source in sources})


def _roots(pairs: Iterable[tuple[NamedNode, NamedNode]]) -> Mapping[NamedNode, NamedNode]:
    known = sorted(pairs, key=lambda pair: (pair[0].value, pair[1].value))
    shared = Counter(origin for _, origin in known)
    parents: dict[NamedNode, NamedNode] = {}

    def root(node: NamedNode) -> NamedNode:
        while node in parents:
            node = parents[node]
        return node

    def standing(node: NamedNode) -> tuple[int, str]:
        """The origin that most sources share stands for the others, and any origin for a source."""
        return -shared[node], node.value

    for source, origin in known:
        first, second = sorted((root(source), root(origin)), key=standing)
        if first != second:
            parents[second] = first
    return {source: root(source) for source, _ in known}
