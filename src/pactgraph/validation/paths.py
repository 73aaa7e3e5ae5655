"""Property paths: the ways from a focus node to its values, https://www.w3.org/TR/shacl/#property-paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from pactgraph.validation.subjects import Term, View


@dataclass(frozen=True, slots=True)
class Step:
    """One predicate, from subject to object."""

    predicate: NamedNode

    def __str__(self) -> str:
        return f"<{self.predicate.value}>"


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path taken backwards."""

    part: Path

    def __str__(self) -> str:
        return f"^{_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class Sequential:
    """One path after the other."""

    parts: tuple[Path, ...]

    def __str__(self) -> str:
        return "/".join(_grouped(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of several paths."""

    parts: tuple[Path, ...]

    def __str__(self) -> str:
        return "|".join(_grouped(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A path taken again and again: `*` zero or more times, `+` one or more, `?` at most once."""

    part: Path
    times: str

    def __str__(self) -> str:
        return _grouped(self.part) + self.times


Path = Step | Inverse | Sequential | Alternative | Repeated
_DEEPEST = 8
Walk = Callable[[View, Term], Sequence[Term]]


def _grouped(path: Path) -> str:
    return str(path) if isinstance(path, Step) else f"({path})"


def text(path: Path) -> str:
    """The path as results name it: a bare IRI for a single predicate, SPARQL's notation for any other."""
    return path.predicate.value if isinstance(path, Step) else str(path)


def walkable(path: Path) -> bool:
    """Whether the path can be walked here: only single predicates backwards, and nothing very deep.

    pyshacl takes the steps of an inverse sequence in the wrong order, and gives up at a depth of ten.
    """
    return _depth(path) <= _DEEPEST


def _depth(path: Path) -> int:
    match path:
        case Step():
            return 0
        case Inverse(part):
            return 1 if isinstance(part, Step) else _DEEPEST + 1
        case Sequential(parts):
            return max(place + _depth(part) for place, part in enumerate(parts, 1))
        case Alternative(parts):
            return 1 + max(map(_depth, parts))
        case Repeated(part):
            return 1 + _depth(part)


def walk(path: Path) -> Walk:
    """A walkable path as a function from a focus node to its values, each value once."""
    match path:
        case Step(predicate):
            return _forwards(predicate)
        case Inverse(Step(predicate)):
            return _backwards(predicate)
        case Sequential(parts):
            return _sequence([walk(part) for part in parts])
        case Alternative(parts):
            return _alternatives([walk(part) for part in parts])
        case Repeated(part, times):
            return _repeats(walk(part), times)
    raise ValueError(f"{path} cannot be walked")


def _forwards(predicate: NamedNode) -> Walk:
    return lambda view, node: view.about(node).get(predicate, ())


def _backwards(predicate: NamedNode) -> Walk:
    return lambda view, node: view.subjects_of(predicate, node)


def _sequence(walks: Sequence[Walk]) -> Walk:
    def follow(view: View, node: Term) -> Sequence[Term]:
        reached: Sequence[Term] = (node,)
        for step in walks:
            reached = _once(value for each in reached for value in step(view, each))
        return reached

    return follow


def _alternatives(walks: Sequence[Walk]) -> Walk:
    return lambda view, node: _once(value for step in walks for value in step(view, node))


def _repeats(step: Walk, times: str) -> Walk:
    def follow(view: View, node: Term) -> Sequence[Term]:
        reached: dict[Term, None] = {} if times == "+" else {node: None}
        waiting = list(step(view, node))
        while waiting:
            value = waiting.pop()
            if value not in reached:
                reached[value] = None
                waiting.extend(step(view, value) if times != "?" else ())
        return list(reached)

    return follow


def _once(values: Iterable[Term]) -> Sequence[Term]:
    return list(dict.fromkeys(values))
