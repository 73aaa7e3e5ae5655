"""Who speaks where in an article: the cues of every sentence, and what those around a sentence say of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, takewhile

from pactgraph.extraction.attribution import Cue, cues, quotations
from pactgraph.extraction.candidate import Span, Voice
from pactgraph.extraction.listing import is_entry
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.names import Entity
from pactgraph.extraction.scene import Scene
from pactgraph.extraction.speakers import Speakers
from pactgraph.extraction.zones import Zone

_SHORT_PARAGRAPH = 2
"""In sentences; the last of a longer one does not say who says the first."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The quotations and cues of a sentence, found before anybody's claims are read."""

    scene: Scene
    quoted: list[Span]
    cues: list[Cue]

    @property
    def line(self) -> str:
        """The paragraph."""
        return self.scene.text[self.scene.block.start : self.scene.block.end]


def hear(scenes: list[Scene], teller: Entity | None) -> list[Heard]:
    """The cues of all sentences, of which those before and after one may speak of it."""
    speakers = speakers_of(scenes, teller)
    heard = []
    for scene in scenes:
        quoted = quotations(scene.text, scene.block.start, scene.block.end)
        found = cues(scene, speakers, quoted)
        follow(scene, found, speakers)
        heard.append(Heard(scene, quoted, found))
    return heard


def follow(scene: Scene, found: list[Cue], speakers: Speakers) -> None:
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


def speakers_of(scenes: list[Scene], teller: Entity | None) -> Speakers:
    """Nobody has spoken; who holds which office is known from the whole article."""
    speakers = Speakers(teller=teller)
    people = (m.entity for s in scenes for m in s.mentions if m.entity.kind == "person")
    for person in dict.fromkeys(people):
        for office in scenes[0].names.held.get(person.node, ()):
            speakers.offices.insert(0, (frozenset(office.lower().partition(" of ")[0].split()), person))
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


def told(heard: list[Heard], index: int) -> Voice | None:
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


def _paragraph(heard: list[Heard], index: int) -> list[Heard]:
    """The sentences of a sentence's paragraph."""
    block = heard[index].scene.block
    first = index
    while first and heard[first - 1].scene.block is block:
        first -= 1
    return list(takewhile(lambda h: h.scene.block is block, islice(heard, first, None)))


def beside(heard: list[Heard], index: int) -> Entity | None:
    """Who speaks elsewhere in the paragraph of a sentence."""
    others = [h for h in _paragraph(heard, index) if h is not heard[index]]
    found = next((c.speaker for h in others for c in h.cues if c.speaker is not None), None)
    return found or _after_an_open_quotation(heard, index)


def _after_an_open_quotation(heard: list[Heard], index: int) -> Entity | None:
    """Who is said to speak in the next paragraph, where a quotation of several paragraphs goes on."""
    line = heard[index].line
    if not line.startswith(("“", '"', "«")) or line.rstrip(".").endswith(("”", '"', "»")):
        return None
    block = heard[index].scene.block
    after = next((h for h in heard[index + 1 :] if h.scene.block is not block), None)
    if after is None or not after.line.startswith(("“", '"', "«")):
        return None
    return next((c.speaker for c in after.cues if c.speaker is not None), None)


def _announced(heard: list[Heard], index: int) -> Entity | None:
    """Who announced it, by the next sentence: `this was announced by …`."""
    after = next((h for h in heard[index + 1 : index + 4] if h.scene.block.zone is not Zone.SUBHEAD), None)
    return next((c.speaker for c in after.cues if c.told_before and c.speaker), None) if after else None


def _sourced(heard: list[Heard], index: int) -> Entity | None:
    """Who is given as the source right after the paragraph."""
    block = heard[index].scene.block
    after = next((h for h in heard[index + 1 : index + 4] if h.scene.block is not block), None)
    return next((c.speaker for c in after.cues if c.rule == "source"), None) if after else None


def _detailed(heard: list[Heard], index: int) -> Entity | None:
    """Who was given as the source of the details that a paragraph is of."""
    for before in reversed(heard[: index + 1]):
        if before.scene.block.label == "own":
            return None
        source = next((c.speaker for c in before.cues if c.rule == "source"), None)
        if source is not None:
            return source
    return None


def _led(heard: list[Heard], index: int) -> Entity | None:
    """Who speaks in the line with a colon that a list goes on from."""
    if not is_entry(heard[index].line):
        return None
    before = next((h for h in reversed(heard[:index]) if not is_entry(h.line)), None)
    speaks = before is not None and before.line.endswith(":")
    return next((c.speaker for c in before.cues if c.speaker), None) if before and speaks else None


def _closed(heard: list[Heard], index: int) -> Entity | None:
    """Who says it at the end of a short paragraph."""
    paragraph = _paragraph(heard, index)
    if heard[index].cues or paragraph[-1] is heard[index] or len(paragraph) > _SHORT_PARAGRAPH:
        return None
    return next((c.speaker for c in paragraph[-1].cues if c.ends and c.speaker), None)
