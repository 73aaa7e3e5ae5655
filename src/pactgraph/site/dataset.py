"""The page of the graph as a whole: what there is to take, and how much."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from pactgraph.site.addresses import WHOLE, fragment_of
from pactgraph.site.catalog import CLASS, DATASET, VOID, Whole, checksum, distribution, part
from pactgraph.site.frame import Sheet
from pactgraph.site.known import Known
from pactgraph.site.markup import Html, element, join
from pactgraph.site.pen import Pen, Section, day, iri, pairs, table
from pactgraph.version import VERSION


def dataset_sheet(known: Known, whole: Whole) -> Sheet:
    """The page of the dataset: what there is to take, and how much."""
    pen, counts = Pen(known, WHOLE), whole.counts
    rows = (
        [
            element("a", dump.path, href=pen.to(dump.path), id=fragment_of(distribution(dump).value)),
            dump.about,
            f"{dump.size:,}",
            element("code", dump.sha256, class_="iri", id=fragment_of(checksum(dump).value)),
        ]
        for dump in whole.dumps
    )
    taken = table(("file", "holds", "bytes", "SHA-256"), rows, "Files of the graph", "dumps")
    sections = [
        Section("Take it", join((taken, element("p", _descriptions(pen)))), "take"),
        Section("How much", pairs(_general_rows(whole)), "counts"),
        Section("By class", _counted(pen, "class", CLASS, counts.classes), "classes"),
        Section("By property", _counted(pen, "property", VOID.property, counts.properties), "properties"),
        Section("Links to Wikidata", _counted(pen, "property", VOID.linkPredicate, counts.links), "links"),
    ]
    lead = element(
        "p", "All of it as files, with what VoID and DCAT say of it. A page's own data lies beside the page."
    )
    return Sheet(WHOLE, "Data", "", lead, sections)


def _descriptions(pen: Pen) -> Html:
    names = ("void.ttl", "dcat.ttl", "dumps/SHA256SUMS", "sitemap.xml", "shapes.html")
    return join((element("a", name, href=pen.to(name)) for name in names), ", ")


def _general_rows(whole: Whole) -> list[tuple[str, Html | str]]:
    counts, licence = whole.counts, whole.licence
    return [
        ("IRI", iri(DATASET)),
        (
            "licence",
            element("a", licence.name, href=licence.address, rel="license external") if licence else "",
        ),
        ("claims written down until", day(whole.modified) if whole.modified else ""),
        ("sources published", join(map(day, whole.span), " to ") if whole.span else ""),
        ("made by", f"PactGraph {VERSION}"),
        ("triples", f"{counts.triples:,}"),
        ("nodes", f"{counts.nodes:,}"),
        ("links to Wikidata", f"{sum(counts.links.values()):,}"),
    ]


def _counted(pen: Pen, what: str, name: NamedNode, found: Mapping[NamedNode, int]) -> Html:
    """Counts, each where the IRI of its partition leads."""
    order = sorted(found, key=lambda node: (-found[node], node.value))
    return table(
        (what, "count"),
        (
            [element("span", pen.term_of(node), id=fragment_of(part(name, node).value)), f"{found[node]:,}"]
            for node in order
        ),
        f"Count by {what}",
        "two",
    )
