"""What sources reported and expected, held against what the facts give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.dates import Edtf, overlap, precedes
from pactgraph.pages import Told, why
from story.agreements import GROUP, Agreement, agreements, said_by, signed_of_group, signed_up_to
from story.reading import Graph, Term, local, when

LONGEST = 62
"""Days of the longest time for which a number is held against the facts."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A reported number of agreements, or of states that have one, and the least and most that the facts give.

    They differ where the time is vague, or where an agreement was signed on the very day.
    """

    claim: Told
    number: int
    states: bool
    bound: str
    since: date
    until: date
    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        """Whether it can be held against the facts: not only about right, nor for a long time."""
        return self.bound != "About" and (self.until - self.since).days <= LONGEST

    @property
    def off(self) -> int:
        """By how much the number misses the facts; one that is not exact misses nothing."""
        if not self.is_exact or self.least <= self.number <= self.most:
            return 0
        if self.bound == "AtLeast" and self.number < self.least:
            return 0
        return self.number - (self.most if self.number > self.most else self.least)


def reported(graph: Graph) -> list[Reported]:
    """The reported numbers of all signed agreements, in the order of the days that they are for."""
    signed = signed_of_group(graph)
    found = (_reported(graph, claim, signed) for claim in graph.told("reportedCount", GROUP))
    return sorted((r for r in found if r), key=lambda r: (r.until, r.number, r.states, r.claim.claim.value))


COUNTED = {"SignedPacts": False, "SigningStates": True}


def partial(graph: Graph) -> list[Told]:
    """The reported numbers that count only the members of some group of parties."""
    claims = graph.told("reportedCount", GROUP)
    return [c for c in claims if _counts(graph, c) in COUNTED and "among" in graph.parts(c)]


def _counts(graph: Graph, claim: Told) -> str:
    return local(graph.parts(claim)["counts"])


def _reported(graph: Graph, claim: Told, signed: Sequence[Agreement]) -> Reported | None:
    parts = graph.parts(claim)
    as_of, said = when(parts.get("asOf")), said_by(claim)
    if _counts(graph, claim) not in COUNTED or "among" in parts or not graph.is_standing(claim):
        return None
    if as_of is None or as_of.first is None or (last := _earlier(as_of.last, said)) is None:
        return None
    states = COUNTED[_counts(graph, claim)]
    return Reported(
        claim,
        int(parts["value"].value),
        states,
        local(parts["bound"]) if "bound" in parts else "",
        as_of.first,
        last,
        signed_up_to(signed, date.fromordinal(as_of.first.toordinal() - 1), states=states),
        signed_up_to(signed, last, states=states),
    )


def _earlier(one: date | None, other: date | None) -> date | None:
    """No one counts what comes after the day of speaking."""
    return min((day for day in (one, other) if day), default=None)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A time for which a signing was expected, by whom, and what came of it."""

    agreement: Agreement
    time: Edtf
    claims: tuple[Told, ...]

    @property
    def is_met(self) -> bool:
        return bool(self.agreement.day and overlap(self.time, self.agreement.day))

    @property
    def days_late(self) -> int:
        """Days from the end of the expected time to the signing; negative where it came before; 0 where unknown."""
        day = self.agreement.day
        if day is None or self.is_met or not (day.first and day.last and self.time.first and self.time.last):
            return 0
        if precedes(self.time, day):
            return (day.first - self.time.last).days
        return (day.last - self.time.first).days


def expectations(graph: Graph) -> list[Expectation]:
    """What was expected of the signing of each agreement, where the expected time has a beginning and an end."""
    return [each for each in _expected(graph) if each.time.first and each.time.last]


def vague_expectations(graph: Graph) -> list[Expectation]:
    """Those without an end: `soon`, `in the near future`."""
    return [each for each in _expected(graph) if not (each.time.first and each.time.last)]


def _expected(graph: Graph) -> list[Expectation]:
    found = []
    for agreement in agreements(graph):
        by_time: dict[str, list[Told]] = {}
        for claim in graph.told("expectedSigning", agreement.node):
            if local(claim.polarity) == "Affirmed":
                by_time.setdefault(claim.object.value, []).append(claim)
        for text, claims in sorted(by_time.items()):
            time = when(text)
            assert time is not None
            found.append(Expectation(agreement, time, tuple(claims)))
    return found


Answer = tuple[Term, tuple[Told, ...]]
"""A value and the claims that give it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question on which claims exclude each other: each answer with the claims that give it."""

    subject: NamedNode
    property: NamedNode
    answers: tuple[Answer, ...]


def disagreements(graph: Graph) -> list[Disagreement]:
    """The questions with one answer on which claims, said as facts, exclude each other."""
    given: dict[tuple[NamedNode, NamedNode], set[Term]] = {}
    for claim in graph.claims:
        if claim.predicate in graph.single and graph.is_standing(claim):
            given.setdefault((claim.subject, claim.predicate), set()).add(claim.object)
    asked = sorted((key for key, values in given.items() if len(values) > 1), key=str)
    return [found for subject, prop in asked if (found := _disagreement(graph, subject, prop))]


def _disagreement(graph: Graph, subject: NamedNode, prop: NamedNode) -> Disagreement | None:
    sides = [side for side in why(graph.store, subject, prop) if side.supporting and side.dissenting]
    answers = sorted(
        ((side.object, side.supporting) for side in sides),
        key=lambda answer: (-graph.origins(answer[1]), answer[0].value),
    )
    return Disagreement(subject, prop, tuple(answers)) if answers else None


def rival_amounts(graph: Graph) -> list[tuple[Agreement, list[Answer]]]:
    """The signed agreements for which several exact amounts are given that differ in nothing but the number."""
    found = ((each, _rivals(graph, each)) for each in signed_of_group(graph))
    return [(each, answers) for each, answers in found if answers]


def _rivals(graph: Graph, agreement: Agreement) -> list[Answer]:
    alike: dict[str, dict[Term, list[Told]]] = {}
    for claim in graph.told("amount", agreement.node):
        parts = graph.parts(claim)
        if graph.is_standing(claim) and "bound" not in parts:
            kind = str(sorted((name, str(value)) for name, value in parts.items() if name != "value"))
            alike.setdefault(kind, {}).setdefault(claim.object, []).append(claim)
    return [
        (v, tuple(c))
        for values in alike.values()
        if len(values) > 1
        for v, c in sorted(values.items(), key=str)
    ]
