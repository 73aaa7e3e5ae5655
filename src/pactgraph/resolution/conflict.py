"""What a conflict is: claims that stand against each other, by the rule of one type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Term, term_key
from pactgraph.resolution.numbers import Reported
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.voices import Voice
from pactgraph.vocabulary import PACT, PROV, RDF, SCHEMA, XSD, mint

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

    def triples(self) -> Iterator[Triple]:
        """The conflict as a node with its type and what it is about, and each side with its claims."""
        yield Triple(self.iri, RDF.type, PACT.Conflict)
        yield Triple(self.iri, PACT.conflictType, self.type)
        yield Triple(self.iri, RDF.subject, self.subject)
        yield Triple(self.iri, PACT.property, self.predicate)
        for nth, side in enumerate(self.sides, 1):
            claims = sorted({voice.claim.value for voice in side})
            node = mint("side", [self.iri.value, *claims])
            yield Triple(self.iri, PACT.side, node)
            yield Triple(node, RDF.type, PACT.Side)
            yield Triple(node, SCHEMA.position, Literal(str(nth), datatype=XSD.integer))
            yield from (Triple(node, PROV.hadMember, NamedNode(claim)) for claim in claims)


Rule = Callable[[list[Voice], Numbers, Rules], Iterator[Conflict]]
"""Finds conflicts of some types among the claims about one subject."""


def oppose(kind: NamedNode, sides: Iterable[Sequence[Voice]], predicate: NamedNode | None = None) -> Conflict:
    """A conflict with its sides in order of how many sources they have."""
    ordered = sorted(
        sides, key=lambda side: (-len({v.source for v in side}), min(v.claim.value for v in side))
    )
    content = ordered[0][0].content
    return Conflict(kind, content.subject, predicate or content.predicate, tuple(map(tuple, ordered)))
