"""Numbers and money as they are printed, what values the words can stand for, and as they are said. Nothing is repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

_UNITS: Final = "one two three four five six seven eight nine".split()
_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_WORDS: Final = {
    "zero": 0,
    **{word: number for words in ([*_UNITS, *_TEENS], _ORDINALS) for number, word in enumerate(words, 1)},
    **{word: number * 10 for number, word in enumerate(_TENS, 2)},
    **{f"{word[:-1]}ieth": number * 10 for number, word in enumerate(_TENS, 2)},
}
_SCALES: Final = {
    **dict.fromkeys(("thousand", "k"), 10**3),
    **dict.fromkeys(("million", "millions", "mln", "mn", "m"), 10**6),
    **dict.fromkeys(("billion", "billions", "bln", "bn", "b"), 10**9),
    **dict.fromkeys(("trillion", "trillions", "trn", "tn"), 10**12),
}
_SAID: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_SCALE: Final = rf"(?P<scale>{'|'.join(_SCALES)})\b"
_NUMERAL: Final = re.compile(
    r"(?<![\w.,])(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?(?:(?:st|nd|rd|th)\b)?"
    rf"(?:[\s-]?{_SCALE})?(?![0-9]|[.,][0-9])",
    re.IGNORECASE,
)
_SMALL: Final = rf"(?:(?:{'|'.join(_TENS)})[\s-](?:{'|'.join([*_UNITS, *_ORDINALS[:9]])})|{'|'.join(_WORDS)})"
_WORDED: Final = re.compile(
    rf"\b(?P<small>{_SMALL})\b(?:[\s-](?P<hundred>hundred)\b(?:\s(?:and\s)?(?P<rest>{_SMALL})\b)?)?(?:[\s-]{_SCALE})?",
    re.IGNORECASE,
)
_TO: Final = re.compile(r"\s*(?:[-–—]|to|and|or)\s*", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[$€£¥₴]")
_NAMED: Final = (
    ("USD", r"US\$|\bU\.?S\.? dollars?"),
    ("CAD", r"\bCA?\$|\bCanadian dollars?"),
    ("AUD", r"\bAU?\$|\bAustralian dollars?"),
    ("NZD", r"\bNZ\$"),
    ("NOK", r"\bNorwegian (?:crowns?|kron\w+)"),
    ("DKK", r"\bDanish (?:crowns?|kron\w+)"),
    ("ISK", r"\bIcelandic (?:crowns?|kr[oó]n\w+)|\bkr[oó]nur\b|\bkróna\b"),
    ("CZK", r"\bkorun\w*"),
    ("SEK", r"\bkronor\b|\bSwedish (?:crowns?|kron\w+)"),
    ("CHF", r"\bfrancs?\b"),
    ("KRW", r"₩|\bwon\b"),
    ("EUR", r"€|\beuros?\b"),
    ("GBP", r"£|\bpounds?\b"),
    ("JPY", r"¥|\byen\b"),
    ("UAH", r"₴|\bhryvnias?\b"),
    ("PLN", r"\bz[lł]ot(?:y|ys|ych)\b"),
)
"""Signs and words that stand for one currency; they are read before the following."""
_SHARED: Final = (
    (("USD", "CAD"), r"(?<![A-Z])\$|\bdollars?\b"),
    (("NOK", "DKK"), r"\bkroner?\b"),
    (("SEK", "ISK"), r"\bkrona\b"),
)
"""Signs and words that several currencies share. An ISO 4217 code always stands for itself."""


def numbers(printed: str) -> frozenset[Decimal]:
    """Every number that the words give, scale words applied: `$38 billion` is 38000000000, `third` is 3."""
    return frozenset((*_numerals(_SIGNS.sub(" ", printed)), *map(_worded, _WORDED.finditer(printed))))


def currencies(printed: str) -> frozenset[str]:
    """The ISO 4217 codes that the printed sign or word can stand for."""
    return frozenset((*_currencies(printed), *re.findall(r"\b[A-Z]{3}\b", printed)))


def say_number(number: Decimal) -> str:
    """`977000000` as `977 million`, `1234.5` as `1,234.5`, `0.25` and `30` as they are."""
    scale, word = next(((s, f" {w}") for s, w in _SAID if abs(number) >= s), (1, ""))
    return f"{plainly(number / scale)}{word}"


def plainly(number: Decimal) -> str:
    """With commas between thousands, and no idle zeros after the point."""
    shown = f"{number:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _numerals(printed: str) -> Iterator[Decimal]:
    """Each number; the first of a range (`5 to 7 billion`) by the scale of the second too."""
    found = list(_NUMERAL.finditer(printed))
    for match in found:
        yield _scaled(match, match["scale"])
    for one, next_ in pairwise(found):
        if not one["scale"] and _TO.fullmatch(printed, one.end(), next_.start()):
            yield _scaled(one, next_["scale"])


def _scaled(numeral: re.Match[str], scale: str | None) -> Decimal:
    plain = Decimal(numeral["number"].replace(",", "") + (numeral["fraction"] or ""))
    return plain * _factor(scale)


def _worded(match: re.Match[str]) -> Decimal:
    value = _small(match["small"])
    if match["hundred"]:
        value = value * 100 + _small(match["rest"] or "zero")
    return Decimal(value * _factor(match["scale"]))


def _small(words: str) -> int:
    return sum(_WORDS[word] for word in re.split(r"[\s-]", words.lower()))


def _factor(scale: str | None) -> int:
    return _SCALES[scale.lower()] if scale else 1


def _currencies(printed: str) -> Iterator[str]:
    rest = printed
    for code, pattern in _NAMED:
        rest, count = re.subn(pattern, " ", rest, flags=re.IGNORECASE)
        yield from [code] * (count > 0)
    for codes, pattern in _SHARED:
        yield from codes if re.search(pattern, rest, re.IGNORECASE) else ()
