"""Claims and propositions: what names them, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BaseDirection, Literal, NamedNode

from pactgraph.claim import Claim, Proposition, Term, term_key
from pactgraph.vocabulary import EDTF, PACT, XSD


def an(name: str) -> NamedNode:
    return NamedNode(f"https://example.org/{name}")


SAID = Proposition(
    an("pact"), PACT.signedOn, Literal("2024-05-27", datatype=EDTF), ((PACT.on, Literal("2024")),)
)
CLAIM = Claim(an("source"), an("source#char=0,9"), SAID, an("speaker"))

NAMING = {
    "source": an("other"),
    "passage": an("source#char=9,12"),
    "speaker": an("else"),
    "modality": an("Hoped"),
    "polarity": PACT.Denied,
    "proposition": replace(SAID, subject=an("another")),
}
TELLING = {
    "quotation": an("Direct"),
    "as_printed": "27 May",
    "stated_on": "2024-05-28",
    "flags": (an("flag"),),
    "also_at": (an("source#char=20,30"),),
    "resolved_from": (an("source#char=40,50"),),
    "recorded_by": an("run"),
    "rule": "sign 1",
    "confidence": "0.9",
    "revises": an("claim"),
}


@pytest.mark.parametrize("part", NAMING)
def test_a_claim_is_named_by_what_it_says_and_who_says_it_where(part: str) -> None:
    assert replace(CLAIM, **{part: NAMING[part]}).iri != CLAIM.iri


@pytest.mark.parametrize("part", TELLING)
def test_nothing_else_names_a_claim(part: str) -> None:
    assert replace(CLAIM, **{part: TELLING[part]}).iri == CLAIM.iri


def test_the_parts_of_a_claim_are_those_two_lists() -> None:
    assert {*NAMING, *TELLING} == set(Claim.__dataclass_fields__)


CHANGED = {
    "subject": an("another"),
    "predicate": PACT.expectedSigning,
    "object": Literal("2024-05", datatype=EDTF),
    "scope": (),
}


@pytest.mark.parametrize("part", CHANGED)
def test_a_proposition_is_named_by_all_its_parts(part: str) -> None:
    assert replace(SAID, **{part: CHANGED[part]}).iri != SAID.iri


def test_the_parts_of_a_proposition_are_that_list() -> None:
    assert set(CHANGED) == set(Proposition.__dataclass_fields__)


SCOPE: tuple[tuple[NamedNode, Term], ...] = (
    (PACT.on, Literal("2024", datatype=EDTF)),
    (PACT.condition, an("vote")),
    (PACT.howMany, Literal("1", datatype=XSD.integer)),
)


@settings(deadline=None, max_examples=30)
@given(st.permutations([*SCOPE, SCOPE[0]]))
def test_scope_has_no_order_and_nothing_twice(scope: list[tuple[NamedNode, Term]]) -> None:
    shuffled, plain = replace(SAID, scope=tuple(scope)), replace(SAID, scope=SCOPE)
    assert shuffled == plain
    assert shuffled.iri == plain.iri


@settings(deadline=None, max_examples=20)
@given(st.permutations([an("a"), an("b"), an("a")]))
def test_flags_and_further_passages_have_no_order(nodes: list[NamedNode]) -> None:
    for part in ("flags", "also_at", "resolved_from"):
        assert replace(CLAIM, **{part: tuple(nodes)}) == replace(CLAIM, **{part: (an("a"), an("b"))})


TERMS = st.one_of(
    st.text(max_size=6).map(lambda text: Literal(text)),
    st.text('"@^<>\\\n en', max_size=8).map(lambda text: Literal(text)),
    st.tuples(st.text('"@\\\n', max_size=4), st.sampled_from(["en", "de-at"])).map(
        lambda pair: Literal(pair[0], language=pair[1])
    ),
    st.tuples(st.text('"@\\\n1', max_size=4), st.sampled_from([EDTF, XSD.integer])).map(
        lambda pair: Literal(pair[0], datatype=pair[1])
    ),
    st.text("ab/", max_size=4).map(an),
)


@settings(deadline=None, max_examples=200)
@given(TERMS, TERMS)
def test_a_key_tells_a_term_from_every_other_on_one_line(one: Term, other: Term) -> None:
    assert (term_key(one) == term_key(other)) == (one == other)
    assert "\n" not in term_key(one)


def test_the_direction_of_a_text_belongs_to_its_key() -> None:
    tagged = [
        Literal("x", language="ar", direction=way) for way in (None, BaseDirection.LTR, BaseDirection.RTL)
    ]
    assert [term_key(term) for term in tagged] == ['"x"@ar', '"x"@ar--ltr', '"x"@ar--rtl']


def test_the_hashes_are_the_same_everywhere_and_for_ever() -> None:
    assert SAID.iri.value.rpartition("/")[2] == "f46eff176ab8cae6cf1f"
    assert CLAIM.iri.value.rpartition("/")[2] == "e97d571e0680966fd66a"
