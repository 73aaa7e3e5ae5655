"""Where a command finds what it reads: the store, the files, the day that is asked about."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.cli import paper
from pactgraph.errors import UsageError
from pactgraph.project import Project

if TYPE_CHECKING:
    from pactgraph.resolution.clock import Clock
    from pactgraph.store import Location, Store

MEMORY = ":memory:"


def asked_clock(given: Namespace) -> Clock:
    from pactgraph.resolution.clock import read_clock

    return read_clock(given.as_of, given.as_known)


@contextmanager
def opened(given: Namespace, project: Project) -> Iterator[Store]:
    from pactgraph.store import open_store

    with located(given, project) as location:
        yield open_store(location)


@contextmanager
def located(given: Namespace, project: Project) -> Iterator[Location]:
    """Where the store is; `:memory:` is built for this one run."""
    if given.store == MEMORY:
        from pactgraph.building import build as make
        from pactgraph.store import LocalStore

        store = LocalStore.in_memory()
        with telling_refusals():
            make(project, store)
        yield store
    else:
        location = given.store or project.store
        yield location
        _tell_changes(project, location)


def _tell_changes(project: Project, location: Location) -> None:
    """Says that an answer is from before the data changed."""
    from pactgraph.building.plan import behind

    if changed := behind(project, location):
        paper.say(f"{paper.some(changed, 'file')} changed since the store was built; see: pactgraph build")


@contextmanager
def telling_refusals() -> Iterator[None]:
    """Says what is wrong with data that is not built."""
    from pactgraph.building import Refused

    try:
        yield
    except Refused as refused:
        paper.print_report(refused.report, "table", sys.stderr, silent=("Info",))
        raise


def existing(given: list[str]) -> list[Path]:
    files = [Path(name) for name in given]
    for file in files:
        if not file.is_file():
            raise UsageError(f"{file} is not a file")
    return files
