"""The local folder of texts, each with a card of where and when it was had. Never committed, and nothing is lost.

A text stands in `<name>.txt`, in normal form; `<name>.json` beside it is its card. A text that is replaced by another
one stays as `<name>.<digits of its digest>.txt`.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from pactgraph.dates import parse
from pactgraph.errors import BadInput, PactGraphError, UsageError
from pactgraph.passage import Text, read
from pactgraph.replacing import replacing
from pactgraph.source.page import Fetched, Page
from pactgraph.source.published import DateBasis

_NAME: Final = re.compile(r"[a-z0-9-]{1,120}")
_WORDS: Final = re.compile(r"[a-z0-9]+")
_LONGEST: Final = 60
_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Drift:
    """How a text differs from an older one: the lines that are gone, and those that are new, each in its order."""

    gone: tuple[str, ...]
    new: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.gone or self.new)


def drift(before: Page, after: Page) -> Drift:
    """What became of the lines of a page; it is falsy where the text is the same."""
    if before.text.sha256 == after.text.sha256:
        return Drift((), ())
    old, new = (page.text.normal.splitlines() for page in (before, after))
    return Drift(_beyond(old, new), _beyond(new, old))


def source_name(page: Page) -> str:
    """The name of a page's source: its host, the last words of its address, and digits that tell it from others."""
    return name_of(page.fetched.url if page.fetched else page.canonical or page.text.name)


def name_of(address: str) -> str:
    """The name of what is had from an address or file; the same each time."""
    parts = urlsplit(address)
    if not parts.netloc:
        return _slug(Path(address).stem) or "text"
    steps = [step for step in unquote(parts.path).split("/") if _WORDS.search(step.lower())]
    host = (parts.hostname or "").removeprefix("www.")
    words = f"{host} {steps[-1].partition('.')[0] if steps else ''}"
    return f"{_slug(words)}-{sha256(address.encode()).hexdigest()[:_DIGITS]}"


def keep(page: Page, folder: Path, name: str | None = None) -> Path:
    """Keeps a page's text, with its card, and gives the path of the text.

    `name` is small letters, digits and hyphens, as of a source; without it, `source_name` gives one. A folder that is
    made for this is ignored by git. Raises UsageError for a name that is none or that another address has, OSError where nothing can be written.
    """
    name = name or source_name(page)
    _require_other(kept(folder, name), page, name)
    _open_folder(folder)
    path = folder / f"{name}.txt"
    content = page.text.normal.encode()
    if path.exists() and path.read_bytes() != content:
        _set_aside(path)
    _write(path, content)
    told = json.dumps(card(page), ensure_ascii=False, indent=2)
    _write(path.with_suffix(".json"), f"{told}\n".encode())
    return path


def kept(folder: Path, name: str) -> Page | None:
    """The page that is kept under a name; None where there is none, or where its text was changed by hand.

    Raises BadInput for a card that cannot be read.
    """
    _require_name(name)
    path = folder / f"{name}.txt"
    beside = path.with_suffix(".json")
    if not (path.is_file() and beside.is_file()):
        return None
    try:
        told = json.loads(beside.read_text(encoding="utf-8"))
        page = _page(told, read(path))
        return page if told["text_sha256"] == page.text.sha256 else None
    except (ValueError, KeyError, TypeError, AttributeError, PactGraphError) as error:
        raise BadInput(
            "this card of a text cannot be read", where=beside, hint="Remove it and fetch again."
        ) from error


def _page(told: Mapping[str, Any], text: Text) -> Page:
    fetched = _fetched(told["fetched"]) if told["fetched"] else None
    return Page(
        text=replace(text, name=fetched.final_url if fetched else text.name),
        title=told["title"],
        publisher=told["publisher"],
        authors=tuple(told["authors"]),
        published=parse(told["published"]) if told["published"] else None,
        basis=DateBasis(told["basis"]) if told["basis"] else None,
        language=told["language"],
        canonical=told["canonical"],
        fetched=fetched,
    )


def _fetched(told: Mapping[str, Any]) -> Fetched:
    when = datetime.fromisoformat(told["time"]).astimezone(UTC)
    return Fetched(**{**told, "time": when})


def card(page: Page) -> Mapping[str, Any]:
    """What is known of a page, for programs: everything but its words."""
    fetched = page.fetched
    return {
        "title": page.title,
        "publisher": page.publisher,
        "authors": list(page.authors),
        "published": page.published.text if page.published else None,
        "basis": page.basis.value if page.basis else None,
        "language": page.language,
        "canonical": page.canonical,
        "text_sha256": page.text.sha256,
        "fetched": asdict(fetched) | {"time": fetched.time.isoformat()} if fetched else None,
    }


def _beyond(lines: list[str], others: list[str]) -> tuple[str, ...]:
    """The lines that others lack, as often as they lack them."""
    left, found = Counter(others), []
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
        elif line:
            found.append(line)
    return tuple(found)


def _slug(words: str) -> str:
    return "-".join(_WORDS.findall(words.lower()))[:_LONGEST].strip("-")


def _require_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name of a source: use small letters, digits and hyphens")


def _require_other(before: Page | None, page: Page, name: str) -> None:
    """No source takes the place of another one."""
    held = before.fetched.url if before and before.fetched else None
    if held and page.fetched and held != page.fetched.url:
        raise UsageError(f"the name {name} is that of {held}: choose another one")


def _open_folder(folder: Path) -> None:
    """A new folder hides itself from git: an article's text is its publisher's."""
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _set_aside(path: Path) -> None:
    digits = sha256(path.read_bytes()).hexdigest()[:_DIGITS]
    for old in (path, path.with_suffix(".json")):
        if old.exists():
            os.replace(old, old.with_name(f"{old.stem}.{digits}{old.suffix}"))


def _write(path: Path, content: bytes) -> None:
    """The old file or the new one, never half of it."""
    with replacing(path) as fresh:
        fresh.write_bytes(content)
