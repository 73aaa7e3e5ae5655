"""Who says it: reporting verbs, `according to`, quotation marks, labels, and the sentence before or after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from pactgraph.extraction.candidate import Voice
from pactgraph.extraction.grammar import Word, agents, following
from pactgraph.extraction.names import Entity
from pactgraph.extraction.scene import Scene
from pactgraph.extraction.zones import Zone
from pactgraph.vocabulary import ID

_QUOTED = re.compile(r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|\"[^\"]*(?:\"|$)|„[^“”]*(?:[“”]|$)|''[^']*''")
_TAIL = 5
"""How many words may follow `he said` at the end of a sentence."""
_LONGEST_BODY = 5
"""In words."""
_OWN_WORDS = frozenset("i we us our my me ours mine myself ourselves".split())
_HEADING = re.compile(r"^(?P<before>[^:]{3,70}): (?P<after>\S.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that reports, who reports by it, and how far it reaches."""

    word: Word
    speaker: Entity | None
    rule: str
    reach: frozenset[int]
    ends: bool = False
    """Whether it stands at the sentence's end, after what it reports."""
    told_before: bool = False
    """Whether what it reports stands in the sentence before."""


@dataclass
class Speakers:
    """Who has spoken so far."""

    last: Entity | None = None
    person: Entity | None = None
    offices: dict[str, Entity] = field(default_factory=dict)
    teller: Entity | None = None
    """The party whose ministry `the ministry` is."""


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a paragraph that stand in quotation marks, marks included."""
    return [(m.start(), m.end()) for m in _QUOTED.finditer(text, start, end) if m.end() - m.start() > 2]


def cues(scene: Scene, speakers: Speakers, quoted: list[tuple[int, int]]) -> list[Cue]:
    """The cues of a sentence, in order; what stands in quotation marks reports nothing."""
    return [*_labelled(scene), *_heading(scene), *_verbs(scene, speakers, quoted), *_according(scene, speakers)]


def _inside(word: Word, quoted: list[tuple[int, int]]) -> bool:
    return any(start < word.start and word.end < end for start, end in quoted)


def _verbs(scene: Scene, speakers: Speakers, quoted: list[tuple[int, int]]) -> Iterator[Cue]:
    sentence = scene.sentence
    for word in sentence.words:
        if not word.is_verb or word.lemma not in scene.lexicon.group("saying", "verbs") or _inside(word, quoted):
            continue
        who = agents(sentence, word) if sentence.children(word, "nsubj", "nsubjpass", "agent") else _inverted(scene, word)
        who = who or agents(sentence, word)
        clauses = sentence.children(word, "ccomp", "parataxis", "dep")
        detached = word.role in ("parataxis", "ccomp", "dep", "conj") and not clauses
        if word.role == "conj" and not _inverted(scene, word):
            detached = False
        if not who or not (clauses or detached or _reports(scene, word)):
            continue
        speaker = speaker_of(scene, who, speakers)
        if speaker is None and not _is_pronoun(who):
            continue
        if speaker is not None and speaker.kind == "party" and not (clauses or detached):
            continue
        top = sentence.head(word) if detached and word.role != "ccomp" else None
        area = sentence.below(top if top is not None else word)
        reach = frozenset(w.index for w in area)
        if word.role == "ROOT" and not clauses:
            reach = frozenset(w.index for w in sentence.words)
        last = max((w.index for w in who), default=0)
        tail = len(sentence.words) - 1
        ends = max(word.index, last) >= tail - _TAIL and bool(clauses or detached) and min(word.index, last) > min(
            (c.index for c in clauses), default=len(sentence.words)
        )
        subject = sentence.children(word, "nsubjpass", "dobj")
        before = any(s.text.lower() in ("this", "it", "that", "information", "news") for s in subject) and not clauses
        yield Cue(word, speaker, f"verb {word.lemma}", reach, ends, before)


def _inverted(scene: Scene, verb: Word) -> list[Word]:
    """`…, announced the president`: a person right after the verb who the parser takes for its object."""
    before = scene.sentence.words[verb.index - 1] if verb.index else None
    if before is None or before.text not in (",", "”", '"', "»"):
        return []
    people = [w for w in scene.sentence.children(verb, "dobj", "attr", "oprd") if any(m.entity.kind == "person" for m in scene.mentions_at(w))]
    return people


def _reports(scene: Scene, verb: Word) -> bool:
    """Whether a verb of saying has an occasion, or speaks of `this`, though no clause hangs on it."""
    objects = scene.sentence.children(verb, "dobj", "nsubjpass")
    return any(o.text.lower() in ("this", "it", "that") for o in objects) or verb.role == "ROOT"


def _is_pronoun(words: list[Word]) -> bool:
    return any(w.tag == "PRP" for w in words)


def _according(scene: Scene, speakers: Speakers) -> Iterator[Cue]:
    sentence = scene.sentence
    for word in sentence.words:
        if word.text.lower() not in ("according", "per") or (word.text.lower() == "per" and word.index + 1 < len(sentence.words) and sentence.words[word.index + 1].tag[:2] == "NN" and sentence.words[word.index + 1].tag != "NNP"):
            continue
        who = following(sentence, word, "to") if word.text.lower() == "according" else following(sentence, word, "self")
        who = who or [w for w in sentence.words[word.index + 1 : word.index + 5] if w.role == "pobj"]
        speaker = speaker_of(scene, who, speakers)
        if speaker is not None:
            reach = frozenset(w.index for w in sentence.words)
            yield Cue(word, speaker, "according to", reach, word.index > len(sentence.words) / 2)


def _labelled(scene: Scene) -> Iterator[Cue]:
    """`Source: the president at a briefing`."""
    if scene.block.label == "source":
        for mention in scene.mentions:
            if mention.entity.kind in ("person", "body"):
                word = scene.sentence.words[mention.word]
                yield Cue(word, mention.entity, "source", frozenset())
                return


def _heading(scene: Scene) -> Iterator[Cue]:
    """`Name: what is said`, and `what is said – Name`, in a headline."""
    if scene.block.zone not in (Zone.HEADLINE, Zone.SUBHEAD, Zone.TEASER, Zone.CAPTION):
        return
    text = scene.text[scene.sentence.start : scene.sentence.end]
    match = _HEADING.match(text)
    people = [m for m in scene.mentions if m.entity.kind in ("person", "body")]
    for mention in people:
        before = match is not None and mention.end <= scene.sentence.start + match.end("before")
        after = re.search(r"[,—–:-]\s*$", scene.text[max(0, mention.start - 40) : mention.start].split(".")[-1])
        closing = mention.end >= scene.sentence.end - 1 and after is not None
        dash = closing and re.search(r"(?:\s[—–-]\s|,\s|: )[^,—–:]{0,40}$", scene.text[scene.sentence.start : mention.start])
        if (before and len(people) == 1) or dash:
            word = scene.sentence.words[mention.word]
            yield Cue(word, mention.entity, "heading", frozenset(w.index for w in scene.sentence.words))
            return


def speaker_of(scene: Scene, words: list[Word], speakers: Speakers) -> Entity | None:
    """Whom the subject of a verb of saying names: by name, by office, or by a pronoun."""
    for word in words:
        held = (m.entity for m in scene.mentions if m.office and m.office.start <= word.start < m.office.end)
        holder = next(held, None)
        if holder is not None:
            return holder
        for each in (word, *scene.sentence.children(word, "appos", "compound", "poss", "nmod")):
            named = [m for m in scene.mentions_at(each) if m.entity.kind in ("person", "body")]
            if named and (each is word or each.role == "appos" or named[0].entity.kind == "body"):
                return named[0].entity
        parties = [m for m in scene.mentions_at(word) if m.entity.kind in ("party",)]
        if parties:
            return parties[0].entity
        if word.tag == "PRP" and word.text.lower() in ("he", "she"):
            return speakers.person
        if word.lemma in scene.lexicon.group("offices", "nouns") or word.lemma in ("head", "politician", "leader"):
            return _by_office(scene, word, speakers)
        if word.lemma in scene.lexicon.group("bodies", "nouns"):
            return _body(scene, word, speakers)
        if word.lemma in scene.lexicon.group("parties", "standing_for"):
            owners = [m for c in scene.sentence.children(word, "amod", "poss", "compound", "nmod") for m in scene.mentions_at(c)]
            return next((m.entity for m in owners if m.entity.kind in ("body", "party")), None)
    return None


def _body(scene: Scene, word: Word, speakers: Speakers) -> Entity | None:
    """A ministry or the like without a name of its own in the graph: the owner's, or the teller's."""
    sentence = scene.sentence
    below = [w for w in sentence.below(word, lambda w: w.role in ("relcl", "acl", "appos", "conj", "punct")) if w.tag != "DT"]
    inner = next((m.entity for w in below for m in scene.mentions_at(w) if m.entity.kind == "body"), None)
    if inner is not None:
        return inner
    owners = [m.entity for w in below for m in scene.mentions_at(w) if m.entity.kind == "party"]
    owner = next(iter(owners), speakers.teller)
    names = [w for w in below if not any(m.entity.kind == "party" for m in scene.mentions_at(w)) and w.tag != "POS"]
    words = sorted(names, key=lambda w: w.index)
    name = " ".join(w.text.lower() for w in words)
    for said, meant in scene.lexicon.words["bodies"]["same"].items():
        name = re.sub(said, meant, name)
    if any(w.tag == "PRP$" for w in words):
        return None
    if owner is None or len(name.split()) > _LONGEST_BODY:
        return None
    slug = re.sub(r"[^a-z0-9]+", "-", f"{name} of {owner.name}".lower()).strip("-")
    return Entity("body", f"{owner.code.upper()} {name}", NamedNode(f"{ID}body/{slug}"), "", owner.node)


def _by_office(scene: Scene, word: Word, speakers: Speakers) -> Entity | None:
    """Whom `the president` or `the head of state` means: the last who was named with that office, or who spoke last."""
    if scene.sentence.child(word, "det") is None and word.index:
        return speakers.person
    return speakers.offices.get(word.lemma) or speakers.person


@dataclass(frozen=True, slots=True)
class Nearby:
    """Who speaks elsewhere in a paragraph, and who is said to have told what stands in it."""

    speaker: Entity | None = None
    told: Voice | None = None


def voice_of(
    scene: Scene,
    trigger: Word,
    evidence: tuple[int, int],
    found: list[Cue],
    quoted: list[tuple[int, int]],
    speakers: Speakers,
    nearby: Nearby,
) -> Voice:
    """Who says what a word opens, and how: directly, indirectly, partly in the speaker's words, or just the article."""
    inside = _inside(trigger, quoted) or scene.block.label == "quote"
    cue = next((c for c in found if trigger.index in c.reach and not c.told_before and c.word.index != trigger.index), None)
    if inside:
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


def _covers(evidence: tuple[int, int], quoted: list[tuple[int, int]]) -> bool:
    return any(s <= evidence[0] and evidence[1] <= e for s, e in quoted)


def _is_first_person(scene: Scene) -> bool:
    return any(w.text.lower() in _OWN_WORDS and w.text != "US" for w in scene.sentence.words)
