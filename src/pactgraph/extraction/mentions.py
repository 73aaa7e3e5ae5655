"""What a sentence speaks of: parties, officials with their offices, bodies, places, events and pacts by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from pactgraph.extraction.grammar import Sentence, Word
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.names import Entity, Names
from pactgraph.vocabulary import ID

_LINKS = frozenset("of the for and to 's ’s , & on - – in".split())
_PARTICLES = frozenset("de von van der den la el bin al di da du le mac".split())


@dataclass(frozen=True, slots=True)
class Office:
    """An office beside a name, in small letters and without the party that it is of: `foreign minister`."""

    name: str
    start: int
    end: int
    party: Entity | None = None
    past: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: what it names, how, and the word that governs it in its sentence."""

    start: int
    end: int
    entity: Entity
    how: str
    word: int
    office: Office | None = None

    @property
    def is_party(self) -> bool:
        """Whether it names a party or a group of parties."""
        return self.entity.kind in ("party", "group")


class People:
    """Those whom an article has named so far, by their last names, for when it names them again by that alone."""

    def __init__(self) -> None:
        self._by_last: dict[str, Entity] = {}

    def learn(self, person: Entity) -> None:
        """Remembers a person by the last word of the name."""
        self._by_last[person.name.split()[-1]] = person

    def by_last(self, word: str) -> Entity | None:
        """The person last named so."""
        return self._by_last.get(word.removesuffix("'s").removesuffix("’s"))


def find_mentions(text: str, sentence: Sentence, names: Names, lexicon: Lexicon, people: People) -> tuple[Mention, ...]:
    """The mentions of a sentence in order."""
    named = [_mention(sentence, start, end, n.entity, n.how) for start, end, n in names.find(text, sentence.start, sentence.end)]
    found = [m for m in named if m is not None and not _is_part_of_a_name(sentence, m)]
    found += _strangers(sentence, found, lexicon, people)
    placed = [_with_office(sentence, m, found, names, lexicon) for m in sorted(found, key=lambda m: m.start)]
    for mention in placed:
        if mention.entity.kind == "person" and " " in mention.entity.name:
            people.learn(mention.entity)
    return tuple(placed)


def _mention(sentence: Sentence, start: int, end: int, entity: Entity, how: str) -> Mention | None:
    words = [w for w in sentence.words if w.start < end and w.end > start]
    if not words:
        return None
    inside = {w.index for w in words}
    top = next((w for w in reversed(words) if w.head not in inside or w.head == w.index), words[-1])
    return Mention(start, end, entity, how, top.index)


def _is_part_of_a_name(sentence: Sentence, mention: Mention) -> bool:
    """Whether the words before or after make another name of it: `Kyiv Independent`, `New Ukraine Party`."""
    if mention.how != "capital" and mention.entity.kind != "place":
        return False
    index = next(w.index for w in sentence.words if w.end >= mention.end)
    if index + 1 >= len(sentence.words):
        return False
    after = sentence.words[index + 1]
    return after.tag in ("NNP", "NNPS") and after.start - mention.end <= 1 and after.text[:1].isupper() and after.text.lower() in _HOUSES


_HOUSES = frozenset("independent post times school international polytechnic institute university digest region oblast city".split())


def _strangers(sentence: Sentence, found: list[Mention], lexicon: Lexicon, people: People) -> Iterator[Mention]:
    """People whom the graph does not know: after an office, before a verb of saying, or named before."""
    taken = [(m.start, m.end) for m in found]
    index = 0
    while index < len(sentence.words):
        run = _name_run(sentence, index, taken, lexicon)
        if not run:
            index += 1
            continue
        known = people.by_last(run[-1].text) if len(run) == 1 else None
        person = known or (_stranger(run) if len(run) > 1 and _is_person(sentence, run, lexicon) else None)
        if person is not None:
            mention = _mention(sentence, run[0].start, run[-1].end, person, "name")
            if mention is not None:
                yield mention
        index = run[-1].index + 1


def _name_run(sentence: Sentence, index: int, taken: list[tuple[int, int]], lexicon: Lexicon) -> list[Word]:
    run: list[Word] = []
    for word in sentence.words[index:]:
        free = not any(start < word.end and word.start < end for start, end in taken)
        lower = word.text.lower()
        is_office = lower in lexicon.group("offices", "nouns") or lower in lexicon.group("offices", "parts")
        proper = word.tag in ("NNP", "NNPS") and word.text[:1].isupper() and not word.text.isupper()
        joined = bool(run) and (lower in _PARTICLES or word.text in ("-",))
        if free and not is_office and (proper or joined) and len(run) < 5 and word.text.lower() not in _NOT_NAMES:
            run.append(word)
        else:
            break
    while run and run[-1].text.lower() in (*_PARTICLES, "-"):
        run.pop()
    return run


_NOT_NAMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday mr mrs ms dr".split()
)


def _stranger(run: list[Word]) -> Entity:
    name = re.sub(r" ?- ?", "-", " ".join(word.text for word in run))
    slug = re.sub(r"[^\w]+", "-", name.lower()).strip("-")
    return Entity("person", name, NamedNode(f"{ID}official/{slug}"))


def _is_person(sentence: Sentence, run: list[Word], lexicon: Lexicon) -> bool:
    before = sentence.words[run[0].index - 1] if run[0].index else None
    if before is not None and before.text == "," and before.index:
        before = sentence.words[before.index - 1]
    lower = before.lemma.rstrip("s") if before is not None else ""
    if before is not None and (before.lemma in lexicon.group("offices", "nouns") or lower in lexicon.group("offices", "nouns")):
        return True
    if run[0].index and sentence.words[run[0].index - 1].text.rstrip(".") in ("Mr", "Mrs", "Ms", "Dr"):
        return True
    governors = [g for g in (sentence.head(run[-1]),) if g is not None]
    says = any(g.lemma in lexicon.group("saying", "verbs") and run[-1].role == "nsubj" for g in governors)
    return says or _office_after(sentence, run[-1].index, lexicon)


def _office_after(sentence: Sentence, index: int, lexicon: Lexicon) -> bool:
    rest = sentence.words[index + 1 : index + 7]
    return bool(rest) and rest[0].text in (",", "(") and any(
        w.lemma in lexicon.group("offices", "nouns") for w in rest[1:]
    )


def _with_office(sentence: Sentence, mention: Mention, found: list[Mention], names: Names, lexicon: Lexicon) -> Mention:
    """A person with the office that stands before or after the name, and the party that this is of."""
    if mention.entity.kind != "person":
        return mention
    first = next(w.index for w in sentence.words if w.end > mention.start)
    last = next(w.index for w in reversed(sentence.words) if w.start < mention.end)
    before = _office_words(sentence, first, lexicon, found)
    office = _office(sentence, before, found, names, lexicon) if before else None
    if office is None:
        after = _words_after(sentence, last, lexicon, found)
        office = _office(sentence, after, found, names, lexicon) if after else None
    if office is None:
        return mention
    side = office.party.node if office.party else None
    entity = mention.entity
    if side is not None and entity.side is None:
        entity = replace(entity, side=side)
    return replace(mention, entity=entity, office=office)


def _office_words(sentence: Sentence, first: int, lexicon: Lexicon, found: list[Mention]) -> list[Word]:
    """The words of an office, going back from a name."""
    kept: list[Word] = []
    index = first - 1
    if index >= 0 and sentence.words[index].text == ",":
        index -= 1
    while index >= 0 and _belongs(sentence.words[index], lexicon, found) and sentence.words[index].text != ",":
        kept.insert(0, sentence.words[index])
        index -= 1
    return _trim(kept, lexicon, found)


def _words_after(sentence: Sentence, last: int, lexicon: Lexicon, found: list[Mention]) -> list[Word]:
    """The words of an office after a name and a comma."""
    index = last + 1
    if index >= len(sentence.words) or sentence.words[index].text not in (",", "("):
        return []
    kept: list[Word] = []
    for word in sentence.words[index + 1 :]:
        if word.text in (",", "and", ")") or not (_belongs(word, lexicon, found) or word.lemma == "a"):
            break
        kept.append(word)
    return _trim(kept, lexicon, found)


def _belongs(word: Word, lexicon: Lexicon, found: list[Mention]) -> bool:
    lower = word.text.lower()
    plain = word.lemma.lower()
    return (
        lower in _LINKS
        or plain in lexicon.group("offices", "nouns")
        or lower in lexicon.group("offices", "parts")
        or any(m.start <= word.start < m.end and m.entity.kind in ("party", "body", "group") for m in found)
    )


def _trim(words: list[Word], lexicon: Lexicon, found: list[Mention]) -> list[Word]:
    """Without what links nothing at either end; nothing where no noun of an office is among the words."""
    while words and words[0].text.lower() in _LINKS:
        words = words[1:]
    while words and words[-1].text.lower() in _LINKS:
        words = words[:-1]
    nouns = [w for w in words if w.lemma in lexicon.group("offices", "nouns")]
    if not nouns or all(w.lemma == "prime" for w in nouns):
        return []
    return words


def _office(sentence: Sentence, words: list[Word], found: list[Mention], names: Names, lexicon: Lexicon) -> Office | None:
    inside = [m for m in found if any(m.start <= w.start < m.end for w in words)]
    party = next((names.entities.get(m.entity.side) if m.entity.side else m.entity for m in inside if m.entity.kind != "person"), None)
    bodies = [m for m in inside if m.entity.kind == "body"]
    parts = [
        w for w in words if bodies and any(b.start <= w.start < b.end for b in bodies)
        or not any(m.start <= w.start < m.end for m in inside)
    ]
    while parts and parts[0].text.lower() in _LINKS:
        parts.pop(0)
    while parts and parts[-1].text.lower() in _LINKS:
        parts.pop()
    name = " ".join(w.text.lower() for w in parts if w.text.lower() not in ("the", "'s", "’s"))
    name = re.sub(r"(?: of)+$", "", re.sub(r"\bof of\b", "of", name)).strip(" ,-–")
    past = any(w in lexicon.group("offices", "past") for w in name.split())
    name = " ".join(w for w in name.split() if w not in lexicon.group("offices", "past") and w != "new")
    name = " ".join(w.removesuffix("s") if w in ("presidents", "ministers", "chancellors", "premiers", "secretaries") else w for w in name.split())
    name = re.split(r" and | & ", name)[-1].strip()
    if not name or name in lexicon.group("offices", "never"):
        return None
    return Office(name, words[0].start, words[-1].end, party, past)


def runs(mentions: Iterable[Mention], text: str) -> list[list[Mention]]:
    """Parties that stand in one list: nothing but commas, `and`, articles and the like between them."""
    found: list[list[Mention]] = []
    for mention in mentions:
        if not mention.is_party:
            continue
        if found and _BETWEEN.fullmatch(text, found[-1][-1].end, mention.start):
            found[-1].append(mention)
        else:
            found.append([mention])
    return found


_BETWEEN = re.compile(
    r"[\s,;/]*(?:(?:and|or|as well as|but also|plus|also|then|later|followed by|with|the|its neighbou?rs?|neighbou?ring|"
    r"&|Republic of|Kingdom of|both|finally|most recently|recently|now)[\s,]*)*",
    re.IGNORECASE,
)
