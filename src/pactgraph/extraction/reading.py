"""Frames at work: for each word that opens one, what its kind of frame makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pactgraph.extraction.candidate import Candidate
from pactgraph.extraction.contents import read_content, read_fragment, read_support
from pactgraph.extraction.counting import read_tallies
from pactgraph.extraction.declarations import (
    read_declared,
    read_joining,
    read_joining_again,
    read_summit_ties,
    read_ties,
)
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Sentence, Word
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.listing import read_entry
from pactgraph.extraction.pacts import read_echo, read_pact
from pactgraph.extraction.page import Page
from pactgraph.extraction.sayings import read_offices, read_sayings
from pactgraph.extraction.talks import read_discussing, read_talks
from pactgraph.extraction.votes import read_approving, read_effect, read_leading, read_vote


def triggers(sentence: Sentence, lexicon: Lexicon) -> list[tuple[Frame, Word]]:
    """The frames that a sentence opens, each with the word that does, in order of the words."""
    return [
        (frame, word)
        for word in sentence.words
        for frame in lexicon.opening.get(word.lemma, ())
        if frame.opens_at(sentence, word)
    ]


def read(page: Page, opened: list[tuple[Frame, Word]]) -> Iterator[Candidate]:
    """The candidates of a sentence."""
    yield from read_entry(page)
    covered: set[int] = set()
    for frame, word in sorted(opened, key=lambda each: not each[0].over):
        if word.index in covered:
            continue
        found = list(_READERS[frame.kind](page, frame, word))
        if found and frame.over:
            below = page.scene.sentence.below(word, lambda w: w.role == "conj" and w.is_verb)
            covered |= {w.index for w in below if w.index != word.index}
        yield from found
    for standing in (
        read_tallies,
        read_declared,
        read_ties,
        read_summit_ties,
        read_fragment,
        read_offices,
        read_sayings,
    ):
        yield from standing(page)


def _echoes(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    yield from read_echo(page, frame, word)
    yield from read_joining_again(page, frame, word)


def _made(page: Page, frame: Frame, word: Word) -> Iterator[Candidate]:
    """A verb of making opens nothing by itself: it is looked for where a declaration stands."""
    return iter(())


_READERS: dict[str, Callable[[Page, Frame, Word], Iterator[Candidate]]] = {
    "pact": read_pact,
    "echo": _echoes,
    "talks": read_talks,
    "discussing": read_discussing,
    "content": read_content,
    "support": read_support,
    "making": _made,
    "joining": read_joining,
    "vote": read_vote,
    "leading": read_leading,
    "approving": read_approving,
    "effect": read_effect,
}
