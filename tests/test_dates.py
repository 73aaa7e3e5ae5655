"""Dates keep their precision; they are compared by it, said by it, and read back from words."""

from __future__ import annotations

import warnings
from datetime import date, timedelta
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactgraph.dates import Edtf, finer, overlap, parse, precedes, readings, say, say_duration
from pactgraph.errors import BadInput

YEARS = st.integers(1000, 9998).map(str)
MONTHS = st.integers(1, 12).map("{:02}".format)
DAYS = st.dates(date(1000, 1, 1), date(9990, 12, 31)).map(date.isoformat)
PLAIN = st.one_of(
    YEARS,
    st.tuples(YEARS, MONTHS).map("-".join),
    DAYS,
    st.integers(100, 998).map("{}X".format),
    st.integers(10, 98).map("{}XX".format),
    YEARS.map("{}-XX".format),
    YEARS.map("{}-XX-XX".format),
    st.tuples(YEARS, MONTHS).map("-".join).map("{}-XX".format),
)
SEASONS = st.tuples(YEARS, st.sampled_from(["21", "22", "23", "24"])).map("-".join)
MOMENTS = st.tuples(st.one_of(PLAIN, SEASONS), st.sampled_from(["", "", "~", "?", "%"])).map("".join)


def closed(pair: tuple[str, str]) -> str:
    return "/".join(sorted(pair, key=lambda text: parse(text).first or date.min))


TEXTS = st.one_of(
    MOMENTS,
    st.tuples(MOMENTS, MOMENTS).map(closed).filter(lambda text: _reads(text)),
    MOMENTS.map("{}/..".format),
    MOMENTS.map("{}/".format),
    MOMENTS.map("../{}".format),
    MOMENTS.map("/{}".format),
)
DATES = TEXTS.map(parse)


def _reads(text: str) -> bool:
    try:
        parse(text)
    except BadInput:
        return False
    return True


@pytest.fixture(scope="module")
def oracle() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("edtf")


# Reading EDTF


@settings(deadline=None, max_examples=150)
@given(
    text=st.one_of(
        PLAIN, st.tuples(PLAIN, st.sampled_from("~?%")).map("".join), st.tuples(DAYS, DAYS).map(closed)
    )
)
def test_the_bounds_are_those_of_the_edtf_library(text: str, oracle: ModuleType) -> None:
    """Seasons are left out: the library gives winter one month, we give it three; open ends it counts in years."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = oracle.parse_edtf(text)
    ours = parse(text)
    assert ours.first == date(*theirs.lower_strict()[:3])
    assert ours.last == date(*theirs.upper_strict()[:3])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-21", "2024-03-01", "2024-05-31"),
        ("2024-22", "2024-06-01", "2024-08-31"),
        ("2024-23", "2024-09-01", "2024-11-30"),
        ("2024-24", "2024-12-01", "2025-02-28"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("000X", "0001-01-01", "0009-12-31"),
    ],
)
def test_seasons_last_three_months(text: str, first: str, last: str) -> None:
    assert (str(parse(text).first), str(parse(text).last)) == (first, last)


@pytest.mark.parametrize(
    "text",
    "2024-13 2024-00 2024-02-30 2023-02-29 2024-04-31 2024-21-03 2024-XX-12 2X24 X024 202X-05 XXXX 24 2024-5 20245 "
    "2024-05-27T10:00 2024-1X May ../.. / /.. 2024/2023 2024-06/2024-05 2024//2025 2024-05~-27 ~2024 2024?? 0000 "
    "9999-24 ２０２４ 2024\n".split(" "),
)
def test_what_is_no_date_of_ours_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse(text)
    assert repr(text).strip("'")[:4] in str(refused.value)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2024", "year"),
        ("202X", "year"),
        ("2024-XX", "year"),
        ("2024-XX-XX~", "year"),
        ("2024-05", "month"),
        ("2024-22", "month"),
        ("2024-05-XX", "month"),
        ("2024-05-27?", "day"),
    ],
)
def test_precision_is_that_of_the_digits_that_are_given(text: str, precision: str) -> None:
    moment = parse(text).start
    assert moment is not None and moment.precision == precision


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_a_date_keeps_its_text(text: str) -> None:
    assert str(parse(text)) == text
    assert parse(text).is_interval == ("/" in text)


def test_open_ends_have_no_day() -> None:
    assert parse("2024-04-20/..").last is None and parse("/2024").first is None


# Comparing


@pytest.mark.parametrize(
    ("one", "other"),
    [("2024-05", "2024-05-27"), ("2024", "2024-05~"), ("2024-04-20~", "2024-04-23"), ("2024-05/..", "2030")],
)
def test_a_coarse_date_does_not_exclude_a_fine_one(one: str, other: str) -> None:
    assert overlap(parse(one), parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024-02-22", "2024-02-23"),
        ("2024-04-20~", "2024-04-24"),
        ("2024-05/..", "2024-04"),
        ("../2023", "2024"),
    ],
)
def test_dates_that_share_no_day_exclude_each_other(one: str, other: str) -> None:
    assert not overlap(parse(one), parse(other))


@settings(deadline=None, max_examples=150)
@given(DATES, DATES)
def test_overlap_is_symmetric_and_reflexive(one: Edtf, other: Edtf) -> None:
    assert overlap(one, one)
    assert overlap(one, other) == overlap(other, one)


@settings(deadline=None, max_examples=150)
@given(DATES, DATES)
def test_of_two_dates_one_precedes_or_they_overlap(one: Edtf, other: Edtf) -> None:
    assert precedes(one, other) + precedes(other, one) + overlap(one, other) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("2023", "2024-01-01"), ("2024-21", "2024-06"), ("../2023", "2024"), ("2024-04~", "2024-06-01")],
)
def test_a_date_precedes_another_when_all_its_days_do(one: str, other: str) -> None:
    assert precedes(parse(one), parse(other)) and not precedes(parse(other), parse(one))


@settings(deadline=None, max_examples=150)
@given(DATES, DATES, DATES)
def test_finer_is_a_strict_order(one: Edtf, other: Edtf, third: Edtf) -> None:
    assert not finer(one, one)
    assert not (finer(one, other) and finer(other, one))
    assert not (finer(one, other) and finer(other, third)) or finer(one, third)


@pytest.mark.parametrize(
    ("fine", "coarse"),
    [
        ("2024-05-27", "2024-05"),
        ("2024-05", "2024"),
        ("2024", "2024/2025"),
        ("2024-04-20", "2024-04-20?"),
        ("2024-04-20", "2024-04-20~"),
        ("2024", "2024/.."),
        ("2024-05-XX~", "2024-XX~"),
    ],
)
def test_fewer_days_and_fewer_doubts_are_finer(fine: str, coarse: str) -> None:
    assert finer(parse(fine), parse(coarse)) and not finer(parse(coarse), parse(fine))


def test_about_reaches_no_further_than_time_does() -> None:
    assert overlap(parse("0001-01-01~"), parse("0001-01-03")) and overlap(
        parse("9999-12-31~"), parse("9999~")
    )


# Saying


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-05-27", "27 May 2024"),
        ("2024-05", "May 2024"),
        ("2024", "2024"),
        ("2024-22", "summer 2024"),
        ("2024-23", "autumn 2024"),
        ("202X", "the 2020s"),
        ("2024-XX", "a month in 2024"),
        ("2024-05-XX", "a day in May 2024"),
        ("2024-XX-XX", "a day in 2024"),
        ("2024-04-20~", "about 20 April 2024"),
        ("2024-05?", "perhaps May 2024"),
        ("2024%", "perhaps about 2024"),
        ("2024-04-22/2024-04-28", "22–28 April 2024"),
        ("2024-04-30/2024-05-02", "30 April – 2 May 2024"),
        ("2023-12-30/2024-01-02", "30 December 2023 – 2 January 2024"),
        ("2023-05-27/2024-05-27", "27 May 2023 – 27 May 2024"),
        ("2024-05/2024-06", "May–June 2024"),
        ("2023-11/2024-01", "November 2023 – January 2024"),
        ("2024-21/2024-22", "spring–summer 2024"),
        ("2023/2024", "2023–2024"),
        ("2024/2024-05", "2024 – May 2024"),
        ("2024-05~/2024-06~", "about May–June 2024"),
        ("2024-05~/2024-06", "about May 2024 – June 2024"),
        ("2024-05-01/2024-05-01", "1 May 2024"),
        ("../2024-07-15", "by 15 July 2024"),
        ("/2024", "by 2024"),
        ("2024-04-20/..", "from 20 April 2024 on"),
        ("2024-04-20/", "from 20 April 2024 on"),
    ],
)
def test_dates_are_said_as_a_person_would(text: str, said: str) -> None:
    assert say(parse(text)) == said


@settings(deadline=None, max_examples=100)
@given(DATES)
def test_every_date_can_be_said(when: Edtf) -> None:
    said = say(when)
    assert said and said == said.strip() and "X" not in said and "/" not in said


RECENT = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@settings(deadline=None, max_examples=100)
@given(RECENT, RECENT, st.sampled_from(["{:%Y}", "{:%Y-%m}", "{:%Y-%m-%d}"]))
def test_a_plain_date_that_is_said_is_read_back(when: date, written: date, form: str) -> None:
    text = form.format(when)
    assert text in readings(say(parse(text)), written)


@settings(deadline=None, max_examples=100)
@given(RECENT, RECENT, RECENT, st.sampled_from(["{:%Y}", "{:%Y-%m}"]))
def test_a_span_of_months_or_years_that_is_said_is_read_back(
    one: date, two: date, written: date, form: str
) -> None:
    ends = sorted({form.format(one), form.format(two)})
    assert "/".join(ends) in readings(say(parse("/".join(ends))), written)


@settings(deadline=None, max_examples=60)
@given(st.integers(2000, 2030), st.integers(1, 12), st.integers(1, 27), RECENT)
def test_a_span_of_days_in_one_month_is_read_back(year: int, month: int, day: int, written: date) -> None:
    text = f"{year}-{month:02}-{day:02}/{year}-{month:02}-{day + 1:02}"
    assert text in readings(say(parse(text)), written)


# Reading words

APRIL = date(2024, 4, 20)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("July 12, 2023", {"2023-07-12"}),
        ("12 July", {"2024-07-12"}),
        ("the 12th of July 2023", {"2023-07-12"}),
        ("NOVEMBER 3", {"2023-11-03"}),
        ("Nov. 3", {"2023-11-03"}),
        ("Sept 5, 2023", {"2023-09-05"}),
        ("2024-05-27", {"2024-05-27"}),
        ("last July", {"2023-07"}),
        ("last March", {"2024-03", "2023-03"}),
        ("next March", {"2025-03"}),
        ("this December", {"2024-12"}),
        ("July", {"2023-07", "2024-07"}),
        ("April", {"2024-04"}),
        ("early May 2024", {"2024-05"}),
        ("last week", {"2024-04-08/2024-04-14"}),
        ("this week", {"2024-04-15/2024-04-21"}),
        ("next month", {"2024-05"}),
        ("last year", {"2023"}),
        ("yesterday", {"2024-04-19"}),
        ("Tomorrow", {"2024-04-21"}),
        ("on Friday", {"2024-04-19", "2024-04-26"}),
        ("on Saturday", {"2024-04-20"}),
        ("summer 2024", {"2024-22"}),
        ("in the fall", {"2023-23", "2024-23", "2025-23"}),
        ("in the 2020s", {"202X"}),
        ("2023–2024", {"2023", "2024", "2023/2024"}),
        ("22–28 April 2024", {"2024-04-22", "2024-04-28", "2024-04-22/2024-04-28"}),
        ("29 February", {"2024-02-29"}),
    ],
)
def test_words_are_read_from_the_day_of_writing(printed: str, meant: set[str]) -> None:
    assert readings(printed, APRIL) == meant


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("May-June", "2024-05/2024-06"),
        ("between May and June 2024", "2024-05/2024-06"),
        ("from November to January 2024", "2023-11/2024-01"),
        ("November 2023 until January", "2023-11/2024-01"),
        ("from January through March", "2024-01/2024-03"),
    ],
)
def test_two_months_make_a_span(printed: str, meant: str) -> None:
    assert meant in readings(printed, APRIL)


@pytest.mark.parametrize(
    "printed",
    [
        "they may sign",
        "7 may follow",
        "to march on",
        "30 February",
        "2024-02-30",
        "a decree",
        "May4",
        "12,000",
    ],
)
def test_what_is_no_date_is_not_read(printed: str) -> None:
    assert not readings(printed, APRIL)


def test_a_month_at_the_start_of_a_sentence_is_a_month() -> None:
    assert "2024-03" in readings("March brought talks", APRIL)


def test_a_number_is_not_read_in_part() -> None:
    assert readings("In July 12,000 came", APRIL) == readings("July", APRIL)


def test_a_leap_day_without_a_year_is_the_nearest_one() -> None:
    assert readings("29 February", date(2025, 3, 1)) == {"2024-02-29"}
    assert readings("February 29", date(2023, 3, 1)) == {"2024-02-29"}


@settings(deadline=None, max_examples=60)
@given(RECENT, RECENT)
def test_a_day_without_a_year_is_at_most_half_a_year_off(when: date, written: date) -> None:
    found = {date.fromisoformat(text) for text in readings(f"{when.day} {when:%B}", written)}
    near = timedelta(183 if (when.month, when.day) != (2, 29) else 4 * 366)
    assert found and all((day.month, day.day) == (when.month, when.day) for day in found)
    assert all(abs(day - written) <= near for day in found)


WORDS = st.sampled_from(
    "May March july last next this week month year 5 12 31 2023 2024-05-27 2024-02-31 – - and to , spring Friday "
    "today Feb. Nov 1999 2020s of 29 February 0 00 May-June".split()
)


@settings(deadline=None, max_examples=150)
@given(st.lists(WORDS, max_size=7).map(" ".join), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_reading_is_a_date(printed: str, written: date) -> None:
    for reading in readings(printed, written):
        parse(reading)


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        ("P10Y", "10 years"),
        ("P1Y", "1 year"),
        ("P1Y6M", "1 year and 6 months"),
        ("P6M", "6 months"),
        ("PT1H", "PT1H"),
    ],
)
def test_durations_are_said_in_words(duration: str, expected: str) -> None:
    assert say_duration(duration) == expected
