"""Commands that make, check and mend what there is to read."""

from __future__ import annotations

import argparse
from typing import Any

from pactgraph.cli.arguments.options import TABLES, add_command, add_formats, add_reader, positive


def add_build(commands: Any) -> None:
    command = add_reader(
        commands,
        "build",
        "make the store from the data: validated, resolved, all or nothing; then print the pacts",
        ("build", "build --full", "build --store http://localhost:7878"),
    )
    command.add_argument("--full", action="store_true", help="read everything anew, not only what changed")
    command.add_argument(
        "--audits", action="store_true", help="write what audits find, too, however many claims there are"
    )
    command.add_argument("--no-validate", action="store_true", help="leave validation out")
    _engine(command)
    add_formats(command, TABLES)


def add_validate(commands: Any) -> None:
    command = add_command(
        commands,
        "validate",
        "check data against the shapes",
        ("validate", "validate data/sources/a.ttl", "validate --format ttl"),
    )
    command.add_argument("files", nargs="*", metavar="FILE", help="source files (default: all data)")
    _engine(command)
    add_formats(command, ("table", "json", "ttl"))


def _engine(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--engine",
        choices=("auto", "compiled", "reference"),
        default="auto",
        help="compiled is fast, reference is pyshacl; both find the same",
    )
    command.add_argument("--jobs", type=positive, default=2, metavar="N", help="processes (default: 2)")


def add_verify(commands: Any) -> None:
    command = add_command(
        commands,
        "verify",
        "check every claim against the texts of its sources",
        ("verify --texts ~/articles", "verify --texts ~/articles --json"),
    )
    command.add_argument(
        "--texts",
        required=True,
        metavar="DIR",
        help="folder of texts, named as pact:capture says, or SOURCE.txt",
    )
    command.add_argument("files", nargs="*", metavar="FILE", help="source files (default: all)")
    add_formats(command, TABLES)


def add_format(commands: Any) -> None:
    command = add_command(
        commands,
        "format",
        "put data files into their fixed form and mint the IRIs of what is new",
        ("format", "format --check", "format data/sources/new.ttl --texts ~/articles"),
    )
    command.add_argument("files", nargs="*", metavar="FILE", help="Turtle files (default: all data)")
    command.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 where a file would change"
    )
    command.add_argument(
        "--texts", metavar="DIR", help="texts from which digests and links of passages are made"
    )


def add_init(commands: Any) -> None:
    command = add_command(commands, "init", "start another graph", ("init mygraph",))
    command.add_argument("directory", metavar="DIR", help="a new or empty folder")


def add_completion(commands: Any) -> None:
    command = add_command(
        commands,
        "completion",
        "print the completion script of a shell",
        ("completion bash > ~/.local/share/…/pactgraph",),
    )
    command.add_argument("shell", choices=("bash", "zsh", "tcsh"))
