"""A knowledge graph of international pacts in which every claim is tied to its passage.

The library offers what the commands do, under the same names:

    import pactgraph

    project = pactgraph.find_project("path/to/graph")
    pactgraph.build(project)
    store = pactgraph.open_store(project.store)
    page = pactgraph.show(store, "ukraine-latvia")

Names load when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pactgraph.version import VERSION as __version__

if TYPE_CHECKING:
    from pactgraph.adding import add as add
    from pactgraph.adding import take as take
    from pactgraph.audit import audit_counts as audit_counts
    from pactgraph.audit import audit_coverage as audit_coverage
    from pactgraph.audit import audit_notes as audit_notes
    from pactgraph.audit import audit_promises as audit_promises
    from pactgraph.audit import verify as verify
    from pactgraph.building import build as build
    from pactgraph.comparison import compare as compare
    from pactgraph.curation import format_file as format_file
    from pactgraph.curation import init as init
    from pactgraph.curation import validate as validate
    from pactgraph.drafting import extract as extract
    from pactgraph.evaluation import evaluate as evaluate
    from pactgraph.exports import export as export
    from pactgraph.exports import export_folder as export_folder
    from pactgraph.linking import propose as propose
    from pactgraph.pages import Clock as Clock
    from pactgraph.pages import conflicts as conflicts
    from pactgraph.pages import listing as listing
    from pactgraph.pages import show as show
    from pactgraph.pages import why as why
    from pactgraph.pictures import draw_graph as draw_graph
    from pactgraph.pictures import draw_timeline as draw_timeline
    from pactgraph.project import Project as Project
    from pactgraph.project import find_project as find_project
    from pactgraph.source import fetch as fetch
    from pactgraph.source import keep as keep
    from pactgraph.source import read_page as read_page
    from pactgraph.sparql import query as query
    from pactgraph.store import as_rdflib as as_rdflib
    from pactgraph.store import open_store as open_store
    from pactgraph.wikidata import open_wikidata as open_wikidata
    from pactgraph.wikidata import read_mapping as read_mapping

_HOMES = {
    "Clock": "pages",
    "Project": "project",
    "add": "adding",
    "as_rdflib": "store",
    "audit_counts": "audit",
    "audit_coverage": "audit",
    "audit_notes": "audit",
    "audit_promises": "audit",
    "build": "building",
    "compare": "comparison",
    "conflicts": "pages",
    "draw_graph": "pictures",
    "draw_timeline": "pictures",
    "evaluate": "evaluation",
    "export": "exports",
    "export_folder": "exports",
    "extract": "drafting",
    "fetch": "source",
    "find_project": "project",
    "format_file": "curation",
    "init": "curation",
    "keep": "source",
    "listing": "pages",
    "open_store": "store",
    "open_wikidata": "wikidata",
    "propose": "linking",
    "query": "sparql",
    "read_mapping": "wikidata",
    "read_page": "source",
    "show": "pages",
    "take": "adding",
    "validate": "curation",
    "verify": "audit",
    "why": "pages",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
