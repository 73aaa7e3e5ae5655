"""What stands in the cells of a table, for people (`text`) and for programs (`plain`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True)
class Thing:
    """A node and its name."""

    node: NamedNode
    name: str


@dataclass(frozen=True, slots=True)
class When:
    """A date as EDTF and in words; `edtf` is None where dates exclude each other, and `rivals` has them."""

    edtf: str | None
    words: str
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in words, and its parts as numbers, codes and names."""

    words: str
    parts: Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Several:
    """A list; `brief` is what of it a table for people needs."""

    cells: tuple[Cell, ...] = ()
    separator: str = ", "
    brief: tuple[Cell, ...] | None = None


Cell: TypeAlias = str | int | Thing | When | Sum | Several
Row: TypeAlias = Mapping[str, Cell]


def text(cell: Cell, *, brief: bool = False) -> str:
    """The cell in words, on one line."""
    match cell:
        case Thing():
            return cell.name
        case When() | Sum():
            return cell.words
        case Several():
            shown = cell.brief if brief and cell.brief is not None else cell.cells
            return cell.separator.join(text(each) for each in shown)
    return str(cell)


def plain(cell: Cell) -> Any:
    """The cell as JSON has it: numbers as numbers, lists as lists, what is not known as null."""
    match cell:
        case Thing():
            return {"iri": cell.node.value, "name": cell.name}
        case When():
            known = {"edtf": cell.edtf, "text": cell.words}
            return {**known, "rivals": list(cell.rivals)} if cell.rivals else known
        case Sum():
            return {"text": cell.words, **cell.parts}
        case Several():
            return [plain(each) for each in cell.cells]
    return None if cell == "" else cell


def plain_row(row: Row) -> dict[str, Any]:
    """A row as JSON has it."""
    return {name: plain(cell) for name, cell in row.items()}
