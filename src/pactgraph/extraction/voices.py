"""Whose words a passage is: by a cue that reaches it, by quotation marks, or by what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

from pactgraph.extraction.attribution import Cue, is_inside
from pactgraph.extraction.candidate import Span, Voice
from pactgraph.extraction.grammar import Word
from pactgraph.extraction.names import Entity
from pactgraph.extraction.scene import Scene
from pactgraph.extraction.speakers import Speakers

_OWN_WORDS = frozenset("i we us our my me ours myself ourselves".split())


@dataclass(frozen=True, slots=True)
class Nearby:
    """Who speaks elsewhere in a paragraph, and who is said to have told what stands in it."""

    speaker: Entity | None = None
    told: Voice | None = None


def voice_of(
    scene: Scene,
    trigger: Word,
    evidence: Span,
    found: list[Cue],
    quoted: list[Span],
    speakers: Speakers,
    nearby: Nearby,
) -> Voice:
    """Who says what a word opens, and how: directly, indirectly, partly in the speaker's words, or just the article."""
    cue = next(
        (c for c in found if trigger.index in c.reach and not c.told_before and _may_say(c, trigger)),
        None,
    )
    if is_inside(trigger, quoted) or scene.block.label == "quote":
        near = cue or next(iter(found), None)
        speaker = near.speaker if near else nearby.speaker or speakers.last
        whole = scene.block.label == "quote" or _covers(evidence, quoted)
        return Voice(speaker, "direct" if whole else "mixed", near.rule if near else "quotation marks")
    if cue is not None and cue.speaker is not None:
        mixed = any(s < evidence[1] and evidence[0] < e for s, e in quoted)
        return Voice(cue.speaker, "mixed" if mixed else "indirect", cue.rule)
    if _is_first_person(scene) and not quoted and speakers.last is not None:
        return Voice(speakers.last, "direct", "first person")
    return nearby.told or Voice()


def _may_say(cue: Cue, trigger: Word) -> bool:
    """Whether a cue says what a word opens; by the word itself only a person does: `the minister promised 2 billion`."""
    return cue.word.index != trigger.index or (cue.speaker is not None and cue.speaker.kind == "person")


def _covers(evidence: Span, quoted: list[Span]) -> bool:
    return any(s <= evidence[0] and evidence[1] <= e for s, e in quoted)


def _is_first_person(scene: Scene) -> bool:
    return any(w.text.lower() in _OWN_WORDS and w.text != "US" for w in scene.sentence.words)
