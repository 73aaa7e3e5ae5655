"""From claims to facts: which propositions hold, and which claims support them.

A proposition becomes a plain triple when a claim affirms it in a modality that supports facts, no such claim denies
it, and no other candidate of a single-valued property excludes it. Which modalities support facts and which
properties are single-valued is said in the ontology. No claim is changed or dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Proposition, Term, term_key
from pactgraph.dates import Edtf, finer, overlap, parse
from pactgraph.graph.codec import decode_proposition
from pactgraph.graph.nodes import Nodes, Properties
from pactgraph.vocabulary import EDTF, OWL, PACT, RDF, XSD

Question = tuple[NamedNode, NamedNode, Term | None]
"""Subject and predicate, and the object too where a property may have many."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the ontology says of predicates and modalities."""

    single_valued: frozenset[NamedNode]
    supporting: frozenset[NamedNode]


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim as resolution hears it: who it is, what it claims, and how."""

    claim: NamedNode
    proposition: NamedNode
    content: Proposition
    modality: NamedNode
    polarity: NamedNode


@dataclass(frozen=True, slots=True)
class Resolution:
    """The plain triples that hold, and the propositions with the claims that support them."""

    facts: tuple[Triple, ...]
    propositions: tuple[Triple, ...]


def read_rules(ontology: Nodes) -> Rules:
    """The rules that the ontology states."""
    single = (node for node, p in ontology.items() if OWL.FunctionalProperty in p.get(RDF.type, ()))
    true = Literal("true", datatype=XSD.boolean)
    supporting = (node for node, p in ontology.items() if true in p.get(PACT.supportsFacts, ()))
    return Rules(frozenset(single), frozenset(supporting))


def hear(claim: NamedNode, properties: Properties) -> Voice:
    """The voice of a claim's node, which is taken to conform to the shapes."""
    proposition, modality, polarity = (
        properties[name][0] for name in (PACT.proposition, PACT.modality, PACT.polarity)
    )
    assert isinstance(proposition, NamedNode)
    assert isinstance(modality, NamedNode)
    assert isinstance(polarity, NamedNode)
    return Voice(claim, proposition, decode_proposition(properties), modality, polarity)


def resolve(voices: Iterable[Voice], rules: Rules) -> Resolution:
    """Facts and propositions of all claims on the questions that `voices` speak to; the same in any order."""
    heard: dict[NamedNode, list[Voice]] = defaultdict(list)
    for voice in voices:
        heard[voice.proposition].append(voice)
    denied = _denied((voice for said in heard.values() for voice in said), rules)
    supported = {node: _supporting(said, denied, rules) for node, said in heard.items()}
    holding = _holding([heard[node][0] for node, claims in supported.items() if claims], rules)
    facts = {Triple(c.subject, c.predicate, c.object) for c in holding}
    return Resolution(
        tuple(sorted(facts, key=_triple_key)),
        tuple(
            t
            for node in sorted(heard, key=lambda n: n.value)
            for t in _described(heard[node], supported[node])
        ),
    )


def question(content: Proposition, rules: Rules) -> Question:
    """What a proposition answers: two propositions bear on each other when they answer the same question."""
    single = content.predicate in rules.single_valued
    return content.subject, content.predicate, None if single else content.object


def _supporting(said: list[Voice], denied: frozenset[Question], rules: Rules) -> list[NamedNode]:
    """The claims that support a proposition; none when a claim of equal standing denies it, or all of its scopes."""
    telling = [voice for voice in said if _tells(voice, rules)]
    if _triple(said[0].content) in denied or any(voice.polarity == PACT.Denied for voice in telling):
        return []
    return sorted((voice.claim for voice in telling), key=lambda node: node.value)


def _denied(voices: Iterable[Voice], rules: Rules) -> frozenset[Question]:
    """What is denied outright, whatever the day or the number."""
    denials = (v for v in voices if v.polarity == PACT.Denied and not v.content.scope and _tells(v, rules))
    return frozenset(_triple(voice.content) for voice in denials)


def _tells(voice: Voice, rules: Rules) -> bool:
    return voice.modality in rules.supporting and not _conditional(voice.content)


def _triple(content: Proposition) -> Question:
    return content.subject, content.predicate, content.object


def _conditional(content: Proposition) -> bool:
    return any(name == PACT.condition for name, _ in content.scope)


def _holding(candidates: list[Voice], rules: Rules) -> Iterator[Proposition]:
    rivals: dict[tuple[NamedNode, NamedNode], list[Proposition]] = defaultdict(list)
    for voice in candidates:
        content = voice.content
        if content.predicate in rules.single_valued:
            rivals[content.subject, content.predicate].append(content)
        else:
            yield content
    for contents in rivals.values():
        yield from _unrivalled(contents)


def _unrivalled(contents: list[Proposition]) -> list[Proposition]:
    """Of the values given for a single-valued property, those that stand: a finer date beats a coarser one."""
    dates = {content: _date(content.object) for content in contents}
    if any(when is None for when in dates.values()):
        return contents if len({term_key(content.object) for content in contents}) == 1 else []
    known = {content: when for content, when in dates.items() if when is not None}
    agreed = {c: when for c, when in known.items() if all(overlap(when, other) for other in known.values())}
    return [c for c, when in agreed.items() if not any(finer(other, when) for other in agreed.values())]


def _date(term: Term) -> Edtf | None:
    return parse(term.value) if isinstance(term, Literal) and term.datatype == EDTF else None


def _described(said: list[Voice], supporting: list[NamedNode]) -> Iterator[Triple]:
    node, content = said[0].proposition, said[0].content
    yield Triple(node, RDF.type, PACT.Proposition)
    yield Triple(node, RDF.subject, content.subject)
    yield Triple(node, RDF.predicate, content.predicate)
    yield Triple(node, RDF.object, content.object)
    for name, value in content.scope:
        yield Triple(node, name, value)
    for claim in supporting:
        yield Triple(node, PACT.supportedBy, claim)
    yield from _bounds(node, content)


def _bounds(node: NamedNode, content: Proposition) -> Iterator[Triple]:
    """The first and last day of a proposition's date, so that SPARQL can sort and compare."""
    when = _date(content.object) or next((_date(v) for name, v in content.scope if name == PACT.on), None)
    bounds = (None, None) if when is None else (when.first, when.last)
    for name, day in zip((PACT.earliest, PACT.latest), bounds, strict=True):
        if day is not None:
            yield Triple(node, name, Literal(day.isoformat(), datatype=XSD.date))


def _triple_key(triple: Triple) -> tuple[str, str, str]:
    assert isinstance(triple.object, NamedNode | Literal)
    return str(triple.subject), triple.predicate.value, term_key(triple.object)
