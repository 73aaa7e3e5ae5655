"""Parameters of a query: bound token by token, never pasted.

The SPARQL Protocol has no parameters, and `substitutions=` of Oxigraph binds only variables of the outermost
projection (a filter of ASK, or a sub-select that does not project the variable, stays unbound without a word).
So one rule serves every store, that of RDF-dev SEP-0007
(https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0007/sep-0007.md): each occurrence of the variable becomes
the term. It is safe for three reasons: only whole variable tokens of a lexed query are replaced, never text in a
string, an IRI or a comment; the term is written by Oxigraph, which escapes it; and the result is lexed again and
must be the same tokens with the terms in place, or nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from pactgraph.errors import UsageError
from pactgraph.store.lexer import Token, fault, tokens

Bindable = NamedNode | Literal
"""What a parameter may be: blank nodes and triple terms cannot be named in a query."""

_NO_PLACE = "a parameter cannot be assigned here: {0} already has its value"


def bind(text: str, substitutions: Mapping[str, Bindable]) -> str:
    """The query with every `?name` of `substitutions` replaced by its term.

    In a projection `?name` becomes `(term AS ?name)`, so the column stays; `BOUND(?name)` becomes `true`.
    Raises `UsageError` for a name the query has no variable for or a value that cannot be written without doubt,
    `SyntaxFault` where the query assigns the variable itself.
    """
    if not substitutions:
        return text
    values = {name: written(term) for name, term in substitutions.items()}
    original = _lexed(text)
    _require_variables(values, original)
    changes = list(_changes(text, original, values))
    bound = _apply(text, original, changes)
    _require_same_tokens(original, changes, bound)
    return bound


@lru_cache(maxsize=64)
def _lexed(text: str) -> Sequence[Token]:
    """The same query is asked of many nodes."""
    return tuple(tokens(text))


def written(term: Bindable) -> str:
    """The term in SPARQL; raises `UsageError` for text that engines read differently."""
    if not isinstance(term, NamedNode | Literal):
        raise UsageError(f"A parameter is an IRI or a literal, not {type(term).__name__}.")
    if "\\u" in term.value or "\\U" in term.value:
        raise UsageError("A parameter cannot hold a backslash followed by u: engines read it as an escape.")
    text = str(term)
    kinds = [token.kind for token in tokens(text)]
    if kinds not in (["iri"], ["string"], ["string", "language"], ["string", "operator", "iri"]):
        raise UsageError(f"This value cannot be written as one term: {text}")
    return text


@dataclass(frozen=True, slots=True)
class _Change:
    """Tokens `first` to `last` (inclusive) are written as `text`."""

    first: int
    last: int
    text: str


@dataclass(slots=True)
class _Level:
    """Where one pair of braces stands: in its head, its SELECT clause, a group, or the solution modifiers."""

    part: str
    depth: int = 0


@dataclass(slots=True)
class _Walk:
    """Follows brackets and clauses from token to token."""

    levels: list[_Level] = field(default_factory=lambda: [_Level("head")])

    @property
    def here(self) -> _Level:
        return self.levels[-1]

    def step(self, token: Token) -> None:
        if token.text == "{":
            self.levels.append(_Level("group"))
        elif token.text == "}" and len(self.levels) > 1:
            self.levels.pop()
            if self.here.part != "group":
                self.here.part = "modifiers"
        elif token.text in ("(", ")"):
            self.here.depth += 1 if token.text == "(" else -1
        elif token.kind == "word" and token.text.upper() == "SELECT":
            self.here.part = "select"


def _changes(text: str, original: Sequence[Token], values: Mapping[str, str]) -> Iterator[_Change]:
    walk, taken = _Walk(), {token.text[1:] for token in original if token.kind == "variable"}
    for index, token in enumerate(original):
        walk.step(token)
        if token.kind == "variable" and token.text[1:] in values:
            if _is_assigned(original, index):
                raise fault(_NO_PLACE.format(token.text), text, token.start)
            yield _change(original, index, values[token.text[1:]], walk, taken)


def _change(original: Sequence[Token], index: int, value: str, walk: _Walk, taken: set[str]) -> _Change:
    if _word(original, index - 2) == "BOUND":
        return _Change(index - 2, index + 1, "true")
    if walk.here.depth == 0 and walk.here.part == "select":
        name = original[index].text[1:]
        column = name if len(walk.levels) == 1 else _unused(name, taken)
        return _Change(index, index, f"({value} AS ?{column})")
    if walk.here.depth == 0 and walk.here.part == "modifiers":
        return _Change(index, index, f"({value})")
    return _Change(index, index, value)


def _unused(name: str, taken: set[str]) -> str:
    """A column for a sub-select, whose own name would clash with the same column outside."""
    number = 1
    while f"{name}_{number}" in taken:
        number += 1
    taken.add(f"{name}_{number}")
    return f"{name}_{number}"


def _is_assigned(original: Sequence[Token], index: int) -> bool:
    """`AS ?name`, `VALUES ?name` and `VALUES (… ?name …)` give the variable a value of their own."""
    if _word(original, index - 1) in ("AS", "VALUES"):
        return True
    while index >= 0 and original[index].kind == "variable":
        index -= 1
    return index >= 1 and original[index].text == "(" and _word(original, index - 1) == "VALUES"


def _word(original: Sequence[Token], index: int) -> str:
    return original[index].text.upper() if index >= 0 and original[index].kind == "word" else ""


def _apply(text: str, original: Sequence[Token], changes: list[_Change]) -> str:
    pieces: list[str] = []
    last = 0
    for change in changes:
        pieces += [text[last : original[change.first].start], " ", change.text, " "]
        last = original[change.last].end
    return "".join([*pieces, text[last:]])


def _require_variables(values: Mapping[str, str], original: Sequence[Token]) -> None:
    present = {token.text[1:] for token in original if token.kind == "variable"}
    if missing := sorted(values.keys() - present):
        raise UsageError(
            f"The query has no variable {', '.join('?' + name for name in missing)}; "
            f"it has {', '.join('?' + name for name in sorted(present)) or 'none'}."
        )


def _require_same_tokens(original: Sequence[Token], changes: list[_Change], bound: str) -> None:
    expected: list[str] = []
    last = 0
    for change in changes:
        expected += [token.text for token in original[last : change.first]]
        expected += [token.text for token in tokens(change.text)]
        last = change.last + 1
    expected += [token.text for token in original[last:]]
    if [token.text for token in tokens(bound)] != expected:
        raise UsageError("The parameters would change the form of the query; it was not asked.")
