"""The page of a pact to read: what is known in short, then its life in time order with who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pactgraph.cli.paper import line, some
from pactgraph.cli.phrases import limits, speaking
from pactgraph.cli.tables import print_table

if TYPE_CHECKING:
    from pactgraph.pages import Names, Page, Told, Witnesses
    from pactgraph.pages.cells import Row
    from pactgraph.pages.conflicts import Answer
    from pactgraph.pages.life import Line
    from pactgraph.resolution.conflicts import Conflict

_HEAD = ("group", "parties", "stage", "signed", "expected", "place", "signatories", "term", "amounts")
_MEMBER = ("pact", "stage", "signed", "place", "origins")
_NAMED = 4
"""Speakers that a line names."""


def print_head(page: Page, names: Names) -> None:
    """What is known of a pact, in short."""
    from pactgraph.pages.cells import text

    known = [(name, text(page.row[name])) for name in _HEAD] if page.row else []
    if page.conflicts:
        asked = ", ".join(dict.fromkeys(_asked(conflict, page, names) for conflict in page.conflicts))
        known.append(("conflicts", f"{len(page.conflicts)}: {asked}"))
    told = [pair for pair in known if pair[1]]
    if told:
        line("")
        print_table(("", ""), told, head=False)


def print_members(members: Iterable[Row]) -> None:
    """The pacts of a group, with how far each has come."""
    from pactgraph.pages.cells import text

    rows = [[text(member[name], brief=True) for name in _MEMBER] for member in members]
    if rows:
        line("")
        print_table(_MEMBER, rows)


def _asked(conflict: Conflict, page: Page, names: Names) -> str:
    subject = "" if conflict.subject == page.node else f"{names.name(conflict.subject)} · "
    return f"{subject}{names.name(conflict.predicate)}"


def print_life(page: Page, names: Names, witnesses: Witnesses) -> None:
    """When, what, and who says so: a line for each proposition, or for several that differ in one name alone."""
    said = _merged(_said(each, page, names, witnesses) for each in page.life)
    rows = [(each.when, each.what(before), each.who) for before, each in pairwise((None, *said)) if each]
    days = ("", *(row[0] for row in rows))
    shown = [("" if row[0] == day else row[0], *row[1:]) for day, row in zip(days, rows, strict=False)]
    line("")
    print_table(("when", "what", "who says so"), shown)


@dataclass(frozen=True, slots=True)
class _Said:
    """A line of a life in words; a subject that is the pact itself, or an object that is, goes without saying."""

    when: str
    subjects: tuple[str, ...]
    predicate: str
    objects: tuple[str, ...]
    manner: str
    who: str

    def what(self, before: _Said | None) -> str:
        again = before is not None and (before.when, before.subjects) == (self.when, self.subjects)
        about = f"{'…' if again else ', '.join(self.subjects)} · " if self.subjects else ""
        between = "; " if any("," in each for each in self.objects) else ", "
        value = f": {between.join(self.objects)}" if self.objects else ""
        return f"{about}{self.predicate}{value}{self.manner}"

    def joins(self, other: _Said) -> bool:
        """Whether two lines say the same of several subjects, or several things of the same."""
        alike = (self.when, self.predicate, self.manner, self.who)
        several = self.subjects == other.subjects, self.objects == other.objects
        named = bool(self.subjects) == bool(other.subjects) and bool(self.objects) == bool(other.objects)
        return alike == (other.when, other.predicate, other.manner, other.who) and named and any(several)

    def with_names(self, other: _Said) -> _Said:
        """The line with the names of another, each once."""
        subjects = dict.fromkeys((*self.subjects, *other.subjects))
        objects = dict.fromkeys((*self.objects, *other.objects))
        return replace(self, subjects=tuple(subjects), objects=tuple(objects))


def _said(told: Line, page: Page, names: Names, witnesses: Witnesses) -> _Said:
    scope = tuple((name, value) for name, value in told.scope if told.voiced or name != "on")
    return _Said(
        _when(told),
        () if told.subject == page.node else (names.name(told.subject),),
        names.name(told.predicate),
        () if told.object == page.node else (names.name(told.object),),
        " ".join([limits(scope, names), *_marks(told, names)]).rstrip(),
        _who(told, names, witnesses),
    )


def _merged(lines: Iterable[_Said]) -> list[_Said]:
    found: list[_Said] = []
    for each in lines:
        nth = next((nth for nth, other in enumerate(found) if other.joins(each)), None)
        if nth is None:
            found.append(each)
        else:
            found[nth] = found[nth].with_names(each)
    return found


def _when(told: Line) -> str:
    from pactgraph.dates import say

    day = say(told.when) if told.when else ""
    return f"said {day}" if told.voiced and day else day


def _marks(told: Line, names: Names) -> Iterator[str]:
    if told.modality is not None:
        yield f"[{names.name(told.modality)}]"
    if not told.affirming:
        yield "[denied]"
    if told.against:
        yield f"[disputed: {'; '.join(_otherwise(told, names))}]"


def _otherwise(told: Line, names: Names) -> Iterable[str]:
    """What others say instead, each once, and of dates the finest."""
    from pactgraph.pages.asking import dates, finest

    coarse = {*dates(values := [answer.object for answer in told.against])} - {*finest(dates(values))}
    return dict.fromkeys(
        _opposed(answer, told, names) for answer in told.against if answer.object.value not in coarse
    )


def _opposed(answer: Answer, told: Line, names: Names) -> str:
    value = answer.says(told.object, names)
    if answer.denied or answer.predicate == told.predicate:
        return value
    return f"{names.name(answer.predicate)}: {value}"


def _who(told: Line, names: Names, witnesses: Witnesses) -> str:
    affirmed = _voices(told.affirming, names, witnesses) if told.affirming else ""
    denied = f"denied by {_voices(told.denying, names, witnesses)}" if told.denying else ""
    return "; ".join(filter(None, (affirmed, denied)))


def _voices(claims: tuple[Told, ...], names: Names, witnesses: Witnesses) -> str:
    """Who says so: of one source its speaker, of several how many they are and some of the speakers."""
    from pactgraph.pages.life import voices

    heard = voices(claims, witnesses)
    if heard.sources == 1:
        return ", ".join(dict.fromkeys(speaking(claim, names) for claim in claims))
    told = [names.name(speaker) for speaker in heard.speakers[:_NAMED]]
    more = ["…"] if len(heard.speakers) > _NAMED else []
    return f"{some(heard.sources, 'source')}, {some(heard.origins, 'origin')}: {', '.join([*told, *more])}"
