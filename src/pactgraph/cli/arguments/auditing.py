"""Commands that hold the graph against what it was made from, and against itself."""

from __future__ import annotations

import argparse
from typing import Any

from pactgraph.cli.arguments.options import TABLES, add_command, add_formats, add_known, add_reader, day


def add_audit(commands: Any) -> None:
    """A command of commands, one for each thing that can be audited."""
    does = "hold what the graph says against what it was made from, and against itself"
    group = commands.add_parser(
        "audit",
        help=does,
        description=does[0].upper() + does[1:] + ".",
        epilog="Without WHAT, a number for every verdict of every audit.\n\n"
        "Examples:\n  pactgraph audit\n  pactgraph audit counts\n  pactgraph audit promises --by speaker",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    group.add_argument("--project", dest="audit_project", metavar="DIR", help="the graph's folder")
    group.add_argument("--store", dest="audit_store", metavar="WHERE", help="as for every audit")
    group.add_argument("--format", dest="audit_format", choices=TABLES, help="form of the output")
    audits = group.add_subparsers(dest="audit", metavar="WHAT")
    for add in (_audit_copies, _audit_counts, _audit_coverage, _audit_notes, _audit_promises):
        add(audits)


def _audit_copies(audits: Any) -> None:
    command = add_command(
        audits,
        "copies",
        "find sources that repeat one another, by their texts, and propose the origin that makes them one witness",
        (
            "audit copies --texts ~/articles",
            "audit copies --texts ~/articles --accept 3f9c01ab",
            "audit copies --texts ~/articles --reject 3f9c01ab",
        ),
    )
    command.add_argument(
        "--texts",
        required=True,
        metavar="DIR",
        help="folder of texts, named as pact:capture says, or SOURCE.txt",
    )
    judged = command.add_mutually_exclusive_group()
    judged.add_argument("--accept", metavar="NAME", help="write pact:origin, as proposed, into the data")
    judged.add_argument("--reject", metavar="NAME", help="write pact:independentOf into the data instead")
    add_formats(command, TABLES)


def _audit_counts(audits: Any) -> None:
    command = add_reader(
        audits,
        "counts",
        "hold each reported count or total against the graph as of its day, with its arithmetic",
        ("audit counts", "audit counts --verdict stale", "audit counts --as-known 2024-07-15 --format csv"),
    )
    command.add_argument(
        "--verdict", metavar="VERDICT", help="only those of one verdict, such as exact or stale"
    )
    add_known(command)
    add_formats(command, (*TABLES, "ttl"))


def _audit_coverage(audits: Any) -> None:
    command = add_reader(
        audits,
        "coverage",
        "count what rests on one origin, is unchecked or lacks a part; name a gap for the list to work from",
        ("audit coverage", "audit coverage --gap 'pact without a term'"),
    )
    command.add_argument("--gap", metavar="GAP", help="list all of one kind, as the table names it")
    add_formats(command, (*TABLES, "ttl"))


def _audit_notes(audits: Any) -> None:
    command = add_command(
        audits,
        "notes",
        "count which of the things noted in the sources are said by claims, and list the rest with the reasons",
        ("audit notes", "audit notes --format csv"),
    )
    add_formats(command, TABLES)


def _audit_promises(audits: Any) -> None:
    command = add_reader(
        audits,
        "promises",
        "follow each expectation to its outcome: who expected what, for when, and what came of it",
        ("audit promises", "audit promises --by speaker", "audit promises --as-of 2024-06-30 --json"),
    )
    command.add_argument("--by", choices=("speaker", "party"), help="sum up by who spoke, or by counterpart")
    command.add_argument(
        "--as-of",
        type=day,
        metavar="DAY",
        help="what had come of it by a day (default: the last that is known)",
    )
    add_known(command)
    add_formats(command, (*TABLES, "ttl"))
