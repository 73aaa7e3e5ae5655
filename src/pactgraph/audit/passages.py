"""Does every claim stand in its passage? Each is held against the text of its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.audit.support import Reader, faults
from pactgraph.claim import Claim
from pactgraph.errors import UsageError
from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import group, read_triples
from pactgraph.graph.sources import SourceFile, read_source
from pactgraph.passage import Status, Text, locate, read
from pactgraph.project import Project


class Verdict(StrEnum):
    """What the text says of a claim; the worst of its passages decides."""

    VERIFIED = "verified"
    """Its passages stand where they stood, and name its party, value and date."""
    MOVED = "moved"
    """The same words stand elsewhere in the text."""
    CHANGED = "changed"
    """Other words stand at the place."""
    GONE = "gone"
    """The words are no longer there."""
    UNSUPPORTED = "unsupported"
    """The passage stands, but does not say what is claimed."""
    UNCHECKED = "unchecked"
    """There is no text at hand, or no more than a locator."""


_WORST_FIRST = (Status.GONE, Status.CHANGED, Status.MOVED, Status.UNCHECKED)


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with its verdict and the reasons for any but `verified`."""

    claim: NamedNode
    source: NamedNode
    passage: NamedNode
    verdict: Verdict
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """All claims checked, in order of source and passage."""

    checked: tuple[Checked, ...]

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many claims have each verdict; every verdict is named."""
        counts = Counter(check.verdict for check in self.checked)
        return {verdict: counts[verdict] for verdict in Verdict}

    @property
    def proved(self) -> bool:
        """Whether there were claims and every one is verified."""
        return bool(self.checked) and all(check.verdict is Verdict.VERIFIED for check in self.checked)


def verify(project: Project, texts: Path, sources: Iterable[Path] | None = None) -> Verification:
    """Checks the claims of all source files, or of those given, against the texts in a folder.

    A text is found by the source's `pact:capture`, or else by its digest. Raises UsageError where there is no such
    folder, and BadInput where a file of data or a text cannot be read.
    """
    if not texts.is_dir():
        raise UsageError(f"{texts} is not a folder of texts")
    shelf = _Shelf(texts)
    labels = read_labels(project)
    files = project.sources() if sources is None else sources
    return Verification(
        tuple(check for path in files for check in _check_source(read_source(path), shelf, labels))
    )


def read_labels(project: Project) -> Labels:
    """The names of everything in the ontology and the authority data."""
    return Labels(
        group(t for path in (*project.ontology(), *project.authority()) for t in read_triples(path))
    )


class _Shelf:
    """The texts of a folder, read when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_digest: dict[str, Text] | None = None

    def text_of(self, source: SourceFile) -> Text | None:
        named = self._folder / source.capture if source.capture else None
        if named and named.is_file():
            return read(named)
        return self._digests().get(source.text_sha256 or "")

    def _digests(self) -> dict[str, Text]:
        if self._by_digest is None:
            found = (read(path) for path in sorted(self._folder.glob("*.txt")))
            self._by_digest = {text.sha256: text for text in found}
        return self._by_digest


def _check_source(source: SourceFile, shelf: _Shelf, labels: Labels) -> Iterator[Checked]:
    text = shelf.text_of(source)
    reader = Reader(source, text, labels) if text else None
    order = sorted(source.claims.items(), key=lambda item: (_start(source, item[1]), item[0].value))
    for node, claim in order:
        verdict, reasons = _judge(source, claim, text, reader)
        yield Checked(node, source.source, claim.passage, verdict, tuple(reasons))


def _judge(
    source: SourceFile, claim: Claim, text: Text | None, reader: Reader | None
) -> tuple[Verdict, Iterable[str]]:
    if text is None or reader is None:
        return Verdict.UNCHECKED, ["there is no text of the source at hand"]
    found = {
        node: _status(source, node, text) for node in (claim.passage, *claim.also_at, *claim.resolved_from)
    }
    for status in _WORST_FIRST:
        if status in found.values():
            return Verdict(status), [f"{_position(n)} is {status}" for n, s in found.items() if s is status]
    reasons = list(faults(claim, reader))
    return (Verdict.UNSUPPORTED if reasons else Verdict.VERIFIED), reasons


def _status(source: SourceFile, node: NamedNode, text: Text) -> Status:
    passage = source.passage(node)
    return Status.UNCHECKED if passage is None else locate(text, passage).status


def _start(source: SourceFile, claim: Claim) -> tuple[int, int]:
    passage = source.passage(claim.passage)
    return (passage.span.start, passage.span.end) if passage else (0, 0)


def _position(node: NamedNode) -> str:
    return node.value.partition("#")[2]
