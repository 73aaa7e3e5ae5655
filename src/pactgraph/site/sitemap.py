"""The addresses of all pages, for search engines: https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

MOST: Final = 50_000
"""As many addresses as one file may have."""
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>'
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(base: str, documents: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """`sitemap.xml` with all pages; where they are too many for one file, with the files that have them."""
    pages = [f"{base}{quote(document)}.html" for document in sorted(documents)]
    if len(pages) <= MOST:
        yield "sitemap.xml", _written("urlset", "url", pages)
        return
    parts = (pages[start : start + MOST] for start in range(0, len(pages), MOST))
    files = [(f"sitemap-{nth}.xml", part) for nth, part in enumerate(parts, 1)]
    yield "sitemap.xml", _written("sitemapindex", "sitemap", (f"{base}{name}" for name, _ in files))
    yield from ((name, _written("urlset", "url", part)) for name, part in files)


def _written(whole: str, part: str, addresses: Iterable[str]) -> bytes:
    lines = "\n".join(f"<{part}><loc>{escape(address)}</loc></{part}>" for address in addresses)
    return f'{_HEAD}\n<{whole} xmlns="{_NAMESPACE}">\n{lines}\n</{whole}>\n'.encode()
