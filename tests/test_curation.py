"""What a curator does to files: `format` reaches a fixed point and loses nothing, `init` starts a graph that is proved."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactgraph.cli import main
from pactgraph.curation import format_file, init
from pactgraph.errors import BadInput, PassageFault, SyntaxFault, UsageError
from pactgraph.graph.nodes import group, one, read_triples
from pactgraph.graph.sources import read_source
from pactgraph.passage import Span
from pactgraph.vocabulary import OA, RDF, SCHEMA

TEXT = "Vulgaria and Freedonia signed the Harbour Pact. The family 👩‍👩‍👧 of the envoy was there.\n"
HEADER = """\
@base <https://w3id.org/pactgraph/id/source/gazette> .
@prefix loc: <http://id.loc.gov/datatypes/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix pact: <https://w3id.org/pactgraph/ontology#> .
@prefix pactid: <https://w3id.org/pactgraph/id/pact/> .
@prefix publisher: <https://w3id.org/pactgraph/id/publisher/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
"""
SOURCE = '<> a schema:NewsArticle ; pact:capture "gazette.txt" .\n'
SIGNED = Span(0, 46)


def claim(at: str) -> str:
    return (
        "<#c> a pact:Claim ; rdf:subject pactid:harbour ; rdf:predicate pact:reachedStage ; rdf:object pact:Signed ;"
        " pact:modality pact:Factual ; pact:polarity pact:Affirmed ; pact:quotation pact:OwnVoice ;"
        f' pact:speaker publisher:gazette ; pact:asPrinted "signed" ; pact:passage <#{at}> .\n'
    )


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "gazette.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "gazette.ttl", HEADER + SOURCE + claim("char=0,46"))


def write(path: Path, turtle: str) -> Path:
    path.write_bytes(turtle.encode())
    return path


def run(*arguments: object) -> int:
    return main(["format", *map(str, arguments)])


def test_formatting_reaches_a_fixed_point(file: Path) -> None:
    assert format_file(file)
    once = file.read_bytes()
    assert b"id/claim/" in once
    assert not format_file(file)
    assert file.read_bytes() == once


def test_check_changes_nothing_and_says_so(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    assert run("--check", file) == 1
    assert file.read_bytes() == before
    assert capsys.readouterr() == (f"{file}\n", "1 of 1 files would change\n")
    assert run(file) == 0
    assert run("--check", file) == 0
    assert capsys.readouterr().err == "1 of 1 files changed\n0 of 1 files would change\n"


def test_all_data_of_the_project_is_formatted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "sources").mkdir(parents=True)
    file = write(tmp_path / "data" / "sources" / "gazette.ttl", HEADER + SOURCE)
    monkeypatch.chdir(tmp_path)
    assert run("--check") == 1
    assert run() == 0
    assert not format_file(file)


def test_passages_are_made_from_bare_positions(file: Path, texts: Path) -> None:
    assert format_file(file, texts=texts)
    source = read_source(file)
    assert source.text_sha256 == sha256(TEXT.encode()).hexdigest()
    (told,) = source.claims.values()
    passage = source.passage(told.passage)
    assert passage is not None
    assert (passage.span, passage.sha256) == (SIGNED, sha256(TEXT[:46].encode()).hexdigest())
    assert passage.fragment is not None
    once = file.read_bytes()
    assert not format_file(file, texts=texts)
    assert not format_file(file)
    assert file.read_bytes() == once


def test_a_passage_under_a_placeholder_is_made_as_well(tmp_path: Path, texts: Path) -> None:
    placed = (
        '<#p> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#s> ; rdfs:comment "kept"@en .\n'
        "<#s> a oa:TextPositionSelector ; oa:start 0 ; oa:end 46 .\n"
    )
    file = write(tmp_path / "gazette.ttl", HEADER + SOURCE + claim("p") + placed)
    format_file(file, texts=texts)
    nodes = group(read_triples(file))
    (passage,) = [node for node, p in nodes.items() if OA.SpecificResource in p.get(RDF.type, ())]
    assert passage.value.endswith("#char=0,46")
    assert one(nodes[passage], SCHEMA.sha256) is not None
    assert '"kept"@en' in file.read_text(encoding="utf-8")


def test_a_passage_that_no_claim_points_at_is_made_as_well(tmp_path: Path, texts: Path) -> None:
    placed = "<#p> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#s> .\n<#s> a oa:TextPositionSelector ; oa:start 0 ; oa:end 8 .\n"
    file = write(tmp_path / "gazette.ttl", HEADER + SOURCE + placed)
    format_file(file, texts=texts)
    assert sha256(b"Vulgaria").hexdigest() in file.read_text(encoding="utf-8")


def test_a_passage_that_no_few_words_find_has_no_link(tmp_path: Path, texts: Path) -> None:
    (texts / "gazette.txt").write_text("so so so so so so so so so so so so so so so\n", encoding="utf-8")
    file = write(tmp_path / "gazette.ttl", HEADER + SOURCE + claim("char=21,23"))
    format_file(file, texts=texts)
    assert "#position=21,23>" in file.read_text(encoding="utf-8")
    assert "FragmentSelector" not in file.read_text(encoding="utf-8")


def test_texts_do_not_touch_a_file_of_names(tmp_path: Path, texts: Path) -> None:
    file = write(
        tmp_path / "names.ttl", HEADER + 'pactid:harbour a pact:Agreement ; rdfs:label "Harbour Pact"@en .\n'
    )
    format_file(file)
    assert not format_file(file, texts=texts)


@pytest.mark.parametrize(
    ("position", "reason"),
    [
        ("char=80,900", "the text ends at"),
        (f"char=59,{TEXT.index('👩') + 1}", "starts or ends inside a character"),
        ("char=20,10", "ends after it starts"),
        ("char=x,10", "is no position"),
    ],
)
def test_offsets_that_do_not_fit_are_refused(
    file: Path, texts: Path, position: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = write(file, HEADER + SOURCE + claim(position)).read_bytes()
    with pytest.raises((PassageFault, SyntaxFault)):
        format_file(file, texts=texts)
    assert run(file, "--texts", texts) == 3
    told = capsys.readouterr().err
    assert str(file) in told
    assert position in told
    assert reason in told
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("turtle", "line", "column", "reason"),
    [
        (f"{HEADER}{SOURCE}<#c> a a pact:Claim .\n", 11, 8, "this is not Turtle"),
        (f"{HEADER}{SOURCE}<#c> a pcat:Claim .\n", 11, None, "pcat"),
        (f'{HEADER}<> schema:headline "open .\n', 10, None, "this is not Turtle"),
    ],
)
def test_a_syntax_error_has_its_place(
    file: Path, turtle: str, line: int, column: int | None, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(file, turtle)
    with pytest.raises(SyntaxFault) as caught:
        format_file(file)
    assert (caught.value.where, caught.value.line) == (file, line)
    assert caught.value.column is not None
    assert column in (None, caught.value.column)
    assert run(file) == 3
    told = capsys.readouterr().err
    assert f"{file}:{line}:{caught.value.column}: " in told
    assert reason in told
    assert file.read_bytes() == turtle.encode()


def test_a_blank_node_is_refused_with_a_hint(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = write(file, f"{HEADER}{SOURCE}<> schema:author [ a schema:Person ] .\n").read_bytes()
    assert run(file) == 3
    told = capsys.readouterr().err
    assert "a blank node stands" in told
    assert "give the node an IRI" in told
    assert file.read_bytes() == before


def test_comments_at_the_head_stay(file: Path) -> None:
    write(file, f"# Licence: CC BY 4.0\n\n  # Read on a rainy day \r\n{HEADER}{SOURCE}")
    assert format_file(file)
    once = file.read_text(encoding="utf-8")
    assert once.startswith("# Licence: CC BY 4.0\n# Read on a rainy day\n\n@base ")
    assert not format_file(file)


@pytest.mark.parametrize(
    ("turtle", "line", "column"),
    [
        (f"{HEADER}# here\n{SOURCE}", 10, 1),
        (f"{HEADER}{SOURCE}<#c> a pact:Claim . # doubtful\n", 11, 21),
        (f"# head\n{HEADER}{SOURCE}# tail", 12, 1),
    ],
)
def test_a_comment_further_down_is_refused_not_lost(
    file: Path, turtle: str, line: int, column: int, capsys: pytest.CaptureFixture[str]
) -> None:
    write(file, turtle)
    with pytest.raises(BadInput, match="would be lost") as caught:
        format_file(file)
    assert (caught.value.where, caught.value.line, caught.value.column) == (file, line, column)
    assert run(file) == 3
    assert "move it to the head of the file" in capsys.readouterr().err
    assert file.read_bytes() == turtle.encode()


@settings(deadline=None, max_examples=60)
@given(st.text(st.sampled_from("#\"'\\ab \n<>:"), max_size=12), st.sampled_from(['"', "'", '"""', "'''"]))
def test_a_hash_in_a_string_or_an_iri_is_no_comment(
    tmp_path_factory: pytest.TempPathFactory, words: str, quote: str
) -> None:
    written = words.replace("\\", "\\\\").replace("\n", "\\n").replace(quote[0], f"\\{quote[0]}")
    file = write(
        tmp_path_factory.mktemp("hash") / "a.ttl", f"{HEADER}<#a> rdfs:label {quote}{written}{quote} .\n"
    )
    format_file(file)
    ((triple),) = read_triples(file)
    assert triple.object.value == words  # type: ignore[union-attr]


def test_long_strings_may_hold_quotes_and_hashes(file: Path) -> None:
    write(
        file,
        HEADER
        + '<#a> rdfs:label """a "#" b\n# c""" , \'\'\'it\'s\n# so\'\'\' ; rdfs:comment pactid:a\\#b .\n',
    )
    format_file(file)
    assert len(read_triples(file)) == 3


def test_the_text_must_be_named_and_there(
    file: Path, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (texts / "gazette.txt").rename(texts.parent / "gazette.txt")
    assert run(file, "--texts", texts) == 3
    assert f"{file}: its text gazette.txt is not in {texts}" in capsys.readouterr().err
    write(file, HEADER + SOURCE.replace("gazette.txt", "../gazette.txt"))
    assert run(file, "--texts", texts) == 3
    assert "its text ../gazette.txt is not in" in capsys.readouterr().err
    write(file, HEADER + "<> a schema:NewsArticle .\n")
    assert run(file, "--texts", texts) == 3
    assert "add pact:capture" in capsys.readouterr().err


def test_a_source_known_by_a_few_words_needs_no_text(file: Path, texts: Path) -> None:
    quoted = (
        "<#p> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#q> .\n"
        '<#q> a oa:TextQuoteSelector ; oa:exact "signed the" .\n'
    )
    write(file, HEADER + "<> a schema:NewsArticle .\n" + quoted + claim("p"))
    assert run(file, "--texts", texts) == 0
    assert "sha256" not in file.read_text(encoding="utf-8")
    assert run("--check", file, "--texts", texts) == 0


def test_the_old_file_stays_when_the_new_one_cannot_be_written(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = file.read_bytes()
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        format_file(file)
    assert file.read_bytes() == before
    assert list(file.parent.glob("*.new")) == []


def test_formatting_keeps_permissions_and_links(file: Path) -> None:
    file.chmod(0o640)
    link = file.with_name("link.ttl")
    link.symlink_to(file)
    assert format_file(link)
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert not format_file(file)


def test_a_new_graph_builds_validates_and_is_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "mine"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert sorted(listed) == sorted(
        str(p.relative_to(tmp_path)) for p in (tmp_path / "mine").rglob("*") if p.is_file()
    )
    assert {"mine/README.md", "mine/.gitignore"} <= set(listed)
    monkeypatch.chdir(tmp_path / "mine")
    assert main(["build"]) == 0
    assert "two-rivers" in capsys.readouterr().out
    assert main(["validate"]) == 0
    assert main(["format", "--check", "--texts", "texts"]) == 0
    capsys.readouterr()
    assert main(["verify", "--texts", "texts"]) == 0
    told = capsys.readouterr().out
    assert "1 text: 1 as recorded." in told
    assert "9 claims: 9 verified, 0 moved" in told


def test_the_readme_of_a_new_graph_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    init(tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    lines = Path("README.md").read_text(encoding="utf-8").splitlines()
    commands = [line.partition("#")[0].split()[1:] for line in lines if line.startswith("    pactgraph")]
    assert [command[0] for command in commands] == ["build", "verify", "show", "why"]
    assert [main(command) for command in commands] == [0, 0, 0, 0]
    assert "10 May 2018" in capsys.readouterr().out


def test_a_new_graph_needs_a_new_or_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "full").mkdir()
    note = write(tmp_path / "full" / "note", "mine")
    with pytest.raises(UsageError, match="is not empty"):
        init(note.parent)
    with pytest.raises(UsageError, match="is not a folder"):
        init(note)
    assert main(["init", str(note.parent)]) == 2
    assert "choose a new folder" in capsys.readouterr().err
    assert list(note.parent.iterdir()) == [note]
    (tmp_path / "empty").mkdir()
    assert init(tmp_path / "empty")
