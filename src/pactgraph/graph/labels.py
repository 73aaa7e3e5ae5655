"""The graph as gazetteer: by which names the things of the authority data are known."""

from __future__ import annotations

from functools import cached_property

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.graph.nodes import Nodes, iris
from pactgraph.vocabulary import PACT, RDF, RDFS, SKOS, shorten

_NAMES = (
    SKOS.prefLabel, RDFS.label, SKOS.altLabel, SKOS.hiddenLabel, PACT.demonym, PACT.metonym
)  # fmt: skip


def _foreign(name: Term) -> bool:
    return not (isinstance(name, Literal) and (name.language or "").partition("-")[0] == "en")


class Labels:
    """Names of the nodes of the ontology and the authority data."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._names: dict[NamedNode, tuple[str, ...]] = {}
        self._below: tuple[Labels, Nodes] | None = None

    def over(self, described: Nodes) -> Labels:
        """These names with those of nodes that are described anew, none of them a class."""
        labels = Labels({**self._nodes, **described})
        labels._below = self, described
        return labels

    def label(self, node: Term) -> str:
        """The preferred name in English or else any name; a prefixed name where there is none."""
        if isinstance(node, Literal):
            return node.value
        return next(iter(self.names(node)), shorten(node.value))

    def names(self, node: NamedNode) -> tuple[str, ...]:
        """Every name of a node: the preferred one first, and of each kind those in English first."""
        if self._below is not None and node not in self._below[1]:
            return self._below[0].names(node)
        if node not in self._names:
            self._names[node] = self._read_names(node)
        return self._names[node]

    def _read_names(self, node: NamedNode) -> tuple[str, ...]:
        properties = self._nodes.get(node, {})
        found = [v for name in _NAMES for v in sorted(properties.get(name, ()), key=_foreign)]
        return tuple(dict.fromkeys(value.value for value in found))

    def naming(self, node: NamedNode) -> tuple[str, ...]:
        """The names by which a text can speak of a node.

        A pact is spoken of by its own names or by those of a party that tells it from the others of its group,
        that is, of any party but the group's hub.
        """
        parties = self.telling_parties(node)
        return tuple(dict.fromkeys([*self.names(node), *(n for party in parties for n in self.names(party))]))

    def telling_parties(self, node: NamedNode) -> tuple[NamedNode, ...]:
        """The parties that tell a pact from the others of its group: all but its hub. What is no pact has none."""
        if PACT.Pact not in self._kinds(node):
            return ()
        hubs = {hub for group in self._values(node, PACT.inGroup) for hub in self._values(group, PACT.hub)}
        return tuple(party for party in self._values(node, PACT.party) if party not in hubs)

    def _values(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        return iris(self._nodes.get(node, {}), predicate)

    def _kinds(self, node: NamedNode) -> set[NamedNode]:
        kinds, waiting = set[NamedNode](), self._values(node, RDF.type)
        while waiting:
            kind = waiting.pop()
            if kind not in kinds:
                kinds.add(kind)
                waiting += self._superclasses.get(kind, ())
        return kinds

    @cached_property
    def _superclasses(self) -> dict[NamedNode, list[NamedNode]]:
        if self._below is not None:
            return self._below[0]._superclasses
        return {
            node: self._values(node, RDFS.subClassOf)
            for node, p in self._nodes.items()
            if RDFS.subClassOf in p
        }
