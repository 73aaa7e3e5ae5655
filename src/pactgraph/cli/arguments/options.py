"""What several commands have in common: the project, the store, the clocks, the form of the output."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

TABLES = ("table", "csv", "json")


def add_command(commands: Any, name: str, does: str, examples: Sequence[str]) -> argparse.ArgumentParser:
    shown = "\n".join(f"  pactgraph {example}" for example in examples)
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=does,
        description=does[0].upper() + does[1:] + ".",
        epilog=f"Examples:\n{shown}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if name not in ("init", "completion"):
        command.add_argument(
            "--project", metavar="DIR", help="the graph's folder (default: this one or one above)"
        )
    return command


def add_reader(commands: Any, name: str, does: str, examples: Sequence[str]) -> argparse.ArgumentParser:
    command = add_command(commands, name, does, examples)
    command.add_argument(
        "--store",
        metavar="WHERE",
        help="a folder, :memory: (built for this run), or the address of a SPARQL 1.1 server (default: .pactgraph)",
    )
    return command


def add_formats(command: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    command.add_argument("--format", choices=formats, default=formats[0], help="form of the output")
    command.add_argument(
        "--json", action="store_const", const="json", dest="format", help="same as --format json"
    )


def add_clocks(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of", metavar="DATE", help="the world on that day, such as 2024-05-27 (default: as it is)"
    )
    command.add_argument(
        "--as-known",
        metavar="DATE",
        help="by what had been published by that day (default: all that is known)",
    )


def add_known(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-known", type=day, metavar="DAY", help="only by what had been published by a day"
    )


def positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def day(text: str) -> date:
    """A day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it like 2024-07-15") from None
