"""The facts of a property, on both clocks, without resolving anything again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse
from pactgraph.resolution.clock import Clock
from pactgraph.vocabulary import FACTS, PROPOSITIONS, XSD

_NOW = "SELECT DISTINCT ?node ?value { GRAPH ?facts { ?node ?property ?value } }"
_HOLDING = """
SELECT ?proposition ?node ?value ?by ?latest {
  GRAPH ?propositions {
    VALUES ?reason { pact:Unrivalled pact:Outweighing pact:Finest }
    ?proposition rdf:predicate ?property ; rdf:subject ?node ; rdf:object ?value ; pact:reason ?reason .
    OPTIONAL { ?proposition pact:by ?by }
    OPTIONAL { ?proposition pact:latest ?latest }
  }
}
"""
_KNOWN = """
SELECT DISTINCT ?proposition ?node ?value ?by ?latest {
  GRAPH ?propositions {
    ?proposition rdf:predicate ?property ; rdf:subject ?node ; rdf:object ?value ; pact:acceptedFrom ?from .
    FILTER(?from <= ?known)
    FILTER NOT EXISTS { ?proposition pact:acceptedUntil ?until . FILTER(?from < ?until && ?until <= ?known) }
    OPTIONAL { ?proposition pact:by ?by }
    OPTIONAL { ?proposition pact:latest ?latest }
  }
}
"""
_SAID = """
SELECT ?proposition ?stated ?published {
  GRAPH ?propositions { ?proposition rdf:predicate ?property ; pact:supportedBy ?claim }
  ?claim prov:wasDerivedFrom ?source .
  OPTIONAL { ?claim pact:statedOn ?stated }
  OPTIONAL { ?source schema:datePublished ?published }
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
        self._dated: dict[NamedNode, frozenset[Term]] = {}

    def of(self, term: NamedNode) -> Mapping[Term, list[Term]]:
        """The values of a property that are facts, by node."""
        found: dict[Term, list[Term]] = defaultdict(list)
        for row in self._held(term):
            if row["value"] not in found[row["node"]]:
                found[row["node"]].append(row["value"])
        return found

    def is_dated(self, node: Term, term: NamedNode) -> bool:
        """Whether the day has come that tells when a node reached what the property implies (`signedBy`: its signing)."""
        if self._dating is None:
            self._dating = defaultdict(set)
            for row in self._rows(_DATING):
                if isinstance(dating := row["dating"], NamedNode):
                    self._dating[row["property"]].add(dating)
        return any(node in self._reached(dating) for dating in self._dating.get(term, ()) if dating != term)

    def _held(self, term: NamedNode) -> Iterator[Row]:
        if not self._clock:
            return self._rows(_NOW, property=term, facts=FACTS)
        rows = self._accepted(term)
        if self._clock.as_of is None:
            return rows
        said = self._said(term)
        return (row for row in rows if self._is_so(row, term, said))

    def _accepted(self, term: NamedNode) -> Iterator[Row]:
        asked = {"property": term, "propositions": PROPOSITIONS}
        if self._clock.as_known is None:
            return self._rows(_HOLDING, **asked)
        known = Literal(self._clock.as_known.isoformat(), datatype=XSD.date)
        return self._rows(_KNOWN, **asked, known=known)

    def _is_so(self, row: Row, term: NamedNode, said: Mapping[Term, date] | None) -> bool:
        """Whether a fact is so by the day: by its own, else when it was first said or what it tells of came about."""
        by = date.fromisoformat(row["by"].value) if "by" in row else None
        if said is not None and "latest" not in row:
            by = said.get(row["proposition"])
        return self._clock.reaches(by) or ("latest" not in row and self.is_dated(row["node"], term))

    def _said(self, term: NamedNode) -> Mapping[Term, date] | None:
        """When each proposition was first said by what was known; None where any saying up to the day was known."""
        as_of, as_known = self._clock.as_of, self._clock.as_known
        if as_of is None or as_known is None or as_known <= as_of:
            return None
        found: dict[Term, date] = {}
        for row in self._rows(_SAID, property=term, propositions=PROPOSITIONS):
            published = _last(row.get("published"))
            stated = _last(row.get("stated")) or published
            if stated and self._clock.knows(published):
                found[row["proposition"]] = min(stated, found.get(row["proposition"], stated))
        return found

    def _reached(self, dating: NamedNode) -> frozenset[Term]:
        if dating not in self._dated:
            self._dated[dating] = frozenset(self.of(dating))
        return self._dated[dating]


def _last(term: Term | None) -> date | None:
    return parse(term.value).last if term is not None else None
