"""The ledger of promises: who expected what, on which day, for when; and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pyoxigraph import NamedNode

from pactgraph.audit.lives import Span
from pactgraph.audit.world import Said, World, read_world
from pactgraph.claim import Proposition
from pactgraph.dates import Edtf
from pactgraph.resolution import Voice
from pactgraph.resolution.contest import bears
from pactgraph.resolution.voices import read_date
from pactgraph.store import Store
from pactgraph.vocabulary import PACT


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
    """An expectation of a date, and what became of it by the ledger's last day."""

    voice: Voice
    said: Said
    expected: Edtf
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
    wanted: int = 1
    """How many pacts were expected of a group; at least one."""
    signed: tuple[tuple[NamedNode, Span], ...] = ()
    """Of a group: the pacts signed after the day of speaking and within the time, in order."""
    denials: tuple[NamedNode, ...] = ()
    """Claims that denied it since."""
    conditions: tuple[NamedNode, ...] = ()

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


def audit_promises(store: Store, as_of: date | None = None, as_known: date | None = None) -> Ledger:
    """What was expected and what became of it by a day, or else by the latest day of publication in the data.

    Denials that something would come about are no promises; they are shown with those that they deny.
    `as_of` leaves out what was said or came about later; `as_known` hears only what was published by then.
    """
    return keep_ledger(read_world(store, as_known), as_of)


def keep_ledger(world: World, as_of: date | None = None) -> Ledger:
    """The same of a world that is read already."""
    until = as_of or world.published
    denials = _Denials(world)
    found = [
        _judge(world, voice, expected, until, denials)
        for voice in world.heard
        if (expected := _expectation(world, voice)) is not None
        and not (until and (spoken := _spoken(world, voice)) and spoken.first > until)
    ]
    return Ledger(tuple(sorted(found, key=_order)), until)


def _expectation(world: World, voice: Voice) -> Edtf | None:
    """The time of an affirmed expectation: of a signing, or of any date of which there is one only."""
    content = voice.content
    planned = content.predicate == PACT.expectedSigning or (
        content.predicate in world.rules.single_valued and voice.modality not in world.rules.supporting
    )
    return read_date(content.object) if planned and not voice.denies else None


def _spoken(world: World, voice: Voice) -> Span | None:
    stated = world.said[voice.claim].stated
    last = (stated.last if stated else None) or voice.stated
    return Span((stated.first if stated else None) or last, last) if last else None


class _Denials:
    """What is denied, and which denials bear on an expectation."""

    def __init__(self, world: World) -> None:
        self._rules = world.rules
        self._about: dict[tuple[NamedNode, NamedNode], list[Voice]] = defaultdict(list)
        self._bearing: dict[Proposition, list[Voice]] = {}
        for voice in world.heard:
            if voice.denies:
                self._about[voice.content.subject, voice.content.predicate].append(voice)

    def of(self, content: Proposition) -> list[Voice]:
        """The denials that bear on a proposition."""
        if content not in self._bearing:
            about = self._about.get((content.subject, content.predicate), [])
            self._bearing[content] = [v for v in about if bears(v.content, content, self._rules)]
        return self._bearing[content]


def _judge(
    world: World,
    voice: Voice,
    expected: Edtf,
    until: date | None,
    denials: _Denials,
) -> Promise:
    about, spoken = voice.content.subject, _spoken(world, voice)
    wanted, came = _came(world, voice, until)
    met_on = came[wanted - 1][1] if len(came) >= wanted else None
    denied = _denied(world, voice, spoken, until, denials)
    off = _off(expected, met_on) if met_on else None
    outcome = _outcome(off, expected) if off else _undone(world, voice, expected, until, denied)
    is_group = about in world.groups
    return Promise(
        voice,
        world.said[voice.claim],
        expected,
        spoken,
        world.counterparts(about),
        outcome,
        off,
        Days((met_on.first - spoken.last).days, (met_on.last - spoken.first).days)
        if met_on and spoken
        else None,
        met_on,
        wanted,
        tuple(pair for pair in came if _within(pair[1], expected)) if is_group else (),
        denied,
        tuple(v for n, v in voice.content.scope if n == PACT.condition and isinstance(v, NamedNode)),
    )


def _came(world: World, voice: Voice, until: date | None) -> tuple[int, list[tuple[NamedNode, Span]]]:
    """How many were expected and which came about by a day: of a group, those after the day of speaking."""
    content, spoken = voice.content, _spoken(world, voice)
    if content.predicate != PACT.expectedSigning:
        times = [(content.subject, world.lives.days(content.subject, content.predicate))]
        wanted = 1
    else:
        stage = world.rules.stages[PACT.signedOn]
        times = [(pact, world.lives.since(pact, stage)) for pact in world.pacts(content.subject)]
        wanted = next((int(v.value) for n, v in content.scope if n == PACT.howMany), 1)
    since = (
        _looking_forward(read_date(content.object), spoken) if content.subject in world.groups else date.min
    )
    came = [
        (node, span)
        for node, span in times
        if span and since <= span.last and (until is None or span.last <= until)
    ]
    return wanted, sorted(came, key=lambda pair: (pair[1], pair[0].value))


def _looking_forward(expected: Edtf | None, spoken: Span | None) -> date:
    """The first day that an expectation of a group can mean: “soon” means a later day than that of speaking."""
    if spoken is None:
        return date.min
    return spoken.first if expected and expected.last else spoken.last + timedelta(1)


def _within(span: Span, expected: Edtf) -> bool:
    """Whether a thing came about before the end of the time; one of which no end is given never ends."""
    return expected.last is None or span.first <= expected.last


def _off(expected: Edtf, met_on: Span) -> Days:
    """Days late, counted from the end of the expected time; before its beginning, days early, as negative numbers."""

    def beyond(day: date) -> int:
        if expected.last and day > expected.last:
            return (day - expected.last).days
        if expected.first and day < expected.first:
            return (day - expected.first).days
        return 0

    return Days(beyond(met_on.first), beyond(met_on.last))


def _outcome(off: Days, expected: Edtf) -> Outcome:
    if off.least == off.most == 0:
        return Outcome.MET if expected.last else Outcome.CAME
    if off.least > 0:
        return Outcome.LATE
    return Outcome.EARLY if off.most < 0 else Outcome.UNCLEAR


def _undone(
    world: World, promise: Voice, expected: Edtf, until: date | None, denied: tuple[NamedNode, ...]
) -> Outcome:
    """Whether a pact is signed the graph follows; whether an event was held it may never be told."""
    about = promise.content.subject
    called_off = world.lives.stages.get(about, {}).get(PACT.CalledOff)
    if denied or (called_off and (until is None or called_off.last <= until)):
        return Outcome.CALLED_OFF
    if not world.pacts(about):
        return Outcome.UNTOLD
    if expected.last is None or until is None or expected.last >= until:
        return Outcome.OPEN
    return Outcome.MISSED if promise.content.predicate == PACT.expectedSigning else Outcome.UNTOLD


def _denied(
    world: World,
    promise: Voice,
    spoken: Span | None,
    until: date | None,
    denials: _Denials,
) -> tuple[NamedNode, ...]:
    """Denials of the same expectation that were not said before it."""
    since = [
        voice
        for voice in denials.of(promise.content)
        if not (spoken and voice.stated and voice.stated < spoken.first)
        and not (until and (later := _spoken(world, voice)) and later.first > until)
    ]
    return tuple(sorted((voice.claim for voice in since), key=lambda claim: claim.value))


def _tallies(pairs: Iterable[tuple[NamedNode, Promise]]) -> tuple[Tally, ...]:
    counts: dict[NamedNode, dict[Outcome, int]] = defaultdict(lambda: dict.fromkeys(Outcome, 0))
    for who, promise in pairs:
        counts[who][promise.outcome] += 1
    tallies = (Tally(who, tuple(counted.items())) for who, counted in counts.items())
    return tuple(sorted(tallies, key=lambda tally: (-tally.promises, tally.who.value)))


def _order(promise: Promise) -> tuple[date, str, str]:
    spoken = promise.spoken.last if promise.spoken else date.max
    return spoken, promise.voice.content.subject.value, promise.voice.claim.value
