"""Search without a server: an index that a script of a few lines reads, and a page for it."""

from __future__ import annotations

import json

from pyoxigraph import NamedNode

from pactgraph.pages.names import fold
from pactgraph.site.addresses import document_of
from pactgraph.site.frame import Sheet
from pactgraph.site.known import Known
from pactgraph.site.lists import named_nodes
from pactgraph.site.markup import element, join
from pactgraph.site.pen import Pen, Section
from pactgraph.vocabulary import PACT, SKOS

INDEX = "search-index.js"
"""A script and no plain JSON, since a page that was opened as a file may load nothing else."""


def search_index(known: Known) -> bytes:
    """For each named node its document, name, kind, and its names as people type them."""
    rows = [
        [document_of(node.value), known.name(node), node.value.split("/")[-2], _typed(known, node)]
        for node in named_nodes(known)
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f"const names = [\n{lines}\n];\n".replace("\u2028", " ").replace("\u2029", " ").encode()


def _typed(known: Known, node: NamedNode) -> str:
    others = known.of(node, SKOS.altLabel, SKOS.hiddenLabel, PACT.demonym, PACT.metonym, PACT.code)
    names = (known.name(node), *(other.value for other in others))
    return " | ".join(dict.fromkeys(map(fold, names)))


def search_sheet(known: Known) -> Sheet:
    """The page to search on; without a script it leads to the names from A to Z."""
    pen = Pen(known, "search")
    field = element("input", id="query", type="search", autocomplete="off", spellcheck="false")
    form = element(
        "div", element("label", "A name, or parts of names", for_="query"), field, id="form", hidden=True
    )
    found = element("ol", id="found")
    told = element("p", id="told", role="status")
    names = element("a", "All names from A to Z", href=pen.to("names.html"))
    body = join((form, "\n", told, "\n", found, "\n", element("p", names, ".")))
    lead = element("p", "Pacts, parties, officials, sources, places and whatever else has a name.")
    return Sheet(
        "search",
        "Search",
        "",
        lead,
        [Section("Find", body, "find")],
        data=False,
        scripts=(INDEX, "search.js"),
    )
