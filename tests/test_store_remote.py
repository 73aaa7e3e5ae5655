"""The same store on a SPARQL 1.1 server: Oxigraph's own, and Virtuoso 7 where it is installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests
from pyoxigraph import Literal, NamedNode, Quad, Triple

from pactgraph.errors import QueryStopped, StoreError, SyntaxFault, UsageError
from pactgraph.sparql import query
from pactgraph.store import Store, open_store, writing
from pactgraph.store.endpoints import PASSWORD, USER, Endpoints, endpoints, oxigraph
from pactgraph.vocabulary import EDTF, XSD, graph_iri

ONE, TWO = graph_iri("sources/one"), graph_iri("sources/two")
SUBJECT, SAYS = NamedNode("http://example.org/a"), NamedNode("http://example.org/says")
VALUES: list[Literal | NamedNode] = [
    Literal("plain"),
    Literal('quote " backslash \\ tab\t line\nend', language="en"),
    Literal("Україна 😀"),
    Literal("2024-05/2024-06", datatype=EDTF),
    Literal("2024-05-01", datatype=XSD.date),
    Literal("7", datatype=XSD.integer),
    NamedNode("http://example.org/x?y=1&z=%20#char=1,2"),
]
TRIPLES = [Triple(SUBJECT, SAYS, value) for value in VALUES]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: list[str], address: str, folder: Path, seconds: float) -> Iterator[str]:
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(server, address, time.monotonic() + seconds)
            yield address
        finally:
            server.kill()


def _wait(server: subprocess.Popen[bytes], address: str, deadline: float) -> None:
    while time.monotonic() < deadline and server.poll() is None:
        try:
            requests.get(address, timeout=2).close()
            return
        except requests.ConnectionError:
            time.sleep(0.05)
    pytest.skip(f"the server did not start at {address}")


@pytest.fixture(scope="module")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = Path(sys.executable).with_name("oxigraph")
    command = str(program) if program.exists() else shutil.which("oxigraph")
    if command is None:
        pytest.skip("the oxigraph server is not installed (package oxigraph)")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with served(
        [command, "serve", "--bind", f"127.0.0.1:{port}"], address, tmp_path_factory.mktemp("oxigraph"), 10
    ) as up:
        yield up


VIRTUOSO_INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryCostEstimationTime = 4000
"""


@pytest.fixture(scope="module")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if shutil.which("virtuoso-t") is None:
        pytest.skip("Virtuoso 7 is not installed (Debian package virtuoso-opensource-7)")
    folder, http = tmp_path_factory.mktemp("virtuoso"), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=free_port(), http=http))
    command = ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
    with served(command, f"http://127.0.0.1:{http}", folder, 90) as up:
        yield up


@pytest.fixture(params=["oxigraph_server", "virtuoso_server"])
def address(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    location: str = request.getfixturevalue(request.param)
    if request.param == "virtuoso_server":
        monkeypatch.setenv(USER, "dba")
        monkeypatch.setenv(PASSWORD, "dba")
    store = open_store(location)
    for graph in store.graphs():
        store.remove(graph)
    yield location


@pytest.fixture
def store(address: str) -> Store:
    return open_store(address)


def test_a_graph_is_replaced_whole_and_read_back_exactly(store: Store) -> None:
    store.replace(ONE, [Triple(SUBJECT, SAYS, Literal("before"))])
    store.replace(ONE, TRIPLES)
    assert set(store.triples(ONE)) == set(TRIPLES)
    assert (store.graphs(), len(store)) == ({ONE}, len(TRIPLES))


def test_a_graph_is_removed(store: Store) -> None:
    store.replace(ONE, TRIPLES)
    store.replace(TWO, TRIPLES[:1])
    store.remove(ONE)
    store.remove(ONE)
    assert list(store.triples(ONE)) == [] and list(store.triples()) == TRIPLES[:1]
    store.replace(TWO, [])
    assert store.graphs() == set()


def test_many_quads_are_loaded(store: Store) -> None:
    numbers = [Quad(SUBJECT, SAYS, Literal(str(n)), ONE if n % 2 else TWO) for n in range(2000)]
    store.load(numbers)
    assert (len(store), store.graphs()) == (2000, {ONE, TWO})


def test_the_default_graph_is_the_union(store: Store) -> None:
    store.replace(ONE, TRIPLES[:1])
    store.replace(TWO, TRIPLES[2:3])
    rows = store.query("SELECT ?o WHERE { <http://example.org/a> ?p ?o }")
    assert {row["o"] for row in rows} == {VALUES[0], VALUES[2]}  # type: ignore[union-attr]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_a_parameter_is_bound_and_not_pasted(store: Store, value: Literal | NamedNode) -> None:
    store.replace(ONE, TRIPLES)
    text = "SELECT ?x ?s WHERE { { SELECT ?s WHERE { ?s ?p ?o FILTER(?o = ?x) } } }"
    assert [tuple(row) for row in store.query(text, {"x": value})] == [(value, SUBJECT)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ['" } } DROP ALL #', "' } ; CLEAR ALL #", "\\\"'''", "} SERVICE <http://127.0.0.1:9/> {"]
)
def test_a_hostile_parameter_is_only_a_value(store: Store, text: str) -> None:
    store.replace(ONE, [*TRIPLES, Triple(SUBJECT, SAYS, Literal(text))])
    assert bool(store.query("ASK { ?s ?p ?x }", {"x": Literal(text)}))
    assert len(store) == len(TRIPLES) + 1


def test_every_form_of_query_is_answered(store: Store) -> None:
    store.replace(ONE, TRIPLES)
    assert bool(store.query("ASK { ?s ?p ?x }", {"x": VALUES[0]}))
    assert not bool(store.query("ASK { ?s ?p ?x }", {"x": Literal("none")}))
    made = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?s = ?x) }", {"x": SUBJECT})
    assert set(made) == set(TRIPLES)  # type: ignore[arg-type]
    rows = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?x ?p ?o }", {"x": SUBJECT})
    assert [row["n"].value for row in rows] == [str(len(TRIPLES))]  # type: ignore[union-attr]


def test_a_description_is_answered(oxigraph_server: str) -> None:
    store = open_store(oxigraph_server)
    store.replace(ONE, TRIPLES)
    assert set(store.query("DESCRIBE <http://example.org/a>")) == set(TRIPLES)  # type: ignore[arg-type]


def test_a_syntax_error_has_a_line_and_a_column(store: Store) -> None:
    with pytest.raises(SyntaxFault) as caught:
        store.query("SELECT ?s\nWHERE { ?s foo:x ?o }")
    assert caught.value.line == 2


def test_our_prefixes_need_no_declaration_and_may_have_one(store: Store) -> None:
    store.replace(ONE, TRIPLES)
    text = "ASK { ?s ?p ?o FILTER(DATATYPE(?o) = xsd:date) }"
    assert bool(store.query(text))
    assert bool(store.query("PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n" + text))


def test_the_graphs_of_others_are_left_alone(store: Store) -> None:
    others = NamedNode("http://example.org/graph")
    with pytest.raises(UsageError, match="Only graphs under"):
        store.replace(others, TRIPLES)
    with pytest.raises(UsageError, match="Only graphs under"):
        store.remove(others)
    with pytest.raises(UsageError, match="Only graphs under"):
        store.load([Quad(SUBJECT, SAYS, VALUES[0], others)])


def test_the_worker_asks_the_server(address: str) -> None:
    open_store(address).replace(ONE, TRIPLES)
    result = query(address, "SELECT ?o WHERE { ?x ?p ?o }", params={"x": SUBJECT})
    assert {row[0] for row in result} == set(VALUES)
    again = query(open_store(address), "ASK { ?s ?p ?o }")
    assert again.write("table") == b"yes\n"


def test_the_worker_stops_waiting_for_the_server(address: str) -> None:
    many = [Triple(SUBJECT, SAYS, Literal(str(n))) for n in range(3000)]
    open_store(address).replace(ONE, many)
    start = time.monotonic()
    with pytest.raises(QueryStopped, match="stopped after 1 s"):
        query(
            address,
            "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . BIND(CONCAT(?c, ?f) AS ?x) }",
            timeout=1,
        )
    assert time.monotonic() - start < 3


def test_a_build_writes_to_the_server(address: str) -> None:
    with writing(address) as generation:
        generation.store.replace(ONE, TRIPLES)
    assert generation.before == {} and len(open_store(address)) == len(TRIPLES)


# Addresses and refusals


def test_the_endpoints_are_found_whatever_part_of_them_is_given(oxigraph_server: str) -> None:
    for given in (oxigraph_server, oxigraph_server + "/", oxigraph_server + "/query"):
        assert endpoints(given) == oxigraph(oxigraph_server)


def test_endpoints_may_be_given(oxigraph_server: str) -> None:
    base = oxigraph_server
    location = f"query={base}/query?union-default-graph,update={base}/update,data={base}/store"
    assert endpoints(location) == Endpoints(
        f"{base}/query?union-default-graph", f"{base}/update", f"{base}/store"
    )
    store = open_store(location)
    store.load([Quad(SUBJECT, SAYS, VALUES[0], ONE), Quad(SUBJECT, SAYS, VALUES[0], TWO)])
    assert store.graphs() >= {ONE, TWO}


@pytest.mark.parametrize(
    "location", ["query=http://a", "query=a,update=b,data=c", "query=http://a,update=http://b,x=http://c"]
)
def test_endpoints_given_in_part_are_refused(location: str) -> None:
    with pytest.raises(UsageError, match="query=URL,update=URL,data=URL"):
        endpoints(location)


def test_no_server_says_what_was_tried() -> None:
    location = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(StoreError, match="no SPARQL 1.1 server answers here") as caught:
        open_store(location)
    assert f"{location}/query" in str(caught.value) and f"{location}/sparql" in str(caught.value)


def test_a_password_does_not_stand_in_the_address() -> None:
    with pytest.raises(UsageError, match=USER):
        open_store("http://me:secret@localhost:1/")


def test_a_wrong_password_says_what_to_set(virtuoso_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(USER, raising=False)
    with pytest.raises(StoreError, match=PASSWORD):
        open_store(virtuoso_server).replace(ONE, TRIPLES)


def test_an_answer_the_server_cut_is_an_error(virtuoso_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "dba")
    monkeypatch.setenv(PASSWORD, "dba")
    store = open_store(virtuoso_server)
    store.replace(ONE, [Triple(SUBJECT, SAYS, Literal(str(number))) for number in range(11_000)])
    with pytest.raises(StoreError, match="cut the answer at 10000"):
        store.query("SELECT ?o WHERE { ?s ?p ?o }")
    with pytest.raises(StoreError, match="cut the answer at"):
        list(store.triples(ONE))
    store.remove(ONE)


@pytest.fixture
def answering(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server that knows ASK and refuses the rest with the status of the test's parameter."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(200, b'{"head": {}, "boolean": true}')

        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(request.param, b"no\nreally")

        def do_DELETE(self) -> None:
            self._answer(request.param, b"no")

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("answering", [400, 401, 302, 500], indirect=True)
def test_a_refusal_of_the_server_is_told(answering: str) -> None:
    with pytest.raises(StoreError, match="the server a"):
        open_store(answering).replace(ONE, TRIPLES)


@pytest.mark.parametrize("answering", [405, 501], indirect=True)
def test_where_graphs_cannot_be_deleted_an_update_removes_them(answering: str) -> None:
    open_store(answering).remove(ONE)


@pytest.mark.parametrize("answering", [200], indirect=True)
def test_a_server_that_goes_away_is_told(answering: str) -> None:
    store = open_store(answering)
    store._endpoints = oxigraph(f"http://127.0.0.1:{free_port()}")  # type: ignore[attr-defined]
    with pytest.raises(StoreError, match="does not answer"):
        store.replace(ONE, TRIPLES)
