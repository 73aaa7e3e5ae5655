"""The documentation of the ontology: every term, with what it means, what it joins, and an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.site.addresses import SHAPES, TERMS, document_of, fragment_of
from pactgraph.site.catalog import Counts
from pactgraph.site.frame import Sheet
from pactgraph.site.known import Known
from pactgraph.site.markup import Html, element, escape, join
from pactgraph.site.pen import Pen, Section, iri, listed, pairs, short, some
from pactgraph.site.shapes import constraints
from pactgraph.vocabulary import ONTOLOGY, OWL, PACT, RDFS, SKOS, Namespace

_OWL = Namespace(
    OWL.base,
    "Class DatatypeProperty ObjectProperty disjointWith equivalentClass equivalentProperty inverseOf priorVersion "
    "versionIRI versionInfo",
)
_SKOS = Namespace(SKOS.base, "ConceptScheme broadMatch changeNote example narrowMatch relatedMatch scopeNote")
_DCTERMS = Namespace("http://purl.org/dc/terms/", "description license title issued modified")
_HEAD = NamedNode(ONTOLOGY.removesuffix("#"))
_PROPERTIES = (_OWL.ObjectProperty, _OWL.DatatypeProperty)
_RELATIONS = (
    ("kind of", RDFS.subClassOf),
    ("narrower than", RDFS.subPropertyOf),
    ("of", RDFS.domain),
    ("to", RDFS.range),
    ("inverse of", _OWL.inverseOf),
    ("never also", _OWL.disjointWith),
    ("in", SKOS.inScheme),
    ("below", SKOS.broader),
    ("implies", PACT.impliesStage),
)
_MATCHES = (
    ("the same as", (_OWL.equivalentClass, _OWL.equivalentProperty, SKOS.exactMatch)),
    ("close to", (SKOS.closeMatch,)),
    ("narrower than, elsewhere", (_SKOS.broadMatch,)),
    ("wider than, elsewhere", (_SKOS.narrowMatch,)),
    ("related to", (_SKOS.relatedMatch,)),
)


_LEADING = (
    ("wider than", RDFS.subPropertyOf),
    ("kinds of it", RDFS.subClassOf),
    ("properties", RDFS.domain),
    ("value of", RDFS.range),
)
"""Relations that lead to a term from others."""
Constraints = Mapping[NamedNode, Sequence[NamedNode]]


def ontology_documents(known: Known) -> list[str]:
    """The documents of the ontology: of its IRI, and of that of its version, where that is ours."""
    versions = (document_of(version.value) for version in known.iris(_HEAD, _OWL.versionIRI))
    return list(dict.fromkeys((TERMS, *(version for version in versions if version))))


def ontology_sheet(known: Known, document: str, counts: Counts, shapes: Iterable[Path]) -> Sheet:
    """The page of the ontology under one of its documents, with how often the graph uses each term, and which shapes
    constrain it."""
    pen = Pen(known, document)
    sections = [Section("About", pairs(_about(pen)), "about"), *_groups(pen, counts, constraints(shapes))]
    ways = ((f"#{section.name}", section.heading) for section in sections)
    contents = element(
        "nav", listed((element("a", name, href=to) for to, name in ways), "columns"), aria_label="Contents"
    )
    title = known.text(_HEAD, _DCTERMS.title) or "The ontology"
    lead = join((element("p", known.text(_HEAD, _DCTERMS.description) or ""), contents))
    return Sheet(document, title, "Ontology", lead, sections)


def terms(known: Known) -> list[NamedNode]:
    """The terms of the ontology, by name."""
    ours = (
        node for node in known.nodes if node.value.startswith(ONTOLOGY) and RDFS.label in known.nodes[node]
    )
    return sorted(ours, key=lambda node: (fragment_of(node.value).casefold(), node.value))


def _about(pen: Pen) -> list[tuple[str, Html | str]]:
    known = pen.known
    return [
        ("IRI", iri(_HEAD)),
        ("namespace", element("code", ONTOLOGY)),
        ("version", pen.terms(known.of(_HEAD, _OWL.versionInfo))),
        ("version IRI", join((_version(pen, v) for v in known.iris(_HEAD, _OWL.versionIRI)), ", ")),
        ("before it", join((iri(v) for v in known.iris(_HEAD, _OWL.priorVersion)), ", ")),
        ("licence", pen.terms(known.of(_HEAD, _DCTERMS.license))),
        ("terms", f"{len(terms(known)):,}"),
        (
            "changes",
            listed(note.value for note in known.of(_HEAD, _SKOS.changeNote))
            if known.of(_HEAD, _SKOS.changeNote)
            else "",
        ),
    ]


def _version(pen: Pen, version: NamedNode) -> Html:
    document = document_of(version.value)
    return element("a", iri(version), href=pen.to(f"{document}.html")) if document else iri(version)


def _groups(pen: Pen, counts: Counts, shapes: Constraints) -> Iterator[Section]:
    known = pen.known
    every = terms(known)
    classes = [t for t in every if _OWL.Class in known.kinds(t)]
    properties = [t for t in every if any(kind in _PROPERTIES for kind in known.kinds(t))]
    claimed = [t for t in properties if PACT.ClaimProperty in known.kinds(t)]
    schemes = [t for t in every if _SKOS.ConceptScheme in known.kinds(t)]
    write = _Terms(pen, counts, shapes)
    yield write.group("Classes", classes)
    yield write.group("Properties that are claimed", claimed)
    yield write.group("Other properties", [t for t in properties if t not in claimed])
    told = {*classes, *properties}
    for scheme in schemes:
        within = (scheme, *known.bearing(scheme, SKOS.inScheme))
        concepts = [t for t in within if t not in told and t.value.startswith(ONTOLOGY)]
        told.update(concepts)
        yield write.group(known.name(scheme).capitalize(), concepts)
    rest = [term for term in every if term not in told]
    if rest:
        yield write.group("Others", rest)


class _Terms:
    """Writes terms, with what the graph and the shapes make of them."""

    def __init__(self, pen: Pen, counts: Counts, shapes: Constraints) -> None:
        self._pen, self._counts, self._shapes = pen, counts, shapes

    def group(self, heading: str, found: Sequence[NamedNode]) -> Section:
        """A part of the page, with the terms to choose from at its head."""
        ways = (element("a", fragment_of(t.value), href=f"#{fragment_of(t.value)}") for t in found)
        counted = element("p", some(len(found), "term"), ": ", join(ways, ", "), class_="terms")
        body = join((counted, *map(self._term, found)), "\n")
        return Section(heading, body, "-".join(heading.lower().split()))

    def _term(self, term: NamedNode) -> Html:
        known = self._pen.known
        title = element("h3", known.text(term, RDFS.label) or "", " ", short(term))
        meaning = element("p", self._pen.definition(term))
        rows = pairs([*self._said(term), *self._used(term)])
        return element("article", title, meaning, rows, id=fragment_of(term.value), class_="term")

    def _said(self, term: NamedNode) -> Iterator[tuple[str, Html | str]]:
        """What the ontology says of a term."""
        pen, known = self._pen, self._pen.known
        examples = (escape(example.value) for example in known.of(term, _SKOS.example))
        yield "example", join(examples, "; ")
        yield "type", _called(pen, known.kinds(term))
        yield from ((name, _called(pen, known.iris(term, relation))) for name, relation in _RELATIONS)
        for name, each in _MATCHES:
            yield name, _called(pen, (match for p in each for match in known.iris(term, p)))

    def _used(self, term: NamedNode) -> Iterator[tuple[str, Html | str]]:
        """Which terms lead to a term, which shapes constrain it, and how often the graph uses it."""
        pen, known = self._pen, self._pen.known
        for name, relation in _LEADING:
            yield name, _called(pen, known.by_name(known.bearing(term, relation)))
        links = (
            element("a", fragment_of(shape.value), href=f"{pen.to(SHAPES)}.html#{fragment_of(shape.value)}")
            for shape in self._shapes.get(term, ())
        )
        yield "constrained by", join(links, ", ")
        yield "used", self._often(term)

    def _often(self, term: NamedNode) -> str:
        """How often a term stands in the graph: as a class, as a property, or as a value."""
        if nodes := sum(self._counts.classes.get(kind, 0) for kind in self._below(term)):
            return f"by {some(nodes, 'node')}"
        if triples := self._counts.properties.get(term):
            return f"in {some(triples, 'triple')}"
        bearers = self._pen.known.bearers.get(term, ())
        values = sum(not subject.value.startswith(ONTOLOGY) for _, subject in bearers)
        return f"as {some(values, 'value')}" if values else ""

    def _below(self, term: NamedNode) -> set[NamedNode]:
        """A class and all below it."""
        kinds = self._pen.known.bearing(term, RDFS.subClassOf)
        return {term}.union(*map(self._below, kinds))


def _called(pen: Pen, nodes: Iterable[NamedNode]) -> Html:
    return join(map(pen.term_of, nodes), ", ")
