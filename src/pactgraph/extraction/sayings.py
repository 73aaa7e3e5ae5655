"""Who holds which office, and who spoke where, through what, or on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactgraph.extraction.attribution import Cue
from pactgraph.extraction.candidate import Candidate, Span, Voice
from pactgraph.extraction.grammar import Word, after, agents
from pactgraph.extraction.names import Entity
from pactgraph.extraction.page import Page
from pactgraph.extraction.timing import nearest, when_of

_NEAR = 90
"""How many letters may stand between a verb of saying and the day that belongs to its clause."""


def read_offices(page: Page) -> Iterator[Candidate]:
    """An office that stands beside its holder's name."""
    for mention in page.scene.mentions:
        office = mention.office
        if office is not None and not office.past:
            start, end = min(office.start, mention.start), max(office.end, mention.end)
            place = office.start, office.end
            yield Candidate(
                "office", mention.entity, office.name, (start, end), place, place, "office", flags=page.flags
            )


def read_sayings(page: Page) -> Iterator[Candidate]:
    """Who spoke where, through what or on which day: a reporting verb with one of these."""
    for cue in page.cues:
        if (
            cue.speaker is not None
            and cue.word.is_verb
            and cue.word.lemma in page.words("saying", "channels_of")
        ):
            yield from _saying(page, cue, cue.speaker)
        if cue.speaker is not None and cue.rule == "source":
            yield from _sourced(page, cue, cue.speaker)


def _saying(page: Page, cue: Cue, speaker: Entity) -> Iterator[Candidate]:
    scene = page.scene
    if scene.sentence.child(cue.word, "neg") is not None:
        return
    channel = _channel(page, cue.word)
    stops = [*(w for w in page.triggers if w.index != cue.word.index), *(c.word for c in page.cues)]
    when = nearest(scene, cue.word, [e for e in page.times if not e.vague], stops)
    place = _place(page, cue.word)
    if (channel is None and speaker.kind == "party") or (channel is None and when is None and place is None):
        return
    who = agents(scene.sentence, cue.word)
    name, span = channel or ("announcement", (cue.word.start, cue.word.end))
    ends = [(w.start, w.end) for w in (*who, cue.word)]
    ends += [(m.start, m.end) for w in who for m in scene.mentions_at(w)]
    ends += [(when.start, when.end)] if when is not None and abs(when.start - cue.word.start) < _NEAR else []
    evidence = min(s for s, _ in (*ends, span)), max(e for _, e in (*ends, span))
    date = when_of(when, page.written, ahead=False, same=page.context.day) if when is not None else None
    yield _statement(page, cue, speaker, name, evidence, span, date, place)


def _statement(
    page: Page,
    cue: Cue,
    speaker: Entity,
    name: str,
    evidence: Span,
    span: Span,
    date: object,
    place: Span | None,
) -> Candidate:
    details = {"place": page.scene.text[place[0] : place[1]]} if place else {}
    return Candidate(
        "statement",
        speaker,
        name,
        evidence,
        span,
        (cue.word.start, cue.word.end),
        "saying",
        1,
        "fact",
        False,
        Voice(),
        date,  # type: ignore[arg-type]
        details,
        page.flags,
    )


def _sourced(page: Page, cue: Cue, speaker: Entity) -> Iterator[Candidate]:
    """`Source: the president at a briefing`: a label with an occasion and no verb."""
    sentence = page.scene.sentence
    found = _named(page, [w for w in sentence.words if w.is_noun])
    if found is not None:
        name, span = found
        evidence = min(sentence.start, span[0]), max(span[1], cue.word.end)
        date = next((when_of(e, page.written, ahead=False) for e in page.times if not e.vague), None)
        yield _statement(page, cue, speaker, name, evidence, span, date, _place(page, cue.word))


def _channel(page: Page, verb: Word) -> tuple[str, Span] | None:
    """The occasion or the channel that a verb of saying is given."""
    sentence = page.scene.sentence
    through = page.words("saying", "through")
    found = after(sentence, verb, *through)
    found += [o for w in list(found) for o in after(sentence, w, *through)]
    found += sentence.children(verb, "nsubj", "dobj", "dative")
    found += [
        o
        for w in sentence.children(verb, "advcl")
        for o in (*after(sentence, w, *through), *sentence.children(w, "dobj"))
    ]
    return _outlet(page, verb) or _named(page, found)


def _named(page: Page, nouns: list[Word]) -> tuple[str, Span] | None:
    """The channel that one of some nouns names, with what is said of it."""
    sentence = page.scene.sentence
    for noun in nouns:
        below = sentence.below(noun, lambda w: w.role in ("relcl", "acl", "prep", "conj", "appos"))
        words = sorted(below, key=lambda w: w.index)
        text = " ".join(w.text.lower() for w in words)
        name = next(
            (
                n
                for known, n in page.scene.lexicon.channels
                if re.search(rf"(?<!\w){re.escape(known)}(?!\w)", text)
            ),
            None,
        )
        if name is not None:
            tail = [
                w
                for p in sentence.children(noun, "prep")
                if p.text.lower() in ("with", "for", "to")
                for w in sentence.below(p)
            ]
            return name, (words[0].start, max(w.end for w in (*words, *tail)))
    return None


def _outlet(page: Page, verb: Word) -> tuple[str, Span] | None:
    """The paper that somebody told something: an interview, though the word does not fall."""
    if verb.lemma not in page.words("saying", "telling"):
        return None
    for told in page.scene.sentence.children(verb, "dobj", "dative"):
        beside = page.scene.sentence.children(told, "compound", "amod", "det", "appos")
        named = told.tag in ("NNP", "NNPS") and not page.scene.mentions_at(told)
        if named or told.lemma in page.words("saying", "outlets") or told.text.lower() in ("us", "me"):
            return "interview", (
                min((told.start, *(w.start for w in beside if w.start < told.start))),
                told.end,
            )
    return None


def _place(page: Page, verb: Word) -> Span | None:
    """The place after `in` or `at` in the clause of a verb of saying, not in what is said."""
    sentence = page.scene.sentence
    for word in sentence.below(verb, lambda w: w.role in ("ccomp", "parataxis", "advcl")):
        head = sentence.head(word)
        if head is not None and head.role == "prep" and head.text.lower() in ("in", "at"):
            found = [
                m for m in page.scene.mentions_at(word) if m.entity.kind == "place" or m.how == "capital"
            ]
            if found:
                return found[0].start, found[0].end
    return None
