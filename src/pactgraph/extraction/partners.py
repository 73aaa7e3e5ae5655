"""Partners: the parties that a doing names, and from whose side it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from pactgraph.extraction.context import pronouns
from pactgraph.extraction.counting import is_ordinal
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word, agents, antecedents, following, is_passive
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.names import Entity
from pactgraph.extraction.page import Page
from pactgraph.extraction.referents import is_plural
from pactgraph.extraction.timing import Expression

_ABOUT = "on|about|regarding|in|of"
_AT_THEME = (
    "with|to|for|from|by|among",
    "clause/with|by",
    "apposition/with",
    f"{_ABOUT}/with",
    f"{_ABOUT}/{_ABOUT}/with",
)
_BETWEEN = (
    "owner",
    "between",
    "clause/between",
    "apposition/between",
    f"{_ABOUT}/between",
    f"{_ABOUT}/{_ABOUT}/between",
)


@dataclass(frozen=True)
class Parties:
    """The parties that a doing names: who does it, with whom, and those of whom it says `between`."""

    doers: list[Mention]
    others: list[Mention]
    between: list[Mention]

    @property
    def every(self) -> list[Mention]:
        """All, each once, in order of the text."""
        found = {
            m.entity.node: m
            for m in sorted((*self.doers, *self.others, *self.between), key=lambda m: -m.start)
        }
        return sorted(found.values(), key=lambda m: m.start)


def partners(page: Page, frame: Frame, word: Word, theme: Word | None) -> Parties:
    """The parties that stand where a frame looks for them."""
    scene, sentence = page.scene, page.scene.sentence
    reached = {path: following(sentence, word, path) for path in frame.parties}
    doers = [w for path, words in reached.items() if path.endswith("subject") for w in words]
    others = [
        w
        for path, words in reached.items()
        if not path.endswith(("subject", "between", "owner"))
        for w in words
    ]
    between = [w for path, words in reached.items() if path.endswith(("between", "owner")) for w in words]
    others += _joined_in(page, word)
    for each in _themes(page, theme):
        others += page.reached(each, _AT_THEME)
        between += page.reached(each, _BETWEEN)
    others = [meant for w in others for meant in antecedents(sentence, w)]
    doers += [named for w in doers for named in named_elsewhere(page, word, w)]
    by_others = scene.parties(others)
    taken = {m.start for m in by_others}
    by_doers = [m for m in scene.parties(doers) or _before(page, word) if m.start not in taken]
    by_doers = by_doers or [m for m in _approvers(page, word) if m.start not in taken]
    by_others += [m for m in _after_others(page, word, theme) if m not in by_others]
    listed = _listed(page, word, theme, [*doers, *others], [*by_doers, *by_others])
    return Parties(by_doers, [*by_others, *listed], scene.parties(between))


def _joined_in(page: Page, word: Word) -> list[Word]:
    """Those who did it before: `one joined the others in signing`."""
    above = next(islice(page.scene.sentence.governors(word), 1, None), None)
    is_joining = word.role == "pcomp" and above is not None and above.lemma == "join"
    return following(page.scene.sentence, above, "object") if above is not None and is_joining else []


def _themes(page: Page, theme: Word | None) -> list[Word]:
    """A pact, and the pact that is said to be it: `the agreement with one is the tenth that was signed`."""
    verb = page.scene.sentence.head(theme) if theme is not None and theme.role == "attr" else None
    same = page.scene.sentence.children(verb, "nsubj") if verb is not None else []
    return [w for w in (theme, *filter(page.scene.is_pact, same)) if w is not None]


def _approvers(page: Page, word: Word) -> list[Mention]:
    """Who approves, plans or prepares a signing of which nobody else is said to do it."""
    verb = next((g for g in page.scene.sentence.governors(word) if g.is_verb), None)
    plans = verb is not None and verb.lemma in page.words("modality", "expect")
    return page.scene.parties(agents(page.scene.sentence, verb)) if verb is not None and plans else []


def named_elsewhere(page: Page, word: Word, doer: Word) -> list[Word]:
    """Where a doer is named that is only counted: `one became the tenth country to sign`, `the first was one`."""
    nouns = page.words("parties", "states") | page.words("parties", "allies")
    sentence, above = page.scene.sentence, page.scene.sentence.head(doer)
    if not (doer.lemma in nouns or doer.tag in ("JJ", "CD")):
        return []
    found = sentence.children(doer, "nsubj")
    if doer.role == "pobj" and above is not None and above.text.lower() == "among":
        verb = sentence.head(above)
        found += sentence.children(verb, "nsubj", "attr") if verb is not None else []
    if above is not None and above.lemma in page.words("counting", "becoming") and doer.role == "nsubj":
        found += sentence.children(above, "attr")
    verb = sentence.head(word)
    if verb is not None and verb.lemma in page.words("counting", "becoming") and verb is not above:
        found += agents(sentence, verb)
    return found


def _after_others(page: Page, word: Word, theme: Word | None) -> list[Mention]:
    """The list after a preposition that something parts from it: `with, among others, A and B`."""
    sentence = page.scene.sentence
    hanging = (
        p
        for base in (word, theme)
        if base is not None
        for p in sentence.children(base, "prep")
        if p.text.lower() == "with" and not sentence.children(p, "pobj", "pcomp")
    )
    start = next((p.end for p in hanging), None)
    return next((run for run in page.scene.lists if start is not None and run[0].start > start), [])


def _before(page: Page, word: Word) -> list[Mention]:
    """The parties right before a verb that the parser gives no subject."""
    if (
        word.tag not in ("VBD", "VBP", "VBZ", "VBN")
        or agents(page.scene.sentence, word)
        or is_passive(page.scene.sentence, word)
    ):
        return []
    for run in page.scene.lists:
        between = [w for w in page.scene.sentence.words if run[-1].end <= w.start < word.start]
        if run[-1].end <= word.start and all(w.tag in ("RB", "MD") or w.lemma == "have" for w in between):
            return run
    return []


def _listed(
    page: Page, word: Word, theme: Word | None, around: list[Word], known: list[Mention]
) -> list[Mention]:
    """A list after a noun that it spells out: `nine states, namely A and B`, `partners have signed: A, B`."""
    nouns = page.words("parties", "states") | page.words("parties", "allies")
    general = [w for w in around if w.lemma in nouns or w.tag == "CD" or w.text.lower() in pronouns]
    if (theme is not None and (is_plural(theme) or theme.tag == "CD")) or any(
        m.entity.kind == "group" for m in known
    ):
        general.append(theme or word)
    taken = {m.start for m in known}
    listed = page.scene.listed(min(w.end for w in general)) if general else _goers_before(page, word)
    if listed and _goes_on(page, word, listed[0]):
        return []
    return [m for m in listed if m.start not in taken]


def _goes_on(page: Page, word: Word, first: Mention) -> bool:
    """Whether the sentence tells of something else before a list: `has signed with one and talks with others, like A`."""
    finite = ("VBZ", "VBP", "VBD")
    verbs = (w for w in page.scene.sentence.words if w.tag in finite and w.role == "conj")
    return any(word.end < v.start < first.start for v in verbs)


def _goers_before(page: Page, word: Word) -> list[Mention]:
    """Those who did it earlier: `it became the eighth to sign, following A, B and C`."""
    words = [w for w in page.scene.sentence.words if w.start > word.end]
    after = next((w for w in words if w.text.lower() in page.words("parties", "goers_before")), None)
    is_one_of_a_row = any(is_ordinal(page, w) for w in page.scene.sentence.words if w.index < word.index)
    if after is None or not is_one_of_a_row:
        return []
    return next((run for run in page.scene.lists if after.end < run[0].start <= after.end + 5), [])


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
    if (
        len(doers) == 2
        and theme is not None
        and page.scene.is_pact(theme)
        and not is_plural(theme)
        and _is_new(page, theme)
    ):
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
    return (bool(beside & {"a", "an"}) or not determined) and not beside & {
        "similar",
        "such",
        "same",
        "own",
        "bilateral",
        "security",
    }


_OWN_DATE = re.compile(r"[\s,(]*(?:(?:on|in|this|of|for|by|before|the|end)\s)*")


def dates_of(page: Page, mentions: list[Mention]) -> dict[int, Expression]:
    """The dates of parties that each have one: `with A on 3 May, with B and C on 4 May`; none where all share one."""
    found: dict[int, Expression] = {}
    waiting: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.start):
        waiting.append(mention)
        own = next(
            (e for e in page.times if _OWN_DATE.fullmatch(page.scene.text, mention.end, e.start)), None
        )
        if own is not None:
            found |= {m.start: own for m in waiting}
            waiting = []
    return found if len({e.start for e in found.values()}) > 1 else {}
