"""Folders that come whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pactgraph.errors import UsageError


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder to write into, which takes the place of a new or empty one when the block ends without an error.

    Raises UsageError where the folder holds anything, or another export writes it.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(f"{folder} is there already, and not empty; choose a new folder")
    fresh = folder.resolve().with_name(f"{folder.resolve().name}.new")
    if fresh.exists():
        raise UsageError(f"{fresh} is there: another export writes it, or was broken off; then remove it")
    fresh.mkdir(parents=True)
    try:
        yield fresh
        fresh.replace(folder.resolve())
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
