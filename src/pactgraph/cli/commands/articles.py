"""Commands that take articles in."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pactgraph.cli import paper
from pactgraph.errors import FINE
from pactgraph.project import find_project


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
