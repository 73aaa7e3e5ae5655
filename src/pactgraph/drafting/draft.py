"""What a program proposes of an article: claims with the candidates that they were made from, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pactgraph.claim import Claim
from pactgraph.drafting.sources import Given
from pactgraph.extraction import Candidate, Extraction
from pactgraph.graph.nodes import Nodes
from pactgraph.graph.sources import SourceFile
from pactgraph.graph.turtle import write_nodes


@dataclass(frozen=True, slots=True)
class Drafted:
    """A claim, the candidate that it was made from, and the predicate that the extractor gave that."""

    claim: Claim
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that a candidate would make and that is not made, with the reasons."""

    candidate: Candidate
    says: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """What a program proposes of an article: a file for `data/sources/`, and nodes for `data/authority/`."""

    given: Given
    nodes: Nodes
    proposals: Nodes
    claims: tuple[Drafted, ...]
    refused: tuple[Refusal, ...]
    extraction: Extraction

    @property
    def turtle(self) -> str:
        """The source file, in its fixed form."""
        return write_nodes(self.nodes, base=self.given.source.value)

    @property
    def proposals_turtle(self) -> str:
        """The proposed nodes; nothing where there are none."""
        return write_nodes(self.proposals) if self.proposals else ""

    def source_file(self, path: Path) -> SourceFile:
        """The draft as if it were read from a file."""
        return SourceFile(path, self.given.source, self.nodes, {d.claim.iri: d.claim for d in self.claims})
