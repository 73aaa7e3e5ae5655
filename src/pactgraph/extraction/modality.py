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
    found, denied = "", False
    verb = word
    for each in (word, *sentence.governors(word)):
        if each is not word and _says(sentence, each, verb, lexicon):
            break
        said = _own(sentence, each, lexicon, headline) if each.is_verb else ""
        if each is not word:
            governed = _governed(sentence, each, verb, lexicon)
            if governed == "denied" and _is_negated(sentence, each):
                governed, found = "possible", _stronger(found, "possible")
                return Mood("possible", denied, None)
            denied = denied or governed == "denied"
            said = governed if governed in _STRENGTH else said
            if _is_detached(verb):
                break
        found = _stronger(found, said)
        denied = denied or _is_negated(sentence, each)
        if _is_finite_clause(sentence, each) or _stands_alone(sentence, each, lexicon, headline):
            break
        verb = each
    condition = _condition(sentence, word, lexicon)
    if condition is not None and found in ("expected", "possible", "", "ongoing"):
        return Mood("conditional", denied, condition)
    return Mood(found or "fact", denied, None)


def _is_detached(verb: Word) -> bool:
    """Whether a clause stands by itself: what it is said of does not govern how it is put."""
    return verb.role in ("relcl", "parataxis", "appos") or (verb.role == "acl" and verb.tag == "VBN")


def _is_finite_clause(sentence: Sentence, word: Word) -> bool:
    return word.is_verb and word.role in ("ROOT", "relcl", "parataxis")


def _stands_alone(sentence: Sentence, word: Word, lexicon: Lexicon, headline: bool) -> bool:
    """Whether a finite clause is the object of a verb that says nothing of how certain it is."""
    head = sentence.head(word)
    finite = word.is_verb and word.role == "ccomp" and head is not None and bool(_own(sentence, word, lexicon, headline))
    return finite and head is not None and not _governed(sentence, head, word, lexicon)


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
    helpers = [c.lemma for c in sentence.children(verb, "aux", "auxpass")]
    texts = [c.text.lower() for c in sentence.children(verb, "aux", "auxpass")]
    if any(h in lexicon.group("modality", "possible") or t in lexicon.group("modality", "possible") for h, t in zip(helpers, texts, strict=True)):
        return "" if "have" in helpers else "possible"
    if any(h in lexicon.group("modality", "expected") or t in lexicon.group("modality", "expected") for h, t in zip(helpers, texts, strict=True)):
        return "expected"
    if verb.tag == "VBG":
        return "ongoing" if "be" in helpers else ""
    if verb.tag in ("VB",) and "to" in texts:
        return "expected" if headline and verb.role == "ROOT" else ""
    if verb.tag == "VB":
        return ""
    if verb.tag == "VBN" and not helpers and verb.role in ("ccomp", "xcomp"):
        return ""
    return "fact" if verb.tag in ("VBD", "VBN", "VBZ", "VBP") else ""


def _governed(sentence: Sentence, head: Word, below: Word, lexicon: Lexicon) -> str:
    """The mood that a governing word lends to what stands below it."""
    if below.role not in ("xcomp", "ccomp", "acl", "pcomp", "advcl", "prep", "pobj", "dobj", "conj", "nsubj", "nsubjpass", "relcl", "compound"):
        return ""
    if below.role in ("nsubj", "nsubjpass"):
        return _of_subject(sentence, head, lexicon)
    if below.role == "relcl" or (below.role == "advcl" and below.tag not in ("VB",)):
        return ""
    lemma = head.lemma
    if below.role == "ccomp" and (head.index > below.index or lemma in lexicon.group("modality", "ongoing")):
        return ""
    if lemma == "be" and below.role == "xcomp":
        return "" if sentence.children(head, "attr", "acomp") else "expected"
    if head.is_verb and head.tag in ("VBD", "VBN") and lemma in ("agree", "decide", "manage") and below.tag == "VB":
        return "expected" if lemma != "manage" else ""
    for modality, name in (("denied", "deny"), ("hoped", "hope"), ("sought", "seek"), ("possible", "possibly"), ("expected", "expect"), ("ongoing", "ongoing")):
        if lemma in lexicon.group("modality", name) and _may_govern(head, below):
            if modality == "possible" and lemma in ("able", "capable"):
                return "expected" if _is_future(sentence, head, lexicon) else ""
            if modality == "expected" and lemma in ("begin", "start") and head.tag in ("VBD", "VBN", "VBZ"):
                return "ongoing"
            return modality
    return ""


def _may_govern(head: Word, below: Word) -> bool:
    if head.is_verb or head.tag[:2] == "JJ":
        return below.role in ("xcomp", "ccomp", "advcl", "prep", "pcomp", "dobj", "pobj", "acl")
    if head.is_noun:
        return below.role in ("acl", "prep", "pcomp", "pobj", "compound", "relcl") and below.tag in ("VB", "VBG", "IN", "NN", "TO")
    return head.tag in ("IN", "RB", "TO") and below.role in ("pcomp", "xcomp", "acl")


def _is_future(sentence: Sentence, word: Word, lexicon: Lexicon) -> bool:
    verbs = (word, *(g for g in sentence.governors(word)))
    return any(c.lemma in lexicon.group("modality", "expected") for v in verbs for c in sentence.children(v, "aux"))


def _of_subject(sentence: Sentence, verb: Word, lexicon: Lexicon) -> str:
    """The mood of a doing that is the subject: `the signing is expected`."""
    lemma = verb.lemma
    if is_expected := (lemma in ("expect", "plan", "schedule", "slate", "set", "due", "await", "anticipate")):
        return "expected" if is_expected else ""
    if lemma in ("postpone", "cancel", "delay"):
        return "denied"
    return ""


def _is_negated(sentence: Sentence, word: Word) -> bool:
    for child in sentence.children(word, "neg", "det", "preconj"):
        if child.text.lower() in ("not", "n't", "n’t", "never", "no", "neither") and not _not_only(sentence, child):
            return True
    return False


def _not_only(sentence: Sentence, negation: Word) -> bool:
    after = sentence.words[negation.index + 1 : negation.index + 2]
    return bool(after) and after[0].text.lower() in ("only", "just", "merely")


def _condition(sentence: Sentence, word: Word, lexicon: Lexicon) -> Word | None:
    """The clause on which the doing depends."""
    for each in (word, *sentence.governors(word)):
        for clause in sentence.children(each, "advcl", "prep"):
            if clause.index == word.index or word in sentence.below(clause):
                continue
            marks = [c.text.lower() for c in sentence.children(clause, "mark", "advmod")]
            own = clause.text.lower() if clause.role == "prep" else ""
            if any(m in ("if", "unless", "once", "provided", "after", "until") for m in marks) or own in ("after", "upon", "until", "pending"):
                if clause.role == "prep" and not sentence.children(clause, "pcomp", "pobj"):
                    continue
                if "after" in (*marks, own) and not _is_modal(sentence, each, lexicon):
                    continue
                return clause
        if each.role in ("ROOT", "ccomp", "relcl"):
            break
    return None


def _is_modal(sentence: Sentence, verb: Word, lexicon: Lexicon) -> bool:
    words = [c.text.lower() for c in sentence.children(verb, "aux")]
    return any(w in lexicon.group("modality", "possible") | lexicon.group("modality", "expected") for w in words)
