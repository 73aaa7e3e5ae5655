"""Claims and propositions as frozen records, and the two hashes that name them."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from pactgraph.vocabulary import PACT, mint

Term = NamedNode | Literal
"""What may stand in the object of a claim: an IRI or a literal, never a blank node."""


def term_key(term: Term) -> str:
    """One line that tells a term from every other, the same on every machine and in every version."""
    if isinstance(term, NamedNode):
        return f"<{term.value}>"
    text = term.value.replace("\\", "\\\\").replace("\n", "\\n")
    return f'"{text}"@{language_tag(term)}' if term.language else f'"{text}"^^<{term.datatype.value}>'


def language_tag(literal: Literal) -> str:
    """The tag of a literal with a language, with its base direction where it has one: `en`, `ar--rtl`."""
    return f"{literal.language}--{literal.direction}" if literal.direction else f"{literal.language}"


def is_duration(term: Term) -> bool:
    """Whether a term is an xsd:duration, https://www.w3.org/TR/xmlschema11-2/#duration."""
    return isinstance(term, Literal) and term.datatype.value.endswith("#duration")


@dataclass(frozen=True, slots=True)
class Proposition:
    """What is claimed, whoever claims it; `scope` limits it (on which day, how many, on what condition)."""

    subject: NamedNode
    predicate: NamedNode
    object: Term
    scope: tuple[tuple[NamedNode, Term], ...] = ()

    def __post_init__(self) -> None:
        """Scope has no order and nothing twice, so that equal propositions are equal records."""
        if self.scope:
            object.__setattr__(self, "scope", tuple(sorted(set(self.scope), key=_scope_key)))

    @property
    def iri(self) -> NamedNode:
        """A hash of subject, predicate, object and scope."""
        scope = map(_scope_key, self.scope)
        return mint("proposition", [*map(term_key, (self.subject, self.predicate, self.object)), *scope])


def _scope_key(part: tuple[NamedNode, Term]) -> str:
    name, value = part
    return f"{term_key(name)} {term_key(value)}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One source saying one thing at one passage, by one speaker.

    `stated_on` is an EDTF string; `as_printed` the few words of the passage that give the object;
    `resolved_from` are passages that name what this one only points to; `also_at` repeats of it. A program tells by which
    `rule` of its own, with its version, it made the claim, and its `confidence`, a decimal from 0 to 1; `revises` is the
    program's claim that a reviewer edited.
    """

    source: NamedNode
    passage: NamedNode
    proposition: Proposition
    speaker: NamedNode
    modality: NamedNode = PACT.Factual
    polarity: NamedNode = PACT.Affirmed
    quotation: NamedNode = PACT.OwnVoice
    as_printed: str | None = None
    stated_on: str | None = None
    flags: tuple[NamedNode, ...] = ()
    also_at: tuple[NamedNode, ...] = ()
    resolved_from: tuple[NamedNode, ...] = ()
    recorded_by: NamedNode | None = None
    rule: str | None = None
    confidence: str | None = None
    revises: NamedNode | None = None

    def __post_init__(self) -> None:
        """Flags and further passages have no order and nothing twice."""
        for name in ("flags", "also_at", "resolved_from"):
            if nodes := getattr(self, name):
                object.__setattr__(self, name, tuple(sorted(set(nodes), key=term_key)))

    @property
    def iri(self) -> NamedNode:
        """A hash of source, passage, speaker, modality, polarity and proposition, and of nothing else."""
        parts = (self.source, self.passage, self.speaker, self.modality, self.polarity, self.proposition.iri)
        return mint("claim", map(term_key, parts))
