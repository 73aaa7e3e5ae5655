"""The same store for users of rdflib."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rdflib

    from pactgraph.store.local import LocalStore


def as_rdflib(store: LocalStore) -> rdflib.Graph:
    """An rdflib graph over the union of the store's graphs; nothing is copied.

    Imports rdflib and oxrdflib (about 0.4 s). Queries through it are evaluated in this process, unguarded:
    ask only questions you wrote yourself.
    """
    import rdflib
    from oxrdflib import OxigraphStore

    return rdflib.Dataset(store=OxigraphStore(store=store.engine), default_union=True)
