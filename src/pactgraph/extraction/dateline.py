"""The day on which a text says that it was published: in its byline, or in the dateline of its first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pactgraph.dates import readings
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.zones import Block, Zone, zones

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_NUMERIC = re.compile(r"\b(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>(?:19|20)\d{2})\b")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SPACELESS = re.compile(r"(?<=[A-Za-z])\.(?=\d)|(?<=\d),(?=\d{4}\b)")
"""As in `Nov.14,2025`."""
_DATELINE = re.compile(
    r"\A[^.!?]{0,70}?\s[-–—]\s|\A\W*[^.!?]{0,60}?\)\s*[-–—:.]|\A[^.!?\d]{3,40}, [^.!?]{8,24}\."
)
_LONGEST, _SHORTEST = 16, 5
"""In words: a longer line tells something, and may tell of another day."""
_ANY_DAY = date(2000, 1, 1)


def find_published(text: str, lexicon: Lexicon) -> date | None:
    """The day of publication; None where the text gives none with its year.

    A byline comes first, then the other short lines around the headline, then the dateline.
    """
    blocks = zones(text, lexicon)
    first = next(
        (i for i, b in enumerate(blocks) if b.zone is Zone.BODY and not _is_note(text, b)), len(blocks)
    )
    top = [block for block in blocks[: first + 3] if _is_note(text, block)]
    for group in (_of(top, Zone.BYLINE), _of(top, Zone.CHROME, Zone.HEADLINE, Zone.SUBHEAD, Zone.BODY)):
        found = [day for block in group for day in _days(text[block.start : block.end])]
        if found:
            return found[0]
    return next(_datelined(text, blocks[first : first + 1]), None)


def _is_note(text: str, block: Block) -> bool:
    """Whether a line is so short that a date in it is its own; a paragraph has to be shorter still."""
    return len(text[block.start : block.end].split()) <= (_SHORTEST if block.zone is Zone.BODY else _LONGEST)


def _of(blocks: Sequence[Block], *kinds: Zone) -> list[Block]:
    return [block for block in blocks if block.zone in kinds]


def _datelined(text: str, blocks: Sequence[Block]) -> Iterator[date]:
    for block in blocks:
        if match := _DATELINE.match(text[block.start : block.end]):
            yield from _days(match[0])


def _days(words: str) -> Iterator[date]:
    """The days that words give in full: with a year, which no word but theirs decides."""
    for match in _NUMERIC.finditer(words):
        yield from _real(int(match["year"]), int(match["month"]), int(match["day"]))
    if _YEAR.search(words):
        found = readings(_SPACELESS.sub(r"\g<0> ", words), _ANY_DAY)
        began = {text.partition("/")[0] for text in found if "/" in text}
        days = (text for text in found - began if _DAY.fullmatch(text) and text[:4] in words)
        yield from map(date.fromisoformat, sorted(days))


def _real(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
