"""HTML to lines of text in the order of reading, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

from pactgraph.dates import Edtf
from pactgraph.errors import AddressRefused, PageFault
from pactgraph.passage import normal_words
from pactgraph.source.address import check
from pactgraph.source.extras import need
from pactgraph.source.published import DateBasis, find_published

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DOING: Final = "Reading HTML"
_ELEMENTS: Final = 50_000
_DEPTH: Final = 200
_ATTRIBUTES: Final = 1_000
"""A tree of more is refused before it is made: libxml2 needs minutes for an element with 100,000 attributes, and what
looks for the article takes seconds for so many elements. News pages have some thousands, 30 deep."""

_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f]|&#(?:0*(?:[0-8]|11|1[4-9]|2[0-9]|3[01]|127)|[xX]0*(?:[0-8bBeEfF]|1[0-9a-fA-F]|7[fF]))(?![0-9a-fA-F]);?"
)
"""No tree can hold them, and terminals obey some."""

_HINT: Final = "Save the article's text as a file of its own, and give that."
_BLOCKS: Final = frozenset({"head", "p", "item", "quote", "code", "row", "lb", "ab", "list", "table", "div"})
_SHOWN_LANGUAGE: Final = (
    "string((/html/@lang | //meta[translate(@http-equiv, 'CLANGUE', 'clangue')='content-language']/@content"
    " | //meta[@property='og:locale']/@content)[1])"
)


@dataclass(frozen=True, slots=True)
class Markup:
    """What was found in HTML; `lines` is the text, each paragraph on a line of its own."""

    lines: str
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    language: str | None
    canonical: str | None
    tree: HtmlElement

    def published(self, url: str | None, latest: date | None) -> tuple[Edtf | None, DateBasis | None]:
        """When the page was published and how that is known; see `find_published`."""
        return find_published(self.tree, url, latest)


def read_markup(words: str, where: str) -> Markup:
    """The article of an HTML page; raises PageFault where it has none, or is no page that anybody would write."""
    data = _CONTROL.sub("", words).encode()
    _gauge(data, where)
    tree = _tree(data, where)
    known = _metadata(tree)
    title = _words(known.title)
    lines = _with_headline(list(_lines(_body(tree, where))), title)
    return Markup(
        lines="\n".join([*lines, ""]),
        title=title,
        publisher=_words(known.sitename),
        authors=tuple(each for each in map(_words, (known.author or "").split(";")) if each),
        language=tree.xpath(_SHOWN_LANGUAGE) or None,
        canonical=_address(known.url),
        tree=tree,
    )


class _Gauge:
    """Counts what a parser meets, and stops it; see https://lxml.de/parsing.html#the-target-parser-interface."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._seen = self._depth = 0

    def start(self, tag: str, attributes: Any) -> None:
        self.comment()
        self._depth += 1
        if self._depth > _DEPTH:
            raise PageFault(f"its elements are nested more than {_DEPTH} deep", where=self._where, hint=_HINT)
        if len(attributes) > _ATTRIBUTES:
            raise PageFault(
                f"an element has more than {_ATTRIBUTES:,} attributes", where=self._where, hint=_HINT
            )

    def end(self, tag: str) -> None:
        self._depth -= 1

    def comment(self, *_: str) -> None:
        self._seen += 1
        if self._seen > _ELEMENTS:
            raise PageFault(f"it has more than {_ELEMENTS:,} elements", where=self._where, hint=_HINT)

    pi = comment

    def close(self) -> None:
        """The parser asks for it."""


def _gauge(data: bytes, where: str) -> None:
    etree = need("lxml.etree", _DOING)
    try:
        etree.fromstring(data, etree.HTMLParser(target=_Gauge(where), encoding="utf-8"))
    except etree.XMLSyntaxError as error:
        raise _no_page(where) from error


def _tree(data: bytes, where: str) -> HtmlElement:
    html, etree = need("lxml.html", _DOING), need("lxml.etree", _DOING)
    try:
        tree: HtmlElement = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError as error:
        raise _no_page(where) from error
    _free_captions(tree)
    return tree


def _free_captions(tree: HtmlElement) -> None:
    """A caption becomes a paragraph: with its picture it would be cleared away, and it has dates and names."""
    etree = need("lxml.etree", _DOING)
    for figure in tree.xpath("//figure[.//figcaption]"):
        for caption in figure.xpath(".//figcaption"):
            paragraph = etree.SubElement(figure, "p")
            paragraph.text = normal_words(caption.text_content())
            caption.drop_tree()
        figure.tag = "div"


def _metadata(tree: HtmlElement) -> Any:
    """Its date is not looked at: it does not say how it is known."""
    trafilatura = need("trafilatura", _DOING)
    known = trafilatura.extract_metadata(
        tree, date_config={"extensive_search": False, "original_date": True, "max_date": "9000-01-01"}
    )
    return known


def _body(tree: HtmlElement, where: str) -> Any:
    found = need("trafilatura", _DOING).bare_extraction(tree, include_comments=False)
    if found is None or not (found.text or "").strip():
        raise _no_page(where)
    return found.body


def _lines(body: Any) -> Iterator[str]:
    """The words between two beginnings or ends of blocks; the cells of a row stand in one line."""
    pieces: list[str] = []
    for piece in (*_pieces(body), None):
        if piece is not None:
            pieces.append(piece)
            continue
        if line := _words("".join(pieces)):
            yield line
        pieces = []


def _pieces(element: Any) -> Iterator[str | None]:
    """Its words in order, with None where a line ends."""
    around = None if element.tag in _BLOCKS else " " if element.tag == "cell" else ""
    yield from (around, element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield around


def _with_headline(lines: list[str], title: str | None) -> list[str]:
    """The headline comes first; a page whose text begins without it gets the one that it declares."""
    if title is None or title.casefold() in (line.casefold() for line in lines[:3]):
        return lines
    return [title, *lines]


def _words(given: str | None) -> str | None:
    """Without control characters, which a terminal would obey; None where nothing is left."""
    printed = "".join(letter for letter in given or "" if category(letter) != "Cc" or letter.isspace())
    return normal_words(printed) or None


def _address(url: str | None) -> str | None:
    try:
        return check(url) if url else None
    except AddressRefused:
        return None


def _no_page(where: str) -> PageFault:
    return PageFault("no article is found in the page", where=where, hint=_HINT)
