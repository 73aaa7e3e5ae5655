"""Dates in words: how a person would say an EDTF date, and what printed words may mean.

`say` and `readings` go opposite ways. `readings` gives every date that the printed words can stand for when they
were written on a known day, so that a claim's date can be checked against its passage; it never chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pactgraph.dates.edtf import Edtf, Moment

MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_MONTH: Final = "|".join(f"{name[:3]}\\.|{name}" for name in MONTHS) + "|Sept\\."
_DAY: Final = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>[12][0-9]{3})"
_DATED: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<month>{_MONTH})\s+{_DAY}\b(?:,?\s+{_YEAR}\b)?",
        rf"\b{_DAY}\s+(?:of\s+)?(?P<month>{_MONTH})\b(?:,?\s+{_YEAR}\b)?",
    )
)
_SPAN: Final = re.compile(
    rf"\b(?P<month>{_MONTH})\s*(?:and|or|to|-|–)\s*(?P<until>{_MONTH})\b(?:\s+{_YEAR}\b)?", re.IGNORECASE
)
_MONTHLY: Final = re.compile(
    rf"\b(?:(?P<which>last|this|next)\s+)?(?P<month>{_MONTH})(?!\w)(?:\s+(?:of\s+)?{_YEAR}\b)?", re.IGNORECASE
)
_SEASONAL: Final = re.compile(
    rf"\b(?P<season>{'|'.join(_SEASONS)})\b(?:\s+(?:of\s+)?{_YEAR}\b)?", re.IGNORECASE
)
_RELATIVE: Final = re.compile(
    r"\b(?P<which>last|previous|this|next|coming)\s+(?P<unit>week|month|year)\b", re.IGNORECASE
)
_NEAR: Final = {"yesterday": -1, "today": 0, "tonight": 0, "now": 0, "tomorrow": 1}
_STEP: Final = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}


def say(when: Edtf) -> str:
    """The date as a person would write it: `27 May 2024`, `May–June 2024`, `from 20 April 2024 on`."""
    if not when.is_interval:
        assert when.start is not None
        return _say_moment(when.start)
    if when.start is None:
        assert when.end is not None
        return f"by {_say_moment(when.end)}"
    if when.end is None:
        return f"from {_say_moment(when.start)} on"
    opening, closing = _say_moment(when.start), _say_moment(when.end)
    if opening[-5:] == closing[-5:] and " " in opening:
        opening = opening[:-5]
    return f"{opening}–{closing}" if " " not in opening else f"{opening} – {closing}"


def readings(printed: str, written: date) -> frozenset[str]:
    """Every EDTF date that the printed words can stand for when they were written on that day."""
    return frozenset(_readings(printed, written))


def _say_moment(moment: Moment) -> str:
    parts = moment.text.rstrip("~?%").split("-")
    about = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(moment.qualifier, "")
    if len(parts) == 1 or "X" in moment.text:
        return about + ("-".join(parts) if len(parts) > 1 else parts[0].replace("X", "…"))
    number = int(parts[1])
    name = MONTHS[number - 1] if number <= len(MONTHS) else _season_name(number)
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{about}{day}{name} {parts[0]}"


def _season_name(number: int) -> str:
    return next(name for name, code in _SEASONS.items() if code == number)


def _readings(printed: str, written: date) -> Iterator[str]:
    yield from re.findall(r"\b[12][0-9]{3}-[01][0-9]-[0-3][0-9]\b", printed)
    rest = printed
    for pattern in _DATED:
        for match in pattern.finditer(rest):
            yield from _days(match, written)
        rest = pattern.sub(" ", rest)
    for match in _SPAN.finditer(rest):
        yield from _month_spans(match, written)
    for match in _MONTHLY.finditer(rest):
        yield from _months(match, written)
    rest = _MONTHLY.sub(" ", rest)
    for match in _SEASONAL.finditer(rest):
        years = [int(match["year"])] if match["year"] else range(written.year - 1, written.year + 2)
        yield from (f"{year}-{_SEASONS[match['season'].lower()]}" for year in years)
    yield from re.findall(r"\b[12][0-9]{3}\b", _SEASONAL.sub(" ", rest))
    for match in _RELATIVE.finditer(rest):
        yield _relative(match["unit"].lower(), _STEP[match["which"].lower()], written)
    yield from _named_days(rest, written)


def _days(match: re.Match[str], written: date) -> Iterator[str]:
    month, day = _month_number(match["month"]), int(match["day"])
    years = [int(match["year"])] if match["year"] else [written.year - 1, written.year, written.year + 1]
    for year in years:
        when = _real_day(year, month, day)
        if when and (match["year"] or abs((when - written).days) <= 183):
            yield when.isoformat()


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_spans(match: re.Match[str], written: date) -> Iterator[str]:
    opening, closing = _month_number(match["month"]), _month_number(match["until"])
    years = [int(match["year"])] if match["year"] else [written.year - 1, written.year, written.year + 1]
    for year in years:
        until = year + (closing < opening)
        if match["year"] or abs(year * 12 + opening - written.year * 12 - written.month) < 12:
            yield f"{year:04}-{opening:02}/{until:04}-{closing:02}"


def _months(match: re.Match[str], written: date) -> Iterator[str]:
    month, which = _month_number(match["month"]), (match["which"] or "").lower()
    if match["year"]:
        yield f"{int(match['year']):04}-{month:02}"
        return
    past = written.year - (month >= written.month)
    if which == "last":
        yield f"{past:04}-{month:02}"
    elif which == "next":
        yield f"{written.year + (month <= written.month):04}-{month:02}"
    else:
        yield f"{written.year:04}-{month:02}"
        yield f"{past if month != written.month else written.year:04}-{month:02}"
        if not which:
            yield f"{written.year + (month < written.month):04}-{month:02}"


def _relative(unit: str, step: int, written: date) -> str:
    if unit == "year":
        return f"{written.year + step:04}"
    if unit == "month":
        index = written.year * 12 + written.month - 1 + step
        return f"{index // 12:04}-{index % 12 + 1:02}"
    monday = written - timedelta(written.weekday()) + timedelta(weeks=step)
    return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"


def _named_days(printed: str, written: date) -> Iterator[str]:
    words = printed.lower()
    for name, days in _NEAR.items():
        if re.search(rf"\b{name}\b", words):
            yield (written + timedelta(days)).isoformat()
    for number, name in enumerate(DAYS):
        if re.search(rf"\b{name.lower()}\b", words):
            back = (written.weekday() - number) % 7
            yield (written - timedelta(back)).isoformat()
            yield (written + timedelta((7 - back) % 7)).isoformat()


def _month_number(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month[:3].lower() == name[:3].lower())
