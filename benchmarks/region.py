"""A part of an invented world with a hub of its own: as large as the repository's data, and true to itself.

Thirty-two pacts of one hub, a declaration, and who and what has to do with them. Each pact has a day, place and sums
that are so; most claims give these, some a month for a day, some another value, and some deny.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.vocabulary import EDTF, ID, ONTOLOGY, PREFIXES, RDF

CLAIMS = 1_200
"""Claims that a region has, about as many as the repository's data."""
PACTS, ROUNDS, SUMMITS, CITIES, LANDS, ORIGINS = 32, 8, 4, 12, 4, 40
FIRST, DAYS = date(2023, 7, 12), 900
"""The days on which the sources of a world are published."""
_UNSIGNED = 0.2
_TERMS = ("P10Y", "P10Y", "P10Y", "P5Y")


@dataclass(frozen=True, slots=True)
class Truth:
    """What is so of a pact; it is not signed where there is no day."""

    signed: date | None
    city: int
    summit: int
    term: str
    sums: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Region:
    """The nodes of a region, and what is so of its pacts."""

    number: int
    truths: tuple[Truth, ...]

    def node(self, kind: str, name: object) -> NamedNode:
        """A node of the region, such as `pactid:pact-7-12`."""
        return NamedNode(f"{ID}{kind}/{kind}-{self.number}-{name}")

    def signed_by(self, day: date) -> int:
        """How many pacts are signed by a day."""
        return sum(truth.signed is not None and truth.signed <= day for truth in self.truths)


@cache
def region(number: int) -> Region:
    """The region of a number, always the same."""
    chance = random.Random(31_337 + number)
    return Region(number, tuple(_truth(chance) for _ in range(PACTS)))


def _truth(chance: random.Random) -> Truth:
    day = FIRST + timedelta(chance.randrange(30, DAYS - 60))
    sums = tuple((chance.randrange(1, 400) * 10**6, chance.choice(("EUR", "USD", "GBP"))) for _ in range(3))
    return Truth(
        None if chance.random() < _UNSIGNED else day,
        chance.randrange(CITIES),
        chance.randrange(SUMMITS),
        chance.choice(_TERMS),
        sums,
    )


def authority(here: Region) -> Iterator[Triple]:
    """Who and what a region is made of."""
    hub, near = here.node("party", "hub"), here.node("group", "near")
    yield from _groups(here, hub, near)
    yield from _named(hub, "State", f"Hubland {here.number}")
    yield from _leader(here, "hub", hub)
    for n in range(PACTS):
        party, pact = here.node("party", n), here.node("pact", n)
        yield from _named(party, "State", f"State {here.number}.{n}")
        yield from _leader(here, n, party)
        yield from _named(pact, "Agreement", f"Hubland–State {here.number}.{n} agreement")
        yield from _values(pact, "party", hub, party)
        yield from _values(pact, "inGroup", here.node("group", "all"), *([near] if n < PACTS // 4 else []))
    yield from _meetings(here)
    yield from _places(here)
    for n in range(ORIGINS):
        origin = here.node("origin", n)
        yield from _named(origin, "Origin", f"Interview {here.number}.{n}")
        if n % 8 == 0:
            yield from _values(origin, "occasion", here.node("event", f"summit-{n // 8 % SUMMITS}"))


def _groups(here: Region, hub: NamedNode, near: NamedNode) -> Iterator[Triple]:
    for group, name in ((here.node("group", "all"), "All"), (near, "Near")):
        yield from _named(group, "PactGroup", f"{name} agreements of Hubland {here.number}")
        yield from _values(group, "hub", hub)
        yield from _values(group, "party", hub)
    declaration = here.node("pact", "declaration")
    yield from _named(declaration, "Declaration", f"Declaration of Hubland {here.number}")
    yield from _values(declaration, "party", hub)


def _leader(here: Region, name: object, party: NamedNode) -> Iterator[Triple]:
    official, office = here.node("official", name), here.node("office", name)
    tenure = here.node("tenure", name)
    yield from _named(official, "Official", f"Leader {here.number}.{name}")
    yield Triple(official, RDF.type, NamedNode(f"{PREFIXES['schema']}Person"))
    yield from _named(office, "Office", f"President of {here.number}.{name}")
    yield from _values(office, "actsFor", party)
    yield Triple(tenure, RDF.type, NamedNode(f"{ONTOLOGY}Tenure"))
    yield from _values(tenure, "holder", official)
    yield from _values(tenure, "office", office)


def _meetings(here: Region) -> Iterator[Triple]:
    for n in range(SUMMITS):
        yield from _named(here.node("event", f"summit-{n}"), "Summit", f"Summit {here.number}.{n}")
    for n in range(ROUNDS):
        name = f"Round of talks {here.number}.{n}"
        yield from _named(here.node("event", f"round-{n}"), "NegotiationRound", name)


def _places(here: Region) -> Iterator[Triple]:
    within = NamedNode(f"{PREFIXES['schema']}containedInPlace")
    for n in range(LANDS):
        yield from _named(here.node("place", f"land-{n}"), "Place", f"Land {here.number}.{n}")
    for n in range(CITIES):
        city = here.node("place", f"city-{n}")
        yield from _named(city, "Place", f"City {here.number}.{n}")
        yield Triple(city, within, here.node("place", f"land-{n % LANDS}"))


def _named(node: NamedNode, kind: str, name: str) -> Iterator[Triple]:
    yield Triple(node, RDF.type, NamedNode(ONTOLOGY + kind))
    yield Triple(node, NamedNode(f"{PREFIXES['skos']}prefLabel"), Literal(name, language="en"))


def _values(node: NamedNode, name: str, *values: NamedNode) -> Iterator[Triple]:
    return (Triple(node, NamedNode(ONTOLOGY + name), value) for value in values)


def edtf(text: str) -> Literal:
    """A date of any precision."""
    return Literal(text, datatype=EDTF)
