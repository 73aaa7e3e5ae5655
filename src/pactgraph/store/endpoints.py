"""Where a server answers, changes and keeps its graphs, and how it is told who asks."""

from __future__ import annotations

import os
from dataclasses import dataclass

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from pactgraph.errors import StoreError, UsageError

USER, PASSWORD = "PACTGRAPH_STORE_USER", "PACTGRAPH_STORE_PASSWORD"
"""Environment variables that hold them."""

_ROWS = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Addresses of one server: `query` answers, `update` changes, `data` is its graph store.

    `bulk` takes quads outside a transaction, where a server offers that; `digest` is how it asks for a password.
    """

    query: str
    update: str
    data: str
    bulk: str | None = None
    digest: bool = False


def oxigraph(base: str) -> Endpoints:
    return Endpoints(
        f"{base}/query?union-default-graph", f"{base}/update", f"{base}/store", f"{base}/store?no_transaction"
    )


def virtuoso(base: str) -> Endpoints:
    return Endpoints(f"{base}/sparql", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth", digest=True)


def endpoints(location: str) -> Endpoints:
    """The endpoints of a server: found by asking, or as given in `query=URL,update=URL,data=URL`.

    A server given that way must answer from the union of its named graphs.
    """
    if location.startswith("query="):
        return _given(location)
    base = location.rstrip("/")
    for known in ("/query", "/sparql"):
        base = base.removesuffix(known)
    for layout in (oxigraph, virtuoso):
        if _answers(layout(base).query):
            return layout(base)
    raise StoreError(
        "no SPARQL 1.1 server answers here",
        where=location,
        hint=f"Tried {base}/query and {base}/sparql; give others as query=URL,update=URL,data=URL.",
    )


def _given(location: str) -> Endpoints:
    addresses = dict(part.partition("=")[::2] for part in location.split(","))
    if addresses.keys() != {"query", "update", "data"} or not all(
        a.startswith("http") for a in addresses.values()
    ):
        raise UsageError("A store given by its endpoints is query=URL,update=URL,data=URL.")
    return Endpoints(addresses["query"], addresses["update"], addresses["data"])


def _answers(address: str) -> bool:
    try:
        response = requests.post(
            address, data={"query": "ASK {}"}, headers={"Accept": _ROWS}, timeout=5, allow_redirects=False
        )
    except requests.RequestException:
        return False
    return response.ok and "json" in response.headers.get("Content-Type", "")


def credentials(found: Endpoints) -> AuthBase | None:
    """User and password from the environment, in the way the server asks for them."""
    user = os.environ.get(USER)
    if not user:
        return None
    return (HTTPDigestAuth if found.digest else HTTPBasicAuth)(user, os.environ.get(PASSWORD, ""))
