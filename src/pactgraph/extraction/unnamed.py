"""Partners that are not named: the one whose pact the article is about, some allies, or nobody said."""

from __future__ import annotations

from pactgraph.extraction.candidate import Span
from pactgraph.extraction.grammar import Word, agents, following
from pactgraph.extraction.names import Entity
from pactgraph.extraction.page import Page, mention_span
from pactgraph.extraction.referents import is_plural, names_pact


def vague_partner(
    page: Page, word: Word, theme: Word | None, predicate: str
) -> tuple[Entity | str, Span] | None:
    """A partner that is not named: the one whose pact the article is about, some allies, or nobody said."""
    if theme is not None and _is_some_of_many(page, theme):
        return ("UNSPEC", _noun_span(page, theme)) if predicate == "expects_signing" else None
    if theme is None or theme.tag == "PRP":
        return _partner_just_named(page, word, theme) or _partner_spoken_of(page, word, predicate)
    unnamed = _unnamed(page, word, theme)
    if unnamed is not None:
        group = _group_of(page, unnamed)
        value = group or ("UNSPEC" if predicate == "expects_signing" else "")
        return (value, _noun_span(page, unnamed)) if value else None
    partner = (
        _speaker_himself(page, word)
        or _asked_about(page, word)
        or page.context.recent
        or page.context.partner
    )
    if (
        partner is not None
        and names_pact(page, theme)
        and not is_plural(theme)
        and (_is_definite(page, theme) or _is_by_both(page, word))
    ):
        return partner, _noun_span(page, theme)
    if predicate != "expects_signing" or not page.scene.is_pact(theme):
        return None
    is_told = _is_by_the_teller(page, word) or _is_first_to_come(page, word, theme)
    return ("UNSPEC", _noun_span(page, theme)) if is_told else None


def _is_some_of_many(page: Page, theme: Word) -> bool:
    """`Several of them`: pacts of which it is not said with whom."""
    return theme.text.lower() == "them" and theme.role == "pobj"


def _partner_just_named(page: Page, word: Word, theme: Word | None) -> tuple[Entity | str, Span] | None:
    """The partner of the pact that the same sentence names before `it`: `an agreement with one, and it will be signed`."""
    before = [
        w for w in page.scene.sentence.words if theme and w.index < theme.index and page.scene.is_pact(w)
    ]
    found = page.scene.parties(page.reached(before[-1], ("with",))) if before else []
    if theme is None or theme.text.lower() != "it" or len(found) != 1:
        return None
    return found[0].entity, mention_span(found[0])


def _is_first_to_come(page: Page, word: Word, theme: Word) -> bool:
    """Whether a pact is the first of a row, signed by nobody in particular: `the first agreement may be signed in May`."""
    sentence = page.scene.sentence
    beside = {c.lemma for c in sentence.children(theme, "amod")}
    return not agents(sentence, word) and bool(beside & {"first", "next"})


def _speaker_himself(page: Page, word: Word) -> Entity | None:
    """The party of someone who says that he does it himself."""
    doers = {w.text.lower() for w in agents(page.scene.sentence, word)}
    return _side_of_the_speaker(page) if doers & {"he", "she", "i"} else None


def _asked_about(page: Page, word: Word) -> Entity | None:
    """The party of which somebody is said to speak: `speaking about one, she said that the agreement …`."""
    said = [v for v in page.scene.sentence.governors(word) if v.lemma in page.words("saying", "verbs")]
    asides = [c for v in said for c in page.scene.sentence.children(v, "advcl") if c.tag in ("VBG", "VBN")]
    found = page.scene.parties(page.reached(asides[0], ("about|of",))) if asides else []
    return found[0].entity if len(found) == 1 else None


def _is_by_the_teller(page: Page, word: Word) -> bool:
    """Whether the party from whose side it is told is named as the one who does it."""
    teller = page.context.teller
    doers = agents(page.scene.sentence, word)
    named = any(teller is not None and m.entity.node == teller.node for m in page.scene.parties(doers))
    return named or any(w.text.lower() == "we" for w in doers)


def _partner_spoken_of(page: Page, word: Word, predicate: str) -> tuple[Entity | str, Span] | None:
    """The partner of the pact spoken of, for `we will sign in spring` and `the signing took place in the capital`."""
    partner = _side_of_the_speaker(page) or page.context.recent or page.context.partner
    determiner = page.scene.sentence.child(word, "det")
    the = determiner is not None and determiner.text.lower() == "the"
    told_by_us = {w.text.lower() for w in agents(page.scene.sentence, word)} & {"we", "they"}
    ahead = predicate == "expects_signing" or (predicate == "negotiating" and bool(told_by_us))
    if partner is None or word.role in ("relcl", "acl") or not (ahead or the):
        return None
    return partner, (word.start, word.end)


def _side_of_the_speaker(page: Page) -> Entity | None:
    """The party for which someone speaks in this sentence, if it is not the one that the article tells of."""
    sides = (c.speaker.side for c in page.cues if c.speaker is not None and c.speaker.side is not None)
    found = next((page.context.names.entities.get(side) for side in sides), None)
    teller = page.context.teller
    return found if found is not None and (teller is None or found.node != teller.node) else None


def _unnamed(page: Page, word: Word, theme: Word) -> Word | None:
    """The noun that speaks of partners without their names."""
    nouns = page.words("parties", "states") | page.words("parties", "allies")
    sentence = page.scene.sentence
    reached = (
        w
        for path in ("with", "with/of", "between", "for", "from")
        for base in (theme, word)
        for w in following(sentence, base, path)
    )
    return next((w for w in reached if w.lemma in nouns), None)


def _is_by_both(page: Page, word: Word) -> bool:
    """Whether those who do it are both sides: `our leaders`, `they`, `the two countries`."""
    sentence = page.scene.sentence
    doers = agents(sentence, word)
    sides = [*doers, *(o for w in doers for o in following(sentence, w, "of"))]
    beside = {c.text.lower() for w in sides for c in sentence.children(w, "poss", "nummod", "det")}
    return any(w.text.lower() in ("they", "both") for w in doers) or bool(beside & {"our", "two", "both"})


def _is_definite(page: Page, theme: Word) -> bool:
    determiner = page.scene.sentence.child(theme, "det", "poss")
    one_of_many = {c.lemma for c in page.scene.sentence.children(theme, "amod")} & page.words(
        "counting", "of_a_row"
    )
    the = determiner is not None and determiner.text.lower() in ("the", "this", "that", "its", "their")
    return the and not one_of_many


def _group_of(page: Page, word: Word) -> Entity | None:
    owner = page.scene.sentence.child(word, "poss")
    if word.lemma != "ally" and not (word.lemma == "partner" and owner is not None):
        return None
    return next(
        (e for e in page.context.names.entities.values() if e.kind == "group" and "allies" in e.name), None
    )


def _noun_span(page: Page, noun: Word) -> Span:
    """A noun with what stands before it."""
    below = page.scene.sentence.below(noun)
    left = [w for w in below if w.index <= noun.index and w.role not in ("det", "punct", "cc", "mark")]
    return min(w.start for w in left), noun.end
