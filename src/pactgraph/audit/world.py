"""What the audits of the graph read, once: how the claims came out, the pacts and their parties, and the days of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.audit.lives import Lives, Span, common, spans
from pactgraph.claim import Term
from pactgraph.dates import Edtf
from pactgraph.graph.nodes import Nodes, Properties, iris
from pactgraph.resolution import Rules, Standing, Voice, standings
from pactgraph.resolution.numbers import Reported
from pactgraph.resolution.reading import read_numbers, read_voices, stored_rules
from pactgraph.resolution.voices import read_date
from pactgraph.store import Store
from pactgraph.vocabulary import PACT, RDF, RDFS

_BACKGROUND = """
SELECT ?node ?property ?value {
  {
    VALUES ?property {
      rdfs:subClassOf skos:broader pact:order pact:excludes pact:party pact:hub pact:inGroup pact:memberOf
      pact:countsStage pact:neverFalls pact:countsBy pact:countsOnly pact:countsTogether pact:lacksStage pact:membersJoined
    }
    ?node ?property ?value
  } UNION {
    { SELECT DISTINCT ?value { VALUES ?top { prov:Agent pact:Undertaking } ?value rdfs:subClassOf+ ?top } }
    BIND(rdf:type AS ?property)
    ?node rdf:type ?value
  }
}
"""
_SAID = """
SELECT ?claim ?speaker ?stated ?printed {
  ?claim a pact:Claim ; pact:speaker ?speaker
  OPTIONAL { ?claim pact:statedOn ?stated }
  OPTIONAL { ?claim pact:asPrinted ?printed }
}
"""
_NAMES = "SELECT ?node ?name { { ?node skos:prefLabel ?name } UNION { ?node rdfs:label ?name } }"


@dataclass(frozen=True, slots=True)
class Said:
    """By whom, when and in which words a claim is made."""

    speaker: NamedNode
    stated: Edtf | None
    printed: str


@dataclass(frozen=True, slots=True)
class World:
    """All claims, or those published by a day, with what they make a fact and what the authority data says."""

    heard: tuple[Voice, ...]
    said: Mapping[NamedNode, Said]
    standings: Mapping[NamedNode, Standing]
    numbers: Mapping[Term, Reported]
    rules: Rules
    nodes: Nodes
    """The authority data and the terms of the ontology that tell how pacts, parties and countables hang together."""
    lives: Lives
    groups: Mapping[NamedNode, tuple[NamedNode, ...]]
    """The pacts of each group."""
    sets: Mapping[NamedNode, frozenset[NamedNode]]
    """The parties that are members of an organization or of a group of parties, now."""
    tied: Mapping[tuple[NamedNode, NamedNode], Mapping[NamedNode, Span]]
    """What a property that counts go by ties to a node, whichever of the two is the subject, and since when."""
    published: date | None
    """The latest day of publication."""

    def properties(self, node: NamedNode) -> Properties:
        """What the authority data says of a node."""
        return self.nodes.get(node, {})

    def pacts(self, about: NamedNode) -> tuple[NamedNode, ...]:
        """The pacts of a group; a pact stands for itself."""
        return self.groups.get(about, (about,))

    def counterparts(self, pact: NamedNode) -> tuple[NamedNode, ...]:
        """The parties of a pact but the hubs of its groups; those of a group as its authority data has them."""
        own = self.properties(pact)
        hubs = {hub for group in (pact, *iris(own, PACT.inGroup)) for hub in self.hubs(group)}
        return tuple(party for party in iris(own, PACT.party) if party not in hubs)

    def hubs(self, group: NamedNode) -> list[NamedNode]:
        """The parties that all pacts of a group have in common."""
        return iris(self.properties(group), PACT.hub)

    def is_kind(self, node: NamedNode, kind: NamedNode) -> bool:
        """Whether a node is of a class, or of one below it."""
        met: set[NamedNode] = set()
        waiting = iris(self.properties(node), RDF.type)
        while waiting:
            each = waiting.pop()
            if each not in met:
                met.add(each)
                waiting += iris(self.properties(each), RDFS.subClassOf)
        return kind in met


def read_world(store: Store, as_known: date | None = None) -> World:
    """Reads a store; with a day, only the claims of sources known to be published by then are heard."""
    heard = tuple(v for v in read_voices(store) if as_known is None or (v.known and v.known <= as_known))
    rules, nodes = stored_rules(store), _background(store)
    found = standings(heard, rules)
    lives = Lives.of(found.values(), rules, nodes)
    tied = _tied(found.values(), nodes, lives)
    return World(
        heard,
        _said(store),
        found,
        read_numbers(store),
        rules,
        nodes,
        lives,
        {node: () for node, p in nodes.items() if PACT.hub in p} | _by_value(nodes, PACT.inGroup),
        _sets(nodes, tied),
        tied,
        max((voice.known for voice in heard if voice.known), default=None),
    )


def _tied(
    found: Iterable[Standing], nodes: Nodes, lives: Lives
) -> dict[tuple[NamedNode, NamedNode], dict[NamedNode, Span]]:
    """An event ties when it is held; all else when it is said to."""
    by = {
        PACT.declaredBy,
        PACT.joined,
        *(p for properties in nodes.values() for p in iris(properties, PACT.countsBy)),
    }
    times: dict[tuple[NamedNode, NamedNode], dict[NamedNode, list[Span]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for fact in found:
        subject, predicate, value = fact.content.subject, fact.content.predicate, fact.content.object
        if fact.holds and predicate in by and isinstance(value, NamedNode):
            times[predicate, subject][value] += spans(fact)
            times[predicate, value][subject] += spans(fact)
    return {
        key: {
            node: lives.days(node, PACT.heldOn) or common(known)
            for node, known in tied.items()
            if known or lives.days(node, PACT.heldOn)
        }
        for key, tied in times.items()
    }


def _sets(
    nodes: Nodes, tied: Mapping[tuple[NamedNode, NamedNode], Iterable[NamedNode]]
) -> dict[NamedNode, frozenset[NamedNode]]:
    """Members as the authority data has them, or of a pact those that joined it."""
    told = {node: frozenset(members) for node, members in _by_value(nodes, PACT.memberOf).items()}
    joined = ((node, pact) for node, p in nodes.items() for pact in iris(p, PACT.membersJoined))
    return told | {node: frozenset(tied.get((PACT.joined, pact), ())) for node, pact in joined}


def _by_value(nodes: Nodes, predicate: NamedNode) -> dict[NamedNode, tuple[NamedNode, ...]]:
    found: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for node in sorted(nodes, key=lambda node: node.value):
        for value in iris(nodes[node], predicate):
            found[value].append(node)
    return {value: tuple(bearers) for value, bearers in found.items()}


def _background(store: Store) -> Nodes:
    nodes: dict[NamedNode, Properties] = defaultdict(lambda: defaultdict(list))
    for node, name, value in sorted(_rows(store, _BACKGROUND, "node", "property", "value"), key=str):
        assert isinstance(name, NamedNode)
        assert isinstance(node, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        if value not in nodes[node][name]:
            nodes[node][name].append(value)
    return {node: dict(properties) for node, properties in nodes.items()}


def _said(store: Store) -> dict[NamedNode, Said]:
    found: dict[NamedNode, Said] = {}
    for claim, speaker, stated, printed in _rows(store, _SAID, "claim", "speaker", "stated", "printed"):
        assert isinstance(claim, NamedNode)
        assert isinstance(speaker, NamedNode)
        day = read_date(stated) if isinstance(stated, Literal) else None
        found[claim] = Said(speaker, day, printed.value if isinstance(printed, Literal) else "")
    return found


def _rows(store: Store, query: str, *names: str) -> Iterator[tuple[object, ...]]:
    rows = store.query(query)
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        yield tuple(row[name] for name in names)


def read_names(store: Store) -> Mapping[NamedNode, str]:
    """The preferred name of every node that has one, in English where there is such."""
    rows: Iterable[tuple[object, ...]] = _rows(store, _NAMES, "node", "name")
    found = [(n, name) for n, name in rows if isinstance(n, NamedNode) and isinstance(name, Literal)]
    found.sort(key=lambda pair: (pair[0].value, pair[1].language != "en", pair[1].value), reverse=True)
    return {node: name.value for node, name in found}
