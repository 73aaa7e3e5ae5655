"""A release of the whole graph as one folder that describes itself, an RO-Crate 1.1.

Data, vocabulary and shapes as they are, the built graph, its nanopublications and its tables, each file with its size and
SHA-256. Days come from the data, never from a clock, so the same graph gives the same crate.
https://www.researchobject.org/ro-crate/specification/1.1/.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pactgraph.exports.files import METADATA, write_csv
from pactgraph.exports.nanopubs import nanopubs
from pactgraph.exports.selection import authority, select
from pactgraph.exports.syntaxes import trig
from pactgraph.exports.tables import tables
from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import group, iris
from pactgraph.licence import Licence
from pactgraph.project import Project
from pactgraph.store import Store
from pactgraph.version import VERSION
from pactgraph.vocabulary import PACT, PROV, RDF

DESCRIPTOR: Final = "ro-crate-metadata.json"
_CONTEXT: Final = "https://w3id.org/ro/crate/1.1/context"
_FORMATS: Final = {
    ".ttl": "text/turtle",
    ".trig": "application/trig",
    ".rq": "application/sparql-query",
    ".jsonld": "application/ld+json",
    ".json": "application/csvm+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".md": "text/markdown",
    ".toml": "application/toml",
}
_TOLD: Final = {
    "graph.trig": "The whole graph as it is built: data, facts, propositions and what audits find, in named graphs.",
    "nanopubs.trig": "Each claim as a nanopublication under its Trusty URI, unsigned.",
    "data": "The database: authority files, one file for each source, reviewed links.",
    "ontology": "Every term, with definition, domain, range and example.",
    "shapes": "What well-formed data looks like, in SHACL.",
    "queries": "The named questions, in SPARQL.",
    "mappings": "Which properties of Wikidata say the same as facts.",
    "tables": "Claims, facts and what supports them, pacts, sources, conflicts, and the things that they name, as CSV, with "
    "the metadata of their columns.",
}


def write_crate(project: Project, store: Store, folder: Path) -> list[Path]:
    """Writes the crate into a folder; returns its files, the descriptor first."""
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    files = [
        *_copied(project, folder),
        _written(trig(select(store, "all")), folder / "graph.trig"),
        _written(nanopubs(store, project.licence), folder / "nanopubs.trig"),
        *write_csv(tables(store), folder / "tables", licence=project.licence),
    ]
    descriptor = folder / DESCRIPTOR
    described = json.dumps(
        _metadata(sorted(files), folder, store, project.licence), ensure_ascii=False, indent=2
    )
    descriptor.write_text(f"{described}\n", encoding="utf-8")
    return [descriptor, *sorted(files)]


def _copied(project: Project, folder: Path) -> Iterator[Path]:
    """The files of a project and those that the package gives it, each below its kind."""
    beside = (project.links, project.notes, project.data / "README.md", project.licence_file)
    data = [*project.authority(), *project.sources(), *(path for path in beside if path.is_file())]
    for path in data:
        yield _copy(path, folder / path.relative_to(project.root))
    for kind, paths in (
        ("ontology", project.ontology()),
        ("shapes", project.shapes()),
        ("queries", project.queries()),
        ("mappings", [project.mapping]),
    ):
        yield from (_copy(path, folder / kind / path.name) for path in paths)


def _copy(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return target


def _written(pieces: Iterable[bytes], path: Path) -> Path:
    with path.open("wb") as file:
        file.writelines(pieces)
    return path


def _metadata(files: list[Path], folder: Path, store: Store, licence: Licence | None) -> Mapping[str, Any]:
    names = [path.relative_to(folder).as_posix() for path in files]
    folders = sorted({name.partition("/")[0] for name in names if "/" in name})
    authors = list(_authors(store))
    graph = [
        {
            "@id": DESCRIPTOR,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        _root(names, folders, store, licence, [author["@id"] for author in authors]),
        *(_folder(name, names) for name in folders),
        *(_file(path, name) for path, name in zip(files, names, strict=True)),
        _program(),
        *authors,
        *([{"@id": licence.address, "@type": "CreativeWork", "name": licence.name}] if licence else []),
    ]
    return {"@context": [_CONTEXT, {"sha256": "http://schema.org/sha256"}], "@graph": graph}


def _root(
    names: list[str], folders: list[str], store: Store, licence: Licence | None, authors: list[str]
) -> Mapping[str, Any]:
    sources = sum(name.startswith("data/sources/") for name in names)
    day = _last_day(store)
    parts = [*(f"{name}/" for name in folders), *(name for name in names if "/" not in name)]
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Claims about international pacts, from {sources:,} sources",
        "description": "A knowledge graph in which every claim is tied to the passage that makes it: who says what of which "
        "pact, in which source and where in it; with the facts that follow, and all dissent.",
        **({"datePublished": day, "version": day} if day else {}),
        **({"license": {"@id": licence.address}} if licence else {}),
        **({"author": _named(authors), "publisher": _named(authors)} if authors else {}),
        "hasPart": _named(sorted(parts)),
        "mentions": {"@id": "#pactgraph"},
    }


def _folder(name: str, names: list[str]) -> Mapping[str, Any]:
    inside = [each for each in names if each.startswith(f"{name}/")]
    return {
        "@id": f"{name}/",
        "@type": "Dataset",
        "name": name,
        "description": _TOLD[name],
        "hasPart": _named(inside),
    }


def _file(path: Path, name: str) -> Mapping[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    told = {"description": _TOLD[name]} if name in _TOLD else {}
    described = {"conformsTo": {"@id": "http://www.w3.org/ns/csvw"}} if path.name == METADATA else {}
    return {
        "@id": name,
        "@type": "File",
        "name": path.name,
        **told,
        "encodingFormat": _FORMATS.get(path.suffix, "text/plain"),
        "contentSize": str(path.stat().st_size),
        "sha256": digest,
        **described,
    }


def _named(names: list[str]) -> Any:
    """One reference, or several: https://www.researchobject.org/ro-crate/specification/1.1/appendix/jsonld.html."""
    found = [{"@id": name} for name in names]
    return found[0] if len(found) == 1 else found


def _authors(store: Store) -> Iterator[Mapping[str, Any]]:
    """Whoever the runs are associated with and is no program."""
    known = group(authority(store))
    labels = Labels(known)
    agents = {agent for p in known.values() for agent in iris(p, PROV.wasAssociatedWith) if agent in known}
    for agent in sorted(agents, key=lambda node: node.value):
        if PROV.SoftwareAgent not in known[agent].get(RDF.type, ()):
            yield {
                "@id": agent.value,
                "@type": "Organization",
                "name": labels.label(agent),
                "url": agent.value,
            }


def _program() -> Mapping[str, Any]:
    return {
        "@id": "#pactgraph",
        "@type": "SoftwareApplication",
        "name": "PactGraph",
        "softwareVersion": VERSION,
    }


def _last_day(store: Store) -> str | None:
    """The last day on which a run recorded claims."""
    recorded = (
        str(getattr(triple.object, "value", ""))
        for triple in authority(store)
        if triple.predicate == PACT.recordedOn
    )
    return max((day for day in recorded if len(day) == len("2024-01-12")), default=None)
