"""Rows for QuickStatements, an editor's tool for many edits: https://www.wikidata.org/wiki/Help:QuickStatements.

There is no escape for quotation marks, tabs and line ends in it, so texts are made plain first. In CSV an empty cell is
no value, and the tool reads one head only, so rows that have other properties stand in a file of their own.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final
from unicodedata import category

from pactgraph.errors import BadInput
from pactgraph.wikidata import Kind, Value

_PRECISION: Final = {0: 9, 1: 10, 2: 11}
_TIME: Final = re.compile(r"\+([0-9]{4})-([0-9]{2})-([0-9]{2})T00:00:00Z/(9|10|11)")
_WORDS: Final = re.compile(r"([a-z][a-z-]*):\"([^\"]*)\"")
_ITEM: Final = re.compile(r"Q[1-9][0-9]*")
_NAME: Final = re.compile(r"[PSs]([1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Row:
    """A statement and one reference for it; the parts of the reference in the order in which they are written."""

    item: str
    property: str
    value: Value
    reference: tuple[tuple[str, Value], ...] = ()


def plain(text: str) -> str:
    """A text without what a row cannot hold: white space is single spaces, quotation marks are single ones.

    Invisible signs are left out, such as hyphens for the end of a line. A backslash at the end would hide the quotation
    mark after it from the reader of CSV.
    """
    seen = (letter for letter in text if category(letter) != "Cf")
    printable = "".join(letter if letter.isprintable() else " " for letter in seen)
    return " ".join(printable.replace('"', "'").split()).rstrip("\\ ")


def write_v1(rows: Iterable[Row]) -> str:
    """A line for each row, its parts apart by tabs."""
    return "".join("\t".join(cells) + "\n" for cells in map(_cells, rows))


def write_csv(rows: Iterable[Row]) -> Mapping[str, str]:
    """A table for each set of properties, by the name of its file, such as `01-P585.csv`."""
    tables = groupby(sorted(rows, key=_head), key=_head)
    return {f"{nth:02}-{head[1]}.csv": _table(head, group) for nth, (head, group) in enumerate(tables, 1)}


def _table(head: Sequence[str], rows: Iterable[Row]) -> str:
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([row.item, write(row.value), *(write(v) for _, v in row.reference)] for row in rows)
    return page.getvalue()


def read_v1(text: str) -> list[Row]:
    """The rows of `write_v1`; raises BadInput with the line of one that is none."""
    lines = enumerate(text.split("\n"), 1)
    return [_row(line.split("\t"), number) for number, line in lines if line]


def read_csv(text: str) -> list[Row]:
    """The rows of a table of `write_csv`; raises BadInput with the line of one that is none."""
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""))
    head = next(reader, [])
    for cells in reader:
        if len(cells) != len(head):
            raise BadInput(f"{len(cells)} cells stand under {len(head)} names", line=reader.line_num)
        else:
            pairs = (part for pair in zip(head[2:], cells[2:], strict=True) for part in pair)
            rows.append(_row([cells[0], head[1], cells[1], *pairs], reader.line_num))
    return rows


def write(value: Value) -> str:
    """A value as it stands in a row; raises BadInput for what has no form there."""
    match value.kind:
        case Kind.ITEM if _ITEM.fullmatch(value.text):
            return value.text
        case Kind.TIME if _TIME.fullmatch(value.written):
            return value.written
        case Kind.TIME if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value.text):
            parts = value.text.split("-")
            full = "-".join([*parts, *["00"] * (3 - len(parts))])
            return f"+{full}T00:00:00Z/{_PRECISION[len(parts) - 1]}"
        case Kind.TEXT if value.text and value.text == plain(value.text):
            quoted = f'"{value.text}"'
            return f"{value.language}:{quoted}" if value.language else quoted
    raise BadInput(f"{value.text!r} cannot stand in a row of QuickStatements")


def read(cell: str) -> Value:
    """The value of a cell; raises BadInput for what is none."""
    if _ITEM.fullmatch(cell):
        return Value(Kind.ITEM, cell)
    if found := _TIME.fullmatch(cell):
        return Value(Kind.TIME, "-".join(found.groups()[: int(found[4]) - 8]))
    if found := _WORDS.fullmatch(cell):
        return Value(Kind.TEXT, found[2], language=found[1])
    if len(cell) > 2 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1]:
        return Value(Kind.TEXT, cell[1:-1])
    raise BadInput(f"{cell!r} is no value of QuickStatements")


def day(when: date) -> Value:
    """A day as a value."""
    return Value(Kind.TIME, when.isoformat())


def _cells(row: Row) -> Iterator[str]:
    yield from (row.item, row.property, write(row.value))
    for name, value in row.reference:
        yield from (f"S{name[1:]}", write(value))


def _head(row: Row) -> tuple[str, ...]:
    """In CSV the first part of a reference has a capital, and those that belong to it have small letters."""
    names = (f"{'s' if nth else 'S'}{name[1:]}" for nth, (name, _) in enumerate(row.reference))
    return ("qid", row.property, *names)


def _row(cells: Sequence[str], line: int) -> Row:
    if len(cells) < 3 or len(cells) % 2 == 0 or not _ITEM.fullmatch(cells[0]) or cells[1][:1] != "P":
        raise BadInput("this is no row of an item, a property and a value", line=line)
    reference = zip(map(_property, cells[3::2]), map(read, cells[4::2]), strict=True)
    return Row(cells[0], _property(cells[1]), read(cells[2]), tuple(reference))


def _property(name: str) -> str:
    found = _NAME.fullmatch(name)
    if found is None:
        raise BadInput(f"{name!r} is no property")
    return f"P{found[1]}"
