"""What the graph knows, as records to print or to use: tables, the page of one node, the evidence for a fact."""

from pactgraph.pages.evidence import Evidence, weigh, why
from pactgraph.pages.listing import KINDS, Listing, listing
from pactgraph.pages.names import Names
from pactgraph.pages.page import Page, show
from pactgraph.pages.told import Told, told
from pactgraph.pages.witnesses import Witnesses

__all__ = [
    "KINDS",
    "Evidence",
    "Listing",
    "Names",
    "Page",
    "Told",
    "Witnesses",
    "listing",
    "show",
    "told",
    "weigh",
    "why",
]
