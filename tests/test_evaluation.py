"""Scoring candidates against gold claims: known scores, fair pairs, and gold that is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from pactgraph.cli import main
from pactgraph.errors import BadInput
from pactgraph.evaluation import GoldClaim, Level, Rulebook, Score, evaluate, match, read_gold, read_rulebook
from pactgraph.evaluation.reading import read_dates, read_texts
from pactgraph.evaluation.report import all_rows, write_tsv
from pactgraph.extraction import Candidate, Entity, Voice, When
from pactgraph.extraction.dateline import find_published
from pactgraph.extraction.extractor import open_extractor
from pactgraph.project import Project
from pactgraph.vocabulary import ID, SKOS

ROOT = Path(__file__).resolve().parents[1]
OPEN = ROOT / "tests" / "gold"


def entity(kind: str, name: str, code: str = "") -> Entity:
    return Entity(kind, name, NamedNode(f"{ID}{kind}/{name.lower().replace(' ', '-')}"), code)


RURITANIA, VELMARK = entity("party", "Ruritania", "rt"), entity("party", "Velmark", "vm")
QUEEN = entity("person", "Flavia Elphberg")
NODES = {QUEEN.node: {SKOS.altLabel: [Literal("Queen Flavia", language="en")]}}
RULES = Rulebook(
    {
        "core": ["signed"],
        "undated": ["count"],
        "vague": {"vague-future": "future"},
        "same": {"the pledge": ["declaration"]},
        "spelling": {"defence": "defense"},
    },
    NODES,
)


def gold(**told: Any) -> GoldClaim:
    said = {
        "id": "1",
        "doc": "a.txt",
        "predicate": "signed",
        "subjects": ("RT",),
        "object": "VM",
        "evidence": ((10, 20),),
        "modality": "fact",
    }
    return GoldClaim(**{**said, **told})


def candidate(**told: Any) -> Candidate:
    said = {
        "predicate": "signed",
        "subject": RURITANIA,
        "object": VELMARK,
        "evidence": (12, 30),
        "object_span": (25, 30),
        "trigger": (12, 18),
        "rule": "sign",
    }
    return Candidate(**{**said, **told})


def score(golds: Sequence[GoldClaim], candidates: Sequence[Candidate], level: Level = Level.PLACE) -> Score:
    return evaluate(golds, {"a.txt": candidates}, RULES).total(level)


# Known scores


def test_what_is_right_in_all_scores_one() -> None:
    for level in Level:
        assert score([gold()], [candidate()], level) == Score(1, 0, 0)
        assert score([gold()], [candidate()], level).f1 == 1


def test_what_is_wrong_in_all_scores_nothing() -> None:
    for level in Level:
        found = score([gold()], [candidate(object=QUEEN)], level)
        assert (found.precision, found.recall, found.f1) == (0, 0, 0)


def test_nothing_wanted_and_nothing_claimed_is_no_fault() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (1, 1, 1)


def test_known_fractions() -> None:
    wanted = [gold(id=code, object=code) for code in ("VM", "AA", "BB")]
    found = score(wanted, [candidate(), candidate(object="X"), candidate(object="Y"), candidate(object="Z")])
    assert found == Score(1, 3, 2)
    assert (found.precision, found.recall) == (0.25, pytest.approx(1 / 3))
    assert found.f1 == pytest.approx(2 / 7)


def test_a_repeated_candidate_is_a_false_alarm() -> None:
    assert score([gold()], [candidate(), candidate(evidence=(15, 40))]) == Score(1, 1, 0)


def test_one_candidate_answers_one_gold_claim() -> None:
    assert score([gold(), gold(id="2")], [candidate()]) == Score(1, 0, 1)


def test_levels_ask_for_ever_more() -> None:
    elsewhere = candidate(evidence=(50, 60))
    assert score([gold()], [elsewhere], Level.KEY) == Score(1, 0, 0)
    assert score([gold()], [elsewhere], Level.PLACE) == Score(0, 1, 1)
    hoped = candidate(modality="hoped")
    assert score([gold()], [hoped], Level.PLACE) == Score(1, 0, 0)
    assert score([gold()], [hoped], Level.FULL) == Score(0, 1, 1)


def test_a_repeat_in_the_text_counts_as_its_place() -> None:
    assert score([gold()], [candidate(evidence=(50, 60), also_at=((0, 11),))]) == Score(1, 0, 0)


def test_touching_is_not_overlapping() -> None:
    assert score([gold()], [candidate(evidence=(20, 30))]) == Score(0, 1, 1)


def test_what_is_optional_is_neither_hit_nor_miss() -> None:
    assert score([gold(optional=True)], [candidate()]) == Score(0, 0, 0)
    assert score([gold(optional=True)], []) == Score(0, 0, 0)
    assert score([gold(optional=True)], [candidate(modality="hoped")], Level.FULL) == Score(0, 0, 0)


def test_what_is_wanted_goes_before_what_is_optional() -> None:
    assert score([gold(optional=True), gold(id="2")], [candidate()]) == Score(1, 0, 0)


def test_pairs_are_chosen_so_that_most_are_right_in_full() -> None:
    golds = [gold(id="1", modality="hoped"), gold(id="2")]
    candidates = [candidate(), candidate(modality="hoped")]
    assert score(golds, candidates, Level.FULL) == Score(2, 0, 0)
    assert not evaluate(golds, {"a.txt": candidates}, RULES).differences


def test_core_predicates_are_summed_apart() -> None:
    scores = evaluate([gold(), gold(id="2", predicate="scope")], {"a.txt": [candidate()]}, RULES)
    assert (scores.total(), scores.core_total()) == (Score(1, 0, 1), Score(1, 0, 0))


def test_rules_are_told_by_how_often_they_are_right() -> None:
    golds = [gold(), gold(id="2", object="AA", optional=True)]
    candidates = [
        candidate(),
        candidate(object="AA"),
        candidate(object="X"),
        candidate(object="Y", rule="ink"),
    ]
    scores = evaluate(golds, {"a.txt": candidates}, RULES)
    assert scores.by_rule == {"ink": (1, 0, 1), "sign": (3, 1, 1)}


# What is the same


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"subject": QUEEN}, {"subjects": ("Queen Flavia",)}),
        ({"subject": QUEEN, "also_about": (RURITANIA,)}, {}),
        ({}, {"subjects": ("XX", "RT")}),
        ({"object": "Defence Minister"}, {"object": "defense minister"}),
        ({"object": "Zoltan of Velmärk"}, {"object": "Zoltán of Velmark"}),
        ({"object": entity("pact", "Declaration")}, {"object": "the pledge"}),
        ({"object": "whatever it says"}, {"object": "*"}),
        ({"object": "9|signed"}, {"object": "9|signed"}),
        ({"voice": Voice(VELMARK)}, {"speaker": "VM government"}),
        ({"when": When("2024-05", (1, 2))}, {"date": "2024-05"}),
        ({"when": When("2024-05-01/..", (1, 2), vague="future")}, {"date": "vague-future"}),
        ({"when": When("2024-05-01/..", (1, 2), vague="future")}, {}),
        ({"predicate": "count", "when": When("2024-05", (1, 2))}, {"predicate": "count"}),
    ],
)
def test_other_words_for_the_same(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert score([gold(**theirs)], [candidate(**mine)], Level.FULL) == Score(1, 0, 0)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"object": "9|signed"}, {"object": "9|pending"}),
        ({"object": "USD 2.5"}, {"object": "USD 25"}),
        ({"voice": Voice(QUEEN)}, {}),
        ({}, {"speaker": "Queen Flavia"}),
        ({"when": When("2024-05", (1, 2))}, {"date": "2024-05-03"}),
        ({"when": When("2024-05", (1, 2))}, {}),
        ({}, {"date": "2024-05"}),
        ({}, {"date": "vague-future"}),
        ({"subject": VELMARK}, {}),
        ({"predicate": "declared"}, {}),
    ],
)
def test_what_is_not_the_same(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert score([gold(**theirs)], [candidate(**mine)], Level.FULL) == Score(0, 1, 1)


# Pairs


@given(st.dictionaries(st.integers(0, 4), st.lists(st.integers(0, 4), unique=True), max_size=5))
@settings(max_examples=150, deadline=None)
def test_there_are_as_many_pairs_as_there_can_be(edges: dict[int, list[int]]) -> None:
    paired = match(edges)
    assert len(set(paired.values())) == len(paired)
    assert all(right in edges[left] for left, right in paired.items())
    assert len(paired) == _most(edges)


def _most(edges: dict[int, list[int]], taken: frozenset[int] = frozenset()) -> int:
    """By trying everything."""
    if not edges:
        return 0
    (_, rights), *rest = edges.items()
    others = dict(rest)
    tries = [1 + _most(others, taken | {right}) for right in rights if right not in taken]
    return max([_most(others, taken), *tries])


def test_those_that_come_first_are_served_first() -> None:
    assert match({1: [0], 0: [0]}) == {1: 0}
    assert match({0: [0, 1], 1: [0]}) == {0: 1, 1: 0}


def test_a_long_path_is_no_trap() -> None:
    edges = {n: [n, n + 1] if n else [0] for n in range(3000)}
    assert len(match(dict(reversed(edges.items())))) == 3000


# Files of gold

LINE = {
    "id": "1",
    "doc": "a.txt",
    "pred": "signed",
    "subj": "RT",
    "obj": "VM",
    "quals": {"date": "2024"},
    "evidence": [{"start": 0, "end": 4}],
    "speaker": None,
    "quote": "none",
    "modality": "fact",
}


def write(folder: Path, *lines: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text(
        "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8"
    )
    return path


def test_gold_is_read_with_its_lines(tmp_path: Path) -> None:
    first, second = read_gold(write(tmp_path, LINE, "", {**LINE, "optional": True, "alt_subj": ["XX"]}))
    assert (first.line, first.date, first.subjects) == (1, "2024", ("RT",))
    assert (second.line, second.optional, second.subjects) == (3, True, ("RT", "XX"))


@pytest.mark.parametrize(
    "fault",
    [
        "{",
        "[]",
        {**LINE, "pred": ""},
        {k: v for k, v in LINE.items() if k != "obj"},
        {**LINE, "evidence": []},
        {**LINE, "evidence": [{"start": 4, "end": 4}]},
        {**LINE, "evidence": [{"start": -1, "end": 4}]},
        {**LINE, "evidence": [{"start": True, "end": 4}]},
        {**LINE, "modality": "certain"},
        {**LINE, "speaker": 7},
        {**LINE, "quals": [1]},
        {**LINE, "alt_subj": "XX"},
        {**LINE, "optional": "yes"},
    ],
)
def test_gold_that_is_none_is_refused_with_its_line(tmp_path: Path, fault: object) -> None:
    with pytest.raises(BadInput) as refused:
        read_gold(write(tmp_path, LINE, fault))
    assert refused.value.line == 2


def test_an_empty_file_is_no_gold(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no gold claim"):
        read_gold(write(tmp_path))


def test_a_text_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"a\.txt"):
        read_texts(read_gold(write(tmp_path, LINE)), tmp_path)


def test_evidence_beyond_the_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("abc", "utf-8")
    with pytest.raises(BadInput, match="beyond the end"):
        read_texts(read_gold(write(tmp_path, LINE)), tmp_path)


def test_days_are_read_from_a_table(tmp_path: Path) -> None:
    table = tmp_path / "days.tsv"
    table.write_text("doc\tpublished\nx.txt\t2024-05-01\tThe Gazette\ny.txt\t\n", "utf-8")
    assert read_dates(table) == {"x.txt": date(2024, 5, 1)}
    table.write_text("x.txt\n", "utf-8")
    with pytest.raises(BadInput, match="with a tab"):
        read_dates(table)


def test_report_tables_are_of_one_width(tmp_path: Path) -> None:
    scores = evaluate([gold(), gold(id="2", object="AA")], {"a.txt": [candidate(object="X\tY")]}, RULES)
    for rows in all_rows(scores, {"a.txt": "word\tword\n" * 20}).values():
        assert len({line.count("\t") for line in write_tsv(rows).splitlines()}) <= 1


def test_a_rulebook_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gold.toml").write_text("= 1", "utf-8")
    with pytest.raises(BadInput, match="not TOML"):
        read_rulebook(tmp_path / "gold.toml", {})


# The command


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """Two sentences, and gold that wants more than they say."""
    (tmp_path / "a.txt").write_text(
        "Ukraine signed a security agreement with France in Paris on 16 February 2024.\n", "utf-8"
    )
    right = {
        **LINE,
        "subj": "UA",
        "obj": "FR",
        "quals": {"date": "2024-02-16"},
        "evidence": [{"start": 0, "end": 76}],
    }
    return write(tmp_path, right, {**right, "obj": "IT"})


def test_the_command_scores_and_reports(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = told.parent / "report"
    given = [
        "evaluate",
        str(told),
        "--texts",
        str(told.parent),
        "--project",
        str(ROOT),
        "--report",
        str(report),
    ]
    assert main(given) == 0
    assert "0.667" in capsys.readouterr().out
    assert "IT" in (report / "misses.tsv").read_text("utf-8")
    assert main([*given, "--fail-under", "0.9"]) == 1
    assert main([*given[:-1], str(report / "all.json"), "--format", "json"]) == 0
    assert json.loads((report / "all.json").read_text("utf-8"))["misses"][0]["object"] == "IT"


def test_the_command_refuses_what_it_cannot_score(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(told), "--texts", str(told.parent / "none"), "--project", str(ROOT)]) == 3
    told.write_text("{}\n", "utf-8")
    assert main(["evaluate", str(told), "--texts", str(told.parent), "--project", str(ROOT)]) == 3
    assert f"{told}:1" in capsys.readouterr().err


def test_the_open_set_is_valid_gold() -> None:
    golds = read_gold(OPEN / "open.jsonl")
    assert len(golds) > 700
    assert len(read_texts(golds, OPEN / "open")) == 35


# The day of publication


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "The Gazette\nBy A. Writer, 3 May 2018\n\nA pact was signed on 1 May 2018 by both of the ministers.",
            "2018-05-03",
        ),
        (
            "A headline of some words\nStatus: 16.02.2024 3:12 p.m.\n\nBoth of them have signed the pact.",
            "2024-02-16",
        ),
        (
            "A headline\n\nSTRELSAU, May 3, 2018 (Wire) — Both of them have signed the pact in town.",
            "2018-05-03",
        ),
        ("STRELSAU, May 3 (Wire) — Both of them have signed the pact of 1 May 2017 in town.", None),
        ("Both of them have signed the pact on 1 May 2018 in the old town of Strelsau.", None),
        ("", None),
    ],
)
def test_the_day_that_a_text_gives(text: str, day: str | None) -> None:
    found = find_published(text, LEXICON)
    assert (found and found.isoformat()) == day


def test_no_text_of_the_open_set_is_given_a_wrong_day() -> None:
    days = read_dates(OPEN / "open.tsv")
    found = {name: find_published((OPEN / "open" / name).read_text("utf-8"), LEXICON) for name in days}
    assert all(found[name] in (None, day) for name, day in days.items())
    assert sum(day is not None for day in found.values()) >= 26


LEXICON = open_extractor(Project(ROOT)).lexicon
