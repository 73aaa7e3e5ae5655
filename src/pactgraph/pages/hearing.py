"""How many claims, in how many sources, speak of each node: counted by the store where the clock allows it.

The claims of a source stand in its own graph, so that the store can count them without naming a single one.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.resolution.clock import Clock

_KNOWN = """
{
  SELECT DISTINCT ?graph {
    VALUES ?kind { schema:NewsArticle schema:WebPage }
    GRAPH ?graph { ?source a ?kind . OPTIONAL { ?source schema:datePublished ?published } }
    BIND(REPLACE(REPLACE(REPLACE(REPLACE(STR(?published), "/([.][.])?$", "/9999-12-31"), "^.*/|[~?%]", ""), "^(.{4})$", "$1-12"), "^(.{7})$", "$1-31") AS ?day)
    FILTER(!BOUND(?limit) || ?day <= ?limit)
  }
}
"""
"""The graphs of the sources published by a day."""
_SPEAKING = "GRAPH ?graph { ?claim ?part ?node }"
_OF_PACTS = """
{
  GRAPH ?graph { ?claim rdf:subject ?about }
  {
    SELECT DISTINCT ?node ?about {
      { ?node a/rdfs:subClassOf* pact:Pact BIND(?node AS ?about) }
      UNION {
        VALUES ?near { pact:negotiates pact:approves }
        ?round rdf:predicate ?near ; rdf:subject ?about ; rdf:object ?node .
      }
    }
  }
} UNION {
  GRAPH ?graph { ?claim rdf:object ?node }
  { SELECT DISTINCT ?node { ?node a/rdfs:subClassOf* pact:Pact } }
}
"""
"""The claims about a pact, about rounds and votes on it, and those that name it: who joined it, what rests on it."""
_COUNTS = "SELECT ?node (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?graph) AS ?sources)"
_PAIRS = "SELECT DISTINCT ?node ?shared"
_SHARING = "GRAPH ?graph { ?shared pact:origin ?origin }"
_TALLY = f"{_COUNTS} {{ {_KNOWN} {_SPEAKING} }} GROUP BY ?node"
_SHARED = f"{_PAIRS} {{ {_KNOWN} {_SHARING} {_SPEAKING} }}"
_TALLY_PACTS = f"{_COUNTS} {{ {_KNOWN} {_OF_PACTS} }} GROUP BY ?node"
_SHARED_PACTS = f"{_PAIRS} {{ {_KNOWN} {_SHARING} {_OF_PACTS} }}"
_EACH = (
    "SELECT DISTINCT ?node ?claim ?source { ?claim ?part ?node ; a pact:Claim ; prov:wasDerivedFrom ?source }"
)

Rows = Callable[..., Iterator[Mapping[str, Term]]]


@dataclass(frozen=True, slots=True)
class Heard:
    """How many claims speak of a node, in how many sources, and those of the sources that have origins to share."""

    claims: int = 0
    sources: int = 0
    shared: frozenset[NamedNode] = frozenset()

    @classmethod
    def of(cls, pairs: set[tuple[Term, Term]]) -> Heard:
        """What claims, each with its source, come to."""
        sources = frozenset(source for _, source in pairs if isinstance(source, NamedNode))
        return cls(len(pairs), len(sources), sources)


def tally(rows: Rows, clock: Clock, part: NamedNode) -> Mapping[Term, Heard]:
    """Who speaks of each node, as one part of a claim, by what was known."""
    asked = {"part": part, **_days(clock)}
    return _heard(rows(_TALLY, **asked), rows(_SHARED, **asked))


def tally_pacts(rows: Rows, clock: Clock) -> Mapping[Term, Heard]:
    """Who speaks of each pact, and of the rounds and votes on it, by what was known."""
    return _heard(rows(_TALLY_PACTS, **_days(clock)), rows(_SHARED_PACTS, **_days(clock)))


def hear_each(rows: Rows, part: NamedNode, is_heard: Callable[[Term, Term], bool]) -> Mapping[Term, Heard]:
    """Who speaks of each node, where each claim is let through or not by itself."""
    found: dict[Term, set[tuple[Term, Term]]] = defaultdict(set)
    for row in rows(_EACH, part=part):
        if is_heard(row["claim"], row["source"]):
            found[row["node"]].add((row["claim"], row["source"]))
    return {node: Heard.of(pairs) for node, pairs in found.items()}


def _days(clock: Clock) -> dict[str, Term]:
    """The last day that is known, as the query compares it: there every month has 31 days."""
    day = clock.as_known
    if day is None:
        return {}
    is_last = day.day == monthrange(day.year, day.month)[1]
    return {"limit": Literal(f"{day:%Y-%m}-31" if is_last else day.isoformat())}


def _heard(counts: Iterator[Mapping[str, Term]], pairs: Iterator[Mapping[str, Term]]) -> Mapping[Term, Heard]:
    shared: dict[Term, set[NamedNode]] = defaultdict(set)
    for row in pairs:
        if isinstance(source := row["shared"], NamedNode):
            shared[row["node"]].add(source)
    return {
        row["node"]: Heard(
            int(row["claims"].value), int(row["sources"].value), frozenset(shared.get(row["node"], ()))
        )
        for row in counts
        if "node" in row
    }
