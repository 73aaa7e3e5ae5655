"""The graph as gazetteer: by which names the things of the authority data are known."""

from __future__ import annotations

from functools import cached_property

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.graph.nodes import Nodes
from pactgraph.vocabulary import PACT, RDF, RDFS, SKOS, shorten

_NAMES = (
    SKOS.prefLabel, RDFS.label, SKOS.altLabel, SKOS.hiddenLabel, PACT.demonym, PACT.metonym
)  # fmt: skip


class Labels:
    """Names of the nodes of the ontology and the authority data."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes

    def label(self, node: Term) -> str:
        """The preferred name in English or else any name; a prefixed name where there is none."""
        if isinstance(node, Literal):
            return node.value
        return next(iter(self.names(node)), shorten(node.value))

    def names(self, node: NamedNode) -> tuple[str, ...]:
        """Every name of a node, the preferred one first."""
        properties = self._nodes.get(node, {})
        found = [value.value for name in _NAMES for value in properties.get(name, ())]
        return tuple(dict.fromkeys(found))

    def naming(self, node: NamedNode) -> tuple[str, ...]:
        """The names by which a text can speak of a node.

        A pact is spoken of by its own names or by those of a party that tells it from the others of its group,
        that is, of any party but the group's hub.
        """
        telling = self._values(node, PACT.party)
        if PACT.Pact not in self._kinds(node) or not telling:
            return self.names(node)
        hubs = {hub for group in self._values(node, PACT.inGroup) for hub in self._values(group, PACT.hub)}
        parties = [party for party in telling if party not in hubs]
        return tuple(dict.fromkeys([*self.names(node), *(n for party in parties for n in self.names(party))]))

    def _values(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        return [v for v in self._nodes.get(node, {}).get(predicate, ()) if isinstance(v, NamedNode)]

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
        return {
            node: self._values(node, RDFS.subClassOf)
            for node, p in self._nodes.items()
            if RDFS.subClassOf in p
        }
