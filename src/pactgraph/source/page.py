"""A page read: its text in normal form, and what is known of it. From a file or from what a server sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Final

from pactgraph.dates import Edtf
from pactgraph.errors import PageFault
from pactgraph.passage import Text, normalise
from pactgraph.source.encoding import decode
from pactgraph.source.limits import Limits
from pactgraph.source.published import DateBasis

_HTML: Final = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_FILES: Final = (".html", ".htm", ".xhtml")
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))?(?=[-_,;\s]|\Z)")


@dataclass(frozen=True, slots=True)
class Fetched:
    """How a page came here. `time` is UTC; `sha256` is of the bytes after decompression, in hexadecimal digits."""

    url: str
    final_url: str
    time: datetime
    sha256: str
    content_type: str | None = None
    language: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    archived: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page or a text: lines in the order of reading, headline first, and what is known of it.

    `canonical` is the address that the page gives itself; `published` is its date, with `basis` for how that is known.
    `fetched` is None for a file.
    """

    text: Text
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: Edtf | None = None
    basis: DateBasis | None = None
    language: str | None = None
    canonical: str | None = None
    fetched: Fetched | None = field(default=None, repr=False)

    @property
    def address(self) -> str | None:
        """Where the page stood when it was fetched, else what it says itself."""
        return self.fetched.final_url if self.fetched else self.canonical


def read_page(
    given: Path | str | bytes, *, fetched: Fetched | None = None, limits: Limits | None = None
) -> Page:
    """The page in a file, or in the bytes of one: HTML, or plain text.

    Raises PageFault where it is no text, is larger than the limits allow, or is HTML in which no text is found;
    ExtraMissing where HTML is to be read and the packages for it are not installed; OSError as `open` does.
    """
    size = (limits or Limits()).size
    data = given if isinstance(given, bytes) else _bytes(Path(given), size)
    where = fetched.final_url if fetched else None if isinstance(given, bytes) else str(given)
    if len(data) > size:
        raise PageFault(f"it is larger than {size:,} bytes", where=where, hint="Give the article alone.")
    kind, charset = _declared(fetched)
    words = decode(data, charset, where=where)
    name = where or "text"
    if "html" in kind or name.lower().endswith(_HTML_FILES) or _HTML.match(words):
        return _read_html(words, name, fetched)
    return Page(normalise(words, name=name), fetched=fetched, language=_language(fetched))


def _read_html(words: str, name: str, fetched: Fetched | None) -> Page:
    from pactgraph.source.markup import read_markup

    found = read_markup(words, name)
    latest = fetched.time.date() + timedelta(days=1) if fetched else None
    published, basis = found.published(fetched.final_url if fetched else found.canonical, latest)
    return Page(
        text=normalise(found.lines, name=name),
        title=found.title,
        publisher=found.publisher,
        authors=found.authors,
        published=published,
        basis=basis,
        language=language_tag(found.language) or _language(fetched),
        canonical=found.canonical,
        fetched=fetched,
    )


def _bytes(path: Path, size: int) -> bytes:
    """At most one byte more than may be read, so that a file without end is no trap."""
    with path.open("rb") as file:
        return file.read(size + 1)


def _declared(fetched: Fetched | None) -> tuple[str, str | None]:
    """Media type and encoding as the server named them."""
    header = Message()
    header["Content-Type"] = (fetched.content_type if fetched else None) or "application/octet-stream"
    return header.get_content_type(), header.get_content_charset()


def _language(fetched: Fetched | None) -> str | None:
    return language_tag(fetched.language) if fetched else None


def language_tag(given: str | None) -> str | None:
    """A language tag of one or two parts, such as `en` or `pt-BR`; None where it is none."""
    found = _LANGUAGE.match((given or "").strip())
    if not found:
        return None
    language, region = found[1].lower(), found[2]
    return f"{language}-{region.upper() if len(region) == 2 else region}" if region else language
