"""When a page was published, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from pactgraph.dates import Edtf, parse
from pactgraph.source.extras import need

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARING: Final = "//meta | //script[@type='application/ld+json']"
_LATER: Final = re.compile("modif|updat", re.IGNORECASE)
_BYLINE: Final = (
    "(//*[@itemprop='datePublished'] | //article//time | //main//time | //header//time)"
    "[not(ancestor::aside or ancestor::nav or ancestor::footer)]"
)
_LAST: Final = date(9000, 1, 1)


class DateBasis(StrEnum):
    """How a date is known, from the surest to the weakest; the ontology has the same words."""

    MARKUP = "Markup"
    ADDRESS = "Address"
    BYLINE = "Byline"
    INFERRED = "Inferred"


def find_published(
    tree: HtmlElement, url: str | None, latest: date | None, *, guess: bool = True
) -> tuple[Edtf | None, DateBasis | None]:
    """The day of publication, in the page's own time, not after `latest`.

    What the page declares comes first, then its address, then the first time in the byline; a date that is only found
    in the words is a guess (`~`), and made only with `guess`. No date of a later change is taken.
    """
    for basis, excerpt, address in (
        (DateBasis.MARKUP, _excerpt(each for each in tree.xpath(_DECLARING) if not _later(each)), ""),
        (DateBasis.ADDRESS, _excerpt(()), url or ""),
        (DateBasis.BYLINE, _excerpt(tree.xpath(_BYLINE)[:1]), ""),
        (DateBasis.INFERRED, tree if guess else _excerpt(()), ""),
    ):
        if day := _find(excerpt, address, latest or _LAST, thorough=basis is DateBasis.INFERRED):
            return parse(f"{day}~" if basis is DateBasis.INFERRED else day), basis
    return None, None


def _find(tree: HtmlElement, url: str, latest: date, *, thorough: bool) -> str | None:
    """A bound for the latest day is always given: without one, today would be it, and today is another day tomorrow."""
    htmldate = need("htmldate", "Reading HTML")
    try:
        day: str | None = htmldate.find_date(
            tree, url=url, original_date=True, extensive_search=thorough, max_date=latest.isoformat()
        )
    except Exception:  # a page that this stumbles over has no date that can be found
        return None
    return day


def _later(element: Any) -> bool:
    """Whether it declares a later change."""
    return any(
        _LATER.search(element.get(name, "")) for name in ("name", "property", "itemprop", "http-equiv")
    )


def _excerpt(elements: Iterable[Any]) -> HtmlElement:
    """A page of some elements alone."""
    html = need("lxml.html", "Reading HTML")
    page: HtmlElement = html.document_fromstring("<html><body><p></p></body></html>")
    for element in elements:
        copied = deepcopy(element)
        copied.tail = None
        page[0].append(copied)
    return page
