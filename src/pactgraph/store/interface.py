"""What every store can do, wherever it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Protocol, TypeAlias

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, Triple

from pactgraph.store.binding import Bindable

Answer: TypeAlias = QuerySolutions | QueryBoolean | Iterator[Triple]
"""Rows of SELECT, the truth of ASK, or the triples of CONSTRUCT and DESCRIBE."""


class Store(Protocol):
    """Named graphs of triples, asked as their union.

    Every method raises `StoreError` when the store cannot be read or written.
    """

    @property
    def where(self) -> str:
        """Folder or address, for messages."""

    def graphs(self) -> Set[NamedNode]:
        """The named graphs that hold at least one triple; of a local store read anew at each use, never held."""

    def triples(self, graph: NamedNode | None = None) -> Iterator[Triple]:
        """The triples of one graph, or of all: then a triple that two graphs hold comes twice."""

    def query(self, text: str, substitutions: Mapping[str, Bindable] | None = None) -> Answer:
        """Evaluates a SPARQL 1.1 query; the default graph is the union of all graphs.

        The prefixes of `pactgraph.vocabulary` need no declaration.
        `substitutions` maps variable names (without `?`) to terms: see `pactgraph.store.binding`.
        Raises `SyntaxFault` with line and column.
        """

    def replace(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Makes `triples` the whole content of `graph`."""

    def remove(self, graph: NamedNode) -> None:
        """Removes a graph; nothing happens when there is none."""

    def load(self, quads: Iterable[Quad]) -> None:
        """Adds many quads at once: the fast way into an empty store."""

    def __len__(self) -> int:
        """The number of quads."""
