"""The origin that sources would share: one that the data has, or a new one with a name and a label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.audit.library import Library
from pactgraph.dates import parse, say
from pactgraph.vocabulary import ID, PACT, RDF, SCHEMA, SKOS


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of an origin that has no node yet."""

    kind: NamedNode
    publisher: NamedNode | None = None
    speaker: NamedNode | None = None


def origin_node(
    library: Library, sources: Sequence[NamedNode], origin: Origin
) -> tuple[NamedNode, tuple[Triple, ...]]:
    """An origin that one of the sources has already, or else a new one with what is known of it."""
    held = [o for source in sources for o in library.origins(source) if _fits(library, o, origin)]
    if held:
        return held[0], ()
    node = _unused(library, _slug(sources[0], origin, library))
    label = Literal(_label(library, sources[0], origin), language="en")
    about = [Triple(node, RDF.type, PACT.Origin), Triple(node, PACT.originKind, origin.kind)]
    about += [Triple(node, SKOS.prefLabel, label)]
    about += [Triple(node, SCHEMA.publisher, origin.publisher)] if origin.publisher else []
    return node, tuple(about)


def _fits(library: Library, node: NamedNode, origin: Origin) -> bool:
    return origin.publisher is None or library.publisher_of_origin(node) in (origin.publisher, None)


def _slug(first: NamedNode, origin: Origin, library: Library) -> str:
    whose = origin.speaker or origin.publisher or first
    parts = [_local(whose), _day(library, first)]
    return "-".join(part for part in (["interview", *parts] if origin.speaker else parts) if part)


def _day(library: Library, source: NamedNode) -> str:
    published = library.files[source].published
    return published.first.isoformat() if published and published.first else ""


def _unused(library: Library, slug: str) -> NamedNode:
    names = (f"{ID}origin/{slug}{f'-{nth}' if nth > 1 else ''}" for nth in range(1, len(library.known) + 2))
    return next(NamedNode(name) for name in names if NamedNode(name) not in library.known)


def _label(library: Library, first: NamedNode, origin: Origin) -> str:
    published = library.files[first].published
    whose = library.labels.label(origin.speaker or origin.publisher or first)
    said = f", {say(parse(str(published)))}" if published else ""
    return f"{'Interview of ' if origin.speaker else ''}{whose}{said}"


def _local(node: NamedNode) -> str:
    return node.value.rpartition("/")[2]
