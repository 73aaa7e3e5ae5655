"""A store brought up to date: changed sources, and the questions that they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from pactgraph.building.layers import derived, quads
from pactgraph.building.plan import Plan
from pactgraph.graph.nodes import group, iris, read_triples
from pactgraph.project import Project
from pactgraph.resolution import Question, Rules, Voice, index, questions, voices
from pactgraph.store import LocalStore
from pactgraph.vocabulary import FACTS, INDEX, PACT, PROPOSITIONS, PROV, RDF


def update(project: Project, store: LocalStore, plan: Plan, rules: Rules) -> None:
    """The changed sources, and the answers to the questions on which a claim changed, came or went."""
    graphs = {project.graph_of(path): read_triples(path) for path in plan.changed}
    gone = [*graphs, *(NamedNode(graph) for graph in plan.removed)]
    before = _Reading.of((store.triples(graph) for graph in gone), rules)
    for graph in gone:
        store.remove(graph)
    for graph, triples in graphs.items():
        store.replace(graph, triples)
    after = _Reading.of(graphs.values(), rules)
    _change(store, before.beside, after.beside)
    touched = before.heard ^ after.heard
    if touched:
        asked = {question for voice in touched for question in questions(voice, rules)}
        _resolve_again(store, asked, {voice.claim for voice in touched}, rules)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What some graphs of sources say, and what is written down beside them."""

    heard: frozenset[Voice]
    beside: frozenset[Quad]

    @classmethod
    def of(cls, graphs: Iterable[Iterable[Triple]], rules: Rules) -> _Reading:
        heard, beside = set[Voice](), set[Quad]()
        for triples in graphs:
            nodes = group(triples)
            speaking = list(voices(nodes))
            heard |= set(speaking)
            beside |= set(quads([(INDEX, None, list(index(nodes, speaking, rules)))]))
        return cls(frozenset(heard), frozenset(beside))


def _resolve_again(store: LocalStore, asked: set[Question], touched: set[NamedNode], rules: Rules) -> None:
    answers = set(_answers(store, asked))
    claims = touched.union(*(_claims_of(store, node) for node in answers))
    heard = [voice for claim in claims for voice in _heard(store, claim)]
    written = {quad for node in answers for quad in store.match(node, graph=PROPOSITIONS)}
    written |= {quad for s, p, o in asked for quad in store.match(s, p, o, FACTS)}
    _change(store, written, set(quads(derived(heard, rules, asked))))


def _change(store: LocalStore, before: Set[Quad], after: Set[Quad]) -> None:
    store.discard(before - after)
    store.add(after - before)


def _answers(store: LocalStore, asked: Iterable[Question]) -> Iterator[NamedNode]:
    """The propositions that answer the questions, whoever claims them."""
    for subject, predicate, value in asked:
        for quad in store.match(None, RDF.subject, subject, PROPOSITIONS):
            node = _named(quad.subject)
            same = any(store.match(node, RDF.predicate, predicate, PROPOSITIONS))
            if same and (value is None or any(store.match(node, RDF.object, value, PROPOSITIONS))):
                yield node


def _claims_of(store: LocalStore, proposition: NamedNode) -> Iterator[NamedNode]:
    """The claims of a proposition, and those that support it by what they imply."""
    yield from (_named(quad.subject) for quad in store.match(None, PACT.proposition, proposition))
    for quad in store.match(proposition, PACT.supportedBy, None, PROPOSITIONS):
        yield _named(quad.object)


def _heard(store: LocalStore, claim: NamedNode) -> Iterator[Voice]:
    """A claim that still stands, together with its source."""
    properties = group(each.triple for each in store.match(claim))
    sources = [source for p in properties.values() for source in iris(p, PROV.wasDerivedFrom)]
    described = group(each.triple for source in sources for each in store.match(source))
    return voices(properties | described)


def _named(node: object) -> NamedNode:
    assert isinstance(node, NamedNode), "the store holds no blank nodes"
    return node
