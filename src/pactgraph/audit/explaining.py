"""Ways in which a reported number that is not right can be explained, the most charitable first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol

from pyoxigraph import NamedNode

from pactgraph.audit.census import Census, Member, Period, Scope, fits
from pactgraph.audit.verdicts import Asked, Finding, Reason, Verdict
from pactgraph.audit.world import World
from pactgraph.graph.nodes import iris
from pactgraph.resolution.numbers import Reported
from pactgraph.vocabulary import PACT

_TELLING = 10
"""From this number on, one that is right for something else is hardly so by chance."""
MOST_DAYS = 31
"""In a longer time than that, a number is right for something else by chance."""
_CLOSE = Fraction(11, 10)
"""How many times as many are still near to a number."""
_WHOLE = 2 / 3
"""The part of a count that a list must reach to be taken for the whole list."""


class Shelf(Protocol):
    """Where censuses are taken once, and all that is counted is known."""

    @property
    def world(self) -> World:
        """What is counted in."""

    @property
    def others(self) -> list[Scope]:
        """What all reported counts are of."""

    def census(self, scope: Scope) -> Census | None:
        """The census of a scope; None where it cannot be taken."""

    def alike(self, asked: Asked, scope: Scope) -> tuple[NamedNode, ...]:
        """Claims of the same number of something else."""

    def fewer(self, asked: Asked, scope: Scope) -> tuple[NamedNode, ...]:
        """Claims of other sources, for the same time or later, of fewer of the same or of more."""

    def belongs(self, node: NamedNode, scope: Scope) -> bool:
        """Whether what a list names is within the limits of a scope."""


@dataclass(frozen=True, slots=True)
class Case:
    """A reported count with its scope, census, list and the days for which it is given."""

    shelf: Shelf
    asked: Asked
    scope: Scope
    census: Census | None
    listed: tuple[NamedNode, ...]
    first: date
    last: date

    @property
    def number(self) -> Reported:
        """The reported number."""
        return self.asked.number

    @property
    def most(self) -> int:
        """How many the graph has at most in the time."""
        return max((period.most for period in self._now(self.census)), default=0)

    def find(self) -> Finding:
        """The first explanation that fits."""
        for rule in _RULES:
            if finding := rule(self):
                return finding
        _, most = self.number.range
        scope, nearest = self._nearest(above=most) if most is not None else (None, None)
        return Finding(Verdict.UNEXPLAINED, self._reason(), scope=scope, widest=nearest)

    def exact(self) -> Finding | None:
        """Right between two changes, or between the first and last of several on one day."""
        now = self._now(self.census)
        if not (self.census and self.census.members and now):
            return None
        right = [period for period in now if period.fits(self.number) and period.start]
        if right:
            return Finding(Verdict.EXACT, period=right[-1], members=self._members(self.census, right[-1]))
        period = _passing(self.census, self.number, self.first, self.last)
        return Finding(Verdict.EXACT, period=period) if period else None

    def plan(self) -> Finding | None:
        """What is planned to have come about is neither right nor wrong; what is under way is a plan by nature."""
        if self._is_plan and (self._lasting or self.census is None):
            return Finding(Verdict.UNEXPLAINED, Reason.PLAN)
        return None

    def listed_now(self) -> Finding | None:
        """What a passage says is under way just now it may know better than the graph: its own list comes first."""
        named = len(self.listed)
        if self._lasting or named < 2 or self.census is None:
            return None
        if fits(self.number, named, named):
            same = {m.node for m in self.census.by(self.last)} == set(self.listed)
            return None if same else Finding(Verdict.EXACT, Reason.AS_LISTED)
        for scope in self._variants():
            rest = [node for node in self.listed if self.shelf.belongs(node, scope)]
            if fits(self.number, len(rest), len(rest)):
                return Finding(Verdict.SCOPE, scope=scope)
        return None

    @property
    def _is_plan(self) -> bool:
        return self.asked.voice.modality not in self.shelf.world.rules.supporting

    @property
    def _lasting(self) -> bool:
        return self.scope.counts in self.shelf.world.rules.lasting

    def near(self) -> Finding | None:
        """Right at the time with or without organizations, the subject's own parties, or its makers."""
        return next(self._right_now(self._variants()), None)

    def stale(self) -> Finding | None:
        """Right on an earlier day, as it is put or with or without some; not so of what comes and goes."""
        scopes = (self.scope, *(v for v in self._variants() if not v.makers)) if self._lasting else ()
        for scope in scopes:
            census = self.shelf.census(scope)
            for period in reversed(census.periods if census and census.members else ()):
                before = period.end is not None and period.end < self.first and period.start is not None
                if before and period.fits(self.number):
                    fitting = scope if scope != self.scope else None
                    return Finding(
                        Verdict.STALE, scope=fitting, period=period, members=self._members(census, period)
                    )
        return None

    def window(self) -> Finding | None:
        """Right for those of the year so far, of the month, or of the year before."""
        if not self.census or not self._lasting:
            return None
        all_of_them = self.census.by(self.last)
        year, month = self.last.replace(month=1, day=1), self.last.replace(day=1)
        windows = [(year, self.last), (month, self.last)]
        if year.year > date.min.year:
            windows.append((year.replace(year=year.year - 1), year - timedelta(1)))
        for since, until in windows:
            members = self.census.by(until, since)
            if 1 < len(members) < len(all_of_them) and fits(self.number, len(members), len(members)):
                return Finding(
                    Verdict.WINDOW,
                    period=Period(since, until, len(members), len(members)),
                    since=since,
                    members=members,
                )
        return None

    def own_list(self) -> Finding | None:
        """The passage names more, or most but not all."""
        least, most = self.number.range
        named = len(self.listed)
        more = most is not None and named > most
        fewer = least is not None and _WHOLE * float(least) <= named < least
        return Finding(Verdict.OWN_LIST) if named > 1 and (more or fewer) else None

    def passing(self) -> Finding | None:
        """Right within one earlier day, on which several came about."""
        if not self.census or not self._lasting:
            return None
        period = _passing(self.census, self.number, date.min, self.first)
        return Finding(Verdict.STALE, period=period) if period else None

    def elsewhere(self) -> Finding | None:
        """Right at the time among others, or for another thing that is counted."""
        if (self.last - self.first).days > MOST_DAYS:
            return None
        sure = (f for f in self._right_now(self._others()) if f.period and f.period.least == f.period.most)
        return next(sure, None)

    def ahead(self) -> Finding | None:
        """More than the graph has by then; with what comes next, where that makes it true."""
        least, _ = self.number.range
        if not self.census or least is None or least <= self.most:
            return None
        if not self._lasting:
            return Finding(Verdict.AHEAD)
        later = (p for p in self.census.periods if p.start and p.start > self.last and p.most >= least)
        period = next(later, None)
        until = period.start if period and period.start else date.max
        scope, widest = self._nearest(below=least)
        return Finding(
            Verdict.AHEAD,
            scope=scope,
            period=period,
            members=self._since(until),
            alike=self.shelf.alike(self.asked, self.scope),
            widest=widest,
        )

    def too_many(self) -> Finding | None:
        """More than the graph has by then, and than others report for then or later of what can only grow."""
        least, _ = self.number.range
        if not self._lasting or least is None or least <= self.most:
            return None
        fewer = self.shelf.fewer(self.asked, self.scope)
        return Finding(Verdict.UNEXPLAINED, Reason.FEWER_LATER, alike=fewer) if fewer else None

    def _nearest(
        self, *, below: Fraction | None = None, above: Fraction | None = None
    ) -> tuple[Scope | None, int | None]:
        """With or without whom else the graph comes nearest to the number, and how many it then has."""
        most = {
            scope: max((period.most for period in self._now(self.shelf.census(scope))), default=0)
            for scope in self._variants()
        }
        fitting = [
            scope
            for scope, number in most.items()
            if (below is not None and self.most < number < below)
            or (above is not None and above < number < self.most and number <= above * _CLOSE)
        ]
        number = self.number.number
        best = min(fitting, key=lambda scope: abs(most[scope] - number), default=None)
        return (best, most[best]) if best else (None, None)

    def reported(self) -> Finding | None:
        """More than the graph has ever, and what others report of something else at the time."""
        ahead = self.ahead() if self.number.number >= _TELLING else None
        if not (ahead and ahead.alike and ahead.period is None):
            return None
        return replace(ahead, verdict=Verdict.SCOPE, scope=None, widest=None)

    def _since(self, until: date) -> tuple[Member, ...]:
        members = self.census.by(until) if self.census else ()
        return tuple(member for member in members if member.since.last > self.last)

    def _reason(self) -> Reason:
        terms = self.shelf.world.properties(self.scope.counts)
        rules = (PACT.countsStage, PACT.countsBy, PACT.lacksStage)
        if not any(iris(terms, rule) for rule in rules):
            return Reason.NO_RULE
        if self.census is None:
            return Reason.NO_MEMBERS
        if not self.census.members:
            return Reason.NONE_KNOWN
        named = len(self.listed)
        return Reason.AS_LISTED if named > 1 and fits(self.number, named, named) else Reason.MORE

    def _now(self, census: Census | None) -> tuple[Period, ...]:
        return census.during(self.first, self.last) if census else ()

    def _members(self, census: Census | None, period: Period) -> tuple[Member, ...]:
        return census.by(period.start) if census and period.start else ()

    def _right_now(self, scopes: Iterator[Scope]) -> Iterator[Finding]:
        for scope in scopes:
            census = self.shelf.census(scope)
            for period in reversed(self._now(census)):
                if period.fits(self.number) and period.start:
                    yield Finding(
                        Verdict.SCOPE, scope=scope, period=period, members=self._members(census, period)
                    )

    def _variants(self) -> Iterator[Scope]:
        """The same with or without some, the least changed first."""
        only = {self.scope.only: None, (None if self.scope.only else PACT.State): None}
        tied = bool(iris(self.shelf.world.properties(self.scope.counts), PACT.countsBy))
        for makers in (False, True) if tied else (False,):
            for own in (True, False) if tied else (True,):
                for kind in only:
                    scope = replace(self.scope, only=kind, own=own, makers=makers)
                    if scope != self.scope:
                        yield scope

    def _others(self) -> Iterator[Scope]:
        """Among all, or another thing that is counted, where the number tells."""
        if self.scope.among:
            yield replace(self.scope, among=None)
        if self.number.number >= _TELLING and self.number.bound is None:
            yield from (scope for scope in self.shelf.others if scope.subject != self.scope.subject)


def _passing(census: Census, number: Reported, first: date, last: date) -> Period | None:
    """The latest day in a time, if any, in the course of which a number was right."""
    for before, after in reversed(list(zip(census.periods, census.periods[1:], strict=False))):
        day = after.start
        if after.gradual and day and first <= day <= last and fits(number, before.least, after.most):
            return Period(day, day, before.least, after.most)
    return None


_RULES: tuple[Callable[[Case], Finding | None], ...] = (
    Case.plan,
    Case.listed_now,
    Case.exact,
    Case.near,
    Case.stale,
    Case.window,
    Case.own_list,
    Case.elsewhere,
    Case.passing,
    Case.reported,
    Case.too_many,
    Case.ahead,
)
