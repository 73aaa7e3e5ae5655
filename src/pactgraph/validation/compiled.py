"""Shapes compiled once into plain functions over subjects: the fast engine.

https://www.w3.org/TR/shacl/#core-components. Its results are those of the reference engine; what it does not
know raises UnknownConstruct before anything is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import NamedNode

from pactgraph.validation import paths, rules
from pactgraph.validation.report import SHACL, Finding
from pactgraph.validation.rules import Find, Judge, Rule
from pactgraph.validation.shapes import Shape, ShapesGraph, UnknownConstruct, read_shapes, truth
from pactgraph.validation.subjects import Term
from pactgraph.validation.values import PURE, Test, Values, class_tests, count

_NOBODY = NamedNode(f"{SHACL}this")


class Compiler:
    """Compiles each shape of a graph once.

    A compiler that `asks` only whether a node conforms takes a marker for every finding: that is what
    shapes in sh:or, sh:not and the like are compiled with, for most of their findings are thrown away.
    """

    def __init__(self, graph: ShapesGraph, asks: Compiler | None = None) -> None:
        self.graph = graph
        self.shapes: dict[Term, Shape] = asks.shapes if asks else read_shapes(graph)
        self.inner: Compiler = self if asks else Compiler(graph, self)
        self._judges: dict[Term, Judge] = {}

    def judge(self, node: Term) -> Judge:
        """The function for a shape. Raises UnknownConstruct."""
        if node not in self.shapes:
            raise UnknownConstruct(f"{node} is not a shape")
        if node not in self._judges:
            self._judges[node] = self._compile(self.shapes[node])
        return self._judges[node]

    def _compile(self, shape: Shape) -> Judge:
        constraints = list(self._rules(shape))
        if shape.deactivated:
            return rules.nothing
        if shape.path is None:
            return rules.node_judge(constraints)
        if isinstance(shape.path, paths.Step):
            return rules.property_judge(shape.path.predicate, constraints)
        return rules.path_judge(paths.walk(shape.path), constraints)

    def _rules(self, shape: Shape) -> Iterator[Rule]:
        yield from self._simple_rules(shape)
        for name, make in _MAKERS.items():
            if name in shape.parameters:
                yield from make(self, shape, shape.parameters[name])
        yield from self._qualified(shape)
        if "ignoredProperties" in shape.parameters and "closed" not in shape.parameters:
            raise UnknownConstruct("sh:ignoredProperties without sh:closed")

    def find(self, shape: Shape, component: str) -> Find:
        """A maker of findings of one component of one shape."""
        path = None if shape.path is None else paths.text(shape.path)
        return self._finder(shape, component, path)

    def _finder(self, shape: Shape, component: str, path: str | None) -> Find:
        if self.inner is self:
            return _no_finding
        name = NamedNode(f"{SHACL}{component}ConstraintComponent")
        message = self.graph.message(shape.node, name) or component
        return lambda focus, value: Finding(focus, path, name, value, message, shape.severity, shape.name)

    def _simple_rules(self, shape: Shape) -> Iterator[Rule]:
        """The number of values, and the tests that depend on a value alone: most constraints of most shapes."""
        least, most = self._bound(shape, "minCount", 0), self._bound(shape, "maxCount", rules.ENDLESS)
        tests: list[tuple[Test, Find]] = []
        for name, (component, make) in PURE.items():
            if name in shape.parameters:
                find = self.find(shape, component)
                tests += ((test, find) for test in make(shape, shape.parameters[name]))
        if tests or least or most < rules.ENDLESS:
            yield rules.simple(least, most, self.find(shape, "MinCount"), self.find(shape, "MaxCount"), tests)

    def _bound(self, shape: Shape, name: str, otherwise: int) -> int:
        if name not in shape.parameters:
            return otherwise
        _needs_path(shape, f"sh:{name}")
        return count(shape.parameters[name], f"sh:{name}")

    def _class(self, shape: Shape, values: Values) -> Iterator[Rule]:
        find = self.find(shape, "Class")
        return (rules.each(test, find) for test in class_tests(values))

    def _has_value(self, shape: Shape, values: Values) -> Iterator[Rule]:
        find = self.find(shape, "HasValue")
        return (rules.contains(wanted, find) for wanted in values if not isinstance(wanted, tuple))

    def _unique_lang(self, shape: Shape, values: Values) -> Iterator[Rule]:
        _needs_path(shape, "sh:uniqueLang")
        if truth(values):
            yield rules.one_each(self.find(shape, "UniqueLang"))

    def _equals(self, shape: Shape, values: Values) -> Iterator[Rule]:
        find = self.find(shape, "Equals")
        return (rules.same(predicate, find) for predicate in _predicates(values))

    def _disjoint(self, shape: Shape, values: Values) -> Iterator[Rule]:
        find = self.find(shape, "Disjoint")
        return (rules.apart(predicate, find) for predicate in _predicates(values))

    def _less_than(self, shape: Shape, values: Values) -> Iterator[Rule]:
        _needs_path(shape, "sh:lessThan")
        find = self.find(shape, "LessThan")
        return (rules.before(predicate, find, False) for predicate in _predicates(values))

    def _less_than_or_equals(self, shape: Shape, values: Values) -> Iterator[Rule]:
        _needs_path(shape, "sh:lessThanOrEquals")
        find = self.find(shape, "LessThanOrEquals")
        return (rules.before(predicate, find, True) for predicate in _predicates(values))

    def _not(self, shape: Shape, values: Values) -> Iterator[Rule]:
        find = self.find(shape, "Not")
        return (
            rules.each(rules.conforming([self.inner.judge(node)], range(1)), find) for node in _terms(values)
        )

    def _and(self, shape: Shape, values: Values) -> Iterator[Rule]:
        return self._combined(shape, values, "And", lambda size: range(size, size + 1))

    def _or(self, shape: Shape, values: Values) -> Iterator[Rule]:
        return self._combined(shape, values, "Or", lambda size: range(1, size + 1))

    def _xone(self, shape: Shape, values: Values) -> Iterator[Rule]:
        return self._combined(shape, values, "Xone", lambda size: range(1, 2))

    def _combined(
        self, shape: Shape, values: Values, component: str, allowed: Callable[[int], range]
    ) -> Iterator[Rule]:
        find = self.find(shape, component)
        for members in values:
            if not isinstance(members, tuple) or not members:
                raise UnknownConstruct(f"sh:{component.lower()} needs a list of shapes")
            judges = [self.inner.judge(member) for member in members]
            yield rules.each(rules.conforming(judges, allowed(len(judges))), find)

    def _node(self, shape: Shape, values: Values) -> Iterator[Rule]:
        find = self.find(shape, "Node")
        for node in _terms(values):
            judge = self.inner.judge(node)
            if self.shapes[node].path is not None:
                raise UnknownConstruct("sh:node needs a node shape")
            yield rules.each(rules.conforming([judge], range(1, 2)), find)

    def _property(self, shape: Shape, values: Values) -> Iterator[Rule]:
        judges = [self.judge(node) for node in _terms(values)]
        if any(self.shapes[node].path is None for node in _terms(values)):
            raise UnknownConstruct("sh:property needs a property shape")
        yield rules.own_properties(judges) if shape.path is None else rules.value_properties(judges)

    def _closed(self, shape: Shape, values: Values) -> Iterator[Rule]:
        if truth(values):
            inner = (self.shapes[node].path for node in _terms(shape.parameters.get("property", ())))
            allowed = {path.predicate for path in inner if isinstance(path, paths.Step)}
            ignored = (
                each for each in shape.parameters.get("ignoredProperties", ()) if isinstance(each, tuple)
            )
            allowed.update(name for each in ignored for name in each if isinstance(name, NamedNode))
            yield rules.only_these(allowed, lambda path: self._finder(shape, "Closed", path))

    def _qualified(self, shape: Shape) -> Iterator[Rule]:
        """https://www.w3.org/TR/shacl/#QualifiedValueShapeConstraintComponent"""
        counts = {
            "Min": shape.parameters.get("qualifiedMinCount"),
            "Max": shape.parameters.get("qualifiedMaxCount"),
        }
        wanted = shape.parameters.get("qualifiedValueShape", ())
        given = {side: count(values, f"sh:qualified{side}Count") for side, values in counts.items() if values}
        if bool(wanted) != bool(given) or (wanted and shape.path is None):
            raise UnknownConstruct("sh:qualifiedValueShape needs a path and a count")
        for node in _terms(wanted):
            siblings = [self.inner.judge(each) for each in self._siblings(shape, node)]
            conforms = rules.qualifies(self.inner.judge(node), siblings)
            for side, bound in given.items():
                find = self.find(shape, f"Qualified{side}Count")
                yield rules.counted(
                    conforms, range(bound, rules.ENDLESS) if side == "Min" else range(bound + 1), find
                )

    def _siblings(self, shape: Shape, node: Term) -> Iterable[Term]:
        if not truth(shape.parameters.get("qualifiedValueShapesDisjoint", ())):
            return ()
        parents = (each for each in self.shapes.values() if shape.node in each.parameters.get("property", ()))
        beside = (self.shapes[part] for each in parents for part in _terms(each.parameters["property"]))
        found = (value for each in beside for value in _terms(each.parameters.get("qualifiedValueShape", ())))
        return [value for value in dict.fromkeys(found) if value != node]


_MAKERS: Mapping[str, Callable[[Compiler, Shape, Values], Iterator[Rule]]] = {
    "class": Compiler._class,
    "hasValue": Compiler._has_value,
    "uniqueLang": Compiler._unique_lang,
    "equals": Compiler._equals,
    "disjoint": Compiler._disjoint,
    "lessThan": Compiler._less_than,
    "lessThanOrEquals": Compiler._less_than_or_equals,
    "not": Compiler._not,
    "and": Compiler._and,
    "or": Compiler._or,
    "xone": Compiler._xone,
    "node": Compiler._node,
    "property": Compiler._property,
    "closed": Compiler._closed,
}


_MARKER = Finding(_NOBODY, None, _NOBODY, None, "does not conform", _NOBODY, _NOBODY)


def _no_finding(focus: Term, value: Term | None) -> Finding:
    return _MARKER


def _needs_path(shape: Shape, what: str) -> None:
    if shape.path is None:
        raise UnknownConstruct(f"{what} needs a property shape")


def _terms(values: Values) -> list[Term]:
    return [value for value in values if not isinstance(value, tuple)]


def _predicates(values: Values) -> list[NamedNode]:
    if not all(isinstance(value, NamedNode) for value in values):
        raise UnknownConstruct("a property is named by its IRI")
    return [value for value in values if isinstance(value, NamedNode)]
