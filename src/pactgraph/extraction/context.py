"""What an article has spoken of so far: the pact and the parties that `the agreement` and `the country` mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from pactgraph.extraction.names import Entity, Names
from pactgraph.graph.nodes import iris
from pactgraph.vocabulary import ID, PACT, RDF

GROUP = "pacts"
"""The kind of the entity that stands for all pacts of the hub."""


@dataclass
class Context:
    """What was mentioned before, as reading goes on."""

    names: Names
    hub: Entity | None
    partner: Entity | None = None
    parties: list[Entity] = field(default_factory=list)
    mentioned: dict[str, int] = field(default_factory=dict)
    is_about_hub: bool = True
    """Whether the article speaks of the hub more than of any two others."""
    focus: Entity | None = None
    """The party that the article speaks of most, where that is not the hub."""

    def pacts(self) -> Entity:
        """All pacts of the hub: the group of the graph that names no other party, or one minted for it."""
        own = self.hub.node if self.hub else None
        for node, properties in self.names.nodes.items():
            if PACT.PactGroup in properties.get(RDF.type, ()) and own in iris(properties, PACT.hub):
                if not properties.get(PACT.party):
                    return Entity(GROUP, "agreements", node)
        slug = _local(own) if own else "the"
        return Entity(GROUP, "agreements", NamedNode(f"{ID}group/{slug}-agreements"))

    def pact_with(self, partner: Entity) -> Entity:
        """The pact of the hub with a party: the graph's, or one minted for the two."""
        hub = self.hub.node if self.hub else None
        for node, properties in self.names.nodes.items():
            if {hub, partner.node} == set(iris(properties, PACT.party)) and PACT.Agreement in properties.get(RDF.type, ()):
                return Entity("agreement", f"agreement:{partner.code.upper()}", node, partner.code)
        slug = "-".join(sorted((_local(hub) if hub else "x", _local(partner.node))))
        return Entity("agreement", f"agreement:{partner.code.upper()}", NamedNode(f"{ID}pact/{slug}"), partner.code)

    def declaration_of(self, parties: set[NamedNode]) -> Entity | None:
        """The declaration that these parties made, if the graph knows one."""
        for node, properties in self.names.nodes.items():
            if PACT.Declaration in properties.get(RDF.type, ()) and parties & set(iris(properties, PACT.party)):
                return self.names.entities.get(node)
        return None

    def maker_of(self, declaration: Entity) -> Entity | None:
        """The party that made a declaration."""
        makers = iris(self.names.nodes.get(declaration.node, {}), PACT.party)
        return next((self.names.entities[m] for m in makers if m in self.names.entities), None)

    def is_of_many(self, pact: Entity) -> bool:
        """Whether a pact is one that more than two can join: a declaration or a compact."""
        kinds = self.names.nodes.get(pact.node, {}).get(RDF.type, ())
        return any(kind in kinds for kind in (PACT.Declaration, PACT.Compact))

    def measure(self) -> Entity | None:
        """The measure that the graph's articles speak of."""
        found = [e for e in self.names.entities.values() if e.kind == "measure"]
        return next((e for e in found if "aid bill" in e.name), found[0] if found else None)


def _local(node: NamedNode) -> str:
    return node.value.rpartition("/")[2]
