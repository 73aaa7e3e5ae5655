"""What the graph knows, as records to print or to use: tables, the page of one node, conflicts, the evidence for a fact."""

from pactgraph.pages.conflicts import ToldConflict, conflicts
from pactgraph.pages.evidence import Evidence, weigh, why
from pactgraph.pages.listing import KINDS, Listing, listing
from pactgraph.pages.names import Names
from pactgraph.pages.page import Page, page_of, show
from pactgraph.pages.told import Told, told
from pactgraph.resolution.clock import NOW, Clock, read_clock
from pactgraph.resolution.reading import read_witnesses
from pactgraph.resolution.witnesses import Witnesses

__all__ = [
    "KINDS",
    "NOW",
    "Clock",
    "Evidence",
    "Listing",
    "Names",
    "Page",
    "Told",
    "ToldConflict",
    "Witnesses",
    "conflicts",
    "listing",
    "page_of",
    "read_clock",
    "read_witnesses",
    "show",
    "told",
    "weigh",
    "why",
]
