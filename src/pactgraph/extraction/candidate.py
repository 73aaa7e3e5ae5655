"""Candidate claims: what a passage seems to say, before a reviewer has seen it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pactgraph.extraction.names import Entity

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something: an entity, or nobody but the article; how quoted, and the rule that found it."""

    speaker: Entity | None = None
    quotation: str = "none"
    rule: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A date as EDTF, with the words that give it, the day they are counted from, and the rule."""

    edtf: str
    span: Span
    anchor: str = ""
    rule: str = ""
    vague: str = ""
    """`past` or `future` where the words say no more."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate claim. Offsets are code points of the text as it was given."""

    predicate: str
    subject: Entity
    object: Entity | str
    evidence: Span
    object_span: Span | None
    trigger: Span
    rule: str
    version: int = 1
    modality: str = "fact"
    denied: bool = False
    voice: Voice = Voice()
    when: When | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    confidence: float = 0.9
    also_at: tuple[Span, ...] = ()
    also_about: tuple[Entity, ...] = ()
