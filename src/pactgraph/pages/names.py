"""From the names that people type to the nodes of the graph, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.dates import parse, say
from pactgraph.errors import UsageError
from pactgraph.store import Store
from pactgraph.vocabulary import EDTF, ID, ONTOLOGY, PACT, RDF, SCHEMA, expand, shorten

_NAMES = """
PREFIX pact: <https://w3id.org/pactgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?node ?kind ?name WHERE {
  { ?node skos:prefLabel ?name BIND(0 AS ?kind) } UNION
  { ?node rdfs:label ?name BIND(1 AS ?kind) } UNION
  { ?node schema:headline ?name BIND(1 AS ?kind) } UNION
  { ?node pact:code ?name BIND(2 AS ?kind) } UNION
  { ?node skos:altLabel ?name BIND(3 AS ?kind) } UNION
  { ?node pact:demonym ?name BIND(3 AS ?kind) } UNION
  { ?node pact:metonym ?name BIND(3 AS ?kind) }
}
"""
_PARTS = "SELECT ?property ?value { ?node ?property ?value }"
_OF_KIND = "SELECT ?node { ?node a ?kind }"
_UNNAMED = {"claim": PACT.Claim, "proposition": PACT.Proposition}
"""What has no names but its hash."""
_MOST = 12
"""Candidates that a message lists."""


class Names:
    """The names of everything in a store, read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._preferred: dict[str, str] = {}
        self._bearers: dict[str, set[str]] = defaultdict(set)
        rows = store.query(_NAMES)
        assert isinstance(rows, QuerySolutions)
        found = (
            (r["node"].value, int(r["kind"].value), r["name"].language != "en", r["name"].value) for r in rows
        )
        for node, kind, _, name in sorted(found):
            if kind < 2:
                self._preferred.setdefault(node, name)
            self._bearers[name.casefold()].add(node)

    def name(self, term: Term) -> str:
        """How people call a node or write a value."""
        if isinstance(term, Literal):
            return say(parse(term.value)) if term.datatype == EDTF else term.value
        if term.value.startswith(f"{ID}value/"):
            return self._value(term)
        return self._preferred.get(term.value, shorten(term.value))

    def find(self, given: str, kinds: Iterable[str] = ()) -> NamedNode:
        """The node that a name, code, identifier, prefixed name, IRI or beginning of one of them means.

        `kinds` (`pact`, `official` …) come first where several nodes fit. Raises UsageError with the candidates where
        the name fits several nodes or none.
        """
        exact = self._exact(given)
        if len(exact) == 1:
            return _node(exact.pop(), given)
        candidates = exact or self._beginning(given)
        preferred = {
            c for c in candidates if c.removeprefix(ID).partition("/")[0] in set(kinds)
        } or candidates
        if len(preferred) == 1:
            return NamedNode(preferred.pop())
        raise _unclear(given, preferred or self._nearest(given))

    def fits(self, given: str, term: Term) -> bool:
        """Whether what a person typed can mean this value: its name, its text, or a name of the node."""
        if given.casefold() in (self.name(term).casefold(), term.value.casefold()):
            return True
        return isinstance(term, NamedNode) and term.value in self._exact(given)

    def _exact(self, given: str) -> set[str]:
        if "://" in given:
            return {given}
        if iri := expand(given):
            return {iri} if iri in self._nodes else self._starting(iri)
        if f"{ONTOLOGY}{given}" in self._nodes:
            return {f"{ONTOLOGY}{given}"}
        local = {node for node in self._nodes if node.removeprefix(ID).partition("/")[2] == given}
        return local or set(self._bearers.get(given.casefold(), ()))

    def _starting(self, iri: str) -> set[str]:
        """The claims or propositions whose names start so; the IRI itself where there are none."""
        kind = next((kind for kind in _UNNAMED if iri.startswith(f"{ID}{kind}/")), None)
        if kind is None:
            return {iri}
        rows = self._store.query(_OF_KIND, {"kind": _UNNAMED[kind]})
        assert isinstance(rows, QuerySolutions)
        return {row["node"].value for row in rows if row["node"].value.startswith(iri)} or {iri}

    def _beginning(self, given: str) -> set[str]:
        start = given.casefold()
        named = {node for name, nodes in self._bearers.items() if name.startswith(start) for node in nodes}
        return named | {
            node for node in self._nodes if node.removeprefix(ID).partition("/")[2].startswith(start)
        }

    def _nearest(self, given: str) -> set[str]:
        from difflib import get_close_matches

        local = {node.removeprefix(ID).partition("/")[2]: node for node in self._nodes}
        known = [*self._bearers, *local]
        near = get_close_matches(given.casefold(), known, n=_MOST, cutoff=0.6)
        return {
            node for name in near for node in (*self._bearers.get(name, ()), *filter(None, [local.get(name)]))
        }

    @cached_property
    def _nodes(self) -> frozenset[str]:
        return frozenset(node for nodes in self._bearers.values() for node in nodes)

    def _value(self, node: NamedNode) -> str:
        rows = self._store.query(_PARTS, {"node": node})
        assert isinstance(rows, QuerySolutions)
        parts = {row["property"]: row["value"] for row in rows}
        number = _grouped(parts[SCHEMA.value].value)
        if parts[RDF.type] == PACT.Count or PACT.counts in parts:
            as_of = f" as of {self.name(parts[PACT.asOf])}" if PACT.asOf in parts else ""
            return f"{number} {self.name(parts[PACT.counts])}{as_of}"
        period = f" for {self.name(parts[PACT.period])}" if PACT.period in parts else ""
        return f"{parts[SCHEMA.currency].value} {number}{period}"


def _node(iri: str, given: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        raise UsageError(f"{given!r} is no name and no IRI") from None


def _grouped(number: str) -> str:
    whole, point, fraction = number.partition(".")
    return f"{int(whole):,}{point}{fraction}"


def _unclear(given: str, candidates: set[str]) -> UsageError:
    listed = sorted(shorten(candidate) for candidate in candidates)
    if not listed:
        return UsageError(f"nothing here is called {given!r}; see: pactgraph list")
    more = f"\n  … and {len(listed) - _MOST} more" if len(listed) > _MOST else ""
    return UsageError(f"{given!r} could be:\n  " + "\n  ".join(listed[:_MOST]) + more)
