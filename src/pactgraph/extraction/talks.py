"""Talks: between whom, and how far they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from pactgraph.extraction.candidate import Candidate
from pactgraph.extraction.context import Told
from pactgraph.extraction.counting import counts
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word, agents, following, span_of
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.page import Find, Page, candidate, mention_span
from pactgraph.extraction.partners import partners, sides
from pactgraph.extraction.referents import is_plural, names_pact

_JUST_BEFORE = 2
"""So many sentences ago a pact was spoken of that `talks` are still about it."""
_NO_FARTHER = ("ongoing", "begun", "round")
"""Stages that say nothing of how far work on a text is."""
_TOPIC = "on|about|for|regarding|concerning|over"


def read_talks(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """The candidates of a noun that means talks, or work on a pact."""
    theme = _theme(page, word)
    verb = next((g for g in page.scene.sentence.governors(word) if g.is_verb), None)
    stage = _stage(page, word, verb)
    stage = frame.stage if frame.stage and stage in _NO_FARTHER else stage
    how = page.mood(verb or word)
    why = "it is denied" if how.denied else _why_not(page, frame, word, theme, stage)
    if why:
        return page.pass_over(frame, word, why)
    found = partners(page, _nearer(page, frame, word), word, theme)
    subject, others = sides(page, found, None)
    others = others or _partner_meant(page, word, theme, stage)
    how = replace(how, modality=_modality(page, verb, stage, how.modality))
    predicate = frame.claims_of(how.modality)
    if not predicate:
        return page.pass_over(frame, word, f"it claims nothing that is {how.modality}")
    page.context.last = Told(frame, None, predicate)
    yield from counts(page, frame, word, theme, how)
    spans = tuple(map(mention_span, others))
    for mention in others if subject is not None else ():
        assert subject is not None
        find = Find(predicate, subject, mention.entity, mention_span(mention), spans, word)
        yield candidate(page, replace(frame, stage=stage), verb or word, how, find)


def _nearer(page: Page, frame: Frame, word: Word) -> Frame:
    """The frame without the paths that lead away from a word beside which it is said with whom."""
    own = tuple(p for p in frame.parties if not p.startswith(("head/head", "on/", "verb/with")))
    return replace(frame, parties=own) if page.reached(word, ("with",)) else frame


def _why_not(page: Page, frame: Frame, word: Word, theme: Word | None, stage: str) -> str:
    """Why talks are not taken to be about a pact; nothing where they are."""
    if _is_an_occasion(page, word):
        return "it is an occasion of something else"
    if any(page.scene.is_pact(s) for g in page.scene.sentence.governors(word) for s in _subjects(page, g)):
        return "a pact provides for it"
    if word.role == "dobj" and _is_effect(page, word):
        return "it is what something else has an effect on"
    if any(w.lemma in page.words("talks", "provided") for w in page.scene.sentence.words):
        return "a pact provides for it"
    if frame.stage == "preparing" and _is_part_of_another(page, word):
        return "it is a part of something else"
    if _is_on_other_things(page, word):
        return "it is about something else"
    if theme is not None:
        return ""
    is_formal = stage != "ongoing" or word.lemma in page.words("talks", "formal")
    is_formal = is_formal or (page.context.since_pacts <= _JUST_BEFORE and not _is_a_meeting(page, word))
    is_mere_work = frame.stage == stage == "preparing"
    if is_mere_work or not is_formal or not _may_be_of_pacts(page, word) or _is_of_other_things(page, word):
        return "nothing near it says that it is about a pact"
    return ""


def _is_effect(page: Page, word: Word) -> bool:
    """`The vote will speed up the talks`: they are told of only as what something else does to them."""
    verb = page.scene.sentence.head(word)
    effects = (f for f in page.scene.lexicon.frames if f.kind == "effect")
    agent = agents(page.scene.sentence, verb) if verb is not None else []
    return (
        verb is not None
        and bool(agent)
        and any(verb.lemma in f.verbs for f in effects)
        and not page.scene.parties(agent)
    )


def _may_be_of_pacts(page: Page, word: Word) -> bool:
    """Whether pacts were spoken of shortly before, or the article is about them and says with whom the talks are."""
    with_whom = page.scene.parties(page.reached(word, ("with", "between")))
    return page.context.speaks_of_pacts or (page.context.is_about_pacts and bool(with_whom))


def _subjects(page: Page, verb: Word) -> list[Word]:
    return page.scene.sentence.children(verb, "nsubj") if verb.is_verb and verb.lemma != "be" else []


def _is_a_meeting(page: Page, word: Word) -> bool:
    head = page.scene.sentence.head(word)
    return head is None or (head.lemma in page.words("talks", "meeting") and head.tag != "VBG")


def _is_part_of_another(page: Page, word: Word) -> bool:
    """`The schedule for the preparation`: work that another noun speaks of."""
    above = next(islice(page.scene.sentence.governors(word), 1, None), None)
    head = page.scene.sentence.head(word)
    within = head is not None and head.role == "prep" and above is not None and above.is_noun
    return within and above is not None and above.lemma not in page.words("talks", "parts")


def _is_of_other_things(page: Page, word: Word) -> bool:
    """`Peace talks`: a word beside it says that it is about no pact of this kind."""
    beside = {w.lemma for w in page.scene.sentence.children(word, "amod", "compound")}
    return bool(beside & page.words("pacts", "never_with"))


def _is_on_other_things(page: Page, word: Word) -> bool:
    """`Talks on grain`: what they are said to be about is no pact of this kind, nor what such a pact gives."""
    reached = page.reached(word, (_TOPIC,))
    topics = [w for w in reached if not any(e.start <= w.start < e.end for e in page.times)]
    inside = [w for t in topics for w in page.scene.sentence.below(t)]
    meant = page.words("pacts", "about")
    return bool(topics) and not any(w.lemma in meant or names_pact(page, w) for w in inside)


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
        for g in _clause(page, word)
        for c in (
            *sentence.children(g, "dobj", "pobj", "nsubj", "nsubjpass"),
            *following(sentence, g, _TOPIC),
        )
    ]
    return next((w for w in (*below, *beside) if page.scene.is_pact(w)), None)


def _partner_meant(page: Page, word: Word, theme: Word | None, stage: str) -> list[Mention]:
    """The article's one partner, where talks name none but are about a pact, begin, or end."""
    own = page.reached(word, ("with", "between"))
    both = any(w.lemma in page.words("talks", "both_sides") for w in own)
    if own and not both and not page.scene.parties(own):
        return []
    beside = _partner_beside(page)
    if beside is not None:
        return [beside]
    of_talks = page.context.last is not None and page.context.last.predicate == "negotiating"
    partner = (page.context.recent if of_talks or page.context.partner else None) or page.context.partner
    if partner is None or (theme is None and stage == "ongoing") or (theme is not None and is_plural(theme)):
        return []
    return [Mention(word.start, word.end, partner, "reference", word.index)]


def _partner_beside(page: Page) -> Mention | None:
    """The one partner that the sentence names elsewhere: `asked about the agreement with one, she spoke of talks`."""
    teller = page.context.teller
    speakers = {c.speaker.node for c in page.cues if c.speaker is not None}
    named = (m for m in page.scene.mentions if m.entity.node not in speakers and page.scene.is_actor(m))
    found = [m for m in named if m.entity.kind == "party"]
    others = {m.entity.node: m for m in found if teller is None or m.entity.node != teller.node}
    return next(iter(others.values())) if len(others) == 1 else None


def _stage(page: Page, word: Word, verb: Word | None) -> str:
    """How far talks are, by the words around them."""
    sentence = page.scene.sentence
    near = {w.lemma for w in sentence.children(word)} | {g.lemma for g in _clause(page, word)}
    near |= {verb.lemma, *_told_of(page, verb)} if verb is not None else set()
    stages = page.scene.lexicon.words["stages"]
    return next((stage for stage, words in stages.items() if near & set(words)), "ongoing")


def _clause(page: Page, word: Word) -> Iterator[Word]:
    """What governs a word within its clause."""
    for governor in page.scene.sentence.governors(word):
        yield governor
        if governor.is_verb and governor.role in ("conj", "ccomp", "relcl", "advcl", "parataxis"):
            return


def _told_of(page: Page, verb: Word) -> set[str]:
    """What a verb says of its subject: `are well advanced`, `are at the final stage`."""
    sentence = page.scene.sentence
    said = [*sentence.children(verb, "acomp", "attr"), *following(sentence, verb, "at|in|into|to")]
    return {w.lemma for each in said for w in (each, *sentence.children(each, "amod"))}


def _modality(page: Page, verb: Word | None, stage: str, said: str) -> str:
    """What is under way is ongoing; a beginning, a round or an end has happened, if it is not to come."""
    if said == "fact" and verb is not None and verb.lemma in page.words("modality", "expecting"):
        return "expected"
    if said not in ("fact", "ongoing"):
        return said
    if stage == "agreed":
        return said
    took_place = verb is not None and verb.lemma == "take" and verb.tag in ("VBD", "VBN")
    is_under_way = stage in ("ongoing", "approaching", "preparing") and not took_place
    return "ongoing" if is_under_way else "fact"


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
        or any(page.scene.is_pact(o) or o.lemma in page.words("talks", "steps") for o in objects)
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
