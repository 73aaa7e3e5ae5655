"""Talks: between whom, and how far they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pactgraph.extraction.candidate import Candidate
from pactgraph.extraction.context import Told
from pactgraph.extraction.counting import counts
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word, agents, span_of
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.page import Find, Page, candidate, mention_span
from pactgraph.extraction.partners import partners, sides
from pactgraph.extraction.referents import names_pact


def read_talks(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """The candidates of a noun that means talks, or work on a pact."""
    theme = _theme(page, word)
    verb = next((g for g in page.scene.sentence.governors(word) if g.is_verb), None)
    stage = frame.stage or _stage(page, word, verb)
    how = page.mood(verb or word)
    why = "it is denied" if how.denied else _why_not(page, frame, word, theme, stage)
    if why:
        return page.pass_over(frame, word, why)
    found = partners(page, frame, word, theme)
    subject, others = sides(page, found, None)
    others = others or _partner_meant(page, word, theme, stage)
    how = replace(how, modality=_modality(stage, how.modality))
    page.context.last = Told(frame, None, "negotiating")
    yield from counts(page, frame, word, theme, how)
    spans = tuple(map(mention_span, others))
    for mention in others if subject is not None else ():
        assert subject is not None
        find = Find("negotiating", subject, mention.entity, mention_span(mention), spans, word)
        yield candidate(page, replace(frame, stage=stage), verb or word, how, find)


def _why_not(page: Page, frame: Frame, word: Word, theme: Word | None, stage: str) -> str:
    """Why talks are not taken to be about a pact; nothing where they are."""
    if _is_an_occasion(page, word):
        return "it is an occasion of something else"
    if any(page.scene.is_pact(s) for g in page.scene.sentence.governors(word) for s in _subjects(page, g)):
        return "a pact provides for it"
    if theme is not None:
        return ""
    is_formal = stage != "ongoing" or word.lemma in page.words("talks", "formal")
    is_formal = is_formal or (page.context.since_pacts == 0 and not _is_a_meeting(page, word))
    if frame.stage or not is_formal or not page.context.speaks_of_pacts or _is_of_other_things(page, word):
        return "nothing near it says that it is about a pact"
    return ""


def _subjects(page: Page, verb: Word) -> list[Word]:
    return page.scene.sentence.children(verb, "nsubj") if verb.is_verb and verb.lemma != "be" else []


def _is_a_meeting(page: Page, word: Word) -> bool:
    head = page.scene.sentence.head(word)
    return head is None or head.lemma in page.words("talks", "meeting")


def _is_of_other_things(page: Page, word: Word) -> bool:
    """`Peace talks`: a word beside it says that it is about no pact of this kind."""
    beside = {w.lemma for w in page.scene.sentence.children(word, "amod", "compound")}
    return bool(beside & page.words("pacts", "never_with"))


def _is_an_occasion(page: Page, word: Word) -> bool:
    """`After talks in the capital`: when something else was said or done."""
    head = page.scene.sentence.head(word)
    return head is not None and head.text.lower() in page.words("talks", "occasions")


def _theme(page: Page, word: Word) -> Word | None:
    """The pact that talks are about: below them, or beside them at the same verb."""
    sentence = page.scene.sentence
    below = [w for w in sentence.below(word) if w.index != word.index]
    beside = [
        c
        for g in sentence.governors(word)
        for c in sentence.children(g, "dobj", "pobj", "nsubj", "nsubjpass")
    ]
    return next((w for w in (*below, *beside) if page.scene.is_pact(w)), None)


def _partner_meant(page: Page, word: Word, theme: Word | None, stage: str) -> list[Mention]:
    """The article's one partner, where talks name none but are about a pact, begin, or end."""
    partner = page.context.partner
    if partner is None or (theme is None and stage == "ongoing"):
        return []
    return [Mention(word.start, word.end, partner, "reference", word.index)]


def _stage(page: Page, word: Word, verb: Word | None) -> str:
    """How far talks are, by the words around them."""
    sentence = page.scene.sentence
    near = {w.lemma for w in sentence.children(word)} | {g.lemma for g in sentence.governors(word)}
    near |= {verb.lemma} if verb is not None else set()
    stages = page.scene.lexicon.words["stages"]
    return next((stage for stage, words in stages.items() if near & set(words)), "ongoing")


def _modality(stage: str, said: str) -> str:
    """What is under way is ongoing; a beginning, a round or an end has happened."""
    if said not in ("fact", "ongoing"):
        return said
    return "ongoing" if stage in ("ongoing", "approaching", "preparing") else "fact"


def read_discussing(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """What those who talk talk about, if it is what a pact is to hold: a stretch of the text."""
    sentence = page.scene.sentence
    objects = page.reached(word, frame.at)
    if any(page.scene.is_pact(w) or names_pact(page, w) for w in agents(sentence, word)):
        return page.pass_over(frame, word, "a pact discusses nothing")
    inside = [w for o in objects for w in sentence.below(o) if w.index != o.index]
    teller = page.context.teller
    if (
        teller is None
        or not any(page.scene.is_pact(w) for w in inside)
        or any(page.scene.is_pact(o) for o in objects)
    ):
        return page.pass_over(frame, word, "it is not about what a pact is to hold")
    how = page.mood(word)
    if not how.denied:
        find = Find(
            frame.claims_of(how.modality),
            teller,
            "*",
            None,
            tuple(span_of(sentence, o) for o in objects),
            dated=False,
        )
        yield candidate(page, frame, word, how, find)
