"""From claims to facts: what supports, what blocks, and that nothing is lost or depends on order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Claim, Proposition, Term
from pactgraph.graph.codec import encode
from pactgraph.graph.nodes import group, read_triples
from pactgraph.resolution import Question, Resolution, Rules, Voice, hear, question, read_rules, resolve
from pactgraph.vocabulary import EDTF, ONTOLOGY, PACT, RDF, XSD

ROOT = Path(__file__).parents[1]
RULES = read_rules(group(read_triples(ROOT / "ontology" / "pact.ttl")))
HOPED, JOINED = NamedNode(f"{ONTOLOGY}Hoped"), NamedNode(f"{ONTOLOGY}joined")
SOLE = NamedNode(f"{ONTOLOGY}outcome")


def an(name: str) -> NamedNode:
    return NamedNode(f"https://example.org/{name}")


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
) -> Voice:
    content = Proposition(subject, predicate, value, scope)
    claim = Claim(an(source), an(f"{source}#1"), content, an("speaker"), modality, polarity)
    return Voice(claim.iri, content.iri, content, modality, polarity)


def facts(*voices: Voice) -> set[Term]:
    return {triple.object for triple in resolve(voices, RULES).facts}  # type: ignore[misc]


def supporters(resolution: Resolution) -> set[tuple[NamedNode, NamedNode]]:
    return {(t.subject, t.object) for t in resolution.propositions if t.predicate == PACT.supportedBy}  # type: ignore[misc]


# The rules come from the ontology


def test_the_ontology_says_what_supports_and_what_is_single() -> None:
    assert {PACT.signedOn, PACT.heldOn, SOLE} <= RULES.single_valued
    assert JOINED not in RULES.single_valued
    assert PACT.Factual in RULES.supporting and HOPED not in RULES.supporting


def test_a_claim_is_heard_as_it_is_encoded() -> None:
    claim = Claim(an("a"), an("a#1"), Proposition(an("pact"), PACT.signedOn, day("2024")), an("speaker"))
    [(node, properties)] = group(encode(claim)).items()
    assert hear(node, properties) == said(day("2024"))


# What supports a fact


def test_a_factual_claim_makes_a_fact() -> None:
    assert resolve([said(day("2024-05-27"))], RULES).facts == (
        Triple(an("pact"), PACT.signedOn, day("2024-05-27")),
    )


def test_a_hope_makes_none() -> None:
    hope = said(day("2024-05-27"), modality=HOPED)
    assert not facts(hope)
    assert not supporters(resolve([hope], RULES))


def test_a_denial_makes_none_and_blocks() -> None:
    denial = said(day("2024-05-27"), polarity=PACT.Denied, source="b")
    assert not facts(denial)
    assert not facts(denial, said(day("2024-05-27")))
    assert not supporters(resolve([denial, said(day("2024-05-27"))], RULES))


def test_a_hoped_for_denial_does_not_block() -> None:
    denial = said(day("2024-05-27"), polarity=PACT.Denied, modality=HOPED, source="b")
    assert facts(denial, said(day("2024-05-27"))) == {day("2024-05-27")}


def test_a_condition_blocks() -> None:
    assert not facts(said(day("2024-05-27"), scope=((PACT.condition, an("vote")),)))


def test_a_day_in_scope_does_not_block() -> None:
    assert facts(said(an("other"), predicate=JOINED, scope=((PACT.on, day("2023")),))) == {an("other")}


def test_every_supporter_is_named() -> None:
    voices = [said(day("2024"), source=name) for name in "abc"]
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


def test_many_values_stand_side_by_side() -> None:
    assert facts(said(an("a"), predicate=JOINED), said(an("b"), predicate=JOINED)) == {an("a"), an("b")}


def test_subjects_do_not_meddle() -> None:
    both = facts(said(day("2024-02-22")), said(day("2024-02-23"), subject=an("another")))
    assert both == {day("2024-02-22"), day("2024-02-23")}


# Propositions


def described(voice: Voice) -> set[tuple[NamedNode, object]]:
    return {(t.predicate, t.object) for t in resolve([voice], RULES).propositions}


def test_a_proposition_is_described_whole() -> None:
    voice = said(an("other"), predicate=JOINED, scope=((PACT.on, day("2023-07")),))
    assert described(voice) == {
        (RDF.type, PACT.Proposition),
        (RDF.subject, an("pact")),
        (RDF.predicate, JOINED),
        (RDF.object, an("other")),
        (PACT.on, day("2023-07")),
        (PACT.supportedBy, voice.claim),
        (PACT.earliest, Literal("2023-07-01", datatype=XSD.date)),
        (PACT.latest, Literal("2023-07-31", datatype=XSD.date)),
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
    source=st.sampled_from("abc"),
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
    assert kept == {voice.proposition for voice in voices}
    assert {claim for _, claim in supporters(resolution)} <= {voice.claim for voice in voices}
    assert {t.object for t in resolution.facts} <= {voice.content.object for voice in voices}


@settings(deadline=None, max_examples=120)
@given(MANY, st.sets(st.integers(0, 7)))
def test_some_questions_are_answered_as_all_are(voices: list[Voice], chosen: set[int]) -> None:
    """What an incremental build relies on: claims on the questions asked are enough to answer them."""
    asked = {question(voices[i].content, RULES) for i in chosen if i < len(voices)}
    some = resolve([voice for voice in voices if question(voice.content, RULES) in asked], RULES)
    whole = resolve(voices, RULES)
    nodes = {voice.proposition for voice in voices if question(voice.content, RULES) in asked}
    assert some.facts == tuple(t for t in whole.facts if _question_of(t) in asked)
    assert some.propositions == tuple(t for t in whole.propositions if t.subject in nodes)


def _question_of(fact: Triple) -> Question:
    assert isinstance(fact.subject, NamedNode) and isinstance(fact.object, NamedNode | Literal)
    return question(Proposition(fact.subject, fact.predicate, fact.object), RULES)


def test_rules_without_an_ontology_are_empty() -> None:
    assert read_rules({}) == Rules(frozenset(), frozenset())
    assert not resolve([], RULES).facts
