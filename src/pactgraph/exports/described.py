"""What the ontology and the authority data say of nodes: read node by node, since there may be many, and some names kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions, Triple

from pactgraph.claim import Term
from pactgraph.exports.selection import is_source
from pactgraph.exports.syntaxes import Node, by_subject
from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import Properties, group
from pactgraph.store import Store
from pactgraph.vocabulary import AUDITS, FACTS, INDEX, LINKS, PROPOSITIONS, shorten

_LAYERS: Final = (AUDITS, FACTS, INDEX, LINKS, PROPOSITIONS)
_DESCRIBED: Final = "SELECT ?graph ?property ?value { GRAPH ?graph { ?node ?property ?value } }"
_REMEMBERED: Final = 50_000
"""Names that are kept."""


class Described:
    """The nodes that the ontology and the authority data of a store describe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: dict[NamedNode, str | None] = {}

    def nodes(self) -> Iterator[Node]:
        """All of them, in the order of `by_subject`."""
        graphs = filter(_describes, self._store.graphs())
        return by_subject(triple for name in graphs for triple in self._store.triples(name))

    def name(self, term: Term | None) -> str | None:
        """What one of them is called; None for anything else."""
        if not isinstance(term, NamedNode):
            return None
        if term not in self._names:
            if len(self._names) == _REMEMBERED:
                self._names.clear()
            said = self.said(term, everywhere=False)
            self._names[term] = Labels({term: said}).label(term) if said else None
        return self._names[term]

    def label(self, term: Term) -> str:
        """What a node is called, or what is nearest to a name; of a literal its text."""
        return self.name(term) or (shorten(term.value) if isinstance(term, NamedNode) else term.value)

    def said(self, node: NamedNode, *, everywhere: bool = True) -> Properties:
        """What is said of a node, in any graph or in those that describe."""
        rows = self._store.query(_DESCRIBED, {"node": node})
        assert isinstance(rows, QuerySolutions)
        told = (row for row in rows if everywhere or _describes(row["graph"]))
        return group(Triple(node, row["property"], row["value"]) for row in told).get(node, {})


def _describes(graph: NamedNode) -> bool:
    """Whether a graph is the ontology, or a file of authority data."""
    return not is_source(graph) and graph not in _LAYERS
