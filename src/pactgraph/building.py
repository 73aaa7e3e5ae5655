"""From data files to a store that answers: validated, resolved, all or nothing.

The data is the database and the store an index of it: one named graph for each file, and two derived layers,
facts and propositions. Where a store is there already, only the graphs of changed files are replaced and only the
questions that they touch are resolved anew; the result is the same as that of a full build.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from itertools import chain, starmap
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QuerySolutions, Triple

from pactgraph.errors import FINDINGS, BadInput, StoreError, StoreLocked
from pactgraph.graph.links import read_links
from pactgraph.graph.nodes import Nodes, group, read_triples
from pactgraph.graph.stream import Stream, derived_block, graph_block
from pactgraph.graph.turtle import write
from pactgraph.project import Project
from pactgraph.resolution import Question, Rules, Voice, hear, question, read_rules, resolve
from pactgraph.store import (
    Entry,
    Generation,
    LocalStore,
    Location,
    Manifest,
    Store,
    is_remote,
    open_store,
    read_manifest,
    writing,
)
from pactgraph.validation import Engine, Report, is_small, validate_files
from pactgraph.vocabulary import FACTS, LINKS, PACT, PROPOSITIONS, RDF, graph_iri

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many of it are done, and how many there are."""

ONTOLOGY_GRAPH = graph_iri("ontology")
SHAPES = graph_iri("shapes")
VIOLATION = NamedNode("http://www.w3.org/ns/shacl#Violation")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the report of validation, the files read anew, and what the store holds now."""

    report: Report
    changed: tuple[Path, ...]
    removed: tuple[str, ...]
    full: bool
    counts: Mapping[str, int]


class Refused(BadInput):
    """Data that does not conform was not built; `report` says what is wrong and where."""

    exit_code = FINDINGS

    def __init__(self, report: Report) -> None:
        violations = [finding for finding in report.findings if finding.severity == VIOLATION]
        super().__init__(f"{len(violations)} violations: nothing was built, and the store is as it was")
        self.report = report


def build(
    project: Project,
    store: Location | None = None,
    *,
    full: bool = False,
    validated: bool = True,
    engine: Engine = "auto",
    jobs: int = 2,
    progress: Progress | None = None,
) -> Built:
    """Makes the store from the project's data, or brings it up to date; a build that fails leaves the old one.

    `full` reads everything anew; `validated=False` leaves validation out. Raises Refused for data that does not
    conform, BadInput for files that do not parse, StoreError for a store that cannot be written.
    """
    told = progress or (lambda *_: None)
    location: Location = project.store if store is None else store
    before = {} if full else _manifest(location)
    found = _scan(project, before)
    plan = _plan(project, before, found)
    report = _validate(project, plan, engine, jobs, told) if validated and plan.work else Report()
    if any(finding.severity == VIOLATION for finding in report.findings):
        raise Refused(report)
    if not plan.work:
        return Built(report, (), (), False, _counts(open_store(location)))
    with writing(location, keep=not plan.full) as generation:
        if dict(generation.before) != ({} if plan.full else dict(before)):
            raise StoreLocked("another build changed the store meanwhile", hint="Run it again.")
        _write(project, generation, plan, told)
        generation.manifest.clear()
        generation.manifest.update(found)
        counts = _counts(generation.store)
    return Built(report, plan.changed, plan.removed, plan.full, counts)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which files are read anew, and which graphs go; everything when vocabulary or authority data changed."""

    full: bool
    changed: tuple[Path, ...]
    removed: tuple[str, ...]

    @property
    def work(self) -> bool:
        """Whether there is anything to do."""
        return self.full or bool(self.changed or self.removed)


def _scan(project: Project, before: Manifest) -> dict[str, Entry]:
    """The files as they are; one whose size and time are unchanged is not read for its digest."""
    files = {path: project.graph_of(path) for path in (*project.authority(), *project.sources())}
    files |= dict.fromkeys(project.ontology(), ONTOLOGY_GRAPH)
    files |= dict.fromkeys(project.shapes(), SHAPES)
    if project.links.is_file():
        files[project.links] = LINKS
    names = {path: project.name_of(path) for path in files}
    return {names[path]: _entry(path, graph, before.get(names[path])) for path, graph in files.items()}


def _entry(path: Path, graph: NamedNode, known: Entry | None) -> Entry:
    stat = path.stat()
    if known and (known.size, known.mtime_ns) == (stat.st_size, stat.st_mtime_ns):
        return known
    return Entry(stat.st_size, stat.st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest(), graph.value)


def _plan(project: Project, before: Manifest, found: dict[str, Entry]) -> _Plan:
    sources = {project.name_of(path): path for path in project.sources()}
    changed = {
        name for name, entry in found.items() if name not in before or before[name].sha256 != entry.sha256
    }
    removed = before.keys() - found.keys()
    base = graph_iri("sources/").value
    others = (changed - sources.keys()) | {
        name for name in removed if not before[name].graph.startswith(base)
    }
    if others or not before:
        return _Plan(True, tuple(sources.values()), ())
    gone = tuple(sorted(before[name].graph for name in removed))
    return _Plan(False, tuple(sources[name] for name in sorted(changed)), gone)


def _manifest(location: Location) -> Manifest:
    """What the store was built from; nothing where it cannot be brought up to date but must be made anew."""
    if not isinstance(location, str | Path) or is_remote(location) or location == ":memory:":
        return {}
    try:
        return read_manifest(Path(location))
    except StoreError:
        return {}


def _validate(project: Project, plan: _Plan, engine: Engine, jobs: int, told: Progress) -> Report:
    background = (*project.ontology(), *project.authority())
    if engine == "auto" and not is_small(project.sources()):
        engine = "compiled"
    return validate_files(
        plan.changed,
        project.shapes(),
        background,
        engine=engine,
        jobs=jobs,
        judge_background=plan.full,
        progress=lambda done, total: told("validating sources", done, total),
    )


def _write(project: Project, generation: Generation, plan: _Plan, told: Progress) -> None:
    rules = read_rules(group(_read_all(project.ontology())))
    if plan.full:
        _fill(project, generation.store, rules, told)
    elif isinstance(generation.store, LocalStore):
        _update(project, generation.store, plan, rules)


def _fill(project: Project, store: Store, rules: Rules, told: Progress) -> None:
    """Everything, into an empty store or over what a server holds."""
    voices: list[Voice] = []
    layers = chain(_vocabulary(project), _authority(project), _sources(project, voices, told))
    if isinstance(store, LocalStore):
        with _no_collector():
            blocks = chain(starmap(graph_block, layers), _derived_blocks(voices, rules))
            store.load_trig(BufferedReader(Stream(blocks)))
        return
    graphs = {graph: triples for graph, _, triples in layers}
    graphs |= {graph: list(triples) for graph, triples in _derived(voices, rules)}
    for graph in sorted(store.graphs() - graphs.keys(), key=lambda node: node.value):
        if graph.value.startswith(graph_iri("").value):
            store.remove(graph)
    for done, (graph, triples) in enumerate(graphs.items(), 1):
        store.replace(graph, triples)
        told("sending graphs", done, len(graphs))


Layer = tuple[NamedNode, bytes, Sequence[Triple]]
"""A graph, the Turtle of the file that it is made from, and what that says."""


def _vocabulary(project: Project) -> Iterator[Layer]:
    for path in project.ontology():
        yield _layer(ONTOLOGY_GRAPH, path)
    links = _links(project)
    yield LINKS, write(links).encode(), links


def _authority(project: Project) -> Iterator[Layer]:
    return (_layer(project.graph_of(path), path) for path in project.authority())


def _sources(project: Project, voices: list[Voice], told: Progress) -> Iterator[Layer]:
    """The sources one after another; `voices` fills as they are read."""
    paths = project.sources()
    for done, path in enumerate(paths, 1):
        layer = _layer(project.graph_of(path), path)
        voices += _voices(group(layer[2]))
        yield layer
        told("reading sources", done, len(paths))


def _layer(graph: NamedNode, path: Path) -> Layer:
    turtle = path.read_bytes()
    return graph, turtle, read_triples(path, turtle)


def _derived(voices: list[Voice], rules: Rules) -> Iterator[tuple[NamedNode, Iterator[Triple]]]:
    """The two derived layers; not begun before the sources are read."""
    resolution = resolve(voices, rules)
    yield FACTS, iter(resolution.facts)
    yield PROPOSITIONS, iter(resolution.propositions)


def _derived_blocks(voices: list[Voice], rules: Rules) -> Iterator[bytes]:
    return (derived_block(graph, triples) for graph, triples in _derived(voices, rules))


def _update(project: Project, store: LocalStore, plan: _Plan, rules: Rules) -> None:
    """The changed sources, and the answers to the questions that they touched before or touch now."""
    graphs = {project.graph_of(path): read_triples(path) for path in plan.changed}
    gone = [*graphs, *(NamedNode(graph) for graph in plan.removed)]
    touched = [voice for graph in gone for voice in _voices(group(store.triples(graph)))]
    for graph in gone:
        store.remove(graph)
    for graph, triples in graphs.items():
        store.replace(graph, triples)
        touched += _voices(group(triples))
    _resolve_again(store, touched, rules)


def _resolve_again(store: LocalStore, touched: list[Voice], rules: Rules) -> None:
    questions = {question(voice.content, rules) for voice in touched}
    stale = {voice.proposition for voice in touched} | set(_answers(store, questions))
    voices = [voice for proposition in stale for voice in _claims_of(store, proposition)]
    for proposition in stale:
        store.discard(store.match(proposition, graph=PROPOSITIONS))
    for subject, predicate, value in questions:
        store.discard(store.match(subject, predicate, value, FACTS))
    store.add(_quads(_derived(voices, rules)))


def _answers(store: LocalStore, questions: Iterable[Question]) -> Iterator[NamedNode]:
    """The propositions that answer the questions, whoever claims them."""
    for subject, predicate, value in questions:
        for quad in store.match(None, RDF.subject, subject, PROPOSITIONS):
            node = _named(quad.subject)
            same = any(store.match(node, RDF.predicate, predicate, PROPOSITIONS))
            if same and (value is None or any(store.match(node, RDF.object, value, PROPOSITIONS))):
                yield node


def _claims_of(store: LocalStore, proposition: NamedNode) -> Iterator[Voice]:
    for quad in store.match(None, PACT.proposition, proposition):
        yield from _voices(group(each.triple for each in store.match(_named(quad.subject))))


def _named(node: object) -> NamedNode:
    assert isinstance(node, NamedNode), "the store holds no blank nodes"
    return node


def _voices(nodes: Nodes) -> Iterator[Voice]:
    return (hear(node, p) for node, p in nodes.items() if PACT.Claim in p.get(RDF.type, ()))


def _links(project: Project) -> list[Triple]:
    return read_links(project.links) if project.links.is_file() else []


def _read_all(paths: Iterable[Path]) -> Iterator[Triple]:
    return (triple for path in paths for triple in read_triples(path))


def _quads(layers: Iterable[tuple[NamedNode, Iterable[Triple]]]) -> Iterator[Quad]:
    return (Quad(t.subject, t.predicate, t.object, graph) for graph, triples in layers for t in triples)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Triples form no cycles; looking for some among millions takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _counts(store: Store) -> Mapping[str, int]:
    return {
        name: _count(store, kind)
        for name, kind in (("claims", PACT.Claim), ("propositions", PACT.Proposition))
    }


def _count(store: Store, kind: NamedNode) -> int:
    rows = store.query("SELECT (COUNT(*) AS ?count) { ?node a ?kind }", {"kind": kind})
    assert isinstance(rows, QuerySolutions)
    return int(next(rows)["count"].value)
