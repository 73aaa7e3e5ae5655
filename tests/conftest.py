"""What several rooms' tests share: the repository's own project, and an invented world of any size."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pactgraph.project import Project

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))


@pytest.fixture
def repository(tmp_path: Path) -> Project:
    """A copy of the repository's data, to build and to change."""
    shutil.copytree(ROOT / "data", tmp_path / "repository" / "data")
    return Project(tmp_path / "repository")


@pytest.fixture
def make_world(tmp_path: Path) -> Callable[..., Project]:
    """Makes a project of so many claims."""
    from world import write_world

    def make(claims: int, **options: int) -> Project:
        return Project(write_world(tmp_path / "world", claims, **options))

    return make
