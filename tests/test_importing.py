"""Import: what others wrote comes in whole and proved, or not at all; bad input opens nothing and changes nothing."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from pactgraph import init
from pactgraph.adding import take
from pactgraph.building import build
from pactgraph.cli import main
from pactgraph.errors import BAD_INPUT, FINE, BadInput, PactGraphError, SyntaxFault, UsageError
from pactgraph.exports import export
from pactgraph.exports.narrowing import of_pact
from pactgraph.graph.foreign import read_foreign
from pactgraph.project import Project
from pactgraph.store import Store, open_store
from pactgraph.vocabulary import ID

ROOT = Path(__file__).parents[1]
BASE = f"{ID}source/courier"
SOURCE = "esgov-spain"
OTHER = "unn-spain"
ENDINGS = {
    "ttl": "ttl",
    "trig": "trig",
    "nt": "nt",
    "nq": "nq",
    "jsonld": "jsonld",
    "rdf12": "ttl",
    "nanopub": "trig",
}

ARTICLE = """
@prefix loc: <http://id.loc.gov/datatypes/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix official: <https://w3id.org/pactgraph/id/official/> .
@prefix pact: <https://w3id.org/pactgraph/ontology#> .
@prefix pactid: <https://w3id.org/pactgraph/id/pact/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix publisher: <https://w3id.org/pactgraph/id/publisher/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix run: <https://w3id.org/pactgraph/id/run/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://courier.example/news/1> a schema:NewsArticle ;
    schema:url <https://courier.example/news/1> ;
    schema:headline "A day of signing"@en ;
    schema:datePublished "2024-04-12"^^loc:edtf ; pact:dateBasis pact:Byline ;
    schema:inLanguage "en" ; schema:publisher publisher:courier .

publisher:courier a pact:Publisher ; skos:prefLabel "The Courier"@en ; pact:domain "courier.example" .

run:courier a prov:Activity ; rdfs:label "Reading of the Courier"@en ;
    pact:recordedOn "2026-11-20"^^loc:edtf ; prov:wasAssociatedWith <https://w3id.org/pactgraph/id/agent/courier> .
<https://w3id.org/pactgraph/id/agent/courier> a prov:Agent ; rdfs:label "Readers of the Courier"@en .

[] a pact:Claim ; rdf:subject pactid:ukraine-latvia ; rdf:predicate pact:signedOn ; rdf:object "2024-04-11"^^loc:edtf ;
    pact:asPrinted "11 April" ; pact:modality pact:Factual ; pact:polarity pact:Affirmed ; pact:quotation pact:OwnVoice ;
    pact:speaker publisher:courier ; pact:statedOn "2024-04-12"^^loc:edtf ; prov:wasGeneratedBy run:courier ;
    prov:wasDerivedFrom <https://courier.example/news/1> ;
    pact:passage <https://courier.example/news/1#p1> .
<https://courier.example/news/1#p1> a oa:SpecificResource ; oa:hasSource <https://courier.example/news/1> ;
    oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "on 11 April" ] .
"""
"""An invented article of others: their own names for it, blank nodes, a publisher and a run that are new here."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(ROOT / "data", tmp_path / "graph" / "data")
    return Project(tmp_path / "graph")


def files(project: Project) -> dict[str, bytes]:
    return {
        p.relative_to(project.root).as_posix(): p.read_bytes() for p in project.data.rglob("*") if p.is_file()
    }


def changed(project: Project, before: dict[str, bytes]) -> set[str]:
    after = files(project)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


# What comes in


@pytest.fixture(scope="module")
def part() -> Store:
    """What there is on one pact."""
    store = open_store(":memory:")
    build(Project(ROOT), store, validated=False)
    return of_pact(store, NamedNode(f"{ID}pact/ukraine-spain"))


@pytest.mark.parametrize("syntax", ENDINGS)
def test_a_source_that_is_exported_comes_in_as_it_was(syntax: str, part: Store, project: Project) -> None:
    before = files(project)
    written = export(part, syntax=syntax)
    (project.data / "sources" / f"{OTHER}.ttl").unlink()
    added = take(project, written, f"them.{ENDINGS[syntax]}")
    assert added.claims and [path.name for path in added.files] == [f"{OTHER}.ttl"]
    assert not changed(project, before)
    assert take(project, written, f"them.{ENDINGS[syntax]}").files == ()


@pytest.mark.parametrize("syntax", ["ttl", "jsonld"])
def test_what_there_is_on_a_pact_comes_into_another_graph(syntax: str, part: Store, tmp_path: Path) -> None:
    init(tmp_path / "other")
    other = Project(tmp_path / "other")
    before = len(list(other.sources()))
    added = take(other, export(part, syntax=syntax), f"them.{ENDINGS[syntax]}")
    assert len(added.claims) > 10 and len(list(other.sources())) > before
    assert build(other)


def test_claims_of_others_get_names_of_ours_and_bring_what_they_need(project: Project) -> None:
    before = files(project)
    added = take(project, ARTICLE.encode(), "theirs.ttl", "courier-2024-04-12")
    assert changed(project, before) == {
        "data/authority/publishers.ttl",
        "data/authority/runs.ttl",
        "data/sources/courier-2024-04-12.ttl",
    }
    written = (project.data / "sources" / "courier-2024-04-12.ttl").read_text(encoding="utf-8")
    assert "claim:" in written and "#words=" in written and "_:" not in written and "news/1#" not in written
    assert len(added.claims) == 1 and len(added.change.support) == 2
    build(project)


def test_without_a_name_the_address_gives_one(project: Project) -> None:
    take(project, ARTICLE.encode(), "theirs.ttl")
    (fresh,) = {path.name for path in project.sources()} - {path.name for path in Project(ROOT).sources()}
    assert fresh.startswith("courier-example")


def test_more_claims_of_a_source_that_is_there_join_it(project: Project) -> None:
    path = project.data / "sources" / f"{OTHER}.ttl"
    whole = path.read_text(encoding="utf-8")
    head, *blocks = whole.split("\n\n")
    last = max(n for n, block in enumerate(blocks) if block.startswith("claim:"))
    note = "# Read twice.\n\n"
    path.write_text(note + "\n\n".join([head, *blocks[:last], *blocks[last + 1 :]]), encoding="utf-8")
    assert len(take(project, whole.encode(), "more.ttl").claims) == 1
    assert path.read_text(encoding="utf-8") == note + whole


def test_the_command_takes_stdin_and_says_what_changed(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["import", "-", "--as", "courier", "--project", str(project.root), "--store", ":memory:"]
    for expected in ("1 claim added", "Nothing new"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
        assert main(command) == FINE
        assert expected in capsys.readouterr().err


# What does not

CLAIM = (ROOT / "data" / "sources" / f"{SOURCE}.ttl").read_text(encoding="utf-8")
BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rdf:RDF>&b;</rdf:RDF>'
EXTERNAL = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rdf:RDF>&x;</rdf:RDF>'
LATER = {
    "@context": {"name": "https://schema.org/name"},
    "@graph": [{"@context": "https://evil.example/c", "name": "x"}],
}


def with_headline(words: str) -> str:
    return ARTICLE.replace("A day of signing", words)


BAD = {
    "remote context": (
        json.dumps({"@context": "https://evil.example/c.jsonld", "name": "x"}),
        "nothing is fetched",
    ),
    "remote context, relative": (json.dumps({"@context": "c.jsonld", "name": "x"}), "nothing is fetched"),
    "remote context further in": (json.dumps(LATER), "nothing is fetched"),
    "imported context": (
        json.dumps({"@context": {"@version": 1.1, "@import": "https://evil.example/"}}),
        "fetched",
    ),
    "two contexts, one behind the other": (
        '{"@context": "https://evil.example/", "@context": {}, "https://schema.org/name": "x"}',
        "nothing is fetched|no claim",
    ),
    "context among others": (json.dumps([{"@context": [{}, "file:///etc/passwd"]}]), "nothing is fetched"),
    "json nested too deep": ('{"a":' * 100_000, "nested too deep"),
    "entity bomb": (BOMB, "XML"),
    "entity of a file": (EXTERNAL, "XML"),
    "xml behind a mark": ("\ufeff\n" + BOMB, "XML"),
    "address of a file": (
        ARTICLE.replace("https://courier.example/news/1", "file:///etc/passwd"),
        "no address",
    ),
    "script as address": (ARTICLE.replace("schema:url <https:", "schema:url <javascript:"), "no address"),
    "data as address": (ARTICLE.replace("schema:url <https:", "schema:url <data:"), "no address"),
    "password in an address": (
        ARTICLE.replace("schema:url <https://", "schema:url <https://me:pw@"),
        "no address",
    ),
    "space in an address": (
        ARTICLE.replace("schema:url <https://courier", "schema:url <https://the courier"),
        "not",
    ),
    "markup in a headline": (with_headline("A <script>alert(1)</script> day"), "markup"),
    "an entity in a headline": (with_headline("A &lt;b&gt; day"), "markup"),
    "signs that turn the direction": (with_headline("A \u202eyad"), "not seen"),
    "a control sign": (with_headline("A \\u0007 day"), "not seen"),
    "no claim": ("<https://a.example/> <https://schema.org/name> 'x' .", "no claim"),
    "nothing at all": ("", "no claim"),
    "cut short": (ARTICLE[: len(ARTICLE) // 2], "not TriG"),
    "not UTF-8": (b"<https://a.example/\xff> a <https://a.example/b> .", "not"),
    "null bytes": ("\0\0\0\0", "not TriG"),
    "no source": (ARTICLE.replace("a schema:NewsArticle", "a schema:Thing"), "source"),
    "no such property": (ARTICLE.replace("pact:signedOn", "pact:signedOften"), "would not be valid"),
    "no such pact": (ARTICLE.replace("pactid:ukraine-latvia", "pactid:nowhere"), "would not be valid"),
    "no date": (ARTICLE.replace('"2024-04-11"', '"2024-13-41"'), "would not be valid"),
    "words too many": (
        ARTICLE.replace('"on 11 April"', '"one two three four five six"'),
        "would not be valid",
    ),
    "a claim that was changed": (CLAIM.replace("pact:Affirmed", "pact:Denied", 1), "not what its name says"),
    "a source that says other things": (CLAIM.replace("schema:inLanguage", "pact:dateNote"), "other things"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_and_changes_nothing(case: str, project: Project) -> None:
    content, expected = BAD[case]
    before = files(project)
    with pytest.raises(PactGraphError, match=expected) as refused:
        take(project, content if isinstance(content, bytes) else content.encode(), "stdin")
    assert refused.value.exit_code == BAD_INPUT, refused.value
    assert "stdin" in str(refused.value) or "data/" in str(refused.value)
    assert not changed(project, before)


def test_an_address_that_another_source_has_is_refused(project: Project) -> None:
    taken = CLAIM.partition("schema:url <")[2].partition(">")[0]
    before = files(project)
    with pytest.raises(BadInput, match="would not be valid"):
        take(
            project,
            ARTICLE.replace("schema:url <https://courier.example/news/1>", f"schema:url <{taken}>").encode(),
            "x.ttl",
        )
    assert not changed(project, before)


def test_a_fault_of_syntax_has_its_line() -> None:
    with pytest.raises(SyntaxFault) as fault:
        read_foreign(b"<https://a.example/> a\n\n ; .", "x.ttl", BASE)
    assert fault.value.line == 3


def test_what_is_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pactgraph.graph.foreign.LARGEST", 10)
    with pytest.raises(BadInput, match="larger"):
        read_foreign(b"x" * 11, "x.ttl", BASE)


def test_a_name_that_leads_elsewhere_is_refused(project: Project) -> None:
    for name in ("../elsewhere", "a/b", "A", "", "a b"):
        with pytest.raises((UsageError, BadInput)):
            take(project, ARTICLE.encode(), "x.ttl", name)
    assert not (project.root / "elsewhere.ttl").exists()


def test_a_write_that_fails_leaves_all_as_it_was(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = files(project), os.replace

    def full(source: Path, target: Path) -> None:
        if Path(target).name == "courier.ttl" and project.root in Path(target).parents:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        take(project, ARTICLE.encode(), "x.ttl", "courier")
    assert not changed(project, before)


# Nothing is opened

WATCH = """
import os, pathlib, sys, sysconfig
project, inputs = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
import pactgraph.cli.commands, pactgraph.adding, pactgraph.cli.adding, pactgraph.building, pactgraph.validation.reference
allowed = [str(project), *map(str, inputs), sysconfig.get_paths()["stdlib"], "/proc/self", "/dev/null"]
allowed += [str(pathlib.Path(path).resolve()) for path in sys.path if path] + [str(pathlib.Path(pactgraph.__file__).parents[2])]
allowed += [os.environ["TMPDIR"]]

def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.client", "subprocess.", "os.system", "os.exec")):
        os.write(2, f"REACHED OUT {event} {arguments}\\n".encode())
        os._exit(99)
    if event == "open" and isinstance(arguments[0], str) and not os.path.abspath(arguments[0]).startswith(tuple(allowed)):
        os.write(2, f"OPENED {arguments[0]}\\n".encode())
        os._exit(98)

sys.addaudithook(watch)
from pactgraph.cli import main
for name in inputs:
    code = main(["import", name, "--project", str(project), "--store", ":memory:"])
    print("RESULT", pathlib.Path(name).name, code)
"""


def test_no_socket_and_no_file_outside_is_opened(project: Project, tmp_path: Path) -> None:
    inputs = []
    for number, (content, _) in enumerate(BAD.values()):
        path = tmp_path / f"{number}.input"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        inputs.append(path)
    good = tmp_path / "good.ttl"
    good.write_text(ARTICLE, encoding="utf-8")
    run = [sys.executable, "-c", WATCH, str(project.root), *map(str, inputs), str(good)]
    (tmp_path / "temporary").mkdir()
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    done = subprocess.run(run, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr[-2_000:]
    codes = dict(line.split()[1:] for line in done.stdout.splitlines() if line.startswith("RESULT"))
    assert codes.pop("good.ttl") == "0"
    assert set(codes.values()) == {"3"} and len(codes) == len(BAD)
