"""Files of Turtle as one stream of TriG, a named graph for each: what a store's bulk loader reads fastest.

A file in the fixed form has all its directives at the top, so its body can stand in a graph block as it is. Any other
file is written anew from its triples.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from pactgraph.graph.nodes import group
from pactgraph.graph.turtle import write_trig

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_HEADER = re.compile(rb"(?:@(?:base|prefix) [^\n<]*<[^\n>]*> \.\n)*")
_DIRECTIVE = re.compile(rb"\b(?:base|prefix|version)\b\s*(?:[#<\"']|[^\s<]*:)", re.IGNORECASE)


def graph_block(graph: NamedNode, turtle: bytes, triples: Sequence[Triple]) -> bytes:
    """The TriG of one file; `triples` are what its Turtle says."""
    header = _HEADER.match(turtle)
    body = turtle[header.end() if header else 0 :]
    if _DIRECTIVE.search(body):
        return write_trig({graph: group(triples)}).encode()
    return b"%b<%b> {\n%b\n}\n" % (turtle[: len(turtle) - len(body)], graph.value.encode(), body)


def derived_block(graph: NamedNode, triples: Iterable[Triple]) -> bytes:
    """The TriG of a graph that no file holds."""
    lines = "".join(f"{triple} .\n" for triple in triples)
    return f"<{graph.value}> {{\n{lines}}}\n".encode()


class Stream(io.RawIOBase):
    """Pieces of bytes as a file to read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fills the buffer from the current piece; 0 at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        view = memoryview(buffer)
        size = min(len(view), len(self._rest))
        view[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
