"""The graph as tables, for people without RDF: claims, facts, what supports them, pacts, sources, conflicts, things.

Each row begins with the IRI of what it is about, so that tables join, and has names beside IRIs, so that a person can read
them. Everything is read source after source or node after node, so that memory does not grow with the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import groupby
from typing import Final

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.exports import columns
from pactgraph.exports.cells import Cell, days, kind, link, several, short, text, whole, words
from pactgraph.exports.columns import Column
from pactgraph.exports.described import Described
from pactgraph.exports.selection import by_name, is_source
from pactgraph.exports.syntaxes import Node, ordered
from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import Nodes, Properties, group, iris, one
from pactgraph.resolution.index import kinds_below
from pactgraph.resolution.voices import read_date
from pactgraph.store import Store
from pactgraph.vocabulary import (
    AUDITS,
    DCTERMS,
    FACTS,
    ID,
    LINKS,
    ONTOLOGY_GRAPH,
    PACT,
    PROPOSITIONS,
    PROV,
    RDF,
    SCHEMA,
    SKOS,
)

Row = Sequence[Cell]
_HOLDING: Final = (PACT.Unrivalled, PACT.Outweighing, PACT.Finest)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name, what one row of it is, and its columns; `rows` reads it anew at each call.

    `key` is how many columns tell its rows apart.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]
    key: int = 1


def tables(store: Store) -> tuple[Table, ...]:
    """All tables of a store."""
    read = _Reader(store)
    conflict = "a claim on one side of a conflict that audits found"
    thing = "a party, official, publisher, place or whatever else the others name"
    return (
        Table("claims", "a claim: one source saying one thing at one passage", columns.CLAIMS, read.claims),
        Table("facts", "a fact: a proposition that holds, with its support", columns.FACTS, read.facts),
        Table("support", "a claim for or against a fact", columns.SUPPORT, read.support, key=3),
        Table("pacts", "a pact, with the facts about its signing", columns.PACTS, read.pacts),
        Table("sources", "a published article or official page", columns.SOURCES, read.sources),
        Table("conflicts", conflict, columns.CONFLICTS, read.conflicts, key=0),
        Table("things", thing, columns.THINGS, read.things),
    )


class _Reader:
    """Reads the rows of tables from a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known = Described(store)

    def claims(self) -> Iterator[Row]:
        for nodes in self._files():
            yield from (self._claim(claim, nodes) for claim in _of(nodes, PACT.Claim))

    def sources(self) -> Iterator[Row]:
        for nodes in self._files():
            count = sum(1 for _ in _of(nodes, PACT.Claim))
            for source in _of(nodes, SCHEMA.NewsArticle, SCHEMA.WebPage):
                yield (*self._source(source, nodes[source]), count)

    def facts(self) -> Iterator[Row]:
        for node, properties in self._layer(PROPOSITIONS):
            if one(properties, PACT.reason) in _HOLDING:
                yield self._fact(node, properties)

    def support(self) -> Iterator[Row]:
        for node, properties in self._layer(PROPOSITIONS):
            if one(properties, PACT.reason) in _HOLDING:
                for stands, name in (("for", PACT.supportedBy), ("against", PACT.dissentedBy)):
                    yield from ((node.value, claim, stands) for claim in several(properties.get(name, ())))

    def pacts(self) -> Iterator[Row]:
        kinds = kinds_below(PACT.Pact, group(self._store.triples(ONTOLOGY_GRAPH)))
        layers = merge(self._layer(FACTS), self._known.nodes(), key=_place)
        for pact, described in groupby(layers, key=_node):
            said = {name: values for _, properties in described for name, values in properties.items()}
            if kinds & set(said.get(RDF.type, ())):
                yield self._pact(pact, said)

    def conflicts(self) -> Iterator[Row]:
        nodes = group(self._store.triples(AUDITS))
        for conflict in sorted(_of(nodes, PACT.Conflict), key=lambda node: node.value):
            told = self._conflict(conflict, nodes[conflict])
            for side, claim in sorted(_sides(nodes[conflict], nodes)):
                yield (*told, side, claim)

    def things(self) -> Iterator[Row]:
        for node, properties in self._known.nodes():
            if node.value.startswith(ID):
                yield self._thing(node, properties)

    def _files(self) -> Iterator[Nodes]:
        """The nodes of each source's file, as they are read."""
        for name in filter(is_source, by_name(self._store)):
            yield dict(ordered(name, self._store.triples(name)))

    def _layer(self, name: NamedNode) -> Iterator[Node]:
        return ordered(name, self._store.triples(name))

    @cached_property
    def _matches(self) -> Nodes:
        return group(self._store.triples(LINKS))

    def _claim(self, claim: NamedNode, nodes: Nodes) -> Row:
        properties = nodes[claim]
        passage, source = one(properties, PACT.passage), one(properties, PROV.wasDerivedFrom)
        speaker, stated = one(properties, PACT.speaker), one(properties, PACT.statedOn)
        return (
            claim.value,
            *self._said(properties, nodes),
            self._plain(one(properties, PACT.modality)),
            self._plain(one(properties, PACT.polarity)),
            text(speaker),
            self._known.name(speaker),
            self._plain(one(properties, PACT.quotation)),
            text(stated),
            *days(read_date(stated)),
            text(one(properties, PACT.asPrinted)),
            self._names(properties.get(PACT.flag, ())),
            text(source),
            text(passage),
            words(passage, nodes),
            link(source, passage, nodes),
            text(one(properties, PACT.proposition)),
            text(one(properties, PROV.wasGeneratedBy)),
        )

    def _fact(self, node: NamedNode, properties: Properties) -> Row:
        return (
            node.value,
            *self._said(properties, {}),
            self._plain(one(properties, PACT.rank)),
            self._plain(one(properties, PACT.reason)),
            whole(one(properties, PACT.witnesses)),
            len(properties.get(PACT.supportedBy, ())),
            len(properties.get(PACT.dissentedBy, ())),
            text(one(properties, PACT.acceptedFrom)),
        )

    def _pact(self, pact: NamedNode, said: Properties) -> Row:
        return (
            pact.value,
            self._known.name(pact),
            self._names(said.get(RDF.type, ())),
            *self._named(said, PACT.party),
            *self._named(said, PACT.inGroup),
            self._names(said.get(PACT.reachedStage, ())),
            several(said.get(PACT.signedOn, ())),
            *self._named(said, PACT.signedIn),
            *self._named(said, PACT.signedBy),
            several(said.get(PACT.term, ())),
            self._same(pact),
        )

    def _source(self, source: NamedNode, properties: Properties) -> Row:
        publisher, published = one(properties, SCHEMA.publisher), one(properties, SCHEMA.datePublished)
        return (
            source.value,
            "article" if SCHEMA.NewsArticle in properties[RDF.type] else "page",
            text(one(properties, SCHEMA.headline) or one(properties, SCHEMA.abstract)),
            text(one(properties, SCHEMA.inLanguage)),
            text(published),
            *days(read_date(published)),
            text(publisher),
            self._known.name(publisher),
            several(properties.get(SCHEMA.url, ())),
            *self._named(properties, PACT.origin),
        )

    def _thing(self, node: NamedNode, properties: Properties) -> Row:
        labels = Labels({node: properties})
        name = labels.label(node)
        others = (each for each in labels.names(node) if each != name)
        return (
            node.value,
            self._names(properties.get(RDF.type, ())),
            name,
            tuple(sorted(others)),
            self._same(node),
        )

    def _conflict(self, conflict: NamedNode, properties: Properties) -> Row:
        subject = one(properties, RDF.subject)
        return (
            conflict.value,
            self._plain(one(properties, PACT.conflictType)),
            self._plain(one(properties, PACT.verdict)),
            text(subject),
            self._known.name(subject),
            short(one(properties, PACT.property)),
            text(one(properties, DCTERMS.description)),
        )

    def _said(self, properties: Properties, nodes: Nodes) -> Row:
        subject, value, on, condition = (
            one(properties, name) for name in (RDF.subject, RDF.object, PACT.on, PACT.condition)
        )
        parts = self._parts(value, nodes)
        return (
            text(subject),
            self._known.name(subject),
            short(one(properties, RDF.predicate)),
            text(value),
            self._known.name(value),
            kind(value),
            *(text(one(parts, name)) for name in (SCHEMA.value, SCHEMA.currency, PACT.period)),
            text(on),
            *days(read_date(value) or read_date(on)),
            text(condition),
            self._known.name(condition),
            whole(one(properties, PACT.howMany)),
        )

    def _parts(self, value: Term | None, nodes: Nodes) -> Properties:
        """The parts of an amount or count; nothing for any other value."""
        if not isinstance(value, NamedNode) or self._known.name(value) is not None:
            return {}
        return nodes[value] if value in nodes else self._known.said(value)

    def _named(self, properties: Properties, name: NamedNode) -> tuple[Cell, Cell]:
        """The values of a property and their names, in the same order."""
        values = sorted(iris(properties, name), key=lambda node: node.value)
        return several(values), tuple(map(self._known.label, values))

    def _names(self, terms: Iterable[Term]) -> tuple[str, ...]:
        return tuple(sorted(map(self._known.label, terms)))

    def _plain(self, term: Term | None) -> str | None:
        """The name of one of the terms that the ontology gives to choose from."""
        return None if term is None else self._known.label(term)

    def _same(self, node: NamedNode) -> tuple[str, ...]:
        return several(self._matches.get(node, {}).get(SKOS.exactMatch, ()))


def _node(node: Node) -> NamedNode:
    return node[0]


def _place(node: Node) -> bytes:
    """Where a node stands in the order of `by_subject`."""
    return f"<{node[0].value}>".encode()


def _of(nodes: Nodes, *kinds: NamedNode) -> Iterator[NamedNode]:
    return (node for node, p in nodes.items() if not set(kinds).isdisjoint(p.get(RDF.type, ())))


def _sides(conflict: Properties, nodes: Nodes) -> Iterator[tuple[int, str]]:
    for side in iris(conflict, PACT.side):
        place = whole(one(nodes[side], SCHEMA.position))
        yield from ((place or 0, claim.value) for claim in iris(nodes[side], PROV.hadMember))
