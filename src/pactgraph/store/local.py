"""Oxigraph in this process, in memory or on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from pactgraph.claim import Term
from pactgraph.errors import BadInput
from pactgraph.store.binding import Bindable, bind
from pactgraph.store.interface import Answer
from pactgraph.store.trouble import query_error, syntax_fault, told
from pactgraph.vocabulary import PREFIXES

MEMORY_NAME = ":memory:"
"""Where a store in memory says it is."""


class LocalStore:
    """An Oxigraph store; literals come out canonical ("0.50" as "0.5"), so exact text is kept in strings."""

    def __init__(self, engine: pyoxigraph.Store, where: str = MEMORY_NAME) -> None:
        self.where = where
        self._engine: pyoxigraph.Store | None = engine

    @classmethod
    def in_memory(cls) -> LocalStore:
        return cls(pyoxigraph.Store())

    @classmethod
    def read_only(cls, folder: Path, where: str) -> LocalStore:
        with told(where):
            return cls(pyoxigraph.Store.read_only(str(folder)), where)

    @classmethod
    def writable(cls, folder: Path, where: str) -> LocalStore:
        with told(where):
            return cls(pyoxigraph.Store(str(folder)), where)

    @property
    def engine(self) -> pyoxigraph.Store:
        """The Oxigraph store itself; raises `ValueError` after `close`."""
        if self._engine is None:
            raise ValueError(f"the store {self.where} is closed")
        return self._engine

    def close(self) -> None:
        """Lets Oxigraph write what it holds and give its files back."""
        self._engine = None

    def graphs(self) -> Set[NamedNode]:
        return _Graphs(self)

    def triples(self, graph: NamedNode | None = None) -> Iterator[Triple]:
        with told(self.where):
            for quad in self.engine.quads_for_pattern(None, None, None, graph):
                yield quad.triple

    def query(self, text: str, substitutions: Mapping[str, Bindable] | None = None) -> Answer:
        bound = bind(text, substitutions or {})
        try:
            return self.engine.query(bound, use_default_graph_as_union=True, prefixes=PREFIXES)
        except SyntaxError as error:
            raise syntax_fault(error, bound) from None
        except (OSError, RuntimeError) as error:
            raise query_error(error, self.where) from error

    def replace(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Reads all of `triples` before anything is removed, so a fault in them changes nothing."""
        quads = [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
        self.remove(graph)
        with told(self.where):
            self.engine.extend(quads)

    def remove(self, graph: NamedNode) -> None:
        with told(self.where):
            self.engine.remove_graph(graph)

    def load(self, quads: Iterable[Quad]) -> None:
        with told(self.where):
            self.engine.bulk_extend(quads)

    def load_trig(self, stream: IO[bytes]) -> None:
        """Adds all graphs of a TriG stream at once: the fastest way into an empty store.

        Raises `SyntaxFault` where the stream does not parse; what an earlier part held is then not added.
        """
        try:
            with told(self.where):
                self.engine.bulk_load(stream, pyoxigraph.RdfFormat.TRIG)
        except SyntaxError as error:
            raise BadInput(f"a file of data does not stand in a graph: {error.args[0]}") from None

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads that have all the given parts."""
        with told(self.where):
            yield from self.engine.quads_for_pattern(subject, predicate, value, graph)

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds a few quads, all or none."""
        with told(self.where):
            self.engine.extend(quads)

    def discard(self, quads: Iterable[Quad]) -> None:
        """Removes quads; one that is not there is passed over."""
        with told(self.where):
            for quad in list(quads):
                self.engine.remove(quad)

    def save(self) -> None:
        """Returns when everything written so far is in the store's files."""
        with told(self.where):
            self.engine.flush()

    def __len__(self) -> int:
        with told(self.where):
            return len(self.engine)


class _Graphs(Set[NamedNode]):
    """The names of a store's graphs, which may be too many to hold."""

    def __init__(self, store: LocalStore) -> None:
        self._store = store

    def __iter__(self) -> Iterator[NamedNode]:
        with told(self._store.where):
            for graph in self._store.engine.named_graphs():
                if isinstance(graph, NamedNode):
                    yield graph

    def __contains__(self, name: object) -> bool:
        with told(self._store.where):
            return isinstance(name, NamedNode) and self._store.engine.contains_named_graph(name)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @classmethod
    def _from_iterable(cls, names: Iterable[NamedNode]) -> Set[NamedNode]:  # type: ignore[override]
        """What set operations give."""
        return set(names)
