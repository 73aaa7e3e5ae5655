"""Commands that make, check and mend what there is to read."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from pactgraph.cli import paper
from pactgraph.cli.commands.opening import MEMORY, existing, telling_refusals
from pactgraph.cli.commands.reading import print_list
from pactgraph.cli.progress import progress
from pactgraph.errors import FINDINGS, FINE
from pactgraph.project import find_project


def build(given: Namespace) -> int:
    from pactgraph.building import AUDITED
    from pactgraph.building import build as make
    from pactgraph.store import LocalStore, open_store

    project = find_project(given.project)
    location = LocalStore.in_memory() if given.store == MEMORY else given.store or project.store
    with progress() as told, telling_refusals():
        built = make(
            project,
            location,
            full=given.full,
            validated=not given.no_validate,
            audits=given.audits,
            engine=given.engine,
            jobs=given.jobs,
            progress=told,
        )
    paper.print_report(built.report, "table", sys.stderr, silent=("Info",))
    paper.say(paper.built(built))
    if not built.audited:
        paper.say(
            f"Of more than {AUDITED:,} claims the audits are left out; to have them: pactgraph build --audits"
        )
    print_list(open_store(location), "pacts", given.format)
    return FINE


def validate(given: Namespace) -> int:
    from pactgraph.building import validate_audits
    from pactgraph.curation import validate as check
    from pactgraph.validation import Report

    project, files = find_project(given.project), existing(given.files)
    with progress() as told:
        report = check(
            project,
            files,
            engine=given.engine,
            jobs=given.jobs,
            progress=lambda done, total: told("validating", done, total),
        )
    if report.passes and not files:
        report = Report((*report.findings, *validate_audits(project).findings))
    paper.print_report(report, given.format, sys.stdout)
    if given.format == "table":
        paper.say(paper.validated(report, len(files or project.sources())))
    return FINE if report.passes else FINDINGS


def verify(given: Namespace) -> int:
    from pactgraph.audit import verify as check

    project = find_project(given.project)
    verification = check(project, Path(given.texts), existing(given.files) or None)
    paper.print_verification(verification, given.format)
    return FINE if verification.proved else FINDINGS


def format_(given: Namespace) -> int:
    from pactgraph.curation import format_file

    files = existing(given.files)
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
