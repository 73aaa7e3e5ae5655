"""Commands that look at Wikidata."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.cli import paper
from pactgraph.cli.commands.opening import opened
from pactgraph.errors import FINE, UsageError
from pactgraph.project import Project, find_project
from pactgraph.vocabulary import shorten

if TYPE_CHECKING:
    from pactgraph.comparison import Comparison
    from pactgraph.wikidata import Correspondence, Wikidata

_FEW = 3
"""Nodes that are named rather than counted."""


def wikidata(given: Namespace) -> int:
    return _COMMANDS[given.wikidata](given)


def asked_wikidata(given: Namespace, project: Project, mapping: Correspondence) -> Wikidata:
    """Wikidata as the options say."""
    from pactgraph.wikidata import API, SPARQL, open_wikidata

    if given.offline and given.refresh:
        raise UsageError("--offline asks nothing, so nothing can be asked anew: give --refresh or --offline")
    return open_wikidata(
        project.wikidata,
        offline=given.offline,
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
    counts = Counter(each.verdict.value for each in found.counterparts)
    told = "; ".join(f"{count:,} {verdict}" for verdict, count in counts.most_common())
    paper.say(f"{paper.some(len(found.counterparts), 'fact')}{': ' if told else ''}{told}.")
    if found.unlinked:
        few = [shorten(node.value).partition(":")[2] for node in found.unlinked[:_FEW]]
        named = ", ".join(few) if len(found.unlinked) <= _FEW else f"{len(found.unlinked):,} nodes with facts"
        paper.say(f"No reviewed item: {named}; see: pactgraph link")


def quickstatements(given: Namespace) -> int:
    from pactgraph.comparison import References, compare, write_csv, write_v1
    from pactgraph.wikidata import read_mapping

    forms = {"ttl": write_v1, "v1": write_v1, "csv": write_csv}
    if given.format not in forms:
        raise UsageError(f"rows for QuickStatements are v1 or csv, not {given.format}")
    project = find_project(given.project)
    mapping = read_mapping(project.mapping)
    asked = asked_wikidata(given, project, mapping)
    texts = Path(given.texts) if given.texts else None
    with opened(given, project) as store:
        references = References(project, store, mapping, texts=texts, retrieved=given.retrieved)
        found = compare(store, asked, mapping)
        rows = references.rows(found)
    content = forms[given.format](rows).encode()
    if given.output:
        Path(given.output).write_bytes(content)
    else:
        paper.write(content)
    paper.say(
        f"{paper.some(len(rows), 'row')} for {paper.some(len(found.counterparts), 'fact')}; "
        "why the others have none: pactgraph wikidata diff"
    )
    if any(mapping.reference.retrieved not in dict(row.reference) for row in rows):
        paper.say("Some rows have no day of retrieval: give it with --retrieved DAY")
    return FINE


_COMMANDS = {"diff": diff}
