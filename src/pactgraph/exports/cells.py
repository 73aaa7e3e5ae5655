"""Cells of tables: what a term is in a column, as text, a number, a day or several of them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.dates import Edtf
from pactgraph.graph.nodes import Nodes, iris, one
from pactgraph.vocabulary import OA, RDF, SCHEMA, shorten

Cell = str | int | tuple[str, ...] | None
"""A number with a fraction is the text of it, and a day too, so that both stay as they are written."""


def text(term: Term | None) -> str | None:
    """An IRI, or what a literal says."""
    return None if term is None else term.value


def short(term: Term | None) -> str | None:
    """A prefixed name."""
    return None if term is None else shorten(term.value)


def whole(term: Term | None) -> int | None:
    """A whole number."""
    return None if term is None else int(term.value)


def several(terms: Iterable[Term]) -> tuple[str, ...]:
    """IRIs or texts in their order."""
    return tuple(sorted(term.value for term in terms))


def days(time: Edtf | None) -> tuple[str | None, str | None]:
    """The first and the last day of a time, where they are known."""
    first, last = (time.first, time.last) if time else (None, None)
    return first.isoformat() if first else None, last.isoformat() if last else None


def kind(term: Term | None) -> str | None:
    """What a value is: `iri`, a datatype, or `@` and a language."""
    if not isinstance(term, Literal):
        return None if term is None else "iri"
    return f"@{term.language}" if term.language else shorten(term.datatype.value)


def selected(passage: Term | None, nodes: Nodes, part: NamedNode) -> str | None:
    """What a selector of a passage says."""
    selectors = iris(nodes.get(passage, {}), OA.hasSelector) if isinstance(passage, NamedNode) else []
    return next((text(one(nodes[s], part)) for s in selectors if part in nodes.get(s, {})), None)


def words(passage: Term | None, nodes: Nodes) -> str | None:
    """The words by which a passage is known."""
    return selected(passage, nodes, OA.exact)


def link(source: Term | None, passage: Term | None, nodes: Nodes) -> str | None:
    """The page of a source at the words of a passage: https://wicg.github.io/scroll-to-text-fragment/."""
    described = nodes.get(source, {}) if isinstance(source, NamedNode) else {}
    url = min((url.value for url in iris(described, SCHEMA.url)), default=None)
    if url is None:
        return None
    directive = selected(passage, nodes, RDF.value) or ""
    return f"{url}{'' if '#' in url else '#'}{directive}".rstrip("#")
