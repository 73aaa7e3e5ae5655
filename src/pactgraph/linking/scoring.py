"""How likely an item is the same as a thing of ours, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from pactgraph.dates import Edtf, overlap, parse, say
from pactgraph.linking.linkables import Linkable
from pactgraph.pages.names import fold
from pactgraph.wikidata import Item, Kind
from pactgraph.wikidata.mapping import Match

LACKING: Final = "not told there: "
"""Before what could not be compared."""
_ALIKE: Final = 88.0
"""Per cent of two names that have to be alike."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class that an item is an instance of, and all that are above it, itself among them."""

    label: str
    above: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sign:
    """What speaks for a match (`weight` is what it adds) or against it (`against`: what it leaves).

    What could not be compared adds nothing.
    """

    words: str
    weight: float = 0.0
    against: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """An item with its confidence, from 0 to 1, and the signs that make it."""

    item: Item
    signs: tuple[Sign, ...]

    @property
    def confidence(self) -> float:
        """What speaks for it, each sign taking its part of what is still open, times what is left by what does not."""
        open_ = prod(1 - sign.weight for sign in self.signs if not sign.against)
        return round((1 - open_) * prod(sign.weight for sign in self.signs if sign.against), 2)

    @property
    def why(self) -> str:
        """The signs in words: those for it, those against it, and what could not be compared."""
        said = [sign for sign in self.signs if sign.weight or sign.against]
        ordered = sorted(said, key=lambda sign: sign.against)
        words = [f"but {sign.words}" if sign.against else sign.words for sign in ordered]
        if lacking := [sign.words for sign in self.signs if sign not in said]:
            words.append(f"{LACKING}{', '.join(lacking)}")
        return "; ".join(words)


def score(thing: Linkable, item: Item, classes: Sequence[Class] | None, match: Match) -> Scored:
    """An item beside a thing; `classes` are those that it is an instance of, None where that is not known."""
    return Scored(item, tuple(_Signs(thing, item, match).all(classes)))


class _Signs:
    def __init__(self, thing: Linkable, item: Item, match: Match) -> None:
        self._thing, self._item, self._match = thing, item, match

    def all(self, classes: Sequence[Class] | None) -> Iterator[Sign]:
        yield from self._name()
        yield from self._type(classes)
        yield from self._date("born", self._thing.born, self._match.born)
        yield from self._date("day", self._thing.days, self._match.day)
        yield from self._country()
        yield from self._website()
        yield from self._signatories()

    def _name(self) -> Iterator[Sign]:
        ours = {fold(name.value): name.value for name in reversed(self._thing.names)}
        labels = {fold(label) for label in self._item.labels.values()}
        aliases = {fold(alias) for each in self._item.aliases.values() for alias in each}
        for kind, theirs in (("name", labels), ("alias", aliases)):
            if same := [name for folded, name in ours.items() if folded in theirs]:
                yield self._sign(kind, f"{'its name' if kind == 'name' else 'another name'} is “{same[-1]}”")
                return
        best = max((fuzz.token_sort_ratio(one, other) for one in ours for other in labels), default=0.0)
        if best >= _ALIKE:
            yield self._sign("like", f"its name “{self._item.label}” is alike")

    def _type(self, classes: Sequence[Class] | None) -> Iterator[Sign]:
        if not classes:
            yield Sign("kind")
        elif fitting := [each.label for each in classes if each.above & self._thing.kind.types]:
            yield self._sign("type", f"it is {_with_article(fitting[0])}")
        else:
            told = f"it is {_with_article(classes[0].label)}, and none of the {self._thing.kind.name}"
            yield self._against("other_type", told)

    def _date(self, kind: str, ours: Sequence[Edtf], terms: Sequence[str]) -> Iterator[Sign]:
        theirs = [parse(v.text) for term in terms for v in self._item.values(term) if v.kind is Kind.TIME]
        if not ours:
            return
        if not theirs:
            yield Sign("day of birth" if kind == "born" else "day")
            return
        verb = "born" if kind == "born" else "dated"
        if any(overlap(one, other) for one in ours for other in theirs):
            yield self._sign(kind, f"{verb} {say(theirs[0])}")
        else:
            yield self._against(f"other_{kind}", f"{verb} {say(theirs[0])}, not {say(ours[0])}")

    def _country(self) -> Iterator[Sign]:
        theirs = self._values(self._match.country)
        if not self._thing.countries:
            return
        if not theirs:
            yield Sign("country")
        elif theirs & self._thing.countries:
            yield self._sign("country", "of the same country")
        else:
            yield self._against("other_country", "of another country")

    def _website(self) -> Iterator[Sign]:
        hosts = [_host(value.text) for value in self._item.values(self._match.website)]
        for domain in self._thing.domains:
            if any(host == domain or host.endswith(f".{domain}") for host in hosts):
                yield self._sign("website", f"its website is {domain}")
                return
        if self._thing.domains:
            yield (
                Sign("website") if not hosts else self._against("other_website", f"its website is {hosts[0]}")
            )

    def _signatories(self) -> Iterator[Sign]:
        if self._thing.signatories and self._thing.signatories <= self._values((self._match.signatory,)):
            yield self._sign("signatory", "it has the same signatories")

    def _values(self, terms: Sequence[str]) -> set[str]:
        return {v.text for term in terms for v in self._item.values(term) if v.kind is Kind.ITEM}

    def _sign(self, kind: str, words: str) -> Sign:
        return Sign(words, self._match.weights[kind])

    def _against(self, kind: str, words: str) -> Sign:
        return Sign(words, self._match.weights[kind], against=True)


def _with_article(label: str) -> str:
    return f"{'an' if label[:1].lower() in 'aeiou' else 'a'} {label}"


def _host(address: str) -> str:
    """The host of an address; nothing where it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
