"""A sentence with all that reading it needs, and how a candidate is made from what is found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pactgraph.extraction.attribution import Cue
from pactgraph.extraction.candidate import Candidate, Span, Voice, When
from pactgraph.extraction.context import Context
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word, agents, following, span_of
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.modality import Mood, mood
from pactgraph.extraction.names import Entity
from pactgraph.extraction.scene import Scene
from pactgraph.extraction.speakers import Speakers
from pactgraph.extraction.timing import Expression, nearest, when_of
from pactgraph.extraction.voices import Nearby, voice_of
from pactgraph.extraction.zones import Zone

_BESIDE_ITS_DAY = re.compile(r",?\s(?:in [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?,?\s)?(?:on\s|in\s|\()(?:the\s)?")


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A word that opened a frame from which nothing was taken, and why."""

    start: int
    end: int
    frame: str
    why: str


@dataclass(frozen=True)
class Page:
    """A sentence, what was spoken of before it, who speaks in it, and the times that it gives."""

    scene: Scene
    context: Context
    speakers: Speakers
    cues: list[Cue]
    quoted: list[Span]
    times: list[Expression]
    written: date | None
    triggers: list[Word]
    beside: Entity | None = None
    """Who speaks elsewhere in the paragraph."""
    told: Voice | None = None
    """Who is said to have told all of it, by a sentence further on."""
    passed: list[PassedOver] = field(default_factory=list)

    @property
    def is_headline(self) -> bool:
        """Whether the sentence stands where present tense tells of the past."""
        return self.scene.block.zone in (Zone.HEADLINE, Zone.SUBHEAD, Zone.TEASER)

    @property
    def flags(self) -> tuple[str, ...]:
        """What a reviewer has to know of where the sentence stands."""
        zone = self.scene.block.zone
        return () if zone is Zone.BODY else (zone.value,)

    @property
    def opens_list(self) -> bool:
        """Whether the paragraph ends so that a list may follow."""
        block = self.scene.block
        return self.scene.text[block.start : block.end].rstrip().endswith((":", "?"))

    def words(self, section: str, name: str) -> frozenset[str]:
        """A list of words of the lexicon."""
        return self.scene.lexicon.group(section, name)

    def mood(self, word: Word) -> Mood:
        """How a word is put."""
        return mood(self.scene.sentence, word, self.scene.lexicon, headline=self.is_headline)

    def reached(self, word: Word, paths: Iterable[str]) -> list[Word]:
        """The words at the ends of paths from a word, path by path."""
        return [found for path in paths for found in following(self.scene.sentence, word, path)]

    def pass_over(self, frame: Frame, word: Word, why: str) -> None:
        """Notes that a frame was opened in vain."""
        self.passed.append(PassedOver(word.start, word.end, frame.id, why))


@dataclass(frozen=True, slots=True)
class Find:
    """What a frame found: the word that opened it, what is claimed of whom, and the stretches that show it."""

    predicate: str
    subject: Entity
    value: Entity | str
    span: Span | None
    spans: tuple[Span, ...] = ()
    theme: Word | None = None
    dated: bool = True
    details: Mapping[str, str] = field(default_factory=dict)
    also_about: tuple[Entity, ...] = ()
    flags: tuple[str, ...] = ()


def candidate(page: Page, frame: Frame, word: Word, how: Mood, find: Find) -> Candidate:
    """The candidate claim of a find: with its clause, who says it, and when it is said to hold."""
    spans = [*find.spans, *([find.span] if find.span else [])]
    evidence = clause(page, word, find.theme, spans)
    nearby = Nearby(page.beside, page.told)
    voice = voice_of(page.scene, word, evidence, page.cues, page.quoted, page.speakers, nearby)
    return Candidate(
        find.predicate,
        find.subject,
        find.value,
        evidence,
        _with_article(page.scene, find.span) if find.span else None,
        (word.start, word.end),
        frame.id,
        frame.version,
        how.modality,
        how.denied,
        voice,
        _listed(page, find.span, how) or when(page, word, find.theme, how) if find.dated else None,
        {**_stage(frame), **_condition(page, how), **find.details},
        (*page.flags, *find.flags),
        frame.confidence,
        (),
        find.also_about,
    )


def _listed(page: Page, span: Span | None, how: Mood) -> When | None:
    """The day of one of several parties with a day for each: `with A on 8 July and with B on 10 July`."""
    days = [e for e in page.times if not e.vague]
    run = next((r for r in page.scene.lists if span and r[0].start <= span[0] < r[-1].end), None)
    if span is None or run is None or len(days) < 2:
        return None
    place = next((i for i, m in enumerate(run) if m.start <= span[0] < m.end), 0)
    joined = page.scene.text[days[0].end : days[-1].start].strip() == "and"
    if len(run) == len(days) and (joined or page.scene.text.find("respectively", span[1]) > 0):
        return when_of(days[place], page.written, ahead=how.ahead)
    own = next((e for e in days if _BESIDE_ITS_DAY.fullmatch(page.scene.text, run[-1].end, e.start)), None)
    return when_of(own, page.written, ahead=how.ahead) if own is not None else None


def _stage(frame: Frame) -> dict[str, str]:
    return {"stage": frame.stage} if frame.stage else {}


def _condition(page: Page, how: Mood) -> dict[str, str]:
    if how.condition is None:
        return {}
    start, end = span_of(page.scene.sentence, how.condition)
    return {"condition": page.scene.text[start:end]}


def _with_article(scene: Scene, span: Span) -> Span:
    """A span with the article before it."""
    for word in scene.sentence.words:
        if word.text.lower() == "the" and 0 <= span[0] - word.end <= 1:
            return word.start, span[1]
    return span


def clause(page: Page, word: Word, theme: Word | None, spans: Iterable[Span]) -> Span:
    """The clause: from the doer or the doing to the last of its parts."""
    sentence = page.scene.sentence
    own = [(w.start, w.end) for w in (*agents(sentence, word), word, *([theme] if theme else []))]
    own += [(c.start, c.end) for c in sentence.children(word, "aux", "auxpass", "nsubj", "nsubjpass", "neg")]
    every = [*own, *spans]
    return min(start for start, _ in every), max(end for _, end in every)


def when(page: Page, word: Word, theme: Word | None, how: Mood) -> When | None:
    """The time that a word is given, or what it is about; none that lies on the other side of the day of writing."""
    for each in (word, theme):
        found = nearest(page.scene, each, page.times, page.triggers) if each is not None else None
        if found is not None:
            wrong = found.vague and (found.vague == "past") == how.ahead
            return (
                None
                if wrong or (how.modality == "fact" and _is_since(page, found))
                else when_of(found, page.written, ahead=how.ahead, same=_same_day(page, found, how))
            )
    return None


def _same_day(page: Page, time: Expression, how: Mood) -> str:
    """The day that `the same day` means: the last one that the sentence names before, else that of the sentence before."""
    before = [e for e in page.times if e.end <= time.start and not e.vague]
    named = when_of(before[-1], page.written, ahead=how.ahead) if before else None
    return named.edtf if named is not None and named.edtf.count("-") == 2 else page.context.day


def _is_since(page: Page, time: Expression) -> bool:
    """Whether a time says only since when: `has signed nine since January`."""
    return (
        re.search(r"\bsince\s+(?:early\s+|late\s+)?$", page.scene.text[max(0, time.start - 15) : time.start])
        is not None
    )


def mention_span(mention: Mention) -> Span:
    """Where a mention stands."""
    return mention.start, mention.end
