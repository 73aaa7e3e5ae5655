"""Pages of named graphs: which file or which step of the build a part of the data comes from, and what it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from pyoxigraph import NamedNode

from pactgraph.graph.nodes import Nodes, group, iris
from pactgraph.site.markup import Html, element
from pactgraph.site.pen import Pen, Section, folded, iri, listed, pairs, some, table
from pactgraph.vocabulary import AUDITS, FACTS, ID, INDEX, LINKS, ONTOLOGY_GRAPH, PROPOSITIONS, RDF

_MANY = 12
"""As many nodes of one class as are named without being asked for."""
_MOST = 500
"""As many nodes of one class as are named at all; the lists of the site have the others."""
_LAYERS: Mapping[NamedNode, str] = {
    AUDITS: "Conflicts and what audits find, derived when the graph is built.",
    FACTS: "What is accepted of what is claimed, as plain triples, derived when the graph is built.",
    INDEX: "Since when claims are known, and other triples that make questions fast, derived when the graph is built.",
    LINKS: "Reviewed matches with other graphs.",
    ONTOLOGY_GRAPH: "The ontology.",
    PROPOSITIONS: "What is claimed, whoever claims it, and how it came out, derived when the graph is built.",
}


def graph_lead(pen: Pen, node: NamedNode) -> Html:
    """What a graph is."""
    path = unquote(node.value.removeprefix(f"{ID}graph/"))
    return element("p", _LAYERS.get(node, f"What the file data/{path}.ttl says."))


def graph_sections(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """How much a graph holds, and of what."""
    held = group(pen.known.store.triples(node))
    triples = sum(len(values) for properties in held.values() for values in properties.values())
    rows = [("IRI", iri(node)), ("triples", f"{triples:,}"), ("nodes", f"{len(held):,}")]
    yield Section("How much", pairs(rows), "counts")
    found = _by_class(held)
    kinds = sorted(found, key=lambda kind: (-len(found[kind]), kind.value))
    if kinds:
        body = table(
            ("class", "count", "nodes"),
            ([pen.term_of(kind), f"{len(found[kind]):,}", _named(pen, found[kind])] for kind in kinds),
            "Nodes that the graph types, by class",
            "classes",
        )
        yield Section("By class", body, "classes")


def _by_class(held: Nodes) -> Mapping[NamedNode, Sequence[NamedNode]]:
    found: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for node, properties in held.items():
        for kind in iris(properties, RDF.type):
            found[kind].append(node)
    return found


def _named(pen: Pen, nodes: Sequence[NamedNode]) -> Html:
    if len(nodes) > _MOST:
        return Html()
    known = pen.known.by_name(nodes)
    if len(known) <= _MANY:
        return pen.nodes(known, "; ")
    return folded(some(len(known), "node"), listed(map(pen.node, known), "columns"))
