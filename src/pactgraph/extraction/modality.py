"""How something is put: as a fact, expected, possible, sought, hoped for, on a condition, under way, or denied."""

from __future__ import annotations

from dataclasses import dataclass

from pactgraph.extraction.grammar import Sentence, Word
from pactgraph.extraction.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Mood:
    """A modality, whether it is denied, the clause that is its condition, and whether the time lies ahead."""

    modality: str = "fact"
    denied: bool = False
    condition: Word | None = None

    @property
    def ahead(self) -> bool:
        """Whether what is said lies in the future."""
        return self.modality in ("expected", "possible", "sought", "hoped", "conditional")


_STRENGTH = ("fact", "ongoing", "expected", "possible", "sought", "hoped", "conditional")


def mood(sentence: Sentence, word: Word, lexicon: Lexicon, *, headline: bool = False) -> Mood:
    """The mood of a verb, or of a noun that means a doing, by what governs it."""
    found, denied = _own(sentence, word, lexicon, headline), _is_negated(sentence, word)
    below = word
    for each in sentence.governors(word):
        if _is_top(sentence, below, lexicon, headline) or _says(sentence, each, below, lexicon):
            break
        lent = _lent(sentence, each, below, lexicon)
        if lent == "denied" and _is_negated(sentence, each):
            return Mood("possible", denied)
        denied = denied or lent == "denied"
        if _is_detached(sentence, below):
            break
        found = _stronger(found, lent if lent in _STRENGTH else _own(sentence, each, lexicon, headline))
        denied = denied or _is_negated(sentence, each)
        below = each
    condition = _condition(sentence, word, lexicon)
    if condition is not None and found in ("expected", "possible", "", "ongoing"):
        return Mood("conditional", denied, condition)
    return Mood(found or "fact", denied)


def _is_top(sentence: Sentence, word: Word, lexicon: Lexicon, headline: bool) -> bool:
    """Whether nothing above a word says how it is put."""
    return _is_finite_clause(sentence, word) or _stands_alone(sentence, word, lexicon, headline)


def _is_detached(sentence: Sentence, verb: Word) -> bool:
    """Whether a clause stands by itself: what it is said of does not govern how it is put."""
    alone = verb.role in ("relcl", "parataxis", "appos") and not _is_purpose(sentence, verb)
    if verb.role == "conj" and any(
        c.tag in ("VBZ", "VBP", "VBD") for c in sentence.children(verb, "aux", "auxpass")
    ):
        return True
    return alone or (verb.role == "acl" and verb.tag == "VBN" and sentence.child(verb, "auxpass") is None)


def _is_finite_clause(sentence: Sentence, word: Word) -> bool:
    return word.is_verb and word.role in ("ROOT", "relcl", "parataxis") and not _is_purpose(sentence, word)


def _is_purpose(sentence: Sentence, verb: Word) -> bool:
    """Whether an infinitive describes a noun, so that it is put as that is: `will be the tenth to sign`."""
    return (
        verb.role == "relcl"
        and verb.tag == "VB"
        and any(c.tag == "TO" for c in sentence.children(verb, "aux"))
    )


def _stands_alone(sentence: Sentence, word: Word, lexicon: Lexicon, headline: bool) -> bool:
    """Whether a finite clause is the object of a verb that says nothing of how certain it is."""
    head = sentence.head(word)
    finite = (
        word.is_verb
        and word.role == "ccomp"
        and head is not None
        and bool(_own(sentence, word, lexicon, headline))
    )
    return finite and head is not None and not _lent(sentence, head, word, lexicon)


def _stronger(one: str, other: str) -> str:
    """Of two moods on the way up, the one that says less certainly that it is so."""
    if not one or not other:
        return one or other
    if "expected" in (one, other) and "possible" in (one, other):
        return "possible" if one == "possible" else "expected"
    return max((one, other), key=_STRENGTH.index)


def _says(sentence: Sentence, verb: Word, below: Word, lexicon: Lexicon) -> bool:
    """Whether a verb reports what stands below it, so that its own mood is no matter."""
    return (
        verb.is_verb
        and verb.lemma in lexicon.group("saying", "verbs")
        and below.role in ("ccomp", "parataxis", "dep")
        and verb.lemma not in ("promise", "pledge", "vow", "expect")
    )


def _own(sentence: Sentence, verb: Word, lexicon: Lexicon, headline: bool) -> str:
    """The mood by a verb's own auxiliaries and tense; nothing for an infinitive or a participle that leans on another."""
    if not verb.is_verb:
        return ""
    helpers = sentence.children(verb, "aux", "auxpass")
    words = {w.lemma for w in helpers} | {w.text.lower() for w in helpers}
    if words & lexicon.group("modality", "possible"):
        return "" if "have" in words else "possible"
    if words & lexicon.group("modality", "expected"):
        return "expected"
    if verb.tag == "VBN" and any(w.text.lower() == "being" for w in helpers) and len(helpers) > 1:
        return "ongoing"
    if verb.tag == "VBG":
        return "ongoing" if "be" in words else ""
    if verb.tag == "VB":
        return "expected" if headline and "to" in words and verb.role in ("ROOT", "ccomp") else ""
    if verb.tag == "VBN" and "to" in words:
        return "expected" if verb.role == "acl" or (headline and verb.role == "ROOT") else ""
    is_bare = verb.tag == "VBN" and not helpers and verb.role in ("ccomp", "xcomp")
    return "fact" if verb.tag in ("VBD", "VBN", "VBZ", "VBP") and not is_bare else ""


_LENDING = frozenset("xcomp ccomp acl pcomp advcl prep pobj dobj conj compound".split())
_LENT = (
    ("denied", "deny"),
    ("hoped", "hope"),
    ("sought", "seek"),
    ("possible", "possibly"),
    ("expected", "expect"),
    ("ongoing", "ongoing"),
)
"""Moods, and the lists of words that lend them."""


def _lent(sentence: Sentence, head: Word, below: Word, lexicon: Lexicon) -> str:
    """The mood that a governing word lends to what stands below it."""
    if below.role in ("nsubj", "nsubjpass"):
        return _of_subject(head, lexicon)
    if below.role not in _LENDING or (below.role == "advcl" and below.tag != "VB"):
        return ""
    if below.role == "ccomp" and (
        head.index > below.index or head.lemma in lexicon.group("modality", "ongoing")
    ):
        return ""
    if head.lemma == "be" and below.role in ("xcomp", "advcl"):
        return _of_predicate(sentence, head, below, lexicon)
    if below.tag == "VB" and head.lemma in lexicon.group("modality", "going"):
        return "expected"
    mood = next((m for m, name in _LENT if head.lemma in lexicon.group("modality", name)), "")
    return _refined(sentence, mood, head, lexicon) if mood and _may_govern(head, below) else ""


def _of_predicate(sentence: Sentence, verb: Word, below: Word, lexicon: Lexicon) -> str:
    """The mood that what something is lends to an infinitive: `is to sign`, `is next in line to sign`."""
    said = [w for w in sentence.children(verb, "attr", "acomp", "advmod") if w.index < below.index]
    if not said:
        return "expected" if below.role == "xcomp" else ""
    is_ahead = any(w.lemma in lexicon.group("modality", "expect") for w in said)
    return "expected" if is_ahead and below.tag == "VB" else ""


def _refined(sentence: Sentence, mood: str, head: Word, lexicon: Lexicon) -> str:
    """What one is able to do is expected where it lies ahead; what one has begun is under way."""
    if mood == "possible" and head.lemma in lexicon.group("modality", "ability"):
        return "expected" if _is_future(sentence, head, lexicon) else ""
    if (
        mood == "expected"
        and head.lemma in lexicon.group("modality", "beginning")
        and head.tag in ("VBD", "VBN", "VBZ", "VBP")
    ):
        return "ongoing"
    return mood


def _may_govern(head: Word, below: Word) -> bool:
    if head.is_verb or head.tag[:2] == "JJ":
        return below.role in ("xcomp", "ccomp", "advcl", "prep", "pcomp", "dobj", "pobj", "acl")
    if head.is_noun:
        return below.role in ("acl", "prep", "pcomp", "pobj", "compound", "relcl") and below.tag in (
            "VB",
            "VBG",
            "IN",
            "NN",
            "TO",
        )
    return head.tag in ("IN", "RB", "TO") and below.role in ("pcomp", "xcomp", "acl")


def _is_future(sentence: Sentence, word: Word, lexicon: Lexicon) -> bool:
    verbs = (word, *(g for g in sentence.governors(word)))
    return any(
        c.lemma in lexicon.group("modality", "expected") for v in verbs for c in sentence.children(v, "aux")
    )


def _of_subject(verb: Word, lexicon: Lexicon) -> str:
    """The mood of a doing that is the subject: `the signing is expected`."""
    if verb.lemma in lexicon.group("modality", "expecting"):
        return "expected"
    return "denied" if verb.lemma in lexicon.group("modality", "putting_off") else ""


def _is_negated(sentence: Sentence, word: Word) -> bool:
    for child in sentence.children(word, "neg", "det", "preconj"):
        if child.text.lower() in ("not", "n't", "n’t", "never", "no", "neither") and not _not_only(
            sentence, child
        ):
            return True
    return False


def _not_only(sentence: Sentence, negation: Word) -> bool:
    after = sentence.words[negation.index + 1 : negation.index + 2]
    return bool(after) and after[0].text.lower() in ("only", "just", "merely")


def _condition(sentence: Sentence, word: Word, lexicon: Lexicon) -> Word | None:
    """The clause on which the doing depends."""
    for each in (word, *sentence.governors(word)):
        for clause in sentence.children(each, "advcl", "prep"):
            above = clause.index == word.index or word in sentence.below(clause)
            if not above and _is_condition(sentence, clause, _is_modal(sentence, each, lexicon)):
                return clause
        if each.role in ("ROOT", "ccomp", "relcl"):
            break
    return None


def _is_condition(sentence: Sentence, clause: Word, modal: bool) -> bool:
    """Whether a clause names a condition: `if …`; `after …` only for what may or will be."""
    marks = {c.text.lower() for c in sentence.children(clause, "mark", "advmod")}
    if clause.role == "prep":
        marks = {clause.text.lower()} & {"after", "upon", "pending"}
        dated = any(
            w.tag == "CD" for o in sentence.children(clause, "pobj", "pcomp") for w in sentence.below(o)
        )
        return bool(marks) and modal and not dated and bool(sentence.children(clause, "pcomp", "pobj"))
    return bool(marks & {"if", "unless", "once", "provided"}) or ("after" in marks and modal)


def _is_modal(sentence: Sentence, verb: Word, lexicon: Lexicon) -> bool:
    words = [c.text.lower() for c in sentence.children(verb, "aux")]
    return any(
        w in lexicon.group("modality", "possible") | lexicon.group("modality", "expected") for w in words
    )
