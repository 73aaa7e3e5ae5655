"""Where a text may be cut: between words, between characters, never inside a number.

Words and characters are those of https://www.unicode.org/reports/tr29/ (default word boundaries, extended
grapheme clusters). On top of them, for passages:

- A number is one piece with its sign, currency and unit: `-5`, `$61.5`, `US$61`, `61%`, `1,061`, `1 061`,
  `$61 billion`, and so are numbers joined by a hyphen, dash, slash or colon: `2023-24`, `10–15`, `24/7`,
  `10:30`; so is the number of `B-52` and `mid-2024`, and a number in English words: `twenty-nine`, `nine
  million`.
- A hyphen between words parts them (`north-south`), except after a prefix that turns the word around
  (`non-member`, `ex-minister`).
- The possessive `'s` may be cut off its word; any other apostrophe inside a word may not.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regex import Pattern

INSIDE_WORD, BREAK, INSIDE_NUMBER = range(3)

_MAGNITUDE = r"""(?:
    hundred | thousand | million | billion | trillion | bn | mln | bln
    | сотень | тисяч\p{L}* | мільйон\p{L}* | мільярд\p{L}* | трильйон\p{L}* | тис | млн | млрд | трлн
) (?![\p{L}\p{N}])"""
_NUMBER = (
    r"""
    (?: (?<![\p{L}\p{N}]) \p{L}{0,3} \p{Sc} | (?<=\p{L}) [-‐‑‒–−] | (?<![\p{L}\p{N}]) [-+−] \p{Sc}? )?
    (?: (?<![\p{N}.,]) \p{N}{1,3} (?: [ \u00a0\u2009\u202f] \p{N}{3} (?!\p{N}) )+ | \p{N}+ )
    (?: (?: [.,'’٫٬] | [-‐‑‒–−/:] (?:\p{L}{0,3}\p{Sc})? ) \p{N}+ )*
    (?: [%‰°] | \p{Sc} )?
"""
    rf"(?: [ \u00a0\u202f-] {_MAGNITUDE} )?"
)
_UNIT = "one | two | three | four | five | six | seven | eight | nine"
_ORDINAL = "first | second | third | fourth | fifth | sixth | seventh | eighth | ninth"
_TEN = "twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety"
_TEEN = "ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen"
_SPELLED = rf"""
    (?<![\p{{L}}\p{{N}}])
    (?i: (?:{_TEN}) - (?:{_UNIT}|{_ORDINAL}) | {_UNIT} | {_TEEN} | {_TEN} ) (?![\p{{L}}\p{{N}}])
    (?: [ \u00a0\u202f-] {_MAGNITUDE} )*
"""
_POSSESSIVE = r"(?<=[\p{L}\p{N}]) (?=['’] [sS] (?![\p{L}\p{N}]))"
_TURNED = r"""
    (?<![\p{L}\p{N}])
    (?: [Nn]on | [Uu]n | [Aa]nti | [Ee]x | [Pp]seudo | [Qq]uasi | [Vv]ice | [Нн]е | [Аа]нти | [Ее]кс | [Вв]іце
    ) [-‐‑] (?=\p{L})
"""


@cache
def _compiled(pattern: str) -> Pattern[str]:
    import regex

    return regex.compile(pattern, regex.VERBOSE)


@lru_cache(maxsize=16)
def word_breaks(text: str) -> bytes:
    """For each offset from 0 to the length: 1 at a default word boundary, else 0."""
    flags = bytearray(len(text) + 1)
    for found in _compiled(r"(?w)\b").finditer(text):
        flags[found.start()] = BREAK
    flags[0] = flags[-1] = BREAK
    return bytes(flags)


@lru_cache(maxsize=16)
def breaks(text: str) -> bytes:
    """For each offset from 0 to the length: BREAK where a passage may start or end, else why it may not."""
    flags = bytearray(word_breaks(text))
    for found in _compiled(_POSSESSIVE).finditer(text):
        flags[found.start()] = BREAK
    for found in _compiled(_TURNED).finditer(text):
        flags[found.end()] = INSIDE_WORD
    for pattern in (_NUMBER, _SPELLED):
        for found in _compiled(pattern).finditer(text):
            inside = found.end() - found.start() - 1
            flags[found.start() + 1 : found.end()] = bytes([INSIDE_NUMBER]) * inside
    return bytes(flags)


@lru_cache(maxsize=16)
def character_breaks(text: str) -> bytes:
    """For each offset from 0 to the length: 1 between two extended grapheme clusters, else 0."""
    flags = bytearray(len(text) + 1)
    for found in _compiled(r"\X").finditer(text):
        flags[found.start()] = BREAK
    flags[-1] = BREAK
    return bytes(flags)


@lru_cache(maxsize=16)
def starts(text: str) -> list[int]:
    """The offsets at which a passage may start: breaks before anything but white space."""
    flags = breaks(text)
    return [offset for offset, letter in enumerate(text) if flags[offset] == BREAK and not letter.isspace()]


@lru_cache(maxsize=16)
def words(text: str) -> list[tuple[int, int]]:
    """Start and end of every piece between two default word boundaries that has a letter or a digit."""
    flags = word_breaks(text)
    cuts = [offset for offset, flag in enumerate(flags) if flag]
    return [(start, end) for start, end in pairwise(cuts) if any(map(str.isalnum, text[start:end]))]
