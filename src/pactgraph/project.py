"""Where things lie: a project's folder, and the ontology, shapes and queries that the package carries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import NamedNode

from pactgraph.errors import BadInput, UsageError
from pactgraph.licence import Licence, read_licence
from pactgraph.vocabulary import graph_iri

_PACKAGED = Path(__file__).parent / "shipped"
_CHECKOUT = Path(__file__).parents[2]


def shipped(kind: str) -> Path:
    """The folder `ontology`, `shapes`, `queries`, `lexica` or `mappings` that comes with the package, or with its checkout."""
    packaged = _PACKAGED / kind
    return packaged if packaged.is_dir() else _CHECKOUT / kind


@dataclass(frozen=True, slots=True)
class Project:
    """A graph as a folder: `data/`, and what it adds to the shipped ontology, shapes and queries."""

    root: Path

    @property
    def data(self) -> Path:
        """The folder of authority and source files."""
        return self.root / "data"

    @property
    def store(self) -> Path:
        """The folder of the store that `build` makes; git ignores it."""
        return self.root / ".pactgraph"

    @property
    def texts(self) -> Path:
        """The folder of the texts that were fetched; git ignores it."""
        return self.root / "texts"

    @property
    def links(self) -> Path:
        """The reviewed matches with other graphs, https://mapping-commons.github.io/sssom/."""
        return self.data / "links.sssom.tsv"

    @property
    def proposed(self) -> Path:
        """The matches that nobody has reviewed yet; `build` does not read them."""
        return self.data / "links.proposed.sssom.tsv"

    @property
    def wikidata(self) -> Path:
        """What Wikidata answered; git ignores it."""
        return self.root / ".wikidata"

    @property
    def mapping(self) -> Path:
        """What the graph and Wikidata call the same things: the project's own file, or the shipped one."""
        own = self.root / "mappings" / "wikidata.toml"
        return own if own.is_file() else shipped("mappings") / "wikidata.toml"

    @property
    def licence_file(self) -> Path:
        """What people may do with the data."""
        return self.root / "LICENSE-data"

    @property
    def licence(self) -> Licence | None:
        """The licence of the data, where `licence_file` names one."""
        return read_licence(self.licence_file)

    @property
    def notes(self) -> Path:
        """What was noted when the sources were read, and the claims that say it."""
        return self.data / "notes.tsv"

    def sources(self) -> list[Path]:
        """The Turtle files of sources, in order of name."""
        return _files(self.data / "sources", ".ttl")

    @property
    def number_of_sources(self) -> int:
        """How many files of sources there are, counted without a list of them."""
        return sum(1 for _ in _names(self.data / "sources", ".ttl"))

    def authority(self) -> list[Path]:
        """The Turtle files of parties, officials, pacts and the like, in order of name."""
        return _files(self.data / "authority", ".ttl")

    def ontology(self) -> list[Path]:
        """The shipped ontology and the project's own additions."""
        return self._with_own("ontology")

    def shapes(self) -> list[Path]:
        """The shipped shapes and the project's own additions."""
        return self._with_own("shapes")

    def queries(self) -> list[Path]:
        """The shipped named queries and the project's own; a project's query hides a shipped namesake."""
        files = (*_files(shipped("queries"), ".rq"), *_files(self.root / "queries", ".rq"))
        named = {path.name: path for path in files}
        return [named[name] for name in sorted(named)]

    def lexica(self) -> list[Path]:
        """The shipped lexica and frames and the project's own, which go after them."""
        found = (*sorted(shipped("lexica").rglob("*.toml")), *sorted((self.root / "lexica").rglob("*.toml")))
        return list({path.resolve(): path for path in found}.values())

    def graph_of(self, path: Path) -> NamedNode:
        """The named graph that holds a file of data: its path below `data/`, without the ending."""
        return graph_of_name(self.name_of(path))

    def name_of(self, path: Path) -> str:
        """A file's path below the project, or `shipped/…` for one that comes with the package."""
        with suppress(ValueError):
            return path.relative_to(self.root).as_posix()
        with suppress(ValueError):
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        return f"shipped/{path.parent.name}/{path.name}"

    def file_named(self, name: str) -> Path:
        """The file that has a name by `name_of`."""
        if name.startswith("shipped/"):
            _, kind, file = name.split("/")
            return shipped(kind) / file
        return self.root / name

    def _with_own(self, kind: str) -> list[Path]:
        """Shipped files and the project's own, none hiding another; in a checkout they are the same."""
        files = (*_files(shipped(kind), ".ttl"), *_files(self.root / kind, ".ttl"))
        return list({path.resolve(): path for path in files}.values())


def graph_of_name(name: str) -> NamedNode:
    """The named graph of a file of data by the file's path below the project."""
    return graph_iri(quote(name.removeprefix("data/").rpartition(".")[0]))


def find_project(directory: Path | str | None = None) -> Project:
    """The project in `directory`, or in the folder one stands in or the nearest one above it.

    Raises UsageError where no folder holds a `data/` with `authority/` or `sources/`.
    """
    if directory is not None:
        root = Path(directory)
        if not _is_project(root):
            raise UsageError(
                f"{root} is not a graph: it has no data/ folder (start one with: pactgraph init {root})"
            )
        return Project(root)
    here = Path.cwd()
    above = next((folder for folder in (here, *here.parents) if _is_project(folder)), None)
    if above is None:
        raise UsageError(
            "no graph here: go to its folder, or name it with --project DIR (pactgraph init DIR starts one)"
        )
    return Project(Path(os.path.relpath(above, here)))


def _is_project(folder: Path) -> bool:
    return (folder / "data" / "authority").is_dir() or (folder / "data" / "sources").is_dir()


def _files(folder: Path, ending: str) -> list[Path]:
    """Plain files in order of name. Raises BadInput for a link that leads nowhere."""
    return [folder / name for name in sorted(_names(folder, ending))]


def _names(folder: Path, ending: str) -> Iterator[str]:
    """The names of plain files, in no order; hidden ones are an editor's, not the graph's."""
    if folder.is_dir():
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(ending) and entry.name[0] != "." and _is_read(entry):
                    yield entry.name


def _is_read(entry: os.DirEntry[str]) -> bool:
    if entry.is_symlink() and not os.path.exists(entry.path):
        raise BadInput(
            f"this link leads nowhere: {os.readlink(entry.path)}",
            where=Path(entry.path),
            hint="put the file back, or remove the link",
        )
    return entry.is_file()
