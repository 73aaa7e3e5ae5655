"""The commands, their options and their help."""

from __future__ import annotations

import argparse

from pactgraph.cli.arguments.articles import add_add, add_evaluate, add_extract, add_fetch
from pactgraph.cli.arguments.auditing import add_audit
from pactgraph.cli.arguments.exporting import add_export, add_import
from pactgraph.cli.arguments.making import (
    add_build,
    add_completion,
    add_format,
    add_init,
    add_validate,
    add_verify,
)
from pactgraph.cli.arguments.reading import (
    add_conflicts,
    add_graph,
    add_list,
    add_query,
    add_show,
    add_timeline,
    add_why,
)
from pactgraph.cli.arguments.wikidata import add_link, add_wikidata
from pactgraph.version import VERSION


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; `command` of what it returns names a function of `commands`."""
    top = argparse.ArgumentParser(
        prog="pactgraph",
        description="Pacts, who signed them, who says so, and where exactly they say it.",
        epilog="Exit codes: 0 fine, 1 findings, 2 usage, 3 bad input, 4 internal error.\n"
        "Start with: pactgraph build; pactgraph list pacts; pactgraph show PACT",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"pactgraph {VERSION}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (
        add_build,
        add_validate,
        add_query,
        add_list,
        add_show,
        add_why,
        add_conflicts,
        add_timeline,
        add_graph,
        add_verify,
        add_fetch,
        add_extract,
        add_add,
        add_evaluate,
        add_audit,
        add_link,
        add_wikidata,
        add_export,
        add_import,
        add_format,
        add_init,
        add_completion,
    ):
        add(commands)
    return top
