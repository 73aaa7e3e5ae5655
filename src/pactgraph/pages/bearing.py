"""Which claims bear on the conflicts about some nodes, so that not all have to be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.pages.asking import Asker
from pactgraph.resolution.numbers import Reported
from pactgraph.resolution.reading import read_numbers
from pactgraph.resolution.voices import Voice
from pactgraph.vocabulary import PACT

_SIGNED = """
SELECT DISTINCT ?value {
  ?claim rdf:object ?node .
  FILTER EXISTS { ?claim rdf:predicate pact:signedAt }
  ?claim rdf:subject ?value .
}
"""
_LISTED = 3
"""As many pacts named at one passage as a list may have."""


class Bearing:
    """The claims that can bear on conflicts about some nodes, and the numbers that these give.

    Beside their own those of who else holds an office, of what else was signed at an event, of lists beside a count, and
    where equal numbers of different things are asked for, all counts.
    """

    def __init__(self, ask: Asker, nodes: Collection[NamedNode], alike: bool) -> None:
        self._ask, self._nodes = ask, sorted(nodes, key=lambda node: node.value)
        self._own = [voice for node in self._nodes for voice in ask.about(node)]
        self._counts = [voice for voice in self._own if voice.content.predicate == PACT.reportedCount]
        self._alike = alike and bool(self._counts)
        self._members = list(self._listed())
        self._sources = self._beside()

    def voices(self) -> list[Voice]:
        """The claims, each once."""
        voices = [*self._own, *self._members]
        for office in self._claimed(PACT.holdsOffice):
            voices += self._ask.asked(object=office)
        for event in self._claimed(PACT.signedAt):
            signed = (row["value"] for row in self._ask.rows(_SIGNED, node=event))
            voices += (voice for node in (event, *signed) for voice in self._ask.about(node))
        for part in self._parts():
            voices += self._ask.asked(**part)
        return list({voice.claim: voice for voice in voices}.values())

    def numbers(self) -> dict[Term, Reported]:
        """The numbers that these claims give."""
        parts = [*({"subject": node} for node in self._nodes), *self._parts()]
        return {node: n for part in parts for node, n in read_numbers(self._ask.store, **part).items()}

    def _parts(self) -> Iterator[dict[str, NamedNode]]:
        yield from ({"source": source} for source in self._sources)
        if self._alike:
            yield {"predicate": PACT.reportedCount}

    def _claimed(self, predicate: NamedNode) -> list[Term]:
        found = {voice.content.object for voice in self._own if voice.content.predicate == predicate}
        return sorted(found, key=str)

    def _listed(self) -> Iterator[Voice]:
        """What is said of the pacts of a group that is counted."""
        groups = {voice.content.subject for voice in self._counts}
        waiting = sorted(groups, key=lambda node: node.value)
        while waiting:
            members = [n for n in self._ask.bearers(waiting.pop(), PACT.inGroup) if n not in groups]
            yield from (voice for member in members for voice in self._ask.about(member))
            groups.update(members)
            waiting += members

    def _beside(self) -> list[NamedNode]:
        """The sources that count, those that list, and all that share an origin with them."""
        found = {voice.source: voice.origins for voice in self._counts}
        found |= {
            v.source: v.origins for listed in self._passages() if len(listed) >= _LISTED for v in listed
        }
        origins = {origin for shared in found.values() for origin in shared}
        sharing = {source for origin in origins for source in self._ask.bearers(origin, PACT.origin)}
        return sorted({*found, *sharing}, key=lambda node: node.value)

    def _passages(self) -> Iterable[list[Voice]]:
        named: dict[object, list[Voice]] = defaultdict(list)
        for voice in self._members:
            if voice.content.predicate == PACT.reachedStage:
                named[voice.source, voice.content.object, voice.passage].append(voice)
        return named.values()
