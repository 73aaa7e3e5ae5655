"""All that the site tells, read once: the nodes with their properties, both ways, and the claims by each of their parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Term, term_key
from pactgraph.graph.nodes import Nodes, group, iris, one
from pactgraph.pages import Names, Page, Told, Witnesses, page_of, read_witnesses, told
from pactgraph.pages.asking import Asker
from pactgraph.pages.cells import Row
from pactgraph.pages.pacts import Pacts
from pactgraph.site.addresses import document_of, kind_of
from pactgraph.store import Store
from pactgraph.vocabulary import DIGEST_LENGTH, ID, PACT, RDF, shorten

_CAPITAL: Final = re.compile(r"[A-Z](?=[a-z])|(?<=[a-z])[A-Z]")
Question = tuple[Term, Term, Term]
"""Subject, property and value."""


class Known:
    """A store, read for its site; `proved` tells of passages whether their links lead to them and nowhere else."""

    def __init__(self, store: Store, proved: Mapping[NamedNode, bool] | None = None) -> None:
        self.store = store
        self.proved = proved or {}
        self.names = Names(store)
        self.names.read()
        self.graphs = store.graphs()
        graphs = sorted(self.graphs, key=lambda graph: graph.value)
        self.nodes: Nodes = group(triple for graph in graphs for triple in store.triples(graph))
        self.claims = {claim.claim: claim for claim in told(store)}
        self._named: dict[Term, str] = {}
        self._pages: dict[NamedNode, Page] = {}

    def name(self, term: Term) -> str:
        """How people call a node or write a value; what has no name goes by its IRI or the start of its hash."""
        if term not in self._named:
            self._named[term] = self._name(term)
        return self._named[term]

    def _name(self, term: Term) -> str:
        said = self.names.name(term)
        if not isinstance(term, NamedNode) or said != shorten(term.value):
            return said
        if term.value.startswith(ID):
            return self._unnamed(term) or said
        return said if said == term.value else _spaced(said.partition(":")[2]) or said

    def _unnamed(self, node: NamedNode) -> str:
        """How to call a node of the graph that has no name: a tenure by holder and office, a graph by its path."""
        kind, _, local = node.value.removeprefix(ID).partition("/")
        if kind == "graph" or "#" in local:
            return local.rpartition("#")[2]
        if parts := self.of(node, PACT.holder) + self.of(node, PACT.office):
            return ", ".join(map(self.name, parts))
        return f"{kind} {local[:6]}" if len(local) == DIGEST_LENGTH else local.replace("-", " ")

    def of(self, node: Term, *properties: NamedNode) -> list[Term]:
        """The values of properties of a node, in a fixed order."""
        known = self.nodes.get(node, {}) if isinstance(node, NamedNode) else {}
        return sorted({value for name in properties for value in known.get(name, ())}, key=term_key)

    def iris(self, node: NamedNode, property_: NamedNode) -> list[NamedNode]:
        """The nodes that are values of a property of a node, by name."""
        return self.by_name(iris(self.nodes.get(node, {}), property_))

    def one(self, node: Term, property_: NamedNode) -> Term | None:
        """The only value of a property of a node."""
        return one(self.nodes.get(node, {}), property_) if isinstance(node, NamedNode) else None

    def text(self, node: Term, property_: NamedNode) -> str | None:
        """The only value of a property, as text."""
        value = self.one(node, property_)
        return value.value if isinstance(value, Literal) else None

    def kinds(self, node: NamedNode) -> list[NamedNode]:
        """The classes of a node."""
        return self.iris(node, RDF.type)

    def by_name(self, nodes: Iterable[NamedNode]) -> list[NamedNode]:
        """Nodes in the order of their names."""
        return sorted(set(nodes), key=lambda node: (self.name(node).casefold(), node.value))

    def triples(self, nodes: Iterable[NamedNode]) -> Iterator[Triple]:
        """All that is said of some nodes."""
        for node in nodes:
            for name, values in self.nodes.get(node, {}).items():
                yield from (Triple(node, name, value) for value in values)

    @cached_property
    def asker(self) -> Asker:
        """What answers questions about pacts."""
        ask = Asker(self.store, self.names)
        ask.read()
        return ask

    @cached_property
    def pacts(self) -> Pacts:
        """The pacts with what is most asked of them."""
        return Pacts(self.asker)

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The rows of the list of pacts, in the order of signing."""
        return self.pacts.rows()[0]

    @cached_property
    def places(self) -> Mapping[NamedNode, int]:
        """Where in that list each pact stands."""
        return {NamedNode(str(row["iri"])): place for place, row in enumerate(self.rows)}

    def page(self, node: NamedNode) -> Page:
        """What the command `show` tells of a pact or a group."""
        if node not in self._pages:
            self._pages[node] = page_of(self.asker, node, self.pacts)
        return self._pages[node]

    @cached_property
    def witnesses(self) -> Witnesses:
        """What tells how many independent origins sources have."""
        return read_witnesses(self.store)

    @cached_property
    def documents(self) -> Mapping[str, list[NamedNode]]:
        """The IRIs of the graph by the document that describes them, each document's own IRI first."""
        found: dict[str, set[NamedNode]] = defaultdict(set)
        for node in {*self.nodes, *self.bearers, *self.graphs}:
            document = document_of(node.value)
            if document is not None and kind_of(document):
                found[document].add(node)
        return {
            document: sorted(nodes, key=lambda node: node.value) for document, nodes in sorted(found.items())
        }

    @cached_property
    def by_kind(self) -> Mapping[str, list[NamedNode]]:
        """The nodes that have a page of their own, by kind and name."""
        found: dict[str, list[NamedNode]] = defaultdict(list)
        for document, nodes in self.documents.items():
            found[kind_of(document)].append(NamedNode(nodes[0].value.partition("#")[0]))
        return {kind: self.by_name(nodes) for kind, nodes in sorted(found.items())}

    @cached_property
    def bearers(self) -> Mapping[NamedNode, list[tuple[NamedNode, NamedNode]]]:
        """The properties and subjects of which each node is a value."""
        found: dict[NamedNode, list[tuple[NamedNode, NamedNode]]] = defaultdict(list)
        for subject, properties in self.nodes.items():
            for name, values in properties.items():
                for value in values:
                    if isinstance(value, NamedNode):
                        found[value].append((name, subject))
        return found

    def bearing(self, node: NamedNode, *properties: NamedNode) -> list[NamedNode]:
        """The nodes that have a node as value of one of these properties, by name."""
        return self.by_name(subject for name, subject in self.bearers.get(node, ()) if name in properties)

    @cached_property
    def about(self) -> Mapping[Term, list[Told]]:
        """Claims by their subject."""
        return self._claims_by(lambda claim: claim.subject)

    @cached_property
    def naming(self) -> Mapping[Term, list[Told]]:
        """Claims by their value."""
        return self._claims_by(lambda claim: claim.object)

    @cached_property
    def spoken(self) -> Mapping[Term, list[Told]]:
        """Claims by who says so."""
        return self._claims_by(lambda claim: claim.speaker)

    @cached_property
    def within(self) -> Mapping[Term, list[Told]]:
        """Claims by the source that they stand in."""
        return self._claims_by(lambda claim: claim.source)

    @cached_property
    def making(self) -> Mapping[Term, list[Told]]:
        """Claims by what they claim."""
        return self._claims_by(lambda claim: claim.proposition)

    def _claims_by(self, part: Callable[[Told], Term]) -> Mapping[Term, list[Told]]:
        found: dict[Term, list[Told]] = defaultdict(list)
        for claim in self.claims.values():
            found[part(claim)].append(claim)
        return found

    @cached_property
    def propositions(self) -> Mapping[Question, list[NamedNode]]:
        """The propositions that say something of a node."""
        found: dict[Question, list[NamedNode]] = defaultdict(list)
        for node in self.bearers.get(PACT.Proposition, ()):
            parts = [self.one(node[1], part) for part in (RDF.subject, RDF.predicate, RDF.object)]
            subject, predicate, value = parts
            if subject is not None and predicate is not None and value is not None:
                found[subject, predicate, value].append(node[1])
        return found


def _spaced(local: str) -> str:
    """The name of a term of another vocabulary as words: `NewsArticle` is a news article; codes stay as they are."""
    if not local.isalpha() or local.upper() == local:
        return local
    return _CAPITAL.sub(lambda match: f" {match[0].lower()}", local).strip()
