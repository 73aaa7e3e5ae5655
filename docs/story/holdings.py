"""What the data holds: sources by month, language and publisher, claims by property."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pactgraph.dates.words import MONTHS
from pactgraph.pages import Told
from pactgraph.pages.cells import Cell, Row, Several, When, text
from story.reading import Graph, local, when
from story.words import count, listed, paragraph, table, verb

NAMED = 3
"""Sources of a publisher that is named; those with fewer are counted."""
FREQUENT = 10
"""Claims of a property that has a row of its own."""
LANGUAGES = {
    "bg": "Bulgarian",
    "de": "German",
    "en": "English",
    "fr": "French",
    "hr": "Croatian",
    "it": "Italian",
    "no": "Norwegian",
    "ro": "Romanian",
    "ru": "Russian",
    "sr": "Serbian",
    "uk": "Ukrainian",
}
"""Languages by their codes; a language that is not here is shown by its code."""


def holdings(graph: Graph) -> Iterator[str]:
    """The section."""
    publishers = Counter(name for row in graph.sources for name in _texts(row["publisher"]))
    languages = Counter(_language(row) for row in graph.sources)
    yield "## What is in it"
    yield paragraph(*_size(graph, len(publishers)), *_passages(graph))
    yield f"{count(len(graph.sources), 'source')} by month of publication:"
    yield _by_month(graph)
    yield paragraph(f"By language: {_tally(languages)}.", *_by_publisher(publishers))
    yield f"{count(len(graph.claims), 'claim')} by what is claimed:"
    yield _by_predicate(graph)
    yield paragraph(*_by_voice(graph))


def _size(graph: Graph, publishers: int) -> Iterator[str]:
    sources, claims = len(graph.sources), len(graph.claims)
    origins = graph.origins(graph.claims)
    yield (
        f"{count(sources, 'source')} of {count(publishers, 'publisher')} {verb(sources, 'makes', 'make')} "
        f"{count(claims, 'claim')}."
    )
    yield (
        "Sources that repeat one interview, release or wire story are one witness: "
        f"together they have {count(origins, 'independent origin')}."
    )


def _passages(graph: Graph) -> Iterator[str]:
    located = sum(claim.passage in graph.by_locator for claim in graph.claims)
    proved = len(graph.claims) - located
    if proved:
        yield (
            f"{count(proved, 'claim')} {verb(proved, 'has its passage', 'have their passages')} by position and "
            f"digest, so that `verify` proves {verb(proved, 'it', 'them')} on the text."
        )
    if located:
        yield (
            f"{count(located, 'claim')} {verb(located, 'has its passage', 'have their passages')} by a locator of a "
            "few words only: where to look, not yet proved."
        )


def _by_month(graph: Graph) -> str:
    found: Counter[tuple[int, int]] = Counter(month for row in graph.sources if (month := _month(row)))
    rows = []
    for year in sorted({year for year, _ in found}):
        numbers = [found[year, month] for month in range(1, 13)]
        rows.append((str(year), *(number or "" for number in numbers), sum(numbers)))
    undated = len(graph.sources) - found.total()
    told = f"\n\n{count(undated, 'source')} {verb(undated, 'has', 'have')} no date of publication."
    return table(("", *(f"#{name[:3]}" for name in MONTHS), "#year"), rows) + (told if undated else "")


def _month(row: Row) -> tuple[int, int] | None:
    """The month in which a source was published at the latest."""
    cell = row["published"]
    days = cell.cells if isinstance(cell, Several) else ()
    first = next((day.edtf for day in days if isinstance(day, When)), None)
    published = when(first)
    return (published.last.year, published.last.month) if published and published.last else None


def _texts(cell: Cell) -> list[str]:
    """Each of several."""
    return [text(each) for each in cell.cells] if isinstance(cell, Several) else [text(cell)]


def _language(row: Row) -> str:
    code = text(row["language"])
    return LANGUAGES.get(code, code or "not told")


def _tally(numbers: Mapping[str, int]) -> str:
    """`English 120, German 6 and Ukrainian 5`."""
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return listed(f"{name} {number:,}" for name, number in ordered)


def _by_publisher(publishers: Mapping[str, int]) -> Iterator[str]:
    named = {name: number for name, number in publishers.items() if number >= NAMED}
    others = len(publishers) - len(named)
    if named:
        yield f"By publisher: {_tally(named)}."
    if named and others:
        yield f"{count(others, 'other')} {verb(others, 'has', 'have')} fewer than {NAMED} each."


def _by_predicate(graph: Graph) -> str:
    claims: dict[str, list[Told]] = {}
    for claim in graph.claims:
        claims.setdefault(graph.name(claim.predicate), []).append(claim)
    rows = [
        (name, len(told), len({claim.source for claim in told}), graph.origins(told))
        for name, told in sorted(claims.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    shown = [row for row in rows if row[1] >= FREQUENT]
    rest = rows[len(shown) :]
    if rest:
        sources = {c.source for name, *_ in rest for c in claims[name]}
        origins = graph.origins(c for name, *_ in rest for c in claims[name])
        words = count(len(rest), "rarer property", "rarer properties")
        shown.append((words, sum(row[1] for row in rest), len(sources), origins))
    return table(("property", "#claims", "#sources", "#origins"), shown)


def _by_voice(graph: Graph) -> Iterator[str]:
    yield f"By how it is said: {_tally(Counter(graph.name(claim.modality) for claim in graph.claims))}."
    denied = sum(local(claim.polarity) == "Denied" for claim in graph.claims)
    if denied:
        yield f"{count(denied, 'claim')} {verb(denied, 'is a denial', 'are denials')}."
    own = sum(local(claim.quotation) == "OwnVoice" for claim in graph.claims)
    speakers = len({claim.speaker for claim in graph.claims if local(claim.quotation) != "OwnVoice"})
    yield (
        f"{count(own, 'claim')} {verb(own, 'is', 'are')} made in the voice of the source itself, "
        f"{len(graph.claims) - own:,} by {count(speakers, 'speaker')} whom they quote."
    )
