"""All that is known of one node, with who says so: what the command `show` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.errors import UsageError
from pactgraph.pages.asking import Asker
from pactgraph.pages.cells import Row
from pactgraph.pages.conflicts import near
from pactgraph.pages.life import Line, life
from pactgraph.pages.names import ASKED, Names
from pactgraph.pages.pacts import Pacts
from pactgraph.pages.told import Told, order
from pactgraph.resolution.clock import NOW, Clock
from pactgraph.resolution.conflicts import Conflict
from pactgraph.store import Store
from pactgraph.vocabulary import ID, PACT, RDF, SKOS


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of one node: its names, matches elsewhere, and every claim that speaks of it.

    A pact has a row as in the list of pacts, the conflicts about it, and a life; a group of pacts has a life too, and the
    rows of its members.
    """

    node: NamedNode
    name: str
    kind: str
    names: tuple[str, ...]
    matches: tuple[NamedNode, ...]
    facts: tuple[tuple[NamedNode, Term], ...]
    claims: tuple[Told, ...]
    row: Row | None = None
    members: tuple[Row, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    life: tuple[Line, ...] = ()


def show(store: Store, given: str, names: Names | None = None, clock: Clock = NOW) -> Page:
    """The page of a pact, party, official, source, event, claim or any other node, by any of its names.

    On another clock than now its facts, claims, conflicts and life are those of then. Raises UsageError for a name
    that fits nothing or several things.
    """
    ask = Asker(store, names, clock)
    return page_of(ask, ask.names.find(given, ASKED))


def page_of(ask: Asker, node: NamedNode, pacts: Pacts | None = None) -> Page:
    """The page of a node; many pages are told faster with one asker and one `Pacts` of it for all.

    Raises UsageError for a node of which nothing is known.
    """
    properties = _properties(ask.store, node)
    if not properties:
        raise UsageError(f"nothing is known of {node.value}")
    kinds = [_local(value) for value in properties.get(RDF.type, ()) if isinstance(value, NamedNode)]
    page = Page(
        node,
        ask.names.name(node),
        ", ".join(sorted(kinds)),
        _texts(properties, (SKOS.altLabel, PACT.demonym, PACT.metonym)),
        _iris(properties, (SKOS.exactMatch, SKOS.closeMatch)),
        tuple(facts(ask, node)),
        tuple(_claims_about(ask, node, kinds)),
    )
    lives = node.value.startswith((f"{ID}pact/", f"{ID}group/"))
    return _with_life(ask, page, pacts or Pacts(ask)) if lives else page


def _with_life(ask: Asker, page: Page, pacts: Pacts) -> Page:
    """The page of a pact, or of a group of pacts, with rows, conflicts and life."""
    conflicts = pacts.conflicts(page.node)
    told = life(ask, page.node, page.claims, conflicts)
    if page.node.value.startswith(f"{ID}group/"):
        return replace(page, members=tuple(pacts.members(page.node)), conflicts=conflicts, life=told)
    return replace(page, row=pacts.row(page.node), conflicts=conflicts, life=told)


def _claims_about(ask: Asker, node: NamedNode, kinds: list[str]) -> Iterator[Told]:
    if "Claim" in kinds:
        yield from ask.told(claim=node)
        return
    if node.value.startswith(f"{ID}source/"):
        yield from ask.told(source=node)
        return
    parts: list[Mapping[str, Term]] = [{"subject": each} for each in near(ask, node)]
    parts += [{"object": node}, {"speaker": node}]
    claims = {claim.claim: claim for part in parts for claim in ask.told(**part)}
    yield from sorted(claims.values(), key=order)


def facts(ask: Asker, node: NamedNode) -> Iterator[tuple[NamedNode, Term]]:
    """The facts about a node on the clock, in a fixed order."""
    found = {
        (prop, value)
        for prop, values in ask.facts_about(node).items()
        if isinstance(prop, NamedNode)
        for value in values
    }
    yield from sorted(found, key=lambda pair: (pair[0].value, pair[1].value))


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
