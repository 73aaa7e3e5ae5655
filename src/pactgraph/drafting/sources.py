"""The source that a draft is of: its node, its publisher, and the run that reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse, say
from pactgraph.drafting.proposals import Proposals, slug
from pactgraph.extraction import Extraction
from pactgraph.extraction.zones import Zone
from pactgraph.graph.nodes import Properties
from pactgraph.passage import Text
from pactgraph.version import VERSION
from pactgraph.vocabulary import EDTF, ID, ONTOLOGY, PACT, PROV, RDF, RDFS, SCHEMA, SKOS

_TOLD = "Told"
_REVIEWERS = NamedNode(f"{ID}agent/reviewers")
_PROGRAM = NamedNode(f"{ID}agent/pactgraph")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a source besides its text.

    `name` names its node and its file; `address` is where it stood; `capture` is the file name of its text; `basis` is how
    `published` is known: a term of pact:DateBases, or none where the caller told it; `recorded` is the day on which it was read.
    """

    name: str
    text: Text
    capture: str
    recorded: date
    address: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    basis: str | None = None
    language: str | None = None

    @property
    def source(self) -> NamedNode:
        """The node of the source."""
        return NamedNode(f"{ID}source/{self.name}")


def describe_source(given: Given, extraction: Extraction, publisher: NamedNode) -> Properties:
    """The properties of a source, as far as they are known."""
    day = given.published
    found: Properties = {
        RDF.type: [SCHEMA.NewsArticle],
        SCHEMA.url: [NamedNode(given.address or given.source.value)],
        SCHEMA.headline: [Literal(_headline(given, extraction), language="en")],
        PACT.capture: [Literal(given.capture)],
        SCHEMA.inLanguage: [Literal(given.language or "en")],
        SCHEMA.publisher: [publisher],
    }
    if day is not None:
        found[SCHEMA.datePublished] = [Literal(day.isoformat(), datatype=EDTF)]
        found[PACT.dateBasis] = [NamedNode(ONTOLOGY + (given.basis or _TOLD))]
    return found


def _headline(given: Given, extraction: Extraction) -> str:
    block = next(
        (b for b in extraction.blocks if b.zone is Zone.HEADLINE), next(iter(extraction.blocks), None)
    )
    words = given.title or (given.text.normal[block.start : block.end] if block else given.name)
    return " ".join(words.split())[:200]


def find_publisher(given: Given, proposals: Proposals) -> NamedNode:
    """The publisher by its IRI, name or domain; one that the graph does not hold is proposed."""
    told, host = given.publisher or "", _host(given.address)
    if told.startswith(ID):
        return NamedNode(told)
    for words in filter(None, (told, told.removeprefix("publisher:"), host)):
        for node in proposals.typed(PACT.Publisher):
            if words.casefold() in _called(node, proposals):
                return node
    name = told or host or "Unnamed publisher"
    domain = [Literal(host)] if host and re.fullmatch(r"[a-z0-9.-]+[.][a-z]{2,}", host) else []
    return proposals.add("publisher", slug(name), name, ("Publisher",), domain=domain)


def _called(node: NamedNode, proposals: Proposals) -> set[str]:
    names = (
        value.value.casefold()
        for p in (SKOS.prefLabel, SKOS.altLabel, PACT.domain)
        for value in proposals.get(node, p)
    )
    return {*names, node.value.rpartition("/")[2]}


def _host(address: str | None) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.") if address else ""


def propose_run(proposals: Proposals, parser: str, recorded: date) -> NamedNode:
    """The run of this program, version, parser and model; one that the graph does not hold is proposed."""
    node = NamedNode(f"{ID}run/{slug(f'pactgraph {VERSION} {parser}')}")
    if not proposals.holds(node):
        label = f"Reading by pactgraph {VERSION} with {parser}"
        _propose_run(
            proposals, node, label, recorded, _PROGRAM, "pactgraph", [PROV.Agent, PROV.SoftwareAgent]
        )
    return node


def propose_review(proposals: Proposals, recorded: date) -> NamedNode:
    """The run of a day's review by people; one that the graph does not hold is proposed."""
    node = NamedNode(f"{ID}run/review-{recorded.isoformat()}")
    if not proposals.holds(node):
        label = f"Review of what was read, {say(parse(recorded.isoformat()))}"
        _propose_run(proposals, node, label, recorded, _REVIEWERS, "Reviewers", [PROV.Agent])
    return node


def _propose_run(
    proposals: Proposals,
    run: NamedNode,
    label: str,
    recorded: date,
    agent: NamedNode,
    called: str,
    types: list[Term],
) -> None:
    told: Properties = {
        RDF.type: [PROV.Activity],
        RDFS.label: [Literal(label, language="en")],
        PACT.recordedOn: [Literal(recorded.isoformat(), datatype=EDTF)],
        PROV.wasAssociatedWith: [agent],
    }
    proposals.propose(run, told)
    if not proposals.holds(agent):
        proposals.propose(agent, {RDF.type: types, RDFS.label: [Literal(called, language="en")]})
