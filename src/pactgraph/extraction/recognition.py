"""What a sentence speaks of: parties, officials with their offices, bodies, places, events and pacts by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pyoxigraph import NamedNode

from pactgraph.extraction.grammar import Sentence
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.mentions import Mention, located
from pactgraph.extraction.names import Names
from pactgraph.extraction.offices import shared_offices, with_office
from pactgraph.extraction.people import People, strangers


def find_mentions(
    text: str,
    sentence: Sentence,
    names: Names,
    lexicon: Lexicon,
    people: People,
    publisher: str | None = None,
) -> tuple[Mention, ...]:
    """The mentions of a sentence in order; no part of the publisher's own name is one."""
    found = [
        mention
        for start, end, name in names.find(text, sentence.start, sentence.end)
        if not _is_in_title(text, start, end, publisher)
        and (mention := located(sentence, start, end, name.entity, name.how)) is not None
        and not _is_part_of_a_name(sentence, mention, lexicon)
    ]
    found = [m for m in found if not _is_of_another_party(text, m, found)]
    found = sorted([*found, *strangers(sentence, found, lexicon, people)], key=lambda m: m.start)
    placed = [with_office(sentence, mention, found, names, lexicon) for mention in found]
    for mention in placed:
        if mention.entity.kind == "person" and " " in mention.entity.name:
            people.learn(mention.entity)
    return tuple(shared_offices(sentence, placed, lexicon))


def with_sides(found: list[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
    """The mentions of an article's sentences, each person with the party that any of them gives."""
    people = [m.entity for mentions in found for m in mentions if m.entity.kind == "person"]
    sides = {person.node: person.side for person in people if person.side is not None}
    return [tuple(_with_side(m, sides) for m in mentions) for mentions in found]


def _with_side(mention: Mention, sides: Mapping[NamedNode, NamedNode]) -> Mention:
    side = sides.get(mention.entity.node) if mention.entity.side is None else None
    return mention if side is None else replace(mention, entity=replace(mention.entity, side=side))


def _is_in_title(text: str, start: int, end: int, publisher: str | None) -> bool:
    """Whether a name stands within the name of the paper."""
    if not publisher or len(publisher) <= end - start:
        return False
    at = text.find(publisher, max(0, start - len(publisher)), end + len(publisher))
    return 0 <= at <= start and end <= at + len(publisher)


def _is_of_another_party(text: str, mention: Mention, found: list[Mention]) -> bool:
    """Whether a body's name stands right after that of a party that it does not act for."""
    if mention.entity.kind != "body" or mention.entity.side is None:
        return False
    before = (m for m in found if m.end < mention.start and not text[m.end : mention.start].strip("'’s "))
    return any(m.entity.kind == "party" and m.entity.node != mention.entity.side for m in before)


def _is_end_of_a_longer_name(sentence: Sentence, mention: Mention) -> bool:
    """Whether one word, such as `Compact`, ends the name of another pact."""
    before = next((w for w in reversed(sentence.words) if w.end <= mention.start), None)
    single = " " not in mention.entity.name or mention.end - mention.start < len(mention.entity.name) / 2
    named = before is not None and before.tag in ("NNP", "NNPS") and mention.start - before.end <= 1
    return single and named


def _is_part_of_a_name(sentence: Sentence, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether the word after makes another name of a place: a paper, a university, a region."""
    if mention.entity.kind == "pact":
        return _is_end_of_a_longer_name(sentence, mention)
    if mention.how != "capital" and mention.entity.kind != "place":
        return False
    after = next((w for w in sentence.words if w.start >= mention.end), None)
    if after is None or after.start - mention.end > 1 or not after.text[:1].isupper():
        return False
    return after.tag in ("NNP", "NNPS") and after.text.lower() in lexicon.group("people", "houses")
