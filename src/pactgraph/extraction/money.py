"""Money and shares of GDP as they are printed, with what stands beside the figure: bound, rate, span of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pactgraph.extraction.candidate import Span
from pactgraph.extraction.scene import Scene
from pactgraph.quantities import currencies, numbers

_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_NUMBER = rf"(?:{_DIGITS}|one|two|three|four|five|six|seven|eight|nine|ten|half a|one and a half|a)"
_SCALE = r"(?:[\s-]?(?:thousand|million|billion|trillion|mln|bln|bn|mn|m|b|k)\b\.?)"
_CODES = r"USD|EUR|GBP|CAD|SEK|NOK|DKK|ISK|JPY|UAH|PLN|AUD|NZD|KRW|CHF|CZK"
_SIGN = rf"(?:(?:US|CA|NZ|AU|A|C)?\$|[€£¥₴]|(?:{_CODES})\s?)"
_NAMES = (
    r"(?:(?:U\.?S\.?|Canadian|Australian) )?dollars?|euros?|pounds?(?: sterling)?|yen|hryvnias?|zlot(?:ys?|ych)|won|"
    r"(?:(?:Swedish|Norwegian|Danish|Icelandic) )?(?:kron(?:or|er|ur|as|a|e)|kr[oó]nur|korun\w*|crowns?)|"
    r"francs?"
)
_UNIT = rf"(?:\s?(?:{_NAMES}|{_CODES}|€)\b|€)"
_TO = r"\s?(?:-|–|to)\s?"
_AND = r"\s(?:and|to)\s"
_RANGES = (
    rf"(?<=\bbetween\s){_SIGN}\s?{_DIGITS}{_SCALE}?{_AND}{_SIGN}?\s?{_DIGITS}{_SCALE}?",
    rf"(?<=\bbetween\s){_DIGITS}{_SCALE}?{_AND}{_DIGITS}{_SCALE}?\s?{_UNIT}",
    rf"{_SIGN}\s?{_DIGITS}{_SCALE}?{_TO}{_SIGN}?\s?{_DIGITS}{_SCALE}",
    rf"\b{_DIGITS}{_SCALE}?{_TO}{_DIGITS}{_SCALE}?\s?{_UNIT}",
)
_SINGLE = (rf"{_SIGN}\s?{_DIGITS}{_SCALE}?", rf"\b{_NUMBER}{_SCALE}?\s?(?:in\s)?{_UNIT}")
_MONEY = re.compile("|".join((*_RANGES, *_SINGLE)), re.IGNORECASE)
_SHARE = re.compile(
    rf"\b(?P<share>{_DIGITS})\s?(?:%|percent|per cent)\s(?:of\s(?:its|the|their|our)?\s?(?:[\w'’]+\s){{0,2}})?"
    r"(?:GDP|gross domestic product)",
    re.IGNORECASE,
)
_BOUNDS = (
    ("at least", r"at least|no less than|not less than|a minimum of|minimum"),
    ("up to", r"up to|as much as|a maximum of"),
    ("over", r"over|more than|above|in excess of"),
    ("about", r"about|around|some|approximately|roughly|close to|equivalent of"),
    ("almost", r"almost|nearly"),
)
_RATE = re.compile(
    r"(?:\s[^\W\d]+){0,9}?\s(?:a year|per year|annually|each year|every year|per annum|yearly)\b",
    re.IGNORECASE,
)
_RATED = re.compile(r"\b(?:annually|annual|every year|each year)\b(?:\s[^\W\d]+){0,5}\s$", re.IGNORECASE)
_PERIOD = re.compile(
    r"\s?(?:[^\W\d]+\s){0,6}?(?:in|for|until|through|from|between|by|over)\s(?P<period>"
    r"(?:the\s)?(?:(?:next|coming|following|first|current|last)\s)?(?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several)\s)?years?"
    r"|\d{4}(?:\s?(?:-|–|to|and|/)\s?\d{2,4})?)\b",
    re.IGNORECASE,
)
_CONVERTED = re.compile(
    r"\(\s*(?:or\s|about\s|around\s|some\s|approximately\s|roughly\s|nearly\s|almost\s|over\s|more than\s|equal to\s|equivalent to\s)*$"
)
_COMPARED = re.compile(r"\b(?:(?:increase|rise|decrease|cut) of|up from|compared (?:to|with)|down from)\s*$")
_MORE = re.compile(r"\s(?:more|less|higher|lower) than (?:in|last|the)\b")
_OR = re.compile(
    r"(?:,|\s(?:–|—|-))?\s(?:(?:or|which is|that is|i\.e\.)\s)?(?:about|around|some|approximately|roughly|nearly|almost|equivalent to|equal to)\s|,?\sor\s"
)
_BARE = re.compile(
    rf"\b{_DIGITS}\s?(?:million|billion|trillion|bn|mn)\b"
    r"(?=\s?[,.;)]|\s?$|\s(?:in|for|by|from|over|this|next|last|a year|annually|each|per year|until|and)\b)"
)
_SIGNED = re.compile(rf"{_SIGN}\s?$")
_LOCAL = re.compile(
    r"\b(?:figures|amounts|sums|dollars|values)\b[^.\n]{0,24}\bin (?P<dollars>(?:Canadian|Australian) dollars)"
)
_RANGE = re.compile(rf"\d\S*(?:{_SCALE})?(?:{_TO}|{_AND}){_SIGN}?\d", re.IGNORECASE)
_HALVES = ((r"\bone and a half\b", "1.5"), (r"\bhalf a\b", "0.5"), (r"\ba (?=[mbt]\w*illion)", "1 "))
_ORDINARY = 10_000
"""Below this, an amount between states has most likely lost its `million` or `billion`."""
_PREFERRED = ("USD", "NOK", "SEK")
"""Of the currencies that one sign can stand for, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it is printed; `text` is the currency, or `%GDP`, and the number or the range."""

    start: int
    end: int
    text: str
    details: dict[str, str] = field(default_factory=dict)
    is_suspect: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


def money_in(scene: Scene) -> list[Amount]:
    """The amounts of a sentence, in order; not what converts one into another currency, in brackets."""
    found = money_between(scene.text, scene.sentence.start, scene.sentence.end)
    local = _LOCAL.search(scene.text)
    code = currencies(local["dollars"]) if local else frozenset()
    return [_in_local(a, scene.text, min(code)) if code else a for a in found]


def money_between(text: str, start: int, end: int) -> list[Amount]:
    """The amounts of a stretch of text, in order."""
    full = sorted((*_money(text, start, end), *_shares(text, start, end)), key=lambda amount: amount.start)
    told = [a for before, a in zip((None, *full), full, strict=False) if not _is_converted(text, before, a)]
    return sorted((*told, *_elliptic(text, end, told)), key=lambda amount: amount.start)


def _in_local(amount: Amount, text: str, code: str) -> Amount:
    """An amount with a bare sign of dollars in an article that says which dollars it counts in."""
    is_bare = text[amount.start] == "$"
    return replace(amount, text=f"{code}{amount.text[3:]}") if is_bare else amount


def _is_converted(text: str, before: Amount | None, amount: Amount) -> bool:
    """Whether an amount says the one before in another currency: `75 billion kronor, about $7 billion, …`."""
    if before is None or before.text[:3] == amount.text[:3] or "%" in before.text:
        return False
    return _OR.fullmatch(text, before.end, amount.start) is not None


def _elliptic(text: str, end: int, told: list[Amount]) -> Iterator[Amount]:
    """Amounts whose currency is that of the one before: `3 billion euros in 2024 and 2 billion in 2025`."""
    for match in _BARE.finditer(text, told[0].end if told else end, end):
        taken = any(a.start < match.end() and match.start() < a.end for a in told)
        if taken or _SIGNED.search(text, max(0, match.start() - 6), match.start()):
            continue
        code = [a.text.split()[0] for a in told if a.end <= match.start()][-1]
        values = _values(match[0])
        if code != "%GDP" and values:
            beside = _beside(text, match.start(), match.end())
            yield Amount(match.start(), match.end(), f"{code} {_plain(values[-1])}", beside)


def _money(text: str, start: int, end: int) -> Iterator[Amount]:
    for match in _MONEY.finditer(text, start, end):
        printed = match[0].rstrip()
        code, values = _currency(printed), _values(printed)
        before = text[max(start, match.start() - 30) : match.start()]
        compared = _COMPARED.search(before) or _MORE.match(text, match.start() + len(printed))
        if code and values and not _CONVERTED.search(before) and not compared:
            figure = "/".join(_plain(v) for v in values)
            stop = match.start() + len(printed)
            yield Amount(
                match.start(),
                stop,
                f"{code} {figure}",
                _beside(text, match.start(), stop),
                max(values) < _ORDINARY,
            )


def _shares(text: str, start: int, end: int) -> Iterator[Amount]:
    for match in _SHARE.finditer(text, start, end):
        details = _beside(text, match.start(), match.end())
        yield Amount(match.start(), match.end(), f"%GDP {match['share']}", details)


def _currency(printed: str) -> str:
    found = currencies(re.sub(r"\b(?:bn|mln|bln|mn)\b", "", printed, flags=re.IGNORECASE))
    return next((code for code in _PREFERRED if code in found), min(found, default=""))


def _values(printed: str) -> list[Decimal]:
    """The number that is printed, or both of a range, each with its scale."""
    found = numbers(_in_figures(printed))
    scaled = sorted(value for value in found if value * 1000 > max(found)) if found else []
    return scaled if len(scaled) == 2 and _RANGE.search(printed) else scaled[-1:]


def _in_figures(printed: str) -> str:
    """What is printed, with halves and decimal commas as figures: `half a billion`, `1,5 billion`."""
    for words, figure in _HALVES:
        printed = re.sub(words, figure, printed, flags=re.IGNORECASE)
    return re.sub(r"(?<![\d,])(\d+),(\d{1,2})(?!\d)", r"\1.\2", printed)


def _plain(value: Decimal) -> str:
    return str(int(value)) if value == int(value) else str(value.normalize())


def _beside(text: str, start: int, end: int) -> dict[str, str]:
    before, after = text[max(0, start - 24) : start].lower(), text[end : end + 60]
    bound = next((name for name, words in _BOUNDS if re.search(rf"\b(?:{words})\s(?:the\s)?$", before)), "")
    period = _PERIOD.match(after)
    found = {
        "bound": bound,
        "unit": "per year" if _RATE.match(after) or _RATED.search(text[max(0, start - 60) : start]) else "",
        "period": period["period"] if period else "",
    }
    return {name: value for name, value in found.items() if value}
