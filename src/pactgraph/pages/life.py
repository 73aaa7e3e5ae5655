"""The life of a pact in time order: one line for each proposition, with who says so and who denies it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.dates import Edtf, parse
from pactgraph.pages.asking import Asker, dates
from pactgraph.pages.conflicts import Answer, against
from pactgraph.pages.told import Told
from pactgraph.resolution import Voice
from pactgraph.resolution.conflicts import Conflict
from pactgraph.resolution.witnesses import Witnesses
from pactgraph.vocabulary import DCTERMS, EDTF, PACT, RDFS

_STANDING = "SELECT ?node { ?node pact:supportsFacts true }"


@dataclass(frozen=True, slots=True)
class Line:
    """A proposition in the life of a pact.

    `when` is the time that it speaks of, or else (`voiced`) that in which it was said. Claims that can support a fact
    stand together and have no `modality`; a hope, a plan or a condition is a line of its own. `against` is what other
    claims say that excludes it.
    """

    when: Edtf | None
    voiced: bool
    subject: NamedNode
    predicate: NamedNode
    object: Term
    scope: tuple[tuple[str, Term], ...]
    modality: NamedNode | None
    affirming: tuple[Told, ...]
    denying: tuple[Told, ...]
    against: tuple[Answer, ...]

    @property
    def claims(self) -> tuple[Told, ...]:
        """All claims of the line."""
        return self.affirming + self.denying


@dataclass(frozen=True, slots=True)
class Voices:
    """Who says a thing: how many sources and independent origins, and the speakers, one for each origin first."""

    sources: int
    origins: int
    speakers: tuple[NamedNode, ...]


def voices(claims: Iterable[Told], witnesses: Witnesses) -> Voices:
    """Who makes these claims."""
    told = list(claims)
    behind = witnesses.behind(claim.source for claim in told)
    first: dict[NamedNode, NamedNode] = {}
    for claim in told:
        if claim.speaker not in first.values():
            first.setdefault(behind[claim.source], claim.speaker)
    speakers = dict.fromkeys([*first.values(), *(claim.speaker for claim in told)])
    return Voices(len(behind), len(set(behind.values())), tuple(speakers))


def life(
    ask: Asker, pact: NamedNode, claims: Iterable[Told], conflicts: Iterable[Conflict]
) -> tuple[Line, ...]:
    """The lines that the claims of a pact, and of what belongs to it, make up, in time order."""
    lines = _Lines(ask, pact, tuple(conflicts))
    return tuple(sorted(map(lines.line, lines.together(claims)), key=lines.order))


class _Lines:
    """Dates and orders the lines of one pact."""

    def __init__(self, ask: Asker, pact: NamedNode, conflicts: tuple[Conflict, ...]) -> None:
        self._firm = {row["node"] for row in ask.rows(_STANDING)}
        dating = [n for n, wider in ask.values(RDFS.subPropertyOf).items() if DCTERMS.date in wider]
        self._days = {prop: ask.facts(prop) for prop in dating if isinstance(prop, NamedNode)}
        self._implied = ask.values(PACT.impliesStage)
        self._names, self._pact, self._conflicts = ask.names, pact, conflicts
        speaking = {voice.content.subject for c in conflicts for side in c.sides for voice in side}
        self._said: dict[Term, Voice] = {v.claim: v for node in speaking for v in ask.about(node)}

    def together(self, claims: Iterable[Told]) -> Iterable[list[Told]]:
        """Claims of one proposition, those that can support a fact together and others by their modality."""
        found: dict[tuple[NamedNode, NamedNode | None], list[Told]] = {}
        for claim in claims:
            key = claim.proposition, None if claim.modality in self._firm else claim.modality
            found.setdefault(key, []).append(claim)
        return found.values()

    def line(self, claims: list[Told]) -> Line:
        """The line of claims that say the same."""
        first, firm = claims[0], claims[0].modality in self._firm
        when = self._told_day(first) if firm else None
        ids = {claim.claim for claim in claims}
        return Line(
            when or min((_voiced(claim) for claim in claims), key=_place),
            when is None,
            first.subject,
            first.predicate,
            first.object,
            first.scope,
            None if firm else first.modality,
            tuple(claim for claim in claims if claim.polarity != PACT.Denied),
            tuple(claim for claim in claims if claim.polarity == PACT.Denied),
            tuple(dict.fromkeys(answer for c in self._conflicts for answer in against(c, ids, self._said))),
        )

    def order(self, line: Line) -> tuple[tuple[date, date], bool, str, bool, bool, str, str, str, str]:
        """By day; of one day the pact itself first, the date that gives the day, and then by name."""
        return (
            _place(line.when),
            line.voiced,
            str(line.when),
            line.subject != self._pact,
            line.predicate not in self._days,
            "" if line.object == self._pact else line.subject.value,
            self._names.name(line.predicate),
            line.subject.value,
            str(line.object),
        )

    def _told_day(self, claim: Told) -> Edtf | None:
        """The time that a claim speaks of: its own date, that of its scope, or the day of what it tells of."""
        if claim.predicate in self._days:
            return _date(claim.object)
        if scoped := next((value for name, value in claim.scope if name == "on"), None):
            return _date(scoped)
        found = (
            days[0]
            for prop, held in self._days.items()
            if (claim.subject != self._pact or self._tells_of(claim, prop))
            and (days := dates(held.get(claim.subject)))
        )
        return next(map(parse, found), None)

    def _tells_of(self, claim: Told, prop: Term) -> bool:
        """Whether a claim tells of the stage whose day the property gives."""
        stages = self._implied.get(prop, [])
        told = (
            [claim.object] if claim.predicate == PACT.reachedStage else self._implied.get(claim.predicate, [])
        )
        return any(stage in stages for stage in told)


def _voiced(claim: Told) -> Edtf | None:
    said = claim.stated or claim.published
    return parse(said) if said else None


def _place(when: Edtf | None) -> tuple[date, date]:
    """Where a time stands among others: at its first day, or at its last where it has no first."""
    if when is None:
        return date.max, date.max
    last = when.last or date.max
    return when.first or last, last


def _date(term: Term) -> Edtf | None:
    return parse(term.value) if isinstance(term, Literal) and term.datatype == EDTF else None
