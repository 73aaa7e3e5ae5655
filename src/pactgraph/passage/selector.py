"""A passage as it is kept, without its words, and what becomes of it when its text is at hand.

`describe` makes it and `locate` finds it again; `prove` insists that it stands where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pactgraph.errors import PassageFault
from pactgraph.passage.boundary import check_inside
from pactgraph.passage.breaks import BREAK, breaks, starts
from pactgraph.passage.fragment import TextFragment
from pactgraph.passage.locator import make
from pactgraph.passage.rendering import matches, render
from pactgraph.passage.span import Span, context
from pactgraph.passage.text import Text, digest


class Status(StrEnum):
    """What became of a passage."""

    VERIFIED = "verified"
    """The same words at the same offsets."""
    MOVED = "moved"
    """The same words elsewhere."""
    CHANGED = "changed"
    """Other words, at the one place that the text fragment still finds."""
    GONE = "gone"
    """Neither the words nor one place for the text fragment."""
    UNCHECKED = "unchecked"
    """There was no text to look at."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source's text: offsets, digest of its words and a locator, but not the words.

    `sha256` is the hexadecimal SHA-256 of the words in UTF-8. `fragment` is None where no few words find the
    passage alone. https://www.w3.org/TR/annotation-model/#selectors
    """

    span: Span
    sha256: str
    fragment: TextFragment | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage stands now: `places` nearest to the old offsets first, empty when gone or unchecked."""

    status: Status
    places: tuple[Span, ...] = ()

    @property
    def span(self) -> Span | None:
        """The nearest place."""
        return self.places[0] if self.places else None


def describe(text: Text, start: int, end: int) -> Passage:
    """The passage at `start` (counted in) to `end` (not) in code points of the text's normal form.

    Raises PassageFault when that is empty or backward, ends past the text, or cuts a grapheme cluster. Words
    and numbers may be cut: ask `fault`.
    """
    span = _span(text, start, end)
    check_inside(text.normal, span, where=text.name)
    return Passage(span, digest(span.of(text.normal)), make(text.normal, start, end))


def locate(text: Text | None, passage: Passage) -> Placement:
    """What became of a passage in a text, perhaps a later version of it; unchecked without a text.

    A moved passage is found by the words of its fragment, or, if it has none, among all stretches of its
    length that neither start nor end inside a word or number.
    """
    if text is None:
        return Placement(Status.UNCHECKED)
    if _holds(text.normal, passage.span, passage):
        return Placement(Status.VERIFIED, (passage.span,))
    moved = _moved(text.normal, passage)
    if moved:
        return Placement(Status.MOVED, moved)
    found = matches(text.normal, passage.fragment) if passage.fragment else []
    return Placement(Status.CHANGED, (found[0],)) if len(found) == 1 else Placement(Status.GONE)


def prove(text: Text, passage: Passage) -> Span:
    """The passage's span; raises PassageFault unless its words stand there."""
    check_inside(text.normal, passage.span, where=text.name)
    if not _holds(text.normal, passage.span, passage):
        span = passage.span
        raise PassageFault(
            "the words there have another digest than the passage",
            start=span.start,
            end=span.end,
            where=text.name,
            context=context(text.normal, span),
            hint="Locate the passage again, or take it from the version of the text that it was read in.",
        )
    return passage.span


def _span(text: Text, start: int, end: int) -> Span:
    try:
        return Span(start, end)
    except PassageFault as fault:
        fault.where = text.name
        raise


def _holds(text: str, span: Span, passage: Passage) -> bool:
    return span.end <= len(text) and digest(span.of(text)) == passage.sha256


def _moved(text: str, passage: Passage) -> tuple[Span, ...]:
    length, old = len(passage.span), passage.span.start
    tries = (
        _starts_by_fragment(text, passage.fragment) if passage.fragment else _starts_by_length(text, length)
    )
    found = {start for start in tries if digest(text[start : start + length]) == passage.sha256}
    return tuple(
        Span(start, start + length) for start in sorted(found, key=lambda start: (abs(start - old), start))
    )


def _starts_by_fragment(text: str, fragment: TextFragment) -> Iterator[int]:
    """Where the passage may start: its fragment's first words stand in it, after nothing but punctuation."""
    page = render(text)
    for place, end in page.occurrences(fragment.start, whole_start=False, whole_end=False):
        yield from _back_over_marks(text, page.span(place, end).start)


def _back_over_marks(text: str, start: int) -> Iterator[int]:
    yield start
    while start > 0 and not text[start - 1].isalnum():
        start -= 1
        yield start


def _starts_by_length(text: str, length: int) -> Iterator[int]:
    flags = breaks(text)
    last = len(text) - length
    return (start for start in starts(text) if start <= last and flags[start + length] == BREAK)
