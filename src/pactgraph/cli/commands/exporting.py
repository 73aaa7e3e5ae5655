"""Commands that hand the graph on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.cli import paper
from pactgraph.cli.commands.opening import opened
from pactgraph.errors import FINE
from pactgraph.project import find_project

if TYPE_CHECKING:
    from pactgraph.store import Store


def export(given: Namespace) -> int:
    from pactgraph.exports import pieces

    with opened(given, find_project(given.project)) as store:
        written = pieces(_narrowed(given, store), graph=given.graph, syntax=given.format)
        if given.output:
            _save(written, Path(given.output))
        else:
            paper.write_all(written)
    return FINE


def _narrowed(given: Namespace, store: Store) -> Store:
    """The whole graph, or the part of it that is asked for."""
    from pactgraph.exports.narrowing import as_known, of_pact
    from pactgraph.pages import Names

    pact = Names(store).find(given.pact) if given.pact else None
    known = as_known(store, given.as_known) if given.as_known else store
    return of_pact(known, pact) if pact else known


def _save(pieces: Iterable[bytes], file: Path) -> None:
    """The old file or the whole new one, never half of it; what is no plain file (a pipe, a device) is written to."""
    if file.exists() and not file.is_file():
        with file.open("wb") as stream:
            stream.writelines(pieces)
        return
    target = file.resolve()
    fresh = target.with_name(f"{target.name}.new")
    try:
        with fresh.open("wb") as stream:
            stream.writelines(pieces)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
