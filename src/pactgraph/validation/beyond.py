"""What SHACL Core cannot say of a file: that its minted names follow from what they name, and that its days exist."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from pactgraph.dates import ImpossibleDate, parse
from pactgraph.errors import BadInput
from pactgraph.graph.minting import minted_names
from pactgraph.graph.nodes import Nodes
from pactgraph.validation.report import VIOLATION, Finding
from pactgraph.vocabulary import EDTF

SHAPES: Final = "https://w3id.org/pactgraph/shapes#"
NAMED_BY_CONTENT: Final = NamedNode(f"{SHAPES}NamedByContent")
EXISTING_DATE: Final = NamedNode(f"{SHAPES}ExistingDate")
"""Constraint components of our own, beside those of https://www.w3.org/TR/shacl/#constraints-section."""


def beyond(nodes: Nodes) -> Iterator[Finding]:
    """The findings in one file's nodes."""
    yield from _misnamed(nodes)
    yield from _impossible_dates(nodes)


def _misnamed(nodes: Nodes) -> Iterator[Finding]:
    for node, name in minted_names(nodes):
        if node != name:
            message = "Run pactgraph format: what this node says gives it another name."
            yield Finding(node, None, NAMED_BY_CONTENT, name, message, VIOLATION, NAMED_BY_CONTENT)


def _impossible_dates(nodes: Nodes) -> Iterator[Finding]:
    for node, properties in nodes.items():
        for predicate, values in properties.items():
            for value in values:
                if isinstance(value, Literal) and value.datatype == EDTF and (fault := _fault(value.value)):
                    yield Finding(
                        node, predicate.value, EXISTING_DATE, value, fault, VIOLATION, EXISTING_DATE
                    )


@lru_cache(maxsize=4096)
def _fault(date: str) -> str | None:
    """Why no day can be meant; a date of another form is the shapes' to report."""
    try:
        parse(date)
    except ImpossibleDate as fault:
        return f"Mend the date: {fault.message}."
    except BadInput:
        pass
    return None
