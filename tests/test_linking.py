"""Matches with Wikidata: proposed with reasons, reviewed one by one, never applied before, never lost."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from faulty_server import serving
from pactgraph.building import build
from pactgraph.cli import main
from pactgraph.cli.links import review_all
from pactgraph.curation import init
from pactgraph.dates import parse as parse_date
from pactgraph.errors import BadInput, UsageError
from pactgraph.graph.links import read_links
from pactgraph.linking import (
    Class,
    Judgement,
    Linkable,
    Linkables,
    LinkReview,
    Row,
    Table,
    apply_review,
    propose,
    read_table,
    score,
    surest_first,
    withdraw,
    write_table,
)
from pactgraph.linking.sssom import CLOSE, DIFFERENT, EXACT, NOT, REVIEWED, save_table
from pactgraph.project import Project, shipped
from pactgraph.store import open_store
from pactgraph.version import VERSION
from pactgraph.vocabulary import ID, LINKS, OWL, SKOS
from pactgraph.wikidata import LinkedKind, open_wikidata, read_item, read_mapping
from test_store_remote import oxigraph_server as oxigraph_server
from wikidata_server import Wiki, entity, item_snak, statement, text_snak, time_snak

ROOT = Path(__file__).resolve().parents[1]
MAPPING = read_mapping(shipped("mappings") / "wikidata.toml")
KINDS = {kind.name: kind for kind in reversed(MAPPING.kinds)}


def thing(kind: str = "officials", *names: str, **parts: Any) -> Linkable:
    labels = tuple(Literal(name, language="en") for name in names or ("Rudolf Elphberg",))
    return Linkable(NamedNode(f"{ID}official/rudolf-elphberg"), KINDS[kind], labels, **parts)


def claims(**values: Any) -> dict[str, list[dict[str, Any]]]:
    return {term: [statement(value)] for term, value in values.items()}


def confidence(one: Linkable, classes: set[str] | None, label: str, **values: Any) -> float:
    item = read_item(entity("Q20", label, claims(**values)))
    return score(one, item, classes and [Class(min(classes), frozenset(classes))], MAPPING.match).confidence


# Scores


def test_each_sign_for_a_match_raises_it_and_each_against_it_lowers_it() -> None:
    born = thing(born=(parse_date("1973-09-21"),), countries=frozenset({"Q11"}))
    name = confidence(born, None, "Rudolf Elphberg")
    human = confidence(born, {"Q5"}, "Rudolf Elphberg")
    day = confidence(born, {"Q5"}, "Rudolf Elphberg", P569=time_snak("+1973-09-21T00:00:00Z"))
    citizen = confidence(born, {"Q5"}, "Rudolf Elphberg", P27=item_snak("Q11"))
    town = confidence(born, {"Q3957", "Q486972"}, "Rudolf Elphberg")
    other = confidence(born, {"Q5"}, "Rudolf Elphberg", P569=time_snak("+1908-01-01T00:00:00Z"))
    assert name < human < citizen < day
    assert other < town < name
    least = MAPPING.match.weights["least"]
    assert human >= least > town > other


def test_a_year_of_birth_does_not_contradict_the_day() -> None:
    born = thing(born=(parse_date("1973-09-21"),))
    assert confidence(born, {"Q5"}, "Rudolf Elphberg", P569=time_snak("+1973-00-00T00:00:00Z", 9)) > 0.8


def test_a_state_and_a_person_of_its_name_are_told_apart() -> None:
    state = thing("parties", "Montenegro")
    assert confidence(state, {"Q6256"}, "Montenegro") > 0.5 > confidence(state, {"Q5"}, "Montenegro")


def test_names_are_compared_as_people_type_them() -> None:
    assert (
        confidence(thing("officials", "Jonas Gahr Støre"), None, "jonas gahr store")
        == MAPPING.match.weights["name"]
    )
    assert 0 < confidence(thing("officials", "Rudolph Elphberg"), None, "Rudolf Elphberg") < 0.5
    assert confidence(thing(), None, "Michael Strelsau") == 0


def test_a_website_and_signatories_speak_for_a_match() -> None:
    paper = thing("publishers", "Strelsau Courier", domains=("courier.example",))
    site = text_snak("https://www.courier.example/en")
    assert confidence(paper, None, "Courier", P856=site) == MAPPING.match.weights["website"]
    assert confidence(paper, None, "Courier", P856=text_snak("https://notcourier.example/")) == 0
    pact = thing("pacts", "Two Rivers Agreement", signatories=frozenset({"Q11", "Q12"}))
    item = read_item(
        entity("Q10", "Treaty", {"P1891": [statement(item_snak("Q11")), statement(item_snak("Q12"))]})
    )
    assert "same signatories" in score(pact, item, None, MAPPING.match).why


def test_the_reasons_are_told_and_what_is_against_comes_last() -> None:
    born = thing(born=(parse_date("1973-09-21"),))
    item = read_item(entity("Q20", "Rudolf Elphberg", claims(P569=time_snak("+1908-01-01T00:00:00Z"))))
    human, town = Class("human", frozenset({"Q5"})), Class("old town", frozenset({"Q486972"}))
    assert score(born, item, [human], MAPPING.match).why == (
        "its name is “Rudolf Elphberg”; it is a human; but born 1 January 1908, not 21 September 1973"
    )
    assert "but it is an old town, and none of the officials" in score(born, item, [town], MAPPING.match).why


def test_what_could_not_be_compared_is_told_and_changes_nothing() -> None:
    told = thing(born=(parse_date("1973-09-21"),), countries=frozenset({"Q11"}), domains=("a.example",))
    item = read_item(entity("Q20", "Rudolf Elphberg"))
    found = score(told, item, None, MAPPING.match)
    assert found.why == (
        "its name is “Rudolf Elphberg”; not told there: kind, day of birth, country, website"
    )
    assert found.confidence == MAPPING.match.weights["name"]


def test_another_website_lowers_a_match() -> None:
    paper = thing("publishers", "Strelsau Courier", domains=("courier.example",))
    same = confidence(paper, {"Q11032"}, "Strelsau Courier")
    other = confidence(paper, {"Q11032"}, "Strelsau Courier", P856=text_snak("https://other.example/"))
    assert MAPPING.match.weights["least"] <= other < same


def test_a_state_is_no_organization_of_its_name() -> None:
    assert confidence(thing("parties", "Ruritania"), {"Q43229", "Q7278"}, "Ruritania") < 0.1


# Tables

cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
rows = st.builds(
    Row,
    subject_id=st.from_regex(r"party:[a-z]{1,8}", fullmatch=True),
    subject_label=cells,
    predicate_id=st.sampled_from([EXACT, CLOSE, DIFFERENT]),
    predicate_modifier=st.sampled_from(["", NOT]),
    object_id=st.from_regex(r"wd:Q[1-9][0-9]{0,6}", fullmatch=True),
    object_label=cells,
    confidence=st.sampled_from(["", "0.50", "1.00"]),
    comment=cells,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, max_size=8))
def test_a_table_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, written: list[Row]
) -> None:
    path = tmp_path_factory.mktemp("table") / "links.sssom.tsv"
    table = Table().with_rows(written)
    save_table(table, path)
    again = read_table(path)
    assert write_table(again) == path.read_text("utf-8")
    assert write_table(Table().with_rows(reversed(table.rows))) == path.read_text("utf-8")
    assert {row.pair for row in again.rows} == {row.pair for row in table.rows}


def test_the_reviewed_links_keep_their_header_columns_and_order() -> None:
    path = ROOT / "data" / "links.sssom.tsv"
    assert write_table(read_table(path)) == path.read_text("utf-8")


def test_columns_that_are_not_ours_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.sssom.tsv"
    path.write_text(
        "#curie_map:\n#  party: https://w3id.org/pactgraph/id/party/\n#mapping_set_id: x:y\n"
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_id\n"
        "party:a\tskos:exactMatch\twd:Q1\tsemapv:ManualMappingCuration\torcid:1\n"
    )
    added = read_table(path).with_rows([Row("party:b", object_id="wd:Q2")])
    save_table(added, path)
    text = path.read_text()
    assert "orcid:1" in text and "#mapping_set_id: x:y" in text
    assert "#  wd: http://www.wikidata.org/entity/" in text
    assert len(read_links(path)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "subject_id\tpredicate_id\n",
        "a\n",
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\na\tb\tc\td\te\n",
    ],
)
def test_a_table_that_cannot_be_read_says_why(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.sssom.tsv"
    path.write_text(text)
    with pytest.raises(BadInput):
        read_table(path)


# Review

ONE = Row(
    "party:ruritania",
    "Ruritania",
    object_id="wd:Q11",
    object_label="Ruritania",
    confidence="0.70",
    comment="why",
)
TWO = Row(
    "party:ruritania", "Ruritania", object_id="wd:Q21", object_label="Kingdom of Ruritania", confidence="0.60"
)
THREE = Row("party:velmark", "Velmark", object_id="wd:Q22", object_label="Velmark", confidence="0.70")


def test_each_judgement_makes_its_row(tmp_path: Path) -> None:
    review = LinkReview([ONE, TWO, THREE], Table())
    for judgement in (Judgement.ACCEPT, Judgement.CLOSE, Judgement.REJECT):
        review.judge(judgement)
    exact, close, rejected = review.reviewed
    assert (exact.predicate_id, exact.predicate_modifier, exact.mapping_justification) == (
        EXACT,
        "",
        REVIEWED,
    )
    assert (exact.confidence, exact.comment) == ("0.70", "why")
    assert close.predicate_id == CLOSE
    assert (rejected.predicate_id, rejected.predicate_modifier) == (EXACT, NOT)


def test_different_is_a_row_of_its_own_and_sameness_of_logic_is_never_said(tmp_path: Path) -> None:
    review = LinkReview([ONE], Table())
    review.judge(Judgement.DIFFERENT)
    (row,) = review.reviewed
    assert row.predicate_id == "owl:differentFrom" and row.holds
    links = tmp_path / "links.sssom.tsv"
    save_table(Table().with_rows(review.reviewed), links)
    (triple,) = read_links(links)
    assert triple.predicate.value == f"{OWL.base}differentFrom"
    assert "sameAs" not in links.read_text()


def test_a_judgement_can_be_taken_back_and_what_is_unsure_waits(tmp_path: Path) -> None:
    review = LinkReview([ONE, THREE], Table())
    assert not review.undo()
    review.judge(Judgement.REJECT)
    assert review.undo() and review.next == ONE
    review.judge(Judgement.UNSURE)
    review.judge(Judgement.ACCEPT)
    assert review.next is None and [row.subject_id for row in review.reviewed] == ["party:velmark"]
    links, proposed = tmp_path / "links.sssom.tsv", tmp_path / "proposed.sssom.tsv"
    save_table(Table().with_rows([ONE, THREE]), proposed)
    assert apply_review(review, links, proposed) == 1
    assert read_table(proposed).rows == (ONE,)


@pytest.mark.parametrize("other", [TWO, Row("party:else", object_id="wd:Q11")])
def test_a_thing_is_exactly_one_item_and_an_item_one_thing(other: Row) -> None:
    review = LinkReview([ONE, other], Table())
    review.judge(Judgement.ACCEPT)
    with pytest.raises(UsageError, match=r"already; it may be close"):
        review.judge(Judgement.ACCEPT)
    review.judge(Judgement.CLOSE)
    assert len(review.reviewed) == 2


def test_a_withdrawn_match_stays_as_a_row_and_is_no_link(tmp_path: Path) -> None:
    links = tmp_path / "links.sssom.tsv"
    save_table(Table().with_rows([ONE, THREE]), links)
    withdraw(links, "party:ruritania", "wd:Q11")
    kept = {row.pair: row.holds for row in read_table(links).rows}
    assert kept == {ONE.pair: False, THREE.pair: True}
    assert len(read_links(links)) == 1
    with pytest.raises(UsageError, match="no reviewed row"):
        withdraw(links, "party:ruritania", "wd:Q11")


# Proposals, by the commands


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    with serving() as site:
        wiki = Wiki(site)
        kingdom = {"P31": [statement(item_snak("Q6256"))]}
        human = {"P31": [statement(item_snak("Q5"))], "P27": [statement(item_snak("Q11"))]}
        novel = {"P31": [statement(item_snak("Q8261"))]}
        paper = {
            "P31": [statement(item_snak("Q1110794"))],
            "P856": [statement(text_snak("https://courier.example/"))],
        }
        wiki.add(
            entity("Q11", "Ruritania", kingdom, description="country in central Europe", revision=77),
            entity("Q90", "Ruritania", novel),
            entity("Q20", "Rudolf Elphberg", human),
            entity("Q13", "Courier", paper),
            entity("Q5", "human"),
            entity("Q6256", "country"),
            entity("Q8261", "novel"),
            entity("Q1110794", "daily newspaper", {"P279": [statement(item_snak("Q11032"))]}),
            entity("Q11032", "newspaper", {"P279": [statement(item_snak("Q1193236"))]}),
            entity("Q1193236", "news media"),
        )
        wiki.found |= {"Ruritania": ["Q90", "Q11"], "Rudolf Elphberg": ["Q20"], "Strelsau Courier": ["Q13"]}
        yield wiki


@pytest.fixture
def project(tmp_path: Path) -> Project:
    init(tmp_path / "graph")
    project = Project(tmp_path / "graph")
    build(project, project.store)
    return project


def run(project: Project, *words: str) -> int:
    return main([*words, "--project", str(project.root)])


def link(project: Project, wiki: Wiki, *words: str) -> int:
    return run(project, "link", *words, "--endpoint", wiki.address, "--allow-loopback")


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pactgraph.wikidata.asking.PAUSE", 0.0)


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self) -> bool:
        return True


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(text))


def test_proposals_are_rows_with_tool_version_revision_and_reasons(
    project: Project, wiki: Wiki, capsys: pytest.CaptureFixture[str]
) -> None:
    assert link(project, wiki) == 0
    shown = capsys.readouterr()
    assert "Ruritania" in shown.out and "link --review" in shown.err
    found = {row.subject_id: row for row in read_table(project.proposed).rows}
    assert set(found) == {"party:ruritania", "official:rudolf-elphberg", "publisher:strelsau-courier"}
    state = found["party:ruritania"]
    assert (state.object_id, state.object_source_version) == ("wd:Q11", "77")
    assert (state.mapping_tool, state.mapping_tool_version) == ("pactgraph link", VERSION)
    assert state.mapping_justification == "semapv:CompositeMatching" and 0.5 <= float(state.confidence) <= 1
    assert "it is a daily newspaper" in found["publisher:strelsau-courier"].comment
    assert "courier.example" in found["publisher:strelsau-courier"].comment


def test_nothing_is_linked_before_a_review(project: Project, wiki: Wiki) -> None:
    link(project, wiki)
    assert not project.links.exists()
    build(project, project.store, full=True)
    assert not list(open_store(project.store).triples(LINKS))


def test_classes_are_asked_for_a_level_at_a_time(project: Project, wiki: Wiki) -> None:
    link(project, wiki)
    batches = [question["ids"] for question in wiki.questions if "ids" in question]
    assert len(batches) <= 5
    searches = [question["search"] for question in wiki.questions if "search" in question]
    assert len(searches) == len(set(searches))


def test_what_was_asked_once_is_not_asked_again_and_works_offline(
    project: Project, wiki: Wiki, capsys: pytest.CaptureFixture[str]
) -> None:
    link(project, wiki)
    first, asked = project.proposed.read_bytes(), len(wiki.questions)
    project.proposed.unlink()
    assert link(project, wiki, "--offline") == 0
    assert project.proposed.read_bytes() == first and len(wiki.questions) == asked
    next(project.wikidata.glob("*/items/Q20.json")).unlink()
    project.proposed.unlink()
    assert link(project, wiki, "--offline") == 0
    assert {row.object_id for row in read_table(project.proposed).rows} == {"wd:Q11", "wd:Q13"}
    shutil.rmtree(project.wikidata)
    capsys.readouterr()
    assert link(project, wiki, "--offline") == 0
    assert "left out, since their answers were not kept" in capsys.readouterr().err


def test_a_review_goes_on_where_it_stopped_and_the_build_reads_it(
    project: Project, wiki: Wiki, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    link(project, wiki)
    capsys.readouterr()
    typed(monkeypatch, "x\nr\nu\na\nq\n")
    assert link(project, wiki, "--review") == 1
    told = capsys.readouterr()
    assert "1 decided" in told.err and "2 left" in told.err and "one letter" in told.err
    typed(monkeypatch, "n\na\n")
    assert link(project, wiki, "--review") == 0
    assert "country in central Europe" in capsys.readouterr().out
    rows = read_table(project.links).rows
    assert len(rows) == 1 + 1 and len(read_table(project.proposed).rows) == 1
    build(project, project.store)
    assert {t.predicate for t in open_store(project.store).triples(LINKS)} == {SKOS.exactMatch}
    typed(monkeypatch, "")
    assert link(project, wiki, "--review") == 1
    assert len(read_table(project.proposed).rows) == 1


def test_a_judgement_is_a_letter_or_its_word_and_the_last_can_be_taken_back(
    project: Project, wiki: Wiki, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    link(project, wiki, "parties", "officials")
    typed(monkeypatch, "accept\nunsure\nundo\nax\nreject\nu\nd\n\n")
    assert link(project, wiki, "--review") == 0
    assert "one letter" in capsys.readouterr().err
    assert {row.predicate_id for row in read_table(project.links).rows} == {EXACT, DIFFERENT}
    assert all(row.holds for row in read_table(project.links).rows)


def test_a_rejected_match_is_not_proposed_again(
    project: Project, wiki: Wiki, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    link(project, wiki, "parties")
    typed(monkeypatch, "r\n")
    assert link(project, wiki, "--review") == 0
    assert [row.holds for row in read_table(project.links).rows] == [False]
    link(project, wiki, "parties")
    assert read_table(project.proposed).rows == ()
    assert link(project, wiki, "--review") == 0
    assert "Nothing waits" in capsys.readouterr().err


def test_a_thing_that_is_asked_about_anew_loses_what_was_proposed_before(
    project: Project, wiki: Wiki
) -> None:
    link(project, wiki)
    others = {row.subject_id for row in read_table(project.proposed).rows} - {"party:ruritania"}
    wiki.add(entity("Q11", "Ruritania", {"P31": [statement(item_snak("Q8261"))]}, revision=78))
    link(project, wiki, "ruritania", "--refresh")
    assert {row.subject_id for row in read_table(project.proposed).rows} == others


def test_the_surest_are_reviewed_first_and_those_of_one_thing_together() -> None:
    rows = [
        Row("party:a", object_id="wd:Q1", confidence="0.60"),
        Row("party:b", object_id="wd:Q2", confidence="0.55"),
        Row("party:b", object_id="wd:Q3", confidence="0.90"),
        Row("party:c", object_id="wd:Q4", confidence="none"),
    ]
    assert [row.object_id for row in surest_first(rows)] == ["wd:Q3", "wd:Q2", "wd:Q1", "wd:Q4"]


def test_a_review_says_what_a_thing_is_already_and_explains_its_keys(
    project: Project, wiki: Wiki, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = Row("party:ruritania", "Ruritania", object_id="wd:Q90", confidence="0.60", comment="its name")
    save_table(Table((row,)), project.proposed)
    save_table(Table((replace(row, object_id="wd:Q11"),)), project.links)
    typed(monkeypatch, "?\na\nd\n")
    assert link(project, wiki, "--review") == 0
    shown = capsys.readouterr()
    assert "party:ruritania is wd:Q11 already" in shown.out and shown.out.count("1 of 1") == 1
    save_table(Table((replace(row, subject_id="pactid:two-rivers"),)), project.proposed)
    typed(monkeypatch, "n\n")
    assert link(project, wiki, "--review") == 0
    assert "Graustark · Ruritania · 10 May 2018" in capsys.readouterr().out
    assert "taken for one" in shown.err and "wd:Q11 already" in shown.err
    assert {r.predicate_id for r in read_table(project.links).rows} == {EXACT, DIFFERENT}


def test_kinds_and_names_choose_what_is_linked_and_reviewed(
    project: Project, wiki: Wiki, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert link(project, wiki, "officials", "ruritania", "--format", "json") == 0
    found = {row["node"] for row in json.loads(capsys.readouterr().out)}
    assert found == {"official:rudolf-elphberg", "party:ruritania"}
    typed(monkeypatch, "a\n")
    assert run(project, "link", "officials", "--review") == 0
    assert [row.subject_id for row in read_table(project.links).rows] == ["official:rudolf-elphberg"]
    assert link(project, wiki, "nobody-knows") == 2


def test_a_link_is_withdrawn_by_a_command(
    project: Project, wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    link(project, wiki, "parties")
    typed(monkeypatch, "a\n")
    link(project, wiki, "--review")
    assert run(project, "link", "ruritania", "--withdraw", "Q11") == 0
    assert [row.predicate_modifier for row in read_table(project.links).rows] == [NOT]
    assert run(project, "link", "ruritania", "--withdraw", "Q11") == 2
    assert run(project, "link", "--withdraw", "Q11") == 2


def test_of_a_node_that_is_named_what_was_rejected_or_withdrawn_is_asked_again(
    project: Project, wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    link(project, wiki, "parties")
    typed(monkeypatch, "r\n\n")
    link(project, wiki, "--review")
    rejected, proposed = project.links.read_bytes(), project.proposed.read_bytes()
    typed(monkeypatch, "a\n\n")
    assert link(project, wiki, "parties", "--review") == 0
    assert project.links.read_bytes() == rejected, "a kind is no name"
    typed(monkeypatch, "a\nu\nn\n\n")
    assert link(project, wiki, "ruritania", "--review") == 0
    assert (project.links.read_bytes(), project.proposed.read_bytes()) == (rejected, proposed)
    typed(monkeypatch, "a\n\n")
    assert link(project, wiki, "ruritania", "--review") == 0
    (row,) = read_table(project.links).rows
    assert row.holds and row.mapping_justification == REVIEWED
    run(project, "link", "ruritania", "--withdraw", "Q11")
    typed(monkeypatch, "c\n\n")
    assert link(project, wiki, "ruritania", "--review") == 0
    assert {row.predicate_id: row.holds for row in read_table(project.links).rows} == {
        EXACT: False,
        CLOSE: True,
    }


def test_who_is_of_a_state_may_be_of_the_kingdom_that_is_close_to_it(project: Project, wiki: Wiki) -> None:
    officials = project.data / "authority" / "officials.ttl"
    told = "official:rudolf-elphberg a pact:Official ;"
    officials.write_text(
        officials.read_text().replace(told, f"{told} pact:actsFor <{ID}party/ruritania> ;"), "utf-8"
    )
    build(project, project.store)
    human = {"P31": [statement(item_snak("Q5"))], "P27": [statement(item_snak("Q99"))]}
    wiki.add(entity("Q20", "Rudolf Elphberg", human))
    state = Row("party:ruritania", object_id="wd:Q11", mapping_justification=REVIEWED)
    found = []
    for links in ((state,), (state, replace(state, predicate_id=CLOSE, object_id="wd:Q99"))):
        save_table(Table(links), project.links)
        link(project, wiki, "officials")
        found.append([row.comment for row in read_table(project.proposed).rows])
    assert found[0] == [] and "of the same country" in found[1][0]


def test_a_review_needs_a_terminal(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a\n"))
    assert run(project, "link", "--review") == 2


def test_what_is_decided_is_written_at_once_and_what_is_undone_is_taken_out(
    project: Project, wiki: Wiki
) -> None:
    """A terminal that is closed ends the program without a word."""
    link(project, wiki)
    rows, answers = read_table(project.proposed).rows, ["a", "d", "u", "n", "q"]
    written: list[tuple[int, int]] = []

    def answering(_: str) -> str:
        written.append((len(read_table(project.links).rows), len(read_table(project.proposed).rows)))
        return answers.pop(0)

    review = LinkReview(rows, Table())
    keep = partial(apply_review, review, project.links, project.proposed)
    assert not review_all(review, {}, open_wikidata(project.wikidata, offline=True), answering, keep)
    assert len(rows) == 3 and written == [(0, 3), (1, 2), (2, 1), (1, 2), (1, 2)]


RIVERS = """
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
wd:Q13 wdt:P856 <https://www.courier.example/> . wd:Q10 wdt:P1891 wd:Q11, wd:Q12 . wd:Q30 wdt:P1891 wd:Q11 .
"""


def test_the_query_service_finds_by_website_and_signatories_what_no_name_does(
    project: Project, wiki: Wiki, oxigraph_server: str
) -> None:
    graph = NamedNode(f"{ID}graph/wikidata-like")
    server = open_store(oxigraph_server)
    server.load(Quad(q.subject, q.predicate, q.object, graph) for q in parse(RIVERS, format=RdfFormat.TURTLE))
    signed = [statement(item_snak(name)) for name in ("Q11", "Q12")]
    pact = {
        "P1891": signed,
        "P31": [statement(item_snak("Q131569"))],
        "P585": [statement(time_snak("+2018-05-10T00:00:00Z"))],
    }
    wiki.add(entity("Q10", "Treaty of Strelsau", pact), entity("Q131569", "treaty"))
    wiki.found.clear()
    address = f"{oxigraph_server}/query?union-default-graph"
    asking = open_wikidata(project.wikidata, api=wiki.address, sparql=address, allow_loopback=True)
    store = open_store(project.store)
    things = Linkables(store, MAPPING, {"party:ruritania": "wd:Q11", "party:graustark": "wd:Q12"})
    wanted = [
        things.thing(node, KINDS[kind])
        for kind in ("publishers", "pacts")
        for node in things.of_kind(KINDS[kind])
    ]
    found = propose(wanted, asking, MAPPING, Table())
    assert {row.pair for row in found.rows} == {
        ("publisher:strelsau-courier", "wd:Q13"),
        ("pactid:two-rivers", "wd:Q10"),
    }
    assert "same signatories" in found.rows[-1].comment and "dated 10 May 2018" in found.rows[-1].comment
    server.remove(graph)


# The standard's own validator


def test_the_standards_own_program_takes_the_tables(tmp_path: Path) -> None:
    program = shutil.which("sssom")
    if program is None:
        pytest.skip("sssom-py, which brings a hundred packages, is not installed: requirements/sssom.txt")
    review = LinkReview([ONE, TWO, THREE], Table())
    for judgement in (Judgement.ACCEPT, Judgement.DIFFERENT, Judgement.REJECT):
        review.judge(judgement)
    links, proposed = tmp_path / "links.sssom.tsv", tmp_path / "links.proposed.sssom.tsv"
    save_table(read_table(ROOT / "data" / "links.sssom.tsv").with_rows(review.reviewed), links)
    save_table(Table().with_rows([ONE, TWO, THREE]), proposed)
    for path in (ROOT / "data" / "links.sssom.tsv", links, proposed):
        assert complaints(program, path) == ""
    links.write_text(links.read_text("utf-8").replace(REVIEWED, "by review"), "utf-8")
    assert "not well-formed" in complaints(program, links)


def complaints(program: str, path: Path) -> str:
    """What it says; its exit code is 0 even where it leaves a row out."""
    done = subprocess.run([program, "validate", str(path)], capture_output=True, text=True, check=False)
    return f"{done.stdout}{done.stderr}" if done.returncode == 0 else f"failed: {done.stderr}"


def test_a_kind_of_the_mapping_is_a_class_of_the_ontology() -> None:
    known = (ROOT / "ontology" / "pact.ttl").read_text()
    assert all(isinstance(kind, LinkedKind) for kind in KINDS.values())
    assert all(f"\npact:{kind.node.value.partition('#')[2]} a " in known for kind in KINDS.values())


def test_letters_that_steer_a_terminal_do_not_reach_it(tmp_path: Path) -> None:
    path = tmp_path / "a.sssom.tsv"
    save_table(
        Table().with_rows([Row("party:a", 'A\x1b[2J "b"\tc', object_id="wd:Q1", object_label="\x07Q")]), path
    )
    (row,) = read_table(path).rows
    assert (row.subject_label, row.object_label) == ("A [2J 'b' c", "Q")


def test_an_address_without_a_host_is_no_sign() -> None:
    paper = thing("publishers", "Strelsau Courier", domains=("courier.example",))
    assert confidence(paper, None, "Courier", P856=text_snak("http://[courier.example")) == 0
