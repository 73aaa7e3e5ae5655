"""How far each pact has come, by the facts: outright, or by a property that implies a stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.pages.asking import Asker
from pactgraph.vocabulary import PACT

_STAGES = """
SELECT ?property ?stage ?broad ?order {
  { ?stage a pact:Stage ; skos:broader? ?broad . ?broad pact:order ?order }
  { ?property pact:impliesStage ?stage } UNION { BIND(pact:reachedStage AS ?property) }
}
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage, of a narrower one its broader one; `order` counts from 1, and 0 is none."""

    order: int = 0
    stage: Term | None = None


class Stages:
    """The stage of each pact."""

    def __init__(self, ask: Asker) -> None:
        self._told: dict[NamedNode, dict[Term, Reached]] = defaultdict(dict)
        for row in ask.rows(_STAGES):
            if isinstance(prop := row["property"], NamedNode):
                self._told[prop][row["stage"]] = Reached(int(row["order"].value), row["broad"])
        self._facts = {prop: ask.facts(prop) for prop in self._told}
        self._found: dict[Term, Reached] = {}
        self.signing = max((r.order for r in self._told[PACT.signedOn].values()), default=0)

    def of(self, pact: Term) -> Reached:
        """The furthest stage; a pact that is signed is not called off."""
        if pact not in self._found:
            self._found[pact] = self._furthest(list(self._reached(pact)))
        return self._found[pact]

    def _furthest(self, reached: list[Reached]) -> Reached:
        standing = [r for r in reached if r.stage != PACT.CalledOff]
        if any(r.order >= self.signing for r in standing):
            reached = standing
        return max(reached, key=lambda r: r.order, default=Reached())

    def read(self) -> None:
        """Reads the stages of all pacts, where all are going to be asked for."""
        for facts in self._facts.values():
            facts.read()

    def is_signed(self, pact: Term) -> bool:
        """Whether the pact has come to signing or beyond."""
        reached = self.of(pact)
        return reached.order >= self.signing and reached.stage != PACT.CalledOff

    def implied(self, term: NamedNode) -> frozenset[Term]:
        """The stages that a value of the property implies."""
        return frozenset() if term == PACT.reachedStage else frozenset(self._told.get(term, ()))

    def _reached(self, pact: Term) -> Iterator[Reached]:
        for prop, stages in self._told.items():
            values = self._facts[prop].get(pact, ())
            told = values if prop == PACT.reachedStage else stages if values else ()
            yield from (stages[stage] for stage in told if stage in stages)
