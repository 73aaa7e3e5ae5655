"""Many articles at once, on all cores: each draft in files of its own, so that what is stopped can go on later."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from pactgraph.drafting.desk import Drafter
from pactgraph.drafting.draft import Draft
from pactgraph.drafting.opening import Options, describe, open_drafter, open_page
from pactgraph.drafting.proposals import slug
from pactgraph.drafting.rows import jsonl
from pactgraph.errors import PactGraphError
from pactgraph.project import Project
from pactgraph.replacing import replacing

Progress = Callable[[int, int], None]
READABLE = (".txt", ".html", ".htm", ".xhtml")

_drafters: dict[Path, Drafter] = {}
"""Those of a worker, made once."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file of which no draft could be made, and why."""

    file: Path
    message: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of the files; `skipped` have a draft already."""

    written: tuple[Path, ...]
    skipped: tuple[Path, ...]
    failed: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read, and where its draft goes."""

    file: Path
    project: Path
    output: Path
    syntax: str
    options: Options


def find_files(given: Sequence[Path]) -> list[Path]:
    """The files, and of folders the texts and pages in them, each once."""
    found = (each for path in given for each in (sorted(_texts(path)) if path.is_dir() else [path]))
    return list(dict.fromkeys(found))


def _texts(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.suffix.lower() in READABLE and path.is_file())


def draft_all(
    project: Project,
    files: Sequence[Path],
    output: Path,
    options: Options,
    *,
    syntax: str = "ttl",
    jobs: int = 2,
    progress: Progress | None = None,
) -> Batch:
    """Writes a draft of each file: `sources/<name>.ttl` and, where it needs new nodes, `authority/<name>.ttl`.

    Files that have one are skipped. A file that cannot be read stops nothing. As `jsonl`, `<name>.jsonl`.
    """
    tasks = [Task(file, project.root, output, syntax, options) for file in files]
    todo = [task for task in tasks if not draft_path(task).exists()]
    skipped = tuple(task.file for task in tasks if draft_path(task).exists())
    results: dict[Path, Path | Failure] = {}
    for task, result in _run(todo, min(jobs, len(todo))):
        results[task.file] = result
        if progress:
            progress(len(results), len(todo))
    ordered = [results[task.file] for task in todo]
    written = tuple(result for result in ordered if isinstance(result, Path))
    return Batch(written, skipped, tuple(result for result in ordered if isinstance(result, Failure)))


def draft_path(task: Task) -> Path:
    """Where the draft of a file goes."""
    name = f"{slug(task.file.stem)}.{task.syntax}"
    return task.output / "sources" / name if task.syntax == "ttl" else task.output / name


def _run(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[Task, Path | Failure]]:
    if jobs <= 1:
        for task in tasks:
            yield task, _draft(task)
        return
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_deaf)
    try:
        waiting: dict[Future[Path | Failure], Task] = {pool.submit(_draft, task): task for task in tasks}
        for done in as_completed(waiting):
            yield waiting[done], _result(done, waiting[done])
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _deaf() -> None:
    """Ctrl-C ends the batch; each worker ends what it writes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _result(done: Future[Path | Failure], task: Task) -> Path | Failure:
    try:
        return done.result()
    except Exception as error:
        return Failure(task.file, f"the process that read it ended: {error}")


def _draft(task: Task) -> Path | Failure:
    if task.project not in _drafters:
        _drafters[task.project] = open_drafter(Project(task.project))
    drafter = _drafters[task.project]
    try:
        page, capture = open_page(task.file, Project(task.project).texts)
        draft = drafter.draft(describe(page, capture, drafter.extractor.lexicon, task.options))
        return write_draft(draft, draft_path(task), task.syntax)
    except PactGraphError as error:
        return Failure(task.file, str(error))
    except OSError as error:
        return Failure(task.file, error.strerror or str(error))
    except RecursionError:
        return Failure(task.file, "it is nested too deep")


def write_draft(draft: Draft, path: Path, syntax: str = "ttl") -> Path:
    """Writes a draft, the nodes that it needs first, and each file whole or not at all."""
    if syntax == "ttl":
        if draft.proposals:
            replace_file(path.parent.parent / "authority" / path.name, draft.proposals_turtle)
        return replace_file(path, draft.turtle)
    return replace_file(path, jsonl(draft))


def replace_file(path: Path, content: str) -> Path:
    """The old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as fresh:
        fresh.write_text(content, encoding="utf-8")
    return path
