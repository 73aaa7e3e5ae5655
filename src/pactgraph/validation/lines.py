"""Where in a Turtle file a node is written; a parser tells only where it stumbles."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.validation.subjects import Term

_DECLARATION = re.compile(
    r"(?im)^[ \t]*@?(?:prefix\s+(?P<prefix>[^\s:]*):|(?P<base>base))\s*<(?P<iri>[^>]*)>"
)
_SUBJECT = re.compile(r"(?m)^[ \t]*(?P<name><[^>\s]*>|[\w.-]*:[^\s;,\[\]()\"'<>]*)(?=\s|$)")


def locate(file: Path, node: Term) -> int | None:
    """The line (from 1) where a node is the subject, else where it is first named; None if it is nowhere.

    A search of the text for the node's IRI, whole, relative to the base, or prefixed.
    """
    try:
        return Places(file.read_text(encoding="utf-8")).line(node)
    except OSError:
        return None


class Places:
    """The nodes that the text of one Turtle file names, and their lines."""

    def __init__(self, text: str) -> None:
        declared = [match.groupdict() for match in _DECLARATION.finditer(text)]
        self._prefixes = {each["prefix"]: each["iri"] for each in declared if not each["base"]}
        self._base = next((each["iri"] for each in declared if each["base"]), "")
        self._text = _DECLARATION.sub("", text)

    def line(self, node: Term) -> int | None:
        """The line of a node, as `locate` has it."""
        if not isinstance(node, NamedNode):
            return None
        return self._subjects.get(node.value) or self._first_mention(node.value)

    @cached_property
    def _subjects(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, line in enumerate(self._text.split("\n"), 1):
            if match := _SUBJECT.match(line):
                found.setdefault(self._iri(match["name"]), number)
        return found

    def _iri(self, name: str) -> str:
        if name.startswith("<"):
            iri = name[1:-1]
            return iri if ":" in iri.partition("#")[0] else self._base + iri
        prefix, _, local = name.partition(":")
        return self._prefixes.get(prefix, f"{prefix}:") + local

    def _first_mention(self, iri: str) -> int | None:
        fitting = (
            (prefix, start) for prefix, start in self._prefixes.items() if start and iri.startswith(start)
        )
        names = [f"<{iri}>", *(f"{prefix}:{iri[len(start) :]}" for prefix, start in fitting)]
        if self._base and iri.startswith(self._base):
            names.append(f"<{iri[len(self._base) :]}>")
        found = re.search(rf"(?<![\w:/#-])(?:{'|'.join(map(re.escape, names))})(?![\w:/#-])", self._text)
        return self._text.count("\n", 0, found.end()) + 1 if found else None
