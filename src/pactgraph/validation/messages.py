"""What a constraint of SHACL Core says where its shape has no words of its own, https://www.w3.org/TR/shacl/#core-components."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from pyoxigraph import BlankNode, NamedNode

from pactgraph.validation.report import SHACL
from pactgraph.validation.subjects import Term

_MESSAGES: Final = {
    "MinCount": ("minCount", "fewer values than {}"),
    "MaxCount": ("maxCount", "more values than {}"),
    "Datatype": ("datatype", "not a well-formed literal of datatype {}"),
    "Class": ("class", "not an instance of {}"),
    "NodeKind": ("nodeKind", "not of node kind {}"),
    "In": ("in", "not one of the values allowed"),
    "HasValue": ("hasValue", "lacks the value {}"),
    "Pattern": ("pattern", "does not match {}"),
    "MinLength": ("minLength", "shorter than {} characters"),
    "MaxLength": ("maxLength", "longer than {} characters"),
    "MinInclusive": ("minInclusive", "less than {}"),
    "MaxInclusive": ("maxInclusive", "more than {}"),
    "MinExclusive": ("minExclusive", "not more than {}"),
    "MaxExclusive": ("maxExclusive", "not less than {}"),
    "LanguageIn": ("languageIn", "not in one of the languages allowed"),
    "UniqueLang": ("uniqueLang", "two values in one language"),
    "Equals": ("equals", "not the same as the values of {}"),
    "Disjoint": ("disjoint", "also a value of {}"),
    "LessThan": ("lessThan", "not less than every value of {}"),
    "LessThanOrEquals": ("lessThanOrEquals", "more than a value of {}"),
    "And": ("and", "does not conform to all of the shapes"),
    "Or": ("or", "conforms to none of the shapes"),
    "Xone": ("xone", "does not conform to exactly one of the shapes"),
    "Not": ("not", "conforms to a shape that it must not conform to"),
    "Node": ("node", "does not conform to {}"),
    "QualifiedMinCount": ("qualifiedMinCount", "fewer conforming values than {}"),
    "QualifiedMaxCount": ("qualifiedMaxCount", "more conforming values than {}"),
    "Closed": ("closed", "a property that the shape does not allow"),
}


def message_of(component: NamedNode, values: Callable[[str], Iterable[Term]]) -> str | None:
    """The message of a component, with the values of its parameter; None for a component of others."""
    kind = component.value.removeprefix(SHACL).removesuffix("ConstraintComponent")
    if kind not in _MESSAGES:
        return None
    parameter, template = _MESSAGES[kind]
    return template.format(" or ".join(sorted(map(_shown, values(parameter)))))


def _shown(term: Term) -> str:
    return "a shape" if isinstance(term, BlankNode) else str(getattr(term, "value", term))
