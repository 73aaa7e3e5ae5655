"""Texts, spans, boundaries and what becomes of a passage."""

from __future__ import annotations

import json
import pickle
import re
import time
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from unicodedata import combining, decomposition, normalize

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from pactgraph.errors import BAD_INPUT, EncodingFault, PassageFault, SyntaxFault
from pactgraph.passage import (
    Fault,
    Passage,
    Span,
    Status,
    Text,
    boundary,
    decode,
    describe,
    fault,
    find_bounded,
    find_words,
    locate,
    normal_words,
    normalise,
    parse_position,
    prove,
    read,
    write_position,
)

SHARED = Path(__file__).parents[2] / "shared"

ANY = st.text(st.characters(codec="utf-8"), max_size=60)
LENGTHENED = st.text(
    st.sampled_from("aeo \r\n\u0301\u0308\u0323\u0958\u212b각ᄀ\u1161\u11a8\ufeffі\u0456🇺🇦👩\u200d"),
    max_size=40,
)


def text_of(words: str) -> Text:
    return normalise(words, name="notes")


# --- text -------------------------------------------------------------------------------------------------


def test_a_text_in_normal_form_is_itself() -> None:
    text = text_of("Угода — done, 61 €.\n")
    assert text.normal == text.raw
    assert [text.to_file(n) for n in range(len(text.raw) + 1)] == list(range(len(text.raw) + 1))


def test_normal_form_drops_the_mark_joins_lines_and_composes() -> None:
    text = decode("\ufeffCafe\u0301\r\nopen\rlate".encode(), name="notes")
    assert text.normal == "Café\nopen\nlate"
    assert text.sha256 == sha256("Café\nopen\nlate".encode()).hexdigest()


def test_offsets_lead_to_the_file_and_back() -> None:
    text = decode("\ufeffCafe\u0301\r\nopen".encode())
    assert [text.to_file(n) for n in (0, 3, 4, 5)] == [1, 4, 6, 8]
    assert [text.from_file(n) for n in (0, 1, 4, 5, 6, 7, 8)] == [0, 0, 3, 3, 4, 4, 5]
    assert text.to_byte(5) == len("\ufeffCafe\u0301\r\n".encode())


@pytest.mark.parametrize("offset", [-1, 5])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(IndexError, match="0 to 4"):
        text_of("four").to_file(offset)


@pytest.mark.parametrize(
    ("data", "offset", "line"),
    [(b"one\ntwo\xff", 7, 2), (b"\xed\xa0\x80", 0, 1), (b"a\r\nb\rc\n\xc3", 7, 4), (b"\xc0\xaf", 0, 1)],
)
def test_what_is_not_utf8_is_refused_with_its_place(data: bytes, offset: int, line: int) -> None:
    with pytest.raises(EncodingFault, match=f"notes:{line}: not UTF-8 at byte {offset}") as caught:
        decode(data, name="notes")
    assert (caught.value.offset, caught.value.line, caught.value.exit_code) == (offset, line, BAD_INPUT)


def test_a_lone_surrogate_in_a_string_is_refused() -> None:
    with pytest.raises(EncodingFault, match="code point 2"):
        normalise("a\n\ud800")


def test_a_file_is_named_after_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"words\r\n")
    assert read(path).name == str(path)
    assert read(path, name="source").name == "source"
    assert read(path).normal == "words\n"


def test_composition_never_reaches_over_a_cluster() -> None:
    """What the map of offsets rests on, for every code point of this Python."""
    cluster = regex.compile(r"\X")
    for letter in map(chr, range(0x110000)):
        if combining(letter):
            assert cluster.fullmatch("a" + letter)
        parts = decomposition(letter).split()
        if len(parts) > 1 and not parts[0].startswith("<"):
            assert cluster.fullmatch("".join(chr(int(part, 16)) for part in parts))


@settings(deadline=None, max_examples=400)
@given(ANY | LENGTHENED)
def test_the_map_is_monotone_and_returns(raw: str) -> None:
    text = text_of(raw)
    there = [text.to_file(n) for n in range(len(text.normal) + 1)]
    back = [text.from_file(n) for n in range(len(raw) + 1)]
    assert there == sorted(there)
    assert back == sorted(back)
    assert (there[-1], back[-1]) == (len(raw), len(text.normal)) or raw == "\ufeff"
    inside = {n for seam in text.seams for n in range(seam.start + 1, seam.end)}
    assert all(back[there[n]] == n for n in range(len(there)) if n not in inside)


@settings(deadline=None, max_examples=400)
@given(ANY | LENGTHENED, st.data())
def test_a_slice_of_the_file_normalises_to_the_slice_of_the_text(raw: str, data: st.DataObject) -> None:
    text = text_of(raw)
    edges = [0, *(found.end() for found in regex.finditer(r"\X", text.normal))]
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    part = raw[text.to_file(start) : text.to_file(end)]
    assert normalize("NFC", re.sub("\r\n?", "\n", part)) == text.normal[start:end]


# --- span -------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_a_position_reads_back(start: int, length: int) -> None:
    span = Span(start, start + length)
    assert parse_position(write_position(span)) == span
    assert str(span) == f"char={start},{start + length}"


@pytest.mark.parametrize(
    "position", ["", "char=1", "char=,5", "line=1,2", "char=1,2;length=9", "char=-1,2", "char=١,٢"]
)
def test_another_form_of_position_is_refused(position: str) -> None:
    with pytest.raises(SyntaxFault):
        parse_position(position)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_an_empty_or_backward_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(PassageFault):
        Span(start, end)


# --- boundary ---------------------------------------------------------------------------------------------


def marked(words: str) -> tuple[str, Span]:
    """The text and the span that ⟦ and ⟧ enclose."""
    start, end = words.index("⟦"), words.index("⟧") - 1
    return words.replace("⟦", "").replace("⟧", ""), Span(start, end)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("worth 1.⟦5 billion⟧ euros", Fault.NUMBER),
        ("worth ⟦1.5 billion⟧ euros", None),
        ("worth ⟦1.5⟧ billion euros", Fault.NUMBER),
        ("the ⟦61⟧.5 paid", Fault.NUMBER),
        ("the 1,0⟦61⟧ paid", Fault.NUMBER),
        ("the 1,⟦061⟧ paid", Fault.NUMBER),
        ("the 1\u00a0⟦061⟧ paid", Fault.NUMBER),
        ("the 50 ⟦000⟧ paid", Fault.NUMBER),
        ("the $⟦61⟧ paid", Fault.NUMBER),
        ("the US⟦$61⟧ paid", Fault.NUMBER),
        ("about ⟦61⟧% of it", Fault.NUMBER),
        ("in 2023⟦-24⟧ it", Fault.NUMBER),
        ("in ⟦2023⟧-24 it", Fault.NUMBER),
        ("between 10–⟦15⟧ of them", Fault.NUMBER),
        ("at ⟦10⟧:30 sharp", Fault.NUMBER),
        ("in mid-⟦2024⟧ they", Fault.NUMBER),
        ("an F-⟦16⟧ landed", Fault.NUMBER),
        ("fell by -⟦5⟧ points", Fault.NUMBER),
        ("twenty-⟦nine⟧ states", Fault.NUMBER),
        ("⟦nine⟧ million people", Fault.NUMBER),
        ("⟦nine⟧ states", None),
        ("a ⟦10⟧-year pact", None),
        ("the deal—⟦32 members⟧—holds", None),
        ("un⟦signed⟧ paper", Fault.WORD),
        ("⟦sign⟧ed paper", Fault.WORD),
        ("a ⟦signed⟧ paper", None),
        ("п'⟦ять⟧ держав", Fault.WORD),
        ("без⟦печна⟧ угода", Fault.WORD),
        ("⟦безпечна⟧ угода", None),
        ("caf⟦é⟧s", Fault.WORD),
        ("⟦Nordic⟧-Baltic talks", None),
        ("Nordic-⟦Baltic⟧ talks", None),
        ("an ex-⟦minister⟧ spoke", Fault.WORD),
        ("a non-⟦member⟧ spoke", Fault.WORD),
        ("a UN-⟦brokered⟧ pact", None),
        ("⟦Ruritania⟧'s pact", None),
        ("⟦Ruritania⟧’s pact", None),
        ("⟦don⟧'t sign", Fault.WORD),
        ("o⟦\U0001f1fa⟧\U0001f1e6 a", Fault.BLANK),
        ("⟦so \U0001f1fa⟧\U0001f1e6 a", Fault.CHARACTER),
        ("⟦x⟧\u0323 a", Fault.CHARACTER),
        ("⟦they sign … tomorrow⟧", Fault.ELLIPSIS),
        ("⟦they sign... tomorrow⟧", Fault.ELLIPSIS),
        ("⟦they sign [...] tomorrow⟧", Fault.ELLIPSIS),
        ("⟦they sign [ … ] tomorrow⟧", Fault.ELLIPSIS),
        ("⟦they sign . . . tomorrow⟧", Fault.ELLIPSIS),
        ("⟦they will sign…⟧ one day", None),
        ("⟦they will [not] sign⟧", Fault.BRACKET),
        ("they will [not ⟦sign⟧ ever]", Fault.BRACKET),
        ("they [may] ⟦sign⟧ [it]", None),
        ("⟦they (all) sign⟧", None),
        ("a ⟦, ⟧ b", Fault.BLANK),
    ],
)
def test_a_passage_cuts_nothing_and_runs_over_nothing(words: str, verdict: Fault | None) -> None:
    assert fault(*marked(words)) is verdict


@pytest.mark.parametrize(
    "words", ["$61.5", "$610", "US$61", "$61bn", "$61 billion", "$10-$61", "$61%", "[$61]"]
)
def test_an_amount_is_not_found_in_another(words: str) -> None:
    assert find_bounded(f"They pay {words} now.", "$61") == []


@pytest.mark.parametrize("words", ["$61", "($61)", "“$61”", "$61.", "$61, then", "$61-a-year"])
def test_an_amount_is_found_whole(words: str) -> None:
    text = f"They pay {words} now."
    assert [span.of(text) for span in find_bounded(text, "$61")] == ["$61"]


@pytest.mark.parametrize(
    ("text", "needle", "ignore_case", "found"),
    [
        ("Nordic-Baltic and Nordic", "Nordic", False, ["Nordic", "Nordic"]),
        ("the “new\u00a0 deal”", '"new deal"', False, ["“new\u00a0 deal”"]),
        ("п’ять держав", "п'ять", False, ["п’ять"]),
        ("УГОДА й угода", "угода", True, ["УГОДА", "угода"]),
        ("the US told us", "US", False, ["US"]),
        ("new\ndeal", "new deal", False, ["new\ndeal"]),
        ("new\n\ndeal", "new deal", False, []),
        ("so so so", "so so", False, ["so so", "so so"]),
        ("cafe\u0301", " café ", False, []),
        ("café", "cafe\u0301", False, ["café"]),
        ("a.b axb", "a.b", False, ["a.b"]),
        ("word", " ", False, []),
        ("", "word", False, []),
    ],
)
def test_a_printed_form_is_found_by_whole_words(
    text: str, needle: str, ignore_case: bool, found: list[str]
) -> None:
    assert [span.of(text) for span in find_bounded(text, needle, ignore_case=ignore_case)] == found


@given(
    st.text("aAiİıIkK\u212asSſß'ʼ’- .d1", max_size=12),
    st.text("aAiİıIkK\u212asSſß'ʼ’- .d1", max_size=4),
    st.booleans(),
)
def test_no_name_is_overlooked_for_its_case_or_quotes(text: str, name: str, any_case: bool) -> None:
    normal = normalise(text).normal
    found = {str(span) for span in find_bounded(normal, name, ignore_case=any_case)}
    pattern = boundary._pattern(name, any_case)
    spans = [Span(*match.span(1)) for match in pattern.finditer(normal) if name.strip()]
    assert found == {str(span) for span in spans if fault(normal, span) is None}


def test_a_limited_search_still_sees_what_surrounds_it() -> None:
    text = "unsigned, signed and signed"
    assert find_bounded(text, "signed", within=Span(0, 8)) == []
    assert find_bounded(text, "signed", within=Span(2, 16)) == [Span(10, 16)]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Signed on 12 May, and signed on 12 May 1938", "signed on 12 May", ["Signed on 12 May", "signed on 12 May"]),
        ("pays £2.5 billion a year", "pays £2.5", ["pays £2.5"]),
        ("the agreement [with Klow] holds", "agreement with Klow", []),
        ("he [Kraft] went", "(Kraft)", []),
        ("he (Kraft) went", "he (Kraft)", ["he (Kraft)"]),
        ("unsigned", "signed", []),
        ("signed\u00a0 on\nMonday", "signed on Monday", ["signed\u00a0 on\nMonday"]),
        ("п’ять ДЕРЖАВ", "п'ять держав", ["п’ять ДЕРЖАВ"]),
        ("cafe\u0301", "café", []),
        ("anything", " ", []),
    ],
)  # fmt: skip
def test_words_are_found_whole_whatever_is_around_them(text: str, words: str, found: list[str]) -> None:
    assert [span.of(text) for span in find_words(text, words)] == found


def test_words_have_one_normal_form() -> None:
    assert normal_words(" cafe\u0301 \n at\u00a0noon ") == "café at noon"
    assert normal_words(" ") == ""


@settings(deadline=None, max_examples=300)
@given(st.text("ab1. ,-$%'’[]…éї\u0301🇺", max_size=30), st.data())
def test_no_passage_cuts_digits_or_letters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    end = data.draw(st.integers(start + 1, max(start + 1, len(text))))
    if end <= len(text) and fault(text, Span(start, end)) is None:
        around = (text[max(0, start - 1) : start + 1], text[end - 1 : end + 1])
        assert not any(len(pair) == 2 and pair.isalnum() for pair in around)
        assert "[" not in text[start:end]


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1 111 ", "1-", "$", "a$", "[", "a ... ", ". ", "1 bn", "\u0301", "'s"]
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    text = "a" + piece * (50_000 // len(piece))
    begun = time.perf_counter()
    fault(text, Span(0, len(text)))
    find_bounded(text, piece)
    find_words(text, piece)
    assert time.perf_counter() - begun < 2


# --- describe, locate, prove --------------------------------------------------------------------------------

NOTES = text_of(
    "Two states met on Monday. “We sign the pact in May,” the minister said.\n"
    "The pact is worth $61 million a year. It runs for ten years.\n"
)


def passage(words: str, text: Text = NOTES) -> Passage:
    start = text.normal.index(words)
    return describe(text, start, start + len(words))


def test_a_passage_keeps_digest_and_locator_but_not_its_words() -> None:
    described = passage("“We sign the pact in May,”")
    assert described.sha256 == sha256("“We sign the pact in May,”".encode()).hexdigest()
    assert described.fragment is not None
    assert described.fragment.start == "We sign"
    assert described.fragment.end == "in May"


def test_a_passage_is_verified_where_it_stood() -> None:
    kept = passage("worth $61 million a year")
    assert locate(NOTES, kept).status is Status.VERIFIED
    assert prove(NOTES, kept) == kept.span


@pytest.mark.parametrize("words", ["“We sign the pact in May,”", "worth $61 million a year", "(pact)", "Two"])
@pytest.mark.parametrize("with_fragment", [True, False])
def test_a_moved_passage_is_found(words: str, with_fragment: bool) -> None:
    old = text_of(f"{NOTES.normal}(pact)")
    kept = passage(words, old)
    kept = kept if with_fragment else replace(kept, fragment=None)
    new = text_of(f"A correction stands here now.\n{old.normal}")
    placement = locate(new, kept)
    assert placement.status is Status.MOVED
    assert placement.span is not None
    assert placement.span.of(new.normal) == words


def test_of_several_places_the_nearest_comes_first() -> None:
    kept = Passage(Span(40, 45), sha256(b"aloud").hexdigest())
    text = text_of("aloud, then " + "x " * 16 + "aloud, aloud")
    assert locate(text, kept).places == (Span(44, 49), Span(51, 56), Span(0, 5))


def test_a_changed_passage_is_found_by_its_locator() -> None:
    kept = passage("We sign the pact in May")
    text = text_of(NOTES.normal.replace("the pact in May", "that pact early in May"))
    placement = locate(text, kept)
    assert placement.status is Status.CHANGED
    assert placement.span is not None
    assert placement.span.of(text.normal) == "We sign that pact early in May"


def test_a_passage_may_be_gone_or_unchecked() -> None:
    kept = passage("We sign the pact in May")
    assert locate(text_of("Nothing of it is left."), kept).status is Status.GONE
    assert locate(text_of(""), replace(kept, fragment=None)).status is Status.GONE
    assert locate(None, kept).status is Status.UNCHECKED
    assert locate(None, kept).span is None


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (0, 999, "the text ends at"),
        (9, 9, "ends after it starts"),
        (9, 4, "ends after it starts"),
        (-1, 4, "starts at 0"),
        (0, 6, "inside a character"),
    ],
)
def test_bad_offsets_are_refused_with_evidence(start: int, end: int, reason: str) -> None:
    with pytest.raises(PassageFault, match=reason) as caught:
        describe(text_of("Hi \U0001f469\u200d\U0001f680\u200d\U0001f469 there"), start, end)
    assert (caught.value.where, caught.value.start, caught.value.end) == ("notes", start, end)
    assert caught.value.exit_code == BAD_INPUT


def test_a_digest_mismatch_names_source_offsets_and_words() -> None:
    kept = replace(passage("We sign the pact in May"), sha256="0" * 64)
    with pytest.raises(
        PassageFault, match=r"notes: char=27,50 near “.*We sign the pact.*another digest"
    ) as caught:
        prove(NOTES, kept)
    assert "We sign" in (caught.value.context or "")


def test_faults_travel_between_processes() -> None:
    for error in (PassageFault("off", start=1, end=2, where="notes"), EncodingFault("bad", offset=3, line=4)):
        copy = pickle.loads(pickle.dumps(error))
        assert (str(copy), vars(copy)) == (str(error), vars(error))


@settings(deadline=None, max_examples=300)
@given(st.text("ab Xї,.“”-\n🇺🇦é1", min_size=1, max_size=80), st.text("ab ї.\n", max_size=20), st.data())
def test_described_passages_are_located_after_an_insertion(
    words: str, before: str, data: st.DataObject
) -> None:
    text = text_of(words)
    edges = [0, *(found.end() for found in regex.finditer(r"\X", text.normal))]
    start = data.draw(st.sampled_from(edges[:-1]))
    end = data.draw(st.sampled_from([edge for edge in edges if edge > start]))
    kept = describe(text, start, end)
    assert locate(text, kept).status is Status.VERIFIED
    later = text_of(f"{before}\n{words}")
    placement = locate(later, kept)
    if fault(text.normal, kept.span) is None and not kept.span.of(text.normal)[0].isspace():
        assert placement.status in (Status.VERIFIED, Status.MOVED)
    if placement.status in (Status.VERIFIED, Status.MOVED):
        assert placement.span is not None
        assert placement.span.of(later.normal) == kept.span.of(text.normal)


def test_a_hundred_moved_passages_in_a_long_text_take_under_a_second_or_so() -> None:
    sentence = (
        "In year {0} party {0} and party {1} agreed on article {2} of the {0}th pact, said the office.\n"
    )
    long = text_of("".join(sentence.format(n, n * 7 % 101, n * 13 % 997) for n in range(2_100)))
    kept = [describe(long, *hit.span()) for hit in list(re.finditer("year .* pact", long.normal))[::20][:100]]
    moved = text_of(f"A correction.\n{long.normal}")
    begun = time.perf_counter()
    assert [locate(moved, one).status for one in kept] == [Status.MOVED] * 100
    assert time.perf_counter() - begun < 4


@pytest.mark.skipif(not SHARED.exists(), reason="the seed texts are not at hand")
def test_every_gold_span_is_a_passage_with_a_locator() -> None:
    texts = {path.name: read(path) for path in (SHARED / "seeds").glob("*.txt")}
    for line in (SHARED / "gold" / "seeds.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        text = texts[claim["doc"]]
        for evidence in claim["evidence"]:
            start, end = text.from_file(evidence["start"]), text.from_file(evidence["end"])
            kept = describe(text, start, end)
            assert fault(text.normal, kept.span) is None
            assert kept.fragment is not None
            assert locate(text, kept).status is Status.VERIFIED
