"""Import: what others wrote comes in whole and proved, or not at all; bad input opens nothing and changes nothing."""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from pactgraph import init
from pactgraph.adding import take
from pactgraph.audit.passages import Verdict
from pactgraph.building import build
from pactgraph.cli import main
from pactgraph.errors import BAD_INPUT, FINE, BadInput, PactGraphError, SyntaxFault, UsageError
from pactgraph.exports import export
from pactgraph.exports.narrowing import of_pact
from pactgraph.graph.foreign import read_foreign, require_plain_words
from pactgraph.graph.nodes import Nodes
from pactgraph.project import Project
from pactgraph.store import Store, open_store
from pactgraph.vocabulary import ID, SCHEMA

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
    again = take(project, written, f"them.{ENDINGS[syntax]}")
    assert again.files == again.apart == ()


@pytest.mark.parametrize("syntax", ["ttl", "jsonld"])
def test_what_there_is_on_a_pact_comes_into_another_graph(syntax: str, part: Store, tmp_path: Path) -> None:
    init(tmp_path / "other")
    other = Project(tmp_path / "other")
    before = len(list(other.sources()))
    added = take(other, export(part, syntax=syntax), f"them.{ENDINGS[syntax]}")
    assert len(added.claims) > 10 and len(list(other.sources())) > before
    assert build(other)


def test_the_whole_graph_comes_into_another_as_it_was(built_repository: Project, tmp_path: Path) -> None:
    """Every source file byte for byte, though what came was RDF 1.2 with facts and findings in it."""
    init(tmp_path / "other")
    other = Project(tmp_path / "other")
    take(other, export(open_store(built_repository.store), syntax="rdf12"), "all.ttl")
    assert all(
        path.read_bytes() == (other.data / "sources" / path.name).read_bytes()
        for path in Project(ROOT).sources()
    )


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


def test_what_others_say_of_what_the_graph_describes_is_named_and_left(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(project)
    theirs = tmp_path / "theirs.ttl"
    said = "@prefix party: <https://w3id.org/pactgraph/id/party/> .\n"
    said += 'party:latvia a pact:State ; skos:prefLabel "Lettland"@de, "The Republic of Latvia"@en .\n'
    theirs.write_text(ARTICLE + said, encoding="utf-8")
    for _ in range(2):
        assert main(["import", str(theirs), "--project", str(project.root), "--store", ":memory:"]) == FINE
        told = " ".join(capsys.readouterr().err.split())
        assert (
            "The graph's own stays where the input says other things: party:latvia (skos:prefLabel)." in told
        )
    assert "data/authority/parties.ttl" not in changed(project, before)


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


BAD: dict[str, tuple[str | bytes, str]] = {
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
    "not UTF-8": (b"\n<https://a.example/\xff> a <https://a.example/b> .", ":2: this is not UTF-8"),
    "UTF-16": (ARTICLE.encode("utf-16"), "UTF-16"),
    "compressed": (b"\x1f\x8b\x08\x00" + bytes(range(256)), "not UTF-8"),
    "XML behind a comment": ("<!-- a --><rdf:RDF/>", "XML"),
    "a page": ("<html><body>x</body></html>", "HTML"),
    "signs that a terminal obeys": (with_headline("A \\u009B31m day"), "not seen"),
    "signs without width": (with_headline("A\\u200B day"), "not seen"),
    "signs of another plane": (with_headline("A\\U000E0041 day"), "not seen"),
    "a break of lines": (with_headline("A day\\nof signing"), "line breaks"),
    "triple terms too deep": (
        "<https://a.example/> <https://a.example/> "
        + "<<( <https://a.example/> <https://a.example/> " * 100_000,
        "deep within one another",
    ),
    "an address of a file within a triple term": (
        "<https://a.example/> <https://a.example/> <<( <file:///etc/passwd> <https://a.example/> 1 )>> .",
        "no address",
    ),
    "null bytes": ("\0\0\0\0", "not TriG"),
    "no source": (ARTICLE.replace("a schema:NewsArticle", "a schema:Thing"), "source"),
    "no such property": (ARTICLE.replace("pact:signedOn", "pact:signedOften"), "would not be valid"),
    "no such pact": (ARTICLE.replace("pactid:ukraine-latvia", "pactid:nowhere"), "describes pactid:nowhere"),
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


def test_a_message_has_the_line_where_the_words_stand_as_they_are(project: Project) -> None:
    for words, line in (("<b>A day</b>", 17), ("file:///etc/passwd", 16)):
        bad = (
            with_headline(words)
            if line == 17
            else ARTICLE.replace("schema:url <https://courier.example/news/1>", f"schema:url <{words}>")
        )
        with pytest.raises(BadInput) as refused:
            take(project, bad.encode(), "theirs.ttl")
        assert refused.value.line == line


@pytest.mark.parametrize(
    "words", ["AT&T; fine", "3 < 5 and 7 > 2", "Q&A", "\u0627\u200c\u0628", "\u05d0\u200e"]
)
def test_words_that_only_look_like_markup_are_taken(words: str, project: Project) -> None:
    nodes: Nodes = {NamedNode("https://a.example/"): {SCHEMA.headline: [Literal(words)]}}
    require_plain_words(nodes, b"", "x.ttl")


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_other_editors_change_nothing(
    change: Callable[[str], str], project: Project
) -> None:
    plain = read_foreign(ARTICLE.encode(), "x.ttl", BASE)
    assert read_foreign(change(ARTICLE).encode(), "x.ttl", BASE) == plain


def test_what_is_lacking_is_named(part: Store, tmp_path: Path) -> None:
    """A nanopublication is about one claim, and does not describe whom it names."""
    init(tmp_path / "other")
    other = Project(tmp_path / "other")
    with pytest.raises(BadInput, match=r"neither the graph nor this describes .*official:.* more") as refused:
        take(other, export(part, syntax="nanopub"), "them.trig")
    assert "an export of a pact as Turtle" in (refused.value.hint or "")


def test_what_differs_from_a_source_that_is_there_is_named(project: Project) -> None:
    with pytest.raises(BadInput, match="pact:dateNote, schema:inLanguage"):
        take(project, CLAIM.replace("schema:inLanguage", "pact:dateNote").encode(), "x.ttl")


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


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """The graph that comes with the package: one invented article, and its text."""
    init(tmp_path / "small")
    return Project(tmp_path / "small")


def test_the_text_at_hand_is_asked(small: Project) -> None:
    (path,) = small.sources()
    said = path.read_text(encoding="utf-8")
    path.unlink()
    digest = said.partition("oa:hasSelector")[2].partition('schema:sha256 "')[2][:12]
    (block,) = [each for each in said.split("\n\n") if 'pact:signedOn ; rdf:object "2018-05-10"' in each]
    other = re.sub(r"claim:\w+|prop:\w+", "<#new>", block).replace('"2018-05-10"', '"2018-05-11"')
    for lie, expected in (
        (said.replace(digest, "0" * 12), "is changed"),
        (said.replace(block, other.replace("pact:proposition <#new> ;", "")), "the date 2018-05-11"),
    ):
        with pytest.raises(BadInput, match=expected):
            take(small, lie.encode(), "x.ttl", texts=small.texts)
        assert not list(small.sources())
    added = take(small, said.encode(), "x.ttl", texts=small.texts)
    assert {each.verdict for each in added.checked} == {Verdict.VERIFIED} and len(added.checked) == len(
        added.claims
    )
    assert path.read_text(encoding="utf-8") == said


def test_two_imports_at_once_lose_nothing(small: Project, tmp_path: Path) -> None:
    running = []
    for n in range(3):
        own = ARTICLE.replace("pactid:ukraine-latvia", "pactid:two-rivers").replace(
            "2024-04-11", "2018-05-10"
        )
        path = tmp_path / f"{n}.ttl"
        path.write_text(own.replace("courier", f"courier-{n}"), encoding="utf-8")
        command = [sys.executable, "-m", "pactgraph", "import", str(path), "--project", str(small.root)]
        running.append(
            subprocess.Popen([*command, "--store", str(tmp_path / str(n))], stderr=subprocess.DEVNULL)
        )
    for each in running:
        assert each.wait() in (FINE, BAD_INPUT)  # the data may change while the store is built
    publishers = (small.data / "authority" / "publishers.ttl").read_text(encoding="utf-8")
    assert all(f"\npublisher:courier-{n} a" in publishers for n in range(3))
    assert len(list(small.sources())) == 4 and build(small, ":memory:")


def test_a_link_is_not_replaced(small: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "publishers.ttl"
    held = small.data / "authority" / "publishers.ttl"
    held.rename(elsewhere)
    held.symlink_to(elsewhere)
    (small.data / "sources" / "away.ttl").symlink_to(tmp_path / "nowhere.ttl")
    before = elsewhere.read_bytes()
    own = ARTICLE.replace("pactid:ukraine-latvia", "pactid:two-rivers")
    for name, expected in (("courier", "this is a link"), ("away", "this is a link")):
        with pytest.raises(BadInput, match=expected):
            take(small, own.encode(), "x.ttl", name)
    assert held.is_symlink() and elsewhere.read_bytes() == before and not (tmp_path / "nowhere.ttl").exists()


def test_no_room_for_a_copy_is_one_line(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: str, target: str, **_: object) -> None:
        raise shutil.Error([(f"{source}/{n}", target, "No space left on device") for n in range(9)])

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(BadInput, match="cannot be copied.*No space") as refused:
        take(small, ARTICLE.encode(), "x.ttl", "courier")
    assert "TMPDIR" in str(refused.value) and len(str(refused.value).splitlines()) == 2


def test_a_message_moves_no_cursor(
    tmp_path: Path, small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a\x1b[31m\u202e.ttl"
    path.write_text("\x9b31m", encoding="utf-8")
    assert main(["import", str(path), "--project", str(small.root)]) == BAD_INPUT
    assert not set("\x1b\x9b\u202e") & set(capsys.readouterr().err)


def test_killed_at_any_moment_it_can_be_done_again(small: Project, tmp_path: Path) -> None:
    own = ARTICLE.replace("pactid:ukraine-latvia", "pactid:two-rivers")
    (tmp_path / "x.ttl").write_text(own, encoding="utf-8")
    before = files(small)
    for moment in itertools.count():
        run = [sys.executable, "-c", KILLED, str(moment), str(tmp_path / "x.ttl"), str(small.root)]
        if subprocess.run(run, check=False, capture_output=True).returncode == 0:
            break
        assert all(files(small).get(name) for name in before)
        assert build(small, ":memory:")
        for name in {*files(small)} - {*before}:
            (small.root / name).unlink()
        for name, content in before.items():
            (small.root / name).write_bytes(content)
    assert moment > 2
    assert changed(small, before) >= {"data/sources/courier.ttl"}


KILLED = """
import os, signal, sys
from pathlib import Path
from pactgraph.adding import take
from pactgraph.audit.passages import Verdict
from pactgraph.project import Project

moment, given, root = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
real, done = os.replace, []

def replace(source, target):
    if root in Path(target).parents:
        if len(done) == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        done.append(target)
    real(source, target)

os.replace = replace
take(Project(root), given.read_bytes(), "x.ttl", "courier")
"""

# Nothing is opened

WATCH = """
import os, pathlib, sys, sysconfig
project, inputs = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
code = [sysconfig.get_paths()["stdlib"], *(path for path in sys.path if path)]
found = __import__("importlib.util").util.find_spec("pactgraph").origin
allowed = [project, *inputs, "/proc/self", "/dev/null", os.environ["TMPDIR"], *code, pathlib.Path(found).parents[2]]
allowed = {os.path.realpath(path) for path in allowed} | {os.path.abspath(path) for path in allowed}
FILES = ("open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.link", "os.truncate", "shutil.copyfile")
OUT = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "pty.")

def is_within(path):
    path = os.path.abspath(os.fsdecode(path))
    return any(path == each or path.startswith(each + os.sep) for each in allowed)

def watch(event, arguments):
    if event.startswith(OUT):
        os.write(2, f"REACHED OUT {event} {arguments}\\n".encode())
        os._exit(99)
    if event in FILES and isinstance(arguments[0], (str, bytes)) and not is_within(arguments[0]):
        os.write(2, f"OPENED {event} {arguments}\\n".encode())
        os._exit(98)

sys.addaudithook(watch)
from pactgraph.cli import main
for name in inputs:
    code = main(["import", name, "--project", str(project), "--store", ":memory:"])
    print("RESULT", pathlib.Path(name).name, code)
"""
"""The hook is there before anything of ours is imported: urllib3 opens a socket when it is."""


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
