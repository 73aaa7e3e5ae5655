"""The site: a page and its data for every IRI, links that lead somewhere, nothing from elsewhere, the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Triple, parse

from pactgraph.building import build
from pactgraph.cli import main
from pactgraph.curation import init
from pactgraph.errors import FINE, USAGE, UsageError
from pactgraph.project import Project
from pactgraph.site import ROOT as NAMESPACE
from pactgraph.site import publish
from pactgraph.site.addresses import document_of, is_web
from pactgraph.site.markup import element, escape
from pactgraph.site.sitemap import sitemaps
from pactgraph.store import Store, open_store
from pactgraph.vocabulary import DCTERMS, ONTOLOGY, RDF, RDFS

ROOT = Path(__file__).parents[1]
LOST = "404.html"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
HOSTILE = "</h1><script>alert(1)</script><img src=\"https://evil.example/x.png\" onerror='alert(2)'> & \x01"


@dataclass(frozen=True, slots=True)
class Made:
    """A site, and the store that it was made of."""

    project: Project
    store: Store
    folder: Path

    def pages(self) -> list[Path]:
        return sorted(self.folder.rglob("*.html"))


def made(project: Project, folder: Path, **options: object) -> Made:
    store = open_store(":memory:")
    build(project, store)
    publish(store, project, folder, **options)  # type: ignore[arg-type]
    return Made(project, store, folder)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The site of the invented graph that `init` starts."""
    folder = tmp_path_factory.mktemp("site")
    init(folder / "graph")
    return made(Project(folder / "graph"), folder / "public")


@pytest.fixture
def hostile(tmp_path: Path) -> Made:
    """The site of a graph whose labels, headlines and addresses carry markup and scripts."""
    init(tmp_path / "graph")
    written = json.dumps(HOSTILE.replace("\x01", ""))

    def named(match: re.Match[str]) -> str:
        return f"{match[1]} {written}"

    for path in sorted((tmp_path / "graph" / "data").rglob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r'(skos:prefLabel|schema:headline) "[^"]*"', named, text)
        text = re.sub(r"schema:url <[^>]*>", "schema:url <javascript:alert(3)>", text)
        path.write_text(text, encoding="utf-8")
    project = Project(tmp_path / "graph")
    store = open_store(":memory:")
    build(project, store, validated=False)
    publish(store, project, tmp_path / "public")
    return Made(project, store, tmp_path / "public")


# What a page is made of


@dataclass
class Seen(HTMLParser):
    """A page, read as a browser does: its elements, their attributes, and the text of titles."""

    elements: list[tuple[str, Mapping[str, str | None]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def tags(self, *names: str) -> list[Mapping[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in names]

    @property
    def ids(self) -> list[str]:
        return [known["id"] or "" for _, known in self.elements if "id" in known]


@cache
def seen(page: Path) -> Seen:
    reader = Seen()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def nodes(store: Store) -> set[NamedNode]:
    """The IRIs of the graph that are ours to describe: in any place of a triple, and those of named graphs."""
    triples = [t for graph in store.graphs() for t in store.triples(graph)]
    terms = {term for t in triples for term in t} | store.graphs()
    return {t for t in terms if isinstance(t, NamedNode) and t.value.startswith(NAMESPACE)}


def triples_of(path: Path) -> set[Triple]:
    """What a file says, with blank nodes by what is said of them."""
    form = RdfFormat.JSON_LD if path.suffix == ".jsonld" else RdfFormat.TURTLE
    said = Dataset(parse(path.read_bytes(), format=form))
    said.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in said}


def test_every_iri_of_the_graph_has_a_page_its_turtle_and_its_json_ld(site: Made) -> None:
    documents = {document_of(node.value) for node in nodes(site.store)}
    assert len(documents) > 40
    for ending in ("html", "ttl", "jsonld"):
        assert not [d for d in documents if not (site.folder / f"{d}.{ending}").is_file()]


def test_every_iri_with_a_fragment_has_its_place_on_the_page(site: Made) -> None:
    places = [(document_of(n.value), n.value.partition("#")[2]) for n in nodes(site.store) if "#" in n.value]
    assert {document for document, _ in places} > {"ontology"}
    assert not [p for d, p in places if p and p not in seen(site.folder / f"{d}.html").ids]


def test_what_describes_the_whole_leads_to_places_on_its_page(site: Made) -> None:
    said = triples_of(site.folder / "dataset.ttl")
    assert said == triples_of(site.folder / "void.ttl") | triples_of(site.folder / "dcat.ttl")
    places = {t.subject.value.partition("#")[2] for t in said} - {""}  # type: ignore[union-attr]
    assert len(places) > 100 and places <= set(seen(site.folder / "dataset.html").ids)


def test_the_data_of_a_graph_is_what_it_holds(site: Made) -> None:
    for graph in site.store.graphs():
        assert triples_of(site.folder / f"{document_of(graph.value)}.ttl") == set(site.store.triples(graph))


def test_the_shapes_have_their_data(site: Made) -> None:
    quads = (q for path in site.project.shapes() for q in parse(path.read_bytes(), format=RdfFormat.TURTLE))
    shapes = Dataset(quads)
    shapes.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert triples_of(site.folder / "shapes.ttl") == {quad.triple for quad in shapes}
    named = {q.subject.value for q in shapes if isinstance(q.subject, NamedNode)}
    ids = set(seen(site.folder / "shapes.html").ids)
    assert {iri.partition("#")[2] for iri in named if iri.startswith(f"{NAMESPACE}shapes#")} <= ids


def test_the_data_of_a_page_is_what_the_graph_says_of_its_node(site: Made) -> None:
    for graph in site.store.graphs():
        for triple in site.store.triples(graph):
            document = document_of(triple.subject.value) if isinstance(triple.subject, NamedNode) else None
            if document is not None:
                assert triple in triples_of_cached(site.folder / f"{document}.ttl")


@cache
def triples_of_cached(path: Path) -> set[Triple]:
    return triples_of(path)


def test_json_ld_says_what_turtle_says(site: Made) -> None:
    for path in sorted(site.folder.rglob("*.jsonld")):
        assert triples_of(path) == triples_of(path.with_suffix(".ttl"))


def test_json_ld_needs_no_context_from_elsewhere(site: Made) -> None:
    contexts = [json.loads(p.read_bytes())["@context"] for p in site.folder.rglob("*.jsonld")]
    assert contexts and all(isinstance(context, dict) for context in contexts)


def test_json_ld_has_the_names_of_the_export_and_no_more_context_than_it_needs(site: Made) -> None:
    told = json.loads((site.folder / "id" / "pact" / "two-rivers.jsonld").read_bytes())
    (node,) = told["@graph"]
    assert (node["@type"], node["signedOn"]) == ("pact:Agreement", "2018-05-10")
    assert told["@context"]["signedOn"] == {"@id": "pact:signedOn", "@type": "loc:edtf"}
    assert "statedOn" not in told["@context"] and len(told["@context"]) < 30


def test_the_data_of_a_claim_tells_its_passage_too(site: Made) -> None:
    page = next(p for p in sorted((site.folder / "id" / "claim").glob("*.ttl")))
    predicates = {triple.predicate.value.rpartition("#")[2] for triple in triples_of(page)}
    assert {"passage", "hasSource", "hasSelector", "start", "end"} <= predicates


# Links


def links(page: Path) -> Iterator[tuple[str, Path, str]]:
    """The links within the site: as written, the file, and the place within it."""
    for attributes in seen(page).tags("a", "link", "script", "img"):
        address = attributes.get("href", attributes.get("src")) or ""
        known = urlsplit(address)
        if not known.scheme and page.name != LOST:
            file = (page.parent / unquote(known.path)).resolve() if known.path else page
            yield address, file, unquote(known.fragment)


def test_every_link_within_the_site_leads_to_a_file_and_a_place_in_it(site: Made) -> None:
    broken = [
        (page.name, address)
        for page in site.pages()
        for address, file, place in links(page)
        if not file.is_file() or (place and place not in seen(file).ids)
    ]
    assert not broken


def test_the_site_is_made_of_relative_links_alone(site: Made) -> None:
    for page in site.pages():
        for address, file, _ in links(page):
            assert not address.startswith("/") and file.is_relative_to(site.folder.resolve())


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs_inline(site: Made) -> None:
    for page in site.pages():
        reader = seen(page)
        loaded = [known.get("src") or known.get("href") for known in reader.tags("img", "script", "iframe")]
        loaded += [known["href"] for known in reader.tags("link") if known["rel"] == "stylesheet"]
        assert not [address for address in loaded if urlsplit(address or "").scheme]
        assert not reader.tags("style", "iframe", "form", "object", "embed", "base")
        assert not [a for _, known in reader.elements for a in known if a.startswith("on") or a == "style"]
        assert not [known for known in run_by(reader) if "src" not in known]
        policy = next(m["content"] for m in reader.tags("meta") if m.get("http-equiv"))
        assert policy and policy.startswith("default-src 'none'") and "unsafe" not in policy


def run_by(reader: Seen) -> list[Mapping[str, str | None]]:
    """The scripts of a page, without the data that stands in it."""
    return [known for known in reader.tags("script") if known.get("type") != "application/ld+json"]


def test_only_the_search_runs_a_script(site: Made) -> None:
    assert [page.name for page in site.pages() if run_by(seen(page))] == ["search.html"]


def test_style_and_script_ask_for_nothing() -> None:
    for file in (ROOT / "src" / "pactgraph" / "site" / "static").iterdir():
        text = file.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|@import|url\(|fetch|XMLHttp|eval|innerHTML", text)


def test_citations_lead_out_without_telling_where_from(site: Made) -> None:
    leading = [
        known
        for page in site.pages()
        for known in seen(page).tags("a")
        if ":~:text=" in (known.get("href") or "")
    ]
    assert leading
    assert all({"external", "nofollow", "noopener"} <= set((known["rel"] or "").split()) for known in leading)


# Form


def test_pages_have_one_title_headings_in_order_and_landmarks(site: Made) -> None:
    for page in site.pages():
        reader = seen(page)
        levels = [int(tag[1]) for tag, _ in reader.elements if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1 and levels.count(1) == 1, page
        assert all(after <= before + 1 for before, after in pairwise(levels)), page
        assert reader.tags("html")[0]["lang"] == "en"
        assert all(len(reader.tags(name)) == 1 for name in ("main", "header", "footer", "title"))
        assert len(reader.ids) == len(set(reader.ids)) and all(reader.ids), page
        assert all(known.get("alt") for known in reader.tags("img"))


def test_a_page_names_its_data_as_alternates(site: Made) -> None:
    page = seen(site.folder / "id" / "pact" / "two-rivers.html")
    known = {link.get("type"): link["href"] for link in page.tags("link") if link["rel"] == "alternate"}
    assert known == {
        "text/turtle": "two-rivers.ttl",
        "application/ld+json": "two-rivers.jsonld",
    } or known == {
        "text/turtle": "../../id/pact/two-rivers.ttl",
        "application/ld+json": "../../id/pact/two-rivers.jsonld",
    }


def test_names_with_markup_and_scripts_are_only_names(hostile: Made) -> None:
    shown = False
    for page in hostile.pages():
        raw = page.read_text(encoding="utf-8")
        assert "<script>alert" not in raw and '<img src="https://evil' not in raw
        assert not [known for known in seen(page).tags("img") if "evil" in (known.get("src") or "")]
        assert not [a for _, known in seen(page).elements for a in known if a.startswith("on")]
        assert not [a for a in seen(page).tags("a") if (a.get("href") or "").startswith("javascript:")]
        shown |= "&lt;script&gt;alert(1)" in raw
    assert shown


@given(st.text())
@settings(max_examples=60)
def test_text_never_becomes_markup(words: str) -> None:
    reader = Seen()
    reader.feed(element("p", words, title=words))
    assert [tag for tag, _ in reader.elements] == ["p"]
    assert "<" not in escape(words).replace("&lt;", "")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "http://",
        "http://[",
        "",
    ],
)
def test_only_addresses_of_the_web_are_linked_to(address: str) -> None:
    assert not is_web(address)


@pytest.mark.parametrize(
    "base",
    [
        "https://a.example/a b/",
        "https://a.example/%zz",
        'https://a.example/"',
        "https://a.example/?y=1",
        "ftp://a.example",
    ],
)
def test_a_site_lies_only_under_an_address_of_the_web(tmp_path: Path, site: Made, base: str) -> None:
    with pytest.raises(UsageError, match="is no address of a site"):
        publish(site.store, site.project, tmp_path / "out", base=base)
    assert not (tmp_path / "out").exists()


# Addresses


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",), exclude_characters="/#"), min_size=1),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=100)
def test_no_name_leads_out_of_the_site(parts: list[str]) -> None:
    document = document_of(f"{NAMESPACE}id/{'/'.join(parts)}")
    assert document is not None
    assert all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", part) for part in document.split("/"))


@given(st.text(min_size=1), st.text(min_size=1))
@settings(max_examples=60)
def test_no_two_names_share_a_page(one: str, other: str) -> None:
    documents = [document_of(f"{NAMESPACE}id/pact/{name}") for name in (one, other)]
    if "#" not in one + other and "/" not in one + other:
        try:
            assert (documents[0] == documents[1]) == (one == other)
        except UnicodeEncodeError:
            pytest.skip("a lone surrogate is in no IRI")


def test_what_is_not_ours_has_no_page() -> None:
    assert document_of("https://example.org/pact/x") is None
    assert document_of(f"{NAMESPACE}id//x") is None


def test_a_node_named_index_does_not_take_the_page_of_its_kind() -> None:
    assert document_of(f"{NAMESPACE}id/pact/index") == "id/pact/~69ndex"
    assert document_of(f"{NAMESPACE}id/pact/indexes") == "id/pact/indexes"


def test_terms_and_passages_stand_on_the_page_of_their_document() -> None:
    assert document_of(f"{ONTOLOGY}Pact") == "ontology"
    assert document_of(f"{NAMESPACE}id/source/a#char=1,2") == "id/source/a"


# The whole


def test_the_ontology_documents_every_term(site: Made) -> None:
    page = seen(site.folder / "ontology.html")
    ours = {
        t.subject.value.removeprefix(ONTOLOGY)
        for graph in site.store.graphs()
        for t in site.store.triples(graph)
        if t.predicate == RDFS.label and t.subject.value.startswith(ONTOLOGY)  # type: ignore[union-attr]
    }
    assert len(ours) > 300
    assert ours <= set(page.ids)


def test_a_term_tells_what_leads_to_it_and_which_shapes_constrain_it(site: Made) -> None:
    text = (site.folder / "ontology.html").read_text(encoding="utf-8")
    term = re.search('<article id="Pact" .*?</article>', text, re.DOTALL)
    assert term and 'href="#signedOn"' in term[0].replace("ontology.html", "")
    assert 'href="shapes.html#Pact"' in term[0] and "by 2 nodes" in term[0]
    assert (site.folder / "ontology" / "0.1.0.html").is_file()


def test_the_shapes_are_told_in_their_own_words(site: Made) -> None:
    message = "http://www.w3.org/ns/shacl#message"
    told = " ".join("".join(seen(site.folder / "shapes.html").text).split())
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
            if quad.predicate.value == message and isinstance(quad.subject, NamedNode):
                assert " ".join(quad.object.value.replace("`", "").split()) in told  # type: ignore[union-attr]


def test_the_search_index_has_every_name_and_its_page(site: Made) -> None:
    text = (site.folder / "search-index.js").read_text(encoding="utf-8")
    rows = json.loads(text.removeprefix("const names = ").removesuffix(";\n"))
    assert {"Ruritania"} & {name for _, name, _, _ in rows}
    assert all((site.folder / f"{document}.html").is_file() for document, *_ in rows)


def test_without_a_script_the_search_leads_to_all_names(site: Made) -> None:
    assert "names.html" in [known.get("href") for known in seen(site.folder / "search.html").tags("a")]
    rows = json.loads(
        (site.folder / "search-index.js").read_text(encoding="utf-8")[len("const names = ") : -2]
    )
    led = {file for _, file, _ in links(site.folder / "names.html")}
    assert {(site.folder / f"{document}.html").resolve() for document, *_ in rows} <= led


def test_void_counts_what_there_is(site: Made) -> None:
    said = {
        t.predicate.value: t.object.value
        for t in triples_of(site.folder / "void.ttl")
        if t.subject.value == f"{NAMESPACE}dataset"
    }  # type: ignore[union-attr]
    triples = {t for graph in site.store.graphs() for t in site.store.triples(graph)}
    assert said[f"{VOID}triples"] == str(len(triples))
    assert said[f"{VOID}distinctSubjects"] == str(len({t.subject for t in triples}))
    assert said[f"{VOID}classes"] == str(len({t.object for t in triples if t.predicate == RDF.type}))


def test_dcat_gives_every_dump_with_size_and_checksum(site: Made) -> None:
    said = triples_of(site.folder / "dcat.ttl")
    files = [t for t in said if t.predicate.value == f"{DCAT}downloadURL"]
    sizes = {t.subject: int(t.object.value) for t in said if t.predicate.value == f"{DCAT}byteSize"}  # type: ignore[union-attr]
    sums = {t.object.value for t in said if t.predicate.value.endswith("checksumValue")}  # type: ignore[union-attr]
    assert len(files) == 5
    for triple in files:
        content = (site.folder / triple.object.value.removeprefix(NAMESPACE)).read_bytes()  # type: ignore[union-attr]
        assert len(content) == sizes[triple.subject]
        assert hashlib.sha256(content).hexdigest() in sums


def data_on(page: Path) -> dict[str, object]:
    written = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8")
    )
    assert written
    found: dict[str, object] = json.loads(written[1])
    return found


def test_search_engines_find_the_data_on_the_front_page(tmp_path: Path, site: Made) -> None:
    (site.project.root / "LICENSE-data").write_text("SPDX-License-Identifier: CC0-1.0\n")
    try:
        publish(site.store, site.project, tmp_path / "out", base="https://example.org/pacts/")
    finally:
        (site.project.root / "LICENSE-data").unlink()
    said = data_on(tmp_path / "out" / "index.html")
    assert (said["@type"], said["@id"]) == ("Dataset", f"{NAMESPACE}dataset")
    assert len(str(said["description"])) >= 50
    assert said["license"] == "https://spdx.org/licenses/CC0-1.0"
    for file in said["distribution"]:  # type: ignore[attr-defined]
        content = (
            tmp_path / "out" / file["contentUrl"].removeprefix("https://example.org/pacts/")
        ).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_days_of_the_whole_are_those_of_the_data(site: Made) -> None:
    said = {t.predicate.value: t.object.value for t in triples_of(site.folder / "dcat.ttl")}  # type: ignore[union-attr]
    recorded = re.findall(r'recordedOn "([^"]*)"', (site.project.data / "authority" / "runs.ttl").read_text())
    assert said["http://purl.org/dc/terms/modified"] == said[f"{DCAT}version"] == max(recorded)
    assert data_on(site.folder / "index.html")["dateModified"] == max(recorded)


LICENCES = {
    "": None,
    "All rights reserved.": None,
    "SPDX-License-Identifier: CC0-1.0": ("CC0-1.0", "https://spdx.org/licenses/CC0-1.0"),
    "CC BY 4.0 <https://a.example/by/>.\nSPDX-License-Identifier: CC-BY-4.0": (
        "CC-BY-4.0",
        "https://a.example/by/",
    ),
    "See http://[, https://. and https://a.example/%zz": None,
    "See javascript:alert(1), then https://a.example/own.": ("its licence", "https://a.example/own"),
}


@pytest.mark.parametrize(("text", "expected"), LICENCES.items())
def test_the_licence_is_that_of_the_project(
    tmp_path: Path, text: str, expected: tuple[str, str] | None
) -> None:
    (tmp_path / "LICENSE-data").write_text(text)
    found = Project(tmp_path).licence
    assert (found and (found.name, found.address)) == expected


def test_a_project_that_names_no_licence_has_none(site: Made) -> None:
    assert site.project.licence is None
    for file in ("void.ttl", "dcat.ttl"):
        assert not [t for t in triples_of(site.folder / file) if t.predicate == DCTERMS.license]
    assert "license" not in data_on(site.folder / "index.html")
    assert not [
        known for known in seen(site.folder / "index.html").tags("a", "link") if "license" in str(known)
    ]


def test_the_dumps_hold_the_graph(site: Made) -> None:
    quads: set[Quad] = set(parse((site.folder / "dumps" / "all.nq").read_bytes(), format=RdfFormat.N_QUADS))
    held = {Quad(*t, graph) for graph in site.store.graphs() for t in site.store.triples(graph)}
    assert quads == held


def test_the_sitemap_has_every_page_under_the_base(tmp_path: Path, site: Made) -> None:
    publish(site.store, site.project, tmp_path / "out", base="https://example.org/pacts")
    text = (tmp_path / "out" / "sitemap.xml").read_text()
    told = set(re.findall("<loc>https://example.org/pacts/(.*?)</loc>", text))
    assert told == {
        page.relative_to(tmp_path / "out").as_posix() for page in (tmp_path / "out").rglob("*.html")
    } - {LOST}


def test_a_sitemap_that_is_too_long_for_one_file_is_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pactgraph.site.sitemap.MOST", 2)
    files = dict(sitemaps("https://example.org/", ["a", "b", "c/d~e", "ü"]))
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert b"<sitemap><loc>https://example.org/sitemap-2.xml</loc></sitemap>" in files["sitemap.xml"]
    told = re.findall(b"<url><loc>(.*?)</loc></url>", files["sitemap-1.xml"] + files["sitemap-2.xml"])
    assert told == [b"https://example.org/" + name + b".html" for name in (b"a", b"b", b"c/d~e", b"%C3%BC")]


def test_the_page_for_lost_addresses_works_under_any_of_them(tmp_path: Path, site: Made) -> None:
    publish(site.store, site.project, tmp_path / "out", base="https://example.org/pacts/")
    page = seen(tmp_path / "out" / LOST)
    addresses = [known["href"] or "" for known in page.tags("a", "link")]
    inside = [address for address in addresses if not address.startswith(("#", "https:"))]
    assert "/pacts/style.css" in inside and "/pacts/search.html" in inside
    assert all((tmp_path / "out" / address.removeprefix("/pacts/")).is_file() for address in inside)


# What a pact's page answers first


def told_in(page: Path, section: str) -> str:
    """The text of a part of a page."""
    text = page.read_text(encoding="utf-8")
    found = re.search(rf'<section><h2 id="{section}">.*?</section>', text, re.DOTALL)
    return " ".join(re.sub("<[^>]*>", " ", found[0]).split()) if found else ""


def test_a_pact_says_first_what_is_agreed_and_who_says_so_since_when(site: Made) -> None:
    page = site.folder / "id" / "pact" / "two-rivers.html"
    assert re.search(r"signed 10 May 2018 1 claim: \S.* May 2018", told_in(page, "short"))


def test_a_party_begins_with_its_pacts(site: Made) -> None:
    told = told_in(site.folder / "id" / "party" / "ruritania.html", "pacts")
    assert told.startswith("Pacts (2)") and "signed 10 May 2018" in told


def test_who_denies_a_thing_stands_right_below(site: Made) -> None:
    page = site.folder / "id" / "pact" / "ruritania-velmark.html"
    assert "stage none told as a fact" in told_in(page, "short")
    assert told_in(page, "conflicts") == (
        "Who says otherwise reached stage : text agreed denied by Velmark, 12 May 2018"
    )


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The site of a graph in which claims stand against each other."""
    folder = tmp_path_factory.mktemp("disputed")
    init(folder / "graph")
    source = folder / "graph" / "data" / "sources" / "strelsau-courier-2018-05-12.ttl"
    text = source.read_text(encoding="utf-8").replace("strelsau-courier-2018-05-12>", "evening-2018-05-13>")
    text = text.replace("courier.example", "evening.example").replace(
        "passage <#char=87,157>", "passage <#w>", 1
    )
    text += "<#w> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#q> .\n"
    text += '<#q> a oa:TextQuoteSelector ; oa:exact "Ruritania and Graustark" .\n'
    other = source.with_name("evening-2018-05-13.ttl")
    other.write_text(text.replace('"2018-05-10"', '"2018-05-11"'), encoding="utf-8")
    assert main(["format", "--project", str(folder / "graph")]) == FINE
    return made(Project(folder / "graph"), folder / "public")


def test_the_sides_of_a_conflict_are_headed_by_what_they_say(disputed: Made) -> None:
    pages = [p for p in (disputed.folder / "id" / "conflict").glob("*.html") if p.name != "index.html"]
    heads = [re.findall("<h3>(.*?)</h3>", page.read_text(encoding="utf-8")) for page in pages]
    assert {"10 May 2018", "11 May 2018"} in [set(each) for each in heads]
    page = disputed.folder / "id" / "pact" / "two-rivers.html"
    assert "disputed: 10 May 2018 or 11 May 2018" in told_in(page, "short")
    assert "10 May 2018 (1 source) against 11 May 2018" in told_in(page, "conflicts")


def test_findings_name_sources_by_their_titles(disputed: Made) -> None:
    pages = [page.read_text(encoding="utf-8") for page in (disputed.folder / "id" / "finding").glob("*.html")]
    heads = [head for page in pages for head in re.findall("<h1[^>]*>(.*?)</h1>", page)]
    title = "Ruritania and Graustark sign the Two Rivers Agreement"
    assert f"claim known by a locator only: {title}" in heads
    assert not [head for head in heads if "source:" in head]


# Links to sentences


def test_links_are_proved_against_the_texts(tmp_path: Path, site: Made) -> None:
    publish(site.store, site.project, tmp_path / "out", texts=site.project.root / "texts")
    told = [" ".join(seen(p).text) for p in sorted((tmp_path / "out" / "id" / "claim").glob("*.html"))]
    assert sum("proved to be the only one" in text for text in told) == len(told) - 1


def test_a_link_that_leads_elsewhere_by_now_opens_only_the_page(tmp_path: Path, site: Made) -> None:
    shutil.copytree(site.project.root / "texts", tmp_path / "texts")
    for path in (tmp_path / "texts").iterdir():
        path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    publish(site.store, site.project, tmp_path / "out", texts=tmp_path / "texts")
    for page in (tmp_path / "out" / "id" / "claim").glob("*.html"):
        assert not [known for known in seen(page).tags("a") if ":~:text" in (known.get("href") or "")]


# The folder


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path, site: Made) -> None:
    for seed, locale in (("1", "C"), ("2", "tr_TR.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": "Pacific/Kiritimati"}
        command = [
            "site",
            "--project",
            str(site.project.root),
            "--store",
            ":memory:",
            "-o",
            str(tmp_path / seed),
        ]
        subprocess.run(
            [sys.executable, "-m", "pactgraph", *command], env=environment, check=True, capture_output=True
        )
    assert tree(tmp_path / "1") == tree(tmp_path / "2") == tree(site.folder)


def test_a_site_is_replaced_whole(tmp_path: Path, site: Made) -> None:
    out = tmp_path / "out"
    publish(site.store, site.project, out)
    (out / "id" / "pact" / "gone.html").write_text("from before")
    publish(site.store, site.project, out)
    assert tree(out) == tree(site.folder)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_holds_anything_else_is_left_alone(tmp_path: Path, site: Made) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds something that is no site"):
        publish(site.store, site.project, tmp_path)
    with pytest.raises(UsageError, match="is a file"):
        publish(site.store, site.project, tmp_path / "thesis.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_site_that_fails_leaves_the_old_one(tmp_path: Path, site: Made) -> None:
    out = tmp_path / "out"
    publish(site.store, site.project, out)

    def stop(name: str, done: int, total: int) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        publish(site.store, site.project, out, progress=stop)
    assert tree(out) == tree(site.folder)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_graph_without_claims_has_a_site(tmp_path: Path) -> None:
    (tmp_path / "graph" / "data" / "sources").mkdir(parents=True)
    empty = made(Project(tmp_path / "graph"), tmp_path / "out")
    assert (empty.folder / "index.html").is_file() and (empty.folder / "ontology.html").is_file()
    assert not [a for page in empty.pages() for a, file, _ in links(page) if not file.is_file()]


def test_the_command_says_what_it_wrote(
    tmp_path: Path, site: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["site", "--project", str(site.project.root), "--store", ":memory:", "-o"]
    assert main([*given, str(tmp_path / "out")]) == FINE
    said = capsys.readouterr()
    assert said.out == "" and re.search(r"out: \d+ pages in \d+ files\.\n", said.err)
    assert main([*given, str(tmp_path / "out"), "--base", "not an address"]) == USAGE
    assert "no address of a site" in capsys.readouterr().err
    assert main([*given, str(tmp_path / "out"), "--texts", str(tmp_path / "none")]) == USAGE


# In a browser

HEADLESS = """
--headless=new --disable-gpu --no-sandbox --disable-dev-shm-usage --no-first-run --disable-background-networking
--disable-component-update --disable-sync
""".split()
"""Without a window; as root, in a container of little shared memory too; and it asks nothing of the network."""


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium without a window."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    from selenium.common.exceptions import WebDriverException

    programs = shutil.which("chromium"), shutil.which("chromedriver")
    if not all(programs):
        pytest.skip("chromium and chromedriver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = programs[0]
    for argument in HEADLESS:
        options.add_argument(argument)
    try:
        started = webdriver.Chrome(options=options, service=webdriver.ChromeService(programs[1]))
    except WebDriverException as error:
        pytest.skip(f"chromium does not start here: {error.msg}")
    with started as driver:
        driver.set_page_load_timeout(60)
        driver.set_script_timeout(60)
        yield driver


def axe() -> str:
    """axe-core, https://github.com/dequelabs/axe-core, where it is installed."""
    places = (os.environ.get("AXE_CORE", ""), ROOT / "node_modules" / "axe-core" / "axe.min.js")
    found = next((Path(place) for place in places if place and Path(place).is_file()), None)
    if found is None:
        pytest.skip(
            "axe-core is not installed: npm install --no-save axe-core, or name axe.min.js in AXE_CORE"
        )
    return found.read_text(encoding="utf-8")


def shown(driver: object, folder: Path, page: str, width: int, scheme: str = "light") -> None:
    command = driver.execute_cdp_cmd  # type: ignore[attr-defined]
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    command("Emulation.setDeviceMetricsOverride", size)
    command("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    driver.get((folder / page).as_uri())  # type: ignore[attr-defined]


def one_of_each(folder: Path) -> list[str]:
    """The pages about all, and one of each kind; that for lost addresses finds its style only where the site lies."""
    kinds = [sorted(each.rglob("*.html")) for each in sorted((folder / "id").iterdir())]
    whole = (page for page in folder.glob("*.html") if page.name != LOST)
    chosen = [*whole, *(page for pages in kinds for page in (pages[0], pages[-1]))]
    return sorted({page.relative_to(folder).as_posix() for page in chosen})


@pytest.mark.parametrize("width", [375, 1280])
def test_pages_pass_axe_at_both_widths_in_light_and_dark(site: Made, browser: object, width: int) -> None:
    script = axe()
    for page in one_of_each(site.folder):
        for scheme in ("light", "dark"):
            shown(browser, site.folder, page, width, scheme)
            browser.execute_script(script)  # type: ignore[attr-defined]
            run = (
                "const done = arguments[arguments.length - 1]; axe.run(document, {preload: false}).then(done)"
            )
            found = browser.execute_async_script(run)["violations"]  # type: ignore[attr-defined]
            assert not [(page, scheme, v["id"], v["nodes"][0]["html"]) for v in found]


@pytest.mark.parametrize("width", [375, 1280])
def test_no_page_is_wider_than_the_screen(site: Made, browser: object, width: int) -> None:
    for page in one_of_each(site.folder):
        shown(browser, site.folder, page, width)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, page  # type: ignore[attr-defined]


def test_the_search_finds_names_without_accents_from_a_file(site: Made, browser: object) -> None:
    shown(browser, site.folder, "search.html", 1280)
    search = (
        "query.value = arguments[0]; search(); return [...found.children].map((each) => each.textContent)"
    )
    assert browser.execute_script(search, "ruri")  # type: ignore[attr-defined]
    assert any("Ruritania" in found for found in browser.execute_script(search, "RÚRITANIA"))  # type: ignore[attr-defined]
    assert browser.execute_script(search, "nothing like this") == []  # type: ignore[attr-defined]
    kinds = [text.rpartition(" ")[2] for text in browser.execute_script(search, "ruritania")]  # type: ignore[attr-defined]
    assert "source" in kinds and kinds == sorted(kinds, key=lambda kind: kind == "source")
    assert not browser.get_log("browser")  # type: ignore[attr-defined]


LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesabkommen"
LENGTHEN = """
for (const place of document.querySelectorAll("h1, h2, h3, p, dd, dt, li, summary, tbody th, td, .tag, code"))
  if (getComputedStyle(place).whiteSpace !== "nowrap") (place.querySelector("a") || place).textContent = arguments[0];
return document.documentElement.scrollWidth;
"""


@pytest.mark.parametrize("width", [320, 768])
def test_names_of_one_long_word_make_no_page_wider(site: Made, browser: object, width: int) -> None:
    for page in ("index.html", "id/pact/two-rivers.html", "id/official/index.html", "dataset.html"):
        shown(browser, site.folder, page, width)
        assert browser.execute_script(LENGTHEN, LONG) <= width, page  # type: ignore[attr-defined]
