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
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from pactgraph.building import build
from pactgraph.cli import main
from pactgraph.curation import init
from pactgraph.errors import FINE, USAGE, UsageError
from pactgraph.project import Project
from pactgraph.site import ROOT as NAMESPACE
from pactgraph.site import publish
from pactgraph.site.addresses import document_of, is_web
from pactgraph.site.markup import element, escape
from pactgraph.store import Store, open_store
from pactgraph.vocabulary import INDEX, ONTOLOGY, RDF, RDFS

ROOT = Path(__file__).parents[1]
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
    """The IRIs of the graph that are ours to describe."""
    triples = [t for graph in store.graphs() - {INDEX} for t in store.triples(graph)]
    terms = {term for t in triples for term in (t.subject, t.object)}
    return {t for t in terms if isinstance(t, NamedNode) and t.value.startswith(f"{NAMESPACE}id/")}


def triples_of(path: Path) -> set[Triple]:
    form = RdfFormat.JSON_LD if path.suffix == ".jsonld" else RdfFormat.TURTLE
    return {quad.triple for quad in parse(path.read_bytes(), format=form)}


def test_every_iri_of_the_graph_has_a_page_its_turtle_and_its_json_ld(site: Made) -> None:
    documents = {document_of(node.value) for node in nodes(site.store)}
    assert len(documents) > 40
    for ending in ("html", "ttl", "jsonld"):
        assert not [d for d in documents if not (site.folder / f"{d}.{ending}").is_file()]


def test_the_data_of_a_page_is_what_the_graph_says_of_its_node(site: Made) -> None:
    for graph in site.store.graphs() - {INDEX}:
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
        if not known.scheme:
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
        assert not [known for known in reader.tags("script") if "src" not in known]
        policy = next(m["content"] for m in reader.tags("meta") if m.get("http-equiv"))
        assert policy and policy.startswith("default-src 'none'") and "unsafe" not in policy


def test_only_the_search_runs_a_script(site: Made) -> None:
    assert [page.name for page in site.pages() if seen(page).tags("script")] == ["search.html"]


def test_style_and_script_ask_for_nothing() -> None:
    for file in (ROOT / "src" / "pactgraph" / "site" / "static").iterdir():
        assert not re.search(r"https?:|@import|url\(|fetch|XMLHttp|eval|innerHTML", file.read_text())


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
        assert len(reader.ids) == len(set(reader.ids)), page
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


def test_the_shapes_are_told_in_their_own_words(site: Made) -> None:
    message = "http://www.w3.org/ns/shacl#message"
    told = " ".join(" ".join(seen(site.folder / "shapes.html").text).split())
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
            if quad.predicate.value == message and isinstance(quad.subject, NamedNode):
                assert " ".join(quad.object.value.split()) in told  # type: ignore[union-attr]


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
    triples = {t for graph in site.store.graphs() - {INDEX} for t in site.store.triples(graph)}
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
    }


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
    programs = shutil.which("chromium"), shutil.which("chromedriver")
    if not all(programs):
        pytest.skip("chromium and chromedriver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = programs[0]
    for argument in HEADLESS:
        options.add_argument(argument)
    with webdriver.Chrome(options=options, service=webdriver.ChromeService(programs[1])) as driver:
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
    """The pages about all, and one of each kind."""
    kinds = [sorted(each.glob("*.html")) for each in sorted((folder / "id").iterdir())]
    chosen = [*folder.glob("*.html"), *(page for pages in kinds for page in (pages[0], pages[-1]))]
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
    assert not browser.get_log("browser")  # type: ignore[attr-defined]
