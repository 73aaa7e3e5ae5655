"""The graph as others read it: the syntaxes of RDF, nanopublications, tables, crates. The same store gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from pactgraph.errors import UsageError
from pactgraph.exports.jsonld import jsonld
from pactgraph.exports.selection import PARTS, Named, select
from pactgraph.exports.syntaxes import nquads, ntriples, trig, turtle, turtle12
from pactgraph.store import Store

__all__ = ["PARTS", "SYNTAXES", "export", "pieces"]

_WRITERS: Final[Mapping[str, Callable[[Iterable[Named]], Iterator[bytes]]]] = {
    "ttl": turtle,
    "trig": trig,
    "nt": ntriples,
    "nq": nquads,
    "jsonld": jsonld,
    "rdf12": turtle12,
}
SYNTAXES: Final = tuple(_WRITERS)
"""Turtle, TriG, N-Triples, N-Quads, JSON-LD, Turtle of RDF 1.2."""


def export(store: Store, *, graph: str = "all", syntax: str = "ttl") -> bytes:
    """One of `PARTS` in one of `SYNTAXES`; TriG and N-Quads keep the named graphs. Raises UsageError for others."""
    return b"".join(pieces(store, graph=graph, syntax=syntax))


def pieces(store: Store, *, graph: str = "all", syntax: str = "ttl") -> Iterator[bytes]:
    """What `export` gives, piece by piece: memory does not grow with the graph. Raises UsageError as it does."""
    if graph not in PARTS or syntax not in SYNTAXES:
        raise UsageError(f"export knows the graphs {', '.join(PARTS)} and the syntaxes {', '.join(SYNTAXES)}")
    return _WRITERS[syntax](select(store, graph))
