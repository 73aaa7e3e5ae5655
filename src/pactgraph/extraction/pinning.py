"""The day of publication where no line gives it, but something in the text pins it to one year.

A post that is linked carries its time in its number; a day that stands with its weekday falls so only every few years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from pactgraph.dates.words import DAYS, MONTHS
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.zones import zones

_POST = re.compile(r"/status(?:es)?/(?P<number>\d{17,19})\b")
_POSTS_BEGAN = 1_288_834_974_657
"""In milliseconds since 1970: the first moment that the number of a post can carry."""
_YEAR = re.compile(r"\b20\d{2}\b")
_WEEKDAY, _MONTH = rf"(?P<weekday>{'|'.join(DAYS)})", rf"(?P<month>{'|'.join(MONTHS)})"
_WITH_ITS_WEEKDAY = (
    re.compile(
        rf"\b{_WEEKDAY},? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?!,? \d{{4}})"
    ),
    re.compile(rf"\b{_WEEKDAY},? {_MONTH} (?P<day>\d{{1,2}})\b(?!,? \d{{4}})"),
    re.compile(rf"\b(?P<day>\d{{1,2}}) {_MONTH},? (?:on )?{_WEEKDAY}\b"),
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}}),? (?:on )?{_WEEKDAY}\b"),
)
_AROUND = 1
"""In years: how far the day may lie outside the years that the text names."""


def pin_published(text: str, lexicon: Lexicon) -> date | None:
    """The day of publication, or the day from which the text tells, as far as one year alone fits; else None."""
    read = "\n".join(text[block.start : block.end] for block in zones(text, lexicon) if block.zone.is_read)
    return next(_posted(text), None) or next(_on_weekdays(read), None)


def _posted(text: str) -> Iterator[date]:
    for match in _POST.finditer(text):
        moment = (int(match["number"]) >> 22) + _POSTS_BEGAN
        yield datetime.fromtimestamp(moment / 1000, UTC).date()


def _on_weekdays(text: str) -> Iterator[date]:
    named = [int(year) for year in _YEAR.findall(text)]
    years = range(min(named) - _AROUND, max(named) + _AROUND + 1) if named else range(0)
    matches = [match for pattern in _WITH_ITS_WEEKDAY for match in pattern.finditer(text)]
    for match in sorted(matches, key=lambda match: match.start()):
        fitting = [day for year in years for day in _fitting(match, year)]
        if len(fitting) == 1:
            yield fitting[0]


def _fitting(match: re.Match[str], year: int) -> Iterator[date]:
    try:
        day = date(year, MONTHS.index(match["month"]) + 1, int(match["day"]))
    except ValueError:
        return
    if DAYS[day.weekday()] == match["weekday"]:
        yield day
