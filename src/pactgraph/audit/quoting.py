"""Is a speaker quoted as a claim says? Quotation marks around the words as printed, or none, against the quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pactgraph.audit.reading import Reader
from pactgraph.claim import Claim
from pactgraph.passage import Span
from pactgraph.vocabulary import PACT

_QUOTED: Final = re.compile(r"“[^“”\n]+(?:”|$)|„[^„“”\n]+[“”]|«[^«»\n]+»|\"[^\"\n]+\"", re.MULTILINE)
_LONG: Final = 5
"""Words in quotation marks that are somebody's words; fewer may be a name, or a word held at arm's length."""


def quotation_faults(claim: Claim, reader: Reader) -> Iterator[str]:
    """Why the speaker is not quoted so where the passage stands.

    A layout that sets off a speaker's words without marks is taken for direct quotation: no mark stands in its line.
    """
    spans = reader.spans((claim.passage,))
    printed = reader.find(claim.as_printed or "", spans)
    inside = [any(_holds(quote, place) for quote in _quotes(reader)) for place in printed]
    if not printed:
        return
    if claim.quotation == PACT.Direct and not any(inside) and any(map(_marked, _lines(reader, printed))):
        yield f"“{claim.as_printed}” is claimed as a direct quotation, but stands outside the quotation marks"
    if claim.quotation == PACT.Mixed and not any(_meets(q, s) for q in _quotes(reader) for s in spans):
        yield "it is claimed as quoted in part, but no quotation marks stand in the passage"
    if claim.quotation in (PACT.Indirect, PACT.OwnVoice) and all(inside) and _is_long(printed[0], reader):
        kind = reader.labels.label(claim.quotation)
        yield f"“{claim.as_printed}” stands in quotation marks, but is claimed as {kind}"


def _quotes(reader: Reader) -> list[Span]:
    return [Span(*found.span()) for found in _QUOTED.finditer(reader.text.normal)]


def _lines(reader: Reader, places: list[Span]) -> list[str]:
    return [reader.line(place) for place in places]


def _marked(line: str) -> bool:
    return bool(_QUOTED.search(line))


def _holds(quote: Span, place: Span) -> bool:
    return quote.start <= place.start and place.end <= quote.end


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_long(place: Span, reader: Reader) -> bool:
    quote = next(quote for quote in _quotes(reader) if _holds(quote, place))
    return len(quote.of(reader.text.normal).split()) >= _LONG
