"""Where things lie: a project found from anywhere in it, its files in order, and what comes with the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactgraph import project as rooms
from pactgraph.errors import BadInput, UsageError
from pactgraph.project import Project, find_project, shipped
from pactgraph.vocabulary import graph_iri


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    for name in (
        "data/sources/b.ttl",
        "data/sources/A.ttl",
        "data/authority/parties.ttl",
        "data/links.sssom.tsv",
    ):
        file = tmp_path / "graph" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    return tmp_path / "graph"


def test_files_stand_in_order_of_name(graph: Path) -> None:
    (graph / "data/sources/.hidden.ttl").write_text("")
    (graph / "data/sources/note.txt").write_text("")
    (graph / "data/sources/folder.ttl").mkdir()
    project = Project(graph)
    assert [path.name for path in project.sources()] == ["A.ttl", "b.ttl"]
    assert [path.name for path in project.authority()] == ["parties.ttl"]
    assert project.links.is_file() and project.store == graph / ".pactgraph"


def test_a_project_is_found_from_within(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(graph / "data" / "sources")
    found = find_project()
    assert found.root.resolve() == graph.resolve()
    assert not found.root.is_absolute(), "paths in messages stay as short as the way there"


@pytest.mark.parametrize("folder", ["data/sources", "data/authority"])
def test_one_folder_of_data_makes_a_project(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    assert find_project(tmp_path).root == tmp_path
    assert find_project(str(tmp_path)) == Project(tmp_path)


def test_a_folder_without_data_is_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="pactgraph init"):
        find_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="--project DIR"):
        find_project()


def test_graphs_are_named_by_the_files_that_they_hold(graph: Path) -> None:
    project = Project(graph)
    assert project.graph_of(graph / "data/sources/A.ttl") == graph_iri("sources/A")
    assert project.name_of(graph / "data/sources/A.ttl") == "data/sources/A.ttl"


@pytest.mark.parametrize("kind", ["ontology", "shapes", "queries"])
def test_a_project_has_what_is_shipped(graph: Path, kind: str) -> None:
    files = getattr(Project(graph), kind)()
    assert files and all(path.parent == shipped(kind) for path in files)
    assert Project(graph).name_of(files[0]) == f"shipped/{kind}/{files[0].name}"


@pytest.mark.parametrize("kind", ["ontology", "shapes"])
def test_what_a_project_adds_hides_nothing(graph: Path, kind: str) -> None:
    (graph / kind).mkdir()
    own = graph / kind / shipped(kind).glob("*.ttl").__next__().name
    before = getattr(Project(graph), kind)()
    own.write_text("")
    assert getattr(Project(graph), kind)() == [*before, own]
    assert Project(graph).name_of(own) == f"{kind}/{own.name}"


def test_a_link_that_leads_nowhere_is_told_and_not_passed_over(graph: Path) -> None:
    for kind in ("sources", "authority"):
        link = graph / "data" / kind / "gone.ttl"
        link.symlink_to(graph / "nowhere.ttl")
        with pytest.raises(BadInput, match="gone.ttl: this link leads nowhere: .*nowhere.ttl"):
            getattr(Project(graph), kind)()
        link.unlink()
    (graph / "data" / "sources" / "linked.ttl").symlink_to(Project(graph).sources()[0].name)
    assert "linked.ttl" in [path.name for path in Project(graph).sources()]


def test_a_query_of_the_project_hides_its_shipped_namesake(graph: Path) -> None:
    (graph / "queries").mkdir()
    shipped_names = [path.name for path in Project(graph).queries()]
    own = graph / "queries" / shipped_names[0]
    own.write_text("")
    assert [path.name for path in Project(graph).queries()] == shipped_names
    assert own in Project(graph).queries()


def test_in_a_checkout_nothing_counts_twice() -> None:
    checkout = Project(Path(__file__).parents[1])
    for files in (checkout.ontology(), checkout.shapes(), checkout.queries()):
        assert len({path.resolve() for path in files}) == len(files)
        assert all(checkout.name_of(path).startswith(("ontology/", "shapes/", "queries/")) for path in files)


def test_an_installed_package_carries_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shapes").mkdir()
    monkeypatch.setattr(rooms, "_PACKAGED", tmp_path)
    assert shipped("shapes") == tmp_path / "shapes"
    assert shipped("ontology") == Path(__file__).parents[1] / "ontology"
