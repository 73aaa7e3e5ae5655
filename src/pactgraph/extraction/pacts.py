"""Pacts between parties: who signs, prepares or negotiates one with whom, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from pactgraph.extraction.candidate import Candidate
from pactgraph.extraction.context import Opening, Told, pronouns
from pactgraph.extraction.counting import counts, ordinal_of
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word, following
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.modality import Mood
from pactgraph.extraction.page import Find, Page, candidate, mention_span
from pactgraph.extraction.partners import Parties, dates_of, partners, sides
from pactgraph.extraction.referents import stands_for_pacts
from pactgraph.extraction.timing import when_of
from pactgraph.extraction.unnamed import vague_partner


@dataclass(frozen=True, slots=True)
class Doing:
    """What is told of a pact: the word that tells it, the pact, how it is put, and what is claimed."""

    word: Word
    theme: Word | None
    how: Mood
    predicate: str
    is_counted: bool


_STANDS_FOR_ITSELF = frozenset("same one their his its so hers theirs such similar own another third".split())


def read_pact(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """The candidates of a verb or noun that says what becomes of a pact."""
    theme = _theme(page, frame, word)
    left_out = (frame.optional and _may_be_left_out(page, word)) or _is_bare_number(page, frame, word)
    if theme is None and not left_out:
        return page.pass_over(frame, word, "nothing near it means a pact")
    if theme is not None and _is_of_many(page, theme):
        return page.pass_over(frame, word, "it is about a declaration or compact")
    if _is_told_more_of(page, word):
        return page.pass_over(frame, word, "it says what is expected of a pact")
    if _is_talked_of(page, word):
        return page.pass_over(frame, word, "it is what talks are about")
    how = _mood(page, frame, word)
    if how.denied:
        return page.pass_over(frame, word, "it is denied")
    found = partners(page, frame, word, theme)
    counted = list(counts(page, frame, word, theme, how))
    yield from counted
    predicate = frame.claims_of(how.modality)
    if predicate:
        _remember(page, frame, how, predicate, found)
    if predicate and (found.every or not counted):
        yield from _claims(page, frame, Doing(word, theme, how, predicate, bool(counted)), found)


def _is_told_more_of(page: Page, word: Word) -> bool:
    """Whether a verb of expecting leads to another that tells of a pact: `the agreement is expected to last`."""
    further = page.scene.sentence.children(word, "xcomp", "ccomp")
    return word.lemma in page.words("modality", "expecting") and any(
        w.is_verb or w.tag == "VB" for w in further
    )


def _is_talked_of(page: Page, word: Word) -> bool:
    """Whether a doing is what talks are about: `the second round of negotiations on concluding an agreement`."""
    nouns = takewhile(lambda g: not g.is_verb, page.scene.sentence.governors(word))
    return any(g.lemma in page.words("talks", "formal") for g in nouns)


def _is_bare_number(page: Page, frame: Frame, word: Word) -> bool:
    """Whether a sentence that speaks of pacts goes on with their number alone: `bringing the total to 15`."""
    counted = (*frame.needs, "number")
    nouns = [w for w in page.reached(word, ("object", "subject")) if w.lemma in counted]
    bare = any(page.scene.sentence.child(w, "prep") is None for w in nouns)
    return bool(frame.value_at) and page.context.since_pacts == 0 and bare


def _remember(page: Page, frame: Frame, how: Mood, predicate: str, found: Parties) -> None:
    """Takes note of what was told, for those who do the same, and for the list that may follow."""
    page.context.last = Told(frame, None, predicate)
    if page.opens_list and page.context.teller is not None and not found.others:
        page.context.opening = Opening(frame, how, predicate, page.context.teller)


def read_echo(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """`Another did so last week`, `followed by a third`: the same again as was told last, by others."""
    last, how = page.context.last, page.mood(word)
    if last is None or last.named is not None or how.denied or not frame.claims_of(how.modality):
        return
    if last.frame.modality and how.modality in ("fact", "expected"):
        how = replace(how, modality=last.frame.modality)
    predicate = last.frame.claims_of(how.modality)
    if ordinal_of(page, word) is not None:
        yield from counts(page, last.frame, word, None, how)
    subject, others = sides(page, partners(page, frame, word, None), None)
    for mention in others if subject is not None and predicate else ():
        assert subject is not None
        find = Find(predicate, subject, mention.entity, mention_span(mention))
        yield candidate(page, replace(frame, stage=last.frame.stage), word, how, find)


def _mood(page: Page, frame: Frame, word: Word) -> Mood:
    """A frame may say how it is to be taken; what is under way is still to come for a signing."""
    how = page.mood(word)
    if frame.modality:
        return replace(how, modality=frame.modality) if how.modality in ("fact", "ongoing") else how
    if how.modality == "ongoing" and "ongoing" not in frame.claims:
        return replace(how, modality="expected")
    return how


def _theme(page: Page, frame: Frame, word: Word) -> Word | None:
    """The pact that a word is about: a noun that means one, or a word that stands for one."""
    for path in frame.at:
        for each in following(page.scene.sentence, word, path):
            for close in page.scene.closure(each):
                if page.scene.is_pact(close):
                    return close
            if stands_for_pacts(page, each) and not _is_expletive(page, each, word):
                return each
    return _theme_above(page, word) or _theme_after(page, word) if "object" in frame.at else None


def _theme_after(page: Page, word: Word) -> Word | None:
    """The pact that the parser hangs on the place before it: `signed in the capital the treaty of friendship`."""
    sentence = page.scene.sentence
    if not word.is_verb or sentence.child(word, "dobj", "ccomp", "nsubjpass", "agent"):
        return None
    places = [w for p in sentence.children(word, "prep") for w in sentence.children(p, "pobj")]
    described = [w for place in places for w in sentence.children(place, "appos")]
    return next(filter(page.scene.is_pact, described), None)


def _is_expletive(page: Page, word: Word, verb: Word) -> bool:
    """Whether `it` stands for a clause: `it is planned that …`."""
    return word.text.lower() == "it" and page.scene.sentence.child(verb, "ccomp", "xcomp") is not None


def _theme_above(page: Page, word: Word) -> Word | None:
    """The pact that a participle describes across its partner: `the agreement with one, signed in May`."""
    if word.tag != "VBN" or word.role not in ("acl", "relcl"):
        return None
    nouns = takewhile(lambda g: not g.is_verb, page.scene.sentence.governors(word))
    return next(filter(page.scene.is_pact, nouns), None)


def _is_of_many(page: Page, theme: Word) -> bool:
    """Whether a theme is a declaration or compact by name, which is no pact of two parties."""
    near = (theme, *page.scene.sentence.children(theme, "compound", "amod", "appos"))
    named = [m for w in near for m in page.scene.mentions_at(w) if m.entity.kind == "pact"]
    return any(m.start <= theme.start < m.end for m in named)


def _may_be_left_out(page: Page, word: Word) -> bool:
    """Whether a verb without an object means the pacts that were spoken of: `one was the first to sign`."""
    if not page.context.has_spoken_of_pacts or (word.tag == "VBN" and word.role in ("acl", "amod")):
        return False
    sentence = page.scene.sentence
    if word.is_noun and sentence.child(word, "det") is None:
        return False
    if any(c.text.lower() in ("up", "off", "away", "in") for c in sentence.children(word, "prt", "advmod")):
        return False
    objects = [o for o in sentence.children(word, "dobj", "ccomp", "nsubjpass") if not _is_before(word, o)]
    return all(o.lemma in _STANDS_FOR_ITSELF or o.text.lower() in pronouns for o in objects)


def _is_before(verb: Word, clause: Word) -> bool:
    """Whether a clause says only who says it, though the parser hangs it on what is said: `he wrote: “we sign …”`."""
    return clause.role == "ccomp" and clause.index < verb.index


def _claims(page: Page, frame: Frame, doing: Doing, found: Parties) -> Iterator[Candidate]:
    """One candidate for each partner, or one for the partner that is meant."""
    word, theme, how = doing.word, doing.theme, doing.how
    subject, others = sides(page, found, theme)
    if subject is None:
        return page.pass_over(frame, word, "no party is named")
    spans, dates = tuple(map(mention_span, others)), dates_of(page, others)
    for mention in others:
        if doing.predicate == "signed" and _is_many(page, mention):
            continue
        find = Find(doing.predicate, subject, mention.entity, mention_span(mention), spans, theme)
        made = candidate(page, frame, word, how, find)
        own = dates.get(mention.start)
        date = when_of(own, page.written, ahead=how.ahead, same=page.context.day) if own else made.when
        yield replace(made, when=date)
    vague = None if others or doing.is_counted else vague_partner(page, word, theme, doing.predicate)
    if vague is not None:
        yield candidate(page, frame, word, how, Find(doing.predicate, subject, *vague, theme=theme))


def _is_many(page: Page, mention: Mention) -> bool:
    """Whether a name means several parties, of which each signs for itself."""
    return mention.entity.kind == "group" or page.context.declaration_of({mention.entity.node}) is not None
