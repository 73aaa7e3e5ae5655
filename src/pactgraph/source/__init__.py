"""Sources as they are met: fetched from an address or read from a file, and kept in a folder of texts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pactgraph.source.keeping import Drift, card, drift, keep, kept, name_of, source_name
from pactgraph.source.limits import Limits
from pactgraph.source.page import Fetched, Page, read_page
from pactgraph.source.published import DateBasis

if TYPE_CHECKING:
    from pactgraph.source.fetching import Fetcher as Fetcher
    from pactgraph.source.fetching import fetch as fetch

__all__ = [
    "DateBasis",
    "Drift",
    "Fetched",
    "Fetcher",
    "Limits",
    "Page",
    "card",
    "drift",
    "fetch",
    "keep",
    "kept",
    "name_of",
    "read_page",
    "source_name",
]


def __getattr__(name: str) -> Any:
    """What fetches comes when it is asked for: importing urllib3 opens a socket to see what the machine can do."""
    if name in ("Fetcher", "fetch"):
        return getattr(import_module(f"{__name__}.fetching"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
