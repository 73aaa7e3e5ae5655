"""Lines in order, however many: what does not fit into memory is sorted in pieces on disk, and merged."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, groupby, islice
from tempfile import TemporaryFile
from typing import IO

PIECE = 100_000
"""Lines that are sorted in memory."""
_FILES = 200
"""Files that are merged at a time; a process may open a thousand or so."""


def in_order(lines: Iterable[bytes], piece: int = PIECE) -> Iterator[bytes]:
    """The lines by their bytes, each once. A line ends with a line feed and holds no other."""
    rest = iter(lines)
    first = sorted(set(islice(rest, piece)))
    following = next(rest, None)
    if following is None:
        yield from first
        return
    with ExitStack() as files:
        runs = [_spilled(first, files)]
        first.clear()
        rest = chain((following,), rest)
        while held := sorted(set(islice(rest, piece))):
            runs.append(_spilled(held, files))
            held.clear()
            if len(runs) == _FILES:
                runs = [_together(runs, files)]
        yield from _merged(runs)


def _spilled(lines: Iterable[bytes], files: ExitStack) -> IO[bytes]:
    """A file without a name that holds the lines, ready to be read."""
    file = files.enter_context(TemporaryFile(prefix="pactgraph-"))  # noqa: SIM115 - the stack closes it
    file.writelines(lines)
    file.seek(0)
    return file


def _together(runs: Iterable[IO[bytes]], files: ExitStack) -> IO[bytes]:
    """One file in place of several."""
    whole = _spilled(_merged(runs), files)
    for run in runs:
        run.close()
    return whole


def _merged(runs: Iterable[IO[bytes]]) -> Iterator[bytes]:
    return (line for line, _ in groupby(heapq.merge(*runs)))
