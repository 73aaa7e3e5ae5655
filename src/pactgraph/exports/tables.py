"""The graph as tables, for people without RDF: claims, facts, pacts, sources, conflicts.

Each row has the IRI of what it is about, so that tables join, and names beside IRIs, so that a person can read them. What
is several is joined by `"; "`. Claims and sources are read source after source, so that memory does not grow with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.exports import columns
from pactgraph.exports.columns import Column
from pactgraph.exports.selection import by_name, is_source
from pactgraph.exports.syntaxes import Node, ordered
from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import Nodes, Properties, group, iris, one
from pactgraph.resolution.index import kinds_below
from pactgraph.store import Store
from pactgraph.vocabulary import (
    AUDITS,
    DCTERMS,
    FACTS,
    INDEX,
    LINKS,
    OA,
    PACT,
    PROPOSITIONS,
    PROV,
    RDF,
    SCHEMA,
    SKOS,
    shorten,
)

Cell = str | int | None
Row = Sequence[Cell]
_HOLDING: Final = (PACT.Unrivalled, PACT.Outweighing, PACT.Finest)
_LAYERS: Final = (AUDITS, FACTS, INDEX, LINKS, PROPOSITIONS)
_DESCRIBED: Final = "SELECT ?property ?value { ?node ?property ?value }"


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name, what one row of it is, and its columns; `rows` reads it anew at each call."""

    name: str
    row: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]


def tables(store: Store) -> tuple[Table, ...]:
    """All tables of a store."""
    read = _Reader(store)
    return (
        Table("claims", "a claim: one source saying one thing at one passage", columns.CLAIMS, read.claims),
        Table("facts", "a fact: a proposition that holds, with its support", columns.FACTS, read.facts),
        Table("pacts", "a pact, with the facts about its signing", columns.PACTS, read.pacts),
        Table("sources", "a published article or official page", columns.SOURCES, read.sources),
        Table(
            "conflicts",
            "a claim on one side of a conflict that audits found",
            columns.CONFLICTS,
            read.conflicts,
        ),
    )


class _Reader:
    """Reads the rows of tables from a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

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

    def pacts(self) -> Iterator[Row]:
        kinds = kinds_below(PACT.Pact, self._known)
        facts: dict[NamedNode, Properties] = defaultdict(dict)
        for node, properties in self._layer(FACTS):
            if kinds & set(self._known.get(node, {}).get(RDF.type, ())):
                facts[node] = properties
        for pact in sorted(self._known, key=lambda node: node.value):
            if kinds & set(self._known[pact].get(RDF.type, ())):
                yield self._pact(pact, {**facts[pact], **self._known[pact]})

    def conflicts(self) -> Iterator[Row]:
        nodes = group(self._store.triples(AUDITS))
        for conflict in sorted(_of(nodes, PACT.Conflict), key=lambda node: node.value):
            told = self._conflict(conflict, nodes[conflict])
            for side, claim in sorted(_sides(nodes[conflict], nodes)):
                yield (*told, side, claim)

    def _files(self) -> Iterator[Nodes]:
        """The nodes of each source's file, as they are read."""
        for name in filter(is_source, by_name(self._store)):
            yield dict(ordered(name, self._store.triples(name)))

    def _layer(self, name: NamedNode) -> Iterator[Node]:
        return ordered(name, self._store.triples(name))

    @cached_property
    def _known(self) -> Nodes:
        """The nodes of the ontology and the authority data."""
        graphs = (name for name in self._store.graphs() if not is_source(name) and name not in _LAYERS)
        return group(triple for name in graphs for triple in self._store.triples(name))

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self._known)

    @cached_property
    def _matches(self) -> Nodes:
        return group(self._store.triples(LINKS))

    def _claim(self, claim: NamedNode, nodes: Nodes) -> Row:
        properties = nodes[claim]
        passage = one(properties, PACT.passage)
        source = one(properties, PROV.wasDerivedFrom)
        return (
            claim.value,
            *self._said(properties, nodes),
            *(self._plain(one(properties, name)) for name in (PACT.modality, PACT.polarity)),
            _text(one(properties, PACT.speaker)),
            self._name(one(properties, PACT.speaker)),
            self._plain(one(properties, PACT.quotation)),
            _text(one(properties, PACT.statedOn)),
            _text(one(properties, PACT.asPrinted)),
            self._plain(*properties.get(PACT.flag, ())),
            _text(source),
            _text(passage),
            _selected(passage, nodes, OA.exact),
            _link(source, passage, nodes),
            _text(one(properties, PACT.proposition)),
            _text(one(properties, PROV.wasGeneratedBy)),
        )

    def _fact(self, node: NamedNode, properties: Properties) -> Row:
        return (
            node.value,
            *self._said(properties, {}),
            self._plain(one(properties, PACT.rank)),
            self._plain(one(properties, PACT.reason)),
            _whole(one(properties, PACT.witnesses)),
            len(properties.get(PACT.supportedBy, ())),
            len(properties.get(PACT.dissentedBy, ())),
            *(_text(one(properties, name)) for name in (PACT.acceptedFrom, PACT.earliest, PACT.latest)),
        )

    def _pact(self, pact: NamedNode, said: Properties) -> Row:
        parties = iris(said, PACT.party)
        return (
            pact.value,
            self._name(pact),
            self._plain(*said.get(RDF.type, ())),
            _joined(parties),
            self._plain(*parties),
            _joined(said.get(PACT.inGroup, ())),
            self._plain(*said.get(PACT.reachedStage, ())),
            _joined(said.get(PACT.signedOn, ())),
            self._plain(*said.get(PACT.signedIn, ())),
            self._plain(*said.get(PACT.signedBy, ())),
            _joined(said.get(PACT.term, ())),
            _joined(self._matches.get(pact, {}).get(SKOS.exactMatch, ())),
        )

    def _source(self, source: NamedNode, properties: Properties) -> Row:
        publisher = one(properties, SCHEMA.publisher)
        return (
            source.value,
            self._plain(*properties.get(RDF.type, ())),
            _text(one(properties, SCHEMA.headline) or one(properties, SCHEMA.abstract)),
            _text(one(properties, SCHEMA.inLanguage)),
            _text(one(properties, SCHEMA.datePublished)),
            _text(publisher),
            self._name(publisher),
            _joined(properties.get(SCHEMA.url, ())),
            _joined(properties.get(PACT.origin, ())),
        )

    def _conflict(self, conflict: NamedNode, properties: Properties) -> Row:
        subject = one(properties, RDF.subject)
        return (
            conflict.value,
            self._plain(one(properties, PACT.conflictType)),
            self._plain(one(properties, PACT.verdict)),
            _text(subject),
            self._name(subject),
            _short(one(properties, PACT.property)),
            _text(one(properties, DCTERMS.description)),
        )

    def _said(self, properties: Properties, nodes: Nodes) -> Row:
        subject, value = one(properties, RDF.subject), one(properties, RDF.object)
        parts = self._parts(value, nodes)
        return (
            _text(subject),
            self._name(subject),
            _short(one(properties, RDF.predicate)),
            _text(value),
            self._name(value),
            _type(value),
            *(_text(one(parts, name)) for name in (SCHEMA.value, SCHEMA.currency, PACT.period)),
            _text(one(properties, PACT.on)),
            self._plain(*properties.get(PACT.condition, ())),
            _whole(one(properties, PACT.howMany)),
        )

    def _parts(self, value: Term | None, nodes: Nodes) -> Properties:
        """The parts of an amount or count; nothing for any other value."""
        if not isinstance(value, NamedNode) or value in self._known:
            return {}
        return nodes[value] if value in nodes else self._described(value)

    def _described(self, node: NamedNode) -> Properties:
        rows = self._store.query(_DESCRIBED, {"node": node})
        assert isinstance(rows, QuerySolutions)
        found: Properties = {}
        for row in rows:
            found.setdefault(row["property"], []).append(row["value"])
        return found

    def _name(self, term: Term | None) -> str | None:
        return self._labels.label(term) if isinstance(term, NamedNode) and term in self._known else None

    def _plain(self, *terms: Term | None) -> str | None:
        """Names of nodes, in order."""
        return "; ".join(sorted(self._labels.label(term) for term in terms if term is not None)) or None


def _of(nodes: Nodes, *kinds: NamedNode) -> Iterator[NamedNode]:
    return (node for node, p in nodes.items() if not set(kinds).isdisjoint(p.get(RDF.type, ())))


def _sides(conflict: Properties, nodes: Nodes) -> Iterator[tuple[int, str]]:
    for side in iris(conflict, PACT.side):
        place = _whole(one(nodes[side], SCHEMA.position))
        yield from ((place or 0, claim.value) for claim in iris(nodes[side], PROV.hadMember))


def _selected(passage: Term | None, nodes: Nodes, part: NamedNode) -> str | None:
    """What a selector of a passage says."""
    selectors = iris(nodes.get(passage, {}), OA.hasSelector) if isinstance(passage, NamedNode) else []
    return next((_text(one(nodes[s], part)) for s in selectors if part in nodes.get(s, {})), None)


def _link(source: Term | None, passage: Term | None, nodes: Nodes) -> str | None:
    """https://wicg.github.io/scroll-to-text-fragment/."""
    urls = (
        sorted(url.value for url in iris(nodes.get(source, {}), SCHEMA.url))
        if isinstance(source, NamedNode)
        else []
    )
    directive = _selected(passage, nodes, RDF.value)
    return f"{urls[0]}{'' if '#' in urls[0] else '#'}{directive or ''}".rstrip("#") if urls else None


def _text(term: Term | None) -> str | None:
    return None if term is None else term.value


def _short(term: Term | None) -> str | None:
    return None if term is None else shorten(term.value)


def _whole(term: Term | None) -> int | None:
    return None if term is None else int(term.value)


def _joined(terms: Iterable[Term]) -> str | None:
    return "; ".join(sorted(term.value for term in terms)) or None


def _type(term: Term | None) -> str | None:
    if not isinstance(term, Literal):
        return None if term is None else "iri"
    return f"@{term.language}" if term.language else shorten(term.datatype.value)
