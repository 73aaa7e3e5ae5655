"""Small invented worlds for the tests of audits: parties, pacts, and claims of them, in a store in memory."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Triple

from pactgraph.claim import Claim, Proposition, Term
from pactgraph.graph.codec import encode
from pactgraph.graph.minting import value_iri
from pactgraph.graph.nodes import group, read_triples
from pactgraph.store import LocalStore
from pactgraph.vocabulary import EDTF, ID, OA, ONTOLOGY, PACT, RDF, SCHEMA, SKOS, XSD, graph_iri

ROOT = Path(__file__).parents[1]


@cache
def ontology() -> tuple[Triple, ...]:
    return tuple(read_triples(ROOT / "ontology" / "pact.ttl"))


def pact(name: str) -> NamedNode:
    """A term of the ontology."""
    return NamedNode(ONTOLOGY + name)


def an(kind: str, name: str) -> NamedNode:
    """A node of a kind: `party`, `pact`, `group` …"""
    return NamedNode(f"{ID}{kind}/{name}")


def day(text: str) -> Literal:
    return Literal(text, datatype=EDTF)


def number(value: int | str) -> Literal:
    return Literal(str(value), datatype=XSD.decimal)


class SmallWorld:
    """A hub with a group of pacts, of which parties and claims are added one by one."""

    def __init__(self) -> None:
        self.triples: list[Triple] = list(ontology())
        self.hub, self.group = an("party", "hub"), an("group", "all")
        self.party("hub")
        self._add(self.group, RDF.type, pact("PactGroup"))
        self._add(self.group, PACT.hub, self.hub)
        self._named(self.group, "the hub's pacts")

    @property
    def store(self) -> LocalStore:
        store = LocalStore.in_memory()
        where = graph_iri("world")
        store.load(Quad(t.subject, t.predicate, t.object, where) for t in self.triples)
        return store

    def party(self, name: str, kind: str = "State", member_of: str = "") -> NamedNode:
        node = an("party", name)
        self._add(node, RDF.type, pact(kind))
        self._named(node, name.title())
        for each in member_of.split():
            self._add(node, PACT.memberOf, an("party", each))
        return node

    def pact(
        self,
        name: str,
        signed: str | None = None,
        *,
        kind: str = "State",
        member_of: str = "",
        in_group: bool = True,
        source: str = "chronicle",
        known: str = "2023-01-01",
    ) -> NamedNode:
        """The pact of the hub with a party of that name, and a claim of the day of its signing, if any."""
        node = an("pact", name)
        self._add(node, RDF.type, pact("Agreement"))
        self._named(node, f"Hub–{name.title()} pact")
        for party in (self.hub, self.party(name, kind, member_of)):
            self._add(node, PACT.party, party)
        if in_group:
            self._add(node, PACT.inGroup, self.group)
        if signed:
            self.claim(node, PACT.signedOn, day(signed), source=source, published=known)
        return node

    def claim(
        self,
        subject: NamedNode,
        predicate: NamedNode,
        value: Term,
        *,
        source: str = "paper",
        published: str | None = "2024-01-01",
        stated: str | None = None,
        passage: str = "1",
        speaker: str = "speaker",
        modality: str = "Factual",
        denied: bool = False,
        scope: tuple[tuple[NamedNode, Term], ...] = (),
        placed: bool = False,
    ) -> NamedNode:
        where = an("source", f"{source}-{published}")
        place = NamedNode(f"{where.value}#{passage}")
        claim = Claim(
            where,
            place,
            Proposition(subject, predicate, value, scope),
            an("official", speaker),
            pact(modality),
            PACT.Denied if denied else PACT.Affirmed,
            PACT.OwnVoice,
            "as printed",
            stated or published,
        )
        self.triples += encode(claim)
        self._add(where, SCHEMA.publisher, an("publisher", source))
        if published:
            self._add(where, SCHEMA.datePublished, day(published))
        if placed:
            selector = NamedNode(f"{place.value}-position")
            self._add(place, OA.hasSelector, selector)
            self._add(selector, RDF.type, OA.TextPositionSelector)
        return claim.iri

    def count(
        self,
        value: int,
        of: str,
        as_of: str | None,
        *,
        subject: NamedNode | None = None,
        bound: str | None = None,
        among: str | None = None,
        published: str | None = None,
        lists: tuple[NamedNode, ...] = (),
        source: str = "paper",
        modality: str = "Factual",
    ) -> NamedNode:
        """A reported count, and claims of the same passage that what it lists has reached the stage counted."""
        parts: list[tuple[NamedNode, Term]] = [(PACT.counts, pact(of)), (SCHEMA.value, number(value))]
        parts += [(PACT.asOf, day(as_of))] if as_of else []
        parts += [(PACT.bound, pact(bound))] if bound else []
        parts += [(PACT.among, an("party", among))] if among else []
        published = published or as_of
        node = self._value("Count", parts)
        for each in lists:
            stage = next(
                t.object for t in ontology() if (t.subject, t.predicate) == (pact(of), PACT.countsStage)
            )
            assert isinstance(stage, NamedNode)
            self.claim(each, PACT.reachedStage, stage, source=source, published=published)
        return self.claim(
            subject or self.group,
            PACT.reportedCount,
            node,
            source=source,
            published=published,
            modality=modality,
        )

    def amount(
        self, subject: NamedNode, value: int, currency: str, kind: str, published: str = "2024-01-01"
    ) -> NamedNode:
        parts: list[tuple[NamedNode, Term]] = [
            (PACT.kind, pact(kind)),
            (SCHEMA.currency, Literal(currency)),
            (SCHEMA.value, number(value)),
        ]
        return self.claim(subject, PACT.amount, self._value("Amount", parts), published=published)

    def _value(self, kind: str, parts: list[tuple[NamedNode, Term]]) -> NamedNode:
        own = [(RDF.type, pact(kind)), *parts]
        blank = NamedNode("https://example.org/value")
        node = value_iri(group(Triple(blank, name, value) for name, value in own)[blank])
        for name, value in own:
            self._add(node, name, value)
        return node

    def tell(self, subject: NamedNode, predicate: NamedNode, value: Term) -> None:
        """A triple of authority data."""
        self._add(subject, predicate, value)

    def _named(self, node: NamedNode, name: str) -> None:
        self._add(node, SKOS.prefLabel, Literal(name, language="en"))

    def _add(self, subject: NamedNode, predicate: NamedNode, value: Term) -> None:
        self.triples.append(Triple(subject, predicate, value))
