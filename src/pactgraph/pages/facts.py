"""The facts of a property, on both clocks, without resolving anything again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.resolution.clock import Clock
from pactgraph.resolution.lookup import Lookup
from pactgraph.vocabulary import FACTS, PROPOSITIONS, XSD

_NOW = "SELECT DISTINCT ?node ?property ?value { GRAPH ?facts { ?node ?property ?value } }"
_THEN = """
SELECT DISTINCT ?node ?property ?value ?so ?latest {
  GRAPH ?propositions {
    ?proposition rdf:subject ?node .
    ?proposition rdf:predicate ?property .
    FILTER EXISTS {
      ?proposition pact:reason ?reason .
      FILTER(BOUND(?asKnown) || ?reason IN (pact:Unrivalled, pact:Outweighing, pact:Finest))
    }
    FILTER(!BOUND(?asKnown) || EXISTS {
      ?proposition pact:acceptedFrom ?from .
      FILTER(?from <= ?asKnown)
      FILTER NOT EXISTS { ?proposition pact:acceptedUntil ?until . FILTER(?from < ?until && ?until <= ?asKnown) }
    })
    ?proposition rdf:object ?value .
  }
  OPTIONAL { ?proposition pact:latest ?latest }
  BIND(!BOUND(?asOf) || EXISTS { ?proposition pact:by ?first . FILTER(?first <= ?asOf) } && (!BOUND(?asKnown) || EXISTS {
    ?proposition pact:supportedBy ?claim .
    FILTER EXISTS { ?claim pact:by ?by . FILTER(?by <= ?asOf) }
    FILTER EXISTS { ?claim pact:knownFrom ?known . FILTER(?known <= ?asKnown) }
  }) AS ?so)
}
"""
"""What is a fact on a clock, and whether a claim that is known tells that it is so by the day."""
_DATING = """
SELECT ?property ?dating {
  ?property pact:impliesStage ?stage .
  ?dating pact:impliesStage ?stage ; rdfs:subPropertyOf dcterms:date .
}
"""

_TRUE = Literal("true", datatype=XSD.boolean)
Row = Mapping[str, Term]
Rows = Callable[..., Iterator[Row]]
"""Asks a query, with the values of its parameters."""


class Facts:
    """What holds on a clock: now, on a day, by what was known on a day, or both."""

    def __init__(self, rows: Rows, clock: Clock) -> None:
        self._rows, self._clock = rows, clock
        self._dating: dict[Term, set[NamedNode]] | None = None
        self._found: dict[NamedNode, Lookup[Term, list[Term]]] = {}
        self._told: dict[Term, Mapping[Term, list[Term]]] = {}
        self._days: dict[NamedNode, Lookup[Term, list[Term]]] = {}

    def of(self, term: NamedNode) -> Lookup[Term, list[Term]]:
        """The values of a property that are facts, by node."""
        if term not in self._found:
            self._found[term] = Lookup(lambda node: self.about(node).get(term), lambda: self._whole(term))
        return self._found[term]

    def about(self, node: Term) -> Mapping[Term, list[Term]]:
        """What is a fact about a node, by property."""
        if node not in self._told:
            self._told[node] = _gathered((row["property"], row["value"]) for row in self._held(node=node))
        return self._told[node]

    def _whole(self, term: NamedNode) -> Mapping[Term, list[Term]]:
        return _gathered((row["node"], row["value"]) for row in self._held(property=term))

    def is_dated(self, node: Term, term: NamedNode) -> bool:
        """Whether the day has come that tells when a node reached what the property implies (`signedBy`: its signing)."""
        if self._dating is None:
            self._dating = defaultdict(set)
            for row in self._rows(_DATING):
                if isinstance(dating := row["dating"], NamedNode):
                    self._dating[row["property"]].add(dating)
        return any(node in self._days_of(dating) for dating in self._dating.get(term, ()) if dating != term)

    def _days_of(self, dating: NamedNode) -> Lookup[Term, list[Term]]:
        if dating not in self._days:
            self._days[dating] = Lookup(
                lambda node: [row["value"] for row in self._held(node=node, property=dating)] or None,
                lambda: self._whole(dating),
            )
        return self._days[dating]

    def _held(self, **part: Term) -> Iterator[Row]:
        """The facts of a node or of a property; what has no day of its own is so, too, once what it tells of came about."""
        if not self._clock:
            return self._rows(_NOW, **part, facts=FACTS)
        rows = self._rows(_THEN, **part, **self._clock.days, propositions=PROPOSITIONS)
        return (row for row in rows if row["so"] == _TRUE or self._has_come(row))

    def _has_come(self, row: Row) -> bool:
        term = row["property"]
        return "latest" not in row and isinstance(term, NamedNode) and self.is_dated(row["node"], term)


def _gathered(pairs: Iterable[tuple[Term, Term]]) -> Mapping[Term, list[Term]]:
    found: dict[Term, list[Term]] = defaultdict(list)
    for key, value in pairs:
        if value not in found[key]:
            found[key].append(value)
    return dict(found)
