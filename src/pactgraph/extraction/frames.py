"""Frames: words that open a claim, and where what they need stands. They are data, in `lexica/frames/`.

A frame's examples are its tests: texts of our own with what is claimed in each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pactgraph.errors import BadInput

KINDS = ("pact", "property", "event")


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the claims in it, each as `predicate subject object`; none where it must say nothing."""

    text: str
    claims: tuple[str, ...]
    published: str = "2024-05-15"


@dataclass(frozen=True, slots=True)
class Frame:
    """What opens a claim (`verbs`, `nouns`, `phrases`), what it claims, and where its parts stand.

    `theme`: the kinds of thing that it has to be about; `at`: paths from its word to that. `parties`, `value`: paths to
    these. `claims`: the predicate by modality, `else` for the rest.
    """

    id: str
    kind: str
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    theme: tuple[str, ...] = ()
    at: tuple[str, ...] = ("object",)
    optional: bool = False
    parties: tuple[str, ...] = ()
    value: str = ""
    value_at: tuple[str, ...] = ()
    claims: Mapping[str, str] = field(default_factory=dict)
    modality: str = ""
    stage: str = ""
    counts: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 0.9
    version: int = 1
    examples: tuple[Example, ...] = ()

    def claims_of(self, modality: str) -> str:
        """The predicate that it claims in a modality; nothing where it claims none."""
        return self.claims.get(modality, self.claims.get("else", ""))


def read_frame(told: Mapping[str, Any], path: Path) -> Frame:
    """A frame as a file gives it; raises BadInput that names the frame and what is wrong."""
    name = f"{path}: frame {told.get('id', '?')}"
    unknown = set(told) - set(Frame.__dataclass_fields__) - {"positive", "negative"}
    if unknown:
        raise BadInput(f"{name} has parts that no frame has: {', '.join(sorted(unknown))}")
    if told.get("kind") not in KINDS:
        raise BadInput(f"{name} needs a kind: {', '.join(KINDS)}")
    plain = {k: v for k, v in told.items() if k not in ("positive", "negative")}
    made = {k: _made(k, v) for k, v in plain.items()}
    positive = [Example(e["text"], tuple(e["claims"]), e.get("published", "2024-05-15")) for e in told.get("positive", ())]
    negative = [Example(e["text"], tuple(e.get("claims", ())), e.get("published", "2024-05-15")) for e in told.get("negative", ())]
    return Frame(**made, examples=(*positive, *negative))


def _made(name: str, value: Any) -> Any:
    if name in ("verbs", "nouns", "particles"):
        return frozenset(value)
    return tuple(value) if isinstance(value, list) else value
