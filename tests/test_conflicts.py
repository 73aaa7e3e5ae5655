"""Rules of conflicts, one by one: what stands against what, and what only looks like it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from pactgraph.building import build
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


# Offices


def test_one_office_has_one_holder_at_one_time() -> None:
    office = {"predicate": PACT.holdsOffice}
    first, last = (said(an("premier"), subject=an("x"), known=f"2024-0{n}-01", **office) for n in (3, 5))  # type: ignore[arg-type]
    between_them = said(an("premier"), subject=an("y"), known="2024-04-01", source="b", **office)  # type: ignore[arg-type]
    after = said(an("premier"), subject=an("y"), known="2024-06-01", source="b", **office)  # type: ignore[arg-type]
    assert found(first, last, between_them) == ["OfficeConflict"]
    assert not found(first, last, after)


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


def test_every_conflict_of_the_data_was_read_by_hand() -> None:
    store = open_store(":memory:")
    build(Project(ROOT), store, validated=False)
    listed = [(shorten(c.subject.value), shorten(c.predicate.value)) for c in conflicts(store)]
    page = (ROOT / "docs" / "conflicts.md").read_text(encoding="utf-8")
    assert sorted(READ.findall(page)) == sorted(listed), (
        "read the new ones, and say in docs/conflicts.md what they are"
    )


def test_conflicts_about_a_node_are_those_of_all_that_are_about_it() -> None:
    store = open_store(":memory:")
    build(Project(ROOT), store, validated=False)
    everything = conflicts(store, differences=True)
    for node in {claim.subject for c in everything for side in c.sides for claim in side.claims}:
        own = conflicts(store, node.value, differences=True)
        assert {c.iri for c in own} >= {c.iri for c in everything if c.subject == node}
        assert {c.iri for c in own} <= {c.iri for c in everything}
