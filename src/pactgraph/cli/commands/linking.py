"""The command `link`: what may be the same in Wikidata, proposed, reviewed, taken back."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.cli import paper
from pactgraph.cli.commands.opening import opened
from pactgraph.cli.commands.wikidata import asked_wikidata
from pactgraph.cli.progress import progress
from pactgraph.errors import FINDINGS, FINE, UsageError
from pactgraph.project import Project, find_project
from pactgraph.vocabulary import expand, shorten

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from pactgraph.linking import Linkable, Row, Table
    from pactgraph.store import Store
    from pactgraph.wikidata import Correspondence, LinkedKind


def link(given: Namespace) -> int:
    project = find_project(given.project)
    if given.withdraw:
        return _withdraw(given, project)
    return _review(given, project) if given.review else _propose(given, project)


def _propose(given: Namespace, project: Project) -> int:
    from pactgraph.cli.links import print_proposals
    from pactgraph.linking import propose, read_table, save_table
    from pactgraph.wikidata import read_mapping

    mapping = read_mapping(project.mapping)
    asked = asked_wikidata(given, project, mapping)
    judged, before = read_table(project.links), read_table(project.proposed)
    with opened(given, project) as store:
        things = _things(given, store, mapping, project)
    with progress() as told:
        found = propose(things, asked, mapping, judged, told)
    asked_anew = {thing.curie for thing in things} - {thing.curie for thing in found.skipped}
    if (after := before.about_others(asked_anew).with_rows(found.rows)) != before:
        save_table(after, project.proposed)
    print_proposals(found, given.format)
    paper.say(
        f"{paper.some(len(found.rows), 'proposal')} for {paper.some(len(things), 'node')}"
        + (f"; {len(found.skipped):,} left out, since their answers were not kept." if found.skipped else ".")
    )
    if found.rows:
        paper.say(f"Written to {project.proposed}; nothing is linked before: pactgraph link --review")
    return FINE


def _things(given: Namespace, store: Store, mapping: Correspondence, project: Project) -> list[Linkable]:
    """The nodes that are asked about; those of a whole kind only where they have no reviewed item."""
    from pactgraph.linking import CLOSE, EXACT, Linkables, read_table

    table = read_table(project.links)
    linked = {node: item for item, node in table.holding(EXACT).items()}
    things = Linkables(store, mapping, linked, table.holding(CLOSE))
    kinds = [kind for kind in mapping.kinds if kind.name in given.names or not given.names]
    named = _named(given, store, mapping)
    found: dict[NamedNode, LinkedKind] = {}
    for kind in mapping.kinds:
        for node in things.of_kind(kind) if named or kind in kinds else ():
            if node in named or (kind in kinds and shorten(node.value) not in linked):
                found.setdefault(node, kind)
    return [thing for node, kind in found.items() if (thing := things.thing(node, kind)).names]


def _named(given: Namespace, store: Store, mapping: Correspondence) -> set[NamedNode]:
    """The nodes that are asked about by their own names, not by their kinds."""
    from pactgraph.pages import Names
    from pactgraph.pages.names import ASKED

    names, kinds = Names(store), {kind.name for kind in mapping.kinds}
    return {names.find(name, ASKED) for name in given.names if name not in kinds}


def _review(given: Namespace, project: Project) -> int:
    from pactgraph.cli.links import review_all
    from pactgraph.linking import LinkReview, apply_review, read_table
    from pactgraph.wikidata import read_mapping

    if not sys.stdin.isatty():
        raise UsageError("a review needs a terminal")
    judged = read_table(project.links)
    rows = _waiting(given, project, judged)
    if not rows:
        paper.say("Nothing waits for a review; see: pactgraph link")
        return FINE
    review = LinkReview(rows, judged)
    mapping = read_mapping(project.mapping)
    kept = asked_wikidata(given, project, mapping, offline=True)
    about = _about(given, project, mapping, rows)
    try:
        done = review_all(
            review, about, kept, input, lambda: apply_review(review, project.links, project.proposed)
        )
    except (EOFError, KeyboardInterrupt):
        paper.say("")
        done = False
    count = len(review.reviewed)
    left = len(rows) - count
    paper.say(f"{count:,} decided and written to {project.links}; {left:,} left for another time.")
    return FINE if done else FINDINGS


def _about(
    given: Namespace, project: Project, mapping: Correspondence, rows: Sequence[Row]
) -> Mapping[str, str]:
    """What the graph knows of each node that is reviewed, in a line."""
    from pyoxigraph import NamedNode

    from pactgraph.linking import Linkables
    from pactgraph.pages import Names

    with opened(given, project) as store:
        things, names = Linkables(store, mapping, {}), Names(store)
        nodes = {row.subject_id: expand(row.subject_id) for row in rows}
        return {
            curie: " · ".join(dict.fromkeys(map(names.name, things.about(NamedNode(iri)))))
            for curie, iri in nodes.items()
            if iri
        }


def _waiting(given: Namespace, project: Project, judged: Table) -> list[Row]:
    """The proposals about the nodes that are asked about, the surest nodes first, and the surest of each.

    Of a node that is named, what was rejected or taken back is asked again.
    """
    from pactgraph.linking import read_table, rejected, surest_first
    from pactgraph.wikidata import read_mapping

    rows = [row for row in read_table(project.proposed).rows if row.pair not in judged.pairs()]
    if not given.names:
        return surest_first(rows)
    mapping = read_mapping(project.mapping)
    with opened(given, project) as store:
        wanted = {thing.curie for thing in _things(given, store, mapping, project)}
        named = {shorten(node.value) for node in _named(given, store, mapping)}
    return surest_first([*(row for row in rows if row.subject_id in wanted), *rejected(judged, named)])


def _withdraw(given: Namespace, project: Project) -> int:
    from pactgraph.linking import withdraw
    from pactgraph.pages import Names
    from pactgraph.pages.names import ASKED

    if len(given.names) != 1:
        raise UsageError(
            "--withdraw needs the one node whose match is taken back: pactgraph link NAME --withdraw Q42"
        )
    with opened(given, project) as store:
        node = shorten(Names(store).find(given.names[0], ASKED).value)
    item = f"wd:{given.withdraw.removeprefix('wd:')}"
    withdraw(project.links, node, item)
    paper.say(f"{node} is not linked to {item} any more, says {Path(project.links)}; see: pactgraph build")
    return FINE
