"""A static site of linked data: for every IRI a page, its Turtle and its JSON-LD, on any host and without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from pyoxigraph import Triple

from pactgraph.errors import UsageError
from pactgraph.exports import pieces
from pactgraph.exports.jsonld import jsonld_page
from pactgraph.pictures import draw_timeline
from pactgraph.project import Project
from pactgraph.site.addresses import ROOT, SHAPES, TERMS, WHOLE, is_folder
from pactgraph.site.catalog import Dump, count, dcat, schema, void, whole
from pactgraph.site.data import described, turtle
from pactgraph.site.dataset import dataset_sheet
from pactgraph.site.frame import Frame, Sheet, written
from pactgraph.site.front import front_sheet, lost_sheet
from pactgraph.site.known import Known
from pactgraph.site.lists import list_sheets
from pactgraph.site.proving import prove_links
from pactgraph.site.search import INDEX, search_index, search_sheet
from pactgraph.site.shapes import shapes_json_ld, shapes_sheet, shapes_turtle
from pactgraph.site.sheets import sheet_of
from pactgraph.site.sitemap import sitemaps
from pactgraph.site.terms import ontology_documents, ontology_sheet
from pactgraph.site.writing import Content, write_site
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

Files = Iterator[tuple[str, Content]]
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
    for a base that is no address of the web or has a query, for no folder of texts, and for a folder that holds something else.
    """
    if not is_folder(base):
        raise UsageError(f"{base!r} is no address of a site: give one such as https://example.org/pacts/")
    proved = prove_links(project, texts) if texts else None
    making = _Making(Known(store, proved), project, base if base.endswith("/") else f"{base}/", progress)
    files = write_site(out, making.files())
    return Site(out, files, making.pages)


class _Making:
    """The files of a site, one after the other."""

    def __init__(self, known: Known, project: Project, base: str, progress: Progress | None) -> None:
        self._known, self._project, self._base, self._progress = known, project, base, progress
        ways = {TERMS, WHOLE, "search", *(f"id/{kind}/index" for kind in known.by_kind)}
        self._frame = Frame(_NAME, frozenset(ways), project.licence)
        self._counts = count(known)
        self._documents: list[str] = []

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._documents)

    def files(self) -> Files:
        """Every file of the site, with its path."""
        yield from ((file.name, file.read_bytes()) for file in sorted(_STATIC.iterdir()))
        yield from self._nodes()
        yield from self._about()
        yield from self._whole()
        yield from sitemaps(self._base, self._documents)
        yield "404.html", written(lost_sheet(urlsplit(self._base).path), self._frame)
        yield ".nojekyll", b""

    def _nodes(self) -> Files:
        total = len(self._known.documents)
        for nth, document in enumerate(self._known.documents, 1):
            yield self._page(sheet_of(self._known, document))
            yield from _data(document, described(self._known, document))
            if self._progress:
                self._progress("writing pages", nth, total)

    def _about(self) -> Files:
        """What tells of the data: lists, search, ontology, shapes."""
        known, shapes, counts = self._known, self._project.shapes(), self._counts
        yield from map(self._page, list_sheets(known))
        yield self._page(search_sheet(known))
        yield INDEX, search_index(known)
        terms = list(known.store.triples(ONTOLOGY_GRAPH))
        for document in ontology_documents(known):
            yield self._page(ontology_sheet(known, document, counts, shapes))
            yield from _data(document, terms)
        yield self._page(shapes_sheet(known, shapes))
        yield f"{SHAPES}.ttl", shapes_turtle(shapes)
        yield f"{SHAPES}.jsonld", shapes_json_ld(shapes)

    def _pictures(self) -> list[tuple[str, bytes]]:
        if not self._known.by_kind.get("pact"):
            return []
        pages = draw_timeline(self._known.store, (), self._known.names).write("svg")
        return [(f"lives{f'-{nth}' if nth > 1 else ''}.svg", page) for nth, page in enumerate(pages, 1)]

    def _whole(self) -> Files:
        """What is about all: the dumps, what describes them, and the front page."""
        known, dumps = self._known, list[Dump]()
        yield from self._dumps(dumps)
        described = whole(known, TITLE, self._base, self._frame.licence, self._counts, dumps)
        yield self._page(dataset_sheet(known, described))
        as_void, as_dcat = void(described), dcat(described)
        yield from _data(WHOLE, [*as_void, *as_dcat])
        yield "void.ttl", turtle(as_void)
        yield ".well-known/void", turtle(as_void)
        yield "dcat.ttl", turtle(as_dcat)
        pictures = self._pictures()
        yield from pictures
        yield self._page(front_sheet(known, TITLE, [path for path, _ in pictures], schema(described)))

    def _dumps(self, dumps: list[Dump]) -> Files:
        """The files to take, and their checksums; tells `dumps` of each."""
        for graph, syntax, media, about in _DUMPS:
            path = f"dumps/{graph}.{syntax}"
            written = pieces(self._known.store, graph=graph, syntax=syntax)
            yield path, _weighed(written, partial(Dump, path, media, about), dumps)
        sums = (f"{dump.sha256}  {dump.path.rpartition('/')[2]}\n" for dump in dumps)
        yield "dumps/SHA256SUMS", "".join(sums).encode()

    def _page(self, sheet: Sheet) -> tuple[str, bytes]:
        self._documents.append(sheet.document)
        return f"{sheet.document}.html", written(sheet, self._frame)


def _weighed(
    written: Iterable[bytes], dump: Callable[[int, str], Dump], dumps: list[Dump]
) -> Iterator[bytes]:
    """The pieces of a dump, of which `dumps` is told when the last one is taken."""
    size, digest = 0, sha256()
    for piece in written:
        size += len(piece)
        digest.update(piece)
        yield piece
    dumps.append(dump(size, digest.hexdigest()))


def _data(document: str, triples: Iterable[Triple]) -> Files:
    """What is said on a page, for programs."""
    known = list(triples)
    yield f"{document}.ttl", turtle(known)
    yield f"{document}.jsonld", jsonld_page(known)
