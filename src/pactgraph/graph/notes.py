"""`notes.tsv`: what was noted when the sources were read, thing by thing, and the claims that say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pactgraph.errors import BadInput, EncodingFault, contents

COLUMNS: Final = ("source", "note", "topic", "words", "claims", "reason")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")
_CLAIMS: Final = re.compile(r"(?:[0-9a-f]{20}(?: [0-9a-f]{20})*)?")
_FORM: Final = f"A line holds {', '.join(COLUMNS)}, a tab between them, and ends with a line feed."


@dataclass(frozen=True, slots=True)
class Note:
    """One thing noted in a source: its topic, the words that lead to it, and the claims that say it.

    `number` counts from 1 within the source. `claims` are the hashes in the names of claims; where there are none,
    `reason` tells why. `line` is where the note stands in its file, from 1.
    """

    source: str
    number: int
    topic: str
    words: str
    claims: tuple[str, ...]
    reason: str
    line: int


def read_notes(path: Path) -> list[Note]:
    """The notes of a file, by source and number as they stand there.

    Raises BadInput with the line where the header is another one, a cell is missing or cannot be read, or a note
    stands twice, at another place than its own, or is left out.
    """
    try:
        header, *lines = contents(path).decode().removesuffix("\n").split("\n")
    except UnicodeDecodeError as fault:
        raise EncodingFault("this is not UTF-8", offset=fault.start, where=path) from None
    if header != "\t".join(COLUMNS):
        raise BadInput("this is not the header of notes", where=path, line=1, hint=_FORM)
    notes = [_note(line, number, path) for number, line in enumerate(lines, 2)]
    _check_order(notes, path)
    return notes


def _note(line: str, number: int, path: Path) -> Note:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS) or line.endswith("\r"):
        raise BadInput("this is not the line of a note", where=path, line=number, hint=_FORM)
    source, count, topic, words, claims, reason = cells
    for cell, name in ((source, "source"), (topic, "topic"), (words, "words")):
        if not cell or cell != cell.strip():
            raise BadInput(f"{cell!r} is no {name}", where=path, line=number)
    if not _NUMBER.fullmatch(count):
        raise BadInput(f"{count!r} is no number of a note", where=path, line=number)
    if not _CLAIMS.fullmatch(claims):
        hint = "Give the 20 hexadecimal digits of each claim's name, with one space between them."
        raise BadInput(f"{claims!r} names no claims", where=path, line=number, hint=hint)
    return Note(source, int(count), topic, words, tuple(claims.split()), reason, number)


def _check_order(notes: list[Note], path: Path) -> None:
    """By source, and within it 1, 2, 3 …: so that none is lost unseen."""
    source, number = "", 0
    for note in notes:
        expected = number + 1 if note.source == source else 1
        if note.source < source or note.number != expected:
            raise BadInput(_disorder(note, source, expected), where=path, line=note.line)
        source, number = note.source, note.number


def _disorder(note: Note, source: str, expected: int) -> str:
    if note.source < source:
        return f"{note.source} stands behind {source}: sort the notes by source, then by number"
    if note.number < expected:
        return f"note {note.number} of {note.source} stands twice, or too late"
    return f"note {expected} of {note.source} is missing before note {note.number}"
