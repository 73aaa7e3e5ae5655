"""One function for each command: it calls one function of the library, prints, and returns the exit code."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import Literal, NamedNode

from pactgraph.cli import audits, paper, prose, reading
from pactgraph.cli.given import MEMORY as _MEMORY
from pactgraph.cli.given import files as _files
from pactgraph.cli.progress import progress
from pactgraph.errors import FINDINGS, FINE, UsageError
from pactgraph.project import Project, find_project
from pactgraph.vocabulary import XSD, expand

_Choice = TypeVar("_Choice", bound=StrEnum)

if TYPE_CHECKING:
    from pactgraph.resolution.clock import Clock
    from pactgraph.sparql import NamedQuery
    from pactgraph.store import Bindable, Location, Store


def build(given: Namespace) -> int:
    from pactgraph.building import build as make
    from pactgraph.store import LocalStore, open_store

    project = find_project(given.project)
    location = LocalStore.in_memory() if given.store == _MEMORY else given.store or project.store
    with progress() as told, _telling_refusals():
        built = make(
            project,
            location,
            full=given.full,
            validated=not given.no_validate,
            engine=given.engine,
            jobs=given.jobs,
            progress=told,
        )
    paper.print_report(built.report, "table", sys.stderr, silent=("Info",))
    paper.say(paper.built(built))
    _print_listing(open_store(location), "pacts", given.format)
    return FINE


def validate(given: Namespace) -> int:
    from pactgraph.curation import validate as check

    project, files = find_project(given.project), _files(given.files)
    with progress() as told:
        report = check(
            project,
            files,
            engine=given.engine,
            jobs=given.jobs,
            progress=lambda done, total: told("validating", done, total),
        )
    paper.print_report(report, given.format, sys.stdout)
    if given.format == "table":
        paper.say(paper.validated(report, len(files or project.sources())))
    return FINE if report.passes else FINDINGS


def query(given: Namespace) -> int:
    from pactgraph.sparql import list_queries
    from pactgraph.sparql import query as ask

    project = find_project(given.project)
    if given.named or given.query is None:
        paper.print_queries(list_queries(project.queries()))
        return FINE
    with _location(given, project) as location:
        text, params = _question(given, project, location)
        result = ask(location, text, params=params, timeout=given.timeout)
    form = given.format or ("ttl" if result.kind == "triples" else "table")
    paper.write(result.write(form, width=paper.width()))
    return FINE


def list_(given: Namespace) -> int:
    with _reading(given, find_project(given.project)) as store:
        _print_listing(store, given.kind, given.format, _clock(given))
    return FINE


def show(given: Namespace) -> int:
    from pactgraph.pages import Names, read_witnesses
    from pactgraph.pages import show as look_up

    clock = _clock(given)
    with _reading(given, find_project(given.project)) as store:
        names = Names(store)
        page = look_up(store, given.name, names, clock)
        prose.print_page(page, names, read_witnesses(store), given.format, claims=given.claims)
    return FINE


def why(given: Namespace) -> int:
    from pactgraph.pages import Names, read_witnesses, weigh

    clock = _clock(given)
    with _reading(given, find_project(given.project)) as store:
        names = Names(store)
        evidence = weigh(store, names, given.subject, given.predicate, given.object, clock)
        prose.print_evidence(evidence, names, read_witnesses(store), given.format)
    return FINE


def conflicts(given: Namespace) -> int:
    from pactgraph.cli.conflicts import print_conflicts
    from pactgraph.pages import Names
    from pactgraph.pages import conflicts as find

    clock = _clock(given)
    with _reading(given, find_project(given.project)) as store:
        names = Names(store)
        found = find(store, given.pact, types=given.type, differences=given.all, names=names, clock=clock)
        print_conflicts(found, names, given.format)
    return FINE


def verify(given: Namespace) -> int:
    from pactgraph.audit import verify as check

    project = find_project(given.project)
    verification = check(project, Path(given.texts), _files(given.files) or None)
    paper.print_verification(verification, given.format)
    return FINE if verification.proved else FINDINGS


def audit(given: Namespace) -> int:
    return _AUDITS[given.audit](given)


def audit_notes(given: Namespace) -> int:
    from pactgraph.audit import audit_notes as check

    found = check(find_project(given.project))
    audits.print_notes(found, given.format)
    return FINE if found.passes else FINDINGS


def audit_counts(given: Namespace) -> int:
    from pactgraph.audit import CountOutcome, judge_counts, read_words, read_world
    from pactgraph.audit.rows import count_rows

    wanted = _one_of(given.verdict, CountOutcome)
    with _reading(given, find_project(given.project)) as store:
        world = read_world(store, given.as_known)
        found = [each for each in judge_counts(world) if wanted in (None, each.verdict)]
        words = read_words(store, world, brief=given.format == "table")
        audits.print_counts(count_rows(found, words), given.format)
    return FINE


def audit_promises(given: Namespace) -> int:
    from pactgraph.audit import keep_ledger, read_words, read_world

    with _reading(given, find_project(given.project)) as store:
        world = read_world(store, given.as_known)
        ledger = keep_ledger(world, given.as_of)
        audits.print_promises(ledger, read_words(store, world), given.format, given.by)
    return FINE


def audit_coverage(given: Namespace) -> int:
    from pactgraph.audit import Gap, read_words, read_world
    from pactgraph.audit import audit_coverage as check

    gap = _one_of(given.gap, Gap)
    with _reading(given, find_project(given.project)) as store:
        audits.print_coverage(check(store), read_words(store, read_world(store)), given.format, gap)
    return FINE


def _one_of(given: str | None, choices: type[_Choice]) -> _Choice | None:
    """The choice that was given; raises UsageError for one that is none."""
    if given is None:
        return None
    try:
        return choices(given)
    except ValueError:
        raise UsageError(f"there is no {given!r}; there are {', '.join(choices)}") from None


def fetch(given: Namespace) -> int:
    from pactgraph.cli.captures import print_capture
    from pactgraph.source import drift, keep, kept, name_of
    from pactgraph.source import fetch as get

    folder = Path(given.texts) if given.texts else find_project(given.project).texts
    name = given.name or name_of(given.url)
    before = kept(folder, name)
    page = get(given.url, since=before, archive=given.archive, allow_loopback=given.allow_loopback)
    path = keep(page, folder, name)
    print_capture(page, path, given.format)
    paper.say(paper.fetched(before, drift(before, page) if before else None))
    return FINE


def export(given: Namespace) -> int:
    from pactgraph.serialization import export as written

    with _reading(given, find_project(given.project)) as store:
        content = written(store, graph=given.graph, syntax=given.format)
    if given.output:
        Path(given.output).write_bytes(content)
    else:
        paper.write(content)
    return FINE


def format_(given: Namespace) -> int:
    from pactgraph.curation import format_file

    files = _files(given.files)
    if not files:
        project = find_project(given.project)
        files = [*project.authority(), *project.sources()]
    texts = Path(given.texts) if given.texts else None
    changed = [file for file in files if format_file(file, texts=texts, check=given.check)]
    for file in changed:
        print(file)
    paper.say(f"{len(changed)} of {len(files)} files {'would change' if given.check else 'changed'}")
    return FINDINGS if given.check and changed else FINE


def init(given: Namespace) -> int:
    from pactgraph.curation import init as start

    directory = Path(given.directory)
    for file in start(directory):
        print(file)
    paper.say(f"Next: cd {directory} && pactgraph build")
    return FINE


def completion(given: Namespace) -> int:
    import shtab

    from pactgraph.cli.arguments import parser

    print(shtab.complete(parser(), shell=given.shell))
    return FINE


def _question(given: Namespace, project: Project, location: Location) -> tuple[str, Mapping[str, Bindable]]:
    """The query's text and its bound parameters; one word is the name of a named query."""
    from pactgraph.sparql import load
    from pactgraph.sparql.named import bind

    params = dict(_pair(pair) for pair in given.param)
    clock = _clock(given)
    days = {
        name: day.isoformat() for name, day in (("asOf", clock.as_of), ("asKnown", clock.as_known)) if day
    }
    if given.query == "-":
        return _unbound(sys.stdin.read(), params, days)
    if given.query.endswith((".rq", ".sparql")) and not {" ", "{"} & set(given.query):
        (file,) = _files([given.query])
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
    iri = value if "://" in value else expand(value)
    try:
        return NamedNode(iri) if iri else Literal(value)
    except ValueError:
        raise UsageError(f"{value!r} is no IRI") from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{text!r} is not NAME=VALUE")
    return name.lstrip("?$"), value


def _print_listing(store: Store, kind: str, form: str, clock: Clock | None = None) -> None:
    from pactgraph.cli.tables import print_listing
    from pactgraph.pages import NOW, listing

    listed = listing(store, kind, clock=clock or NOW)
    print_listing(listed, form)
    if any(row.get("conflicts") == "" for row in listed.rows):
        paper.say("Too many claims to count conflicts in a table; see: pactgraph conflicts PACT")


def _clock(given: Namespace) -> Clock:
    from pactgraph.resolution.clock import read_clock

    return read_clock(given.as_of, given.as_known)


@contextmanager
def _reading(given: Namespace, project: Project) -> Iterator[Store]:
    from pactgraph.store import open_store

    with _location(given, project) as location:
        yield open_store(location)


@contextmanager
def _location(given: Namespace, project: Project) -> Iterator[Location]:
    """Where the store is; `:memory:` is built for this one run."""
    if given.store == _MEMORY:
        from pactgraph.building import build as make
        from pactgraph.store import LocalStore

        store = LocalStore.in_memory()
        with _telling_refusals():
            make(project, store)
        yield store
    else:
        yield given.store or project.store


@contextmanager
def _telling_refusals() -> Iterator[None]:
    """Says what is wrong with data that is not built."""
    from pactgraph.building import Refused

    try:
        yield
    except Refused as refused:
        paper.print_report(refused.report, "table", sys.stderr, silent=("Info",))
        raise


_AUDITS = {
    "counts": audit_counts,
    "coverage": audit_coverage,
    "notes": audit_notes,
    "promises": audit_promises,
}
_COMMANDS = {
    "add": reading.add,
    "audit": audit,
    "build": build,
    "completion": completion,
    "conflicts": conflicts,
    "evaluate": reading.evaluate,
    "export": export,
    "extract": reading.extract,
    "fetch": fetch,
    "format": format_,
    "init": init,
    "list": list_,
    "query": query,
    "show": show,
    "validate": validate,
    "verify": verify,
    "why": why,
}


def run(given: Namespace) -> int:
    """Runs the command that was given and returns its exit code."""
    return _COMMANDS[given.command](given)
