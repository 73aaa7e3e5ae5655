"""What our graph and Wikidata call the same things, as `mappings/wikidata.toml` says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from pyoxigraph import NamedNode

from pactgraph.errors import BadInput, SyntaxFault, contents
from pactgraph.vocabulary import expand

_PROPERTY: Final = re.compile(r"P[1-9][0-9]*")
_WEIGHTS: Final = frozenset(
    "name alias like type website signatory born day country other_type other_born other_day other_country other_website "
    "least".split()
)
_CLASS: Final = re.compile(r"Q[1-9][0-9]*")


class Adds(StrEnum):
    """What may be written to Wikidata."""

    STATEMENTS = "statements"
    REFERENCES = "references"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Said:
    """Which property of Wikidata says the same as a fact; the parts are those of the file.

    Qualifiers of `also` may say it and may contradict it; those of `events` are about one event of many, so that another
    value says nothing against ours.
    """

    fact: NamedNode
    value: NamedNode | None
    each: NamedNode | None
    property: str
    also: tuple[str, ...]
    events: tuple[str, ...]
    adds: Adds


@dataclass(frozen=True, slots=True)
class Reference:
    """The properties of a reference; `counts` are those without which one counts as none."""

    url: str
    retrieved: str
    published: str
    title: str
    quotation: str
    stated_in: str
    counts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """The properties by which items are told apart, and the languages in which their names are had."""

    languages: tuple[str, ...]
    type: str
    subclass: str
    website: str
    signatory: str
    born: tuple[str, ...]
    day: tuple[str, ...]
    country: tuple[str, ...]
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LinkedKind:
    """A kind of nodes that can be linked, and the classes of its items."""

    name: str
    node: NamedNode
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A whole file."""

    statements: tuple[Said, ...]
    reference: Reference
    match: Match
    kinds: tuple[LinkedKind, ...]


def read_mapping(path: Path) -> Correspondence:
    """The file, read; raises BadInput with what is missing or no id, and SyntaxFault where it is no TOML."""
    try:
        told = tomllib.loads(contents(path).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SyntaxFault(f"this is not TOML: {fault}", where=path) from None
    try:
        return Correspondence(
            tuple(map(_said, told["statement"])),
            _reference(told["reference"]),
            _match(told["match"]),
            tuple(map(_kind, told["kind"])),
        )
    except KeyError as fault:
        raise BadInput(f"{fault.args[0]} is missing", where=path) from None
    except (ValueError, TypeError, AttributeError) as fault:
        raise BadInput(str(fault), where=path) from None


def _said(told: Mapping[str, Any]) -> Said:
    return Said(
        _node(told["fact"]),
        _node(told["value"]) if "value" in told else None,
        _node(told["each"]) if "each" in told else None,
        _property(told["property"]),
        _properties(told.get("also", ())),
        _properties(told.get("events", ())),
        Adds(told["adds"]),
    )


def _reference(told: Mapping[str, Any]) -> Reference:
    parts = {name: _property(told[name]) for name in Reference.__slots__ if name != "counts"}
    return Reference(**parts, counts=frozenset(_properties(told["counts"])))


def _match(told: Mapping[str, Any]) -> Match:
    weights = {name: float(weight) for name, weight in told["weights"].items()}
    if wrong := [name for name, weight in weights.items() if not 0 <= weight <= 1]:
        raise ValueError(f"the weight {wrong[0]} is no number from 0 to 1")
    if lacking := sorted(_WEIGHTS - weights.keys()):
        raise KeyError(f"the weight {lacking[0]}")
    return Match(
        languages=tuple(map(str, told["languages"])),
        type=_property(told["type"]),
        subclass=_property(told["subclass"]),
        website=_property(told["website"]),
        signatory=_property(told["signatory"]),
        born=_properties(told["born"]),
        day=_properties(told["day"]),
        country=_properties(told["country"]),
        weights=weights,
    )


def _kind(told: Mapping[str, Any]) -> LinkedKind:
    if wrong := [name for name in told["types"] if not _CLASS.fullmatch(name)]:
        raise ValueError(f"{wrong[0]!r} is no class: write it like Q5")
    return LinkedKind(told["name"], _node(told["class"]), frozenset(told["types"]))


def _properties(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_property, names))


def _property(name: str) -> str:
    if not _PROPERTY.fullmatch(name):
        raise ValueError(f"{name!r} is no property: write it like P31")
    return name


def _node(name: str) -> NamedNode:
    iri = expand(name)
    if iri is None:
        raise ValueError(f"{name!r} has no prefix of ours: write it like pact:signedOn")
    return NamedNode(iri)
