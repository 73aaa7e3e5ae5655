"""What commands are given: files that are there, and where a store is."""

from __future__ import annotations

from pathlib import Path

from pactgraph.errors import UsageError

MEMORY = ":memory:"
"""The store that is made for one run."""


def files(given: list[str]) -> list[Path]:
    """The files of those names; raises UsageError for one that is none."""
    found = [Path(name) for name in given]
    for file in found:
        if not file.is_file():
            raise UsageError(f"{file} is not a file")
    return found
