"""What an audit of counts finds of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from pyoxigraph import NamedNode

from pactgraph.audit.census import Member, Period, Scope
from pactgraph.audit.rates import Rate
from pactgraph.audit.world import Said
from pactgraph.claim import Term
from pactgraph.resolution import Voice
from pactgraph.resolution.numbers import Reported


class Verdict(StrEnum):
    """What the graph makes of a reported number."""

    EXACT = "exact"
    """It is right on some day for which it is given."""
    STALE = "stale"
    """It was right on an earlier day."""
    SCOPE = "scope"
    """It is right for something else: with or without some, or at another stage."""
    WINDOW = "window"
    """It is right for those of a part of the time."""
    AHEAD = "ahead of our data"
    """It is more than the graph has."""
    OWN_LIST = "contradicts its own list"
    """The same passage names more, or most but not all."""
    UNEXPLAINED = "unexplained"
    """None of these, or the graph cannot tell."""


class Reason(StrEnum):
    """Why a number is unexplained."""

    NO_RULE = "the ontology does not say what makes one of these"
    NO_MEMBERS = "the graph does not know who belongs to those among whom it is counted"
    NONE_KNOWN = "the graph knows none of these"
    PLAN = "it is put as a plan, and what came of it stands in the ledger of promises"
    NO_DAY = "no day is known for which it is given"
    AS_LISTED = "the passage itself names just so many, though the graph has others"
    MORE = "the graph has more"
    FEWER_LATER = "it is more than others report for then or later"
    CURRENCIES = "the sums that the graph has are in several currencies, and no source converts them all"
    PLAN_OF_SUM = "it is put as a plan"
    OFTEN = "it is given for every year, and the sums that the graph has are not"
    SUMS = "the sums that the graph has come to more"
    FEWER = "the sums that the graph has come to less, and every pact has one"


@dataclass(frozen=True, slots=True)
class Asked:
    """A reported number: who says it, and the first and last day for which it is given."""

    voice: Voice
    said: Said
    number: Reported
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Sum:
    """The amounts of one currency, or other unit, that pacts are said to bring."""

    unit: Term
    number: Decimal
    parts: tuple[tuple[NamedNode, Decimal], ...]
    """Each pact with the largest amount that is said of it."""


@dataclass(frozen=True, slots=True)
class Total:
    """Sums of several currencies together in one."""

    unit: Term | None
    least: Fraction
    most: Fraction
    """By the lowest and by the highest rates."""
    rates: tuple[Rate, ...] = ()
    unconverted: tuple[Term, ...] = ()
    """Currencies for which no source gives a rate; they are not in the total."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What explains a number: for which scope and when it is right, and who is counted then."""

    verdict: Verdict
    reason: Reason | None = None
    scope: Scope | None = None
    period: Period | None = None
    since: date | None = None
    members: tuple[Member, ...] = ()
    alike: tuple[NamedNode, ...] = ()
    widest: int | None = None


@dataclass(frozen=True, slots=True)
class CountVerdict:
    """A reported number, the verdict on it, and all that shows the arithmetic."""

    asked: Asked
    verdict: Verdict
    reason: Reason | None = None
    scope: Scope | None = None
    """What it says that it counts; None for a sum."""
    least: int | None = None
    most: int | None = None
    """How few and how many the graph has in the time for which it is given; None where it cannot count."""
    members: tuple[Member, ...] = ()
    """Who surely counts by the end of that time."""
    perhaps: tuple[Member, ...] = ()
    """Who may count by then, and may not."""
    fitting: Scope | None = None
    """What it is right for, where that is something else."""
    period: Period | None = None
    """When it is right."""
    since: date | None = None
    """The first day of the window in which it is right."""
    fitted: tuple[Member, ...] = ()
    """Who is counted where it is right; for a number ahead of the graph, who comes next."""
    listed: tuple[NamedNode, ...] = ()
    """What the same passage names of what is counted."""
    alike: tuple[NamedNode, ...] = ()
    """Claims that give the same number of something else for that time."""
    widest: int | None = None
    """How many it has in another scope, `fitting`, in which it comes nearer to the number."""
    sums: tuple[Sum, ...] = ()
    total: Total | None = None
    unpriced: tuple[NamedNode, ...] = ()
    """Pacts of which the graph has no amount."""

    @property
    def missing(self) -> int:
        """How many more are reported than the graph has in the nearest scope; 0 where none are."""
        least, _ = self.asked.number.range
        most = self.most if self.widest is None else self.widest
        return max(0, ceil(least) - most) if least is not None and most is not None else 0

    @property
    def unlisted(self) -> tuple[NamedNode, ...]:
        """Who counts by the end of the time but is not named, where the passage names some."""
        return tuple(m.node for m in self.members if m.node not in self.listed) if self.listed else ()

    @property
    def unknown(self) -> tuple[NamedNode, ...]:
        """What the passage names and the graph does not count by then."""
        counted = {member.node for member in (*self.members, *self.perhaps)}
        return tuple(node for node in self.listed if node not in counted)
