"""Words in a picture: how wide they are, where they break, and that nothing in them can harm."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

SIZE: Final = 13.0
"""The size of letters, in units of the picture. On 190 mm, the width of a printed A4 page, it is more than 9 px."""
_EMS: Final = {
    **dict.fromkeys(" ,.ijl|'’·I", 0.31),
    **dict.fromkeys("-/:;()[]!frtJ", 0.39),
    **dict.fromkeys("cekosvxyzгзсэаотух", 0.57),
    **dict.fromkeys("mwMW@%…ЖШЩЮМЫЪФжшщюмы", 0.96),
}
"""How wide letters are, as the widest of the usual sans serifs draws them."""
_UPPER, _LOWER, _WIDE = 0.74, 0.64, 1.05
_BOLD = 1.1


def clean(words: str) -> str:
    """Words on one line that are well-formed in XML 1.0 (https://www.w3.org/TR/xml/#charsets) and cannot turn about."""
    shown = " ".join(words.split())
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in shown)


def width(words: str, *, bold: bool = False, size: float = SIZE) -> float:
    """How wide words are at most, in units of the picture."""
    return sum(map(_ems, words)) * size * (_BOLD if bold else 1)


def _ems(letter: str) -> float:
    if letter in _EMS:
        return _EMS[letter]
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    return _UPPER if letter.isupper() else _LOWER


def cut(words: str, room: float) -> str:
    """As much of the words as has room, and an ellipsis where that is not all."""
    if width(words) <= room:
        return words
    while words and width(f"{words}…") > room:
        words = words[:-1].rstrip()
    return f"{words}…"


def wrapped(words: str, room: float) -> list[str]:
    """The words in lines that have room; a word that has none is cut."""
    return list(_lines(words.split(), room)) or [""]


def _lines(words: list[str], room: float) -> Iterator[str]:
    line: list[str] = []
    for word in words:
        if line and width(" ".join([*line, word])) > room:
            yield " ".join(line)
            line = []
        line.append(cut(word, room))
    if line:
        yield " ".join(line)
