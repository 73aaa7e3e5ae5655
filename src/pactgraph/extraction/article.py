"""An article read from its first line to its last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pactgraph.extraction.attribution import Cue, Speakers, cues, quotations
from pactgraph.extraction.candidate import Candidate
from pactgraph.extraction.context import Context
from pactgraph.extraction.grammar import Sentence, Word
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.mentions import People, find_mentions
from pactgraph.extraction.merging import merge
from pactgraph.extraction.names import Entity, Names
from pactgraph.extraction.parsing import parse
from pactgraph.extraction.reading import Page, is_trigger, read_frame
from pactgraph.extraction.scene import Scene
from pactgraph.extraction.standing import read_offices, read_sayings, read_standing
from pactgraph.extraction.timing import expressions
from pactgraph.extraction.zones import Block, Zone, zones


@dataclass(frozen=True, slots=True)
class Extraction:
    """The candidates of an article, and what was seen on the way to them."""

    candidates: tuple[Candidate, ...]
    blocks: tuple[Block, ...]
    scenes: tuple[Scene, ...]


def extract(text: str, names: Names, lexicon: Lexicon, published: date | None = None) -> Extraction:
    """The candidate claims of an article's text, in order; raises UsageError where the parser is not installed."""
    blocks = zones(text, lexicon)
    read = [block for block in blocks if block.zone.is_read]
    parsed = list(parse((block.start, text[block.start : block.end]) for block in read))
    people = People()
    scenes = [
        Scene(text, block, sentence, find_mentions(text, sentence, names, lexicon, people), names, lexicon)
        for block, sentences in zip(read, parsed, strict=True)
        for sentence in sentences
    ]
    found = list(_read(scenes, names, lexicon, published))
    return Extraction(tuple(merge(found)), tuple(blocks), tuple(scenes))


def _read(scenes: list[Scene], names: Names, lexicon: Lexicon, published: date | None) -> Iterator[Candidate]:
    context = Context(names, names.hub)
    _settle_focus(scenes, context)
    context.partner = _main_partner(scenes, context)
    speakers = Speakers()
    _acquaint(scenes, speakers)
    for scene in scenes:
        quoted = quotations(scene.text, scene.block.start, scene.block.end)
        found = cues(scene, speakers, quoted)
        _note(scene, context, speakers, found)
        later = _speaker_near(scenes, scene, speakers)
        times = expressions(scene)
        triggers = [w for w in scene.sentence.words if any(is_trigger(f, w) for f in lexicon.frames)]
        stops = [*triggers, *(c.word for c in found)]
        page = Page(scene, context, speakers, found, quoted, times, published, stops, later)
        for word in triggers:
            for frame in lexicon.frames:
                if is_trigger(frame, word):
                    yield from read_frame(page, frame, word)
        yield from read_standing(page)
        yield from read_offices(page)
        yield from read_sayings(page)
        for cue in found:
            if cue.speaker is not None:
                speakers.last = cue.speaker


def _settle_focus(scenes: list[Scene], context: Context) -> None:
    """From whose side the article tells: the hub's, unless it hardly speaks of it."""
    said = Counter(m.entity.node for s in scenes for m in s.mentions if m.entity.kind == "party" and m.entity.code)
    entities = {m.entity.node: m.entity for s in scenes for m in s.mentions}
    first = sorted(said, key=lambda node: (-said[node], node.value))
    hub = context.hub.node if context.hub else None
    context.is_about_hub = hub is not None and bool(said) and hub in said and said[hub] * 2 >= said[first[0]]
    context.focus = entities[first[0]] if first else None


def _acquaint(scenes: list[Scene], speakers: Speakers) -> None:
    for scene in scenes:
        for mention in scene.mentions:
            if mention.entity.kind == "person" and mention.office and scene.block.zone is not Zone.TEASER:
                for word in mention.office.name.split():
                    speakers.offices.setdefault(word, mention.entity)


def _note(scene: Scene, context: Context, speakers: Speakers, found: list[Cue]) -> None:
    """What a sentence adds to what has been spoken of."""
    for mention in scene.mentions:
        if mention.entity.kind == "person":
            speakers.person = mention.entity
        if context.hub is not None and mention.entity.node == context.hub.node:
            context.mentioned["hub"] = context.mentioned.get("hub", 0) + 1
    if any(scene.is_pact(w) for w in scene.sentence.words):
        context.mentioned["pact"] = context.mentioned.get("pact", 0) + 1


def _speaker_near(scenes: list[Scene], scene: Scene, speakers: Speakers) -> Entity | None:
    """Who speaks in the same paragraph, before or after."""
    own = [s for s in scenes if s.block is scene.block and s is not scene]
    for other in own:
        quoted = quotations(other.text, other.block.start, other.block.end)
        for cue in cues(other, speakers, quoted):
            if cue.speaker is not None:
                return cue.speaker
    return None


def _main_partner(scenes: list[Scene], context: Context) -> Entity | None:
    """The one state besides the hub that the headline or the first paragraph speaks of."""
    for scene in scenes[:4]:
        named = {m.entity.node: m.entity for m in scene.mentions if m.entity.kind == "party"}
        states = [e for e in named.values() if e.code and e.node != (context.hub if context.is_about_hub else context.focus or e).node]
        if states:
            return states[0] if len(states) == 1 else None
    return None
