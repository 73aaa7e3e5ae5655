"""Sentences that two texts have in common, though a word be changed here and there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from pactgraph.passage import Span

_END: Final = re.compile(r"(?:[.!?…]+[\"”’»)]*[ \t]+(?=[^\s\w]*[A-Z\u0400-\u042f\u00c0-\u00de0-9])|\n+)")
_WORD: Final = re.compile(r"\w+")
_QUOTED: Final = re.compile(r"“[^“”\n]+”|„[^„“”\n]+[“”]|«[^«»\n]+»|\"[^\"\n]+\"")
_LEAST: Final = 6
"""Words of a sentence that is looked at; shorter ones are alike by chance."""
_RUN: Final = 3
"""Words of a run; sentences are compared that have a quarter of their runs in common."""
_COMMON: Final = 200
"""A run that stands in more sentences than this says nothing about any of them."""
_LOCATOR: Final = 4
_ALIKE: Final = 80.0
"""The percentage of letters, in order, that two sentences share."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: where it stands, its words without case and marks, and whether most of it is quoted.

    Its `opening` is at most four words as they are printed, by which people find it.
    """

    span: Span
    words: str
    quoted: bool
    opening: str

    @property
    def length(self) -> int:
        """How many words it has."""
        return self.words.count(" ") + 1


@dataclass(frozen=True, slots=True)
class Pair:
    """The same sentence at two places."""

    one: Sentence
    other: Sentence


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text that are long enough to be told apart, in order."""
    quotes = [Span(*found.span()) for found in _QUOTED.finditer(text)]
    spans = (_trimmed(text, start, end) for start, end in _cuts(text))
    found = (_sentence(text, span, quotes) for span in spans if span)
    return [sentence for sentence in found if sentence.length >= _LEAST]


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in (found.end() for found in _END.finditer(text)):
        yield start, end
        start = end
    yield start, len(text)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    last = start + len(words.rstrip())
    return Span(first, last) if first < last else None


def _sentence(text: str, span: Span, quotes: Iterable[Span]) -> Sentence:
    words = " ".join(_WORD.findall(span.of(text).casefold()))
    inside = sum(max(0, min(span.end, q.end) - max(span.start, q.start)) for q in quotes)
    return Sentence(span, words, 2 * inside > len(span), opening(span.of(text)))


def opening(printed: str) -> str:
    """The first words of a stretch: a locator, no more than four."""
    return " ".join(printed.split()[:_LOCATOR])


def alike(
    texts: Mapping[NamedNode, Sequence[Sentence]],
) -> dict[tuple[NamedNode, NamedNode], list[Pair]]:
    """The sentences that two texts share, for each two that share any, in the order of `texts`.

    Letters are compared in order (Indel similarity); a word put in or left out does not matter, other words do.
    """
    places: dict[str, list[tuple[int, NamedNode, Sentence]]] = defaultdict(list)
    for nth, (text, found) in enumerate(texts.items()):
        for sentence in found:
            places[sentence.words].append((nth, text, sentence))
    shared: dict[tuple[NamedNode, NamedNode], list[Pair]] = defaultdict(list)
    for one, other in _near(list(places)):
        for first, text, sentence in places[one]:
            for second, beside, likewise in places[other]:
                if first < second:
                    shared[text, beside].append(Pair(sentence, likewise))
                elif second < first and one != other:
                    shared[beside, text].append(Pair(likewise, sentence))
    return dict(shared)


def _near(known: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each sentence with itself and with those that are like it."""
    from rapidfuzz import fuzz

    runs = [_runs(words) for words in known]
    index: dict[str, list[int]] = defaultdict(list)
    for nth, words in enumerate(known):
        yield words, words
        beside = Counter(other for run in runs[nth] for other in index[run] if len(index[run]) <= _COMMON)
        for other, common in sorted(beside.items()):
            enough = 4 * common >= min(len(runs[nth]), len(runs[other]))
            if enough and fuzz.ratio(words, known[other], score_cutoff=_ALIKE):
                yield known[other], words
        for run in runs[nth]:
            index[run].append(nth)


def _runs(words: str) -> frozenset[str]:
    split = words.split()
    return frozenset(" ".join(split[nth : nth + _RUN]) for nth in range(len(split) - _RUN + 1))
