"""What the commands `show` and `why` answer, as records that a program can use and a page can print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.dates import overlap, parse
from pactgraph.errors import UsageError
from pactgraph.query.claims import Told, told
from pactgraph.query.names import Names
from pactgraph.store import Store
from pactgraph.vocabulary import EDTF, FACTS, ID, PACT, RDF, SKOS

_SUPPORTING = "SELECT ?modality { ?modality pact:supportsFacts true }"
_FUNCTIONAL = "SELECT ?property { ?property a owl:FunctionalProperty }"


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of one node: its names, matches elsewhere, and every claim that speaks of it."""

    node: NamedNode
    name: str
    kind: str
    names: tuple[str, ...]
    matches: tuple[NamedNode, ...]
    facts: tuple[tuple[NamedNode, Term], ...]
    claims: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a proposition is held: claims for it, claims of it that do not suffice, and claims against it."""

    subject: NamedNode
    predicate: NamedNode
    object: Term
    is_fact: bool
    supporting: tuple[Told, ...]
    others: tuple[Told, ...]
    dissenting: tuple[Told, ...]

    @property
    def witnesses(self) -> tuple[NamedNode, ...]:
        """The independent origins of the supporting claims."""
        return tuple(dict.fromkeys(claim.witness for claim in self.supporting))


def show(store: Store, given: str, names: Names | None = None) -> Page:
    """The page of a pact, party, official, source, event, claim or any other node, by any of its names."""
    names = names or Names(store)
    node = names.find(given, ("pact", "party", "official", "source", "event"))
    properties = _properties(store, node)
    if not properties:
        raise UsageError(f"nothing is known of {node.value}")
    kinds = [_local(value) for value in properties.get(RDF.type, ()) if isinstance(value, NamedNode)]
    return Page(
        node,
        names.name(node),
        ", ".join(sorted(kinds)),
        _texts(properties, (SKOS.altLabel, PACT.demonym, PACT.metonym)),
        _iris(properties, (SKOS.exactMatch, SKOS.closeMatch)),
        tuple(_facts(store, node)),
        tuple(_claims_about(store, node, kinds)),
    )


def why(store: Store, subject: NamedNode, predicate: NamedNode, value: Term | None = None) -> list[Evidence]:
    """The evidence for each value that is claimed of a subject's property, or for one value."""
    parts: dict[str, Term] = {"subject": subject, "predicate": predicate}
    claims = told(store, **parts)
    values = list(dict.fromkeys(c.object for c in claims if value is None or c.object == value))
    supporting = _column(store, _SUPPORTING, "modality")
    single = predicate in _column(store, _FUNCTIONAL, "property")
    facts = set(_facts(store, subject))
    return [_weigh(subject, predicate, v, claims, supporting, single, (predicate, v) in facts) for v in values]


def _weigh(
    subject: NamedNode,
    predicate: NamedNode,
    value: Term,
    claims: list[Told],
    supporting: set[Term],
    single: bool,
    is_fact: bool,
) -> Evidence:
    own = [c for c in claims if c.object == value]
    firm = [c for c in own if c.modality in supporting and c.polarity != PACT.Denied]
    against = [c for c in own if c.polarity == PACT.Denied]
    if single:
        against += [c for c in claims if c.object != value and c.modality in supporting and _exclude(c.object, value)]
    others = [c for c in own if c not in firm and c not in against]
    return Evidence(subject, predicate, value, is_fact, tuple(firm), tuple(others), tuple(against))


def _exclude(one: Term, other: Term) -> bool:
    if isinstance(one, Literal) and isinstance(other, Literal) and one.datatype == other.datatype == EDTF:
        return not overlap(parse(one.value), parse(other.value))
    return one != other


def _claims_about(store: Store, node: NamedNode, kinds: list[str]) -> Iterator[Told]:
    if "Claim" in kinds:
        yield from told(store, claim=node)
        return
    if node.value.startswith(f"{ID}source/"):
        yield from told(store, source=node)
        return
    seen: dict[NamedNode, Told] = {}
    for part in ("subject", "object", "speaker"):
        seen |= {claim.claim: claim for claim in told(store, **{part: node})}
    yield from sorted(seen.values(), key=lambda claim: (claim.stated or claim.published or "", claim.claim.value))


def _facts(store: Store, node: NamedNode) -> Iterator[tuple[NamedNode, Term]]:
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


def _column(store: Store, query: str, name: str) -> set[Term]:
    prefixes = "PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX pact: <https://w3id.org/pactgraph/ontology#> "
    rows = store.query(prefixes + query)
    assert isinstance(rows, QuerySolutions)
    return {row[name] for row in rows}


def _texts(properties: Mapping[NamedNode, list[Term]], names: Iterable[NamedNode]) -> tuple[str, ...]:
    return tuple(sorted({value.value for name in names for value in properties.get(name, ())}))


def _iris(properties: Mapping[NamedNode, list[Term]], names: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    return tuple(v for name in names for v in properties.get(name, ()) if isinstance(v, NamedNode))


def _local(node: NamedNode) -> str:
    return node.value.rpartition("#")[2].rpartition("/")[2]
