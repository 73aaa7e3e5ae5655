"""Only what its passage carries is claimed: each claim is held against the text as `verify` does, and what fails is refused.

A passage that only points (“the agreement”, “he”) gets the nearest place that names what is meant as `pact:resolvedFrom`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from pyoxigraph import NamedNode

from pactgraph.audit.reading import Reader
from pactgraph.audit.support import naming_faults, repeat_faults, unsaid
from pactgraph.claim import Claim
from pactgraph.passage import Fault, Span, fault, parse_position
from pactgraph.vocabulary import PACT

_WIDEST = 24
"""Code points by which a passage is widened to whole words."""


@lru_cache(maxsize=4096)
def fitted(text: str, start: int, end: int) -> Span | None:
    """A stretch as a passage may be: whole words, no space around them; None where it cannot be one."""
    start, end = _trimmed(text, max(start, 0), min(end, len(text)))
    for _ in range(_WIDEST):
        if start >= end:
            return None
        wrong = fault(text, Span(start, end))
        if wrong is None:
            return Span(start, end)
        if wrong not in (Fault.WORD, Fault.NUMBER, Fault.CHARACTER):
            return None
        start, end = _widened(text, start, end)
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """One character more at each end that stands inside a word."""
    before = start > 0 and not text[start - 1].isspace()
    after = end < len(text) and not text[end].isspace()
    return start - before, end + after


def unnamed(claim: Claim, reader: Reader) -> list[NamedNode]:
    """What a claim speaks of and its passages do not name."""
    spans = spans_of(claim)
    return [node for node in _nodes(claim, reader) if any(naming_faults("", node, reader, spans))]


def _nodes(claim: Claim, reader: Reader) -> Iterator[NamedNode]:
    """What a claim speaks of by name: its subject, its object where that is no value of parts, its condition."""
    yield claim.proposition.subject
    value = claim.proposition.object
    if isinstance(value, NamedNode) and not (
        reader.value(value, PACT.Count) or reader.value(value, PACT.Amount)
    ):
        yield value
    yield from (node for _, node in claim.proposition.scope if isinstance(node, NamedNode))


def pointing(claim: Claim, place: Span) -> Claim:
    """The claim with a further passage that names what its own only points to."""
    node = NamedNode(f"{claim.source.value}#{place}")
    return claim if node == claim.passage else replace(claim, resolved_from=(*claim.resolved_from, node))


def nearest(claim: Claim, places: Iterable[Span], text: str) -> Span | None:
    """Of some places the nearest one that can be a passage; what stands before goes before what stands after."""
    own = span_of(claim.passage)
    fitting = [place for p in places if (place := fitted(text, p.start, p.end)) is not None]
    return min(fitting, key=lambda p: (_distance(own, p), p.start), default=None)


def _distance(own: Span, place: Span) -> tuple[bool, int]:
    after = place.start >= own.end
    return after, max(0, own.start - place.end, place.start - own.end)


def span_of(passage: NamedNode) -> Span:
    """Where a passage stands, by its name."""
    return parse_position(passage.value.partition("#")[2])


def spans_of(claim: Claim) -> list[Span]:
    """Where a claim's own passage stands, and those that name what it points to."""
    return [span_of(each) for each in (claim.passage, *claim.resolved_from)]


def refusals(claim: Claim, reader: Reader) -> tuple[str, ...]:
    """What of the claim the text does not carry; nothing where it carries all. Its passages are ones that were fitted."""
    return tuple(dict.fromkeys(unsaid(claim, reader)))


def without_idle_repeats(claim: Claim, reader: Reader) -> Claim:
    """The claim without those repeats in which neither subject nor object stands."""
    kept = [each for each in claim.also_at if not any(repeat_faults(replace(claim, also_at=(each,)), reader))]
    return replace(claim, also_at=tuple(kept))
