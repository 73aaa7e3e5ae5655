"""URL text fragments: the directive, what it finds, and the shortest one for a passage."""

from __future__ import annotations

import random
import re
import time

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from pactgraph.errors import SyntaxFault, UsageError
from pactgraph.passage import (
    Span,
    TextFragment,
    describe,
    from_link,
    link,
    make,
    matches,
    normalise,
    parse,
    write,
)
from pactgraph.passage.breaks import words

TERM = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
MAYBE = st.none() | TERM
FRAGMENT = st.builds(TextFragment, TERM, MAYBE, MAYBE, MAYBE)
WORDS = "the pact the pact a-b R&D 1,000 «угода» п'ять 🇺🇦 “new” café State's signed. x_y (so) $61 % …"
WORD = st.sampled_from(WORDS.split())
PROSE = st.lists(WORD | st.sampled_from(["\n", "\u00a0", "."]), min_size=1, max_size=40).map(" ".join)


def found(text: str, *terms: str | None) -> list[str]:
    return [span.of(text) for span in matches(text, TextFragment(*terms))]  # type: ignore[arg-type]


# --- the directive ------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=500)
@given(FRAGMENT)
def test_a_directive_reads_back(fragment: TextFragment) -> None:
    assert parse(write(fragment)) == fragment
    assert re.fullmatch(r"text=([a-zA-Z0-9!$'()*+./:;=?@_~,-]|%[0-9A-F]{2})+", write(fragment))


def test_hyphen_comma_and_ampersand_are_encoded_and_explicit_characters_are_not() -> None:
    assert write(TextFragment("a-b, c & d")) == "text=a%2Db%2C%20c%20%26%20d"
    assert str(TextFragment("!$'()*+./:;=?@_~")) == "text=!$'()*+./:;=?@_~"
    assert write(TextFragment("ї", "é", "“", "%")) == "text=%E2%80%9C-,%D1%97,%C3%A9,-%25"


@pytest.mark.parametrize(
    ("directive", "fragment"),
    [
        ("text=foo", TextFragment("foo")),
        ("text=foo,bar", TextFragment("foo", "bar")),
        ("text=pre-,foo", TextFragment("foo", prefix="pre")),
        ("text=foo,-suf", TextFragment("foo", suffix="suf")),
        ("text=pre-,foo,bar,-suf", TextFragment("foo", "bar", "pre", "suf")),
        ("text=%FF", TextFragment("\ufffd")),
    ],
)
def test_a_directive_is_parsed_as_the_draft_does(directive: str, fragment: TextFragment) -> None:
    assert parse(directive) == fragment


@pytest.mark.parametrize(
    "value",
    [
        "",
        "-",
        "a-",
        "-a",
        "-a-",
        "a,b,c",
        "p-,a,b,c,-s",
        "a,",
        ",a",
        "p-,,b",
        "a-b",
        "p-,-s",
        "p-p-,a",
        "a,b-c",
        "a,--s",
    ],
)
def test_what_the_draft_refuses_is_refused(value: str) -> None:
    with pytest.raises(SyntaxFault):
        parse(f"text={value}")


def test_only_one_text_directive_is_parsed() -> None:
    for directive in ("foo", "text=a&text=b"):
        with pytest.raises(SyntaxFault):
            parse(directive)


def test_an_empty_term_is_refused() -> None:
    with pytest.raises(UsageError):
        TextFragment("a", suffix="")


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/b?c=d", "https://a.example/b?c=d#:~:text=foo"),
        ("https://a.example/b#id", "https://a.example/b#id:~:text=foo"),
        ("https://a.example/b#id:~:text=old", "https://a.example/b#id:~:text=foo"),
    ],
)
def test_a_link_keeps_the_id(url: str, linked: str) -> None:
    assert link(url, TextFragment("foo")) == linked
    assert from_link(linked) == [TextFragment("foo")]


def test_unknown_and_malformed_directives_of_a_link_are_passed_over() -> None:
    assert from_link("https://a.example/#:~:text=a&new=1&text=,&text=b,c") == [
        TextFragment("a"),
        TextFragment("b", "c"),
    ]
    assert from_link("https://a.example/") == []


# --- what it finds ------------------------------------------------------------------------------------------


def test_every_match_is_returned() -> None:
    assert matches("so it is, so it is", TextFragment("so it")) == [Span(0, 5), Span(10, 15)]


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("An impressive mountain range", ("mountain range",), ["mountain range"]),
        ("An impressive mountain ranger", ("mountain range",), []),
        ("color orange", ("range",), []),
        ("The\nquick brown\nlazy dog", ("The quick",), []),
        ("The quick\nbrown lazy dog", ("The quick", "lazy dog"), ["The quick\nbrown lazy dog"]),
        ("THE  Quick\u00a0 fox", ("the quick fox",), ["THE  Quick\u00a0 fox"]),
        ("Café ‘open’", ("cafe 'open'",), ["Café ‘open’"]),
        ("an example text", ("an example", None, None, "text"), ["an example"]),
        ("is an example text", ("an example", None, "this is"), []),
        ("HEADER\nText to quote", ("Text to quote", None, "header"), ["Text to quote"]),
        ("Text to quote\nfooter", ("Text", "quote", None, "footer"), ["Text to quote"]),
        ("a one b two a one c", ("a", "one", None, "c"), ["a one b two a one", "a one"]),
        ("a x b x b y", ("a", "b", None, "y"), ["a x b x b"]),
        ("Balance: 123,456 $", ("12", None, "Balance:", "3,456"), ["12"]),
        ("Balance: 123,456 $", ("12", "456", "Balance:"), []),
        ("one two", ("two", "one"), []),
        ("one", ("one", None, None, "two"), []),
        ("Straße", ("strasse",), ["Straße"]),
        ("aß", ("as",), []),
        ("soft\u00adly", ("softly",), ["soft\u00adly"]),
        ("a", ("\u0301",), []),
        ("a b", ("b", None, "\u0301"), []),
        ("a b", ("a", None, None, "\u0301"), []),
        ("", ("a",), []),
    ],
)
def test_a_fragment_finds_what_the_draft_says(
    text: str, terms: tuple[str | None, ...], expected: list[str]
) -> None:
    assert found(text, *terms) == expected


def first_by_the_draft(text: str, sought: TextFragment) -> tuple[int, int] | None:
    """The draft's own steps, on blocks of plain words parted by single spaces; slow and literal."""

    def find(query: str, low: int, at_start: bool, at_end: bool, here: bool) -> int | None:
        for start in range(low, low + 1 if here else len(text)):
            whole = (not at_start or cut(start)) and (not at_end or cut(start + len(query)))
            if whole and "\n" not in query and text.startswith(query, start):
                return start
        return None

    def cut(place: int) -> bool:
        return not (0 < place < len(text) and text[place - 1 : place + 1].isalnum())

    def skip(place: int) -> int:
        while text[place : place + 1].isspace():
            place += 1
        return place

    low = 0
    while low < len(text):
        loose = sought.end is None and sought.suffix is not None
        if sought.prefix is not None:
            before = find(sought.prefix, low, True, False, False)
            if before is None:
                return None
            low = before + 1
            start = find(sought.start, skip(before + len(sought.prefix)), False, not loose, True)
            if start is None:
                continue
        else:
            start = find(sought.start, low, True, not loose, False)
            if start is None:
                return None
            low = start + 1
        end = start + len(sought.start)
        while True:
            if sought.end is not None:
                tail = find(sought.end, end, True, sought.suffix is None, False)
                if tail is None:
                    return None
                end = tail + len(sought.end)
            if sought.suffix is None or find(sought.suffix, skip(end), False, True, True) is not None:
                return start, end
            if sought.end is None:
                break
    return None


PLAIN = st.lists(st.sampled_from(["a", "b", "ab", "ba", "\n"]), min_size=1, max_size=16)
BLOCKS = PLAIN.map(lambda pieces: "\n".join(" ".join(line.split()) for line in " ".join(pieces).split("\n")))
FEW = st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=2).map(" ".join)


@settings(deadline=None, max_examples=500)
@given(BLOCKS, st.builds(TextFragment, FEW, st.none() | FEW, st.none() | FEW, st.none() | FEW))
def test_the_first_match_is_the_one_of_the_draft(text: str, fragment: TextFragment) -> None:
    spans = matches(text, fragment)
    assert [(span.start, span.end) for span in spans] == sorted((span.start, span.end) for span in spans)
    assert ((spans[0].start, spans[0].end) if spans else None) == first_by_the_draft(text, fragment)


# --- the shortest one ---------------------------------------------------------------------------------------


def made(text: str, passage: str, nth: int = 0) -> TextFragment | None:
    start = [hit.start() for hit in re.finditer(re.escape(passage), text)][nth]
    return make(text, start, start + len(passage))


@pytest.mark.parametrize(
    ("text", "passage", "nth", "fragment"),
    [
        ("They signed it today.", "signed it", 0, TextFragment("signed it")),
        ("One two three four five six.", "“", -1, None),
        ("a b c d e f g h", "b c d e f g", 0, TextFragment("b c", "f g")),
        ("red pact, blue pact", "pact", 1, TextFragment("pact", prefix="blue")),
        ("pact one, pact two", "pact", 1, TextFragment("pact", suffix="two")),
        ("old (new deal) old", "(new deal)", 0, TextFragment("new deal")),
        ("The State's pact and the State", "State", 0, TextFragment("State", suffix="'s")),
        ("Title\npact\nTitle two\npact", "pact", 1, TextFragment("pact", prefix="two")),
        ("the end.\nA new one", "end.\nA", 0, TextFragment("end", "A")),
        ("a a a a a a a a a a a a a", "a a", 5, None),
    ],
)
def test_the_shortest_fragment_is_made(
    text: str, passage: str, nth: int, fragment: TextFragment | None
) -> None:
    if nth < 0:
        assert make(text + " “ ”", len(text) + 1, len(text) + 2) is fragment
    else:
        assert made(text, passage, nth) == fragment


def test_few_words_are_quoted() -> None:
    text = " ".join(f"w{n}" for n in range(60))
    fragment = made(text, " ".join(f"w{n}" for n in range(5, 50)))
    assert fragment == TextFragment("w5 w6", "w48 w49")


def bare(passage: str) -> str:
    return regex.sub(r"^[\p{P}\p{Z}\p{C}]+|[\p{P}\p{Z}\p{C}]+$", "", passage)


def words_of(term: str | None) -> int:
    return len(words(term)) if term else 0


@settings(deadline=None, max_examples=400)
@given(PROSE, st.data())
def test_a_made_fragment_finds_its_passage_and_nothing_else(prose: str, data: st.DataObject) -> None:
    text = normalise(prose).normal
    edges = sorted({0, len(text), *(edge for word in words(text) for edge in word)})
    start = data.draw(st.sampled_from(edges[:-1]))
    end = data.draw(st.sampled_from([edge for edge in edges if edge > start]))
    fragment = make(text, start, end)
    if fragment is None:
        return
    (span,) = matches(text, fragment)
    assert bare(span.of(text)) == bare(text[start:end])
    assert start <= span.start < span.end <= end
    assert parse(write(fragment)) == fragment
    limits = zip((fragment.start, fragment.end, fragment.prefix, fragment.suffix), (4, 4, 3, 3), strict=True)
    assert all(words_of(term) <= limit for term, limit in limits)


def test_a_thousand_quotes_of_varied_prose_are_all_found() -> None:
    chance = random.Random(7)
    pool = f"{WORDS} state-run said, on. (of) a in and mid-2024 – — State’s".split()
    lines = [
        " ".join(chance.choice(pool) + chance.choice(["", "", str(n)]) for _ in range(14)) for n in range(150)
    ]
    text = normalise("\n".join(lines))
    every = words(text.normal)
    made_count = 0
    for _ in range(1_000):
        first = chance.randrange(len(every) - 40)
        start, end = every[first][0], every[first + chance.randrange(4, 40)][1]
        fragment = describe(text, start, end).fragment
        if fragment is not None:
            made_count += 1
            assert [(span.start, span.end) for span in matches(text.normal, fragment)] == [(start, end)]
            assert parse(write(fragment)) == fragment
    assert made_count >= 990


def test_a_dozen_passages_of_an_article_are_described_in_little_time() -> None:
    text = normalise(
        "".join(f"On day {n} the parties met in room {n % 7} and spoke of pact {n}.\n" for n in range(85))
    )
    spans = [hit.span() for hit in re.finditer(r"On day .*", text.normal)][::7][:12]
    begun = time.perf_counter()
    assert all(describe(text, start, end).fragment for start, end in spans)
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize("piece", ["a ", "ab", "a\n", "\u0301", ". ", "ß", "\u00a0"])
def test_hostile_texts_take_linear_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    begun = time.perf_counter()
    matches(text, TextFragment("a", "a", suffix="b"))
    matches(text, TextFragment("a", prefix="a"))
    assert time.perf_counter() - begun < 2
