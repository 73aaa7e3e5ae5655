"""How an article was read: zones, mentions, frames with the claims made of them, what was passed over or refused, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import TextWrapper
from typing import TYPE_CHECKING

from pactgraph.cli import paper

if TYPE_CHECKING:
    from pactgraph.drafting import Draft, Drafter
    from pactgraph.drafting.rows import Telling

Entry = tuple[int, list[str]]
"""Where it stands in the text, and what is told of it, a paragraph each."""

_FEW = 60
_INDENT = " " * 10


def print_explanation(draft: Draft, drafter: Drafter) -> None:
    """Each part under its head, with the offsets on the left, wrapped to the width of the page."""
    from pactgraph.drafting.rows import Telling

    telling = Telling(drafter.extractor.nodes, draft)
    _print("Zones", _zones(draft))
    _print("Mentions", _mentions(draft))
    _print("Frames", _frames(draft, telling))
    _print("Passed over", _passed_over(draft))
    _print("Refused", _refused(draft, telling))


def _print(head: str, entries: Iterable[Entry]) -> None:
    told = list(entries)
    if not told:
        return
    paper.line(head)
    for place, paragraphs in told:
        first, *rest = paragraphs
        paper.line(_wrapped(first, f"  {place:>6}  "))
        for each in rest:
            paper.line(_wrapped(each, _INDENT))
    paper.line("")


def _wrapped(words: str, indent: str) -> str:
    wrapper = TextWrapper(paper.width(), initial_indent=indent, subsequent_indent=f"{_INDENT}  ")
    return wrapper.fill(words)


def _zones(draft: Draft) -> Iterator[Entry]:
    for block in draft.extraction.blocks:
        read = "" if block.zone.is_read else " (not read)"
        yield block.start, [f"{block.zone.value}{read}: {_few(_words(draft, block.start, block.end))}"]


def _mentions(draft: Draft) -> Iterator[Entry]:
    for mention in (m for scene in draft.extraction.scenes for m in scene.mentions):
        words = _words(draft, mention.start, mention.end)
        yield mention.start, [f"{words} → {mention.entity.name} ({mention.how})"]


def _frames(draft: Draft, telling: Telling) -> Iterator[Entry]:
    for candidate in draft.extraction.candidates:
        opened = f"“{_words(draft, *candidate.trigger)}” opens {candidate.rule} {candidate.version}: {candidate.predicate}"
        rows = (telling.row(each.claim) for each in draft.claims if each.candidate is candidate)
        yield candidate.evidence[0], [opened, *map(_claim, rows)]


def _claim(row: dict[str, str]) -> str:
    return " · ".join(row[part] for part in ("about", "claim", "value", "put as", "speaker"))


def _passed_over(draft: Draft) -> Iterator[Entry]:
    """The words of which no frame made anything, each with the frames that it opened."""
    taken = {candidate.trigger for candidate in draft.extraction.candidates}
    passed = sorted(draft.extraction.passed_over, key=lambda each: (each.start, each.end))
    for (start, end), several in groupby(passed, key=lambda each: (each.start, each.end)):
        if (start, end) not in taken:
            frames: dict[str, list[str]] = {}
            for each in several:
                frames.setdefault(each.why, []).append(each.frame)
            why = "; ".join(f"{reason} ({', '.join(opened)})" for reason, opened in frames.items())
            yield start, [f"“{_words(draft, start, end)}”: {why}"]


def _refused(draft: Draft, telling: Telling) -> Iterator[Entry]:
    for refusal in draft.refused:
        yield refusal.candidate.evidence[0], [telling.refusal(refusal, draft.given.text.normal)]


def _words(draft: Draft, start: int, end: int) -> str:
    return " ".join(draft.given.text.normal[start:end].split())


def _few(words: str) -> str:
    return words if len(words) <= _FEW else f"{words[: _FEW - 1]}…"
