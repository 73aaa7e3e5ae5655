"""Sources as they are met: fetched from an address or read from a file, and kept in a folder of texts."""

from pactgraph.source.fetching import Fetcher, fetch
from pactgraph.source.keeping import Drift, card, drift, keep, kept, name_of, source_name
from pactgraph.source.limits import Limits
from pactgraph.source.page import Fetched, Page, read_page
from pactgraph.source.published import DateBasis

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
