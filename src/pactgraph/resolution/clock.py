"""Two clocks: the world on a day, and what had been published by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal

from pactgraph.dates import parse
from pactgraph.errors import BadInput, UsageError
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.voices import Voice, tells, when
from pactgraph.vocabulary import XSD


@dataclass(frozen=True, slots=True)
class Clock:
    """The day of the world that is asked about, and the day by which a source has to be published; None is now."""

    as_of: date | None = None
    as_known: date | None = None

    def __bool__(self) -> bool:
        """Whether another day than now is asked about."""
        return self.as_of is not None or self.as_known is not None

    @property
    def days(self) -> dict[str, Literal]:
        """The days as the parameters `asOf` and `asKnown` of a query."""
        days = (("asOf", self.as_of), ("asKnown", self.as_known))
        return {name: Literal(day.isoformat(), datatype=XSD.date) for name, day in days if day}

    def knows(self, published: date | None) -> bool:
        """Whether a source of that day, the last on which it can have been published, is known."""
        return self.as_known is None or (published is not None and published <= self.as_known)

    def reaches(self, by: date | None) -> bool:
        """Whether what is so by that day is so on the day that is asked about."""
        return self.as_of is None or (by is not None and by <= self.as_of)

    def hears(self, voice: Voice, rules: Rules) -> bool:
        """Whether a claim is known, and tells of the world up to the day that is asked about."""
        return self.knows(voice.known) and self.reaches(so_by(voice, rules))


NOW = Clock()
"""All that is known, of the world as it is."""


def so_by(voice: Voice, rules: Rules) -> date | None:
    """The day by which what is claimed is so; of a plan, a hope or a claim without a day, that on which it is said."""
    time = when(voice.content) if tells(voice, rules) else None
    return time.last if time and time.last else voice.stated


def read_clock(as_of: str | None = None, as_known: str | None = None) -> Clock:
    """The clock of two days written as EDTF (`2024-05-27`). Raises UsageError for what is no day."""
    return Clock(_day("--as-of", as_of), _day("--as-known", as_known))


def _day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        when = parse(text)
    except BadInput as error:
        raise UsageError(f"{name} {text}: {error.message}; write a day, such as 2024-05-27") from None
    if when.first is None or when.first != when.last or "/" in text:
        raise UsageError(f"{name} {text} is no single day; write a day, such as 2024-05-27")
    return when.first
