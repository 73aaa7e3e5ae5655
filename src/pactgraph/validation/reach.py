"""How far a shape looks back: whether a file can be judged by itself, or only all files together.

A path that runs backwards leads from a node of the background into every file that points to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum

from pyoxigraph import NamedNode

from pactgraph.validation import paths
from pactgraph.validation.shapes import Shape
from pactgraph.validation.subjects import Term

_OF_ALL_VALUES = frozenset(
    ("minCount", "maxCount", "hasValue", "uniqueLang", "equals", "qualifiedMinCount", "qualifiedMaxCount")
)
_INSIDE = ("node", "not", "qualifiedValueShape", "and", "or", "xone")


class Reach(IntEnum):
    """What it takes to judge by a shape."""

    OWN = 0
    """The file and what its nodes point to."""
    EACH = 1
    """Nodes of the background too, file by file: whatever points to them is judged one by one."""
    ALL = 2
    """Where the focus node may stand in the background, everything that points to it, together."""
    WHOLE = 3
    """All files as one graph: the shape turns back on its way."""


def reach(shapes: Mapping[Term, Shape], node: Term) -> Reach:
    """How far a shape looks from its focus node."""
    shape = shapes[node]
    inner = {
        name: max((reach(shapes, each) for each in _nested(shape, name)), default=Reach.OWN)
        for name in (*_INSIDE, "property")
    }
    if shape.path is None:
        logic = max(inner[name] for name in _INSIDE)
        return max(inner["property"], max(logic, Reach.ALL) if logic else logic)
    if any(inner.values()):
        return Reach.WHOLE
    return _of_path(shape.path, shape)


def watched(shapes: Mapping[Term, Shape]) -> frozenset[NamedNode]:
    """Predicates that bind files together where they point out of a file.

    Shapes follow them backwards, and what they say depends on all that they reach, or on the way to it.
    """
    found: set[NamedNode] = set()
    for node, shape in shapes.items():
        if reach(shapes, node) >= Reach.ALL:
            parts = [node] if shape.path else [each for name in _INSIDE for each in _nested(shape, name)]
            found.update(predicate for part in parts for predicate in _turned(shapes, part))
    return frozenset(found)


def _turned(shapes: Mapping[Term, Shape], node: Term) -> Iterator[NamedNode]:
    shape = shapes[node]
    if shape.path is not None:
        yield from _backward(shape.path)
    for name in (*_INSIDE, "property"):
        for inner in _nested(shape, name):
            yield from _turned(shapes, inner)


def _backward(path: paths.Path) -> Iterator[NamedNode]:
    match path:
        case paths.Inverse(paths.Step(predicate)):
            yield predicate
        case paths.Repeated(part):
            yield from _backward(part)
        case paths.Sequential(parts) | paths.Alternative(parts):
            for each in parts:
                yield from _backward(each)


def _of_path(path: paths.Path, shape: Shape) -> Reach:
    first, rest = (path.parts[0], path.parts[1:]) if isinstance(path, paths.Sequential) else (path, ())
    if not any(_backward(path)):
        return Reach.OWN
    if not isinstance(first, paths.Inverse) or any(any(_backward(part)) for part in rest):
        return Reach.WHOLE
    return Reach.ALL if shape.parameters.keys() & _OF_ALL_VALUES else Reach.EACH


def _nested(shape: Shape, name: str) -> Iterator[Term]:
    values: Iterable[Term | tuple[Term, ...]] = shape.parameters.get(name, ())
    for value in values:
        yield from value if isinstance(value, tuple) else (value,)
