"""Marks on days: what came about in the life of a pact, was expected, denied or disputed, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import Edtf, finer, overlap, parse, say
from pactgraph.pages import Told
from pactgraph.resolution.clock import NOW, Clock
from pactgraph.vocabulary import shorten

EXPECTED, DENIED, EVENT = "Expected", "Denied", "Event"
SIGNED, TALKS = "Signed", "Negotiating"


@dataclass(frozen=True, slots=True)
class Said:
    """Who says a thing, in which source, when, and the address that opens it at the sentence."""

    words: str
    link: str | None


def said(claim: Told, name: Callable[[Term], str]) -> Said:
    """Who makes a claim: the speaker, in whose source where that is another, and the day."""
    publisher = name(claim.publisher) if claim.publisher else shorten(claim.source.value)
    speaker = name(claim.speaker)
    who = speaker if speaker == publisher else f"{speaker} in {publisher}"
    when = claim.stated or claim.published
    return Said(f"{who}, {say(parse(when))}" if when else who, claim.link)


@dataclass(frozen=True, slots=True)
class Mark:
    """What came about in the life of a pact, was expected of it or denied, and when.

    `kind` is the local name of a stage (`Signed`), or one of `EXPECTED`, `DENIED` and `EVENT`. `told` says it in words,
    `who` names those who say so, and `said` has each of them. `by` marks what is only known to be so by that time,
    `disputed` what is not a fact because others say otherwise.
    """

    kind: str
    time: Edtf
    told: str
    claims: tuple[Told, ...]
    by: bool = False
    disputed: bool = False
    who: str = ""
    said: tuple[Said, ...] = ()

    @property
    def dissents(self) -> bool:
        """Whether somebody stands against somebody."""
        return self.disputed or self.kind == DENIED

    @property
    def first(self) -> date:
        """The first day that is meant; of an open beginning the last."""
        return self.time.first or self.time.last or date.max

    @property
    def last(self) -> date:
        """The last day that is meant; of an open end the first."""
        return self.time.last or self.first

    @property
    def day(self) -> date:
        """The day on which the mark stands: the middle of its time, or the day by which it is so."""
        return self.last if self.by else self.first + (self.last - self.first) / 2

    @property
    def link(self) -> str | None:
        """The address that opens a source at the sentence."""
        return next((claim.link for claim in self.claims if claim.link), None)


@dataclass(frozen=True, slots=True)
class Life:
    """A pact with its marks in time order; `outcome` is the day of signing or the stage, `talks` when talks went on."""

    pact: NamedNode
    name: str
    label: str
    outcome: str
    stage: str
    apart: bool
    marks: tuple[Mark, ...]
    talks: tuple[date, date] | None

    @property
    def is_signed(self) -> bool:
        """Whether it is a fact that the pact has been signed."""
        return any(mark.kind == SIGNED and not mark.disputed for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The lives of pacts in the order of their signing, and the names of the kinds of marks, the stages in their order."""

    lives: tuple[Life, ...]
    kinds: Mapping[str, str]
    clock: Clock = NOW


def gathered(marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks in time order, of each kind the finest, with the claims of those that say the same and less."""
    known = sorted(marks, key=lambda m: (m.first, m.last, m.kind, m.told))
    kept = [mark for mark in known if not any(_says_more(other, mark) for other in known)]
    for nth, mark in enumerate(kept):
        if any(_same(mark, before) for before in kept[:nth]):
            continue
        alike = [other for other in known if _same(mark, other) or _says_more(mark, other)]
        claims = dict.fromkeys([*mark.claims, *(claim for other in alike for claim in other.claims)])
        yield replace(mark, claims=tuple(claims))


def _same(one: Mark, other: Mark) -> bool:
    return (one.kind, one.told, one.by, one.disputed) == (other.kind, other.told, other.by, other.disputed)


def _says_more(one: Mark, other: Mark) -> bool:
    """Whether a mark makes another superfluous: it is of the same kind and a part of its time."""
    if one.kind != other.kind or one.disputed != other.disputed or one.kind in (DENIED, EVENT, EXPECTED):
        return False
    if other.by:
        return not one.by or (one.last, one.time.text) < (other.last, other.time.text)
    return not one.by and finer(one.time, other.time) and overlap(one.time, other.time)
