"""Tables as files: CSV with the metadata of https://www.w3.org/TR/tabular-data-primer/, or Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

from pactgraph.errors import ExtraMissing
from pactgraph.exports.tables import Row, Table

METADATA: Final = "csv-metadata.json"
_ROWS: Final = 10_000
"""Rows of a row group."""


def write_csv(tables: Iterable[Table], folder: Path) -> list[Path]:
    """A CSV file for each table, and a file that describes their columns; returns them. RFC 4180, UTF-8, LF."""
    written = list(tables)
    files = [_csv(table, folder / f"{table.name}.csv") for table in written]
    described = folder / METADATA
    text = json.dumps(_metadata(written), ensure_ascii=False, indent=2)
    described.write_text(f"{text}\n", encoding="utf-8")
    return [*files, described]


def write_parquet(tables: Iterable[Table], folder: Path) -> list[Path]:
    """A Parquet file for each table; returns them. Raises ExtraMissing without the extra `parquet`."""
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise ExtraMissing("writing Parquet", "parquet", error) from error
    return [_parquet(table, folder / f"{table.name}.parquet", arrow, parquet) for table in tables]


def _csv(table: Table, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in table.columns)
        writer.writerows(table.rows())
    return path


def _metadata(tables: Iterable[Table]) -> Mapping[str, Any]:
    """https://www.w3.org/TR/tabular-metadata/."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dialect": {"lineTerminators": ["\n"]},
        "tables": [_described(table) for table in tables],
    }


def _described(table: Table) -> Mapping[str, Any]:
    columns = [
        {
            "name": c.name,
            "titles": c.name,
            "dc:description": c.holds,
            "datatype": "integer" if c.whole else "string",
        }
        for c in table.columns
    ]
    return {
        "url": f"{table.name}.csv",
        "dc:description": f"One row is {table.row}.",
        "tableSchema": {"columns": columns},
    }


def _parquet(table: Table, path: Path, arrow: Any, parquet: Any) -> Path:
    schema = arrow.schema(
        [(column.name, arrow.int64() if column.whole else arrow.string()) for column in table.columns],
        metadata={"description": f"One row is {table.row}."},
    )
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _in_groups(table.rows()):
            values = [list(column) for column in zip(*rows, strict=True)]
            writer.write_table(arrow.table(values, schema=schema))
    return path


def _in_groups(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while held := list(islice(rows, _ROWS)):
        yield held
