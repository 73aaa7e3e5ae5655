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

from pactgraph.errors import BadInput, EncodingFault, contents
from pactgraph.vocabulary import SKOS, shorten

_PREFIX = re.compile(r"#\s+(?P<prefix>[A-Za-z]\w*):\s*\"?(?P<base>\w+:[^\s\"]*)\"?\s*\Z")
_COLUMNS = ("subject_id", "predicate_id", "object_id")


def read_links(path: Path) -> list[Triple]:
    """The matches of a file; a row whose `predicate_modifier` is `Not` is a judgement, not a match.

    Raises BadInput with the line of a missing column, an empty cell or an undeclared prefix, and of a
    second node that is said to be exactly the same as something.
    """
    try:
        lines = [line.removesuffix("\r") for line in contents(path).decode().split("\n")]
    except UnicodeDecodeError as fault:
        raise EncodingFault("this is not UTF-8", offset=fault.start, where=path) from None
    return list(_matches(lines, path))


def _matches(lines: list[str], path: Path) -> Iterator[Triple]:
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    prefixes = {m["prefix"]: m["base"] for line in lines[:first] if (m := _PREFIX.match(line))}
    rows = csv.DictReader(lines[first:], delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [column for column in _COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise BadInput(f"the column {missing[0]} is missing", where=path, line=first + 1)
    taken: dict[NamedNode, NamedNode] = {}
    for row in rows:
        if row.get("predicate_modifier") != "Not":
            line = first + rows.line_num
            subject, predicate, value = (
                _expand(row[column] or "", prefixes, path, line) for column in _COLUMNS
            )
            if predicate == SKOS.exactMatch and taken.setdefault(value, subject) != subject:
                raise _used_twice(value, taken[value], subject, path, line)
            yield Triple(subject, predicate, value)


def _used_twice(value: NamedNode, one: NamedNode, other: NamedNode, path: Path, line: int) -> BadInput:
    thing, first, second = (shorten(node.value) for node in (value, one, other))
    return BadInput(
        f"{thing} is the skos:exactMatch of {first} already, and cannot be that of {second}",
        where=path,
        line=line,
        hint="remove the row that is wrong; of two things alike, one may be a skos:closeMatch",
    )


def _expand(curie: str, prefixes: dict[str, str], path: Path, line: int) -> NamedNode:
    prefix, _, local = curie.partition(":")
    if not local:
        raise BadInput(f"{curie!r} is no prefixed name such as skos:exactMatch", where=path, line=line)
    if prefix not in prefixes:
        raise BadInput(
            f"{curie!r} has a prefix that the header does not declare",
            where=path,
            line=line,
            hint="add it to the curie_map in the file's # lines",
        )
    try:
        return NamedNode(prefixes[prefix] + local)
    except ValueError as fault:
        raise BadInput(f"{curie!r} gives no IRI: {fault}", where=path, line=line) from None
