"""What an article has spoken of so far: the pact and the parties that `the agreement` and `the country` mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from pactgraph.extraction.candidate import Candidate
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.modality import Mood
from pactgraph.extraction.names import Entity, Names
from pactgraph.graph.nodes import Properties, iris
from pactgraph.vocabulary import ID, PACT, RDF

_SHORTLY = 4
"""In sentences: after so many, a pronoun means something else."""
GROUP = "pacts"
"""The kind of the entity that stands for all pacts of the hub."""
pronouns = frozenset(
    "it they them these those this such one ones each which that some others another theirs".split()
)


@dataclass(frozen=True, slots=True)
class Told:
    """A frame with the pact of many that it was about, if any, and what it claimed."""

    frame: Frame
    named: Entity | None
    predicate: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What a line that ends in a colon says of each line of the list after it."""

    frame: Frame
    how: Mood
    predicate: str
    about: Entity


@dataclass
class Context:
    """What was mentioned before, as reading goes on."""

    names: Names
    hub: Entity | None
    partner: Entity | None = None
    """The one state besides the hub that the article is about."""
    since_pacts: int = 10_000
    """How many sentences ago a pact was spoken of; 0 in a sentence that speaks of one."""
    is_about_pacts: bool = False
    """Whether the beginning of the article speaks of pacts, so that talks are about them further down, too."""
    is_about_hub: bool = True
    """Whether the article speaks of the hub more than of any two others."""
    focus: Entity | None = None
    """The party that the article speaks of most, where that is not the hub."""
    declaration: Entity | None = None
    likely: Entity | None = None
    """The declaration of those who were named last of all who made one."""
    since_declaration: int = 10_000
    """How many sentences ago a declaration was spoken of; 0 for the one before."""
    recent: Entity | None = None
    """The one partner that the sentence before spoke of."""
    giver: Entity | None = None
    """Who or what the last amount was said of."""
    last: Told | None = None
    opening: Opening | None = None
    """The line with a colon whose list is being read."""
    day: str = ""
    """The day of the event that was told last, as EDTF."""

    @property
    def has_spoken_of_pacts(self) -> bool:
        """Whether anything has been said of a pact."""
        return self.since_pacts < 10_000

    @property
    def is_fresh(self) -> bool:
        """Whether the sentence before spoke of that declaration."""
        return self.since_declaration == 0

    @property
    def speaks_of_pacts(self) -> bool:
        """Whether this sentence or one shortly before speaks of a pact."""
        return self.since_pacts <= _SHORTLY

    @property
    def teller(self) -> Entity | None:
        """From whose side the article tells: the hub's, or that of the party it is about."""
        return self.hub if self.is_about_hub and self.hub is not None else self.focus

    def remember(self, found: list[Candidate]) -> None:
        """Takes note of the day that an event was given, and of the one partner that a sentence spoke of."""
        partners = {
            c.object.node: c.object
            for c in found
            if isinstance(c.object, Entity) and c.object.kind == "party"
        }
        self.since_pacts = 0 if partners else self.since_pacts
        self.recent = next(iter(partners.values())) if len(partners) == 1 else None
        dated = [
            c.when.edtf for c in found if c.when is not None and not c.when.vague and c.modality == "fact"
        ]
        days = [edtf for edtf in dated if len(edtf) == len("2024-01-01")]
        self.day = days[-1] if days else self.day

    def pacts(self) -> Entity:
        """All pacts of the hub: the group of the graph that names no other party, or one minted for it."""
        own = self.teller.node if self.teller else None
        for node, properties in self.names.nodes.items():
            if (
                _is(properties, "PactGroup")
                and own in iris(properties, PACT.hub)
                and PACT.party not in properties
            ):
                return Entity(GROUP, "agreements", _named(node))
        slug = _local(own) if own else "the"
        return Entity(GROUP, "agreements", NamedNode(f"{ID}group/{slug}-agreements"))

    def pact_with(self, partner: Entity) -> Entity:
        """The pact of the hub with a party: the graph's, or one minted for the two."""
        own = self.teller.node if self.teller else None
        name = f"agreement:{partner.code.upper()}"
        for node, properties in self.names.nodes.items():
            if _is(properties, "Agreement") and {own, partner.node} == set(iris(properties, PACT.party)):
                return Entity("agreement", name, _named(node), partner.code)
        slug = "-".join(sorted((_local(own) if own else "x", _local(partner.node))))
        return Entity("agreement", name, NamedNode(f"{ID}pact/{slug}"), partner.code)

    def declaration_of(self, parties: set[NamedNode]) -> Entity | None:
        """The declaration that these parties made, if the graph knows one."""
        return next((found for makers, found in self._declarations if parties & makers), None)

    @cached_property
    def _declarations(self) -> list[tuple[frozenset[NamedNode], Entity]]:
        """The declarations that have a name, each with those who made it."""
        made = (
            (frozenset(iris(properties, PACT.party)), self.names.entities.get(_named(node)))
            for node, properties in self.names.nodes.items()
            if _is(properties, "Declaration")
        )
        return [(makers, found) for makers, found in made if found is not None]

    def maker_of(self, declaration: Entity) -> Entity | None:
        """The party that made a declaration."""
        makers = iris(self.names.nodes.get(declaration.node, {}), PACT.party)
        return next((self.names.entities[m] for m in makers if m in self.names.entities), None)

    def is_declaration(self, pact: Entity) -> bool:
        """Whether a pact is a declaration, or one that the graph does not know."""
        properties = self.names.nodes.get(pact.node)
        return properties is None or _is(properties, "Declaration")

    def is_of_many(self, pact: Entity) -> bool:
        """Whether a pact is one that more than two can join: a declaration or a compact."""
        properties = self.names.nodes.get(pact.node, {})
        return _is(properties, "Declaration") or _is(properties, "Compact")

    def measure(self, noun: str) -> Entity | None:
        """The measure that the graph calls by a noun: `bill` for one that has a label ending in it."""
        called = {name.entity.node for name in self.names.ending_in(noun) if name.entity.kind == "measure"}
        return next((self.names.entities[node] for node in sorted(called, key=str)), None)


def _is(properties: Properties, kind: str) -> bool:
    return getattr(PACT, kind) in properties.get(RDF.type, ())


def _named(node: object) -> NamedNode:
    assert isinstance(node, NamedNode)
    return node


def _local(node: NamedNode) -> str:
    return node.value.rpartition("/")[2]
