"""The notes of the sources: read whole or not at all, held against the claims that they name, and counted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode

import pactgraph
from pactgraph.cli import main
from pactgraph.curation import format_file
from pactgraph.errors import BadInput, EncodingFault, UsageError
from pactgraph.graph.nodes import group, read_triples
from pactgraph.graph.notes import Note, read_notes
from pactgraph.graph.sources import read_source
from pactgraph.project import Project
from pactgraph.vocabulary import SCHEMA

CHECKOUT = Path(__file__).parents[1]
ARTICLES = CHECKOUT.parent / "shared" / "sources" / "articles.jsonl"
HEADER = "source\tnote\ttopic\twords\tclaims\treason\n"
Capture = pytest.CaptureFixture[str]

PREFIXES = """\
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix pact: <https://w3id.org/pactgraph/ontology#> .
@prefix pactid: <https://w3id.org/pactgraph/id/pact/> .
@prefix publisher: <https://w3id.org/pactgraph/id/publisher/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema: <https://schema.org/> .
"""
PLACED = """
<#char=0,9> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#position=0,9> .
<#position=0,9> a oa:TextPositionSelector ; oa:start 0 ; oa:end 9 .
"""


def quoted(name: str, words: str) -> str:
    return (
        f"<#{name}> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#{name}-words> .\n"
        f'<#{name}-words> a oa:TextQuoteSelector ; oa:exact "{words}" .\n'
    )


def claim(stage: str, at: str, also: str = "") -> str:
    return (
        f"<#{stage}> a pact:Claim ; rdf:subject pactid:river ; rdf:predicate pact:reachedStage ; rdf:object pact:{stage} ;"
        " pact:modality pact:Factual ; pact:polarity pact:Affirmed ; pact:quotation pact:OwnVoice ;"
        f" pact:speaker publisher:gazette ; pact:passage <#{at}>{also} .\n"
    )


def write_source(folder: Path, name: str, turtle: str) -> dict[str, str]:
    """A source's file; returns the names of its claims by the stages that they tell of."""
    path = folder / f"{name}.ttl"
    base = f"@base <https://w3id.org/pactgraph/id/source/{name}> .\n"
    path.write_text(f"{base}{PREFIXES}<> a schema:NewsArticle .\n{turtle}", encoding="utf-8")
    format_file(path)
    claims = read_source(path).claims.items()
    return {
        claim.proposition.object.value.rpartition("#")[2]: node.value.rpartition("/")[2]
        for node, claim in claims
    }


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "data" / "sources").mkdir(parents=True)
    return Project(tmp_path)


@pytest.fixture
def gazette(project: Project) -> dict[str, str]:
    turtle = quoted("a", "signed the River Pact") + quoted("b", "a river pact") + PLACED
    turtle += claim("Signed", "a", " ; pact:alsoAt <#b>") + claim("Ratified", "char=0,9")
    return write_source(project.data / "sources", "gazette", turtle)


@pytest.fixture
def herald(project: Project) -> dict[str, str]:
    return write_source(project.data / "sources", "herald", quoted("a", "in force") + claim("InForce", "a"))


def note(*cells: object) -> str:
    return "\t".join(map(str, cells)) + "\n"


def keep(project: Project, *lines: str) -> Path:
    project.notes.write_text(HEADER + "".join(lines), encoding="utf-8", newline="")
    return project.notes


def audit(project: Project, *arguments: str) -> int:
    return main(["audit", "notes", "--project", str(project.root), *arguments])


# Reading

ONE, TWO = (
    note("a", 1, "signed-on", "on Monday", "", "no day"),
    note("a", 2, "place", "in Klow", "0" * 20, ""),
)


def test_notes_are_read_in_order(project: Project) -> None:
    path = keep(project, ONE, TWO, note("b", 1, "place", "“Zenda”, he said", f"{'1' * 20} {'2' * 20}", ""))
    assert read_notes(path) == [
        Note("a", 1, "signed-on", "on Monday", (), "no day", 2),
        Note("a", 2, "place", "in Klow", ("0" * 20,), "", 3),
        Note("b", 1, "place", "“Zenda”, he said", ("1" * 20, "2" * 20), "", 4),
    ]
    assert read_notes(keep(project)) == []


BROKEN = {
    "no header": (lambda text: text.removeprefix(HEADER), 1, "not the header"),
    "another header": (lambda text: text.replace("words", "locator", 1), 1, "not the header"),
    "nothing at all": (lambda text: "", 1, "not the header"),
    "a cell missing": (lambda text: text.replace("\tno day", ""), 2, "not the line of a note"),
    "a cell too many": (lambda text: text.replace("no day", "no day\tat all"), 2, "not the line of a note"),
    "an empty line": (lambda text: text.replace("a\t2", "\na\t2"), 3, "not the line of a note"),
    "lines that end in CRLF": (lambda text: text.replace("no day\n", "no day\r\n"), 2, "not the line of a note"),
    "no source": (lambda text: text.replace("a\t1", "\t1"), 2, "'' is no source"),
    "no words": (lambda text: text.replace("on Monday", ""), 2, "'' is no words"),
    "a topic with spaces around": (lambda text: text.replace("place", " place"), 3, "' place' is no topic"),
    "a number that is none": (lambda text: text.replace("a\t2", "a\ttwo"), 3, "'two' is no number"),
    "a claim cut short": (lambda text: text.replace("0" * 20, "0" * 19), 3, "names no claims"),
    "claims by their prefixed names": (lambda text: text.replace("0" * 20, f"claim:{'0' * 20}"), 3, "names no claims"),
    "a number twice": (lambda text: text.replace("a\t2", "a\t1"), 3, "note 1 of a stands twice, or too late"),
    "a number left out": (lambda text: text.replace("a\t2", "a\t3"), 3, "note 2 of a is missing"),
    "a first number that is not 1": (lambda text: text.replace("a\t1", "a\t2"), 2, "note 1 of a is missing"),
    "sources out of order": (lambda text: text.replace("a\t1", "b\t1").replace("a\t2", "a\t1"), 3, "a stands behind b"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_notes_that_cannot_be_read_are_refused(name: str, project: Project, capsys: Capture) -> None:
    mend: Callable[[str], str]
    mend, line, reason = BROKEN[name]
    path = keep(project, ONE, TWO)
    broken = mend(path.read_text(encoding="utf-8"))
    assert broken != path.read_text(encoding="utf-8")
    path.write_text(broken, encoding="utf-8", newline="")
    with pytest.raises(BadInput) as caught:
        read_notes(path)
    assert (caught.value.where, caught.value.line) == (path, line)
    assert reason in caught.value.message
    assert audit(project) == 3
    assert f"{path}:{line}: " in capsys.readouterr().err


def test_notes_that_are_not_utf8_are_refused(project: Project) -> None:
    project.notes.write_bytes(HEADER.encode() + b"a\t1\tplace\t\xff\t\tnone\n")
    with pytest.raises(EncodingFault) as caught:
        read_notes(project.notes)
    assert caught.value.where == project.notes


# Auditing


def test_what_claims_say_is_counted_by_topic(
    project: Project, gazette: dict[str, str], herald: dict[str, str], capsys: Capture
) -> None:
    keep(
        project,
        note("gazette", 1, "stage", "signed the River Pact", gazette["Signed"], ""),
        note("gazette", 2, "stage", "a river pact", gazette["Signed"], ""),
        note("gazette", 3, "place", "at the ferry", "", "the ferry is no place of ours"),
        note("gazette", 4, "stage", "any words", gazette["Ratified"], ""),
        note("herald", 1, "force", "in  force", herald["InForce"], ""),
    )
    found = pactgraph.audit_notes(project)
    assert found.faults == () and found.passes
    assert [(topic.name, topic.notes, topic.said) for topic in found.topics] == [
        ("force", 1, 1), ("place", 1, 0), ("stage", 3, 3)
    ]  # fmt: skip
    assert (found.total.notes, found.total.said, found.total.share) == (5, 4, 0.8)
    assert [note.number for note in found.unsaid] == [3]
    assert audit(project) == 0
    told = capsys.readouterr()
    assert told.err == ""
    lines = [line.split() for line in told.out.splitlines()]
    assert ["stage", "3", "3", "100.0%"] in lines and ["total", "5", "4", "80.0%"] in lines
    assert "  gazette 3 · place: “at the ferry”\n    the ferry is no place of ours\n" in told.out


FAULTS: dict[str, tuple[Callable[[dict[str, str], dict[str, str]], tuple[object, ...]], str]] = {
    "a claim that does not exist": (lambda g, h: ("gazette", 1, "t", "a river pact", "0" * 20, ""), f"there is no claim {'0' * 20}"),
    "a claim of another source": (lambda g, h: ("gazette", 1, "t", "in force", h["InForce"], ""), "stands in another source, herald"),
    "words at which the claim is not": (lambda g, h: ("gazette", 1, "t", "signed", g["Signed"], ""), "is not at “signed” but at “signed the River Pact”, “a river pact”"),
    "one claim of two at other words": (lambda g, h: ("gazette", 1, "t", "signed", f"{g['Ratified']} {g['Signed']}", ""), "is not at “signed”"),
    "neither claims nor a reason": (lambda g, h: ("gazette", 1, "t", "signed", "", ""), "it has neither claims nor a reason"),
    "claims and a reason": (lambda g, h: ("gazette", 1, "t", "signed", g["Ratified"], "why not"), "it has both claims and a reason"),
    "a source that does not exist": (lambda g, h: ("times", 1, "t", "signed", "", "lost"), "there is no source times"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_note_at_fault_is_named_and_not_said(
    name: str, project: Project, gazette: dict[str, str], herald: dict[str, str], capsys: Capture
) -> None:
    written, message = FAULTS[name]
    keep(project, note(*written(gazette, herald)))
    found = pactgraph.audit_notes(project)
    assert len(found.faults) == 1 and message in found.faults[0].message
    assert (found.total.said, found.passes) == (0, False)
    assert audit(project) == 1
    err = capsys.readouterr().err
    assert f"{project.notes}:2: note 1 of " in err and message in err


def test_every_form_tells_the_same(project: Project, gazette: dict[str, str], capsys: Capture) -> None:
    keep(
        project,
        note("gazette", 1, "stage", "signed the River Pact", gazette["Signed"], ""),
        note("gazette", 2, "stage", "so so", "", "too vague"),
        note("gazette", 3, "place", "so so", "", ""),
    )
    assert audit(project, "--format", "csv") == 1
    told = capsys.readouterr()
    assert list(csv.DictReader(io.StringIO(told.out))) == [
        {"topic": "place", "notes": "1", "said": "0", "share": "0.0000"},
        {"topic": "stage", "notes": "2", "said": "1", "share": "0.5000"},
    ]
    assert "neither claims nor a reason" in told.err
    assert audit(project, "--json") == 1
    content = json.loads(capsys.readouterr().out)
    assert (content["notes"], content["said"], content["share"]) == (3, 1, 0.3333)
    assert [(each["note"], each["reason"]) for each in content["unsaid"]] == [(2, "too vague"), (3, "")]
    assert [(each["line"], each["fault"]) for each in content["faults"]] == [
        (4, "it has neither claims nor a reason")
    ]


def test_where_there_are_no_notes_nothing_passes(project: Project, capsys: Capture) -> None:
    with pytest.raises(UsageError, match="there are no notes here"):
        pactgraph.audit_notes(project)
    assert audit(project) == 2
    assert str(project.notes) in capsys.readouterr().err
    keep(project)
    assert audit(project) == 1
    assert "total" in capsys.readouterr().out


def test_a_source_that_cannot_be_read_is_bad_input(project: Project, gazette: dict[str, str]) -> None:
    keep(project, ONE)
    (project.data / "sources" / "gazette.ttl").write_text("<> a", encoding="utf-8")
    assert audit(project) == 3


# The notes of the repository


def articles() -> list[dict[str, Any]]:
    with ARTICLES.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sources_by_address() -> dict[str, str]:
    found = {}
    for path in Project(CHECKOUT).sources():
        for properties in group(read_triples(path)).values():
            found |= {
                url.value: path.stem for url in properties.get(SCHEMA.url, ()) if isinstance(url, NamedNode)
            }
    return found


@pytest.mark.skipif(not ARTICLES.is_file(), reason="the list of articles is not in ../shared/sources")
def test_the_notes_of_the_repository_are_those_of_the_articles_and_nearly_all_are_said() -> None:
    known = sources_by_address()
    expected = {
        (known.get(article["url"], article["id"]), number, fact["predicate"], fact["locator"])
        for article in articles()
        for number, fact in enumerate(article["facts"], 1)
    }
    found = pactgraph.audit_notes(Project(CHECKOUT))
    assert {(note.source, note.number, note.topic, note.words) for note in found.notes} == expected
    assert len(found.notes) == len(expected)
    assert found.faults == ()
    assert found.total.share >= 0.97
