"""Lines in order, however many: what does not fit into memory is sorted in pieces on disk, and merged."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby, islice
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
    second = sorted(set(islice(rest, piece)))
    if not second:
        yield from first
        return
    with ExitStack() as files:
        runs = [files.enter_context(_spilled(each)) for each in (first, second)]
        del first, second
        while held := sorted(set(islice(rest, piece))):
            runs.append(files.enter_context(_spilled(held)))
            if len(runs) == _FILES:
                runs = [files.enter_context(_spilled(_merged(runs)))]
        yield from _merged(runs)


@contextmanager
def _spilled(lines: Iterable[bytes]) -> Iterator[IO[bytes]]:
    """A file without a name that holds the lines, ready to be read."""
    with TemporaryFile(prefix="pactgraph-") as file:
        file.writelines(lines)
        file.seek(0)
        yield file


def _merged(runs: Iterable[IO[bytes]]) -> Iterator[bytes]:
    return (line for line, _ in groupby(heapq.merge(*runs)))
