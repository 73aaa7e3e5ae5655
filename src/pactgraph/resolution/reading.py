"""Claims, reported numbers and rules as a store holds them, for what is worked out when it is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.graph.nodes import Nodes
from pactgraph.resolution.numbers import Reported, read_number
from pactgraph.resolution.rules import Rules, read_rules
from pactgraph.resolution.voices import Voice, voices
from pactgraph.store import Store

_CLAIMS = """
SELECT ?node ?property ?value {
  { ?node a pact:Claim ; rdf:subject ?subject ; ?property ?value }
  UNION {
    { SELECT DISTINCT ?node { ?claim a pact:Claim ; rdf:subject ?subject ; prov:wasDerivedFrom ?node } }
    VALUES ?property { pact:origin schema:datePublished }
    ?node ?property ?value
  }
}
"""
_NUMBERS = """
SELECT ?node ?property ?value {
  { SELECT DISTINCT ?node { ?claim a pact:Claim ; rdf:subject ?subject ; rdf:object ?node . ?node schema:value ?number } }
  ?node ?property ?value
}
"""
_RULES = """
SELECT ?node ?property ?value {
  VALUES ?property {
    rdf:type pact:supportsFacts pact:impliesStage pact:countsStage pact:neverFalls pact:occasion schema:containedInPlace
  }
  ?node ?property ?value
  FILTER(
    ?property != rdf:type || ?value = owl:FunctionalProperty || ?value = pact:Flag
  )
}
"""


def read_voices(store: Store, subject: NamedNode | None = None) -> list[Voice]:
    """All claims, or those about one subject, as resolution hears them."""
    return list(voices(_nodes(store, _CLAIMS, subject)))


def read_numbers(store: Store, subject: NamedNode | None = None) -> dict[NamedNode, Reported]:
    """The counts and amounts that claims give, or that claims about one subject give, by their nodes."""
    found = ((node, read_number(properties)) for node, properties in _nodes(store, _NUMBERS, subject).items())
    return {node: number for node, number in found if number is not None}


def stored_rules(store: Store) -> Rules:
    """The rules that the ontology and the authority data of a store state."""
    return read_rules(_nodes(store, _RULES))


def _nodes(store: Store, query: str, subject: NamedNode | None = None) -> Nodes:
    nodes: Nodes = defaultdict(lambda: defaultdict(list))
    for node, name, value in _rows(store, query, subject):
        if value not in nodes[node][name]:
            nodes[node][name].append(value)
    return {node: dict(properties) for node, properties in nodes.items()}


def _rows(
    store: Store, query: str, subject: NamedNode | None
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    rows = store.query(query, {"subject": subject} if subject else {})
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        node, name, value = row["node"], row["property"], row["value"]
        assert isinstance(node, NamedNode)
        assert isinstance(name, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        yield node, name, value
