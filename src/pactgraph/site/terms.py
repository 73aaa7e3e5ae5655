"""The documentation of the ontology: every term, with what it means, what it joins, and an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode

from pactgraph.site.addresses import TERMS, fragment_of
from pactgraph.site.frame import Sheet
from pactgraph.site.known import Known
from pactgraph.site.markup import Html, element, escape, join
from pactgraph.site.pen import Pen, Section, iri, listed, pairs, short, some
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


def ontology_sheet(known: Known) -> Sheet:
    """The page of the ontology."""
    pen = Pen(known, TERMS)
    sections = [Section("About", pairs(_about(pen)), "about"), *_groups(pen)]
    ways = ((f"#{section.name}", section.heading) for section in sections)
    contents = element(
        "nav", listed((element("a", name, href=to) for to, name in ways), "columns"), aria_label="Contents"
    )
    title = known.text(_HEAD, _DCTERMS.title) or "The ontology"
    lead = join((element("p", known.text(_HEAD, _DCTERMS.description) or ""), contents))
    return Sheet(TERMS, title, "Ontology", lead, sections)


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
        ("version IRI", join((iri(v) for v in known.iris(_HEAD, _OWL.versionIRI)), ", ")),
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


def _groups(pen: Pen) -> Iterator[Section]:
    known = pen.known
    every = terms(known)
    classes = [t for t in every if _OWL.Class in known.kinds(t)]
    properties = [t for t in every if any(kind in _PROPERTIES for kind in known.kinds(t))]
    claimed = [t for t in properties if PACT.ClaimProperty in known.kinds(t)]
    schemes = [t for t in every if _SKOS.ConceptScheme in known.kinds(t)]
    yield _group(pen, "Classes", classes)
    yield _group(pen, "Properties that are claimed", claimed)
    yield _group(pen, "Other properties", [t for t in properties if t not in claimed])
    told = {*classes, *properties}
    for scheme in schemes:
        concepts = [t for t in (scheme, *known.bearing(scheme, SKOS.inScheme)) if t not in told]
        told.update(concepts)
        yield _group(pen, known.name(scheme).capitalize(), concepts)
    rest = [term for term in every if term not in told]
    if rest:
        yield _group(pen, "Others", rest)


def _group(pen: Pen, heading: str, found: Sequence[NamedNode]) -> Section:
    counted = element("p", some(len(found), "term"), class_="dim")
    body = join((counted, *(_term(pen, term) for term in found)), "\n")
    return Section(heading, body, "-".join(heading.lower().split()))


def _term(pen: Pen, term: NamedNode) -> Html:
    known = pen.known
    examples = (escape(example.value) for example in known.of(term, _SKOS.example))
    rows: list[tuple[str, Html | str]] = [
        ("example", join(examples, "; ")),
        ("type", _called(pen, known.kinds(term))),
        *((name, _called(pen, known.iris(term, relation))) for name, relation in _RELATIONS),
        *((name, _called(pen, (m for p in each for m in known.iris(term, p)))) for name, each in _MATCHES),
    ]
    title = element("h3", known.text(term, RDFS.label) or "", " ", short(term))
    return element(
        "article",
        title,
        element("p", pen.definition(term)),
        pairs(rows),
        id=fragment_of(term.value),
        class_="term",
    )


def _called(pen: Pen, nodes: Iterable[NamedNode]) -> Html:
    return join(map(pen.term_of, nodes), ", ")
