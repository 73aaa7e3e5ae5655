"""Commands that look at Wikidata."""

from __future__ import annotations

import argparse
from typing import Any

from pactgraph.cli.arguments.options import TABLES, add_formats, add_reader, day


def add_wikidata(commands: Any) -> None:
    """A command of commands; there is one."""
    does = "hold the graph beside Wikidata"
    group = commands.add_parser(
        "wikidata",
        help=does,
        description=does[0].upper() + does[1:] + ".",
        epilog="Examples:\n  pactgraph wikidata diff\n  pactgraph wikidata diff --offline --format csv",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _diff(group.add_subparsers(dest="wikidata", metavar="WHAT", required=True))


def _diff(commands: Any) -> None:
    command = add_reader(
        commands,
        "diff",
        "say of each fact whether Wikidata has it: with a reference, without, not at all, or otherwise",
        (
            "wikidata diff",
            "wikidata diff ukraine-latvia --offline",
            "wikidata diff --refresh --format csv",
        ),
    )
    command.add_argument(
        "names",
        nargs="*",
        metavar="PACT",
        help="a pact or any other node (default: all that have a reviewed item)",
    )
    add_asking(command)
    add_formats(command, TABLES)


def add_link(commands: Any) -> None:
    command = add_reader(
        commands,
        "link",
        "propose which items of Wikidata are the same as ours, with reasons; a reviewer decides, and build reads that",
        (
            "link",
            "link officials publishers",
            "link ukraine-latvia --offline",
            "link --review",
            "link donald-tusk --withdraw Q17278182",
        ),
    )
    command.add_argument(
        "names",
        nargs="*",
        metavar="KIND|NAME",
        help="parties, officials, offices, bodies, publishers, pacts, events, places, or a node by its name "
        "(default: all that have no reviewed item)",
    )
    does = command.add_mutually_exclusive_group()
    does.add_argument(
        "--review", action="store_true", help="judge what is proposed: each with its reasons, in the terminal"
    )
    does.add_argument(
        "--withdraw", metavar="ITEM", help="take a reviewed match of NAME back; its row stays, with Not"
    )
    add_asking(command)
    add_formats(command, TABLES)


def add_quickstatements(command: argparse.ArgumentParser) -> None:
    """What `export` asks of Wikidata, and puts into references."""
    command.add_argument(
        "--to",
        choices=("quickstatements",),
        help="write rows for an editor of Wikidata instead: statements and references that it lacks",
    )
    command.add_argument(
        "--texts", metavar="DIR", help="with --to: folder of texts, to quote at most 25 words from"
    )
    command.add_argument(
        "--retrieved",
        type=day,
        metavar="DAY",
        help="with --to: when the sources were looked up (default: when their texts were fetched)",
    )
    add_asking(command, "with --to: ")


def add_asking(command: argparse.ArgumentParser, only: str = "") -> None:
    """How Wikidata is asked; `only` says with which option that counts."""
    command.add_argument(
        "--offline",
        action="store_true",
        help=f"{only}ask nothing: use only what Wikidata answered before",
    )
    command.add_argument(
        "--refresh", action="store_true", help=f"{only}ask anew for what was answered before"
    )
    command.add_argument("--endpoint", metavar="URL", help=f"{only}another api.php than that of Wikidata")
    command.add_argument(
        "--sparql",
        metavar="URL",
        help=f"{only}another query service (default: Wikidata's, or none with --endpoint)",
    )
    command.add_argument(
        "--allow-loopback", action="store_true", help=f"{only}the addresses may be on this machine"
    )
