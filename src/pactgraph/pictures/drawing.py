"""The timeline as a picture: one row for each pact, in the order of their signing, and notes on who says otherwise."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from string import ascii_lowercase
from typing import Final

from pactgraph.dates import parse, say
from pactgraph.dates.words import MONTHS
from pactgraph.pictures.axis import Axis, draw_ticks, spanning
from pactgraph.pictures.canvas import WIDTH, fit, group, path, picture, serialized, write
from pactgraph.pictures.lettering import cut, width, wrapped
from pactgraph.pictures.marks import DENIED, EXPECTED, SIGNED, Life, Mark, Timeline
from pactgraph.pictures.shapes import Sample, clock_sample, draw_band, draw_legend, draw_mark, samples
from pactgraph.resolution.clock import Clock

ROWS: Final = 50
"""Pacts on one page."""
UNTOLD: Final = "no signing told"
_EDGE, _STEP, _LINE, _HEADING, _GAP = 16.0, 20.0, 16.0, 24.0, 12.0
_LONGEST: Final = 112.0
"""How wide the day or stage of a pact may be."""
_LEAST, _MOST, _LINES = 90.0, 186.0, 2
"""How wide the names of pacts may be, and in how many lines."""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands against what, and who says so, under a letter that stands at the row."""

    letter: str
    words: str


def timeline_pages(timeline: Timeline) -> tuple[str, ...]:
    """The timeline as SVG, at most `ROWS` pacts on a page, on the same axis on every page."""
    lives = sorted(timeline.lives, key=lambda life: _SECTIONS.index(_section(life)))
    parts = [lives[start : start + ROWS] for start in range(0, len(lives), ROWS)] or [[]]
    return tuple(serialized(_Page(timeline, part, nth, len(parts)).drawn()) for nth, part in enumerate(parts))


def title(timeline: Timeline) -> str:
    """What the timeline is about, in a few words."""
    if len(timeline.lives) == 1:
        return timeline.lives[0].name
    return f"The lives of {len(timeline.lives):,} pacts" if timeline.lives else "The lives of pacts"


def subtitle(timeline: Timeline) -> str:
    """How many are signed, and on which clock."""
    signed = [life for life in timeline.lives if life.is_signed]
    parts = [f"{len(signed):,} signed"] if len(timeline.lives) > 1 else []
    return " · ".join([*parts, *clocks(timeline.clock)])


def clocks(clock: Clock) -> list[str]:
    """The days that are asked about, in words."""
    said = {"as of": clock.as_of, "as known on": clock.as_known}
    return [f"{words} {_day(day)}" for words, day in said.items() if day]


def described(timeline: Timeline) -> str:
    """What the picture shows, for those who do not see it."""
    if not timeline.lives:
        return "No pact is told of."
    dated = [life for life in timeline.lives if life.is_signed and not life.apart]
    told = [f"One row each for {_some(len(timeline.lives), 'pact')}, in the order of signing."]
    if len(dated) > 1:
        first, last = dated[0], dated[-1]
        told.append(f"The first is {first.label}, {first.outcome}; the last {last.label}, {last.outcome}.")
    return " ".join([*told, "Each mark says what it stands for and who says so."])


def time_axis(timeline: Timeline, left: float, right: float) -> Axis:
    """The days of what is a fact or expected; what is disputed or vague may lie beyond, and is drawn at the end."""
    marks = [mark for life in timeline.lives for mark in life.marks]
    firm = [m for m in marks if not m.dissents and (m.last - m.first).days <= 92]
    days = [day for mark in firm or marks for day in (mark.first, mark.last)]
    asked = [day for day in (timeline.clock.as_of, timeline.clock.as_known) if day]
    return spanning([*days, *asked], left, right)


class _Page:
    """Some rows of a timeline, laid out."""

    def __init__(self, timeline: Timeline, lives: Sequence[Life], nth: int, pages: int) -> None:
        self._timeline, self._lives, self._nth, self._pages = timeline, lives, nth, pages
        self._letters = notes_of(lives)
        names = max((width(life.label, bold=life.is_signed) for life in lives), default=0)
        room = min(max(names, _LEAST), _MOST)
        self._names = {life: _name(life, room) for life in lives}
        outcomes = max((width(_outcome(life)) for life in lives), default=0)
        self._day = _EDGE + room + 14
        side = max((width(" ".join(letters)) for letters in self._letters.values()), default=0)
        self._axis = time_axis(timeline, self._day + outcomes + 24, WIDTH - _EDGE - side - 22)

    def drawn(self) -> ET.Element:
        root = picture(0, title(self._timeline), described(self._timeline), f"timeline-{self._nth + 1}")
        top = self._draw_head(root) + 48
        rows, bottom = self._placed(top)
        if self._lives:
            draw_ticks(root, self._axis, top - 8, bottom)
            self._draw_clock(root, top - 8, bottom)
        for y, row in rows:
            if isinstance(row, Life):
                self._draw_row(root, y, row)
            else:
                write(root, _EDGE, y + 4.5, row, "dim strong")
        end = self._draw_notes(root, bottom + 44) if self._lives else bottom
        return fit(root, end + 10)

    def _draw_head(self, root: ET.Element) -> float:
        page = f", page {self._nth + 1} of {self._pages}" if self._pages > 1 else ""
        write(root, _EDGE, 30, cut(f"{title(self._timeline)}{page}", (WIDTH - 2 * _EDGE) / 1.7), "head")
        y = 30.0
        if words := subtitle(self._timeline):
            y += 20
            write(root, _EDGE, y, words, "dim")
        if not self._lives:
            write(root, _EDGE, y + 30, "No pact is told of.")
            return y + 30
        marks = [mark for life in self._timeline.lives for mark in life.marks]
        band = any(life.talks for life in self._timeline.lives)
        found = [*samples(marks, self._timeline.kinds, band=band), *self._clock_samples()]
        return draw_legend(root, found, _EDGE, WIDTH - _EDGE, y + 28)

    def _clock_samples(self) -> Iterator[tuple[Sample, str]]:
        if words := clocks(self._timeline.clock):
            yield clock_sample, " · ".join(words)

    def _placed(self, top: float) -> tuple[list[tuple[float, Life | str]], float]:
        """Where each row lies, with headings where there are several sections, and where the rows end."""
        sections = [(name, list(lives)) for name, lives in groupby(self._lives, _section)]
        placed: list[tuple[float, Life | str]] = []
        y = top
        for name, lives in sections:
            if len(sections) > 1:
                y += _GAP if placed else 0
                placed.append((y, name))
                y += _HEADING
            for life in lives:
                placed.append((y, life))
                y += _STEP + _LINE * (len(self._names[life]) - 1)
        return placed, y - 4

    def _draw_row(self, root: ET.Element, y: float, life: Life) -> None:
        row = group(root, f"{life.label}: {life.outcome or UNTOLD}")
        path(row, "leader", "M", self._axis.left, y, "H", self._axis.right)
        for nth, line in enumerate(self._names[life]):
            write(row, _EDGE, y + 4.5 + _LINE * nth, line, "strong" if life.is_signed else "")
        write(row, self._day, y + 4.5, _outcome(life), "" if life.is_signed else "dim")
        if life.talks:
            draw_band(row, self._axis, y, life.talks)
        for mark in sorted(life.marks, key=_depth):
            draw_mark(row, self._axis, y, mark)
        if letters := self._letters.get(life):
            write(row, WIDTH - _EDGE, y + 4.5, " ".join(letters), "strong end")

    def _draw_clock(self, root: ET.Element, top: float, bottom: float) -> None:
        for day in dict.fromkeys((self._timeline.clock.as_of, self._timeline.clock.as_known)):
            if day:
                x = self._axis.at(day)
                path(root, "clock", "M", x, top, "V", bottom)

    def _draw_notes(self, root: ET.Element, y: float) -> float:
        notes = [note for life in self._lives for note in self._letters.get(life, {}).values()]
        if not notes:
            return y - 16
        write(root, _EDGE, y, "Who says otherwise", "strong")
        return _in_columns(root, notes, y + 20)


def _in_columns(root: ET.Element, notes: Sequence[Note], top: float) -> float:
    """Notes in two columns of much the same height; returns where they end."""
    room = (WIDTH - 2 * _EDGE - 24) / 2
    blocks = [(note, wrapped(note.words, room - 24)) for note in notes]
    half = sum(len(lines) for _, lines in blocks) / 2
    ends, x, y, said = [top], _EDGE, top, 0
    for note, lines in blocks:
        if said >= half and x == _EDGE:
            x, y = _EDGE + room + 24, top
        write(root, x, y, note.letter, "strong")
        for line in lines:
            write(root, x + 22, y, line)
            y += 17
        said += len(lines)
        ends.append(y)
    return max(ends) - 17


def notes_of(lives: Iterable[Life]) -> Mapping[Life, Mapping[str, Note]]:
    """The notes of each pact by their letters."""
    letters = _alphabet()
    return {
        life: {(letter := next(letters)): Note(letter, _note(life, mark)) for mark in found}
        for life in lives
        if (found := [mark for mark in life.marks if mark.dissents])
    }


def _note(life: Life, mark: Mark) -> str:
    return f"{life.label} · {mark.told} · {mark.who}"


def _outcome(life: Life) -> str:
    words = brief(life.outcome) or UNTOLD
    return words if width(words) <= _LONGEST else cut(words.partition(":")[0], _LONGEST)


def _name(life: Life, room: float) -> list[str]:
    """The name of a pact in few lines; the last is cut where the name is longer."""
    lines = wrapped(life.label, room / 1.1 if life.is_signed else room)
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], cut(f"{lines[_LINES - 1]} …", room)]


def _alphabet() -> Iterator[str]:
    yield from ascii_lowercase
    yield from (one + other for one in ascii_lowercase for other in ascii_lowercase)
    nth = 0
    while nth := nth + 1:
        yield f"n{nth}"


def _depth(mark: Mark) -> int:
    """Expectations lie below what came about, and denials above."""
    return {EXPECTED: 0, SIGNED: 2, DENIED: 3}.get(mark.kind, 1)


_SECTIONS: Final = ("Signed", "Not signed", "In no group")


def _section(life: Life) -> str:
    """A pact of which only the day of signing is disputed stands with those that are signed."""
    signed, unsigned, apart = _SECTIONS
    if life.apart:
        return apart
    return signed if any(mark.kind == SIGNED for mark in life.marks) else unsigned


def brief(day: str) -> str:
    """A day in words with the name of its month cut short."""
    return " ".join(word[:3] if word in MONTHS else word for word in day.split())


def _day(day: date) -> str:
    return say(parse(day.isoformat()))


def _some(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
