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
    return f'"{text}"@{term.language}' if term.language else f'"{text}"^^<{term.datatype.value}>'


@dataclass(frozen=True, slots=True)
class Proposition:
    """What is claimed, whoever claims it; `scope` limits it (on which day, how many, on what condition)."""

    subject: NamedNode
    predicate: NamedNode
    object: Term
    scope: tuple[tuple[NamedNode, Term], ...] = ()

    @property
    def iri(self) -> NamedNode:
        """A hash of subject, predicate, object and scope."""
        scope = sorted(f"{term_key(name)} {term_key(value)}" for name, value in self.scope)
        return mint("proposition", [*map(term_key, (self.subject, self.predicate, self.object)), *scope])


@dataclass(frozen=True, slots=True)
class Claim:
    """One source saying one thing at one passage, by one speaker.

    `stated_on` is an EDTF string; `as_printed` the few words of the passage that give the object;
    `resolved_from` are passages that name what this one only points to; `also_at` repeats of it.
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

    @property
    def iri(self) -> NamedNode:
        """A hash of source, passage, speaker, modality, polarity and proposition, and of nothing else."""
        parts = (self.source, self.passage, self.speaker, self.modality, self.polarity, self.proposition.iri)
        return mint("claim", map(term_key, parts))
