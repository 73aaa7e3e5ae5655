"""Speakers: whom the subject of a verb of saying means, by name, by office, by a pronoun, or as a body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from pactgraph.extraction.grammar import Word
from pactgraph.extraction.names import Entity
from pactgraph.extraction.scene import Scene
from pactgraph.vocabulary import ID

_LONGEST_BODY = 5
"""In words."""


@dataclass
class Speakers:
    """Who has spoken so far."""

    last: Entity | None = None
    person: Entity | None = None
    """Whom `he` and `she` mean."""
    offices: list[tuple[frozenset[str], Entity]] = field(default_factory=list)
    """Who holds an office, by the words of the office's name; the last named is the last."""
    bodies: list[Entity] = field(default_factory=list)
    """Those that were named, so that `the ministry` is the last ministry."""
    head_of_state: Entity | None = None
    """Who `the head of state` is: the teller's."""
    teller: Entity | None = None
    """The party whose ministry `the ministry` is."""

    def holding(self, title: set[str], owner: Entity | None) -> Entity | None:
        """Who spoke last, or was last named, with an office of these words; else who spoke last, if no office of theirs is known."""
        held = [e for words, e in self.offices if title <= words and _acts_for(e, owner)]
        if held:
            return self.person if self.person in held else held[-1]
        known = any(e == self.person for _, e in self.offices)
        return (
            self.person if self.person is not None and not known and _acts_for(self.person, owner) else None
        )


def _acts_for(person: Entity, owner: Entity | None) -> bool:
    return owner is None or person.side in (None, owner.node)


def speaker_of(scene: Scene, words: list[Word], speakers: Speakers) -> Entity | None:
    """Whom the subject of a verb of saying names."""
    for word in words:
        found = _holder(scene, word) or _named(scene, word) or _meant(scene, word, speakers)
        if found is not None:
            return found
    return None


def _holder(scene: Scene, word: Word) -> Entity | None:
    """The person whose office a word is part of."""
    held = (m.entity for m in scene.mentions if m.office and m.office.start <= word.start < m.office.end)
    return next(held, None)


def _named(scene: Scene, word: Word) -> Entity | None:
    """The person, body or party that is named at a word or right beside it."""
    for each in (word, *scene.sentence.children(word, "appos", "compound", "poss", "nmod")):
        for mention in scene.mentions_at(each):
            is_beside = each is word or each.role == "appos"
            if mention.entity.kind == "body" or (mention.entity.kind == "person" and is_beside):
                return mention.entity
    return next((m.entity for m in scene.mentions_at(word) if m.entity.kind == "party"), None)


def _meant(scene: Scene, word: Word, speakers: Speakers) -> Entity | None:
    """The one that a pronoun, an office or a noun for a body means."""
    if word.tag == "PRP":
        return speakers.person if word.text.lower() in ("he", "she", "him", "her") else None
    if word.lemma in scene.lexicon.group("saying", "documents"):
        return _of_a_document(scene, word, speakers)
    if word.lemma in scene.lexicon.group("offices", "nouns"):
        return _by_office(scene, word, speakers)
    if word.lemma in scene.lexicon.group("bodies", "nouns"):
        return _body(scene, word, speakers)
    if word.lemma in scene.lexicon.group("parties", "standing_for"):
        beside = scene.sentence.children(word, "amod", "poss", "compound", "nmod")
        owners = (m.entity for c in beside for m in scene.mentions_at(c))
        return next((owner for owner in owners if owner.kind in ("body", "party")), None)
    return None


def _of_a_document(scene: Scene, word: Word, speakers: Speakers) -> Entity | None:
    """Whose statement, website or the like it is: `the statement of the ministry`; a president's is that of the office."""
    below = sorted(
        scene.sentence.below(word, lambda w: w.role in ("relcl", "advcl", "appos")), key=lambda w: w.index
    )
    found = [m.entity for w in below for m in scene.mentions_at(w)]
    named = next((e for e in found if e.kind in ("person", "body")), None)
    head = next(
        (w.lemma for w in below if w.lemma.lower() in scene.lexicon.group("offices", "of_state")), None
    )
    owner = next((e for e in found if e.kind == "party"), speakers.teller)
    if named is not None or head is None or owner is None:
        return named
    return _minted(scene, f"press service of {head.lower()}", owner)


def _by_office(scene: Scene, word: Word, speakers: Speakers) -> Entity | None:
    """Whom `the president` means: the last who was named with that office, or who spoke last."""
    sentence = scene.sentence
    if word.tag in ("NNS", "NNPS"):
        return None
    if sentence.child(word, "det", "poss", "amod") is None and word.index:
        return speakers.person
    of = [o.lemma for p in sentence.children(word, "prep") for o in sentence.children(p, "pobj")]
    if of == ["state"] and speakers.head_of_state is not None:
        return speakers.head_of_state
    if of == ["government"]:
        heads = sorted(scene.lexicon.group("offices", "of_government"))
        return next((e for h in heads if (e := speakers.holding({h}, _owner(scene, word)))), None)
    known = scene.lexicon.group("offices", "parts") | scene.lexicon.group("offices", "nouns")
    beside = [c.text.lower() for c in sentence.children(word, "amod", "compound")]
    title = {word.lemma.lower(), *(w for w in beside if w in known)}
    return speakers.holding(title, _owner(scene, word))


def _owner(scene: Scene, word: Word) -> Entity | None:
    """The party whose office or body it is, if it is said."""
    beside = scene.sentence.children(word, "amod", "poss", "compound", "nmod")
    beside += [o for p in scene.sentence.children(word, "prep") for o in scene.sentence.children(p, "pobj")]
    return next((m.entity for c in beside for m in scene.mentions_at(c) if m.entity.kind == "party"), None)


def _body(scene: Scene, word: Word, speakers: Speakers) -> Entity | None:
    """A ministry or the like without a name of its own in the graph: the owner's, or the teller's."""
    holder = _whose(scene, word, speakers)
    if holder is not None:
        return _office_of(scene, holder, speakers)
    aside = ("relcl", "acl", "appos", "conj", "punct", "det")
    words = sorted(scene.sentence.below(word, lambda w: w.role in aside), key=lambda w: w.index)
    named = [m.entity for w in words for m in scene.mentions_at(w)]
    inner = next((entity for entity in named if entity.kind == "body"), None)
    owner = next((entity for entity in named if entity.kind == "party"), speakers.teller)
    if inner is not None or owner is None or any(w.tag == "PRP$" for w in words):
        return inner
    rest = {w.text.lower() for w in words if w is not word and w.role != "det"}
    if rest <= scene.lexicon.group("bodies", "generic"):
        last = next(
            (b for b in reversed(speakers.bodies) if rest or word.lemma.lower() in b.name.lower()), None
        )
        if last is not None:
            return last
    own = [w for w in words if w.tag != "POS" and not any(m.is_party for m in scene.mentions_at(w))]
    name = " ".join(w.text.lower() for w in own)
    return _minted(scene, re.sub(r"(?: (?:of|for|in|to|the))+$", "", name), owner)


def _whose(scene: Scene, word: Word, speakers: Speakers) -> Entity | None:
    """The person whose office a noun speaks of: `his office`, `the president's office`."""
    for owner in scene.sentence.children(word, "poss"):
        if owner.tag == "PRP$":
            return speakers.person if owner.text.lower() in ("his", "her") else None
        named = next((m.entity for m in scene.mentions_at(owner) if m.entity.kind == "person"), None)
        if named is not None:
            return named
    return None


def _office_of(scene: Scene, person: Entity, speakers: Speakers) -> Entity | None:
    """The office of a head of state; for that of others, which has no name of its own, the party."""
    heads = scene.lexicon.group("offices", "of_state")
    head = next(
        (h for h in sorted(heads) if any(h in words and e == person for words, e in speakers.offices)), None
    )
    side = scene.names.entities.get(person.side) if person.side else None
    owner = side or speakers.teller
    return _minted(scene, f"press service of {head}", owner) if head and owner is not None else side


def _minted(scene: Scene, name: str, owner: Entity) -> Entity | None:
    """A body by its usual name and the party that it acts for."""
    for said, meant in scene.lexicon.words["bodies"]["same"].items():
        name = re.sub(said, meant, name)
    titled = scene.names.find(name.title(), 0, len(name))
    known = next(
        (n.entity for _, _, n in titled if n.entity.kind == "body" and n.entity.side == owner.node), None
    )
    if known is not None or len(name.split()) > _LONGEST_BODY:
        return known
    slug = re.sub(r"[^a-z0-9]+", "-", f"{name} of {owner.name}".lower()).strip("-")
    return Entity("body", f"{owner.code.upper()} {name}", NamedNode(f"{ID}body/{slug}"), "", owner.node)
