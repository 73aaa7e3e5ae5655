"""Pairs, one to one, as many as there can be: augmenting paths in a bipartite graph.

Kuhn's algorithm (https://doi.org/10.1002/nav.3800020109): what is paired once stays paired, so those that come first
are served first, and in all there are as many pairs as possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def match(edges: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """For each left node its right one; `edges` has the right nodes that a left one may have, the best first.

    Left nodes are served in the order of the mapping. The same edges in the same order give the same pairs.
    """
    taken: dict[int, int] = {}
    for left in edges:
        _augment(left, edges, taken)
    return {left: right for right, left in sorted(taken.items())}


def _augment(left: int, edges: Mapping[int, Sequence[int]], taken: dict[int, int]) -> bool:
    """Finds a place for `left`, moving others where they can give way. Without recursion: a path may be long."""
    came_from: dict[int, int] = {}
    waiting = [left]
    for each in waiting:
        for right in edges[each]:
            if right in came_from:
                continue
            came_from[right] = each
            if right not in taken:
                _shift(right, left, came_from, taken)
                return True
            waiting.append(taken[right])
    return False


def _shift(right: int, first: int, came_from: Mapping[int, int], taken: dict[int, int]) -> None:
    """Pairs along the path, back from its free end to where it began."""
    before = {left: at for at, left in taken.items()}
    while True:
        left = came_from[right]
        taken[right] = left
        if left == first:
            return
        right = before[left]
