"""Mentions: what a sentence names, where, and the word that governs it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pactgraph.extraction.grammar import Sentence
from pactgraph.extraction.names import Entity


@dataclass(frozen=True, slots=True)
class Office:
    """An office beside a name, in small letters and without the party that it is of: `foreign minister`."""

    name: str
    start: int
    end: int
    party: Entity | None = None
    past: bool = False
    also: str = ""
    """Another that is named with it: `deputy prime minister` of `deputy prime minister and defence minister`."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: what it names, how, and the index of the word that governs it in its sentence."""

    start: int
    end: int
    entity: Entity
    how: str
    word: int
    office: Office | None = None

    @property
    def is_party(self) -> bool:
        """Whether it names a party or a group of parties."""
        return self.entity.kind in ("party", "group")


def located(sentence: Sentence, start: int, end: int, entity: Entity, how: str) -> Mention | None:
    """The mention of an entity at a stretch of the text; None where no word of the sentence stands there."""
    words = [w for w in sentence.words if w.start < end and w.end > start]
    if not words:
        return None
    inside = {w.index for w in words}
    top = next((w for w in reversed(words) if w.head not in inside or w.head == w.index), words[-1])
    return Mention(start, end, entity, how, top.index)


def runs(mentions: Iterable[Mention], text: str) -> list[list[Mention]]:
    """Parties that stand in one list: nothing but commas, `and`, articles and the like between them."""
    found: list[list[Mention]] = []
    for mention in mentions:
        if not mention.is_party:
            continue
        if found and _BETWEEN.fullmatch(text, found[-1][-1].end, mention.start):
            found[-1].append(mention)
        else:
            found.append([mention])
    return found


_BETWEEN = re.compile(
    r"[\s,/]*(?:(?:and|or|as well as|but also|plus|also|then|later|followed by|with|the|its neighbou?rs?|neighbou?ring|"
    r"&|Republic of|Kingdom of|both|finally|most recently|recently|now|\([^()]{2,24}\))[\s,]*)*",
    re.IGNORECASE,
)
