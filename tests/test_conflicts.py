"""Rules of conflicts, one by one: what stands against what, and what only looks like it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse
from pactgraph.pages import conflicts
from pactgraph.project import Project
from pactgraph.resolution import Voice
from pactgraph.resolution.conflicts import Conflict, find_conflicts
from pactgraph.resolution.numbers import Reported
from pactgraph.store import open_store
from pactgraph.vocabulary import PACT, SCHEMA, shorten
from test_resolution import MANY, ROOT, RULES, an, day, pact, said

EXPECTED, SIGNED = pact("Expected"), pact("Signed")


def names(found: list[Conflict]) -> list[str]:
    return [conflict.type.value.rpartition("#")[2] for conflict in found]


def found(*voices: Voice, numbers: Mapping[Term, Reported] | None = None) -> list[str]:
    return names(find_conflicts(voices, numbers or {}, RULES))


def reached(subject: str, source: str = "a", **how: object) -> Voice:
    return said(SIGNED, subject=an(subject), predicate=PACT.reachedStage, source=source, **how)  # type: ignore[arg-type]


# One value where there can be one only


def test_days_that_exclude_each_other_are_a_conflict_of_values() -> None:
    assert found(said(day("2024-02-22")), said(day("2024-02-23"), source="b")) == ["ValueConflict"]


def test_a_month_beside_its_day_is_a_difference_of_precision() -> None:
    assert found(said(day("2024-05")), said(day("2024-05-27"), source="b")) == ["PrecisionDifference"]


def test_two_days_exclude_each_other_though_most_give_the_month_of_both() -> None:
    months = [said(day("2023-08"), source=source) for source in "abc"]
    days = [said(day("2023-08-03"), source="d"), said(day("2023-08-04"), source="e")]
    assert found(*months, *days) == ["PrecisionDifference", "ValueConflict"]


def begun(when: str, source: str) -> Voice:
    stage = {"predicate": PACT.reachedStage, "scope": ((PACT.on, day(when)),), "source": source}
    return said(pact("NegotiationsBegun"), **stage)  # type: ignore[arg-type]


def test_what_comes_once_comes_on_one_day() -> None:
    assert found(begun("2023-08-03", "a"), begun("2023-08-04", "b")) == ["ValueConflict"]
    assert found(begun("2023", "a"), begun("2024-05", "b")) == ["ValueConflict"]
    assert found(begun("2023-08", "a"), begun("2023-08-04", "b")) == ["PrecisionDifference"]
    joined = [
        said(an("pact"), subject=an("state"), predicate=PACT.joined, scope=((PACT.on, day(d)),), source=d)
        for d in ("2023-08-17", "2023-08-21")
    ]
    assert found(*joined) == ["ValueConflict"]


def test_what_goes_on_may_be_told_of_many_days() -> None:
    rounds = [
        said(pact("Negotiating"), predicate=PACT.reachedStage, scope=((PACT.on, day(d)),), source=d)
        for d in ("2024-02", "2024-04")
    ]
    assert not found(*rounds)


# Stages


def test_what_goes_on_has_begun_by_then() -> None:
    ongoing = said(pact("Negotiating"), predicate=PACT.reachedStage, known="2024-03-21", source="b")
    assert found(begun("2024-04-18", "a"), ongoing) == ["StageConflict"]
    assert not found(begun("2024-03", "a"), ongoing), "perhaps it began earlier in that month"
    assert not found(begun("2024-04-18", "a"), replace(ongoing, modality=EXPECTED))


def test_a_pact_is_not_signed_before_talks_on_it_began() -> None:
    assert found(begun("2024-04-18", "a"), said(day("2024-04-03"), source="b")) == ["StageConflict"]
    assert not found(begun("2024-04-18", "a"), said(day("2024-05"), source="b"))


# Places and people of a signing


def at_summit(name: str, place: str) -> tuple[Voice, Voice]:
    """A pact that is signed at the summit, and in a place."""
    at = said(an("summit"), subject=an(name), predicate=PACT.signedAt, source="a")
    there = NamedNode(f"https://example.org/place/{place}")
    return at, said(there, subject=an(name), predicate=PACT.signedIn, source=name)


def test_what_is_signed_at_one_event_is_signed_in_one_place() -> None:
    here, also, elsewhere = (at_summit(*each) for each in (("x", "here"), ("y", "here"), ("z", "there")))
    (conflict,) = find_conflicts([*here, *also, *elsewhere], {}, RULES)
    assert conflict.type == PACT.PlaceConflict
    assert conflict.subject == an("z")
    assert not found(*here, *elsewhere), "of two places alone, neither is known for that of the event"
    assert not found(*here, *also, *at_summit("z", "here"))


SIGNING = replace(RULES, represents={an(name): frozenset({an("state")}) for name in ("x", "y", "z")})


def signing(*people: str, source: str, modality: NamedNode = PACT.Factual) -> list[Voice]:
    return [said(an(p), predicate=PACT.signedBy, source=source, modality=modality) for p in people]


def test_one_person_signs_for_one_party_unless_two_are_named_together() -> None:
    def types(*voices: Voice) -> list[str]:
        return names(find_conflicts(voices, {}, SIGNING))

    assert types(*signing("x", source="a"), *signing("y", source="b")) == ["OfficeConflict"]
    assert not types(*signing("x", "y", source="a"), *signing("y", source="b"), *signing("x", source="c"))
    assert not types(*signing("x", source="a"), *signing("another", source="b")), "who acts for another party"
    planned = signing("x", source="a", modality=EXPECTED)
    assert types(*planned, *signing("y", source="b")) == ["PlanConflict"]
    assert types(*planned, *signing("y", source="b", modality=EXPECTED)) == ["OfficeConflict"]


def test_places_exclude_each_other() -> None:
    places = [NamedNode(f"https://example.org/place/{name}") for name in ("a", "b")]
    one, other = (said(p, predicate=PACT.signedIn, source=p.value[-1]) for p in places)
    assert found(one, other) == ["PlaceConflict"]


def test_a_hope_is_no_side_but_a_plan() -> None:
    hope = said(day("2024-02-23"), modality=pact("Hoped"), source="b")
    assert found(said(day("2024-02-22")), hope) == ["PlanConflict"]


def test_what_is_affirmed_and_denied_for_the_same_time_is_a_denial() -> None:
    denial = {"polarity": PACT.Denied, "scope": ((PACT.on, day("../2024-06")),)}
    assert found(reached("pact", scope=((PACT.on, day("2024-05")),)), reached("pact", "b", **denial)) == [
        "DenialConflict"
    ]
    assert not found(reached("pact", scope=((PACT.on, day("2024-07")),)), reached("pact", "b", **denial))


def test_a_day_of_signing_is_denied_by_who_denies_the_signing_up_to_a_later_day() -> None:
    by_june, by_april = (
        reached("pact", "b", polarity=PACT.Denied, scope=((PACT.on, day(text)),))
        for text in ("../2024-06", "../2024-04")
    )
    assert found(said(day("2024-05-27")), by_june) == ["DenialConflict"]
    assert not found(said(day("2024-05-27")), by_april)


# Plans


def test_an_expected_day_stands_against_another_day_of_signing_but_not_against_its_own_month() -> None:
    plan, sooner = (
        said(day(text), predicate=PACT.expectedSigning, modality=EXPECTED, source="b")
        for text in ("2024-05", "2024-04")
    )
    assert not found(said(day("2024-05-27")), plan)
    assert found(said(day("2024-05-27")), sooner) == ["PlanConflict"]


def test_a_plan_whose_day_went_by_unsigned_has_failed() -> None:
    plan = said(day("2025-05-15"), predicate=PACT.expectedSigning, modality=EXPECTED, source="a")
    denied = {"polarity": PACT.Denied, "scope": ((PACT.on, day("../2025-05")),)}
    assert found(plan, reached("pact", "b", stated="2025-05-31", **denied)) == ["PlanConflict"]
    assert not found(plan, reached("pact", "b", stated="2025-05-01", **denied)), (
        "said before the day had come"
    )


def test_two_plans_of_one_day_exclude_each_other_while_nobody_tells_the_outcome() -> None:
    def plan(when: str, source: str, stated: str = "2024-05-31") -> Voice:
        return said(day(when), predicate=PACT.heldOn, modality=EXPECTED, source=source, stated=stated)

    one, other = plan("2024-06-15/2024-06-16", "a"), plan("2024-06-16/2024-06-17", "b")
    assert found(one, other) == ["PlanConflict"]
    assert not found(one, plan("2024-06-16/2024-06-17", "b", stated="2024-06-02")), "it may have been put off"
    assert not found(one, plan("2024-06", "b"))


def test_an_open_time_is_not_missed() -> None:
    soon = said(day("2024-04/.."), predicate=PACT.expectedSigning, modality=EXPECTED, source="b")
    assert not found(said(day("2024-05-27")), soon)


# Counts and sums


def count(
    number: int,
    when: str,
    of: str = "SignedPacts",
    *,
    subject: str = "pact",
    source: str = "a",
    **parts: Term,
) -> tuple[Voice, dict[Term, Reported]]:
    """A reported count, and its node with what it says."""
    node = an(f"{number}-{of}-{when}-{source}")
    limits = [(PACT.counts.value, pact(of)), *((f"{PACT.base}{name}", term) for name, term in parts.items())]
    reported = Reported(Decimal(number), None, PACT.Count, tuple(limits), parse(when))
    return said(node, subject=an(subject), predicate=PACT.reportedCount, source=source), {node: reported}


def amount(
    number: str, source: str = "a", *, currency: str = "EUR", field: str = "", flags: str = ""
) -> tuple[Voice, dict[Term, Reported]]:
    node = an(f"{number}-{currency}-{field}-{source}")
    of: list[tuple[str, Term]] = [(SCHEMA.currency.value, Literal(currency))]
    of += [(PACT.field.value, an(field))] if field else []
    reported = Reported(Decimal(number), None, PACT.Amount, tuple(of), parse("2024"))
    return said(node, predicate=PACT.amount, source=source, flags=flags), {node: reported}


def between(*reports: tuple[Voice, dict[Term, Reported]], besides: tuple[Voice, ...] = ()) -> list[str]:
    numbers = {node: number for _, known in reports for node, number in known.items()}
    return found(*(voice for voice, _ in reports), *besides, numbers=numbers)


def test_counts_of_one_day_exclude_each_other_and_of_two_days_have_changed() -> None:
    assert between(count(6, "2024-05-27"), count(7, "2024-05-27", source="b")) == ["ValueConflict"]
    assert between(count(6, "2024-05-26"), count(7, "2024-05-27", source="b")) == ["ChangeDifference"]


def test_what_can_only_grow_has_not_fallen() -> None:
    assert between(count(26, "2024-07-22"), count(25, "2024-08-30", source="b")) == ["ValueConflict"]
    pending = count(9, "2024-07-15", "PendingPacts"), count(4, "2024-07-22", "PendingPacts", source="b")
    assert between(*pending) == ["ChangeDifference"]


def test_counts_are_not_rounded() -> None:
    assert between(count(20, "2024-07-11"), count(22, "2024-07-11", source="b")) == ["ValueConflict"]


def test_one_text_does_not_change_over_time() -> None:
    (voice, known), (copy, more) = count(22, "2024-07-11"), count(20, "2024-07", source="b")
    told = [replace(v, origins=(an("text"),)) for v in (voice, copy)]
    assert found(*told, numbers=known | more) == ["ValueConflict"]
    assert found(voice, copy, numbers=known | more) == ["ChangeDifference"]


def test_those_who_joined_may_be_counted_with_those_who_made_it() -> None:
    makers = [said(an(f"maker-{n}"), predicate=PACT.declaredBy, source="a") for n in range(7)]
    joined = count(30, "2023-11", "JoinedParties"), count(25, "2024-02", "JoinedParties", source="b")
    assert between(*joined) == ["ValueConflict"]
    assert between(*joined, besides=tuple(makers)) == ["ScopeDifference"]
    fewer = count(20, "2024-02", "JoinedParties", source="b")
    assert between(joined[0], fewer, besides=tuple(makers)) == ["ValueConflict"]


def test_plans_differ_over_time_and_exclude_nothing() -> None:
    (ten, known), (more, others) = (
        count(10, "2024-06-14", "PendingPacts"),
        count(16, "2024-06-14", "PendingPacts", source="b"),
    )
    planned = [replace(voice, modality=EXPECTED) for voice in (ten, more)]
    assert found(*planned, numbers=known | others) == ["ChangeDifference"]


def test_equal_numbers_of_different_things_are_a_difference_of_scope() -> None:
    joined = count(32, "2024-07-15", "JoinedParties", subject="declaration")
    sought = count(32, "2024-07-15", "SoughtPacts", subject="group", source="b")
    signed = count(32, "2024-07-11", "SignatoryParties", subject="compact", source="c")
    assert between(joined, sought) == ["ScopeDifference"]
    assert between(joined, sought, signed) == ["ScopeDifference"], "all of them together"
    assert not between(joined, count(32, "2024-07-15", "JoinedParties", subject="declaration", source="b"))


def test_small_numbers_and_distant_times_are_not_taken_for_each_other() -> None:
    assert not between(count(9, "2024-05"), count(9, "2024-05", "PendingPacts", source="b"))
    later = count(32, "2024-07-11", "SignatoryParties", subject="compact", source="b")
    assert between(count(32, "2024-06-12", "JoinedParties"), later) == ["ScopeDifference"]
    assert not between(count(32, "2024-05-28", "JoinedParties"), later)


def test_a_difference_of_scope_is_about_all_its_subjects() -> None:
    voices, known = zip(
        count(32, "2024-07", "JoinedParties", subject="declaration"),
        count(32, "2024-07", "SignatoryParties", subject="compact", source="b"),
        strict=True,
    )
    (conflict,) = find_conflicts(voices, {**known[0], **known[1]}, RULES)
    assert {v.content.subject for side in conflict.sides for v in side} == {an("declaration"), an("compact")}


def test_sums_differ_in_value_precision_currency_or_field() -> None:
    assert between(amount("7000000000"), amount("15000000000", "b")) == ["ValueConflict"]
    assert between(amount("61000000000"), amount("60840000000", "b")) == ["PrecisionDifference"]
    assert between(amount("3000000000"), amount("2200000000", "b", currency="USD")) == ["UnitDifference"]
    assert between(amount("3000000000"), amount("3000000000", "b", field="military")) == ["ScopeDifference"]


def summed(
    number: str, source: str = "a", *, when: str = "", **parts: Term
) -> tuple[Voice, dict[Term, Reported]]:
    """An amount of euros for any time or none."""
    node = an(f"{number}-{when}-{source}")
    of = [
        (SCHEMA.currency.value, Literal("EUR")),
        *((f"{PACT.base}{name}", term) for name, term in parts.items()),
    ]
    reported = Reported(Decimal(number), None, PACT.Amount, tuple(of), parse(when) if when else None)
    return said(node, predicate=PACT.amount, source=source), {node: reported}


def test_one_sum_for_a_year_and_for_all_years_is_a_difference_of_scope() -> None:
    yearly = Literal("P1Y")
    assert between(summed("5", per=yearly), summed("5", "b", when="2024/2026")) == ["ScopeDifference"]
    assert not between(summed("5", when="2022"), summed("5", "b", when="2023")), "two sums of two years"


def test_what_a_whole_is_worth_grows() -> None:
    assert between(summed("23", kind=PACT.Worth), summed("38", "b", kind=PACT.Worth)) == ["ChangeDifference"]
    yearly = summed("60", "b", kind=PACT.Worth, per=Literal("P1Y"))
    assert between(summed("38", kind=PACT.Worth), yearly) == ["ScopeDifference"]


def test_a_suspect_scale_stands_against_the_other_sums() -> None:
    assert between(amount("61", flags="SuspectScale"), amount("61000000000", "b")) == ["ScaleConflict"]


# Lists


def listed(number: int, source: str, origins: str = "") -> tuple[Voice, ...]:
    return tuple(reached(f"pact-{nth}", source, origins=origins) for nth in range(number))


def test_a_list_that_names_most_or_more_stands_against_its_count() -> None:
    assert between(count(9, "2024-04-20"), besides=listed(7, "a")) == ["ListConflict"]
    assert between(count(6, "2024-04-20"), besides=listed(7, "a")) == ["ListConflict"]
    assert not between(count(7, "2024-04-20"), besides=listed(7, "a"))
    assert not between(count(26, "2024-04-20"), besides=listed(7, "a")), "a few of many are no whole list"


def test_a_list_stands_against_the_count_of_another_source_of_the_same_origin_only() -> None:
    voice, known = count(9, "2024-04-20", source="b")
    told = said(voice.content.object, predicate=PACT.reportedCount, source="b", origins="interview")
    assert found(told, *listed(7, "a", "interview"), numbers=known) == ["ListConflict"]
    assert not found(told, *listed(7, "a", "another"), numbers=known)


def signings(number: int, *, known: str, source: str = "a") -> list[Voice]:
    return [
        said(day("2024-02-16"), subject=an(f"pact-{n}"), known=known, source=source) for n in range(number)
    ]


def test_a_list_of_days_falls_short_of_the_count_of_its_time() -> None:
    grouped = replace(RULES, groups={an(f"pact-{n}"): frozenset({an("group")}) for n in range(9)})
    voice, known = count(9, "2024-04-29", subject="group", source="b")

    def types(listed: list[Voice]) -> list[str]:
        return [n for n in names(find_conflicts([voice, *listed], known, grouped)) if n == "ListConflict"]

    assert types(signings(8, known="2024-05-01")) == ["ListConflict"]
    assert not types(signings(9, known="2024-05-01"))
    assert not types(signings(8, known="2024-04-20")), "the ninth may have come after"
    assert not types(signings(3, known="2024-05-01")), "a few of many are no whole list"
    strangers = [
        replace(v, content=replace(v.content, subject=an(f"x-{n}")))
        for n, v in enumerate(signings(8, known="2024-05-01"))
    ]
    assert not types(strangers), "what is not in the group is not counted"


# How long a pact binds


def test_limits_of_different_kinds_are_a_difference_of_scope() -> None:
    term = said(Literal("P10Y"), predicate=PACT.term)
    accession = said(an("accession"), predicate=PACT.validUntil, source="b")
    assert found(term, accession) == ["ScopeDifference"]
    assert not found(term, replace(accession, polarity=PACT.Denied))


# Offices


def test_one_office_has_one_holder_at_one_time() -> None:
    office = {"predicate": PACT.holdsOffice}
    first, last = (said(an("premier"), subject=an("x"), known=f"2024-0{n}-01", **office) for n in (3, 5))  # type: ignore[arg-type]
    between_them = said(an("premier"), subject=an("y"), known="2024-04-01", source="b", **office)  # type: ignore[arg-type]
    after = said(an("premier"), subject=an("y"), known="2024-06-01", source="b", **office)  # type: ignore[arg-type]
    assert found(first, last, between_them) == ["OfficeConflict"]
    assert not found(first, last, after)


def test_a_doubtful_holder_stands_against_any_other() -> None:
    office = {"predicate": PACT.holdsOffice}
    doubtful = said(an("adviser"), subject=an("x"), known="2024-05-01", flags="SuspectOffice", **office)  # type: ignore[arg-type]
    other = said(an("adviser"), subject=an("y"), known="2024-06-12", source="b", **office)  # type: ignore[arg-type]
    assert found(doubtful, other) == ["OfficeConflict"]


# Whatever is claimed


@settings(deadline=None, max_examples=60)
@given(MANY, st.randoms(use_true_random=False))
def test_conflicts_are_the_same_in_any_order(voices: list[Voice], chance) -> None:  # type: ignore[no-untyped-def]
    claims = list({voice.claim: voice for voice in voices}.values())
    there = find_conflicts(claims, {}, RULES)
    assert find_conflicts(chance.sample(claims, len(claims)), {}, RULES) == there
    assert all(len(conflict.sides) > 1 and all(conflict.sides) for conflict in there)
    assert len({conflict.iri for conflict in there}) == len(there)


# The repository's data

READ = re.compile(r"^\| [^|]+ \| `(\w+:[\w.-]+)` `(pact:\w+)` \|", re.MULTILINE)


def test_every_conflict_of_the_data_was_read_by_hand(built_repository: Project) -> None:
    store = open_store(built_repository.store)
    listed = [(shorten(c.subject.value), shorten(c.predicate.value)) for c in conflicts(store)]
    page = (ROOT / "docs" / "conflicts.md").read_text(encoding="utf-8")
    assert sorted(READ.findall(page)) == sorted(listed), (
        "read the new ones, and say in docs/conflicts.md what they are"
    )


def test_conflicts_about_a_node_are_those_of_all_that_are_about_it(built_repository: Project) -> None:
    store = open_store(built_repository.store)
    everything = conflicts(store, differences=True)
    for node in {claim.subject for c in everything for side in c.sides for claim in side.claims}:
        own = conflicts(store, node.value, differences=True)
        assert {c.iri for c in own} >= {c.iri for c in everything if c.subject == node}
        assert {c.iri for c in own} <= {c.iri for c in everything}
