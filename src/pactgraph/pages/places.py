"""Places within places: which of several is the finest, and which exclude each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pactgraph.claim import Term


class Places:
    """What contains what, from pairs of a place and the places that it is said to lie in."""

    def __init__(self, containers: Mapping[Term, list[Term]]) -> None:
        self._containers = containers

    def around(self, place: Term) -> frozenset[Term]:
        """All places that the place lies in, directly or through others."""
        found: set[Term] = set()
        waiting = list(self._containers.get(place, ()))
        while waiting:
            if (container := waiting.pop()) not in found:
                found.add(container)
                waiting += self._containers.get(container, ())
        return frozenset(found - {place})

    def finest(self, places: Collection[Term]) -> list[Term]:
        """The places that contain no other of these."""
        wider = {container for place in places for container in self.around(place)}
        return [place for place in places if place not in wider]

    def exclude(self, one: Term, other: Term) -> bool:
        """Whether a thing cannot be in both: neither contains the other."""
        return one != other and one not in self.around(other) and other not in self.around(one)
