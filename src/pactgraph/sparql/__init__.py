"""Asking the graph: SPARQL that is judged, bound and evaluated where it can be stopped.

result = query(".pactgraph", "SELECT ?pact WHERE { ?pact a pact:Agreement }")
for (pact,) in result: ...
"""

from __future__ import annotations

from collections.abc import Mapping

from pactgraph.project import Project
from pactgraph.sparql.gate import check
from pactgraph.sparql.named import NamedQuery, Parameter, list_queries, load
from pactgraph.sparql.results import FORMATS, Result
from pactgraph.sparql.worker import run
from pactgraph.store import Bindable, Location

__all__ = ["FORMATS", "NamedQuery", "Parameter", "Result", "check", "list_queries", "load", "query", "run"]


def query(
    where: Location | Project,
    text: str,
    *,
    params: Mapping[str, Bindable] | None = None,
    timeout: float = 30.0,
) -> Result:
    """Asks a store, or the store of a project, a SPARQL 1.1 query over the union of its graphs.

    `params` maps variable names to terms, which are bound, never pasted; `timeout` is in seconds.
    The prefixes of the project need no declaration. Raises `QueryRefused` for a query that would reach outside the
    graph or break the engine, `SyntaxFault` with line and column, `QueryStopped` at the deadline, `StoreError`
    when there is no store to ask, and `UsageError` for a parameter that the query has no variable for.
    """
    check(text)
    return run(where.store if isinstance(where, Project) else where, text, params, timeout)
