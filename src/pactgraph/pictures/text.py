"""The timeline in letters, for a terminal: a row for each pact, a column for some days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Final

from pactgraph.pictures.axis import Axis
from pactgraph.pictures.drawing import UNTOLD, brief, notes_of, subtitle, time_axis, title
from pactgraph.pictures.lettering import clean
from pactgraph.pictures.marks import DENIED, EVENT, EXPECTED, SIGNED, TALKS, Life, Mark, Timeline
from pactgraph.pictures.sayings import Graph, Signers
from pactgraph.pictures.threads import graph_subtitle

_SIGNS: Final[Mapping[str, str]] = {
    "Announced": "△", TALKS: "▸", EVENT: "◇", "TextAgreed": "■", SIGNED: "●", "Ratified": "◆", "InForce": "▬",
    "Ended": "▌", "CalledOff": "⊠", EXPECTED: "○", DENIED: "×",
}  # fmt: skip
_OTHER: Final = "▪"
_NAME, _LEAST = 26, 12


def timeline_text(timeline: Timeline, width: int) -> str:
    """The timeline in so many columns."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(timeline, width))


def graph_text(graph: Graph, width: int) -> str:
    """The graph of a pact as a tree: what is said, and under it who says so."""
    head = [graph.name, graph.outcome, *(f"  {_signed(party)}" for party in graph.parties)]
    head += [f"  signed by {', '.join(graph.others)}"] if graph.others else []
    return "".join(f"{line}\n" for line in [*head, graph_subtitle(graph), "", *_branches(graph, width)])


def _signed(party: Signers) -> str:
    return f"{party.name}: {', '.join(party.officials)}" if party.officials else party.name


def _branches(graph: Graph, width: int) -> Iterator[str]:
    for what in graph.whats:
        said = " · ".join(filter(None, (what.words, what.when, "a fact" if what.holds else "")))
        yield from wrap(clean(said), max(width, _LEAST), subsequent_indent="    ")
        if what.against:
            yield from _hung(f"against: {what.against}", width)
        for thread in graph.of(what):
            manner = f" [{thread.manner}]" if thread.denies else ""
            yield f"  └ {clean(thread.said.words)}{manner}"


def _lines(timeline: Timeline, width: int) -> Iterator[str]:
    yield title(timeline)
    if words := subtitle(timeline):
        yield words
    yield ""
    if not timeline.lives:
        yield "No pact is told of."
        return
    names = min(max(len(clean(life.label)) for life in timeline.lives), _NAME)
    days = max(len(brief(life.outcome) or UNTOLD) for life in timeline.lives)
    left = names + days + 4
    axis = time_axis(timeline, 0, max(width - left - 1, _LEAST))
    yield " " * left + _ticks(axis)
    notes = notes_of(timeline.lives)
    for life in timeline.lives:
        name = clean(life.label) if len(clean(life.label)) <= names else f"{clean(life.label)[: names - 1]}…"
        yield f"{name:{names}}  {brief(life.outcome) or UNTOLD:{days}}  {_row(life, axis)}"
    yield ""
    used = {mark.kind for life in timeline.lives for mark in life.marks}
    yield "   ".join(
        f"{_SIGNS.get(kind, _OTHER)} {name}" for kind, name in timeline.kinds.items() if kind in used
    )
    said = [note.words for found in notes.values() for note in found.values()]
    if said:
        yield from ("", "Who says otherwise", *(line for words in said for line in _hung(words, width)))


def _hung(words: str, width: int) -> list[str]:
    return wrap(words, max(width, _LEAST), initial_indent="  ", subsequent_indent="    ")


def _row(life: Life, axis: Axis) -> str:
    """Later signs hide earlier ones in the same place: what came about hides what was expected."""
    row = [" "] * (round(axis.right) + 1)
    if life.talks:
        first, last = (round(axis.at(day)) for day in life.talks)
        row[first : last + 1] = "─" * (last + 1 - first)
    for mark in sorted(life.marks, key=_depth):
        row[round(axis.at(mark.day))] = _SIGNS.get(mark.kind, _OTHER)
    return "".join(row)


def _depth(mark: Mark) -> int:
    return {EXPECTED: 0, TALKS: 1, DENIED: 3, SIGNED: 4}.get(mark.kind, 2)


def _ticks(axis: Axis) -> str:
    """The years, and as many months between them as have room."""
    row = [" "] * (round(axis.right) + 8)
    free = 0
    for day in axis.months(12 if axis.right < 60 else 6 if axis.right < 90 else 3):
        words = str(day.year) if day.month == 1 else f"{day:%m}"
        place = round(axis.at(day))
        if place >= free:
            row[place : place + len(words)] = words
            free = place + len(words) + 1
    return "".join(row)
