"""From claims to facts: which propositions hold, by what rules, and who says otherwise.

A proposition becomes a plain triple when claims affirm it in a modality that supports facts and it stands against
every answer that excludes it and every denial (see `contest`). Which modalities support facts, which properties take
one value and which imply a stage is said in the ontology. No claim is changed, dropped or closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Term, term_key
from pactgraph.resolution.contest import Standing, decide
from pactgraph.resolution.index import index, paged
from pactgraph.resolution.rules import Rules, read_rules
from pactgraph.resolution.voices import Question, Voice, hear, implied, question, questions, voices, when
from pactgraph.vocabulary import PACT, RDF, XSD

__all__ = [
    "Question",
    "Resolution",
    "Rules",
    "Standing",
    "Voice",
    "derive",
    "hear",
    "index",
    "paged",
    "question",
    "questions",
    "read_rules",
    "resolve",
    "standings",
    "voices",
]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The plain triples that hold, and the propositions with how they came out."""

    facts: tuple[Triple, ...]
    propositions: tuple[Triple, ...]


def resolve(heard: Iterable[Voice], rules: Rules, asked: Collection[Question] | None = None) -> Resolution:
    """Facts and propositions of all claims, or of those on the questions asked; the same in any order."""
    found = list(derive(heard, rules, asked))
    facts = (t for each in found for t in each.facts)
    propositions = (t for each in found for t in each.propositions)
    return Resolution(tuple(sorted(facts, key=_triple_key)), tuple(sorted(propositions, key=_subject)))


def derive(
    heard: Iterable[Voice], rules: Rules, asked: Collection[Question] | None = None
) -> Iterator[Resolution]:
    """What `resolve` gives, one question after another and in no order, so that not all of it is held at once."""
    by_question = _by_question(heard, rules, asked)
    while by_question:
        _, speaking = by_question.popitem()
        yield _derived(decide(speaking, rules))


def standings(
    heard: Iterable[Voice], rules: Rules, asked: Collection[Question] | None = None
) -> dict[NamedNode, Standing]:
    """How every proposition came out, claimed outright or implied; for the questions asked alone, if any are.

    For those, `heard` has to hold every claim that answers them.
    """
    found: dict[NamedNode, Standing] = {}
    for speaking in _by_question(heard, rules, asked).values():
        found.update(decide(speaking, rules))
    return found


def _by_question(
    heard: Iterable[Voice], rules: Rules, asked: Collection[Question] | None
) -> dict[Question, list[Voice]]:
    by_question: dict[Question, list[Voice]] = defaultdict(list)
    for voice in heard:
        for each in (voice, *implied(voice, rules)):
            about = question(each.content, rules)
            if asked is None or about in asked:
                by_question[about].append(each)
    return by_question


def _derived(found: Mapping[NamedNode, Standing]) -> Resolution:
    facts = {
        Triple(s.content.subject, s.content.predicate, s.content.object): None
        for s in found.values()
        if s.holds
    }
    return Resolution(tuple(facts), tuple(t for node, s in found.items() for t in _described(node, s)))


def _described(node: NamedNode, standing: Standing) -> Iterator[Triple]:
    content = standing.content
    yield Triple(node, RDF.type, PACT.Proposition)
    yield Triple(node, RDF.subject, content.subject)
    yield Triple(node, RDF.predicate, content.predicate)
    yield Triple(node, RDF.object, content.object)
    for name, value in content.scope:
        yield Triple(node, name, value)
    for claim in standing.supporting:
        yield Triple(node, PACT.supportedBy, claim)
    for claim in standing.dissenting:
        yield Triple(node, PACT.dissentedBy, claim)
    if standing.rank and standing.reason:
        yield Triple(node, PACT.rank, standing.rank)
        yield Triple(node, PACT.reason, standing.reason)
        yield Triple(node, PACT.witnesses, Literal(str(standing.witnesses), datatype=XSD.integer))
    for name, day in _days(standing):
        if day is not None:
            yield Triple(node, name, Literal(day.isoformat(), datatype=XSD.date))


def _days(standing: Standing) -> Iterator[tuple[NamedNode, date | None]]:
    """The first and last day of a proposition's time, and when it became and ceased to be a fact, for SPARQL."""
    time = when(standing.content)
    yield PACT.earliest, time.first if time else None
    yield PACT.latest, time.last if time else None
    yield PACT.by, standing.by
    for begun, ended in standing.accepted:
        yield PACT.acceptedFrom, begun
        yield PACT.acceptedUntil, ended


def _subject(triple: Triple) -> str:
    return str(triple.subject)


def _triple_key(triple: Triple) -> tuple[str, str, Term | str]:
    assert isinstance(triple.object, NamedNode | Literal)
    return str(triple.subject), triple.predicate.value, term_key(triple.object)
