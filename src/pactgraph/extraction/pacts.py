"""Pacts between parties: who signs, prepares or negotiates one with whom, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pactgraph.extraction.candidate import Candidate, Span
from pactgraph.extraction.context import Doing, Opening, pronouns
from pactgraph.extraction.counting import counts
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word, agents, following, is_passive
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.modality import Mood, mood
from pactgraph.extraction.names import Entity
from pactgraph.extraction.page import Find, Page, candidate, mention_span
from pactgraph.extraction.referents import is_plural, names_pact, stands_for_pacts
from pactgraph.extraction.timing import Expression, when_of

_AT_THEME = ("with|to|for|from|by|among", "clause/with|by", "apposition/with")
_BETWEEN = ("owner", "between", "clause/between", "apposition/between", "of/between")
_STANDS_FOR_ITSELF = frozenset("same one their his its so hers theirs such similar own another third".split())


@dataclass(frozen=True)
class Parties:
    """The parties that a doing names: who does it, with whom, and those of whom it says `between`."""

    doers: list[Mention]
    others: list[Mention]
    between: list[Mention]

    @property
    def every(self) -> list[Mention]:
        """All, each once, in order of the text."""
        found = {m.entity.node: m for m in sorted((*self.doers, *self.others, *self.between), key=lambda m: -m.start)}
        return sorted(found.values(), key=lambda m: m.start)


def read_pact(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """The candidates of a verb or noun that says what becomes of a pact."""
    theme = _theme(page, frame, word)
    if theme is None and not (frame.optional and _may_be_left_out(page, word)):
        return page.pass_over(frame, word, "nothing near it means a pact")
    if theme is not None and _is_of_many(page, theme):
        return page.pass_over(frame, word, "it is about a declaration or compact")
    how = _mood(page, frame, word)
    if how.denied:
        return page.pass_over(frame, word, "it is denied")
    found = partners(page, frame, word, theme)
    counted = list(counts(page, frame, word, theme, how))
    yield from counted
    predicate = frame.claims_of(how.modality)
    page.context.last = Doing(frame, None, predicate) if predicate else page.context.last
    if page.opens_list and predicate and page.context.teller is not None and not found.others:
        page.context.opening = Opening(frame, how, predicate, page.context.teller)
    if predicate and (found.others or found.between or not counted or found.doers):
        yield from _claims(page, frame, word, theme, found, how, predicate, bool(counted))


def read_echo(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """`Finland did so last week`, `followed by Germany`: the same again as was told last, by others."""
    last = page.context.last
    how = mood(page.scene.sentence, word, page.scene.lexicon, headline=page.is_headline)
    if last is None or last.named is not None or how.denied or not frame.claims_of(how.modality):
        return
    how = replace(how, modality=last.frame.modality) if last.frame.modality and how.modality in ("fact", "expected") else how
    predicate = last.frame.claims_of(how.modality)
    found = partners(page, frame, word, None)
    subject, others = sides(page, found, None)
    if subject is None or not predicate:
        return
    for mention in others:
        span = mention_span(mention)
        yield candidate(page, replace(frame, stage=last.frame.stage), word, how, Find(predicate, subject, mention.entity, span))


def _mood(page: Page, frame: Frame, word: Word) -> Mood:
    """A frame may say how it is to be taken; what is under way is still to come for a signing."""
    how = mood(page.scene.sentence, word, page.scene.lexicon, headline=page.is_headline)
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
            if stands_for_pacts(page, each):
                return each
    return None


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
    objects = sentence.children(word, "dobj", "ccomp", "nsubjpass")
    return all(o.lemma in _STANDS_FOR_ITSELF or o.text.lower() in pronouns for o in objects)


def partners(page: Page, frame: Frame, word: Word, theme: Word | None) -> Parties:
    """The parties that stand where a frame looks for them."""
    scene, sentence = page.scene, page.scene.sentence
    reached = {path: following(sentence, word, path) for path in frame.parties}
    doers = [w for path, words in reached.items() if path.endswith("subject") for w in words]
    others = [w for path, words in reached.items() if not path.endswith(("subject", "between", "owner")) for w in words]
    between = [w for path, words in reached.items() if path.endswith(("between", "owner")) for w in words]
    if theme is not None:
        others += [w for path in _AT_THEME for w in following(sentence, theme, path)]
        between += [w for path in _BETWEEN for w in following(sentence, theme, path)]
    by_others = scene.parties(others)
    taken = {m.start for m in by_others}
    by_doers = [m for m in scene.parties(doers) or _before(page, word) if m.start not in taken]
    listed = _listed(page, word, theme, [*doers, *others], [*by_doers, *by_others])
    return Parties(by_doers, [*by_others, *listed], scene.parties(between))


def _before(page: Page, word: Word) -> list[Mention]:
    """The parties right before a verb that the parser gives no subject."""
    if word.tag not in ("VBD", "VBP", "VBZ", "VBN") or agents(page.scene.sentence, word) or is_passive(page.scene.sentence, word):
        return []
    for run in page.scene.lists:
        between = [w for w in page.scene.sentence.words if run[-1].end <= w.start < word.start]
        if run[-1].end <= word.start and all(w.tag in ("RB", "MD") or w.lemma == "have" for w in between):
            return run
    return []


def _listed(page: Page, word: Word, theme: Word | None, around: list[Word], known: list[Mention]) -> list[Mention]:
    """A list after a noun that it spells out: `nine states, namely A and B`, `partners have signed: A, B`."""
    nouns = page.words("parties", "states") | page.words("parties", "allies")
    general = [w for w in around if w.lemma in nouns or w.tag == "CD" or w.text.lower() in pronouns]
    if theme is not None and (is_plural(theme) or theme.tag == "CD") or any(m.entity.kind == "group" for m in known):
        general.append(theme or word)
    if not general:
        return []
    taken = {m.start for m in known}
    return [m for m in page.scene.listed(min(w.end for w in general)) if m.start not in taken]


def _claims(
    page: Page, frame: Frame, word: Word, theme: Word | None, found: Parties, how: Mood, predicate: str, counted: bool
) -> Iterator[Candidate]:
    subject, others = sides(page, found, theme)
    if subject is None:
        return page.pass_over(frame, word, "no party is named")
    spans = tuple(map(mention_span, others))
    dates = dates_of(page, others)
    for mention in others:
        find = Find(predicate, subject, mention.entity, mention_span(mention), spans, theme)
        made = candidate(page, frame, word, how, find)
        own = dates.get(mention.start)
        date = when_of(own, page.written, ahead=how.ahead, same=page.context.day) if own is not None else made.when
        yield replace(made, when=date)
    vague = None if others or counted else _vague_partner(page, word, theme, predicate)
    if vague is not None:
        yield candidate(page, frame, word, how, Find(predicate, subject, *vague, theme=theme))


_OWN_DATE = re.compile(r"[\s,(]*(?:(?:on|in|this|of|for)\s)*")


def dates_of(page: Page, mentions: list[Mention]) -> dict[int, Expression]:
    """The dates of parties that each have one: `with A on 3 May, with B and C on 4 May`; none where all share one."""
    found: dict[int, Expression] = {}
    waiting: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.start):
        waiting.append(mention)
        own = next((e for e in page.times if _OWN_DATE.fullmatch(page.scene.text, mention.end, e.start)), None)
        if own is not None:
            found |= {m.start: own for m in waiting}
            waiting = []
    return found if len({e.start for e in found.values()}) > 1 else {}


def sides(page: Page, found: Parties, theme: Word | None) -> tuple[Entity | None, list[Mention]]:
    """The party from whose side it is told, and the others: the hub, if it takes part or the article is about it."""
    hub = page.context.hub
    others = [m for m in found.every if hub is None or m.entity.node != hub.node]
    if hub is not None and len(others) < len(found.every):
        return hub, others
    pair = _pair(page, found, theme)
    if pair is not None:
        return pair[0].entity, [m for m in others if m.entity.node != pair[0].entity.node]
    teller = page.context.teller
    if teller is None:
        return None, []
    if all(m.entity.node != teller.node for m in others) or teller is hub:
        return teller, others
    return teller, [m for m in others if m.entity.node != teller.node]


def _pair(page: Page, found: Parties, theme: Word | None) -> list[Mention] | None:
    """Two parties that have a pact with one another and none with the hub, the one that the article is about first."""
    between = _parties_of(found.between)
    if len(between) > 1:
        return _teller_first(page, between)
    doers, others = _parties_of(found.doers), _parties_of([*found.others, *found.between])
    others = [m for m in others if m.entity.node not in {d.entity.node for d in doers}]
    grouped = page.context.is_about_hub and any(m.entity.kind == "group" for m in others)
    if doers and others and not grouped:
        return _teller_first(page, [*doers, *others])
    if len(doers) == 2 and theme is not None and page.scene.is_pact(theme) and not is_plural(theme) and _is_new(page, theme):
        return _teller_first(page, doers)
    return None


def _parties_of(mentions: list[Mention]) -> list[Mention]:
    return list({m.entity.node: m for m in mentions if m.entity.kind in ("party", "group")}.values())


def _teller_first(page: Page, pair: list[Mention]) -> list[Mention]:
    teller = page.context.teller
    return sorted(pair, key=lambda m: teller is None or m.entity.node != teller.node)


def _is_new(page: Page, theme: Word) -> bool:
    """Whether a pact is named for the first time, and not likened to others: `a memorandum`, not `a similar one`."""
    beside = {w.lemma for w in page.scene.sentence.children(theme, "amod", "predet", "det", "poss")}
    determined = {w.tag for w in page.scene.sentence.children(theme, "det", "poss", "predet")}
    return (bool(beside & {"a", "an"}) or not determined) and not beside & {"similar", "such", "same", "own", "bilateral", "security"}


def _vague_partner(page: Page, word: Word, theme: Word | None, predicate: str) -> tuple[Entity | str, Span] | None:
    """A partner that is not named: the one whose pact the article is about, some allies, or nobody said."""
    if theme is None or theme.tag == "PRP":
        return _partner_spoken_of(page, word, predicate)
    unnamed = _unnamed(page, word, theme)
    if unnamed is not None:
        group = _group_of(page, unnamed)
        value = group or ("" if predicate == "signed" else "UNSPEC")
        return (value, _noun_span(page, unnamed)) if value else None
    partner = page.context.partner
    if partner is not None and names_pact(page, theme) and not is_plural(theme) and (_is_definite(page, theme) or _is_by_both(page, word)):
        return partner, _noun_span(page, theme)
    if predicate == "signed" or not page.scene.is_pact(theme) or not _is_by_the_teller(page, word):
        return None
    return "UNSPEC", _noun_span(page, theme)


def _is_by_the_teller(page: Page, word: Word) -> bool:
    """Whether the party from whose side it is told is named as the one who does it."""
    teller = page.context.teller
    doers = agents(page.scene.sentence, word)
    named = any(teller is not None and m.entity.node == teller.node for m in page.scene.parties(doers))
    return named or any(w.text.lower() == "we" for w in doers)


def _partner_spoken_of(page: Page, word: Word, predicate: str) -> tuple[Entity | str, Span] | None:
    """The partner of the pact spoken of, for `we will sign in spring` and `the signing took place in the capital`."""
    partner = page.context.recent or page.context.partner
    determiner = page.scene.sentence.child(word, "det")
    the = determiner is not None and determiner.text.lower() == "the"
    if partner is None or word.role in ("relcl", "acl") or not (predicate == "expects_signing" or the):
        return None
    return partner, (word.start, word.end)


def _unnamed(page: Page, word: Word, theme: Word) -> Word | None:
    """The noun that speaks of partners without their names."""
    nouns = page.words("parties", "states") | page.words("parties", "allies")
    sentence = page.scene.sentence
    reached = (w for path in ("with", "with/of", "between", "for", "from") for base in (theme, word) for w in following(sentence, base, path))
    return next((w for w in reached if w.lemma in nouns), None)


def _is_by_both(page: Page, word: Word) -> bool:
    """Whether those who do it are both sides: `our leaders`, `they`, `the two countries`."""
    sentence = page.scene.sentence
    doers = agents(sentence, word)
    beside = {c.text.lower() for w in doers for c in sentence.children(w, "poss", "nummod", "det")}
    return any(w.text.lower() in ("they", "both") for w in doers) or bool(beside & {"our", "two", "both"})


def _is_definite(page: Page, theme: Word) -> bool:
    determiner = page.scene.sentence.child(theme, "det", "poss")
    one_of_many = {c.lemma for c in page.scene.sentence.children(theme, "amod")} & page.words("counting", "of_a_row")
    the = determiner is not None and determiner.text.lower() in ("the", "this", "that", "its", "their")
    return the and not one_of_many


def _group_of(page: Page, word: Word) -> Entity | None:
    if word.lemma != "ally":
        return None
    return next((e for e in page.context.names.entities.values() if e.kind == "group" and "allies" in e.name), None)


def _noun_span(page: Page, noun: Word) -> Span:
    """A noun with what stands before it."""
    below = page.scene.sentence.below(noun)
    left = [w for w in below if w.index <= noun.index and w.role not in ("det", "punct", "cc", "mark")]
    return min(w.start for w in left), noun.end
