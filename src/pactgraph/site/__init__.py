"""A static site of linked data: for every IRI a page, its Turtle and its JSON-LD, on any host and without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape as escape_xml

from pyoxigraph import NamedNode

from pactgraph.errors import UsageError
from pactgraph.exports import export
from pactgraph.pictures import draw_timeline
from pactgraph.project import Project
from pactgraph.site.addresses import ROOT, TERMS, is_web
from pactgraph.site.catalog import Counts, Dump, count, dataset_sheet, dcat, void
from pactgraph.site.data import described, json_ld, turtle
from pactgraph.site.frame import Sheet, written
from pactgraph.site.front import front_sheet
from pactgraph.site.known import Known
from pactgraph.site.lists import list_sheets
from pactgraph.site.proving import prove_links
from pactgraph.site.search import INDEX, search_index, search_sheet
from pactgraph.site.shapes import shapes_sheet
from pactgraph.site.sheets import sheet_of
from pactgraph.site.terms import ontology_sheet
from pactgraph.site.writing import write_site
from pactgraph.store import Store
from pactgraph.vocabulary import ONTOLOGY_GRAPH

__all__ = ["ROOT", "Site", "publish"]

TITLE = "International pacts, and who says so"
_NAME = "PactGraph"
_STATIC = Path(__file__).parent / "static"
_DUMPS = (
    ("facts", "ttl", "text/turtle", "Plain facts"),
    ("claims", "ttl", "text/turtle", "Claims with their passages, values and propositions"),
    ("sources", "ttl", "text/turtle", "Sources alone"),
    ("all", "ttl", "text/turtle", "Everything"),
    ("all", "nq", "application/n-quads", "Everything, in its named graphs"),
)

Files = Iterator[tuple[str, bytes]]
Progress = Callable[[str, int, int], None]
"""Told what is being written, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Site:
    """What was written: the folder, how many files, and how many of them are pages."""

    folder: Path
    files: int
    pages: int


def publish(
    store: Store,
    project: Project,
    out: Path,
    *,
    base: str = ROOT,
    texts: Path | None = None,
    progress: Progress | None = None,
) -> Site:
    """Writes the site of a store into a folder; a site that is there already is replaced.

    `base` is the address under which the site will lie: sitemap and descriptions need it, links do not. Against the
    texts of a folder the links to sentences are proved. The same store and texts give the same bytes. Raises UsageError
    for a base that is no address of the web, for no folder of texts, and for a folder that holds something else.
    """
    if not is_web(base):
        raise UsageError(f"{base!r} is no address of a site: give one such as https://example.org/pacts/")
    proved = prove_links(project, texts) if texts else None
    making = _Making(Known(store, proved), project, base if base.endswith("/") else f"{base}/", progress)
    files = write_site(out, making.files())
    return Site(out, files, making.pages)


class _Making:
    """The files of a site, one after the other."""

    def __init__(self, known: Known, project: Project, base: str, progress: Progress | None) -> None:
        self._known, self._project, self._base, self._progress = known, project, base, progress
        self._ways = frozenset(
            {"ontology", "dataset", "search", *(f"id/{kind}/index" for kind in known.by_kind)}
        )
        self._documents: list[str] = []

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._documents)

    def files(self) -> Files:
        """Every file of the site, with its path."""
        yield from ((file.name, file.read_bytes()) for file in sorted(_STATIC.iterdir()))
        yield from self._nodes()
        yield from self._whole()
        yield "sitemap.xml", _sitemap(self._base, self._documents)
        yield ".nojekyll", b""

    def _nodes(self) -> Files:
        total = len(self._known.documents)
        for nth, document in enumerate(self._known.documents, 1):
            yield self._page(sheet_of(self._known, document))
            triples = described(self._known, document)
            yield f"{document}.ttl", turtle(triples)
            yield f"{document}.jsonld", json_ld(triples)
            if self._progress:
                self._progress("writing pages", nth, total)

    def _whole(self) -> Files:
        """What is about all: front page, lists, search, ontology, shapes, dumps and their descriptions."""
        known, pictures = self._known, self._pictures()
        yield from pictures
        yield self._page(front_sheet(known, TITLE, [path for path, _ in pictures]))
        yield from map(self._page, list_sheets(known))
        yield self._page(search_sheet(known))
        yield INDEX, search_index(known)
        yield self._page(ontology_sheet(known))
        terms = list(known.store.triples(ONTOLOGY_GRAPH))
        yield f"{TERMS}.ttl", turtle(terms)
        yield f"{TERMS}.jsonld", json_ld(terms)
        yield self._page(shapes_sheet(known, self._project.shapes()))
        yield from self._catalog(count(known))

    def _pictures(self) -> list[tuple[str, bytes]]:
        if not self._known.by_kind.get("pact"):
            return []
        pages = draw_timeline(self._known.store, (), self._known.names).write("svg")
        return [(f"lives{f'-{nth}' if nth > 1 else ''}.svg", page) for nth, page in enumerate(pages, 1)]

    def _catalog(self, counts: Counts) -> Files:
        dumps = [_dump(self._known.store, *each) for each in _DUMPS]
        yield from ((dump.path, dump.content) for dump in dumps)
        yield (
            "dumps/SHA256SUMS",
            "".join(f"{d.sha256}  {d.path.rpartition('/')[2]}\n" for d in dumps).encode(),
        )
        yield self._page(dataset_sheet(self._known, counts, dumps))
        description = turtle(void(counts, TITLE, self._base, dumps))
        yield "void.ttl", description
        yield ".well-known/void", description
        yield "dcat.ttl", turtle(dcat(TITLE, self._base, dumps))

    def _page(self, sheet: Sheet) -> tuple[str, bytes]:
        self._documents.append(sheet.document)
        return f"{sheet.document}.html", written(sheet, _NAME, self._ways)


def _dump(store: Store, graph: str, syntax: str, media: str, about: str) -> Dump:
    return Dump(f"dumps/{graph}.{syntax}", media, about, export(store, graph=graph, syntax=syntax))


def _sitemap(base: str, documents: list[str]) -> bytes:
    """https://www.sitemaps.org/protocol.html."""
    pages = (
        f"<url><loc>{escape_xml(NamedNode(base + document).value)}.html</loc></url>"
        for document in sorted(documents)
    )
    lines = "\n".join(pages)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    return f"{head}\n{lines}\n</urlset>\n".encode()
