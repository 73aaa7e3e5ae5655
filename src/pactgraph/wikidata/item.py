"""An item of Wikidata, as `wbgetentities` gives it: https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from pactgraph.dates import parse
from pactgraph.errors import BadInput, FetchFailed
from pactgraph.vocabulary import PREFIXES

ID: Final = re.compile(r"Q[1-9][0-9]{0,18}")
_TIME: Final = re.compile(r"\+([0-9]{4})-([0-9]{2})-([0-9]{2})T")
_GREGORIAN: Final = f"{PREFIXES['wd']}Q1985727"
_WHOLE: Final = re.compile(r"\+[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z")
_DAY, _YEAR = 11, 9
"""Precisions of times, https://www.wikidata.org/wiki/Help:Dates."""


class Rank(StrEnum):
    """How a statement stands beside others of its property."""

    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"


class Kind(StrEnum):
    """What a value is; an unknown value and none are two."""

    ITEM = "item"
    TIME = "time"
    TEXT = "text"
    QUANTITY = "quantity"
    OTHER = "other"
    UNKNOWN = "unknown value"
    NONE = "no value"


@dataclass(frozen=True, slots=True)
class Value:
    """A value: the id of an item, a date in EDTF, a text with its language, a number with its unit's id.

    A time that EDTF level 1 cannot say, as of another calendar, is of the kind `OTHER`. `written` is a time letter by
    letter as it stands there, such as `+2024-01-01T00:00:00Z/9`: a year has more than one form. Only a time can have it.
    """

    kind: Kind
    text: str = ""
    language: str = ""
    unit: str = ""
    written: str = field(default="", compare=False)


Snaks = tuple[tuple[str, Value], ...]
"""Properties and their values, as qualifiers and references have them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One value of a property of an item, with its rank, qualifiers and references."""

    property: str
    value: Value
    rank: Rank = Rank.NORMAL
    qualifiers: Snaks = ()
    references: tuple[Snaks, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item at a revision; labels, descriptions and aliases by language."""

    id: str
    revision: int
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    statements: tuple[Statement, ...]

    @property
    def label(self) -> str:
        """The label in English, in all languages alike (`mul`) or in any; else the id."""
        return next(
            (self.labels[key] for key in ("en", "mul", *sorted(self.labels)) if key in self.labels), self.id
        )

    @property
    def description(self) -> str:
        """The description in English, or none."""
        return self.descriptions.get("en", "")

    def full(self, term: str) -> tuple[Statement, ...]:
        """All statements of a property."""
        return tuple(each for each in self.statements if each.property == term)

    def truthy(self, term: str) -> tuple[Statement, ...]:
        """The statements of the best rank that a property has, but for deprecated ones.

        https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format#Truthy_statements.
        """
        held = self.full(term)
        best = Rank.PREFERRED if any(s.rank is Rank.PREFERRED for s in held) else Rank.NORMAL
        return tuple(each for each in held if each.rank is best)

    def values(self, term: str) -> tuple[Value, ...]:
        """The values of the truthy statements of a property."""
        return tuple(each.value for each in self.truthy(term))


def read_item(told: Mapping[str, Any]) -> Item:
    """The item of a JSON entity; raises FetchFailed for what has not its shape."""
    try:
        return Item(
            _id(told["id"]),
            int(told["lastrevid"]),
            {key: each["value"] for key, each in (told.get("labels") or {}).items()},
            {key: each["value"] for key, each in (told.get("descriptions") or {}).items()},
            {key: tuple(a["value"] for a in each) for key, each in (told.get("aliases") or {}).items()},
            tuple(_statements(told.get("claims") or {})),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise FetchFailed(f"this is no item as Wikidata gives it: {type(fault).__name__} {fault}") from None


def _id(name: str) -> str:
    if not ID.fullmatch(name):
        raise ValueError(f"{name!r} is no id")
    return name


def _statements(claims: Mapping[str, Any]) -> Iterator[Statement]:
    for term, each in claims.items():
        for told in each:
            yield Statement(
                term,
                _value(told["mainsnak"]),
                Rank(told.get("rank", "normal")),
                _snaks(told.get("qualifiers") or {}),
                tuple(_snaks(reference["snaks"]) for reference in told.get("references") or ()),
            )


def _snaks(told: Mapping[str, Any]) -> Snaks:
    return tuple((term, _value(snak)) for term, snaks in told.items() for snak in snaks)


def _value(snak: Mapping[str, Any]) -> Value:
    if snak["snaktype"] != "value":
        return Value(Kind.NONE if snak["snaktype"] == "novalue" else Kind.UNKNOWN)
    value = snak["datavalue"]["value"]
    match snak["datavalue"]["type"]:
        case "wikibase-entityid":
            return Value(Kind.ITEM, value["id"])
        case "time":
            return _time(value)
        case "string":
            return Value(Kind.TEXT, value)
        case "monolingualtext":
            return Value(Kind.TEXT, value["text"], language=value["language"])
        case "quantity":
            unit = value["unit"].rpartition("/")[2]
            return Value(Kind.QUANTITY, value["amount"].removeprefix("+"), unit="" if unit == "1" else unit)
        case other:
            return Value(Kind.OTHER, str(other))


def _time(value: Mapping[str, Any]) -> Value:
    """A day, month or year of the Gregorian calendar; precisions finer than a day are of no use here."""
    found = _TIME.match(value["time"])
    precision = min(int(value["precision"]), _DAY)
    if found is None or precision < _YEAR or value.get("calendarmodel", _GREGORIAN) != _GREGORIAN:
        return Value(Kind.OTHER, value["time"])
    text = "-".join(found.groups()[: precision - _YEAR + 1])
    try:
        return Value(Kind.TIME, parse(text).text, written=_written(value))
    except BadInput:
        return Value(Kind.OTHER, value["time"])


def _written(value: Mapping[str, Any]) -> str:
    """Nothing for what is finer than a day."""
    whole = _WHOLE.fullmatch(value["time"]) and int(value["precision"]) <= _DAY
    return f"{value['time']}/{value['precision']}" if whole else ""
