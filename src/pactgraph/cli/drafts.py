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
        rows = [telling.row(each) for each in draft.claims]
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


def print_explanation(draft: Draft, drafter: Drafter) -> None:
    """Zones, what was mentioned, what opened which frame and became which claims, and what was refused and why."""
    from pactgraph.drafting.rows import Telling

    text, telling = draft.given.text.normal, Telling(drafter.extractor.nodes, draft)
    paper.line("Zones")
    for block in draft.extraction.blocks:
        read = "" if block.zone.is_read else " (not read)"
        paper.line(f"  {block.start:>6}  {block.zone.value}{read}: {_few(text[block.start : block.end])}")
    paper.line("\nMentions")
    for scene in draft.extraction.scenes:
        for mention in scene.mentions:
            paper.line(
                f"  {mention.start:>6}  {text[mention.start : mention.end]} → {mention.entity.name} ({mention.how})"
            )
    paper.line("\nFrames")
    for candidate in draft.extraction.candidates:
        opener = text[slice(*candidate.trigger)]
        paper.line(
            f"  {candidate.evidence[0]:>6}  “{opener}” opens {candidate.rule} {candidate.version}: {candidate.predicate}"
        )
        for each in draft.claims:
            if each.candidate is candidate:
                row = telling.row(each)
                paper.line(
                    f"          {row['about']} · {row['claim']} · {row['value']} · {row['put as']} · {row['speaker']}"
                )
    paper.line("\nNot taken")
    for refusal in draft.refused:
        paper.line(f"  {refusal.candidate.evidence[0]:>6}  {telling.refusal(refusal, text)}")


def _few(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


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
