"""What the whole is, for programs: VoID and DCAT descriptions with counts, version, licence and checksums.

https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Term
from pactgraph.graph.nodes import ungroup
from pactgraph.licence import Licence
from pactgraph.site.addresses import ROOT, WHOLE
from pactgraph.site.known import Known
from pactgraph.vocabulary import ID, ONTOLOGY, PACT, PROV, RDF, SCHEMA, SKOS, XSD, Namespace, digest

VOID: Final = Namespace(
    "http://rdfs.org/ns/void#",
    "Dataset Linkset classPartition classes dataDump distinctSubjects entities linkPredicate objectsTarget "
    "properties property propertyPartition subjectsTarget subset triples uriSpace vocabulary",
)
CLASS: Final = NamedNode(f"{VOID.base}class")
_DCAT: Final = Namespace(
    "http://www.w3.org/ns/dcat#",
    "Dataset Distribution byteSize distribution downloadURL landingPage mediaType version",
)
_SPDX: Final = Namespace(
    "http://spdx.org/rdf/terms#", "Checksum algorithm checksum checksumAlgorithm_sha256 checksumValue"
)
_DCTERMS: Final = Namespace("http://purl.org/dc/terms/", "conformsTo description license modified title")
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_ELSEWHERE: Final = "http://www.wikidata.org/entity/"
ABOUT: Final = "Who signed what and when, who says so, in which article, and in exactly which words."
"""The graph in one sentence."""
DATASET: Final = NamedNode(f"{ROOT}{WHOLE}")
"""What the descriptions describe: the graph as a whole."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Parts = Mapping[NamedNode, Sequence[Term]]


@dataclass(frozen=True, slots=True)
class Dump:
    """A file with the whole graph or one part of it: its path on the site, its media type, what it holds, how many bytes
    it has, and their SHA-256 in hexadecimals."""

    path: str
    media: str
    about: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is: triples, each once, nodes, and of each class, property and property that leads elsewhere."""

    triples: int
    nodes: int
    classes: Mapping[NamedNode, int]
    properties: Mapping[NamedNode, int]
    links: Mapping[NamedNode, int]


@dataclass(frozen=True, slots=True)
class Whole:
    """The graph as something to take: where its site lies, its licence, the last day on which claims were written down,
    the first and last day of its sources, how much there is, and its files."""

    title: str
    base: str
    licence: Licence | None
    modified: str | None
    span: tuple[str, str] | None
    counts: Counts
    dumps: Sequence[Dump]


def whole(
    known: Known, title: str, base: str, licence: Licence | None, counts: Counts, dumps: Sequence[Dump]
) -> Whole:
    """The whole of a graph: its days are those of the data, and no clock is read."""
    recorded = _days(known, "run", PACT.recordedOn)
    published = _days(known, "source", SCHEMA.datePublished)
    return Whole(
        title,
        base,
        licence,
        max(recorded, default=None),
        (min(published), max(published)) if published else None,
        counts,
        dumps,
    )


def _days(known: Known, kind: str, name: NamedNode) -> list[str]:
    """The days, known as days, that a property gives the nodes of a kind."""
    values = (value.value for node in known.by_kind.get(kind, ()) for value in known.of(node, name))
    return [value for value in values if _DAY.fullmatch(value)]


def count(known: Known) -> Counts:
    """Counts what the graph has."""
    classes, properties, links = Counter[NamedNode](), Counter[NamedNode](), Counter[NamedNode]()
    for triple in ungroup(known.nodes):
        properties[triple.predicate] += 1
        if isinstance(triple.object, NamedNode):
            classes[triple.object] += triple.predicate == RDF.type
            links[triple.predicate] += triple.object.value.startswith(_ELSEWHERE)
    return Counts(properties.total(), len(known.nodes), +classes, properties, +links)


def void(whole: Whole) -> list[Triple]:
    """The VoID description: https://www.w3.org/TR/void/#dataset."""
    counts = whole.counts
    said: Parts = {
        RDF.type: [VOID.Dataset],
        **_general(whole),
        VOID.triples: [_number(counts.triples)],
        VOID.entities: [_number(counts.nodes)],
        VOID.distinctSubjects: [_number(counts.nodes)],
        VOID.classes: [_number(len(counts.classes))],
        VOID.properties: [_number(len(counts.properties))],
        VOID.uriSpace: [Literal(ID)],
        VOID.vocabulary: [NamedNode(each) for each in (ONTOLOGY, PROV.base, SKOS.base)],
        VOID.dataDump: [_file(whole.base, dump.path) for dump in whole.dumps],
    }
    parts = (
        *_partitions(VOID.classPartition, CLASS, VOID.entities, counts.classes),
        *_partitions(VOID.propertyPartition, VOID.property, VOID.triples, counts.properties),
        *_linksets(counts.links),
    )
    return [*_described(DATASET, said), *parts]


def _partitions(
    leads: NamedNode, name: NamedNode, counted: NamedNode, found: Mapping[NamedNode, int]
) -> Iterator[Triple]:
    for node in sorted(found, key=lambda node: node.value):
        told = part(name, node)
        yield Triple(DATASET, leads, told)
        yield from _described(told, {name: [node], counted: [_number(found[node])]})


def _linksets(links: Mapping[NamedNode, int]) -> Iterator[Triple]:
    """https://www.w3.org/TR/void/#linkset."""
    for name in sorted(links, key=lambda node: node.value):
        told = part(VOID.linkPredicate, name)
        yield Triple(DATASET, VOID.subset, told)
        yield from _described(
            told,
            {
                RDF.type: [VOID.Linkset],
                VOID.subjectsTarget: [DATASET],
                VOID.objectsTarget: [NamedNode(_ELSEWHERE)],
                VOID.linkPredicate: [name],
                VOID.triples: [_number(links[name])],
            },
        )


def dcat(whole: Whole) -> list[Triple]:
    """The DCAT description: https://www.w3.org/TR/vocab-dcat-3/#Class:Dataset."""
    said: Parts = {
        RDF.type: [_DCAT.Dataset],
        **_general(whole),
        _DCAT.version: [Literal(whole.modified)] if whole.modified else [],
        _DCAT.landingPage: [_file(whole.base, "index.html")],
        _DCTERMS.conformsTo: [NamedNode(ONTOLOGY.removesuffix("#"))],
        _DCAT.distribution: [distribution(dump) for dump in whole.dumps],
    }
    files = (triple for dump in whole.dumps for triple in _distributed(whole, dump))
    return [*_described(DATASET, said), *files]


def _distributed(whole: Whole, dump: Dump) -> Iterator[Triple]:
    """https://www.w3.org/TR/vocab-dcat-3/#Class:Distribution and its #Class:Checksum."""
    node = distribution(dump)
    summed = checksum(dump)
    yield from _described(
        node,
        {
            RDF.type: [_DCAT.Distribution],
            _DCTERMS.title: [Literal(dump.about, language="en")],
            **_licensed(whole),
            _DCAT.downloadURL: [_file(whole.base, dump.path)],
            _DCAT.mediaType: [NamedNode(_MEDIA + dump.media)],
            _DCAT.byteSize: [_number(dump.size)],
            _SPDX.checksum: [summed],
        },
    )
    yield from _described(
        summed,
        {
            RDF.type: [_SPDX.Checksum],
            _SPDX.algorithm: [_SPDX.checksumAlgorithm_sha256],
            _SPDX.checksumValue: [Literal(dump.sha256, datatype=_HEX)],
        },
    )


def schema(whole: Whole) -> str:
    """What search engines for data read on a page, https://schema.org/Dataset, as JSON-LD."""
    files = [
        {
            "@type": "DataDownload",
            "@id": distribution(dump).value,
            "name": dump.about,
            "contentUrl": _file(whole.base, dump.path).value,
            "encodingFormat": dump.media,
            "contentSize": f"{dump.size} B",
            "sha256": dump.sha256,
        }
        for dump in whole.dumps
    ]
    said = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": DATASET.value,
        "name": whole.title,
        "description": ABOUT,
        "url": _file(whole.base, "index.html").value,
        "license": whole.licence and whole.licence.address,
        "version": whole.modified,
        "dateModified": whole.modified,
        "temporalCoverage": whole.span and "/".join(whole.span),
        "isAccessibleForFree": True,
        "distribution": files,
    }
    known = {name: value for name, value in said.items() if value}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def _general(whole: Whole) -> Parts:
    modified = [Literal(whole.modified, datatype=XSD.date)] if whole.modified else []
    return {
        _DCTERMS.title: [Literal(whole.title, language="en")],
        _DCTERMS.description: [Literal(ABOUT, language="en")],
        _DCTERMS.modified: modified,
        **_licensed(whole),
    }


def _licensed(whole: Whole) -> Parts:
    return {_DCTERMS.license: [NamedNode(whole.licence.address)]} if whole.licence else {}


def _described(node: NamedNode, parts: Parts) -> Iterable[Triple]:
    return (Triple(node, name, value) for name, values in parts.items() for value in values)


def part(name: NamedNode, node: NamedNode) -> NamedNode:
    """The IRI of the part of the graph that is told by a class or a property."""
    return NamedNode(f"{DATASET.value}#{name.value.rpartition('#')[2]}-{digest([node.value])}")


def distribution(dump: Dump) -> NamedNode:
    """The IRI of a file of the graph."""
    return NamedNode(f"{DATASET.value}#{quote(dump.path.rpartition('/')[2])}")


def checksum(dump: Dump) -> NamedNode:
    """The IRI of the checksum of a file."""
    return NamedNode(f"{distribution(dump).value}-sha256")


def _file(base: str, path: str) -> NamedNode:
    return NamedNode(base + quote(path))


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


_HEX: Final = NamedNode("http://www.w3.org/2001/XMLSchema#hexBinary")
