"""Many files on all cores: each judged by itself, over a background that is read once."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from pactgraph.validation.lines import find_line
from pactgraph.validation.reference import ReferenceFailed, reference_report
from pactgraph.validation.report import Finding, Report, report
from pactgraph.validation.subjects import Subjects, Term, View, by_subject, read, triples_of
from pactgraph.validation.targets import Program
from pactgraph.validation.validator import Engine, Validator

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
    progress: Progress | None = None,
) -> Report:
    """What the shapes find in each file over the background, and in the background files as one.

    Every finding names the file that describes (or else mentions) its focus node, and the line where it is
    known. The findings are those of one run over all files as one graph, provided that no file describes a
    node that another one looks up or describes otherwise, and that subclasses stand in the background.
    Raises SyntaxFault for the first file that is no Turtle, ReferenceFailed when the shapes are broken, and
    UnknownConstruct when the engine has to be "compiled" and the shapes cannot be.
    """
    behind = {path: by_subject(read(path)) for path in background}
    triples = (triple for subjects in behind.values() for triple in triples_of(subjects))
    validator = Validator(shapes, triples, engine=engine)
    found = _findings(validator, files, behind, jobs, progress or _silent)
    return report(_with_lines(each for each in found if judge_background or each.file in files))


def _findings(
    validator: Validator, files: Sequence[Path], behind: dict[Path, Subjects], jobs: int, progress: Progress
) -> Sequence[Finding]:
    program = validator.program
    if program is None or (validator.engine == "auto" and _bytes(files) <= SMALL):
        try:
            return _as_one(validator, {path: by_subject(read(path)) for path in files} | behind)
        except ReferenceFailed:
            if program is None:
                raise
    return _one_by_one(validator, program, files, behind, jobs, progress)


def _as_one(validator: Validator, files: dict[Path, Subjects]) -> Sequence[Finding]:
    """The reference engine over all files as one graph."""
    triples = (triple for subjects in files.values() for triple in triples_of(subjects))
    found = reference_report(triples, validator.shapes).findings
    return [replace(each, file=home) for each in found for home in _homes(each.focus, files)]


def _homes(focus: Term, files: dict[Path, Subjects]) -> Sequence[Path | None]:
    """The files that describe a node, else those that mention it."""
    described = [path for path, subjects in files.items() if focus in subjects]
    return described or [path for path, subjects in files.items() if _mentions(subjects, focus)] or [None]


def _mentions(subjects: Subjects, focus: Term) -> bool:
    return any(focus in values for properties in subjects.values() for values in properties.values())


def _one_by_one(
    validator: Validator,
    program: Program,
    files: Sequence[Path],
    behind: dict[Path, Subjects],
    jobs: int,
    progress: Progress,
) -> Sequence[Finding]:
    job = _Job(validator, program, behind)
    found: list[Finding] = []
    singled_out: set[Term] = set()
    done = 0
    for number, findings, described in job.run(files, jobs):
        found += findings
        singled_out |= described
        done += number
        progress(done, len(files))
    for finding in validator.background_report.findings:
        if finding.focus not in singled_out:
            found += (replace(finding, file=home) for home in _homes(finding.focus, behind))
    return found


Outcome = tuple[int, list[Finding], set[Term]]
"""How many files were judged, what was found, and which nodes singled out by shapes they describe."""


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
        _Job.current = self
        with multiprocessing.get_context("fork").Pool(min(jobs, len(chunks)), gc.disable) as pool:
            yield from pool.imap(_judge_chunk, chunks)

    def judge(self, files: Sequence[Path]) -> Outcome:
        """Every file of a chunk by itself; each is forgotten before the next is read."""
        found: list[Finding] = []
        described: set[Term] = set()
        for path in files:
            own = by_subject(read(path))
            described.update(node for node in self.program.target_nodes if node in own)
            results = self.program.findings(View(own, self.validator.base), absent=False)
            for finding in self.validator.own_findings(own, results):
                home = path if finding.focus in own else self.homes.get(finding.focus, path)
                found.append(replace(finding, file=home))
        return len(files), found, described


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
    """Findings with the line of their focus node; a file is read again only when something is found in it."""
    ordered = sorted(findings, key=lambda finding: str(finding.file or ""))
    for file, group in groupby(ordered, key=lambda finding: finding.file):
        text = file.read_text(encoding="utf-8") if file is not None else ""
        for finding in group:
            yield replace(finding, line=find_line(text, finding.focus))


def _silent(done: int, of: int) -> None:
    """Progress that nobody watches."""
