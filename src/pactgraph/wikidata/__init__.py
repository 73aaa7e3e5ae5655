"""Wikidata as it is asked: politely, once, and kept with the revision of what was answered."""

from pactgraph.wikidata.client import API, SPARQL, Wikidata, open_wikidata
from pactgraph.wikidata.item import Item, Kind, Rank, Statement, Value, read_item
from pactgraph.wikidata.keeping import Cache, NotKept

__all__ = [
    "API",
    "SPARQL",
    "Cache",
    "Item",
    "Kind",
    "NotKept",
    "Rank",
    "Statement",
    "Value",
    "Wikidata",
    "open_wikidata",
    "read_item",
]
