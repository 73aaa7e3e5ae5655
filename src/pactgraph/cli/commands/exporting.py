"""Commands that hand the graph on, and take in what others hand on."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pactgraph.cli import paper
from pactgraph.cli.commands.opening import existing, opened
from pactgraph.cli.progress import progress
from pactgraph.errors import FINE, BadInput, UsageError
from pactgraph.project import Project, find_project
from pactgraph.vocabulary import PREFIXES, shorten

if TYPE_CHECKING:
    from pactgraph.store import Store


def export(given: Namespace) -> int:
    from pactgraph.cli.commands.wikidata import quickstatements
    from pactgraph.exports import FOLDERS, pieces

    if given.to == "quickstatements":
        if given.as_known or given.key or given.spreadsheet or given.graph != "all":
            raise UsageError(
                "rows for QuickStatements are of facts as known now: leave --as-known, --graph and the like out"
            )
        return quickstatements(given)
    if given.format == "v1":
        raise UsageError("v1 is a form of rows for QuickStatements: give --to quickstatements with it")
    project = find_project(given.project)
    if given.format in FOLDERS and not given.output:
        raise UsageError(f"--format {given.format} is several files: name a new folder for them with -o DIR")
    if given.format == "ro-crate" and (given.pact or given.as_known):
        raise UsageError("a crate is of the whole graph: leave --pact and --as-known out")
    if given.spreadsheet and given.format != "csv":
        raise UsageError(f"--spreadsheet is of csv, not {given.format}")
    if given.format in FOLDERS and given.key:
        raise UsageError(f"a key signs nanopublications, not {given.format}")
    with opened(given, project) as whole, _narrowed(given, whole) as store:
        if given.format in FOLDERS:
            _save_folder(given, project, store)
            return FINE
        key = Path(given.key) if given.key else None
        written = pieces(
            store,
            graph=given.graph,
            syntax=given.format,
            key=key,
            licence=project.licence,
            mapping=project.mapping,
        )
        if given.output:
            paper.save(written, Path(given.output))
        else:
            paper.write_all(written)
    return FINE


def site(given: Namespace) -> int:
    from pactgraph.site import ROOT, publish

    project = find_project(given.project)
    texts = Path(given.texts) if given.texts else None
    with opened(given, project) as store, progress() as told:
        made = publish(
            store, project, Path(given.output), base=given.base or ROOT, texts=texts, progress=told
        )
    paper.say(f"{made.folder}: {paper.some(made.pages, 'page')} in {paper.some(made.files, 'file')}.")
    return FINE


def _save_folder(given: Namespace, project: Project, store: Store) -> None:
    from pactgraph.exports import export_folder

    files = export_folder(
        project, store, Path(given.output), given.format, graph=given.graph, spreadsheet=given.spreadsheet
    )
    paper.say(f"Written: {paper.some(len(files), 'file')} in {given.output}")


def import_(given: Namespace) -> int:
    from pactgraph.adding import take
    from pactgraph.cli.adding import print_addition, print_apart, print_checked
    from pactgraph.cli.commands.articles import rebuild

    project = find_project(given.project)
    where = "stdin" if given.file == "-" else given.file
    addition = take(project, _given(given.file), where, given.name, _texts(given, project))
    if not addition.claims:
        paper.say("Nothing new: the graph has these claims already.")
        print_apart(addition)
        return FINE
    print_addition(addition)
    print_checked(addition)
    print_apart(addition)
    try:
        rebuild(given, project)
    except BadInput as fault:
        fault.hint = "The claims are in. Bring the store up to date with: pactgraph build"
        raise
    return FINE


def _texts(given: Namespace, project: Project) -> Path | None:
    """The folder that is named, or that of the graph where there is one."""
    if given.texts:
        return Path(given.texts)
    return project.texts if project.texts.is_dir() else None


def _given(name: str) -> bytes:
    from pactgraph.graph.foreign import bytes_of

    if name == "-":
        return bytes_of(sys.stdin.buffer)
    (file,) = existing([name])
    with file.open("rb") as stream:
        return bytes_of(stream)


@contextmanager
def _narrowed(given: Namespace, store: Store) -> Iterator[Store]:
    """The whole graph, or the part of it that is asked for."""
    from pactgraph.exports.narrowing import as_known, of_pact
    from pactgraph.pages import Names

    pact = Names(store).find(given.pact) if given.pact else None
    if pact and not pact.value.startswith(PREFIXES["pactid"]):
        raise UsageError(f"{given.pact!r} is {shorten(pact.value)}, which is no pact")
    with ExitStack() as stack:
        if given.as_known:
            folder = stack.enter_context(TemporaryDirectory(prefix="pactgraph-"))
            store = stack.enter_context(closing(as_known(store, given.as_known, Path(folder))))
        yield of_pact(store, pact) if pact else store
