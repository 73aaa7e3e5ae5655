"""A store brought up to date: changed sources, and the questions that they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from pactgraph.building.layers import derived, quads, voices
from pactgraph.building.plan import Plan
from pactgraph.graph.nodes import group, read_triples
from pactgraph.project import Project
from pactgraph.resolution import Question, Rules, Voice, question
from pactgraph.store import LocalStore
from pactgraph.vocabulary import FACTS, PACT, PROPOSITIONS, RDF


def update(project: Project, store: LocalStore, plan: Plan, rules: Rules) -> None:
    """The changed sources, and the answers to the questions that they touched before or touch now."""
    graphs = {project.graph_of(path): read_triples(path) for path in plan.changed}
    gone = [*graphs, *(NamedNode(graph) for graph in plan.removed)]
    touched = [voice for graph in gone for voice in voices(group(store.triples(graph)))]
    for graph in gone:
        store.remove(graph)
    for graph, triples in graphs.items():
        store.replace(graph, triples)
        touched += voices(group(triples))
    _resolve_again(store, touched, rules)


def _resolve_again(store: LocalStore, touched: list[Voice], rules: Rules) -> None:
    questions = {question(voice.content, rules) for voice in touched}
    stale = {voice.proposition for voice in touched} | set(_answers(store, questions))
    heard = [voice for proposition in stale for voice in _claims_of(store, proposition)]
    for proposition in stale:
        store.discard(store.match(proposition, graph=PROPOSITIONS))
    for subject, predicate, value in questions:
        store.discard(store.match(subject, predicate, value, FACTS))
    store.add(quads(derived(heard, rules)))


def _answers(store: LocalStore, questions: Iterable[Question]) -> Iterator[NamedNode]:
    """The propositions that answer the questions, whoever claims them."""
    for subject, predicate, value in questions:
        for quad in store.match(None, RDF.subject, subject, PROPOSITIONS):
            node = _named(quad.subject)
            same = any(store.match(node, RDF.predicate, predicate, PROPOSITIONS))
            if same and (value is None or any(store.match(node, RDF.object, value, PROPOSITIONS))):
                yield node


def _claims_of(store: LocalStore, proposition: NamedNode) -> Iterator[Voice]:
    for quad in store.match(None, PACT.proposition, proposition):
        yield from voices(group(each.triple for each in store.match(_named(quad.subject))))


def _named(node: object) -> NamedNode:
    assert isinstance(node, NamedNode), "the store holds no blank nodes"
    return node
