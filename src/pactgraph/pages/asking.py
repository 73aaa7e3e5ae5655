"""Asks a store for one property of many nodes at a time, so that a table costs a few questions, not one a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.dates import finer, overlap, parse, say
from pactgraph.pages.cells import Several, Thing, When
from pactgraph.pages.names import Names
from pactgraph.pages.witnesses import Witnesses
from pactgraph.store import Store
from pactgraph.vocabulary import EDTF, FACTS, shorten

_PREFIXES = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX pact: <https://w3id.org/pactgraph/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_OF_CLASS = "SELECT DISTINCT ?node { ?node a/rdfs:subClassOf* ?class }"
_HEARD = "SELECT ?node ?claim ?source { ?claim ?part ?node ; a pact:Claim ; prov:wasDerivedFrom ?source }"
_FACTS = "SELECT DISTINCT ?node ?value { GRAPH ?facts { ?node ?property ?value } }"
_VALUES = "SELECT DISTINCT ?node ?value { ?node ?property ?value }"

Values = Mapping[Term, list[Term]]


class Heard:
    """The claims that speak of a node, the sources in which they stand, and how many witnesses those are."""

    def __init__(self) -> None:
        self.claims: set[Term] = set()
        self.sources: set[NamedNode] = set()


class Asker:
    """A store with the names and witnesses of all that is in it."""

    def __init__(self, store: Store, names: Names | None = None) -> None:
        self.store = store
        self._names = names

    @cached_property
    def names(self) -> Names:
        """The names of everything, read when they are first needed."""
        return self._names or Names(self.store)

    @cached_property
    def _witnesses(self) -> Witnesses:
        return Witnesses(self.store)

    def rows(self, query: str, **parts: Term) -> Iterator[Mapping[str, Term]]:
        """The rows of a query, each with the variables that have a value."""
        rows = self.store.query(_PREFIXES + query, parts)
        assert isinstance(rows, QuerySolutions)
        variables = [variable.value for variable in rows.variables]
        for row in rows:
            yield {name: row[name] for name in variables if row[name] is not None}

    def of_class(self, *classes: NamedNode) -> list[NamedNode]:
        """The nodes of these classes and their subclasses, in order of IRI."""
        found = {r["node"] for c in classes for r in self.rows(_OF_CLASS, **{"class": c})}
        return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)

    def values(self, term: NamedNode) -> Values:
        """The values of a property, by node: whatever says so."""
        return grouped(self.rows(_VALUES, property=term))

    def facts(self, term: NamedNode) -> Values:
        """The values of a property that are facts, by node."""
        return grouped(self.rows(_FACTS, property=term, facts=FACTS))

    def heard(self, part: NamedNode) -> Mapping[Term, Heard]:
        """Who speaks of each node, as this part of a claim."""
        found: dict[Term, Heard] = defaultdict(Heard)
        for row in self.rows(_HEARD, part=part):
            heard = found[row["node"]]
            heard.claims.add(row["claim"])
            if isinstance(source := row["source"], NamedNode):
                heard.sources.add(source)
        return found

    def counts(self, heard: Heard | None) -> dict[str, int]:
        """How many claims, sources and independent origins."""
        told = heard or Heard()
        return {
            "claims": len(told.claims),
            "sources": len(told.sources),
            "origins": self.witnesses(told.sources),
        }

    def witnesses(self, sources: Iterable[NamedNode]) -> int:
        """How many independent origins the sources have."""
        return self._witnesses.count(sources)

    def things(self, nodes: Iterable[Term] | None) -> tuple[Thing, ...]:
        """Nodes with their names, in order of name."""
        known = {Thing(node, self.names.name(node)) for node in nodes or () if isinstance(node, NamedNode)}
        return tuple(sorted(known, key=lambda thing: (thing.name, thing.node.value)))


def grouped(rows: Iterable[Mapping[str, Term]]) -> Values:
    """The values of each node, from rows of `node` and `value`."""
    found: dict[Term, list[Term]] = defaultdict(list)
    for row in rows:
        found[row["node"]].append(row["value"])
    return found


def dates(values: Iterable[Term] | None) -> list[str]:
    """The EDTF strings among values, each once, in order."""
    return sorted(
        {value.value for value in values or () if isinstance(value, Literal) and value.datatype == EDTF}
    )


def finest(days: list[str]) -> list[str]:
    """The dates without those that another of them says more precisely."""
    known = {text: parse(text) for text in days}
    return [
        d for d, one in known.items() if not any(overlap(one, o) and finer(o, one) for o in known.values())
    ]


def whens(values: Iterable[Term] | None) -> Several:
    """Dates, in order."""
    return Several(tuple(When(text, say(parse(text))) for text in dates(values)), "; ")


def texts(values: Iterable[Term] | None) -> Several:
    """Plain values, in order."""
    return Several(tuple(sorted({value.value for value in values or ()})))


def named(kind: str, node: NamedNode) -> dict[str, str]:
    """The cells that identify a row: the local name and the IRI."""
    return {kind: shorten(node.value).partition(":")[2], "iri": node.value}
