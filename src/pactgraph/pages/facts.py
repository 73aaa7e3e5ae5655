"""The facts of a property, on both clocks, without resolving anything again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.resolution.clock import Clock
from pactgraph.resolution.lookup import Lookup
from pactgraph.vocabulary import FACTS, PROPOSITIONS, XSD

_NOW = "SELECT DISTINCT ?node ?property ?value { GRAPH ?facts { ?node ?property ?value } }"
_HOLDING = """
SELECT DISTINCT ?proposition ?node ?property ?value ?by ?latest {
  GRAPH ?propositions {
    ?proposition rdf:subject ?node .
    ?proposition rdf:predicate ?property .
    FILTER EXISTS { ?proposition pact:reason ?reason . FILTER(?reason IN (pact:Unrivalled, pact:Outweighing, pact:Finest)) }
    ?proposition rdf:object ?value .
    OPTIONAL { ?proposition pact:by ?by }
    OPTIONAL { ?proposition pact:latest ?latest }
  }
}
"""
_KNOWN = """
SELECT DISTINCT ?proposition ?node ?property ?value ?by ?latest {
  GRAPH ?propositions {
    ?proposition rdf:subject ?node .
    ?proposition rdf:predicate ?property .
    FILTER EXISTS {
      ?proposition pact:acceptedFrom ?from .
      FILTER(?from <= ?known)
      FILTER NOT EXISTS { ?proposition pact:acceptedUntil ?until . FILTER(?from < ?until && ?until <= ?known) }
    }
    ?proposition rdf:object ?value .
    OPTIONAL { ?proposition pact:by ?by }
    OPTIONAL { ?proposition pact:latest ?latest }
  }
}
"""
_SAID = """
SELECT ?by {
  GRAPH ?propositions { ?proposition pact:supportedBy ?claim }
  FILTER EXISTS { ?claim pact:knownFrom ?published . FILTER(?published <= ?known) }
  OPTIONAL { ?claim pact:by ?by }
}
"""
_DATING = """
SELECT ?property ?dating {
  ?property pact:impliesStage ?stage .
  ?dating pact:impliesStage ?stage ; rdfs:subPropertyOf dcterms:date .
}
"""

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
        """The facts of a node or of a property."""
        if not self._clock:
            return self._rows(_NOW, **part, facts=FACTS)
        rows = self._accepted(part)
        return rows if self._clock.as_of is None else (row for row in rows if self._is_so(row))

    def _accepted(self, part: Mapping[str, Term]) -> Iterator[Row]:
        if self._clock.as_known is None:
            return self._rows(_HOLDING, **part, propositions=PROPOSITIONS)
        return self._rows(_KNOWN, **part, propositions=PROPOSITIONS, known=_day(self._clock.as_known))

    def _is_so(self, row: Row) -> bool:
        """Whether a fact is so by the day: by its own, else when it was first said or what it tells of came about."""
        if "latest" in row:
            return self._clock.reaches(_date(row.get("by")))
        return self._clock.reaches(self._said(row)) or self._has_come(row)

    def _has_come(self, row: Row) -> bool:
        term = row["property"]
        return isinstance(term, NamedNode) and self.is_dated(row["node"], term)

    def _said(self, row: Row) -> date | None:
        """When a proposition was first said by what was known; that of all claims where any up to the day was known."""
        as_of, as_known = self._clock.as_of, self._clock.as_known
        by = _date(row.get("by"))
        if as_of is None or as_known is None or as_known <= as_of or by is None or by > as_of:
            return by
        asked = {"proposition": row["proposition"], "propositions": PROPOSITIONS, "known": _day(as_known)}
        days = (_date(claim.get("by")) for claim in self._rows(_SAID, **asked))
        return min((day for day in days if day), default=None)


def _gathered(pairs: Iterable[tuple[Term, Term]]) -> Mapping[Term, list[Term]]:
    found: dict[Term, list[Term]] = defaultdict(list)
    for key, value in pairs:
        if value not in found[key]:
            found[key].append(value)
    return dict(found)


def _date(term: Term | None) -> date | None:
    return date.fromisoformat(term.value) if term is not None else None


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)
