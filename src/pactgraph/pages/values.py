"""How values of several parts and durations are said: `at least EUR 977 million in 2024`, `10 years`.

Numbers are written the same everywhere: a point before the fraction, commas between thousands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import Edtf, parse, say, say_duration
from pactgraph.quantities import plainly, say_number
from pactgraph.vocabulary import PACT, RDF, SCHEMA

Parts = Mapping[NamedNode, Term]
Name = Callable[[Term], str]

_LIMITS: Final = {"kind": PACT.kind, "field": PACT.field, "to": PACT.recipient, "through": PACT.through}


def say_value(parts: Parts, name: Name) -> str:
    """A count or an amount in full."""
    if parts.get(RDF.type) == PACT.Count or PACT.counts in parts:
        return _count(parts, name)
    said = {word: name(parts[term]) for word, term in _LIMITS.items() if term in parts}
    limits = [f"{word} {value}" if word in ("to", "through") else value for word, value in said.items()]
    return f"{say_amount(parts, name)} ({', '.join(limits)})" if limits else say_amount(parts, name)


def say_amount(parts: Parts, name: Name) -> str:
    """An amount in short: bound, number, time in which it is given again and again, and the time it is for."""
    often = _often(parts[PACT.per].value) if PACT.per in parts else ""
    period = _period(parse(parts[PACT.period].value)) if PACT.period in parts else ""
    return f"{_bound(parts, name)}{_quantity(parts, name)}{often}{period}"


def amount_parts(parts: Parts, name: Name) -> dict[str, str | int | float]:
    """An amount as numbers, codes and names."""
    known: dict[str, str | int | float] = {"value": _number(parts[SCHEMA.value].value)}
    terms = {"currency": SCHEMA.currency, "per": PACT.per, "period": PACT.period}
    known |= {key: parts[term].value for key, term in terms.items() if term in parts}
    named = {"unit": PACT.unit, "bound": PACT.bound, "kind": PACT.kind, "field": PACT.field}
    named |= {"recipient": PACT.recipient, "through": PACT.through}
    return known | {key: name(parts[term]) for key, term in named.items() if term in parts}


def _number(text: str) -> int | float:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)


def _count(parts: Parts, name: Name) -> str:
    among = f" among {name(parts[PACT.among])}" if PACT.among in parts else ""
    as_of = f" as of {name(parts[PACT.asOf])}" if PACT.asOf in parts else ""
    number = plainly(Decimal(parts[SCHEMA.value].value))
    return f"{_bound(parts, name)}{number} {name(parts[PACT.counts])}{among}{as_of}"


def _bound(parts: Parts, name: Name) -> str:
    return f"{name(parts[PACT.bound])} " if PACT.bound in parts else ""


def _quantity(parts: Parts, name: Name) -> str:
    number = say_number(Decimal(parts[SCHEMA.value].value))
    if SCHEMA.currency in parts:
        return f"{parts[SCHEMA.currency].value} {number}"
    return f"{number} {re.sub('^per ?cent', '%', name(parts[PACT.unit]))}"


def _often(duration: str) -> str:
    said = say_duration(duration)
    one, _, unit = said.partition(" ")
    return f" a {unit}" if one == "1" else f" every {said}"


def _period(when: Edtf) -> str:
    said = say(when)
    if when.start is None or when.end is None:
        return f" {said}"
    if when.is_interval:
        return f", {said}"
    return f" {'on' if when.start.precision == 'day' else 'in'} {said}"


def value_parts(rows: Iterator[Mapping[str, Term]]) -> dict[Term, dict[NamedNode, Term]]:
    """The parts of each value node, from rows of `node`, `property` and `value`."""
    found: dict[Term, dict[NamedNode, Term]] = {}
    for row in rows:
        if isinstance(name := row["property"], NamedNode):
            found.setdefault(row["node"], {})[name] = row["value"]
    return found
