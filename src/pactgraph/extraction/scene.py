"""A sentence with its mentions: which parties a word stands for, and which pact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pactgraph.extraction.grammar import Sentence, Word
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.mentions import Mention, runs
from pactgraph.extraction.names import Entity, Names
from pactgraph.extraction.zones import Block

_OPENS_LIST = re.compile(
    r"(?::|\s[—–-]|—|\b(?:namely|including|includes?|among (?:them|these|which)|such as|like|these are|they are|notably|referring to|meaning))"
    r"[,:]?\s*(?:both|the)?\s*$",
    re.IGNORECASE,
)
_TITLE = 7
"""How many words may stand between two who act together: `and`, a state, an office."""
_LOCATIVE = frozenset("in at from to near outside into toward towards around".split())
_INCLUDING = frozenset("including include like namely especially particularly notably".split())


@dataclass(frozen=True)
class Scene:
    """A sentence of a block with what it mentions."""

    text: str
    block: Block
    sentence: Sentence
    mentions: tuple[Mention, ...]
    names: Names
    lexicon: Lexicon

    @cached_property
    def _by_word(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            for word in self.sentence.words:
                if mention.start < word.end and word.start < mention.end:
                    found.setdefault(word.index, []).append(mention)
        return found

    @cached_property
    def lists(self) -> list[list[Mention]]:
        """Parties that stand in one list, in order."""
        return runs(self.mentions, self.text)

    def mentions_at(self, word: Word) -> list[Mention]:
        """The mentions that a word is part of."""
        return self._by_word.get(word.index, [])

    def words_of(self, start: int, end: int) -> list[Word]:
        """The words within a stretch of the text."""
        return [w for w in self.sentence.words if start <= w.start and w.end <= end]

    def is_pact(self, word: Word) -> bool:
        """Whether a noun means a pact."""
        pacts = self.lexicon.words["pacts"]
        if word.lemma not in self.lexicon.group("pacts", "nouns") or not word.is_noun:
            return any(m.entity.kind == "pact" and m.word == word.index for m in self.mentions_at(word))
        beside = {w.lemma for w in self.sentence.children(word, "amod", "compound", "nmod", "poss")}
        beside |= {w.text.lower() for w in self.sentence.children(word, "amod", "compound", "nmod")}
        beside |= {
            g.lemma
            for w in self.sentence.children(word, "amod", "compound")
            for g in self.sentence.children(w)
        }
        if beside & self.lexicon.group("pacts", "never_with"):
            return False
        needed = pacts["only_with"].get(word.lemma, [])
        return not needed or bool(beside & set(needed)) or bool(self._by_word_pact(word))

    def _by_word_pact(self, word: Word) -> list[Mention]:
        return [m for m in self.mentions_at(word) if m.entity.kind == "pact"]

    def named_pact(self, word: Word) -> Entity | None:
        """The pact or declaration that is named at a word."""
        return next((m.entity for m in self.mentions_at(word) if m.entity.kind == "pact"), None)

    def parties(self, words: Iterable[Word]) -> list[Mention]:
        """The parties that words stand for, with all that stands in one list with them, in order of the text."""
        found = [m for word in words for m in self._parties_at(word)]
        found += [c for m in found if (c := self._companion(m)) is not None]
        spread = [other for m in found for other in self._list_of(m)]
        return sorted({(m.start, m.end): m for m in (*found, *spread)}.values(), key=lambda m: m.start)

    def listed(self, after: int) -> list[Mention]:
        """The parties of the first list after a place that a colon, a dash, `namely` or the like opens."""
        for run in self.lists:
            before = self.text[self.sentence.start : run[0].start]
            if run[0].start >= after and _OPENS_LIST.search(before):
                return [m for m in run if self.is_actor(m) or m is not run[0]]
        return []

    def _companion(self, mention: Mention) -> Mention | None:
        """The party of the person right before one who acts for another: `the chancellor A and president B`."""
        if mention.how != "person":
            return None
        before = (m for m in self.mentions if m.end <= mention.start and m.entity.kind == "person")
        other = max(before, key=lambda m: m.end, default=None)
        between = self.words_of(other.end, mention.start) if other is not None else []
        joined = len(between) <= _TITLE and any(w.tag == "CC" for w in between[:2])
        return self._side(other) if other and joined and not any(w.is_verb for w in between) else None

    def _list_of(self, mention: Mention) -> list[Mention]:
        return next((run for run in self.lists if mention in run), [mention])

    def _parties_at(self, word: Word) -> Iterator[Mention]:
        for each in (*self.closure(word), *self._teller_of(word)):
            for mention in self.mentions_at(each):
                is_gloss = each.role == "appos" and mention.entity.kind == "group"
                if mention.is_party and self.is_actor(mention) and not is_gloss:
                    yield mention
                elif (side := self._side(mention)) is not None:
                    yield side
            yield from self._held(each)
            if each.lemma in self.lexicon.group("parties", "standing_for"):
                yield from self._owners(each)

    def _teller_of(self, word: Word) -> list[Word]:
        """Who tells something of itself: the subject of the verb of saying above `it` or `its`."""
        if word.text.lower() not in ("it", "its"):
            return []
        verbs = (g for g in self.sentence.governors(word) if g.lemma in self.lexicon.group("saying", "verbs"))
        subjects = (self.sentence.children(v, "nsubj") for v in verbs)
        return next(([s for s in found if s is not word] for found in subjects), [])

    def _held(self, word: Word) -> Iterator[Mention]:
        """The party of the one whose office a word is part of: `the president of X, Y`."""
        for mention in self.mentions:
            held = mention.office is not None and mention.office.start <= word.start < mention.office.end
            if held and mention.entity.kind == "person" and (side := self._side(mention)) is not None:
                yield side

    def _owners(self, noun: Word) -> Iterator[Mention]:
        """The parties whose government, leaders or capital a noun speaks of."""
        owners = self.sentence.children(noun, "poss", "amod", "compound", "nmod")
        for preposition in self.sentence.children(noun, "prep"):
            if preposition.text.lower() in ("of", "from"):
                owners += self.sentence.children(preposition, "pobj")
        for owner in owners:
            for each in self.sentence.conjuncts(owner):
                yield from (m for m in self.mentions_at(each) if m.is_party)
                yield from (side for m in self.mentions_at(each) if (side := self._side(m)) is not None)

    def _side(self, mention: Mention) -> Mention | None:
        """The party for which a person or a body acts, where that is named."""
        side = self.names.entities.get(mention.entity.side) if mention.entity.side else None
        acts = side is not None and mention.entity.kind in ("person", "body")
        return replace(mention, entity=side, how=mention.entity.kind, office=None) if side and acts else None

    def closure(self, word: Word) -> list[Word]:
        """A word with what is joined to it, stands beside it, or is named as belonging to it."""
        found = [word]
        head = self.sentence.head(word)
        if word.role == "appos" and head is not None:
            found.append(head)
        for each in found:
            for child in self.sentence.children(each):
                if child.role in ("conj", "appos") and child not in found:
                    found.append(child)
                elif child.role in ("prep", "dep", "acl") and (
                    child.text.lower() in _INCLUDING or self._such_as(child)
                ):
                    found += self.sentence.children(child, "pobj", "dobj")
                elif child.role == "prep" and child.text.lower() in ("of", "among") and _is_some(each):
                    found += self.sentence.children(child, "pobj")
        return found

    def _such_as(self, word: Word) -> bool:
        return word.text.lower() == "as" and any(
            c.text.lower() == "such" for c in self.sentence.children(word)
        )

    def is_actor(self, mention: Mention) -> bool:
        """Whether a name means a party, and not the place: a capital after `in` is a place."""
        if mention.how == "adjective":
            return True
        word = self.sentence.words[mention.word]
        head = self.sentence.head(self.sentence.first_conjunct(word))
        placed = head is not None and head.role == "prep" and head.text.lower() in _LOCATIVE
        return not (placed and mention.how == "capital")


def _is_some(word: Word) -> bool:
    return word.tag == "CD" or word.lemma in _SOME


_SOME = frozenset(
    "number group series some several many most each all both majority range one any few other dozen half list representative leader head".split()
)
