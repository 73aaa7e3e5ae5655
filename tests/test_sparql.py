"""A query is judged before it is asked, asked where it can be stopped, and answered in the form one wants."""

from __future__ import annotations

import csv
import io
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, Store, parse_query_results

from pactgraph.errors import (
    BAD_INPUT,
    USAGE,
    BadInput,
    QueryRefused,
    QueryStopped,
    StoreError,
    SyntaxFault,
    UsageError,
)
from pactgraph.project import Project
from pactgraph.sparql import Result, check, list_queries, load, named, query, run, worker
from pactgraph.sparql.confinement import forbid_sockets
from pactgraph.store import LocalStore, writing
from pactgraph.vocabulary import ID, PACT, RDF, XSD, graph_iri

GRAPH = graph_iri("sources/one")
PACTS = [NamedNode(f"{ID}pact/p{number}") for number in range(3)]
TITLE = NamedNode("http://purl.org/dc/terms/title")


def quads() -> Iterator[Quad]:
    for number, pact in enumerate(PACTS):
        yield Quad(pact, RDF.type, PACT.Agreement, GRAPH)
        yield Quad(pact, TITLE, Literal(f'Pact, "{number}"', language="en"), GRAPH)


@pytest.fixture
def memory() -> LocalStore:
    store = LocalStore.in_memory()
    store.load(quads())
    return store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with writing(tmp_path / ".pactgraph") as generation:
        generation.store.load(quads())
    return tmp_path / ".pactgraph"


# The gate

FINE = [
    "SELECT ?service WHERE { ?service a pact:Agreement }",
    'SELECT ?s WHERE { ?s ?p "SERVICE <http://evil/> { LOAD }" }',
    "PREFIX service: <http://e/> SELECT ?s WHERE { ?s service:load service:SERVICE, :insert }",
    "# SERVICE\nSELECT ?s WHERE { ?s a <http://e/SERVICE> } # LOAD",
    "SELECT ?s WHERE { ?s ?p '''SERVICE\n'LOAD' ''' }",
    "SELECT ?s WHERE { ?s ?p ?o FILTER(?o < 3 && 4 > ?o) }",
    "SELECT ?s WHERE { ?s ?p ?o FILTER(?o<3) FILTER(<http://e/f>(?o, <http://e/g>)) }",
    "SELECT (COUNT(DISTINCT <http://e/f>) AS ?n) WHERE { ?s (<http://e/a>|^<http://e/b>)* ?o }",
    f"SELECT ?s FROM <{GRAPH.value}> FROM NAMED <{ID}graph/facts> WHERE {{ ?s ?p ?o }}",
    "ASK { ?s ?p ?o FILTER EXISTS { ?s a <http://e/x> } FILTER NOT EXISTS { ?o ?p ?s } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?load { ?s ?p ?o } VALUES (?s ?p) { (UNDEF <http://e/x>) } }",
    "SELECT * { VALUES (?s ?p) { (<http://e/x> <http://e/y>) ('x' <http://e/z>) } VALUES ?o { 1 <http://e/a> } }",
    "DESCRIBE <http://e/x>",
    "select ?s where { ?s a pact:Agreement } order by desc(?s) limit 1",
    "SELECT ?s WHERE { ?s ?p 'caf\\u00e9' }",
    "SELECT ?état WHERE { ?état ?p ?o }",
]


@pytest.mark.parametrize("text", FINE)
def test_a_harmless_query_passes(text: str) -> None:
    check(text)


def refusals(port: int = 9, path: str = "/etc/passwd") -> list[str]:
    evil = f"<http://127.0.0.1:{port}/>"
    return [
        f"SELECT * {{ SERVICE {evil} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SeRvIcE SILENT {evil} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICESILENT {evil} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE#comment\n{evil} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p 1SERVICE {evil} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p 'x'@en.SERVICE {evil} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ \\u0053ERVICE {evil} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ \\U00000053ERVICE {evil} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ # \\u000a SERVICE {evil} {{ ?s ?p ?o }}\n }}",
        f'SELECT * {{ ?s ?p "a\\u0022 . SERVICE {evil} {{ ?s ?p ?o }} . ?s ?p \\u0022b" }}',
        f"SELECT * {{ FILTER(1<2)SERVICE#>\n{evil} {{ ?s ?p ?o }} }}",
        f"PREFIX b: <http://b/> SELECT * {{ ?a ?p ?o FILTER(?a<b:c)SERVICE#>\n{evil} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ {{ SELECT * {{ SERVICE ?x {{ ?s ?p ?o }} }} }} VALUES ?x {{ {evil} }} }}",
        f"SELECT * {{ VALUES ?x {{ 1 }} FILTER(1<2)SERVICE#>\n{evil} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ FILTER(EXISTS {{ ?s ?p ?o }}||1<2)SERVICE#>\n{evil} {{ ?s ?p ?o }} }}",
        f"LOAD {evil}",
        f"LOAD <file://{path}> INTO GRAPH <http://e/g>",
        "INSERT DATA { <http://e/a> <http://e/b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "WITH <http://e/g> DELETE { ?s ?p ?o } USING <http://e/g> WHERE { ?s ?p ?o }",
        "DROP ALL",
        "CLEAR DEFAULT",
        "CREATE GRAPH <http://e/g>",
        "COPY DEFAULT TO <http://e/g>",
        "MOVE DEFAULT TO <http://e/g>",
        "ADD DEFAULT TO <http://e/g>",
        f"SELECT * FROM {evil} {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED {evil} {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <file://{path}> {{ ?s ?p ?o }}",
        f"SELECT * FrOm/**/<file://{path}> {{ ?s ?p ?o }}",
        "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
        "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
        f"SELECT * FROM <{ID}graph/../../../../x> {{ ?s ?p ?o }}",
        f"SELECT * FROM <{ID}graph/\\u002e\\u002e/x> {{ ?s ?p ?o }}",
        "DEFINE get:soft 'replace' SELECT * { ?s ?p ?o }",
    ]


@pytest.mark.parametrize("text", refusals())
def test_a_query_that_reaches_out_is_refused_with_its_place(text: str) -> None:
    with pytest.raises((QueryRefused, SyntaxFault)) as caught:
        check(text)
    assert caught.value.exit_code == BAD_INPUT
    assert caught.value.line is not None and caught.value.column is not None


def test_a_refusal_names_line_and_column_of_the_query_as_written() -> None:
    with pytest.raises(QueryRefused) as caught:
        check("SELECT *\n{ ?s ?p '\\u00e9' . Service <http://e/> {} }")
    assert (caught.value.line, caught.value.column) == (2, 20)
    assert str(caught.value).startswith("query:2:20: SERVICE would ask another server")


BOMBS: dict[str, Callable[[int], str]] = {
    "braces": lambda n: "SELECT * " + "{" * n + "}" * n,
    "parentheses": lambda n: "SELECT * { FILTER" + "(" * n + "1" + ")" * n + "}",
    "brackets": lambda n: "SELECT * { ?s ?p " + "[ ?p " * n + "1" + "]" * n + "}",
    "triple terms": lambda n: "SELECT * { ?s ?p " + "<<( ?s ?p " * n + "1" + " )>>" * n + "}",
    "negations": lambda n: "SELECT * { FILTER(" + "!" * n + "true) }",
    "path": lambda n: "SELECT * { ?s " + "/".join(["a"] * n) + " ?o }",
    "alternatives": lambda n: "SELECT * { ?s " + "|".join(["a"] * n) + " ?o }",
    "inverses": lambda n: "SELECT * { ?s " + "^" * n + "a ?o }",
    "sums": lambda n: "SELECT * { FILTER(" + "+".join(["1"] * n) + ") }",
    "disjunctions": lambda n: "SELECT * { FILTER(" + "||".join(["1"] * n) + ") }",
    "optionals": lambda n: "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * n + "}",
    "unions": lambda n: "SELECT * { " + " UNION ".join(["{}"] * n) + "}",
    "filters": lambda n: "SELECT * { " + "FILTER(1)" * n + "}",
    "patterns": lambda n: "SELECT * { " + "?s ?p ?o . " * n + "}",
}


@pytest.mark.parametrize("size", [2_200, 11_000, 110_000])
@pytest.mark.parametrize("name", BOMBS)
def test_a_query_that_breaks_the_engine_is_refused_in_a_moment(name: str, size: int) -> None:
    text, start = BOMBS[name](size), time.perf_counter()
    with pytest.raises(QueryRefused, match="too large|at most 16,384"):
        check(text)
    assert time.perf_counter() - start < 0.5


@settings(deadline=None, max_examples=20)
@given(st.sampled_from(sorted(BOMBS)), st.integers(2, 600))
def test_what_the_gate_lets_through_does_not_break_the_engine(name: str, size: int) -> None:
    text = BOMBS[name](size)
    try:
        check(text)
    except QueryRefused:
        return
    try:
        run(LocalStore.in_memory(), text, timeout_seconds=0.5)
    except QueryStopped as error:
        assert "stopped after" in str(error)
    except SyntaxFault:
        pass


PIECES = (
    [
        " ",
        "\n",
        "#",
        "#>\n",
        "{",
        "}",
        "(",
        ")",
        "<",
        ">",
        "<b:c>",
        "<2)SERVICE#>",
        "'",
        '"',
        "'''",
        '"""',
        "\\",
        ".",
    ]
    + [
        "SERVICE",
        "service:x",
        "?service",
        "'SERVICE'",
        "<http://e/>",
        "FILTER",
        "SELECT",
        "*",
        "?x",
        "1",
        "1.",
        "true",
    ]
    + [
        "\\u0053ERVICE",
        "\\u0022",
        "\\u0027",
        "\\u003e",
        "\\u000a",
        "@en",
        "^^",
        "a",
        "b:c",
        "_:b",
        "[",
        "]",
        "<<(",
        ")>>",
    ]
    + [
        "BIND",
        "IN",
        "DISTINCT",
        ",",
        "=",
        "&&",
        "?",
        "$",
        "é",
        "\u00b7",
        "\u2040",
        "%41",
        "\\-",
        "-",
        "VALUES",
    ]
)


FRAGMENTS = (
    [*PIECES, "FILTER(1<2)", "FILTER(?x<b:c)", "FILTER(b:c(1,?x<2", "BIND(1<2 AS ?y)", "?x b:c (?x <b:c>)"]
    + [
        "?x b:c 'x' .",
        "?x b:c '''x''' ;",
        "?x (<b:c>|^b:c)? ?y .",
        "VALUES ?z { <b:c> }",
        "OPTIONAL { ?x b:c",
    ]
    + [
        "?x b:c 1",
        "FILTER(EXISTS{?x ?y ?z}&&1<2",
        "?x b:c [ b:c (1",
        "FILTER(true<b:c)",
        "{ SELECT (1<2 AS ?y) {",
    ]
)
NEXT_LINE = "SERVICE#>\n<http://127.0.0.1:9/>"


def parses(text: str) -> bool:
    try:
        with suppress(RuntimeError):  # a function it does not know, in a query that parses
            Store().query(text)
    except SyntaxError:
        return False
    return True


@settings(deadline=None, max_examples=3000)
@given(
    st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join),
    st.sampled_from(["SERVICE <http://127.0.0.1:9/>", "SERVICE?x", NEXT_LINE]),
    st.lists(st.sampled_from(["}", ")", "]", " "]), max_size=3).map("".join),
)
@example("FILTER(1<2)", NEXT_LINE, "")
@example("?x b:c (?x <b:c'''>) . FILTER(1<2)", NEXT_LINE, "")
@example("VALUES (?x ?y) { (1 <b:c'''>) } FILTER(1<2)", NEXT_LINE, "")
def test_no_text_hides_a_service_from_the_gate(noise: str, service: str, end: str) -> None:
    """Where the engine reads SERVICE as a word (another word there does not parse), the gate has refused it."""
    text = f"PREFIX b: <http://b/> SELECT * {{ {noise}{service} {{ ?s ?p ?o }} {end} }}"
    if parses(text) and not parses(text.replace("SERVICE", "XSERVICEX")):
        with pytest.raises(BadInput):
            check(text)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES)).map("".join))
def test_the_gate_has_no_other_end_than_pass_or_refuse(text: str) -> None:
    try:
        check(text)
    except BadInput as error:
        assert error.exit_code == BAD_INPUT and str(error)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server on loopback that notes who connects."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        done = threading.Event()

        def accept() -> None:
            while not done.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                calls.append(address)
                connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1], calls
        done.set()
        thread.join()


SEEN: list[str] = []
"""What Python opened while `watching` is set; an audit hook stays for the life of the process."""

watching = threading.Event()


def note(event: str, args: tuple[object, ...]) -> None:
    if watching.is_set() and (event == "open" or event.startswith(("socket.connect", "os.fork"))):
        SEEN.append(f"{event} {args[0] if args else ''}")


sys.addaudithook(note)


def test_a_refused_query_opens_no_socket_and_no_file(
    listener: tuple[int, list[object]], tmp_path: Path, memory: LocalStore
) -> None:
    port, calls = listener
    secret = tmp_path / "secret.ttl"
    secret.write_text("<http://e/a> <http://e/b> 1 .")
    SEEN.clear()
    watching.set()
    try:
        for text in refusals(port, str(secret)):
            with pytest.raises(BadInput):
                query(memory, text)
    finally:
        watching.clear()
    time.sleep(0.1)
    assert (calls, SEEN) == ([], [])


def test_behind_the_gate_the_worker_opens_no_socket(
    listener: tuple[int, list[object]], memory: LocalStore
) -> None:
    port, calls = listener
    with pytest.raises(BadInput):
        run(memory, f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
    time.sleep(0.1)
    if sys.platform == "linux":
        assert calls == []


def test_a_confined_process_opens_no_socket() -> None:
    code = (
        "from pactgraph.sparql.confinement import *; import socket; print(forbid_sockets()); socket.socket()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.stdout.strip() != "True":
        pytest.skip("this system has no seccomp filters")
    assert "Operation not permitted" in done.stderr


def test_an_unknown_machine_is_not_confined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "vax")
    assert forbid_sockets() is False


# The worker


@pytest.mark.parametrize("where", ["memory", "folder", "path", "project", "open"])
def test_every_kind_of_store_is_asked(where: str, memory: LocalStore, folder: Path) -> None:
    from pactgraph.store import open_store

    place = {
        "memory": memory,
        "folder": folder,
        "path": str(folder),
        "project": Project(folder.parent),
        "open": open_store(folder),
    }[where]
    result = query(place, "SELECT ?pact WHERE { ?pact a pact:Agreement } ORDER BY ?pact")  # type: ignore[arg-type]
    assert [row[0] for row in result] == PACTS


def test_a_parameter_is_bound_in_the_worker(folder: Path) -> None:
    result = query(folder, "SELECT ?title WHERE { ?pact dcterms:title ?title }", params={"pact": PACTS[1]})
    assert list(result) == [(Literal('Pact, "1"', language="en"),)]


THREE_WAYS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize("on_disk", [True, False])
def test_a_timeout_really_stops_the_query(tmp_path: Path, on_disk: bool) -> None:
    with writing(tmp_path / "store" if on_disk else LocalStore.in_memory()) as generation:
        store = generation.store
        store.load(Quad(PACTS[0], TITLE, Literal(number), GRAPH) for number in range(3000))
    start, before = time.monotonic(), children()
    with pytest.raises(QueryStopped, match=r"stopped after 0\.5 s") as caught:
        query(tmp_path / "store" if on_disk else store, THREE_WAYS, timeout=0.5)
    assert time.monotonic() - start < 1.5
    assert caught.value.exit_code == BAD_INPUT
    assert children() <= before


def children() -> set[str]:
    """The processes that this one has started and that are still there, as Linux lists them."""
    return {pid for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()}


def test_a_crash_of_the_engine_is_one_error(memory: LocalStore) -> None:
    with pytest.raises(QueryStopped, match="broke the engine"):
        run(memory, "SELECT * " + "{" * 100_000 + "}" * 100_000, {}, 10)
    assert query(memory, "ASK { ?s a pact:Agreement }")


def test_a_query_that_wants_too_much_memory_is_one_error(
    memory: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "MEMORY", 64 * 1024**2)
    memory.replace(
        graph_iri("many"), (q.triple for q in (Quad(PACTS[0], TITLE, Literal(n)) for n in range(3000)))
    )
    with pytest.raises(QueryStopped, match="too much memory"):
        query(memory, "SELECT DISTINCT ?c ?f WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c", timeout=20)


def test_processor_time_is_limited_too(memory: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "ceil", lambda seconds: 0)
    memory.load(Quad(PACTS[0], TITLE, Literal(number), GRAPH) for number in range(3000))
    with pytest.raises(QueryStopped, match="stopped after 20 s"):
        query(memory, THREE_WAYS, timeout=20)


def test_errors_come_back_from_the_worker(memory: LocalStore, tmp_path: Path) -> None:
    with pytest.raises(SyntaxFault) as caught:
        query(memory, "SELECT ?s\nWHERE { ?s ?p }")
    assert (caught.value.line, caught.value.column) == (2, 16)
    with pytest.raises(StoreError, match="pactgraph build"):
        query(tmp_path, "ASK {}")
    with pytest.raises(UsageError, match="no variable"):
        query(memory, "ASK {}", params={"x": PACTS[0]})
    with pytest.raises(BadInput, match="query: .*function <http://e/f> is not supported"):
        query(memory, "SELECT (<http://e/f>(1) AS ?x) {}")
    with pytest.raises(UsageError, match="timeout"):
        query(memory, "ASK {}", timeout=0)


def test_asking_imports_nothing_heavy(folder: Path) -> None:
    code = (
        "import sys; from pactgraph.sparql import query; "
        f"query({str(folder)!r}, 'SELECT ?s WHERE {{ ?s ?p ?o }}').write('csv'); "
        "print(sorted({'rdflib', 'pyshacl', 'requests', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# Results

ROWS = "SELECT ?pact ?title WHERE { ?pact dcterms:title ?title } ORDER BY ?pact"


def test_a_table_shortens_iris_and_counts(memory: LocalStore) -> None:
    text = query(memory, ROWS).write("table", width=80).decode()
    assert "pactid:p0" in text and 'Pact, "0"' in text and text.endswith("3 rows\n")
    assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize("width", [20, 40, 200])
def test_a_table_fits_the_terminal_and_loses_nothing(memory: LocalStore, width: int) -> None:
    memory.replace(GRAPH, [Quad(PACTS[0], TITLE, Literal("word " * 40 + "[red]end[/red]")).triple])
    text = query(memory, ROWS).write("table", width=width).decode()
    too_long = [line for line in text.splitlines() if len(line) > width]
    assert all(len(line.split()[-1]) >= width - len("title  ") for line in too_long), (
        "only a word that is too long"
    )
    assert text.count("word") == 40 and "[red]end[/red]" in text


def test_a_table_is_not_steered_by_the_data(memory: LocalStore) -> None:
    memory.replace(GRAPH, [Quad(PACTS[0], TITLE, Literal("\x1b[2Jgone\u202e")).triple])
    text = query(memory, ROWS).write("table", width=80).decode()
    assert "\x1b" not in text and "\u202e" not in text and "gone" in text


def test_csv_and_tsv_follow_the_recommendation(memory: LocalStore) -> None:
    """https://www.w3.org/TR/sparql11-results-csv-tsv/"""
    result = query(memory, ROWS)
    assert list(csv.reader(io.StringIO(result.write("csv").decode())))[:2] == [
        ["pact", "title"],
        [PACTS[0].value, 'Pact, "0"'],
    ]
    assert result.write("csv").startswith(b"pact,title\r\n")
    assert result.write("tsv").decode().splitlines()[1] == f'<{PACTS[0].value}>\t"Pact, \\"0\\""@en'


@pytest.mark.parametrize(
    ("form", "format"), [("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)]
)
def test_json_and_xml_are_read_back(memory: LocalStore, form: str, format: QueryResultsFormat) -> None:
    result = query(memory, ROWS)
    back = parse_query_results(result.write(form), format=format)
    assert [(row["pact"], row["title"]) for row in back] == list(result)  # type: ignore[union-attr]


def test_ask_is_a_truth(memory: LocalStore) -> None:
    yes, no = query(memory, "ASK { ?s a pact:Agreement }"), query(memory, "ASK { ?s a pact:Compact }")
    assert (bool(yes), bool(no), yes.kind, list(yes), yes.columns) == (True, False, "truth", [], ())
    assert (yes.write("table"), no.write("table")) == (b"yes\n", b"no\n")
    assert json.loads(yes.write("json"))["boolean"] is True


def test_construct_and_describe_are_triples(memory: LocalStore) -> None:
    for text in ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", f"DESCRIBE <{PACTS[0].value}>"):
        result = query(memory, text)
        assert set(result.triples()) <= {quad.triple for quad in quads()} and result
        lines = result.write("nt").decode().splitlines()
        assert lines == sorted(set(lines)) and len(lines) == len(list(result))
        assert b"@prefix dcterms: " in result.write("ttl")
        assert "triples" in result.write("table").decode()


def test_triples_with_blank_nodes_are_written_as_turtle(memory: LocalStore) -> None:
    result = query(memory, "CONSTRUCT { [] dcterms:title ?o } WHERE { ?s dcterms:title ?o }")
    assert result.write("ttl").count(b"_:") == 3


def test_an_empty_answer_is_false_and_says_so(memory: LocalStore) -> None:
    result = query(memory, "SELECT ?s WHERE { ?s a pact:Compact }")
    assert not result and result.write("table", width=40).decode().splitlines()[-1] == "0 rows"


@pytest.mark.parametrize(
    ("text", "form", "fitting"),
    [
        (ROWS, "ttl", "table, csv, tsv, json, xml"),
        ("ASK {}", "nt", "table, csv, tsv, json, xml"),
        ("DESCRIBE <http://e/x>", "csv", "table, ttl, nt"),
    ],
)
def test_a_form_that_does_not_fit_names_those_that_do(
    memory: LocalStore, text: str, form: str, fitting: str
) -> None:
    with pytest.raises(UsageError, match=fitting) as caught:
        query(memory, text).write(form)
    assert caught.value.exit_code == USAGE


def test_an_unbound_variable_is_an_empty_cell() -> None:
    result = Result(
        "rows", b'{"head":{"vars":["a","b"]},"results":{"bindings":[{"a":{"type":"literal","value":"1"}}]}}'
    )
    assert list(result) == [(Literal("1"), None)]
    assert result.write("csv") == b"a,b\r\n1,\r\n"


# Named queries

HEADER = """# title: Who signed
# answers: Each signature.
# answers: With its source.
# param: pact iri – the pact
# param: since date – signed on this day or later = 2023-01-01
# param: count integer = 5
# param: word string - part of the title = a = b
SELECT ?title WHERE { ?pact dcterms:title ?title }
"""


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    (tmp_path / "signed.rq").write_text(HEADER, encoding="utf-8")
    (tmp_path / "all.rq").write_text("# title: All\nASK {}\n# param: late iri\n", encoding="utf-8")
    return sorted(tmp_path.glob("*.rq"))


def test_a_header_is_read(paths: list[Path]) -> None:
    found = load("signed", paths)
    assert (found.title, found.answers) == ("Who signed", "Each signature. With its source.")
    assert [(p.name, p.type, p.meaning, p.default) for p in found.parameters] == [
        ("pact", "iri", "the pact", None),
        ("since", "date", "signed on this day or later", "2023-01-01"),
        ("count", "integer", "", "5"),
        ("word", "string", "part of the title", "a = b"),
    ]
    assert [each.name for each in list_queries(paths)] == ["all", "signed"]
    assert load("all", paths).parameters == ()


def test_parameters_become_terms_of_their_type(paths: list[Path]) -> None:
    assert named.bind(load("signed", paths), {"pact": "pactid:p1", "count": " 07 "}) == {
        "pact": PACTS[1],
        "since": Literal("2023-01-01", datatype=XSD.date),
        "count": Literal("7", datatype=XSD.integer),
        "word": Literal("a = b"),
    }
    assert named.bind(load("signed", paths), {"pact": "<http://e/x>"})["pact"] == NamedNode("http://e/x")


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({}, "signed needs pact"),
        ({"pact": "pactid:p1", "pcat": "x"}, "no parameter pcat"),
        ({"pact": "no iri"}, "pact is no iri: no iri"),
        ({"pact": "x> } #"}, "pact is no iri"),
        ({"pact": "pactid:p1", "since": "yesterday"}, "since is no date: yesterday"),
        ({"pact": "pactid:p1", "count": "1.5"}, "count is no integer"),
    ],
)
def test_a_parameter_that_is_off_lists_them_all(
    paths: list[Path], given_: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        named.bind(load("signed", paths), given_)
    assert "pact=iri – the pact" in str(caught.value) and "since=date" in str(caught.value)


def test_an_unknown_name_lists_those_there_are(paths: list[Path]) -> None:
    with pytest.raises(UsageError, match="no named query x; there are: all, signed"):
        load("x", paths)


@pytest.mark.parametrize(
    ("header", "line"), [("SELECT", 1), ("# title: a\n# param: x float", 2), ("# title: a\n# param: x", 2)]
)
def test_a_header_that_is_off_has_a_line(tmp_path: Path, header: str, line: int) -> None:
    (tmp_path / "bad.rq").write_text(header)
    with pytest.raises(BadInput) as caught:
        named.read(tmp_path / "bad.rq")
    assert caught.value.line == line


def test_every_shipped_query_is_well_formed() -> None:
    for found in list_queries(Project(Path("nowhere")).queries()):
        check(found.text)
        values = {"iri": PACTS[0].value, "string": "a", "date": "2024-01-01", "integer": "1"}
        params = named.bind(found, {parameter.name: values[parameter.type] for parameter in found.parameters})
        query(LocalStore.in_memory(), found.text, params=params)
