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
    offices: dict[str, Entity] = field(default_factory=dict)
    """Who holds an office, by each word of the office's name."""
    head_of_state: Entity | None = None
    """Who `the head of state` is: the teller's."""
    teller: Entity | None = None
    """The party whose ministry `the ministry` is."""


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
    head = next((w.lemma for w in below if w.lemma.lower() in scene.lexicon.group("offices", "of_state")), None)
    owner = next((e for e in found if e.kind == "party"), speakers.teller)
    if named is not None or head is None or owner is None:
        return named
    return _minted(scene, f"press service of {head.lower()}", owner)


def _by_office(scene: Scene, word: Word, speakers: Speakers) -> Entity | None:
    """Whom `the president` means: the last who was named with that office, or who spoke last."""
    if scene.sentence.child(word, "det") is None and word.index:
        return speakers.person
    of = [o.lemma for p in scene.sentence.children(word, "prep") for o in scene.sentence.children(p, "pobj")]
    if of == ["state"] and speakers.head_of_state is not None:
        return speakers.head_of_state
    return speakers.offices.get(word.lemma) or speakers.person


def _body(scene: Scene, word: Word, speakers: Speakers) -> Entity | None:
    """A ministry or the like without a name of its own in the graph: the owner's, or the teller's."""
    aside = ("relcl", "acl", "appos", "conj", "punct", "det")
    words = sorted(scene.sentence.below(word, lambda w: w.role in aside), key=lambda w: w.index)
    named = [m.entity for w in words for m in scene.mentions_at(w)]
    inner = next((entity for entity in named if entity.kind == "body"), None)
    owner = next((entity for entity in named if entity.kind == "party"), speakers.teller)
    if inner is not None or owner is None or any(w.tag == "PRP$" for w in words):
        return inner
    own = [w for w in words if w.tag != "POS" and not any(m.is_party for m in scene.mentions_at(w))]
    name = " ".join(w.text.lower() for w in own)
    return _minted(scene, re.sub(r"(?: (?:of|for|in|to|the))+$", "", name), owner)


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
