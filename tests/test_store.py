"""The store keeps whole graphs, changes them all or nothing, and says plainly what is wrong."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from pactgraph.errors import BAD_INPUT, StoreError, StoreLocked, SyntaxFault, UsageError
from pactgraph.store import (
    Entry,
    LocalStore,
    as_rdflib,
    bind,
    is_remote,
    open_current,
    open_store,
    read_manifest,
    write_generation,
    writing,
)
from pactgraph.store.lexer import decode, tokens
from pactgraph.vocabulary import graph_iri

ONE, TWO = graph_iri("sources/one"), graph_iri("sources/two")
SAYS = NamedNode("http://example.org/says")


def triples(name: str, count: int = 3) -> list[Triple]:
    subject = NamedNode(f"http://example.org/{name}")
    return [Triple(subject, SAYS, Literal(f"{name} {number}")) for number in range(count)]


def build(folder: Path, name: str = "old", count: int = 3) -> None:
    with write_generation(folder) as generation:
        generation.store.load(Quad(t.subject, t.predicate, t.object, ONE) for t in triples(name, count))
        generation.manifest["sources/one.ttl"] = Entry(10, 20, "ab", ONE.value)


def content(folder: Path) -> list[str]:
    return sorted(str(triple.object) for triple in open_current(folder).triples())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(tmp_path / "store")
    return tmp_path / "store"


# One interface


def test_a_store_in_memory_replaces_and_removes_whole_graphs() -> None:
    store = open_store(":memory:")
    store.replace(ONE, triples("a"))
    store.replace(TWO, triples("b", 2))
    store.replace(ONE, triples("c", 1))
    assert store.graphs() == {ONE, TWO} and len(store) == 3
    assert list(store.triples(ONE)) == triples("c", 1)
    assert ONE in store.graphs() and NamedNode("http://example.org/none") not in store.graphs()
    assert store.graphs() - {ONE} == {TWO}
    store.remove(TWO)
    store.remove(TWO)
    assert store.graphs() == {ONE}
    store.replace(ONE, [])
    assert len(store) == 0


def test_a_fault_in_the_triples_leaves_the_graph_as_it_was() -> None:
    store = LocalStore.in_memory()
    store.replace(ONE, triples("a"))

    def broken() -> Iterator[Triple]:
        yield from triples("b")
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        store.replace(ONE, broken())
    assert set(store.triples(ONE)) == set(triples("a"))


def test_the_default_graph_is_the_union_and_our_prefixes_are_declared() -> None:
    store = LocalStore.in_memory()
    store.replace(ONE, triples("a", 1))
    store.replace(TWO, triples("b", 1))
    rows = list(store.query("SELECT ?o WHERE { ?s ?p ?o FILTER(DATATYPE(?o) = xsd:string) }"))  # type: ignore[arg-type]
    assert len(rows) == 2


def test_a_syntax_error_has_a_line_and_a_column() -> None:
    with pytest.raises(SyntaxFault) as caught:
        LocalStore.in_memory().query("SELECT ?s WHERE {\n  ?s foo:bar ?o }")
    assert (caught.value.line, caught.value.exit_code) == (2, BAD_INPUT)
    assert "Prefix not found" in str(caught.value) and "^" in str(caught.value)


def test_rdflib_sees_the_same_store() -> None:
    store = LocalStore.in_memory()
    store.replace(ONE, triples("a", 2))
    graph = as_rdflib(store)
    assert sorted(str(row[0]) for row in graph.query("SELECT ?o WHERE { ?s ?p ?o }")) == ["a 0", "a 1"]  # type: ignore[index]


def test_a_location_is_a_folder_an_address_or_an_open_store(folder: Path) -> None:
    assert is_remote("http://localhost:1") and is_remote("query=http://a") and not is_remote(str(folder))
    assert not is_remote("https-notes")
    store = open_store(str(folder))
    assert open_store(store) is store
    with writing(store) as generation:
        assert generation.store is store


# Generations


def test_a_build_becomes_current_only_at_its_end(folder: Path) -> None:
    with write_generation(folder) as generation:
        generation.store.replace(ONE, triples("new"))
        assert content(folder) == ['"old 0"', '"old 1"', '"old 2"']
    assert content(folder) == ['"new 0"', '"new 1"', '"new 2"']


def test_a_failed_build_leaves_the_old_store(folder: Path) -> None:
    with pytest.raises(RuntimeError, match="stop"), write_generation(folder) as generation:
        generation.store.replace(ONE, triples("new"))
        raise RuntimeError("stop")
    assert content(folder) == ['"old 0"', '"old 1"', '"old 2"']
    assert [path.name for path in folder.glob("store-*")] == ["store-1"]


def test_a_kept_copy_changes_without_touching_what_readers_have_open(folder: Path) -> None:
    reader = open_current(folder)
    with write_generation(folder, keep=True) as generation:
        assert generation.before == generation.manifest == read_manifest(folder)
        generation.store.replace(TWO, triples("new", 1))
    assert reader.graphs() == {ONE} and len(reader) == 3
    assert open_current(folder).graphs() == {ONE, TWO}
    assert sorted(path.name for path in folder.glob("store-*")) == ["store-1", "store-2"]
    build(folder)
    assert sorted(path.name for path in folder.glob("store-*")) == ["store-2", "store-3"]


def test_the_manifest_says_what_was_built(folder: Path) -> None:
    assert read_manifest(folder) == {"sources/one.ttl": Entry(10, 20, "ab", ONE.value)}
    assert (folder / ".gitignore").read_text() == "*\n"


def test_a_manifest_that_lacks_lines_is_not_taken_for_a_short_one(folder: Path) -> None:
    (folder / "store-1" / "manifest.jsonl").write_text('{"files": 2}\n["a", 1, 2, "b", "c"]\n')
    with pytest.raises(StoreError, match="manifest"):
        read_manifest(folder)


def test_what_a_killed_build_left_is_removed_by_the_next(folder: Path) -> None:
    (folder / "store-9").mkdir()
    (folder / "store-9" / "half").touch()
    (folder / "current.new").touch()
    build(folder, "new")
    assert not (folder / "store-9").exists() and not (folder / "current.new").exists()
    assert content(folder)[0] == '"new 0"'


def test_a_closed_store_says_so(folder: Path) -> None:
    store = open_current(folder)
    store.close()
    with pytest.raises(ValueError, match="closed"):
        len(store)


def test_a_build_that_ends_while_a_reader_opens_is_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = LocalStore.read_only, []

    def slow(place: Path, where: str) -> LocalStore:
        calls.append(place.parent.name)
        if len(calls) == 1:
            build(folder, "new")
            raise StoreError("gone")
        return real(place, where)

    monkeypatch.setattr(LocalStore, "read_only", slow)
    assert content(folder)[0] == '"new 0"'
    assert calls == ["store-1", "store-2"]


# What can be wrong


def fails(folder: Path, *words: str) -> None:
    with pytest.raises(StoreError) as caught:
        len(list(open_current(folder).triples()))
    assert caught.value.exit_code == BAD_INPUT
    for word in (*words, str(folder)):
        assert word in str(caught.value)


def test_no_store_yet(tmp_path: Path) -> None:
    fails(tmp_path / "none", "no store yet", "pactgraph build")
    (tmp_path / "file").touch()
    fails(tmp_path / "file", "no store yet")


def test_a_store_of_another_version(folder: Path) -> None:
    (folder / "current").write_text("pactgraph store 99\nstore-1\n")
    fails(folder, "format 99", "format 2", "pactgraph build")


@pytest.mark.parametrize(
    "text", ["", "pactgraph store 1\n", "pactgraph store 1\n../evil\n", "\x00\x01", "\xff"]
)
def test_a_half_written_name(folder: Path, text: str) -> None:
    (folder / "current").write_bytes(text.encode("latin-1"))
    with pytest.raises(StoreError, match="half written or damaged|cannot be read"):
        open_current(folder)


def damage_by_truncation(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize("damage", [damage_by_truncation, Path.unlink])
@pytest.mark.parametrize("pattern", ["*.sst", "MANIFEST-*", "CURRENT"])
def test_a_damaged_store(folder: Path, pattern: str, damage: object) -> None:
    for path in (folder / "store-1" / "oxigraph").glob(pattern):
        damage(path)  # type: ignore[operator]
    fails(folder, "pactgraph build")


def test_a_missing_generation(folder: Path) -> None:
    shutil.rmtree(folder / "store-1")
    fails(folder, "incomplete", "pactgraph build")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"files": 0}\n["a", 1, 2, "b", "c"]',
        '{"files": 1}',
        '{"files": 1}\n1',
        '{"files": 1}\n["a", 1]',
        "\xff",
    ],
)
def test_a_damaged_manifest_makes_the_next_build_whole(folder: Path, text: str) -> None:
    (folder / "store-1" / "manifest.jsonl").write_text(text, encoding="latin-1")
    with pytest.raises(StoreError, match="manifest"):
        read_manifest(folder)
    with write_generation(folder, keep=True) as generation:
        assert generation.before == {} and len(generation.store) == 0


def test_a_damaged_store_is_not_copied(folder: Path) -> None:
    (folder / "store-1" / "oxigraph" / "CURRENT").unlink()
    with write_generation(folder, keep=True) as generation:
        assert generation.before == {} and len(generation.store) == 0


def test_a_second_writer_is_told_to_wait(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pactgraph.store.generations._PATIENCE", 0.1)
    with (
        write_generation(folder),
        pytest.raises(StoreLocked, match="another build") as caught,
        writing(folder),
    ):
        pass
    assert caught.value.exit_code == BAD_INPUT


def test_a_database_open_elsewhere_is_locked(tmp_path: Path) -> None:
    first = LocalStore.writable(tmp_path / "db", "here")
    with pytest.raises(StoreLocked):
        LocalStore.writable(tmp_path / "db", "here")
    first.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], capture_output=True, check=False
    ).returncode:
        pytest.skip("mounting a small disk is not permitted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_leaves_the_old_store(disk: Path) -> None:
    build(disk / "store")
    with pytest.raises(StoreError, match="disk is full") as caught:
        build(disk / "store", "new" * 20, 60_000)
    assert caught.value.exit_code == BAD_INPUT
    assert content(disk / "store") == ['"old 0"', '"old 1"', '"old 2"']
    build(disk / "store", "newer")
    assert content(disk / "store")[0] == '"newer 0"'


def test_a_disk_that_is_full_already(disk: Path) -> None:
    build(disk / "store")
    with pytest.raises(OSError, match="No space"), (disk / "fill").open("wb") as file:
        while True:
            file.write(bytes(4096))
    with pytest.raises(StoreError, match="disk is full"):
        build(disk / "store", "new")
    assert content(disk / "store")[0] == '"old 0"'


def test_a_read_only_folder_is_read_and_not_written(disk: Path) -> None:
    build(disk / "store")
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert content(disk / "store")[0] == '"old 0"'
    with pytest.raises(StoreError, match="read-only"):
        build(disk / "store", "new")


BUILDER = """
import sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from pactgraph.store import write_generation
says, graph = NamedNode("http://example.org/says"), NamedNode("http://example.org/graph")
print("ready", flush=True)
for build in range(1000):
    with write_generation(Path(sys.argv[1])) as generation:
        generation.store.load(Quad(says, says, Literal(f"build{build} {n}"), graph) for n in range(300))
    print("built", flush=True)
"""


def killed_build(folder: Path, after: float | None) -> float:
    """Builds until it is killed so many seconds after it begins; None kills it after its first build.

    Gives the seconds that passed.
    """
    command = [sys.executable, "-c", BUILDER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as builder:
        assert builder.stdout is not None
        builder.stdout.readline()
        start = time.monotonic()
        if after is None:
            builder.stdout.readline()
        else:
            time.sleep(after)
        builder.send_signal(signal.SIGKILL)
        return time.monotonic() - start


def test_a_build_killed_at_any_moment_leaves_a_whole_store(folder: Path) -> None:
    """50 kills within the time of about three builds; none may leave a part."""
    build(folder, "old", 300)
    longest = 3 * killed_build(folder, None)
    build(folder, "old", 300)
    chance, seen = random.Random(7), set()
    for _ in range(50):
        killed_build(folder, chance.uniform(0, longest))
        found = content(folder)
        seen |= (names := {text.partition(" ")[0] for text in found})
        assert (len(names), len(found)) == (1, 300)
    assert len(seen) > 1
    build(folder, "last")
    assert len(list(folder.glob("store-*"))) == 2


# Parameters

IRI = NamedNode("http://example.org/a")


def asked(text: str, **terms: NamedNode | Literal) -> list[list[str]]:
    store = LocalStore.in_memory()
    for name in "ab":
        store.replace(graph_iri(name), triples(name, 2))
    answer = store.query(text, terms)
    return [[str(value) for value in row] for row in answer]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?o WHERE { ?x ?p ?o }",
        "SELECT ?o WHERE { ?s ?p ?o FILTER(?s = ?x) }",
        "SELECT ?o WHERE { { SELECT ?o WHERE { ?x ?p ?o } } }",
        "SELECT ?o WHERE { { SELECT ?x ?o WHERE { ?x ?p ?o } } }",
        "SELECT ?o WHERE { ?s ?p ?o FILTER(!BOUND(?x) || ?s = $x) }",
        "SELECT ?o WHERE { ?s ?p ?o . MINUS { ?s ?p ?o FILTER(?s != ?x) } } ORDER BY ?x ?o",
        "SELECT ?o # ?x\nWHERE { ?x ?p ?o FILTER(?o != '?x') } GROUP BY ?x ?o HAVING(?x != 1)",
    ],
)
def test_a_parameter_holds_wherever_its_variable_stands(text: str) -> None:
    assert sorted(asked(text, x=IRI)) == [['"a 0"'], ['"a 1"']]


def test_a_projected_parameter_keeps_its_column() -> None:
    assert asked("SELECT ?x (COUNT(?o) AS ?n) WHERE { ?x ?p ?o } GROUP BY ?x", x=IRI) == [
        [str(IRI), str(Literal(2))]
    ]
    assert asked("SELECT ?x WHERE { { SELECT ?x ?x_1 { ?x ?p 'a 0' } } }", x=IRI) == [[str(IRI)]]


def test_a_parameter_in_ask_construct_and_describe() -> None:
    store = LocalStore.in_memory()
    store.replace(ONE, triples("a", 1))
    assert store.query("ASK { ?s ?p ?o FILTER(?s = ?x) }", {"x": IRI})
    assert not store.query("ASK { ?s ?p ?o FILTER(?s = ?x) }", {"x": SAYS})
    assert list(store.query("CONSTRUCT { ?x ?p ?o } WHERE { ?x ?p ?o }", {"x": IRI})) == triples("a", 1)  # type: ignore[arg-type]
    assert list(store.query("DESCRIBE ?x", {"x": IRI})) == triples("a", 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { BIND(1 AS ?x) }",
        "SELECT (1 AS ?x) WHERE {}",
        "SELECT * WHERE { VALUES ?x { 1 } }",
        "SELECT * WHERE { VALUES (?y ?x) { (1 2) } }",
    ],
)
def test_a_parameter_the_query_assigns_itself_is_refused(text: str) -> None:
    with pytest.raises(SyntaxFault, match=r"query:1:\d+: a parameter cannot be assigned"):
        bind(text, {"x": IRI})


def test_a_parameter_the_query_does_not_have_is_refused() -> None:
    with pytest.raises(UsageError, match=r"no variable \?y; it has \?x"):
        bind("SELECT ?x {}", {"y": IRI})


@pytest.mark.parametrize("value", [BlankNode("a"), Triple(IRI, IRI, IRI), "text", 1])
def test_only_iris_and_literals_are_bound(value: object) -> None:
    with pytest.raises(UsageError, match="an IRI or a literal"):
        bind("SELECT ?x {}", {"x": value})  # type: ignore[dict-item]


@pytest.mark.parametrize("value", ["\\u0022 } SERVICE", "a\\U0000000A"])
def test_text_that_engines_read_differently_is_refused(value: str) -> None:
    with pytest.raises(UsageError, match="backslash"):
        bind("SELECT ?x {}", {"x": Literal(value)})


HOSTILE = [
    '" } SERVICE <http://evil/> { ?a ?b "',
    "' } #",
    '""" } ; DROP ALL #',
    "> } <",
    "\\",
    '\\"',
    "\n}\n",
    "\r\n#",
    "?x",
    "{x}",
    "\x00\x07",
    "\u2028\u202e",
    "'''",
    "$x}",
    "😀é",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_only_a_value(value: str) -> None:
    _assert_is_only_a_value(value)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from([*"\"'\\<>{}?$#x\n\r\t .;", "SERVICE", '"""', "@en", "^^"]), max_size=12).map(
        "".join
    )
    | st.text(st.characters(exclude_categories=["Cs"]))
)
def test_any_text_is_only_a_value(value: str) -> None:
    _assert_is_only_a_value(value)


def _assert_is_only_a_value(value: str) -> None:
    if "\\u" in value or "\\U" in value:
        return
    for term in (Literal(value), Literal(value, language="en"), Literal(value, datatype=IRI)):
        bound = bind("SELECT (?x AS ?y) WHERE { FILTER(?x = ?x) OPTIONAL { ?s ?x ?x } }", {"x": term}).split(
            "WHERE"
        )[0]
        (row,) = pyoxigraph.Store().query(bound + "{}")  # type: ignore[misc]
        assert row["y"] == term


def test_a_binding_that_would_change_the_query_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last check, should a term ever be written as more than itself."""
    monkeypatch.setattr("pactgraph.store.binding.written", lambda term: "'a' 'b")
    with pytest.raises(SyntaxFault):
        bind("SELECT ?x {}", {"x": IRI})
    monkeypatch.setattr("pactgraph.store.binding._apply", lambda *parts: "SELECT * {}")
    monkeypatch.setattr("pactgraph.store.binding.written", lambda term: "'a'")
    with pytest.raises(UsageError, match="change the form of the query"):
        bind("SELECT ?x {}", {"x": IRI})


# Tokens


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            [
                "?a",
                "$b1",
                "<http://e/x>",
                "ex:y",
                ":",
                "a",
                '"s\\n"',
                "'''l'o'''",
                "@en-GB",
                "1",
                "2.5",
                "1e3",
                ".5",
            ]
            + [
                "_:b",
                "^^",
                "&&",
                "||",
                "<=",
                "{",
                "}",
                "(",
                ")",
                "[",
                "]",
                "é:ü",
                "SELECT",
                "<<(",
                ")>>",
                "<",
                "/",
            ]
        )
    )
)
def test_tokens_are_read_back_as_they_were_written(written: list[str]) -> None:
    assert [token.text for token in tokens("  # no ?token\n".join(written))] == written


def test_a_decoded_position_leads_back_to_where_it_was_written() -> None:
    text = "a\\u0041b\\U00000042c"
    decoded = decode(text)
    assert decoded.text == "aAbBc"
    assert [text[decoded.origin(index)] for index in (0, 2, 4)] == ["a", "b", "c"]
    with pytest.raises(SyntaxFault, match="no character"):
        decode("\\uD800")
