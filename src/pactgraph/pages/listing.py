"""Tables of what the graph holds: pacts, parties, officials, sources, publishers, events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.dates import parse, say
from pactgraph.errors import UsageError
from pactgraph.pages.names import Names
from pactgraph.pages.witnesses import Witnesses
from pactgraph.store import Store
from pactgraph.vocabulary import EDTF, FACTS, PACT, PROV, RDF, SCHEMA, SKOS, shorten

_PREFIXES = """
PREFIX pact: <https://w3id.org/pactgraph/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_OF_CLASS = "SELECT DISTINCT ?node { ?node a/rdfs:subClassOf* ?class }"
_HEARD = "SELECT ?node ?claim ?source { ?claim ?part ?node ; a pact:Claim ; prov:wasDerivedFrom ?source }"
_FACTS = "SELECT ?node ?value { GRAPH ?facts { ?node ?property ?value } }"
_CLAIMED = """
SELECT ?node ?value {
  ?claim rdf:predicate ?property ; rdf:subject ?node ; rdf:object ?value ; pact:polarity pact:Affirmed
}
"""
_VALUES = "SELECT ?node ?value { ?node ?property ?value }"
_STAGES = """
SELECT ?property ?stage ?broad ?order {
  { ?stage a pact:Stage ; skos:broader? ?broad . ?broad pact:order ?order }
  { ?property pact:impliesStage ?stage } UNION { BIND(pact:reachedStage AS ?property) }
}
"""
_SOURCES_OF = """
SELECT ?node (COUNT(DISTINCT ?source) AS ?sources) { ?source schema:publisher ?node } GROUP BY ?node
"""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: its columns in order, rows of readable text with the `iri` of each, and what a narrow page leaves out.

    `spare` names the columns that can go, the first to go first.
    """

    kind: str
    columns: tuple[str, ...]
    spare: tuple[str, ...]
    rows: tuple[Row, ...]


def listing(store: Store, kind: str, names: Names | None = None) -> Listing:
    """All nodes of a kind (`KINDS` names them) with what is most asked of them, in a fixed order."""
    if kind not in KINDS:
        raise UsageError(f"there is no list of {kind!r}; there are lists of {', '.join(KINDS)}")
    columns, spare, rows = KINDS[kind]
    return Listing(kind, columns, spare, tuple(rows(_Asker(store, names or Names(store)))))


class _Asker:
    """Asks a store for one property of many nodes at a time."""

    def __init__(self, store: Store, names: Names) -> None:
        self._store = store
        self.names = names
        self._witnesses = Witnesses(store)

    def rows(self, query: str, **parts: Term) -> Iterator[Mapping[str, Term]]:
        rows = self._store.query(_PREFIXES + query, parts)
        assert isinstance(rows, QuerySolutions)
        variables = [variable.value for variable in rows.variables]
        for row in rows:
            yield {name: row[name] for name in variables if row[name] is not None}

    def of_class(self, *classes: NamedNode) -> list[NamedNode]:
        found = {r["node"] for c in classes for r in self.rows(_OF_CLASS, **{"class": c})}
        return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)

    def values(self, query: str, term: NamedNode, **parts: Term) -> Mapping[Term, list[Term]]:
        found: dict[Term, list[Term]] = defaultdict(list)
        for row in self.rows(query, property=term, **parts):
            found[row["node"]].append(row["value"])
        return found

    def facts(self, term: NamedNode) -> Mapping[Term, list[Term]]:
        return self.values(_FACTS, term, facts=FACTS)

    def heard(self, part: NamedNode) -> Mapping[Term, Row]:
        """How many claims, sources and independent origins speak of each node."""
        claims: dict[Term, set[Term]] = defaultdict(set)
        sources: dict[Term, set[NamedNode]] = defaultdict(set)
        for row in self.rows(_HEARD, part=part):
            claims[row["node"]].add(row["claim"])
            if isinstance(source := row["source"], NamedNode):
                sources[row["node"]].add(source)
        return {
            node: {
                "claims": str(len(told)),
                "sources": str(len(sources[node])),
                "origins": str(self._witnesses.count(sources[node])),
            }
            for node, told in claims.items()
        }

    def say(self, values: list[Term] | None, separator: str = ", ") -> str:
        return separator.join(sorted({self.names.name(value) for value in values or ()}))


def _pacts(ask: _Asker) -> Iterator[Row]:
    parties, hubs, groups = (ask.values(_VALUES, term) for term in (PACT.party, PACT.hub, PACT.inGroup))
    signed, adopted = ask.facts(PACT.signedOn), ask.facts(PACT.adoptedOn)
    expected, heard = ask.values(_CLAIMED, PACT.expectedSigning), ask.heard(RDF.subject)
    stages = _stage_properties(ask)
    signing = max(order for order, _ in stages[PACT.signedOn].values())
    reached = _reached(ask, stages)
    for pact in ask.of_class(PACT.Pact):
        order, stage = max(reached.get(pact, ()), default=(0, ""))
        common = {hub for group in groups.get(pact, ()) for hub in hubs.get(group, ())}
        others = sorted((p for p in parties.get(pact, ()) if p not in common), key=lambda p: p.value)
        yield {
            **_named("pact", pact),
            "parties": " – ".join(ask.names.name(p) for p in (*sorted(common, key=str), *others)),
            "stage": stage,
            "signed": ask.say([*signed.get(pact, ()), *adopted.get(pact, ())]),
            "expected": _times(expected.get(pact)) if order < signing else "",
            **heard.get(pact, _UNHEARD),
        }


Stages = Mapping[NamedNode, tuple[int, str]]
"""The order and the name of each stage that a property can tell of; of a narrower stage, those of its broader one."""


def _stage_properties(ask: _Asker) -> Mapping[NamedNode, Stages]:
    """The properties that tell of stages: outright, or by implication."""
    known: dict[NamedNode, dict[NamedNode, tuple[int, str]]] = defaultdict(dict)
    for row in ask.rows(_STAGES):
        stage, prop = row["stage"], row["property"]
        if isinstance(stage, NamedNode) and isinstance(prop, NamedNode):
            known[prop][stage] = (int(row["order"].value), ask.names.name(row["broad"]))
    return known


def _reached(ask: _Asker, properties: Mapping[NamedNode, Stages]) -> Mapping[Term, list[tuple[int, str]]]:
    """The stages that each pact has reached by the facts."""
    found: dict[Term, list[tuple[int, str]]] = defaultdict(list)
    for prop, stages in properties.items():
        for node, values in ask.facts(prop).items():
            told = values if prop == PACT.reachedStage else list(stages)
            found[node] += [stages[stage] for stage in told if stage in stages]  # type: ignore[index]
    return found


def _times(dates: list[Term] | None) -> str:
    """The times that are expected; open ones only where there are no others."""
    known = [
        parse(value.value) for value in dates or () if isinstance(value, Literal) and value.datatype == EDTF
    ]
    closed = [when for when in known if when.first and when.last] or known
    return "; ".join(dict.fromkeys(say(when) for when in sorted(closed, key=lambda when: when.text)))


def _parties(ask: _Asker) -> Iterator[Row]:
    codes, matches = ask.values(_VALUES, PACT.code), ask.values(_VALUES, SKOS.exactMatch)
    pacts = _inverse(ask.values(_VALUES, PACT.party))
    for party in ask.of_class(PACT.Party, PACT.PartyGroup):
        yield {
            **_named("party", party),
            "name": ask.names.name(party),
            "code": ask.say(codes.get(party)),
            "wikidata": _ids(matches.get(party)),
            "pacts": str(len(pacts.get(party, ()))),
        }


def _officials(ask: _Asker) -> Iterator[Row]:
    offices, matches = ask.facts(PACT.holdsOffice), ask.values(_VALUES, SKOS.exactMatch)
    speaking = ask.heard(PACT.speaker)
    for official in ask.of_class(PACT.Official):
        yield {
            **_named("official", official),
            "name": ask.names.name(official),
            "office": ask.say(offices.get(official)),
            "wikidata": _ids(matches.get(official)),
            **speaking.get(official, _UNHEARD),
        }


def _sources(ask: _Asker) -> Iterator[Row]:
    published, publishers = ask.values(_VALUES, SCHEMA.datePublished), ask.values(_VALUES, SCHEMA.publisher)
    origins = ask.values(_VALUES, PACT.origin)
    held = ask.heard(PROV.wasDerivedFrom)
    sources = ask.of_class(SCHEMA.NewsArticle, SCHEMA.WebPage)
    for source in sorted(
        sources, key=lambda s: (min((d.value for d in published.get(s, ())), default=""), s.value)
    ):
        yield {
            **_named("source", source),
            "published": ask.say(published.get(source)),
            "publisher": ask.say(publishers.get(source)),
            "headline": ask.names.name(source),
            "origin": ask.say(origins.get(source)),
            "claims": held.get(source, _UNHEARD)["claims"],
        }


def _publishers(ask: _Asker) -> Iterator[Row]:
    domains = ask.values(_VALUES, PACT.domain)
    sources = {row["node"]: row["sources"].value for row in ask.rows(_SOURCES_OF)}
    for publisher in ask.of_class(PACT.Publisher):
        yield {
            **_named("publisher", publisher),
            "name": ask.names.name(publisher),
            "domain": ask.say(domains.get(publisher)),
            "sources": sources.get(publisher, "0"),
        }


def _events(ask: _Asker) -> Iterator[Row]:
    dates, places = ask.facts(PACT.heldOn), ask.facts(PACT.heldIn)
    kinds = ask.values(_VALUES, RDF.type)
    events = ask.of_class(PACT.Event)
    for event in sorted(
        events, key=lambda e: (min((d.value for d in dates.get(e, ())), default="~"), e.value)
    ):
        yield {
            **_named("event", event),
            "name": ask.names.name(event),
            "kind": ask.say(kinds.get(event)),
            "held": ask.say(dates.get(event)),
            "place": ask.say(places.get(event)),
        }


def _named(kind: str, node: NamedNode) -> Row:
    return {kind: shorten(node.value).partition(":")[2], "iri": node.value}


_UNHEARD: Row = {"claims": "0", "sources": "0", "origins": "0"}


def _inverse(values: Mapping[Term, list[Term]]) -> Mapping[Term, set[Term]]:
    found: dict[Term, set[Term]] = defaultdict(set)
    for node, others in values.items():
        for other in others:
            found[other].add(node)
    return found


def _ids(matches: list[Term] | None) -> str:
    return ", ".join(sorted(match.value.rpartition("/")[2] for match in matches or ()))


KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], Callable[[_Asker], Iterator[Row]]]] = {
    "pacts": (
        ("pact", "parties", "stage", "signed", "expected", "claims", "sources", "origins"),
        ("parties", "claims", "sources"),
        _pacts,
    ),
    "parties": (("party", "name", "code", "wikidata", "pacts"), ("name",), _parties),
    "officials": (
        ("official", "name", "office", "wikidata", "claims", "sources", "origins"),
        ("claims", "sources", "name"),
        _officials,
    ),
    "sources": (
        ("source", "published", "publisher", "headline", "origin", "claims"),
        ("origin", "publisher"),
        _sources,
    ),
    "publishers": (("publisher", "name", "domain", "sources"), ("name",), _publishers),
    "events": (("event", "name", "kind", "held", "place"), ("name", "place"), _events),
}
"""What can be listed: the columns, those that a narrow page leaves out, and what gives the rows."""
