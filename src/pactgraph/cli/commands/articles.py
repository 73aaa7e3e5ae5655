"""Commands that take articles in."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.cli import paper
from pactgraph.cli.commands.opening import MEMORY, existing
from pactgraph.cli.progress import progress
from pactgraph.errors import FINDINGS, FINE, UsageError
from pactgraph.project import Project, find_project

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from pactgraph.adding import Held
    from pactgraph.drafting import Draft, Drafter, Options
    from pactgraph.source import Page


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
    from pactgraph.cli.drafts import print_draft
    from pactgraph.cli.explaining import print_explanation
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
    content = sys.stdin.buffer.read() if name == STDIN else existing([name])[0]
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
    draft = drafter.draft(held.described(about) if held is not None else about)
    if held is not None and not held.is_same(about.text):
        print_drift(held, draft, drafter)
        return FINDINGS
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
    rebuild(given, project)
    print_addition(addition)
    return FINE


def rebuild(given: Namespace, project: Project) -> None:
    """The store of a graph whose files have just changed."""
    from pactgraph.building import build as make
    from pactgraph.store import LocalStore

    location = LocalStore.in_memory() if given.store == MEMORY else given.store or project.store
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

    (file,) = existing([given.gold])
    gold = read_gold(file)
    texts = read_texts(gold, Path(given.texts))
    dates = read_dates(*existing([given.dates])) if given.dates else None
    extractor = open_extractor(find_project(given.project))
    with progress() as told:
        found = read_candidates(extractor, texts, dates, lambda done, total: told("reading", done, total))
    scores = score(gold, found, read_rulebook(shipped("lexica") / "gold.toml", extractor.nodes))
    print_scores(scores, texts, given.format)
    if given.report:
        write_report(scores, texts, Path(given.report))
    return FINDINGS if given.fail_under is not None and scores.total().f1 < given.fail_under else FINE
