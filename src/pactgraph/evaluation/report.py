"""Scores as rows: for tables, and for files that one works from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pactgraph.evaluation.marking import Level
from pactgraph.evaluation.reading import excerpt
from pactgraph.evaluation.scoring import Pair, Score, Scores
from pactgraph.extraction import Candidate, Entity

Row = dict[str, str]
LEVELS = {Level.KEY: "key", Level.PLACE: "key and evidence", Level.FULL: "full"}


def level_rows(scores: Scores) -> list[Row]:
    """The totals of each level, of all predicates and of those of the core."""
    rows = []
    for level, name in LEVELS.items():
        rows.append(_row("of all", name, scores.total(level)))
        if scores.core:
            rows.append(_row("of the core", name, scores.core_total(level)))
    return sorted(rows, key=lambda row: row["score"] != "of all")


def _row(claims: str, right: str, score: Score) -> Row:
    return {"score": claims, "right in": right, **_cells(score)}


def predicate_rows(scores: Scores) -> list[Row]:
    """One row for each predicate."""
    return [{"predicate": name, **_cells(score)} for name, score in scores.by_predicate().items()]


def text_rows(scores: Scores) -> list[Row]:
    """One row for each text."""
    return [{"text": name, **_cells(score)} for name, score in scores.by_text().items()]


def rule_rows(scores: Scores) -> list[Row]:
    """One row for each rule that spoke."""
    return [
        {"rule": rule, "spoke": str(spoke), "right": str(right), "wrong": str(wrong)}
        for rule, (spoke, right, wrong) in scores.by_rule.items()
    ]


def _cells(score: Score) -> Row:
    shares = {"precision": score.precision, "recall": score.recall, "F1": score.f1}
    counts = {"hits": score.hits, "alarms": score.alarms, "misses": score.misses}
    return {
        **{name: f"{share:.3f}" for name, share in shares.items()},
        **{n: str(c) for n, c in counts.items()},
    }


def miss_rows(scores: Scores, texts: Mapping[str, str]) -> list[Row]:
    """What nobody claimed."""
    return [
        {
            "text": gold.doc,
            "gold": gold.id,
            "predicate": gold.predicate,
            "subject": gold.subjects[0],
            "object": gold.object,
            "modality": gold.modality,
            "words": excerpt(texts[gold.doc], gold.evidence),
        }
        for gold in scores.misses
    ]


def alarm_rows(scores: Scores, texts: Mapping[str, str]) -> list[Row]:
    """What was claimed and is in no gold claim."""
    return [
        {
            "text": doc,
            "rule": candidate.rule,
            "predicate": candidate.predicate,
            "subject": called(candidate.subject),
            "object": called(candidate.object),
            "modality": candidate.modality,
            "words": excerpt(texts[doc], [candidate.evidence]),
        }
        for doc, candidate in scores.alarms
    ]


def difference_rows(scores: Scores) -> list[Row]:
    """Hits of which speaker, modality or date is another."""
    return [row for pair in scores.differences for row in _differences(pair)]


def _differences(pair: Pair) -> Iterator[Row]:
    assert pair.candidate is not None and pair.gold is not None and pair.marks is not None
    ours = _compared(pair.candidate)
    theirs = {
        "speaker": pair.gold.speaker or "",
        "modality": pair.gold.modality,
        "date": pair.gold.date or "",
    }
    for name in pair.marks.differences:
        yield {
            "text": pair.doc,
            "gold": pair.gold.id,
            "rule": pair.candidate.rule,
            "of": name,
            "claimed": ours.get(name, ""),
            "in gold": theirs.get(name, ""),
        }


def _compared(candidate: Candidate) -> Row:
    speaker, when = candidate.voice.speaker, candidate.when
    return {
        "speaker": called(speaker) if speaker else "",
        "modality": candidate.modality,
        "date": when.edtf if when else "",
    }


def called(thing: Entity | str) -> str:
    """A short name: the code of a state in capitals, else the name."""
    if isinstance(thing, str):
        return thing
    return thing.code.upper() if thing.kind == "party" and thing.code else thing.name


def all_rows(scores: Scores, texts: Mapping[str, str]) -> dict[str, list[Row]]:
    """Every table of a report, by name."""
    return {
        "totals": level_rows(scores),
        "predicates": predicate_rows(scores),
        "texts": text_rows(scores),
        "rules": rule_rows(scores),
        "misses": miss_rows(scores, texts),
        "alarms": alarm_rows(scores, texts),
        "differences": difference_rows(scores),
    }


def write_tsv(rows: list[Row]) -> str:
    """Rows with tabs between their cells, under the names of the columns; no cell holds a tab or a line end."""
    columns = list(rows[0]) if rows else []
    lines = [
        "\t".join(columns),
        *("\t".join(" ".join(row[name].split()) for name in columns) for row in rows),
    ]
    return "".join(f"{line}\n" for line in lines)


def totals(scores: Scores) -> Mapping[str, Any]:
    """The totals as numbers, for programs."""
    return {
        name: {
            part: {
                "precision": s.precision,
                "recall": s.recall,
                "f1": s.f1,
                "hits": s.hits,
                "alarms": s.alarms,
                "misses": s.misses,
            }
            for part, s in (("all", scores.total(level)), ("core", scores.core_total(level)))
        }
        for level, name in LEVELS.items()
    }
