"""How audits look: what was counted as a table, then what is left; what is wrong goes to stderr."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pactgraph.cli import paper, tables

if TYPE_CHECKING:
    from pactgraph.audit import NoteAudit, Topic
    from pactgraph.graph.notes import Note

_COLUMNS = ("topic", "notes", "said", "share")


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
