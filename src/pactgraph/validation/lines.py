"""Where in a Turtle file a node is written; a parser tells only where it stumbles."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.validation.subjects import Term

_DECLARATION = re.compile(
    r"(?im)^[ \t]*@?(?:prefix\s+(?P<prefix>[^\s:]*):|(?P<base>base))\s*<(?P<iri>[^>]*)>"
)


def locate(file: Path, node: Term) -> int | None:
    """The line (from 1) where a node is the subject, else where it is first named; None if it is nowhere.

    A search of the text for the node's IRI, whole, relative to the base, or prefixed.
    """
    try:
        return find_line(file.read_text(encoding="utf-8"), node)
    except OSError:
        return None


def find_line(text: str, node: Term) -> int | None:
    """The line of a node in the text of a Turtle file."""
    if not isinstance(node, NamedNode):
        return None
    name = "(?:" + "|".join(map(re.escape, _names(text, node.value))) + ")"
    text = _DECLARATION.sub("", text)
    as_subject = re.search(rf"(?m)^[ \t]*{name}(?=[\s;,.]|$)", text)
    found = as_subject or re.search(rf"(?<![\w:/#-]){name}(?![\w:/#-])", text)
    return text.count("\n", 0, found.end()) + 1 if found else None


def _names(text: str, iri: str) -> list[str]:
    """The ways to write an IRI under the prefixes and base that the text declares."""
    names = [f"<{iri}>"]
    for declared in _DECLARATION.finditer(text):
        start = declared["iri"]
        if not start or not iri.startswith(start):
            continue
        rest = iri[len(start) :]
        names.append(f"<{rest}>" if declared["base"] else f"{declared['prefix']}:{rest}")
    return names
