"""Stages out of order: one that is said to be reached before another that has to come first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from pactgraph.claim import Term
from pactgraph.resolution.conflict import Conflict, Numbers, oppose
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.voices import Voice, implied, scoped, tells
from pactgraph.vocabulary import PACT

_Dated = tuple[date, Voice]


def disorder(voices: list[Voice], _: Numbers, rules: Rules) -> Iterator[Conflict]:
    """A stage that is reached by a day which lies before that of one which must have been reached by then."""
    reached: dict[Term, list[_Dated]] = defaultdict(list)
    begun: dict[tuple[Term, str], list[_Dated]] = defaultdict(list)
    for voice in voices:
        for stage, by in _stages(voice, rules):
            reached[stage].append((by, voice))
        time = scoped(voice.content)
        if time and time.first and voice.content.object in rules.once and _tells(voice, rules):
            begun[voice.content.object, time.text].append((time.first, voice))
    for (first, _day), beginnings in begun.items():
        later = [
            dated for stage, told in reached.items() if first in rules.before.get(stage, ()) for dated in told
        ]
        yield from _overtaken(later, beginnings)


def _overtaken(later: Iterable[_Dated], beginnings: list[_Dated]) -> Iterator[Conflict]:
    """All beginnings are said to be on one day; those who know of more on a day before that are against them."""
    day = beginnings[0][0]
    early = {voice.claim: voice for by, voice in later if by < day}
    if early:
        sides = [list(early.values()), [voice for _, voice in beginnings]]
        yield oppose(PACT.StageConflict, sides, PACT.reachedStage)


def _stages(voice: Voice, rules: Rules) -> Iterator[tuple[Term, date]]:
    """The stages that a claim says or implies to be reached, and by which day at the latest."""
    for each in (voice, *implied(voice, rules)):
        time = scoped(each.content)
        by = time.last if time else each.stated
        if each.content.predicate == PACT.reachedStage and by and _tells(each, rules):
            yield each.content.object, by


def _tells(voice: Voice, rules: Rules) -> bool:
    return tells(voice, rules) and not voice.denies
