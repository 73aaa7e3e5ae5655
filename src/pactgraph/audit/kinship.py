"""What texts have in common: whole sentences, an interview that both tell of, a publisher that both credit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from pyoxigraph import NamedNode

from pactgraph.audit.library import Library, Read, publisher_of
from pactgraph.audit.likeness import Pair, Sentence, alike, sentences
from pactgraph.dates import Edtf
from pactgraph.graph.sources import SourceFile
from pactgraph.vocabulary import PACT

_HOUSE: Final = 3
"""A sentence that stands in a publisher's texts of so many days is the house's own: who writes there, how to subscribe."""
_MOST: Final = 0.5
_ALL_BUT: Final = 0.8
"""A copy has at least this share of its own words, or of all words with the quoted, from the other."""
_LEAST: Final = 30
"""Words that are copied at least; fewer are background."""
_QUOTED: Final = 12
_INTERVIEW_DAYS: Final = 7
_CREDIT_DAYS: Final = 3


class Kinship(StrEnum):
    """What two texts have in common."""

    COPY = "copy"
    """Most words of one stand in the other."""
    BACKGROUND = "background"
    """Some sentences, such as a paragraph on what came before: no reason to count them as one witness."""
    QUOTES = "quotes"
    """Only what somebody is quoted with: both may have heard it."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """The sentences that two texts share, and what share they are of each: of its own words, and of all with the quoted."""

    one: NamedNode
    other: NamedNode
    pairs: tuple[Pair, ...]
    shares: tuple[float, float]
    whole: tuple[float, float]

    @property
    def kinship(self) -> Kinship:
        """What that makes of them."""
        own = sum(pair.one.length for pair in self.pairs if not pair.one.quoted)
        every = sum(pair.one.length for pair in self.pairs)
        if (max(self.shares) >= _MOST and own >= _LEAST) or (max(self.whole) >= _ALL_BUT and every >= _LEAST):
            return Kinship.COPY
        return Kinship.QUOTES if own == 0 and every >= _QUOTED else Kinship.BACKGROUND


def overlaps(library: Library) -> list[Overlap]:
    """Every two sources that share sentences which are not their house's own."""
    house = _house(library)
    told = {
        source: [s for s in found if s.words not in house.get(read.publisher, ())]
        for source, read in library.read.items()
        for found in [sentences(read.text.normal)]
    }
    return [_overlap(*pair, tuple(found), told) for pair, found in alike(told).items()]


def _house(library: Library) -> Mapping[NamedNode | None, set[str]]:
    """The sentences that each publisher prints again and again."""
    days: dict[NamedNode | None, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for read in library.read.values():
        for sentence in sentences(read.text.normal):
            days[read.publisher][sentence.words].add(str(read.file.published))
    return {
        publisher: {words for words, on in printed.items() if len(on) >= _HOUSE}
        for publisher, printed in days.items()
    }


def _overlap(
    one: NamedNode,
    other: NamedNode,
    pairs: tuple[Pair, ...],
    told: Mapping[NamedNode, Sequence[Sentence]],
) -> Overlap:
    sides = (one, {p.one for p in pairs}), (other, {p.other for p in pairs})
    own, whole = (
        tuple(_share(shared, told[node], quoted=quoted) for node, shared in sides) for quoted in (False, True)
    )
    return Overlap(one, other, pairs, (own[0], own[1]), (whole[0], whole[1]))


def _share(shared: Iterable[Sentence], every: Iterable[Sentence], *, quoted: bool) -> float:
    both = (sum(s.length for s in those if quoted or not s.quoted) for those in (shared, every))
    part, whole = both
    return part / whole if whole else 0.0


def interviews(library: Library) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Every two sources that tell of one interview: the same speaker, the same who asked, about the same days."""
    for one, other in combinations(library.read.values(), 2):
        near = _near(one.file.published, other.file.published, _INTERVIEW_DAYS)
        if near and one.speakers & other.speakers and _asked(one) & _asked(other):
            yield one.source, other.source


def _asked(read: Read) -> set[NamedNode | str]:
    """Who asked in the interviews that a text tells of, and the publishers of which it is one."""
    found = {word for c in read.credits if c.kind == PACT.GivenInterview for word in (c.publisher, *c.called)}
    return {word for word in found if word is not None}


def credited(library: Library, publisher: NamedNode) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Every two sources that have the same from a publisher: about the same things, at about the same time.

    The publisher's own sources are among them, whether their texts are at hand or not.
    """
    crediting = {s for s, read in library.read.items() if any(c.publisher == publisher for c in read.credits)}
    own = {s for s, file in library.files.items() if publisher_of(file) == publisher}
    for one, other in combinations(sorted(crediting | own, key=lambda node: node.value), 2):
        if not {one, other} <= own and _together(library.files[one], library.files[other]):
            yield one, other


def _together(one: SourceFile, other: SourceFile) -> bool:
    about = [{c.proposition.subject for c in file.claims.values()} for file in (one, other)]
    return bool(about[0] & about[1]) and _near(one.published, other.published, _CREDIT_DAYS)


def _near(one: Edtf | None, other: Edtf | None, days: int) -> bool:
    """Whether two dates can be so few days apart."""
    if not (one and other and one.first and one.last and other.first and other.last):
        return False
    return (other.first - one.last).days <= days and (one.first - other.last).days <= days
