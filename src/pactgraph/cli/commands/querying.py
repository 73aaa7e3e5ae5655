"""The command `query`: what is asked, and with which values."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from pactgraph.cli import paper
from pactgraph.cli.commands.opening import asked_clock, existing, located
from pactgraph.errors import FINE, UsageError
from pactgraph.project import Project, find_project
from pactgraph.vocabulary import XSD, expand

if TYPE_CHECKING:
    from pactgraph.sparql import NamedQuery
    from pactgraph.store import Bindable, Location


def query(given: Namespace) -> int:
    from pactgraph.sparql import list_queries
    from pactgraph.sparql import query as ask

    project = find_project(given.project)
    if given.list or given.query is None:
        paper.print_queries(list_queries(project.queries()))
        return FINE
    with located(given, project) as location:
        text, params = _question(given, project, location)
        result = ask(location, text, params=params, timeout=given.timeout)
    form = given.format or ("ttl" if result.kind == "triples" else "table")
    paper.write(result.write(form, width=paper.width()))
    return FINE


def _question(given: Namespace, project: Project, location: Location) -> tuple[str, Mapping[str, Bindable]]:
    """The query's text and its bound parameters; one word is the name of a named query."""
    from pactgraph.sparql import load
    from pactgraph.sparql.named import bind

    params = dict(_pair(pair) for pair in given.param)
    clock = asked_clock(given)
    days = {
        name: day.isoformat() for name, day in (("asOf", clock.as_of), ("asKnown", clock.as_known)) if day
    }
    if given.query == "-":
        return _unbound(sys.stdin.read(), params, days)
    if given.query.endswith((".rq", ".sparql")) and not {" ", "{"} & set(given.query):
        (file,) = existing([given.query])
        return _unbound(file.read_text(encoding="utf-8"), params, days)
    if given.query.replace("-", "").replace("_", "").isalnum():
        named = load(given.query, project.queries())
        return named.text, bind(named, {**_found(named, params, location), **days})
    return _unbound(given.query, params, days)


def _found(query: NamedQuery, params: Mapping[str, str], location: Location) -> Mapping[str, str]:
    """The parameters with the IRI of a node where one is asked for and its name was given."""
    nodes = {parameter.name for parameter in query.parameters if parameter.type == "iri"}
    called = [name for name, text in params.items() if name in nodes and not ("://" in text or expand(text))]
    if not called:
        return params
    from pactgraph.pages import Names
    from pactgraph.pages.names import ASKED
    from pactgraph.store import open_store

    names = Names(open_store(location))
    return {**params, **{name: names.find(params[name], ASKED).value for name in called}}


def _unbound(
    text: str, params: Mapping[str, str], days: Mapping[str, str]
) -> tuple[str, Mapping[str, Bindable]]:
    """Parameters of a text of one's own: an IRI or prefixed name where it is one, else a string; and days as dates."""
    dates = {name: Literal(day, datatype=XSD.date) for name, day in days.items()}
    return text, {**{name: _term(value) for name, value in params.items()}, **dates}


def _term(value: str) -> Bindable:
    """An IRI, a prefixed name, a literal with its datatype as in `2024-05-27^^xsd:date`, or a string."""
    text, typed, datatype = value.rpartition("^^")
    if typed:
        return Literal(text.removeprefix('"').removesuffix('"'), datatype=_iri(datatype))
    return _iri(value) if "://" in value or expand(value) else Literal(value)


def _iri(value: str) -> NamedNode:
    try:
        return NamedNode(expand(value) or value.removeprefix("<").removesuffix(">"))
    except ValueError:
        raise UsageError(f"{value!r} is no IRI") from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{text!r} is not NAME=VALUE")
    return name.lstrip("?$"), value
