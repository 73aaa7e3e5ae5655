"""One function for each command: it calls one function of the library, prints, and returns the exit code."""

from __future__ import annotations

from argparse import Namespace

from pactgraph.cli.commands.articles import add, evaluate, extract, fetch
from pactgraph.cli.commands.auditing import audit
from pactgraph.cli.commands.exporting import export, import_
from pactgraph.cli.commands.linking import link
from pactgraph.cli.commands.making import build, completion, format_, init, validate, verify
from pactgraph.cli.commands.querying import query
from pactgraph.cli.commands.reading import conflicts, graph, list_, show, timeline, why
from pactgraph.cli.commands.wikidata import wikidata

_COMMANDS = {
    "add": add,
    "audit": audit,
    "build": build,
    "completion": completion,
    "conflicts": conflicts,
    "evaluate": evaluate,
    "export": export,
    "extract": extract,
    "fetch": fetch,
    "format": format_,
    "graph": graph,
    "import": import_,
    "init": init,
    "link": link,
    "list": list_,
    "query": query,
    "show": show,
    "timeline": timeline,
    "validate": validate,
    "verify": verify,
    "why": why,
    "wikidata": wikidata,
}


def run(given: Namespace) -> int:
    """Runs the command that was given and returns its exit code."""
    return _COMMANDS[given.command](given)
