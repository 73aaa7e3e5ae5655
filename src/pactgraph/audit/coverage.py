"""What the graph rests on too thinly: a number for every kind of gap, and the list to work from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode, QuerySolutions, Triple

from pactgraph.audit.world import World, read_world
from pactgraph.store import Store
from pactgraph.vocabulary import PACT

_PLACED = "SELECT ?node ?about { ?about a oa:TextPositionSelector . ?node oa:hasSelector ?about }"
_PUBLISHED = "SELECT ?node ?about { ?node schema:publisher ?about }"
_DATED = "SELECT DISTINCT ?node (?node AS ?about) { ?node schema:datePublished ?day }"

_TEXTS = "SELECT ?node ?about { ?node pact:text ?about }"


class Gap(StrEnum):
    """What is missing."""

    ONE_ORIGIN = "fact of one origin"
    UNCHECKED = "claim known by a locator only"
    NO_DATE = "pact without a date"
    NO_PLACE = "pact without a place"
    NO_SIGNATORY = "pact without a signatory"
    NO_TERM = "pact without a term"
    NO_TEXT = "pact without a text"
    UNDATED = "source without a day of publication"


@dataclass(frozen=True, slots=True)
class Lack:
    """One gap: the proposition, claim, pact or source that has it, and the source, publisher or subject to go to."""

    gap: Gap
    node: NamedNode
    about: NamedNode
    fact: Triple | None = None
    """What a proposition says."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """All gaps in order of kind and name, and of how many things each kind is a part."""

    lacks: tuple[Lack, ...]
    totals: Mapping[Gap, int]

    @property
    def counts(self) -> Mapping[Gap, int]:
        """How many gaps there are of each kind; every kind that was looked for is named."""
        found = Counter(lack.gap for lack in self.lacks)
        return {gap: found[gap] for gap in Gap if gap in self.totals}

    def only(self, gap: Gap) -> Coverage:
        """The gaps of one kind, of so many things."""
        return Coverage(self.of(gap), {gap: self.totals[gap]})

    def of(self, gap: Gap) -> tuple[Lack, ...]:
        """The gaps of one kind."""
        return tuple(lack for lack in self.lacks if lack.gap is gap)


def audit_coverage(store: Store) -> Coverage:
    """The gaps of a store; of pacts those are looked at that are signed or adopted."""
    return cover(store, read_world(store))


def cover(store: Store, world: World) -> Coverage:
    """The same with the store's world that is read already."""
    facts = [standing.content for standing in world.standings.values() if standing.holds]
    stated = {(content.subject, content.predicate) for content in facts}
    concluded = list(_concluded(world))
    publishers = dict(_pairs(store, _PUBLISHED))
    sources = {voice.source for voice in world.heard}
    lacks = [
        *_of_one_origin(world),
        *_unchecked(store, world),
        *(lack for pact in concluded for lack in _lacking(pact, stated)),
        *_without_text(store, concluded),
        *(
            Lack(Gap.UNDATED, node, publishers.get(node, node))
            for node in sources - {node for node, _ in _pairs(store, _DATED)}
        ),
    ]
    totals = {gap: len(concluded) for gap in Gap} | {
        Gap.ONE_ORIGIN: len(facts),
        Gap.UNCHECKED: len(world.heard),
        Gap.UNDATED: len(sources),
    }
    order = {gap: place for place, gap in enumerate(Gap)}
    return Coverage(
        tuple(sorted(lacks, key=lambda lack: (order[lack.gap], lack.about.value, lack.node.value))),
        totals,
    )


def _unchecked(store: Store, world: World) -> Iterator[Lack]:
    """Claims whose passage has no place in a text, so that no text can be held against them."""
    placed = {passage for passage, _ in _pairs(store, _PLACED)}
    for voice in world.heard:
        if voice.passage not in placed:
            yield Lack(Gap.UNCHECKED, voice.claim, voice.source)


def _of_one_origin(world: World) -> Iterator[Lack]:
    for node, standing in world.standings.items():
        if standing.holds and standing.witnesses == 1:
            content = standing.content
            fact = Triple(content.subject, content.predicate, content.object)
            yield Lack(Gap.ONE_ORIGIN, node, content.subject, fact)


def _concluded(world: World) -> Iterator[NamedNode]:
    """The pacts that are signed or adopted."""
    stages = {world.rules.stages[p] for p in (PACT.signedOn, PACT.adoptedOn)}
    for node in world.lives.stages:
        if world.is_kind(node, PACT.Pact) and stages & world.lives.stages[node].keys():
            yield node


_NEEDED = {
    Gap.NO_DATE: (PACT.signedOn, PACT.adoptedOn),
    Gap.NO_PLACE: (PACT.signedIn, PACT.adoptedIn),
    Gap.NO_SIGNATORY: (PACT.signedBy, PACT.concludedBy, PACT.declaredBy),
    Gap.NO_TERM: (PACT.term, PACT.validDuring, PACT.validUntil),
}
"""The properties of which a pact should have one."""


def _lacking(pact: NamedNode, stated: Collection[tuple[NamedNode, NamedNode]]) -> Iterator[Lack]:
    for gap, properties in _NEEDED.items():
        if not any((pact, name) in stated for name in properties):
            yield Lack(gap, pact, pact)


def _without_text(store: Store, pacts: Collection[NamedNode]) -> Iterator[Lack]:
    """Pacts of which the authority data has no address of the official text."""
    texts = {pact for pact, _ in _pairs(store, _TEXTS)}
    yield from (Lack(Gap.NO_TEXT, pact, pact) for pact in pacts if pact not in texts)


def _pairs(store: Store, query: str) -> Iterator[tuple[NamedNode, NamedNode]]:
    rows = store.query(query)
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        node, about = row["node"], row["about"]
        assert isinstance(node, NamedNode)
        assert isinstance(about, NamedNode)
        yield node, about
