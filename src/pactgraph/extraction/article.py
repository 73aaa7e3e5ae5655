"""An article read from its first line to its last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, takewhile

from pyoxigraph import NamedNode

from pactgraph.extraction.attribution import Cue, cues, quotations
from pactgraph.extraction.candidate import Candidate, Span, Voice
from pactgraph.extraction.context import Context
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
from pactgraph.extraction.speakers import Speakers
from pactgraph.extraction.timing import expressions, when_of
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


@dataclass(frozen=True, slots=True)
class _Heard:
    """The quotations and cues of a sentence, found before anybody's claims are read."""

    scene: Scene
    quoted: list[Span]
    cues: list[Cue]

    @property
    def line(self) -> str:
        """The paragraph."""
        return self.scene.text[self.scene.block.start : self.scene.block.end]


def _read(
    scenes: list[Scene], names: Names, published: date | None, passed: list[PassedOver]
) -> Iterator[Candidate]:
    context = _context(scenes, names)
    heard = _hear(scenes, context.teller)
    speakers = _speakers(scenes, context.teller)
    interview = interview_of(scenes)
    for index, scene in enumerate(scenes):
        if interview is not None and scene.block.start in interview.questions:
            continue
        found = cues(scene, speakers, heard[index].quoted)
        _note(scene, heard[index].line, context)
        opened = triggers(scene.sentence, scene.lexicon)
        stops = [*(word for _, word in opened), *(cue.word for cue in found)]
        told = _beside(heard, index), _told(heard, index) or _answered(interview, scene)
        times = expressions(scene)
        page = Page(
            scene, context, speakers, found, heard[index].quoted, times, published, stops, *told, passed
        )
        made = list(read(page, opened))
        yield from made
        context.remember(made)
        _note_day(page)
        context.since_declaration = 0 if any(declarations(page)) else context.since_declaration + 1
        _follow(scene, found, speakers)


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
        if not e.vague and (when := when_of(e, page.written, ahead=False, same=page.context.day)) is not None
    }
    whole = [day for day in days if len(day) == len("2024-01-01")]
    page.context.day = whole[0] if len(whole) == 1 else page.context.day


def _hear(scenes: list[Scene], teller: Entity | None) -> list[_Heard]:
    """The cues of all sentences, of which those before and after one may speak of it."""
    speakers = _speakers(scenes, teller)
    heard = []
    for scene in scenes:
        quoted = quotations(scene.text, scene.block.start, scene.block.end)
        found = cues(scene, speakers, quoted)
        _follow(scene, found, speakers)
        heard.append(_Heard(scene, quoted, found))
    return heard


def _follow(scene: Scene, found: list[Cue], speakers: Speakers) -> None:
    """Whom `he` and `the minister` mean from here on: who spoke, else who was the subject, else who was named last."""
    people = [m for m in scene.mentions if m.entity.kind == "person"]
    spoke = [c.speaker for c in found if c.speaker is not None]
    doers = [m.entity for m in people if scene.sentence.words[m.word].role in ("nsubj", "nsubjpass")]
    named = [*(s for s in spoke if s.kind == "person"), *doers, *(m.entity for m in reversed(people))]
    speakers.person = next(iter(named), speakers.person)
    speakers.last = spoke[-1] if spoke else speakers.last
    speakers.bodies += [e for e in (*(m.entity for m in scene.mentions), *spoke) if e.kind == "body"]
    for mention in people:
        if mention.office is not None:
            speakers.offices.append((frozenset(mention.office.name.split()), mention.entity))


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
    context.is_about_pacts = any(s.is_pact(w) for s in scenes[:_LEAD] for w in s.sentence.words)
    return context


def _partner(scenes: list[Scene], context: Context, said: Counter[NamedNode]) -> Entity | None:
    """The one state besides the teller that the beginning speaks of, or speaks of far more than of any other."""
    teller = context.teller
    for scene in scenes[:_LEAD]:
        doers = (m for m in scene.mentions if m.entity.kind == "party" and scene.is_actor(m))
        named = {m.entity.node: m.entity for m in doers}
        states = [e for e in named.values() if e.code and (teller is None or e.node != teller.node)]
        if states:
            first = max(states, key=lambda e: (said[e.node], e.node.value))
            rest = max((said[e.node] for e in states if e.node != first.node), default=0)
            return first if len(states) == 1 or said[first.node] >= 2 * rest + 1 else None
    return None


def _speakers(scenes: list[Scene], teller: Entity | None) -> Speakers:
    """Nobody has spoken; who holds which office is known from the whole article."""
    speakers = Speakers(teller=teller)
    held = (m for s in scenes if s.block.zone is not Zone.TEASER for m in s.mentions if m.office is not None)
    for mention in held:
        if speakers.head_of_state is None and _is_head_of(mention, teller, scenes[0]):
            speakers.head_of_state = mention.entity
        if mention.office is not None:
            speakers.offices.insert(0, (frozenset(mention.office.name.split()), mention.entity))
    return speakers


def _is_head_of(mention: Mention, party: Entity | None, scene: Scene) -> bool:
    heads = scene.lexicon.group("offices", "of_state")
    own = party is not None and mention.entity.side == party.node
    return own and mention.office is not None and mention.office.name in heads


def _paragraph(heard: list[_Heard], index: int) -> list[_Heard]:
    """The sentences of a sentence's paragraph."""
    block = heard[index].scene.block
    first = index
    while first and heard[first - 1].scene.block is block:
        first -= 1
    return list(takewhile(lambda h: h.scene.block is block, islice(heard, first, None)))


def _beside(heard: list[_Heard], index: int) -> Entity | None:
    """Who speaks elsewhere in the paragraph of a sentence."""
    others = [h for h in _paragraph(heard, index) if h is not heard[index]]
    return next((c.speaker for h in others for c in h.cues if c.speaker is not None), None)


def _told(heard: list[_Heard], index: int) -> Voice | None:
    """Who is said elsewhere to have told a sentence."""
    for found, rule in (
        (_announced(heard, index), "told in the next sentence"),
        (_sourced(heard, index), "told with its source"),
        (_detailed(heard, index), "told with its source"),
        (_led(heard, index), "told in the line before"),
        (_closed(heard, index), "told at the paragraph's end"),
    ):
        if found is not None:
            return Voice(found, "indirect", rule)
    return None


def _answered(interview: Interview | None, scene: Scene) -> Voice | None:
    """Who answers what was asked before."""
    if interview is None or scene.block.start not in interview.answers:
        return None
    return Voice(interview.answering, "direct", "answered")


def _announced(heard: list[_Heard], index: int) -> Entity | None:
    """Who announced it, by the next sentence: `this was announced by …`."""
    after = next((h for h in heard[index + 1 : index + 4] if h.scene.block.zone is not Zone.SUBHEAD), None)
    return next((c.speaker for c in after.cues if c.told_before and c.speaker), None) if after else None


def _sourced(heard: list[_Heard], index: int) -> Entity | None:
    """Who is given as the source right after the paragraph."""
    block = heard[index].scene.block
    after = next((h for h in heard[index + 1 : index + 4] if h.scene.block is not block), None)
    return next((c.speaker for c in after.cues if c.rule == "source"), None) if after else None


def _detailed(heard: list[_Heard], index: int) -> Entity | None:
    """Who was given as the source of the details that a paragraph is of."""
    for before in reversed(heard[: index + 1]):
        if before.scene.block.label == "own":
            return None
        source = next((c.speaker for c in before.cues if c.rule == "source"), None)
        if source is not None:
            return source
    return None


def _led(heard: list[_Heard], index: int) -> Entity | None:
    """Who speaks in the line with a colon that a list goes on from."""
    if not is_entry(heard[index].line):
        return None
    before = next((h for h in reversed(heard[:index]) if not is_entry(h.line)), None)
    speaks = before is not None and before.line.endswith(":")
    return next((c.speaker for c in before.cues if c.speaker), None) if before and speaks else None


def _closed(heard: list[_Heard], index: int) -> Entity | None:
    """Who says it at the end of a short paragraph."""
    paragraph = _paragraph(heard, index)
    if heard[index].cues or paragraph[-1] is heard[index] or len(paragraph) > _SHORT_PARAGRAPH:
        return None
    return next((c.speaker for c in paragraph[-1].cues if c.ends and c.speaker), None)
