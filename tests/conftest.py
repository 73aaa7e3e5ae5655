"""What several rooms' tests share: the repository's own project, and an invented world of any size."""

from __future__ import annotations

import gc
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pactgraph.building import build
from pactgraph.project import Project

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))


def pytest_collection_finish() -> None:
    """Thousands of tests and what they import stay to the end: not looked through as garbage, they cost a fifth less."""
    import hypothesis  # noqa: F401 (as it is imported it looks for what refers to a generator; the frozen it cannot see)

    gc.collect()
    gc.freeze()


@pytest.fixture
def repository(tmp_path: Path) -> Project:
    """A copy of the repository's data, not built yet."""
    root = tmp_path / "repository"
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copy(ROOT / "LICENSE-data", root)
    return Project(root)


@pytest.fixture(scope="session")
def built_repository(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The repository's data, built once for all tests that only read."""
    root = tmp_path_factory.mktemp("whole")
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copy(ROOT / "LICENSE-data", root)
    build(Project(root))
    return Project(root)


@pytest.fixture
def built(built_repository: Project, tmp_path: Path) -> Project:
    """A copy of the repository's data, built, to change."""
    return Project(shutil.copytree(built_repository.root, tmp_path / "built"))


@pytest.fixture
def make_world(tmp_path: Path) -> Callable[..., Project]:
    """Makes a project of so many claims."""
    from world import write_world

    def make(claims: int, **options: int) -> Project:
        return Project(write_world(tmp_path / "world", claims, **options))

    return make
