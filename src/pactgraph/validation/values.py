"""Constraints that look at one value at a time, each as a plain function that says whether the value passes.

https://www.w3.org/TR/shacl/#core-components. Every maker gets the values of one parameter and yields one
function for each result that a failing value may cause.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode

from pactgraph.validation import literals
from pactgraph.validation.report import SHACL
from pactgraph.validation.shapes import Shape, UnknownConstruct
from pactgraph.validation.subjects import Term, View

Values = Sequence[Term | tuple[Term, ...]]
Test = Callable[[Term], bool]
ViewTest = Callable[[View, Term], bool]

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_KINDS: dict[str, tuple[type, ...]] = {
    "IRI": (NamedNode,),
    "BlankNode": (BlankNode,),
    "Literal": (Literal,),
    "BlankNodeOrIRI": (BlankNode, NamedNode),
    "BlankNodeOrLiteral": (BlankNode, Literal),
    "IRIOrLiteral": (NamedNode, Literal),
}


def single(values: Values, what: str) -> Term:
    """The one value of a parameter that may have only one. Raises UnknownConstruct."""
    if len(values) != 1 or isinstance(values[0], tuple):
        raise UnknownConstruct(f"{what} needs exactly one value")
    return values[0]


def count(values: Values, what: str) -> int:
    """A whole number that is not negative. Raises UnknownConstruct."""
    value = single(values, what)
    if (
        not isinstance(value, Literal)
        or value.datatype.value != _INTEGER
        or not re.fullmatch(r"[0-9]{1,18}", value.value)
    ):
        raise UnknownConstruct(f"{what} needs a whole number")
    return int(value.value)


def _datatype(shape: Shape, values: Values) -> Iterator[Test]:
    wanted = single(values, "sh:datatype")
    if not isinstance(wanted, NamedNode):
        raise UnknownConstruct("sh:datatype needs an IRI")
    datatype = wanted.value
    well_formed = literals.well_formed

    def test(value: Term) -> bool:
        return isinstance(value, Literal) and value.datatype == wanted and well_formed(value.value, datatype)

    def typed(value: Term) -> bool:
        return (
            isinstance(value, Literal) and value.language is None and value.datatype.value != literals.STRING
        )

    special: dict[str, Test] = {
        f"{_RDFS}Literal": lambda value: isinstance(value, Literal),
        f"{_RDFS}Datatype": typed,
    }
    yield special.get(datatype, test)


def _node_kind(shape: Shape, values: Values) -> Iterator[Test]:
    kind = single(values, "sh:nodeKind")
    types = _KINDS.get(getattr(kind, "value", "").removeprefix(SHACL))
    if types is None:
        raise UnknownConstruct(f"{kind} is not a node kind")
    yield lambda value: isinstance(value, types)


def _in(shape: Shape, values: Values) -> Iterator[Test]:
    [members] = values
    if not isinstance(members, tuple):
        raise UnknownConstruct("sh:in needs a list")
    yield frozenset(members).__contains__


def _flags(shape: Shape) -> int:
    values = shape.parameters.get("flags", ())
    if not values:
        return 0
    flags = single(values, "sh:flags")
    if not isinstance(flags, Literal):
        raise UnknownConstruct("sh:flags needs a text")
    letters = flags.value.lower()
    return ("i" in letters) * re.IGNORECASE | ("m" in letters) * re.MULTILINE


def _pattern(shape: Shape, values: Values) -> Iterator[Test]:
    for value in values:
        if not isinstance(value, Literal):
            raise UnknownConstruct("sh:pattern needs a text")
        try:
            yield _matches(re.compile(literals.text(value), _flags(shape)))
        except re.error as fault:
            raise UnknownConstruct(f"sh:pattern {value}: {fault}") from None


def _matches(pattern: re.Pattern[str]) -> Test:
    search = pattern.search

    def test(value: Term) -> bool:
        return (text := _text(value)) is not None and search(text) is not None

    return test


def _text(value: Term) -> str | None:
    if isinstance(value, Literal):
        return literals.text(value)
    return value.value if isinstance(value, NamedNode) else None


def _min_length(shape: Shape, values: Values) -> Iterator[Test]:
    least = count(values, "sh:minLength")
    yield lambda value: least == 0 or ((text := _text(value)) is not None and len(text) >= least)


def _max_length(shape: Shape, values: Values) -> Iterator[Test]:
    most = count(values, "sh:maxLength")
    yield lambda value: (text := _text(value)) is not None and len(text) <= most


def _range(holds: Callable[[int, int], bool]) -> Callable[[Shape, Values], Iterator[Test]]:
    def make(shape: Shape, values: Values) -> Iterator[Test]:
        for bound in values:
            if not isinstance(bound, Literal):
                raise UnknownConstruct("a range needs a literal")
            yield _within(bound, holds)

    return make


def _within(bound: Literal, holds: Callable[[int, int], bool]) -> Test:
    return lambda value: isinstance(value, Literal) and literals.compare(value, bound, holds)


def _language_in(shape: Shape, values: Values) -> Iterator[Test]:
    [members] = values
    if not isinstance(members, tuple) or not all(_is_plain(member) for member in members):
        raise UnknownConstruct("sh:languageIn needs a list of texts")
    ranges = frozenset(member.value.lower() for member in members if isinstance(member, Literal))

    def test(value: Term) -> bool:
        language = value.language if isinstance(value, Literal) else None
        return language is not None and (
            "*" in ranges or language.lower() in ranges or _base(language) in ranges
        )

    yield test


def _is_plain(term: Term) -> bool:
    return isinstance(term, Literal) and term.datatype.value in (literals.STRING, literals.LANG_STRING)


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def class_tests(values: Values) -> Iterator[ViewTest]:
    """https://www.w3.org/TR/shacl/#ClassConstraintComponent: it needs to see the value's types."""
    for kind in values:
        if not isinstance(kind, NamedNode | BlankNode):
            raise UnknownConstruct("sh:class needs a class")
        yield _is_instance(kind)


def _is_instance(kind: Term) -> ViewTest:
    return lambda view, value: view.is_a(value, kind)


PURE: Mapping[str, tuple[str, Callable[[Shape, Values], Iterator[Test]]]] = {
    "datatype": ("Datatype", _datatype),
    "nodeKind": ("NodeKind", _node_kind),
    "in": ("In", _in),
    "pattern": ("Pattern", _pattern),
    "minLength": ("MinLength", _min_length),
    "maxLength": ("MaxLength", _max_length),
    "minInclusive": ("MinInclusive", _range(operator.ge)),
    "maxInclusive": ("MaxInclusive", _range(operator.le)),
    "minExclusive": ("MinExclusive", _range(operator.gt)),
    "maxExclusive": ("MaxExclusive", _range(operator.lt)),
    "languageIn": ("LanguageIn", _language_in),
}
"""Parameter, component, and the maker of its tests; these depend on the value alone."""
