"""The text fragment of a passage: a few of its words, proved to find that passage and nothing else in the
text.

A short passage is quoted whole, a longer one by its first and last words, which is less than
https://wicg.github.io/scroll-to-text-fragment/#prefer-exact-matching-to-range-based advises: the graph points
at other people's words and does not copy them. Words around it are added only when its own do not tell it
apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple
from unicodedata import category

from pactgraph.passage.breaks import words
from pactgraph.passage.fragment import TextFragment
from pactgraph.passage.rendering import render
from pactgraph.passage.span import Span

_FEWEST = 2
"""Words at each end of a range: one alone is too common on the page around the text."""
_MOST = 4
_CONTEXT = 3


class _Term(NamedTuple):
    """A term's words and how many they are; `edge` is where its inner end stands in the text."""

    size: int
    words: str
    edge: int


def make(text: str, start: int, end: int) -> TextFragment | None:
    """The shortest fragment that finds `text[start:end]` once, from its first word to its last, or None.

    None when the passage has no word, or when even three words on each side do not tell it apart.
    Punctuation around the passage is left out where it can be. Raises PassageFault unless `0 <= start < end`.
    """
    for core in _cores(text, Span(start, end)):
        for fragment in _candidates(text, core):
            if _finds_only(text, fragment, core):
                return fragment
    return None


class _Quote(NamedTuple):
    """The passage's own terms and how many words they have together."""

    size: int
    start: str
    end: str | None


def _cores(text: str, span: Span) -> list[Span]:
    """The passage without the punctuation around it; then without the white space only."""
    cores = (_trim(text, span, "PZC"), _trim(text, span, "ZC"))
    return list(dict.fromkeys(core for core in cores if core and any(map(str.isalnum, core.of(text)))))


def _trim(text: str, span: Span, kinds: str) -> Span | None:
    start, end = span.start, min(span.end, len(text))
    while start < end and category(text[start])[0] in kinds:
        start += 1
    while start < end and category(text[end - 1])[0] in kinds:
        end -= 1
    return Span(start, end) if start < end else None


def _candidates(text: str, core: Span) -> Iterator[TextFragment]:
    """All fragments within the limits, the fewest words first; words of context count double."""
    ways = product(_quotes(text, core), _befores(text, core), _afters(text, core))
    for quote, prefix, suffix in sorted(ways, key=lambda way: way[0].size + 2 * (way[1].size + way[2].size)):
        yield TextFragment(quote.start, quote.end, prefix.words or None, suffix.words or None)


def _quotes(text: str, core: Span) -> list[_Quote]:
    inner = _words_within(text, core)
    whole = core.of(text)
    if len(inner) <= _MOST and "\n" not in whole:
        return [_Quote(len(inner), _flat(whole), None)]
    heads = [_Term(nth, text[core.start : end], end) for nth, (_, end) in enumerate(inner[:_MOST], 1)]
    tails = [
        _Term(nth, text[start : core.end], start)
        for nth, (start, _) in enumerate(inner[: -_MOST - 1 : -1], 1)
    ]
    return [
        _Quote(head.size + tail.size, _flat(head.words), _flat(tail.words))
        for head, tail in product(_enough(heads), _enough(tails))
        if head.edge <= tail.edge
    ]


def _enough(terms: list[_Term]) -> list[_Term]:
    """The terms within one block, without those of too few words unless no other is left."""
    whole = _in_one_block(terms)
    return whole[_FEWEST - 1 :] or whole


def _in_one_block(terms: list[_Term]) -> list[_Term]:
    return [term for term in terms if "\n" not in term.words]


def _words_within(text: str, core: Span) -> list[tuple[int, int]]:
    every = words(text)
    first = bisect_right(every, core.start, key=lambda word: word[1])
    last = bisect_left(every, core.end, key=lambda word: word[0])
    return [(max(start, core.start), min(end, core.end)) for start, end in every[first:last]]


def _befores(text: str, core: Span) -> list[_Term]:
    every = words(text)
    last = bisect_left(every, core.start, key=lambda word: word[0])
    starts = [start for start, _ in every[max(0, last - _CONTEXT) : last]][::-1]
    terms = [_Term(nth, text[start : core.start].strip(), start) for nth, start in enumerate(starts, 1)]
    return _contexts(terms)


def _afters(text: str, core: Span) -> list[_Term]:
    every = words(text)
    first = bisect_right(every, core.end, key=lambda word: word[1])
    ends = [end for _, end in every[first : first + _CONTEXT]]
    return _contexts([_Term(nth, text[core.end : end].strip(), end) for nth, end in enumerate(ends, 1)])


def _contexts(terms: list[_Term]) -> list[_Term]:
    return [_Term(0, "", 0), *(term._replace(words=_flat(term.words)) for term in _in_one_block(terms))]


def _flat(words: str) -> str:
    return " ".join(words.split())


def _finds_only(text: str, fragment: TextFragment, core: Span) -> bool:
    page = render(text)
    return list(islice(page.find(fragment), 2)) == [(page.place(core.start), page.place(core.end))]
