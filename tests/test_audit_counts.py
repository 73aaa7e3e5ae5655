"""Reported counts against the graph: every verdict, its arithmetic, and what the repository's own data shows."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from pactgraph.audit.counts import audit_counts, judge_counts
from pactgraph.audit.rows import count_rows
from pactgraph.audit.verdicts import CountVerdict, Reason, Verdict
from pactgraph.audit.wording import Words, read_words
from pactgraph.audit.world import World, read_world
from pactgraph.errors import BadInput
from pactgraph.project import Project
from pactgraph.store import LocalStore, open_store
from pactgraph.vocabulary import PACT, RDF, SCHEMA
from small_world import SmallWorld, an, day, pact

ROOT = Path(__file__).parents[1]


def signings() -> SmallWorld:
    """Two days with one signing, one with two, one of a union, and a last one."""
    world = SmallWorld()
    world.party("league", "Organization")
    world.pact("alpha", "2024-01-10", member_of="league")
    world.pact("beta", "2024-02-05", member_of="league")
    world.pact("gamma", "2024-02-20")
    world.pact("delta", "2024-02-20", member_of="league")
    world.pact("union", "2024-03-15", kind="Organization")
    world.pact("epsilon", "2024-05-02")
    world.pact("zeta")
    return world


def verdict_on(world: SmallWorld, claim: NamedNode, as_known: date | None = None) -> CountVerdict:
    return next(v for v in audit_counts(world.store, as_known) if v.asked.voice.claim == claim)


def judged(value: int, of: str, as_of: str | None, **more: str) -> CountVerdict:
    world = signings()
    return verdict_on(world, world.count(value, of, as_of, **more))  # type: ignore[arg-type]


def names(verdict: CountVerdict) -> list[str]:
    return [member.node.value.rpartition("/")[2] for member in verdict.fitted]


# Exact


@pytest.mark.parametrize(
    ("value", "of", "as_of", "more"),
    [
        (2, "SignedPacts", "2024-02-10", {}),
        (1, "SignedPacts", "2024-02-05", {}),
        (2, "SignedPacts", "2024-02-05", {}),
        (3, "SignedPacts", "2024-02-20", {}),
        (5, "SignedPacts", "2024-03-20", {}),
        (4, "SigningStates", "2024-03-20", {}),
        (3, "SignedPacts", "2024-03-20", {"among": "league"}),
        (4, "SignedPacts", "2024-02/2024-03", {"published": "2024-04-01"}),
        (3, "SignedPacts", "2024-03-20", {"bound": "AtLeast"}),
        (9, "SignedPacts", "2024-03-20", {"bound": "AtMost"}),
    ],
)
def test_a_number_of_its_day_is_exact(value: int, of: str, as_of: str, more: dict[str, str]) -> None:
    assert judged(value, of, as_of, **more).verdict is Verdict.EXACT


def test_about_so_many_may_be_a_tenth_off() -> None:
    world = SmallWorld()
    for index in range(11):
        world.pact(f"p{index}", "2024-01-10")
    about = world.count(12, "SignedPacts", "2024-02-01", bound="About")
    sharp = world.count(12, "SignedPacts", "2024-02-01")
    assert verdict_on(world, about).verdict is Verdict.EXACT
    assert verdict_on(world, sharp).verdict is Verdict.AHEAD


def test_a_month_ends_on_the_day_of_speaking() -> None:
    verdict = judged(4, "SignedPacts", "2024-02", published="2024-02-10")
    assert (verdict.asked.first, verdict.asked.last) == (date(2024, 2, 1), date(2024, 2, 10))
    assert verdict.verdict is Verdict.AHEAD


def test_who_is_counted_is_listed_with_the_days() -> None:
    verdict = judged(2, "SignedPacts", "2024-02-10")
    assert (verdict.least, verdict.most) == (2, 2)
    assert names(verdict) == ["alpha", "beta"]
    assert verdict.period and (verdict.period.start, verdict.period.end) == (
        date(2024, 2, 5),
        date(2024, 2, 20),
    )


# Stale, scope, window


def test_a_number_of_an_earlier_day_is_stale() -> None:
    verdict = judged(2, "SignedPacts", "2024-03-01")
    assert verdict.verdict is Verdict.STALE and names(verdict) == ["alpha", "beta"]
    assert verdict.period and (verdict.period.start, verdict.period.end) == (
        date(2024, 2, 5),
        date(2024, 2, 20),
    )


def test_a_number_passed_on_one_earlier_day_is_stale_as_well() -> None:
    verdict = judged(3, "SigningStates", "2024-03-10")
    assert verdict.verdict is Verdict.STALE
    assert verdict.period and verdict.period.start == verdict.period.end == date(2024, 2, 20)


@pytest.mark.parametrize(
    ("value", "of", "only"),
    [(5, "SigningStates", None), (4, "SignedPacts", PACT.State)],
)
def test_with_or_without_organizations(value: int, of: str, only: NamedNode | None) -> None:
    verdict = judged(value, of, "2024-03-20")
    assert verdict.verdict is Verdict.SCOPE
    assert verdict.fitting and verdict.fitting.only == only


def test_a_set_that_is_not_named_explains_nothing() -> None:
    world = SmallWorld()
    for index in range(9):
        world.pact(f"p{index}", "2024-01-10", member_of="league" if index < 6 else "")
    world.party("league", "Organization")
    assert verdict_on(world, world.count(6, "SignedPacts", "2024-02-01")).verdict is not Verdict.SCOPE


def test_among_all_in_place_of_the_members_of_a_set() -> None:
    verdict = judged(4, "SigningStates", "2024-03-20", among="league")
    assert verdict.verdict is Verdict.SCOPE and verdict.fitting and verdict.fitting.among is None


def test_the_members_of_a_group_may_be_those_who_joined_a_pact() -> None:
    world = signings()
    group, declaration = an("party", "joiners"), an("pact", "declaration")
    world.tell(group, RDF.type, PACT.PartyGroup)
    world.tell(group, PACT.membersJoined, declaration)
    for name in ("alpha", "gamma"):
        world.claim(an("party", name), PACT.joined, declaration)
    verdict = verdict_on(world, world.count(2, "SignedPacts", "2024-03-20", among="joiners"))
    assert verdict.verdict is Verdict.EXACT and names(verdict) == ["alpha", "gamma"]


def test_what_is_counted_together_counts_once() -> None:
    world = signings()
    for name in ("alpha", "zeta"):
        world.claim(an("pact", name), PACT.reachedStage, pact("Preparing"), published="2024-01-06")
    six = world.count(6, "SoughtPacts", "2024-03-20", modality="Sought")
    verdict = verdict_on(world, six)
    assert verdict.verdict is Verdict.EXACT and len(verdict.fitted) == 6


def test_joined_instead_of_signed() -> None:
    world = signings()
    declaration = joined(world, 12)
    world.count(12, "JoinedParties", "2024-02-01", subject=declaration, source="other")
    verdict = verdict_on(world, world.count(12, "SignedPacts", "2024-03-20"))
    assert verdict.verdict is Verdict.SCOPE
    assert verdict.fitting and verdict.fitting.counts == pact("JoinedParties")


def joined(world: SmallWorld, number: int) -> NamedNode:
    declaration = an("pact", "declaration")
    for index in range(number):
        party = world.party(f"joiner{index}")
        scope = ((PACT.on, day("2023-06")),)
        world.claim(party, PACT.joined, declaration, published="2024-01-01", scope=scope)
    return declaration


def test_with_those_who_made_it() -> None:
    world = SmallWorld()
    declaration = joined(world, 2)
    for maker in ("one", "two", "three"):
        world.party(maker, member_of="makers")
    world.party("makers", "Organization")
    world.claim(declaration, PACT.declaredBy, an("party", "makers"), published="2023-05-01")
    alone = verdict_on(world, world.count(2, "JoinedParties", "2024-01-01", subject=declaration))
    both = verdict_on(world, world.count(5, "JoinedParties", "2024-01-01", subject=declaration))
    assert alone.verdict is Verdict.EXACT
    assert both.verdict is Verdict.SCOPE and both.fitting and both.fitting.makers


def test_a_number_of_the_month_alone() -> None:
    verdict = judged(3, "SignedPacts", "2024-02-28")
    assert verdict.verdict is Verdict.WINDOW
    assert verdict.since == date(2024, 2, 1) and names(verdict) == ["beta", "delta", "gamma"]


def test_a_number_of_the_year_before() -> None:
    world = signings()
    for name in ("eta", "theta", "iota"):
        world.pact(name, "2023-12-31")
    world.pact("kappa", "2024-01-01")
    verdict = verdict_on(world, world.count(3, "SigningStates", "2024-03-20", source="late"))
    assert verdict.verdict is Verdict.STALE
    world.pact("lambda", "2023-12-30")
    for name in ("mu", "nu"):
        world.pact(name, "2022-05-05")
    verdict = verdict_on(world, world.count(4, "SigningStates", "2024-03-20", source="later"))
    assert verdict.verdict is Verdict.WINDOW
    assert sorted(names(verdict)) == ["eta", "iota", "lambda", "theta"]


# Ahead, own list, unexplained


def test_ahead_of_our_data_until_the_next_signing() -> None:
    verdict = judged(6, "SignedPacts", "2024-03-20")
    assert verdict.verdict is Verdict.AHEAD and verdict.missing == 1
    assert verdict.period and verdict.period.start == date(2024, 5, 2)
    assert names(verdict) == ["epsilon"]


def test_more_than_others_report_for_the_same_day_is_not_ahead() -> None:
    world = signings()
    fewer = world.count(5, "SignedPacts", "2024-03-21", source="other")
    verdict = verdict_on(world, world.count(6, "SigningStates", "2024-03-20"))
    assert (verdict.verdict, verdict.reason) == (Verdict.UNEXPLAINED, Reason.FEWER_LATER)
    assert verdict.alike == (fewer,)


def test_what_is_missing_is_told_for_the_nearest_scope() -> None:
    world = signings()
    verdict = verdict_on(world, world.count(6, "SigningStates", "2024-03-20"))
    assert verdict.verdict is Verdict.AHEAD and (verdict.most, verdict.widest, verdict.missing) == (4, 5, 1)


def test_a_stage_that_only_a_later_one_tells_was_reached_by_then() -> None:
    world = signings()
    verdict = verdict_on(world, world.count(4, "TalksBegun", "2024-02-20"))
    assert all(not member.since.dated for member in verdict.fitted)


def test_ahead_of_all_our_data() -> None:
    verdict = judged(9, "SignedPacts", "2024-03-20")
    assert verdict.verdict is Verdict.AHEAD and verdict.missing == 4 and verdict.period is None


def test_a_list_that_names_what_the_graph_does_not_count_by_then() -> None:
    world = signings()
    listed = tuple(an("pact", name) for name in "alpha beta gamma delta union epsilon".split())
    verdict = verdict_on(world, world.count(8, "SignedPacts", "2024-03-20", lists=listed))
    assert verdict.verdict is Verdict.OWN_LIST
    assert verdict.listed == tuple(sorted(listed, key=lambda node: node.value))
    assert verdict.unknown == (an("pact", "epsilon"),) and verdict.unlisted == ()


def test_a_list_is_looked_at_within_the_limits_of_its_count() -> None:
    world = signings()
    listed = tuple(an("pact", name) for name in "alpha beta gamma delta".split())
    verdict = verdict_on(world, world.count(3, "SignedPacts", "2024-03-01", among="league", lists=listed))
    assert verdict.verdict is Verdict.EXACT and an("pact", "gamma") not in verdict.listed


@pytest.mark.parametrize(
    ("value", "of", "as_of", "more", "reason"),
    [
        (9, "SignedPacts", "2024-03-20", {"modality": "Expected"}, Reason.PLAN),
        (9, "RefusingStates", "2024-03-20", {}, Reason.NO_RULE),
        (9, "SignedPacts", "2024-03-20", {"among": "nobody"}, Reason.NO_MEMBERS),
        (9, "TalksBegun", "2023-03-20", {"among": "unmet"}, Reason.NO_MEMBERS),
        (4, "StatesWithoutPact", "2024-03-20", {}, Reason.NO_MEMBERS),
    ],
)
def test_what_cannot_be_counted_says_why(
    value: int, of: str, as_of: str, more: dict[str, str], reason: Reason
) -> None:
    verdict = judged(value, of, as_of, **more)
    assert (verdict.verdict, verdict.reason) == (Verdict.UNEXPLAINED, reason)


def test_nobody_is_known_to_have_attended() -> None:
    world = SmallWorld()
    verdict = verdict_on(world, world.count(9, "Attendees", "2024-03-20", subject=an("event", "summit")))
    assert verdict.verdict is Verdict.AHEAD and verdict.missing == 9 and not verdict.members


def test_a_count_of_no_known_day() -> None:
    world = signings()
    claim = world.count(9, "SignedPacts", None)
    assert verdict_on(world, claim).reason is Reason.NO_DAY


def test_states_without_a_pact() -> None:
    world = signings()
    world.party("loner", member_of="league")
    verdict = verdict_on(world, world.count(2, "StatesWithoutPact", "2024-02-10", among="league"))
    assert verdict.verdict is Verdict.EXACT and sorted(names(verdict)) == ["delta", "loner"]


def test_what_is_under_way_ceases_to_count_when_it_is_signed() -> None:
    world = signings()
    for name in ("gamma", "zeta"):
        scope = ((PACT.on, day("2024-01-05")),)
        world.claim(
            an("pact", name), PACT.reachedStage, pact("Preparing"), published="2024-01-06", scope=scope
        )
    before = world.count(2, "PendingPacts", "2024-01-31")
    after = world.count(1, "PendingPacts", "2024-03-31")
    more = world.count(2, "PendingPacts", "2024-03-31")
    assert verdict_on(world, before).verdict is Verdict.EXACT
    assert verdict_on(world, after).verdict is Verdict.EXACT
    assert verdict_on(world, more).verdict is Verdict.AHEAD


def test_the_passage_of_what_is_under_way_knows_better() -> None:
    world = signings()
    for name in ("alpha", "beta", "zeta"):
        world.claim(an("pact", name), PACT.reachedStage, pact("Negotiating"), published="2023-12-01")
    listed = (an("pact", "alpha"), an("pact", "beta"))
    verdict = verdict_on(world, world.count(2, "PendingPacts", "2024-01-01", lists=listed))
    assert (verdict.verdict, verdict.reason) == (Verdict.EXACT, Reason.AS_LISTED)


def test_what_others_report_the_same_number_of() -> None:
    world = SmallWorld()
    compact, summit = an("pact", "compact"), an("event", "summit")
    for name in ("one", "two"):
        world.claim(compact, PACT.concludedBy, world.party(name), published="2024-07-11")
    seen = world.count(32, "Attendees", "2024-07-11", subject=summit, source="other")
    verdict = verdict_on(world, world.count(32, "SignatoryParties", "2024-07-11", subject=compact))
    assert verdict.verdict is Verdict.SCOPE and verdict.alike == (seen,)


# Money


def test_a_total_in_one_currency_is_summed_up() -> None:
    world = signings()
    world.amount(an("pact", "alpha"), 30, "EUR", "Pledged")
    world.amount(an("pact", "beta"), 12, "EUR", "Pledged")
    exact = world.amount(world.group, 42, "EUR", "Worth", "2024-02-10")
    ahead = world.amount(world.group, 70, "EUR", "Worth", "2024-03-01")
    less = world.amount(world.group, 40, "EUR", "Worth", "2024-02-10")
    assert verdict_on(world, exact).verdict is Verdict.EXACT
    assert verdict_on(world, less).reason is Reason.SUMS
    missing = verdict_on(world, ahead)
    assert missing.verdict is Verdict.AHEAD
    assert missing.unpriced == (an("pact", "delta"), an("pact", "gamma"))


def test_currencies_are_not_converted() -> None:
    world = signings()
    world.amount(an("pact", "alpha"), 30, "EUR", "Pledged")
    world.amount(an("pact", "beta"), 12, "USD", "Pledged")
    verdict = verdict_on(world, world.amount(world.group, 42, "EUR", "Worth", "2024-02-10"))
    assert verdict.reason is Reason.CURRENCIES and len(verdict.sums) == 2


def test_sums_are_converted_as_sources_convert() -> None:
    world = signings()
    for value, currency in ((100, "EUR"), (110, "USD")):
        world.amount(an("pact", "zeta"), value, currency, "Given")
    world.amount(an("pact", "alpha"), 30, "EUR", "Pledged")
    world.amount(an("pact", "beta"), 12, "USD", "Pledged")
    verdict = verdict_on(world, world.amount(world.group, 45, "USD", "Worth", "2024-02-10"))
    assert verdict.verdict is Verdict.EXACT and verdict.total and verdict.total.least == 45
    assert [len(rate.claims) for rate in verdict.total.rates] == [1]


@pytest.mark.parametrize("part", [PACT.counts, SCHEMA.value])
def test_a_count_without_definition_is_told_by_name(part: NamedNode) -> None:
    world = signings()
    world.count(3, "SignedPacts", "2024-02-20")
    (node,) = {t.subject for t in world.triples if t.predicate == PACT.counts}
    world.triples = [t for t in world.triples if (t.subject, t.predicate) != (node, part)]
    with pytest.raises(BadInput, match=node.value.rpartition("/")[2]):
        audit_counts(world.store)


# Time, order, words


def test_only_what_was_known_is_counted() -> None:
    world = SmallWorld()
    world.pact("alpha", "2024-01-10", known="2024-01-11")
    world.pact("beta", "2024-01-20", known="2024-06-01")
    claim = world.count(2, "SignedPacts", "2024-02-01")
    assert verdict_on(world, claim).verdict is Verdict.EXACT
    assert verdict_on(world, claim, date(2024, 3, 1)).verdict is Verdict.AHEAD
    assert audit_counts(world.store, date(2024, 1, 15)) == ()


def test_the_order_of_the_claims_makes_no_difference() -> None:
    world = signings()
    for value in range(1, 8):
        world.count(value, "SignedPacts", "2024-03-20")
    first = audit_counts(world.store)
    random.Random(5).shuffle(world.triples)
    assert audit_counts(world.store) == first


def test_the_arithmetic_is_said() -> None:
    world = signings()
    world.count(4, "SigningStates", "2024-03-20")
    world.count(6, "SignedPacts", "2024-03-20")
    rows = {row["verdict"]: row for row in told_of(world.store)}
    assert "4 states (Alpha 10 January 2024, Beta 5 February 2024" in rows["exact"]["arithmetic"]
    assert (
        "1 more reported; reached on 2 May 2024 with 1 state (Epsilon 2 May 2024)"
        in (rows["ahead of our data"]["arithmetic"])
    )
    assert rows["exact"]["members"] == "Alpha, Beta, Delta, Gamma"


def told_of(store: LocalStore) -> list[dict[str, str]]:
    world = read_world(store)
    return count_rows(judge_counts(world), read_words(store, world))


# The repository's own data


Found = tuple[Mapping[tuple[str, int, str], CountVerdict], Words]


@pytest.fixture(scope="module")
def found(built_repository: Project) -> Found:
    """The verdicts by source, number and thing counted."""
    store = open_store(built_repository.store)
    world: World = read_world(store)
    verdicts = {}
    for verdict in judge_counts(world):
        counts = verdict.asked.number.part(PACT.counts)
        source = verdict.asked.voice.source.value.rpartition("/")[2]
        verdicts[
            source, int(verdict.asked.number.number), counts.value.rpartition("#")[2] if counts else ""
        ] = verdict
    return verdicts, read_words(store, world)


@pytest.mark.parametrize(
    ("source", "number", "counts", "verdict", "told"),
    [
        (
            "kyivindependent-2024-04-20",
            9,
            "SignedPacts",
            Verdict.EXACT,
            "9 from 11 April 2024 to 27 May 2024",
        ),
        ("kyivindependent-2024-07-15", 23, "SignedPacts", Verdict.EXACT, "22 states and 1 organization"),
        ("xinhua-23bn", 12, "SigningStates", Verdict.EXACT, "12 states"),
        ("wh-compact", 22, "SigningStates", Verdict.EXACT, "22 from 11 July 2024 to 18 July 2024"),
        ("rbc-july22-26list", 26, "SignedPacts", Verdict.UNEXPLAINED, "more than others report"),
        ("ki-croatia", 27, "SignedPacts", Verdict.EXACT, "27 from 9 October 2024 to 17 October 2024"),
        ("ki-greece", 25, "SignedPacts", Verdict.STALE, "25 from 18 July 2024 to 4 September 2024"),
        (
            "emp-100y-23",
            23,
            "SigningStates",
            Verdict.STALE,
            "with organizations from 11 July 2024 to 18 July 2024",
        ),
        ("glavcom-28", 28, "SignedPacts", Verdict.SCOPE, "28 without organizations"),
        ("wh-compact", 22, "SignatoryParties", Verdict.SCOPE, "22 without organizations and without"),
        ("ki-compact-32", 32, "SignatoryParties", Verdict.SCOPE, "the number is that of attendees"),
        ("reuters-247-denmark", 30, "JoinedParties", Verdict.SCOPE, "31 with those who made it"),
        ("ukrinform-latvia-start", 8, "PendingPacts", Verdict.SCOPE, "its own list without organizations"),
        ("brno-czech-round", 24, "SigningStates", Verdict.UNEXPLAINED, "21 signed pacts, 10 July 2024"),
        ("kyivindependent-2024-07-15", 32, "SoughtPacts", Verdict.AHEAD, "29 in the graph"),
        ("kyivindependent-2024-07-15", 38_000_000_000, "", Verdict.UNEXPLAINED, "EUR at 1.07 to 1.11"),
        ("tovima-greece", 20, "SigningStates", Verdict.EXACT, "20 states"),
        ("emp-slovenia-next-week", 9, "SigningStates", Verdict.STALE, "9 from 11 April 2024"),
        ("emp-eu-balt", 16, "SigningStates", Verdict.EXACT, "16 states"),
        ("unn-27th", 18, "SignedPacts", Verdict.EXACT, "18 states"),
        ("ugov-belgium-91173", 32, "JoinedParties", Verdict.AHEAD, "31 with those who made it; 1 more"),
        ("sltimes-not-final", 18, "SigningStates", Verdict.STALE, "in the course of 27 June 2024"),
        ("eeas-einpress-compact", 21, "SignatoryParties", Verdict.UNEXPLAINED, "the nearest is 22"),
        ("focusbg-vlasiuk-six", 6, "PendingPacts", Verdict.EXACT, "names just so many"),
    ],
)
def test_in_the_repositorys_data(
    found: Found, source: str, number: int, counts: str, verdict: Verdict, told: str
) -> None:
    verdicts, words = found
    audited = verdicts[source, number, counts]
    assert audited.verdict is verdict
    assert told in words.arithmetic(audited)


def test_every_reported_number_has_a_verdict_and_most_are_explained(found: Found) -> None:
    verdicts = list(found[0].values())
    explained = [v for v in verdicts if v.verdict is not Verdict.UNEXPLAINED]
    assert len(explained) > 0.7 * len(verdicts)
    assert all(v.reason for v in verdicts if v.verdict is Verdict.UNEXPLAINED)
