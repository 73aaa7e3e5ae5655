"""Sentences as trees of words, with offsets into the untouched text; how a word's arguments are found in them.

Labels of dependencies are those of ClearNLP, https://github.com/clir/clearnlp-guidelines, as spaCy's English models
give them; tags are those of the Penn Treebank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

SUBJECTS = ("nsubj", "csubj", "expl")
PASSIVES = ("nsubjpass", "csubjpass")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: where it stands in the text, what it is, and the index of the word that governs it."""

    index: int
    start: int
    end: int
    text: str
    lemma: str
    tag: str
    role: str
    head: int

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb, an auxiliary or a modal."""
        return self.tag[:2] in ("VB", "MD")

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun or a name."""
        return self.tag[:2] == "NN"


@dataclass(frozen=True)
class Sentence:
    """The words of a sentence in order; every one but the root is governed by another."""

    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.words[-1].end

    @cached_property
    def _children(self) -> tuple[tuple[Word, ...], ...]:
        found: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.index:
                found[word.head].append(word)
        return tuple(map(tuple, found))

    def children(self, word: Word, *roles: str) -> list[Word]:
        """What a word governs, or what it governs in these roles, in order."""
        return [child for child in self._children[word.index] if not roles or child.role in roles]

    def child(self, word: Word, *roles: str) -> Word | None:
        """The first that a word governs in one of the roles."""
        return next(iter(self.children(word, *roles)), None)

    def head(self, word: Word) -> Word | None:
        """What governs a word; None for the root."""
        return None if word.head == word.index else self.words[word.head]

    def governors(self, word: Word) -> Iterator[Word]:
        """What governs a word, what governs that, and so on."""
        head = self.head(word)
        while head is not None:
            yield head
            head = self.head(head)

    def below(self, word: Word, stop: Callable[[Word], bool] = lambda _: False) -> Iterator[Word]:
        """A word and all that it governs, in no order; not what `stop` is true of, nor anything below that."""
        yield word
        for child in self._children[word.index]:
            if not stop(child):
                yield from self.below(child, stop)

    def conjuncts(self, word: Word) -> list[Word]:
        """A word and those that are joined to it."""
        found = [word]
        for each in found:
            found += self.children(each, "conj")
        return found

    def first_conjunct(self, word: Word) -> Word:
        """The word to which a word is joined, or itself."""
        while word.role == "conj":
            word = self.words[word.head]
        return word


def is_passive(sentence: Sentence, verb: Word) -> bool:
    """Whether what a verb is about stands as its subject, or governs it as a participle."""
    if sentence.child(verb, "auxpass", *PASSIVES):
        return True
    return verb.tag == "VBN" and not sentence.child(verb, "aux", "nsubj", "dobj") and verb.role != "conj"


def agents(sentence: Sentence, verb: Word) -> list[Word]:
    """Who does what a verb says: its subject, the `by` of a passive, or the subject of the verb that governs it."""
    by = [o for p in sentence.children(verb, "agent") for o in sentence.children(p, "pobj")]
    if by or is_passive(sentence, verb):
        return _spread(sentence, by)
    return _spread(sentence, _subjects(sentence, verb))


def _subjects(sentence: Sentence, verb: Word) -> list[Word]:
    own = sentence.children(verb, *SUBJECTS)
    if any(w.tag in ("WDT", "WP") or w.lemma in ("that", "which", "who") for w in own):
        antecedent = sentence.head(verb)
        return [antecedent] if antecedent is not None and verb.role == "relcl" else []
    if own:
        return own
    head = sentence.head(verb)
    if head is None:
        return []
    thanked = _thanked(sentence, verb)
    if thanked:
        return thanked
    if verb.role in ("conj", "xcomp", "acomp", "advcl", "pcomp", "prep", "ccomp", "dep", "aux", "parataxis"):
        return _inherited(sentence, verb, head)
    to = any(c.tag == "TO" for c in sentence.children(verb, "aux"))
    if verb.role in ("acl", "relcl") and (verb.tag == "VB" or to) and head.tag[:2] in ("NN", "JJ", "CD"):
        owners = [w for w in sentence.children(head, "poss") if w.tag != "PRP$"]
        return owners or _inherited(sentence, head, sentence.head(head))
    return [head] if verb.role == "acl" and verb.tag == "VBG" else []


def _thanked(sentence: Sentence, verb: Word) -> list[Word]:
    """Who did what thanks are for: `thanked one for joining`."""
    above = sentence.head(verb)
    praise = sentence.head(above) if above is not None and verb.role == "pcomp" else None
    return sentence.children(praise, "dobj") if praise is not None and praise.lemma in _PRAISE else []


def _inherited(sentence: Sentence, word: Word, head: Word | None) -> list[Word]:
    while head is not None and not (head.is_verb or head.tag[:2] in ("JJ",)):
        word, head = head, sentence.head(head)
    if head is None:
        return []
    if word.role == "xcomp" and head.is_verb and head.lemma in _OBJECT_CONTROL:
        return sentence.children(head, "dobj", *PASSIVES)
    return sentence.children(head, *SUBJECTS, *PASSIVES) or _subjects(sentence, head)


_PRAISE = frozenset("thank praise congratulate commend applaud criticize".split())
_OBJECT_CONTROL = frozenset(
    "allow ask enable force help invite let make oblige order persuade task urge".split()
)


def themes(sentence: Sentence, verb: Word) -> list[Word]:
    """What a verb is about: its object, the subject of a passive, the noun that it describes, or the `of` of a noun."""
    if not verb.is_verb:
        return _spread(sentence, after(sentence, verb, "of"))
    passive = sentence.children(verb, *PASSIVES)
    if any(w.tag in ("WDT", "WP") for w in passive):
        passive = []
    found = passive or sentence.children(verb, "dobj", "attr", "oprd", "pobj")
    found = [w for w in found if w.tag not in ("WDT", "WP")]
    head = sentence.head(verb)
    if not found and head is not None:
        if verb.role in ("relcl", "acl") and (
            verb.tag == "VBN" or verb.role == "relcl" or _to_be(sentence, verb)
        ):
            found = [head]
        elif verb.role in ("conj", "xcomp") and is_passive(sentence, verb):
            head = (sentence.head(head) or head) if head.role == "acomp" else head
            found = sentence.children(head, *PASSIVES, *SUBJECTS)
    return _spread(sentence, found)


def _to_be(sentence: Sentence, verb: Word) -> bool:
    return sentence.child(verb, "auxpass") is not None


def after(sentence: Sentence, word: Word, *prepositions: str) -> list[Word]:
    """What stands after these prepositions, or after any, where a word governs them."""
    found = []
    direct = sentence.children(word, "prep", "agent", "dative", "prt")
    direct += [c for c in sentence.children(word, "conj") if c.tag in ("IN", "TO")]
    for preposition in (p for each in direct for p in sentence.conjuncts(each)):
        if not prepositions or preposition.text.lower() in prepositions:
            found += sentence.children(preposition, "pobj", "pcomp")
            for inner in sentence.children(preposition, "prep"):
                found += sentence.children(inner, "pobj")
    return found


def antecedents(sentence: Sentence, word: Word) -> list[Word]:
    """What `which` and `whom` stand for: the noun of their clause, and what is said to be that; else the word itself."""
    clause = next((g for g in sentence.governors(word) if g.role == "relcl"), None)
    noun = sentence.head(clause) if clause is not None and word.tag in ("WDT", "WP") else None
    if noun is None:
        return [word]
    above = sentence.head(noun)
    is_predicate = noun.role == "attr" and above is not None
    return [noun, *(sentence.children(above, *SUBJECTS) if is_predicate and above is not None else ())]


def _spread(sentence: Sentence, words: Sequence[Word]) -> list[Word]:
    return [each for word in words for each in sentence.conjuncts(word)]


def following(sentence: Sentence, word: Word, path: str) -> list[Word]:
    """The words at the end of a path from a word: steps such as `subject`, `object`, `with`, joined by `/`."""
    found = [word]
    for step in path.split("/"):
        found = [reached for each in found for reached in _step(sentence, each, step)]
    return found


def _step(sentence: Sentence, word: Word, step: str) -> list[Word]:
    if step in _STEPS:
        return _STEPS[step](sentence, word)
    return _spread(sentence, after(sentence, word, *step.split("|")))


def _up(sentence: Sentence, word: Word) -> list[Word]:
    head = sentence.head(word)
    return [] if head is None else [head]


def _verb_above(sentence: Sentence, word: Word) -> list[Word]:
    return next(([g] for g in sentence.governors(word) if g.is_verb), [])


def _rest(sentence: Sentence, word: Word) -> list[Word]:
    """What a verb governs to its right within its clause."""
    stop = ("advcl", "parataxis", "ccomp", "punct", "mark", *SUBJECTS, *PASSIVES)
    right = [c for c in sentence.children(word) if c.index > word.index and c.role not in stop]
    return [c for c in right if not (c.role == "conj" and c.is_verb)]


_STEPS: dict[str, Callable[[Sentence, Word], list[Word]]] = {
    "subject": agents,
    "object": themes,
    "total": lambda s, w: [a for a in agents(s, w) if a.lemma in ("total", "number")],
    "head": _up,
    "verb": _verb_above,
    "owner": lambda s, w: _spread(s, s.children(w, "poss", "compound", "amod", "nmod")),
    "complement": lambda s, w: _spread(s, s.children(w, "xcomp", "ccomp", "pcomp", "acl")),
    "clause": lambda s, w: s.children(w, "advcl", "acl", "relcl", "xcomp", "ccomp"),
    "rest": _rest,
    "number": lambda s, w: s.children(w, "nummod"),
    "apposition": lambda s, w: s.children(w, "appos"),
    "self": lambda s, w: [w],
}


def span_of(sentence: Sentence, word: Word) -> tuple[int, int]:
    """From the first to the last letter of all that a word governs, without punctuation at the ends."""
    below = sorted(sentence.below(word), key=lambda w: w.index)
    while len(below) > 1 and below[-1].role == "punct" and below[-1].text not in ')”"':
        below.pop()
    while len(below) > 1 and below[0].role in ("punct", "cc"):
        below.pop(0)
    return below[0].start, below[-1].end
