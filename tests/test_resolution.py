"""From claims to facts: what supports, what blocks, and that nothing is lost or depends on order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Claim, Proposition, Term
from pactgraph.graph.codec import encode
from pactgraph.graph.nodes import Properties, group, read_triples
from pactgraph.resolution import Resolution, Rules, Voice, hear, questions, read_rules, resolve
from pactgraph.vocabulary import EDTF, ONTOLOGY, PACT, RDF, SCHEMA, XSD

ROOT = Path(__file__).parents[1]
RULES = read_rules(group(read_triples(ROOT / "ontology" / "pact.ttl")))
HOPED, JOINED = NamedNode(f"{ONTOLOGY}Hoped"), NamedNode(f"{ONTOLOGY}joined")
SOLE = NamedNode(f"{ONTOLOGY}outcome")


def an(name: str) -> NamedNode:
    return NamedNode(f"https://example.org/{name}")


def pact(name: str) -> NamedNode:
    return NamedNode(ONTOLOGY + name)


THE_PACT = an("pact")


def day(text: str) -> Literal:
    return Literal(text, datatype=EDTF)


def said(
    value: Term,
    *,
    subject: NamedNode = THE_PACT,
    predicate: NamedNode = PACT.signedOn,
    scope: tuple[tuple[NamedNode, Term], ...] = (),
    modality: NamedNode = PACT.Factual,
    polarity: NamedNode = PACT.Affirmed,
    source: str = "a",
    origins: str = "",
    known: str | None = None,
    stated: str | None = None,
    flags: str = "",
) -> Voice:
    content = Proposition(subject, predicate, value, scope)
    claim = Claim(an(source), an(f"{source}#1"), content, an("speaker"), modality, polarity)
    days = [date.fromisoformat(text) if text else None for text in (known, stated or known)]
    return Voice(
        claim.iri,
        content.iri,
        content,
        modality,
        polarity,
        an(source),
        tuple(map(an, origins.split())),
        *days,
        passage=claim.passage,
        flags=tuple(map(pact, flags.split())),
    )


def facts(*voices: Voice, rules: Rules = RULES) -> set[Term]:
    """What resolution makes of the property that the first voice speaks of."""
    predicate = voices[0].content.predicate
    return {t.object for t in resolve(voices, rules).facts if t.predicate == predicate}  # type: ignore[misc]


def supporters(resolution: Resolution) -> set[tuple[NamedNode, NamedNode]]:
    return {(t.subject, t.object) for t in resolution.propositions if t.predicate == PACT.supportedBy}  # type: ignore[misc]


def outcome(voice: Voice, *others: Voice, rules: Rules = RULES) -> tuple[str, str]:
    """Rank and reason of what the first voice claims."""
    described = group(resolve([voice, *others], rules).propositions)[voice.proposition]
    rank, reason = described[PACT.rank][0].value, described[PACT.reason][0].value
    return rank.removeprefix(ONTOLOGY), reason.removeprefix(ONTOLOGY)


# The rules come from the ontology


def test_the_ontology_says_what_supports_and_what_is_single() -> None:
    assert {PACT.signedOn, PACT.heldOn, SOLE} <= RULES.single_valued
    assert JOINED not in RULES.single_valued
    assert PACT.Factual in RULES.supporting and HOPED not in RULES.supporting


def test_a_claim_is_heard_as_it_is_encoded_and_with_its_source() -> None:
    claim = Claim(an("a"), an("a#1"), Proposition(an("pact"), PACT.signedOn, day("2024")), an("speaker"))
    [(node, properties)] = group(encode(claim)).items()
    assert hear(node, properties, {}) == said(day("2024"))
    source: Properties = {SCHEMA.datePublished: [day("2024-05~")], PACT.origin: [an("wire")]}
    assert hear(node, properties, source) == said(day("2024"), origins="wire", known="2024-05-31")


# What supports a fact


def test_a_factual_claim_makes_a_fact() -> None:
    assert resolve([said(day("2024-05-27"), predicate=PACT.heldOn)], RULES).facts == (
        Triple(an("pact"), PACT.heldOn, day("2024-05-27")),
    )


def test_a_hope_makes_none() -> None:
    hope = said(day("2024-05-27"), modality=HOPED)
    assert not facts(hope)
    assert not supporters(resolve([hope], RULES))


def test_a_denial_makes_none_and_blocks() -> None:
    denial = said(day("2024-05-27"), polarity=PACT.Denied, source="b")
    assert not facts(denial)
    assert not facts(denial, said(day("2024-05-27")))


def test_a_hoped_for_denial_does_not_block() -> None:
    denial = said(day("2024-05-27"), polarity=PACT.Denied, modality=HOPED, source="b")
    assert facts(denial, said(day("2024-05-27"))) == {day("2024-05-27")}


def test_a_condition_blocks() -> None:
    assert not facts(said(day("2024-05-27"), scope=((PACT.condition, an("vote")),)))


def test_a_day_in_scope_does_not_block() -> None:
    assert facts(said(an("other"), predicate=JOINED, scope=((PACT.on, day("2023")),))) == {an("other")}


def test_a_suspect_claim_supports_nothing() -> None:
    assert not facts(said(an("office"), predicate=pact("holdsOffice"), flags="SuspectOffice"))
    assert facts(said(an("office"), predicate=pact("holdsOffice"), flags="Teaser"))


def test_every_supporter_is_named() -> None:
    voices = [said(day("2024"), predicate=PACT.heldOn, source=name) for name in "abc"]
    assert supporters(resolve(voices, RULES)) == {(voice.proposition, voice.claim) for voice in voices}


# Single-valued properties


def test_two_days_of_one_signing_exclude_each_other() -> None:
    assert not facts(said(day("2024-02-22")), said(day("2024-02-23"), source="b"))


def test_a_coarser_date_agrees_and_the_finer_one_is_the_fact() -> None:
    assert facts(said(day("2024-05")), said(day("2024-05-27")), said(day("2024"))) == {day("2024-05-27")}


def test_a_year_stands_where_its_days_are_in_conflict() -> None:
    assert facts(said(day("2024")), said(day("2024-02-22")), said(day("2024-02-23"))) == {day("2024")}


def test_a_hope_is_no_rival() -> None:
    assert facts(said(day("2024-02-22")), said(day("2024-02-23"), modality=HOPED)) == {day("2024-02-22")}


def test_other_single_values_exclude_each_other() -> None:
    passed, failed = (said(an(name), predicate=SOLE) for name in ("passed", "failed"))
    assert facts(passed) == {an("passed")}
    assert not facts(passed, failed)
    assert not facts(said(day("2024")), said(Literal("soon"), source="b")), "no date is a rival of a date"


def test_more_than_twice_as_many_witnesses_outweigh() -> None:
    wrong = said(day("2022-07"), source="z")
    right = [said(day("2023-07-12"), source=name) for name in "abc"]
    assert facts(*right[:2], wrong) == set()
    assert outcome(right[0], right[1], wrong) == ("Normal", "Contested")
    assert facts(*right, wrong) == {day("2023-07-12")}
    assert outcome(right[0], *right[1:], wrong) == ("Preferred", "Outweighing")
    assert outcome(wrong, *right) == ("Deprecated", "Outweighed")


def test_copies_of_one_text_are_one_witness() -> None:
    wrong = said(day("2022-07"), source="z")
    copies = [said(day("2023-07-12"), source=name, origins="wire") for name in "abcd"]
    assert not facts(*copies, wrong)


def test_origins_of_one_occasion_are_one_witness() -> None:
    rules = replace(RULES, occasions={an("wire"): an("interview"), an("report"): an("interview")})
    voices = [said(day("2023"), source="a", origins="wire"), said(day("2023"), source="b", origins="report")]
    [count] = {
        t.object
        for t in resolve(voices, rules).propositions
        if t.predicate == PACT.witnesses and t.subject == voices[0].proposition
    }
    assert count == Literal("1", datatype=XSD.integer)


def test_a_source_of_two_origins_joins_those_who_share_either() -> None:
    voices = [
        said(day("2023"), source=name, origins=origins)
        for name, origins in (("a", "x"), ("b", "x y"), ("c", "y"))
    ]
    [count] = {
        t.object
        for t in resolve(voices, RULES).propositions
        if t.predicate == PACT.witnesses and t.subject == voices[0].proposition
    }
    assert count == Literal("1", datatype=XSD.integer)


def test_coarser_dates_lend_their_witnesses() -> None:
    voices = [said(day("2023-07-12")), said(day("2023-07"), source="b"), said(day("2023"), source="c")]
    assert facts(*voices, said(day("2022"), source="z")) == {day("2023-07-12")}
    assert outcome(voices[1], voices[0], voices[2]) == ("Normal", "Coarser")
    assert outcome(voices[0], *voices[1:]) == ("Preferred", "Finest")


def test_the_narrower_place_is_the_fact() -> None:
    rules = replace(RULES, within={an("palace"): frozenset({an("city")})})
    narrow, wide = (
        said(an("palace"), predicate=PACT.signedIn),
        said(an("city"), predicate=PACT.signedIn, source="b"),
    )
    assert facts(narrow, wide, rules=rules) == {an("palace")}
    assert not facts(narrow, said(an("town"), predicate=PACT.signedIn, source="b"), rules=rules)


# Denials


def test_a_denied_month_blocks_its_days_and_no_others() -> None:
    denial = said(day("2024-05"), polarity=PACT.Denied, source="b")
    assert not facts(said(day("2024-05-27")), denial)
    assert facts(said(day("2024-06-27")), denial) == {day("2024-06-27")}
    assert facts(said(day("2024")), denial) == {day("2024")}


def test_what_was_not_so_up_to_a_day_may_be_so_later() -> None:
    signed = {"predicate": PACT.reachedStage, "subject": THE_PACT}
    denial = said(
        an("Signed"), polarity=PACT.Denied, source="b", scope=((PACT.on, day("../2024-03-21")),), **signed
    )  # type: ignore[arg-type]
    later = said(an("Signed"), scope=((PACT.on, day("2024-10-17")),), **signed)  # type: ignore[arg-type]
    sooner = said(an("Signed"), scope=((PACT.on, day("2024-03-06")),), **signed)  # type: ignore[arg-type]
    assert facts(later, denial) == {an("Signed")}
    assert not facts(sooner, denial)


def test_denials_that_outweigh_refute() -> None:
    denials = [said(day("2024-05-27"), polarity=PACT.Denied, source=name) for name in "bcd"]
    assert outcome(said(day("2024-05-27")), *denials) == ("Deprecated", "Refuted")
    assert outcome(said(day("2024-05-27")), denials[0]) == ("Normal", "Contested")


# Stages


def test_a_day_of_signing_implies_that_it_was_signed() -> None:
    stages = {
        t.object for t in resolve([said(day("2024-05-27"))], RULES).facts if t.predicate == PACT.reachedStage
    }
    assert stages == {NamedNode(f"{ONTOLOGY}Signed")}


def test_an_expected_day_implies_nothing() -> None:
    assert not resolve([said(day("2024-05-27"), modality=HOPED)], RULES).facts


# Two clocks


def days(voice: Voice, *others: Voice) -> dict[str, list[str]]:
    described = group(resolve([voice, *others], RULES).propositions)[voice.proposition]
    names = (PACT.acceptedFrom, PACT.acceptedUntil, PACT.by)
    return {n.value.removeprefix(ONTOLOGY): [v.value for v in described.get(n, [])] for n in names}


def test_a_fact_is_known_from_its_first_publication() -> None:
    early, late = (
        said(day("2024-05-27"), source=name, known=f"2024-05-{number}")
        for name, number in (("b", 28), ("a", 30))
    )
    assert days(late, early) == {"acceptedFrom": ["2024-05-28"], "acceptedUntil": [], "by": ["2024-05-27"]}


def test_dissent_ends_acceptance_and_more_witnesses_restore_it() -> None:
    first = said(day("2024-05-27"), known="2024-05-28")
    other = said(day("2024-05-26"), source="z", known="2024-05-29")
    more = [said(day("2024-05-27"), source=name, known="2024-06-01") for name in "bc"]
    assert days(first, other, *more) == {
        "acceptedFrom": ["2024-05-28", "2024-06-01"],
        "acceptedUntil": ["2024-05-29"],
        "by": ["2024-05-27"],
    }
    assert days(other, first, *more)["acceptedFrom"] == []


def test_the_finer_date_takes_over_on_its_day() -> None:
    month, exact = (
        said(day("2024-05"), known="2024-05-20"),
        said(day("2024-05-27"), source="b", known="2024-05-28"),
    )
    assert days(month, exact) == {
        "acceptedFrom": ["2024-05-20"],
        "acceptedUntil": ["2024-05-28"],
        "by": ["2024-05-31"],
    }


def test_what_has_no_date_is_so_by_the_day_on_which_it_was_first_said() -> None:
    voices = [said(an("b"), predicate=JOINED, known=f"2024-0{n}-01", source=f"s{n}") for n in (3, 2)]
    assert days(*voices)["by"] == ["2024-02-01"]


def test_many_values_stand_side_by_side() -> None:
    assert facts(said(an("a"), predicate=JOINED), said(an("b"), predicate=JOINED)) == {an("a"), an("b")}


def test_subjects_do_not_meddle() -> None:
    both = facts(said(day("2024-02-22")), said(day("2024-02-23"), subject=an("another")))
    assert both == {day("2024-02-22"), day("2024-02-23")}


# Propositions


def described(voice: Voice) -> set[tuple[NamedNode, object]]:
    return {
        (t.predicate, t.object)
        for t in resolve([voice], RULES).propositions
        if t.subject == voice.proposition
    }


def test_a_proposition_is_described_whole() -> None:
    voice = said(an("other"), predicate=JOINED, scope=((PACT.on, day("2023-07")),))
    assert described(voice) == {
        (RDF.type, PACT.Proposition),
        (RDF.subject, an("pact")),
        (RDF.predicate, JOINED),
        (RDF.object, an("other")),
        (PACT.on, day("2023-07")),
        (PACT.supportedBy, voice.claim),
        (PACT.rank, PACT.Normal),
        (PACT.reason, PACT.Unrivalled),
        (PACT.witnesses, Literal("1", datatype=XSD.integer)),
        (PACT.earliest, Literal("2023-07-01", datatype=XSD.date)),
        (PACT.latest, Literal("2023-07-31", datatype=XSD.date)),
        (PACT.by, Literal("2023-07-31", datatype=XSD.date)),
    }


@pytest.mark.parametrize(
    ("text", "bound"), [("2024-04-20/..", PACT.earliest), ("../2024-04-20", PACT.latest)]
)
def test_an_open_date_has_one_bound(text: str, bound: NamedNode) -> None:
    bounds = {
        (name, value) for name, value in described(said(day(text))) if name in (PACT.earliest, PACT.latest)
    }
    assert bounds == {(bound, Literal("2024-04-20", datatype=XSD.date))}


# Whatever is claimed

SUBJECTS = st.sampled_from([an("pact"), an("another")])
SCOPES = st.sampled_from(
    [(), ((PACT.on, day("2023")),), ((PACT.condition, an("vote")), (PACT.on, day("2024")))]
)
DATES = st.sampled_from(["2024", "2024-02", "2024-02-22", "2024-02-23", "2024-02-22~", "2024-03/.."]).map(day)
VOICES = st.builds(
    said,
    st.one_of(DATES, st.sampled_from([an("x"), an("y")])),
    subject=SUBJECTS,
    predicate=st.sampled_from([PACT.signedOn, JOINED]),
    scope=SCOPES,
    modality=st.sampled_from([PACT.Factual, PACT.Factual, HOPED]),
    polarity=st.sampled_from([PACT.Affirmed, PACT.Affirmed, PACT.Denied]),
    source=st.sampled_from("abcdef"),
    origins=st.sampled_from(["", "", "wire", "wire interview", "interview"]),
    known=st.integers(1, 28).map("2024-06-{:02}".format) | st.none(),
)
MANY = st.lists(VOICES, max_size=8)


@settings(deadline=None, max_examples=80)
@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(voices: list[Voice], chance) -> None:  # type: ignore[no-untyped-def]
    assert resolve(chance.sample(voices, len(voices)), RULES) == resolve(voices, RULES)


@settings(deadline=None, max_examples=80)
@given(MANY)
def test_no_claim_is_dropped_or_changed(voices: list[Voice]) -> None:
    before = [replace(voice) for voice in voices]
    resolution = resolve(voices, RULES)
    assert voices == before
    kept = {t.subject for t in resolution.propositions if t.object == PACT.Proposition}
    assert {voice.proposition for voice in voices} <= kept
    named = {t.object for t in resolution.propositions if t.predicate in (PACT.supportedBy, PACT.dissentedBy)}
    assert named <= {voice.claim for voice in voices}


@settings(deadline=None, max_examples=120)
@given(MANY, st.sets(st.integers(0, 7)))
def test_some_questions_are_answered_as_all_are(voices: list[Voice], chosen: set[int]) -> None:
    """What an incremental build relies on: claims on the questions asked are enough to answer them."""
    asked = {q for i in chosen if i < len(voices) for q in questions(voices[i], RULES)}
    relevant = [voice for voice in voices if asked & set(questions(voice, RULES))]
    some, whole = resolve(relevant, RULES, asked), resolve(voices, RULES, asked)
    assert some == whole
    everything = resolve(voices, RULES)
    assert set(some.facts) <= set(everything.facts) and set(some.propositions) <= set(everything.propositions)


@settings(deadline=None, max_examples=120)
@given(MANY, st.integers(1, 28))
def test_what_was_known_on_a_day_is_what_resolution_makes_of_the_sources_until_then(
    voices: list[Voice], on: int
) -> None:
    then = date(2024, 6, on)
    known = {node for node, p in group(resolve(voices, RULES).propositions).items() if _accepted(p, then)}
    earlier = group(resolve([v for v in voices if v.known and v.known <= then], RULES).propositions)
    assert known == {node for node, p in earlier.items() if _accepted(p, date.max)}


def _accepted(properties: Properties, on: date) -> bool:
    begun, ended = (
        [day for day in (date.fromisoformat(v.value) for v in properties.get(name, ())) if day <= on]
        for name in (PACT.acceptedFrom, PACT.acceptedUntil)
    )
    return bool(begun) and max(begun) > max(ended, default=date.min)


def test_rules_without_an_ontology_are_empty() -> None:
    assert read_rules({}) == Rules()
    assert not resolve([], RULES).facts
