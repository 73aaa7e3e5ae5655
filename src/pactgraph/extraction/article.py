"""An article read from its first line to its last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.extraction.attribution import Cue, cues, quotations
from pactgraph.extraction.candidate import Candidate, Span, Voice
from pactgraph.extraction.context import Context
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.listing import is_entry
from pactgraph.extraction.merging import merge
from pactgraph.extraction.names import Entity, Names
from pactgraph.extraction.page import Page, PassedOver
from pactgraph.extraction.parsing import parse
from pactgraph.extraction.people import People
from pactgraph.extraction.reading import read, triggers
from pactgraph.extraction.recognition import find_mentions
from pactgraph.extraction.referents import declarations
from pactgraph.extraction.scene import Scene
from pactgraph.extraction.speakers import Speakers
from pactgraph.extraction.timing import expressions
from pactgraph.extraction.zones import Block, Zone, zones

_LEAD = 4
"""How many sentences may say whom the article is about."""
_SHORT_PARAGRAPH = 2
"""In sentences; the last of a longer one does not say who says the first."""


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
    scenes = _scenes(text, [b for b in blocks if b.zone.is_read], names, lexicon, publisher)
    passed: list[PassedOver] = []
    found = list(_read(scenes, names, published, passed))
    return Extraction(tuple(merge(found)), tuple(blocks), tuple(scenes), tuple(passed))


def _scenes(
    text: str, blocks: list[Block], names: Names, lexicon: Lexicon, publisher: str | None
) -> list[Scene]:
    people = People()
    lines = [text[block.start : block.end] for block in blocks]
    parsed = parse((block.start, line, is_entry(line)) for block, line in zip(blocks, lines, strict=True))
    return [
        Scene(
            text,
            block,
            sentence,
            find_mentions(text, sentence, names, lexicon, people, publisher),
            names,
            lexicon,
        )
        for block, sentences in zip(blocks, parsed, strict=True)
        for sentence in sentences
    ]


@dataclass(frozen=True, slots=True)
class _Heard:
    """The quotations and cues of a sentence."""

    scene: Scene
    quoted: list[Span]
    cues: list[Cue]


def _read(
    scenes: list[Scene], names: Names, published: date | None, passed: list[PassedOver]
) -> Iterator[Candidate]:
    context = _context(scenes, names)
    speakers = _speakers(scenes)
    speakers.teller = context.teller
    heard = [_hear(scene, speakers) for scene in scenes]
    speakers = _speakers(scenes)
    speakers.teller = context.teller
    for index, (scene, told) in enumerate(zip(scenes, heard, strict=True)):
        found = cues(scene, speakers, told.quoted)
        context.since_pacts = 0 if any(map(scene.is_pact, scene.sentence.words)) else context.since_pacts + 1
        if not is_entry(scene.text[scene.block.start : scene.block.end]):
            context.opening = None
        opened = triggers(scene.sentence, scene.lexicon)
        stops = [*(word for _, word in opened), *(cue.word for cue in found)]
        beside, reported = _beside(heard, index), _told(heard, index)
        page = Page(
            scene,
            context,
            speakers,
            found,
            told.quoted,
            expressions(scene),
            published,
            stops,
            beside,
            reported,
            passed,
        )
        made = list(read(page, opened))
        context.remember(made)
        context.is_fresh = any(declarations(page))
        yield from made
        _follow(scene, found, speakers)
        speakers.last = next(
            (cue.speaker for cue in reversed(found) if cue.speaker is not None), speakers.last
        )


def _hear(scene: Scene, speakers: Speakers) -> _Heard:
    quoted = quotations(scene.text, scene.block.start, scene.block.end)
    found = cues(scene, speakers, quoted)
    _follow(scene, found, speakers)
    return _Heard(scene, quoted, found)


def _follow(scene: Scene, found: list[Cue], speakers: Speakers) -> None:
    """Whom `he` and `the minister` mean from here on: who spoke, else who was the subject, else who was named last."""
    people = [m for m in scene.mentions if m.entity.kind == "person"]
    spoke = [c.speaker for c in found if c.speaker is not None and c.speaker.kind == "person"]
    doers = [m.entity for m in people if scene.sentence.words[m.word].role in ("nsubj", "nsubjpass")]
    speakers.person = next(iter([*spoke, *doers, *(m.entity for m in reversed(people))]), speakers.person)
    for mention in people:
        for word in mention.office.name.split() if mention.office else ():
            speakers.offices[word] = mention.entity


def _context(scenes: list[Scene], names: Names) -> Context:
    """From whose side the article tells, and with whom it deals: the hub's, unless it hardly speaks of it."""
    context = Context(names, names.hub)
    mentioned = [m.entity for s in scenes for m in s.mentions if m.entity.kind == "party"]
    said = Counter(entity.node for entity in mentioned)
    first = sorted({e.node: e for e in mentioned}.values(), key=lambda e: -said[e.node])
    states = [entity for entity in first if entity.code]
    hub = said[names.hub.node] if names.hub is not None else 0
    context.is_about_hub = bool(states) and 0 < said[states[0].node] <= hub * 2
    context.focus = states[0] if states else None
    context.partner = _partner(scenes, context, said)
    return context


def _partner(scenes: list[Scene], context: Context, said: Counter[NamedNode]) -> Entity | None:
    """The one state besides the teller that the beginning speaks of, or speaks of far more than of any other."""
    teller = context.teller
    for scene in scenes[:_LEAD]:
        named = {m.entity.node: m.entity for m in scene.mentions if m.entity.kind == "party"}
        states = [e for e in named.values() if e.code and (teller is None or e.node != teller.node)]
        if states:
            first = max(states, key=lambda e: (said[e.node], e.node.value))
            rest = max((said[e.node] for e in states if e.node != first.node), default=0)
            return first if len(states) == 1 or said[first.node] >= 2 * rest + 1 else None
    return None


def _speakers(scenes: list[Scene]) -> Speakers:
    """Who holds which office, by the words of the office."""
    speakers = Speakers()
    for scene in scenes:
        for mention in scene.mentions:
            if mention.entity.kind == "person" and mention.office and scene.block.zone is not Zone.TEASER:
                for word in mention.office.name.split():
                    speakers.offices.setdefault(word, mention.entity)
    return speakers


def _beside(heard: list[_Heard], index: int) -> Entity | None:
    """Who speaks elsewhere in the paragraph of a sentence."""
    block = heard[index].scene.block
    spoken = [c.speaker for h in heard if h.scene.block is block and h is not heard[index] for c in h.cues]
    return next((speaker for speaker in spoken if speaker is not None), None)


def _told(heard: list[_Heard], index: int) -> Voice | None:
    """Who is said further on to have told a sentence: at the paragraph's end, or by `this was announced by`."""
    own = heard[index]
    rest = heard[index + 1 : index + 4]
    after = next((h for h in rest if h.scene.block.zone is not Zone.SUBHEAD), None)
    if (
        after is not None
        and (cue := next((c for c in after.cues if c.told_before and c.speaker), None)) is not None
    ):
        return Voice(cue.speaker, "indirect", "told in the next sentence")
    if (source := _source(heard, index)) is not None:
        return source
    paragraph = [h for h in heard if h.scene.block is own.scene.block]
    last = paragraph[-1]
    if own.cues or last is own or len(paragraph) > _SHORT_PARAGRAPH:
        return None
    cue = next((c for c in last.cues if c.ends and c.speaker), None)
    return Voice(cue.speaker, "indirect", "told at the paragraph's end") if cue is not None else None


def _source(heard: list[_Heard], index: int) -> Voice | None:
    """Who is given as the source of the first paragraph, or speaks in the line that a list goes on from."""
    own = heard[index]
    after = [h for h in heard[index + 1 : index + 4] if h.scene.block is not own.scene.block]
    cue = next((c for h in after[:1] for c in h.cues if c.rule == "source"), None)
    if cue is None and is_entry(_line(own)):
        before = next((h for h in reversed(heard[:index]) if not is_entry(_line(h))), None)
        cue = (
            next((c for c in before.cues if c.speaker), None)
            if before and _line(before).endswith(":")
            else None
        )
    return Voice(cue.speaker, "indirect", "told with its source") if cue is not None else None


def _line(heard: _Heard) -> str:
    block = heard.scene.block
    return heard.scene.text[block.start : block.end]
