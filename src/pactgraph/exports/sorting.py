"""Lines in order, however many: what does not fit into memory is sorted in pieces on disk, and merged."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, groupby
from sys import getsizeof
from tempfile import TemporaryFile
from typing import IO

PIECE = 32 << 20
"""Bytes of memory that are sorted there."""
_FILES = 200
"""Files that are merged at a time; a process may open a thousand or so."""
_BUFFER = 8 << 10
_SLOT = 8
"""Bytes of a list for each of its members."""


def in_order(lines: Iterable[bytes], piece: int = PIECE) -> Iterator[bytes]:
    """The lines by their bytes, each once. A line ends with a line feed and holds no other."""
    rest = iter(lines)
    first = _sorted(rest, piece)
    following = next(rest, None)
    if following is None:
        yield from _once(first)
        return
    with ExitStack() as files:
        runs = [_spilled(first, files)]
        first.clear()
        rest = chain((following,), rest)
        while held := _sorted(rest, piece):
            runs.append(_spilled(held, files))
            held.clear()
            if len(runs) == _FILES:
                runs = [_together(runs, files)]
        yield from _merged(runs)


def _sorted(lines: Iterator[bytes], most: int) -> list[bytes]:
    """The next lines, as many as take so much memory."""
    held, size = list[bytes](), 0
    while size < most and (line := next(lines, None)) is not None:
        held.append(line)
        size += getsizeof(line) + _SLOT
    held.sort()
    return held


def _spilled(lines: Iterable[bytes], files: ExitStack) -> IO[bytes]:
    """A file without a name that holds the lines in order, ready to be read."""
    file = files.enter_context(TemporaryFile(buffering=_BUFFER, prefix="pactgraph-"))  # noqa: SIM115 - the stack closes it
    file.writelines(_once(lines))
    file.seek(0)
    return file


def _together(runs: Iterable[IO[bytes]], files: ExitStack) -> IO[bytes]:
    """One file in place of several."""
    whole = _spilled(_merged(runs), files)
    for run in runs:
        run.close()
    return whole


def _merged(runs: Iterable[IO[bytes]]) -> Iterator[bytes]:
    return _once(heapq.merge(*runs))


def _once(ordered: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line, _ in groupby(ordered))
