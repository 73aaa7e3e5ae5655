"""The review of proposals: a judgement for each, which can be taken back; what is unsure is asked again another time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pactgraph.errors import UsageError
from pactgraph.linking.sssom import (
    CLOSE,
    DIFFERENT,
    EXACT,
    NOT,
    PROPOSED,
    REVIEWED,
    Row,
    Table,
    read_table,
    save_table,
)


class Judgement(StrEnum):
    """What a reviewer makes of a proposal."""

    ACCEPT = "accept"
    """The same."""
    CLOSE = "close"
    """Nearly the same, as a state and the kingdom that it is part of."""
    DIFFERENT = "different"
    """Two things, and so to be kept apart, as a state and a person of its name."""
    REJECT = "reject"
    """Not the same."""
    UNSURE = "unsure"
    """Not decided now."""


_PREDICATES = {
    Judgement.ACCEPT: EXACT,
    Judgement.CLOSE: CLOSE,
    Judgement.DIFFERENT: DIFFERENT,
    Judgement.REJECT: EXACT,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal and what became of it."""

    row: Row
    judgement: Judgement

    @property
    def reviewed(self) -> Row | None:
        """The row of a reviewed match; None where nothing is decided."""
        if self.judgement is Judgement.UNSURE:
            return None
        modifier = NOT if self.judgement is Judgement.REJECT else ""
        return replace(
            self.row,
            predicate_id=_PREDICATES[self.judgement],
            predicate_modifier=modifier,
            mapping_justification=REVIEWED,
        )


class LinkReview:
    """Judgements on proposals in their order, beside what was reviewed before."""

    def __init__(self, rows: Sequence[Row], before: Table) -> None:
        self.rows = tuple(rows)
        self._before = before
        self._judged: list[Judged] = []
        self._undone: list[Judged] = []

    @property
    def next(self) -> Row | None:
        """The first proposal without a judgement; None where all have one."""
        return self.rows[len(self._judged)] if len(self._judged) < len(self.rows) else None

    @property
    def judged(self) -> Sequence[Judged]:
        """All judgements so far."""
        return tuple(self._judged)

    @property
    def reviewed(self) -> list[Row]:
        """The rows of what is decided."""
        return [row for each in self._judged if (row := each.reviewed) is not None]

    @property
    def undone(self) -> list[Row]:
        """The rows of what was decided and taken back, as they were then."""
        return [row for each in self._undone if (row := each.reviewed) is not None]

    @property
    def restored(self) -> list[Row]:
        """What was reviewed before of the things and items whose judgement was taken back."""
        pairs = {row.pair for row in self.undone}
        return [row for row in self._before.rows if row.pair in pairs]

    def held(self, row: Row) -> str:
        """The item that the subject of a proposal is exactly, as was reviewed; nothing where it has none."""
        exact = self._before.with_rows(self.reviewed).holding(EXACT)
        return next((item for item, node in exact.items() if node == row.subject_id), "")

    def judge(self, judgement: Judgement) -> None:
        """Judges the next proposal; raises UsageError where it cannot be accepted beside another match."""
        if (row := self.next) is None:
            return
        if judgement is Judgement.ACCEPT:
            self._require_alone(row)
        self._judged.append(Judged(row, judgement))

    def undo(self) -> bool:
        """Takes the last judgement back; returns whether there was one."""
        if not self._judged:
            return False
        self._undone.append(self._judged.pop())
        return True

    def _require_alone(self, row: Row) -> None:
        """One thing is exactly one item, and one item exactly one thing."""
        exact = self._before.with_rows(self.reviewed).holding(EXACT)
        if (other := exact.get(row.object_id)) and other != row.subject_id:
            raise UsageError(f"{row.object_id} is {other} already; it may be close to this, or different")
        if (held := self.held(row)) and held != row.object_id:
            raise UsageError(f"{row.subject_id} is {held} already; it may be close to this, or different")


def surest_first(rows: Iterable[Row]) -> list[Row]:
    """Proposals with those of one thing together, by the confidence of the best of each thing, then by their own."""
    rows = list(rows)
    best: dict[str, float] = {}
    for row in rows:
        best[row.subject_id] = max(best.get(row.subject_id, 0.0), row.sureness)
    return sorted(rows, key=lambda row: (-best[row.subject_id], row.subject_id, -row.sureness, row.object_id))


def rejected(table: Table, subjects: Collection[str]) -> list[Row]:
    """As proposals, the matches of some things that were rejected or taken back, and are not related otherwise."""
    related = {row.pair for row in table.rows if row.holds}
    return [
        replace(row, predicate_modifier="", mapping_justification=PROPOSED)
        for row in table.rows
        if row.subject_id in subjects and row.pair not in related
    ]


def apply_review(review: LinkReview, links: Path, proposed: Path) -> int:
    """Writes what is decided to the reviewed links, takes it from the proposals, and says how many there were.

    What was taken back goes the other way, so that this may follow each judgement.
    """
    reviewed, undone, restored = review.reviewed, review.undone, review.restored
    if reviewed or undone:
        save_table(read_table(links).without_rows(undone).with_rows(restored).with_rows(reviewed), links)
        back = {row.pair for row in undone} - {row.pair for row in restored}
        waiting = read_table(proposed).with_rows(row for row in review.rows if row.pair in back)
        save_table(waiting.without(row.pair for row in reviewed), proposed)
    return len(reviewed)


def withdraw(links: Path, subject: str, item: str) -> list[Row]:
    """Takes reviewed matches of a thing and an item back: their rows stay, and say that it is not so.

    Raises UsageError where there is none.
    """
    table = read_table(links)
    held = [row for row in table.rows if row.pair == (subject, item) and row.holds]
    if not held:
        raise UsageError(f"no reviewed row says that {subject} is {item}")
    rows = [replace(row, predicate_modifier=NOT) for row in held]
    save_table(table.with_rows(rows), links)
    return rows
