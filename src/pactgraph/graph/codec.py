"""Claims to RDF and back: `decode(encode(claims)) == claims`."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Claim, Proposition, Term
from pactgraph.graph.nodes import Nodes, Properties, iris, one
from pactgraph.vocabulary import EDTF, PACT, PROV, RDF, XSD

SCOPE = (PACT.on, PACT.condition, PACT.howMany)
"""The properties of a claim that belong to its proposition, as the ontology's pact:ScopeProperty says."""


def encode(claim: Claim) -> Iterator[Triple]:
    """The triples of one claim."""
    node, proposition = claim.iri, claim.proposition
    values: list[tuple[NamedNode, Term | None]] = [
        (RDF.type, PACT.Claim),
        (RDF.type, RDF.Statement),
        (RDF.subject, proposition.subject),
        (RDF.predicate, proposition.predicate),
        (RDF.object, proposition.object),
        *proposition.scope,
        (PACT.proposition, proposition.iri),
        (PROV.wasDerivedFrom, claim.source),
        (PACT.passage, claim.passage),
        (PACT.speaker, claim.speaker),
        (PACT.modality, claim.modality),
        (PACT.polarity, claim.polarity),
        (PACT.quotation, claim.quotation),
        (PACT.asPrinted, None if claim.as_printed is None else Literal(claim.as_printed)),
        (PACT.statedOn, None if claim.stated_on is None else Literal(claim.stated_on, datatype=EDTF)),
        *((PACT.flag, flag) for flag in claim.flags),
        *((PACT.alsoAt, passage) for passage in claim.also_at),
        *((PACT.resolvedFrom, passage) for passage in claim.resolved_from),
        (PROV.wasGeneratedBy, claim.recorded_by),
        (PACT.rule, None if claim.rule is None else Literal(claim.rule)),
        (
            PACT.confidence,
            None if claim.confidence is None else Literal(claim.confidence, datatype=XSD.decimal),
        ),
        (PROV.wasRevisionOf, claim.revises),
    ]
    return (Triple(node, predicate, value) for predicate, value in values if value is not None)


def decode(nodes: Nodes) -> Iterator[Claim]:
    """The claims among `nodes`, which are taken to conform to the shapes."""
    for properties in nodes.values():
        if PACT.Claim in properties.get(RDF.type, ()):
            yield decode_claim(properties)


def decode_claim(properties: Properties) -> Claim:
    """The claim that one node holds; its IRI is not read but follows from what it says."""
    return Claim(
        source=_iri(properties, PROV.wasDerivedFrom),
        passage=_iri(properties, PACT.passage),
        proposition=decode_proposition(properties),
        speaker=_iri(properties, PACT.speaker),
        modality=_iri(properties, PACT.modality),
        polarity=_iri(properties, PACT.polarity),
        quotation=_iri(properties, PACT.quotation),
        as_printed=_text(properties, PACT.asPrinted),
        stated_on=_text(properties, PACT.statedOn),
        flags=tuple(iris(properties, PACT.flag)),
        also_at=tuple(iris(properties, PACT.alsoAt)),
        resolved_from=tuple(iris(properties, PACT.resolvedFrom)),
        recorded_by=_iri(properties, PROV.wasGeneratedBy) if PROV.wasGeneratedBy in properties else None,
        rule=_text(properties, PACT.rule),
        confidence=_text(properties, PACT.confidence),
        revises=_iri(properties, PROV.wasRevisionOf) if PROV.wasRevisionOf in properties else None,
    )


def decode_proposition(properties: Properties) -> Proposition:
    """What a claim's node claims: subject, predicate, object and scope."""
    scope = tuple((name, value) for name in SCOPE for value in properties.get(name, ()))
    value = one(properties, RDF.object)
    if value is None:
        raise KeyError(RDF.object.value)
    return Proposition(_iri(properties, RDF.subject), _iri(properties, RDF.predicate), value, scope)


def _iri(properties: Properties, predicate: NamedNode) -> NamedNode:
    value = one(properties, predicate)
    if not isinstance(value, NamedNode):
        raise KeyError(predicate.value)
    return value


def _text(properties: Properties, predicate: NamedNode) -> str | None:
    value = one(properties, predicate)
    return value.value if isinstance(value, Literal) else None
