"""The list of states in `lexica/states.tsv`: what states are called that no graph holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state in the list of states."""

    code: str
    name: str
    others: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]


def read_states(path: Path) -> Iterator[StateRow]:
    """The rows of `lexica/states.tsv`."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for line in lines[1:]:
        code, name, others, adjectives, capitals = line.split("\t")
        yield StateRow(code, name, _parts(others), _parts(adjectives), _parts(capitals))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
