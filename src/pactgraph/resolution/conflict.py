"""What a conflict is: claims that stand against each other, by the rule of one type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from pactgraph.claim import Term, term_key
from pactgraph.resolution.numbers import Reported
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.voices import Voice
from pactgraph.vocabulary import mint

Numbers = Mapping[Term, Reported]
"""Reported counts and amounts by their nodes."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that stand against each other: what about, of which type, and the sides, the better supported first."""

    type: NamedNode
    subject: NamedNode
    predicate: NamedNode
    sides: tuple[tuple[Voice, ...], ...]

    @property
    def iri(self) -> NamedNode:
        """A hash of type, subject, predicate and the claims on each side."""
        sides = sorted(" ".join(sorted(voice.claim.value for voice in side)) for side in self.sides)
        return mint("conflict", [*map(term_key, (self.type, self.subject, self.predicate)), *sides])


Rule = Callable[[list[Voice], Numbers, Rules], Iterator[Conflict]]
"""Finds conflicts of some types among the claims about one subject."""


def oppose(kind: NamedNode, sides: Iterable[Sequence[Voice]], predicate: NamedNode | None = None) -> Conflict:
    """A conflict with its sides in order of how many sources they have."""
    ordered = sorted(
        sides, key=lambda side: (-len({v.source for v in side}), min(v.claim.value for v in side))
    )
    content = ordered[0][0].content
    return Conflict(kind, content.subject, predicate or content.predicate, tuple(map(tuple, ordered)))
