"""Frames at work: what the words of a sentence open, with the parts that they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pactgraph.extraction.attribution import Cue, Speakers, voice_of
from pactgraph.extraction.candidate import Candidate, Span, When
from pactgraph.extraction.context import Context
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word, agents, following, span_of
from pactgraph.extraction.joining import read_joining
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.modality import Mood, mood
from pactgraph.extraction.money import money_in
from pactgraph.extraction.names import Entity
from pactgraph.extraction.scene import Scene
from pactgraph.extraction.timing import Expression, nearest, when_of
from pactgraph.extraction.zones import Zone
from pactgraph.quantities import numbers

_FEWEST, _MOST = 2, 60
"""How many pacts or parties a count may count; one is no count."""


@dataclass(frozen=True)
class Page:
    """What reading a sentence needs besides the sentence."""

    scene: Scene
    context: Context
    speakers: Speakers
    cues: list[Cue]
    quoted: list[Span]
    times: list[Expression]
    written: date | None
    triggers: list[Word]
    later: Entity | None = None

    @property
    def is_headline(self) -> bool:
        """Whether the sentence stands where present tense tells of the past."""
        return self.scene.block.zone in (Zone.HEADLINE, Zone.SUBHEAD, Zone.TEASER)


def is_trigger(frame: Frame, word: Word) -> bool:
    """Whether a word opens a frame."""
    if word.is_verb or word.tag[:2] in ("VB",):
        return word.lemma in frame.verbs
    return word.lemma in frame.nouns and word.is_noun


def read_frame(page: Page, frame: Frame, word: Word) -> list[Candidate]:
    """The candidates that a word opens by a frame."""
    return list(_READERS[frame.kind](page, frame, word))


# Pacts between parties


def _read_pact(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    scene = page.scene
    theme = _theme(page, frame, word)
    if theme is None and not (frame.optional and _may_be_left_out(page, frame, word)):
        return
    if theme is not None and (named := _foreign(scene, theme)):
        yield from _read_named(page, frame, word, theme, named)
        return
    how = mood(scene.sentence, word, scene.lexicon, headline=page.is_headline)
    how = _adjusted(page, frame, word, how)
    predicate = frame.claims_of(how.modality)
    found = _partners(page, frame, word, theme)
    if how.denied:
        return
    counted = list(_counts(page, frame, word, theme, found, how))
    yield from counted
    if predicate and (found.others or found.between or not counted):
        yield from _pacts(page, frame, word, theme, found, how, predicate)


def _adjusted(page: Page, frame: Frame, word: Word, how: Mood) -> Mood:
    """A frame may say how it is to be taken; what is under way is still to come for a signing."""
    if frame.modality:
        return replace(how, modality=frame.modality) if how.modality in ("fact", "ongoing") else how
    if how.modality == "ongoing" and "ongoing" not in frame.claims:
        return replace(how, modality="expected")
    return how


def _theme(page: Page, frame: Frame, word: Word) -> Word | None:
    """The pact that a word is about: a noun that means one, or a word that stands for one."""
    sentence = page.scene.sentence
    for path in frame.at:
        for each in following(sentence, word, path):
            for close in page.scene.closure(each):
                if page.scene.is_pact(close):
                    return close
            if _stands_for_pacts(page, each):
                return each
    return None


def _may_be_left_out(page: Page, frame: Frame, word: Word) -> bool:
    """Whether a verb without an object means the pacts that were spoken of: `Britain was the first to sign`."""
    sentence = page.scene.sentence
    if not page.context.mentioned.get("pact", 0):
        return False
    objects = sentence.children(word, "dobj", "ccomp")
    return all(o.lemma in _SAME or o.tag == "PRP" for o in objects) and not (word.is_verb and word.tag == "VBN" and word.role in ("acl", "amod"))


_SAME = frozenset("same one their his its so hers theirs such similar own".split())
_PRONOUNS = frozenset("it they them these those this such one ones each which that".split())


def _stands_for_pacts(page: Page, word: Word) -> bool:
    """Whether a number or a pronoun means pacts: the sentence before spoke of them."""
    if word.tag == "CD" or word.lemma in _PRONOUNS or word.text.lower() in _PRONOUNS:
        return page.context.mentioned.get("pact", 0) > 0
    return False


def _foreign(scene: Scene, theme: Word) -> Entity | None:
    """The declaration or compact that a theme names, which is no pact of two parties."""
    return next((m.entity for w in (theme, *scene.sentence.children(theme, "compound", "amod", "appos")) for m in scene.mentions_at(w) if m.entity.kind == "pact" and m.start <= theme.start < m.end), None)


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


def _partners(page: Page, frame: Frame, word: Word, theme: Word | None) -> Parties:
    """The parties that stand where a frame looks for them."""
    scene, sentence = page.scene, page.scene.sentence
    doers = [w for path in frame.parties if path.endswith("subject") for w in following(sentence, word, path)]
    others = [w for path in frame.parties if not path.endswith(("subject", "between", "owner")) for w in following(sentence, word, path)]
    between = [w for path in frame.parties if path.endswith(("between", "owner")) for w in following(sentence, word, path)]
    if theme is not None:
        others += [w for path in _AT_THEME for w in following(sentence, theme, path)]
        between += [w for path in ("owner", "between", "clause/between") for w in following(sentence, theme, path)]
    by_others = scene.parties(others)
    taken = {m.start for m in by_others}
    return Parties([m for m in scene.parties(doers) if m.start not in taken], by_others, scene.parties(between))


_AT_THEME = ("with|to|for|from|by|among", "with/of", "clause/with|by", "apposition/with")
_BESIDE_PACT = ("owner", "with|between|to|for|from|by|among", "with/of", "clause/with|between|by", "apposition/with|between")


def _pacts(
    page: Page, frame: Frame, word: Word, theme: Word | None, found: Parties, how: Mood, predicate: str
) -> Iterator[Candidate]:
    subject, partners = _sides(page, found)
    if subject is None:
        return
    if partners:
        for mention in partners:
            yield _candidate(page, frame, word, theme, how, predicate, subject, mention.entity, (mention.start, mention.end), partners)
        return
    vague = _vague_partner(page, word, theme)
    if vague is not None:
        entity, span = vague
        if isinstance(entity, str) and predicate == "signed":
            return
        yield _candidate(page, frame, word, theme, how, predicate, subject, entity, span, [])


def _sides(page: Page, found: Parties) -> tuple[Entity | None, list[Mention]]:
    """The party from whose side it is told, and the others: the hub, if it takes part or the article is about it."""
    hub = page.context.hub
    every = found.every
    others = [m for m in every if hub is None or m.entity.node != hub.node]
    if hub is not None and len(others) < len(every):
        return hub, others
    pairs = [m for m in found.between if m.entity.kind == "party"]
    if len({m.entity.node for m in pairs}) > 1:
        return pairs[0].entity, [m for m in others if m.entity.node != pairs[0].entity.node]
    doers = [m for m in found.doers if m.entity.kind == "party"]
    partners = [m for m in (*found.others, *found.between) if m.entity.node not in {d.entity.node for d in doers}]
    if doers and partners and not (hub is not None and page.context.is_about_hub and any(m.entity.kind == "group" for m in partners)):
        return doers[0].entity, partners
    if hub is not None and page.context.is_about_hub:
        return hub, others
    if len(others) > 1:
        return others[0].entity, others[1:]
    focus = page.context.focus
    if others and focus is not None and focus.node != others[0].entity.node:
        return focus, others
    return (hub, []) if not others and hub is not None and page.context.is_about_hub else (None, [])


def _vague_partner(page: Page, word: Word, theme: Word | None) -> tuple[Entity | str, Span] | None:
    """A partner that is not named: the one whose pact the article is about, some allies, or nobody said."""
    if theme is None:
        return None
    scene, sentence = page.scene, page.scene.sentence
    for path in ("with", "between", "for"):
        for base in (theme, word):
            for each in following(sentence, base, path):
                if each.lemma in scene.lexicon.group("parties", "allies") or each.lemma in scene.lexicon.group("parties", "states"):
                    group = _group_of(page, each)
                    return group or "UNSPEC", _noun_span(scene, each)
    definite = sentence.child(theme, "det", "poss")
    is_definite = definite is not None and definite.text.lower() in ("the", "this", "that", "its", "their") or theme.tag == "PRP"
    if is_definite and theme.tag in ("NN", "NNP", "PRP") and page.context.partner is not None:
        return page.context.partner, _noun_span(scene, theme)
    return "UNSPEC", _noun_span(scene, theme)


def _group_of(page: Page, word: Word) -> Entity | None:
    if word.lemma != "ally":
        return None
    return next((e for e in page.context.names.entities.values() if e.kind == "group" and "allies" in e.name), None)


def _noun_span(scene: Scene, noun: Word) -> Span:
    """A noun with what stands before it."""
    left = [w for w in scene.sentence.below(noun) if w.index <= noun.index and w.role not in ("det", "punct", "cc", "mark")]
    return min(w.start for w in left), noun.end


def _counts(
    page: Page, frame: Frame, word: Word, theme: Word | None, found: Parties, how: Mood
) -> Iterator[Candidate]:
    """A number of pacts, or of the parties with whom they are."""
    teller = page.context.hub if page.context.is_about_hub else page.context.focus
    if not frame.counts or teller is None:
        return
    scene, sentence = page.scene, page.scene.sentence
    ordinal = _ordinal_count(page, word)
    if ordinal is not None and how.modality == "fact":
        value = max((int(n) for n in numbers(ordinal.text)), default=0)
        if _FEWEST <= value <= _MOST:
            yield _candidate(page, frame, word, theme, how, "count", teller, f"{value}|signed", (ordinal.start, ordinal.end), [])
        return
    bearers = [theme] if theme is not None else []
    for base in (word, *bearers):
        bearers += [w for p in ("with", "by", "subject", "with/of") for w in following(sentence, base, p)]
    for bearer in {w.index: w for w in bearers}.values():
        counted = bearer.lemma in scene.lexicon.group("parties", "states") | scene.lexicon.group("parties", "allies") or bearer is theme
        numeral = bearer if bearer.tag == "CD" else next(iter(_numerals(scene, bearer)), None)
        if numeral is None or not (counted or bearer.tag == "CD"):
            continue
        value = next((int(n) for n in numbers(numeral.text) if n == int(n)), 0)
        if not _FEWEST <= value <= _MOST or _is_date(page, numeral):
            continue
        status = _status(page, frame, how, bearer, numeral)
        if status:
            made = _candidate(page, frame, word, theme, how, "count", teller, f"{value}|{status}", (numeral.start, numeral.end), [])
            yield made
            return


def _numerals(scene: Scene, noun: Word) -> Iterator[Word]:
    for child in scene.sentence.children(noun, "nummod"):
        if numbers(child.text):
            yield child


def _is_date(page: Page, word: Word) -> bool:
    return any(e.start <= word.start < e.end for e in page.times)


def _ordinal_count(page: Page, word: Word) -> Word | None:
    """The ordinal in `became the ninth country to sign` and `the third accord of the kind`."""
    sentence = page.scene.sentence
    for governor in sentence.governors(word):
        if governor.is_noun and word.role in ("acl", "relcl", "advcl", "xcomp"):
            return next((c for c in sentence.children(governor, "amod", "nummod") if _is_ordinal(c)), None)
    return None


def _is_ordinal(word: Word) -> bool:
    return bool(numbers(word.text)) and (word.text.lower().endswith(("th", "nd", "rd", "st")) or word.text.lower() in ("second", "third", "first"))


def _status(page: Page, frame: Frame, how: Mood, bearer: Word, numeral: Word) -> str:
    text = page.scene.text[page.scene.sentence.start : page.scene.sentence.end].lower()
    if re.search(r"\b(in total|in all|altogether|total of)\b", text) and how.modality != "fact":
        return "total"
    return frame.counts.get(how.modality, frame.counts.get("else", ""))


def _candidate(
    page: Page,
    frame: Frame,
    word: Word,
    theme: Word | None,
    how: Mood,
    predicate: str,
    subject: Entity,
    value: Entity | str,
    span: Span,
    partners: list[Mention],
) -> Candidate:
    scene = page.scene
    evidence = _evidence(page, word, theme, [span, *((m.start, m.end) for m in partners)])
    voice = voice_of(scene, word, evidence, page.cues, page.quoted, page.speakers, page.later)
    when = _when(page, word, theme, how)
    details = {"stage": frame.stage} if frame.stage else {}
    if how.condition is not None:
        start, end = span_of(scene.sentence, how.condition)
        details = {**details, "condition": scene.text[start:end]}
    flags = ("teaser",) if scene.block.zone is Zone.TEASER else ()
    return Candidate(
        predicate, subject, value, evidence, _with_article(scene, span), (word.start, word.end), frame.id, frame.version,
        how.modality, how.denied, voice, when, details, flags, frame.confidence,
    )


def _with_article(scene: Scene, span: Span) -> Span:
    before = next((w for w in scene.sentence.words if w.end <= span[0] and span[0] - w.end <= 1 and w.text.lower() == "the"), None)
    return (before.start, span[1]) if before is not None else span


def _evidence(page: Page, word: Word, theme: Word | None, spans: Iterable[Span]) -> Span:
    """The clause: from the doer or the doing to the last of its parts."""
    sentence = page.scene.sentence
    own = [(w.start, w.end) for w in (*agents(sentence, word), word, *([theme] if theme else []))]
    own += [(c.start, c.end) for c in sentence.children(word, "aux", "auxpass", "nsubj", "nsubjpass", "neg")]
    every = [*own, *spans]
    return min(s for s, _ in every), max(e for _, e in every)


def _when(page: Page, word: Word, theme: Word | None, how: Mood) -> When | None:
    expression = nearest(page.scene, word, page.times, page.triggers)
    if expression is None and theme is not None:
        expression = nearest(page.scene, theme, page.times, page.triggers)
    if expression is None or (expression.vague and (expression.vague == "past") == how.ahead):
        return None
    return when_of(expression, page.written, ahead=how.ahead)


# Declarations that many join, and pacts of many


def _read_named(page: Page, frame: Frame, word: Word, theme: Word, named: Entity) -> Iterator[Candidate]:
    """A declaration or compact by name, which parties sign or join."""
    yield from read_joining(page, frame, word, theme, named)


# What pacts contain, aim at and are worth


def _read_property(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    scene, sentence = page.scene, page.scene.sentence
    subjects = [w for path in frame.at for w in following(sentence, word, path)]
    about = next((t for w in subjects if (t := topic(page, w, frame.theme)) is not None), None)
    if about is None:
        return
    how = mood(sentence, word, scene.lexicon, headline=page.is_headline)
    if how.denied:
        return
    values = [w for path in frame.value_at for w in following(sentence, word, path)]
    yield from _VALUES[frame.value](page, frame, word, about, values, how)


def topic(page: Page, word: Word, kinds: tuple[str, ...]) -> Entity | None:
    """The pact, declaration, measure or party that a word means."""
    scene, context = page.scene, page.context
    if "declaration" in kinds or "pact" in kinds:
        declared = declaration_at(page, word)
        if declared is not None:
            return declared
        named = scene.named_pact(word)
        if named is not None:
            return named
    if "measure" in kinds and (measure := measure_at(page, word)) is not None:
        return measure
    if "pact" in kinds and (scene.is_pact(word) or _stands_for_pacts(page, word)):
        return _pact_meant(page, word)
    if "pact" in kinds and word.tag in ("WDT", "WP"):
        return None
    if "party" in kinds:
        parties = scene.parties([word])
        if parties and parties[0].entity.kind == "party":
            return parties[0].entity
    return None


def _pact_meant(page: Page, noun: Word) -> Entity:
    """The pact with the partner that stands beside a noun, or with the article's; all pacts for a plural."""
    context = page.context
    parties = page.scene.parties(w for path in _BESIDE_PACT for w in following(page.scene.sentence, noun, path))
    others = [m.entity for m in parties if context.hub is None or m.entity.node != context.hub.node]
    plural = noun.tag in ("NNS", "NNPS") or noun.text.lower() in ("they", "these", "them", "those", "each")
    if len(others) == 1 and others[0].code:
        return context.pact_with(others[0])
    if plural or context.partner is None:
        return context.pacts()
    return context.pact_with(context.partner)


def declaration_at(page: Page, word: Word) -> Entity | None:
    """The declaration that a noun means: by its name, or a pledge made by those who declared it."""
    scene, sentence = page.scene, page.scene.sentence
    named = next((m.entity for m in scene.mentions_at(word) if m.entity.kind == "pact"), None)
    if named is not None:
        return named
    if word.lemma not in scene.lexicon.group("declarations", "nouns"):
        return None
    makers = [w for p in ("owner", "by", "of", "from", "clause/subject", "clause/by") for w in following(sentence, word, p)]
    parties = {m.entity.node for m in scene.parties(makers)}
    return page.context.declaration_of(parties)


def measure_at(page: Page, word: Word) -> Entity | None:
    """The measure that a noun means, such as an aid bill."""
    scene, sentence = page.scene, page.scene.sentence
    if word.lemma not in scene.lexicon.group("measures", "nouns"):
        return None
    beside = {w.lemma for w in sentence.children(word, "compound", "amod", "nmod")} | {word.lemma}
    if not beside & scene.lexicon.group("measures", "with"):
        return None
    return page.context.measure()


def _fields(page: Page, frame: Frame, word: Word, about: Entity, values: list[Word], how: Mood) -> Iterator[Candidate]:
    scene, sentence = page.scene, page.scene.sentence
    area = {w.index: w for v in values for w in sentence.below(v, lambda w: w.role in ("advcl", "relcl", "ccomp"))}
    found = find_fields(scene, area.values())
    if not found or about.kind == "party":
        return
    spans = [span for _, span in found]
    for field_, span in found:
        yield _property(page, frame, word, about, field_, span, spans, how)


def find_fields(scene: Scene, words: Iterable[Word]) -> list[tuple[str, Span]]:
    """The fields that words name, each once, in order of the text."""
    table = scene.lexicon.fields
    found: dict[str, Span] = {}
    ordered = sorted(words, key=lambda w: w.index)
    for index, word in enumerate(ordered):
        after = ordered[index + 1] if index + 1 < len(ordered) else None
        pair = f"{word.lemma} {after.lemma}" if after is not None and after.index == word.index + 1 else ""
        name = table.get(pair) or (table.get(word.lemma) or table.get(word.text.lower()) if not _in_pair(ordered, index, table) else None)
        if name and not any(m.entity.kind != "place" for m in scene.mentions_at(word)):
            found.setdefault(name, _field_span(scene, word))
    return sorted(found.items(), key=lambda pair: pair[1])


def _in_pair(words: list[Word], index: int, table: Mapping[str, str]) -> bool:
    before = words[index - 1] if index else None
    return before is not None and before.index == words[index].index - 1 and f"{before.lemma} {words[index].lemma}" in table


def _field_span(scene: Scene, word: Word) -> Span:
    head = scene.sentence.head(word)
    if word.role in ("amod", "compound") and head is not None and head.index == word.index + 1:
        return word.start, head.end
    return word.start, word.end


def _clauses(page: Page, frame: Frame, word: Word, about: Entity, values: list[Word], how: Mood) -> Iterator[Candidate]:
    if about.kind == "party" or not values:
        return
    sentence = page.scene.sentence
    words = [w for w in sentence.below(word, lambda w: w.role in ("nsubj", "nsubjpass", "parataxis", "punct")) if w.index >= word.index]
    end = max(w.end for w in words)
    if len(words) < _SHORTEST_PURPOSE:
        return
    yield _property(page, frame, word, about, "*", None, [(word.start, end)], how)


_SHORTEST_PURPOSE = 3


def _money(page: Page, frame: Frame, word: Word, about: Entity, values: list[Word], how: Mood) -> Iterator[Candidate]:
    scene, sentence = page.scene, page.scene.sentence
    area = {w.index for w in sentence.below(word, lambda w: w.role in ("advcl", "relcl") and w.index > word.index and False)}
    for amount in money_in(scene):
        words = scene.words_of(amount.start, amount.end)
        if not words or not any(w.index in area for w in words):
            continue
        closest = next((g for g in (words[-1], *sentence.governors(words[-1])) if g.is_verb), None)
        if closest is not None and closest.index != word.index and closest.lemma in frame.verbs:
            continue
        target = _receiver(page, about)
        if target is None:
            return
        made = _property(page, frame, word, target, amount.text, (amount.start, amount.end), [(amount.start, amount.end)], how)
        yield replace(made, details={**made.details, **amount.details}, also_about=tuple(_also(page, about)))


def _receiver(page: Page, about: Entity) -> Entity | None:
    """What an amount is said of: a pact, or the pact of the party that gives it."""
    if about.kind != "party":
        return about
    hub = page.context.hub
    if hub is not None and about.node == hub.node:
        return None if page.context.partner is None else page.context.pact_with(page.context.partner)
    return page.context.pact_with(about) if about.code else None


def _also(page: Page, about: Entity) -> Iterator[Entity]:
    yield about
    if page.context.partner is not None:
        yield page.context.partner
    yield page.context.pacts()


def _property(
    page: Page, frame: Frame, word: Word, about: Entity, value: str, span: Span | None, spans: list[Span], how: Mood
) -> Candidate:
    scene = page.scene
    evidence = _evidence(page, word, None, spans)
    voice = voice_of(scene, word, evidence, page.cues, page.quoted, page.speakers, page.later)
    when = _when(page, word, None, how) if frame.value == "money" else None
    flags = ("teaser",) if scene.block.zone is Zone.TEASER else ()
    modality = how.modality if how.modality in ("expected", "hoped", "possible", "conditional") and frame.value != "field" else "fact"
    return Candidate(
        frame.claims_of(how.modality), about, value, evidence, span, (word.start, word.end), frame.id, frame.version,
        modality, how.denied, voice, when, {}, flags, frame.confidence,
    )


_VALUES = {"field": _fields, "clause": _clauses, "money": _money}


# Talks


def _read_event(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """Negotiations: between whom, and how far they are."""
    scene, sentence = page.scene, page.scene.sentence
    about = any(scene.is_pact(w) for w in sentence.below(word)) or any(scene.is_pact(w) for g in sentence.governors(word) for w in sentence.children(g, "dobj", "pobj", "nsubj", "nsubjpass"))
    if not about and not (frame.stage == "" and page.context.mentioned.get("pact", 0)):
        return
    verb = next((g for g in sentence.governors(word) if g.is_verb), None)
    how = mood(sentence, verb if verb is not None else word, scene.lexicon, headline=page.is_headline)
    if how.denied:
        return
    theme = next((w for w in sentence.below(word) if scene.is_pact(w)), None)
    found = _partners(page, frame, word, theme)
    subject, partners = _sides(page, found)
    if not partners and page.context.partner is not None and about:
        partners = [Mention(word.start, word.end, page.context.partner, "reference", word.index)]
    if subject is None:
        return
    stage = frame.stage or _stage(page, word, verb)
    staged = replace(frame, stage=stage)
    trigger = verb if verb is not None and stage in ("begun", "round") else word
    modality = "ongoing" if stage == "ongoing" and how.modality == "fact" else how.modality
    modality = "fact" if stage == "begun" and modality == "ongoing" else modality
    for mention in partners:
        yield _candidate(page, staged, trigger, word, replace(how, modality=modality), "negotiating", subject, mention.entity, (mention.start, mention.end), partners)


def _stage(page: Page, word: Word, verb: Word | None) -> str:
    sentence = page.scene.sentence
    lemmas = {w.lemma for w in sentence.children(word)} | ({verb.lemma} if verb is not None else set())
    head = sentence.head(word)
    around = {g.lemma for g in sentence.governors(word)} | lemmas
    if "round" in around or (head is not None and head.lemma == "of" and "round" in {g.lemma for g in sentence.governors(head)}):
        return "round"
    if around & {"begin", "start", "launch", "open", "commence", "beginning", "start", "launch", "initiate"}:
        return "begun"
    if around & {"complete", "conclude", "finish", "finalize", "wrap"}:
        return "agreed"
    return "ongoing"


_READERS = {"pact": _read_pact, "property": _read_property, "event": _read_event}
