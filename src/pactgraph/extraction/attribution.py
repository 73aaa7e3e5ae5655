"""Who says it: reporting verbs, `according to`, quotation marks, labels, and the sentence before or after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactgraph.extraction.candidate import Span
from pactgraph.extraction.grammar import Sentence, Word, after, agents, following
from pactgraph.extraction.mentions import Mention
from pactgraph.extraction.names import Entity
from pactgraph.extraction.scene import Scene
from pactgraph.extraction.speakers import Speakers, speaker_of
from pactgraph.extraction.zones import Zone

_QUOTED = re.compile(r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|\"[^\"]*(?:\"|$)|„[^“”]*(?:[“”]|$)|''[^']*''")
_TAIL = 5
"""How many words may follow `he said` at the end of a sentence."""
_LEADING = 12
"""Up to this word of a sentence, `he said that` reports all the rest."""
_DASHED = re.compile(r"(?:\s[—–-]\s|,\s|: )[^,—–:]{0,40}$")
_SPEAKING = re.compile(r"[^:“”\"«»]{3,70}:\s*(?=[“«\"„])")
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


def quotations(text: str, start: int, end: int) -> list[Span]:
    """The stretches of a paragraph that stand in quotation marks, marks included."""
    return [(m.start(), m.end()) for m in _QUOTED.finditer(text, start, end) if m.end() - m.start() > 2]


def cues(scene: Scene, speakers: Speakers, quoted: list[Span]) -> list[Cue]:
    """The cues of a sentence, in order; what stands in quotation marks reports nothing."""
    return [
        *_labelled(scene),
        *_heading(scene),
        *_named_before_a_quotation(scene, speakers),
        *_verbs(scene, speakers, quoted),
        *_according(scene, speakers),
        *_citing(scene, speakers),
        *_views(scene, speakers),
    ]


def is_inside(word: Word, quoted: list[Span]) -> bool:
    """Whether a word stands within quotation marks."""
    return any(start < word.start and word.end < end for start, end in quoted)


def _verbs(scene: Scene, speakers: Speakers, quoted: list[Span]) -> Iterator[Cue]:
    """The verbs of saying that report what someone says, and of holding what a person holds."""
    verbs, attitudes = (scene.lexicon.group("saying", name) for name in ("verbs", "attitudes"))
    for word in scene.sentence.words:
        is_saying = (word.is_verb and word.lemma in verbs) or word.lemma in attitudes
        cue = _cue(scene, word, speakers) if is_saying and not is_inside(word, quoted) else None
        if cue is not None:
            yield cue


def _cue(scene: Scene, word: Word, speakers: Speakers) -> Cue | None:
    """The cue of a verb of saying: who says what stands in its clause, or in the one that it hangs on."""
    sentence = scene.sentence
    who = _who(scene, word)
    clauses = sentence.children(word, "ccomp", "parataxis", "dep")
    if (
        word.lemma in scene.lexicon.group("saying", "wordless")
        and not clauses
        and not _says_what(sentence, word)
    ):
        return None
    detached = not clauses and (_is_detached(scene, word) or _is_aside(sentence, word))
    if not who or not (clauses or detached or _reports(scene, word)):
        return None
    speaker = speaker_of(scene, who, speakers)
    is_known = any(w.tag == "PRP" or _is_text(scene, w) for w in who)
    is_deed = speaker is not None and speaker.kind == "party" and not (clauses or _is_detached(scene, word))
    is_held = word.lemma in scene.lexicon.group("saying", "attitudes")
    if (speaker is None and not is_known) or is_deed:
        return None
    if is_held and (not clauses or speaker is None or speaker.kind != "person"):
        return None
    ends = bool(clauses or detached) and _ends(sentence, word, who, clauses)
    return Cue(
        word,
        speaker,
        f"verb {word.lemma}",
        _reach(sentence, word, clauses, detached),
        ends,
        _tells_before(scene, word, clauses),
    )


def _is_text(scene: Scene, word: Word) -> bool:
    """Whether a pact itself is quoted: `the document reads`."""
    is_the = any(c.text.lower() in ("the", "this") for c in scene.sentence.children(word, "det"))
    return scene.is_pact(word) or (is_the and word.lemma in scene.lexicon.group("pacts", "by_reference"))


def _says_what(sentence: Sentence, verb: Word) -> bool:
    """Whether a clause hangs on the object of a verb: `he expressed the hope that …`."""
    return any(sentence.children(o, "ccomp", "acl") for o in sentence.children(verb, "dobj"))


def _who(scene: Scene, verb: Word) -> list[Word]:
    """The subject of a verb of saying, which may stand after it."""
    if verb.lemma in scene.lexicon.group("saying", "attitudes"):
        holder = verb if verb.is_verb else scene.sentence.head(verb) or verb
        return scene.sentence.children(holder, "nsubj", "nsubjpass")
    has_own = bool(scene.sentence.children(verb, "nsubj", "nsubjpass", "agent"))
    found = (not has_own and (_inverted(scene, verb) or _right_before(scene, verb))) or agents(
        scene.sentence, verb
    )
    return found or (_where_it_stands(scene, verb) if _tells_before(scene, verb, []) else [])


def _right_before(scene: Scene, verb: Word) -> list[Word]:
    """The person named right before a verb that ends the sentence, whom the parser takes for part of what is said."""
    words = scene.sentence.words
    if verb.index < len(words) - 1 - _TAIL or verb.tag == "VBG" or verb.role not in ("ROOT", "conj"):
        return []
    helpers = {c.index for c in scene.sentence.children(verb, "aux", "advmod")}
    last = next((w for w in reversed(words[: verb.index]) if w.index not in helpers), verb)
    return [last] if any(m.entity.kind == "person" for m in scene.mentions_at(last)) else []


def _where_it_stands(scene: Scene, verb: Word) -> list[Word]:
    """`This is stated on the website of …`: what speaks where nobody else does."""
    found = after(scene.sentence, verb, "in", "on", "by", "at")
    return [w for w in found if w.lemma in scene.lexicon.group("saying", "documents")]


def _is_aside(sentence: Sentence, verb: Word) -> bool:
    """Whether a verb of saying is put in beside what it reports: `as the minister said, …`."""
    return any(c.text.lower() == "as" for c in sentence.children(verb, "mark", "advmod", "prep"))


def _is_detached(scene: Scene, verb: Word) -> bool:
    """Whether a verb of saying hangs on what it reports: `…, he said`."""
    return verb.role in ("parataxis", "ccomp", "dep") or (
        verb.role == "conj" and (bool(_inverted(scene, verb)) or _is_put_after(scene.sentence, verb))
    )


def _is_put_after(sentence: Sentence, verb: Word) -> bool:
    """Whether a verb stands after a comma with a subject of its own: `…, the minister has said in an interview`."""
    subjects = [w for s in sentence.children(verb, "nsubj") for w in sentence.below(s)]
    first = min((w.index for w in subjects), default=0)
    return first > 0 and sentence.words[first - 1].text == ","


def _reach(sentence: Sentence, verb: Word, clauses: list[Word], detached: bool) -> frozenset[int]:
    """The words that a verb of saying reports."""
    if (verb.role == "ROOT" or _is_as_saying(sentence, verb)) and not clauses:
        return frozenset(w.index for w in sentence.words)
    head = sentence.head(verb) if detached and verb.role != "ccomp" else None
    who = sentence.children(verb, "nsubj")
    below = {w.index for w in sentence.below(head or verb, lambda w: w in who)}
    leads = verb.role in ("ROOT", "ccomp") and verb.index <= _LEADING
    if leads and clauses and min(c.index for c in clauses) > verb.index:
        below |= {w.index for w in sentence.words[verb.index :]}
    return frozenset(below)


def _ends(sentence: Sentence, verb: Word, who: list[Word], clauses: list[Word]) -> bool:
    """Whether `he said` stands at the end, after what it reports."""
    both = [verb.index, max(w.index for w in who)]
    first = min((c.index for c in clauses), default=len(sentence.words))
    return max(both) >= len(sentence.words) - 1 - _TAIL and min(both) > first


def _tells_before(scene: Scene, verb: Word, clauses: list[Word]) -> bool:
    """Whether what is reported stands in the sentence before: `this was announced by …`."""
    subjects = scene.sentence.children(verb, "nsubjpass", "dobj")
    after = scene.sentence.words[verb.index + 1 : verb.index + 3]
    points = len(after) == 2 and after[0].text.lower() in ("this", "that", "it") and after[1].tag == "IN"
    said = scene.lexicon.group("saying", "what_was_said")
    return not clauses and (points or any(s.text.lower() in said for s in subjects))


def _inverted(scene: Scene, verb: Word) -> list[Word]:
    """`…, announced the president`: a person right after the verb who the parser takes for its object."""
    before = scene.sentence.words[verb.index - 1] if verb.index else None
    if before is None or before.text not in (",", "”", '"', "»"):
        return []
    people = [
        w
        for w in scene.sentence.children(verb, "dobj", "attr", "oprd")
        if any(m.entity.kind == "person" for m in scene.mentions_at(w))
    ]
    return people


def _reports(scene: Scene, verb: Word) -> bool:
    """Whether a verb of saying has an occasion, or speaks of `this`, though no clause hangs on it."""
    objects = scene.sentence.children(verb, "dobj", "nsubjpass")
    is_pointing = any(o.text.lower() in ("this", "it", "that") for o in objects)
    quoted = _is_as_saying(scene.sentence, verb)
    return is_pointing or quoted or verb.role == "ROOT" or (verb.role == "conj" and bool(objects))


def _is_as_saying(sentence: Sentence, verb: Word) -> bool:
    """`He was quoted as saying`."""
    head = sentence.head(verb)
    return verb.tag == "VBG" and head is not None and head.text.lower() == "as"


def _according(scene: Scene, speakers: Speakers) -> Iterator[Cue]:
    """`According to the minister`."""
    sentence = scene.sentence
    for word in sentence.words:
        if word.text.lower() != "according":
            continue
        near = sentence.words[word.index + 1 : word.index + 5]
        who = following(sentence, word, "to") or [w for w in near if w.role == "pobj"]
        speaker = speaker_of(scene, who, speakers)
        if speaker is not None:
            reach = frozenset(w.index for w in sentence.words)
            before = sentence.words[0].text.lower() in scene.lexicon.group("saying", "what_was_said")
            yield Cue(word, speaker, "according to", reach, word.index > len(sentence.words) / 2, before)


def _citing(scene: Scene, speakers: Speakers) -> Iterator[Cue]:
    """`…, a paper writes, citing the minister`."""
    sentence = scene.sentence
    for word in sentence.words:
        if word.text.lower() not in scene.lexicon.group("saying", "citing"):
            continue
        who = [*sentence.children(word, "dobj", "pobj"), *after(sentence, word, "to")]
        speaker = speaker_of(scene, who, speakers)
        if speaker is not None and speaker.kind != "party":
            yield Cue(word, speaker, "citing", frozenset(w.index for w in sentence.words))


def _views(scene: Scene, speakers: Speakers) -> Iterator[Cue]:
    """`In his opinion`, `in the words of the minister`."""
    sentence = scene.sentence
    for word in sentence.words:
        head = sentence.head(word)
        if word.lemma not in scene.lexicon.group("saying", "views") or head is None or head.role != "prep":
            continue
        owners = sentence.children(word, "poss")
        by_pronoun = any(w.text.lower() in ("his", "her") for w in owners)
        who = (
            speakers.person
            if by_pronoun
            else speaker_of(scene, owners + after(sentence, word, "of"), speakers)
        )
        if who is not None:
            yield Cue(word, who, "in the words of", frozenset(w.index for w in sentence.words))


def _named_before_a_quotation(scene: Scene, speakers: Speakers) -> Iterator[Cue]:
    """`The minister: “…”` and `Quote from the minister: “…”` at the beginning of a paragraph."""
    match = _SPEAKING.match(scene.text, scene.sentence.start, scene.sentence.end)
    if match is None or scene.block.zone is not Zone.BODY:
        return
    words = [w for w in scene.sentence.words if w.end <= match.end()]
    speaker = speaker_of(scene, [w for w in words if w.is_noun], speakers)
    verbs = scene.lexicon.group("saying", "verbs")
    if speaker is not None and not any(w.is_verb and w.lemma not in verbs for w in words):
        yield Cue(words[-1], speaker, "colon", frozenset(w.index for w in scene.sentence.words))


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
    people = [m for m in scene.mentions if m.entity.kind in ("person", "body")]
    speaking = [m for m in people if (_opens(scene, m) and len(people) == 1) or _closes(scene, m)]
    for mention in speaking[:1]:
        word = scene.sentence.words[mention.word]
        yield Cue(word, mention.entity, "heading", frozenset(w.index for w in scene.sentence.words))


def _opens(scene: Scene, mention: Mention) -> bool:
    match = _HEADING.match(scene.text[scene.sentence.start : scene.sentence.end])
    return match is not None and mention.end <= scene.sentence.start + match.end("before")


def _closes(scene: Scene, mention: Mention) -> bool:
    before = scene.text[scene.sentence.start : mention.start]
    return mention.end >= scene.sentence.end - 1 and _DASHED.search(before) is not None
