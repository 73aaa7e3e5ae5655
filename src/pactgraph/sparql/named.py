"""Named questions: `*.rq` files with a header that says what they answer and what they ask for.

# title: Who signed a pact
# answers: Each signature that a source reports, with who says so.
# param: pact iri – the pact
# param: since date – signed on this day or later = 2023-01-01
# example: pactgraph query who --param pact=two-rivers --param since=2023-07-12
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from pactgraph.errors import BadInput, EncodingFault, UsageError, contents
from pactgraph.store import Bindable
from pactgraph.vocabulary import XSD, expand

UNBOUND = "any"
"""The default of a parameter that may be left open: its variable then takes every value."""

_FIELDS = ("title", "answers", "param", "example")
_FIELD = re.compile(rf"#\s*({'|'.join(_FIELDS)}):\s*(.*)")
_PARAMETER = re.compile(r"(\w+)\s+(\w+)(?:\s+[–—-]\s+(.*?))?(?:\s+=\s+(.*))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of the query that the asker gives a value; `default` is None when it must be given."""

    name: str
    type: str
    meaning: str
    default: str | None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with its text, as its file's header describes it; `example` is a command that asks it."""

    name: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    text: str
    example: str = ""


def read(path: Path) -> NamedQuery:
    """The named query of a file; raises `BadInput` with the line when its header is off."""
    try:
        text = contents(path).decode()
    except UnicodeDecodeError as fault:
        raise EncodingFault("this is not UTF-8", offset=fault.start, where=path) from None
    fields: dict[str, list[tuple[int, str]]] = {name: [] for name in _FIELDS}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            break
        if match := _FIELD.fullmatch(line.rstrip()):
            fields[match[1]].append((number, match[2]))
    if not fields["title"]:
        raise BadInput("a named query begins with `# title: …`", where=path, line=1)
    title, answers, example = (
        " ".join(value for _, value in fields[key]) for key in ("title", "answers", "example")
    )
    parameters = tuple(_parameter(path, number, value) for number, value in fields["param"])
    return NamedQuery(path.stem, title, answers, parameters, text, example)


def list_queries(paths: Iterable[Path]) -> list[NamedQuery]:
    """The named queries of `*.rq` files (a project's are `Project.queries()`), in order of name."""
    return sorted((read(path) for path in paths), key=lambda query: query.name)


def load(name: str, paths: Iterable[Path]) -> NamedQuery:
    """The named query `name`; raises `UsageError` that lists the names there are."""
    found = {path.stem: path for path in paths}
    if name not in found:
        raise UsageError(f"There is no named query {name}; there are: {', '.join(sorted(found)) or 'none'}.")
    return read(found[name])


def bind(query: NamedQuery, given: Mapping[str, str]) -> dict[str, Bindable]:
    """The terms of the query's parameters, ready to be its `substitutions`.

    Raises `UsageError` that lists the parameters when one is unknown, missing or not of its type.
    """
    known = {parameter.name for parameter in query.parameters}
    if unknown := sorted(given.keys() - known):
        raise _off(query, f"{query.name} has no parameter {', '.join(unknown)}")
    asked = [p for p in query.parameters if p.name in given or p.default != UNBOUND]
    return {parameter.name: _value(query, parameter, given) for parameter in asked}


def _value(query: NamedQuery, parameter: Parameter, given: Mapping[str, str]) -> Bindable:
    text = given.get(parameter.name, parameter.default)
    if text is None:
        raise _off(query, f"{query.name} needs {parameter.name}")
    try:
        return TYPES[parameter.type](text)
    except ValueError as error:
        raise _off(query, f"{parameter.name} is no {parameter.type}: {text} ({error})") from None


def _off(query: NamedQuery, message: str) -> UsageError:
    lines = [f"  {_described(parameter)}" for parameter in query.parameters] or ["  It has no parameters."]
    return UsageError("\n".join([f"{message}.", *lines]))


def _described(parameter: Parameter) -> str:
    default = f" [{parameter.default}]" if parameter.default is not None else ""
    meaning = f" – {parameter.meaning}" if parameter.meaning else ""
    return f"{parameter.name}={parameter.type}{meaning}{default}"


def _parameter(path: Path, line: int, text: str) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    if match is None or match[2] not in TYPES:
        raise BadInput(
            "a parameter is `# param: name type – meaning = default`",
            where=path,
            line=line,
            hint=f"Types are {', '.join(TYPES)}; the default may be left out.",
        )
    return Parameter(match[1], match[2], match[3] or "", match[4])


def _iri(text: str) -> NamedNode:
    """An IRI written out, in angle brackets or with one of the project's prefixes."""
    return NamedNode(expand(text) or text.removeprefix("<").removesuffix(">"))


def _date(text: str) -> Literal:
    return Literal(date.fromisoformat(text).isoformat(), datatype=XSD.date)


def _integer(text: str) -> Literal:
    return Literal(str(int(text)), datatype=XSD.integer)


TYPES: dict[str, Callable[[str], Bindable]] = {
    "iri": _iri,
    "string": Literal,
    "date": _date,
    "integer": _integer,
}
"""How a parameter's text becomes a term; each raises ValueError for text that is none."""
