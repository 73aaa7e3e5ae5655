"""Claims in RDF 1.2: what is claimed as one triple term, which the claim reifies and nobody asserts.

https://www.w3.org/TR/rdf12-concepts/#section-reification. It is the same graph in fewer triples, and `unreify` takes it
back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Triple

from pactgraph.claim import Term
from pactgraph.graph.nodes import Properties
from pactgraph.vocabulary import PACT, RDF

_PARTS = (RDF.subject, RDF.predicate, RDF.object)
Reified = Mapping[NamedNode, list[Term | Triple]]


def reify(properties: Properties) -> Reified:
    """The properties with `rdf:reifies` in place of the three parts; others, and parts that are no triple, as they are."""
    parts = [properties.get(part, []) for part in _PARTS]
    if [len(values) for values in parts] != [1, 1, 1]:
        return {name: list(values) for name, values in properties.items()}
    subject, predicate, value = (values[0] for values in parts)
    if not (isinstance(subject, NamedNode) and isinstance(predicate, NamedNode)):
        return {name: list(values) for name, values in properties.items()}
    rest = {name: [v for v in values if v != RDF.Statement] for name, values in properties.items()}
    kept: dict[NamedNode, list[Term | Triple]] = {n: [*v] for n, v in rest.items() if n not in _PARTS}
    return {**kept, RDF.reifies: [Triple(subject, predicate, value)]}


def unreify(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples with the three parts in place of `rdf:reifies`; a claim is an `rdf:Statement` again."""
    for triple in triples:
        if triple.predicate == RDF.reifies and isinstance(triple.object, Triple):
            inner = triple.object
            yield from (
                Triple(triple.subject, part, value)
                for part, value in zip(_PARTS, (inner.subject, inner.predicate, inner.object), strict=True)
            )
        else:
            yield triple
            if triple.predicate == RDF.type and triple.object == PACT.Claim:
                yield Triple(triple.subject, RDF.type, RDF.Statement)
