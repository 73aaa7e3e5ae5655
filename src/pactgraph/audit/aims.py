"""What an expectation aims at: a stage of pacts, as many as are said, or a date; and for when."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from pactgraph.audit.lives import Span
from pactgraph.audit.world import World
from pactgraph.dates import Edtf, parse
from pactgraph.graph.nodes import iris
from pactgraph.resolution import Voice
from pactgraph.resolution.voices import read_date, when
from pactgraph.vocabulary import PACT


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to come about, and when."""

    expected: Edtf
    stage: NamedNode | None = None
    """The stage that pacts are to reach; None for the date of an event."""
    wanted: int = 1
    """How many pacts of a group."""
    in_all: bool = False
    """Whether those are counted that had come about before, too."""


def read_aim(world: World, voice: Voice) -> Aim | None:
    """The aim of an affirmed expectation; None for claims of what is so, and of what has no date."""
    content = voice.content
    if voice.denies:
        return None
    if content.predicate == PACT.expectedSigning:
        expected = read_date(content.object)
        return Aim(expected, world.rules.stages[PACT.signedOn], _how_many(voice)) if expected else None
    if voice.modality in world.rules.supporting:
        return None
    if content.predicate == PACT.reachedStage and isinstance(content.object, NamedNode):
        expected = when(content) or _from(world, voice)
        return Aim(expected, content.object, _how_many(voice)) if expected else None
    if content.predicate == PACT.reportedCount:
        return _number(world, voice)
    expected = read_date(content.object) if content.predicate in world.rules.single_valued else None
    return Aim(expected) if expected else None


def spoken(world: World, voice: Voice) -> Span | None:
    """The days between which a claim was said."""
    stated = world.said[voice.claim].stated
    last = (stated.last if stated else None) or voice.stated
    return Span((stated.first if stated else None) or last, last) if last else None


def _number(world: World, voice: Voice) -> Aim | None:
    """So many signed in all, or so many more where what is counted is on the way to be signed."""
    signed, number = world.rules.stages[PACT.signedOn], world.numbers.get(voice.content.object)
    counts, expected = number.part(PACT.counts) if number else None, _from(world, voice)
    if number is None or expected is None or not isinstance(counts, NamedNode) or number.part(PACT.among):
        return None
    terms = world.properties(counts)
    stages = [
        stage
        for each in (counts, *iris(terms, PACT.countsTogether))
        for stage in iris(world.properties(each), PACT.countsStage)
    ]
    if not stages or number.number < 1:
        return None
    return Aim(expected, signed, int(number.number), in_all=signed in stages)


def _how_many(voice: Voice) -> int:
    return next((int(value.value) for name, value in voice.content.scope if name == PACT.howMany), 1)


def _from(world: World, voice: Voice) -> Edtf | None:
    """Any day from that of speaking on."""
    said = spoken(world, voice)
    return parse(f"{said.first.isoformat()}/..") if said else None
