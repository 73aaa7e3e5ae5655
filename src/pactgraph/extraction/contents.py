"""What is in a pact: the fields that it covers, what it is for, and what it is worth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pactgraph.extraction.candidate import Candidate, Span
from pactgraph.extraction.context import Opening
from pactgraph.extraction.fields import fields_of, find_fields
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word
from pactgraph.extraction.modality import Mood
from pactgraph.extraction.money import Amount, money_in
from pactgraph.extraction.names import Entity
from pactgraph.extraction.page import Find, Page, candidate
from pactgraph.extraction.referents import declarations, measure_at, topic

_BOUND = re.compile(
    r",?\s(?:(?:at least|up to|(?:no )?(?:more|less) than|over|about|around|some|almost|nearly|between|another|with)\s)*"
)
_ITEM = re.compile(r"(?:[,;:]|\b(?:and|while))\s(?:the\s|also\s)?$")
_SHORTEST_PURPOSE = 3
"""In words."""
_BY_VIRTUE = ("under", "within", "with", "as/of", "as", "according")


def read_content(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """The candidates of a verb whose subject, or what it is about, is a pact."""
    about = _about(page, frame, word)
    if about is None:
        return page.pass_over(frame, word, f"nothing near it means a {' or '.join(frame.theme)}")
    how = page.mood(word)
    if how.denied:
        return page.pass_over(frame, word, "it is denied")
    values = [w for w in page.reached(word, frame.value_at) if not _leads_on(page, word, w)]
    yield from _VALUES[frame.value](page, frame, word, about, values, how)


def read_support(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """What a party does for the other by a pact is a field of the pact: `it will help with demining`."""
    pact = _pact_of_the_supporter(page, frame, word)
    if pact is None:
        return page.pass_over(frame, word, "it says nothing of what is done by a pact")
    how = page.mood(word)
    values = page.reached(word, frame.value_at)
    if not how.denied and not _gives_money(page, word):
        yield from _fields(page, frame, word, pact, values, how)


def _leads_on(page: Page, verb: Word, value: Word) -> bool:
    """Whether what something is said to be is of another kind than what follows: `a bridge to membership`."""
    leads = (p.text.lower() for p in page.scene.sentence.children(value, "prep"))
    named = page.scene.lexicon.fields.get(value.lemma)
    return (
        verb.lemma == "be" and value.role == "attr" and not named and any(p in ("to", "about") for p in leads)
    )


def _gives_money(page: Page, word: Word) -> bool:
    """Whether what a party does is to give a sum, which is no field."""
    below = page.scene.sentence.below(word, lambda w: w.role == "conj" and w.is_verb)
    return any(a.start <= w.start < a.end for a in money_in(page.scene) for w in below)


def _pact_of_the_supporter(page: Page, frame: Frame, word: Word) -> Entity | None:
    """The pact by which a party does something: the sentence names it, or the article is about it."""
    partner = page.context.partner
    parties = page.scene.parties(page.reached(word, frame.at))
    doers = {m.entity.node for m in parties}
    if any(page.scene.is_pact(w) for w in _by_virtue(page, word)):
        named = topic(page, next(w for w in _by_virtue(page, word) if page.scene.is_pact(w)), ("pact",))
        own = [m.entity for m in parties if page.context.teller is None or m.entity != page.context.teller]
        is_one = named is not None and named.kind != "agreement" and len(own) == 1 and own[0].kind == "party"
        return page.context.pact_with(own[0]) if is_one else named
    ahead = page.mood(word).modality == "expected"
    both = page.reached(word, frame.at)
    binds = page.mood(word).ahead or word.lemma in page.words("amounts", "pledging")
    by_both = any(w.lemma in page.words("parties", "both") and w.tag == "NNS" for w in both)
    if partner is not None and by_both and binds:
        return page.context.pact_with(partner) if page.context.speaks_of_pacts else None
    if partner is not None and partner.node in doers and page.context.has_spoken_of_pacts and ahead:
        return page.context.pact_with(partner)
    return None


def _by_virtue(page: Page, word: Word) -> list[Word]:
    """What stands after `under` or the like at a verb."""
    return page.reached(word, _BY_VIRTUE)


def _about(page: Page, frame: Frame, word: Word) -> Entity | None:
    """What a verb speaks of: its subject, or the declaration before it, or the pact by which something is given."""
    near = (c for w in page.reached(word, frame.at) for c in (w, *page.scene.closure(w)))
    found = next((t for w in near if (t := topic(page, w, frame.theme)) is not None), None)
    if frame.value == "clause":
        return _declaration_before(page, word, found)
    if frame.value != "money" or (found is None and _goes_on(page, word)):
        return page.context.giver if frame.value == "money" else found
    found = found or _of_the_speaker(page, word) or _sum_of(page, word)
    by_pact = next((t for w in _by_virtue(page, word) if (t := topic(page, w, ("pact",))) is not None), None)
    is_given_by_pact = by_pact is not None and (
        found is None or (found.kind == "party" and by_pact.kind == "agreement")
    )
    return by_pact if is_given_by_pact else found


def _of_the_speaker(page: Page, word: Word) -> Entity | None:
    """The party that `his country` is."""
    speaker = next((c.speaker for c in page.cues if c.speaker is not None), None)
    for subject in page.scene.sentence.children(word, "nsubj"):
        is_own = any(c.tag == "PRP$" for c in page.scene.sentence.children(subject, "poss"))
        if is_own and subject.lemma in page.words("parties", "states") and speaker and speaker.side:
            return page.context.names.entities.get(speaker.side)
    return None


def _sum_of(page: Page, word: Word) -> Entity | None:
    """The pact that was spoken of, where a sum is said to be so much: `the total amount will reach …`."""
    subjects = page.scene.sentence.children(word, "nsubj", "nsubjpass")
    sums = [a.span for a in money_in(page.scene)]
    is_sum = any(s.lemma in page.words("amounts", "sums") or _within(s, sums) for s in subjects)
    if not page.context.speaks_of_pacts or not is_sum:
        return None
    partner = page.context.partner or page.context.recent
    return page.context.pact_with(partner) if partner is not None else page.context.pacts()


def _within(word: Word, spans: Iterable[Span]) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _declaration_before(page: Page, word: Word, found: Entity | None) -> Entity | None:
    """What a clause that hangs on a name describes, if that is a declaration: `the pledge of last year, aimed at …`."""
    is_beside = word.role in ("relcl", "acl") or (word.role == "advcl" and word.tag == "VBN")
    if not is_beside or (found is not None and word.role != "advcl"):
        return found
    return next((e for w, e in declarations(page) if w.index < word.index), found)


def _goes_on(page: Page, word: Word) -> bool:
    """Whether a pronoun takes up what the amount before was said of: `this includes …`, `of this, … will go to …`."""
    subjects = page.scene.sentence.children(word, "nsubj", "nsubjpass")
    return any(s.text.lower() in ("this", "that", "it", "which") for s in subjects)


def _fields(
    page: Page, frame: Frame, word: Word, about: Entity, values: list[Word], how: Mood
) -> Iterator[Candidate]:
    if about.kind == "party":
        return
    found = fields_of(page, word, values)
    if page.opens_list and not found:
        page.context.opening = Opening(frame, how, "scope", about)
    modality = how.modality if how.modality in ("expected", "conditional") else "fact"
    for name, span in found:
        find = Find("scope", about, name, span, tuple(s for _, s in found), dated=False)
        yield candidate(page, frame, word, replace(how, modality=modality), find)


def _clauses(
    page: Page, frame: Frame, word: Word, about: Entity, values: list[Word], how: Mood
) -> Iterator[Candidate]:
    """What a pact is for, as a stretch of the text."""
    if about.kind == "party" or not values:
        return
    below = page.scene.sentence.below(word, _stands_apart)
    words = [w for w in below if w.index >= word.index]
    if len(words) >= _SHORTEST_PURPOSE:
        span = word.start, max(w.end for w in words)
        weaker = how.modality if how.modality in ("expected", "hoped", "possible") else "fact"
        find = Find(frame.claims_of(how.modality), about, "*", None, (span,), dated=False)
        yield candidate(page, frame, word, replace(how, modality=weaker), find)


def _stands_apart(word: Word) -> bool:
    """Whether a word begins what is no part of a purpose: a subject, an aside, another purpose."""
    return word.role in ("nsubj", "nsubjpass", "parataxis", "punct") or (word.role == "conj" and word.is_verb)


def _amounts(
    page: Page, frame: Frame, word: Word, about: Entity, values: list[Word], how: Mood
) -> Iterator[Candidate]:
    area = {w.index for w in page.scene.sentence.below(word)}
    subjects = page.scene.sentence.children(word, "nsubj", "nsubjpass")
    if receiver(page, about) is None or any(s.lemma in page.words("amounts", "never") for s in subjects):
        return page.pass_over(frame, word, "it speaks of no pact's money")
    page.context.giver = about
    for amount in money_in(page.scene):
        words = page.scene.words_of(amount.start, amount.end)
        if (
            words
            and any(w.index in area for w in words)
            and not _belongs_to_another(page, frame, word, words[-1])
        ):
            measure = next(
                (m for g in page.scene.sentence.governors(words[-1]) if (m := measure_at(page, g))), None
            )
            yield worth(page, frame, word, measure or _giver_beside(page, amount) or about, amount, how)


def _giver_beside(page: Page, amount: Amount) -> Entity | None:
    """The party right before an amount of a list that leaves its verb out: `…, the other one up to 3 billion euros`."""
    for mention in page.scene.mentions:
        between = page.scene.text[mention.end : amount.start]
        before = page.scene.text[: mention.start]
        if mention.entity.kind == "party" and _BOUND.fullmatch(between) and _ITEM.search(before[-12:]):
            return mention.entity
    return None


def worth(page: Page, frame: Frame, word: Word, about: Entity, amount: Amount, how: Mood) -> Candidate:
    """The candidate of an amount: of the pact of the party that gives it, if a party gives it."""
    pact = receiver(page, about) or about
    weaker = how.modality if how.modality in ("expected", "hoped", "possible", "conditional") else "fact"
    if pact.kind == "measure" or (weaker == "expected" and not _is_ahead(page, word)):
        weaker = "fact"
    flags = ("suspect scale",) if amount.is_suspect else ()
    also = tuple(_also(page, about))
    find = Find("amount", pact, amount.text, amount.span, (), None, False, amount.details, also, flags)
    return candidate(page, frame, word, replace(how, modality=weaker), find)


def _is_ahead(page: Page, word: Word) -> bool:
    """Whether it is `will give`; what a party undertakes to give, it has promised."""
    sentence = page.scene.sentence
    above = (word, *sentence.governors(word))
    helpers = {c.lemma for w in above for c in sentence.children(w, "aux")}
    return bool(helpers & page.words("modality", "expected")) or not any(
        w.lemma in page.words("amounts", "pledging") for w in above
    )


def _belongs_to_another(page: Page, frame: Frame, word: Word, last: Word) -> bool:
    """Whether another verb that can say what something is worth stands nearer to an amount."""
    closest = next((g for g in (last, *page.scene.sentence.governors(last)) if g.is_verb), None)
    return closest is not None and closest.index != word.index and closest.lemma in frame.verbs


def receiver(page: Page, about: Entity) -> Entity | None:
    """What an amount is said of: a pact, or the pact of the party that gives it."""
    if about.kind != "party":
        return about
    hub, partner = page.context.teller, page.context.partner
    if hub is not None and about.node == hub.node:
        return page.context.pact_with(partner) if partner is not None else None
    return page.context.pact_with(about) if about.code else about


def _also(page: Page, about: Entity) -> Iterator[Entity]:
    yield about
    if page.context.partner is not None:
        yield page.context.partner
    yield page.context.pacts()


_VALUES = {"field": _fields, "clause": _clauses, "money": _amounts}


_FRAGMENT = Frame("fragment", "content", claims={"else": "scope"}, confidence=0.7)


def read_fragment(page: Page) -> Iterator[Candidate]:
    """A sentence without a verb that lists fields, after one that spoke of a pact: `Weapons, energy, training.`"""
    words = page.scene.sentence.words
    nouns = [w for w in words if w.is_noun]
    if any(w.is_verb for w in words) or page.context.recent is None or page.scene.mentions:
        return
    found = find_fields(page, words)
    if len(found) >= 2 and len(nouns) <= 2 * len(found):
        spans = tuple(span for _, span in found)
        for name, span in found:
            find = Find("scope", page.context.pact_with(page.context.recent), name, span, spans, dated=False)
            yield candidate(page, _FRAGMENT, words[0], Mood(), find)
