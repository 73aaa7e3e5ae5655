"""Many files on all cores: each judged by itself, over a background that is read once."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import cast

from pactgraph.errors import UsageError
from pactgraph.graph.nodes import Nodes
from pactgraph.validation.addresses import Address, Elsewhere, addresses, nowhere, shared
from pactgraph.validation.beyond import beyond, told_twice
from pactgraph.validation.contradictions import contradictions
from pactgraph.validation.lines import Places
from pactgraph.validation.reference import ReferenceFailed, reference_report
from pactgraph.validation.report import Finding, Report, report
from pactgraph.validation.subjects import Subjects, Term, View, by_subject, read, triples_of
from pactgraph.validation.targets import Program
from pactgraph.validation.validator import Engine, Validator
from pactgraph.vocabulary import PACT

Progress = Callable[[int, int], None]
"""Called with the number of files done and the number of all."""

SMALL = 256 * 1024
"""Bytes of sources up to which `auto` takes the reference engine: some 200 claims."""
_CHUNK = 128 * 1024
"""Bytes of sources that a worker takes at a time."""
_WORTH_WORKERS = 512 * 1024


def validate_files(
    files: Sequence[Path],
    shapes: Sequence[Path],
    background: Sequence[Path] = (),
    *,
    engine: Engine = "auto",
    jobs: int = 2,
    judge_background: bool = True,
    elsewhere: Elsewhere = nowhere,
    progress: Progress | None = None,
) -> Report:
    """What the shapes find in each file over the background, and in the background files as one.

    Every finding names the file that describes (or else mentions) its focus node, and the line where it is
    known. The findings are those of one run over all files as one graph, provided that no file describes a
    node that another one looks up or describes otherwise, and that subclasses stand in the background; where
    shapes count what points to a node of the background, the files are in fact judged as one graph. Two sources with one
    address are found across files; `elsewhere` tells of sources that are not among them.
    Raises UsageError for fewer than one of `jobs`, SyntaxFault for the first file that is no Turtle, ReferenceFailed when the shapes are broken, and
    UnknownConstruct when the engine has to be "compiled" and the shapes cannot be.
    """
    if jobs < 1:
        raise UsageError(f"{jobs} processes cannot validate anything; give 1 or more jobs")
    behind = {path: by_subject(read(path)) for path in background}
    triples = (triple for subjects in behind.values() for triple in triples_of(subjects))
    validator = Validator(shapes, triples, engine=engine)
    judged = behind if judge_background else {}
    found, given = _findings(validator, files, behind, judged, jobs, progress or _silent)
    every = (*found, *shared(given, elsewhere))
    return report(_with_lines(each for each in every if judge_background or each.file in files))


Found = tuple[Sequence[Finding], Sequence[Address]]
"""What is wrong, and the addresses that the files give."""


def _findings(
    validator: Validator,
    files: Sequence[Path],
    behind: dict[Path, Subjects],
    judged: dict[Path, Subjects],
    jobs: int,
    progress: Progress,
) -> Found:
    """What is wrong in the files, and in as much of the background as is to be judged."""
    program = validator.program
    if program is None or (validator.engine == "auto" and _bytes(files) <= SMALL):
        try:
            return _as_one(
                files, behind, lambda whole: reference_report(triples_of(whole), validator.shapes).findings
            )
        except ReferenceFailed:
            if program is None:
                raise
    try:
        return _one_by_one(validator, program, files, behind, judged, jobs, progress)
    except _BoundTogether:
        return _as_one(files, behind, lambda whole: program.findings(View(whole), absent=True))


def _as_one(
    files: Sequence[Path], behind: dict[Path, Subjects], judge: Callable[[Subjects], Sequence[Finding]]
) -> Found:
    """All files as one graph; each finding is given the files of its focus node."""
    parts = {path: by_subject(read(path)) for path in files} | behind
    found = judge(by_subject(triple for subjects in parts.values() for triple in triples_of(subjects)))
    apart = [*_beyond(parts), *_across(behind)]
    homes = _homes({each.focus for each in found}, parts)
    placed = (
        _placed(each, home, parts.get(home) if home else None) for each in found for home in homes[each.focus]
    )
    return [*apart, *placed], [each for path, own in parts.items() for each in addresses(own, path)]


def _beyond(files: dict[Path, Subjects]) -> Iterator[Finding]:
    return (
        _placed(each, path, own) for path, own in files.items() for each in beyond(cast(Nodes, own), path)
    )


def _across(files: dict[Path, Subjects]) -> Iterator[Finding]:
    """What is wrong with the background as a whole."""
    nodes = cast(dict[Path, Nodes], files)
    yield from told_twice(nodes)
    yield from contradictions(nodes)


def _placed(finding: Finding, file: Path | None, own: Subjects | None) -> Finding:
    """A finding with the file that it stands in, and with the passage of the claim that it is of."""
    passages = own.get(finding.focus, {}).get(PACT.passage, ()) if own else ()
    return replace(finding, file=file, passage=next(iter(passages), None))


def _homes(nodes: set[Term], files: dict[Path, Subjects]) -> dict[Term, Sequence[Path | None]]:
    """For each node the files that describe it, else those that mention it."""
    homes: dict[Term, Sequence[Path | None]] = {}
    for node in nodes:
        described = [path for path, subjects in files.items() if node in subjects]
        homes[node] = (
            described or [path for path, subjects in files.items() if _mentions(subjects, node)] or [None]
        )
    return homes


def _mentions(subjects: Subjects, node: Term) -> bool:
    return any(node in values for properties in subjects.values() for values in properties.values())


def _one_by_one(
    validator: Validator,
    program: Program,
    files: Sequence[Path],
    behind: dict[Path, Subjects],
    judged: dict[Path, Subjects],
    jobs: int,
    progress: Progress,
) -> Found:
    job = _Job(validator, program, behind)
    found: list[Finding] = []
    given: list[Address] = []
    singled_out: set[Term] = set()
    done = 0
    for number, findings, described, addressed in job.run(files, jobs):
        found += findings
        given += addressed
        singled_out |= described
        done += number
        progress(done, len(files))
    if judged:
        left = [each for each in validator.background_report.findings if each.focus not in singled_out]
        homes = _homes({each.focus for each in left}, judged)
        found += (replace(each, file=home) for each in left for home in homes[each.focus])
        found += _beyond(judged)
        found += _across(judged)
    return found, given


Outcome = tuple[int, list[Finding], set[Term], list[Address]]
"""How many files were judged, what was found, which nodes singled out by shapes they describe, and their addresses."""


class _BoundTogether(Exception):
    """The shapes look back from the background into more than one file."""


class _Job:
    """What workers need; they inherit it when they are forked."""

    current: _Job

    def __init__(self, validator: Validator, program: Program, behind: dict[Path, Subjects]) -> None:
        self.validator = validator
        self.program = program
        self.homes: dict[Term, Path] = {node: path for path, subjects in behind.items() for node in subjects}

    def run(self, files: Sequence[Path], jobs: int) -> Iterator[Outcome]:
        chunks = list(_chunks(files))
        can_fork = "fork" in multiprocessing.get_all_start_methods()
        if jobs < 2 or not can_fork or _bytes(files) < _WORTH_WORKERS:
            yield from map(self.judge, chunks)
            return
        done = 0
        for outcome in self._forked(chunks, min(jobs, len(chunks))):
            yield outcome
            done += 1
        yield from map(self.judge, chunks[done:])

    def _forked(self, chunks: Sequence[Sequence[Path]], jobs: int) -> Iterator[Outcome]:
        """The outcomes of chunks in order, up to one whose worker was killed, as when memory runs out."""
        from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

        _Job.current = self
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(jobs, context, _prepare) as pool, suppress(BrokenProcessPool):
            yield from pool.map(_judge_chunk, chunks)

    def judge(self, files: Sequence[Path]) -> Outcome:
        """Every file of a chunk by itself; each is forgotten before the next is read."""
        found: list[Finding] = []
        given: list[Address] = []
        described: set[Term] = set()
        for path in files:
            own = by_subject(read(path))
            given += addresses(own, path)
            if not self.program.is_local(own):
                raise _BoundTogether
            described.update(node for node in self.program.target_nodes if node in own)
            view = View(own, self.validator.base)
            results = self.program.findings(view, False, self.validator.looking_back)
            for finding in self.validator.own_findings(own, results):
                home = path if finding.focus in own else self.homes.get(finding.focus, path)
                found.append(_placed(finding, home, own))
            found += _beyond({path: own})
        return len(files), list(_with_lines(found)), described, given


def _prepare() -> None:
    """A worker lives for seconds, and ends what it judges when Ctrl-C ends the run."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _judge_chunk(files: Sequence[Path]) -> Outcome:
    return _Job.current.judge(files)


def _chunks(files: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """Runs of files of about equal size, so that the work of starting on one hardly counts."""
    chunk: list[Path] = []
    size = 0
    for path in files:
        chunk.append(path)
        size += _bytes([path])
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _bytes(files: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in files if path.exists())


def _with_lines(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings with the line of their focus node; only files in which something is found are read again."""
    ordered = sorted(findings, key=lambda finding: str(finding.file or ""))
    for file, group in groupby(ordered, key=lambda finding: finding.file):
        places: Places | None = None
        for finding in group:
            if finding.line is None and file is not None:
                places = places or Places(file.read_text(encoding="utf-8"))
                finding = replace(finding, line=places.line(finding.focus))
            yield finding


def _silent(done: int, of: int) -> None:
    """Progress that nobody watches."""
