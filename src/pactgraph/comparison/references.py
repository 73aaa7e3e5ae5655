"""A source of ours as a reference of Wikidata: where, by whom, when, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.audit.shelf import Shelf
from pactgraph.claim import Term
from pactgraph.comparison.diff import Comparison, Counterpart, reviewed_items
from pactgraph.comparison.quickstatements import Row, day, plain
from pactgraph.comparison.statements import value_of
from pactgraph.dates import parse, precedes
from pactgraph.errors import UsageError
from pactgraph.graph.sources import SourceFile, read_source
from pactgraph.pages.told import Told
from pactgraph.passage import Text
from pactgraph.passage.text import digest
from pactgraph.project import Project
from pactgraph.source import kept
from pactgraph.store import Store
from pactgraph.vocabulary import PACT, SCHEMA
from pactgraph.wikidata import Correspondence, Kind, Value

MOST_WORDS: Final = 25
"""Of a quotation."""
_LONGEST: Final = 1500
"""Characters that a text of Wikidata may have."""
_WORD: Final = re.compile(r"\S+")
_PARTS: Final = "SELECT ?property ?value { ?node ?property ?value }"
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Sourced:
    """What a reference says of a source."""

    told: Told
    parts: Mapping[NamedNode, Sequence[Term]]
    quotation: str
    retrieved: date | None


class References:
    """Makes references; texts, where they are at hand, give quotations and the day on which they were fetched."""

    def __init__(
        self,
        project: Project,
        store: Store,
        mapping: Correspondence,
        *,
        texts: Path | None = None,
        retrieved: date | None = None,
    ) -> None:
        self._project, self._store, self._reference = project, store, mapping.reference
        self._texts, self._retrieved = texts, retrieved
        self._shelf = Shelf(texts) if texts else None
        self._items = reviewed_items(store)

    def rows(self, comparison: Comparison) -> list[Row]:
        """A row for each statement that may be written and that a source with an address supports.

        Several facts may make one statement; where one of them is disputed, it is not written. Raises UsageError where
        a source was published after the given day of its retrieval.
        """
        disputed = {each.says for each in comparison.counterparts if each.contested}
        found: dict[object, Row] = {}
        for each in comparison.counterparts:
            if each.writable and each.says not in disputed and (row := self._row(each)):
                found.setdefault(each.says, row)
        return sorted(
            found.values(), key=lambda row: (int(row.item[1:]), int(row.property[1:]), row.value.text)
        )

    def _row(self, counterpart: Counterpart) -> Row | None:
        claims = [claim for claim in counterpart.evidence.supporting if _address(claim)]
        if not claims or counterpart.value is None:
            return None
        best = min(map(self._sourced, claims), key=self._order)
        return Row(counterpart.item, counterpart.said.property, counterpart.value, tuple(self._snaks(best)))

    def _order(self, each: Sourced) -> tuple[bool, bool, bool, str, str, str]:
        """What can be quoted goes first, then a publisher that is known there, a title and a day, then the earliest."""
        told = each.told
        return (
            not each.quotation,
            told.publisher not in self._items,
            not (self._title(each) and self._published(each)),
            told.published or "9",
            told.url or "",
            told.claim.value,
        )

    def _snaks(self, source: Sourced) -> Iterator[tuple[str, Value]]:
        """The parts of a reference; what is only inferred of a source is left out."""
        terms, told = self._reference, source.told
        yield terms.url, Value(Kind.TEXT, _address(told))
        if told.publisher and told.publisher in self._items:
            yield terms.stated_in, Value(Kind.ITEM, self._items[told.publisher])
        if title := self._title(source):
            yield terms.title, title
        if published := self._published(source):
            self._require_later(published, _address(told))
            yield terms.published, published
        if retrieved := self._retrieved or source.retrieved:
            yield terms.retrieved, day(retrieved)
        if source.quotation and (language := _language(source)):
            yield terms.quotation, Value(Kind.TEXT, source.quotation, language=language)

    def _require_later(self, published: Value, address: str) -> None:
        given = self._retrieved
        if given and precedes(parse(given.isoformat()), parse(published.text)):
            raise UsageError(
                f"{address} was published on {published.text}, after it was retrieved on {given}"
            )

    def _title(self, source: Sourced) -> Value | None:
        known = [v for v in source.parts.get(SCHEMA.headline, ()) if isinstance(v, Literal)]
        if not known or PACT.headlineBasis in source.parts:
            return None
        text, language = plain(known[0].value), (known[0].language or "").partition("-")[0]
        fits = 0 < len(text) <= _LONGEST and _LANGUAGE.fullmatch(language)
        return Value(Kind.TEXT, text, language=language) if fits else None

    def _published(self, source: Sourced) -> Value | None:
        if PACT.Inferred in source.parts.get(PACT.dateBasis, ()):
            return None
        days = source.parts.get(SCHEMA.datePublished, ())
        return value_of(days[0], self._items) if len(days) == 1 else None

    def _sourced(self, told: Told) -> Sourced:
        rows = self._store.query(_PARTS, {"node": told.source})
        assert isinstance(rows, QuerySolutions)
        parts: dict[NamedNode, list[Term]] = {}
        for row in sorted(rows, key=lambda row: str(row["value"])):
            parts.setdefault(row["property"], []).append(row["value"])
        file = self._files.get(told.source) if self._shelf else None
        text = self._shelf.text_of(file) if self._shelf and file else None
        words = _quotation(told, file, text) if file and text else ""
        return Sourced(told, parts, words, self._fetched(file) if file else None)

    @cached_property
    def _files(self) -> Mapping[NamedNode, SourceFile]:
        return {file.source: file for file in map(read_source, self._project.sources())}

    def _fetched(self, file: SourceFile) -> date | None:
        """The day on which the text was fetched, as its card says."""
        for name in (file.path.stem, Path(file.capture or "").stem):
            with suppress(UsageError):
                page = kept(self._texts, name) if self._texts else None
                if page and page.fetched:
                    return page.fetched.time.date()
        return None


def quote(passage: str, printed: str) -> str:
    """A passage in at most 25 of its words, around those as printed; “…” stands where it was cut."""
    passage = plain(passage)
    words = list(_WORD.finditer(passage))
    if len(words) <= MOST_WORDS:
        return passage
    place = max(passage.find(plain(printed)), 0)
    at = sum(word.end() <= place for word in words)
    first = min(max(0, at - MOST_WORDS // 2), len(words) - MOST_WORDS)
    last = first + MOST_WORDS
    cut = passage[words[first].start() : words[last - 1].end()]
    return f"{'…' if first else ''}{cut}{'…' if last < len(words) else ''}"


def _quotation(told: Told, file: SourceFile, text: Text) -> str:
    """The words of a passage, where they stand in the text as they were recorded."""
    passage = file.passage(told.passage)
    if passage is None:
        return ""
    words = passage.span.of(text.normal)
    return quote(words, told.printed or "") if digest(words) == passage.sha256 else ""


def _address(told: Told) -> str:
    """The address of a source; nothing where it has none that a row could hold."""
    address = told.url or ""
    return address if address.startswith(("https://", "http://")) and address == plain(address) else ""


def _language(source: Sourced) -> str:
    told = [value.value.partition("-")[0] for value in source.parts.get(SCHEMA.inLanguage, ())]
    return told[0] if told and _LANGUAGE.fullmatch(told[0]) else ""
