"""Rates between currencies as sources give them: one sum, printed in two currencies at one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from pyoxigraph import NamedNode

from pactgraph.audit.world import World
from pactgraph.claim import Term
from pactgraph.resolution import Voice
from pactgraph.resolution.numbers import Reported
from pactgraph.resolution.voices import tells
from pactgraph.vocabulary import SCHEMA


@dataclass(frozen=True, slots=True)
class Rate:
    """What one of a currency is in another, from the lowest to the highest that claims give."""

    unit: Term
    least: Fraction
    most: Fraction
    claims: tuple[NamedNode, ...]


def read_rates(world: World, target: Term | None) -> Mapping[Term, Rate]:
    """The rates into a currency, by the other one; of claims that print one sum in both, each once."""
    found: dict[Term, dict[NamedNode, Fraction]] = defaultdict(dict)
    for together in _printed_together(world).values():
        units = {number.part(SCHEMA.currency) for _, number in together}
        if len(units) == len(together) == 2:
            for (voice, own), (_, other) in permutations(together):
                unit = own.part(SCHEMA.currency)
                if other.part(SCHEMA.currency) == target and unit is not None and own.number:
                    found[unit][voice.claim] = Fraction(other.number) / Fraction(own.number)
    return {
        unit: Rate(
            unit,
            min(rates.values()),
            max(rates.values()),
            tuple(sorted(rates, key=lambda claim: claim.value)),
        )
        for unit, rates in found.items()
    }


def _printed_together(world: World) -> Mapping[object, list[tuple[Voice, Reported]]]:
    """Sums of one thing that stand in the same words of one passage."""
    together: dict[object, list[tuple[Voice, Reported]]] = defaultdict(list)
    for voice in world.heard:
        number = world.numbers.get(voice.content.object)
        if number and number.part(SCHEMA.currency) and tells(voice, world.rules):
            rest = tuple(part for part in number.of if part[0] != SCHEMA.currency.value)
            words = world.said[voice.claim].printed
            place = voice.passage, voice.content.subject, voice.content.predicate
            together[place, words, rest, number.when.text if number.when else None].append((voice, number))
    return together
