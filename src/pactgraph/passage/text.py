"""The normal form of a source's text, and the way between its offsets and the file's.

Normal form: the file's bytes are strict UTF-8; a byte order mark at the start is dropped; CRLF and CR become
LF; then Unicode Normalization Form C (https://www.unicode.org/reports/tr15/). Offsets count code points, as
https://www.w3.org/TR/annotation-model/#text-position-selector asks, of this form.

What changes length is a whole grapheme cluster (https://www.unicode.org/reports/tr29/) or a CRLF: a seam.
Between seams the two texts run in step. An offset inside a seam stands for the seam's start, on either side.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from unicodedata import is_normalized, normalize

from pactgraph.errors import EncodingFault, contents

_BOM = "\ufeff"
_CRLF = re.compile("\r\n")


@dataclass(frozen=True, slots=True)
class Seam:
    """A stretch of another length: `raw_start` to `raw_end` in the file, `start` to `end` in normal form."""

    raw_start: int
    raw_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it was read (`raw`, with any byte order mark) and in normal form; `read` makes it."""

    name: str
    normal: str = field(repr=False)
    raw: str = field(repr=False)
    seams: tuple[Seam, ...] = field(default=(), repr=False)

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the normal form in UTF-8."""
        return digest(self.normal)

    def to_file(self, offset: int) -> int:
        """The code point of the decoded file at which `offset` of the normal form stands; monotone.

        Raises IndexError when `offset` is not within 0 to the length of the normal form.
        """
        _inside(offset, self.normal)
        nth = bisect_right(self.seams, offset, key=lambda seam: seam.start) - 1
        return offset if nth < 0 else _shift(offset, self.seams[nth], back=True)

    def from_file(self, offset: int) -> int:
        """The offset in the normal form of a code point of the decoded file: undoes `to_file` outside seams;
        monotone.

        Raises IndexError when `offset` is not within 0 to the length of the decoded file.
        """
        _inside(offset, self.raw)
        nth = bisect_right(self.seams, offset, key=lambda seam: seam.raw_start) - 1
        return offset if nth < 0 else _shift(offset, self.seams[nth], back=False)

    def to_byte(self, offset: int) -> int:
        """The byte of the file at which `offset` of the normal form stands."""
        return len(self.raw[: self.to_file(offset)].encode())


def read(path: Path | str, *, name: str | None = None) -> Text:
    """The text of a file, named after its path unless `name` is given.

    Raises EncodingFault if it is not UTF-8, and BadInput if it cannot be read."""
    return decode(contents(Path(path)), name=name or str(path))


def decode(data: bytes, *, name: str = "text") -> Text:
    """The text of the bytes of a file; raises EncodingFault at the first byte that is not UTF-8."""
    try:
        raw = data.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise _encoding_fault(error, name, line=_line(data[: error.start])) from error
    return normalise(raw, name=name)


def normalise(raw: str, *, name: str = "text") -> Text:
    """The text of a decoded file; raises EncodingFault when it has a lone surrogate."""
    try:
        raw.encode()
    except UnicodeEncodeError as error:
        raise _encoding_fault(error, name, line=_line(raw[: error.start].encode())) from error
    seams = tuple(_seams(raw))
    return Text(name=name, normal=_normal(raw.removeprefix(_BOM)), raw=raw, seams=seams)


def normal_words(words: str) -> str:
    """A few words as they are compared and named: in Unicode NFC, one space between them, none around."""
    return " ".join(normalize("NFC", words).split())


def digest(words: str) -> str:
    """Hexadecimal SHA-256 of the words in UTF-8."""
    return sha256(words.encode()).hexdigest()


def _normal(words: str) -> str:
    return normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))


def _clusters(raw: str) -> Iterator[tuple[int, int]]:
    """Every stretch whose length may differ; the whole of it is CRLFs when the text is composed already."""
    if is_normalized("NFC", raw):
        return (found.span() for found in _CRLF.finditer(raw))
    import regex

    return (found.span() for found in regex.finditer(r"\X", raw))


def _seams(raw: str) -> Iterator[Seam]:
    shift = 0
    if raw.startswith(_BOM):
        yield Seam(0, 1, 0, 0)
        shift = 1
    for start, end in _clusters(raw):
        length = len(_normal(raw[start:end]))
        if length != end - start:
            yield Seam(start, end, start - shift, start - shift + length)
            shift += end - start - length


def _shift(offset: int, seam: Seam, *, back: bool) -> int:
    start, end, to_start, to_end = seam.raw_start, seam.raw_end, seam.start, seam.end
    if back:
        start, end, to_start, to_end = to_start, to_end, start, end
    return to_start if offset < end else offset - end + to_end


def _inside(offset: int, words: str) -> None:
    if not 0 <= offset <= len(words):
        raise IndexError(f"offset {offset} is not within 0 to {len(words)}")


def _line(before: bytes) -> int:
    return len(re.findall(rb"\r\n|\r|\n", before)) + 1


def _encoding_fault(error: UnicodeDecodeError | UnicodeEncodeError, name: str, *, line: int) -> EncodingFault:
    unit = "byte" if isinstance(error, UnicodeDecodeError) else "code point"
    return EncodingFault(
        f"not UTF-8 at {unit} {error.start}: {error.reason}", offset=error.start, where=name, line=line
    )
