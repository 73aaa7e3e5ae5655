"""The audits on the command line: tables for people, rows for programs, and usage errors that name the choices."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from pactgraph.cli import main
from pactgraph.project import Project

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def store(built_repository: Project) -> str:
    return str(built_repository.store)


def printed(capsys: pytest.CaptureFixture[str], store: str, *words: str) -> str:
    assert main(["audit", *words, "--project", str(ROOT), "--store", store]) == 0
    return capsys.readouterr().out


def test_each_count_has_its_verdict_and_its_arithmetic(
    capsys: pytest.CaptureFixture[str], store: str
) -> None:
    rows = json.loads(printed(capsys, store, "counts", "--json"))
    found = next(row for row in rows if row["source"] == "source:ki-greece")
    assert (found["verdict"], found["reported"]) == ("stale", "25")
    assert "18 July 2024 to 4 September 2024" in found["arithmetic"]
    text = printed(capsys, store, "counts", "--verdict", "stale")
    assert "stale: 25 signed pacts, 17 October 2024" in text and "exact" not in text


def test_counts_are_judged_by_what_was_known(capsys: pytest.CaptureFixture[str], store: str) -> None:
    rows = json.loads(printed(capsys, store, "counts", "--as-known", "2024-04-20", "--json"))
    nine = [
        row for row in rows if row["source"] == "source:kyivindependent-2024-04-20" and row["reported"] == "9"
    ]
    assert [row["verdict"] for row in nine] == ["exact"]
    assert not [row for row in rows if row["source"] == "source:ki-greece"]


def test_promises_are_followed_to_their_outcome(capsys: pytest.CaptureFixture[str], store: str) -> None:
    rows = list(csv.DictReader(StringIO(printed(capsys, store, "promises", "--format", "csv"))))
    late = next(
        row for row in rows if row["source"] == "source:emp-slovenia-next-week" and "Slovenia" in row["about"]
    )
    assert (late["outcome"], late["off"]) == ("late", "20")
    then = printed(capsys, store, "promises", "--as-of", "2024-06-25", "--format", "csv")
    open_ = next(row for row in csv.DictReader(StringIO(then)) if row["claim"] == late["claim"])
    assert open_["outcome"] == "open"


def test_promises_are_summed_up_by_speaker(capsys: pytest.CaptureFixture[str], store: str) -> None:
    rows = csv.DictReader(StringIO(printed(capsys, store, "promises", "--by", "speaker", "--format", "csv")))
    first = next(rows)
    assert first["who"] == "Volodymyr Zelensky" and int(first["promises"]) > 20


def test_gaps_are_counted_and_listed(capsys: pytest.CaptureFixture[str], store: str) -> None:
    assert "pact without a date" in printed(capsys, store, "coverage")
    rows = list(
        csv.DictReader(
            StringIO(printed(capsys, store, "coverage", "--gap", "pact without a date", "--format", "csv"))
        )
    )
    assert [row["node"] for row in rows] == ["pactid:ukraine-albania"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["counts", "--verdict", "wrong"], "exact, stale"),
        (["coverage", "--gap", "wrong"], "fact of one origin"),
        (["promises", "--as-of", "soon"], "2024-07-15"),
    ],
)
def test_a_choice_that_is_none_is_told_the_others(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str], store: str
) -> None:
    try:
        assert main(["audit", *words, "--project", str(ROOT), "--store", store]) == 2
    except SystemExit as left:
        assert left.code == 2
    assert told in capsys.readouterr().err
