"""What of the graph is to be linked, with what tells it from others of its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.dates import Edtf, parse
from pactgraph.store import Store
from pactgraph.vocabulary import EDTF, FACTS, PACT, PREFIXES, SCHEMA, SKOS, shorten
from pactgraph.wikidata import Correspondence, LinkedKind

_OF_CLASS: Final = "SELECT DISTINCT ?value { ?value a/rdfs:subClassOf* ?class }"
_VALUES: Final = "SELECT DISTINCT ?value { ?node ?property ?value }"
_FACTS: Final = "SELECT DISTINCT ?value { GRAPH ?facts { ?node ?property ?value } }"
_OFFICES: Final = """
SELECT DISTINCT ?value {
  { ?node pact:holdsOffice ?value } UNION { ?tenure pact:holder ?node ; pact:office ?value }
}
"""
_TELLING: Final = (PACT.actsFor, PACT.party, PACT.domain, SCHEMA.birthDate)
_PARTIES: Final = """
SELECT DISTINCT ?value {
  { ?node pact:actsFor+ ?value }
  UNION { ?node pact:holdsOffice/pact:actsFor+ ?value }
  UNION { ?tenure pact:holder ?node ; pact:office/pact:actsFor+ ?value }
}
"""


@dataclass(frozen=True, slots=True)
class Linkable:
    """A node with its names, preferred ones first, and what else an item could share with it.

    `countries` and `signatories` are the items of parties; `domains` are those of websites.
    """

    node: NamedNode
    kind: LinkedKind
    names: tuple[Literal, ...]
    born: tuple[Edtf, ...] = ()
    days: tuple[Edtf, ...] = ()
    countries: frozenset[str] = frozenset()
    signatories: frozenset[str] = frozenset()
    domains: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The preferred name, or the prefixed one."""
        return self.names[0].value if self.names else shorten(self.node.value)

    @property
    def curie(self) -> str:
        """The prefixed name."""
        return shorten(self.node.value)


class Linkables:
    """Reads things from a store; `items` are those of the parties that are linked already.

    `close` are the parties of items that are close to them: who is of a state may be said there to be of its kingdom.
    """

    def __init__(
        self,
        store: Store,
        mapping: Correspondence,
        items: Mapping[str, str],
        close: Mapping[str, str] | None = None,
    ) -> None:
        self._store, self._mapping, self._items, self._close = store, mapping, items, close or {}
        self._dating = sorted(
            {said.fact for said in mapping.statements if said.property in mapping.match.day},
            key=lambda node: node.value,
        )

    def of_kind(self, kind: LinkedKind) -> list[NamedNode]:
        """The nodes of a kind, in order of IRI."""
        return [node for node in self._ask(_OF_CLASS, **{"class": kind.node}) if isinstance(node, NamedNode)]

    def thing(self, node: NamedNode, kind: LinkedKind) -> Linkable:
        """A node as a thing of a kind."""
        return Linkable(
            node,
            kind,
            self._names(node),
            born=tuple(_dates(self._ask(_VALUES, node=node, property=SCHEMA.birthDate))),
            days=tuple(d for term in self._dating for d in _dates(self._facts(node, term))),
            countries=self._countries(self._ask(_PARTIES, node=node)),
            signatories=self._linked(self._ask(_VALUES, node=node, property=PACT.party)),
            domains=tuple(v.value for v in self._ask(_VALUES, node=node, property=PACT.domain)),
        )

    def about(self, node: NamedNode) -> list[Term]:
        """What tells a node from others of its name: offices, whom it acts for, parties, website, days."""
        told = [value for term in _TELLING for value in self._ask(_VALUES, node=node, property=term)]
        days = [value for term in self._dating for value in self._facts(node, term)]
        return list(dict.fromkeys([*self._ask(_OFFICES, node=node), *told, *days]))

    def _names(self, node: NamedNode) -> tuple[Literal, ...]:
        found = (
            name
            for term in (SKOS.prefLabel, SKOS.altLabel)
            for name in sorted(self._ask(_VALUES, node=node, property=term), key=_foreign)
        )
        return tuple(name for name in found if isinstance(name, Literal))

    def _facts(self, node: NamedNode, term: NamedNode) -> list[Term]:
        return self._ask(_FACTS, node=node, property=term, facts=FACTS)

    def _countries(self, parties: Sequence[Term]) -> frozenset[str]:
        names = {shorten(party.value) for party in parties}
        near = (item for item, party in self._close.items() if party in names)
        return self._linked(parties) | {item.removeprefix("wd:") for item in near}

    def _linked(self, parties: Iterable[Term]) -> frozenset[str]:
        names = (shorten(party.value) for party in parties)
        return frozenset(self._items[name].removeprefix("wd:") for name in names if name in self._items)

    def _ask(self, query: str, **parts: NamedNode) -> list[Term]:
        rows = self._store.query(query, parts)
        assert isinstance(rows, QuerySolutions)
        return sorted((row["value"] for row in rows), key=str)


def _foreign(name: Term) -> bool:
    return not (isinstance(name, Literal) and (name.language or "").partition("-")[0] == "en")


def _dates(values: Iterable[Term]) -> Iterator[Edtf]:
    for value in values:
        if isinstance(value, Literal) and value.datatype == EDTF:
            yield parse(value.value)


def entity(name: str) -> NamedNode:
    """The node of an item by its id."""
    return NamedNode(PREFIXES["wd"] + name)
