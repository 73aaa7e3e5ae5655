"""Dates in words: how a person would say an EDTF date, and what printed words may mean.

`say` and `readings` go opposite ways. `readings` gives every date that the printed words can stand for when they
were written on a known day, so that a claim's date can be checked against its passage; it never chooses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from pactgraph.dates.edtf import Edtf, Moment

MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NEAR: Final = {"yesterday": -1, "today": 0, "tonight": 0, "now": 0, "tomorrow": 1}
_STEPS: Final = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}
_ABOUT: Final = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
_DURATION: Final = re.compile(r"P(?:(?P<year>\d+)Y)?(?:(?P<month>\d+)M)?(?:(?P<day>\d+)D)?")
_HALF_A_YEAR: Final = 183
_LEAP_DAYS_APART: Final = 8


def say(when: Edtf) -> str:
    """The date as a person would write it: `27 May 2024`, `22–28 April 2024`, `from 20 April 2024 on`."""
    start, end = when.start, when.end
    if start is None or end is None:
        return f"by {_say_moment(end)}" if end else f"from {_say_moment(start)} on" if start else ""
    if start.text == end.text:
        return _say_moment(start)
    if start.precision != end.precision or start.qualifier != end.qualifier:
        return f"{_say_moment(start)} – {_say_moment(end)}"
    return _ABOUT.get(start.qualifier, "") + _say_span(_say_plainly(start), _say_plainly(end))


def say_duration(text: str) -> str:
    """`P10Y` as `10 years`; a duration that counts hours, too, stays as it is."""
    match = _DURATION.fullmatch(text)
    units = [(int(number), unit) for unit, number in match.groupdict().items() if number] if match else []
    return " and ".join(f"{number} {unit}{'s' * (number != 1)}" for number, unit in units) or text


def readings(printed: str, written: date) -> frozenset[str]:
    """Every EDTF date that the printed words can stand for when they were written on that day."""
    return frozenset(_readings(printed, written))


def _say_moment(moment: Moment) -> str:
    return _ABOUT.get(moment.qualifier, "") + _say_plainly(moment)


def _say_plainly(moment: Moment) -> str:
    parts = moment.text.rstrip("~?%").split("-")
    unknown = parts.count("XX")
    year, *rest = (part for part in parts if part != "XX")
    plain = " ".join([*(str(int(day)) for day in rest[1:]), *map(_month_name, rest[:1]), _say_year(year)])
    return f"a {'day' if len(parts) > 2 else 'month'} in {plain}" if unknown else plain


def _say_year(year: str) -> str:
    return f"the {year.replace('X', '0')}s" if "X" in year else year


def _month_name(part: str) -> str:
    number = int(part)
    return (
        MONTHS[number - 1] if number <= len(MONTHS) else next(s for s, n in _SEASONS.items() if n == number)
    )


def _say_span(opening: str, closing: str) -> str:
    """Both ends, with what they share said once."""
    first, last = opening.split(), closing.split()
    while len(first) > 1 and first[-1:] == last[-1:]:
        first.pop()
        last.pop()
    dash = "–" if len(first) == 1 else " – "
    return f"{' '.join(first)}{dash}{closing}"


# What printed words may mean. The name of a month has a capital, since “may” and “march” are verbs.

_NAMES: Final = "|".join([*MONTHS, *map(str.upper, MONTHS)])
_SHORT: Final = "|".join([*(name[:3] for name in MONTHS if name != "May"), "Sept"])
_MONTH: Final = rf"(?P<month>(?:{_NAMES}|(?:{_SHORT})\.)(?!\w))"
_DATED_MONTH: Final = rf"(?P<month>(?:{_NAMES}|{_SHORT})\b\.?)"
_UNTIL_MONTH: Final = rf"(?P<until>(?:{_NAMES}|(?:{_SHORT})\.)(?!\w))"
_DASH: Final = r"\s*[-–—]\s*"
_TO: Final = rf"(?:{_DASH}|\s+(?i:and|or|to|through|until)\s+)"
_ORDINAL: Final = r"(?i:st|nd|rd|th)?"
_DAY: Final = (
    rf"\b(?P<day>[0-3]?[0-9]){_ORDINAL}(?:{_TO}(?P<until>[0-3]?[0-9]){_ORDINAL})?(?![0-9]|[.,][0-9])"
)
_YEAR: Final = r"(?P<year>[12][0-9]{3})\b"


def _readings(printed: str, written: date) -> Iterator[str]:
    """Each kind of words in turn; what some kinds have read is gone for those after them."""
    rest = printed
    for pattern, read, consumed in _KINDS:
        for match in pattern.finditer(rest):
            yield from read(match, written)
        if consumed:
            rest = pattern.sub(" ", rest)


def _iso_day(match: re.Match[str], written: date) -> Iterator[str]:
    if _real_day(*map(int, match[0].split("-"))):
        yield match[0]


def _days(match: re.Match[str], written: date) -> Iterator[str]:
    month, until = _month_number(match["month"]), match["until"]
    for day in _dates(match["year"], month, int(match["day"]), written):
        yield day.isoformat()
        last = _real_day(day.year, month, int(until)) if until else None
        if last and day < last:
            yield from (last.isoformat(), f"{day}/{last}")


def _dates(year: str | None, month: int, day: int, written: date) -> list[date]:
    """The day in that year; without one, where it is at most half a year off, or else (29 February) the nearest."""
    around = range(written.year - _LEAP_DAYS_APART, written.year + _LEAP_DAYS_APART + 1)
    real = [when for y in ([int(year)] if year else around) if (when := _real_day(y, month, day))]
    near = [when for when in real if year or abs(when - written).days <= _HALF_A_YEAR]
    return near or sorted(real, key=lambda when: abs(when - written))[:1]


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_spans(match: re.Match[str], written: date) -> Iterator[str]:
    opening, closing = _month_number(match["month"]), _month_number(match["until"])
    turn = closing < opening
    for end in _closing_years(match, turn, written):
        start = int(match["from"]) if match["from"] else end - turn
        told = match["from"] or match["year"]
        near = abs((start - written.year) * 12 + opening - written.month) < 12
        if (told or near) and (start, opening) < (end, closing):
            yield f"{start:04}-{opening:02}/{end:04}-{closing:02}"


def _closing_years(match: re.Match[str], turn: bool, written: date) -> Iterable[int]:
    if match["year"]:
        return [int(match["year"])]
    return [int(match["from"]) + turn] if match["from"] else range(written.year - 1, written.year + 3)


def _months(match: re.Match[str], written: date) -> Iterator[str]:
    month, this = _month_number(match["month"]), written.year
    past, future = this - (month >= written.month), this + (month <= written.month)
    if match["year"]:
        years = {int(match["year"])}
    elif match["which"]:
        years = {"last": {past, this - 1}, "this": {this}, "next": {future, this + 1}}[match["which"].lower()]
    else:
        years = {this} if month == written.month else {past, future}
    yield from (f"{year:04}-{month:02}" for year in years)


def _seasons(match: re.Match[str], written: date) -> Iterator[str]:
    years = [int(match["year"])] if match["year"] else range(written.year - 1, written.year + 2)
    yield from (f"{year:04}-{_SEASONS[match['season'].lower()]}" for year in years)


def _years(match: re.Match[str], written: date) -> Iterator[str]:
    year, until = match["year"], match["until"]
    yield year
    if until:
        yield until
        if year < until:
            yield f"{year}/{until}"


def _decade(match: re.Match[str], written: date) -> Iterator[str]:
    yield f"{match['decade']}X"


def _relative(match: re.Match[str], written: date) -> Iterator[str]:
    unit, step = match["unit"].lower(), _STEPS[match["which"].lower()]
    if unit == "year":
        yield f"{written.year + step:04}"
    elif unit == "month":
        index = written.year * 12 + written.month - 1 + step
        yield f"{index // 12:04}-{index % 12 + 1:02}"
    else:
        monday = written - timedelta(written.weekday()) + timedelta(weeks=step)
        yield f"{monday}/{monday + timedelta(6)}"


def _near_day(match: re.Match[str], written: date) -> Iterator[str]:
    yield (written + timedelta(_NEAR[match[0].lower()])).isoformat()


def _weekday(match: re.Match[str], written: date) -> Iterator[str]:
    """The last day of that name and the next, or the day of writing itself."""
    back = (written.weekday() - DAYS.index(match[0].capitalize())) % 7
    yield (written - timedelta(back)).isoformat()
    yield (written + timedelta((7 - back) % 7)).isoformat()


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month[:3].lower() == name[:3].lower())


def _any(words: Iterable[str]) -> str:
    return rf"\b(?:{'|'.join(words)})\b"


_Reader = Callable[[re.Match[str], date], Iterator[str]]
_KINDS: Final[tuple[tuple[re.Pattern[str], _Reader, bool], ...]] = (
    (re.compile(r"\b[12][0-9]{3}-[01][0-9]-[0-3][0-9]\b"), _iso_day, True),
    (re.compile(rf"\b{_DATED_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?"), _days, True),
    (re.compile(rf"{_DAY}\s+(?:of\s+)?{_DATED_MONTH}(?:,?\s+{_YEAR})?"), _days, True),
    (
        re.compile(rf"\b{_MONTH}(?:,?\s+(?P<from>[12][0-9]{{3}}))?{_TO}{_UNTIL_MONTH}(?:,?\s+{_YEAR})?"),
        _month_spans,
        False,
    ),
    (
        re.compile(rf"\b(?:(?P<which>(?i:last|this|next))\s+)?{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR})?"),
        _months,
        True,
    ),
    (re.compile(rf"\b(?P<season>(?i:{'|'.join(_SEASONS)}))\b(?:\s+(?:of\s+)?{_YEAR})?"), _seasons, True),
    (re.compile(rf"\b{_YEAR}(?:{_TO}(?P<until>[12][0-9]{{3}})\b)?"), _years, False),
    (re.compile(r"\b(?P<decade>[12][0-9]{2})0s\b"), _decade, False),
    (
        re.compile(rf"(?P<which>{_any(_STEPS)})\s+(?P<unit>(?:week|month|year)\b)", re.IGNORECASE),
        _relative,
        False,
    ),
    (re.compile(_any(_NEAR), re.IGNORECASE), _near_day, False),
    (re.compile(_any(DAYS), re.IGNORECASE), _weekday, False),
)
"""Words, what they can stand for, and whether they are then read."""
