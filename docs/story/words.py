"""Sentences that stay grammatical, and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pactgraph.pages import Told
from story.reading import Graph


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 source`, `1,122 claims`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def verb(number: int, one: str, many: str) -> str:
    """The form of a verb that goes with a number."""
    return one if number == 1 else many


def listed(names: Iterable[str]) -> str:
    """`one`, `one and two`, `one, two and three`."""
    known = list(names)
    return " and ".join([", ".join(known[:-1]), known[-1]] if len(known) > 1 else known)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; a column whose head starts with `#` holds numbers."""
    marks = ["---:" if head.startswith("#") else "---" for head in heads]
    lines = [[head.removeprefix("#") for head in heads], marks, *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|")


def paragraph(*sentences: str) -> str:
    """Sentences as one paragraph; empty ones are left out."""
    return " ".join(sentence for sentence in sentences if sentence)


def who(graph: Graph, claim: Told) -> str:
    """The speaker and the source of a claim, linked to the file that holds it."""
    publisher = graph.name(claim.publisher) if claim.publisher else ""
    speaker = graph.name(claim.speaker)
    link = f"[{publisher or speaker}](../data/sources/{claim.source.value.rpartition('/')[2]}.ttl)"
    return link if speaker == publisher else f"{speaker}, in {link}"


def all_who(graph: Graph, claims: Iterable[Told]) -> str:
    """The speakers of some claims, each once, in order of speaking."""
    return "; ".join(dict.fromkeys(who(graph, claim) for claim in claims))


def bounded(graph: Graph, claim: Told) -> str:
    """The number of a count, with its bound: `about 30`."""
    parts = graph.parts(claim)
    bound = f"{graph.name(parts['bound'])} " if "bound" in parts else ""
    return f"{bound}{int(parts['value'].value):,}"
