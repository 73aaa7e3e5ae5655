"""Printed numbers and money: every value that the words can stand for, and no other."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactgraph.quantities import currencies, numbers


def values(*given: str) -> set[Decimal]:
    return {Decimal(text) for text in given}


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("$38 billion", {"38000000000"}),
        ("€1.5 bn", {"1500000000"}),
        ("US$61", {"61"}),
        ("61b", {"61000000000"}),
        ("$2m-worth", {"2000000"}),
        ("1,061", {"1061"}),
        ("1,061,500.25", {"1061500.25"}),
        ("0.25%", {"0.25"}),
        ("7 more", {"7"}),
        ("5 kilometres, 6 beds", {"5", "6"}),
        ("3rd", {"3"}),
        ("third", {"3"}),
        ("thirtieth", {"30"}),
        ("Twenty-ninth", {"29"}),
        ("nine", {"9"}),
        ("Twenty-nine", {"29"}),
        ("nineteen of twenty", {"19", "20"}),
        ("three hundred", {"300"}),
        ("two hundred and five thousand", {"205000"}),
        ("six million", {"6000000"}),
        ("zero", {"0"}),
        ("the 10-year pact", {"10"}),
    ],
)
def test_words_and_figures_give_their_number(printed: str, meant: set[str]) -> None:
    assert numbers(printed) == values(*meant)


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("5 to 7 billion", "5000000000", "7000000000"),
        ("$5–$7 billion", "5000000000", "7000000000"),
        ("1.5-2 million", "1500000", "2000000"),
        ("between 20 and 30", "20", "30"),
        ("three or four", "3", "4"),
    ],
)
def test_a_range_gives_both_ends(printed: str, low: str, high: str) -> None:
    assert values(low, high) <= numbers(printed)


@pytest.mark.parametrize(
    "printed", ["", "none", "often", "someone", "1,0612", "20.04.2024", "v1.2.3", "weighty", "x7"]
)
def test_what_is_no_number_or_only_part_of_one_gives_none(printed: str) -> None:
    assert not numbers(printed)


def test_a_scale_is_a_word_of_its_own() -> None:
    assert numbers("5 men") == values("5")
    assert numbers("4 mnemonic") == values("4")


AMOUNTS = st.decimals(0, 10**9, places=2).map(lambda value: value.normalize())
STYLES: list[Callable[[Decimal], str]] = [
    lambda value: f"{value:f}",
    lambda value: f"{value:,f}",
    lambda value: f"${value:,f}",
    lambda value: f"about €{value:f}, it is said",
    lambda value: f"{value:f}%",
    lambda value: f"({value:,f})",
    lambda value: f"{value:f}-odd",
]


@settings(deadline=None, max_examples=120)
@given(AMOUNTS, st.sampled_from(STYLES))
def test_a_number_in_any_style_is_found(value: Decimal, style: Callable[[Decimal], str]) -> None:
    assert numbers(style(value)) == {value}


@settings(deadline=None, max_examples=80)
@given(
    st.decimals(0, 999, places=1),
    st.sampled_from([("thousand", 3), ("million", 6), ("bn", 9), ("billion", 9), ("trillion", 12)]),
    st.sampled_from(["{} {}", "${} {}", "{}-{}", "{}{} a year"]),
)
def test_scale_words_apply(value: Decimal, scale: tuple[str, int], style: str) -> None:
    word, zeros = scale
    assert numbers(style.format(value, word)) == {value * 10**zeros}


UNITS = "one two three four five six seven eight nine".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(TENS), st.sampled_from(UNITS), st.sampled_from("- "))
def test_number_words_below_a_hundred(tens: str, unit: str, joint: str) -> None:
    value = (TENS.index(tens) + 2) * 10 + UNITS.index(unit) + 1
    assert numbers(f"{tens}{joint}{unit}") == {Decimal(value)}


def test_no_number_passes_through_a_float() -> None:
    assert str(*numbers("0.10")) == "0.10"
    assert all(isinstance(value, Decimal) for value in numbers("5 to 7 billion, nine, 3rd, 0.1"))


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("$5", {"USD", "CAD"}),
        ("5 dollars", {"USD", "CAD"}),
        ("US$5", {"USD"}),
        ("U.S. dollars", {"USD"}),
        ("C$5", {"CAD"}),
        ("Canadian dollars", {"CAD"}),
        ("A$5", {"AUD"}),
        ("NZ$5", {"NZD"}),
        ("5 Icelandic kronas", {"ISK"}),
        ("5 Danish kroner", {"DKK"}),
        ("5 trillion won", {"KRW"}),
        ("€5 or £5", {"EUR", "GBP"}),
        ("10 euros", {"EUR"}),
        ("5 kroner", {"NOK", "DKK"}),
        ("Norwegian krone", {"NOK"}),
        ("5 kronor", {"SEK"}),
        ("CHF 5", {"CHF"}),
        ("5 apples", set()),
    ],
)
def test_signs_and_words_of_currencies(printed: str, codes: set[str]) -> None:
    assert currencies(printed) == codes
