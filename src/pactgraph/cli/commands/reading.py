"""Commands that read the graph: tables, pages, evidence, conflicts, pictures, RDF."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.cli import paper, prose
from pactgraph.cli.commands.opening import asked_clock, opened
from pactgraph.errors import FINE
from pactgraph.project import find_project

if TYPE_CHECKING:
    from pactgraph.pictures import Picture
    from pactgraph.resolution.clock import Clock
    from pactgraph.store import Store


def list_(given: Namespace) -> int:
    with opened(given, find_project(given.project)) as store:
        print_list(store, given.kind, given.format, asked_clock(given), given.limit)
    return FINE


def print_list(
    store: Store, kind: str, form: str, clock: Clock | None = None, limit: int | None = None
) -> None:
    from pactgraph.cli.tables import print_listing
    from pactgraph.pages import NOW, listing

    listed = listing(store, kind, clock=clock or NOW, limit=limit)
    print_listing(listed, form)
    if any(row.get("conflicts") == "" for row in listed.rows):
        paper.say(
            "Too many claims to count conflicts in a whole table; see: pactgraph list pacts --limit 50, "
            "pactgraph conflicts PACT"
        )


def show(given: Namespace) -> int:
    from pactgraph.pages import Names, read_witnesses
    from pactgraph.pages import show as look_up

    clock = asked_clock(given)
    with opened(given, find_project(given.project)) as store:
        names = Names(store)
        page = look_up(store, given.name, names, clock)
        prose.print_page(page, names, read_witnesses(store), given.format, claims=given.claims)
    return FINE


def why(given: Namespace) -> int:
    from pactgraph.cli.evidence import print_evidence
    from pactgraph.pages import Names, read_witnesses, weigh

    clock = asked_clock(given)
    with opened(given, find_project(given.project)) as store:
        names = Names(store)
        evidence = weigh(store, names, given.subject, given.predicate, given.object, clock)
        print_evidence(evidence, names, read_witnesses(store), given.format)
    return FINE


def conflicts(given: Namespace) -> int:
    from pactgraph.audit import conflict_layer
    from pactgraph.cli.audits import print_nodes
    from pactgraph.cli.conflicts import print_conflicts
    from pactgraph.pages import Names
    from pactgraph.pages import conflicts as find

    clock = asked_clock(given)
    with opened(given, find_project(given.project)) as store:
        names = Names(store)
        found = find(store, given.pact, types=given.type, differences=given.all, names=names, clock=clock)
        if given.format == "ttl":
            days = [day for day in (clock.as_of, clock.as_known) if day]
            print_nodes(conflict_layer(store, [each.found for each in found], min(days, default=None)))
        else:
            print_conflicts(found, names, given.format)
    return FINE


def timeline(given: Namespace) -> int:
    from pactgraph.pictures import draw_timeline

    clock = asked_clock(given)
    return _drawn(given, lambda store: draw_timeline(store, given.pacts, clock=clock))


def graph(given: Namespace) -> int:
    from pactgraph.pictures import draw_graph

    clock = asked_clock(given)
    return _drawn(given, lambda store: draw_graph(store, given.pact, clock=clock))


def _drawn(given: Namespace, draw: Callable[[Store], Picture]) -> int:
    """Draws and writes: to the file that is given, or to stdout, for people at a terminal as text."""
    from pactgraph.pictures import form_of

    file = Path(given.output) if given.output else None
    form = given.format or (form_of(file) if file else "text" if sys.stdout.isatty() else "svg")
    with opened(given, find_project(given.project)) as store:
        picture = draw(store)
    if file:
        paper.say(f"Written: {', '.join(map(str, picture.save(file, form)))}")
    else:
        paper.write(picture.whole(form, width=paper.width()))
    return FINE
