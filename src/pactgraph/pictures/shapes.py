"""One shape for each kind of mark, so that it is told apart without colour, and the legend of those in use.

Filled is a fact with its day; hollow is a fact of which only a longer time, or the day by which it is so, is told; dashed
is disputed. What others expect or deny is drawn in lines.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, TypeAlias

from pactgraph.pictures.axis import Axis
from pactgraph.pictures.canvas import draw, path, symbol, write
from pactgraph.pictures.lettering import width
from pactgraph.pictures.marks import DENIED, EVENT, EXPECTED, SIGNED, TALKS, Mark

_FINE: Final = timedelta(days=31)
"""The longest time that has a mark in its middle; of a longer one only the span is drawn."""
_DAY: Final = timedelta(days=1)
Outline: TypeAlias = str
_OUTLINES: Final[Mapping[str, Outline]] = {
    "Announced": "m0 -6 l5.8 10.4 h-11.6z",
    TALKS: "m-3.6 -4.6 l8 4.6 l-8 4.6z",
    EVENT: "m0 -6.6 l6.6 6.6 l-6.6 6.6 l-6.6 -6.6z",
    "TextAgreed": "m-4.4 -4.4 h8.8 v8.8 h-8.8z",
    SIGNED: "m-5.6 0 a5.6 5.6 0 1 1 11.2 0 a5.6 5.6 0 1 1 -11.2 0z",
    "Ratified": "m0 -6.6 l6.2 4.5 l-2.4 7.3 h-7.6 l-2.4 -7.3z",
    "InForce": "m-7 -3.4 h14 v6.8 h-14z",
    "Ended": "m-2 -7 h4 v14 h-4z",
    "CalledOff": "m-5 -5 h10 v10 h-10z m0 0 l10 10 m0 -10 l-10 10",
}
_OTHER: Final = "m-3 -3 h6 v6 h-6z"
_ALWAYS_HOLLOW: Final = frozenset(("Announced", EVENT, "CalledOff"))


def draw_mark(row: ET.Element, axis: Axis, y: float, mark: Mark) -> None:
    """Draws a mark with what it says and the link to its source."""
    group = symbol(row, f"{mark.told} · {mark.who}", mark.link)
    if mark.last < axis.first or mark.first > axis.last:
        _pointer(group, axis, y, -1 if mark.last < axis.first else 1)
    if mark.kind == EXPECTED:
        _draw_expected(group, axis, y, mark)
    elif mark.kind == DENIED:
        _cross(group, axis.at(mark.day), y)
    else:
        _draw_reached(group, axis, y, mark)


def _draw_reached(group: ET.Element, axis: Axis, y: float, mark: Mark) -> None:
    if _is_span(mark):
        path(group, "maybe", "M", axis.at(mark.first), y, "H", axis.at(mark.last))
    if mark.by or mark.last - mark.first <= _FINE:
        _outlined(
            group,
            axis.at(mark.day),
            y,
            mark.kind,
            _look(mark.kind, not mark.by and not _is_span(mark), mark.disputed),
        )


def _look(kind: str, exact: bool, disputed: bool) -> str:
    if disputed:
        return "doubtful"
    return "solid" if exact and kind not in _ALWAYS_HOLLOW else "hollow"


def _pointer(group: ET.Element, axis: Axis, y: float, way: int) -> None:
    """That a mark lies beyond the end of the axis at which it stands."""
    x = axis.right if way > 0 else axis.left
    path(group, "line", "M", x + 10 * way, y - 4, f"l{4 * way} 4 l{-4 * way} 4")


def _outlined(group: ET.Element, x: float, y: float, kind: str, look: str) -> None:
    outline = _OUTLINES.get(kind, _OTHER)
    path(group, "halo", "M", x, y, outline)
    path(group, look, "M", x, y, outline)


def _draw_expected(group: ET.Element, axis: Axis, y: float, mark: Mark) -> None:
    if mark.time.last is None or mark.time.first is None:
        _half(group, axis.at(mark.first), y, -1 if mark.time.first is None else 1)
    else:
        _capsule(group, axis.at(mark.first), axis.at(mark.last), y)


def _half(group: ET.Element, x: float, y: float, way: int) -> None:
    """From a day on, or by a day: closed at the day and open beyond."""
    path(
        group,
        "expected",
        "M",
        x + 9 * way,
        y - 8.5,
        f"h{-4 * way} a8.5 8.5 0 0 {int(way < 0)} 0 17 h{4 * way}",
    )


def _capsule(group: ET.Element, left: float, right: float, y: float) -> None:
    draw(group, "rect", "expected", x=left - 8.5, y=y - 8.5, width=right - left + 17, height=17, rx=8.5)


def _cross(group: ET.Element, x: float, y: float) -> None:
    for style in ("halo", "denied"):
        path(group, style, "M", x - 4.6, y - 4.6, "l9.2 9.2 m0 -9.2 l-9.2 9.2")


def draw_band(row: ET.Element, axis: Axis, y: float, days: tuple[date, date]) -> None:
    """A bar for the time in which talks went on."""
    left, right = axis.at(days[0]), axis.at(days[1])
    draw(row, "rect", "band", x=left, y=y - 3.5, width=max(right - left, 1), height=7)


Sample: TypeAlias = Callable[[ET.Element, float, float], None]


def samples(marks: Iterable[Mark], kinds: Mapping[str, str], *, band: bool) -> Iterator[tuple[Sample, str]]:
    """What the legend shows: how each kind in use is drawn, and its name."""
    known = list(marks)
    used = {mark.kind for mark in known}
    if band:
        yield _band_sample, "talks"
    for kind, name in kinds.items():
        if kind in used and kind not in (EXPECTED, DENIED):
            yield _sample(kind, _look(kind, True, False)), "talks begun" if kind == TALKS else name
    yield from _looks(known)
    if EXPECTED in used:
        yield from _expected_samples([mark for mark in known if mark.kind == EXPECTED], kinds[EXPECTED])
    if DENIED in used:
        yield _cross, kinds[DENIED]


def _looks(marks: Sequence[Mark]) -> Iterator[tuple[Sample, str]]:
    """What hollow, dotted and dashed shapes mean, where there are any."""
    reached = [mark for mark in marks if mark.kind not in (EXPECTED, DENIED)]
    if vague := [mark.kind for mark in reached if _is_vague(mark)]:
        yield _sample(SIGNED if SIGNED in vague else vague[0], "hollow"), "hollow: day not told"
    if any(_is_span(mark) for mark in reached):
        yield _span_sample, "some day within"
    if disputed := [mark.kind for mark in reached if mark.disputed]:
        yield _sample(disputed[0], "doubtful"), "disputed"


def _is_vague(mark: Mark) -> bool:
    return (
        mark.kind not in _ALWAYS_HOLLOW
        and not mark.disputed
        and (mark.by or _DAY < mark.last - mark.first <= _FINE)
    )


def _is_span(mark: Mark) -> bool:
    return not mark.by and mark.last - mark.first > _DAY


def _span_sample(group: ET.Element, x: float, y: float) -> None:
    path(group, "maybe", "M", x - 10, y, "H", x + 10)


def clock_sample(group: ET.Element, x: float, y: float) -> None:
    """A line at the day that is asked about."""
    path(group, "clock", "M", x, y - 9, "V", y + 9)


def _sample(kind: str, look: str) -> Sample:
    return lambda group, x, y: _outlined(group, x, y, kind, look)


def _band_sample(group: ET.Element, x: float, y: float) -> None:
    draw(group, "rect", "band", x=x - 9, y=y - 3.5, width=18, height=7)


def _expected_samples(marks: Sequence[Mark], name: str) -> Iterator[tuple[Sample, str]]:
    closed = [mark for mark in marks if mark.time.first and mark.time.last]
    if any(mark.first == mark.last for mark in closed):
        yield lambda group, x, y: _capsule(group, x, x, y), f"{name} that day"
    if any(mark.first < mark.last for mark in closed):
        yield lambda group, x, y: _capsule(group, x - 4, x + 4, y), "within that time"
    if any(mark.time.first is None for mark in marks):
        yield lambda group, x, y: _half(group, x, y, -1), "by that day"
    if any(mark.time.last is None for mark in marks):
        yield lambda group, x, y: _half(group, x, y, 1), "from that day on"


def draw_legend(
    root: ET.Element, found: Iterable[tuple[Sample, str]], left: float, right: float, y: float
) -> float:
    """Draws the legend in as many lines as it needs, and returns where it ends."""
    x = left
    for drawn, words in found:
        needed = 24 + width(words) + 16
        if x > left and x + needed > right:
            x, y = left, y + 22
        drawn(root, x + 10, y - 4)
        write(root, x + 26, y, words)
        x += needed + 4
    return y
