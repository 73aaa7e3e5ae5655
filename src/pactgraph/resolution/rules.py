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


def read_rules(nodes: Nodes) -> Rules:
    """The rules that an ontology states, together with authority data where that is among the nodes."""
    true = Literal("true", datatype=XSD.boolean)
    return Rules(
        frozenset(node for node, p in nodes.items() if OWL.FunctionalProperty in p.get(RDF.type, ())),
        frozenset(node for node, p in nodes.items() if true in p.get(PACT.supportsFacts, ())),
        {node: stage for node, p in nodes.items() for stage in iris(p, PACT.impliesStage)},
        {node: frozenset(_wider(node, nodes)) for node, p in nodes.items() if SCHEMA.containedInPlace in p},
        {node: occasion for node, p in nodes.items() for occasion in iris(p, PACT.occasion)},
        {node: stage for node, p in nodes.items() for stage in iris(p, PACT.countsStage)},
        frozenset(node for node, p in nodes.items() if true in p.get(PACT.neverFalls, ())),
        frozenset(
            n for n, p in nodes.items() if PACT.Flag in p.get(RDF.type, ()) and PACT.supportsFacts in p
        ),
    )


def _wider(place: NamedNode, nodes: Nodes) -> Iterator[Term]:
    met = {place}
    waiting = [place]
    while waiting:
        for wider in iris(nodes.get(waiting.pop(), {}), SCHEMA.containedInPlace):
            if wider not in met:
                met.add(wider)
                waiting.append(wider)
                yield wider
