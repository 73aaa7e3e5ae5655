"""Claims as resolution hears them, and the questions that they answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Proposition, Term
from pactgraph.dates import Edtf, parse
from pactgraph.graph.codec import decode_proposition
from pactgraph.graph.nodes import Nodes, Properties, iris, one
from pactgraph.resolution.rules import Rules
from pactgraph.vocabulary import EDTF, PACT, PROV, RDF, SCHEMA

Question = tuple[NamedNode, NamedNode, Term | None]
"""Subject and predicate, and the object too where a property may have many."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim as resolution hears it: what it claims, how, in which source, and since when that is known."""

    claim: NamedNode
    proposition: NamedNode
    content: Proposition
    modality: NamedNode
    polarity: NamedNode
    source: NamedNode
    origins: tuple[NamedNode, ...] = ()
    known: date | None = None
    """The last day on which its source can have been published; None where that is unknown."""
    stated: date | None = None
    """The last day on which it can have been said; None where that is unknown."""
    passage: NamedNode | None = None
    flags: tuple[NamedNode, ...] = ()

    @property
    def denies(self) -> bool:
        """Whether its speaker denies the proposition."""
        return self.polarity == PACT.Denied


def voices(nodes: Nodes) -> Iterator[Voice]:
    """The claims among nodes, each together with its source, which is to be among them too."""
    for node, properties in nodes.items():
        if PACT.Claim in properties.get(RDF.type, ()):
            source = one(properties, PROV.wasDerivedFrom)
            yield hear(node, properties, nodes.get(source, {}) if isinstance(source, NamedNode) else {})


def hear(claim: NamedNode, properties: Properties, source: Properties) -> Voice:
    """The voice of a claim's node and of its source's, which are taken to conform to the shapes."""
    proposition, modality, polarity, node = (
        properties[name][0] for name in (PACT.proposition, PACT.modality, PACT.polarity, PROV.wasDerivedFrom)
    )
    assert isinstance(proposition, NamedNode)
    assert isinstance(modality, NamedNode)
    assert isinstance(polarity, NamedNode)
    assert isinstance(node, NamedNode)
    content = decode_proposition(properties)
    origins = tuple(sorted(iris(source, PACT.origin), key=lambda origin: origin.value))
    known, stated = _last(source, SCHEMA.datePublished), _last(properties, PACT.statedOn)
    passage = one(properties, PACT.passage)
    return Voice(
        claim,
        proposition,
        content,
        modality,
        polarity,
        node,
        origins,
        known,
        stated or known,
        passage if isinstance(passage, NamedNode) else None,
        tuple(sorted(iris(properties, PACT.flag), key=lambda flag: flag.value)),
    )


def _last(properties: Properties, name: NamedNode) -> date | None:
    when = read_date(one(properties, name))
    return when.last if when else None


@lru_cache(maxsize=65536)
def read_date(term: Term | None) -> Edtf | None:
    """The date of an EDTF literal; None for any other term."""
    return parse(term.value) if isinstance(term, Literal) and term.datatype == EDTF else None


def when(content: Proposition) -> Edtf | None:
    """The time that a proposition gives: its object, or else the day in its scope."""
    return read_date(content.object) or scoped(content)


def scoped(content: Proposition) -> Edtf | None:
    """The time in the scope of a proposition."""
    return read_date(next((value for name, value in content.scope if name == PACT.on), None))


def question(content: Proposition, rules: Rules) -> Question:
    """What a proposition answers: two propositions bear on each other when they answer the same question."""
    single = content.predicate in rules.single_valued
    return content.subject, content.predicate, None if single else content.object


def questions(voice: Voice, rules: Rules) -> Iterator[Question]:
    """What a claim answers, outright and by what it implies."""
    yield from (question(each.content, rules) for each in (voice, *implied(voice, rules)))


def implied(voice: Voice, rules: Rules) -> Iterator[Voice]:
    """The same claim, heard as saying that a stage was reached, by the day that it gives, where its property implies one."""
    stage = rules.stages.get(voice.content.predicate)
    if stage is not None and not voice.denies and tells(voice, rules):
        content = Proposition(voice.content.subject, PACT.reachedStage, stage)
        time = when(voice.content)
        reached = time.last if time and time.last else voice.stated
        yield replace(voice, content=content, proposition=content.iri, stated=reached)


def tells(voice: Voice, rules: Rules) -> bool:
    """Whether a claim can support or block a fact: put as so, on no condition, and not suspect."""
    unconditional = not any(name == PACT.condition for name, _ in voice.content.scope)
    return voice.modality in rules.supporting and unconditional and rules.suspect.isdisjoint(voice.flags)
