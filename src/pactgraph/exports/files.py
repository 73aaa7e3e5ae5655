"""Tables as files: CSV with the metadata of https://www.w3.org/TR/tabular-data-primer/, or Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

from pactgraph.errors import ExtraMissing
from pactgraph.exports.cells import Cell
from pactgraph.exports.columns import Column, Kind
from pactgraph.exports.tables import Row, Table
from pactgraph.licence import Licence

METADATA: Final = "csv-metadata.json"
_ROWS: Final = 10_000
"""Rows of a row group."""
_BETWEEN: Final = "; "
"""Between several values in one cell."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_DATATYPES: Final = {
    Kind.TEXT: "string",
    Kind.IRI: "anyURI",
    Kind.WHOLE: "integer",
    Kind.NUMBER: "decimal",
    Kind.DAY: "date",
}
_FIRST: Final = {"claims": "claim", "facts": "proposition", "sources": "source", "things": "thing"}
"""The column that tells the rows of a table apart."""


def write_csv(
    tables: Iterable[Table], folder: Path, *, licence: Licence | None = None, spreadsheet: bool = False
) -> list[Path]:
    """A CSV file for each table, and a file that describes their columns; returns them. RFC 4180, UTF-8, LF.

    For a `spreadsheet` they begin with a byte order mark, and what it would take for a formula stands behind an
    apostrophe.
    """
    written = list(tables)
    files = [_csv(table, folder / f"{table.name}.csv", spreadsheet) for table in written]
    described = folder / METADATA
    told = json.dumps(_metadata(written, licence, spreadsheet), ensure_ascii=False, indent=2)
    described.write_text(f"{told}\n", encoding="utf-8")
    return [*files, described]


def write_parquet(tables: Iterable[Table], folder: Path) -> list[Path]:
    """A Parquet file for each table; returns them. Raises ExtraMissing without the extra `parquet`."""
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise ExtraMissing("writing Parquet", "parquet", error) from error
    return [_parquet(table, folder / f"{table.name}.parquet", arrow, parquet) for table in tables]


def _csv(table: Table, path: Path, spreadsheet: bool) -> Path:
    texts = [column.kind in (Kind.TEXT, Kind.IRI) for column in table.columns]
    with path.open("w", encoding="utf-8-sig" if spreadsheet else "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in table.columns)
        for row in table.rows():
            cells = map(_printed, row)
            writer.writerow(map(_guarded, cells, texts) if spreadsheet else cells)
    return path


def _printed(cell: Cell) -> str | int | None:
    return _BETWEEN.join(cell) if isinstance(cell, tuple) else cell


def _guarded(cell: str | int | None, is_text: bool) -> str | int | None:
    """https://owasp.org/www-community/attacks/CSV_Injection."""
    return f"'{cell}" if is_text and isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _metadata(tables: Iterable[Table], licence: Licence | None, spreadsheet: bool) -> Mapping[str, Any]:
    """https://www.w3.org/TR/tabular-metadata/."""
    noted = {"dc:description": "What begins with = + - or @ stands behind an apostrophe."}
    return {
        "@context": "http://www.w3.org/ns/csvw",
        **({"dc:license": {"@id": licence.address}} if licence else {}),
        **(noted if spreadsheet else {}),
        "dialect": {"lineTerminators": ["\n"]},
        "tables": [_described(table) for table in tables],
    }


def _described(table: Table) -> Mapping[str, Any]:
    keys = [column.name for column in table.columns[: table.key]]
    return {
        "url": f"{table.name}.csv",
        "dc:description": f"One row is {table.row}.",
        "tableSchema": {
            "columns": [_column(column) for column in table.columns],
            **({"primaryKey": keys} if keys else {}),
            "foreignKeys": [_foreign(column) for column in table.columns if column.of and not column.several],
        },
    }


def _column(column: Column) -> Mapping[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.holds,
        "datatype": _DATATYPES[column.kind],
        **({"separator": _BETWEEN} if column.several else {}),
    }


def _foreign(column: Column) -> Mapping[str, Any]:
    """https://www.w3.org/TR/tabular-metadata/#foreign-key-definition."""
    first = _FIRST[str(column.of)]
    return {
        "columnReference": column.name,
        "reference": {"resource": f"{column.of}.csv", "columnReference": first},
    }


def _parquet(table: Table, path: Path, arrow: Any, parquet: Any) -> Path:
    types = [_type(column, arrow) for column in table.columns]
    fields = [
        arrow.field(column.name, kind, metadata={"description": column.holds})
        for column, kind in zip(table.columns, types, strict=True)
    ]
    schema = arrow.schema(fields, metadata={"description": f"One row is {table.row}."})
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _in_groups(table.rows()):
            values = [
                [_typed(cell, column.kind) for cell in cells]
                for column, cells in zip(table.columns, zip(*rows, strict=True), strict=True)
            ]
            writer.write_table(arrow.table(values, schema=schema))
    return path


def _type(column: Column, arrow: Any) -> Any:
    kinds = {Kind.WHOLE: arrow.int64(), Kind.NUMBER: arrow.float64(), Kind.DAY: arrow.date32()}
    kind = kinds.get(column.kind, arrow.string())
    return arrow.list_(kind) if column.several else kind


def _typed(cell: Cell, kind: Kind) -> Any:
    if cell is not None and kind is Kind.NUMBER:
        return float(str(cell))
    return date.fromisoformat(str(cell)) if cell is not None and kind is Kind.DAY else cell


def _in_groups(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while held := list(islice(rows, _ROWS)):
        yield held
