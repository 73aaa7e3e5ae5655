"""What is written down beside the data, so that clocks and long lists are answered by looking up and comparing.

Each source and each of its claims has the day from which it is known, each claim that by which it tells that so it is,
and each pact a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import count, islice

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.graph.nodes import Nodes, iris, one
from pactgraph.resolution.clock import so_by
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.voices import Voice, read_date
from pactgraph.vocabulary import PACT, RDF, RDFS, SCHEMA, XSD

PAGE = 20
"""Pacts on a page."""


def index(nodes: Nodes, heard: Iterable[Voice], rules: Rules) -> Iterator[Triple]:
    """The days of sources, which are among the nodes, and of the claims that are heard in them."""
    for node, properties in nodes.items():
        published = read_date(one(properties, SCHEMA.datePublished))
        if published and published.last:
            yield Triple(node, PACT.knownFrom, _day(published.last))
    for voice in heard:
        for name, day in ((PACT.by, so_by(voice, rules)), (PACT.knownFrom, voice.known)):
            if day is not None:
                yield Triple(voice.claim, name, _day(day))


def paged(nodes: Nodes) -> Iterator[Triple]:
    """The page of each pact, in order of IRI; `nodes` are those of the ontology and of the authority data."""
    kinds = kinds_below(PACT.Pact, nodes)
    pacts = iter(
        sorted(
            (n for n, p in nodes.items() if not kinds.isdisjoint(p.get(RDF.type, ()))), key=lambda n: n.value
        )
    )
    for number in count(1):
        page = list(islice(pacts, PAGE))
        if not page:
            return
        yield from (Triple(pact, PACT.page, Literal(str(number), datatype=XSD.integer)) for pact in page)


def kinds_below(kind: NamedNode, nodes: Nodes) -> set[NamedNode]:
    """A class and all below it."""
    found, new = set[NamedNode](), {kind}
    while new:
        found |= new
        new = {n for n, p in nodes.items() if not found.isdisjoint(iris(p, RDFS.subClassOf))} - found
    return found


@lru_cache(maxsize=16_384)
def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)
