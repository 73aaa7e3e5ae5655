"""From data files to a store that answers: validated, resolved, all or nothing.

The data is the database and the store an index of it: one named graph for each file, and derived layers: facts,
propositions, an index of days, and what audits find. Where a store is there already, only the graphs of changed files are replaced and only the
questions that they touch are resolved anew; the result is the same as that of a full build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions

from pactgraph.building.audits import AUDITED, has_audits, judge_audits, write_audits
from pactgraph.building.full import fill
from pactgraph.building.layers import Progress, read_all
from pactgraph.building.plan import Plan, make_plan, manifest, scan
from pactgraph.building.update import update
from pactgraph.errors import FINDINGS, BadInput, StoreLocked
from pactgraph.graph.nodes import group
from pactgraph.project import Project
from pactgraph.resolution import read_rules
from pactgraph.store import Generation, LocalStore, Location, Store, open_store, writing
from pactgraph.validation import SMALL, Address, Elsewhere, Engine, Report, nowhere, validate_files
from pactgraph.vocabulary import PACT, SCHEMA

__all__ = ["AUDITED", "Built", "Progress", "Refused", "build", "validate_audits"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the report of validation, the files read anew, and what the store holds now."""

    report: Report
    changed: tuple[Path, ...]
    removed: tuple[str, ...]
    full: bool
    counts: Mapping[str, int]
    audited: bool
    """Whether the store holds what audits find; of many claims only when asked."""


_BYTES = 1_000
"""Of Turtle, about, for each claim."""


class Refused(BadInput):
    """Data that does not conform was not built; `report` says what is wrong and where."""

    exit_code = FINDINGS

    def __init__(self, report: Report) -> None:
        count = len(report.violations)
        super().__init__(
            f"{count} violation{'s' * (count != 1)}: nothing was built, and the store is as it was"
        )
        self.report = report


def build(
    project: Project,
    store: Location | None = None,
    *,
    full: bool = False,
    validated: bool = True,
    audits: bool = False,
    engine: Engine = "auto",
    jobs: int = 2,
    progress: Progress | None = None,
) -> Built:
    """Makes the store from the project's data, or brings it up to date; a build that fails leaves the old one.

    A server or an open store has no generations: it is written graph by graph, and a failure may leave it in between.
    `full` reads everything anew; `validated=False` leaves validation out; `audits` writes what audits find however many
    claims there are. Raises Refused for data that does not
    conform, BadInput for files that do not parse, StoreError for a store that cannot be written.
    """
    told = progress or (lambda *_: None)
    location: Location = project.store if store is None else store
    before = {} if full else manifest(location)
    found = scan(project, before, validated=validated)
    plan = make_plan(project, before, found)
    elsewhere = nowhere if plan.full else _elsewhere(project, plan, location)
    report = _validate(project, plan, elsewhere, engine, jobs, told) if validated and plan.work else Report()
    if report.violations:
        raise Refused(report)
    if not plan.work:
        held = open_store(location)
        audited = has_audits(held)
        if audited or not audits:
            return Built(report, (), (), False, _counts(held), audited)
    with writing(location, keep=not plan.full) as generation:
        if dict(generation.before) != ({} if plan.full else dict(before)):
            raise StoreLocked("another build changed the store meanwhile", hint="Run it again.")
        _write(project, generation, plan, told)
        if scan(project, found, validated=validated) != found:
            raise BadInput("a file changed while it was built; the store is as it was", hint="Run it again.")
        generation.manifest.clear()
        generation.manifest.update(found)
        counts = _counts(generation.store)
        audited = write_audits(generation.store, counts["claims"], audits)
    return Built(report, plan.changed, plan.removed, plan.full, counts, audited)


def validate_audits(project: Project) -> Report:
    """What the shapes find in what audits find; nothing of more sources than a build audits unasked."""
    if sum(path.stat().st_size for path in project.sources()) > AUDITED * _BYTES:
        return Report()
    store = LocalStore.in_memory()
    build(project, store, validated=False)
    return judge_audits(project, store)


def _elsewhere(project: Project, plan: Plan, location: Location) -> Elsewhere:
    """The addresses of the sources that stay as the store has them."""
    gone = {*map(project.graph_of, plan.changed), *map(NamedNode, plan.removed)}

    def held(urls: Collection[NamedNode]) -> Iterator[Address]:
        store = open_store(location)
        assert isinstance(store, LocalStore), "only a store on disk is brought up to date"
        for quad in (quad for url in urls for quad in store.match(None, SCHEMA.url, url)):
            if quad.graph_name not in gone:
                yield Address(quad.object, quad.subject)  # type: ignore[arg-type]

    return held


def _validate(
    project: Project, plan: Plan, elsewhere: Elsewhere, engine: Engine, jobs: int, told: Progress
) -> Report:
    background = (*project.ontology(), *project.authority())
    if engine == "auto" and plan.size > SMALL:
        engine = "compiled"
    return validate_files(
        plan.changed,
        project.shapes(),
        background,
        engine=engine,
        jobs=jobs,
        judge_background=plan.full,
        elsewhere=elsewhere,
        progress=lambda done, total: told("validating sources", done, total),
    )


def _write(project: Project, generation: Generation, plan: Plan, told: Progress) -> None:
    nodes = group(read_all((*project.ontology(), *project.authority())))
    if plan.full:
        fill(project, generation.store, nodes, told)
    elif isinstance(generation.store, LocalStore):
        update(project, generation.store, plan, read_rules(nodes))


def _counts(store: Store) -> Mapping[str, int]:
    return {
        name: _count(store, kind)
        for name, kind in (("claims", PACT.Claim), ("propositions", PACT.Proposition))
    }


def _count(store: Store, kind: NamedNode) -> int:
    rows = store.query("SELECT (COUNT(DISTINCT ?node) AS ?count) { ?node a ?kind }", {"kind": kind})
    assert isinstance(rows, QuerySolutions)
    return int(next(rows)["count"].value)
