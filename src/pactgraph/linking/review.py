"""The review of proposals: a judgement for each, which can be taken back; what is unsure is asked again another time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pactgraph.errors import UsageError
from pactgraph.linking.sssom import CLOSE, DIFFERENT, EXACT, NOT, REVIEWED, Row, Table, read_table, save_table


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

    def judge(self, judgement: Judgement) -> None:
        """Judges the next proposal; raises UsageError where it cannot be accepted beside another match."""
        if (row := self.next) is None:
            return
        if judgement is Judgement.ACCEPT:
            self._require_alone(row)
        self._judged.append(Judged(row, judgement))

    def undo(self) -> bool:
        """Takes the last judgement back; returns whether there was one."""
        return bool(self._judged) and self._judged.pop() is not None

    def _require_alone(self, row: Row) -> None:
        """One thing is exactly one item, and one item exactly one thing."""
        exact = self._before.with_rows(self.reviewed).holding(EXACT)
        if (other := exact.get(row.object_id)) and other != row.subject_id:
            raise UsageError(f"{row.object_id} is {other} already; it may be close to this, or different")
        if held := [item for item, node in exact.items() if node == row.subject_id and item != row.object_id]:
            raise UsageError(f"{row.subject_id} is {held[0]} already; it may be close to this, or different")


def apply_review(review: LinkReview, links: Path, proposed: Path) -> int:
    """Writes what is decided to the reviewed links, takes it from the proposals, and says how many there were."""
    reviewed = review.reviewed
    if reviewed:
        save_table(read_table(links).with_rows(reviewed), links)
        save_table(read_table(proposed).without(row.pair for row in reviewed), proposed)
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
