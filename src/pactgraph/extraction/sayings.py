"""Who holds which office, and who spoke where, through what, or on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pactgraph.extraction.attribution import Cue
from pactgraph.extraction.candidate import Candidate, Span, When
from pactgraph.extraction.grammar import Sentence, Word, after, agents
from pactgraph.extraction.names import Entity
from pactgraph.extraction.page import Page
from pactgraph.extraction.timing import Expression, nearest, when_of

_BARE = "announcement"
_NEAR = 90
"""How many letters may stand between a verb of saying and the day that belongs to its clause."""


def read_offices(page: Page) -> Iterator[Candidate]:
    """An office that stands beside its holder's name."""
    for mention in page.scene.mentions:
        office = mention.office
        if office is not None and not office.past:
            start, end = min(office.start, mention.start), max(office.end, mention.end)
            place = office.start, office.end
            for name in dict.fromkeys(filter(None, (office.also, office.name))):
                yield Candidate(
                    "office", mention.entity, name, (start, end), place, place, "office", flags=page.flags
                )


def read_sayings(page: Page) -> Iterator[Candidate]:
    """Who spoke where, through what or on which day; one occasion of a sentence is not a bare announcement, too."""
    found = list(_sayings(page))
    named = {c.subject.node for c in found if c.object != _BARE}
    yield from (c for c in found if c.object != _BARE or c.subject.node not in named)


def _sayings(page: Page) -> Iterator[Candidate]:
    """What each verb of saying tells of its occasion."""
    for cue in page.cues:
        if cue.speaker is not None and cue.rule.startswith("verb"):
            yield from _saying(page, cue, cue.speaker)
        if cue.speaker is not None and cue.rule == "source":
            yield from _sourced(page, cue, cue.speaker)
    said = {cue.word.index for cue in page.cues}
    for word in page.scene.sentence.words:
        if word.is_verb and word.index not in said and word.lemma in page.words("saying", "giving"):
            yield from _giving(page, word)


def _giving(page: Page, verb: Word) -> Iterator[Candidate]:
    """An occasion without a verb of saying: `he gave an interview`, `she addressed parliament`."""
    who = (m.entity for w in agents(page.scene.sentence, verb) for m in page.scene.mentions_at(w))
    speaker = next((e for e in who if e.kind == "person"), None)
    happened = page.mood(verb).modality == "fact"
    if speaker is not None and happened and _channel(page, verb) is not None:
        yield from _saying(page, Cue(verb, speaker, "", frozenset()), speaker)


@dataclass(frozen=True, slots=True)
class _Said:
    """Through what something was said, when and where, and the stretches that show it."""

    channel: str
    span: Span
    ends: tuple[Span, ...]
    when: When | None
    place: Span | None


def _saying(page: Page, cue: Cue, speaker: Entity) -> Iterator[Candidate]:
    if page.scene.sentence.child(cue.word, "neg") is not None:
        return
    channel, time, place = _channel(page, cue.word), _time(page, cue.word), _place(page, cue.word)
    if channel is None and (speaker.kind == "party" or (time is None and place is None)):
        return
    if channel is None and not _is_announced(page, cue.word):
        return
    name, span = channel or (_BARE, (cue.word.start, cue.word.end))
    who = agents(page.scene.sentence, cue.word)
    ends = [(w.start, w.end) for w in (*who, cue.word)]
    ends += [(m.start, m.end) for w in who for m in page.scene.mentions_at(w)]
    if time is not None and abs(time.start - cue.word.start) < _NEAR:
        ends.append((time.start, time.end))
    when = when_of(time, page.written, ahead=False, same=page.context.day) if time is not None else None
    yield _statement(page, cue, speaker, _Said(name, span, tuple(ends), when, place))


def _is_announced(page: Page, verb: Word) -> bool:
    """Whether a verb tells what is said, and not beside another deed: `he came and promised 2 billion`."""
    clauses = page.scene.sentence.children(verb, "ccomp", "parataxis", "dep")
    return verb.lemma in page.words("saying", "channels_of") and (verb.role != "conj" or bool(clauses))


def _time(page: Page, verb: Word) -> Expression | None:
    """When something was said: the time that hangs on the verb of saying and on no other."""
    stops = [*(w for w in page.triggers if w.index != verb.index), *(c.word for c in page.cues)]
    own = [e for e in page.times if not e.vague and not _is_quoted(page, e.start) and not _is_year(page, e)]
    return nearest(page.scene, verb, own, stops)


def _is_year(page: Page, time: Expression) -> bool:
    """Whether a time is a year and no more, on which something is done and nothing said: `80 million this year`."""
    return page.scene.text[time.start : time.end].lower().split()[-1:] == ["year"]


def _is_quoted(page: Page, place: int) -> bool:
    return any(start < place < end for start, end in page.quoted)


def _statement(page: Page, cue: Cue, speaker: Entity, said: _Said) -> Candidate:
    details = {"place": page.scene.text[said.place[0] : said.place[1]]} if said.place else {}
    trigger = cue.word.start, cue.word.end
    ends = (*said.ends, said.span)
    evidence = min(start for start, _ in ends), max(end for _, end in ends)
    made = Candidate(
        "statement", speaker, said.channel, evidence, said.span, trigger, "saying", flags=page.flags
    )
    return replace(made, when=said.when, details=details)


def _sourced(page: Page, cue: Cue, speaker: Entity) -> Iterator[Candidate]:
    """`Source: the president at a briefing`: a label with an occasion and no verb."""
    found = _named(page, [w for w in page.scene.sentence.words if w.is_noun])
    if found is not None:
        when = next((when_of(e, page.written, ahead=False) for e in page.times if not e.vague), None)
        ends = ((page.scene.sentence.start, cue.word.end),)
        yield _statement(page, cue, speaker, _Said(*found, ends, when, _place(page, cue.word)))


def _is_town(page: Page, preposition: Word, word: Word) -> bool:
    """Whether a name that the graph does not hold stands by itself after `in`, as towns do."""
    alone = word.tag == "NNP" and word.index == preposition.index + 1 and word.text.istitle()
    named = page.scene.mentions_at(word) or page.scene.sentence.children(word)
    known = word.text.lower() in page.words("people", "never") | page.words("people", "houses")
    return alone and preposition.text.lower() == "in" and not named and not known


def _is_where(sentence: Sentence, preposition: Word) -> bool:
    """Whether a place stands after it: `in`, `at`, and the `to` of a visit."""
    above = sentence.head(preposition)
    visited = preposition.text.lower() == "to" and above is not None and above.lemma == "visit"
    return visited or preposition.text.lower() in ("in", "at")


def _channel(page: Page, verb: Word) -> tuple[str, Span] | None:
    """The occasion or the channel that a verb of saying is given."""
    sentence = page.scene.sentence
    through = page.words("saying", "through")
    found = after(sentence, verb, *through)
    found += [o for w in list(found) for o in after(sentence, w, *through)]
    found += sentence.children(verb, "dobj", "dative")
    for clause in sentence.children(verb, "advcl"):
        objects = [*sentence.children(clause, "dobj"), *after(sentence, clause, "about")]
        found += [o for w in (clause, *objects) for o in after(sentence, w, *through)]
        found += objects if clause.lemma in page.words("saying", "giving") else []
    return _outlet(page, verb) or _named(page, found) or _by_itself(page, verb)


def _by_itself(page: Page, verb: Word) -> tuple[str, Span] | None:
    """An occasion that is said to speak: `a press briefing said`."""
    subjects = [w for w in page.scene.sentence.children(verb, "nsubj") if not page.scene.mentions_at(w)]
    found = _named(page, subjects)
    return found if found is not None and found[0] in page.words("saying", "speaking") else None


def _named(page: Page, nouns: list[Word]) -> tuple[str, Span] | None:
    """The channel that one of some nouns names, with what is said of it."""
    sentence = page.scene.sentence
    for noun in nouns:
        below = sentence.below(noun, lambda w: w.role in ("relcl", "acl", "prep", "conj", "appos"))
        words = sorted(below, key=lambda w: w.index)
        text = " ".join(w.text.lower().rstrip(".") for w in words if w.index <= noun.index)
        name = next(
            (
                n
                for known, n in page.scene.lexicon.channels
                if re.search(rf"(?<!\w){re.escape(known)}$", text)
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
            return _kind_of_outlet(told, beside), (
                min((told.start, *(w.start for w in beside if w.start < told.start))),
                told.end,
            )
    return None


def _kind_of_outlet(told: Word, beside: list[Word]) -> str:
    """What an outlet is by its name: `Radio North`, `Northern Television`, but not `northern television`."""
    words = [told, *beside]
    is_named = any(w.tag in ("NNP", "NNPS") for w in words)
    return next(
        (k for k in ("radio", "television") if is_named and any(w.lemma == k for w in words)), "interview"
    )


def _place(page: Page, verb: Word) -> Span | None:
    """The place after `in` or `at` in the clause of a verb of saying, not in what is said."""
    sentence = page.scene.sentence
    told = page.words("saying", "giving")
    away = ("ccomp", "parataxis", "advcl", "nsubj")
    for word in sentence.below(verb, lambda w: w.role in away and w.lemma not in told):
        head = sentence.head(word)
        if (
            head is None
            or head.role != "prep"
            or not _is_where(sentence, head)
            or _is_quoted(page, word.start)
        ):
            continue
        found = [m for m in page.scene.mentions_at(word) if m.entity.kind == "place" or m.how == "capital"]
        if found:
            return found[0].start, found[0].end
        if _is_town(page, head, word) and sentence.head(head) in (verb, *sentence.children(verb)):
            return word.start, word.end
    return None
