"""How fast, as ratios against named peers in the same run: `make bench`, or `python benchmarks/bench.py a d`.

a  SHACL over 10,000 claims, parsing included, against pyshacl over the whole graph; the findings must be the same
b  build of 100,000 claims against raw Oxigraph parsing and bulk-loading the same quads
c  start-up of commands against a bare interpreter
d  the repository's own data, built and validated, in seconds and megabytes; and a build after its largest source
   changed, against a full build
e  a build after one source of 1,000 changed, against a full build
f  resolution: claims in memory to facts and propositions, a tenth of them and all, against pyoxigraph parsing their files
g  the named queries on disk over all claims, each about things drawn from the store; three of them against the same
   questions over raw claims on Oxigraph, and on rdflib over 5,000 claims
h  exports: peak memory and time of the processor, of N-Quads and Turtle, against Oxigraph writing the same store as
   N-Quads; and the memory of all claims against that of a third
x  reading: articles a second on one core, until the first claim, memory; 10,000 generated articles on two
   processes, killed in the middle and gone on with

Machines are noisy: each figure is the median of some runs, the two sides in turn.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from articles import write_articles
from batch import Batch, run_batch
from world import FAULTS, write_world

ROOT = Path(__file__).parents[1]


def main() -> None:
    sections = {
        "a": shacl,
        "b": load,
        "c": start,
        "d": own,
        "e": change,
        "f": resolution,
        "g": questions,
        "h": exporting,
        "x": reading,
    }
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("sections", nargs="*", default=list(sections), help="a b c d e f g h x (default: all)")
    given.add_argument(
        "--claims",
        type=int,
        help="claims for a, b, f, g and h instead of 10,000, three times 100,000, and 300,000",
    )
    given.add_argument("--articles", type=int, help="articles for x instead of 10,000")
    asked = given.parse_args()
    for name in asked.sections:
        with tempfile.TemporaryDirectory() as folder:
            sections[name](Path(folder), asked.articles if name == "x" else asked.claims)


def shacl(folder: Path, claims: int | None) -> None:
    from pactgraph.project import Project

    project = Project(write_world(folder / "world", claims or 10_000, faults=5 * len(FAULTS)))
    ours, peer = _in_turn(2, lambda: _validate(project), lambda: _pyshacl(project))
    _tell("a", "SHACL, pyshacl / ours", peer.seconds / ours.seconds, "at least 25", f"{ours.seconds:.2f} s")
    same = ours.value == peer.value
    print(
        f"   {len(peer.value)} findings of pyshacl, {len(ours.value)} of ours: {'the same' if same else 'NOT the same'}"
    )


def _validate(project: object) -> set[tuple[str, ...]]:
    from pactgraph.project import Project
    from pactgraph.validation import validate_files

    assert isinstance(project, Project)
    background = (*project.ontology(), *project.authority())
    report = validate_files(project.sources(), project.shapes(), background, engine="compiled", jobs=2)
    shaped = (f for f in report.findings if "shapes#NamedByContent" not in f.component.value)
    return {_key(f.focus.value, _simple(f.path), f.component.value, f.message) for f in shaped}


_COMPOUND = "a path of several steps"


def _simple(path: str | None) -> str | None:
    return _COMPOUND if path and "<" in path else path


def _pyshacl(project: object) -> set[tuple[str, ...]]:
    """pyshacl alone: rdflib parses, one graph, its own report."""
    import pyshacl
    import rdflib

    from pactgraph.project import Project

    assert isinstance(project, Project)
    data, shapes = rdflib.Graph(), rdflib.Graph()
    for path in (*project.ontology(), *project.authority(), *project.sources()):
        data.parse(path, format="turtle")
    for path in project.shapes():
        shapes.parse(path, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inference="none")
    sh = rdflib.SH
    assert isinstance(report, rdflib.Graph)
    found = set()
    for result in report.objects(None, sh.result):
        focus, path, component, message = (
            report.value(result, name)
            for name in (sh.focusNode, sh.resultPath, sh.sourceConstraintComponent, sh.resultMessage)
        )
        told = _COMPOUND if isinstance(path, rdflib.BNode) else path and str(path)
        found.add(_key(str(focus), told, str(component), str(message)))
    return found


def _key(focus: str, path: str | None, component: str, message: str) -> tuple[str, ...]:
    return focus, path or "", component, message


def load(folder: Path, claims: int | None) -> None:
    from pyoxigraph import RdfFormat

    from pactgraph.project import Project
    from pactgraph.store import LocalStore, open_store

    project = Project(write_world(folder / "world", claims or 100_000))
    _build(project)
    store = open_store(project.store)
    assert isinstance(store, LocalStore)
    store.engine.dump(str(folder / "all.nq"), RdfFormat.N_QUADS)
    quads = len(store)
    store.close()
    ours, peer = _in_turn(3, lambda: _build(project), lambda: _raw(folder))
    _tell(
        "b",
        f"build of {quads:,} quads, ours / raw Oxigraph",
        ours.seconds / peer.seconds,
        "at most 2",
        f"{ours.seconds:.1f} s",
    )


def _build(project: object) -> None:
    run = "import sys; from pactgraph import *; build(find_project(sys.argv[1]), full=True, validated=False)"
    subprocess.run([sys.executable, "-c", run, str(getattr(project, "root"))], check=True)  # noqa: B009


def _raw(folder: Path) -> None:
    shutil.rmtree(folder / "raw", ignore_errors=True)
    run = "import sys, pyoxigraph; pyoxigraph.Store(sys.argv[1]).bulk_load(path=sys.argv[2])"
    subprocess.run([sys.executable, "-c", run, str(folder / "raw"), str(folder / "all.nq")], check=True)


def start(folder: Path, _: int | None) -> None:
    project = folder / "own"
    shutil.copytree(ROOT / "data", project / "data")
    command = [sys.executable, "-m", "pactgraph"]
    subprocess.run([*command, "build", "--project", str(project)], check=True, capture_output=True)
    query = [*command, "query", "ASK { ?claim a pact:Claim }", "--project", str(project)]
    bare = [sys.executable, "-c", "pass"]
    for what, asked, most in (("--version", [*command, "--version"], 5), ("query", query, 15)):
        ours, peer = _in_turn(15, lambda asked=asked: _run(asked), lambda: _run(bare))  # type: ignore[misc]
        told = f"{ours.seconds * 1000:.0f} ms"
        _tell(
            "c",
            f"start of {what}, ours / bare interpreter",
            ours.seconds / peer.seconds,
            f"at most {most}",
            told,
        )


def own(folder: Path, _: int | None) -> None:
    shutil.copytree(ROOT / "data", folder / "own" / "data")
    asked = ["build", "--full", "--project", str(folder / "own")]
    seconds = statistics.median(
        _timed(lambda: _run([sys.executable, "-m", "pactgraph", *asked])).seconds for _ in range(5)
    )
    _tell("d", "the repository's own data, seconds", seconds, "under 3", "")
    main, worker = _peaks(asked)
    _tell(
        "d",
        "its peak memory, MB",
        main + JOBS * worker,
        "under 200",
        f"{main:.0f} + {JOBS} * {worker:.0f} MB",
    )
    _edit_own(folder / "own")


JOBS = 2
"""Workers that a build starts at most."""
_PEAKS = """
import re, resource, sys
from pathlib import Path
from pactgraph.cli import main
code = main(sys.argv[1:])
own = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]
print(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


def _peaks(asked: list[str]) -> tuple[float, float]:
    """Peak resident MB of a command and of its largest worker, which counts pages that both share twice: Linux only."""
    done = subprocess.run([sys.executable, "-c", _PEAKS, *asked], check=True, capture_output=True, text=True)
    own, worker = (int(kilobytes) / 1024 for kilobytes in done.stdout.splitlines()[-1].split())
    return own, worker


def _edit_own(root: Path) -> None:
    """One source of the repository changes, the largest, over and over."""
    from pactgraph.building import Built, build
    from pactgraph.project import Project

    project, editions, edited = Project(root), iter(range(100)), list[Built]()
    path = max(project.sources(), key=lambda source: source.stat().st_size)
    text = path.read_text(encoding="utf-8")

    def edit() -> None:
        new = text.replace('schema:headline "', f'schema:headline "({next(editions)}) ', 1)
        path.write_text(new, encoding="utf-8")
        edited.append(build(project))

    with _watched() as work:
        build(project, full=True)
        edit()
    ours, peer = _in_turn(5, edit, lambda: build(project, full=True))
    _tell(
        "d",
        "one of its sources changed, full / ours",
        peer.seconds / ours.seconds,
        "more than 1",
        f"{ours.seconds:.2f} s",
    )
    built = edited[0]
    assert not built.full and built.changed == (path,)
    print(
        f"   written: {len(work.graphs)} of {len(project.sources())} sources; "
        f"resolved again: {work.claims:,} of {built.counts['claims']:,} claims"
    )


class _Work:
    """What an update did: the graphs of sources that it wrote, and the claims that it resolved."""

    def __init__(self) -> None:
        self.graphs: set[object] = set()
        self.claims = 0


@contextmanager
def _watched() -> Iterator[_Work]:
    from pactgraph.store import LocalStore

    work, update = _Work(), import_module("pactgraph.building.update")
    derived, replace = update.derived, LocalStore.replace

    def deriving(heard: list[object], *rest: object) -> object:
        work.claims += len(heard)
        return derived(heard, *rest)

    def replacing(store: LocalStore, graph: object, triples: object) -> None:
        work.graphs.add(graph)
        replace(store, graph, triples)  # type: ignore[arg-type]

    with patch.object(update, "derived", deriving), patch.object(LocalStore, "replace", replacing):
        yield work


def change(folder: Path, _: int | None) -> None:
    from pactgraph.building import build
    from pactgraph.project import Project

    project = Project(write_world(folder / "world", 12_000))
    path = project.sources()[500]
    text = path.read_text(encoding="utf-8")
    titles = iter(range(100))

    def edit() -> None:
        path.write_text(text.replace("News item 500", f"News item 500 ({next(titles)})"), encoding="utf-8")
        assert not build(project).full

    build(project, full=True)
    ours, peer = _in_turn(3, edit, lambda: build(project, full=True))
    _tell(
        "e",
        "one source of 1,000 changed, full / ours",
        peer.seconds / ours.seconds,
        "at least 20",
        f"{ours.seconds:.2f} s",
    )


class _Timed:
    def __init__(self, seconds: float, value: object) -> None:
        self.seconds = seconds
        self.value = value  # type: ignore[var-annotated]


def reading(folder: Path, number: int | None) -> None:
    from pactgraph.drafting import Options, describe, open_drafter, open_page
    from pactgraph.project import Project

    number = number or 10_000
    files, project = write_articles(folder / "articles", min(number, 60)), Project(ROOT)
    drafter, options = open_drafter(project), Options(date(2024, 12, 31), publisher="The Bench")
    given = [
        describe(*open_page(file, folder / "texts"), drafter.extractor.lexicon, options) for file in files
    ]
    drafter.draft(given[0])
    read = _worked(lambda: [drafter.extractor.read(each.text.normal, each.published) for each in given])
    drafted = _worked(lambda: [drafter.draft(each).turtle for each in given])
    _tell("x", "articles read in a second of one core", len(given) / read, "at least 12", "")
    _tell(
        "x",
        "articles drafted and proved in a second of one core",
        len(given) / drafted,
        "at least 12",
        "",
    )
    command = [sys.executable, "-m", "pactgraph", "extract", str(files[0]), "--project", str(ROOT)]
    first = _timed(lambda: _run(command))
    _tell("x", "seconds until the first claims of a new process", first.seconds, "at most 3.5", "")
    _tell("x", "megabytes that it takes", _used([*command, "--format", "jsonl"]).megabytes, "at most 300", "")
    _tell_batch(run_batch(folder, number))


def _tell_batch(batch: Batch) -> None:
    seconds = batch.stopped.seconds + batch.resumed.seconds
    _tell(
        "x",
        f"articles a second, {batch.drafts:,} on two processes",
        batch.rate,
        "as many as can be",
        f"{seconds:.0f} s",
    )
    most = max(batch.stopped.megabytes, batch.resumed.megabytes)
    _tell("x", "megabytes of its three processes together", most, "at most 900", "")
    print(
        f"   killed after {batch.stopped.seconds:.0f} s (exit {batch.stopped.code}), gone on with: exit {batch.resumed.code}, "
        f"{batch.drafts:,} drafts; {len(batch.differing)} of {batch.compared:,} compared are others than those of an "
        "undisturbed run"
    )
    print("".join(f"   refused: {line.rpartition('/')[2]}\n" for line in batch.failed), end="")


@dataclass(frozen=True)
class _Used:
    megabytes: float
    seconds: float


def _used(command: list[str]) -> _Used:
    """The most memory that a command takes, and its time of the processor."""
    told = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); "
    told += "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
    told += "print(used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)"
    done = subprocess.run([sys.executable, "-c", told, *command], check=True, capture_output=True, text=True)
    return _Used(*map(float, done.stdout.split()))


def _worked(work: Callable[[], object]) -> float:
    """The seconds of the processor that it takes, however busy the machine is."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _timed(work: Callable[[], object]) -> _Timed:
    began = time.perf_counter()
    value = work()
    return _Timed(time.perf_counter() - began, value)


def resolution(folder: Path, claims: int | None) -> None:
    most = claims or 100_000
    small, large = (_resolved(write_world(folder / str(n), n)) for n in (most // 10, most))
    growth = (large.seconds / most) / (small.seconds / (most // 10))
    _tell("f", f"resolving {most:,} claims, seconds", large.seconds, f"under {most / 10_000:.0f}", "")
    _tell("f", "a claim among all, in claims among a tenth", growth, "at most 1.2", "")
    _tell("f", "pyoxigraph parsing the files / ours", large.parsing / large.seconds, "no figure", "")
    _tell("f", "peak memory with the claims, MB", large.megabytes, "under 4,000", "")


@dataclass(frozen=True)
class _Resolved:
    seconds: float
    parsing: float
    megabytes: float


_RESOLVING = """
import gc, re, sys, time
from pathlib import Path
from pactgraph.building.layers import read_all, sources
from pactgraph.graph.nodes import group
from pactgraph.project import Project
from pactgraph.resolution import derive, read_rules
from pyoxigraph import RdfFormat, parse
gc.disable()
project = Project(Path(sys.argv[1]))
rules = read_rules(group(read_all((*project.ontology(), *project.authority()))))
heard = []
for _ in sources(project, rules, heard, lambda *_: None):
    pass
begun = time.process_time()
for piece in derive(heard, rules):
    pass
resolved = time.process_time() - begun
memory = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]
begun = time.process_time()
for path in project.sources():
    for _ in parse(path=path, format=RdfFormat.TURTLE):
        pass
print(resolved, time.process_time() - begun, int(memory) / 1024)
"""


def _resolved(root: Path) -> _Resolved:
    """Processor seconds on one core, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _RESOLVING, str(root)], check=True, capture_output=True, text=True
    )
    return _Resolved(*map(float, done.stdout.split()))


ABOUT = {"pact": "Agreement", "subject": "Agreement", "official": "Official", "speaker": "Official"}
ABOUT |= {"party": "State", "publisher": "Publisher", "group": "PactGroup"}
"""What a named query may be about, by its parameter, and the class that is drawn from."""
DRAWS = 20
RAW = {
    "says": "SELECT ?claim ?object { ?claim a pact:Claim ; rdf:subject ?pact ; rdf:object ?object ; prov:wasDerivedFrom ?source . ?source schema:datePublished ?day } ORDER BY ?day",
    "signed": "SELECT ?source { ?claim a pact:Claim ; rdf:predicate pact:signedOn ; rdf:subject ?pact ; prov:wasDerivedFrom ?source } ORDER BY ?source",
    "dissent": "SELECT ?claim ?other { ?claim a pact:Claim ; rdf:subject ?subject ; rdf:predicate ?p ; rdf:object ?o . ?other rdf:subject ?subject ; rdf:predicate ?p ; rdf:object ?q . FILTER(?o != ?q) }",
}
"""The questions of some named queries, asked of claims alone; resolution, witnesses and clocks are left out."""


def questions(folder: Path, claims: int | None) -> None:
    from pactgraph.project import Project
    from pactgraph.sparql import list_queries
    from pactgraph.store import open_store
    from pactgraph.vocabulary import ONTOLOGY, PREFIXES

    project = Project(write_world(folder / "world", claims or 100_000))
    _build(project)
    store = open_store(project.store)
    drawn = {name: _draw(store, ONTOLOGY + kind) for name, kind in ABOUT.items()}
    every: list[float] = []
    for query in list_queries(project.queries()):
        about = next((p.name for p in query.parameters if p.name in ABOUT), None)
        asked = [{about: node} if about else {} for node in (drawn[about] if about else [None] * DRAWS)]
        times = sorted(_timed(lambda q=query.text, a=each: list(store.query(q, a))).seconds for each in asked)  # type: ignore[misc]
        every += times
        if query.name in RAW and about:
            raw = "".join(f"PREFIX {n}: <{iri}>\n" for n, iri in PREFIXES.items()) + RAW[query.name]
            told = sorted(_timed(lambda r=raw, a=each: list(store.query(r, a))).seconds for each in asked)  # type: ignore[misc]
            _tell("g", f"{query.name}, raw on Oxigraph / ours", _mid(told) / _mid(times), "over 1", "")
    every.sort()
    _tell("g", "all named queries, median ms", 1000 * _mid(every), "under 50", f"{len(every)} asked")
    _tell("g", "all named queries, p95 ms", 1000 * every[int(0.95 * len(every))], "under 300", "")
    _rdflib(folder, raw_of={name: RAW[name] for name in RAW})


_DUMP = """
import sys, pyoxigraph
from pactgraph.store import open_store
with open("/dev/null", "wb") as nowhere:
    open_store(sys.argv[1]).engine.dump(nowhere, pyoxigraph.RdfFormat.N_QUADS)
"""


def exporting(folder: Path, claims: int | None) -> None:
    from pactgraph.project import Project

    most = claims or 300_000
    small, large = (_exported(Project(write_world(folder / str(n), n))) for n in (most // 3, most))
    peer = large.pop("Oxigraph")
    for name, ours in large.items():
        told = f"{ours.megabytes:.0f} MB"
        _tell(
            "h", f"memory, {name} / Oxigraph's own N-Quads", ours.megabytes / peer.megabytes, "near 1", told
        )
        _tell(
            "h",
            f"memory, {name} of {most:,} claims / of {most // 3:,}",
            ours.megabytes / small[name].megabytes,
            "near 1",
            "",
        )
        _tell(
            "h",
            f"time, {name} / Oxigraph's own N-Quads",
            ours.seconds / peer.seconds,
            "at most 2",
            f"{ours.seconds:.0f} s",
        )


def _exported(project: Any) -> dict[str, _Used]:
    _build(project)
    ours = [sys.executable, "-m", "pactgraph", "export", "--project", str(project.root), "-o", os.devnull]
    return {
        "N-Quads": _used([*ours, "--format", "nq"]),
        "Turtle": _used([*ours, "--format", "ttl"]),
        "Oxigraph": _used([sys.executable, "-c", _DUMP, str(project.store)]),
    }


def _mid(times: list[float]) -> float:
    return times[len(times) // 2]


def _draw(store: Any, kind: str) -> list[Any]:
    """Some nodes of a class, the same each time."""
    from pyoxigraph import NamedNode

    rows = store.query("SELECT ?n { ?n a ?kind } ORDER BY ?n LIMIT 5000", {"kind": NamedNode(kind)})
    nodes = [row["n"] for row in rows]
    return random.Random(1).sample(nodes, min(DRAWS, len(nodes)))


def _rdflib(folder: Path, raw_of: dict[str, str]) -> None:
    """The raw questions on rdflib, and the named ones on the disk store, over the same 5,000 claims."""
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    from pactgraph.project import Project
    from pactgraph.sparql import list_queries
    from pactgraph.store import open_store
    from pactgraph.vocabulary import ONTOLOGY, PREFIXES

    project = Project(write_world(folder / "small", 5_000))
    _build(project)
    store = open_store(project.store)
    graph = rdflib.Graph()
    for path in (*project.authority(), *project.sources()):
        graph.parse(path, format="turtle")
    nodes = _draw(store, ONTOLOGY + "Agreement")[:5]
    for query in list_queries(project.queries()):
        if query.name in raw_of:
            about = next(p.name for p in query.parameters if p.name in ABOUT)
            ours = sorted(
                _timed(lambda q=query.text, n=n, a=about: list(store.query(q, {a: n}))).seconds for n in nodes
            )  # type: ignore[misc]
            prepared = prepareQuery(raw_of[query.name], initNs=PREFIXES)
            told = sorted(
                _timed(
                    lambda q=prepared, n=n, a=about: list(
                        graph.query(q, initBindings={a: rdflib.URIRef(n.value)})
                    )  # type: ignore[misc]
                ).seconds
                for n in nodes
            )
            _tell(
                "g",
                f"{query.name}, raw on rdflib, 5,000 claims / ours",
                _mid(told) / _mid(ours),
                "over 1",
                "",
            )


def _in_turn(runs: int, one: Callable[[], object], other: Callable[[], object]) -> tuple[_Timed, _Timed]:
    """The median of each of two sides, run in turn."""
    pairs = [(_timed(one), _timed(other)) for _ in range(runs)]
    return tuple(
        sorted(side, key=lambda timed: timed.seconds)[len(side) // 2] for side in zip(*pairs, strict=True)
    )  # type: ignore[return-value]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _tell(section: str, what: str, ratio: float, wanted: str, ours: str) -> None:
    print(f"{section}  {what}: {ratio:.2f}  (wanted: {wanted}){f'  {ours}' if ours else ''}", flush=True)


if __name__ == "__main__":
    main()
