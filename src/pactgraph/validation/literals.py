"""What literals are worth: well-formed or not, less or more, to the letter as the reference engine has it.

A lexical form that a short pattern recognises is judged here; any other is judged by rdflib itself, whose
reading the reference engine goes by, so the two cannot differ.
"""

from __future__ import annotations

import logging
import operator
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode

from pactgraph.validation.subjects import Term

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LANG_STRING = f"{_RDF}langString"
STRING = f"{_XSD}string"
_FREE = frozenset({STRING, LANG_STRING, f"{_XSD}anyURI", f"{_XSD}language"})
_INTEGER = re.compile(r"[+-]?[0-9]{1,300}").fullmatch
_DECIMAL = re.compile(r"[+-]?[0-9]{1,300}(\.[0-9]{1,300})?").fullmatch
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?"
).fullmatch
_READERS: dict[str, tuple[Callable[[str], Any], Callable[[str], Any]]] = {
    f"{_XSD}integer": (_INTEGER, int),
    f"{_XSD}nonNegativeInteger": (re.compile(r"[0-9]{1,300}").fullmatch, int),
    f"{_XSD}positiveInteger": (re.compile(r"[1-9][0-9]{0,299}").fullmatch, int),
    f"{_XSD}decimal": (_DECIMAL, Decimal),
    f"{_XSD}boolean": (re.compile(r"true|false|0|1").fullmatch, str),
    f"{_XSD}date": (_DATE, date.fromisoformat),
    f"{_XSD}dateTime": (_MOMENT, datetime.fromisoformat),
}
_ORDERED = frozenset(
    f"{_XSD}{name}" for name in ("integer", "nonNegativeInteger", "positiveInteger", "decimal")
)
_DAY = f"{_XSD}date"


@contextmanager
def quiet() -> Iterator[None]:
    """rdflib warns on every odd literal that it meets; the findings say it already, and better."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.disabled = before


def well_formed(lexical: str, datatype: str) -> bool:
    """Whether a literal of this datatype is one: ill-formed forms of datatypes that SPARQL knows are not.

    https://www.w3.org/TR/shacl/#DatatypeConstraintComponent
    """
    if datatype in _FREE or not datatype.startswith((_XSD, _RDF)):
        return True
    return _read(lexical, datatype) is not None or _accepted(lexical, datatype)


def text(literal: Literal) -> str:
    """The string that patterns and lengths look at."""
    if literal.datatype.value in (f"{_XSD}token", f"{_XSD}normalizedString"):
        return str(_literal(literal.value, literal.datatype.value, None))
    return literal.value


def compare(one: Literal, other: Literal, holds: Callable[[int, int], bool]) -> bool:
    """Whether the order of two literals `holds` (operator.lt and so on); False where there is no order.

    https://www.w3.org/TR/shacl/#core-components-range
    """
    if (pair := _comparable(one, other)) is not None:
        return holds((pair[0] > pair[1]) - (pair[0] < pair[1]), 0)
    order = _order(*_key(one), *_key(other))
    return order is not None and holds(order, 0)


def precedes(one: Term, other: Term, or_equal: bool) -> bool:
    """Whether one term is less than (or equal to) the other; texts and IRIs go by their characters.

    https://www.w3.org/TR/shacl/#LessThanConstraintComponent: terms that cannot be compared, blank nodes
    among them, are not less.
    """
    less = operator.le if or_equal else operator.lt
    first, second = _characters(one), _characters(other)
    if first is not None and second is not None:
        return bool(less(first, second))
    if not isinstance(one, Literal | NamedNode) or not isinstance(other, Literal | NamedNode):
        return False
    pair = _comparable(one, other)
    return _precedes(*_key(one), *_key(other), less) if pair is None else bool(less(*pair))


def _characters(term: Term) -> str | None:
    if isinstance(term, Literal):
        return term.value if term.datatype.value in (STRING, LANG_STRING) else None
    return term.value if isinstance(term, NamedNode) else None


def _read(lexical: str, datatype: str) -> Any:
    recognises, value = _READERS.get(datatype, (_INTEGER, None))
    if value is None or not recognises(lexical):
        return None
    try:
        return value(lexical)
    except ValueError:
        return None


def _comparable(one: Literal | NamedNode, other: Literal | NamedNode) -> tuple[Any, Any] | None:
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return None
    kind, other_kind = one.datatype.value, other.datatype.value
    if not ((kind in _ORDERED and other_kind in _ORDERED) or kind == other_kind == _DAY):
        return None
    values = _read(one.value, kind), _read(other.value, other_kind)
    return None if None in values else values


def _key(literal: Literal | NamedNode) -> tuple[str, str | None, str | None]:
    """Lexical form, datatype and language, in the way that rdflib keeps them; an IRI is as good as a text."""
    if isinstance(literal, NamedNode):
        return literal.value, None, None
    plain = literal.language is not None or literal.datatype.value == STRING
    return literal.value, None if plain else literal.datatype.value, literal.language


@lru_cache(maxsize=1 << 16)
def _literal(lexical: str, datatype: str | None, language: str | None) -> Any:
    import rdflib

    with quiet():
        return rdflib.Literal(lexical, datatype=datatype, lang=language, normalize=False)


@lru_cache(maxsize=1 << 16)
def _accepted(lexical: str, datatype: str) -> bool:
    literal = _literal(lexical, datatype, None)
    if literal.ill_typed is True:
        return False
    expected = _python_types().get(datatype)
    return expected is None or isinstance(literal.value, expected)


@lru_cache(maxsize=1)
def _python_types() -> dict[str, type]:
    numbers: dict[str, type] = {"integer": int, "decimal": Decimal, "float": float, "boolean": bool}
    times: dict[str, type] = {"date": date, "time": time, "dateTime": datetime}
    return {f"{_XSD}{name}": kind for name, kind in {**numbers, **times}.items()}


@lru_cache(maxsize=1 << 16)
def _order(*key: Any) -> int | None:
    one, other = _literal(*key[:3]), _literal(*key[3:])
    if isinstance(one.value, str) != isinstance(other.value, str):
        return None
    try:
        return 0 if one.eq(other) else 1 if _is_more(one, other) else -1
    except (TypeError, NotImplementedError, ArithmeticError):
        return None


def _is_more(one: Any, other: Any) -> bool:
    """rdflib orders moments with and without time zone; SPARQL and the reference engine do not."""
    if type(one.value) in (datetime, time):
        return bool(one.value > other.value)
    return bool(one > other)


@lru_cache(maxsize=1 << 16)
def _precedes(*key: Any) -> bool:
    literals = _literal(*key[:3]), _literal(*key[3:6])
    pair = [literal.value if isinstance(literal.value, str) else literal for literal in literals]
    if type(pair[0]) is not type(pair[1]):
        return False
    try:
        return bool(key[6](*pair))
    except (TypeError, ArithmeticError):
        return False
