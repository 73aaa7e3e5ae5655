"""A store brought up to date: changed sources, and the questions that they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from pactgraph.building.layers import derived, quads
from pactgraph.building.plan import Plan
from pactgraph.graph.nodes import group, iris, read_triples
from pactgraph.project import Project
from pactgraph.resolution import Question, Rules, Voice, questions, voices
from pactgraph.store import LocalStore
from pactgraph.vocabulary import FACTS, PACT, PROPOSITIONS, PROV, RDF


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
    asked = {question for voice in touched for question in questions(voice, rules)}
    _resolve_again(store, asked, touched, rules)


def _resolve_again(store: LocalStore, asked: set[Question], touched: list[Voice], rules: Rules) -> None:
    answers = set(_answers(store, asked))
    claims = {voice.claim for voice in touched}.union(*(_claims_of(store, node) for node in answers))
    heard = [voice for claim in claims for voice in _heard(store, claim)]
    for proposition in answers:
        store.discard(store.match(proposition, graph=PROPOSITIONS))
    for subject, predicate, value in asked:
        store.discard(store.match(subject, predicate, value, FACTS))
    store.add(quads(derived(heard, rules, asked)))


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
