"""Puts a site in place: all of its files or none, and never over a folder that holds anything else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pactgraph.errors import UsageError

_MARKS: Final = ("index.html", "void.ttl", "dumps")
"""What tells a site from any other folder."""


Content = bytes | Iterator[bytes]
"""What a file holds, whole or piece by piece."""


def write_site(out: Path, files: Iterable[tuple[str, Content]]) -> int:
    """Writes the files beside `out`, one after the other, then puts them in its place; returns how many.

    Raises UsageError where `out` is a file, or a folder that holds something but no site.
    """
    target = out.resolve()
    _may_be_replaced(target, out)
    fresh, old = (target.with_name(f".{target.name}.{end}") for end in ("new", "old"))
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    try:
        written = _write_all(fresh, files)
        _exchange(fresh, target, old)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    return written


def _exchange(fresh: Path, target: Path, old: Path) -> None:
    """Puts the new folder in the place of the old one, which comes back where that fails."""
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise


def _may_be_replaced(target: Path, out: Path) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError(f"{out} is a file: name a folder for the site")
    if target.is_dir() and any(target.iterdir()) and not all((target / mark).exists() for mark in _MARKS):
        raise UsageError(f"{out} holds something that is no site: name a new or empty folder")


def _write_all(folder: Path, files: Iterable[tuple[str, Content]]) -> int:
    made, written = set[str](), 0
    for path, content in files:
        file = os.path.join(folder, path)
        parent = os.path.dirname(file)
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        with open(file, "wb") as opened:
            opened.writelines((content,) if isinstance(content, bytes) else content)
        written += 1
    return written
