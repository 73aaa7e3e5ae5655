"""Days from left to right, and the lines and names of months or years behind them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pactgraph.dates.words import MONTHS
from pactgraph.pictures.canvas import path, write

_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)
"""Months from one line to the next: the fewest whose names have room."""
_ROOM: Final = 62
_SHORTEST: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from left to right: the first and the last, and where they lie."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day lies; a day beyond the ends lies at the end."""
        days = (min(max(day, self.first), self.last) - self.first).days
        return self.left + (self.right - self.left) * days / max((self.last - self.first).days, 1)

    def ticks(self) -> Iterator[date]:
        """The first days of some months within, so far apart that their names do not touch."""
        return self.months(self._step())

    def months(self, every: int = 1) -> Iterator[date]:
        """The first days of the months within, `every` so many, counted from a January."""
        count = self.first.year * 12 + self.first.month - 1
        count += -count % every
        while count // 12 <= self.last.year and (day := date(count // 12, count % 12 + 1, 1)) <= self.last:
            if day >= self.first:
                yield day
            count += every

    def _step(self) -> int:
        months = (self.last - self.first).days / 30.44
        room = (self.right - self.left) / max(months, 1)
        return next((step for step in _STEPS if step * room >= _ROOM), _STEPS[-1])


def spanning(days: Iterable[date], left: float, right: float) -> Axis:
    """An axis of whole months on which all the days lie; of no days, of the epoch's first year."""
    known = sorted(days) or [date(1970, 1, 1), date(1970, 12, 31)]
    first, last = known[0].replace(day=1), _month_end(known[-1])
    if last - first < _SHORTEST:
        last = _month_end(first + min(_SHORTEST, date.max - first))
    return Axis(first, last, left, right)


def draw_ticks(parent: ET.Element, axis: Axis, top: float, bottom: float, *, above: bool = True) -> None:
    """Lines of months or years, named below and, if wanted, above."""
    for day in axis.ticks():
        x = axis.at(day)
        path(parent, "rule" if day.month == 1 else "grid", "M", x, top, "V", bottom)
        for y in (top - 7, bottom + 17) if above else (bottom + 17,):
            write(parent, x, y, *_named(day, day in (axis.first, next(axis.ticks()))))


def _named(day: date, first: bool) -> tuple[str, str]:
    """A month in brief; a January, and the first of all, with its year."""
    if day.month == 1:
        return f"{day.year}", "strong middle"
    return MONTHS[day.month - 1][:3] + (f" {day.year}" if first else ""), "dim middle"


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
