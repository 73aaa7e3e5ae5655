"""Does every claim stand in its passage? Each is held against the text of its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.audit.reading import Lexicon, Reader, read_lexicon
from pactgraph.audit.shelf import Shelf
from pactgraph.audit.support import faults, position
from pactgraph.claim import Claim
from pactgraph.errors import BadInput
from pactgraph.graph.sources import SourceFile, read_source
from pactgraph.passage import Placement, Status, Text, find_words, locate
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
    """There is no text at hand, or no more of a passage is known than a locator."""


_WORST_FIRST = (Status.GONE, Status.CHANGED, Status.MOVED, Status.UNCHECKED)


class Standing(StrEnum):
    """Whether the text at hand is the one that the passages were measured on."""

    RECORDED = "as recorded"
    """Its digest is the recorded one."""
    CHANGED = "changed"
    """It has another digest; its passages may stand all the same."""
    UNRECORDED = "not recorded"
    """No digest of it was recorded: its passages are known only by their locators."""
    MISSING = "missing"
    """There is no text at hand."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with its verdict and the reasons for any but `verified`.

    `by_locator` tells that it is unchecked only because no more than a locator is known of a passage of it.
    """

    claim: NamedNode
    source: NamedNode
    passage: NamedNode
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    by_locator: bool = False


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
        """How many claims have each verdict, but for those that `by_locator` counts; every verdict is named."""
        counts = Counter(check.verdict for check in self.checked if not check.by_locator)
        return {verdict: counts[verdict] for verdict in Verdict}

    @property
    def by_locator(self) -> int:
        """How many claims are unchecked because they are known only by a locator."""
        return sum(check.by_locator for check in self.checked)

    @property
    def texts(self) -> Mapping[Standing, int]:
        """How many sources have a text of each standing; every standing is named."""
        counts = Counter(held.standing for held in self.held)
        return {standing: counts[standing] for standing in Standing}

    @property
    def proved(self) -> bool:
        """Whether something is verified, and everything that is known by more than a locator."""
        others = [check.verdict for check in self.checked if not check.by_locator]
        return bool(others) and all(verdict is Verdict.VERIFIED for verdict in others)


def verify(project: Project, texts: Path, sources: Iterable[Path] | None = None) -> Verification:
    """Checks the claims of all source files, or of those given, against the texts in a folder.

    A text is found by the source's `pact:capture`, by its digest, or as `<name of the source>.txt`. Raises UsageError where there is no such
    folder, and BadInput where a file of data or a text cannot be read.
    """
    shelf, lexicon = Shelf(texts), read_lexicon(project)
    checked: list[Checked] = []
    held: list[Held] = []
    for path in project.sources() if sources is None else sources:
        source = read_source(path)
        text = shelf.text_of(source)
        held.append(Held(source.source, _standing(source, text), text.name if text else None))
        checked += check_source(source, text, lexicon)
    return Verification(tuple(checked), tuple(held))


def _standing(source: SourceFile, text: Text | None) -> Standing:
    if text is None:
        return Standing.MISSING
    if source.text_sha256 is None:
        return Standing.UNRECORDED
    return Standing.RECORDED if text.sha256 == source.text_sha256 else Standing.CHANGED


def check_source(source: SourceFile, text: Text | None, lexicon: Lexicon) -> list[Checked]:
    """Each claim of a source held against a text, in order of its place; all are unchecked without one."""
    reader = Reader(source, text, lexicon) if text else None
    try:
        order = sorted(source.claims.items(), key=lambda item: (_place(source, item[1]), item[0].value))
        return [_checked(node, claim, source, reader) for node, claim in order]
    except BadInput as fault:
        fault.where = fault.where or source.path
        raise


def _checked(node: NamedNode, claim: Claim, source: SourceFile, reader: Reader | None) -> Checked:
    nodes = _passages(claim)
    unknown = [each for each in nodes if reader is None or source.passage(each) is None]
    located = all(source.locator(each) is not None for each in unknown)
    if reader is None:
        reason = "known only by its locator" if located else "there is no text of the source at hand"
        return Checked(node, source.source, claim.passage, Verdict.UNCHECKED, (reason,), located)
    verdict, reasons = _judge(claim, reader)
    by_locator = located and verdict is Verdict.UNCHECKED
    return Checked(node, source.source, claim.passage, verdict, tuple(reasons), by_locator)


def _passages(claim: Claim) -> tuple[NamedNode, ...]:
    return claim.passage, *claim.also_at, *claim.resolved_from


def _judge(claim: Claim, reader: Reader) -> tuple[Verdict, list[str]]:
    found = {node: _placement(node, reader) for node in _passages(claim)}
    for status in _WORST_FIRST:
        if reasons := [_became(node, p, reader) for node, p in found.items() if p.status is status]:
            return Verdict(status.value), reasons
    reasons = list(faults(claim, reader))
    return (Verdict.UNSUPPORTED if reasons else Verdict.VERIFIED), reasons


def _placement(node: NamedNode, reader: Reader) -> Placement:
    if passage := reader.source.passage(node):
        return locate(reader.text, passage)
    if words := reader.source.locator(node):
        places = find_words(reader.text.normal, words)
        return Placement(Status.UNCHECKED if places else Status.GONE, tuple(places))
    return Placement(Status.UNCHECKED)


def _became(node: NamedNode, placement: Placement, reader: Reader) -> str:
    if words := reader.source.locator(node):
        return _located(words, placement, reader)
    if placement.status is Status.UNCHECKED:
        return f"{position(node)} has no offsets or no digest: pactgraph format --texts makes them"
    now = f": see {placement.span}" if placement.span else ""
    return f"{position(node)} is {placement.status}{now}"


def _located(words: str, placement: Placement, reader: Reader) -> str:
    if not placement.places:
        return f"its locator “{words}” does not stand in {reader.text.name}, the text of {reader.source.path}"
    places = ", ".join(map(str, placement.places))
    return f"known only by its locator “{words}”, which stands in {reader.text.name} at {places}"


def _place(source: SourceFile, claim: Claim) -> tuple[int, int, int, str]:
    """As in the file: by offsets, then by the words that are known."""
    if passage := source.passage(claim.passage):
        return 0, passage.span.start, passage.span.end, ""
    return 1, 0, 0, source.locator(claim.passage) or ""
