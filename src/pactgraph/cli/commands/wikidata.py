"""Commands that look at Wikidata."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.cli import paper
from pactgraph.cli.commands.opening import opened
from pactgraph.errors import FINE, UsageError
from pactgraph.project import Project, find_project
from pactgraph.vocabulary import shorten

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from pactgraph.comparison import Comparison
    from pactgraph.comparison.quickstatements import Row
    from pactgraph.wikidata import Correspondence, Wikidata

_FEW = 3
"""Nodes that are named rather than counted."""


def wikidata(given: Namespace) -> int:
    return _COMMANDS[given.wikidata](given)


def asked_wikidata(
    given: Namespace, project: Project, mapping: Correspondence, *, offline: bool = False
) -> Wikidata:
    """Wikidata as the options say, or without a question."""
    from pactgraph.wikidata import API, SPARQL, open_wikidata

    if given.offline and given.refresh:
        raise UsageError("--offline asks nothing, so nothing can be asked anew: give --refresh or --offline")
    return open_wikidata(
        project.wikidata,
        offline=given.offline or offline,
        refresh=given.refresh,
        api=given.endpoint or API,
        sparql=given.sparql or (None if given.endpoint else SPARQL),
        languages=mapping.match.languages,
        allow_loopback=given.allow_loopback,
    )


def diff(given: Namespace) -> int:
    from pactgraph.cli.tables import print_listing
    from pactgraph.comparison import compare, comparison_rows
    from pactgraph.pages import Names
    from pactgraph.pages.names import ASKED
    from pactgraph.wikidata import read_mapping

    project = find_project(given.project)
    mapping = read_mapping(project.mapping)
    asked = asked_wikidata(given, project, mapping)
    with opened(given, project) as store:
        names = Names(store)
        wanted = [names.find(name, ASKED) for name in given.names] or None
        found = compare(store, asked, mapping, wanted, names)
        if found.counterparts or given.format != "table":
            print_listing(comparison_rows(found, names, asked, mapping), given.format)
    _sum_up(found)
    return FINE


def _sum_up(found: Comparison) -> None:
    from pactgraph.comparison import Verdict

    counts = Counter(each.verdict.value for each in found.counterparts)
    told = "; ".join(f"{count:,} {verdict}" for verdict, count in counts.most_common())
    paper.say(f"{paper.some(len(found.counterparts), 'fact')}{': ' if told else ''}{told}.")
    _say_unlinked(found.unlinked)
    if lost := sorted(
        {each.item for each in found.counterparts if each.verdict in (Verdict.MERGED, Verdict.GONE)}
    ):
        paper.say(f"Merged or gone: {', '.join(lost)}; see: pactgraph link NAME --withdraw {lost[0]}")


def _say_unlinked(nodes: Sequence[NamedNode]) -> None:
    if nodes:
        few = [shorten(node.value).partition(":")[2] for node in nodes[:_FEW]]
        named = ", ".join(few) if len(nodes) <= _FEW else f"{len(nodes):,} nodes with facts"
        paper.say(f"No reviewed item: {named}; see: pactgraph link")


def quickstatements(given: Namespace) -> int:
    from pactgraph.comparison import References, compare
    from pactgraph.pages import Names
    from pactgraph.pages.names import ASKED
    from pactgraph.wikidata import read_mapping

    if given.format not in ("ttl", "v1", "csv"):
        raise UsageError(f"rows for QuickStatements are v1 or csv, not {given.format}")
    project = find_project(given.project)
    mapping = read_mapping(project.mapping)
    asked = asked_wikidata(given, project, mapping)
    texts = Path(given.texts) if given.texts else None
    with opened(given, project) as store:
        names = Names(store)
        wanted = [names.find(given.pact, ASKED)] if given.pact else None
        references = References(project, store, mapping, texts=texts, retrieved=given.retrieved)
        found = compare(store, asked, mapping, wanted, names)
        rows = references.rows(found)
    _save_rows(rows, given.format, Path(given.output) if given.output else None)
    paper.say(
        f"{paper.some(len(rows), 'row')} for {paper.some(len(found.counterparts), 'fact')}; "
        "why the others have none: pactgraph wikidata diff"
    )
    _say_unlinked(found.unlinked if given.pact else ())
    if any(mapping.reference.retrieved not in dict(row.reference) for row in rows):
        paper.say("Some rows have no day of retrieval: give it with --retrieved DAY")
    return FINE


def _save_rows(rows: Sequence[Row], form: str, output: Path | None) -> None:
    """Lines of V1 to a file; the tables of CSV to a folder, since the tool reads one at a time."""
    from pactgraph.comparison import write_csv, write_v1
    from pactgraph.exports.folders import whole_folder

    if form != "csv":
        lines = write_v1(rows).encode()
        paper.save([lines], output) if output else paper.write(lines)
        return
    tables = {name: table.encode() for name, table in write_csv(rows).items()}
    if output is None:
        if len(tables) > 1:
            raise UsageError(
                f"these rows make {len(tables)} tables, and QuickStatements reads one at a time: "
                "name a folder for them with -o DIR"
            )
        paper.write(*tables.values())
        return
    with whole_folder(output) as fresh:
        for name, table in tables.items():
            (fresh / name).write_bytes(table)
    paper.say(f"Written: {paper.some(len(tables), 'table')} in {output}")


_COMMANDS = {"diff": diff}
