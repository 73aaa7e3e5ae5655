"""Commands that take articles in."""

from __future__ import annotations

import argparse
from typing import Any

from pactgraph.cli.arguments.options import add_command, add_formats, add_reader, day, positive


def add_fetch(commands: Any) -> None:
    command = add_command(
        commands,
        "fetch",
        "fetch an article: keep its text in a local folder and tell what is known of it",
        (
            "fetch https://example.org/2024/05/27/a-pact-is-signed",
            "fetch https://example.org/a-pact-is-signed --name example-2024-05-27 --archive",
        ),
    )
    command.add_argument("url", metavar="URL", help="an http or https address; its robots.txt is respected")
    command.add_argument(
        "--texts",
        metavar="DIR",
        help="the folder to keep it in (default: texts/ of the graph, not committed)",
    )
    command.add_argument(
        "--name", metavar="NAME", help="the name of its source (default: one made from the address)"
    )
    command.add_argument(
        "--archive", action="store_true", help="ask the Internet Archive whether it has the page"
    )
    command.add_argument(
        "--allow-loopback", action="store_true", help="fetch from this machine too, such as 127.0.0.1:8000"
    )
    add_formats(command, ("text", "json"))


def add_extract(commands: Any) -> None:
    command = add_command(
        commands,
        "extract",
        "read articles, and print the claims that they make as a source file; what the text does not prove is refused",
        (
            "extract article.txt --published 2024-04-20 --publisher kyiv-independent",
            "extract https://example.org/news --format table",
            "extract article.txt --explain",
            "extract articles/ --output drafts",
        ),
    )
    command.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a text or HTML page, its address, a folder of them, or - for stdin",
    )
    _article(command)
    command.add_argument(
        "--format", choices=("ttl", "jsonl", "table"), default="ttl", help="form of the output"
    )
    command.add_argument(
        "--proposals", metavar="FILE", help="write the nodes that the claims need and the graph does not hold"
    )
    command.add_argument(
        "--explain",
        action="store_true",
        help="tell what was seen, what it opened, and what was not taken and why",
    )
    command.add_argument(
        "--output",
        metavar="DIR",
        help="write a draft of each article, with the nodes that it needs; those that are there are skipped",
    )
    command.add_argument("--jobs", type=positive, default=2, metavar="N", help="processes (default: 2)")


def add_add(commands: Any) -> None:
    command = add_reader(
        commands,
        "add",
        "read an article, review its claims, and add them to the graph; then say what changed",
        (
            "add article.txt --publisher kyiv-independent --source https://example.org/news",
            "add https://example.org/news",
            "add article.txt --yes",
        ),
    )
    command.add_argument("file", metavar="FILE", help="a text or HTML page, or its address")
    _article(command)
    command.add_argument("--yes", action="store_true", help="accept every claim without a review")


def _article(command: argparse.ArgumentParser) -> None:
    """What the caller tells of an article."""
    command.add_argument(
        "--published",
        type=day,
        metavar="DAY",
        help="day of publication (default: as the page or its byline says)",
    )
    command.add_argument(
        "--publisher", metavar="NAME", help="its publisher: a name, a domain or an identifier"
    )
    command.add_argument("--source", metavar="IRI", help="the article's address, or the IRI of its source")
    command.add_argument(
        "--recorded",
        type=day,
        metavar="DAY",
        help="day on which it is read, for the record of the run (default: today)",
    )
    command.add_argument(
        "--allow-loopback", action="store_true", help="fetch from this machine, too (for tests)"
    )


def add_evaluate(commands: Any) -> None:
    command = add_command(
        commands,
        "evaluate",
        "score what the extractor reads against gold claims: precision, recall and F1",
        (
            "evaluate tests/gold/open.jsonl --texts tests/gold/open --dates tests/gold/open.tsv",
            "evaluate gold.jsonl --texts texts --report report --fail-under 0.75",
        ),
    )
    command.add_argument("gold", metavar="GOLD", help="gold claims, one JSON object a line")
    command.add_argument(
        "--texts", required=True, metavar="DIR", help="folder of the texts, as the gold names them"
    )
    command.add_argument(
        "--dates",
        metavar="FILE",
        help="when each text was published: its name, a tab, the day (default: as the text says)",
    )
    command.add_argument(
        "--report",
        metavar="WHERE",
        help="a folder for tables of misses, false alarms and differences, or one FILE.json",
    )
    command.add_argument(
        "--fail-under", type=_share, metavar="F1", help="exit 1 where the F1 of key and evidence is lower"
    )
    add_formats(command, ("table", "json"))


def _share(text: str) -> float:
    """A number from 0 to 1."""
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return share
