"""How audits look: what was counted as a table, then what is left; what is wrong goes to stderr."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from textwrap import fill, wrap
from typing import TYPE_CHECKING, Any

from pactgraph.cli import paper, tables

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from pactgraph.audit import Coverage, Gap, Ledger, NoteAudit, Tallied, Topic, Words
    from pactgraph.audit.rows import Row
    from pactgraph.graph.notes import Note

_COLUMNS = ("topic", "notes", "said", "share")
_PROMISES = ("outcome", "about", "what", "voiced", "for", "speaker", "came about", "how")


def print_notes(audit: NoteAudit, form: str) -> None:
    """How many of the notes are said, by topic and in all; to people also the rest, with the reasons."""
    if form == "json":
        paper.print_json(_notes_json(audit))
    elif form == "csv":
        rows = [_cells(topic, f"{topic.share:.4f}") for topic in audit.topics]
        paper.print_csv(_COLUMNS, [dict(zip(_COLUMNS, row, strict=True)) for row in rows])
    else:
        topics = (*audit.topics, audit.total)
        tables.print_table(_COLUMNS, [_cells(topic, f"{topic.share:.1%}") for topic in topics], apart=1)
        _print_unsaid(audit)
    for fault in audit.faults:
        note = fault.note
        paper.say(f"{audit.file}:{note.line}: note {note.number} of {note.source}: {fault.message}")


def _print_unsaid(audit: NoteAudit) -> None:
    if audit.unsaid:
        paper.line("\nNot said by any claim")
    for note in audit.unsaid:
        paper.line(f"  {note.source} {note.number} · {note.topic}: “{note.words}”")
        if note.reason:
            paper.line(f"    {note.reason}")


def _cells(topic: Topic, share: str) -> list[str]:
    return [topic.name, str(topic.notes), str(topic.said), share]


def _notes_json(audit: NoteAudit) -> Mapping[str, Any]:
    faults = [
        {**_note_json(fault.note), "line": fault.note.line, "fault": fault.message} for fault in audit.faults
    ]
    return {
        **_topic_json(audit.total),
        "topics": [{"topic": topic.name, **_topic_json(topic)} for topic in audit.topics],
        "unsaid": [{**_note_json(note), "reason": note.reason} for note in audit.unsaid],
        "faults": faults,
    }


def _topic_json(topic: Topic) -> Mapping[str, Any]:
    return {"notes": topic.notes, "said": topic.said, "share": round(topic.share, 4)}


def _note_json(note: Note) -> Mapping[str, Any]:
    return {"source": note.source, "note": note.number, "topic": note.topic, "words": note.words}


_MORE = """
Go on with:
  pactgraph conflicts                           differences too: --all
  pactgraph audit counts --verdict stale        or another verdict
  pactgraph audit promises --by speaker         or party, or each promise
  pactgraph audit coverage --gap 'pact without a term'
"""


def print_summary(tallied: Sequence[Tallied], form: str) -> None:
    """A number for every verdict; to people by audit, with how to go on."""
    if form != "table":
        _print_rows(
            [{"audit": t.audit, "verdict": t.verdict, "number": str(t.number)} for t in tallied],
            form,
            ("audit", "verdict", "number"),
        )
        return
    for audit, alike in groupby(tallied, key=lambda each: each.audit):
        each = list(alike)
        paper.line(f"{audit} · {sum(t.number for t in each):,}")
        said = ", ".join(f"{t.number:,} {t.verdict}" for t in each)
        paper.line(fill(said, paper.width(), initial_indent="  ", subsequent_indent="  "))
    paper.say(_MORE.rstrip())


def print_counts(rows: Sequence[Row], form: str) -> None:
    """The verdict on each reported count with its arithmetic; to people also how many there are of each."""
    if form != "table":
        _print_rows(rows, form, ())
        return
    for row in rows:
        among = f" among {row['among']}" if row["among"] else ""
        paper.line(f"{row['verdict']}: {row['reported']} {row['of']}{among}, {row['for']} · {row['source']}")
        for line in wrap(row["arithmetic"], paper.width() - 4):
            paper.line(f"    {line}")
    paper.say(_summed(rows, "verdict"))


def print_promises(ledger: Ledger, words: Words, form: str, by: str | None) -> None:
    """What became of each expectation, or how many of each speaker or party came to what."""
    from pactgraph.audit.rows import promise_rows, tally_rows

    if by:
        rows = tally_rows(ledger.by_speaker if by == "speaker" else ledger.by_party, words)
        filled = [
            name for name in (rows[0] if rows else ()) if any(row[name] not in ("", "0") for row in rows)
        ]
        _print_rows(rows, form, filled)
        return
    rows = promise_rows(ledger, words)
    _print_rows(rows, form, _PROMISES)
    if form == "table":
        until = f", as of {ledger.until.isoformat()}" if ledger.until else ""
        paper.say(f"{_summed(rows, 'outcome')}{until}")


def print_coverage(coverage: Coverage, words: Words, form: str, gap: Gap | None) -> None:
    """How many gaps there are of each kind, or all of one kind to work from."""
    from pactgraph.audit.rows import coverage_rows, gap_rows

    listed = coverage_rows(coverage, words)
    if form == "json":
        paper.print_json({"gaps": gap_rows(coverage), "list": listed})
    elif gap is None and form == "table":
        _print_rows(gap_rows(coverage), form, ("gap", "number", "of"))
    else:
        _print_rows(listed, form, ("gap", "about", "node", "fact"))


def print_nodes(triples: Iterable[Triple]) -> None:
    """Findings as nodes of the graph, in Turtle."""
    from pactgraph.graph.turtle import write

    paper.write(write(triples).encode())


def _print_rows(rows: Sequence[Row], form: str, columns: Sequence[str]) -> None:
    if form == "json":
        paper.print_json(list(rows))
    elif form == "csv":
        paper.print_csv(tuple(rows[0]) if rows else tuple(columns), rows)
    else:
        tables.print_table(columns, [[row[name] for name in columns] for row in rows])


def _summed(rows: Iterable[Row], column: str) -> str:
    counts = Counter(row[column] for row in rows)
    each = ", ".join(
        f"{number} {name}" for name, number in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    )
    return f"{counts.total()} in all: {each}" if counts else "none"
