"""What an addition changed in a graph: facts that are new, facts that more sources carry, claims that now stand apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from pactgraph.building import build
from pactgraph.claim import Term
from pactgraph.graph.nodes import Nodes, group, iris, one
from pactgraph.pages import ToldConflict, conflicts
from pactgraph.pages.names import Names
from pactgraph.project import Project
from pactgraph.store import LocalStore
from pactgraph.vocabulary import PACT, PROPOSITIONS, RDF

Said = tuple[Term, Term, Term]
"""Subject, predicate and object of a proposition."""


@dataclass(frozen=True)
class Picture:
    """A graph at one moment: its propositions, its conflicts, and the names of its nodes."""

    propositions: Nodes
    conflicts: tuple[ToldConflict, ...]
    names: Names

    def facts(self) -> Mapping[NamedNode, int]:
        """The propositions that are facts, with how many claims support each."""
        return {
            node: len(iris(p, PACT.supportedBy))
            for node, p in self.propositions.items()
            if PACT.acceptedFrom in p and PACT.acceptedUntil not in p
        }

    def told(self, node: NamedNode) -> str:
        """A proposition in words."""
        parts = (one(self.propositions[node], part) for part in (RDF.subject, RDF.predicate, RDF.object))
        return " · ".join(self.names.name(part) for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class Change:
    """Each in words: facts that were none before, facts with more support, and conflicts in which new claims take part."""

    facts: tuple[str, ...]
    support: tuple[str, ...]
    conflicts: tuple[str, ...]


def picture(project: Project) -> Picture:
    """The graph as its data makes it now; nothing is written. Raises Refused for data that is not valid."""
    store = LocalStore.in_memory()
    build(project, store, validated=False)
    names = Names(store)
    return Picture(group(store.triples(PROPOSITIONS)), tuple(conflicts(store, names=names)), names)


def compare(before: Picture, after: Picture, added: Collection[NamedNode]) -> Change:
    """What changed; `added` are the new claims."""
    old, new = before.facts(), after.facts()
    grown = [node for node in new if node in old and new[node] > old[node]]
    apart = [
        conflict
        for conflict in after.conflicts
        if any(told.claim in added for side in conflict.sides for told in side.claims)
    ]
    return Change(
        facts=tuple(sorted(after.told(node) for node in new.keys() - old.keys())),
        support=tuple(sorted(f"{after.told(node)} ({old[node]} → {new[node]} claims)" for node in grown)),
        conflicts=tuple(_told(conflict, after.names) for conflict in apart),
    )


def _told(conflict: ToldConflict, names: Names) -> str:
    about = f"{names.name(conflict.subject)} · {names.name(conflict.predicate)}"
    return f"{conflict.type.name}: {about}"
