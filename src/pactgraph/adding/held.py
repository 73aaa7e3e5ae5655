"""What the graph holds of an article already: its source, what was decided of it before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.claim import Claim
from pactgraph.drafting import Draft, Given
from pactgraph.graph.codec import decode
from pactgraph.graph.nodes import group, iris, one, read_triples
from pactgraph.graph.sources import SourceFile, read_source
from pactgraph.passage import Text
from pactgraph.project import Project
from pactgraph.vocabulary import SCHEMA


@dataclass(frozen=True, slots=True)
class Held:
    """A source of the graph, and the claims of its earlier drafts on which somebody decided."""

    source: SourceFile
    drafted: tuple[Claim, ...] = ()

    @property
    def decided(self) -> frozenset[NamedNode]:
        """The claims that somebody accepted, edited or rejected."""
        return frozenset(self.source.claims) | {claim.iri for claim in self.drafted}

    @property
    def name(self) -> str:
        """The name of the source."""
        return self.source.source.value.rpartition("/")[2]

    def is_same(self, text: Text) -> bool:
        """Whether the passages were measured on this text."""
        return self.source.text_sha256 == text.sha256

    def described(self, given: Given) -> Given:
        """What is known of the article, as the graph has it: its claims must be called as they were."""
        publisher = one(self.source.nodes[self.source.source], SCHEMA.publisher)
        published = self.source.published
        return replace(
            given,
            name=self.name,
            capture=self.source.capture or given.capture,
            publisher=publisher.value if publisher else given.publisher,
            published=published.first if published else None,
        )


def find_held(project: Project, given: Given) -> Held | None:
    """The source of an article: by its name, its text or its address; None where the graph has none."""
    path = source_path(project, given.name)
    found = path if path.is_file() else next(_like(project, given), None)
    if found is None:
        return None
    source = read_source(found)
    name = source.source.value.rpartition("/")[2]
    return Held(source, _claims(draft_path(project, name)))


def _like(project: Project, given: Given) -> Iterator[Path]:
    """The files of sources with that text or address; only those that hold the words are parsed."""
    digest = given.text.sha256.encode()
    address = f"<{given.address}>".encode() if given.address else digest
    for path in project.sources():
        content = path.read_bytes()
        if digest in content or address in content:
            source = read_source(path)
            urls = {url.value for url in iris(source.nodes[source.source], SCHEMA.url)}
            if source.text_sha256 == given.text.sha256 or given.address in urls:
                yield path


def _claims(path: Path) -> tuple[Claim, ...]:
    return tuple(decode(group(read_triples(path)))) if path.is_file() else ()


def source_path(project: Project, name: str) -> Path:
    """The file of a source."""
    return project.data / "sources" / f"{name}.ttl"


def draft_path(project: Project, name: str) -> Path:
    """The file of what a program read there; no build reads it, so it supports no facts."""
    return project.data / "drafts" / f"{name}.ttl"


def undecided(draft: Draft, held: Held | None) -> list[NamedNode]:
    """The claims of a draft that nobody has decided on yet, in order."""
    known = held.decided if held else frozenset()
    return [each.claim.iri for each in draft.claims if each.claim.iri not in known]
