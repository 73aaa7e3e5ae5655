"""What is known of a page that was fetched, to read or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pactgraph.cli.paper import console, line, print_json

if TYPE_CHECKING:
    from pactgraph.source import Page


def print_capture(page: Page, path: Path, form: str) -> None:
    """The page in a few lines; as JSON, all that its card says."""
    if form == "json":
        from pactgraph.source import card

        print_json({"text": str(path), **card(page)})
        return
    console().print(page.title or "(no title)", style="bold", markup=False)
    line("")
    for name, value in (*_rows(page), ("text", str(path))):
        line(f"{name:<9}  {value}")


def _rows(page: Page) -> Iterator[tuple[str, str]]:
    known = (
        ("publisher", page.publisher),
        ("authors", ", ".join(page.authors)),
        ("published", _published(page)),
        ("language", page.language),
        ("words", f"{len(page.text.normal.split()):,}"),
        ("address", page.address),
        ("archived", page.fetched.archived if page.fetched else None),
    )
    return ((name, value) for name, value in known if value)


def _published(page: Page) -> str:
    from pactgraph.dates import say

    if page.published is None or page.basis is None:
        return "not known"
    return f"{say(page.published)} ({_BASES[page.basis.name]})"


_BASES = {
    "MARKUP": "declared by the page",
    "ADDRESS": "from its address",
    "BYLINE": "from its byline",
    "INFERRED": "guessed from its words",
}
