"""A stretch of a text: where it starts and where it ends, as RFC 5147 writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pactgraph.errors import PassageFault, SyntaxFault

_POSITION = re.compile(r"char=([0-9]+),([0-9]+)", re.ASCII)
_AROUND = 24


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` (counted in) to `end` (not counted in) of a text's normal form; never empty.

    https://www.w3.org/TR/annotation-model/#text-position-selector

    Raises PassageFault when the two are not `0 <= start < end`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise PassageFault(
                "a passage starts at 0 or later and ends after it starts", start=self.start, end=self.end
            )

    def __len__(self) -> int:
        return self.end - self.start

    def __str__(self) -> str:
        return write_position(self)

    def of(self, text: str) -> str:
        """The words of `text` in this span."""
        return text[self.start : self.end]


def write_position(span: Span) -> str:
    """`char=start,end` (https://www.rfc-editor.org/rfc/rfc5147#section-2.2.1); `parse_position` undoes it."""
    return f"char={span.start},{span.end}"


def parse_position(position: str) -> Span:
    """The span of `char=start,end`, both given and without integrity checks.

    Raises SyntaxFault for another form and PassageFault for an empty or backward span.
    """
    found = _POSITION.fullmatch(position)
    if found is None:
        raise SyntaxFault(f"“{position}” is no position", hint="Write char=START,END, as in char=120,164.")
    return Span(int(found[1]), int(found[2]))


def context(text: str, span: Span) -> str:
    """The line around a span, cut to a few words for a message; empty when the span is past the end."""
    head = text[max(0, span.start - _AROUND) : span.start].rpartition("\n")[2]
    tail = text[span.end : span.end + _AROUND].partition("\n")[0]
    words = span.of(text)
    middle = words if len(words) <= 2 * _AROUND else f"{words[:_AROUND]} … {words[-_AROUND:]}"
    return " ".join(f"{head}{middle}{tail}".split())
