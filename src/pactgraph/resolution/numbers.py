"""Reported numbers as intervals: two of them exclude each other when no number fits both."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.dates import Edtf
from pactgraph.graph.nodes import Properties, one
from pactgraph.resolution.voices import read_date
from pactgraph.vocabulary import PACT, RDF, SCHEMA

_SLACK = Fraction(1, 10)
"""By which part a number said to be about right may be off: our reading, sources leave it open."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A count or an amount: its number, and all that tells what it is a number of."""

    number: Decimal
    bound: Term | None
    kind: NamedNode
    """`pact:Count` or `pact:Amount`."""
    of: tuple[tuple[str, Term], ...]
    """What is counted, among whom, in which unit, for what: every other part but the time."""
    when: Edtf | None

    @property
    def range(self) -> tuple[Fraction | None, Fraction | None]:
        """The least and the greatest number that it can mean; None where there is no end."""
        number = Fraction(self.number)
        if self.bound == PACT.AtLeast:
            return number, None
        if self.bound == PACT.AtMost:
            return None, number
        slack = number * _SLACK if self.bound == PACT.About else Fraction(0)
        return number - slack, number + slack

    def part(self, name: NamedNode) -> Term | None:
        """One of the parts that tell what it is a number of."""
        return next((value for key, value in self.of if key == name.value), None)


def read_number(properties: Properties) -> Reported | None:
    """The number of a value's node; None for a node of another kind."""
    kind = next((k for k in properties.get(RDF.type, ()) if k in (PACT.Count, PACT.Amount)), None)
    value = one(properties, SCHEMA.value)
    if not isinstance(kind, NamedNode) or not isinstance(value, Literal):
        return None
    apart = {RDF.type, SCHEMA.value, PACT.bound, PACT.asOf, PACT.period}
    of = sorted((name.value, v) for name, values in properties.items() if name not in apart for v in values)
    time = read_date(one(properties, PACT.asOf)) or read_date(one(properties, PACT.period))
    return Reported(Decimal(value.value), one(properties, PACT.bound), kind, tuple(of), time)


def fit(one: Reported, other: Reported) -> bool:
    """Whether some number can be meant by both, sums rounded as the coarser is; a count is as it is said."""
    (least, most), (low, high) = one.range, other.range
    apart = (most is not None and low is not None and most < low) or (
        high is not None and least is not None and high < least
    )
    rounded = PACT.Count not in (one.kind, other.kind) and rounded_alike(one.number, other.number)
    return not apart or rounded


def rounded_alike(one: Decimal, other: Decimal) -> bool:
    """Whether the finer of two numbers, rounded to the places of the coarser, is the coarser: 60.84 and 61."""
    fine, coarse = sorted((one, other), key=_places, reverse=True)
    return _places(fine) > _places(coarse) and fine.quantize(Decimal(1).scaleb(-_places(coarse))) == coarse


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "a reported number is finite"
    return -exponent
