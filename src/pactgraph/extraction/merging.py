"""One claim for each thing that an article says in one way; further passages are further evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pactgraph.extraction.candidate import Candidate


def merge(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates without repeats, in order of the text: those that differ in date, modality or condition stay apart."""
    kept: list[Candidate] = []
    for candidate in candidates:
        twin = next((i for i, other in enumerate(kept) if _same(other, candidate)), None)
        if twin is None:
            kept.append(candidate)
        else:
            kept[twin] = _joined(kept[twin], candidate)
    return sorted(kept, key=lambda c: (c.evidence, c.predicate, str(c.object_span)))


def _same(one: Candidate, other: Candidate) -> bool:
    if one.object == "*" and one.trigger != other.trigger:
        return False
    return (
        _key(one) == _key(other)
        and _is_one_stage(one, other)
        and (
            (one.modality == other.modality and _agree(one, other))
            or one.evidence == other.evidence
            or one.predicate in _TOLD_ONCE
            or bool({*one.flags, *other.flags} & _BESIDE_THE_TEXT)
        )
    )


def _is_one_stage(one: Candidate, other: Candidate) -> bool:
    """Whether talks are told of at one stage; a headline tells of the stage that the text tells of."""
    stages = {c.details.get("stage", "ongoing") for c in (one, other)} - {"ongoing", "preparing"}
    return len(stages) < 2 or bool({*one.flags, *other.flags} & _BESIDE_THE_TEXT)


_TOLD_ONCE = frozenset(("signed", "office", "based_on", "declared", "count", "amount", "scope", "pact"))
"""Of these an article makes one claim, however often and in whatever mood it says it."""
_BESIDE_THE_TEXT = frozenset(("headline", "subhead", "caption"))
"""What is told there too is told better in the body."""


def _key(candidate: Candidate) -> tuple[str, object, object]:
    value = candidate.object
    return candidate.predicate, candidate.subject.node, value if isinstance(value, str) else value.node


def _agree(one: Candidate, other: Candidate) -> bool:
    first, second = one.when, other.when
    return first is None or second is None or first.edtf == second.edtf


def _joined(one: Candidate, other: Candidate) -> Candidate:
    """The first with the second's passage; the date of whichever gives one."""
    if {*one.flags} & _BESIDE_THE_TEXT and not {*other.flags} & _BESIDE_THE_TEXT:
        one, other = other, one
    return replace(
        one,
        when=one.when or other.when,
        also_at=tuple(dict.fromkeys((*one.also_at, other.evidence, *other.also_at))),
    )
