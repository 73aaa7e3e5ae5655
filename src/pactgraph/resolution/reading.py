"""Claims, reported numbers and rules as a store holds them, for what is worked out when it is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.graph.nodes import Nodes, iris
from pactgraph.resolution.numbers import Reported, read_number
from pactgraph.resolution.rules import Rules, read_rules
from pactgraph.resolution.voices import Voice, voices
from pactgraph.resolution.witnesses import Witnesses
from pactgraph.store import Store
from pactgraph.vocabulary import PACT

_CLAIMS = """
SELECT ?node ?property ?value {
  { ?node a pact:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; prov:wasDerivedFrom ?source ; ?property ?value }
  UNION {
    {
      SELECT DISTINCT ?node {
        ?claim a pact:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; prov:wasDerivedFrom ?source, ?node
      }
    }
    VALUES ?property { pact:origin schema:datePublished }
    ?node ?property ?value
  }
}
"""
_NUMBERS = """
SELECT ?node ?property ?value {
  {
    SELECT DISTINCT ?node {
      ?claim a pact:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; prov:wasDerivedFrom ?source ; rdf:object ?node .
      ?node schema:value ?number
    }
  }
  ?node ?property ?value
}
"""
_RULES = """
SELECT ?node ?property ?value {
  {
    VALUES ?property {
      pact:supportsFacts pact:impliesStage pact:countsStage pact:neverFalls pact:occasion schema:containedInPlace
      pact:comesOnce pact:follows pact:mayInclude pact:holder pact:office pact:actsFor pact:inGroup pact:limits
    }
    ?node ?property ?value
  } UNION {
    VALUES ?value { owl:FunctionalProperty pact:Flag }
    ?node a ?value
    BIND(rdf:type AS ?property)
  }
}
"""
_ORIGINS = (
    "SELECT ?node ?property ?value { VALUES ?property { pact:origin pact:occasion } ?node ?property ?value }"
)


def read_voices(store: Store, **parts: NamedNode) -> list[Voice]:
    """All claims, or those of one subject, predicate or source, as resolution hears them."""
    return list(voices(_nodes(store, _CLAIMS, **parts)))


def read_numbers(store: Store, **parts: NamedNode) -> dict[Term, Reported]:
    """The counts and amounts that claims give, or claims of one subject, predicate or source, by their nodes."""
    found = ((node, read_number(properties)) for node, properties in _nodes(store, _NUMBERS, **parts).items())
    return {node: number for node, number in found if number is not None}


def read_witnesses(store: Store) -> Witnesses:
    """The origins of all sources, and what origins came about at."""
    nodes = _nodes(store, _ORIGINS)
    origins = {node: iris(p, PACT.origin) for node, p in nodes.items() if PACT.origin in p}
    return Witnesses(origins, {node: at for node, p in nodes.items() for at in iris(p, PACT.occasion)})


def stored_rules(store: Store) -> Rules:
    """The rules that the ontology and the authority data of a store state."""
    return read_rules(_nodes(store, _RULES))


def _nodes(store: Store, query: str, **parts: NamedNode) -> Nodes:
    nodes: Nodes = defaultdict(lambda: defaultdict(list))
    for node, name, value in _rows(store, query, parts):
        if value not in nodes[node][name]:
            nodes[node][name].append(value)
    return {node: dict(properties) for node, properties in nodes.items()}


def _rows(
    store: Store, query: str, parts: dict[str, NamedNode]
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    rows = store.query(query, parts)
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        node, name, value = row["node"], row["property"], row["value"]
        assert isinstance(node, NamedNode)
        assert isinstance(name, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        yield node, name, value
