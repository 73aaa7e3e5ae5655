"""The graph as others read it: the syntaxes of RDF, nanopublications, tables, crates. The same store gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pactgraph.errors import UsageError
from pactgraph.exports.crate import write_crate
from pactgraph.exports.files import write_csv, write_parquet
from pactgraph.exports.folders import whole_folder
from pactgraph.exports.jsonld import jsonld
from pactgraph.exports.nanopubs import nanopubs
from pactgraph.exports.selection import PARTS, Named, select
from pactgraph.exports.signing import read_key
from pactgraph.exports.statements import statements
from pactgraph.exports.syntaxes import nquads, ntriples, trig, turtle, turtle12
from pactgraph.exports.tables import tables
from pactgraph.licence import Licence
from pactgraph.project import Project, shipped
from pactgraph.store import Store

__all__ = ["FOLDERS", "FORMATS", "PARTS", "SYNTAXES", "export", "export_folder", "pieces"]

_OF_GRAPHS: Final[Mapping[str, Callable[[Iterable[Named]], Iterator[bytes]]]] = {
    "ttl": turtle,
    "trig": trig,
    "nt": ntriples,
    "nq": nquads,
    "jsonld": jsonld,
    "rdf12": turtle12,
}
SYNTAXES: Final = tuple(_OF_GRAPHS)
"""Turtle, TriG, N-Triples, N-Quads, JSON-LD, Turtle of RDF 1.2: of any part of the graph."""
FOLDERS: Final = ("csv", "parquet", "ro-crate")
"""Tables, and a whole release: folders of several files."""
_NANOPUB: Final = "nanopub"
_WIKIDATA: Final = "wikidata"
FORMATS: Final = (*SYNTAXES, _NANOPUB, _WIKIDATA, *FOLDERS)


def export(
    store: Store,
    *,
    graph: str = "all",
    syntax: str = "ttl",
    key: Path | None = None,
    licence: Licence | None = None,
    mapping: Path | None = None,
) -> bytes:
    """One of `PARTS` in one of `SYNTAXES`, or all claims as nanopublications (`nanopub`), under a `licence` if one is given
    and signed if there is a `key`, or facts as statements in the shape of Wikidata's (`wikidata`), by a `mapping` other than the shipped one if need be.

    TriG and N-Quads keep the named graphs. Raises UsageError for other parts and syntaxes, BadInput for what is no key.
    """
    return b"".join(pieces(store, graph=graph, syntax=syntax, key=key, licence=licence, mapping=mapping))


def pieces(
    store: Store,
    *,
    graph: str = "all",
    syntax: str = "ttl",
    key: Path | None = None,
    licence: Licence | None = None,
    mapping: Path | None = None,
) -> Iterator[bytes]:
    """What `export` gives, piece by piece: memory does not grow with the graph. Raises what it raises."""
    if graph not in PARTS or syntax not in (*SYNTAXES, _NANOPUB, _WIKIDATA):
        known = ", ".join((*SYNTAXES, _NANOPUB, _WIKIDATA))
        raise UsageError(f"export knows the graphs {', '.join(PARTS)} and the syntaxes {known}")
    if key is not None and syntax != _NANOPUB:
        raise UsageError(f"a key signs nanopublications, not {syntax}")
    if syntax in _OF_GRAPHS:
        return _OF_GRAPHS[syntax](select(store, graph))
    _require_whole(syntax, graph)
    if syntax == _WIKIDATA:
        return statements(store, mapping or shipped("mappings") / "wikidata.toml")
    return nanopubs(store, licence, read_key(key) if key else None)


def export_folder(
    project: Project,
    store: Store,
    folder: Path,
    form: str,
    *,
    graph: str = "all",
    spreadsheet: bool = False,
) -> list[Path]:
    """Writes one of `FOLDERS` into a new or empty folder, all or nothing; returns the files.

    With `spreadsheet`, CSV is as programs of that kind open it safely. Raises UsageError for another form or part, and for
    a folder that holds anything; ExtraMissing for Parquet without its package.
    """
    if form not in FOLDERS:
        raise UsageError(f"export writes folders of {', '.join(FOLDERS)}")
    _require_whole(form, graph)
    if spreadsheet and form != "csv":
        raise UsageError(f"spreadsheet programs open csv, not {form}")
    with whole_folder(folder) as fresh:
        files = _written(project, store, fresh, form, spreadsheet)
    return [folder / file.relative_to(fresh) for file in files]


def _written(project: Project, store: Store, folder: Path, form: str, spreadsheet: bool) -> list[Path]:
    match form:
        case "csv":
            return write_csv(tables(store), folder, licence=project.licence, spreadsheet=spreadsheet)
        case "parquet":
            return write_parquet(tables(store), folder)
        case _:
            return write_crate(project, store, folder)


def _require_whole(form: str, graph: str) -> None:
    if graph != "all":
        raise UsageError(f"--format {form} has its own parts; leave --graph {graph} out")
