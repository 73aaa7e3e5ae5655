"""Commands that read the graph."""

from __future__ import annotations

import argparse
from typing import Any

from pactgraph.cli.arguments.options import TABLES, add_clocks, add_formats, add_reader, positive

_LISTS = ("pacts", "parties", "officials", "sources", "publishers", "events")


def add_query(commands: Any) -> None:
    command = add_reader(
        commands,
        "query",
        "ask SPARQL: a text, a file, - for stdin, or a named query",
        (
            "query 'SELECT ?pact { ?pact a pact:Agreement }'",
            "query signed --format csv",
            "query claims --param subject=pactid:ukraine-latvia",
            "query known --as-of 2024-05-01 --as-known 2024-07-15",
            "query --list",
        ),
    )
    command.add_argument("query", nargs="?", metavar="QUERY", help="SPARQL text, FILE.rq, - or a name")
    command.add_argument("--list", action="store_true", help="list the named queries, each with an example")
    command.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="bind a parameter: an IRI, prefix:name, text, or 2024-05-27^^xsd:date",
    )
    add_clocks(command)
    command.add_argument(
        "--timeout", type=float, default=30.0, metavar="SECONDS", help="stop it then (default: 30)"
    )
    command.add_argument(
        "--format",
        choices=("table", "csv", "tsv", "json", "xml", "ttl", "nt"),
        help="form of the output (default: table, or ttl for CONSTRUCT and DESCRIBE)",
    )
    command.add_argument(
        "--json", action="store_const", const="json", dest="format", help="same as --format json"
    )


def add_list(commands: Any) -> None:
    command = add_reader(
        commands,
        "list",
        "list what the graph holds",
        ("list pacts", "list sources --format csv", "list pacts --as-of 2024-05-01 --as-known 2024-05-01"),
    )
    command.add_argument(
        "kind", choices=_LISTS, nargs="?", default="pacts", help="what to list (default: pacts)"
    )
    command.add_argument("--limit", type=positive, metavar="N", help="only the first N rows")
    add_clocks(command)
    add_formats(command, TABLES)


def add_show(commands: Any) -> None:
    command = add_reader(
        commands,
        "show",
        "show what is known of a pact, party, official, source, event or claim, with who says so",
        ("show ukraine-latvia", "show ukraine-lat --claims", "show zelensky", "show gb --json"),
    )
    command.add_argument("name", help="a name, code, identifier or IRI, or the beginning of one")
    command.add_argument(
        "--claims", action="store_true", help="of a pact every claim, too, with its passage and link"
    )
    add_clocks(command)
    add_formats(command, ("text", "json"))


def add_why(commands: Any) -> None:
    command = add_reader(
        commands,
        "why",
        "show the evidence for a fact, and who says otherwise",
        (
            "why ukraine-latvia reachedStage signed",
            "why g7-joint-declaration adoptedOn",
            "why claim:0a1b",
            "why ukraine-latvia signedOn --as-known 2024-04-20",
        ),
    )
    command.add_argument("subject", help="what the fact is about, or a claim or proposition")
    command.add_argument(
        "predicate", nargs="?", help="a property, such as reachedStage (default: all that are claimed)"
    )
    command.add_argument("object", nargs="?", help="one value (default: all that are claimed)")
    add_clocks(command)
    add_formats(command, ("text", "json"))


def add_conflicts(commands: Any) -> None:
    command = add_reader(
        commands,
        "conflicts",
        "list where claims stand against each other, the gravest first, with who stands where",
        (
            "conflicts",
            "conflicts g7-joint-declaration",
            "conflicts --type value --type list --format json",
            "conflicts --all",
        ),
    )
    command.add_argument(
        "pact",
        nargs="?",
        metavar="PACT",
        help="a pact with its rounds and votes, or any other node (default: all)",
    )
    command.add_argument(
        "--type",
        action="append",
        default=[],
        metavar="TYPE",
        help="only this type, such as value or place; may be repeated",
    )
    command.add_argument(
        "--all",
        action="store_true",
        help="differences too that exclude nothing, such as a month beside its day",
    )
    add_clocks(command)
    add_formats(command, ("table", "json", "csv", "ttl"))


def add_timeline(commands: Any) -> None:
    command = add_reader(
        commands,
        "timeline",
        "draw the lives of pacts: talks, expectations, signings, and who says otherwise",
        (
            "timeline",
            "timeline -o lives.html",
            "timeline ukraine-latvia ukraine-estonia -o two.svg",
            "timeline --as-of 2024-05-01 --as-known 2024-05-01 -o then.png",
        ),
    )
    command.add_argument(
        "pacts",
        nargs="*",
        metavar="PACT",
        help="pacts, or a party or group for all of its pacts (default: all)",
    )
    add_clocks(command)
    _drawn(command)


def add_graph(commands: Any) -> None:
    command = add_reader(
        commands,
        "graph",
        "draw one pact: who signed, and who says what of it, by origin and source",
        ("graph ukraine-latvia", "graph ukraine-latvia -o latvia.html"),
    )
    command.add_argument("pact", metavar="PACT", help="a pact, by any of its names")
    add_clocks(command)
    _drawn(command)


def _drawn(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write to FILE.svg, FILE.html, FILE.png or FILE.txt (default: stdout)",
    )
    command.add_argument(
        "--format",
        choices=("svg", "html", "png", "text"),
        help="form of the output (default: that of FILE; else text on a terminal, and SVG)",
    )
