"""Counts: how many pacts are signed, prepared or aimed at, as a number, a number of partners, or an ordinal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactgraph.extraction.candidate import Candidate, Span
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word, following
from pactgraph.extraction.modality import Mood
from pactgraph.extraction.page import Find, Page, candidate
from pactgraph.quantities import numbers

_FEWEST, _MOST = 2, 60
"""How many pacts or parties a count may count; one is no count."""
_IN_ALL = re.compile(r"\b(?:in total|in all|altogether|total of)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:\d+(?:st|nd|rd|th)|[a-z]+(?:th|ond|ird))", re.IGNORECASE)


def counts(page: Page, frame: Frame, word: Word, theme: Word | None, how: Mood) -> Iterator[Candidate]:
    """The count that stands with a word that opens a frame: of what it is about, or of those who do it."""
    teller = page.context.teller
    counted = frame.counts_of(how.modality)
    if not counted or teller is None:
        return
    ordinal = ordinal_of(page, word) or _ordinal_owned(page, theme)
    number = (
        ordinal
        if ordinal is not None and how.modality == "fact"
        else _cardinal(page, frame, word, theme, counted)
    )
    if number is None:
        return
    status = "total" if _is_in_all(page) and counted == "pending" else counted
    start, end = _printed(page, number)
    find = Find("count", teller, f"{value_of(page, number)}|{status}", (start, end), dated=False)
    yield candidate(page, frame, word, how, find)


def _printed(page: Page, number: Word) -> Span:
    """Where a number stands, with the parts before it: `twenty-one`."""
    start = number.start
    for word in reversed(page.scene.sentence.words[: number.index]):
        if word.end != start or (word.tag != "CD" and word.text not in ("-", "–")):
            break
        start = word.start
    return start, number.end


def value_of(page: Page, number: Word) -> int:
    """The number that a word says, 0 if none or one that counts no pacts."""
    start, end = _printed(page, number)
    value = max((int(n) for n in numbers(page.scene.text[start:end]) if n == int(n)), default=0)
    return value if _FEWEST <= value <= _MOST else 0


def is_ordinal(page: Page, word: Word) -> bool:
    """Whether a word is an ordinal number that can count pacts."""
    return bool(_ORDINAL.fullmatch(word.text.replace("-", ""))) and value_of(page, word) > 0


def _is_in_all(page: Page) -> bool:
    sentence = page.scene.sentence
    return _IN_ALL.search(page.scene.text, sentence.start, sentence.end) is not None


def _cardinal(page: Page, frame: Frame, word: Word, theme: Word | None, counted: str) -> Word | None:
    told = (w for w in page.reached(word, (*frame.value_at, "object")) if w.tag == "CD")
    for bearer in (*told, *_bearers(page, word, theme)):
        number = bearer if bearer.tag == "CD" else _numeral(page, bearer)
        if number is not None and (_is_of_the_others(page, number) or _is_added(page, number, counted)):
            continue
        if (
            number is not None
            and value_of(page, number)
            and not _is_date(page, number)
            and not _is_dozens(page, number)
        ):
            return number
    return None


def _bearers(page: Page, word: Word, theme: Word | None) -> Iterator[Word]:
    """Where a number may stand: at the pact, at those with whom it is, at those who sign."""
    sentence = page.scene.sentence
    nouns = page.words("parties", "states") | page.words("parties", "allies")
    themes = [theme] if theme is not None else []
    yield from themes
    for base in (word, *themes):
        for path in ("with", "by", "subject", "object", "total/of", "with/of", "among"):
            reached = following(sentence, base, path)
            yield from (
                w for w in reached if w.lemma in nouns or (w.tag == "CD" and not sentence.children(w, "prep"))
            )
            yield from (
                w for w in reached if w.tag == "CD" and w.lemma not in nouns and sentence.children(w, "prep")
            )


def _numeral(page: Page, noun: Word) -> Word | None:
    sentence = page.scene.sentence
    beside = sentence.children(noun, "nummod", "amod")
    added = [w for c in beside if c.tag == "JJR" for w in sentence.children(c, "advmod", "nummod")]
    before = (sentence.words[c.index - 1] for c in beside if c.tag == "JJR" and c.index)
    added += [w for w in before if w.role == "npadvmod" and noun.role == "nsubjpass"]
    return next((c for c in (*beside, *added) if c.tag == "CD" and numbers(c.text)), None)


def _is_of_the_others(page: Page, number: Word) -> bool:
    """Whether a number leaves out those who are named beside it: `with A, B and 15 other countries`."""
    after = page.scene.sentence.words[number.index + 1 : number.index + 2]
    named = any(0 < number.start - m.end < 8 for m in page.scene.mentions if m.is_party)
    return named and bool(after) and after[0].lemma == "other"


def _is_added(page: Page, number: Word, counted: str) -> bool:
    """Whether a number counts those that were added: `two more states have signed`."""
    after = page.scene.sentence.words[number.index + 1 : number.index + 2]
    return counted == "signed" and bool(after) and after[0].lemma in page.words("counting", "added")


def _is_dozens(page: Page, number: Word) -> bool:
    after = page.scene.sentence.words[number.index + 1 : number.index + 2]
    return bool(after) and after[0].lemma in page.words("counting", "scales")


def _is_date(page: Page, word: Word) -> bool:
    return any(e.start <= word.start < e.end for e in page.times)


def ordinal_of(page: Page, word: Word) -> Word | None:
    """The ordinal in `became the ninth country to sign` and `the tenth with which it signed`."""
    sentence = page.scene.sentence
    for noun in sentence.children(word, "nsubj"):
        if (found := _ordinal_at(page, noun)) is not None:
            return found
    for governor in sentence.governors(word):
        if governor.is_noun and word.role in ("acl", "relcl", "advcl", "xcomp", "ccomp"):
            return _ordinal_at(page, governor)
        if governor.is_verb and governor.lemma in page.words("counting", "becoming"):
            attributes = sentence.children(governor, "attr", "xcomp", "dobj", "oprd")
            return next((found for a in attributes if (found := _ordinal_at(page, a)) is not None), None)
    return None


def _ordinal_owned(page: Page, theme: Word | None) -> Word | None:
    """The ordinal in `its ninth agreement`."""
    owned = theme is not None and page.scene.sentence.child(theme, "poss") is not None
    return _ordinal_at(page, theme) if theme is not None and owned else None


def _ordinal_at(page: Page, noun: Word) -> Word | None:
    beside = page.scene.sentence.children(noun, "amod", "nummod", "compound")
    return next((word for word in beside if is_ordinal(page, word)), None)


_TALLY = Frame("tally", "pact", counts={"fact": "signed"})


def read_tallies(page: Page) -> Iterator[Candidate]:
    """An ordinal at a pact that something is or becomes: `it is already the fourth treaty of the kind`."""
    teller, sentence = page.context.teller, page.scene.sentence
    for noun in (w for w in sentence.words if w.role == "attr" and page.scene.is_pact(w)):
        ordinal, verb = _ordinal_at(page, noun), sentence.head(noun)
        if teller is None or ordinal is None or verb is None or page.scene.named_pact(noun) is not None:
            continue
        how = page.mood(verb)
        if verb.lemma in page.words("counting", "becoming") and how.modality == "fact" and not how.denied:
            span = ordinal.start, ordinal.end
            value = f"{value_of(page, ordinal)}|signed"
            find = Find("count", teller, value, span, ((noun.start, noun.end),), dated=False)
            yield candidate(page, _TALLY, verb, how, find)
