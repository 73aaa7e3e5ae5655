"""The ledger of promises: what became of each expectation, for whom, and as of when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from pactgraph.audit.ledger import audit_promises, keep_ledger
from pactgraph.audit.promises import Days, Ledger, Outcome, Promise
from pactgraph.audit.rows import promise_rows, tally_rows
from pactgraph.audit.wording import read_words
from pactgraph.audit.world import read_world
from pactgraph.project import Project
from pactgraph.store import open_store
from pactgraph.vocabulary import PACT, XSD
from small_world import SmallWorld, an, day, pact

ROOT = Path(__file__).parents[1]
LAST = "2024-12-31"
"""The latest publication of a small world."""


def a_world(signed: str | None = "2024-06-20") -> SmallWorld:
    world = SmallWorld()
    world.pact("alpha", signed)
    world.pact("other", "2024-12-30", in_group=False, known=LAST)
    return world


def promise(world: SmallWorld, expected: str, **more: object) -> NamedNode:
    about = more.pop("subject", an("pact", "alpha"))
    options = {"published": "2024-03-01", "modality": "Expected", **more}
    return world.claim(about, PACT.expectedSigning, day(expected), **options)  # type: ignore[arg-type]


def became(world: SmallWorld, claim: NamedNode, **clocks: date) -> Promise:
    return next(p for p in audit_promises(world.store, **clocks).promises if p.voice.claim == claim)


def how_many(number: int) -> tuple[tuple[NamedNode, Literal], ...]:
    return ((PACT.howMany, Literal(str(number), datatype=XSD.integer)),)


@pytest.mark.parametrize(
    ("expected", "signed", "outcome", "off"),
    [
        ("2024-06-20", "2024-06-20", Outcome.MET, Days(0, 0)),
        ("2024-06", "2024-06-20", Outcome.MET, Days(0, 0)),
        ("2024-05/2024-06", "2024-06-20", Outcome.MET, Days(0, 0)),
        ("2024-03-01/..", "2024-06-20", Outcome.CAME, Days(0, 0)),
        ("2024-05", "2024-06-20", Outcome.LATE, Days(20, 20)),
        ("2024-05-31", "2024-06", Outcome.LATE, Days(1, 30)),
        ("2024-07", "2024-06-20", Outcome.EARLY, Days(-11, -11)),
        ("2024-07-10", "2024-06", Outcome.EARLY, Days(-39, -10)),
        ("2024-06-20", "2024-06", Outcome.UNCLEAR, Days(-19, 10)),
        ("../2024-06-15", "2024-06-20", Outcome.LATE, Days(5, 5)),
        ("2024-05", None, Outcome.MISSED, None),
        ("2024", None, Outcome.OPEN, None),
        ("2025-02", None, Outcome.OPEN, None),
        ("2024-03-01/..", None, Outcome.OPEN, None),
    ],
)
def test_what_became_of_it(expected: str, signed: str | None, outcome: Outcome, off: Days | None) -> None:
    world = a_world(signed)
    found = became(world, promise(world, expected))
    assert (found.outcome, found.off) == (outcome, off)


def test_it_took_so_many_days_from_the_day_of_speaking() -> None:
    world = a_world()
    assert became(world, promise(world, "2024-06-01/..", stated="2024-06-01")).took == Days(19, 19)
    assert became(world, promise(world, "2024-06/..", stated="2024-06", source="b")).took == Days(0, 19)


# Called off, denied


def test_denied_since() -> None:
    world = a_world(None)
    claim = promise(world, "2024-05-01")
    denial = promise(world, "2024-05-01", published="2024-04-30", denied=True, source="b")
    found = became(world, claim)
    assert found.outcome is Outcome.CALLED_OFF and found.denials == (denial,)
    assert len(audit_promises(world.store).promises) == 1


def test_a_denial_from_before_or_of_another_day_does_not_bear_on_it() -> None:
    world = a_world(None)
    claim = promise(world, "2024-05-01")
    promise(world, "2024-05-01", published="2024-02-01", denied=True, source="b")
    promise(world, "2024-05-09", published="2024-04-30", denied=True, source="b")
    assert became(world, claim).outcome is Outcome.MISSED


def test_what_came_about_after_all_was_not_called_off() -> None:
    world = a_world()
    claim = promise(world, "2024-05-01")
    promise(world, "2024-05-01", published="2024-04-30", denied=True, source="b")
    found = became(world, claim)
    assert found.outcome is Outcome.LATE and len(found.denials) == 1


def test_a_pact_that_is_called_off() -> None:
    world = a_world(None)
    claim = promise(world, "2025")
    world.claim(an("pact", "alpha"), PACT.reachedStage, PACT.CalledOff, published="2024-08-01")
    assert became(world, claim).outcome is Outcome.CALLED_OFF
    assert became(world, claim, as_of=date(2024, 7, 1)).outcome is Outcome.OPEN


# Groups


def a_group() -> SmallWorld:
    world = SmallWorld()
    for name, signed in (("early", "2024-02-01"), ("first", "2024-04-10"), ("second", "2024-05-20")):
        world.pact(name, signed)
    world.pact("other", "2024-12-30", in_group=False, known=LAST)
    return world


@pytest.mark.parametrize(
    ("expected", "wanted", "outcome", "off", "signed"),
    [
        ("2024-04", 1, Outcome.MET, Days(0, 0), ["first"]),
        ("2024-04", 2, Outcome.LATE, Days(20, 20), ["first"]),
        ("2024-04/2024-05", 2, Outcome.MET, Days(0, 0), ["first", "second"]),
        ("2024-03", 1, Outcome.LATE, Days(10, 10), []),
        ("2024-04/2024-05", 3, Outcome.MISSED, None, ["first", "second"]),
        ("2024-03-01/..", 1, Outcome.CAME, Days(0, 0), ["first", "second"]),
    ],
)
def test_of_a_group_those_signed_since_the_day_of_speaking_count(
    expected: str, wanted: int, outcome: Outcome, off: Days | None, signed: list[str]
) -> None:
    world = a_group()
    found = became(world, promise(world, expected, subject=world.group, scope=how_many(wanted)))
    assert (found.outcome, found.off, found.wanted) == (outcome, off, wanted)
    assert [node.value.rpartition("/")[2] for node, _ in found.signed] == signed


def test_soon_means_a_later_day_than_that_of_speaking() -> None:
    world = a_group()
    claim = promise(world, "2024-04-10/..", subject=world.group, published="2024-04-10")
    today = promise(world, "2024-04-10", subject=world.group, published="2024-04-10")
    assert became(world, claim).took == Days(40, 40)
    assert became(world, today).outcome is Outcome.MET


def test_a_group_of_no_known_pacts_tells_nothing() -> None:
    world = SmallWorld()
    assert became(world, promise(world, "2024-04", subject=world.group)).outcome is Outcome.UNTOLD


# Numbers and stages


def planned(world: SmallWorld, number: int, counts: str, **more: str) -> Promise:
    claim = world.count(number, counts, "2024-03-01", modality="Expected", **more)  # type: ignore[arg-type]
    return became(world, claim)


@pytest.mark.parametrize(
    ("number", "counts", "outcome", "progress", "took"),
    [
        (2, "PendingPacts", Outcome.CAME, "2 of 2", Days(80, 80)),
        (3, "PendingPacts", Outcome.OPEN, "2 of 3", None),
        (3, "SignedPacts", Outcome.CAME, "3 of 3", Days(80, 80)),
        (4, "SoughtPacts", Outcome.OPEN, "3 of 4", None),
    ],
)
def test_so_many_more_or_in_all(
    number: int, counts: str, outcome: Outcome, progress: str, took: Days | None
) -> None:
    found = planned(a_group(), number, counts)
    assert (found.outcome, found.progress, found.took) == (outcome, progress, took)


def test_a_number_of_what_nobody_can_sign_is_no_promise() -> None:
    world = a_group()
    world.count(3, "RefusingStates", "2024-03-01", modality="Expected")
    assert audit_promises(world.store).promises == ()


def test_an_expected_stage() -> None:
    world = a_world(None)
    begun = pact("NegotiationsBegun")
    world.claim(an("pact", "alpha"), PACT.reachedStage, begun, scope=((PACT.on, day("2024-03-10")),))
    scope = ((PACT.on, day("2024-03")),)
    options = {"published": "2024-03-01", "modality": "Expected"}
    claim = world.claim(an("pact", "alpha"), PACT.reachedStage, begun, scope=scope, **options)  # type: ignore[arg-type]
    found = became(world, claim)
    assert (found.outcome, found.met_on and found.met_on.last) == (Outcome.MET, date(2024, 3, 10))


def test_whether_talks_began_with_one_of_a_group_nobody_may_tell() -> None:
    world = a_group()
    scope = ((PACT.on, day("2024-03-02")),)
    options = {"published": "2024-03-01", "modality": "Expected"}
    claim = world.claim(world.group, PACT.reachedStage, pact("NegotiationsBegun"), scope=scope, **options)  # type: ignore[arg-type]
    assert became(world, claim).outcome is Outcome.UNTOLD


def test_one_promise_told_by_two_sources_is_one() -> None:
    world = a_world()
    claims = {promise(world, "2024-06", source=source) for source in ("paper", "wire")}
    promise(world, "2024-06", speaker="another")
    first, second = audit_promises(world.store).promises
    assert {len(first.claims), len(second.claims)} == {1, 2}
    assert claims in ({*first.claims}, {*second.claims})


def test_it_came_about_in_another_place() -> None:
    world = a_world()
    alpha = an("pact", "alpha")
    claim = promise(world, "2024-06-20")
    world.claim(alpha, PACT.signedIn, an("place", "castle"), published="2024-03-01", modality="Expected")
    world.claim(alpha, PACT.signedIn, an("place", "harbour"), published="2024-06-21")
    assert became(world, claim).elsewhere == (an("place", "castle"),)


# Other dates


def test_an_event_that_is_expected() -> None:
    world = a_world()
    held, unheard = an("event", "held"), an("event", "unheard")
    world.claim(held, PACT.heldOn, day("2024-06-05"), published="2024-06-06")
    claims = [
        world.claim(event, PACT.heldOn, day("2024-06-03"), modality="Expected", source="b")
        for event in (held, unheard)
    ]
    assert became(world, claims[0]).off == Days(2, 2)
    assert became(world, claims[1]).outcome is Outcome.UNTOLD


# The two clocks


def test_as_of_a_day_nothing_later_is_known() -> None:
    world = a_world()
    claim = promise(world, "2024-05")
    assert became(world, claim, as_of=date(2024, 5, 15)).outcome is Outcome.OPEN
    assert became(world, claim, as_of=date(2024, 6, 10)).outcome is Outcome.MISSED
    assert audit_promises(world.store, as_of=date(2024, 2, 1)).promises == ()


def test_as_known_on_a_day() -> None:
    world = SmallWorld()
    world.pact("alpha", "2024-06-20", known="2024-07-01")
    world.pact("other", "2024-12-30", in_group=False, known=LAST)
    claim = promise(world, "2024-06")
    before = became(world, claim, as_known=date(2024, 6, 25), as_of=date(2024, 7, 5))
    assert before.outcome is Outcome.MISSED
    assert became(world, claim, as_known=date(2024, 7, 2)).outcome is Outcome.MET
    assert audit_promises(world.store, as_known=date(2024, 7, 2)).until == date(2024, 7, 1)


# Tallies and words


def test_tallies_of_speakers_and_parties() -> None:
    world = a_world()
    promise(world, "2024-06", speaker="one")
    promise(world, "2024-05", speaker="one")
    promise(world, "2024-06", speaker="two")
    ledger = audit_promises(world.store)
    assert [(r.who, r.promises) for r in ledger.by_speaker] == [
        (an("official", "one"), 2),
        (an("official", "two"), 1),
    ]
    (tally,) = ledger.by_party
    assert tally.who == an("party", "alpha")
    assert dict(tally.outcomes)[Outcome.MET] == 2 and dict(tally.outcomes)[Outcome.LATE] == 1


def test_rows_are_readable() -> None:
    world = a_world()
    promise(world, "2024-05", scope=((PACT.condition, an("event", "vote")),), modality="Conditional")
    store = world.store
    read = read_world(store)
    ledger, words = keep_ledger(read), read_words(store, read)
    (row,) = promise_rows(ledger, words)
    assert (row["outcome"], row["came about"], row["off"]) == ("late", "20 June 2024", "20")
    assert row["on condition"] == "event:vote" and row["as"] == "conditional"
    assert tally_rows(ledger.by_party, words)[0]["who"] == "Alpha"


# The repository's own data


@pytest.fixture(scope="module")
def ledger(built_repository: Project) -> Ledger:
    return audit_promises(open_store(built_repository.store))


@pytest.mark.parametrize(
    ("source", "about", "outcome", "off"),
    [
        ("emp-slovenia-next-week", "pact/ukraine-slovenia", Outcome.LATE, Days(20, 20)),
        ("sputnik-germany-16feb", "pact/ukraine-germany", Outcome.MET, Days(0, 0)),
        ("intelli-bulgaria", "pact/ukraine-bulgaria", Outcome.CALLED_OFF, None),
        ("profile-1374296-london", "group/ukraine-security-agreements", Outcome.LATE, Days(12, 12)),
        ("aa-timeturk-eu", "group/ukraine-security-agreements", Outcome.MET, Days(0, 0)),
        ("ukrinform-eu-26june", "pact/ukraine-european-union", Outcome.LATE, Days(1, 1)),
        ("index-montenegro", "pact/ukraine-montenegro", Outcome.MISSED, None),
    ],
)
def test_in_the_repositorys_data(
    ledger: Ledger, source: str, about: str, outcome: Outcome, off: Days | None
) -> None:
    found = [
        p
        for p in ledger.promises
        if p.voice.source.value.endswith(f"/{source}") and p.voice.content.subject.value.endswith(about)
    ]
    assert [(p.outcome, p.off) for p in found] == [(outcome, off)]


def test_every_expected_signing_is_in_the_ledger(ledger: Ledger) -> None:
    signings = [p for p in ledger.promises if p.voice.content.predicate == PACT.expectedSigning]
    assert sum(len(p.claims) for p in signings) > 60
    assert ledger.until and all(p.met_on is None or p.met_on.last <= ledger.until for p in signings)
    assert pact("Expected") in {p.voice.modality for p in signings}
