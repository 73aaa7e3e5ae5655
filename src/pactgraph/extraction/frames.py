"""Frames: words that open a claim, and where what they need stands. They are data, in `lexica/frames/`.

A frame's examples are its tests: texts of our own with what is claimed in each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pactgraph.errors import BadInput
from pactgraph.extraction.grammar import Sentence, Word

KINDS = (
    "pact",
    "echo",
    "talks",
    "discussing",
    "content",
    "support",
    "making",
    "joining",
    "vote",
    "leading",
    "approving",
    "effect",
)
VALUES = ("field", "clause", "money")
"""What a frame of the kind `content` may look for."""
_PUBLISHED = "2024-05-15"


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the claims in it, each as `predicate subject object`; none where it must say nothing."""

    text: str
    claims: tuple[str, ...]
    published: str = _PUBLISHED


@dataclass(frozen=True, slots=True)
class Frame:
    """What opens a claim, what it claims, and where its parts stand.

    A word opens it that is one of `verbs` or `nouns` (base forms), has one of `needs` below it, and none of `without`.
    `theme`: the kinds of thing that it has to be about; `at`: paths from its word to that. `parties`, `value_at`: paths
    to these. `over`: it takes the place of frames that open below its word. `alone`: its word has no object. `claims`: the predicate by modality, `else` for the rest; `counts`: what its numbers count, likewise.
    """

    id: str
    kind: str
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    theme: tuple[str, ...] = ()
    at: tuple[str, ...] = ("object",)
    optional: bool = False
    over: bool = False
    alone: bool = False
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

    def counts_of(self, modality: str) -> str:
        """What its numbers count in a modality: pacts signed, pending or in all; nothing where they count nothing."""
        return self.counts.get(modality, self.counts.get("else", ""))

    def opens_at(self, sentence: Sentence, word: Word) -> bool:
        """Whether a word of a sentence opens it."""
        fits = word.lemma in self.verbs if word.is_verb else word.is_noun and word.lemma in self.nouns
        if fits and self.alone and sentence.child(word, "dobj"):
            return False
        if not fits or not (self.needs or self.without):
            return fits
        near = _near(sentence, word)
        return (not self.needs or bool(near & self.needs)) and not near & self.without


def _near(sentence: Sentence, word: Word) -> set[str]:
    """The base forms of what a word governs, and of what stands after its prepositions."""
    children = sentence.children(word)
    below = [
        c for child in children if child.role in ("prep", "prt", "agent") for c in sentence.children(child)
    ]
    return {c.lemma for c in (*children, *below)} | {c.text.lower() for c in children}


def read_frame(told: Mapping[str, Any], path: Path) -> Frame:
    """A frame as a file gives it; raises BadInput that names the frame and what is wrong."""
    name = f"{path}: frame {told.get('id', '?')}"
    unknown = set(told) - set(Frame.__dataclass_fields__) - {"positive", "negative"}
    if unknown:
        raise BadInput(f"{name} has parts that no frame has: {', '.join(sorted(unknown))}")
    if told.get("kind") not in KINDS:
        raise BadInput(f"{name} needs a kind: {', '.join(KINDS)}")
    if told["kind"] == "content" and told.get("value") not in VALUES:
        raise BadInput(f"{name} needs a value: {', '.join(VALUES)}")
    made = {key: _made(key, value) for key, value in told.items() if key not in ("positive", "negative")}
    examples = [_example(each, name) for side in ("positive", "negative") for each in told.get(side, ())]
    return Frame(**made, examples=tuple(examples))


def _example(told: Mapping[str, Any], name: str) -> Example:
    if "text" not in told:
        raise BadInput(f"{name} has an example without a text")
    return Example(told["text"], tuple(told.get("claims", ())), told.get("published", _PUBLISHED))


def _made(name: str, value: Any) -> Any:
    if name in ("verbs", "nouns", "needs", "without"):
        return frozenset(value)
    return tuple(value) if isinstance(value, list) else value
