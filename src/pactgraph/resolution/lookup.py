"""What a store knows of nodes: asked one by one while few are asked for, and read as a whole from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

Node = TypeVar("Node")
Known = TypeVar("Known")

FEW = 200
"""As many nodes as are asked for one by one where reading all of them costs little more than that."""


class Lookup(Mapping[Node, Known], Generic[Node, Known]):
    """What is known of each node; `one` gives it for a single node, None where there is nothing, `whole` for all.

    After `few` nodes all are read at once; None leaves that to who asks (`read`).
    """

    def __init__(
        self,
        one: Callable[[Node], Known | None],
        whole: Callable[[], Mapping[Node, Known]],
        few: int | None = FEW,
    ) -> None:
        self._one, self._whole, self._few = one, whole, few
        self._found: dict[Node, Known | None] = {}
        self._all: Mapping[Node, Known] | None = None

    @property
    def whole(self) -> Mapping[Node, Known]:
        """What is known of all nodes, read when that is first asked for."""
        if self._all is None:
            self._all = self._whole()
        return self._all

    def read(self) -> None:
        """Reads what is known of all nodes, where most of them are going to be asked for."""
        _ = self.whole

    def learn(self, found: Mapping[Node, Known]) -> None:
        """Takes over what has been read of some nodes already."""
        self._found.update(found)

    def __getitem__(self, node: Node) -> Known:
        found = self._find(node)
        if found is None:
            raise KeyError(node)
        return found

    def __iter__(self) -> Iterator[Node]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)

    def _find(self, node: Node) -> Known | None:
        if self._all is not None:
            return self._all.get(node)
        if node not in self._found:
            if self._few is not None and len(self._found) >= self._few:
                return self.whole.get(node)
            self._found[node] = self._one(node)
        return self._found[node]
