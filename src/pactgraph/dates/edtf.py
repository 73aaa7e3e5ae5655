"""Dates that keep their precision: the parts of EDTF level 1 that sources need.

https://www.loc.gov/standards/datetime/: `2024`, `2024-05`, `2024-05-27`, seasons `2024-21` to `2024-24`,
unspecified digits `202X`, `2024-XX`, qualifiers `~` (about), `?` (uncertain), `%` (both), and intervals
`2024-05/2024-06`, open (`../2024-07-15`) or of unknown end (`/2024`).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pactgraph.errors import BadInput

_MOMENT: Final = re.compile(
    r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?P<qualifier>[~?%]?)\Z"
)
_SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_WINTER: Final = 24
_SLACK: Final = {"day": 3, "month": 31, "year": 366}
"""Days by which an approximate date may be off at its precision: our reading, EDTF leaves it open."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One date of day, month, season or year precision, with the first and last day that it may mean."""

    text: str
    first: date
    last: date
    qualifier: str = ""

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`; a season counts as a month, and unspecified digits do not count."""
        return ("year", "month", "day")[self.text.count("-") - self.text.count("-XX")]


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or an interval; a None end is open or unknown."""

    text: str
    start: Moment | None
    end: Moment | None

    @property
    def first(self) -> date | None:
        """The earliest day that is meant; None where there is none."""
        return None if self.start is None else self.start.first

    @property
    def last(self) -> date | None:
        """The latest day that is meant; None where there is none."""
        return None if self.end is None else self.end.last

    @property
    def is_interval(self) -> bool:
        """Whether the text is an interval, open or not."""
        return "/" in self.text

    def __str__(self) -> str:
        return self.text


class ImpossibleDate(BadInput):
    """A well-formed date of no day: 30 February, or an interval that ends before it begins."""


def parse(text: str) -> Edtf:
    """Read an EDTF string of our subset; raises ImpossibleDate for days that do not exist, BadInput for any other."""
    start, slash, end = text.partition("/")
    if not slash:
        moment = _moment(text)
        return Edtf(text, moment, moment)
    interval = Edtf(text, _end(start), _end(end))
    if interval.start is None and interval.end is None:
        raise ImpossibleDate(f"{text!r} is open at both ends", hint="leave the date out instead")
    if interval.first and interval.last and interval.first > interval.last:
        raise ImpossibleDate(f"{text!r} ends before it begins")
    return interval


def precedes(one: Edtf, other: Edtf) -> bool:
    """Whether every day that `one` can mean comes before every day that `other` can mean."""
    return _ends(one) < _begins(other)


def overlap(one: Edtf, other: Edtf) -> bool:
    """Whether some day can be meant by both; if not, the two exclude each other."""
    return not precedes(one, other) and not precedes(other, one)


def within(one: Edtf, other: Edtf) -> bool:
    """Whether all days that `one` means are meant by `other`."""
    after = other.first is None or (one.first is not None and one.first >= other.first)
    return after and (other.last is None or (one.last is not None and one.last <= other.last))


def finer(one: Edtf, other: Edtf) -> bool:
    """Whether `one` says more than `other`: it means fewer days, or as many and less qualified."""
    return _vagueness(one) < _vagueness(other)


def _end(text: str) -> Moment | None:
    return None if text in ("", "..") else _moment(text)


def _moment(text: str) -> Moment:
    match = _MOMENT.match(text)
    if match is None:
        raise BadInput(
            f"{text!r} is not a date we can read",
            hint="write 2024, 2024-05, 2024-05-27, 2024-05~ or 2024-05/2024-06",
        )
    try:
        first, last = _bounds(match["year"], match["month"], match["day"])
    except ValueError:
        raise ImpossibleDate(f"{text!r} is not a date: there is no such day or month") from None
    return Moment(text, first, last, match["qualifier"])


def _bounds(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    if "X" in year:
        if month or year[0] == "X" or "X" in year.rstrip("X"):
            raise ValueError(year)
        return date(int(year.replace("X", "0")) or 1, 1, 1), date(int(year.replace("X", "9")), 12, 31)
    number = int(year)
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError(day)
        return date(number, 1, 1), date(number, 12, 31)
    if int(month) in _SEASONS:
        return _season(number, int(month), day)
    if day is None or day == "XX":
        return date(number, int(month), 1), _month_end(number, int(month))
    return date(number, int(month), int(day)), date(number, int(month), int(day))


def _season(year: int, season: int, day: str | None) -> tuple[date, date]:
    if day is not None:
        raise ValueError(day)
    opening, closing = _SEASONS[season]
    return date(year, opening, 1), _month_end(year + (season == _WINTER), closing)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _begins(when: Edtf) -> date:
    return date.min if when.start is None else _shift(when.start.first, -_slack(when.start))


def _ends(when: Edtf) -> date:
    return date.max if when.end is None else _shift(when.end.last, _slack(when.end))


def _slack(moment: Moment) -> int:
    return _SLACK[moment.precision] if moment.qualifier in ("~", "%") else 0


def _shift(day: date, days: int) -> date:
    if not days:
        return day
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.min if days < 0 else date.max


def _vagueness(when: Edtf) -> tuple[int, bool]:
    qualified = any(m is not None and m.qualifier for m in (when.start, when.end))
    return (_ends(when) - _begins(when)).days, qualified
