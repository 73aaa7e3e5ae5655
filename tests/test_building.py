"""Building the store: all or nothing, the same bytes anywhere, and no more work than what changed."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from pactgraph.building import Refused, build
from pactgraph.building.plan import behind
from pactgraph.cli import main
from pactgraph.errors import BAD_INPUT, FINDINGS, BadInput, StoreError, StoreLocked, SyntaxFault
from pactgraph.exports import PARTS, SYNTAXES, export
from pactgraph.graph.codec import decode, encode
from pactgraph.graph.nodes import group, read_triples, ungroup
from pactgraph.graph.turtle import write
from pactgraph.project import Project
from pactgraph.store import LocalStore, open_store, write_generation
from pactgraph.vocabulary import EDTF, FACTS, ID, PACT, PROPOSITIONS, RDF

MakeWorld = Callable[..., Project]


def dump(project: Project) -> bytes:
    """All that the project's store holds."""
    return export(open_store(project.store), syntax="nq")


def change(path: Path, old: str, new: str) -> None:
    """Replaces the first `old` in a file, and sees to it that the file's time changes."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    later = path.stat().st_mtime_ns + 1_000_000
    os.utime(path, ns=(later, later))


def source(project: Project, name: str) -> Path:
    """The file of a source."""
    return project.data / "sources" / f"{name}.ttl"


def test_the_store_holds_each_file_in_a_graph_of_its_own(built_repository: Project) -> None:
    graphs = {
        graph.value.removeprefix(f"{ID}graph/") for graph in open_store(built_repository.store).graphs()
    }
    assert {
        "sources/kyivindependent-2024-04-20",
        "authority/parties",
        "facts",
        "propositions",
        "links",
    } <= graphs


def test_each_file_that_changed_came_or_went_since_a_build_counts(repository: Project) -> None:
    build(repository)
    assert behind(repository, repository.store) == 0
    change(source(repository, "ki-lv"), "schema:headline", " schema:headline")
    assert behind(repository, repository.store) == 1
    source(repository, "abc-us").unlink()
    shutil.copy(source(repository, "ki-lv"), source(repository, "ki-lv-too"))
    assert behind(repository, repository.store) == 3
    own = repository.root / "shapes" / "own.ttl"
    own.parent.mkdir(exist_ok=True)
    own.write_text("", encoding="utf-8")
    assert behind(repository, repository.store) == 4
    assert behind(repository, repository.root / "nothing") == behind(repository, ":memory:") == 0


def test_a_fact_is_a_plain_triple_whose_claims_are_reachable(built_repository: Project) -> None:
    store = open_store(built_repository.store)
    assert isinstance(store, LocalStore)
    pact = NamedNode(f"{ID}pact/ukraine-latvia")
    assert list(store.match(pact, PACT.reachedStage, NamedNode(f"{PACT.Stage.value[:-5]}Signed"), FACTS))
    supporting = store.query(
        "SELECT ?claim { ?proposition rdf:subject ?pact ; rdf:predicate pact:reachedStage ; pact:supportedBy ?claim }",
        {"pact": pact},
    )
    assert len(list(supporting)) > 10


def test_hopes_plans_and_conditions_make_no_fact(built_repository: Project) -> None:
    store = open_store(built_repository.store)
    assert isinstance(store, LocalStore)
    assert not list(store.match(None, PACT.expectedSigning, None, FACTS))
    assert list(store.match(None, None, None, PROPOSITIONS))


def test_of_two_dates_that_agree_the_finer_one_is_the_fact(built_repository: Project) -> None:
    store = open_store(built_repository.store)
    assert isinstance(store, LocalStore)
    adopted = store.match(NamedNode(f"{ID}pact/g7-joint-declaration"), PACT.adoptedOn, None, FACTS)
    assert [quad.object for quad in adopted] == [Literal("2023-07-12", datatype=EDTF)]


def test_days_that_exclude_each_other_are_no_facts(repository: Project) -> None:
    path = source(repository, "kyivindependent-2024-04-30")
    text = path.read_text(encoding="utf-8")
    held = next(
        block for block in text.split("\n\n") if "white-house-announcement" in block and "heldOn" in block
    )
    rival = held.replace('"2024-04-29"', '"2024-04-28"').replace(held.split()[0], "<#rival>")
    path.write_text(f"{text}\n{rival}\n", encoding="utf-8")
    assert main(["format", str(path), "--project", str(repository.root)]) == 0
    build(repository)
    store = open_store(repository.store)
    assert isinstance(store, LocalStore)
    event = NamedNode(f"{ID}event/white-house-announcement-2024-04-29")
    days = store.query(
        "SELECT ?day { ?p rdf:subject ?event ; rdf:predicate pact:heldOn ; rdf:object ?day }",
        {"event": event},
    )
    assert {row["day"].value for row in days} == {"2024-04-28", "2024-04-29"}
    assert not list(store.match(event, PACT.heldOn, None, FACTS))


def test_a_second_build_with_nothing_changed_reads_nothing(built: Project) -> None:
    again = build(built)
    assert (again.full, again.changed, again.removed) == (False, (), ())


def test_a_changed_source_alone_is_read_again(built: Project) -> None:
    change(source(built, "like123-2024-05-01"), "Zelenskyy: Ukraine pursues", "Zelenskyy: Kyiv pursues")
    again = build(built)
    assert [path.stem for path in again.changed] == ["like123-2024-05-01"]
    assert not again.full
    assert b"Kyiv pursues" in dump(built)


def test_changed_authority_builds_everything(built: Project) -> None:
    change(built.data / "authority/parties.ttl", '"Latvia"@en', '"Republic of Latvia"@en')
    assert build(built).full


def test_an_update_gives_what_a_full_build_gives(make_world: MakeWorld) -> None:
    project = make_world(360)
    build(project, validated=False)
    chance = random.Random(3)
    for step in range(6):
        _edit(project, chance, step)
        assert not build(project, validated=False).full
        updated = dump(project)
        build(project, full=True, validated=False)
        assert dump(project) == updated, f"after step {step}"


def _edit(project: Project, chance: random.Random, step: int) -> None:
    from world import write_source

    files = project.sources()
    path = chance.choice(files)
    if step % 3 == 0:
        path.unlink()
    elif step % 3 == 1:
        number = 900_000 + step
        path.with_name(f"wire-{number}.ttl").write_text(write_source(number, 9, chance), encoding="utf-8")
    else:
        path.write_text(write_source(int(path.stem[5:]), 12, chance), encoding="utf-8")


def _swap(pattern: str, instead: str) -> Callable[[str], str]:
    """Replaces what a pattern finds first; nothing where it finds nothing."""
    return lambda text: re.sub(pattern, instead, text, count=1)


def _drop_a_claim(text: str) -> str:
    head, mark, rest = text.partition("\n\nclaim:")
    return head + "\n\n" + rest.partition("\n\n")[2] if mark else text


CHURN: dict[str, Callable[[str], str]] = {
    "another origin": _swap(r"pact:origin origin:[a-z0-9-]+", f"pact:origin <{ID}origin/origin-0-8>"),
    "an origin of one occasion": _swap(
        r"pact:capture ", f"pact:origin <{ID}origin/origin-0-0> ;\n    pact:capture "
    ),
    "no origin": _swap(r"pact:origin origin:[a-z0-9-]+ ;", ""),
    "published in a month": _swap(r'schema:datePublished "(\d{4}-\d\d)-\d\d"', r'schema:datePublished "\1"'),
    "published at no known time": _swap(r"schema:datePublished [^;]+;", ""),
    "denied": _swap(r"pact:Affirmed", "pact:Denied"),
    "affirmed": _swap(r"pact:Denied", "pact:Affirmed"),
    "denied of a month": _swap(
        r"pact:polarity pact:Affirmed",
        'pact:on "2024-05"^^<http://id.loc.gov/datatypes/edtf> ; pact:polarity pact:Denied',
    ),
    "scope gone": _swap(r'pact:on "[^"]+"\^\^loc:edtf ;', ""),
    "expected": _swap(r"pact:Factual", "pact:Expected"),
    "doubted": _swap(r"pact:modality ", "pact:flag pact:SuspectScale ; pact:modality "),
    "in a wider place": _swap(r"place:place-0-city-(\d+)", f"<{ID}place/place-0-land-1>"),
    "a coarser day": _swap(r'rdf:object "(\d{4}-\d\d)-\d\d"', r'rdf:object "\1"'),
    "another number": _swap(r"(pact:Count ;[^.]*schema:value) \d+", r"\1 3"),
    "a claim less": _drop_a_claim,
    "another headline": _swap(r"News item", "Old news item"),
    "gone": lambda _: "",
}
"""Ways in which a source changes."""


def _edit_so(path: Path, edit: Callable[[str], str]) -> None:
    """Changes a file, its claims named by what they say then; removes it where nothing is left."""
    text = edit(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    nodes = group(read_triples(path))
    claims = list(decode(nodes))
    others = (t for t in ungroup(nodes) if PACT.Claim not in nodes[t.subject].get(RDF.type, ()))  # type: ignore[index]
    if claims:
        told = [t for claim in claims for t in encode(claim)]
        path.write_text(write([*others, *told], base=claims[0].source.value), encoding="utf-8")
    else:
        path.unlink()


@settings(max_examples=10, deadline=None)
@given(
    changes=st.lists(
        st.lists(st.tuples(st.integers(0, 11), st.sampled_from(sorted(CHURN))), min_size=1),
        min_size=2,
        max_size=4,
    )
)
def test_churn_leaves_what_a_full_build_gives(
    changes: list[list[tuple[int, str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    from world import write_world

    project = Project(write_world(tmp_path_factory.mktemp("churn") / "world", 144))
    build(project, validated=False)
    for edits in changes:
        for number, edit in edits:
            files = project.sources()
            if len(files) > 1:
                _edit_so(files[number % len(files)], CHURN[edit])
        build(project, validated=False)
        updated = dump(project)
        store = open_store(":memory:")
        build(project, store, validated=False)
        assert export(store, syntax="nq") == updated


FAULTS = {
    "missing authority entry": ("pactid:ukraine-denmark", "pactid:ukraine-atlantis", "atlantis"),
    "unknown speaker": (
        "pact:speaker official:volodymyr-zelensky",
        "pact:speaker official:nobody",
        "speaker",
    ),
    "unknown stage": ("rdf:object pact:Signed", "rdf:object pact:Sealed", "stage"),
    "impossible day": ('pact:statedOn "2024-04-20"', 'pact:statedOn "2024-02-30"', "no such day"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_data_that_does_not_conform_is_refused_and_the_old_store_stays(
    name: str, built: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = dump(built)
    old, new, told = FAULTS[name]
    change(source(built, "kyivindependent-2024-04-20"), old, new)
    assert main(["build", "--project", str(built.root)]) == FINDINGS
    said = capsys.readouterr().err
    assert told in said.lower()
    assert "kyivindependent-2024-04-20.ttl" in said
    assert "claim:" in said and "#char=" in said
    assert dump(built) == before


def test_a_claim_without_a_passage_is_refused(repository: Project) -> None:
    path = source(repository, "kyivindependent-2024-04-20")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if "pact:passage <#" in line)
    path.write_text("".join(lines[:first] + lines[first + 1 :]), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        build(repository)
    assert any("passage" in finding.message for finding in refused.value.report.findings)


def test_two_claims_under_one_name_are_refused(repository: Project) -> None:
    path = source(repository, "kyivindependent-2024-04-20")
    claims = [
        line.split(" ")[0]
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("claim:")
    ]
    change(path, f"{claims[1]} a", f"{claims[0]} a")
    with pytest.raises(Refused) as refused:
        build(repository)
    assert claims[0].removeprefix("claim:") in str([f.focus for f in refused.value.report.findings])


def test_a_claim_that_is_not_named_by_what_it_says_is_refused(repository: Project) -> None:
    change(
        source(repository, "like123-2024-05-01"), "pact:modality pact:Factual", "pact:modality pact:Expected"
    )
    with pytest.raises(Refused) as refused:
        build(repository)
    assert "Run pactgraph format" in " ".join(finding.message for finding in refused.value.report.findings)


def test_a_syntax_error_names_file_line_and_column(
    built: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = dump(built)
    path = source(built, "like123-2024-05-01")
    change(path, "<> a schema:NewsArticle ;", "<> a schema:NewsArticle , ;")
    assert main(["build", "--project", str(built.root)]) == BAD_INPUT
    said = capsys.readouterr().err
    number = next(i for i, line in enumerate(path.read_text().splitlines(), 1) if "NewsArticle , ;" in line)
    assert f"like123-2024-05-01.ttl:{number}:" in said
    assert "Traceback" not in said
    assert dump(built) == before


def test_an_unknown_prefix_is_named(repository: Project) -> None:
    change(source(repository, "like123-2024-05-01"), "schema:NewsArticle", "nowhere:NewsArticle")
    with pytest.raises(SyntaxFault, match=r"like123-2024-05-01\.ttl:\d+:\d+.*nowhere"):
        build(repository)


def test_a_source_stands_in_the_file_of_its_name_alone(built: Project) -> None:
    path = source(built, "like123-2024-05-01")
    path.with_name("copy.ttl").write_bytes(path.read_bytes())
    with pytest.raises(Refused, match="nothing was built") as refused:
        build(built)
    assert any("copy.ttl is for the source" in finding.message for finding in refused.value.report.findings)


def test_an_emptied_source_is_refused(built: Project) -> None:
    source(built, "like123-2024-05-01").write_text("", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        build(built)
    assert any("Describe one source here" in finding.message for finding in refused.value.report.findings)


def test_a_number_that_the_store_would_rewrite_is_refused(repository: Project) -> None:
    path = source(repository, "kyivindependent-2024-04-30")
    change(path, "rdf:object 3 ;", 'rdf:object "03"^^xsd:integer ;')
    change(path, "@prefix value:", "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix value:")
    with pytest.raises(Refused) as refused:
        build(repository)
    assert any("shortest form" in finding.message for finding in refused.value.report.findings)


def test_a_damaged_store_is_made_again(built: Project) -> None:
    before = dump(built)
    table = next(built.store.glob("store-*/oxigraph/*.sst"))
    table.write_bytes(table.read_bytes()[:-10])
    assert build(built).full
    assert dump(built) == before


def test_what_was_built_unchecked_is_checked_by_the_next_build(repository: Project) -> None:
    change(source(repository, "like123-2024-05-01"), "pact:polarity pact:Affirmed", "pact:polarity pact:Sure")
    build(repository, validated=False)
    with pytest.raises(Refused):
        build(repository)


def test_a_file_that_changes_while_it_is_built_ends_the_build(built: Project) -> None:
    before = dump(built)

    def meddle(doing: str, done: int, total: int) -> None:
        if doing == "reading sources" and done == 1:
            change(source(built, "like123-2024-05-01"), "pact:Affirmed", "pact:Denied")

    with pytest.raises(BadInput, match="changed while it was built"):
        build(built, full=True, progress=meddle)
    assert dump(built) == before


def test_a_folder_of_other_things_is_not_a_store(repository: Project, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "store-2024-backup").mkdir(parents=True)
    (other / ".gitignore").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="other things"):
        build(repository, other)
    assert (other / ".gitignore").read_text(encoding="utf-8") == "mine"
    assert (other / "store-2024-backup").is_dir()


def test_an_open_store_is_filled_anew(repository: Project) -> None:
    store = LocalStore.in_memory()
    build(repository, store)
    source(repository, "like123-2024-05-01").unlink()
    assert build(repository, store).counts == build(repository, LocalStore.in_memory()).counts


def test_a_store_that_another_build_writes_is_left_alone(built: Project) -> None:
    with write_generation(built.store), pytest.raises(StoreLocked):
        build(built, full=True)


def test_a_build_killed_at_any_moment_leaves_the_old_or_the_new_store(make_world: MakeWorld) -> None:
    """50 moments of kill -9: the store opens and holds one whole state or the other."""
    project = make_world(240)
    edited = project.sources()[0]
    states = []
    for title in ("News item 0 (first)", "News item 0 (second)"):
        edited.write_text(_titled(edited.read_text(encoding="utf-8"), title), encoding="utf-8")
        build(project, full=True, validated=False)
        states.append(dump(project))
    _build_process(project).join()
    began = time.monotonic()
    _build_process(project).join()
    whole = time.monotonic() - began
    chance = random.Random(11)
    seen = set()
    for turn in range(50):
        title = "News item 0 (first)" if turn % 2 == 0 else "News item 0 (second)"
        edited.write_text(_titled(edited.read_text(encoding="utf-8"), title), encoding="utf-8")
        child = _build_process(project)
        if turn != 24:  # one of them may end, however busy the machine is
            time.sleep(chance.uniform(0.1, 1.05) * whole)
            child.kill()
        child.join()
        found = dump(project)
        assert found in states, f"turn {turn}: neither the old nor the new store"
        seen.add(states.index(found))
    assert seen == {0, 1}
    build(project, full=True, validated=False)


def _titled(text: str, title: str) -> str:
    start = text.index('schema:headline "')
    end = text.index("\n", start)
    return f'{text[:start]}schema:headline "{title}"@en ;{text[end:]}'


_SERVER = get_context("forkserver")
_SERVER.set_forkserver_preload(["pactgraph.building"])


def _build_process(project: Project) -> ForkServerProcess:
    """A build in a process of its own, which has not to import anything first."""
    child = _SERVER.Process(target=build, args=(project,), kwargs={"full": True, "validated": False})
    child.start()
    return child


@pytest.fixture(scope="module")
def exported(built_repository: Project) -> dict[tuple[str, str], bytes]:
    """Every part of the repository's graph in every syntax."""
    store = open_store(built_repository.store)
    return {(g, s): export(store, graph=g, syntax=s) for g in PARTS for s in SYNTAXES}


@pytest.mark.parametrize(
    "surroundings",
    [
        {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"},
        {"LC_ALL": "uk_UA.UTF-8", "TZ": "Europe/Kyiv", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "random"},
    ],
    ids=lambda surroundings: surroundings["LC_ALL"],
)
def test_build_and_export_give_the_same_bytes_anywhere(
    surroundings: dict[str, str],
    exported: dict[tuple[str, str], bytes],
    built_repository: Project,
    tmp_path: Path,
) -> None:
    elsewhere = tmp_path / "other folder" / surroundings["LC_ALL"]
    shutil.copytree(built_repository.data, elsewhere / "data")
    environment = {**os.environ, **surroundings, "PYTHONPATH": os.pathsep.join(sys.path)}
    exports = [["export", "--graph", g, "--format", s, "-o", f"{g}.{s}"] for g, s in exported]
    run = f"from pactgraph.cli import main; assert not any(main(each) for each in {[['build'], *exports]})"
    subprocess.run(
        [sys.executable, "-c", run], cwd=elsewhere, env=environment, check=True, capture_output=True
    )
    for (graph, syntax), content in exported.items():
        assert (elsewhere / f"{graph}.{syntax}").read_bytes() == content, f"{graph} as {syntax}"
