"""What may be asked: judged on the query's tokens before anything is evaluated.

A query only reads the graph: no SERVICE, no LOAD or other update, and FROM names only our own graphs. It also stays
far below the sizes at which the engine's recursive parser and planner break. Engines differ in where they read
`\\uXXXX` (https://www.w3.org/TR/sparql11-query/#codepointEscape), so both readings must pass.
"""

from __future__ import annotations

from collections.abc import Iterable

from pactgraph.errors import QueryRefused
from pactgraph.store.lexer import Token, decode, place, pointer, tokens
from pactgraph.vocabulary import graph_iri

MAX_BYTES = 16_384
MAX_DEPTH = 64
MAX_TOKENS = 2_000
MAX_PATH_STEPS = 100
MAX_OPERATORS = 500

OUR_GRAPHS = graph_iri("").value

_UPDATE = "ADD CLEAR COPY CREATE DELETE DROP INSERT LOAD MOVE USING WITH"
_QUERY = """
A ABS ADJUST AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY DESC
DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HASLANG HASLANGDIR HAVING
HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR LANGMATCHES LCASE LIMIT MAX MD5 MIN
MINUS MINUTES MONTH NAMED NOT NOW OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED REGEX REPLACE ROUND
SAMETERM SAMPLE SECONDS SELECT SEPARATOR SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG
STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TRIPLE TRUE TZ UCASE UNDEF UNION URI UUID VALUES
VERSION WHERE YEAR
"""
# https://www.w3.org/TR/sparql11-query/#rQueryUnit and, from RDF 1.2, triple terms and base directions

_UPDATES = frozenset(_UPDATE.split())
_WORDS = frozenset(_QUERY.split())
_OPERANDS = frozenset(("variable", "number", "string", "language", "name", "iri", "close", "word"))


def check(text: str) -> None:
    """Refuses a query that would reach outside the graph, change it, or break the engine.

    Raises `QueryRefused` or, where the text has no tokens of SPARQL, `SyntaxFault`; both with line and column.
    """
    if (size := len(text.encode("utf-8", "surrogatepass"))) > MAX_BYTES:
        raise QueryRefused(
            f"the query has {size:,} bytes; at most {MAX_BYTES:,} are evaluated", where="query"
        )
    decoded = decode(text)
    for reading, origin in ((decoded.text, decoded.origin), (text, int)):
        try:
            _check_tokens(tokens(reading))
        except _Offence as offence:
            raise _refusal(offence, text, origin(offence.token.start)) from None


class _Offence(Exception):
    """A rule that a token breaks."""

    def __init__(self, token: Token, message: str) -> None:
        super().__init__(message)
        self.token = token


def _refusal(offence: _Offence, text: str, position: int) -> QueryRefused:
    line, column = place(text, position)
    return QueryRefused(
        str(offence), where="query", line=line, column=column, hint=pointer(text, line, column)
    )


def _check_tokens(found: Iterable[Token]) -> None:
    brackets, sizes = _Brackets(), _Sizes()
    before = last = None
    for token in found:
        brackets.follow(token)
        sizes.add(token, len(brackets.open))
        _check_word(token)
        _check_dataset(before, last, token)
        if brackets.in_expression:
            _check_comparison(last, token)
        before, last = last, token


class _Brackets:
    """Which brackets are open; the braces and rows of a VALUES block are told from groups and expressions."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self._after_values = False

    @property
    def in_expression(self) -> bool:
        return self.open[-1:] == ["("]

    def follow(self, token: Token) -> None:
        if token.kind == "open":
            self.open.append(self._name(token.text))
        elif token.kind == "close" and self.open:
            self.open.pop()
        self._after_values = _is(token, "VALUES") or (
            self._after_values and (token.kind == "variable" or token.text in ("(", ")"))
        )

    def _name(self, bracket: str) -> str:
        if bracket == "{" and self._after_values:
            return "data"
        return "row" if bracket == "(" and self.open[-1:] == ["data"] else bracket


class _Sizes:
    """Counts what the engine recurses over."""

    def __init__(self) -> None:
        self.tokens = self.steps = self.operators = 0

    def add(self, token: Token, depth: int) -> None:
        self.tokens += 1
        self.steps += token.text in ("/", "|", "^")
        self.operators += token.kind == "operator"
        for number, limit, what in (
            (depth, MAX_DEPTH, "brackets stand inside each other"),
            (self.tokens, MAX_TOKENS, "words and signs"),
            (self.steps, MAX_PATH_STEPS, "steps of property paths"),
            (self.operators, MAX_OPERATORS, "operators"),
        ):
            if number > limit:
                raise _Offence(token, f"the query is too large: more than {limit:,} {what}")


def _check_word(token: Token) -> None:
    if token.kind != "word" or token.text.upper() in _WORDS:
        return
    word = token.text.upper()
    if word == "SERVICE":
        raise _Offence(token, "SERVICE would ask another server; only the graph itself is asked")
    if word in _UPDATES:
        raise _Offence(token, f"{word} belongs to SPARQL Update; a query only reads")
    raise _Offence(token, f"{token.text} is not a word of SPARQL queries")


def _check_dataset(before: Token | None, last: Token | None, token: Token) -> None:
    if _is(last, "FROM") and _is(token, "NAMED"):
        return
    if _is(last, "FROM") or (_is(last, "NAMED") and _is(before, "FROM")):
        path = token.text[1:-1].removeprefix(OUR_GRAPHS)
        if token.kind != "iri" or path == token.text[1:-1] or ".." in path or "\\" in path:
            raise _Offence(token, f"FROM names a graph of this project by its full IRI, <{OUR_GRAPHS}…>")


def _is(token: Token | None, word: str) -> bool:
    return token is not None and token.kind == "word" and token.text.upper() == word


def _check_comparison(last: Token | None, token: Token) -> None:
    """In an expression, `1<b:c)SERVICE#>` is an IRI to a lexer and a comparison to a parser."""
    if token.kind == "iri" and last and last.kind in _OPERANDS and not _is(last, "DISTINCT"):
        raise _Offence(token, "this can be read as a comparison or as an IRI; put a space after <")
