"""Claims, reported numbers and rules as a store holds them, for what is worked out when it is asked for.

What few are asked for is asked node by node, what all are asked for property by property: that needs no join, and takes
as long for each claim of a million as for one of a thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.graph.collector import uncollected
from pactgraph.graph.nodes import Nodes, Properties
from pactgraph.resolution.lookup import Lookup
from pactgraph.resolution.numbers import Reported, read_number
from pactgraph.resolution.rules import Rules, closures, read_rules, represented
from pactgraph.resolution.voices import Voice, hear
from pactgraph.resolution.witnesses import Witnesses
from pactgraph.store import Store
from pactgraph.vocabulary import PACT, PROV, RDF, SCHEMA

_ASKED = """
SELECT DISTINCT ?claim {
  ?claim rdf:subject ?subject .
  ?claim rdf:predicate ?predicate .
  ?claim rdf:object ?object .
  ?claim prov:wasDerivedFrom ?source .
  FILTER EXISTS { ?claim a pact:Claim }
}
"""
_CLAIMS = """
SELECT ?claim ?proposition ?subject ?predicate ?object ?modality ?polarity ?source ?passage
  ?statedOn ?flag ?on ?condition ?howMany ?datePublished ?origin {
  ?claim rdf:subject ?subject .
  ?claim rdf:predicate ?predicate .
  ?claim rdf:object ?object .
  ?claim prov:wasDerivedFrom ?source .
  ?claim pact:proposition ?proposition .
  ?claim pact:modality ?modality .
  ?claim pact:polarity ?polarity .
  FILTER EXISTS { ?claim a pact:Claim }
  OPTIONAL { ?claim pact:passage ?passage }
  OPTIONAL { ?claim pact:statedOn ?statedOn }
  OPTIONAL { ?claim pact:flag ?flag }
  OPTIONAL { ?claim pact:on ?on }
  OPTIONAL { ?claim pact:condition ?condition }
  OPTIONAL { ?claim pact:howMany ?howMany }
  OPTIONAL { ?source schema:datePublished ?datePublished }
  OPTIONAL { ?source pact:origin ?origin }
}
"""
_NUMBERS = f"""
SELECT DISTINCT ?node ?property ?value {{
  {{ {_ASKED} }}
  ?claim rdf:object ?node .
  FILTER EXISTS {{ ?node schema:value ?number }}
  OPTIONAL {{ ?node ?property ?value }}
}}
"""
_ALL_NUMBERS = """
SELECT ?node ?property ?value {
  { SELECT DISTINCT ?node { VALUES ?kind { pact:Count pact:Amount } ?node a ?kind } }
  OPTIONAL { ?node ?property ?value }
}
"""
_EACH = "SELECT ?node ?value { ?node ?property ?value }"
_VALUES = "SELECT DISTINCT ?value { ?node ?property ?value }"
_RULES = """
SELECT ?node ?property ?value {
  {
    VALUES ?property {
      pact:supportsFacts pact:impliesStage pact:countsStage pact:neverFalls pact:comesOnce pact:follows pact:mayInclude
      pact:limits
    }
    ?node ?property ?value
  } UNION {
    VALUES ?value { owl:FunctionalProperty pact:Flag }
    ?node a ?value
    BIND(rdf:type AS ?property)
  }
}
"""
_ACTED = """
SELECT DISTINCT ?value {
  ?tenure pact:holder ?node .
  OPTIONAL { ?tenure pact:office ?office OPTIONAL { ?office pact:actsFor ?value } }
}
"""
_HEARD = (
    PACT.proposition, RDF.subject, RDF.predicate, RDF.object, PACT.modality, PACT.polarity, PROV.wasDerivedFrom,
    PACT.statedOn, PACT.passage, PACT.flag, PACT.on, PACT.condition, PACT.howMany,
)  # fmt: skip
"""The properties of a claim that are heard; that of its proposition, which claims alone have, first."""
_OF_SOURCES = SCHEMA.datePublished, PACT.origin


def read_voices(store: Store, **parts: Term) -> list[Voice]:
    """All claims, or those of one subject, predicate, object or source, as resolution hears them."""
    with uncollected():
        if not parts:
            return list(_all_voices(store))
        return [hear(claim, own, source) for claim, (own, source) in _few(store, parts).items()]


def _few(store: Store, parts: Mapping[str, Term]) -> dict[NamedNode, tuple[Properties, Properties]]:
    """The claims that have some parts, each with its own properties and those of its source."""
    found: dict[NamedNode, tuple[Properties, Properties]] = {}
    columns = [(name, "source" if name == PROV.wasDerivedFrom else _local(name)) for name in _HEARD]
    beside = [(name, _local(name)) for name in _OF_SOURCES]
    for row in _solutions(store, _CLAIMS, parts):
        own, source = found.setdefault(row["claim"], ({}, {}))
        for properties, wanted in ((own, columns), (source, beside)):
            for name, column in wanted:
                value = row[column]
                if value is not None and value not in properties.setdefault(name, []):
                    properties[name].append(value)
    return found


def _local(name: NamedNode) -> str:
    return name.value.rpartition("#")[2].rpartition("/")[2]


def _all_voices(store: Store) -> Iterator[Voice]:
    sources: Nodes = defaultdict(dict)
    for name in _OF_SOURCES:
        for node, values in _each(store, name).items():
            sources[node][name] = values
    columns = {name: _each(store, name) for name in _HEARD}
    for claim in columns[PACT.proposition]:
        properties = {name: column[claim] for name, column in columns.items() if claim in column}
        yield hear(claim, properties, _source(properties, sources))


def _each(store: Store, name: NamedNode) -> dict[NamedNode, list[Term]]:
    """The values of a property by node."""
    found: dict[NamedNode, list[Term]] = {}
    for node, value in _rows(store, _EACH, "node", "value", property=name):
        assert isinstance(node, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        values = found.setdefault(node, [])
        if value not in values:
            values.append(value)
    return found


def _source(claim: Properties, sources: Nodes) -> Properties:
    (source,) = claim[PROV.wasDerivedFrom]
    return sources.get(source, {}) if isinstance(source, NamedNode) else {}


def read_numbers(store: Store, **parts: Term) -> dict[Term, Reported]:
    """The counts and amounts that claims give, or claims of one subject, predicate or source, by their nodes."""
    with uncollected():
        nodes = _nodes(store, _NUMBERS if parts else _ALL_NUMBERS, **parts)
        found = ((node, read_number(properties)) for node, properties in nodes.items())
        return {node: number for node, number in found if number is not None}


def read_witnesses(store: Store) -> Witnesses:
    """The origins of sources, and what origins came about at."""
    return Witnesses(_links(store, PACT.origin), _occasions(store))


def stored_rules(store: Store) -> Rules:
    """The rules that the ontology and the authority data of a store state; of single nodes they are read when asked for."""
    return replace(
        read_rules(_nodes(store, _RULES)),
        within=_closures(store, SCHEMA.containedInPlace),
        groups=_closures(store, PACT.inGroup),
        occasions=_occasions(store),
        represents=_represents(store),
    )


def _links(store: Store, link: NamedNode) -> Lookup[NamedNode, list[NamedNode]]:
    def whole() -> Mapping[NamedNode, list[NamedNode]]:
        return {
            n: [v for v in values if isinstance(v, NamedNode)] for n, values in _each(store, link).items()
        }

    return Lookup(lambda node: _linked(store, node, link) or None, whole)


def _occasions(store: Store) -> Lookup[NamedNode, NamedNode]:
    def one(node: NamedNode) -> NamedNode | None:
        return next(iter(_linked(store, node, PACT.occasion)), None)

    def whole() -> Mapping[NamedNode, NamedNode]:
        found = _links(store, PACT.occasion).whole
        return {node: min(occasions, key=lambda v: v.value) for node, occasions in found.items()}

    return Lookup(one, whole)


def _closures(store: Store, link: NamedNode) -> Lookup[Term, frozenset[Term]]:
    """The nodes that a link leads to from each, all the way."""

    def one(node: Term) -> frozenset[Term] | None:
        met: set[Term] = set()
        waiting = [node]
        while waiting:
            new = [n for n in _linked(store, waiting.pop(), link) if n != node and n not in met]
            met.update(new)
            waiting += new
        return frozenset(met) or None

    def whole() -> Mapping[Term, frozenset[Term]]:
        return closures({node: {link: values} for node, values in _each(store, link).items()}, link)

    return Lookup(one, whole)


def _represents(store: Store) -> Lookup[Term, frozenset[Term]]:
    def one(person: Term) -> frozenset[Term] | None:
        found = (value for (value,) in _rows(store, _ACTED, "value", node=person))
        return frozenset(v for v in found if isinstance(v, NamedNode)) or None

    def whole() -> Mapping[Term, frozenset[Term]]:
        nodes: Nodes = defaultdict(dict)
        for name in (PACT.holder, PACT.office, PACT.actsFor):
            for node, values in _each(store, name).items():
                nodes[node][name] = values
        return represented(nodes)

    return Lookup(one, whole)


def _linked(store: Store, node: Term, link: NamedNode) -> list[NamedNode]:
    """What a link leads to from one node, in order of IRI."""
    if not isinstance(node, NamedNode):
        return []
    found = (value for (value,) in _rows(store, _VALUES, "value", node=node, property=link))
    return sorted((v for v in found if isinstance(v, NamedNode)), key=lambda v: v.value)


def _nodes(store: Store, query: str, **parts: Term) -> Nodes:
    nodes: Nodes = {}
    for node, name, value in _rows(store, query, "node", "property", "value", **parts):
        assert isinstance(node, NamedNode)
        assert isinstance(name, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        values = nodes.setdefault(node, {}).setdefault(name, [])
        if value not in values:
            values.append(value)
    return nodes


def _rows(store: Store, query: str, *names: str, **parts: Term) -> Iterator[tuple[object, ...]]:
    for row in _solutions(store, query, parts):
        yield tuple(row[name] for name in names)


def _solutions(store: Store, query: str, parts: Mapping[str, Term]) -> QuerySolutions:
    rows = store.query(query, parts)
    assert isinstance(rows, QuerySolutions)
    return rows
