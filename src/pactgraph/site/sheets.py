"""One sheet for each IRI of the graph: what stands on its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import NamedNode

from pactgraph.site.addresses import kind_of
from pactgraph.site.claims import claim_lead, claim_sections, proposition_lead, proposition_sections
from pactgraph.site.disputes import conflict_sections, finding_sections, side_sections, title_of, told
from pactgraph.site.frame import Sheet
from pactgraph.site.graphs import graph_lead, graph_sections
from pactgraph.site.known import Known
from pactgraph.site.lists import TITLES
from pactgraph.site.markup import Html, element, join
from pactgraph.site.pacts import pact_lead, pact_sections, party_sections
from pactgraph.site.pen import Pen, Section
from pactgraph.site.sources import publisher_sections, source_lead, source_sections
from pactgraph.site.telling import sentence
from pactgraph.site.things import identity, lead_of, thing_sections
from pactgraph.vocabulary import DCTERMS, RDF, SCHEMA, SKOS

Sections = Callable[[Pen, NamedNode], Iterator[Section]]
_SECTIONS: Mapping[str, Sections] = {
    "claim": claim_sections,
    "conflict": conflict_sections,
    "finding": finding_sections,
    "graph": graph_sections,
    "group": pact_sections,
    "origin": publisher_sections,
    "official": party_sections,
    "pact": pact_sections,
    "party": party_sections,
    "proposition": proposition_sections,
    "publisher": publisher_sections,
    "side": side_sections,
    "source": source_sections,
}
_NAMED_BELOW = frozenset({"conflict", "finding", "side"})
"""Kinds whose sections do not end with their names."""
_HEADS: Mapping[str, Callable[[Pen, NamedNode], str]] = {
    "claim": sentence,
    "conflict": title_of,
    "finding": title_of,
    "proposition": sentence,
}
"""Kinds whose pages are headed by what is claimed."""
_TITLES = (SKOS.prefLabel, SCHEMA.headline)


def sheet_of(known: Known, document: str) -> Sheet:
    """The page of the document of an IRI."""
    node = NamedNode(known.documents[document][0].value.partition("#")[0])
    pen, kind = Pen(known, document), kind_of(document)
    sections = list(_SECTIONS.get(kind, thing_sections)(pen, node))
    if kind in _NAMED_BELOW:
        sections.append(identity(pen, node))
    title = _HEADS[kind](pen, node) if kind in _HEADS else _title(known, node)
    return Sheet(
        document,
        title,
        _kind(pen, node, kind),
        _lead(pen, node, kind),
        sections,
        language=_language(known, node),
    )


def _title(known: Known, node: NamedNode) -> str:
    return known.text(node, DCTERMS.description) or known.name(node)


def _language(known: Known, node: NamedNode) -> str | None:
    """The language of a title that is not in English."""
    titles = [term for term in known.of(node, *_TITLES) if term.value == known.name(node)]
    languages = {getattr(term, "language", None) for term in titles}
    return next((each for each in languages if each and not each.startswith("en")), None)


def _kind(pen: Pen, node: NamedNode, kind: str) -> Html:
    """What kind of thing it is, and the way to all of its kind."""
    kinds = [k for k in pen.known.kinds(node) if k != RDF.Statement]
    every = element("a", f"all {TITLES.get(kind, kind).lower()}", href=pen.to(f"id/{kind}/index.html"))
    return join((pen.nodes(kinds), every) if kinds else (every,), " · ")


def _lead(pen: Pen, node: NamedNode, kind: str) -> Html:
    if kind == "claim":
        claim = pen.known.claims.get(node)
        return claim_lead(pen, claim) if claim else Html()
    if kind == "side":
        return join(_told(pen, pen.known.bearing(node)))
    return _LEADS.get(kind, lead_of)(pen, node)


def _told(pen: Pen, conflicts: Iterable[NamedNode]) -> Iterator[Html]:
    return (element("p", told(pen, conflict)) for conflict in conflicts)


_LEADS: Mapping[str, Callable[[Pen, NamedNode], Html]] = {
    "conflict": lambda pen, node: Html(),
    "finding": lambda pen, node: Html(),
    "graph": graph_lead,
    "pact": pact_lead,
    "proposition": proposition_lead,
    "source": source_lead,
}
