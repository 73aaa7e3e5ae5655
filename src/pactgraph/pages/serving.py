"""For which parties officials act."""

from __future__ import annotations

from pactgraph.claim import Term
from pactgraph.pages.asking import Asker
from pactgraph.resolution.lookup import Lookup
from pactgraph.vocabulary import PACT

_TENURES = "SELECT DISTINCT ?node ?value { ?tenure pact:holder ?node ; pact:office ?value }"
_TENURE = "SELECT DISTINCT ?value { ?tenure pact:holder ?node OPTIONAL { ?tenure pact:office ?value } }"
_ACTING = "SELECT DISTINCT ?node ?value { ?node pact:actsFor/pact:actsFor? ?value }"
_ACTS = "SELECT DISTINCT ?value { ?node pact:actsFor/pact:actsFor? ?value }"


def serving(ask: Asker) -> Lookup[Term, set[Term]]:
    """The parties for which each official acts or has acted, by the offices held."""
    held, tenures = ask.facts(PACT.holdsOffice), ask.answers(_TENURE, _TENURES)
    acting = ask.answers(_ACTS, _ACTING)

    def one(official: Term) -> set[Term]:
        offices = {*held.get(official, ()), *tenures.get(official, ())}
        return {party for office in offices for party in acting.get(office, ())}

    return Lookup(one, lambda: {official: one(official) for official in {*held, *tenures}})
