"""Nodes that claims need and the graph does not hold yet: proposed for the authority data, never silently added."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.extraction import Entity
from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import Nodes, Properties
from pactgraph.vocabulary import ID, ONTOLOGY, PACT, RDF, RDFS, SCHEMA, SKOS, digest

_KINDS = {
    "party": ("State",),
    "group": ("PartyGroup",),
    "body": ("Body",),
    "person": ("Official",),
    "place": ("Place",),
    "event": ("Event",),
    "pact": ("Agreement",),
    "agreement": ("Agreement",),
    "pacts": ("PactGroup",),
    "measure": ("Measure",),
}
_FOLDERS = {"person": "official", "agreement": "pact", "pacts": "group", "group": "party"}
_FORMS = {"adjective": PACT.demonym, "capital": PACT.metonym}
_PACTS = ("agreements", "pacts", "treaties")
_LONGEST = 80
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
)


class Known:
    """The nodes of a graph, with the tables that are made of them once for all articles."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.labels = Labels(nodes)
        self._below: dict[NamedNode, list[NamedNode]] = {}
        self._typed: dict[Term, list[NamedNode]] = {}
        for node, properties in nodes.items():
            for type_ in properties.get(RDF.type, ()):
                self._typed.setdefault(type_, []).append(node)

    def typed(self, type_: NamedNode) -> list[NamedNode]:
        """The nodes of a class, in order."""
        return self._typed.get(type_, [])

    def classes_below(self, class_: NamedNode) -> list[NamedNode]:
        """A class and those that the ontology puts below it."""
        if class_ not in self._below:
            below = [n for n, p in self.nodes.items() if class_ in p.get(RDFS.subClassOf, ())]
            self._below[class_] = [class_, *(each for one in below for each in self.classes_below(one))]
        return self._below[class_]


class Proposals:
    """What is proposed on top of the nodes of a graph."""

    def __init__(self, known: Known) -> None:
        self._graph = known
        self._known = known.nodes
        self._all: Nodes | None = None
        self._labels: Labels | None = None
        self.nodes: Nodes = {}

    @property
    def all(self) -> Nodes:
        """The graph's nodes with what is proposed of them; the same object until something more is proposed."""
        if self._all is None:
            self._all = {**self._known, **self._described()}
        return self._all

    @property
    def labels(self) -> Labels:
        """The names of all nodes; the same object until something more is proposed."""
        if self._labels is None:
            self._labels = self._graph.labels.over(self._described())
        return self._labels

    def below(self, class_: NamedNode) -> list[NamedNode]:
        """The nodes of a class and of the classes below it."""
        return [node for each in self._graph.classes_below(class_) for node in self.typed(each)]

    def _described(self) -> Nodes:
        return {node: _joined(self._known.get(node, {}), p) for node, p in self.nodes.items()}

    def propose(self, node: NamedNode, properties: Properties) -> None:
        """Proposes properties of a node, with those that are proposed of it already."""
        self.nodes[node] = _joined(self.nodes.get(node, {}), properties)
        self._all = self._labels = None

    def holds(self, node: NamedNode) -> bool:
        """Whether the graph or a proposal describes the node."""
        return node in self._known or node in self.nodes

    def get(self, node: NamedNode, predicate: NamedNode) -> list[Term]:
        """The values of a property, in the graph or proposed."""
        return [*self._known.get(node, {}).get(predicate, ()), *self.nodes.get(node, {}).get(predicate, ())]

    def add(
        self, kind: str, name: str, label: str, types: Iterable[str], **parts: Iterable[Term]
    ) -> NamedNode:
        """The node of that name, proposed if there is none; `parts` are further properties of ours."""
        node = NamedNode(f"{ID}{kind}/{slug(name)}")
        if not self.holds(node):
            told: Properties = {
                RDF.type: [NamedNode(ONTOLOGY + type_) for type_ in types],
                SKOS.prefLabel: [Literal(label, language="en")],
                **{NamedNode(ONTOLOGY + part): list(values) for part, values in parts.items() if values},
            }
            self.propose(node, told)
        return node

    def entity(self, entity: Entity) -> NamedNode:
        """The node of something that an article mentions; one that the graph does not hold is proposed."""
        if self.holds(entity.node):
            return entity.node
        types = _KINDS.get(entity.kind, ("Event",))
        folder = _FOLDERS.get(entity.kind, entity.kind)
        parts: dict[str, list[Term]] = {}
        if entity.kind == "party" and entity.code:
            parts["code"] = [Literal(entity.code)]
        if entity.side is not None and entity.kind == "body" and self.holds(entity.side):
            parts["actsFor"] = [entity.side]
        node = self.add(folder, _local(entity.node), entity.name, types, **parts)
        if entity.kind == "person" and node in self.nodes:
            self.propose(node, {RDF.type: [SCHEMA.Person]})
        return node

    def pact(self, one: Entity, other: Entity) -> NamedNode:
        """The agreement of two parties: the graph's, or one that is proposed."""
        sides = {self.entity(one), self.entity(other)}
        for node in self.typed(PACT.Agreement):
            if set(self.get(node, PACT.party)) == sides:
                return node
        label = f"{one.name}–{other.name} agreement"
        parties = sorted(sides, key=str)
        return self.add(
            "pact", f"{_local(one.node)} {_local(other.node)}", label, ("Agreement",), party=parties
        )

    def group(self, hub: Entity, members: Entity | None = None) -> NamedNode:
        """The pacts of a party, with all others or with the members of a group."""
        centre = self.entity(hub)
        within = [self.entity(members)] if members else []
        for node in self.typed(PACT.PactGroup):
            if centre in self.get(node, PACT.hub) and self.get(node, PACT.party) == within:
                return node
        name = f"{_local(hub.node)} {_local(members.node) if members else ''} agreements"
        label = f"Agreements of {hub.name}{f' with {members.name}' if members else ''}"
        node = self.add("group", name, label, ("PactGroup",), hub=[centre], party=within)
        if node in self.nodes:
            self.propose(node, {SKOS.altLabel: [Literal(word, language="en") for word in _PACTS]})
        return node

    def name(self, node: NamedNode, words: str, how: str = "name") -> None:
        """Proposes a further name of a node, as a text prints it."""
        form = _FORMS.get(how, SKOS.altLabel)
        literal = Literal(words, language="en")
        if literal not in (*self.get(node, form), *self.get(node, SKOS.prefLabel)):
            self.propose(node, {form: [literal]})

    def named(self, words: str, type_: NamedNode) -> NamedNode | None:
        """The node of a class that goes by the words, in any case."""
        wanted = words.casefold()
        for node in self.typed(type_):
            labels = (*self.get(node, SKOS.prefLabel), *self.get(node, SKOS.altLabel))
            if wanted in (label.value.casefold() for label in labels):
                return node
        return None

    def typed(self, type_: NamedNode) -> list[NamedNode]:
        """The nodes of a class: those of the graph, then those proposed."""
        known = self._graph.typed(type_)
        new = (node for node, p in self.nodes.items() if type_ in p.get(RDF.type, ()))
        return list(dict.fromkeys((*known, *new)))


def _joined(one: Properties, other: Properties) -> Properties:
    names = dict.fromkeys((*one, *other))
    return {name: list(dict.fromkeys((*one.get(name, ()), *other.get(name, ())))) for name in names}


def _local(node: NamedNode) -> str:
    return node.value.rpartition("/")[2]


def slug(words: str) -> str:
    """Small letters without marks, digits and hyphens; a digest where nothing of that is left."""
    plain = normalize("NFKD", words.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or digest([words])


def merged(one: Nodes, other: Nodes) -> Nodes:
    """Two sets of nodes as one; what both say stands once."""
    nodes = {
        node: {name: list(values) for name, values in properties.items()} for node, properties in one.items()
    }
    for node, properties in other.items():
        nodes[node] = _joined(nodes.get(node, {}), properties)
    return nodes
