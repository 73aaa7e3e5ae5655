"""A picture as one page of HTML: drawn, and as a table; it needs no script, no other file and no network."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pactgraph.pictures.lettering import clean

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1a1a1a; --dim: #595959; --line: #c8c8c8; --ground: #fff; --link: #0b4f8a }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e9e7e2; --dim: #b0aca4; --line: #454b53; --ground: #16191d; --link: #9cc8f2 } }
body { font: 16px/1.5 "Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: var(--ground);
  max-width: 70rem; margin: 0 auto; padding: 1rem }
h1 { position: absolute; clip-path: inset(50%) } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem } p { color: var(--dim); margin: 0 0 1rem }
figure { margin: 0; overflow-x: auto } svg { display: block; width: 100%; min-width: 46rem; height: auto }
a { color: var(--link) } a:focus-visible { outline: 2px solid; outline-offset: 2px }
table { border-collapse: collapse; width: 100%; font-size: .875rem } th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0 }
tr { border-top: 1px solid var(--line) } thead tr { border: 0 } tbody th { font-weight: 600 }
@media print { @page { margin: 10mm } :root { --ink: #000; --dim: #444; --line: #bbb; --ground: #fff; --link: #000 }
  body { max-width: none; padding: 0; font-size: 10pt } figure { break-after: page; overflow: visible }
  svg { min-width: 0; max-height: 97vh } table { font-size: 8.5pt; line-height: 1.35 } thead { display: table-header-group } tr { break-inside: avoid } a { text-decoration: none } }
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """Words, and the address that proves them, if any."""

    words: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What a picture shows, in rows; the first cell of a row names it, and each cell may hold several things."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Cell, ...], ...], ...]


def html_page(title: str, subtitle: str, pages: Sequence[str], table: Table) -> str:
    """The page; figures stand on paper alone, and the table after them repeats its head."""
    figures = "".join(f"<figure>\n{_embedded(page)}</figure>\n" for page in pages)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{_text(title)}</h1>\n{figures}"
        f"<h2>{_text(title)} as a table</h2>\n<p>{_text(subtitle)}</p>\n{_table(table)}</main>\n</body>\n</html>\n"
    )


def _embedded(svg: str) -> str:
    """SVG within HTML is in its namespace without saying so."""
    return svg.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in table.columns)
    rows = "\n".join(f"<tr>{_row(row)}</tr>" for row in table.rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n"


def _row(row: Sequence[Sequence[Cell]]) -> str:
    first, *others = map(_cells, row)
    return f'<th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others)


def _cells(cells: Iterable[Cell]) -> str:
    return "; ".join(map(_cell, cells))


def _cell(cell: Cell) -> str:
    if cell.address and cell.address.startswith(("https://", "http://")):
        return f'<a href="{html.escape(clean(cell.address))}">{_text(cell.words)}</a>'
    return _text(cell.words)


def _text(words: str) -> str:
    return html.escape(clean(words))
