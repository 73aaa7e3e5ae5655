"""What a noun or a pronoun means: a pact, a declaration, a measure, a party."""

from __future__ import annotations

from collections.abc import Iterator

from pactgraph.extraction.context import pronouns
from pactgraph.extraction.grammar import Word, agents, following
from pactgraph.extraction.names import Entity
from pactgraph.extraction.page import Page

_BESIDE_PACT = (
    "owner",
    "with|between|to|for|from|by|among",
    "with/of",
    "clause/with|between|by",
    "apposition/with|between",
)
_BESIDE_DECLARATION = ("owner", "by", "of", "from", "clause/subject", "clause/by")


def topic(page: Page, word: Word, kinds: tuple[str, ...]) -> Entity | None:
    """The pact, declaration, measure or party that a word means, of the kinds that are asked for."""
    if {"pact", "declaration"} & set(kinds):
        declared = declaration_at(page, word) or page.scene.named_pact(word)
        if declared is not None:
            return declared
    if "measure" in kinds and (measure := measure_at(page, word)) is not None:
        return measure
    if "pact" in kinds and word.tag not in ("WDT", "WP") and means_pact(page, word):
        return pact_meant(page, word)
    if "part" in kinds and _is_part(page, word):
        return page.context.pact_with(page.context.partner) if page.context.partner else page.context.pacts()
    return _party(page, word) if "party" in kinds else None


def _party(page: Page, word: Word) -> Entity | None:
    parties = [m.entity for m in page.scene.parties([word]) if m.entity.kind == "party"]
    return parties[0] if parties else None


def means_pact(page: Page, word: Word) -> bool:
    """Whether a word means a pact: a noun that does, or a pronoun after one."""
    return page.scene.is_pact(word) or stands_for_pacts(page, word)


def _is_part(page: Page, noun: Word) -> bool:
    """Whether a noun means a part of the pact that was spoken of: `separate provisions`."""
    return noun.lemma in page.words("pacts", "parts") and page.context.speaks_of_pacts


def names_pact(page: Page, word: Word) -> bool:
    """Whether a noun means a pact, by itself or after one was spoken of."""
    return page.scene.is_pact(word) or (_is_by_reference(page, word) and page.context.has_spoken_of_pacts)


def stands_for_pacts(page: Page, word: Word) -> bool:
    """Whether a number or a pronoun means pacts: the sentences before spoke of them."""
    is_more = word.tag == "JJR" and page.scene.sentence.child(word, "nummod", "advmod") is not None
    is_one = word.tag == "CD" or is_more or word.text.lower() in pronouns
    return (is_one and page.context.speaks_of_pacts) or names_pact(page, word)


def _is_by_reference(page: Page, word: Word) -> bool:
    """`The text`, `the draft`, `these papers`: nouns that mean a pact once one was spoken of."""
    if word.lemma not in page.words("pacts", "by_reference"):
        return False
    determiners = page.scene.sentence.children(word, "det", "poss")
    return any(d.text.lower() in ("the", "this", "these", "that", "its", "their") for d in determiners)


def pact_meant(page: Page, noun: Word) -> Entity:
    """The pact with the partner that stands beside a noun, or with the article's; all pacts for a plural."""
    context = page.context
    hub = context.teller
    found = page.scene.parties(page.reached(noun, _BESIDE_PACT))
    others = {m.entity.node: m.entity for m in found if hub is None or m.entity.node != hub.node}
    if len(others) == 1 and (other := next(iter(others.values()))).kind == "party":
        return context.pact_with(other)
    partner = context.recent if noun.text.lower() == "it" and context.recent is not None else context.partner
    return context.pacts() if is_plural(noun) or partner is None else context.pact_with(partner)


def is_plural(noun: Word) -> bool:
    """Whether a noun or pronoun means more than one."""
    return noun.tag in ("NNS", "NNPS") or noun.text.lower() in ("they", "these", "them", "those", "each")


def declaration_at(page: Page, word: Word) -> Entity | None:
    """The declaration that a noun means: by its name, or a pledge made by those who declared it."""
    scene = page.scene
    named = scene.named_pact(word)
    if named is not None:
        return named
    if word.lemma not in page.words("declarations", "nouns"):
        return None
    beside = [w for path in _BESIDE_DECLARATION for w in following(scene.sentence, word, path)]
    makers = [w for each in (*beside, *_makers(page, word)) for w in _with_members(page, each)]
    made = page.context.declaration_of({m.entity.node for m in scene.parties(makers)})
    return made or _spoken_of(page, word)


def _with_members(page: Page, word: Word) -> list[Word]:
    """A word with what it is a part of: `the nations of the group`, `the group of nations`."""
    return [
        word,
        *following(page.scene.sentence, word, "of"),
        *page.scene.sentence.children(word, "compound"),
    ]


def _makers(page: Page, word: Word) -> list[Word]:
    """Those who make what a noun means: the subject of the verb of making whose object it is."""
    verb = page.scene.sentence.head(word)
    if verb is None or word.role != "dobj":
        return []
    making = (f for f in page.scene.lexicon.frames if f.kind == "making")
    return (
        agents(page.scene.sentence, verb)
        if any(f.opens_at(page.scene.sentence, verb) for f in making)
        else []
    )


def _spoken_of(page: Page, word: Word) -> Entity | None:
    """The declaration that was named before: `the declaration`, `the document` right after it."""
    determiner = page.scene.sentence.child(word, "det")
    if determiner is None or determiner.text.lower() not in ("the", "this", "that"):
        return None
    narrowing = ("prep", "amod", "compound", *(() if _ends_before_comma(page, word) else ("relcl", "acl")))
    if page.scene.sentence.children(word, *narrowing):
        return None
    if word.lemma not in page.words("declarations", "by_themselves"):
        return None
    return page.context.declaration or (page.context.likely if word.lemma == "declaration" else None)


def _ends_before_comma(page: Page, word: Word) -> bool:
    """Whether what follows a noun only adds to it: `the declaration, adopted in May, …`."""
    after = page.scene.sentence.words[word.index + 1 : word.index + 2]
    return bool(after) and after[0].text == ","


def measure_at(page: Page, word: Word) -> Entity | None:
    """The measure that a noun means, such as an aid bill."""
    if word.lemma not in page.words("measures", "nouns"):
        return None
    sentence = page.scene.sentence
    beside = {w.lemma for w in sentence.children(word, "compound", "amod", "nmod")} | {word.lemma}
    beside |= {w.lemma for p in sentence.children(word, "prep", "acl", "relcl") for w in sentence.below(p)}
    if not beside & page.words("measures", "with"):
        return None
    is_voted = any(w.lemma in page.words("measures", "voting") for w in sentence.words)
    return page.context.measure(word.lemma) if is_voted else None


def declarations(page: Page) -> Iterator[tuple[Word, Entity]]:
    """The nouns of a sentence that mean a declaration, each declaration once."""
    seen: set[object] = set()
    for word in page.scene.sentence.words:
        found = declaration_at(page, word) if word.is_noun else None
        if found is None or found.node in seen or _is_part_of_its_name(page, word, found):
            continue
        seen.add(found.node)
        yield word, found


def _is_part_of_its_name(page: Page, word: Word, found: Entity) -> bool:
    head = page.scene.sentence.head(word)
    inner = word.role in ("compound", "amod", "nmod", "poss")
    return inner and head is not None and head.is_noun and declaration_at(page, head) == found
