"""Votes on measures, what they bring about, and delegations: who leads one, who approves one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pactgraph.extraction.candidate import Candidate, Voice
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word, agents, following, span_of
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.modality import Mood
from pactgraph.extraction.names import Entity
from pactgraph.extraction.page import Find, Page, candidate, mention_span
from pactgraph.extraction.referents import measure_at
from pactgraph.extraction.speakers import speaker_of
from pactgraph.extraction.timing import when_of

_LEFT_OUT = re.compile(r"(?:['’]s?)?,?\s(?:(?:one|side|team|delegation)\s)?(?:–\s)?by\s(?:the\s|its\s)?")


def read_vote(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """A vote on a measure: who passes it, and when."""
    scene, sentence = page.scene, page.scene.sentence
    found = [c for path in frame.at for w in following(sentence, word, path) for c in (w, *scene.closure(w))]
    noun = next((w for w in found if measure_at(page, w) is not None), None)
    measure = measure_at(page, noun) if noun is not None else None
    voters = [
        m for w in agents(sentence, word) for m in scene.mentions_at(w) if m.entity.kind in ("body", "party")
    ]
    if noun is None or measure is None or not voters:
        return page.pass_over(frame, word, "no measure and nobody who votes")
    how = _mood(page, word)
    find = Find(
        "aid_vote", voters[0].entity, measure, (noun.start, noun.end), (mention_span(voters[0]),), dated=False
    )
    made = candidate(page, frame, word, how, find)
    when = next(
        (
            when_of(e, page.written, ahead=how.ahead)
            for e in page.times
            if not e.vague and _is_below(page, e.word, word)
        ),
        None,
    )
    made = replace(made, when=when)
    yield replace(made, voice=Voice()) if _happened(page, word) else made


def _is_below(page: Page, word: Word, top: Word) -> bool:
    return any(w.index == word.index for w in page.scene.sentence.below(top))


def _mood(page: Page, word: Word) -> Mood:
    """A vote that is a condition is still to come, unless a relative clause says that it happened."""
    how = page.mood(word)
    if _happened(page, word):
        return replace(how, modality="fact")
    waits = any(w.lemma in page.words("measures", "waiting") for w in page.scene.sentence.below(word))
    if how.modality == "conditional" or (how.modality == "fact" and not (waits or _is_condition(page, word))):
        return how
    return replace(how, modality="expected")


def _happened(page: Page, word: Word) -> bool:
    return any(w.lemma in page.words("measures", "happening") for w in page.scene.sentence.below(word))


def _is_condition(page: Page, verb: Word) -> bool:
    marks = {c.text.lower() for c in page.scene.sentence.children(verb, "mark", "advmod")}
    return verb.role == "pcomp" or (
        verb.role == "advcl" and bool(marks & page.words("modality", "conditional"))
    )


def read_leading(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """Who leads a delegation."""
    scene, sentence = page.scene, page.scene.sentence
    teams = [
        w
        for path in frame.at
        for w in following(sentence, word, path)
        if w.lemma in page.words("delegations", "nouns")
    ]
    doers = page.reached(word, frame.parties)
    reached = [c for w in doers for c in sentence.below(w, lambda c: c.role in ("relcl", "acl", "conj"))]
    heads = [m for w in reached for m in scene.mentions_at(w) if m.entity.kind == "person"]
    if not teams or not heads:
        return page.pass_over(frame, word, "no delegation and nobody who leads it")
    owner = _owner(page, teams[0], heads[0])
    how = page.mood(word)
    value = f"{owner.code.upper()} delegation" if owner is not None else "delegation"
    left = [w for w in sentence.below(teams[0]) if w.index <= teams[0].index]
    team = min(w.start for w in left), teams[0].end
    find = Find("leads_delegation", heads[0].entity, value, team, (mention_span(heads[0]),), dated=False)
    yield candidate(page, frame, word, how, find)
    yield from _other_teams(page, frame, word, how)


def _other_teams(page: Page, frame: Frame, word: Word, how: Mood) -> Iterator[Candidate]:
    """Those of the others, whose verb is left out: `…, and the Danish one by Y`."""
    for head in page.scene.mentions:
        start = min(head.start, head.office.start) if head.office else head.start
        of = next(
            (m for m in page.scene.mentions if _LEFT_OUT.fullmatch(page.scene.text, m.end, start)), None
        )
        if of is not None and of.entity.kind == "party" and head.entity.kind == "person" and start > word.end:
            value = f"{of.entity.code.upper()} delegation"
            spans = (mention_span(of), mention_span(head))
            find = Find("leads_delegation", head.entity, value, mention_span(of), spans, dated=False)
            yield candidate(page, frame, word, how, find)


def _owner(page: Page, team: Word, head: Mention) -> Entity | None:
    """The party whose delegation it is."""
    children = page.scene.sentence.children(team, "amod", "poss", "compound", "nmod")
    owners = [m.entity for c in children for m in page.scene.mentions_at(c) if m.entity.kind == "party"]
    side = page.context.names.entities.get(head.entity.side) if head.entity.side else None
    return next(iter(owners), side or page.context.teller)


def read_approving(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """Who approves a delegation, and when."""
    sentence = page.scene.sentence
    reached = page.reached(word, frame.at)
    team = next((w for w in reached if w.lemma in page.words("delegations", "nouns")), None)
    doers = agents(sentence, word)
    above = next((g for g in sentence.governors(word) if g.is_verb), None)
    if above is not None and not any(page.scene.mentions_at(w) for w in doers):
        doers = agents(sentence, above)
    who = speaker_of(page.scene, doers, page.speakers)
    if team is None or who is None or who.kind != "person":
        return page.pass_over(frame, word, "no delegation and nobody who approves it")
    span = min(reached[0].start, team.start), team.end
    named = tuple((w.start, w.end) for w in doers)
    find = Find("delegation_approved", who, "delegation", span, named)
    yield replace(candidate(page, frame, word, Mood(), find), voice=Voice())


def read_effect(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """What a measure or a vote on it brings about, as a stretch of the text."""
    reached = [
        t
        for path in frame.at
        for w in following(page.scene.sentence, word, path)
        for t in (w, *page.scene.sentence.below(w))
    ]
    measure = next((m for w in reached if (m := measure_at(page, w)) is not None), None)
    if measure is None:
        return page.pass_over(frame, word, "no measure")
    how = page.mood(word)
    find = Find("effect", measure, "*", None, (span_of(page.scene.sentence, word),), dated=False)
    yield candidate(page, frame, word, how, find)
