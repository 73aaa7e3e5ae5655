"""How a draft looks: its claims as a table or as data, and why each was taken or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactgraph.cli import paper, tables

if TYPE_CHECKING:
    from pactgraph.drafting import Batch, Draft, Drafter

_COLUMNS = ("about", "claim", "value", "put as", "speaker", "as printed")


def print_draft(draft: Draft, drafter: Drafter, form: str) -> None:
    """The claims of a draft; the nodes that they need and do not have yet are told on stderr."""
    from pactgraph.drafting.rows import Telling, jsonl

    if form == "ttl":
        paper.write(draft.turtle.encode())
    elif form == "jsonl":
        paper.write(jsonl(draft).encode())
    else:
        telling = Telling(drafter.extractor.nodes, draft)
        rows = [telling.row(each.claim) for each in draft.claims]
        tables.print_table(_COLUMNS, [[row[name] for name in _COLUMNS] for row in rows])
    paper.say(summary(draft))


def summary(draft: Draft) -> str:
    """One line that says what was read."""
    day = (
        draft.given.published.isoformat()
        if draft.given.published
        else "on a day that is not known (--published DAY)"
    )
    basis = f" ({draft.given.basis.lower()})" if draft.given.basis else ""
    new = f", {paper.some(len(draft.proposals), 'new node')}" if draft.proposals else ""
    return (
        f"{draft.given.name}, published {day}{basis}: {paper.some(len(draft.claims), 'claim')}{new}, "
        f"{len(draft.refused):,} refused."
    )


def print_batch(batch: Batch) -> None:
    """What became of each file of a batch: files written on stdout, all else on stderr."""
    for path in batch.written:
        paper.line(str(path))
    for failure in batch.failed:
        paper.say(f"{failure.file}: {failure.message}")
    paper.say(
        f"{paper.some(len(batch.written), 'draft')} written, {len(batch.skipped):,} there already, "
        f"{len(batch.failed):,} failed."
    )
