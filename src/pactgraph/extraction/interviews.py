"""Interviews in questions and answers: who answers, and which sentences are questions and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pactgraph.extraction.names import Entity
from pactgraph.extraction.scene import Scene
from pactgraph.extraction.zones import Block, Zone

_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|us|my)\b")
_FEWEST_QUESTIONS = 3
"""Fewer questions that stand alone make no interview."""


@dataclass(frozen=True, slots=True)
class Interview:
    """Who answers, and the places in the text where paragraphs with questions and with answers begin."""

    answering: Entity
    questions: frozenset[int]
    answers: frozenset[int]


def interview_of(scenes: Sequence[Scene]) -> Interview | None:
    """The interview that an article is, if it is one."""
    blocks = list(dict.fromkeys(s.block for s in scenes if s.block.zone in (Zone.BODY, Zone.SUBHEAD)))
    text = scenes[0].text if scenes else ""
    questions = [b for b in blocks if _is_question(text, b)]
    if len(questions) < _FEWEST_QUESTIONS:
        return None
    before = [s for s in scenes if s.block.start < questions[0].start]
    asked = frozenset(b.start for b in questions)
    after = [b for b in blocks if b.start > questions[0].start and b.start not in asked]
    answering = next(_answering(before), None)
    if answering is None and 2 * sum(_is_own(text, b) for b in after) >= len(after):
        answering = next((m.entity for s in before for m in s.mentions if m.entity.kind == "person"), None)
    return Interview(answering, asked, frozenset(b.start for b in after)) if answering is not None else None


def _is_own(text: str, block: Block) -> bool:
    """Whether a paragraph speaks of `I` or `we`."""
    return _FIRST_PERSON.search(text, block.start, block.end) is not None


def _is_question(text: str, block: Block) -> bool:
    """Whether a whole paragraph is a question that nobody is quoted with."""
    line = text[block.start : block.end]
    return block.label == "question" or (line.endswith("?") and line[0] not in "“\"«„'•*")


def _answering(scenes: Sequence[Scene]) -> Iterator[Entity]:
    """The people of whom a sentence before the first question says that they were spoken with."""
    for scene in scenes:
        meeting = scene.lexicon.group("saying", "interviewing")
        if any(w.lemma.lower() in meeting for w in scene.sentence.words):
            yield from (m.entity for m in scene.mentions if m.entity.kind == "person")
