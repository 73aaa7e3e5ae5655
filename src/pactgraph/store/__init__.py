"""Where the graph is kept: Oxigraph on disk, in memory, or any SPARQL 1.1 server.

The store is an index: the data files are the database, and `build` makes the store again from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias, TypeGuard

from pactgraph.store.binding import Bindable, bind
from pactgraph.store.generations import (
    Entry,
    Generation,
    Manifest,
    each_entry,
    open_current,
    read_manifest,
    write_generation,
)
from pactgraph.store.interface import Answer, Store
from pactgraph.store.local import MEMORY_NAME, LocalStore
from pactgraph.store.rdflib_view import as_rdflib

__all__ = [
    "Answer",
    "Bindable",
    "Entry",
    "Generation",
    "LocalStore",
    "Location",
    "Manifest",
    "Store",
    "as_rdflib",
    "bind",
    "each_entry",
    "is_folder",
    "is_remote",
    "open_current",
    "open_store",
    "read_manifest",
    "write_generation",
    "writing",
]

Location: TypeAlias = str | Path | Store
"""A folder, `:memory:`, the address of a SPARQL 1.1 server, or a store that is open already."""


def is_remote(location: Location) -> bool:
    """Whether the location is the address of a server."""
    return isinstance(location, str) and location.startswith(("http://", "https://", "query="))


def is_folder(location: Location) -> TypeGuard[str | Path]:
    """Whether the location is a folder, there or to be made."""
    return isinstance(location, str | Path) and not is_remote(location) and location != MEMORY_NAME


def open_store(location: Location) -> Store:
    """The store at a location, for reading; a folder's current generation is opened read-only.

    Raises `StoreError` when there is none, or none that this version can read.
    """
    if isinstance(location, str) and is_remote(location):
        from pactgraph.store.remote import RemoteStore  # requests takes 100 ms to import

        return RemoteStore(location)
    if location == MEMORY_NAME:
        return LocalStore.in_memory()
    return open_current(Path(location)) if isinstance(location, str | Path) else location


@contextmanager
def writing(location: Location, *, keep: bool = False) -> Iterator[Generation]:
    """A store to write at a location: for a folder a new generation, all or nothing; see `write_generation`.

    A server is written as it stands: each graph is replaced whole, and there is no manifest.
    """
    if is_folder(location):
        with write_generation(Path(location), keep=keep) as generation:
            yield generation
    else:
        yield Generation(open_store(location), before={})
