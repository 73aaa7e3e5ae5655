"""Shapes as they are written, read into frozen records, https://www.w3.org/TR/shacl/#shapes.

What the records cannot hold raises UnknownConstruct: the reference engine then judges instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from pactgraph.errors import UsageError
from pactgraph.validation import paths
from pactgraph.validation.messages import message_of
from pactgraph.validation.report import SHACL, VIOLATION
from pactgraph.validation.subjects import Properties, Subjects, Term, by_subject
from pactgraph.vocabulary import RDF, RDFS

T = TypeVar("T")


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TARGETS = _names("targetClass targetNode targetSubjectsOf targetObjectsOf")
_SHAPES = _names("property node not qualifiedValueShape")
_SHAPE_LISTS = _names("and or xone")
_LISTS = _SHAPE_LISTS | {"in", "languageIn", "ignoredProperties"}
_VALUES = _names(
    "minCount maxCount datatype class nodeKind hasValue pattern flags minLength maxLength minInclusive "
    "maxInclusive minExclusive maxExclusive uniqueLang equals disjoint lessThan lessThanOrEquals closed "
    "qualifiedMinCount qualifiedMaxCount qualifiedValueShapesDisjoint"
)
_PARAMETERS = _SHAPES | _LISTS | _VALUES
_REPEATS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_PATHS = frozenset({"path", "inversePath", "alternativePath", *_REPEATS})
_REMARKS = _names(
    "severity message deactivated name description order group defaultValue declare prefix namespace "
    "suggestedShapesGraph"
)
_KNOWN = _PARAMETERS | _TARGETS | _PATHS | _REMARKS
_KNOWN_KINDS = _names("NodeShape PropertyShape PropertyGroup PrefixDeclaration")
_DEEPEST = 12
"""The reference engine gives up at fifteen; shapes near that are left to it."""

_CLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#Class")
_OWL_CLASS = NamedNode("http://www.w3.org/2002/07/owl#Class")
_FIRST = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#first")
_REST = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest")
_NIL = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil")


class UnknownConstruct(UsageError):
    """The shapes use something that is not compiled, or are broken: only the reference engine can tell."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape; `parameters` holds the values of each constraint parameter by its local name.

    Values of list-taking parameters are the members of each list.
    """

    node: Term
    name: Term
    path: paths.Path | None
    targets: Mapping[str, tuple[Term, ...]]
    parameters: Mapping[str, tuple[Term | tuple[Term, ...], ...]]
    severity: NamedNode
    deactivated: bool


class ShapesGraph:
    """The triples of the shapes, and what can be said of a shape before its constraints are understood."""

    def __init__(self, triples: Iterable[Triple | Quad]) -> None:
        self.subjects: Subjects = by_subject(triples)
        self._holders: dict[Term, Term] = {}
        for subject, properties in self.subjects.items():
            for values in properties.values():
                for value in values:
                    if isinstance(value, BlankNode):
                        self._holders.setdefault(value, subject)

    def about(self, node: Term) -> Properties:
        """The properties of a node of the shapes."""
        return self.subjects.get(node, {})

    def get(self, node: Term, name: str) -> Sequence[Term]:
        """The values of a property in the SHACL namespace."""
        return self.about(node).get(NamedNode(SHACL + name), ())

    def name(self, node: Term) -> Term:
        """The shape itself, or the nearest that has an IRI and holds it."""
        seen: set[Term] = set()
        while isinstance(node, BlankNode) and node not in seen and node in self._holders:
            seen.add(node)
            node = self._holders[node]
        return node

    def message(self, node: Term, component: NamedNode) -> str | None:
        """What the shape has to say, or a text of ours for the components of SHACL Core, or None."""
        if said := self.get(node, "message"):
            return "\n".join(sorted(getattr(text, "value", str(text)) for text in said))
        return message_of(component, lambda parameter: self.get(node, parameter))

    def items(self, head: Term) -> tuple[Term, ...]:
        """The members of an RDF list; UnknownConstruct when it is none."""
        found: list[Term] = []
        while head != _NIL:
            first, rest = self.about(head).get(_FIRST, ()), self.about(head).get(_REST, ())
            if len(first) != 1 or len(rest) != 1 or len(found) > 100_000:
                raise UnknownConstruct(f"{head} is not a list")
            found.append(first[0])
            head = rest[0]
        return tuple(found)

    def path(self, node: Term) -> paths.Path:
        """The property path that a node stands for."""
        if isinstance(node, NamedNode):
            return paths.Step(node)
        properties = self.about(node)
        if _FIRST in properties:
            return paths.Sequential(self._parts(node))
        if len(properties) != 1:
            raise UnknownConstruct(f"{node} is not a property path")
        [(kind, values)] = properties.items()
        return self._special_path(kind.value.removeprefix(SHACL), _only(values))

    def _special_path(self, kind: str, inner: Term) -> paths.Path:
        if kind == "inversePath":
            return paths.Inverse(self.path(inner))
        if kind == "alternativePath":
            return paths.Alternative(self._parts(inner))
        if kind in _REPEATS:
            return paths.Repeated(self.path(inner), _REPEATS[kind])
        raise UnknownConstruct(f"sh:{kind} is no path")

    def _parts(self, head: Term) -> tuple[paths.Path, ...]:
        parts = tuple(self.path(item) for item in self.items(head))
        if len(parts) < 2:
            raise UnknownConstruct("a path of fewer than two parts")
        return parts


def read_shapes(graph: ShapesGraph) -> dict[Term, Shape]:
    """Every shape of the graph by its node. Raises UnknownConstruct."""
    _check_vocabulary(graph)
    shapes = {node: _read_shape(graph, node) for node in _shape_nodes(graph)}
    depths: dict[Term, int] = {}
    for node in shapes:
        _check_depth(shapes, node, depths, frozenset())
    return shapes


def nested(shape: Shape) -> Iterator[Term]:
    """The shapes that a shape refers to."""
    for name, values in shape.parameters.items():
        for value in values if name in _SHAPES | _SHAPE_LISTS else ():
            yield from value if isinstance(value, tuple) else (value,)


def _check_vocabulary(graph: ShapesGraph) -> None:
    for properties in graph.subjects.values():
        for predicate, values in properties.items():
            if predicate.value.startswith(SHACL) and predicate.value.removeprefix(SHACL) not in _KNOWN:
                raise UnknownConstruct(f"{predicate} is not compiled")
            if predicate in (RDF.type, RDFS.subClassOf):
                _check_kinds(values)


def _check_kinds(values: Iterable[Term]) -> None:
    for value in values:
        name = value.value if isinstance(value, NamedNode) else ""
        if name.startswith(SHACL) and name.removeprefix(SHACL) not in _KNOWN_KINDS:
            raise UnknownConstruct(f"{value} is not compiled")


def _shape_nodes(graph: ShapesGraph) -> list[Term]:
    """https://www.w3.org/TR/shacl/#shapes: typed, or with a target, or the subject or value of a shape's parameter."""
    found: dict[Term, None] = {}
    for subject, properties in graph.subjects.items():
        for predicate, values in properties.items():
            name = predicate.value.removeprefix(SHACL)
            if (
                name in _TARGETS
                or name in ("property", "node")
                or (predicate == RDF.type and _is_shape(values))
            ):
                found[subject] = None
            if name in _SHAPES:
                found |= dict.fromkeys(_nodes(values))
            if name in _SHAPE_LISTS:
                found |= dict.fromkeys(node for value in values for node in _nodes(graph.items(value)))
    return list(found)


def _is_shape(kinds: Sequence[Term]) -> bool:
    return NamedNode(f"{SHACL}NodeShape") in kinds or NamedNode(f"{SHACL}PropertyShape") in kinds


def _nodes(values: Iterable[Term]) -> Iterator[Term]:
    for value in values:
        if not isinstance(value, NamedNode | BlankNode):
            raise UnknownConstruct(f"{value} is not a shape")
        yield value


def _read_shape(graph: ShapesGraph, node: Term) -> Shape:
    severity = graph.get(node, "severity") or (VIOLATION,)
    if not isinstance(level := _only(severity), NamedNode):
        raise UnknownConstruct(f"{level} is not a severity")
    if not all(isinstance(message, Literal) for message in graph.get(node, "message")):
        raise UnknownConstruct(f"a message of {node} is not a literal")
    return Shape(
        node=node,
        name=graph.name(node),
        path=_shape_path(graph, node),
        targets=_targets(graph, node),
        parameters={
            name: _parameter(graph, node, name) for name in sorted(_PARAMETERS) if graph.get(node, name)
        },
        severity=level,
        deactivated=truth(graph.get(node, "deactivated")),
    )


def _shape_path(graph: ShapesGraph, node: Term) -> paths.Path | None:
    kinds = graph.about(node).get(RDF.type, ())
    as_property = NamedNode(f"{SHACL}PropertyShape") in kinds
    ways = graph.get(node, "path")
    if not ways:
        if as_property:
            raise UnknownConstruct(f"the property shape {node} has no path")
        return None
    if NamedNode(f"{SHACL}NodeShape") in kinds:
        raise UnknownConstruct(f"the node shape {node} has a path")
    path = graph.path(_only(ways))
    if not paths.walkable(path):
        raise UnknownConstruct(f"the path {path} is not compiled")
    return path


def _targets(graph: ShapesGraph, node: Term) -> dict[str, tuple[Term, ...]]:
    targets = {name: tuple(graph.get(node, name)) for name in sorted(_TARGETS)}
    if any(_is_class(graph, kind) for kind in graph.about(node).get(RDF.type, ())):
        targets["targetClass"] = tuple(dict.fromkeys((*targets["targetClass"], node)))
    return targets


def _is_class(graph: ShapesGraph, kind: Term) -> bool:
    """Implicit class targets, https://www.w3.org/TR/shacl/#implicit-targetClass, as pyshacl has them."""
    return kind in (_CLASS, _OWL_CLASS) or _CLASS in graph.about(kind).get(RDFS.subClassOf, ())


def _parameter(graph: ShapesGraph, node: Term, name: str) -> tuple[Term | tuple[Term, ...], ...]:
    values = graph.get(node, name)
    return tuple(graph.items(value) for value in values) if name in _LISTS else tuple(values)


def _check_depth(
    shapes: Mapping[Term, Shape], node: Term, known: dict[Term, int], above: frozenset[Term]
) -> int:
    """Recursive and very deep shapes are judged by the reference engine alone."""
    if node in above or len(above) > _DEEPEST:
        raise UnknownConstruct(f"the shape {node} is recursive or too deep")
    if node not in known:
        inner = (_check_depth(shapes, part, known, above | {node}) for part in nested(shapes[node]))
        known[node] = 1 + max(inner, default=0)
        if known[node] > _DEEPEST:
            raise UnknownConstruct(f"the shape {node} is too deep")
    return known[node]


def truth(values: Sequence[Term | tuple[Term, ...]]) -> bool:
    """A boolean parameter; false when it is not there."""
    if not values:
        return False
    if not isinstance(value := _only(values), Literal) or value.value not in ("true", "false"):
        raise UnknownConstruct(f"{value} is neither true nor false")
    return value.value == "true"


def _only(values: Sequence[T]) -> T:
    if len(values) != 1:
        raise UnknownConstruct("several values where one is expected")
    return values[0]
