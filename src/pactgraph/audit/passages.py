"""Does every claim stand in its passage? Each is held against the text of its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.audit.reading import Lexicon, Reader, read_lexicon
from pactgraph.audit.support import faults, position
from pactgraph.claim import Claim
from pactgraph.errors import BadInput, EncodingFault, UsageError
from pactgraph.graph.sources import SourceFile, read_source
from pactgraph.passage import Placement, Status, Text, locate, read
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


class Standing(StrEnum):
    """Whether the text at hand is the one that the passages were measured on."""

    RECORDED = "as recorded"
    """Its digest is the recorded one."""
    CHANGED = "changed"
    """It has another digest; its passages may stand all the same."""
    MISSING = "missing"
    """There is no text at hand."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with its verdict and the reasons for any but `verified`."""

    claim: NamedNode
    source: NamedNode
    passage: NamedNode
    verdict: Verdict
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A source with the text that its claims were held against."""

    source: NamedNode
    standing: Standing
    text: str | None = None
    """The text's path."""


@dataclass(frozen=True, slots=True)
class Verification:
    """All claims checked, in order of source and passage, and the texts that they were held against."""

    checked: tuple[Checked, ...]
    held: tuple[Held, ...] = ()

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many claims have each verdict; every verdict is named."""
        counts = Counter(check.verdict for check in self.checked)
        return {verdict: counts[verdict] for verdict in Verdict}

    @property
    def texts(self) -> Mapping[Standing, int]:
        """How many sources have a text of each standing; every standing is named."""
        counts = Counter(held.standing for held in self.held)
        return {standing: counts[standing] for standing in Standing}

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
    shelf, lexicon = _Shelf(texts), read_lexicon(project)
    checked: list[Checked] = []
    held: list[Held] = []
    for path in project.sources() if sources is None else sources:
        source = read_source(path)
        text = shelf.text_of(source)
        held.append(Held(source.source, _standing(source, text), text.name if text else None))
        checked += _check_source(source, text, lexicon)
    return Verification(tuple(checked), tuple(held))


class _Shelf:
    """The texts of a folder, read when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def text_of(self, source: SourceFile) -> Text | None:
        named = self._folder / Path(source.capture).name if source.capture else None
        if named and named.is_file():
            return read(named)
        return self._by_digest.get(source.text_sha256 or "")

    @cached_property
    def _by_digest(self) -> dict[str, Text]:
        texts: dict[str, Text] = {}
        for path in sorted(self._folder.glob("*.txt")):
            with suppress(EncodingFault):  # no source asks for this file by name
                text = read(path)
                texts[text.sha256] = text
        return texts


def _standing(source: SourceFile, text: Text | None) -> Standing:
    if text is None:
        return Standing.MISSING
    return Standing.RECORDED if text.sha256 == source.text_sha256 else Standing.CHANGED


def _check_source(source: SourceFile, text: Text | None, lexicon: Lexicon) -> list[Checked]:
    reader = Reader(source, text, lexicon) if text else None
    try:
        order = sorted(source.claims.items(), key=lambda item: (_start(source, item[1]), item[0].value))
        return [_checked(node, claim, source, reader) for node, claim in order]
    except BadInput as fault:
        fault.where = fault.where or source.path
        raise


def _checked(node: NamedNode, claim: Claim, source: SourceFile, reader: Reader | None) -> Checked:
    if reader is None:
        verdict, reasons = Verdict.UNCHECKED, ["there is no text of the source at hand"]
    else:
        verdict, reasons = _judge(claim, reader)
    return Checked(node, source.source, claim.passage, verdict, tuple(reasons))


def _judge(claim: Claim, reader: Reader) -> tuple[Verdict, list[str]]:
    nodes = (claim.passage, *claim.also_at, *claim.resolved_from)
    found = {node: _placement(node, reader) for node in nodes}
    for status in _WORST_FIRST:
        if reasons := [_became(node, p) for node, p in found.items() if p.status is status]:
            return Verdict(status.value), reasons
    reasons = list(faults(claim, reader))
    return (Verdict.UNSUPPORTED if reasons else Verdict.VERIFIED), reasons


def _placement(node: NamedNode, reader: Reader) -> Placement:
    passage = reader.source.passage(node)
    return locate(reader.text, passage) if passage else Placement(Status.UNCHECKED)


def _became(node: NamedNode, placement: Placement) -> str:
    if placement.status is Status.UNCHECKED:
        return f"{position(node)} has no offsets or no digest: pactgraph format --texts makes them"
    now = f": see {placement.span}" if placement.span else ""
    return f"{position(node)} is {placement.status}{now}"


def _start(source: SourceFile, claim: Claim) -> tuple[int, int]:
    passage = source.passage(claim.passage)
    return (passage.span.start, passage.span.end) if passage else (0, 0)
