"""Numbers and money as they are printed: what values the words can stand for. Nothing is repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

_UNITS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS: Final = {
    name: number
    for number, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_WORDS: Final = {name: number for number, name in enumerate(_UNITS)} | {
    name: (number + 2) * 10 for number, name in enumerate(_TENS)
}
_SCALES: Final = {
    **dict.fromkeys(("thousand", "k"), 10**3),
    **dict.fromkeys(("million", "millions", "mln", "mn", "m"), 10**6),
    **dict.fromkeys(("billion", "billions", "bln", "bn", "b"), 10**9),
    **dict.fromkeys(("trillion", "tn"), 10**12),
}
_NUMERAL: Final = re.compile(
    r"(?<![\w.,])(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?"
    r"(?:st|nd|rd|th)?(?:[\s-]?(?P<scale>[A-Za-z]+))?(?![0-9])"
)
_WORD: Final = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})[\s-])?(?P<word>{'|'.join([*_UNITS[::-1], *_TENS, *_ORDINALS])})\b"
    rf"(?:\s(?P<scale>{'|'.join(_SCALES)})\b)?",
    re.IGNORECASE,
)
_CURRENCIES: Final = (
    ("USD", r"US\$|U\.S\. dollars?|US dollars?|(?<![A-Z])\$|\bdollars?\b"),
    ("CAD", r"C\$|CA\$|Canadian dollars?|(?<![A-Z])\$|\bdollars?\b"),
    ("EUR", r"€|\beuros?\b"),
    ("GBP", r"£|\bpounds?\b"),
    ("JPY", r"¥|\byen\b"),
    ("SEK", r"\bkronor\b|\bkrona\b|Swedish crowns?"),
    ("NOK", r"\bkroner\b|\bkrone\b|Norwegian crowns?"),
    ("DKK", r"\bkroner\b|\bkrone\b|Danish crowns?"),
    ("ISK", r"\bkr[oó]nur\b|\bkr[oó]na\b"),
)
"""What a printed sign can stand for; a bare `$` is any dollar. An ISO 4217 code always stands for itself."""


def numbers(printed: str) -> frozenset[Decimal]:
    """Every number that the words give, scale words applied: `$38 billion` is 38000000000, `third` is 3."""
    return frozenset((*_numerals(printed), *_number_words(printed)))


def currencies(printed: str) -> frozenset[str]:
    """The ISO 4217 codes that the printed sign or word can stand for."""
    signs = {code for code, pattern in _CURRENCIES if re.search(pattern, printed, re.IGNORECASE)}
    return frozenset(signs | set(re.findall(r"\b[A-Z]{3}\b", printed)))


def _numerals(printed: str) -> Iterator[Decimal]:
    for match in _NUMERAL.finditer(re.sub(r"[$€£¥]", " ", printed)):
        number = Decimal(match["number"].replace(",", "") + (match["fraction"] or ""))
        yield number * _SCALES.get((match["scale"] or "").lower(), 1)


def _number_words(printed: str) -> Iterator[Decimal]:
    for match in _WORD.finditer(printed):
        word = match["word"].lower()
        number = _ORDINALS.get(word) or _WORDS.get(word, 0)
        tens = _WORDS[match["tens"].lower()] if match["tens"] else 0
        yield Decimal(number + tens) * _SCALES.get((match["scale"] or "").lower(), 1)
