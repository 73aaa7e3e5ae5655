"""Each claim as a nanopublication, named by a Trusty URI: who says what, where it stands, who wrote it down.

https://nanopub.net/guidelines/working_draft/. The assertion is the claim with its modality and polarity, never the plain
triple, which a hope or a denial does not assert; the provenance has speaker, passage and source; the publication info
the run that recorded it. `read_nanopubs` takes it back. Nothing is sent anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from pactgraph.claim import Term
from pactgraph.errors import BadInput
from pactgraph.exports.selection import authority, is_source, select
from pactgraph.exports.signing import Signer
from pactgraph.exports.trusty import PLACEHOLDER, code, code_of, named, normal_form
from pactgraph.graph.codec import SCOPE
from pactgraph.graph.nodes import Nodes, group, iris, one, ungroup
from pactgraph.graph.turtle import Writer, reading_order
from pactgraph.licence import Licence
from pactgraph.store import Store
from pactgraph.vocabulary import DCTERMS, ID, NP, NPX, PACT, PREFIXES, PROV, RDF, XSD

BASE: Final = f"{ID}np/"
_ASSERTED: Final = (
    RDF.type,
    RDF.subject,
    RDF.predicate,
    RDF.object,
    *SCOPE,
    PACT.modality,
    PACT.polarity,
    PACT.proposition,
)
_PARTS: Final = ("assertion", "provenance", "pubinfo")
_HAS: Final = (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)


def nanopubs(store: Store, licence: Licence | None = None, signer: Signer | None = None) -> Iterator[bytes]:
    """The nanopublications of all claims as TriG, source after source, claim after claim as they are read: all under one
    licence, if any, and signed, if at all, with one key."""
    yield "".join(f"@prefix {name}: <{base}> .\n" for name, base in sorted(PREFIXES.items())).encode()
    runs = _runs(store)
    for name, triples in select(store, "all"):
        if is_source(name):
            nodes = group(triples)
            for claim in reading_order(nodes):
                if PACT.Claim in nodes[claim].get(RDF.type, ()):
                    yield _trig(nanopub(claim, nodes, runs, licence, signer))


def nanopub(
    claim: NamedNode,
    nodes: Nodes,
    runs: Nodes,
    licence: Licence | None = None,
    signer: Signer | None = None,
) -> list[Quad]:
    """The quads of one claim, under their Trusty URI; `nodes` are those of its source's file."""
    quads = list(_quads(claim, nodes, runs, licence))
    if signer is not None:
        quads = _signed(quads, signer)
    return named(quads, PLACEHOLDER, code(quads))


def _signed(quads: list[Quad], signer: Signer) -> list[Quad]:
    """The quads with a signature of them; it signs the key, too."""
    this, pubinfo, sig = (NamedNode(f"{BASE}{PLACEHOLDER}{part}") for part in ("", "#pubinfo", "#sig"))
    quads += [
        Quad(sig, NPX.hasAlgorithm, Literal("RSA"), pubinfo),
        Quad(sig, NPX.hasPublicKey, Literal(signer.public_key), pubinfo),
        Quad(sig, NPX.hasSignatureTarget, this, pubinfo),
    ]
    return [*quads, Quad(sig, NPX.hasSignature, Literal(signer.sign(normal_form(quads))), pubinfo)]


def _quads(claim: NamedNode, nodes: Nodes, runs: Nodes, licence: Licence | None) -> Iterator[Quad]:
    this = NamedNode(BASE + PLACEHOLDER)
    head, assertion, provenance, pubinfo = (NamedNode(f"{this.value}#{part}") for part in ("Head", *_PARTS))
    yield Quad(this, RDF.type, NP.Nanopublication, head)
    for has, graph in zip(_HAS, (assertion, provenance, pubinfo), strict=True):
        yield Quad(this, has, graph, head)
    for triple in _asserted(claim, nodes):
        yield _in(assertion, triple)
    for triple in _provenance(claim, nodes, assertion):
        yield _in(provenance, triple)
    for triple in _published(claim, nodes, runs, this, licence):
        yield _in(pubinfo, triple)


def _asserted(claim: NamedNode, nodes: Nodes) -> Iterator[Triple]:
    said = {name: values for name, values in nodes[claim].items() if name in _ASSERTED}
    yield from ungroup({claim: said, **_described(said[RDF.object], nodes)})


def _provenance(claim: NamedNode, nodes: Nodes, assertion: NamedNode) -> Iterator[Triple]:
    rest = {name: values for name, values in nodes[claim].items() if name not in _ASSERTED}
    for speaker in iris(rest, PACT.speaker):
        yield Triple(assertion, PROV.wasAttributedTo, speaker)
    for source in iris(rest, PROV.wasDerivedFrom):
        yield Triple(assertion, PROV.wasDerivedFrom, source)
    reached = _described([value for values in rest.values() for value in values], nodes)
    yield from ungroup(
        {claim: rest, **{node: p for node, p in reached.items() if PACT.Claim not in p.get(RDF.type, ())}}
    )


def _published(
    claim: NamedNode, nodes: Nodes, runs: Nodes, this: NamedNode, licence: Licence | None
) -> Iterator[Triple]:
    yield Triple(this, NPX.introduces, claim)
    if licence is not None:
        yield Triple(this, DCTERMS.license, NamedNode(licence.address))
    for run in iris(nodes[claim], PROV.wasGeneratedBy):
        yield Triple(this, PROV.wasGeneratedBy, run)
        described = _described([run], runs)
        for properties in described.values():
            for agent in iris(properties, PROV.wasAssociatedWith):
                yield Triple(this, DCTERMS.creator, agent)
            yield from (
                Triple(this, DCTERMS.created, day) for day in _moment(one(properties, PACT.recordedOn))
            )
        yield from ungroup(described)


def _moment(day: Term | None) -> Iterator[Literal]:
    """The day of a run as the instant that nanopublications ask for; nothing where it is no single day."""
    if day is not None and len(day.value) == len("2024-01-12") and day.value.replace("-", "").isdecimal():
        yield Literal(f"{day.value}T00:00:00Z", datatype=XSD.dateTime)


def _described(values: Iterable[Term], nodes: Nodes) -> Nodes:
    """What some nodes lead to, as far as it is among `nodes`."""
    found: Nodes = {}
    waiting = list(values)
    while waiting:
        node = waiting.pop()
        if isinstance(node, NamedNode) and node in nodes and node not in found:
            found[node] = nodes[node]
            waiting += [value for objects in nodes[node].values() for value in objects]
    return found


def _runs(store: Store) -> Nodes:
    """The activities and agents of the authority data."""
    return {
        node: p
        for node, p in group(authority(store)).items()
        if {PROV.Activity, PROV.Agent, PROV.SoftwareAgent} & set(p.get(RDF.type, ()))
    }


def _in(graph: NamedNode, triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _trig(quads: list[Quad]) -> bytes:
    """One nanopublication as TriG, its own name as the base: https://www.w3.org/TR/trig/."""
    base = quads[0].subject
    assert isinstance(base, NamedNode)
    writer = Writer(base.value)
    graphs: dict[NamedNode, list[Triple]] = {}
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    parts = [f"\n@base <{base.value}> .\n"]
    for name, triples in graphs.items():
        nodes = group(triples)
        blocks = "\n".join(writer.block(node, nodes[node]) for node in reading_order(nodes))
        parts.append(f"\n{writer.iri(name.value)} {{\n{blocks}}}\n")
    return "".join(parts).encode()


def read_nanopubs(quads: Iterable[Quad]) -> list[Triple]:
    """The triples of the claims in some nanopublications; raises BadInput where one is not what its name says."""
    whole: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        whole[_name(quad.graph_name)].append(quad)
    return [triple for this, parts in sorted(whole.items()) for triple in _claimed(this, parts)]


def is_nanopub(quad: Quad) -> bool:
    """Whether the quad says that something is a nanopublication."""
    return quad.predicate == RDF.type and quad.object == NP.Nanopublication


def _name(graph: object) -> str:
    """The name of the nanopublication that a graph is a part of: its IRI as far as the code, whatever comes after it."""
    iri = graph.value if isinstance(graph, NamedNode) else ""
    own = code_of(iri)
    if own is None:
        raise BadInput(
            "a graph without a Trusty URI stands here, so nothing proves it whole",
            where=iri or None,
            hint="import the nanopublications without what stands beside them",
        )
    return iri[: iri.rindex(own) + len(own)]


def _claimed(this: str, quads: list[Quad]) -> Iterator[Triple]:
    """What a nanopublication says of others than itself."""
    own = code_of(this) or ""
    if code(quads, own) != own:
        raise BadInput(
            "this nanopublication was changed after it was named: its name is the hash of other words",
            where=this,
            hint="get it again from where it was published",
        )
    parts = {quad.object for quad in quads if quad.subject == NamedNode(this) and quad.predicate in _HAS}
    for quad in quads:
        about = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        if quad.graph_name in parts and not about.startswith(this):
            yield quad.triple
