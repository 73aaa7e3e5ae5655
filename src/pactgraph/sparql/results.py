"""The answer to a query and its forms: for people, for programs, for other graphs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
)

from pactgraph.errors import UsageError
from pactgraph.vocabulary import PREFIXES, shorten

Kind = OneOf["rows", "truth", "triples"]
Value = NamedNode | BlankNode | Literal | Triple

_RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
FORMATS: dict[str, tuple[str, ...]] = {
    "rows": ("table", *_RESULTS),
    "truth": ("table", *_RESULTS),
    "triples": ("table", "ttl", "nt"),
}
"""The forms that fit each kind of answer."""

_LEAST, _GAP = 12, 3
"""A column of a table that is narrower is not legible, unless it needs no more."""
_NAMES = {"rows": "SELECT", "truth": "ASK", "triples": "CONSTRUCT and DESCRIBE"}


@dataclass(frozen=True, slots=True)
class Result:
    """An answer: `rows` or `truth` kept as SPARQL JSON results, `triples` as N-Triples."""

    kind: Kind
    body: bytes

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the projected variables; none unless `kind` is rows."""
        return (
            tuple(variable.value for variable in self._solutions().variables) if self.kind == "rows" else ()
        )

    def __iter__(self) -> Iterator[tuple[Value | None, ...]]:
        """The rows, each as long as `columns`; triples as rows of three; truth has none."""
        if self.kind == "rows":
            columns = self.columns
            yield from (tuple(row[name] for name in columns) for row in self._solutions())
        elif self.kind == "triples":
            yield from ((triple.subject, triple.predicate, triple.object) for triple in self.triples())

    def __bool__(self) -> bool:
        """The truth of ASK; for the others, whether there is anything."""
        if self.kind == "truth":
            return bool(self._parsed())
        return next(iter(self), None) is not None

    def triples(self) -> Iterator[Triple]:
        """The triples of CONSTRUCT or DESCRIBE, each once, in the order of N-Triples lines."""
        lines = b"\n".join(sorted(set(self.body.splitlines())))
        return (quad.triple for quad in pyoxigraph.parse(lines, format=RdfFormat.N_TRIPLES))

    def write(self, form: str, *, width: int | None = None) -> bytes:
        """The answer in one of `FORMATS`, ended by a line break; `width` is that of a table in columns of a terminal.

        A table that would not be legible in that width becomes a list: for each row a line for each of its values.

        CSV and TSV follow https://www.w3.org/TR/sparql11-results-csv-tsv/. Raises `UsageError` naming the forms
        that fit when `form` does not.
        """
        if form not in FORMATS[self.kind]:
            fitting = ", ".join(FORMATS[self.kind])
            raise UsageError(f"{_NAMES[self.kind]} cannot be written as {form}; these fit: {fitting}.")
        if form == "table":
            return _table(self, width).encode()
        if form in _RESULTS:
            return _ended(self._parsed().serialize(format=_RESULTS[form]) or b"")
        return _turtle(self) if form == "ttl" else _n_triples(self)

    def _parsed(self) -> QuerySolutions | QueryBoolean:
        return pyoxigraph.parse_query_results(self.body, format=QueryResultsFormat.JSON)

    def _solutions(self) -> QuerySolutions:
        parsed = self._parsed()
        assert isinstance(parsed, QuerySolutions)
        return parsed


def _ended(content: bytes) -> bytes:
    return content if content.endswith(b"\n") else content + b"\n"


def _n_triples(result: Result) -> bytes:
    return pyoxigraph.serialize(result.triples(), format=RdfFormat.N_TRIPLES) or b""


def _turtle(result: Result) -> bytes:
    """In the project's own form; triples with blank nodes or triple terms, which that has none of, in Oxigraph's."""
    triples = list(result.triples())
    if all(isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode | Literal) for t in triples):
        from pactgraph.graph.turtle import write

        return write(triples).encode()
    return pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def _table(result: Result, width: int | None) -> str:
    if result.kind == "truth":
        return "yes\n" if result else "no\n"
    columns = result.columns if result.kind == "rows" else ("subject", "predicate", "object")
    rows = [[_cell(value) for value in row] for row in result]
    room = width or shutil.get_terminal_size((100, 24)).columns
    draw = _drawn if _is_legible(columns, rows, room) else _listed
    return draw(columns, rows, room) + _count(len(rows), result.kind)


def _is_legible(columns: Sequence[str], rows: list[list[str]], width: int) -> bool:
    """Whether no column has to be narrower than a word of some letters, but for one that needs no more."""
    least = [min(max(map(len, cells)), _LEAST) for cells in zip(columns, *rows, strict=True)]
    return sum(least) + _GAP * (len(least) - 1) <= width


def _listed(columns: Sequence[str], rows: list[list[str]], width: int) -> str:
    """Each row as lines of a name and a value, those without a value left out; between two rows an empty line."""
    from textwrap import wrap

    margin = max(map(len, columns)) + 2
    room = max(width - margin, _LEAST)
    lines: list[str] = []
    for row in rows:
        for name, cell in zip(columns, row, strict=True):
            pieces = [
                piece
                for line in cell.split("\n")
                for piece in wrap(line, room, break_long_words=False, break_on_hyphens=False)
            ]
            lines += [f"{'' if nth else name:{margin}}{piece}" for nth, piece in enumerate(pieces)]
        lines.append("")
    return "".join(f"{line}\n" for line in lines)


def _drawn(columns: Sequence[str], rows: list[list[str]], width: int) -> str:
    from io import StringIO

    from rich import box  # 100 ms that the other forms need not pay
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in columns:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    paper = StringIO()
    Console(file=paper, width=width, color_system=None, emoji=False, force_terminal=False).print(table)
    return "".join(line.rstrip() + "\n" for line in paper.getvalue().splitlines())


def _cell(value: Value | None) -> str:
    """What a person reads of a term; characters that steer a terminal or hide are shown as a mark."""
    text = "" if value is None else shorten(value.value) if isinstance(value, NamedNode) else _plain(value)
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _plain(value: BlankNode | Literal | Triple) -> str:
    return value.value if isinstance(value, Literal) else str(value)


def _count(number: int, kind: Kind) -> str:
    word = "row" if kind == "rows" else "triple"
    return f"{number:,} {word}{'' if number == 1 else 's'}\n"
