"""What SHACL Core cannot say of files: that nodes belong there and are named by what they say, that days exist and
follow each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.dates import Edtf, ImpossibleDate, parse, precedes
from pactgraph.errors import BadInput
from pactgraph.graph.minting import minted_names
from pactgraph.graph.nodes import Nodes
from pactgraph.validation.report import VIOLATION, Finding
from pactgraph.vocabulary import EDTF, ID, PACT, RDF, SCHEMA, XSD

SHAPES: Final = "https://w3id.org/pactgraph/shapes#"
NAMED_BY_CONTENT: Final = NamedNode(f"{SHAPES}NamedByContent")
IN_ITS_FILE: Final = NamedNode(f"{SHAPES}InItsFile")
CANONICAL_FORM: Final = NamedNode(f"{SHAPES}CanonicalForm")
EXISTING_DATE: Final = NamedNode(f"{SHAPES}ExistingDate")
END_AFTER_START: Final = NamedNode(f"{SHAPES}EndAfterStart")
"""Constraint components of our own, beside those of https://www.w3.org/TR/shacl/#constraints-section."""


_CANONICAL: Final = {
    XSD.integer: re.compile(r"0|-?[1-9][0-9]*"),
    XSD.decimal: re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?"),
    XSD.boolean: re.compile(r"true|false"),
}
_CHECKED: Final = {EDTF, *_CANONICAL}
_DERIVED: Final = {PACT.Proposition, PACT.Conflict}
_MADE: Final = (f"{ID}proposition/", f"{ID}conflict/")
_SOURCES: Final = {SCHEMA.NewsArticle, SCHEMA.WebPage}


def beyond(nodes: Nodes, path: Path) -> Iterator[Finding]:
    """The findings in the nodes of one file."""
    yield from _derived(nodes)
    yield from _out_of_place(nodes, path)
    yield from _misnamed(nodes)
    yield from _unfit_values(nodes)
    yield from _backward(nodes)


def told_twice(files: Mapping[Path, Nodes]) -> Iterator[Finding]:
    """The nodes of data that more than one of the files describe, once for each of these."""
    homes: dict[NamedNode, list[Path]] = {}
    for path, nodes in files.items():
        for node in nodes:
            if node.value.startswith(ID):
                homes.setdefault(node, []).append(path)
    for node, paths in homes.items():
        for path in paths if len(paths) > 1 else ():
            others = ", ".join(other.name for other in paths if other != path)
            message = f"Describe this node in one file only: {others} describes it too."
            yield Finding(node, None, IN_ITS_FILE, None, message, VIOLATION, IN_ITS_FILE, path)


def _derived(nodes: Nodes) -> Iterator[Finding]:
    """Propositions and conflicts that no claim makes."""
    for node, properties in nodes.items():
        if not _DERIVED.isdisjoint(properties.get(RDF.type, ())) or node.value.startswith(_MADE):
            message = "Remove this node, or write the claim that says it: propositions and conflicts follow from claims."
            yield Finding(node, None, IN_ITS_FILE, None, message, VIOLATION, IN_ITS_FILE)


def _out_of_place(nodes: Nodes, path: Path) -> Iterator[Finding]:
    """Nodes that another file is to describe: with this, no two files can disagree about a source, passage or claim.

    A file is named after its source. Beside that and its passages it describes claims and values alone, whose names
    follow from what they say.
    """
    sources = [node for node, p in nodes.items() if not _SOURCES.isdisjoint(p.get(RDF.type, ()))]
    own = f"{ID}source/{path.stem}"
    if not sources:
        if path.parent.name == "sources":
            message = f"Describe one source here, id/source/{path.stem}, or remove the file."
            yield Finding(NamedNode(own), None, IN_ITS_FILE, None, message, VIOLATION, IN_ITS_FILE)
        return
    for node in nodes:
        if node.value != own and not node.value.startswith((f"{own}#", f"{ID}claim/", f"{ID}value/")):
            message = f"Describe this node in a file of its own: {path.name} is for the source id/source/{path.stem}."
            yield Finding(node, None, IN_ITS_FILE, None, message, VIOLATION, IN_ITS_FILE)


def _misnamed(nodes: Nodes) -> Iterator[Finding]:
    for node, name in minted_names(nodes):
        if node != name:
            message = "Run pactgraph format: what this node says gives it another name."
            yield Finding(node, None, NAMED_BY_CONTENT, name, message, VIOLATION, NAMED_BY_CONTENT)


def _unfit_values(nodes: Nodes) -> Iterator[Finding]:
    for node, properties in nodes.items():
        for predicate, values in properties.items():
            for value in values:
                if isinstance(value, Literal) and value.datatype in _CHECKED:
                    for component, message in _faults(value.datatype, value.value):
                        yield Finding(node, predicate.value, component, value, message, VIOLATION, component)


@lru_cache(maxsize=4096)
def _faults(datatype: NamedNode, text: str) -> tuple[tuple[NamedNode, str], ...]:
    if datatype == EDTF:
        fault = _date_fault(text)
        return ((EXISTING_DATE, fault),) if fault else ()
    if _CANONICAL[datatype].fullmatch(text):
        return ()
    return ((CANONICAL_FORM, f"Write {text} in its shortest form, the only one that a store keeps."),)


def _backward(nodes: Nodes) -> Iterator[Finding]:
    """Whatever ends before it begins, on any day that its dates can mean."""
    for node, properties in nodes.items():
        for end in properties.get(SCHEMA.endDate, ()):
            for start in properties.get(SCHEMA.startDate, ()):
                begun, ended = _date(start), _date(end)
                if begun and ended and precedes(ended, begun):
                    message = f"Mend the dates: this ends ({ended}) before it begins ({begun})."
                    path = SCHEMA.endDate.value
                    yield Finding(node, path, END_AFTER_START, end, message, VIOLATION, END_AFTER_START)


def _date(term: Term) -> Edtf | None:
    """None where it is no date, which the shapes report."""
    try:
        return parse(term.value) if isinstance(term, Literal) and term.datatype == EDTF else None
    except BadInput:
        return None


def _date_fault(date: str) -> str | None:
    """Why no day can be meant; a date of another form is the shapes' to report."""
    try:
        parse(date)
    except ImpossibleDate as fault:
        return f"Mend the date: {fault.message}."
    except BadInput:
        pass
    return None
