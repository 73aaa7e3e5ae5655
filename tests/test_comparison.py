"""The graph beside Wikidata: what is there, what lacks a reference, what is missing, what conflicts; rows for an editor."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from faulty_server import serving
from pactgraph.building import build
from pactgraph.cli import main
from pactgraph.comparison import (
    Comparison,
    References,
    Relation,
    Row,
    Verdict,
    compare,
    read_csv,
    read_v1,
    relation,
    reviewed_items,
    value_of,
    write_csv,
    write_v1,
)
from pactgraph.comparison.quickstatements import plain
from pactgraph.comparison.references import MOST_WORDS, quote
from pactgraph.curation import init
from pactgraph.errors import BadInput, UsageError
from pactgraph.passage import read as read_text
from pactgraph.project import Project, shipped
from pactgraph.store import Store, open_store
from pactgraph.vocabulary import EDTF, ID
from pactgraph.wikidata import Kind, Value, Wikidata, open_wikidata, read_mapping
from test_wikidata import watched
from wikidata_server import (
    Wiki,
    bare_snak,
    entity,
    item_snak,
    statement,
    text_snak,
    time_snak,
)

ROOT = Path(__file__).resolve().parents[1]
MAPPING = read_mapping(shipped("mappings") / "wikidata.toml")
PACT = NamedNode(f"{ID}pact/two-rivers")
LINKS = """#curie_map:
#  party: https://w3id.org/pactgraph/id/party/
#  pactid: https://w3id.org/pactgraph/id/pact/
#  publisher: https://w3id.org/pactgraph/id/publisher/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#  wd: http://www.wikidata.org/entity/
#license: https://creativecommons.org/licenses/by/4.0/
#mapping_set_id: https://w3id.org/pactgraph/id/graph/links
"""
COLUMNS = "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification"
REVIEWED = {
    "pactid:two-rivers": "Q10",
    "party:ruritania": "Q11",
    "party:graustark": "Q12",
    "publisher:strelsau-courier": "Q13",
}
URL = "https://courier.example/two-rivers"
SIGNED = time_snak("+2018-05-10T00:00:00Z")
REFERENCE = {"P854": [text_snak(URL)]}


def write_links(project: Project, reviewed: dict[str, str], modifier: str = "") -> None:
    rows = [
        f"{node}\tskos:exactMatch\t{modifier}\twd:{item}\tsemapv:ManualMappingCuration"
        for node, item in sorted(reviewed.items())
    ]
    project.links.write_text(LINKS + "\n".join([COLUMNS, *rows]) + "\n")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    init(tmp_path / "graph")
    project = Project(tmp_path / "graph")
    write_links(project, REVIEWED)
    return project


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    with serving() as site:
        wiki = Wiki(site)
        wiki.add(entity("Q11", "Ruritania"), entity("Q12", "Graustark"), entity("Q13", "Strelsau Courier"))
        yield wiki


def built(project: Project) -> Store:
    build(project, project.store)
    return open_store(project.store)


def asked(project: Project, wiki: Wiki) -> Wikidata:
    return open_wikidata(project.wikidata, api=wiki.address, sparql=None, allow_loopback=True)


def compared(project: Project, wiki: Wiki, claims: dict[str, list[dict[str, Any]]]) -> Comparison:
    wiki.add(entity("Q10", "Two Rivers Agreement", claims))
    return compare(built(project), asked(project, wiki), MAPPING)


def verdict(comparison: Comparison, term: str, value: str | None = None) -> Verdict:
    (found,) = [
        d.verdict
        for d in comparison.counterparts
        if d.said.property == term and (value is None or (d.ours and d.ours.text == value))
    ]
    return found


# Values


@pytest.mark.parametrize("text", ["2024", "2024-05", "2024-05-27"])
def test_a_plain_date_has_a_form_there(text: str) -> None:
    assert value_of(Literal(text, datatype=EDTF), {}) == Value(Kind.TIME, text)


@pytest.mark.parametrize(
    "text", ["2024~", "2024-05?", "2024-21", "202X", "2024-XX", "2024-05/2024-06", "../2024", "2024-05-27%"]
)
def test_a_date_that_says_more_or_less_than_a_day_month_or_year_has_none(text: str) -> None:
    assert value_of(Literal(text, datatype=EDTF), {}) is None


def test_a_node_is_its_reviewed_item_and_nothing_else() -> None:
    assert value_of(PACT, {PACT: "Q10"}) == Value(Kind.ITEM, "Q10")
    assert value_of(PACT, {}) is None
    assert value_of(Literal("P10Y"), {}) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("2024-05-27", "2024-05-27", Relation.SAME),
        ("2024-05-27", "2024-05", Relation.COARSER),
        ("2024-05-27", "2024", Relation.COARSER),
        ("2024-05", "2024-05-27", Relation.FINER),
        ("2024-05-27", "2024-05-28", Relation.APART),
        ("2024-05-27", "2024-06", Relation.APART),
    ],
)
def test_dates_are_compared_at_their_precision(ours: str, theirs: str, expected: Relation) -> None:
    assert relation(Value(Kind.TIME, ours), Value(Kind.TIME, theirs)) is expected


# Verdicts


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], Verdict.ABSENT),
        ([statement(SIGNED)], Verdict.UNREFERENCED),
        ([statement(SIGNED, references=[{"P143": [item_snak("Q328")]}])], Verdict.UNREFERENCED),
        ([statement(SIGNED, references=[REFERENCE])], Verdict.REFERENCED),
        ([statement(SIGNED, references=[{"P248": [item_snak("Q13")]}])], Verdict.REFERENCED),
        ([statement(SIGNED, "deprecated")], Verdict.DEPRECATED),
        ([statement(time_snak("+2018-05-00T00:00:00Z", 10))], Verdict.COARSER),
        ([statement(time_snak("+2018-00-00T00:00:00Z", 9))], Verdict.COARSER),
        ([statement(time_snak("+2018-05-11T00:00:00Z"))], Verdict.CONFLICT),
        ([statement(time_snak("+2018-05-11T00:00:00Z"), "deprecated")], Verdict.ABSENT),
        ([statement(SIGNED), statement(time_snak("+2018-05-11T00:00:00Z"), "preferred")], Verdict.CONFLICT),
        ([statement(SIGNED), statement(time_snak("+2018-05-11T00:00:00Z"))], Verdict.CONFLICT),
        ([statement(SIGNED), statement(bare_snak("novalue"))], Verdict.CONFLICT),
        ([statement(SIGNED), statement(bare_snak("somevalue"))], Verdict.UNREFERENCED),
        (
            [statement(SIGNED, "preferred"), statement(time_snak("+2018-05-11T00:00:00Z"))],
            Verdict.UNREFERENCED,
        ),
        ([statement(bare_snak("somevalue"))], Verdict.ABSENT),
        ([statement(bare_snak("novalue"))], Verdict.CONFLICT),
    ],
)
def test_a_day_beside_what_is_there(
    statements: list[dict[str, Any]], expected: Verdict, project: Project, wiki: Wiki
) -> None:
    assert verdict(compared(project, wiki, {"P585": statements}), "P585") is expected


def test_a_party_beside_another_is_no_conflict(project: Project, wiki: Wiki) -> None:
    found = compared(project, wiki, {"P1891": [statement(item_snak("Q11"))]})
    assert verdict(found, "P1891", "Q11") is Verdict.UNREFERENCED
    assert verdict(found, "P1891", "Q12") is Verdict.ABSENT


def test_a_day_may_stand_in_a_qualifier_and_is_not_written_again(project: Project, wiki: Wiki) -> None:
    party = statement(item_snak("Q11"), qualifiers={"P585": [SIGNED]}, references=[REFERENCE])
    assert verdict(compared(project, wiki, {"P1891": [party]}), "P585") is Verdict.REFERENCED


def test_another_day_in_a_qualifier_is_a_conflict(project: Project, wiki: Wiki) -> None:
    other = statement(item_snak("Q11"), qualifiers={"P585": [time_snak("+2019-00-00T00:00:00Z", 9)]})
    assert verdict(compared(project, wiki, {"P1891": [other]}), "P585") is Verdict.CONFLICT


def test_the_day_of_another_event_is_no_conflict_and_that_of_the_signing_agrees(
    project: Project, wiki: Wiki
) -> None:
    def event(day: dict[str, Any]) -> dict[str, Any]:
        return statement(item_snak("Q77"), qualifiers={"P585": [day]}, references=[REFERENCE])

    ratified, signed = event(time_snak("+2018-09-01T00:00:00Z")), event(SIGNED)
    assert verdict(compared(project, wiki, {"P793": [ratified]}), "P585") is Verdict.ABSENT
    shutil.rmtree(project.wikidata)
    assert verdict(compared(project, wiki, {"P793": [ratified, signed]}), "P585") is Verdict.REFERENCED


def test_what_is_close_to_our_value_is_shown_and_no_second_one_is_written(
    project: Project, wiki: Wiki
) -> None:
    row = "party:graustark\tskos:closeMatch\t\twd:Q99\tsemapv:MappingReview\n"
    project.links.write_text(project.links.read_text() + row)
    rows = rows_of(project, wiki, {"P1891": [statement(item_snak("Q99"))]})
    assert {row.value.text for row in rows if row.property == "P1891"} == {"Q11"}
    found = compare(open_store(project.store), asked(project, wiki), MAPPING)
    assert verdict(found, "P1891", "Q12") is Verdict.CLOSE


def test_an_unknown_value_there_is_shown(project: Project, wiki: Wiki) -> None:
    found = compared(project, wiki, {"P585": [statement(bare_snak("somevalue"))]})
    (day,) = [d for d in found.counterparts if d.said.property == "P585"]
    assert [each.value.kind for each in day.theirs] == [Kind.UNKNOWN] and day.writable


def test_whether_a_statement_is_truthy_is_told(project: Project, wiki: Wiki) -> None:
    other = statement(time_snak("+2018-05-11T00:00:00Z"), "preferred")
    found = compared(project, wiki, {"P585": [statement(SIGNED), other]})
    (day,) = [d for d in found.counterparts if d.said.property == "P585"]
    assert not day.truthy and day.revision == 7


def test_a_merged_or_deleted_item_is_shown_and_never_written(project: Project, wiki: Wiki) -> None:
    store = built(project)
    wiki.add(entity("Q99", "Two Rivers Agreement"))
    wiki.merge("Q10", "Q99")
    merged = compare(store, asked(project, wiki), MAPPING)
    assert {d.verdict for d in merged.counterparts} == {Verdict.MERGED}
    shutil.rmtree(project.wikidata)
    wiki.merged.clear()
    gone = compare(store, asked(project, wiki), MAPPING)
    assert {d.verdict for d in gone.counterparts} == {Verdict.GONE}
    assert not any(d.writable for d in (*merged.counterparts, *gone.counterparts))
    assert {d.moved for d in merged.counterparts} == {"Q99"} and {d.moved for d in gone.counterparts} == {""}


def test_a_merged_item_is_named_with_what_to_do(
    project: Project, wiki: Wiki, capsys: pytest.CaptureFixture[str]
) -> None:
    wiki.add(entity("Q99", "Two Rivers Agreement"))
    wiki.merge("Q10", "Q99")
    built(project)
    there = ("--endpoint", wiki.address, "--allow-loopback")
    assert run(project, "wikidata", "diff", "two-rivers", *there) == 0
    shown = capsys.readouterr()
    assert "now Q99" in shown.out and "--withdraw Q10" in shown.err


def test_only_reviewed_rows_are_looked_at(project: Project, wiki: Wiki) -> None:
    project.proposed.write_text(project.links.read_text())
    write_links(project, REVIEWED, "Not")
    store = built(project)
    assert reviewed_items(store) == {}
    assert compare(store, asked(project, wiki), MAPPING).counterparts == ()
    assert wiki.questions == []


def test_a_node_that_is_two_items_has_none(project: Project) -> None:
    rows = "".join(f"pactid:two-rivers\tskos:exactMatch\t\twd:Q{n}\tsemapv:MappingReview\n" for n in (1, 2))
    project.links.write_text(f"{LINKS}{COLUMNS}\n{rows}")
    assert reviewed_items(built(project)) == {}


def test_a_value_without_a_reviewed_item_is_told_and_not_written(project: Project, wiki: Wiki) -> None:
    write_links(project, {k: v for k, v in REVIEWED.items() if k != "party:graustark"})
    found = compared(project, wiki, {})
    assert Verdict.UNLINKED in {d.verdict for d in found.counterparts}
    assert all(d.ours for d in found.counterparts if d.writable)


# Rows


def rows_of(
    project: Project, wiki: Wiki, claims: dict[str, list[dict[str, Any]]], **options: Any
) -> list[Row]:
    found = compared(project, wiki, claims)
    return References(project, open_store(project.store), MAPPING, **options).rows(found)


def test_what_is_absent_becomes_a_row_with_a_whole_reference(project: Project, wiki: Wiki) -> None:
    rows = rows_of(project, wiki, {}, texts=project.texts, retrieved=date(2026, 11, 22))
    (day,) = [row for row in rows if row.property == "P585"]
    assert (day.item, day.value) == ("Q10", Value(Kind.TIME, "2018-05-10"))
    reference = dict(day.reference)
    assert list(reference) == ["P854", "P248", "P1476", "P577", "P813", "P1683"]
    assert reference["P854"].text == URL
    assert reference["P248"] == Value(Kind.ITEM, "Q13")
    assert reference["P577"] == Value(Kind.TIME, "2018-05-12")
    assert reference["P813"] == Value(Kind.TIME, "2026-11-22")
    assert reference["P1683"].language == "en" and "10 May 2018" in reference["P1683"].text
    assert {row.value.text for row in rows if row.property == "P1891"} == {"Q11", "Q12"}


def test_without_texts_nothing_is_quoted_and_without_a_day_none_is_invented(
    project: Project, wiki: Wiki
) -> None:
    (day,) = [row for row in rows_of(project, wiki, {}) if row.property == "P585"]
    assert [name for name, _ in day.reference] == ["P854", "P248", "P1476", "P577"]


def test_the_day_of_retrieval_is_that_on_which_the_text_was_fetched(project: Project, wiki: Wiki) -> None:
    (text,) = project.texts.glob("*.txt")
    fetched = {
        "url": URL,
        "final_url": URL,
        "time": "2018-05-14T23:30:00+00:00",
        "sha256": "0",
        "content_type": None,
        "language": None,
        "etag": None,
        "last_modified": None,
        "archived": None,
    }
    told = {
        "title": None,
        "publisher": None,
        "authors": [],
        "published": None,
        "basis": None,
        "language": None,
        "canonical": None,
        "text_sha256": read_text(text).sha256,
        "fetched": fetched,
    }
    text.with_suffix(".json").write_text(json.dumps(told))
    rows = rows_of(project, wiki, {}, texts=project.texts)
    assert {dict(row.reference)["P813"].text for row in rows} == {"2018-05-14"}


def test_nothing_is_retrieved_before_it_was_published(project: Project, wiki: Wiki) -> None:
    with pytest.raises(UsageError, match=f"{URL} was published on 2018-05-12, after"):
        rows_of(project, wiki, {}, retrieved=date(2018, 5, 11))


def test_a_text_that_was_changed_is_not_quoted(project: Project, wiki: Wiki) -> None:
    for text in project.texts.glob("*.txt"):
        text.write_text("Ruritania and Graustark did nothing of the sort on 10 May 2018. " * 9)
    rows = rows_of(project, wiki, {}, texts=project.texts)
    assert rows and all("P1683" not in dict(row.reference) for row in rows)


def test_a_reference_is_added_to_a_statement_that_has_none(project: Project, wiki: Wiki) -> None:
    rows = rows_of(project, wiki, {"P585": [statement(SIGNED)]})
    assert [row.value.text for row in rows if row.property == "P585"] == ["2018-05-10"]


@pytest.mark.parametrize("form", ["+2018-01-01T00:00:00Z", "+2018-00-00T00:00:00Z", "+2018-05-10T00:00:00Z"])
def test_a_statement_that_is_there_is_repeated_letter_by_letter(
    form: str, project: Project, wiki: Wiki
) -> None:
    """The tool compares times as strings; of another form it would make a second statement."""
    (source,) = (project.data / "sources").glob("*.ttl")
    source.write_text(source.read_text().replace('"2018-05-10"^^loc:edtf', '"2018"^^loc:edtf'))
    run(project, "format")
    rows = rows_of(project, wiki, {"P585": [statement(time_snak(form, 9))]})
    (day,) = [row for row in rows if row.property == "P585"]
    assert write_v1([day]).startswith(f"Q10\tP585\t{form}/9\tS854\t")


def test_a_time_that_is_finer_than_a_day_is_not_repeated(project: Project, wiki: Wiki) -> None:
    rows = rows_of(project, wiki, {"P585": [statement(time_snak("+2018-05-10T14:00:00Z", 12))]})
    assert not [row for row in rows if row.property == "P585"]


@pytest.mark.parametrize(
    "statements",
    [
        [statement(SIGNED, references=[REFERENCE])],
        [statement(time_snak("+2018-05-11T00:00:00Z"))],
        [statement(time_snak("+2018-05-00T00:00:00Z", 10))],
        [statement(SIGNED, "deprecated")],
        [statement(SIGNED), statement(SIGNED)],
        [statement(SIGNED), statement(SIGNED, "deprecated")],
        [statement(SIGNED), statement(time_snak("+2018-05-11T00:00:00Z"))],
        [statement(bare_snak("novalue"))],
    ],
)
def test_what_is_sourced_in_conflict_or_in_doubt_is_never_written(
    statements: list[dict[str, Any]], project: Project, wiki: Wiki
) -> None:
    assert not [row for row in rows_of(project, wiki, {"P585": statements}) if row.property == "P585"]


def test_what_our_own_sources_dispute_is_never_written(project: Project, wiki: Wiki) -> None:
    source = next((project.data / "sources").glob("*.ttl"))
    told = source.read_text()
    claim = next(block for block in told.split("\n\n") if "pact:signedOn" in block)
    other = claim.replace(claim.split(" ", 1)[0], "claim:00000000000000000000", 1)
    denial = other.replace("pact:Affirmed", "pact:Denied")
    source.write_text(f"{told}\n{denial}\n")
    assert main(["format", "--project", str(project.root), str(source)]) == 0
    found = compared(project, wiki, {})
    days = [d for d in found.counterparts if d.said.property == "P585"]
    assert not any(d.writable for d in days)


# The form of QuickStatements

texts = st.text(min_size=1, max_size=40).map(plain).filter(bool)
items = st.integers(1, 10**9).map(lambda n: Value(Kind.ITEM, f"Q{n}"))
days = st.dates().map(lambda day: day.isoformat())
times = days.flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]])).map(lambda t: Value(Kind.TIME, t))
words = st.builds(
    lambda text, code: Value(Kind.TEXT, text, language=code),
    texts,
    st.sampled_from(["", "en", "uk", "zh-hant"]),
)
values = items | times | words
terms = st.integers(1, 9999).map(lambda n: f"P{n}")
references = st.dictionaries(terms, values, max_size=6).map(lambda parts: tuple(parts.items()))
rows = st.builds(Row, items.map(lambda v: v.text), terms, values, references)


@settings(max_examples=20, deadline=None)
@given(st.lists(rows, min_size=60, max_size=60))
def test_rows_are_read_again_as_they_were_written(written: list[Row]) -> None:
    assert read_v1(write_v1(written)) == written
    again = [row for table in write_csv(written).values() for row in read_csv(table)]
    assert sorted(map(repr, again)) == sorted(map(repr, written))


def test_a_thousand_rows_are_read_again() -> None:
    many = [
        Row(
            f"Q{n}",
            "P585",
            Value(Kind.TIME, f"{2000 + n % 25}-05"),
            (("P854", Value(Kind.TEXT, f"https://a.example/{n}?x=1|2")),),
        )
        for n in range(1, 1001)
    ]
    assert read_v1(write_v1(many)) == many
    assert [row for table in write_csv(many).values() for row in read_csv(table)] == many


def test_the_two_forms_are_as_the_tool_reads_them() -> None:
    row = Row(
        "Q10",
        "P585",
        Value(Kind.TIME, "2018-05"),
        (("P854", Value(Kind.TEXT, URL)), ("P1476", Value(Kind.TEXT, "A, b", language="en"))),
    )
    assert write_v1([row]) == f'Q10\tP585\t+2018-05-00T00:00:00Z/10\tS854\t"{URL}"\tS1476\ten:"A, b"\n'
    assert write_csv([row]) == {
        "01-P585.csv": f'qid,P585,S854,s1476\nQ10,+2018-05-00T00:00:00Z/10,"""{URL}""","en:""A, b"""\n'
    }


def test_rows_of_other_properties_stand_in_a_file_of_their_own_without_empty_cells() -> None:
    """The tool reads the first head only, and would read what stands under another as of that property."""
    one = Row("Q1", "P585", Value(Kind.TIME, "2018"), (("P854", Value(Kind.TEXT, URL)),))
    other = Row("Q1", "P276", Value(Kind.ITEM, "Q2"))
    tables = write_csv([one, other])
    assert {name: table.split("\n", 1)[0] for name, table in tables.items()} == {
        "01-P276.csv": "qid,P276",
        "02-P585.csv": "qid,P585,S854",
    }
    assert all(table.count("qid") == 1 and ",," not in table for table in tables.values())


@pytest.mark.parametrize(
    "text", ["back\\", "soft\u00adhyphen", 'a "b"', "a\tb", "a\nb", "", " a", "a  b", "a\u200b\u0000b"]
)
def test_what_would_break_a_row_is_made_plain_or_refused(text: str) -> None:
    with pytest.raises(BadInput):
        write_v1([Row("Q1", "P1476", Value(Kind.TEXT, text))])
    if made := plain(text):
        assert read_v1(write_v1([Row("Q1", "P1476", Value(Kind.TEXT, made))]))[0].value.text == made


@pytest.mark.parametrize(
    "line", ["Q1\tP1", "Q1\tP1\tQ2\tS1", "X\tP1\tQ2", "Q1\tQ1\tQ2", "Q1\tP1\tnonsense", 'Q1\tP1\t"a"b"']
)
def test_what_is_no_row_is_refused(line: str) -> None:
    with pytest.raises(BadInput):
        read_v1(line + "\n")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from("Kyiv signed on 10 May 2018, he said “again” and then".split()),
        min_size=1,
        max_size=90,
    ),
    st.integers(0, 80),
)
def test_a_quotation_has_at_most_25_words_of_the_passage(parts: list[str], at: int) -> None:
    passage = " ".join(parts)
    quoted = quote(passage, parts[min(at, len(parts) - 1)])
    assert len(quoted.split()) <= MOST_WORDS
    assert quoted.strip("…") in plain(passage)


def test_a_long_passage_is_quoted_around_its_words() -> None:
    passage = " ".join(f"w{n}" for n in range(80))
    assert quote(passage, "w60").startswith("…w4") and "w60" in quote(passage, "w60")
    assert quote(passage, "w0").startswith("w0 ") and quote(passage, "w79").endswith("w79")


# The commands


def run(project: Project, *words: str) -> int:
    return main([*words, "--project", str(project.root)])


def test_the_diff_is_a_table_and_offline_the_same(
    project: Project, wiki: Wiki, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    wiki.add(entity("Q10", "Two Rivers Agreement", {"P585": [statement(time_snak("+2018-05-11T00:00:00Z"))]}))
    built(project)
    there = ("--endpoint", wiki.address, "--allow-loopback")
    assert run(project, "wikidata", "diff", *there) == 0
    shown = capsys.readouterr()
    assert "in conflict" in shown.out and "11 May 2018" in shown.out
    assert "No reviewed item" in shown.err and max(map(len, shown.out.splitlines())) <= 110
    asked_for = len(wiki.questions)
    assert run(project, "wikidata", "diff", "two-rivers", *there, "--offline", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["verdict"] for row in rows} == {"in conflict", "absent"}
    assert len(wiki.questions) == asked_for
    assert run(project, "wikidata", "diff", "--offline", "--refresh") == 2
    shutil.rmtree(project.wikidata)
    assert run(project, "wikidata", "diff", "--offline") == 3


def test_one_command_takes_a_reviewed_fact_to_a_row_with_its_quotation(
    project: Project, wiki: Wiki, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wiki.add(entity("Q10", "Two Rivers Agreement"))
    built(project)
    export = ("export", "--to", "quickstatements", "--texts", str(project.texts))
    there = ("--endpoint", wiki.address, "--allow-loopback", "--retrieved", "2026-11-22")
    assert run(project, *export, *there, "--pact", "two-rivers") == 0
    written = capsys.readouterr().out
    rows = read_v1(written)
    assert {row.item for row in rows} == {"Q10"}
    assert any("P1683" in dict(row.reference) for row in rows)
    file, folder = tmp_path / "rows.tsv", tmp_path / "tables"
    assert run(project, *export, *there, "--offline", "-o", str(file)) == 0
    assert file.read_text() == written
    as_tables = (*export, *there, "--offline", "--format", "csv")
    assert run(project, *as_tables, "-o", str(folder)) == 0
    again = [row for table in sorted(folder.iterdir()) for row in read_csv(table.read_text())]
    assert sorted(map(repr, again)) == sorted(map(repr, rows))
    assert run(project, *as_tables, "-o", str(folder)) == 2
    capsys.readouterr()
    assert run(project, *as_tables) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and "one at a time" in shown.err


def test_rows_of_a_pact_without_a_reviewed_item_say_so(
    project: Project, wiki: Wiki, capsys: pytest.CaptureFixture[str]
) -> None:
    project.links.unlink()
    built(project)
    assert run(project, "export", "--to", "quickstatements", "--offline", "--pact", "two-rivers") == 0
    shown = capsys.readouterr()
    assert shown.out == "" and "No reviewed item: two-rivers" in shown.err


def test_offline_the_commands_open_no_socket(project: Project, wiki: Wiki) -> None:
    wiki.add(entity("Q10", "Two Rivers Agreement"))
    built(project)
    there = ("--endpoint", wiki.address, "--allow-loopback")
    assert run(project, "wikidata", "diff", *there) == 0
    with watched() as seen:
        assert run(project, "wikidata", "diff", *there, "--offline") == 0
        assert run(project, "export", "--to", "quickstatements", *there, "--offline") == 0
        assert run(project, "link", *there, "--offline") == 0
    assert seen == []


def test_rows_go_where_an_export_would(project: Project, wiki: Wiki, tmp_path: Path) -> None:
    """Through a link to its file and into a pipe; neither is replaced, and a folder or no folder is a fault of usage."""
    wiki.add(entity("Q10", "Two Rivers Agreement"))
    built(project)
    there = ("--endpoint", wiki.address, "--allow-loopback")
    assert run(project, "wikidata", "diff", *there) == 0
    rows = ("export", "--to", "quickstatements", *there, "--offline", "-o")
    (tmp_path / "rows").touch()
    (tmp_path / "link").symlink_to("rows")
    assert run(project, *rows, str(tmp_path / "link")) == 0
    assert (tmp_path / "link").is_symlink()
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert run(project, *rows, str(tmp_path / "pipe")) == 0
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()
    assert run(project, *rows, str(tmp_path)) == run(project, *rows, str(tmp_path / "no" / "rows")) == 2


def test_other_syntaxes_are_not_those_of_quickstatements(project: Project) -> None:
    built(project)
    assert run(project, "export", "--to", "quickstatements", "--format", "nq", "--offline") == 2
    assert run(project, "export", "--format", "v1") == 2


# The mapping


def test_the_shipped_mapping_names_terms_of_the_ontology() -> None:
    known = (ROOT / "ontology" / "pact.ttl").read_text()
    for said in MAPPING.statements:
        for node in (said.fact, said.value, said.each):
            assert node is None or f"\npact:{node.value.partition('#')[2]} a " in known


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('property = "P1891"', 'property = "1891"', "no property"),
        ('fact = "pact:signedOn"', 'fact = "signedOn"', "no prefix"),
        ('adds = "references"', 'adds = "all"', "all"),
        ("[reference]", "[references]", "reference is missing"),
        ("name = 0.5", "name = 1.5", "from 0 to 1"),
        ('["Q5"]', '["human"]', "no class"),
        ("[reference]", "[reference", "not TOML"),
    ],
)
def test_a_mapping_that_cannot_be_read_says_what_is_wrong(
    old: str, new: str, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "wikidata.toml"
    path.write_text((shipped("mappings") / "wikidata.toml").read_text().replace(old, new, 1))
    with pytest.raises(BadInput, match=words):
        read_mapping(path)


def test_a_graph_may_have_a_mapping_of_its_own(tmp_path: Path) -> None:
    assert Project(tmp_path).mapping == shipped("mappings") / "wikidata.toml"
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "wikidata.toml").write_text("")
    assert Project(tmp_path).mapping.parent == tmp_path / "mappings"


def test_a_statement_of_several_facts_is_not_written_where_one_is_disputed(
    project: Project, wiki: Wiki
) -> None:
    found = compared(project, wiki, {})
    (day,) = [each for each in found.counterparts if each.said.property == "P585"]
    disputed = Comparison((day, replace(day, contested=True)), ())
    references = References(project, open_store(project.store), MAPPING)
    assert references.rows(disputed) == []
    assert len(references.rows(Comparison((day, day), ()))) == 1
