"""An article read from its first line to its last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.extraction.attribution import cues
from pactgraph.extraction.candidate import Candidate, Voice
from pactgraph.extraction.context import Context
from pactgraph.extraction.hearing import beside, follow, hear, speakers_of, told
from pactgraph.extraction.interviews import Interview, interview_of
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.listing import is_entry
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.merging import merge
from pactgraph.extraction.names import Entity, Names
from pactgraph.extraction.page import Page, PassedOver
from pactgraph.extraction.parsing import parse, pieces
from pactgraph.extraction.people import People
from pactgraph.extraction.reading import read, triggers
from pactgraph.extraction.recognition import find_mentions, with_sides
from pactgraph.extraction.referents import declarations
from pactgraph.extraction.scene import Scene
from pactgraph.extraction.timing import expressions, when_of
from pactgraph.extraction.zones import Block, zones

_LEAD = 4
"""How many sentences may say whom the article is about."""
_LEADING = 4
"""So many times as often as the hub another state may be named in an article that begins with the hub."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The candidates of an article, and what was seen on the way to them."""

    candidates: tuple[Candidate, ...]
    blocks: tuple[Block, ...]
    scenes: tuple[Scene, ...]
    passed_over: tuple[PassedOver, ...] = ()


def extract(
    text: str, names: Names, lexicon: Lexicon, published: date | None = None, publisher: str | None = None
) -> Extraction:
    """The candidate claims of an article's text, in order.

    `published` is the day from which words such as `last July` are read; `publisher` the paper's name, of which no part
    is taken for a place. Raises UsageError where the parser is not installed.
    """
    blocks = zones(text, lexicon)
    names, shared = names.told_apart(text)
    scenes = _scenes(text, [b for b in blocks if b.zone.is_read], names, lexicon, publisher)
    passed = [PassedOver(*each.place, "name", str(each)) for each in shared]
    found = list(_read(scenes, names, published, passed))
    return Extraction(tuple(merge(found)), tuple(blocks), tuple(scenes), tuple(passed))


def _scenes(
    text: str, blocks: list[Block], names: Names, lexicon: Lexicon, publisher: str | None
) -> list[Scene]:
    people = People()
    parts = [replace(b, start=start, end=end) for b in blocks for start, end in pieces(text, b.start, b.end)]
    lines = [text[part.start : part.end] for part in parts]
    parsed = parse((part.start, line, is_entry(line)) for part, line in zip(parts, lines, strict=True))
    pairs = [
        (part, sentence) for part, sentences in zip(parts, parsed, strict=True) for sentence in sentences
    ]
    found = [find_mentions(text, sentence, names, lexicon, people, publisher) for _, sentence in pairs]
    return [
        Scene(text, part, sentence, mentions, names, lexicon)
        for (part, sentence), mentions in zip(pairs, with_sides(found), strict=True)
    ]


def _read(
    scenes: list[Scene], names: Names, published: date | None, passed: list[PassedOver]
) -> Iterator[Candidate]:
    context = _context(scenes, names)
    heard = hear(scenes, context.teller)
    speakers = speakers_of(scenes, context.teller)
    interview = interview_of(scenes)
    for index, scene in enumerate(scenes):
        if interview is not None and scene.block.start in interview.questions:
            continue
        found = cues(scene, speakers, heard[index].quoted)
        _note(scene, heard[index].line, context)
        opened = triggers(scene.sentence, scene.lexicon)
        stops = [*(word for _, word in opened), *(cue.word for cue in found)]
        voices = beside(heard, index), told(heard, index) or _answered(interview, scene)
        times = expressions(scene)
        page = Page(
            scene, context, speakers, found, heard[index].quoted, times, published, stops, *voices, passed
        )
        made = list(read(page, opened))
        yield from made
        context.remember(made)
        _note_day(page)
        context.since_declaration = 0 if any(declarations(page)) else context.since_declaration + 1
        follow(scene, found, speakers)


def _note(scene: Scene, line: str, context: Context) -> None:
    """What a sentence changes before it is read."""
    speaks = any(map(scene.is_pact, scene.sentence.words))
    context.since_pacts = 0 if speaks else context.since_pacts + 1
    context.opening = context.opening if is_entry(line) else None
    makers = {m.entity.node for m in scene.mentions if m.is_party}
    context.likely = context.declaration_of(makers) or context.likely


def _note_day(page: Page) -> None:
    """What `the same day` means from here on: the one day that a sentence gives for what has happened."""
    days = {
        when.edtf
        for e in page.times
        if not e.vague
        and next((g.role for g in page.scene.sentence.governors(e.word) if g.is_verb), "") == "ROOT"
        and (when := when_of(e, page.written, ahead=False, same=page.context.day)) is not None
    }
    whole = [day for day in days if len(day) == len("2024-01-01")]
    page.context.day = whole[0] if len(whole) == 1 else page.context.day


def _context(scenes: list[Scene], names: Names) -> Context:
    """From whose side the article tells, and with whom it deals: the hub's, unless it hardly speaks of it."""
    context = Context(names, names.hub)
    mentioned = [m.entity for s in scenes for m in s.mentions if m.entity.kind == "party" and _acts(s, m)]
    said = Counter(entity.node for entity in mentioned)
    first = sorted({e.node: e for e in mentioned}.values(), key=lambda e: -said[e.node])
    states = [entity for entity in first if entity.code]
    hub = said[names.hub.node] if names.hub is not None else 0
    leads = any(m.entity == names.hub for s in scenes[:_LEAD] for m in s.mentions)
    context.is_about_hub = bool(states) and 0 < said[states[0].node] <= hub * (_LEADING if leads else 2)
    context.focus = states[0] if states else None
    context.partner = _partner(scenes, context, said)
    context.is_about_pacts = any(s.is_pact(w) for s in scenes[:_LEAD] for w in s.sentence.words)
    return context


def _partner(scenes: list[Scene], context: Context, said: Counter[NamedNode]) -> Entity | None:
    """The one state besides the teller that the beginning speaks of, or speaks of far more than of any other."""
    teller = context.teller
    for scene in scenes[:_LEAD]:
        named = {
            m.entity.node: m.entity for m in scene.mentions if m.entity.kind == "party" and _acts(scene, m)
        }
        states = [e for e in named.values() if e.code and (teller is None or e.node != teller.node)]
        if states:
            first = max(states, key=lambda e: (said[e.node], e.node.value))
            rest = max((said[e.node] for e in states if e.node != first.node), default=0)
            return first if len(states) == 1 or said[first.node] >= 2 * rest + 1 else None
    return None


def _acts(scene: Scene, mention: Mention) -> bool:
    """Whether a name means a party, and not the town where something takes place: `the summit in the capital`."""
    role = scene.sentence.words[mention.word].role
    return mention.how != "capital" or (scene.is_actor(mention) and role not in ("compound", "nmod"))


def _answered(interview: Interview | None, scene: Scene) -> Voice | None:
    """Who answers what was asked before."""
    if interview is None or scene.block.start not in interview.answers:
        return None
    return Voice(interview.answering, "direct", "answered")
