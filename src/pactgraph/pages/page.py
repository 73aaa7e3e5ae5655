"""All that is known of one node, with who says so: what the command `show` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.errors import UsageError
from pactgraph.pages.asking import Asker
from pactgraph.pages.cells import Row
from pactgraph.pages.conflicts import Conflict
from pactgraph.pages.life import Line, life
from pactgraph.pages.names import ASKED, Names
from pactgraph.pages.pacts import Pacts
from pactgraph.pages.told import Told, order, told
from pactgraph.store import Store
from pactgraph.vocabulary import FACTS, ID, PACT, RDF, SKOS


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of one node: its names, matches elsewhere, and every claim that speaks of it.

    A pact has a row as in the list of pacts, the questions on which claims about it exclude each other, and a life.
    """

    node: NamedNode
    name: str
    kind: str
    names: tuple[str, ...]
    matches: tuple[NamedNode, ...]
    facts: tuple[tuple[NamedNode, Term], ...]
    claims: tuple[Told, ...]
    row: Row | None = None
    conflicts: tuple[Conflict, ...] = ()
    life: tuple[Line, ...] = ()


def show(store: Store, given: str, names: Names | None = None) -> Page:
    """The page of a pact, party, official, source, event, claim or any other node, by any of its names."""
    names = names or Names(store)
    node = names.find(given, ASKED)
    properties = _properties(store, node)
    if not properties:
        raise UsageError(f"nothing is known of {node.value}")
    kinds = [_local(value) for value in properties.get(RDF.type, ()) if isinstance(value, NamedNode)]
    page = Page(
        node,
        names.name(node),
        ", ".join(sorted(kinds)),
        _texts(properties, (SKOS.altLabel, PACT.demonym, PACT.metonym)),
        _iris(properties, (SKOS.exactMatch, SKOS.closeMatch)),
        tuple(facts(store, node)),
        tuple(_claims_about(store, node, kinds)),
    )
    return _with_life(Asker(store, names), page) if node.value.startswith(f"{ID}pact/") else page


def _with_life(ask: Asker, page: Page) -> Page:
    """The page of a pact with its row, its conflicts and its life."""
    pacts = Pacts(ask)
    conflicts = pacts.conflicts(page.node)
    told = life(ask, page.node, page.claims, conflicts)
    return replace(page, row=pacts.row(page.node), conflicts=conflicts, life=told)


def _claims_about(store: Store, node: NamedNode, kinds: list[str]) -> Iterator[Told]:
    if "Claim" in kinds:
        yield from told(store, claim=node)
        return
    if node.value.startswith(f"{ID}source/"):
        yield from told(store, source=node)
        return
    parts = [{"subject": node}, {"object": node}, {"speaker": node}]
    parts += [{"subject": near} for near in _near(store, node)]
    claims = {claim.claim: claim for part in parts for claim in told(store, **part)}
    yield from sorted(claims.values(), key=order)


_NEAR = """
SELECT DISTINCT ?near {
  { ?near pact:party ?node ; a/rdfs:subClassOf* pact:Pact . FILTER NOT EXISTS { ?near pact:inGroup/pact:hub ?node } }
  UNION { ?claim rdf:predicate pact:negotiates ; rdf:object ?node ; rdf:subject ?near }
  UNION { ?claim rdf:predicate pact:approves ; rdf:object ?node ; rdf:subject ?near }
}
"""


def _near(store: Store, node: NamedNode) -> list[NamedNode]:
    """What belongs on a node's page beside itself: a party's own pacts, the rounds and votes on a pact."""
    rows = store.query(_NEAR, {"node": node})
    assert isinstance(rows, QuerySolutions)
    return sorted((row["near"] for row in rows), key=lambda near: str(near.value))


def facts(store: Store, node: NamedNode) -> Iterator[tuple[NamedNode, Term]]:
    """The facts about a node, in a fixed order."""
    rows = store.query(_IN_GRAPH, {"graph": FACTS, "node": node})
    assert isinstance(rows, QuerySolutions)
    found = {(row["property"], row["value"]) for row in rows}
    yield from sorted(found, key=lambda pair: (pair[0].value, pair[1].value))


_IN_GRAPH = "SELECT ?property ?value { GRAPH ?graph { ?node ?property ?value } }"
_ABOUT = "SELECT ?property ?value { ?node ?property ?value }"


def _properties(store: Store, node: NamedNode) -> Mapping[NamedNode, list[Term]]:
    rows = store.query(_ABOUT, {"node": node})
    assert isinstance(rows, QuerySolutions)
    found: dict[NamedNode, list[Term]] = {}
    for row in rows:
        found.setdefault(row["property"], []).append(row["value"])
    return found


def _texts(properties: Mapping[NamedNode, list[Term]], names: Iterable[NamedNode]) -> tuple[str, ...]:
    return tuple(sorted({value.value for name in names for value in properties.get(name, ())}))


def _iris(properties: Mapping[NamedNode, list[Term]], names: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    return tuple(v for name in names for v in properties.get(name, ()) if isinstance(v, NamedNode))


def _local(node: NamedNode) -> str:
    return node.value.rpartition("#")[2].rpartition("/")[2]
