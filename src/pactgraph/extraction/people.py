"""People whom a graph does not know: those who stand with an office, who speak, or who were named before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from pactgraph.extraction.grammar import Sentence, Word
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.mentions import Mention, located
from pactgraph.extraction.names import Entity
from pactgraph.extraction.offices import LINKS, words_before
from pactgraph.vocabulary import ID

PARTICLES = frozenset("de von van der den la el al bin di da du le mac del dos".split())
_HYPHENS = frozenset("-‐–")
_LONGEST_NAME = 6
_WORDS_OF_AN_OFFICE = 6
"""How many words after a name may hold the noun of an office."""


class People:
    """Those whom an article has named so far, by their last names, for when it names them again by that alone."""

    def __init__(self) -> None:
        self._by_last: dict[str, Entity] = {}

    def learn(self, person: Entity) -> None:
        """Remembers a person by the last words of the name."""
        words = person.name.split()
        self._by_last[words[-1]] = person
        if len(words) > 2:
            self._by_last[" ".join(words[-2:])] = person

    def by_last(self, name: str) -> Entity | None:
        """The person last named so."""
        return self._by_last.get(name.removesuffix("'s").removesuffix("’s"))


def strangers(
    sentence: Sentence, found: list[Mention], lexicon: Lexicon, people: People
) -> Iterator[Mention]:
    """The people of a sentence who are in no mention yet."""
    taken = [(m.start, m.end) for m in found]
    index = 0
    while index < len(sentence.words):
        run = _name_run(sentence, index, taken, lexicon)
        if not run:
            index += 1
            continue
        person = people.by_last(_joined(run)) or _new(sentence, run, found, lexicon)
        mention = located(sentence, run[0].start, run[-1].end, person, "name") if person is not None else None
        if mention is not None:
            yield mention
        index = run[-1].index + 1


def _new(sentence: Sentence, run: list[Word], found: list[Mention], lexicon: Lexicon) -> Entity | None:
    return _stranger(run) if len(run) > 1 and _is_person(sentence, run, found, lexicon) else None


def _name_run(sentence: Sentence, index: int, taken: list[tuple[int, int]], lexicon: Lexicon) -> list[Word]:
    """The words of a name from here on."""
    run: list[Word] = []
    for word in sentence.words[index:]:
        free = not any(start < word.end and word.start < end for start, end in taken)
        if not free or len(run) >= _LONGEST_NAME or not _may_be_in_a_name(word, run, lexicon):
            break
        run.append(word)
    while run and (run[-1].text.lower() in PARTICLES or run[-1].text in _HYPHENS):
        run.pop()
    return run


def _may_be_in_a_name(word: Word, run: list[Word], lexicon: Lexicon) -> bool:
    lower = word.text.lower()
    if run and (word.text in _HYPHENS or run[-1].text in _HYPHENS):
        return word.start == run[-1].end
    if lower in lexicon.group("offices", "nouns") or lower in lexicon.group("offices", "parts"):
        return False
    if lower.rstrip(".") in lexicon.group("people", "never"):
        return False
    proper = (
        word.tag in ("NNP", "NNPS")
        and word.text[:1].isupper()
        and (not word.text.isupper() or len(word.text) < 3)
    )
    return proper or (bool(run) and lower in PARTICLES)


def _joined(run: list[Word]) -> str:
    return re.sub(r" ?([-‐–]) ?", r"\1", " ".join(word.text for word in run))


def _stranger(run: list[Word]) -> Entity:
    name = _joined(run)
    slug = re.sub(r"[^\w]+", "-", name.lower()).strip("-")
    return Entity("person", name, NamedNode(f"{ID}official/{slug}"))


def _is_person(sentence: Sentence, run: list[Word], found: list[Mention], lexicon: Lexicon) -> bool:
    """Whether a name is a person's: an office or a title stands beside it, or it speaks."""
    before = [w for w in sentence.words[max(0, run[0].index - 2) : run[0].index] if w.text != ","]
    last = before[-1] if before else None
    follows = bool(before) and before[-1].index == run[0].index - 1 and before[-1].text.lower() in LINKS
    if not follows and words_before(sentence, run[0].index, lexicon, found):
        return True
    if last is not None and (
        _is_office(last, lexicon) or last.text.rstrip(".") in lexicon.words["people"]["titles"]
    ):
        return True
    head = sentence.head(run[-1])
    if _is_house(sentence, run, lexicon):
        return False
    verbs = lexicon.group("saying", "verbs") - lexicon.group("saying", "relaying")
    says = head is not None and head.lemma in verbs and run[-1].role == "nsubj"
    return (
        says
        or _is_led_by(sentence, run[-1], lexicon)
        or _office_after(sentence, run[-1].index, lexicon)
        or _stands_beside_a_person(sentence, run, found)
    )


def _is_led_by(sentence: Sentence, last: Word, lexicon: Lexicon) -> bool:
    """Whether a name stands after the `by` of a verb of leading."""
    by = sentence.head(last)
    verb = sentence.head(by) if by is not None and by.role == "agent" else None
    return verb is not None and verb.lemma in lexicon.group("delegations", "leading")


def _is_house(sentence: Sentence, run: list[Word], lexicon: Lexicon) -> bool:
    """Whether a name is a paper's, an agency's or the like, which speak too."""
    before = sentence.words[run[0].index - 1] if run[0].index else run[0]
    return before.text.lower() == "the" or run[-1].text.lower() in lexicon.group("people", "houses")


def _is_office(word: Word, lexicon: Lexicon) -> bool:
    nouns = lexicon.group("offices", "nouns")
    return bool({word.lemma, word.lemma.removesuffix("s"), word.text.lower().removesuffix("s")} & nouns)


def _office_after(sentence: Sentence, index: int, lexicon: Lexicon) -> bool:
    rest = sentence.words[index + 1 : index + 1 + _WORDS_OF_AN_OFFICE]
    return bool(rest) and rest[0].text in (",", "(") and any(_is_office(w, lexicon) for w in rest[1:])


def _stands_beside_a_person(sentence: Sentence, run: list[Word], found: list[Mention]) -> bool:
    """`Presidents A and B`: joined by `and` to one who is a person."""
    before = sentence.words[run[0].index - 1] if run[0].index else None
    if before is None or before.text.lower() != "and":
        return False
    return any(m.entity.kind == "person" and 0 <= before.start - m.end <= 1 for m in found)
