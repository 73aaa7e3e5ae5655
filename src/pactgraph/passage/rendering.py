"""What a text fragment finds in a text, as a browser finds it in the rendered page.

https://wicg.github.io/scroll-to-text-fragment/#finding-ranges-in-a-document, with each line of the text a
block. Letters are compared at the primary level of https://www.unicode.org/reports/tr10/ or wider: case,
accents and other marks, soft hyphens and the shape of quotes do not count. A wider comparison finds more, so
that what is unique here is unique to a stricter reader; and every match is returned, where a browser stops at
the first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, normalize

from pactgraph.passage.breaks import word_breaks
from pactgraph.passage.fragment import TextFragment
from pactgraph.passage.span import Span

_QUOTES = str.maketrans("’‘‛ʼ`´“”„‟«»", "''''''\"\"\"\"\"\"")


def matches(text: str, fragment: TextFragment) -> list[Span]:
    """Every span of `text` that the fragment means, in order of their starts."""
    page = render(text)
    return [page.span(start, end) for start, end in page.find(fragment)]


@dataclass(frozen=True, slots=True)
class Page:
    """A text as it is searched: `folded` is what is compared, `origin[i]` where its i-th code point stands in
    the text.

    Blocks are parted by one newline, words within a block by one space. Places are offsets in `folded`.
    """

    folded: str
    origin: list[int]
    word_breaks: bytes

    def find(self, fragment: TextFragment) -> Iterator[tuple[int, int]]:
        """Start and end of every match.

        https://wicg.github.io/scroll-to-text-fragment/#find-a-range-from-a-text-directive
        """
        heads = self._heads(fragment)
        if fragment.end is None:
            yield from (head for head in heads if self._followed(head[1], fragment.suffix))
            return
        tails: Iterator[tuple[int, int]] | None = None
        tail = (-1, -1)
        for start, end in heads:
            tails = tails or self._tails(fragment.end, fragment.suffix, end)
            while tail[0] < end:
                if (tail := next(tails, None) or (-1, -1))[0] < 0:
                    return
            yield start, tail[1]

    def occurrences(
        self, term: str, *, whole_start: bool, whole_end: bool, since: int = 0
    ) -> Iterator[tuple[int, int]]:
        """Start and end of every occurrence of a term from a place on, cutting no word where it is to be whole.

        https://wicg.github.io/scroll-to-text-fragment/#find-a-string-in-range
        """
        query = fold_term(term)
        start = self.folded.find(query, since) if query else -1
        while start >= 0:
            end = start + len(query)
            if self._may_cut(start, whole_start) and self._may_cut(end, whole_end):
                yield start, end
            start = self.folded.find(query, start + 1)

    def span(self, start: int, end: int) -> Span:
        """The span of the text that two places enclose."""
        return Span(self.origin[start], self.origin[end])

    def place(self, offset: int) -> int:
        """The first place at or after an offset of the text."""
        return bisect_left(self.origin, offset)

    def _heads(self, fragment: TextFragment) -> Iterator[tuple[int, int]]:
        whole_end = fragment.end is not None or fragment.suffix is None
        if fragment.prefix is None:
            yield from self.occurrences(fragment.start, whole_start=True, whole_end=whole_end)
            return
        query = fold_term(fragment.start)
        for _, before in self.occurrences(fragment.prefix, whole_start=True, whole_end=False):
            start = self._skip_space(before)
            if query and self._stands_at(start, query) and self._may_cut(start + len(query), whole_end):
                yield start, start + len(query)

    def _tails(self, end: str, suffix: str | None, since: int) -> Iterator[tuple[int, int]]:
        found = self.occurrences(end, whole_start=True, whole_end=suffix is None, since=since)
        return (tail for tail in found if self._followed(tail[1], suffix))

    def _followed(self, place: int, suffix: str | None) -> bool:
        if suffix is None:
            return True
        start, query = self._skip_space(place), fold_term(suffix)
        return bool(query) and self._stands_at(start, query) and self._may_cut(start + len(query), True)

    def _stands_at(self, place: int, query: str) -> bool:
        return self.folded.startswith(query, place) and self._may_cut(place, False)

    def _skip_space(self, place: int) -> int:
        return place + self.folded[place : place + 1].isspace()

    def _may_cut(self, place: int, whole: bool) -> bool:
        """Not between two code points that one letter was folded to; at a word boundary, if `whole`."""
        offset = self.origin[place]
        between = place == 0 or self.origin[place - 1] != offset
        return between and (not whole or bool(self.word_breaks[offset]))


@lru_cache(maxsize=8)
def render(text: str) -> Page:
    """The page of a text."""
    folds = {letter: _fold(letter) for letter in set(text)}
    pieces: list[str] = []
    origin: list[int] = []
    for offset, letter in enumerate(text):
        piece = folds[letter]
        if piece.isspace() and pieces and pieces[-1].isspace():
            pieces[-1] = min(pieces[-1], piece)
        elif piece:
            pieces.append(piece)
            origin.extend([offset] * len(piece))
    return Page("".join(pieces), [*origin, len(text)], word_breaks(text))


@lru_cache(maxsize=1024)
def fold_term(term: str) -> str:
    """A term as it is compared: a newline in it is a space, which no two blocks share."""
    return " ".join("".join(map(_fold, term)).split())


def _fold(letter: str) -> str:
    if letter.isspace():
        return "\n" if letter == "\n" else " "
    return "".join(filter(_counts, normalize("NFD", letter.casefold()))).translate(_QUOTES)


def _counts(letter: str) -> bool:
    return category(letter) not in ("Mn", "Me", "Cf", "Cc")
