"""How an evaluation looks: the totals, each predicate, each rule; and the report that one works from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.cli import paper, tables

if TYPE_CHECKING:
    from pactgraph.evaluation import Scores


def print_scores(scores: Scores, texts: Mapping[str, str], form: str) -> None:
    """Totals, predicates and rules as tables, or everything as JSON."""
    from pactgraph.evaluation import report

    if form == "json":
        paper.print_json({**report.totals(scores), **report.all_rows(scores, texts)})
        return
    for rows in (report.level_rows(scores), report.predicate_rows(scores), report.rule_rows(scores)):
        _print(rows)
        paper.line("")
    missed, wrong = len(scores.misses), len(scores.alarms)
    paper.say(
        f"{paper.some(len(texts), 'text')}: {missed:,} missed, {wrong:,} claimed wrongly. --report DIR lists them."
    )


def _print(rows: Sequence[Mapping[str, str]]) -> None:
    columns = list(rows[0]) if rows else []
    tables.print_table(columns, [[row[name] for name in columns] for row in rows])


def write_report(scores: Scores, texts: Mapping[str, str], where: Path) -> None:
    """A table for each kind of result in a folder, or all of them in one JSON file."""
    from pactgraph.evaluation import report

    rows = report.all_rows(scores, texts)
    if where.suffix == ".json":
        content = json.dumps({**report.totals(scores), **rows}, ensure_ascii=False, indent=2)
        where.write_text(f"{content}\n", encoding="utf-8")
        return
    where.mkdir(parents=True, exist_ok=True)
    for name, listed in rows.items():
        (where / f"{name}.tsv").write_text(report.write_tsv(listed), encoding="utf-8")
