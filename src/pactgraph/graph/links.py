"""Reviewed matches with other graphs: `links.sssom.tsv` as triples.

SSSOM, https://mapping-commons.github.io/sssom/spec-model/: a header of `#` lines with the prefixes, then rows of
tab-separated columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from pactgraph.errors import BadInput

_PREFIX = re.compile(r"#\s+(?P<prefix>[A-Za-z]\w*):\s*\"?(?P<base>\w+:[^\s\"]*)\"?\s*\Z")
_COLUMNS = ("subject_id", "predicate_id", "object_id")


def read_links(path: Path) -> list[Triple]:
    """The matches of a file; a row whose `predicate_modifier` is `Not` is a judgement, not a match.

    Raises BadInput with the line of a missing column or an undeclared prefix.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    prefixes = {m["prefix"]: m["base"] for line in lines if (m := _PREFIX.match(line))}
    return list(_matches(lines, prefixes, path))


def _matches(lines: list[str], prefixes: dict[str, str], path: Path) -> Iterator[Triple]:
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    rows = csv.DictReader(lines[first:], delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [column for column in _COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise BadInput(f"the column {missing[0]} is missing", where=path, line=first + 1)
    for number, row in enumerate(rows, first + 2):
        if row.get("predicate_modifier") != "Not":
            subject, predicate, value = (_expand(row[column], prefixes, path, number) for column in _COLUMNS)
            yield Triple(subject, predicate, value)


def _expand(curie: str | None, prefixes: dict[str, str], path: Path, line: int) -> NamedNode:
    prefix, _, local = (curie or "").partition(":")
    if prefix not in prefixes or not local:
        raise BadInput(
            f"{curie!r} has a prefix that the header does not declare",
            where=path,
            line=line,
            hint="add it to the curie_map in the file's # lines",
        )
    return NamedNode(prefixes[prefix] + local)
