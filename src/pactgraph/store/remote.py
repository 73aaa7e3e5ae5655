"""A SPARQL 1.1 server by its address.

Graphs are written by the Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/) and asked by
the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded). User and password come
from `PACTGRAPH_STORE_USER` and `PACTGRAPH_STORE_PASSWORD`. A server may hold the graphs of others: only graphs
under `https://w3id.org/pactgraph/id/graph/` are listed, counted, replaced and removed.

Virtuoso cuts what CONSTRUCT makes at its ResultSetMaxRows without a word, and its DESCRIBE may answer nothing:
ask it for rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby, islice
from operator import attrgetter

import pyoxigraph
import requests
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    RdfFormat,
    Triple,
)

from pactgraph.errors import StoreError, UsageError
from pactgraph.store.binding import Bindable, bind
from pactgraph.store.endpoints import PASSWORD, USER, credentials, endpoints
from pactgraph.store.interface import Answer
from pactgraph.store.lexer import tokens
from pactgraph.store.trouble import syntax_fault
from pactgraph.vocabulary import PREFIXES, graph_iri

_OURS = graph_iri("").value
_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_FORMS = {"SELECT": _ROWS, "ASK": _ROWS, "CONSTRUCT": _TRIPLES, "DESCRIBE": _TRIPLES}
_PATIENCE = (5, 3600)
_CHUNK = 50_000
_DECLARED = "".join(f"PREFIX {prefix}: <{base}> " for prefix, base in sorted(PREFIXES.items()))
_GRAPH = "GRAPH ?graph { ?s ?p ?o }"
_SCOPE = _GRAPH + " FILTER(STRSTARTS(STR(?graph), ?ours))"
_GRAPHS = f"SELECT DISTINCT ?graph WHERE {{ {_SCOPE} }}"


class RemoteStore:
    """A SPARQL 1.1 server; a parameter is bound into the query by `pactgraph.store.binding`."""

    def __init__(self, location: str) -> None:
        if "@" in location.partition("://")[2].partition("/")[0]:
            raise UsageError(f"Give user and password in {USER} and {PASSWORD}, not in the address.")
        self.where = location
        self._endpoints = endpoints(location)
        self._session = requests.Session()
        self._session.auth = credentials(self._endpoints)

    def graphs(self) -> set[NamedNode]:
        found = (row["graph"] for row in self._rows(_GRAPHS, {"ours": Literal(_OURS)}))
        return {graph for graph in found if isinstance(graph, NamedNode)}

    def triples(self, graph: NamedNode | None = None) -> Iterator[Triple]:
        """Raises `StoreError` when the server sent fewer triples than the graph has, as Virtuoso does of large ones."""
        for each in [graph] if graph else sorted(self.graphs(), key=attrgetter("value")):
            response = self._request("GET", self._endpoints.data, params=_named(each), accept=_TRIPLES)
            if response.status_code != 404:
                triples = list(_read_triples(self._require_ok(response)))
                if len(triples) != self._count(_GRAPH, {"graph": each}):
                    raise _cut(len(triples), self.where)
                yield from triples

    def query(self, text: str, substitutions: Mapping[str, Bindable] | None = None) -> Answer:
        bound = bind(text, substitutions or {})
        _require_syntax(bound)
        form = _form(bound)
        response = self._request(
            "POST", self._endpoints.query, data={"query": _DECLARED + bound}, accept=_FORMS[form]
        )
        _require_whole(self._require_ok(response))
        if form in ("SELECT", "ASK"):
            return pyoxigraph.parse_query_results(_results(response), format=QueryResultsFormat.JSON)
        return _read_triples(response)

    def replace(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        if body := pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES):
            self._send_graph("PUT", _named(graph), body)
        else:
            self.remove(graph)

    def remove(self, graph: NamedNode) -> None:
        """By the Graph Store Protocol or, where a server has no DELETE, by an update."""
        response = self._request("DELETE", self._endpoints.data, params=_named(graph))
        if response.status_code in (405, 501):
            update = bind("DROP SILENT GRAPH ?graph", {"graph": graph})
            response = self._request("POST", self._endpoints.update, data={"update": update})
        if response.status_code != 404:
            self._require_ok(response)

    def load(self, quads: Iterable[Quad]) -> None:
        """In pieces of 50,000 quads; a fault leaves the pieces before it in place."""
        rest = iter(quads)
        while chunk := list(islice(rest, _CHUNK)):
            self._load_chunk(chunk)

    def __len__(self) -> int:
        return self._count(_SCOPE, {"ours": Literal(_OURS)})

    def _count(self, pattern: str, terms: Mapping[str, Bindable]) -> int:
        count = next(self._rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}", terms))["n"]
        return int(count.value) if isinstance(count, Literal) else 0

    def _rows(self, text: str, terms: Mapping[str, Bindable]) -> Iterator[QuerySolution]:
        answer = self.query(text, terms)
        assert isinstance(answer, QuerySolutions)
        return answer

    def _load_chunk(self, chunk: list[Quad]) -> None:
        chunk.sort(key=_graph_name)
        named = [
            (_named(graph), list(quads)) for graph, quads in groupby(chunk, key=attrgetter("graph_name"))
        ]
        if self._endpoints.bulk:
            body = pyoxigraph.serialize(chunk, format=RdfFormat.N_QUADS)
            self._require_ok(
                self._request("POST", self._endpoints.bulk, data=body, kind="application/n-quads")
            )
            return
        for params, quads in named:
            body = pyoxigraph.serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
            self._send_graph("POST", params, body)

    def _send_graph(self, method: str, params: Mapping[str, str], body: bytes | None) -> None:
        """As Turtle, which N-Triples are: not every server takes N-Triples by that name."""
        self._require_ok(
            self._request(method, self._endpoints.data, params=params, data=body, kind="text/turtle")
        )

    def _request(
        self,
        method: str,
        address: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | bytes | None = None,
        kind: str | None = None,
        accept: str = "*/*",
    ) -> requests.Response:
        headers = {"Accept": accept} | ({"Content-Type": kind} if kind else {})
        try:
            return self._session.request(
                method,
                address,
                params=params,
                data=data,
                headers=headers,
                timeout=_PATIENCE,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise StoreError(f"the server does not answer: {_reason(error)}", where=self.where) from error

    def _require_ok(self, response: requests.Response) -> requests.Response:
        if response.status_code // 100 != 2:
            raise _refusal(response, self.where)
        return response


def _graph_name(quad: Quad) -> str:
    return str(quad.graph_name)


def _named(graph: NamedNode) -> dict[str, str]:
    if not graph.value.startswith(_OURS):
        raise UsageError(f"Only graphs under {_OURS} are written, not {graph.value}.")
    return {"graph": graph.value}


def _require_syntax(text: str) -> None:
    """Servers word syntax errors each in their own way; Oxigraph's have a line and a column."""
    try:
        with suppress(RuntimeError):  # a function that only the server has
            pyoxigraph.Store().query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        raise syntax_fault(error, text) from None


def _form(text: str) -> str:
    words = (token.text.upper() for token in tokens(text) if token.kind == "word")
    return next(word for word in words if word in _FORMS)


def _require_whole(response: requests.Response) -> None:
    """Virtuoso cuts long answers of SELECT and says so in a header only; those of CONSTRUCT it cuts in silence."""
    if limit := response.headers.get("X-SPARQL-MaxRows"):
        raise _cut(limit, response.url)


def _cut(number: int | str, where: str) -> StoreError:
    return StoreError(
        f"the server cut the answer at {number} rows",
        where=where,
        hint="Raise its limit (ResultSetMaxRows in virtuoso.ini).",
    )


def _results(response: requests.Response) -> bytes:
    """SPARQL JSON results; Virtuoso writes the truth of ASK as a row of its own."""
    if b"__ASK_RETVAL" not in response.content:
        return response.content
    rows = json.loads(response.content)["results"]["bindings"]
    truth = any(row["__ASK_RETVAL"]["value"] == "1" for row in rows)
    return json.dumps({"head": {}, "boolean": truth}).encode()


def _read_triples(response: requests.Response) -> Iterator[Triple]:
    kind = response.headers.get("Content-Type", _TRIPLES).partition(";")[0]
    format = RdfFormat.from_media_type(kind) or RdfFormat.N_TRIPLES
    return (quad.triple for quad in pyoxigraph.parse(response.content, format=format))


def _refusal(response: requests.Response, where: str) -> StoreError:
    if response.status_code in (401, 403):
        return StoreError(
            "the server asks for a user and password",
            where=where,
            hint=f"Set {USER} and {PASSWORD} to ones it knows.",
        )
    reason = next(iter(response.text.strip().splitlines()), "")[:200]
    return StoreError(f"the server answered {response.status_code} {response.reason}: {reason}", where=where)


def _reason(error: requests.RequestException) -> str:
    return str(error.args[0] if error.args else error).splitlines()[0][:200]
