"""An article as it is given (a file, an address, bytes) with what is told and found out about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from pactgraph.audit.reading import read_lexicon
from pactgraph.drafting.desk import Drafter
from pactgraph.drafting.draft import Draft
from pactgraph.drafting.proposals import slug
from pactgraph.drafting.recipes import read_cookbook
from pactgraph.drafting.sources import Given
from pactgraph.extraction.dateline import find_published
from pactgraph.extraction.extractor import open_extractor
from pactgraph.extraction.lexicon import Lexicon
from pactgraph.extraction.pinning import pin_published
from pactgraph.project import Project, shipped
from pactgraph.source import Page, keep, read_page, source_name
from pactgraph.vocabulary import ID

STDIN: Final = "-"
_SOURCE: Final = f"{ID}source/"
_BYLINE: Final = "Byline"
_INFERRED: Final = "Inferred"
_MARKUP: Final = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller tells of the articles; `recorded` is the day on which they are read."""

    recorded: date
    published: date | None = None
    publisher: str | None = None
    source: str | None = None


def is_address(given: str) -> bool:
    """Whether it is an address on the web and no file."""
    return given.startswith(("http://", "https://"))


def open_drafter(project: Project) -> Drafter:
    """The drafter of a project; raises BadInput where its data or the lexica cannot be read."""
    return Drafter(
        open_extractor(project), read_cookbook(shipped("lexica") / "claims.toml"), read_lexicon(project)
    )


def extract(project: Project, given: Path | bytes, options: Options) -> Draft:
    """The draft of an article in a file or in the bytes of one; nothing of the graph is changed.

    Raises PageFault for what is no page, BadInput where the graph's data cannot be read, and UsageError where the parser
    is not installed.
    """
    page, capture = open_page(given, project.texts)
    drafter = open_drafter(project)
    return drafter.draft(describe(page, capture, drafter.extractor.lexicon, options))


def open_page(given: Path | bytes, texts: Path) -> tuple[Page, str]:
    """The page of a file or of bytes, and the file name of its text.

    The text of a plain file is the file; any other is kept in `texts`. Raises PageFault for what is no page.
    """
    page = read_page(given)
    if isinstance(given, Path):
        page = replace(page, text=replace(page.text, name=str(given)))
        if given.suffix.lower() not in _MARKUP and page.canonical is None and page.title is None:
            return page, given.name
    return page, keep(page, texts, _name(page, given)).name


def _name(page: Page, given: Path | bytes) -> str:
    if isinstance(given, Path):
        return slug(given.stem)
    return source_name(page) if page.canonical else f"text-{page.text.sha256[:8]}"


def describe(page: Page, capture: str, lexicon: Lexicon, options: Options) -> Given:
    """What is known of a page: what the caller tells goes before what the page tells, and that before its words."""
    told = options.source or ""
    published, basis = _published(page, lexicon, options)
    return Given(
        name=told.removeprefix(_SOURCE) if told.startswith(_SOURCE) else slug(Path(capture).stem),
        text=page.text,
        capture=capture,
        recorded=options.recorded,
        address=told if is_address(told) and not told.startswith(ID) else page.address,
        title=page.title,
        publisher=options.publisher or page.publisher,
        published=published,
        basis=basis,
        language=page.language,
    )


def _published(page: Page, lexicon: Lexicon, options: Options) -> tuple[date | None, str | None]:
    if options.published is not None:
        return options.published, None
    if page.published is not None and page.published.first is not None:
        return page.published.first, page.basis.value if page.basis else None
    if found := find_published(page.text.normal, lexicon):
        return found, _BYLINE
    pinned = pin_published(page.text.normal, lexicon)
    return pinned, _INFERRED if pinned else None
