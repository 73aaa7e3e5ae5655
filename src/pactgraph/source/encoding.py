"""The characters of bytes that come without a promise: which encoding, or why it is no text at all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pactgraph.errors import PageFault

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_KINDS: Final = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "compressed"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image, sound or film"),
    (b"{\\rtf", "a rich text document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
_META: Final = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_XML: Final = re.compile(
    rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})", re.IGNORECASE
)
_PRESCAN: Final = 4096
_SAMPLE: Final = 1 << 18
_WEB: Final = frozenset(
    "utf-8 utf-16 utf-16-le utf-16-be cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 "
    "iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic cp874 cp1250 cp1251 "
    "cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 gbk gb18030 big5 big5hkscs euc_jp iso2022_jp shift_jis cp932 "
    "euc_kr cp949".split()
)
"""Python's names of https://encoding.spec.whatwg.org/#names-and-labels; none of them runs code or unpacks."""

_AS_ON_THE_WEB: Final = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gbk"}
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ODD: Final = 0.01
"""The share of control characters from which on it is no text."""


_SAVE: Final = "Save its text as a file of its own, and give that."


def decode(data: bytes, declared: str | None = None, *, where: Path | str | None = None) -> str:
    """The text of bytes; `declared` is the encoding that the server named. Raises PageFault where it is no text.

    A byte order mark decides, then valid UTF-8 that has more than ASCII, then what server and page declare, and last
    what the letters look like. A declaration that does not fit the bytes is passed over.
    """
    if not data.strip():
        raise PageFault("it is empty", where=where)
    for mark, kind in _OTHER_KINDS:
        if data.startswith(mark):
            raise PageFault(f"it is {kind}, not a page of text", where=where, hint=_SAVE)
    text = next(_readings(data, declared), None)
    if text is None:
        raise PageFault(
            "its encoding cannot be told", where=where, hint="Save it as UTF-8 and give it again."
        )
    return _printable(text, where)


def _readings(data: bytes, declared: str | None) -> Iterator[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield from _decoded(data[len(mark) :], encoding)
            return
    if not data.isascii():
        yield from _decoded(data, "utf-8")
    for name in _declared(data, declared):
        yield from _decoded(data, name)
    yield from _decoded(data, _guessed(data))


def _declared(data: bytes, declared: str | None) -> Iterator[str]:
    """What server and page say, by Python's names, as far as the web knows them."""
    labels = [declared] if declared else []
    labels += [
        found[1].decode("ascii") for found in (_XML.search(data), _META.search(data, 0, _PRESCAN)) if found
    ]
    for label in labels:
        try:
            name = codecs.lookup(label).name
        except (LookupError, ValueError):
            continue
        name = _AS_ON_THE_WEB.get(name, name)
        wide = name.startswith("utf-16")
        if name in _WEB and wide == (b"\0" in data):
            yield name


def _decoded(data: bytes, name: str | None) -> Iterator[str]:
    try:
        if name is not None:
            yield data.decode(name)
    except (UnicodeError, LookupError):
        return


def _guessed(data: bytes) -> str | None:
    """By the letters of the beginning, up to the end of a line where there is one."""
    if data.isascii():
        return "ascii"
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    best = from_bytes(sample[: sample.rfind(b"\n") + 1] or sample).best()
    return best.encoding if best else None


def _printable(text: str, where: Path | str | None) -> str:
    if (nul := text.find("\0")) >= 0:
        raise PageFault(f"it is binary: character {nul:,} is a NUL", where=where, hint=_SAVE)
    if sum(1 for _ in _CONTROL.finditer(text)) > max(_ODD * len(text), 3):
        raise PageFault("it is binary: full of control characters", where=where, hint=_SAVE)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise PageFault("it is empty", where=where)
    return text
