"""What a build has to do: which files changed since the store was made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.errors import StoreError
from pactgraph.project import Project, graph_of_name
from pactgraph.store import Entry, Location, Manifest, each_entry, is_folder, read_manifest
from pactgraph.version import VERSION
from pactgraph.vocabulary import LINKS, ONTOLOGY_GRAPH, graph_iri

SHAPES = graph_iri("shapes")
"""Names the shapes among the files of a manifest; no graph holds them."""


_PROGRAM = "pactgraph"
"""Names the program among the files of a manifest."""
_SOURCES = graph_iri("sources/").value


@dataclass(frozen=True, slots=True)
class Plan:
    """Which files are read anew, and which graphs go; everything when vocabulary or authority data changed.

    `size` is that of all sources in bytes, changed or not.
    """

    full: bool
    changed: tuple[Path, ...]
    removed: tuple[str, ...]
    size: int

    @property
    def work(self) -> bool:
        """Whether there is anything to do."""
        return self.full or bool(self.changed or self.removed)


def scan(project: Project, before: Mapping[str, Entry], *, validated: bool = True) -> dict[str, Entry]:
    """The files as they are, with the program's version and whether they are validated.

    A file whose size and time of last change (of content, name or owner) are known is not read again.
    """
    files: list[tuple[Path, NamedNode | None]] = [
        (path, None) for path in (*project.authority(), *project.sources())
    ]
    files += ((path, ONTOLOGY_GRAPH) for path in project.ontology())
    files += ((path, SHAPES) for path in project.shapes())
    if project.links.is_file():
        files.append((project.links, LINKS))
    found = {_PROGRAM: Entry(0, 0, VERSION if validated else f"{VERSION}, not validated", "")}
    for path, graph in files:
        name = project.name_of(path)
        found[name] = _entry(path, graph or graph_of_name(name), before.get(name))
    return found


def _entry(path: Path, graph: NamedNode, known: Entry | None) -> Entry:
    stat = path.stat()
    if known and (known.size, known.changed_ns) == (stat.st_size, stat.st_ctime_ns):
        return known
    return Entry(stat.st_size, stat.st_ctime_ns, hashlib.sha256(path.read_bytes()).hexdigest(), graph.value)


def make_plan(project: Project, before: Manifest, found: Mapping[str, Entry]) -> Plan:
    """Only the changed sources, unless anything that bears on all of them changed, or there is no store yet."""
    sources = {name for name, entry in found.items() if entry.graph.startswith(_SOURCES)}
    changed = {
        name for name, entry in found.items() if name not in before or before[name].sha256 != entry.sha256
    }
    removed = {name: before[name].graph for name in before.keys() - found.keys()}
    size = sum(found[name].size for name in sources)
    others = changed - sources or any(not graph.startswith(_SOURCES) for graph in removed.values())
    full = bool(others) or not before
    names = sorted(sources if full else changed)
    gone = () if full else tuple(sorted(removed.values()))
    return Plan(full, tuple(project.root / name for name in names), gone, size)


def behind(project: Project, location: Location) -> int:
    """How many files of data and rules changed, came or went since the store was built.

    Where their sizes and times are as they were, no file is read. Of a server or an open store nothing is known: 0.
    """
    if not is_folder(location):
        return 0
    kept = changed = gone = 0
    try:
        files = (each for each in each_entry(Path(location)) if each[0] != _PROGRAM)
        for name, entry in files:
            path = project.file_named(name)
            if path.is_file():
                kept += 1
                changed += _entry(path, NamedNode(entry.graph), entry).sha256 != entry.sha256
            else:
                gone += 1
    except StoreError:
        return 0
    return changed + gone + max(0, _number_of_files(project) - kept)


def _number_of_files(project: Project) -> int:
    rules = (*project.authority(), *project.ontology(), *project.shapes())
    return project.number_of_sources + len(rules) + project.links.is_file()


def manifest(location: Location) -> Manifest:
    """What the store was built from; nothing where it cannot be brought up to date but must be made anew."""
    if not is_folder(location):
        return {}
    try:
        return read_manifest(Path(location))
    except StoreError:
        return {}
