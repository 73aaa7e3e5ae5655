"""Promises: who expected what, on which day, for when; and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pyoxigraph import NamedNode

from pactgraph.audit.aims import Aim
from pactgraph.audit.lives import Span
from pactgraph.audit.world import Said
from pactgraph.dates import Edtf
from pactgraph.resolution import Voice


class Outcome(StrEnum):
    """What became of an expectation."""

    MET = "met"
    """It came about in the time for which it was expected."""
    CAME = "came about"
    """It came about, and no time was set."""
    EARLY = "early"
    """It came about before that time."""
    LATE = "late"
    """It came about after that time."""
    UNCLEAR = "unclear"
    """It came about, but the day is not known well enough to tell whether in time."""
    OPEN = "open"
    """It has not come about, and its time is not over."""
    MISSED = "missed"
    """It has not come about, and its time is over."""
    UNTOLD = "untold"
    """No claim tells whether it came about: its time is over, or the graph knows no pact of the group."""
    CALLED_OFF = "called off or denied"
    """It has not come about, and since then somebody denied that it would, or the pact was called off."""


@dataclass(frozen=True, slots=True)
class Days:
    """How many days, from the fewest to the most that the precision of the dates allows."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Promise:
    """An expectation, and what became of it by the ledger's last day."""

    voice: Voice
    """The claim; where several sources tell the same of one speaker and day, the first."""
    said: Said
    aim: Aim
    spoken: Span | None
    """The days between which it was said."""
    parties: tuple[NamedNode, ...]
    """The parties that tell the pact from others of its group; those of a group as its authority data has them."""
    outcome: Outcome
    off: Days | None = None
    """How many days late; before the time, how many days early."""
    took: Days | None = None
    """How many days it took from the day of speaking."""
    met_on: Span | None = None
    signed: tuple[tuple[NamedNode, Span], ...] = ()
    """Of a group: the pacts that reached the stage after the day of speaking and within the time, in order."""
    denials: tuple[NamedNode, ...] = ()
    """Claims that denied it since."""
    conditions: tuple[NamedNode, ...] = ()
    elsewhere: tuple[NamedNode, ...] = ()
    """Where the same source expected it, if it came about in another place."""
    also: tuple[Voice, ...] = ()
    """Claims of the same in other sources."""

    @property
    def expected(self) -> Edtf:
        """For when."""
        return self.aim.expected

    @property
    def wanted(self) -> int:
        """How many pacts were expected of a group; at least one."""
        return self.aim.wanted

    @property
    def claims(self) -> tuple[NamedNode, ...]:
        """The claims that make it, the first of which stands for all."""
        return (self.voice.claim, *(voice.claim for voice in self.also))

    @property
    def progress(self) -> str:
        """Of several that were expected, how many came about: `6 of 9`."""
        return f"{min(len(self.signed), self.wanted)} of {self.wanted}" if self.wanted > 1 else ""

    @property
    def counted(self) -> tuple[NamedNode, ...]:
        """Of a group: the pacts that make it come about, which without a deadline are the first."""
        came = self.signed if self.expected.last else self.signed[: self.wanted]
        return tuple(pact for pact, _ in came)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the expectations of one speaker, or of one party's pacts, turned out."""

    who: NamedNode
    outcomes: tuple[tuple[Outcome, int], ...]
    """How many have each outcome; every outcome is named."""

    @property
    def promises(self) -> int:
        """How many there are in all."""
        return sum(count for _, count in self.outcomes)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All promises in order of the day of speaking, as of the last day that the ledger looks at."""

    promises: tuple[Promise, ...]
    until: date | None

    @property
    def by_speaker(self) -> tuple[Tally, ...]:
        """The tally of each speaker, those with most promises first."""
        return _tallies((promise.said.speaker, promise) for promise in self.promises)

    @property
    def by_party(self) -> tuple[Tally, ...]:
        """The tally of each party with whose pacts promises are about, those with most first."""
        return _tallies((party, promise) for promise in self.promises for party in promise.parties)


def _tallies(pairs: Iterable[tuple[NamedNode, Promise]]) -> tuple[Tally, ...]:
    counts: dict[NamedNode, dict[Outcome, int]] = defaultdict(lambda: dict.fromkeys(Outcome, 0))
    for who, promise in pairs:
        counts[who][promise.outcome] += 1
    tallies = (Tally(who, tuple(counted.items())) for who, counted in counts.items())
    return tuple(sorted(tallies, key=lambda tally: (-tally.promises, tally.who.value)))
