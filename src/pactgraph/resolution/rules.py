"""What the ontology and the authority data say that resolution obeys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.graph.nodes import Nodes, iris
from pactgraph.vocabulary import OWL, PACT, RDF, SCHEMA, XSD


@dataclass(frozen=True, slots=True)
class Rules:
    """Which properties take one value, which modalities support facts, what implies what."""

    single_valued: frozenset[NamedNode] = frozenset()
    supporting: frozenset[NamedNode] = frozenset()
    stages: Mapping[NamedNode, NamedNode] = field(default_factory=dict)
    """The stage that a value of a property implies."""
    within: Mapping[Term, frozenset[Term]] = field(default_factory=dict)
    """The wider places that a place lies in, all the way up."""
    occasions: Mapping[NamedNode, NamedNode] = field(default_factory=dict)
    """The occasion that an origin came about at; origins of one occasion are one."""
    counted: Mapping[NamedNode, NamedNode] = field(default_factory=dict)
    """The stage that the things counted have reached."""
    lasting: frozenset[NamedNode] = frozenset()
    """What is counted and can only grow in number."""
    suspect: frozenset[NamedNode] = frozenset()
    """Flags of claims that support no facts."""
    once: frozenset[Term] = frozenset()
    """Stages that are reached, and properties that tell of what comes about, on one day only."""
    before: Mapping[Term, frozenset[Term]] = field(default_factory=dict)
    """The stages that must have been reached before a stage can be."""
    included: Mapping[Term, NamedNode] = field(default_factory=dict)
    """The property whose values a number of these may count in or leave out."""
    represents: Mapping[Term, frozenset[Term]] = field(default_factory=dict)
    """The parties for which a person can act, by the offices that they have held."""
    groups: Mapping[Term, frozenset[Term]] = field(default_factory=dict)
    """The groups that a pact is in, all the way up."""
    limits: frozenset[NamedNode] = frozenset()
    """The properties that tell for how long a pact binds."""


def read_rules(nodes: Nodes) -> Rules:
    """The rules that an ontology states, together with authority data where that is among the nodes."""
    true = Literal("true", datatype=XSD.boolean)
    return Rules(
        frozenset(node for node, p in nodes.items() if OWL.FunctionalProperty in p.get(RDF.type, ())),
        frozenset(node for node, p in nodes.items() if true in p.get(PACT.supportsFacts, ())),
        {node: stage for node, p in nodes.items() for stage in iris(p, PACT.impliesStage)},
        closures(nodes, SCHEMA.containedInPlace),
        {node: occasion for node, p in nodes.items() for occasion in iris(p, PACT.occasion)},
        {node: stage for node, p in nodes.items() for stage in iris(p, PACT.countsStage)},
        frozenset(node for node, p in nodes.items() if true in p.get(PACT.neverFalls, ())),
        frozenset(
            n for n, p in nodes.items() if PACT.Flag in p.get(RDF.type, ()) and PACT.supportsFacts in p
        ),
        frozenset(node for node, p in nodes.items() if true in p.get(PACT.comesOnce, ())),
        closures(nodes, PACT.follows),
        {node: other for node, p in nodes.items() for other in iris(p, PACT.mayInclude)},
        represented(nodes),
        closures(nodes, PACT.inGroup),
        frozenset(node for node, p in nodes.items() if true in p.get(PACT.limits, ())),
    )


def closures(nodes: Nodes, link: NamedNode) -> dict[Term, frozenset[Term]]:
    """All that a link leads to from each node, all the way."""
    return {node: frozenset(_beyond(node, nodes, link)) for node, p in nodes.items() if link in p}


def _beyond(start: NamedNode, nodes: Nodes, link: NamedNode) -> Iterator[Term]:
    """All that a link leads to from a node, all the way; the node itself is not among them."""
    met = {start}
    waiting = [start]
    while waiting:
        for other in iris(nodes.get(waiting.pop(), {}), link):
            if other not in met:
                met.add(other)
                waiting.append(other)
                yield other


def represented(nodes: Nodes) -> dict[Term, frozenset[Term]]:
    """The parties for which each person can act, by the offices held."""
    parties: dict[Term, frozenset[Term]] = {}
    for tenure in nodes.values():
        for person in iris(tenure, PACT.holder):
            for office in iris(tenure, PACT.office):
                acted = iris(nodes.get(office, {}), PACT.actsFor)
                parties[person] = parties.get(person, frozenset()) | set(acted)
    return parties
