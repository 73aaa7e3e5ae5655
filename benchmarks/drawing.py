"""Parameters for the named queries, drawn as users choose them: somebody or something, and often a day."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from pyoxigraph import Literal, NamedNode
from region import DAYS, FIRST, ORIGINS, PACTS, Region, region
from sayings import ROUNDS, SUMMITS
from world import publishers, regions

from pactgraph.sparql import NamedQuery
from pactgraph.store import Bindable
from pactgraph.vocabulary import ID, XSD

_CLOCKED = 0.5
"""How often a question is asked of another day than today."""


def draws(
    query: NamedQuery, claims: int, many: int, *, clocks: bool = True, seed: int = 5
) -> Iterator[Mapping[str, Bindable]]:
    """So many sets of parameters for a query on a world of so many claims."""
    chance = random.Random(f"{seed} {query.name}")
    for _ in range(many):
        number = chance.randrange(regions(claims))
        yield _drawn(query, region(number), claims, chance) | (_clock(query, chance) if clocks else {})


def _drawn(query: NamedQuery, here: Region, claims: int, chance: random.Random) -> dict[str, Bindable]:
    """What has to be given, and of the rest one thing that says of whom or what it is asked."""
    if query.name == "news":
        day = FIRST + timedelta(chance.randrange(DAYS))
        days: dict[str, Bindable] = {"since": _day(day), "until": _day(day + timedelta(30))}
    else:
        days = {}
    given = [p.name for p in query.parameters if p.default is None and p.type == "iri"]
    choices = [p.name for p in query.parameters if p.name in _NODES]
    asked = given or ([chance.choice(choices)] if choices else [])
    return days | {name: _node(query, name, here, claims, chance) for name in asked}


def _node(query: NamedQuery, name: str, here: Region, claims: int, chance: random.Random) -> Bindable:
    if query.name == "counts" and name == "subject":
        return here.node("group", "all")
    if name == "publisher":
        return NamedNode(f"{ID}publisher/paper-{int(publishers(claims) * chance.random() ** 2)}")
    if name == "page":
        pages = regions(claims) * (PACTS + 1) // 20 + 1
        return Literal(str(chance.randrange(1, pages + 1)), datatype=XSD.integer)
    return _NODES[name](here, chance)


def _clock(query: NamedQuery, chance: random.Random) -> dict[str, Bindable]:
    names = [p.name for p in query.parameters if p.name in ("asOf", "asKnown")]
    days = {name: FIRST + timedelta(chance.randrange(DAYS)) for name in names if chance.random() < _CLOCKED}
    return {name: _day(day) for name, day in days.items()}


def _day(day: object) -> Literal:
    return Literal(str(day), datatype=XSD.date)


def _pact(here: Region, chance: random.Random) -> NamedNode:
    return here.node("pact", chance.choice((*range(PACTS), "declaration")))


def _event(here: Region, chance: random.Random) -> NamedNode:
    name = chance.choice([f"summit-{n}" for n in range(SUMMITS)] + [f"round-{n}" for n in range(ROUNDS)])
    return here.node("event", name)


def _official(here: Region, chance: random.Random) -> NamedNode:
    """The leader of a hub is asked for more often than others."""
    return here.node("official", "hub" if chance.random() < 0.2 else chance.randrange(PACTS))


def _subject(here: Region, chance: random.Random) -> NamedNode:
    return chance.choices((_pact, _event, _official), (6, 1, 1))[0](here, chance)


_NODES: Mapping[str, Callable[[Region, random.Random], Bindable]] = {
    "pact": _pact,
    "subject": _subject,
    "official": _official,
    "speaker": _official,
    "party": lambda here, chance: here.node(
        "party", "hub" if chance.random() < 0.2 else chance.randrange(PACTS)
    ),
    "group": lambda here, chance: here.node("group", chance.choice(("all", "near"))),
    "origin": lambda here, chance: here.node("origin", chance.randrange(ORIGINS)),
    "publisher": lambda here, _: here.node("publisher", 0),
    "page": lambda _, chance: Literal(str(chance.randrange(1, 3)), datatype=XSD.integer),
}
