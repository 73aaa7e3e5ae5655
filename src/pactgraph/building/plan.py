"""What a build has to do: which files changed since the store was made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.errors import StoreError
from pactgraph.project import Project
from pactgraph.store import Entry, Location, Manifest, is_remote, read_manifest
from pactgraph.version import VERSION
from pactgraph.vocabulary import LINKS, ONTOLOGY_GRAPH, graph_iri

SHAPES = graph_iri("shapes")
"""Names the shapes among the files of a manifest; no graph holds them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which files are read anew, and which graphs go; everything when vocabulary or authority data changed."""

    full: bool
    changed: tuple[Path, ...]
    removed: tuple[str, ...]

    @property
    def work(self) -> bool:
        """Whether there is anything to do."""
        return self.full or bool(self.changed or self.removed)


def scan(project: Project, before: Manifest) -> dict[str, Entry]:
    """The files as they are, and the program's version; a file of unchanged size and time is not read again."""
    files = {path: project.graph_of(path) for path in (*project.authority(), *project.sources())}
    files |= dict.fromkeys(project.ontology(), ONTOLOGY_GRAPH)
    files |= dict.fromkeys(project.shapes(), SHAPES)
    if project.links.is_file():
        files[project.links] = LINKS
    names = {path: project.name_of(path) for path in files}
    found = {names[path]: _entry(path, graph, before.get(names[path])) for path, graph in files.items()}
    return {**found, "pactgraph": Entry(0, 0, VERSION, "")}


def _entry(path: Path, graph: NamedNode, known: Entry | None) -> Entry:
    stat = path.stat()
    if known and (known.size, known.mtime_ns) == (stat.st_size, stat.st_mtime_ns):
        return known
    return Entry(stat.st_size, stat.st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest(), graph.value)


def make_plan(project: Project, before: Manifest, found: dict[str, Entry]) -> Plan:
    """Only the changed sources, unless anything that bears on all of them changed, or there is no store yet."""
    sources = {project.name_of(path): path for path in project.sources()}
    changed = {
        name for name, entry in found.items() if name not in before or before[name].sha256 != entry.sha256
    }
    removed = before.keys() - found.keys()
    base = graph_iri("sources/").value
    others = (changed - sources.keys()) | {
        name for name in removed if not before[name].graph.startswith(base)
    }
    if others or not before:
        return Plan(True, tuple(sources.values()), ())
    gone = tuple(sorted(before[name].graph for name in removed))
    return Plan(False, tuple(sources[name] for name in sorted(changed)), gone)


def manifest(location: Location) -> Manifest:
    """What the store was built from; nothing where it cannot be brought up to date but must be made anew."""
    if not isinstance(location, str | Path) or is_remote(location) or location == ":memory:":
        return {}
    try:
        return read_manifest(Path(location))
    except StoreError:
        return {}
