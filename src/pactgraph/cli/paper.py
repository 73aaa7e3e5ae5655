"""How answers look: tables that fit the terminal, pages and trees to read, JSON and CSV for programs.

Data goes to stdout, all else to stderr. Colours never carry meaning alone, and rich honours NO_COLOR.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO

from pactgraph.vocabulary import shorten

if TYPE_CHECKING:
    from rich.console import Console

    from pactgraph.audit import Verification
    from pactgraph.building import Built
    from pactgraph.pages import Evidence, Listing, Names, Page, Told, Witnesses
    from pactgraph.sparql import NamedQuery
    from pactgraph.validation import Report

_PIPED_WIDTH = 110
_PATIENCE = 1.0
"""Seconds after which a progress bar appears."""


def width() -> int:
    """COLUMNS, or the columns of the terminal that the person sits at, or else a fixed number."""
    if given := os.environ.get("COLUMNS", "").strip():
        return int(given) if given.isdecimal() and int(given) > 0 else _PIPED_WIDTH
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        with suppress(OSError, ValueError, AttributeError):
            return os.get_terminal_size(stream.fileno()).columns  # type: ignore[union-attr]
    return _PIPED_WIDTH


def write(content: bytes) -> None:
    """Data, as it is, to stdout."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def say(message: str) -> None:
    """A word to the person, on stderr."""
    print(message, file=sys.stderr)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr for what takes longer than a second; nothing when stderr is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    began = time.monotonic()
    bars: list[Any] = []

    def told(doing: str, done: int, total: int) -> None:
        if not bars and time.monotonic() - began > _PATIENCE:
            bars.append(_bar())
        if bars:
            bar, tasks = bars[0]
            if doing not in tasks:
                tasks[doing] = bar.add_task(doing, total=total)
            bar.update(tasks[doing], completed=done)

    try:
        yield told
    finally:
        for bar, _ in bars:
            bar.stop()


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.start()
    return bar, {}


def built(result: Built) -> str:
    """One line that says what a build did."""
    counts = ", ".join(f"{number:,} {name}" for name, number in result.counts.items())
    if result.full:
        return f"Built from {_some(len(result.changed), 'source')}: {counts}."
    if not result.changed and not result.removed:
        return f"Up to date: {counts}."
    return (
        f"Brought up to date, {_some(len(result.changed) + len(result.removed), 'source')} changed: {counts}."
    )


def validated(report: Report, files: int) -> str:
    """One line that says what validation found."""
    if report.conforms:
        return f"{_some(files, 'file')} conform."
    return f"{_some(len(report.findings), 'finding')} in {_some(files, 'file')}."


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


def print_queries(queries: Iterable[NamedQuery]) -> None:
    """The named queries with their parameters."""
    for query in queries:
        print(f"{query.name}\n  {query.title}: {query.answers}")
        for parameter in query.parameters:
            print(f"  --param {parameter.name}=…  {parameter.meaning}")


def print_listing(listing: Listing, form: str) -> None:
    """A table for people, CSV or JSON for programs."""
    if form == "json":
        _print_json(listing.rows)
    elif form == "csv":
        _print_csv((*listing.columns, "iri"), listing.rows)
    else:
        columns = _fitting(listing)
        _print_table(columns, [[row[name] for name in columns] for row in listing.rows])


def print_verification(verification: Verification, form: str) -> None:
    """What became of the claims: counts, and every claim that is not verified with the reasons."""
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
        _print_json({"proved": verification.proved, "texts": texts, "counts": counts, "claims": rows})
    elif form == "csv":
        _print_csv(("verdict", "claim", "passage", "reasons"), rows)
    else:
        for row in rows:
            if row["verdict"] != "verified":
                print(f"{row['verdict']}: {row['claim']}\n  {row['passage']}\n  {row['reasons']}")
        held = ", ".join(f"{count} {standing}" for standing, count in verification.texts.items() if count)
        counted = ", ".join(f"{count} {verdict}" for verdict, count in verification.counts.items())
        print(f"{_some(len(verification.held), 'text')}: {held or 'none'}.")
        print(f"{_some(len(rows), 'claim')}: {counted}.")


def print_page(page: Page, names: Names, witnesses: Witnesses, form: str) -> None:
    """What is known of one node, and who says so."""
    if form == "json":
        _print_json(_page_json(page, names))
        return
    console = _console()
    console.print(f"{page.name}", style="bold", markup=False, highlight=False)
    _line(f"{shorten(page.node.value)} · {page.kind}")
    if page.names:
        _line(f"also: {', '.join(page.names)}")
    for match in page.matches:
        _line(f"see: {match.value}")
    if page.facts:
        _line("\nFacts")
        for predicate, value in page.facts:
            _line(f"  {names.name(predicate)}: {names.name(value)}")
    if page.claims:
        sources = {claim.source for claim in page.claims}
        told = f"{_some(len(page.claims), 'claim')} in {_some(len(sources), 'source')}"
        _line(f"\n{told}, {_some(witnesses.count(sources), 'independent origin')}")
        for claim in page.claims:
            _print_claim(claim, names, "  ", about=page.node)


def print_evidence(evidence: Sequence[Evidence], names: Names, witnesses: Witnesses, form: str) -> None:
    """Why propositions hold, as a tree: origins, articles, words, link; then what does not count, and dissent."""
    if form == "json":
        _print_json([_evidence_json(each, names, witnesses) for each in evidence])
        return
    for each in evidence:
        verdict = "a fact" if each.is_fact else "not a fact"
        if each.finer is not None:
            verdict = f"agrees with the fact {names.name(each.finer)}, which says it more precisely"
        origins = witnesses.count(claim.source for claim in each.supporting)
        _line(f"{names.name(each.subject)} · {names.name(each.predicate)}: {names.name(each.object)}")
        _line(
            f"  {verdict}: {_some(len(each.supporting), 'claim')} from {_some(origins, 'independent origin')}"
        )
        for origin, claims in _by_origin(each.supporting, witnesses).items():
            _line(f"  └ {names.name(origin)}")
            for claim in claims:
                _print_claim(claim, names, "      ", about=each.subject)
        for title, set_apart in (("said, but not as so", each.others), ("said otherwise", each.dissenting)):
            if set_apart:
                _line(f"  {title}")
            for claim in set_apart:
                _print_claim(claim, names, "      ", about=each.subject)
        _line("")


def _by_origin(claims: Iterable[Told], witnesses: Witnesses) -> Mapping[Any, list[Told]]:
    grouped: dict[Any, list[Told]] = {}
    for claim in claims:
        grouped.setdefault(witnesses.of(claim.source), []).append(claim)
    return grouped


def _print_claim(claim: Told, names: Names, indent: str, *, about: Any) -> None:
    said = _said(claim, names)
    what = f"{names.name(claim.predicate)}: {names.name(claim.object)}{_scope(claim, names)}"
    subject = "" if claim.subject == about else f"{names.name(claim.subject)} · "
    _line(f"{indent}{said}: {subject}{what}{_manner(claim, names)}")
    printed = f"“{claim.printed}” · " if claim.printed else ""
    _line(f"{indent}  {printed}{shorten(claim.claim.value)}")
    if claim.link:
        _line(f"{indent}  {claim.link}")


def _said(claim: Told, names: Names) -> str:
    from pactgraph.dates import parse
    from pactgraph.dates import say as say_date

    when = claim.stated or claim.published
    day = f"{say_date(parse(when))}, " if when else ""
    publisher = names.name(claim.publisher) if claim.publisher else shorten(claim.source.value)
    speaker = names.name(claim.speaker)
    return f"{day}{speaker}" if speaker == publisher else f"{day}{speaker} in {publisher}"


def _scope(claim: Told, names: Names) -> str:
    words = {"on": "on", "condition": "if", "howMany": "how many:"}
    return "".join(f", {words[name]} {names.name(value)}" for name, value in claim.scope)


def _manner(claim: Told, names: Names) -> str:
    marks = [names.name(flag) for flag in claim.flags]
    modality, polarity = names.name(claim.modality), names.name(claim.polarity)
    shown = [m for m in (modality, polarity) if m not in ("factual", "affirmed")] + marks
    return f" [{', '.join(shown)}]" if shown else ""


def _page_json(page: Page, names: Names) -> Mapping[str, Any]:
    return {
        "iri": page.node.value,
        "name": page.name,
        "kind": page.kind,
        "names": page.names,
        "matches": [match.value for match in page.matches],
        "facts": [{"predicate": p.value, "value": v.value, "text": names.name(v)} for p, v in page.facts],
        "claims": [_claim_json(claim, names) for claim in page.claims],
    }


def _evidence_json(evidence: Evidence, names: Names, witnesses: Witnesses) -> Mapping[str, Any]:
    return {
        "subject": evidence.subject.value,
        "predicate": evidence.predicate.value,
        "object": evidence.object.value,
        "text": names.name(evidence.object),
        "fact": evidence.is_fact,
        "finer": evidence.finer.value if evidence.finer is not None else None,
        "origins": sorted({witnesses.of(claim.source).value for claim in evidence.supporting}),
        "supporting": [_claim_json(claim, names) for claim in evidence.supporting],
        "others": [_claim_json(claim, names) for claim in evidence.others],
        "dissenting": [_claim_json(claim, names) for claim in evidence.dissenting],
    }


def _claim_json(claim: Told, names: Names) -> Mapping[str, Any]:
    return {
        "claim": claim.claim.value,
        "subject": claim.subject.value,
        "predicate": claim.predicate.value,
        "object": claim.object.value,
        "text": names.name(claim.object),
        "scope": {name: value.value for name, value in claim.scope},
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "speaker": claim.speaker.value,
        "quotation": claim.quotation.value,
        "stated": claim.stated,
        "printed": claim.printed,
        "flags": [flag.value for flag in claim.flags],
        "passage": claim.passage.value,
        "source": claim.source.value,
        "published": claim.published,
        "link": claim.link,
    }


_GAP = 3
_NARROW = 24
"""Columns of text that wraps need no more than this."""


def _fitting(listing: Listing) -> Sequence[str]:
    """The columns of a listing that fit the page; the others are named on stderr."""
    needed = {
        name: max([len(name), *(min(len(row[name]), _NARROW) for row in listing.rows)]) + _GAP
        for name in listing.columns
    }
    spare = []
    for name in listing.spare:
        if sum(needed.values()) <= width() + _GAP:
            break
        del needed[name]
        spare.append(name)
    if spare:
        say(f"Left out to fit {width()} columns: {', '.join(spare)}. --format csv has them all.")
    return list(needed)


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for nth, name in enumerate(columns):
        table.add_column(
            Text(name), overflow="fold", no_wrap=nth == 0, justify="right" if name in _NUMBERS else "left"
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    _console().print(table)


_NUMBERS = {"claims", "sources", "origins", "pacts"}


def _print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180)."""
    page = io.StringIO(newline="")
    writer = csv.DictWriter(page, columns)
    writer.writeheader()
    writer.writerows(rows)
    write(page.getvalue().encode())


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))


def _console() -> Console:
    from rich.console import Console

    return Console(width=width(), highlight=False, emoji=False)


def _line(text: str) -> None:
    """A line that is not cut, so that a link in it stays whole."""
    print(text)


def _some(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _shown(term: Any) -> str:
    return shorten(term.value)


def _at(path: str | None) -> str:
    return f" {shorten(path)}" if path else ""


def _having(value: Any) -> str:
    return f" {shorten(value.value)}" if value is not None and hasattr(value, "value") else ""
