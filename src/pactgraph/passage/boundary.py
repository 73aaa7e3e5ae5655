"""What a passage may not cut through or run over, and where a short printed form stands whole."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from unicodedata import normalize

from pactgraph.errors import PassageFault
from pactgraph.passage.breaks import BREAK, INSIDE_NUMBER, breaks, character_breaks, word_breaks
from pactgraph.passage.span import Span, context

_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.|\[\s*(?:…|\.\s?\.\s?\.)\s*\]")
_BRACKETED = re.compile(r"\[[^\[\]\n]*\]")
_SPACE = r"(?:[^\S\n]+(?:\n[^\S\n]*)?|\n[^\S\n]*)"
_WORD = re.compile(r"[^\W_ʼ]+")
_DOTS = {ord("İ"): "i", ord("ı"): "i"}
"""`re` holds them for `i`, as casefolding does not."""
_FOLDS = ("'’‘ʼ‛`´", '"“”„‟«»', "-‐‑")


class Fault(StrEnum):
    """Why a span is no passage, in words for the person who chose it."""

    BLANK = "holds no word"
    CHARACTER = "starts or ends inside a character"
    NUMBER = "starts or ends inside a number"
    WORD = "starts or ends inside a word"
    ELLIPSIS = "runs across an ellipsis"
    BRACKET = "runs over an editorial bracket"


def check_inside(text: str, span: Span, *, where: str | None = None) -> None:
    """Raises PassageFault when the span ends past the text or cuts a grapheme cluster.

    https://www.w3.org/TR/annotation-model/#text-position-selector: a selection should not cut a grapheme
    cluster.
    """
    if span.end > len(text):
        _refuse(
            text,
            span,
            f"the text ends at {len(text)}",
            where,
            "Take the offsets from the text's normal form.",
        )
    if _cut(text, span) is Fault.CHARACTER:
        _refuse(text, span, f"it {Fault.CHARACTER}", where, "Move its start or end to a whole character.")


def _refuse(text: str, span: Span, message: str, where: str | None, hint: str) -> None:
    near = context(text, span)
    raise PassageFault(message, start=span.start, end=span.end, where=where, context=near, hint=hint)


def fault(text: str, span: Span) -> Fault | None:
    """The first rule a span of `text` breaks, or None; see `breaks` for what a word and a number are.

    An ellipsis may stand at either end of a passage, not between its words. Nothing in square brackets is the
    source's own word, so a passage neither holds nor lies in them; round brackets are as good as any words.
    """
    words = span.of(text)
    wordy = [nth for nth, character in enumerate(words) if character.isalnum()]
    if not wordy:
        return Fault.BLANK
    return _cut(text, span) or _run_over(words, wordy[0], wordy[-1]) or _bracketed(text, span, words)


def find_bounded(
    text: str, needle: str, *, ignore_case: bool = False, within: Span | None = None
) -> list[Span]:
    """Every place, in order, where a short printed form stands in `text` as a passage might: `fault` finds
    nothing.

    So `$61` is not in `$61.5`, `$610`, `US$61`, `$61bn` or `$61 billion`, and `61` is not in `$61` or `61%`,
    but `north` is in `north-south` and a name is in its possessive. Runs of white space are alike (not
    across a blank line), as are straight and curly quotes and the hyphens. `within` limits the places, not
    what surrounds them.
    """
    if not needle.strip() or _longest_word(needle) not in _folded(text):
        return []
    start, end = (within.start, within.end) if within else (0, len(text))
    places = (Span(*found.span(1)) for found in _pattern(needle, ignore_case).finditer(text, start, end))
    return [span for span in places if fault(text, span) is None]


def find_words(text: str, words: str) -> list[Span]:
    """Every place, in order, where words stand whole in `text`, in any case, whatever else is around them.

    This is less than `find_bounded` asks, which is for what a passage may be: here `£2.5` is in `£2.5 billion`.
    White space, quotes and hyphens are alike as there.
    """
    if not words.strip() or _longest_word(words) not in _folded(text):
        return []
    whole = word_breaks(text)
    places = (Span(*found.span(1)) for found in _pattern(words, ignore_case=True).finditer(text))
    return [span for span in places if whole[span.start] and whole[span.end]]


@lru_cache(maxsize=16)
def _folded(text: str) -> str:
    """A text in which letters that a search takes for one another are one: most names are not in it at all."""
    return text.translate(_DOTS).casefold()


@lru_cache(maxsize=16384)
def _longest_word(needle: str) -> str:
    """The longest stretch of letters and digits that stands in every match, as `_folded` has it."""
    return max(_WORD.findall(_folded(normalize("NFC", needle))), key=len, default="")


@lru_cache(maxsize=4096)
def _pattern(needle: str, ignore_case: bool) -> re.Pattern[str]:
    form = _SPACE.join(map(_piece, normalize("NFC", needle).split()))
    return re.compile(f"(?=({form}))", re.IGNORECASE if ignore_case else 0)


def _piece(word: str) -> str:
    return "".join(
        next((f"[{fold}]" for fold in _FOLDS if letter in fold), re.escape(letter)) for letter in word
    )


def _cut(text: str, span: Span) -> Fault | None:
    edges = (span.start, span.end)
    whole = character_breaks(text)
    if not all(whole[edge] for edge in edges):
        return Fault.CHARACTER
    kinds = {breaks(text)[edge] for edge in edges} - {BREAK}
    if INSIDE_NUMBER in kinds:
        return Fault.NUMBER
    return Fault.WORD if kinds else None


def _run_over(words: str, first: int, last: int) -> Fault | None:
    across = any(first < gap.start() and gap.end() <= last for gap in _ELLIPSIS.finditer(words))
    return Fault.ELLIPSIS if across else None


def _bracketed(text: str, span: Span, words: str) -> Fault | None:
    opened = text.rfind("[", 0, span.start)
    around = _BRACKETED.match(text, opened) if opened >= 0 else None
    lies_in = around is not None and around.end() > span.start
    return Fault.BRACKET if lies_in or "[" in words or "]" in words else None
