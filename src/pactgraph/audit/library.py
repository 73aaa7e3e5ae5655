"""The sources of a project, with their texts where these are at hand, and what the data says of their origins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.audit.credits import Credit, find_credits, read_cues, read_publishers
from pactgraph.audit.shelf import Shelf
from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import group, iris, read_triples
from pactgraph.graph.sources import SourceFile, read_source
from pactgraph.passage import Text
from pactgraph.project import Project
from pactgraph.resolution import Question, Rules, Voice, questions, read_rules, voices
from pactgraph.resolution.witnesses import Witnesses
from pactgraph.vocabulary import PACT, SCHEMA


@dataclass(frozen=True, slots=True)
class Read:
    """A source whose text is at hand."""

    file: SourceFile
    text: Text
    credits: tuple[Credit, ...]

    @property
    def source(self) -> NamedNode:
        """The source."""
        return self.file.source

    @property
    def publisher(self) -> NamedNode | None:
        """Who publishes it."""
        return publisher_of(self.file)

    @property
    def speakers(self) -> frozenset[NamedNode]:
        """Who speaks in its claims, other than in the source's own voice."""
        return frozenset(c.speaker for c in self.file.claims.values()) - {self.publisher}


def publisher_of(file: SourceFile) -> NamedNode | None:
    """The publisher of a source."""
    return next(iter(iris(file.nodes[file.source], SCHEMA.publisher)), None)


class Library:
    """All sources of a project, those of them whose texts are at hand, and what the data says of their origins."""

    def __init__(self, project: Project, texts: Path) -> None:
        shelf = Shelf(texts)
        self.project = project
        self.known = group(t for p in (*project.ontology(), *project.authority()) for t in read_triples(p))
        self.labels = Labels(self.known)
        self.files = {file.source: file for file in map(read_source, project.sources())}
        self.read = dict(self._read(shelf))

    def _read(self, shelf: Shelf) -> Iterator[tuple[NamedNode, Read]]:
        cues, publishers = read_cues(self.known), read_publishers(self.known, self.labels)
        for source, file in self.files.items():
            if text := shelf.text_of(file):
                credited = find_credits(text.normal, publisher_of(file), cues, publishers)
                yield source, Read(file, text, tuple(credited))

    @cached_property
    def rules(self) -> Rules:
        """What the ontology and the authority data rule."""
        return read_rules(self.known)

    @cached_property
    def voices(self) -> Sequence[Voice]:
        """All claims, as resolution hears them."""
        return [voice for file in self.files.values() for voice in voices(file.nodes)]

    @cached_property
    def witness(self) -> Mapping[NamedNode, NamedNode]:
        """What stands for each source and all that share its origin."""
        found = {source: self.origins(source) for source in self.files}
        return Witnesses(found, self.rules.occasions).behind(self.files)

    def origins(self, source: NamedNode) -> list[NamedNode]:
        """The origins that the data gives a source."""
        file = self.files[source]
        return iris(file.nodes[source], PACT.origin)

    def judged(self, source: NamedNode, other: NamedNode) -> bool:
        """Whether a reviewer said that a source is a witness of its own beside another, or beside a publisher."""
        return any(b in self._independent(a) for a, b in ((source, other), (other, source)))

    def one_witness(self, source: NamedNode, other: NamedNode) -> bool:
        """Whether the data says already that two sources are one witness."""
        return self.witness[source] == self.witness[other]

    def _independent(self, node: NamedNode) -> list[NamedNode]:
        return iris(self.files[node].nodes[node], PACT.independentOf) if node in self.files else []

    def publisher_of_origin(self, origin: NamedNode) -> NamedNode | None:
        """Whose an origin is."""
        return next(iter(iris(self.known.get(origin, {}), SCHEMA.publisher)), None)

    def kind_of(self, origin: NamedNode) -> NamedNode | None:
        """What kind an origin is of."""
        return next(iter(iris(self.known.get(origin, {}), PACT.originKind)), None)

    def age(self, source: NamedNode) -> tuple[date, str]:
        """What puts sources in the order of their publication."""
        published = self.files[source].published
        return (published.first if published else None) or date.max, source.value

    def heard(self, asked: Collection[Question]) -> Sequence[Voice]:
        """The claims that answer questions."""
        claims = {voice.claim: voice for question in asked for voice in self._answering.get(question, ())}
        return [claims[claim] for claim in sorted(claims, key=str)]

    @cached_property
    def _answering(self) -> Mapping[Question, Sequence[Voice]]:
        found: dict[Question, list[Voice]] = defaultdict(list)
        for voice in self.voices:
            for question in questions(voice, self.rules):
                found[question].append(voice)
        return found
