"""Offices: the words beside a person's name that say which office the person holds, and of which party."""

from __future__ import annotations

import re
from dataclasses import replace

from pactgraph.extraction.grammar import Sentence, Word
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.mentions import Mention, Office
from pactgraph.extraction.names import Entity, Names

LINKS = frozenset("of the for and to 's ’s , & on - – in at".split())
_AND_ANOTHER = re.compile(
    r" & | and (?=(?:first |deputy |vice |prime |acting |\w+ (?=minister))*"
    r"(?:minister|secretary|president|head|chief|chancellor|commander|director|leader|chair|envoy|representative))"
)
_APART = frozenset("of the for and to in at".split())
"""Words right before a name that keep an office from being the named one's."""
_ENDS = frozenset((",", "and", ")"))


def with_office(
    sentence: Sentence, mention: Mention, found: list[Mention], names: Names, lexicon: Lexicon
) -> Mention:
    """A person with the office that stands before or after the name, and the party that this is of."""
    if mention.entity.kind != "person":
        return mention
    first = next(w.index for w in sentence.words if w.end > mention.start)
    last = next(w.index for w in reversed(sentence.words) if w.start < mention.end)
    before = words_before(sentence, first, lexicon, found)
    office = _office(sentence, before, found, names, lexicon) if before else None
    if office is None:
        after = _words_after(sentence, last, lexicon, found)
        office = _office(sentence, after, found, names, lexicon) if after else None
    if office is None:
        return mention
    side = office.party.node if office.party else None
    entity = mention.entity if side is None or mention.entity.side else replace(mention.entity, side=side)
    return replace(mention, entity=entity, office=office)


def shared_offices(sentence: Sentence, mentions: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """The same, where `Presidents A and B` share an office, and a counterpart has that of the one named before."""
    placed: list[Mention] = []
    for mention in mentions:
        before = next((m for m in reversed(placed) if m.entity.kind == "person"), None)
        office = _of_the_one_before(sentence, mention, before, lexicon) if before is not None else None
        placed.append(replace(mention, office=office) if office is not None else mention)
    return placed


def _of_the_one_before(
    sentence: Sentence, mention: Mention, before: Mention, lexicon: Lexicon
) -> Office | None:
    if mention.entity.kind != "person" or before.office is None:
        return None
    between = [w for w in sentence.words if before.end <= w.start < mention.start]
    office = before.office
    if (
        mention.office is None
        and [w.text.lower() for w in between] == ["and"]
        and _is_plural(sentence, office, lexicon)
    ):
        return replace(office, party=None)
    counterpart = next((w for w in between if w.lemma == "counterpart"), None)
    if counterpart is not None and (mention.office is None or mention.office.name.endswith("counterpart")):
        return Office(office.name, counterpart.start, counterpart.end)
    return None


def _is_plural(sentence: Sentence, office: Office, lexicon: Lexicon) -> bool:
    words = [w for w in sentence.words if office.start <= w.start < office.end]
    return any(_plain(w, lexicon) != w.text.lower() for w in words)


def _plain(word: Word, lexicon: Lexicon) -> str:
    """A word of an office in small letters and in the singular."""
    lower = word.text.lower()
    single = re.sub(r"ies$", "y", lower) if lower.endswith("ies") else lower.removesuffix("s")
    return single if single in lexicon.group("offices", "nouns") else lower


def words_before(sentence: Sentence, first: int, lexicon: Lexicon, found: list[Mention]) -> list[Word]:
    """The words of an office, going back from a name."""
    kept: list[Word] = []
    index = first - 1
    if index >= 0 and sentence.words[index].text.lower() in _APART:
        return []
    if index >= 0 and sentence.words[index].text == ",":
        index -= 1
    while (
        index >= 0 and _belongs(sentence.words[index], lexicon, found) and sentence.words[index].text != ","
    ):
        kept.insert(0, sentence.words[index])
        index -= 1
    if _is_owner(sentence, first):
        kept = kept[max((i + 1 for i, w in enumerate(kept) if w.text.lower() == "of"), default=0) :]
    return _trim(kept, lexicon)


def _is_owner(sentence: Sentence, first: int) -> bool:
    """Whether a name stands in the genitive, so that what is before it may be of another: `the head of X's office`."""
    rest = (w for w in sentence.words[first:] if w.tag not in ("NNP", "NNPS"))
    return next((w.tag == "POS" for w in rest), False)


def _words_after(sentence: Sentence, last: int, lexicon: Lexicon, found: list[Mention]) -> list[Word]:
    """The words of an office after a name and a comma; none where another's name goes on from them."""
    index = last + 1
    if index >= len(sentence.words) or sentence.words[index].text not in (",", "("):
        return []
    kept: list[Word] = []
    for word in sentence.words[index + 1 :]:
        if _is_in_an_owner(sentence, word, found):
            continue
        goes_on = word.text == "and" and _goes_on(sentence, word, lexicon, found)
        belongs = _belongs(word, lexicon, found) or word.lemma == "a"
        if (word.text in _ENDS and not goes_on) or not belongs or _stands_apart(sentence, word):
            named = any(m.start <= word.start < m.end and m.entity.kind == "person" for m in found)
            return [] if named else _trim(kept, lexicon)
        kept.append(word)
    return _trim(kept, lexicon)


def _is_in_an_owner(sentence: Sentence, word: Word, found: list[Mention]) -> bool:
    """Whether a word belongs to the name of one whose office is spoken of: `the head of X's office`."""
    person = next((m for m in found if m.start <= word.start < m.end and m.entity.kind == "person"), None)
    rest = [w for w in sentence.words if person is not None and w.start >= person.end]
    return len(rest) > 1 and rest[0].tag == "POS" and rest[1].lemma == "office"


def _stands_apart(sentence: Sentence, word: Word) -> bool:
    """Whether a word is a dash with spaces around it."""
    before = sentence.words[word.index - 1]
    return word.text in ("-", "–", "—") and before.end < word.start


def _goes_on(sentence: Sentence, conjunction: Word, lexicon: Lexicon, found: list[Mention]) -> bool:
    """Whether an office goes on after `and`: `for Foreign and Security Policy`, not `, the minister, and she …`."""
    after = sentence.words[conjunction.index + 1 : conjunction.index + 2]
    return (
        bool(after)
        and after[0].text[:1].isupper()
        and after[0].text.lower() in lexicon.group("offices", "parts")
    )


def _belongs(word: Word, lexicon: Lexicon, found: list[Mention]) -> bool:
    lower = word.text.lower()
    in_name = any(
        m.start <= word.start < m.end and m.entity.kind in ("party", "body", "group") for m in found
    )
    known = _plain(word, lexicon) in lexicon.group("offices", "nouns") or any(
        lower.rstrip(".") in lexicon.group("offices", name) for name in ("parts", "ranks", "titles")
    )
    is_body = lower in lexicon.group("bodies", "nouns") or _is_acronym(word)
    return lower in LINKS or known or in_name or is_body


def _is_acronym(word: Word) -> bool:
    return word.text.isupper() and word.text.isalpha() and 3 <= len(word.text) <= 6


def _trim(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """Without what links nothing at either end; nothing where no noun of an office is among the words."""
    while words and words[0].text.lower() in LINKS:
        words = words[1:]
    while words and words[-1].text.lower() in LINKS:
        words = words[:-1]
    return words if _has_noun(words, lexicon) else []


def _has_noun(words: list[Word], lexicon: Lexicon) -> bool:
    nouns = {_plain(w, lexicon) for w in words} & lexicon.group("offices", "nouns")
    return bool(nouns - {"prime"})


def _without_rank(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """The words of an office without the rank or title that stands between it and the name."""
    kept = words
    while kept and _is_rank(kept, lexicon):
        kept = kept[:-1]
    if _has_noun(kept, lexicon):
        return kept
    return [] if all(_is_rank([w], lexicon) for w in words) else words


def _is_rank(words: list[Word], lexicon: Lexicon) -> bool:
    """Whether words end in a rank, which right after the noun of an office is a part of it: `secretary general`."""
    last = words[-1].text.lower().rstrip(".")
    if last in lexicon.group("offices", "titles") or last == ",":
        return True
    after_noun = len(words) > 1 and _plain(words[-2], lexicon) in lexicon.group("offices", "nouns")
    return last in lexicon.group("offices", "ranks") and not after_noun


def _office(
    sentence: Sentence, words: list[Word], found: list[Mention], names: Names, lexicon: Lexicon
) -> Office | None:
    inside = [m for m in found if any(m.start <= w.start < m.end for w in words)]
    owners = (
        names.entities.get(m.entity.side) if m.entity.side else m.entity
        for m in inside
        if m.entity.kind != "person"
    )
    party = next(owners, None)
    words = _without_rank(words, lexicon)
    kept = [w for w in words if not any(_is_left_out(sentence, m, w, words) for m in inside)]
    said = [_of_its_body(sentence, name, inside, party, lexicon) for name in _names(kept, lexicon)]
    offices = [name for name in said if name and name not in lexicon.group("offices", "never")]
    if not offices:
        return None
    past = any(w.text.lower() in lexicon.group("offices", "past") for w in kept)
    return Office(offices[-1], words[0].start, words[-1].end, party, past, offices[0])


def _of_its_body(
    sentence: Sentence, name: str, inside: list[Mention], party: Entity | None, lexicon: Lexicon
) -> str:
    """An office that says nothing without the body that it is of: `deputy head` of the one named before it."""
    body = next((m for m in inside if m.entity.kind == "body"), None)
    if body is not None and name in lexicon.group("offices", "bare"):
        printed = " ".join(w.text.lower() for w in sentence.words if body.start <= w.start < body.end)
        name = _usual(f"{name} of {printed}", lexicon)
    return name.removesuffix(f" of {party.name.lower()}") if party is not None else name


def _is_left_out(sentence: Sentence, mention: Mention, word: Word, words: list[Word]) -> bool:
    """Whether a word names the party, or a body that stands before the office: `palace press secretary`."""
    if not mention.start <= word.start < mention.end:
        return False
    if mention.entity.kind != "body":
        return True
    return not any(w.text.lower() == "of" for w in words if w.start < mention.start)


def _names(words: list[Word], lexicon: Lexicon) -> list[str]:
    """The office as claims have it, or each of those that are joined by `and`."""
    return [_usual(part.strip(), lexicon) for part in _AND_ANOTHER.split(_plain_name(words, lexicon))]


def _plain_name(words: list[Word], lexicon: Lexicon) -> str:
    """The words of an office as claims have them: small letters, singular, no party, no `former`."""
    while words and words[0].text.lower() in LINKS:
        words = words[1:]
    left_out = {"the", "'s", "’s", "a"}.union(
        *(lexicon.group("offices", kind) for kind in ("past", "passing", "titles"))
    )
    name = " ".join(_plain(w, lexicon) for w in words if w.text.lower().rstrip(".") not in left_out)
    name = re.sub(r"\bof of\b", "of", re.sub(r" ([-–]) ", r"\1", name))
    name = re.sub(r"(?: (?:of|for|to|in|and|,|-))+$", "", name).strip(" ,-–")
    return name


def _usual(name: str, lexicon: Lexicon) -> str:
    """An office by its usual name."""
    for said, meant in lexicon.words["offices"]["same"].items():
        name = re.sub(said, meant, name)
    return name
