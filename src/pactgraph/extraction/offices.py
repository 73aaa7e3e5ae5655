"""Offices: the words beside a person's name that say which office the person holds, and of which party."""

from __future__ import annotations

import re
from dataclasses import replace

from pactgraph.extraction.grammar import Sentence, Word
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.mentions import Mention, Office
from pactgraph.extraction.names import Names

LINKS = frozenset("of the for and to 's ’s , & on - – in".split())
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
        if word.text in _ENDS or not (_belongs(word, lexicon, found) or word.lemma == "a"):
            named = any(m.start <= word.start < m.end and m.entity.kind == "person" for m in found)
            return [] if named else _trim(kept, lexicon)
        kept.append(word)
    return _trim(kept, lexicon)


def _belongs(word: Word, lexicon: Lexicon, found: list[Mention]) -> bool:
    lower = word.text.lower()
    in_name = any(
        m.start <= word.start < m.end and m.entity.kind in ("party", "body", "group") for m in found
    )
    known = _plain(word, lexicon) in lexicon.group("offices", "nouns") or lower in lexicon.group(
        "offices", "parts"
    )
    return lower in LINKS or known or in_name


def _trim(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """Without what links nothing at either end; nothing where no noun of an office is among the words."""
    while words and words[0].text.lower() in LINKS:
        words = words[1:]
    while words and words[-1].text.lower() in LINKS:
        words = words[:-1]
    nouns = [w for w in words if _plain(w, lexicon) in lexicon.group("offices", "nouns")]
    return [] if not nouns or all(w.lemma == "prime" for w in nouns) else words


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
    kept = [w for w in words if not any(_is_left_out(sentence, m, w, words) for m in inside)]
    name = _name(kept, lexicon)
    if not name or name in lexicon.group("offices", "never"):
        return None
    past = any(w.text.lower() in lexicon.group("offices", "past") for w in kept)
    return Office(name, words[0].start, words[-1].end, party, past)


def _is_left_out(sentence: Sentence, mention: Mention, word: Word, words: list[Word]) -> bool:
    """Whether a word names the party, or a body that stands before the office: `palace press secretary`."""
    if not mention.start <= word.start < mention.end:
        return False
    if mention.entity.kind != "body":
        return True
    return not any(w.text.lower() == "of" for w in words if w.start < mention.start)


def _name(words: list[Word], lexicon: Lexicon) -> str:
    """The office as claims have it: small letters, singular, no party, no `former`."""
    while words and words[0].text.lower() in LINKS:
        words = words[1:]
    left_out = lexicon.group("offices", "past") | {"the", "'s", "’s", "new", "a"}
    name = " ".join(_plain(w, lexicon) for w in words if w.text.lower() not in left_out)
    name = re.sub(r"\bof of\b", "of", re.sub(r" ([-–]) ", r"\1", name))
    name = re.sub(r"(?: (?:of|for|to|in|and|,|-))+$", "", name).strip(" ,-–")
    for said, meant in lexicon.words["offices"]["same"].items():
        name = re.sub(said, meant, name)
    return re.split(r" & | and (?!\w+ affairs|multilateral|defen[cs]e|security|trade|europe)", name)[
        -1
    ].strip()
