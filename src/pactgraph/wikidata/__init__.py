"""Wikidata as it is asked: politely, once, and kept with the revision of what was answered."""

from pactgraph.wikidata.client import API, SPARQL, Wikidata, open_wikidata
from pactgraph.wikidata.item import Item, Kind, Rank, Statement, Value, read_item
from pactgraph.wikidata.keeping import Cache, NotKept
from pactgraph.wikidata.mapping import Adds, Correspondence, LinkedKind, Said, read_mapping

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
