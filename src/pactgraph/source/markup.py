"""HTML to lines of text in the order of reading, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pactgraph.dates import Edtf
from pactgraph.errors import AddressRefused, PageFault
from pactgraph.passage import normal_words
from pactgraph.source.address import check
from pactgraph.source.extras import need
from pactgraph.source.published import DateBasis, find_published

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DOING: Final = "Reading HTML"
_ELEMENTS: Final = 20_000
_DEPTH: Final = 200
_ATTRIBUTES: Final = 1_000
_CLASSES: Final = 10_000
"""A page of more is refused before it is made a tree: libxml2 needs minutes for 100,000 attributes, and what looks for
the article takes seconds for so many elements and so long a class. News pages have some thousands, 30 deep."""

_THOROUGH: Final = 6_000
"""Elements up to which a second opinion on the article is heard; its time grows with their square."""

_GUESSED: Final = 1_000_000
"""Bytes up to which a date is looked for in all words."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
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
    size: int

    def published(self, url: str | None, latest: date | None) -> tuple[Edtf | None, DateBasis | None]:
        """When the page was published and how that is known; see `find_published`."""
        return find_published(self.tree, url, latest, guess=self.size <= _GUESSED)


def read_markup(words: str, where: str) -> Markup:
    """The article of an HTML page; raises PageFault where it has none, or is no page that anybody would write."""
    data = _CONTROL.sub("", words).encode()
    elements = _gauge(data, where)
    tree = _tree(data, where)
    known, lines = _take_apart(tree, where, fast=elements > _THOROUGH)
    title = _words(known.title)
    return Markup(
        lines="\n".join([*_with_headline(lines, title), ""]),
        title=title,
        publisher=_words(known.sitename),
        authors=tuple(each for each in map(_words, (known.author or "").split(";")) if each),
        language=tree.xpath(_SHOWN_LANGUAGE) or None,
        canonical=_address(known.url),
        tree=tree,
        size=len(data),
    )


class _Gauge:
    """Counts what a parser meets, and stops it; see https://lxml.de/parsing.html#the-target-parser-interface."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._seen = self._depth = 0

    def start(self, tag: str, attributes: Any) -> None:
        self.comment()
        self._depth += 1
        self._require(self._depth <= _DEPTH, f"its elements are nested more than {_DEPTH} deep")
        self._require(len(attributes) <= _ATTRIBUTES, f"an element has more than {_ATTRIBUTES:,} attributes")
        self._require(len(attributes.get("class", "")) <= _CLASSES, "an element has a class without end")

    def end(self, tag: str) -> None:
        self._depth -= 1

    def comment(self, *_: str) -> None:
        self._seen += 1
        self._require(self._seen <= _ELEMENTS, f"it has more than {_ELEMENTS:,} elements")

    def _require(self, fine: bool, otherwise: str) -> None:
        if not fine:
            raise PageFault(otherwise, where=self._where, hint=_HINT)

    pi = comment

    def close(self) -> int:
        return self._seen


def _gauge(data: bytes, where: str) -> int:
    """How many elements and comments it has."""
    etree = need("lxml.etree", _DOING)
    try:
        return int(etree.fromstring(data, etree.HTMLParser(target=_Gauge(where), encoding="utf-8")))
    except etree.XMLSyntaxError as error:
        raise _no_page(where) from error


def _tree(data: bytes, where: str) -> HtmlElement:
    html, etree = need("lxml.html", _DOING), need("lxml.etree", _DOING)
    try:
        tree: HtmlElement = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError as error:
        raise _no_page(where) from error
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    for element in tree.iter():
        _clean(element)
    _free_captions(tree)
    return tree


def _clean(element: Any) -> None:
    """Character references bring in what was taken out of the words."""
    for part in ("text", "tail"):
        words = getattr(element, part)
        if words and _CONTROL.search(words):
            setattr(element, part, _CONTROL.sub("", words))
    for name, value in element.items():
        if _CONTROL.search(value):
            element.set(name, _CONTROL.sub("", value))


def _free_captions(tree: HtmlElement) -> None:
    """A caption becomes a paragraph: with its picture it would be cleared away, and it has dates and names."""
    etree = need("lxml.etree", _DOING)
    for figure in tree.xpath("//figure[.//figcaption]"):
        for caption in figure.xpath(".//figcaption"):
            paragraph = etree.SubElement(figure, "p")
            paragraph.text = _words(caption.text_content())
            caption.drop_tree()
        figure.tag = "div"


def _take_apart(tree: HtmlElement, where: str, *, fast: bool) -> tuple[Any, list[str]]:
    """What the page says of itself, and its article; the date is not asked for here, as it comes without its basis."""
    trafilatura = need("trafilatura", _DOING)
    dates = {"extensive_search": False, "original_date": True, "max_date": "9000-01-01"}
    try:
        known = trafilatura.extract_metadata(tree, date_config=dates)
        found = trafilatura.bare_extraction(tree, include_comments=False, fast=fast)
        lines = list(_lines(found.body)) if found is not None else []
    except Exception as error:  # whatever this stumbles over, the page is at fault
        raise _no_page(where) from error
    if not lines:
        raise _no_page(where)
    return known, lines


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
    """Words in one line; None where there are none."""
    return normal_words(_CONTROL.sub("", given or "")) or None


def _address(url: str | None) -> str | None:
    try:
        return check(url) if url else None
    except AddressRefused:
        return None


def _no_page(where: str) -> PageFault:
    return PageFault("no article is found in the page", where=where, hint=_HINT)
