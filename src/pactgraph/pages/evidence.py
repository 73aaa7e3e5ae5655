"""Why a proposition is held, and who says otherwise: what the command `why` prints."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.errors import UsageError
from pactgraph.pages.asking import Asker
from pactgraph.pages.conflicts import Disputes, exclude
from pactgraph.pages.names import ASKED, TERMS, Names
from pactgraph.pages.page import facts
from pactgraph.pages.told import Told, told
from pactgraph.store import Store
from pactgraph.vocabulary import ID, PACT, shorten

_SUPPORTING = "SELECT ?claim { ?proposition rdf:subject ?subject ; pact:supportedBy ?claim }"
_STANDING = "SELECT ?modality { ?modality pact:supportsFacts true }"
_SINGLE = "SELECT ?property { ?property a owl:FunctionalProperty }"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a proposition is held: claims for it, claims of it that do not suffice, and claims against it.

    `finer` is the fact that says the same more precisely, where there is one.
    """

    subject: NamedNode
    predicate: NamedNode
    object: Term
    scope: tuple[tuple[str, Term], ...]
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
    node = names.find(subject, ASKED)
    kind = next((kind for kind in ("claim", "proposition") if node.value.startswith(f"{ID}{kind}/")), None)
    if kind:
        claims = told(store, **{kind: node})
        found = [
            e for c in claims[:1] for e in why(store, c.subject, c.predicate, c.object) if e.scope == c.scope
        ]
    else:
        found = why(store, node, names.find(predicate, TERMS) if predicate else None)
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
    """The evidence for each proposition about a subject, or for those of one property or value."""
    claims = told(store, subject=subject)
    about: dict[NamedNode, list[Told]] = {}
    for claim in claims:
        if predicate in (None, claim.predicate) and value in (None, claim.object):
            about.setdefault(claim.proposition, []).append(claim)
    weighing = _Weighing(store, subject, claims)
    return [weighing.weigh(own) for own in about.values()]


class _Weighing:
    """What resolution found about a subject, and all that is claimed of it."""

    def __init__(self, store: Store, subject: NamedNode, claims: list[Told]) -> None:
        self._claims = claims
        self._supporting = _column(store, _SUPPORTING, "claim", subject=subject)
        self._standing = _column(store, _STANDING, "modality")
        self._single = _column(store, _SINGLE, "property")
        self._disputes = Disputes(Asker(store))
        self._held = list(facts(store, subject))

    def weigh(self, own: list[Told]) -> Evidence:
        first = own[0]
        held = [value for name, value in self._held if name == first.predicate]
        firm = [claim for claim in own if claim.claim in self._supporting]
        against = [claim for claim in self._claims if self._speaks_against(claim, first)]
        others = [claim for claim in own if claim not in firm and claim not in against]
        single = first.predicate in self._single
        finer = (
            fact
            for fact in held
            if single and firm and fact != first.object and not exclude(fact, first.object)
        )
        return Evidence(
            first.subject,
            first.predicate,
            first.object,
            first.scope,
            first.object in held and bool(firm),
            None if first.object in held else next(finer, None),
            tuple(firm),
            tuple(others),
            tuple(against),
        )

    def _speaks_against(self, claim: Told, first: Told) -> bool:
        """Whether a claim denies a proposition, or gives another value or place of what has only one."""
        if claim.predicate != first.predicate or claim.modality not in self._standing:
            return False
        if claim.polarity == PACT.Denied:
            return claim.object == first.object and claim.scope in ((), first.scope)
        conditional = any(name == "condition" for name, _ in claim.scope)
        return not conditional and self._disputes.exclude(first.predicate, claim.object, first.object)


def _column(store: Store, query: str, name: str, **parts: Term) -> set[Term]:
    rows = store.query(query, parts)
    assert isinstance(rows, QuerySolutions)
    return {row[name] for row in rows}
