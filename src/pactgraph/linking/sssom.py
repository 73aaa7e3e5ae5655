"""Tables of matches: SSSOM, https://mapping-commons.github.io/sssom/spec-formats-tsv/.

A header of `#` lines in YAML, then rows. What a file has in its header and columns stays there; the prefixes that its
rows use are added.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

from pactgraph.errors import BadInput, EncodingFault, contents
from pactgraph.replacing import replacing
from pactgraph.vocabulary import PREFIXES

NOT: Final = "Not"
"""The modifier of a judgement that two things are not so related."""
EXACT, CLOSE, DIFFERENT = "skos:exactMatch", "skos:closeMatch", "owl:differentFrom"
REVIEWED, PROPOSED = "semapv:MappingReview", "semapv:CompositeMatching"
"""How a match came about: https://mapping-commons.github.io/semantic-mapping-vocabulary/."""

_BASES: Final = {**PREFIXES, "semapv": "https://w3id.org/semapv/vocab/"}
_PREFIX: Final = re.compile(r"#  (?P<prefix>[A-Za-z]\w*): ")
_HEADER: Final = (
    "#license: https://w3id.org/sssom/license/unspecified",
    "#mapping_set_id: https://w3id.org/pactgraph/id/graph/links-proposed",
    "#mapping_set_title: Matches between PactGraph and Wikidata that nobody has reviewed",
)
_LEAST: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification")


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One match, its slots in the order of the standard."""

    subject_id: str
    subject_label: str = ""
    predicate_id: str = EXACT
    predicate_modifier: str = ""
    object_id: str = ""
    object_label: str = ""
    mapping_justification: str = PROPOSED
    object_source_version: str = ""
    mapping_tool: str = ""
    mapping_tool_version: str = ""
    confidence: str = ""
    comment: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """What is matched with what."""
        return self.subject_id, self.object_id

    @property
    def sureness(self) -> float:
        """The confidence as a number; 0 where there is none."""
        try:
            return float(self.confidence)
        except ValueError:
            return 0.0

    @property
    def holds(self) -> bool:
        """Whether it says that two things are so related, not that they are not."""
        return self.predicate_modifier != NOT


SLOTS: Final = tuple(each.name for each in fields(Row))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, with its header and its columns; `more` has the slots of a row that we do not know."""

    rows: tuple[Row, ...] = ()
    header: tuple[str, ...] = _HEADER
    columns: tuple[str, ...] = _LEAST
    more: Mapping[tuple[str, str, str], Mapping[str, str]] = field(default_factory=dict)

    def pairs(self) -> frozenset[tuple[str, str]]:
        """What is matched with what, rightly or not."""
        return frozenset(row.pair for row in self.rows)

    def holding(self, predicate: str) -> Mapping[str, str]:
        """The subject of each object with a predicate."""
        return {
            row.object_id: row.subject_id for row in self.rows if row.predicate_id == predicate and row.holds
        }

    def with_rows(self, rows: Iterable[Row]) -> Table:
        """Rows added; one takes the place of a row with the same subject, predicate and object."""
        return self._of({_key(row): row for row in (*self.rows, *rows)}.values())

    def without(self, pairs: Iterable[tuple[str, str]]) -> Table:
        """Rows of some pairs left out."""
        gone = set(pairs)
        return self._of(row for row in self.rows if row.pair not in gone)

    def without_rows(self, rows: Iterable[Row]) -> Table:
        """Rows with the subject, predicate and object of some rows left out."""
        gone = set(map(_key, rows))
        return self._of(row for row in self.rows if _key(row) not in gone)

    def about_others(self, subjects: Collection[str]) -> Table:
        """Rows of other subjects."""
        return self._of(row for row in self.rows if row.subject_id not in subjects)

    def _of(self, rows: Iterable[Row]) -> Table:
        return Table(tuple(rows), self.header, self.columns, self.more)


def read_table(path: Path) -> Table:
    """The table of a file; an empty one where there is no file. Raises BadInput with the line of a fault."""
    if not path.is_file():
        return Table()
    try:
        lines = [line.removesuffix("\r") for line in contents(path).decode().split("\n")]
    except UnicodeDecodeError as fault:
        raise EncodingFault("this is not UTF-8", offset=fault.start, where=path) from None
    header = tuple(line for line in lines if line.startswith("#"))
    told = csv.DictReader(lines[len(header) :], delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    columns = tuple(told.fieldnames or ())
    if missing := [name for name in _LEAST if name not in columns]:
        raise BadInput(f"the column {missing[0]} is missing", where=path, line=len(header) + 1)
    rows, more = [], {}
    for cells in told:
        if None in cells:
            raise BadInput("this row has too many cells", where=path, line=len(header) + told.line_num)
        row = Row(**{name: cells[name] for name in SLOTS if name in cells})
        rows.append(row)
        more[_key(row)] = {name: cell for name, cell in cells.items() if name not in SLOTS}
    return Table(tuple(rows), header, columns, more)


def write_table(table: Table) -> str:
    """The file of a table, its rows in order; the same rows give the same bytes."""
    rows = sorted(table.rows, key=_key)
    columns = _columns(table, rows)
    page = io.StringIO(newline="")
    page.writelines(f"{line}\n" for line in _head(table, rows))
    page.write("\t".join(columns) + "\n")
    for row in rows:
        more = table.more.get(_key(row), {})
        page.write("\t".join(_cell(getattr(row, name, more.get(name, ""))) for name in columns) + "\n")
    return page.getvalue()


def save_table(table: Table, path: Path) -> None:
    """The old file or the new one, never half of it."""
    with replacing(path) as fresh:
        fresh.write_text(write_table(table), encoding="utf-8")


def _key(row: Row) -> tuple[str, str, str]:
    return row.subject_id, row.predicate_id, row.object_id


def _columns(table: Table, rows: Sequence[Row]) -> list[str]:
    """The columns of the file and those that rows fill: known ones in the order of the standard, others after them."""
    used = {name for name in SLOTS if name in table.columns or any(getattr(row, name) for row in rows)}
    return [name for name in SLOTS if name in used] + [name for name in table.columns if name not in SLOTS]


def _head(table: Table, rows: Iterable[Row]) -> list[str]:
    """The header with the prefixes that it has and those that the rows use."""
    known = {m["prefix"]: line for line in table.header if (m := _PREFIX.match(line))}
    used = {
        name.partition(":")[0] for row in rows for name in (row.subject_id, row.predicate_id, row.object_id)
    }
    used |= {row.mapping_justification.partition(":")[0] for row in rows}
    known |= {prefix: f"#  {prefix}: {_BASES[prefix]}" for prefix in used - known.keys() if prefix in _BASES}
    others = [line for line in table.header if line != "#curie_map:" and not _PREFIX.match(line)]
    return ["#curie_map:", *(known[prefix] for prefix in sorted(known)), *others]


def _cell(text: str) -> str:
    """Without what a cell cannot hold."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.replace('"', "'").split())
