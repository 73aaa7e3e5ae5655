"""The graph as the story needs it: built in memory, its claims read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions

import pactgraph
from pactgraph.dates import Edtf, parse
from pactgraph.pages import Names, Told, read_witnesses, told
from pactgraph.vocabulary import FACTS, ONTOLOGY

Term = NamedNode | Literal
Parts = Mapping[str, Term]

_VALUES = """
SELECT DISTINCT ?node ?property ?value {
  VALUES ?kind { pact:Count pact:Amount }
  ?node a ?kind ; ?property ?value
}
"""
_TYPES = "SELECT DISTINCT ?node ?value { ?node a ?value }"
_STANDING = "SELECT DISTINCT ?node { ?node pact:supportsFacts true }"
_SINGLE = "SELECT DISTINCT ?node { ?node a owl:FunctionalProperty }"
_BY_LOCATOR = "SELECT DISTINCT ?node { ?node oa:hasSelector/a oa:TextQuoteSelector }"
_SUPPORTING = "SELECT DISTINCT ?node { ?proposition pact:supportedBy ?node }"
_ADOPTING = "SELECT DISTINCT ?node { ?pact pact:party ?group . ?node pact:memberOf ?group }"
_IMPLYING = "SELECT DISTINCT ?node { ?node pact:impliesStage pact:Signed }"


class Graph:
    """All claims of a project, what holds of them, and the names of what they speak of."""

    def __init__(self, store: pactgraph.store.Store) -> None:
        self.store = store
        self.names = Names(store)
        self.witnesses = read_witnesses(store)
        self.claims = told(store)
        self.pacts = pactgraph.listing(store, "pacts", self.names).rows
        self.sources = pactgraph.listing(store, "sources", self.names).rows

    def name(self, term: Term) -> str:
        """How people call a node or write a value."""
        return self.names.name(term)

    def told(self, predicate: str, subject: NamedNode | None = None) -> list[Told]:
        """The claims of a property, about one subject or all."""
        return [c for c in self.claims if local(c.predicate) == predicate and subject in (None, c.subject)]

    def origins(self, claims: Iterable[Told]) -> int:
        """From how many independent origins the claims come."""
        return self.witnesses.count(claim.source for claim in claims)

    def is_standing(self, claim: Told) -> bool:
        """Whether a claim is said as a fact, and not denied."""
        return claim.modality in self._standing and local(claim.polarity) == "Affirmed"

    def is_a(self, node: Term, kind: str) -> bool:
        """Whether a node is of a class."""
        return any(local(value) == kind for value in self._types.get(node, ()))

    def facts(self, node: Term, predicate: str) -> list[Term]:
        """What holds of a node, in order."""
        return self._facts.get((node, predicate), [])

    def parts(self, claim: Told) -> Parts:
        """The parts of the count or amount that is claimed, by their local names."""
        return self._values.get(claim.object, {})

    def adopters(self, pact: NamedNode) -> int:
        """How many parties are members of the groups that a pact names as its parties."""
        return sum(1 for _ in self._rows(_ADOPTING, pact=pact))

    @cached_property
    def single(self) -> frozenset[Term]:
        """The properties that have one value."""
        return frozenset(row["node"] for row in self._rows(_SINGLE))

    @cached_property
    def by_locator(self) -> frozenset[Term]:
        """The passages that are known by a few words only."""
        return frozenset(row["node"] for row in self._rows(_BY_LOCATOR))

    @cached_property
    def signing(self) -> Mapping[Term, list[Told]]:
        """The supporting claims by which a pact is signed, outright or by day, place, event or signatory, by pact."""
        supporting = {row["node"] for row in self._rows(_SUPPORTING)}
        found = defaultdict(list)
        for claim in self.claims:
            if claim.claim in supporting and self._says_signed(claim.predicate, claim.object):
                found[claim.subject].append(claim)
        signed = {node for (node, prop), values in self._facts.items() if self._any_signed(prop, values)}
        return {pact: claims for pact, claims in found.items() if pact in signed}

    def _says_signed(self, prop: NamedNode, value: Term) -> bool:
        return prop in self._implying or (local(prop), local(value)) == ("reachedStage", "Signed")

    def _any_signed(self, prop: str, values: Iterable[Term]) -> bool:
        return any(self._says_signed(NamedNode(f"{ONTOLOGY}{prop}"), value) for value in values)

    @cached_property
    def _implying(self) -> frozenset[Term]:
        return frozenset(row["node"] for row in self._rows(_IMPLYING))

    @cached_property
    def _standing(self) -> frozenset[Term]:
        return frozenset(row["node"] for row in self._rows(_STANDING))

    @cached_property
    def _types(self) -> Mapping[Term, list[Term]]:
        found = defaultdict(list)
        for row in self._rows(_TYPES):
            found[row["node"]].append(row["value"])
        return found

    @cached_property
    def _facts(self) -> Mapping[tuple[Term, str], list[Term]]:
        found: dict[tuple[Term, str], list[Term]] = defaultdict(list)
        for fact in sorted(self.store.triples(FACTS), key=str):
            assert isinstance(fact.subject, NamedNode) and isinstance(fact.object, Term)
            found[fact.subject, local(fact.predicate)].append(fact.object)
        return found

    @cached_property
    def _values(self) -> Mapping[Term, Parts]:
        found: dict[Term, dict[str, Term]] = defaultdict(dict)
        for row in self._rows(_VALUES):
            found[row["node"]][local(row["property"])] = row["value"]
        return found

    def _rows(self, query: str, **given: NamedNode) -> Iterator[Mapping[str, Term]]:
        rows = self.store.query(query, given)
        assert isinstance(rows, QuerySolutions)
        variables = [variable.value for variable in rows.variables]
        return ({name: row[name] for name in variables} for row in rows)


def read_graph(root: Path) -> Graph:
    """The graph of a project's data."""
    store = pactgraph.open_store(":memory:")
    pactgraph.build(pactgraph.Project(root), store, validated=False)
    return Graph(store)


def local(term: Term) -> str:
    """The last part of an IRI."""
    return term.value.rpartition("#")[2].rpartition("/")[2]


def when(term: Term | str | None) -> Edtf | None:
    """The time that is meant; None where there is none."""
    if term is None:
        return None
    return parse(term if isinstance(term, str) else term.value)
