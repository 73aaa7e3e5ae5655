"""Conflicts as readers want them: what about, by which rule, and who stands where, with all claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse, say
from pactgraph.errors import UsageError
from pactgraph.pages.asking import Asker
from pactgraph.pages.bearing import Bearing
from pactgraph.pages.names import ASKED, Names, fold
from pactgraph.pages.told import Told, told
from pactgraph.resolution.clock import NOW, Clock
from pactgraph.resolution.conflicts import Conflict, find_conflicts
from pactgraph.resolution.lookup import Lookup
from pactgraph.resolution.reading import read_numbers
from pactgraph.resolution.voices import Voice
from pactgraph.store import Store
from pactgraph.vocabulary import PACT, shorten

_TYPES = """
SELECT ?type ?name ?rule ?order ?excludes {
  ?type a pact:ConflictType ; skos:prefLabel ?name ; skos:definition ?rule ; pact:order ?order ; pact:excludes ?excludes
}
"""
_NEAR = """
SELECT DISTINCT ?near {
  {
    ?near pact:party ?node .
    FILTER EXISTS { ?near a ?kind . FILTER EXISTS { ?kind rdfs:subClassOf* pact:Pact } }
    FILTER NOT EXISTS { ?near pact:inGroup ?group . FILTER EXISTS { ?group pact:hub ?node } }
  } UNION {
    ?claim rdf:object ?node .
    FILTER(EXISTS { ?claim rdf:predicate pact:negotiates } || EXISTS { ?claim rdf:predicate pact:approves })
    ?claim rdf:subject ?near .
  }
}
"""
_ANSWERS = frozenset(
    (PACT.DenialConflict, PACT.OfficeConflict, PACT.PlaceConflict, PACT.ScaleConflict, PACT.ValueConflict)
)
"""Types whose sides answer one question; a plan and its outcome, or a count and a list, answer two."""


@dataclass(frozen=True, slots=True)
class ConflictType:
    """A way in which claims stand against each other, as the ontology says; `order` is 1 for the gravest."""

    node: NamedNode
    name: str
    rule: str
    order: int
    excludes: bool


@dataclass(frozen=True, slots=True)
class Side:
    """Claims that agree, and from how many independent origins they come."""

    claims: tuple[Told, ...]
    witnesses: int


@dataclass(frozen=True, slots=True)
class ToldConflict:
    """A conflict with its type, and its sides, that of the most sources first, with who says what where."""

    iri: NamedNode
    type: ConflictType
    subject: NamedNode
    predicate: NamedNode
    sides: tuple[Side, ...]
    found: Conflict
    """As it was found."""

    @property
    def witnesses(self) -> int:
        """How many independent origins take part, each counted on every side on which it stands."""
        return sum(side.witnesses for side in self.sides)


def conflicts(
    store: Store,
    given: str | None = None,
    *,
    types: Sequence[str] = (),
    differences: bool = False,
    names: Names | None = None,
    clock: Clock = NOW,
) -> list[ToldConflict]:
    """Where claims stand against each other: everywhere, or about a node by any of its names, the gravest first.

    A pact includes its rounds and votes, and a party its own pacts. Differences that exclude nothing (a month beside
    its day, a count that has grown) are among them where `differences` is true or `types` names them. Raises
    UsageError for a name or a type that there is not.
    """
    ask = Asker(store, names, clock)
    disputes = Disputes(ask)
    asked = disputes.named(types) or [t for t in disputes.types.values() if t.excludes or differences]
    kinds = {kind.node for kind in asked}
    there = disputes.all if given is None else disputes.about(near(ask, ask.names.find(given, ASKED)), kinds)
    found = [disputes.told(conflict) for conflict in there if conflict.type in kinds]
    return sorted(found, key=lambda c: (c.type.order, -c.witnesses, c.subject.value, c.iri.value))


class Disputes:
    """Finds the conflicts among the claims that an asker's clock lets through."""

    def __init__(self, ask: Asker) -> None:
        self._ask = ask
        self._known: dict[NamedNode, Told] = {}

    @cached_property
    def types(self) -> Mapping[NamedNode, ConflictType]:
        """The types that the ontology knows, the gravest first."""
        found = [
            ConflictType(
                row["type"],
                row["name"].value,
                row["rule"].value,
                int(row["order"].value),
                row["excludes"].value == "true",
            )
            for row in self._ask.rows(_TYPES)
            if isinstance(row["type"], NamedNode)
        ]
        return {kind.node: kind for kind in sorted(found, key=lambda kind: kind.order)}

    @cached_property
    def all(self) -> list[Conflict]:
        """All conflicts and recorded differences."""
        return find_conflicts(self._ask.voices, read_numbers(self._ask.store), self._ask.rules)

    def about(self, nodes: Iterable[Term], kinds: Collection[NamedNode]) -> list[Conflict]:
        """The conflicts of some types about some nodes, found among the claims that can bear on them alone."""
        about = {node for node in nodes if isinstance(node, NamedNode)}
        bearing = Bearing(self._ask, about, PACT.ScopeDifference in kinds)
        found = find_conflicts(bearing.voices(), bearing.numbers(), self._ask.rules)
        return [conflict for conflict in found if conflict.type in kinds and concerns(conflict) & about]

    @cached_property
    def excluding(self) -> Lookup[Term, tuple[Conflict, ...]]:
        """The conflicts proper, by the nodes that they are about."""
        kinds = {kind.node for kind in self.types.values() if kind.excludes}
        return Lookup(lambda node: tuple(self.about([node], kinds)), lambda: self._all_of(kinds), few=None)

    def _all_of(self, kinds: Collection[NamedNode]) -> Mapping[Term, tuple[Conflict, ...]]:
        found: dict[Term, tuple[Conflict, ...]] = {}
        for conflict in self.all:
            for node in concerns(conflict) if conflict.type in kinds else ():
                found[node] = (*found.get(node, ()), conflict)
        return found

    def named(self, given: Iterable[str]) -> list[ConflictType]:
        """The types of these names: `value`, `ValueConflict` or `pact:ValueConflict`."""
        return [self._named(name) for name in given]

    def told(self, conflict: Conflict) -> ToldConflict:
        """A conflict with its claims as readers want them."""
        sides = tuple(self._side(side) for side in conflict.sides)
        kind = self.types[conflict.type]
        return ToldConflict(conflict.iri, kind, conflict.subject, conflict.predicate, sides, conflict)

    def _named(self, given: str) -> ConflictType:
        local = given.rpartition(":")[2].rpartition("#")[2]
        for kind in self.types.values():
            if fold(local) in (fold(kind.name), fold(shorten(kind.node.value).partition(":")[2])):
                return kind
        raise UsageError(
            f"there is no type of conflict {given!r}; there are: {', '.join(t.name for t in self.types.values())}"
        )

    def _side(self, voices: Iterable[Voice]) -> Side:
        claims = tuple(dict.fromkeys(self._claim(voice) for voice in voices))
        return Side(claims, self._ask.witnesses.count(claim.source for claim in claims))

    def _claim(self, voice: Voice) -> Told:
        """The claim as readers want it; those about one subject are read together."""
        if voice.claim not in self._known:
            self._known |= {
                claim.claim: claim for claim in told(self._ask.store, subject=voice.content.subject)
            }
        return self._known[voice.claim]


@dataclass(frozen=True, slots=True)
class Answer:
    """What some claims say alike on the other side of a conflict."""

    predicate: NamedNode
    object: Term
    scope: tuple[tuple[NamedNode, Term], ...]
    denied: bool
    claims: tuple[NamedNode, ...]

    def says(self, instead_of: Term, names: Names) -> str:
        """What is said instead of another value: that it is not so, another value, or the same of another day."""
        if self.denied:
            return "denied"
        on = next((value for name, value in self.scope if name == PACT.on), None)
        if on is not None and self.object == instead_of:
            return say(parse(on.value))
        return names.name(self.object)


def against(conflict: Conflict, claims: Collection[Term], said: Mapping[Term, Voice]) -> list[Answer]:
    """What the other sides of a conflict on one question answer instead of these claims; `said` has all voices."""
    sides = [[said[voice.claim] for voice in side] for side in conflict.sides]
    others = [side for side in sides if not any(voice.claim in claims for voice in side)]
    if conflict.type not in _ANSWERS or len(others) == len(sides):
        return []
    return [answer for side in others for answer in _answers(side)]


def _answers(side: Iterable[Voice]) -> Iterator[Answer]:
    alike: dict[tuple[NamedNode, bool], list[Voice]] = {}
    for voice in side:
        alike.setdefault((voice.proposition, voice.denies), []).append(voice)
    for (_, denied), voices in alike.items():
        content = voices[0].content
        claims = tuple(dict.fromkeys(voice.claim for voice in voices))
        yield Answer(content.predicate, content.object, content.scope, denied, claims)


def concerns(conflict: Conflict) -> frozenset[NamedNode]:
    """The nodes that a conflict is about: of numbers that are easily taken for each other, those of all sides."""
    if conflict.type != PACT.ScopeDifference:
        return frozenset((conflict.subject,))
    return frozenset(voice.content.subject for side in conflict.sides for voice in side)


def near(ask: Asker, node: NamedNode) -> set[Term]:
    """A node and what belongs to it: the rounds and votes on a pact, the own pacts of a party with theirs."""
    found: set[Term] = {node}
    waiting: list[Term] = [node]
    while waiting:
        new = {row["near"] for row in ask.rows(_NEAR, node=waiting.pop())} - found
        found |= new
        waiting += new
    return found
