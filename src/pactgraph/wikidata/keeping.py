"""What Wikidata answered, kept in a folder that git ignores: items at their revisions, and answers to questions."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from pactgraph.errors import BadInput, FetchFailed

MOVED, MISSING, LANGUAGES = "moved", "missing", "languages"
"""Keys of the cards of items that were merged into another, of those that are not there, and of all."""


class NotKept(FetchFailed):
    """What is not in the folder, where nothing may be asked."""

    def __init__(self, what: str, where: Path) -> None:
        super().__init__(f"{what} not kept", where=where, hint="Run it once without --offline.")


class Unreadable(BadInput):
    """A card that was cut short, or that another version wrote."""

    def __init__(self, where: Path) -> None:
        super().__init__("this card cannot be read", where=where, hint="Run it once without --offline.")


class Cache:
    """A folder of cards; each is written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def item(self, name: str) -> Mapping[str, Any] | None:
        """The card of an item: as Wikidata gave it, or what became of it."""
        return self._read(self._place("items", name))

    def unreadable(self, name: str) -> Unreadable:
        """What to raise for the card of an item that is none."""
        return Unreadable(self._place("items", name))

    def languages(self, name: str) -> frozenset[str]:
        """Those in which the names of an item were asked for."""
        told = (self.item(name) or {}).get(LANGUAGES, ())
        return frozenset(map(str, told)) if isinstance(told, list) else frozenset()

    def keep_item(self, name: str, told: Mapping[str, Any], languages: Iterable[str] = ()) -> None:
        """Keeps the card of an item, with the languages that were asked for."""
        self._write(self._place("items", name), {**told, LANGUAGES: sorted(languages)})

    def label(self, name: str) -> str | None:
        """What an item is called, where only that was asked for."""
        card = self._read(self._place("labels", name))
        return str(card["label"]) if card and "label" in card else None

    def keep_label(self, name: str, label: str) -> None:
        """Keeps what an item is called."""
        self._write(self._place("labels", name), {"label": label})

    def answer(self, question: str) -> Any | None:
        """What was answered to a question; None where it was not asked."""
        card = self._read(self._place("answers", sha256(question.encode()).hexdigest()[:32]))
        return card["answer"] if card and card.get("question") == question else None

    def keep_answer(self, question: str, answer: Any) -> None:
        """Keeps an answer, with its question."""
        place = self._place("answers", sha256(question.encode()).hexdigest()[:32])
        self._write(place, {"question": question, "answer": answer})

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Only one process at a time gets past this, so that no two of them ask at once."""
        self._open()
        with open(self.folder / ".lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _place(self, kind: str, name: str) -> Path:
        return self.folder / kind / f"{name}.json"

    def _read(self, path: Path) -> Any | None:
        if not path.is_file():
            return None
        try:
            card = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError):
            card = None
        if not isinstance(card, dict):
            raise Unreadable(path)
        return card

    def _write(self, path: Path, told: Mapping[str, Any]) -> None:
        """The old card or the new one, never half of it."""
        self._open()
        path.parent.mkdir(exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        try:
            fresh.write_text(f"{json.dumps(told, ensure_ascii=False, sort_keys=True)}\n", encoding="utf-8")
            os.replace(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)

    def _open(self) -> None:
        """A new folder hides itself from git."""
        if not self.folder.exists():
            self.folder.mkdir(parents=True)
            (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
