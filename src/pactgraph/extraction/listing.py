"""Lines of a list: `January: A, B`, `A: up to 3 billion euros`, and bullets that go on from a line with a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pactgraph.extraction.candidate import Candidate
from pactgraph.extraction.contents import worth
from pactgraph.extraction.context import Opening
from pactgraph.extraction.fields import find_fields
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.modality import Mood
from pactgraph.extraction.money import money_in
from pactgraph.extraction.page import Find, Page, candidate, mention_span
from pactgraph.extraction.timing import Expression, when_of

_BULLET = re.compile(r"\s*(?:[-•*–·▪●‣]|\(?[a-z0-9]{1,2}[.)])\s+")
_LABELLED = re.compile(
    r"(?:[-•*–·▪●‣]\s*)?(?P<label>[^:–—]{3,30}?)\s?(?::|\s[–—-])\s(?P<rest>\S.*)", re.DOTALL
)
_LONGEST = 25
"""How many words a line of a list may have."""
_FEW_LETTERS = 12
"""How many letters besides names may stand in a line that is nothing but names."""
_FEW_WORDS = 3
"""How many words besides its day may stand in a line that gives the day of a signing."""
_ENTRY = Frame("entry", "pact", claims={"else": "signed"}, confidence=0.8)


def read_entry(page: Page) -> Iterator[Candidate]:
    """The candidates of a line of a list; nothing for a sentence."""
    block, sentence = page.scene.block, page.scene.sentence
    text = page.scene.text[block.start : block.end]
    if sentence.start > block.start + 4 or len(text.split()) > _LONGEST:
        return
    match = _LABELLED.fullmatch(text)
    if match is not None:
        yield from _labelled(page, block.start + match.start("rest"))
    elif page.context.opening is not None:
        yield from _continued(page, page.context.opening)


def is_entry(text: str) -> bool:
    """Whether a line looks like one of a list."""
    return bool(_BULLET.match(text)) and len(text.split()) <= _LONGEST


def _labelled(page: Page, rest: int) -> Iterator[Candidate]:
    labels = [m for m in page.scene.mentions if m.end <= rest and m.is_party]
    named = [m for m in page.scene.mentions if m.start >= rest and m.is_party]
    month = next((e for e in page.times if e.end <= rest), None)
    if len(labels) == 1 and labels[0].entity.kind == "party":
        yield from _amounts(page, labels[0])
        yield from _signed_on(page, labels[0], rest)
    elif (
        month is not None and named and _is_names_only(page, named, rest) and page.context.has_spoken_of_pacts
    ):
        yield from _signings(page, named, month)


def _amounts(page: Page, label: Mention) -> Iterator[Candidate]:
    word = page.scene.sentence.words[label.word]
    for amount in money_in(page.scene):
        if page.context.has_spoken_of_pacts:
            yield worth(page, replace(_ENTRY, claims={"else": "amount"}), word, label.entity, amount, Mood())


def _signed_on(page: Page, label: Mention, rest: int) -> Iterator[Candidate]:
    """`A – 12 January, in the capital`: a day and at most a place, where pacts are listed."""
    days = [e for e in page.times if e.start >= rest and not e.vague]
    teller, text = page.context.teller, page.scene.text[rest : page.scene.block.end]
    other = len(text.split()) - sum(len(e.words.split()) for e in days)
    if len(days) == 1 and other <= _FEW_WORDS and page.context.has_spoken_of_pacts and teller is not None:
        word = page.scene.sentence.words[label.word]
        span = days[0].start, days[0].end
        find = Find("signed", teller, label.entity, mention_span(label), (span,), dated=False)
        when = when_of(days[0], page.written, ahead=False)
        yield replace(candidate(page, _ENTRY, word, Mood(), find), when=when)


def _signings(page: Page, named: list[Mention], month: Expression) -> Iterator[Candidate]:
    teller = page.context.teller
    when = when_of(month, page.written, ahead=False)
    for mention in named if teller is not None else ():
        assert teller is not None
        word = page.scene.sentence.words[mention.word]
        find = Find(
            "signed", teller, mention.entity, mention_span(mention), ((month.start, month.end),), dated=False
        )
        yield replace(candidate(page, _ENTRY, word, Mood(), find), when=when)


def _is_names_only(page: Page, named: list[Mention], start: int) -> bool:
    """Whether a stretch holds names, commas and hardly a word besides."""
    letters = sum(map(str.isalpha, page.scene.text[start : page.scene.block.end]))
    return letters - sum(m.end - m.start for m in named) <= _FEW_LETTERS


def _continued(page: Page, opening: Opening) -> Iterator[Candidate]:
    """A line of the list that the opening begins: parties for a pact, fields for what one covers."""
    words = page.scene.sentence.words
    named = [m for m in page.scene.mentions if m.is_party]
    if opening.predicate == "scope":
        for name, span in find_fields(page, words):
            find = Find("scope", opening.about, name, span, dated=False)
            yield candidate(page, opening.frame, words[0], opening.how, find)
    elif named and named[0].start <= page.scene.block.start + 4:
        spans = mention_span(named[0])
        word = words[named[0].word]
        yield candidate(
            page,
            opening.frame,
            word,
            opening.how,
            Find(opening.predicate, opening.about, named[0].entity, spans),
        )
