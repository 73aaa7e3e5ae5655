"""What the sources of an invented world say: of each kind about as much as those of the repository."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pyoxigraph import Literal, NamedNode, Triple
from region import CITIES, LANDS, PACTS, ROUNDS, SUMMITS, Region, Truth, edtf

from pactgraph.claim import Term
from pactgraph.graph.minting import value_iri
from pactgraph.graph.nodes import group
from pactgraph.vocabulary import ONTOLOGY, PREFIXES, RDF, XSD

_DENIED = 0.02
_WRONG = 0.04
_COARSE = 0.15


@dataclass(frozen=True, slots=True)
class Saying:
    """What is claimed and how; `described` are the triples of its value, where that is a node."""

    subject: NamedNode
    predicate: str
    object: Term
    printed: str
    modality: str = "Factual"
    on: str | None = None
    described: tuple[Triple, ...] = ()
    deniable: bool = True


def draw(here: Region, day: date, chance: random.Random) -> Saying:
    """Something that a source of that day says."""
    drawn = chance.random()
    if drawn < 0.25:
        return chance.choices(_APART, _APART_WEIGHTS)[0](here, day, chance)
    number = chance.randrange(PACTS)
    truth = here.truths[number]
    is_signed = truth.signed is not None and truth.signed <= day
    kinds, weights = (_SIGNED, _SIGNED_WEIGHTS) if is_signed else (_OPEN, _OPEN_WEIGHTS)
    return chance.choices(kinds, weights)[0](
        _Pact(here, number, truth, here.node("pact", number)), day, chance
    )


def polarity(saying: Saying, chance: random.Random) -> str:
    """Whether it is denied."""
    return "Denied" if saying.deniable and chance.random() < _DENIED else "Affirmed"


@dataclass(frozen=True, slots=True)
class _Pact:
    here: Region
    number: int
    truth: Truth
    node: NamedNode


def _signed_on(pact: _Pact, _: date, chance: random.Random) -> Saying:
    assert pact.truth.signed is not None
    said = pact.truth.signed + timedelta(chance.choice((-1, 1)) if chance.random() < _WRONG else 0)
    text = f"{said:%Y-%m}" if chance.random() < _COARSE else said.isoformat()
    return Saying(pact.node, "signedOn", edtf(text), f"{said:%d.%m.%Y}")


def _signed(pact: _Pact, _: date, chance: random.Random) -> Saying:
    assert pact.truth.signed is not None
    stage = "Ratified" if chance.random() < 0.05 else "Signed"
    on = pact.truth.signed.isoformat() if stage == "Signed" and chance.random() < 0.2 else None
    return Saying(pact.node, "reachedStage", _term(stage), stage.lower(), on=on)


def _signed_by(pact: _Pact, _: date, chance: random.Random) -> Saying:
    name = pact.number if chance.random() < 0.7 else "hub"
    return Saying(pact.node, "signedBy", pact.here.node("official", name), "the leader")


def _signed_in(pact: _Pact, _: date, chance: random.Random) -> Saying:
    city = chance.randrange(CITIES) if chance.random() < _WRONG else pact.truth.city
    name = f"land-{city % LANDS}" if chance.random() < _COARSE else f"city-{city}"
    return Saying(pact.node, "signedIn", pact.here.node("place", name), "the city")


def _signed_at(pact: _Pact, _: date, __: random.Random) -> Saying:
    return Saying(pact.node, "signedAt", pact.here.node("event", f"summit-{pact.truth.summit}"), "meeting")


def _concluded(pact: _Pact, _: date, chance: random.Random) -> Saying:
    party = pact.here.node("party", chance.choice(("hub", pact.number)))
    return Saying(pact.node, "concludedBy", party, "the state")


def _lasts(pact: _Pact, _: date, chance: random.Random) -> Saying:
    term = "P3Y" if chance.random() < _WRONG else pact.truth.term
    return Saying(
        pact.node, "term", Literal(term, datatype=NamedNode(f"{PREFIXES['xsd']}duration")), term[1:]
    )


def _covers(pact: _Pact, _: date, chance: random.Random) -> Saying:
    field = chance.choice(("Military", "Humanitarian", "Financial", "Energy", "Reconstruction"))
    return Saying(pact.node, "covers", _term(field), field.lower())


def _gives(pact: _Pact, day: date, chance: random.Random) -> Saying:
    number, currency = chance.choice(pact.truth.sums)
    if chance.random() < 0.1:
        number += 10**6 * chance.randrange(1, 9)
    parts = {
        "rdf:type": _term("Amount"),
        "schema:value": _number(number),
        "schema:currency": Literal(currency),
    }
    parts |= {"pact:kind": _term("Pledged")}
    if chance.random() < 0.5:
        parts["pact:period"] = edtf(str(day.year))
    node, described = _value(parts)
    return Saying(pact.node, "amount", node, f"{number // 10**6} million", described=described)


def _expected(pact: _Pact, day: date, chance: random.Random) -> Saying:
    aim = pact.truth.signed or day + timedelta(60)
    then = max(day, aim + timedelta(chance.choice((-30, 0, 0, 0, 20))))
    text = f"{then:%Y-%m}" if chance.random() < 0.8 else then.isoformat()
    how = chance.choices(("Expected", "Possible", "Hoped", "Conditional"), (12, 2, 1, 1))[0]
    return Saying(pact.node, "expectedSigning", edtf(text), f"{then:%m}", how)


def _under_way(pact: _Pact, day: date, chance: random.Random) -> Saying:
    stage = chance.choice(("Announced", "NegotiationsBegun", "Negotiating", "Negotiating", "Preparing"))
    how = "Ongoing" if stage in ("Negotiating", "Preparing") and chance.random() < 0.5 else "Factual"
    on = f"{day:%Y-%m}" if chance.random() < 0.3 else None
    return Saying(pact.node, "reachedStage", _term(stage), stage.lower(), how, on)


def _to_be_signed(pact: _Pact, day: date, chance: random.Random) -> Saying:
    on = f"../{day.isoformat()}" if chance.random() < 0.2 else None
    return Saying(pact.node, "reachedStage", _term("Signed"), "signed", "Expected", on)


def _count(here: Region, day: date, chance: random.Random) -> Saying:
    signed = here.signed_by(day) + (chance.choice((-2, -1, 1)) if chance.random() < 0.2 else 0)
    kind, number = chance.choice(
        (("SignedPacts", signed), ("SignedPacts", signed), ("PendingPacts", PACTS - signed))
    )
    parts = {
        "rdf:type": _term("Count"),
        "schema:value": _number(max(0, number), XSD.integer),
        "pact:counts": _term(kind),
    }
    node, described = _value(parts | {"pact:asOf": edtf(day.isoformat())})
    return Saying(here.node("group", "all"), "reportedCount", node, str(number), described=described)


def _office(here: Region, _: date, chance: random.Random) -> Saying:
    name = chance.choice(("hub", chance.randrange(PACTS)))
    held = chance.randrange(PACTS) if chance.random() < _WRONG else name
    return Saying(here.node("official", name), "holdsOffice", here.node("office", held), "President")


def _round(here: Region, _: date, chance: random.Random) -> Saying:
    number = chance.randrange(ROUNDS)
    return Saying(here.node("event", f"round-{number}"), "negotiates", here.node("pact", number), "talks")


def _held(here: Region, day: date, chance: random.Random) -> Saying:
    number = chance.randrange(SUMMITS + ROUNDS)
    name = f"summit-{number}" if number < SUMMITS else f"round-{number - SUMMITS}"
    if chance.random() < 0.3:
        city = here.node("place", f"city-{number % CITIES}")
        return Saying(here.node("event", name), "heldIn", city, "the city")
    then = date(2024, 1 + number % 12, 5)
    return Saying(here.node("event", name), "heldOn", edtf(then.isoformat()), f"{then:%d.%m}")


def _joined(here: Region, day: date, chance: random.Random) -> Saying:
    party = here.node("party", chance.randrange(PACTS))
    on = f"{day:%Y-%m}" if chance.random() < 0.3 else None
    return Saying(party, "joined", here.node("pact", "declaration"), "joined", on=on)


def _adopted(here: Region, _: date, chance: random.Random) -> Saying:
    text = chance.choice(("2023-07-12", "2023-07-12", "2023-07"))
    return Saying(here.node("pact", "declaration"), "adoptedOn", edtf(text), text)


_OfPact = Callable[[_Pact, date, random.Random], Saying]
_OfRegion = Callable[[Region, date, random.Random], Saying]
_SIGNED: tuple[_OfPact, ...] = (
    _signed, _signed_on, _signed_by, _signed_in, _signed_at, _concluded, _lasts, _covers, _gives,
)  # fmt: skip
_SIGNED_WEIGHTS = (26, 12, 9, 9, 3, 4, 6, 3, 11)
_OPEN: tuple[_OfPact, ...] = (_under_way, _expected, _to_be_signed)
_OPEN_WEIGHTS = (5, 4, 1)
_APART: tuple[_OfRegion, ...] = (_count, _office, _round, _held, _joined, _adopted)
_APART_WEIGHTS = (10, 6, 1, 5, 6, 2)


def _value(parts: dict[str, Term]) -> tuple[NamedNode, tuple[Triple, ...]]:
    placeholder = NamedNode("urn:value")
    named = {_name(name): value for name, value in parts.items()}
    node = value_iri(group(Triple(placeholder, n, v) for n, v in named.items())[placeholder])
    return node, tuple(Triple(node, n, v) for n, v in named.items())


def _name(prefixed: str) -> NamedNode:
    prefix, _, local = prefixed.partition(":")
    return RDF.type if prefixed == "rdf:type" else NamedNode(PREFIXES[prefix] + local)


def _term(local: str) -> NamedNode:
    return NamedNode(ONTOLOGY + local)


def _number(number: int, kind: NamedNode = XSD.decimal) -> Literal:
    return Literal(str(number), datatype=kind)
