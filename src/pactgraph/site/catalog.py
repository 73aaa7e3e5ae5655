"""What the whole is, for programs: VoID and DCAT descriptions with counts, version, licence and checksums.

https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Term
from pactgraph.graph.nodes import ungroup
from pactgraph.site.addresses import ROOT
from pactgraph.site.frame import LICENSE, Sheet
from pactgraph.site.known import Known
from pactgraph.site.markup import Html, element, join
from pactgraph.site.pen import Pen, Section, iri, pairs, table
from pactgraph.version import VERSION
from pactgraph.vocabulary import ID, ONTOLOGY, PROV, RDF, SKOS, XSD, Namespace, digest

_VOID: Final = Namespace(
    "http://rdfs.org/ns/void#",
    "Dataset Linkset class classPartition classes dataDump distinctSubjects entities linkPredicate objectsTarget "
    "properties property propertyPartition subjectsTarget subset triples uriSpace vocabulary",
)
_DCAT: Final = Namespace(
    "http://www.w3.org/ns/dcat#",
    "Dataset Distribution byteSize distribution downloadURL landingPage mediaType version",
)
_SPDX: Final = Namespace(
    "http://spdx.org/rdf/terms#", "Checksum algorithm checksum checksumAlgorithm_sha256 checksumValue"
)
_DCTERMS: Final = Namespace("http://purl.org/dc/terms/", "conformsTo description license title")
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_ELSEWHERE: Final = "http://www.wikidata.org/entity/"
ABOUT: Final = "Who signed what and when, who says so, in which article, and in exactly which words."
"""The graph in one sentence."""
DATASET: Final = NamedNode(f"{ROOT}dataset")
"""What the descriptions describe: the graph as a whole."""

Parts = Mapping[NamedNode, Sequence[Term]]


@dataclass(frozen=True, slots=True)
class Dump:
    """A file with the whole graph or one part of it: its path on the site, its media type, what it holds."""

    path: str
    media: str
    about: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the file."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is: triples, each once, nodes, and of each class, property and property that leads elsewhere."""

    triples: int
    nodes: int
    classes: Mapping[NamedNode, int]
    properties: Mapping[NamedNode, int]
    links: Mapping[NamedNode, int]


def count(known: Known) -> Counts:
    """Counts what the graph has."""
    classes, properties, links = Counter[NamedNode](), Counter[NamedNode](), Counter[NamedNode]()
    for triple in ungroup(known.nodes):
        properties[triple.predicate] += 1
        if isinstance(triple.object, NamedNode):
            classes[triple.object] += triple.predicate == RDF.type
            links[triple.predicate] += triple.object.value.startswith(_ELSEWHERE)
    return Counts(properties.total(), len(known.nodes), +classes, properties, +links)


def void(counts: Counts, title: str, base: str, dumps: Sequence[Dump]) -> list[Triple]:
    """The VoID description: https://www.w3.org/TR/void/#dataset."""
    whole: Parts = {
        RDF.type: [_VOID.Dataset],
        **_general(title),
        _VOID.triples: [_number(counts.triples)],
        _VOID.entities: [_number(counts.nodes)],
        _VOID.distinctSubjects: [_number(counts.nodes)],
        _VOID.classes: [_number(len(counts.classes))],
        _VOID.properties: [_number(len(counts.properties))],
        _VOID.uriSpace: [Literal(ID)],
        _VOID.vocabulary: [NamedNode(each) for each in (ONTOLOGY, PROV.base, SKOS.base)],
        _VOID.dataDump: [_file(base, dump.path) for dump in dumps],
    }
    parts = (
        *_partitions(_VOID.classPartition, getattr(_VOID, "class"), _VOID.entities, counts.classes),
        *_partitions(_VOID.propertyPartition, _VOID.property, _VOID.triples, counts.properties),
        *_linksets(counts.links),
    )
    return [*_described(DATASET, whole), *parts]


def _partitions(
    leads: NamedNode, name: NamedNode, counted: NamedNode, found: Mapping[NamedNode, int]
) -> Iterator[Triple]:
    for node in sorted(found, key=lambda node: node.value):
        part = _part(name, node)
        yield Triple(DATASET, leads, part)
        yield from _described(part, {name: [node], counted: [_number(found[node])]})


def _linksets(links: Mapping[NamedNode, int]) -> Iterator[Triple]:
    """https://www.w3.org/TR/void/#linkset."""
    for name in sorted(links, key=lambda node: node.value):
        part = _part(_VOID.linkPredicate, name)
        yield Triple(DATASET, _VOID.subset, part)
        yield from _described(
            part,
            {
                RDF.type: [_VOID.Linkset],
                _VOID.subjectsTarget: [DATASET],
                _VOID.objectsTarget: [NamedNode(_ELSEWHERE)],
                _VOID.linkPredicate: [name],
                _VOID.triples: [_number(links[name])],
            },
        )


def dcat(title: str, base: str, dumps: Sequence[Dump]) -> list[Triple]:
    """The DCAT description: https://www.w3.org/TR/vocab-dcat-3/#Class:Dataset."""
    whole: Parts = {
        RDF.type: [_DCAT.Dataset],
        **_general(title),
        _DCAT.version: [Literal(VERSION)],
        _DCAT.landingPage: [_file(base, "index.html")],
        _DCTERMS.conformsTo: [NamedNode(ONTOLOGY.removesuffix("#"))],
        _DCAT.distribution: [_distribution(dump) for dump in dumps],
    }
    return [*_described(DATASET, whole), *(triple for dump in dumps for triple in _distributed(base, dump))]


def _distributed(base: str, dump: Dump) -> Iterator[Triple]:
    """https://www.w3.org/TR/vocab-dcat-3/#Class:Distribution and its #Class:Checksum."""
    node = _distribution(dump)
    checksum = NamedNode(f"{node.value}-sha256")
    yield from _described(
        node,
        {
            RDF.type: [_DCAT.Distribution],
            _DCTERMS.title: [Literal(dump.about, language="en")],
            _DCTERMS.license: [NamedNode(LICENSE)],
            _DCAT.downloadURL: [_file(base, dump.path)],
            _DCAT.mediaType: [NamedNode(_MEDIA + dump.media)],
            _DCAT.byteSize: [_number(len(dump.content))],
            _SPDX.checksum: [checksum],
        },
    )
    yield from _described(
        checksum,
        {
            RDF.type: [_SPDX.Checksum],
            _SPDX.algorithm: [_SPDX.checksumAlgorithm_sha256],
            _SPDX.checksumValue: [Literal(dump.sha256, datatype=_HEX)],
        },
    )


def dataset_sheet(known: Known, counts: Counts, dumps: Sequence[Dump]) -> Sheet:
    """The page of the dataset: what there is to take, and how much."""
    pen = Pen(known, "dataset")
    rows = (
        [
            element("a", dump.path, href=pen.to(dump.path)),
            dump.about,
            f"{len(dump.content):,}",
            element("code", dump.sha256, class_="iri"),
        ]
        for dump in dumps
    )
    taken = table(("file", "holds", "bytes", "SHA-256"), rows, "Files of the graph", "dumps")
    sections = [
        Section("Take it", join((taken, element("p", _descriptions(pen)))), "take"),
        Section("How much", pairs(_general_rows(counts)), "counts"),
        Section("By class", _counted(pen, "class", counts.classes), "classes"),
        Section("By property", _counted(pen, "property", counts.properties), "properties"),
    ]
    lead = element(
        "p", "All of it as files, with what VoID and DCAT say of it. A page's own data lies beside the page."
    )
    return Sheet("dataset", "Data", "", lead, sections, data=False)


def _descriptions(pen: Pen) -> Html:
    names = ("void.ttl", "dcat.ttl", "sitemap.xml", "shapes.html")
    return join((element("a", name, href=pen.to(name)) for name in names), ", ")


def _general_rows(counts: Counts) -> list[tuple[str, Html | str]]:
    return [
        ("IRI", iri(DATASET)),
        ("version", VERSION),
        ("triples", f"{counts.triples:,}"),
        ("nodes", f"{counts.nodes:,}"),
        ("links to Wikidata", f"{sum(counts.links.values()):,}"),
    ]


def _counted(pen: Pen, what: str, found: Mapping[NamedNode, int]) -> Html:
    order = sorted(found, key=lambda node: (-found[node], node.value))
    return table(
        (what, "count"),
        ([pen.term_of(node), f"{found[node]:,}"] for node in order),
        f"Count by {what}",
        "two",
    )


def _general(title: str) -> Parts:
    return {
        _DCTERMS.title: [Literal(title, language="en")],
        _DCTERMS.description: [Literal(ABOUT, language="en")],
        _DCTERMS.license: [NamedNode(LICENSE)],
    }


def _described(node: NamedNode, parts: Parts) -> Iterable[Triple]:
    return (Triple(node, name, value) for name, values in parts.items() for value in values)


def _part(name: NamedNode, node: NamedNode) -> NamedNode:
    return NamedNode(f"{DATASET.value}#{name.value.rpartition('#')[2]}-{digest([node.value])}")


def _distribution(dump: Dump) -> NamedNode:
    return NamedNode(f"{DATASET.value}#{quote(dump.path.rpartition('/')[2])}")


def _file(base: str, path: str) -> NamedNode:
    return NamedNode(base + quote(path))


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


_HEX: Final = NamedNode("http://www.w3.org/2001/XMLSchema#hexBinary")
