"""Why a proposition is held, and who says otherwise: what the command `why` prints."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.dates import overlap, parse
from pactgraph.errors import UsageError
from pactgraph.pages.names import Names
from pactgraph.pages.page import facts
from pactgraph.pages.told import Told, told
from pactgraph.store import Store
from pactgraph.vocabulary import EDTF, ID, PACT, shorten

_SUPPORTING = "SELECT ?modality { ?modality pact:supportsFacts true }"
_FUNCTIONAL = "SELECT ?property { ?property a owl:FunctionalProperty }"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a proposition is held: claims for it, claims of it that do not suffice, and claims against it.

    `finer` is the fact that says the same more precisely, where there is one.
    """

    subject: NamedNode
    predicate: NamedNode
    object: Term
    is_fact: bool
    finer: Term | None
    supporting: tuple[Told, ...]
    others: tuple[Told, ...]
    dissenting: tuple[Told, ...]


def weigh(
    store: Store, names: Names, subject: str, predicate: str | None = None, value: str | None = None
) -> list[Evidence]:
    """`why` by the names that people type; a claim or proposition stands for what it claims.

    Raises UsageError where a name fits nothing or several things, or where nothing is claimed.
    """
    node = names.find(subject, ("pact", "party", "official", "event"))
    if node.value.startswith((f"{ID}claim/", f"{ID}proposition/")):
        part = "claim" if node.value.startswith(f"{ID}claim/") else "proposition"
        first = next(iter(told(store, **{part: node})))
        return why(store, first.subject, first.predicate, first.object)
    given = names.find(predicate) if predicate else None
    found = why(store, node, given)
    if value is not None:
        found = [each for each in found if names.fits(value, each.object)]
    if not found:
        raise UsageError(
            f"no source claims that of {names.name(node)}; see: pactgraph show {shorten(node.value)}"
        )
    return found


def why(
    store: Store, subject: NamedNode, predicate: NamedNode | None = None, value: Term | None = None
) -> list[Evidence]:
    """The evidence for each value that is claimed of a subject's property, or of all its properties."""
    claims = told(store, subject=subject)
    asked = dict.fromkeys(
        (claim.predicate, claim.object)
        for claim in claims
        if predicate in (None, claim.predicate) and value in (None, claim.object)
    )
    supporting = _column(store, _SUPPORTING, "modality")
    single = _column(store, _FUNCTIONAL, "property")
    held = list(facts(store, subject))
    evidence = []
    for asked_predicate, asked_value in asked:
        rivals = [claim for claim in claims if claim.predicate == asked_predicate]
        known = [fact for name, fact in held if name == asked_predicate]
        is_single = asked_predicate in single
        evidence.append(_weigh(subject, asked_predicate, asked_value, rivals, supporting, is_single, known))
    return evidence


def _weigh(
    subject: NamedNode,
    predicate: NamedNode,
    value: Term,
    claims: list[Told],
    supporting: set[Term],
    single: bool,
    held: list[Term],
) -> Evidence:
    own = [c for c in claims if c.object == value]
    firm = [c for c in own if c.modality in supporting and c.polarity != PACT.Denied]
    against = [c for c in own if c.polarity == PACT.Denied]
    if single:
        against += [
            c for c in claims if c.object != value and c.modality in supporting and _exclude(c.object, value)
        ]
    others = [c for c in own if c not in firm and c not in against]
    agreed = (fact for fact in held if single and firm and not _exclude(fact, value))
    finer = None if value in held else next(agreed, None)
    return Evidence(
        subject, predicate, value, value in held, finer, tuple(firm), tuple(others), tuple(against)
    )


def _exclude(one: Term, other: Term) -> bool:
    if isinstance(one, Literal) and isinstance(other, Literal) and one.datatype == other.datatype == EDTF:
        return not overlap(parse(one.value), parse(other.value))
    return one != other


def _column(store: Store, query: str, name: str) -> set[Term]:
    prefixes = (
        "PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX pact: <https://w3id.org/pactgraph/ontology#> "
    )
    rows = store.query(prefixes + query)
    assert isinstance(rows, QuerySolutions)
    return {row[name] for row in rows}
