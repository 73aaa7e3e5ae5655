"""Wikidata as it is asked: politely, once, and kept with the revision of what was answered."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pactgraph.wikidata.item import Item, Kind, Rank, Statement, Value, read_item
from pactgraph.wikidata.keeping import Cache, NotKept
from pactgraph.wikidata.mapping import Adds, Correspondence, LinkedKind, Said, read_mapping

if TYPE_CHECKING:
    from pactgraph.wikidata.client import API as API
    from pactgraph.wikidata.client import SPARQL as SPARQL
    from pactgraph.wikidata.client import Wikidata as Wikidata
    from pactgraph.wikidata.client import open_wikidata as open_wikidata

_ASKING = ("API", "SPARQL", "Wikidata", "open_wikidata")

__all__ = [
    "API",
    "SPARQL",
    "Adds",
    "Cache",
    "Correspondence",
    "Item",
    "Kind",
    "LinkedKind",
    "NotKept",
    "Rank",
    "Said",
    "Statement",
    "Value",
    "Wikidata",
    "open_wikidata",
    "read_item",
    "read_mapping",
]


def __getattr__(name: str) -> Any:
    """What asks comes when it is asked for: importing urllib3 opens a socket to see what the machine can do."""
    if name in _ASKING:
        return getattr(import_module(f"{__name__}.client"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
