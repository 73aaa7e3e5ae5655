"""Fields that pacts cover: which words of a list name one, and how far the list goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile

from pactgraph.extraction.candidate import Span
from pactgraph.extraction.grammar import Word
from pactgraph.extraction.money import Amount, money_in
from pactgraph.extraction.page import Page

_ENDING = frozenset(
    '; : ( ) . ” “ " — – according said amid after before during following while if because when unless until although'.split()
)
"""Words and marks after which a list has ended."""


def fields_of(page: Page, verb: Word, values: list[Word]) -> list[tuple[str, Span]]:
    """The fields that a verb whose values are given says a pact covers."""
    sentence = page.scene.sentence
    amounts = money_in(page.scene)
    area = {
        w.index: w for v in values for w in sentence.below(v, lambda w: _is_aside(w) or _is_money(w, amounts))
    }
    first_sum = min((a.start for a in amounts), default=page.scene.block.end)
    area |= {w.index: w for each in _misread(page, verb) for w in sentence.below(each)}
    area |= {w.index: w for w in (*_listed_on(page, verb, area), *_besides(page, verb))}
    return find_fields(page, [w for w in area.values() if w.start < first_sum and not _is_ruled_out(page, w)])


def find_fields(page: Page, words: Iterable[Word]) -> list[tuple[str, Span]]:
    """The fields that words name, each once, in order of the text."""
    table = page.scene.lexicon.fields
    found: dict[str, Span] = {}
    ordered = sorted(words, key=lambda w: w.index)
    for index, word in enumerate(ordered):
        name = _field(ordered, index, table)
        if name and not any(m.entity.kind not in ("place", "group") for m in page.scene.mentions_at(word)):
            found.setdefault(name, _field_span(page, word))
    return sorted(found.items(), key=lambda pair: pair[1])


def _field(words: list[Word], index: int, table: Mapping[str, str]) -> str:
    """The field of a word, or of the pair that it begins; nothing for the second of a pair."""
    word = words[index]
    pair = _pair(words, index)
    if pair in table:
        return table[pair]
    if index and _pair(words, index - 1) in table:
        return ""
    return table.get(word.lemma) or table.get(word.text.lower()) or ""


def _pair(words: list[Word], index: int) -> str:
    word, after = words[index], words[index + 1] if index + 1 < len(words) else None
    beside = after is not None and after.index == word.index + 1
    return f"{word.lemma} {after.lemma}" if after is not None and beside else ""


def _field_span(page: Page, word: Word) -> Span:
    head = page.scene.sentence.head(word)
    if word.role in ("amod", "compound") and head is not None and head.index == word.index + 1:
        return word.start, head.end
    return word.start, word.end


def _is_ruled_out(page: Page, word: Word) -> bool:
    """Whether a word is part of an office or a body, of another field, or what is said not to be in it."""
    if any(m.office and m.office.start <= word.start < m.office.end for m in page.scene.mentions):
        return True
    above = (word, *page.scene.sentence.governors(word))
    nouns = [g for g in above if not g.is_verb]
    if any(c.text.lower() == "no" for g in nouns for c in page.scene.sentence.children(g, "det")):
        return True
    if any(g.text[:1].isupper() and g.lemma.lower() in page.words("bodies", "nouns") for g in above[1:3]):
        return True
    return _describes(page, word) or _is_of_another(page, word)


def _describes(page: Page, word: Word) -> bool:
    """Whether a word only says of what kind the field after it is, or the pact: `military training`."""
    sentence = page.scene.sentence
    head = sentence.head(word)
    if head is not None and word.role == "conj" and head.role == "amod":
        head = sentence.head(head)
    if head is not None and word.role in ("compound", "amod") and head.lemma in page.words("fields", "never"):
        return f"{word.lemma} {head.lemma}" not in page.scene.lexicon.fields
    if head is not None and word.role in ("compound", "amod", "conj"):
        if page.scene.is_pact(head):
            return True
        if _is_field_of(page, word, head):
            return _is_kind_of(page, word, head)
    if any(_is_field_of(page, c, word) for c in sentence.children(word, "compound")):
        return f"{sentence.words[word.index - 1].lemma} {word.lemma}" not in page.scene.lexicon.fields
    return False


def _is_kind_of(page: Page, word: Word, head: Word) -> bool:
    """Whether an adjective stands before a noun that is a field by itself, and they are none together."""
    fields = page.scene.lexicon.fields
    other = fields.get(head.lemma, "military")
    apart = (
        other not in ("military", fields.get(word.lemma, "")) and f"{word.lemma} {head.lemma}" not in fields
    )
    return word.tag == "JJ" and apart


def _is_of_another(page: Page, word: Word) -> bool:
    """Whether a word only says of what another field is: `the training of pilots for fighter jets`."""
    fields = page.scene.lexicon.fields
    below = word
    for each in page.scene.sentence.governors(word):
        if each.is_verb or below.role == "conj":
            return False
        taken = page.words("fields", "taking")
        hangs = below.role in ("prep", "acl", "relcl") and below.text.lower() != "in"
        if each.is_noun and fields.get(each.lemma) in taken and hangs:
            return fields[each.lemma] != fields.get(word.lemma)
        below = each
    return False


def _is_field_of(page: Page, word: Word, noun: Word) -> bool:
    """Whether the word before a noun is itself a field: `cyber` in `cyber defence`."""
    return word.index == noun.index - 1 and word.lemma in page.scene.lexicon.fields


def _listed_on(page: Page, verb: Word, area: Mapping[int, Word]) -> list[Word]:
    """The rest of a list that the parser hangs elsewhere: what follows a comma, up to the next clause."""
    words = page.scene.sentence.words
    last = max((verb.index, *area))
    rest = list(takewhile(lambda w: not _ends_list(w), words[last + 1 :]))
    if not area or not rest or rest[0].text not in (",", "and"):
        return []
    after = words[rest[-1].index + 1] if rest[-1].index + 1 < len(words) else None
    subject = min((s.index for s in _subjects_of(page, after) if s.index > last), default=len(words))
    breaks = [w.index for w in rest if w.index < subject and w.text in (",", "and")]
    cut = breaks[-1] if breaks and subject < len(words) else len(words)
    return [w for w in rest if w.index < cut]


def _subjects_of(page: Page, verb: Word | None) -> list[Word]:
    if verb is None or not verb.is_verb:
        return []
    governors = [g for g in page.scene.sentence.governors(verb) if verb.role in ("aux", "auxpass")][:1]
    return [s for v in (verb, *governors) for s in page.scene.sentence.children(v, "nsubj", "nsubjpass")]


def _ends_list(word: Word) -> bool:
    """Whether a word begins another clause, or an aside."""
    finite = word.tag in ("VBD", "VBZ", "VBP", "MD")
    return finite or word.tag in ("WDT", "WP", "WRB") or word.text.lower() in _ENDING


def _besides(page: Page, verb: Word) -> list[Word]:
    """What is named first of all: `in addition to weapons, it covers …`, `besides weapons, …`."""
    sentence = page.scene.sentence
    before = [c for c in sentence.children(verb, "prep") if c.index < verb.index]
    first = [c for c in before if {w.lemma for w in sentence.below(c)} & {"besides", "addition"}]
    return [w for c in first for w in sentence.below(c)]


def _misread(page: Page, verb: Word) -> list[Word]:
    """Fields of a list that the parser takes for verbs: `demining` in `energy, demining and training`."""
    later = (w for w in page.scene.sentence.words if w.index > verb.index)
    return [w for w in later if w.role == "advcl" and w.text.lower() in page.scene.lexicon.fields]


def _is_aside(word: Word) -> bool:
    return word.role in ("advcl", "relcl", "ccomp")


def _is_money(word: Word, amounts: list[Amount]) -> bool:
    return any(a.start <= word.start < a.end for a in amounts)
