"""Items by their ids, searches by name, and questions in SPARQL: asked once, then read from the folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from pactgraph.errors import BadInput, FetchFailed
from pactgraph.store import Bindable, bind
from pactgraph.vocabulary import PREFIXES
from pactgraph.wikidata import answers
from pactgraph.wikidata.asking import MAXLAG, Asker
from pactgraph.wikidata.item import ID, Item, read_item
from pactgraph.wikidata.keeping import MISSING, MOVED, Cache, NotKept, Unreadable

API: Final = "https://www.wikidata.org/w/api.php"
SPARQL: Final = "https://query.wikidata.org/sparql"
BATCH: Final = 50
"""Items of one question, https://www.wikidata.org/w/api.php?action=help&modules=wbgetentities."""

_FOUND: Final = 7
"""Items that a search gives."""
_MOVES: Final = 8
"""Items that one is merged into, one after another, before it is taken for a circle."""
_Answer = TypeVar("_Answer")
_ROWS: Final = "application/sparql-results+json"


class Wikidata:
    """What Wikidata says, as it was first answered; without an asker nothing is asked, and no socket opened.

    With no query service (`sparql`), no query finds an item. With `refresh`, what is kept is asked anew, once; so is what
    is kept and cannot be read. Every method raises NotKept for what would have to be asked and may not, BadInput for
    what cannot be read then, and FetchFailed and AddressRefused where asking fails.
    """

    def __init__(
        self,
        cache: Cache,
        asker: Asker | None,
        *,
        api: str = API,
        sparql: str | None = SPARQL,
        languages: Sequence[str] = ("en",),
        refresh: bool = False,
    ) -> None:
        self._cache, self._asker = cache, asker
        self._api, self._sparql = api, sparql
        self._languages = tuple(dict.fromkeys(("en", "mul", *languages)))
        self._refresh = refresh
        self._fresh: set[str] = set()

    def items(self, names: Iterable[str]) -> Mapping[str, Item]:
        """Items by the ids they are asked for; what was merged is under its old id, too, what was deleted is not there.

        Raises BadInput for what is no id of an item.
        """
        wanted = list(dict.fromkeys(names))
        if wrong := [name for name in wanted if not ID.fullmatch(name)]:
            raise BadInput(f"{wrong[0]!r} is no item of Wikidata", hint="Write it like Q42.")
        self._fetch([name for name in wanted if not self._has(name)])
        found = {name: self._item(name) for name in wanted}
        return {name: item for name, item in found.items() if item is not None}

    def labels(self, names: Iterable[str]) -> Mapping[str, str]:
        """What items are called in English or in all languages alike; whole items, which are large, are not asked for."""
        wanted = list(dict.fromkeys(names))
        lacking = [name for name in wanted if self._label(name) is None]
        if lacking and self._asker is None:
            raise NotKept(f"what {lacking[0]} is called was", self._cache.folder)
        for batch in _batches(lacking, BATCH):
            with self._cache.alone():
                assert self._asker is not None
                told = self._asker.ask(self._api, _api(_labelling(batch)))
            for name, label in answers.labels(batch, told, self._api):
                self._cache.keep_label(name, label)
        return {name: self._label(name) or name for name in wanted}

    def _label(self, name: str) -> str | None:
        """Of an item that is kept, or as it was asked for."""
        try:
            item = self._item(name)
            return item.label if item else name
        except (NotKept, Unreadable):
            return self._cache.label(name)

    def search(self, words: str, language: str = "en") -> tuple[str, ...]:
        """The ids of items with a label or alias that begins like the words, the likeliest first."""
        question = {
            "action": "wbsearchentities", "search": words, "language": language, "uselang": language,
            "type": "item", "limit": str(_FOUND),
        }  # fmt: skip
        return self._answer(self._api, _api(question), f"the search for “{words}” was", answers.hits)

    def select(self, query: str, params: Mapping[str, Bindable]) -> list[Mapping[str, str]]:
        """The rows of a SELECT query with its parameters bound; values without their datatypes."""
        if self._sparql is None:
            return []
        asked = {"query": bind(query, params), "format": "json"}
        return self._answer(self._sparql, asked, "this question was", answers.rows, _ROWS)

    def ids(self, query: str, params: Mapping[str, Bindable]) -> tuple[str, ...]:
        """The items that a query finds as `?item`."""
        found = (row.get("item", "").removeprefix(PREFIXES["wd"]) for row in self.select(query, params))
        return tuple(dict.fromkeys(name for name in found if ID.fullmatch(name)))

    def _item(self, name: str, moves: int = _MOVES) -> Item | None:
        """An item as it is kept; raises NotKept and BadInput."""
        card = self._cache.item(name)
        if card is None:
            raise NotKept(f"{name} was", self._cache.folder)
        if MISSING in card:
            return None
        if MOVED in card:
            if not moves or not ID.fullmatch(str(card[MOVED])):
                raise self._cache.unreadable(name)
            return self._item(str(card[MOVED]), moves - 1)
        try:
            return read_item(card)
        except FetchFailed:
            raise self._cache.unreadable(name) from None

    def _has(self, name: str) -> bool:
        """Whether an item need not be asked for; one that was kept with fewer languages is, where that may be."""
        if name in self._fresh:
            return True
        if self._refresh and self._asker is not None:
            return False
        try:
            self._item(name)
            if self._asker is None or self._cache.languages(name) >= set(self._languages):
                self._fresh.add(name)
        except NotKept:
            return False
        except Unreadable:
            if self._asker is None:
                raise
        return name in self._fresh

    def _fetch(self, names: Sequence[str]) -> None:
        if names and self._asker is None:
            others = f" and {len(names) - 1} more were" if len(names) > 1 else " was"
            raise NotKept(f"{names[0]}{others}", self._cache.folder)
        for batch in _batches(names, BATCH):
            with self._cache.alone():
                self._fetch_batch([name for name in batch if not self._has(name)])

    def _fetch_batch(self, names: Sequence[str]) -> None:
        """The servers cut an answer that is too long, so what it lacks is asked for again while it has anything."""
        assert self._asker is not None
        lacking = list(names)
        while lacking:
            told = self._asker.ask(self._api, _api(self._entities(lacking)))
            cards = dict(answers.cards(lacking, told, self._api))
            for name, card in cards.items():
                self._fresh.add(name)
                self._cache.keep_item(name, card, self._languages)
            lacking, asked = [name for name in lacking if name not in cards], lacking
            if lacking == asked:
                raise FetchFailed(f"the answer lacks {lacking[0]}", where=self._api)

    def _entities(self, names: Sequence[str]) -> Mapping[str, str]:
        return {
            "action": "wbgetentities", "ids": "|".join(names), "redirects": "yes",
            "props": "info|labels|descriptions|aliases|claims", "languages": "|".join(self._languages),
        }  # fmt: skip

    def _answer(
        self,
        address: str,
        question: Mapping[str, str],
        what: str,
        read: Callable[[Any, str], _Answer],
        accept: str = "application/json",
    ) -> _Answer:
        """What was answered, read; only what can be read is kept. Another process may have asked it meanwhile."""
        asked = json.dumps(self._named(address, question), sort_keys=True, ensure_ascii=False)
        if (kept := self._kept_answer(asked)) is not None:
            return read(kept, address)
        if self._asker is None:
            raise NotKept(what, self._cache.folder)
        with self._cache.alone():
            if (kept := self._kept_answer(asked)) is not None:
                return read(kept, address)
            answer = self._asker.ask(address, question, accept)
            found = read(answer, address)
            self._fresh.add(asked)
            self._cache.keep_answer(asked, answer)
        return found

    def _named(self, address: str, question: Mapping[str, str]) -> Mapping[str, str]:
        """A question with the query service that it is for, where that is another than Wikidata's."""
        return question if address in (self._api, SPARQL) else {**question, "service": address}

    def _kept_answer(self, asked: str) -> Any | None:
        if self._refresh and self._asker is not None and asked not in self._fresh:
            return None
        try:
            return self._cache.answer(asked)
        except Unreadable:
            if self._asker is None:
                raise
            return None


def open_wikidata(
    folder: Path,
    *,
    offline: bool = False,
    refresh: bool = False,
    api: str = API,
    sparql: str | None = SPARQL,
    languages: Sequence[str] = ("en",),
    allow_loopback: bool = False,
) -> Wikidata:
    """Wikidata with what is kept in a folder, that of another Wikibase in a folder below; `offline` asks nothing."""
    asker = None if offline else Asker(allow_loopback=allow_loopback)
    cache = Cache(folder if api == API else folder / _folder_name(api))
    return Wikidata(cache, asker, api=api, sparql=sparql, languages=languages, refresh=refresh)


def _folder_name(address: str) -> str:
    """An address as one name of a folder."""
    return re.sub(r"[^A-Za-z0-9.-]+", "_", address.partition("://")[2])[:80].strip("._") or "other"


def _api(question: Mapping[str, str]) -> Mapping[str, str]:
    return {**question, "format": "json", "formatversion": "1", "maxlag": str(MAXLAG)}


def _labelling(names: Sequence[str]) -> Mapping[str, str]:
    return {
        "action": "wbgetentities", "ids": "|".join(names), "redirects": "yes",
        "props": "labels", "languages": "en|mul",
    }  # fmt: skip


def _batches(names: Sequence[str], size: int) -> Iterator[list[str]]:
    rest = iter(names)
    while batch := list(islice(rest, size)):
        yield batch
