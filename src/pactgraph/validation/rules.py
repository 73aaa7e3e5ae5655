"""Constraints and whole shapes as plain functions over a focus node and its values."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pyoxigraph import Literal, NamedNode

from pactgraph.validation import literals, paths
from pactgraph.validation.report import Finding
from pactgraph.validation.subjects import TYPE, Properties, Term, View
from pactgraph.validation.values import Test, ViewTest

Judge = Callable[[View, Term, Properties], Sequence[Finding]]
"""A whole shape, at a focus node and the properties of that node."""
Rule = Callable[[View, Term, Properties, Sequence[Term]], Sequence[Finding]]
"""One constraint, at a focus node, its properties and its value nodes."""
Find = Callable[[Term, Term | None], Finding]

_REMEMBERED = 1 << 14
ENDLESS = 1 << 62
_RESOURCE = NamedNode("http://www.w3.org/2000/01/rdf-schema#Resource")


def nothing(view: View, focus: Term, properties: Properties) -> Sequence[Finding]:
    """The judge of a deactivated shape."""
    return ()


def node_judge(rules: Sequence[Rule]) -> Judge:
    """A node shape: the focus node is its only value."""

    def judge(view: View, focus: Term, properties: Properties) -> Sequence[Finding]:
        found: list[Finding] = []
        values = (focus,)
        for rule in rules:
            found += rule(view, focus, properties, values)
        return found

    return judge


def property_judge(predicate: NamedNode, rules: Sequence[Rule]) -> Judge:
    """A property shape whose path is a single predicate."""
    if len(rules) == 1:
        [only] = rules
        return lambda view, focus, properties: only(view, focus, properties, properties.get(predicate, ()))

    def judge(view: View, focus: Term, properties: Properties) -> Sequence[Finding]:
        found: list[Finding] = []
        values = properties.get(predicate, ())
        for rule in rules:
            found += rule(view, focus, properties, values)
        return found

    return judge


def path_judge(walk: paths.Walk, rules: Sequence[Rule]) -> Judge:
    def judge(view: View, focus: Term, properties: Properties) -> Sequence[Finding]:
        values = walk(view, focus)
        return [finding for rule in rules for finding in rule(view, focus, properties, values)]

    return judge


def simple(least: int, most: int, too_few: Find, too_many: Find, tests: Sequence[tuple[Test, Find]]) -> Rule:
    """The number of values and the tests that depend on a value alone; what has passed them passes again."""
    passed: set[Term] = set()
    knows = passed.issuperset

    def rule(view: View, focus: Term, properties: Properties, values: Sequence[Term]) -> Sequence[Finding]:
        number = len(values)
        if least <= number <= most and (not tests or knows(values)):
            return ()
        found = [too_few(focus, None)] if number < least else []
        if number > most:
            found.append(too_many(focus, None))
        for value in values:
            failed = [find(focus, value) for test, find in tests if not test(value)]
            found += failed
            if not failed and len(passed) < _REMEMBERED:
                passed.add(value)
        return found

    return rule


def each(test: ViewTest, find: Find) -> Rule:
    return lambda view, focus, properties, values: [
        find(focus, value) for value in values if not test(view, value)
    ]


def contains(wanted: Term, find: Find) -> Rule:
    return lambda view, focus, properties, values: () if wanted in values else (find(focus, None),)


def one_each(find: Find) -> Rule:
    def rule(view: View, focus: Term, properties: Properties, values: Sequence[Term]) -> Sequence[Finding]:
        tags = [value.language.lower() for value in values if isinstance(value, Literal) and value.language]
        return () if len(set(tags)) == len(tags) else (find(focus, None),)

    return rule


def same(predicate: NamedNode, find: Find) -> Rule:
    def rule(view: View, focus: Term, properties: Properties, values: Sequence[Term]) -> Sequence[Finding]:
        different = set(values) ^ set(properties.get(predicate, ()))
        return [find(focus, value) for value in different]

    return rule


def apart(predicate: NamedNode, find: Find) -> Rule:
    def rule(view: View, focus: Term, properties: Properties, values: Sequence[Term]) -> Sequence[Finding]:
        others = properties.get(predicate, ())
        return [find(focus, value) for value in values if value in others]

    return rule


def before(predicate: NamedNode, find: Find, or_equal: bool) -> Rule:
    def rule(view: View, focus: Term, properties: Properties, values: Sequence[Term]) -> Sequence[Finding]:
        others = properties.get(predicate, ())
        precedes = literals.precedes
        return [
            find(focus, value)
            for value in values
            if not all(precedes(value, other, or_equal) for other in others)
        ]

    return rule


def conforming(judges: Sequence[Judge], allowed: range) -> ViewTest:
    """Whether the number of shapes that a value conforms to is one of those allowed."""

    def test(view: View, value: Term) -> bool:
        properties = view.about(value)
        return sum(not judge(view, value, properties) for judge in judges) in allowed

    return test


def own_properties(judges: Sequence[Judge]) -> Rule:
    def rule(view: View, focus: Term, properties: Properties, values: Sequence[Term]) -> Sequence[Finding]:
        found: list[Finding] = []
        for judge in judges:
            if new := judge(view, focus, properties):
                found += new
        return found

    return rule


def value_properties(judges: Sequence[Judge]) -> Rule:
    def rule(view: View, focus: Term, properties: Properties, values: Sequence[Term]) -> Sequence[Finding]:
        found: list[Finding] = []
        for value in values:
            inner = view.about(value)
            for judge in judges:
                found += judge(view, value, inner)
        return found

    return rule


def only_these(allowed: set[NamedNode], finder: Callable[[str], Find]) -> Rule:
    def rule(view: View, focus: Term, properties: Properties, values: Sequence[Term]) -> Sequence[Finding]:
        return [
            finder(predicate.value)(focus, extra)
            for value in values
            for predicate, extras in view.about(value).items()
            if predicate not in allowed
            for extra in extras
            if not (predicate == TYPE and extra == _RESOURCE)
        ]

    return rule


def qualifies(judge: Judge, siblings: Sequence[Judge]) -> ViewTest:
    def test(view: View, value: Term) -> bool:
        properties = view.about(value)
        if judge(view, value, properties):
            return False
        return all(sibling(view, value, properties) for sibling in siblings)

    return test


def counted(conforms: ViewTest, allowed: range, find: Find) -> Rule:
    def rule(view: View, focus: Term, properties: Properties, values: Sequence[Term]) -> Sequence[Finding]:
        return () if sum(conforms(view, value) for value in values) in allowed else (find(focus, None),)

    return rule
