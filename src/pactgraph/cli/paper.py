"""How answers look: tables that fit the terminal, pages and trees to read, JSON and CSV for programs.

Data goes to stdout, all else to stderr. Colours never carry meaning alone, and rich honours NO_COLOR.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from pactgraph.errors import UsageError
from pactgraph.replacing import replacing
from pactgraph.vocabulary import shorten

if TYPE_CHECKING:
    from rich.console import Console

    from pactgraph.audit import Verification
    from pactgraph.building import Built
    from pactgraph.source import Drift, Page
    from pactgraph.sparql import NamedQuery
    from pactgraph.validation import Report

_PIPED_WIDTH = 110


def width() -> int:
    """COLUMNS, or the columns of the terminal that the person sits at, or else a fixed number."""
    if given := os.environ.get("COLUMNS", "").strip():
        return int(given) if given.isdecimal() and int(given) > 0 else _PIPED_WIDTH
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        with suppress(OSError, ValueError, AttributeError):
            if columns := os.get_terminal_size(stream.fileno()).columns:  # type: ignore[union-attr]
                return columns
    return _PIPED_WIDTH


def write(*pieces: bytes) -> None:
    """Data, as it is, to stdout."""
    write_all(pieces)


def write_all(pieces: Iterable[bytes]) -> None:
    """Data, piece by piece, to stdout."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(pieces)
    sys.stdout.buffer.flush()


def save(pieces: Iterable[bytes], file: Path) -> None:
    """Data, piece by piece, to a file: the old one or the whole new one, never half of it.

    What is no plain file (a pipe, a device) is written to. Raises UsageError for a folder, and for a file in none.
    """
    if file.is_dir():
        raise UsageError(f"{file} is a folder: name a file in it")
    if not file.resolve().parent.is_dir():
        raise UsageError(f"{file.parent} is no folder: make it first, or name a file elsewhere")
    if file.exists() and not file.is_file():
        with file.open("wb") as stream:
            stream.writelines(pieces)
        return
    with replacing(file.resolve()) as fresh, fresh.open("wb") as stream:
        stream.writelines(pieces)


def say(message: str) -> None:
    """A word to the person, on stderr."""
    print(message, file=sys.stderr)


def built(result: Built) -> str:
    """One line that says what a build did."""
    counts = ", ".join(f"{number:,} {name}" for name, number in result.counts.items())
    if result.full:
        return f"Built from {some(len(result.changed), 'source')}: {counts}."
    if not result.changed and not result.removed:
        return f"Up to date: {counts}."
    return (
        f"Brought up to date, {some(len(result.changed) + len(result.removed), 'source')} changed: {counts}."
    )


def validated(report: Report, files: int) -> str:
    """One line that says what validation found."""
    if report.conforms:
        return f"{some(files, 'file')} conform{'s' if files == 1 else ''}."
    return f"{some(len(report.findings), 'finding')} in {some(files, 'file')}."


def fetched(before: Page | None, drift: Drift | None) -> str:
    """One line that says what a page is beside what was kept of it."""
    if before is None or drift is None:
        return "New."
    since = f" since {before.fetched.time:%Y-%m-%d %H:%M} UTC" if before.fetched else ""
    if not drift:
        return f"Unchanged{since}."
    counts = f"{some(len(drift.gone), 'line')} gone, {some(len(drift.new), 'line')} new"
    return f"Changed{since}: {counts}; the older text is kept beside it."


def print_report(report: Report, form: str, stream: TextIO, *, silent: Sequence[str] = ()) -> None:
    """What validation found: one block for each finding, or JSON, or a SHACL report; `silent` severities unsaid."""
    if form == "json":
        stream.write(report.to_json())
    elif form == "ttl":
        stream.write(report.to_turtle())
    else:
        for finding in report.findings:
            place = ":".join(str(part) for part in (finding.file, finding.line) if part is not None)
            severity = finding.severity.value.rpartition("#")[2]
            if severity in silent:
                continue
            stream.write(f"{place or 'data'}: {severity}: {finding.message}\n")
            stream.write(f"  {_shown(finding.focus)}{_at(finding.path)}{_having(finding.value)}\n")
            if finding.passage is not None:
                stream.write(f"  {_shown(finding.passage)}\n")


def print_queries(queries: Iterable[NamedQuery]) -> None:
    """The named queries with their parameters and an example."""
    for query in queries:
        print(f"{query.name}\n  {query.title}: {query.answers}")
        for parameter in query.parameters:
            print(f"  {_CLOCKS.get(parameter.name) or f'--param {parameter.name}=…'}  {parameter.meaning}")
        if query.example:
            print(f"  Example: {query.example}")


_CLOCKS = {"asOf": "--as-of DATE", "asKnown": "--as-known DATE"}


def print_verification(verification: Verification, form: str) -> None:
    """What became of the claims: counts, and every claim that is not verified with the reasons.

    To people, claims that only a locator places in a text that is not at hand are counted and not listed.
    """
    rows = [
        {
            "verdict": check.verdict.value,
            "claim": shorten(check.claim.value),
            "passage": shorten(check.passage.value),
            "reasons": "; ".join(check.reasons),
        }
        for check in verification.checked
    ]
    if form == "json":
        counts = {verdict.value: count for verdict, count in verification.counts.items()}
        texts = {standing.value: count for standing, count in verification.texts.items()}
        told = {"proved": verification.proved, "texts": texts, "counts": counts}
        print_json({**told, "by_locator": verification.by_locator, "claims": rows})
    elif form == "csv":
        print_csv(("verdict", "claim", "passage", "reasons"), rows)
    else:
        missing = {held.source for held in verification.held if held.text is None}
        for row, check in zip(rows, verification.checked, strict=True):
            if row["verdict"] != "verified" and not (check.by_locator and check.source in missing):
                print(f"{row['verdict']}: {row['claim']}\n  {row['passage']}\n  {row['reasons']}")
        _print_counts(verification)


def _print_counts(verification: Verification) -> None:
    held = ", ".join(f"{count:,} {standing}" for standing, count in verification.texts.items() if count)
    counted = ", ".join(f"{count:,} {verdict}" for verdict, count in verification.counts.items())
    print(f"{some(len(verification.held), 'text')}: {held or 'none'}.")
    print(f"{some(sum(verification.counts.values()), 'claim')}: {counted}.")
    if verification.by_locator:
        print(f"{verification.by_locator:,} unchecked: known only by a locator.")


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180)."""
    page = io.StringIO(newline="")
    writer = csv.DictWriter(page, columns)
    writer.writeheader()
    writer.writerows(rows)
    write(page.getvalue().encode())


def print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))


def console() -> Console:
    from rich.console import Console

    return Console(width=width(), highlight=False, emoji=False)


def line(text: str) -> None:
    """A line that is not cut, so that a link in it stays whole."""
    print(text)


def some(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _shown(term: Any) -> str:
    return shorten(term.value)


def _at(path: str | None) -> str:
    return f" {shorten(path)}" if path else ""


def _having(value: Any) -> str:
    return f" {shorten(value.value)}" if value is not None and hasattr(value, "value") else ""
