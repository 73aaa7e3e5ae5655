"""The ledger of promises: each expectation followed to its outcome, as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from pyoxigraph import NamedNode

from pactgraph.audit.aims import Aim, read_aim, spoken
from pactgraph.audit.lives import Span
from pactgraph.audit.promises import Days, Ledger, Outcome, Promise
from pactgraph.audit.world import World, read_world
from pactgraph.claim import Proposition, Term
from pactgraph.dates import Edtf
from pactgraph.resolution import Voice
from pactgraph.resolution.contest import bears
from pactgraph.resolution.values import Relation, relation
from pactgraph.store import Store
from pactgraph.vocabulary import PACT


def audit_promises(store: Store, as_of: date | None = None, as_known: date | None = None) -> Ledger:
    """What was expected and what became of it by a day, or else by the latest day of publication in the data.

    Denials that something would come about are no promises; they are shown with those that they deny.
    `as_of` leaves out what was said or came about later; `as_known` hears only what was published by then.
    """
    return keep_ledger(read_world(store, as_known), as_of)


def keep_ledger(world: World, as_of: date | None = None) -> Ledger:
    """The same of a world that is read already."""
    until = as_of or world.published
    judge = _Judge(world, until)
    found = [judge.promise(voices, aim) for voices, aim in _told_once(world, until)]
    return Ledger(tuple(sorted(found, key=_order)), until)


def _told_once(world: World, until: date | None) -> Iterator[tuple[list[Voice], Aim]]:
    """Expectations with their aims; what one speaker said of one thing on one day is one, however many tell it."""
    alike: dict[object, tuple[list[Voice], Aim]] = {}
    for voice in sorted(world.heard, key=lambda voice: voice.claim.value):
        aim, said = read_aim(world, voice), spoken(world, voice)
        if aim and not (until and said and said.first > until):
            key = world.said[voice.claim].speaker, voice.proposition, voice.modality, said
            alike.setdefault(key, ([], aim))[0].append(voice)
    yield from alike.values()


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


class _Judge:
    """Follows expectations in a world, up to a last day."""

    def __init__(self, world: World, until: date | None) -> None:
        self._world = world
        self._until = until
        self._denials = _Denials(world)
        self._places = _Places(world)

    def promise(self, voices: list[Voice], aim: Aim) -> Promise:
        """What became of an expectation that these claims tell alike."""
        voice, world = voices[0], self._world
        about, said = voice.content.subject, spoken(world, voice)
        came = self._came(voice, aim, said)
        met_on = came[aim.wanted - 1][1] if len(came) >= aim.wanted else None
        denied = self._denied(voice, said)
        off = _off(aim.expected, met_on) if met_on else None
        within = tuple(pair for pair in came if _within(pair[1], aim.expected))
        return Promise(
            voice,
            world.said[voice.claim],
            aim,
            said,
            world.counterparts(about),
            _outcome(off, aim.expected) if off else self._undone(voice, aim, denied),
            off,
            _took(met_on, said) if met_on and said else None,
            met_on,
            within if about in world.groups else (),
            denied,
            tuple(v for n, v in voice.content.scope if n == PACT.condition and isinstance(v, NamedNode)),
            self._places.others(voice) if met_on and aim.stage else (),
            tuple(voices[1:]),
        )

    def _came(self, voice: Voice, aim: Aim, said: Span | None) -> list[tuple[NamedNode, Span]]:
        """What came about by the last day: of a group, after the day of speaking, unless it is counted in all.

        Which pacts of a group have reached other stages than that of signing no source tells in full, so that of those
        the ones in time count, and no others.
        """
        content, lives, until = voice.content, self._world.lives, self._until
        in_group = content.subject in self._world.groups
        times = (
            [(pact, lives.since(pact, aim.stage)) for pact in self._world.pacts(content.subject)]
            if aim.stage
            else [(content.subject, lives.days(content.subject, content.predicate))]
        )
        since = _looking_forward(aim.expected, said) if in_group and not aim.in_all else date.min
        came = [
            (node, span)
            for node, span in times
            if span and since <= span.last and (until is None or span.last <= until)
        ]
        if in_group and aim.stage != self._world.rules.stages[PACT.signedOn]:
            came = [pair for pair in came if pair[1].dated and _within(pair[1], aim.expected)]
        return sorted(came, key=lambda pair: (pair[1].last, pair[1].first, pair[0].value))

    def _undone(self, promise: Voice, aim: Aim, denied: tuple[NamedNode, ...]) -> Outcome:
        """Whether a pact is signed the graph follows; of all else it may never be told."""
        about, until = promise.content.subject, self._until
        called_off = self._world.lives.stages.get(about, {}).get(PACT.CalledOff)
        if denied or (called_off and (until is None or called_off.last <= until)):
            return Outcome.CALLED_OFF
        signed = aim.stage == self._world.rules.stages[PACT.signedOn]
        if not self._world.pacts(about) or (about in self._world.groups and not signed):
            return Outcome.UNTOLD
        if aim.expected.last is None or until is None or aim.expected.last >= until:
            return Outcome.OPEN
        return Outcome.MISSED if signed else Outcome.UNTOLD

    def _denied(self, promise: Voice, said: Span | None) -> tuple[NamedNode, ...]:
        """Denials of the same expectation that were not said before it."""
        since = [
            voice
            for voice in self._denials.of(promise.content)
            if not (said and voice.stated and voice.stated < said.first)
            and not (self._until and (later := spoken(self._world, voice)) and later.first > self._until)
        ]
        return tuple(sorted((voice.claim for voice in since), key=lambda claim: claim.value))


class _Places:
    """Where pacts were expected to be signed, by source, and where they were."""

    def __init__(self, world: World) -> None:
        self._rules = world.rules
        self._expected: dict[tuple[NamedNode, NamedNode], list[NamedNode]] = defaultdict(list)
        self._known: dict[NamedNode, list[Term]] = defaultdict(list)
        for fact in (standing.content for standing in world.standings.values() if standing.holds):
            if fact.predicate in (PACT.signedIn, PACT.heldIn):
                self._known[fact.subject].append(fact.object)
        for voice in world.heard:
            if not voice.denies and voice.modality not in world.rules.supporting:
                self._expected[voice.source, voice.content.subject] += self._place(voice.content)

    def others(self, promise: Voice) -> tuple[NamedNode, ...]:
        """Where the source of a promise expected it, where it came about in another place."""
        actual = self._known.get(promise.content.subject, [])
        expected = self._expected.get((promise.source, promise.content.subject), [])
        apart = {
            place
            for place in expected
            if actual and all(relation(place, each, self._rules) is Relation.APART for each in actual)
        }
        return tuple(sorted(apart, key=lambda place: place.value))

    def _place(self, content: Proposition) -> list[NamedNode]:
        """The place itself, or that of the event at which it was to be."""
        named = [content.object] if content.predicate == PACT.signedIn else []
        if content.predicate == PACT.signedAt and isinstance(content.object, NamedNode):
            named = self._known.get(content.object, [])
        return [place for place in named if isinstance(place, NamedNode)]


def _looking_forward(expected: Edtf | None, spoken: Span | None) -> date:
    """The first day that an expectation of a group can mean: “soon” means a later day than that of speaking."""
    if spoken is None:
        return date.min
    return spoken.first if expected and expected.last else spoken.last + timedelta(1)


def _within(span: Span, expected: Edtf) -> bool:
    """Whether a thing came about before the end of the time; one of which no end is given never ends."""
    return expected.last is None or span.first <= expected.last


def _took(met_on: Span, said: Span) -> Days:
    return Days(max(0, (met_on.first - said.last).days), max(0, (met_on.last - said.first).days))


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


def _order(promise: Promise) -> tuple[date, str, str]:
    spoken = promise.spoken.last if promise.spoken else date.max
    return spoken, promise.voice.content.subject.value, promise.voice.claim.value
