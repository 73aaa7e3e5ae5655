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
    """Parties that stand in one list: nothing but commas, `and`, articles, the day of each and the like between them."""
    found: list[list[Mention]] = []
    for run in _plain_runs(mentions, text):
        if found and _is_dated(text, found[-1][-1], run):
            found[-1] += run
        else:
            found.append(run)
    return found


def _is_dated(text: str, before: Mention, run: list[Mention]) -> bool:
    """Whether a list goes on after a day, and its next part has a day of its own: `A on 3 May, B and C on 4 May`."""
    between = _AFTER_A_DAY.fullmatch(text, before.end, run[0].start)
    return bool(between) and bool(_ON_A_DAY.match(text, run[-1].end))


def _plain_runs(mentions: Iterable[Mention], text: str) -> list[list[Mention]]:
    found: list[list[Mention]] = []
    for mention in mentions:
        if not mention.is_party:
            continue
        if found and _goes_on(text, found[-1], mention):
            found[-1].append(mention)
        else:
            found.append([mention])
    return found


def _goes_on(text: str, run: list[Mention], mention: Mention) -> bool:
    """Whether a list goes on with a name: not after a comma alone once `and` has ended it."""
    after = text[run[-1].end : mention.start]
    before = text[run[-2].end : run[-1].start] if len(run) > 1 else ""
    ended = before.strip(" ,").startswith("and") and not after.strip(" ,")
    return bool(_BETWEEN.fullmatch(after)) and not ended


_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
_DAY = rf"(?:\d{{1,2}} {_MONTHS}|{_MONTHS}(?: \d{{1,2}})?)(?:,? \d{{4}})?"
_ON_A_DAY = re.compile(rf",?\s(?:(?:on|in)\s{_DAY}|\({_DAY}\))")
_AFTER_A_DAY = re.compile(
    rf"{_ON_A_DAY.pattern}[,;]?\s(?:(?:and|then|followed by|with|the)\s)*", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"[\s,/]*(?:(?:and|or|as well as|but also|plus|also|then|later|followed by|with|the|its neighbou?rs?|neighbou?ring|"
    r"&|Republic of|Kingdom of|both|finally|most recently|recently|now|\([^()]{2,24}\))[\s,]*)*",
    re.IGNORECASE,
)
