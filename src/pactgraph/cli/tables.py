"""Tables that fit the page: columns as wide as they need, words wrapped whole, what does not fit left out and named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

from pactgraph.cli import paper

if TYPE_CHECKING:
    from pactgraph.pages import Listing

_GAP = 2
_NARROW, _LONG = 16, 22
"""A column that wraps is not made narrower than this, or than its longest word; of identifiers, than the latter."""
_NUMBERS = {
    *("claims", "sources", "origins", "conflicts", "pacts", "by locator", "notes", "said", "share"),
    *("precision", "recall", "F1", "hits", "alarms", "misses", "spoke", "right", "wrong"),
}


def print_listing(listing: Listing, form: str) -> None:
    """A table for people, CSV or JSON for programs."""
    from pactgraph.pages.cells import plain_row, text

    if form == "json":
        paper.print_json([plain_row(row) for row in listing.rows])
    elif form == "csv":
        others = [name for name in next(iter(listing.rows), {"iri": ""}) if name not in listing.columns]
        rows = [{name: text(cell) for name, cell in row.items()} for row in listing.rows]
        paper.print_csv((*listing.columns, *others), rows)
    else:
        lines = [{name: text(row[name], brief=True) for name in listing.columns} for row in listing.rows]
        columns = _fitting(listing, lines)
        print_table(columns, [[line[name] for name in columns] for line in lines], apart=listing.apart)


def print_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, apart: int = 0, head: bool = True
) -> None:
    """Rows under a head; a blank line before the last `apart` rows where there are others."""
    needs = [_needs(nth, name, [row[nth] for row in rows]) for nth, name in enumerate(columns)]
    widths = _widths(needs)
    if head:
        _print_row(columns, columns, widths)
        print("─" * (sum(widths) + _GAP * (len(widths) - 1)))
    for nth, row in enumerate(rows):
        if 0 < nth == len(rows) - apart:
            print()
        _print_row(columns, row, widths)


def _print_row(columns: Sequence[str], row: Sequence[str], widths: Sequence[int]) -> None:
    cells = [_wrapped(nth, cell, width) for nth, (cell, width) in enumerate(zip(row, widths, strict=True))]
    for lines in zip_longest(*cells, fillvalue=""):
        placed = [
            line.rjust(width) if name in _NUMBERS else line.ljust(width)
            for name, line, width in zip(columns, lines, widths, strict=True)
        ]
        paper.line((" " * _GAP).join(placed).rstrip())


def _wrapped(nth: int, cell: str, width: int) -> list[str]:
    """The lines of a cell; the identifiers of the first column may break after a hyphen."""
    shown = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in cell)
    return wrap(shown, width, break_on_hyphens=nth == 0)


def _needs(nth: int, name: str, cells: Iterable[str]) -> tuple[int, int]:
    """The least width in which a column can be read, and the width in which nothing wraps."""
    texts = [name, *cells]
    whole = max(map(len, texts))
    words = (word for text in texts for word in (text.replace("-", " ") if nth == 0 else text).split())
    word = max(map(len, words), default=0)
    return max(word, min(whole, _NARROW if nth else _LONG)), whole


def _fitting(listing: Listing, lines: Sequence[Mapping[str, str]]) -> Sequence[str]:
    """The columns of a listing that fit the page; the others are named on stderr."""
    filled = [name for name in listing.columns if not lines or any(line[name] for line in lines)]
    needed = {
        name: _needs(nth, name, [line[name] for line in lines])[0] + _GAP for nth, name in enumerate(filled)
    }
    spare = []
    for name in listing.spare:
        if sum(needed.values()) <= paper.width() + _GAP:
            break
        if needed.pop(name, None):
            spare.append(name)
    if spare:
        left_out = ", ".join(spare)
        paper.say(f"Left out to fit {paper.width()} columns: {left_out}. --format csv has them all.")
    return list(needed)


def _widths(needs: Sequence[tuple[int, int]]) -> list[int]:
    """Each column its least width, and what is left to the columns that wrap, the narrowest first."""
    left = paper.width() - _GAP * (len(needs) - 1)
    if sum(least for least, _ in needs) >= left:
        return _squeezed([least for least, _ in needs], left)
    cap = max(cap for cap in range(1, left + 1) if sum(_capped(need, cap) for need in needs) <= left)
    return [_capped(need, cap) for need in needs]


def _capped(need: tuple[int, int], cap: int) -> int:
    least, whole = need
    return max(least, min(whole, cap))


def _squeezed(widths: list[int], left: int) -> list[int]:
    """Where even the least is too much, the widest columns give way, and long words are cut."""
    while sum(widths) > left and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths
