"""Declarations and compacts: who made them and when, who joined, how many did, and what rests on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pactgraph.extraction.candidate import Candidate, Span
from pactgraph.extraction.context import Told
from pactgraph.extraction.counting import ordinal_of, value_of
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word, agents, following
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.modality import Mood
from pactgraph.extraction.names import Entity
from pactgraph.extraction.page import Find, Page, candidate, mention_span
from pactgraph.extraction.partners import named_elsewhere
from pactgraph.extraction.referents import declaration_at, declarations
from pactgraph.extraction.timing import Expression, when_of
from pactgraph.quantities import numbers

_NEAR = 90
"""How many letters may stand between a declaration and those who made it."""
_FEWEST_JOINED = 3
"""Fewer are a part of those who joined, and not how many did."""
_FAR = 3
"""How many sentences may stand between a declaration and `it was joined by`."""
_TIE = Frame("tie", "making")
_MADE = Frame("declaration", "making")


def read_declared(page: Page) -> Iterator[Candidate]:
    """A declaration with the day or the doing of its making."""
    for noun, declaration in declarations(page):
        page.context.declaration = (
            declaration if page.context.is_of_many(declaration) else page.context.declaration
        )
        maker = page.context.maker_of(declaration)
        if maker is None or not page.context.is_declaration(declaration):
            continue
        doing = _making(page, noun, maker)
        dates = [e for e in page.times if not e.vague and _dates(page, e, noun, doing)]
        if doing is not None or dates:
            yield _declared(page, noun, declaration, maker, doing, dates)


def _declared(
    page: Page,
    noun: Word,
    declaration: Entity,
    maker: Entity,
    doing: tuple[Frame, Word] | None,
    dates: list[Expression],
) -> Candidate:
    near = [
        m for m in page.scene.mentions if m.entity.node == maker.node and abs(m.start - noun.start) < _NEAR
    ]
    spans = (*map(mention_span, near), *((e.start, e.end) for e in dates[:1]), (noun.start, noun.end))
    frame = doing[0] if doing else _MADE
    find = Find("declared", maker, declaration, name_span(page, noun), spans, dated=False)
    made = candidate(page, frame, noun, Mood(), find)
    when = when_of(dates[0], page.written, ahead=False) if dates else None
    return replace(made, when=when, voice=type(made.voice)())


def _making(page: Page, noun: Word, maker: Entity) -> tuple[Frame, Word] | None:
    """The frame and the verb by which its makers make it."""
    sentence = page.scene.sentence
    verb = next((g for g in sentence.governors(noun) if g.is_verb), None)
    frames = [f for f in page.scene.lexicon.frames if f.kind == "making"]
    below = [*sentence.children(noun, "acl", "relcl"), *_described_by(page, noun)]
    for each in [v for v in (verb, *below) if v is not None]:
        frame = next((f for f in frames if f.opens_at(sentence, each)), None)
        doers = page.scene.parties(agents(sentence, each))
        passive = sentence.child(each, "auxpass") is not None or (each in below and each.tag == "VBN")
        if not (each in below or _is_about(page, each, noun)):
            continue
        if frame and (any(m.entity.node == maker.node for m in doers) or (passive and not doers)):
            return frame, each
    return None


def _described_by(page: Page, noun: Word) -> list[Word]:
    """A participle right after a noun and a comma, wherever the parser hangs it: `the declaration, adopted in May`."""
    end = name_span(page, noun)[1]
    after = [w for w in page.scene.sentence.words[noun.index :] if w.start >= end][:2]
    return [after[1]] if len(after) == 2 and after[0].text == "," and after[1].tag == "VBN" else []


def _is_about(page: Page, verb: Word, noun: Word) -> bool:
    """Whether a noun is what a verb makes: its object, or what it agrees on."""
    reached = [
        w
        for path in ("object", "on", "upon", "of", "into")
        for w in following(page.scene.sentence, verb, path)
    ]
    return any(w.index == noun.index for w in reached)


def _dates(page: Page, expression: Expression, noun: Word, doing: tuple[Frame, Word] | None) -> bool:
    """Whether a time is that of the making: it hangs on the noun, on the verb, or stands right after the noun."""
    for governor in (expression.word, *page.scene.sentence.governors(expression.word)):
        if governor.index == noun.index or (doing is not None and governor.index == doing[1].index):
            return True
        if governor.is_verb:
            break
    if _is_joined(page, noun):
        return False
    between = page.scene.text[noun.end : expression.start]
    return 0 <= expression.start - noun.end < 60 and bool(
        re.fullmatch(r"(?:(?!\b(?:and|sign|join))[^,;.])*", between)
    )


def _is_joined(page: Page, noun: Word) -> bool:
    """Whether what stands after a declaration says when it was joined."""
    verb = next((g for g in page.scene.sentence.governors(noun) if g.is_verb), None)
    return verb is not None and verb.lemma in ("join", "accede")


def name_span(page: Page, noun: Word) -> Span:
    """Where the name stands that a noun is part of."""
    named = next((m for m in page.scene.mentions_at(noun) if m.entity.kind == "pact"), None)
    return mention_span(named) if named else (noun.start, noun.end)


def read_ties(page: Page) -> Iterator[Candidate]:
    """What pacts rest on: words that tie, and the declaration after them."""
    scene, sentence = page.scene, page.scene.sentence
    ties = _ties(tuple(scene.lexicon.words["declarations"]["ties"]))
    for noun, declaration in declarations(page):
        start = min(w.start for w in sentence.below(noun) if w.index <= noun.index)
        if not ties.search(scene.text[max(sentence.start, start - 60) : noun.start]) or not _speaks_of_pacts(
            page, noun
        ):
            continue
        about = next((w for w in sentence.words if w.index < noun.index and _is_pact_of_two(page, w)), None)
        begin = about.start if about is not None else sentence.words[0].start
        also = (page.context.pact_with(page.context.partner),) if page.context.partner else ()
        span = start, max(noun.end, name_span(page, noun)[1])
        find = Find(
            "based_on", page.context.pacts(), declaration, span, ((begin, span[1]),), None, False, {}, also
        )
        made = candidate(page, _TIE, noun, Mood(), find)
        yield replace(made, voice=type(made.voice)()) if not page.cues else made


def read_summit_ties(page: Page) -> Iterator[Candidate]:
    """What was agreed at a summit, where pacts are said to fulfil it."""
    scene, sentence = page.scene, page.scene.sentence
    for mention in scene.mentions:
        before = scene.text[max(sentence.start, mention.start - _NEAR) : mention.start]
        word = sentence.words[mention.word]
        if mention.entity.kind == "event" and _FULFILS.search(before) and _speaks_of_pacts(page, word):
            pacts = [w for w in sentence.words if w.start >= mention.end and _is_pact_of_two(page, w)]
            spans = ((sentence.words[0].start, mention.end), *((w.start, w.end) for w in pacts[:1]))
            find = Find(
                "based_on", page.context.pacts(), mention.entity, mention_span(mention), spans, None, False
            )
            yield candidate(page, _TIE, word, Mood(), find)


_FULFILS = re.compile(
    r"\b(?:fulfil|implement|accordance with|pursuance of|basis of|based on)\w*\s(?:\w+\s){0,3}"
    r"(?:agreement|decision|commitment|arrangement)s?\s(?:of|at|reached at|made at|taken at)\s(?:the\s)?$",
    re.IGNORECASE,
)


def _speaks_of_pacts(page: Page, noun: Word) -> bool:
    words = page.scene.sentence.words
    if any(_is_pact_of_two(page, w) or w.lemma in page.words("pacts", "signing") for w in words):
        return True
    opening = {w.text.lower() for w in words[:4]}
    return page.context.has_spoken_of_pacts and bool(opening & page.words("pacts", "pointing"))


def _is_pact_of_two(page: Page, word: Word) -> bool:
    return page.scene.is_pact(word) and declaration_at(page, word) is None


@lru_cache
def _ties(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b(?:[^.;]{{0,45}})$", re.IGNORECASE)


def read_joining(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """Who joined a declaration or signed a pact of many, and how many did."""
    about = _joined(page, frame, word)
    how = page.mood(word)
    if about is None or how.denied:
        return page.pass_over(
            frame, word, "it is denied" if about else "it is about no declaration or compact"
        )
    noun, pact = about
    page.context.last = Told(frame, pact, "joined_declaration")
    yield from _joiners(page, frame, word, noun, pact, how)
    yield from _how_many(page, frame, word, noun, pact, how)


def read_joining_again(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """`Two more did so in August`, after a declaration that others joined."""
    last = page.context.last
    how = page.mood(word)
    if last is not None and last.named is not None and not how.denied:
        yield from _joiners(page, frame, word, word, last.named, how)


def _joiners(
    page: Page, frame: Frame, word: Word, noun: Word, pact: Entity, how: Mood
) -> Iterator[Candidate]:
    maker = page.context.maker_of(pact)
    reached = page.reached(word, frame.parties)
    reached += [named for w in reached for named in named_elsewhere(page, word, w)]
    who = [m for m in page.scene.parties(reached) if maker is None or m.entity.node != maker.node]
    if any(w.lemma in page.words("parties", "states") for w in reached):
        who += [m for m in page.scene.listed(word.start) if m not in who]
    who = who or _the_country(page, reached)
    for mention in who:
        if mention.entity.kind == "party" and mention.entity.node != pact.node:
            spans = (mention_span(mention), name_span(page, noun))
            find = Find("joined_declaration", mention.entity, pact, name_span(page, noun), spans)
            yield candidate(page, frame, word, how, find)


def _the_country(page: Page, reached: list[Word]) -> list[Mention]:
    """The partner spoken of, where it is called `the country`."""
    partner, sentence = page.context.recent or page.context.partner, page.scene.sentence
    nouns = (w for w in reached if w.lemma in page.words("parties", "states") and w.tag == "NN")
    noun = next((w for w in nouns if any(d.text.lower() == "the" for d in sentence.children(w, "det"))), None)
    return [Mention(noun.start, noun.end, partner, "reference", noun.index)] if noun and partner else []


def _joined(page: Page, frame: Frame, word: Word) -> tuple[Word, Entity] | None:
    """The declaration or compact that a word is about, which more than two can join."""
    for path in frame.at:
        for each in following(page.scene.sentence, word, path):
            found = declaration_at(page, each) or _pronoun(page, word, each)
            if found is not None and page.context.is_of_many(found):
                return each, found
    alone = not page.scene.sentence.children(word, "dobj") and (
        word.lemma == "join" or page.scene.sentence.child(word, "prt")
    )
    return (word, declaration) if alone and (declaration := _meant(page, word)) is not None else None


def _pronoun(page: Page, verb: Word, word: Word) -> Entity | None:
    """`It`, after a sentence that spoke of a declaration."""
    found = _meant(page, verb) if word.text.lower() in ("it", "this", "which") else None
    may_be_a_pact = found is not None and verb.lemma == "sign" and page.context.is_declaration(found)
    return None if may_be_a_pact else found


def _meant(page: Page, verb: Word) -> Entity | None:
    """The declaration spoken of right before, or in this sentence; that is joined, a sentence farther back."""
    here = next((found for _, found in declarations(page) if page.context.is_of_many(found)), None)
    far = _FAR if verb.lemma == "join" else 0
    return here or (page.context.declaration if page.context.since_declaration <= far else None)


def _how_many(
    page: Page, frame: Frame, word: Word, noun: Word, pact: Entity, how: Mood
) -> Iterator[Candidate]:
    ordinal = ordinal_of(page, word)
    if ordinal is not None and how.modality == "fact":
        yield _counted(
            page, frame, word, noun, pact, how, (value_of(page, ordinal), ordinal.start, ordinal.end)
        )
    for each in page.reached(word, frame.parties):
        inner = [w for p in ("of", "among") for w in following(page.scene.sentence, each, p)]
        for number in (c for w in (each, *inner) for c in page.scene.sentence.children(w, "nummod")):
            value = max((int(n) for n in numbers(number.text)), default=0)
            if value > _FEWEST_JOINED and not page.scene.sentence.children(number, "nummod", "compound"):
                span = number.start, max(each.end, number.end)
                yield _counted(page, frame, word, noun, pact, how, (value, *span))
                return


def _counted(
    page: Page, frame: Frame, word: Word, noun: Word, pact: Entity, how: Mood, number: tuple[int, int, int]
) -> Candidate:
    value, *span = number
    find = Find("pact", pact, str(value), (span[0], span[1]), ((noun.start, noun.end),), dated=False)
    return candidate(page, frame, word, how, find)
