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

from pactgraph.cli import audits, paper, prose
from pactgraph.cli.progress import progress
from pactgraph.errors import FINDINGS, FINE, UsageError
from pactgraph.project import Project, find_project
from pactgraph.vocabulary import XSD, expand

_MEMORY = ":memory:"
_Choice = TypeVar("_Choice", bound=StrEnum)

if TYPE_CHECKING:
    from pactgraph.adding import Held
    from pactgraph.drafting import Draft, Drafter, Options
    from pactgraph.resolution.clock import Clock
    from pactgraph.source import Page
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


def extract(given: Namespace) -> int:
    from pactgraph.drafting.batch import find_files

    project = find_project(given.project)
    alone = len(given.files) == 1 and not Path(given.files[0]).is_dir()
    if alone and not given.output:
        return _extract_one(given, project)
    if given.source or given.explain:
        raise UsageError("--source and --explain are for one article; several go with --output DIR")
    return _extract_many(given, project, find_files([Path(name) for name in given.files]))


def _extract_one(given: Namespace, project: Project) -> int:
    from pactgraph.cli.drafts import print_draft, print_explanation
    from pactgraph.drafting import describe, open_drafter
    from pactgraph.drafting.batch import replace_file

    page, capture = _page(given.files[0], project, given)
    drafter = open_drafter(project)
    draft = drafter.draft(describe(page, capture, drafter.extractor.lexicon, _options(given)))
    if given.explain:
        print_explanation(draft, drafter)
    else:
        print_draft(draft, drafter, given.format)
    if given.proposals and draft.proposals:
        replace_file(Path(given.proposals), draft.proposals_turtle)
    return FINE


def _extract_many(given: Namespace, project: Project, files: list[Path]) -> int:
    from pactgraph.cli.drafts import print_batch
    from pactgraph.drafting import draft_all

    if not given.output:
        raise UsageError("several articles need a folder for their drafts: --output DIR")
    if given.format == "table":
        raise UsageError("a table is for one article; --output writes ttl or jsonl")
    with progress() as told:
        batch = draft_all(
            project,
            files,
            Path(given.output),
            _options(given),
            syntax=given.format,
            jobs=given.jobs,
            progress=lambda done, total: told("reading", done, total),
        )
    print_batch(batch)
    return FINDINGS if batch.failed else FINE


def _options(given: Namespace) -> Options:
    from datetime import UTC, datetime

    from pactgraph.drafting import Options

    recorded = given.recorded or datetime.now(UTC).date()
    return Options(recorded, published=given.published, publisher=given.publisher, source=given.source)


def _page(name: str, project: Project, given: Namespace) -> tuple[Page, str]:
    """The page of a file, of stdin, or of an address, with the file name of its text."""
    from pactgraph.drafting import open_page
    from pactgraph.drafting.opening import STDIN, is_address
    from pactgraph.source import fetch as get
    from pactgraph.source import keep, name_of

    if is_address(name):
        page = get(name, allow_loopback=given.allow_loopback)
        return page, keep(page, project.texts, name_of(name)).name
    content = sys.stdin.buffer.read() if name == STDIN else _files([name])[0]
    return open_page(content, project.texts)


def add(given: Namespace) -> int:
    from pactgraph.adding.held import find_held, undecided
    from pactgraph.cli.adding import print_drift
    from pactgraph.drafting import describe, open_drafter

    if not given.yes and not sys.stdin.isatty():
        raise UsageError("a review needs a terminal; without one, --yes accepts every claim")
    project = find_project(given.project)
    page, capture = _page(given.file, project, given)
    drafter = open_drafter(project)
    about = describe(page, capture, drafter.extractor.lexicon, _options(given))
    held = find_held(project, about)
    if held is not None and not held.is_same(about.text):
        print_drift(held, held.drift(about.text, drafter.lexicon))
        return FINDINGS
    if held is not None:
        about = held.described(about)
    draft = drafter.draft(about)
    asked = undecided(draft, held)
    if not asked:
        paper.say(f"Nothing new: {paper.some(len(draft.claims), 'claim')} read, all decided on before.")
        return FINE
    return _reviewed(given, project, drafter, draft, asked, held)


def _reviewed(
    given: Namespace,
    project: Project,
    drafter: Drafter,
    draft: Draft,
    asked: list[NamedNode],
    held: Held | None,
) -> int:
    from pactgraph.adding import Review
    from pactgraph.adding import add as write
    from pactgraph.cli.adding import print_addition, review_all

    review, kept = Review(asked), project.texts / f"{draft.given.name}.review.json"
    if given.yes:
        review.accept_all()
    elif resumed := review.resume(kept):
        paper.say(f"Going on after {paper.some(resumed, 'decision')}.")
    try:
        if not review_all(review, draft, drafter, input):
            raise EOFError
    except (EOFError, KeyboardInterrupt):
        review.save(kept)
        paper.say(
            f"\nKept for later: {review.done} of {len(asked)} decided. The same command goes on from here."
        )
        return FINDINGS
    addition = write(project, draft, review.decisions, drafter.extractor.nodes, held)
    kept.unlink(missing_ok=True)
    _rebuild(given, project)
    print_addition(addition)
    return FINE


def _rebuild(given: Namespace, project: Project) -> None:
    from pactgraph.building import build as make
    from pactgraph.store import LocalStore

    location = LocalStore.in_memory() if given.store == _MEMORY else given.store or project.store
    with progress() as told:
        built = make(project, location, progress=told)
    paper.say(paper.built(built))


def evaluate(given: Namespace) -> int:
    from pactgraph.cli.scores import print_scores, write_report
    from pactgraph.evaluation import evaluate as score
    from pactgraph.evaluation import read_gold, read_rulebook
    from pactgraph.evaluation.reading import read_candidates, read_dates, read_texts
    from pactgraph.extraction.extractor import open_extractor
    from pactgraph.project import shipped

    (file,) = _files([given.gold])
    gold = read_gold(file)
    texts = read_texts(gold, Path(given.texts))
    dates = read_dates(*_files([given.dates])) if given.dates else None
    extractor = open_extractor(find_project(given.project))
    with progress() as told:
        found = read_candidates(extractor, texts, dates, lambda done, total: told("reading", done, total))
    scores = score(gold, found, read_rulebook(shipped("lexica") / "gold.toml", extractor.nodes))
    print_scores(scores, texts, given.format)
    if given.report:
        write_report(scores, texts, Path(given.report))
    return FINDINGS if given.fail_under is not None and scores.total().f1 < given.fail_under else FINE


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


def _files(given: list[str]) -> list[Path]:
    files = [Path(name) for name in given]
    for file in files:
        if not file.is_file():
            raise UsageError(f"{file} is not a file")
    return files


_AUDITS = {
    "counts": audit_counts,
    "coverage": audit_coverage,
    "notes": audit_notes,
    "promises": audit_promises,
}
_COMMANDS = {
    "add": add,
    "audit": audit,
    "build": build,
    "completion": completion,
    "conflicts": conflicts,
    "evaluate": evaluate,
    "export": export,
    "extract": extract,
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
