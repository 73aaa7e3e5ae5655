"""Is everything said that was noted? The notes of the sources, held against the claims that they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.errors import UsageError
from pactgraph.graph.notes import Note, read_notes
from pactgraph.graph.sources import SourceFile, read_source
from pactgraph.passage import normal_words
from pactgraph.project import Project
from pactgraph.vocabulary import ID


@dataclass(frozen=True, slots=True)
class NoteFault:
    """What is wrong with a note, in words for the person who keeps it."""

    note: Note
    message: str


@dataclass(frozen=True, slots=True)
class Topic:
    """How many notes are about something, and how many of them are said by claims."""

    name: str
    notes: int
    said: int

    @property
    def share(self) -> float:
        """The part of the notes that is said, from 0 to 1; 0 where there are none."""
        return self.said / self.notes if self.notes else 0.0


@dataclass(frozen=True, slots=True)
class NoteAudit:
    """The notes of a file, and what is wrong with some of them. A note at fault does not count as said."""

    file: Path
    notes: tuple[Note, ...]
    faults: tuple[NoteFault, ...]

    @property
    def unsaid(self) -> tuple[Note, ...]:
        """The notes that no claim says, by source and number."""
        faulty = {fault.note for fault in self.faults}
        return tuple(note for note in self.notes if not note.claims or note in faulty)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The notes by topic, in order of name."""
        notes, unsaid = (Counter(note.topic for note in some) for some in (self.notes, self.unsaid))
        return tuple(Topic(name, notes[name], notes[name] - unsaid[name]) for name in sorted(notes))

    @property
    def total(self) -> Topic:
        """All notes together."""
        return Topic("total", len(self.notes), len(self.notes) - len(self.unsaid))

    @property
    def passes(self) -> bool:
        """Whether there are notes and nothing is wrong with them; a note that gives its reason may be unsaid."""
        return bool(self.notes) and not self.faults


def audit_notes(project: Project) -> NoteAudit:
    """Holds the notes of `data/notes.tsv` against the files of the sources; no store is needed.

    Raises UsageError where there are no notes, and BadInput where they or a source cannot be read.
    """
    if not project.notes.is_file():
        raise UsageError(f"there are no notes here: {project.notes} is not a file")
    notes = read_notes(project.notes)
    sources = {path.stem: read_source(path) for path in project.sources()}
    homes = {claim: source for source in sources.values() for claim in source.claims}
    found = (NoteFault(note, message) for note in notes for message in _faults(note, sources, homes))
    return NoteAudit(project.notes, tuple(notes), tuple(found))


def _faults(
    note: Note, sources: Mapping[str, SourceFile], homes: Mapping[NamedNode, SourceFile]
) -> Iterator[str]:
    if note.source not in sources:
        yield f"there is no source {note.source}"
    if bool(note.claims) == bool(note.reason):
        yield "it has both claims and a reason" if note.claims else "it has neither claims nor a reason"
    for name in note.claims:
        yield from _claim_faults(note, name, homes.get(NamedNode(f"{ID}claim/{name}")))


def _claim_faults(note: Note, name: str, home: SourceFile | None) -> Iterator[str]:
    if home is None:
        yield f"there is no claim {name}"
    elif home.path.stem != note.source:
        yield f"the claim {name} stands in another source, {home.path.stem}"
    elif (locators := _locators(home, NamedNode(f"{ID}claim/{name}"))) and normal_words(
        note.words
    ) not in locators:
        yield f"the claim {name} is not at “{note.words}” but at “{'”, “'.join(locators)}”"


def _locators(home: SourceFile, node: NamedNode) -> list[str]:
    """The locators of a claim's passage and of its repeats; none where the passage has offsets."""
    claim = home.claims[node]
    if home.locator(claim.passage) is None:
        return []
    found = (home.locator(passage) for passage in (claim.passage, *claim.also_at))
    return [words for words in found if words is not None]
