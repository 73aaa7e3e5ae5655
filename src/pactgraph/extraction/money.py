"""Money and shares of GDP as they are printed, with what stands beside the figure: bound, rate, span of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from pactgraph.extraction.scene import Scene
from pactgraph.quantities import currencies, numbers

_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|a|half a)"
_SCALE = r"(?:\s?-?(?:thousand|million|billion|trillion|mln|bln|bn|mn|m|b|k)\b)"
_SIGN = r"(?:US\$|CA?\$|A\$|C\$|[$€£¥₴]|(?:USD|EUR|GBP|CAD|SEK|NOK|DKK|ISK|JPY|UAH|PLN)\s?)"
_UNIT = r"(?:\s?(?:U\.?S\.? dollars?|Canadian dollars?|dollars?|euros?|pounds?(?: sterling)?|kron(?:or|er|ur|a|e)|krónur|crowns?|yen|hryvnias?|zlotys?|zloty|Swedish kron(?:or|a)|Norwegian kron(?:er|e)|Danish kron(?:er|e)|Icelandic kr[oó]nur|USD|EUR|GBP|CAD|SEK|NOK|DKK|ISK|JPY|UAH|PLN|€)\b|€)"
_MONEY = re.compile(
    rf"(?P<a>{_SIGN}\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:-|–|to)\s?{_SIGN}?\d[\d,]*(?:\.\d+)?)?{_SCALE}?)|(?P<b>\b{_NUMBER}{_SCALE}?\s?(?:in\s)?{_UNIT})",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\b(?P<share>\d+(?:\.\d+)?)\s?(?:%|percent|per cent)\s(?:of\s(?:its|the|their)?\s?(?:[\w'’]+\s){0,2})?(?:GDP|gross domestic product)", re.IGNORECASE)
_BOUNDS = (("at least", r"at least|no less than|not less than|a minimum of|minimum"), ("up to", r"up to|as much as|a maximum of"), ("over", r"over|more than|above|in excess of"), ("about", r"about|around|some|approximately|nearly|almost|roughly|close to|equivalent of"))
_RATE = re.compile(r"^\s?(?:in [\w\s-]{3,30}?)?(?:a year|per year|annually|each year|every year|per annum|yearly)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it is printed; `text` is the currency, or `%GDP`, and the number."""

    start: int
    end: int
    text: str
    details: dict[str, str] = field(default_factory=dict)


def money_in(scene: Scene) -> list[Amount]:
    """The amounts of a sentence, in order."""
    return list(_money(scene.text, scene.sentence.start, scene.sentence.end))


def _money(text: str, start: int, end: int) -> Iterator[Amount]:
    found = []
    for match in _MONEY.finditer(text, start, end):
        printed = match[0].rstrip()
        code, number = _currency(printed), _number(printed)
        if code and number is not None:
            found.append(Amount(match.start(), match.start() + len(printed), f"{code} {number}", _beside(text, match.start(), match.end())))
    for match in _SHARE.finditer(text, start, end):
        found.append(Amount(match.start(), match.end(), f"%GDP {match['share']}", _beside(text, match.start(), match.end())))
    yield from sorted(found, key=lambda a: a.start)


def _currency(printed: str) -> str:
    found = currencies(re.sub(r"\b(?:bn|mln|bln|mn)\b", "", printed, flags=re.IGNORECASE))
    order = ("USD", "NOK", "SEK")
    return next((c for c in order if c in found), min(found, default=""))


def _number(printed: str) -> str | None:
    found = numbers(printed)
    if not found:
        return None
    value = max(found)
    return str(int(value)) if value == int(value) else str(value.normalize() if isinstance(value, Decimal) else value)


def _beside(text: str, start: int, end: int) -> dict[str, str]:
    before, after = text[max(0, start - 24) : start].lower(), text[end : end + 40]
    found = {}
    for bound, pattern in _BOUNDS:
        if re.search(rf"(?:{pattern})\s(?:the\s)?$", before):
            found["bound"] = bound
            break
    if _RATE.search(after):
        found["unit"] = "per year"
    return found
