"""The commands, their options and their help."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from pactgraph.version import VERSION

_LISTS = ("pacts", "parties", "officials", "sources", "publishers", "events")
_TABLES = ("table", "csv", "json")


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
        _build,
        _validate,
        _query,
        _list,
        _show,
        _why,
        _conflicts,
        _verify,
        _extract,
        _add,
        _evaluate,
        _audit,
        _fetch,
        _export,
        _format,
        _init,
        _completion,
    ):
        add(commands)
    return top


def _command(commands: Any, name: str, does: str, examples: Sequence[str]) -> argparse.ArgumentParser:
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


def _reader(commands: Any, name: str, does: str, examples: Sequence[str]) -> argparse.ArgumentParser:
    command = _command(commands, name, does, examples)
    command.add_argument(
        "--store",
        metavar="WHERE",
        help="a folder, :memory: (built for this run), or the address of a SPARQL 1.1 server (default: .pactgraph)",
    )
    return command


def _formats(command: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    command.add_argument("--format", choices=formats, default=formats[0], help="form of the output")
    command.add_argument(
        "--json", action="store_const", const="json", dest="format", help="same as --format json"
    )


def _clocks(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of", metavar="DATE", help="the world on that day, such as 2024-05-27 (default: as it is)"
    )
    command.add_argument(
        "--as-known",
        metavar="DATE",
        help="by what had been published by that day (default: all that is known)",
    )


def _build(commands: Any) -> None:
    command = _reader(
        commands,
        "build",
        "make the store from the data: validated, resolved, all or nothing; then print the pacts",
        ("build", "build --full", "build --store http://localhost:7878"),
    )
    command.add_argument("--full", action="store_true", help="read everything anew, not only what changed")
    command.add_argument("--no-validate", action="store_true", help="leave validation out")
    _engine(command)
    _formats(command, _TABLES)


def _validate(commands: Any) -> None:
    command = _command(
        commands,
        "validate",
        "check data against the shapes",
        ("validate", "validate data/sources/a.ttl", "validate --format ttl"),
    )
    command.add_argument("files", nargs="*", metavar="FILE", help="source files (default: all data)")
    _engine(command)
    _formats(command, ("table", "json", "ttl"))


def _engine(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--engine",
        choices=("auto", "compiled", "reference"),
        default="auto",
        help="compiled is fast, reference is pyshacl; both find the same",
    )
    command.add_argument("--jobs", type=int, default=2, metavar="N", help="processes (default: 2)")


def _query(commands: Any) -> None:
    command = _reader(
        commands,
        "query",
        "ask SPARQL: a text, a file, - for stdin, or a named query",
        (
            "query 'SELECT ?pact { ?pact a pact:Agreement }'",
            "query signed --format csv",
            "query claims --param subject=pactid:ukraine-latvia",
            "query known --as-of 2024-05-01 --as-known 2024-07-15",
            "query --named",
        ),
    )
    command.add_argument("query", nargs="?", metavar="QUERY", help="SPARQL text, FILE.rq, - or a name")
    command.add_argument("--named", action="store_true", help="list the named queries")
    command.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="bind a parameter"
    )
    _clocks(command)
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


def _list(commands: Any) -> None:
    command = _reader(
        commands,
        "list",
        "list what the graph holds",
        ("list pacts", "list sources --format csv", "list pacts --as-of 2024-05-01 --as-known 2024-05-01"),
    )
    command.add_argument(
        "kind", choices=_LISTS, nargs="?", default="pacts", help="what to list (default: pacts)"
    )
    _clocks(command)
    _formats(command, _TABLES)


def _show(commands: Any) -> None:
    command = _reader(
        commands,
        "show",
        "show what is known of a pact, party, official, source, event or claim, with who says so",
        ("show ukraine-latvia", "show ukraine-lat --claims", "show zelensky", "show gb --json"),
    )
    command.add_argument("name", help="a name, code, identifier or IRI, or the beginning of one")
    command.add_argument(
        "--claims", action="store_true", help="of a pact every claim, too, with its passage and link"
    )
    _clocks(command)
    _formats(command, ("text", "json"))


def _why(commands: Any) -> None:
    command = _reader(
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
    _clocks(command)
    _formats(command, ("text", "json"))


def _conflicts(commands: Any) -> None:
    command = _reader(
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
    _clocks(command)
    _formats(command, ("table", "json", "csv", "ttl"))


def _verify(commands: Any) -> None:
    command = _command(
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
    _formats(command, _TABLES)


def _extract(commands: Any) -> None:
    command = _command(
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
    command.add_argument("--jobs", type=int, default=2, metavar="N", help="processes (default: 2)")


def _add(commands: Any) -> None:
    command = _reader(
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
        type=_day,
        metavar="DAY",
        help="day of publication (default: as the page or its byline says)",
    )
    command.add_argument(
        "--publisher", metavar="NAME", help="its publisher: a name, a domain or an identifier"
    )
    command.add_argument("--source", metavar="IRI", help="the article's address, or the IRI of its source")
    command.add_argument(
        "--recorded",
        type=_day,
        metavar="DAY",
        help="day on which it is read, for the record of the run (default: today)",
    )
    command.add_argument(
        "--allow-loopback", action="store_true", help="fetch from this machine, too (for tests)"
    )


def _evaluate(commands: Any) -> None:
    command = _command(
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
    _formats(command, ("table", "json"))


def _share(text: str) -> float:
    """A number from 0 to 1."""
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return share


def _audit(commands: Any) -> None:
    """A command of commands, one for each thing that can be audited."""
    does = "hold what the graph says against what it was made from, and against itself"
    group = commands.add_parser(
        "audit",
        help=does,
        description=does[0].upper() + does[1:] + ".",
        epilog="Examples:\n  pactgraph audit counts\n  pactgraph audit promises --by speaker",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    audits = group.add_subparsers(dest="audit", metavar="WHAT", required=True)
    for add in (_audit_counts, _audit_coverage, _audit_notes, _audit_promises):
        add(audits)


def _audit_counts(audits: Any) -> None:
    command = _reader(
        audits,
        "counts",
        "hold each reported count or total against the graph as of its day, with its arithmetic",
        ("audit counts", "audit counts --verdict stale", "audit counts --as-known 2024-07-15 --format csv"),
    )
    command.add_argument(
        "--verdict", metavar="VERDICT", help="only those of one verdict, such as exact or stale"
    )
    _known(command)
    _formats(command, _TABLES)


def _audit_coverage(audits: Any) -> None:
    command = _reader(
        audits,
        "coverage",
        "count what rests on one origin, is unchecked or lacks a part; name a gap for the list to work from",
        ("audit coverage", "audit coverage --gap 'pact without a term'"),
    )
    command.add_argument("--gap", metavar="GAP", help="list all of one kind, as the table names it")
    _formats(command, _TABLES)


def _audit_notes(audits: Any) -> None:
    command = _command(
        audits,
        "notes",
        "count which of the things noted in the sources are said by claims, and list the rest with the reasons",
        ("audit notes", "audit notes --format csv"),
    )
    _formats(command, _TABLES)


def _audit_promises(audits: Any) -> None:
    command = _reader(
        audits,
        "promises",
        "follow each expectation to its outcome: who expected what, for when, and what came of it",
        ("audit promises", "audit promises --by speaker", "audit promises --as-of 2024-06-30 --json"),
    )
    command.add_argument("--by", choices=("speaker", "party"), help="sum up by who spoke, or by counterpart")
    command.add_argument(
        "--as-of",
        type=_day,
        metavar="DAY",
        help="what had come of it by a day (default: the last that is known)",
    )
    _known(command)
    _formats(command, _TABLES)


def _known(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-known", type=_day, metavar="DAY", help="only by what had been published by a day"
    )


def _day(text: str) -> date:
    """A day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it like 2024-07-15") from None


def _fetch(commands: Any) -> None:
    command = _command(
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
    _formats(command, ("text", "json"))


def _export(commands: Any) -> None:
    command = _reader(
        commands,
        "export",
        "write the graph as RDF",
        ("export > graph.ttl", "export --format nq --graph claims -o c.nq"),
    )
    command.add_argument(
        "--format", choices=("ttl", "trig", "nt", "nq", "jsonld"), default="ttl", help="syntax"
    )
    command.add_argument(
        "--graph", choices=("facts", "claims", "sources", "all"), default="all", help="which part"
    )
    command.add_argument("-o", "--output", metavar="FILE", help="write to a file (default: stdout)")


def _format(commands: Any) -> None:
    command = _command(
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


def _init(commands: Any) -> None:
    command = _command(commands, "init", "start another graph", ("init mygraph",))
    command.add_argument("directory", metavar="DIR", help="a new or empty folder")


def _completion(commands: Any) -> None:
    command = _command(
        commands,
        "completion",
        "print the completion script of a shell",
        ("completion bash > ~/.local/share/…/pactgraph",),
    )
    command.add_argument("shell", choices=("bash", "zsh", "tcsh"))
