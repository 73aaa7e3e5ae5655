"""A small invented world as a project that is built, so that its claims have become facts."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.building import build
from pactgraph.graph.turtle import write
from pactgraph.project import Project
from pactgraph.store import Store, open_store
from pactgraph.vocabulary import PROV
from small_world import SmallWorld, ontology


def built(world: SmallWorld, folder: Path) -> Store:
    """The world's store, resolved; a source is a file of its own, all else is authority."""
    own = world.triples[len(ontology()) :]
    source = {t.subject: t.object for t in own if t.predicate == PROV.wasDerivedFrom}
    files: dict[str, list[object]] = {"authority/world": []}
    for triple in own:
        node = source.get(triple.subject, triple.subject)
        assert isinstance(node, NamedNode)
        place = node.value.partition("#")[0].rpartition("/id/")[2]
        name = (
            f"sources/{place.removeprefix('source/')}" if place.startswith("source/") else "authority/world"
        )
        files.setdefault(name, []).append(triple)
    for name, triples in files.items():
        path = folder / "data" / f"{name}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write(triples), encoding="utf-8")  # type: ignore[arg-type]
    (folder / "data" / "sources").mkdir(exist_ok=True)
    store = open_store(":memory:")
    build(Project(folder), store, validated=False)
    return store
