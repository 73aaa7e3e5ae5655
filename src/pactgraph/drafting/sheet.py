"""What the claims of one article are made from, and the values that they are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pactgraph.claim import Term
from pactgraph.drafting.proposals import Proposals
from pactgraph.drafting.recipes import Cookbook
from pactgraph.extraction import Entity, Extraction
from pactgraph.extraction.mentions import Mention
from pactgraph.graph.nodes import Nodes
from pactgraph.passage import Span

_FEW_WORDS, _FEW_LETTERS = 7, 60


class Unsayable(Exception):
    """Why a candidate cannot be put as a claim."""


@dataclass(frozen=True, slots=True)
class Value:
    """The object of a claim, the span of the words that give it, and the node of the value where it is one of parts."""

    term: Term
    printed: Span
    nodes: Nodes = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """What the claims of one article are made from; `stated` is its day of publication as EDTF, `name` its source's name."""

    name: str
    text: str
    stated: str | None
    extraction: Extraction
    cookbook: Cookbook
    proposals: Proposals
    hub: Entity | None

    def mentions(self, entity: Entity) -> list[Mention]:
        """Where the article names something, in order."""
        every = (m for scene in self.extraction.scenes for m in scene.mentions)
        return [mention for mention in every if mention.entity.node == entity.node]

    def few(self, start: int, end: int) -> Span:
        """The first words of a stretch, as few as may be shown."""
        span = Span(start, end)
        words = list(re.finditer(r"\S+", span.of(self.text)))[:_FEW_WORDS]
        while len(words) > 1 and words[-1].end() > _FEW_LETTERS:
            words.pop()
        return Span(start, start + words[-1].end()) if words else span


def whole_number(text: str) -> int:
    """The number; raises Unsayable for another text."""
    try:
        return int(text)
    except ValueError:
        raise Unsayable(f"“{text}” is no whole number") from None
