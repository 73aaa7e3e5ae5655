"""Who signed, and where: claims on a signing that only together contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.resolution.conflict import Conflict, Numbers, oppose
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.values import Relation, relation
from pactgraph.resolution.voices import Voice, tells
from pactgraph.vocabulary import PACT

_WITNESSES = 2
"""From so many other pacts or reports, all elsewhere, the place of an event is known."""


def venues(voices: Iterable[Voice], rules: Rules) -> Iterator[Conflict]:
    """A pact signed at an event, yet in another place than the event or all else that was signed at it."""
    told = [voice for voice in voices if tells(voice, rules) and not voice.denies]
    placed: dict[Term, list[Voice]] = defaultdict(list)
    signed: dict[Term, list[Voice]] = defaultdict(list)
    for voice in told:
        if voice.content.predicate in (PACT.signedIn, PACT.heldIn):
            placed[voice.content.subject].append(voice)
        elif voice.content.predicate == PACT.signedAt:
            signed[voice.content.object].append(voice)
    for event, signings in signed.items():
        pacts = sorted({voice.content.subject for voice in signings}, key=lambda pact: pact.value)
        places = {v.content.object for node in (event, *pacts) for v in placed.get(node, ())}
        for pact in pacts if len(places) > 1 else ():
            others = [v for place in (event, *pacts) if place != pact for v in placed.get(place, ())]
            if _elsewhere(placed.get(pact, ()), others, rules):
                there = [voice for voice in signings if voice.content.subject == pact]
                yield _misplaced(pact, placed[pact], [*there, *others])


def _elsewhere(here: Sequence[Voice], others: Sequence[Voice], rules: Rules) -> bool:
    places = {voice.content.object for voice in here}
    subjects = {voice.content.subject for voice in others}
    return (
        bool(places)
        and len(subjects) >= _WITNESSES
        and all(
            relation(o.content.object, place, rules) is Relation.APART for o in others for place in places
        )
    )


def _misplaced(pact: NamedNode, here: list[Voice], there: list[Voice]) -> Conflict:
    return Conflict(PACT.PlaceConflict, pact, PACT.signedIn, (tuple(here), tuple(there)))


def signatories(voices: list[Voice], _: Numbers, rules: Rules) -> Iterator[Conflict]:
    """Two who are said to sign for one party, and whom nobody names together."""
    signing: dict[Term, list[Voice]] = defaultdict(list)
    for voice in voices:
        if voice.content.predicate == PACT.signedBy and not voice.denies:
            for party in rules.represents.get(voice.content.object, ()):
                signing[party].append(voice)
    for party in sorted(signing, key=str):
        sides = _sides(signing[party])
        if len(sides) > 1:
            real = {tells(voice, rules) for side in sides for voice in side}
            yield oppose(PACT.PlanConflict if len(real) > 1 else PACT.OfficeConflict, sides)


def _sides(voices: Iterable[Voice]) -> list[list[Voice]]:
    """Claims on signatories by those who are named together in some source."""
    sides: list[list[Voice]] = []
    for voice in voices:
        linked = [side for side in sides if any(_linked(voice, other) for other in side)]
        sides = [side for side in sides if side not in linked]
        sides.append([voice, *(other for side in linked for other in side)])
    return sides


def _linked(one: Voice, other: Voice) -> bool:
    return one.source == other.source or one.content.object == other.content.object
