"""The pacts of the story: when each was signed, as far as it was, and how the number of them grew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.dates import Edtf, finer, parse, say
from pactgraph.pages import Told
from pactgraph.pages.cells import Row, Several, Thing, text
from pactgraph.vocabulary import ID
from story.reading import Graph, local, when

GROUP = NamedNode(f"{ID}group/ukraine-security-agreements")
DECLARATION = NamedNode(f"{ID}pact/g7-joint-declaration")
COMPACT = NamedNode(f"{ID}pact/ukraine-compact")


@dataclass(frozen=True, slots=True)
class Agreement:
    """A pact: `day` is that of its signing as a fact, `known` the day by which it is known to be signed."""

    node: NamedNode
    name: str
    row: Row
    of_group: bool
    with_state: bool
    signing: tuple[Told, ...]
    day: Edtf | None
    known: date | None

    @property
    def is_signed(self) -> bool:
        return bool(self.signing)

    @property
    def signed(self) -> str:
        """The day of signing in words, or the day by which it was told."""
        if self.day is not None:
            return say(self.day)
        return f"by {say_day(self.known)}" if self.known else ""

    def cell(self, column: str, *, brief: bool = False) -> str:
        """What the table of pacts says of it."""
        return text(self.row[column], brief=brief)


def agreements(graph: Graph) -> list[Agreement]:
    """All pacts that are signed, or are to be, by two sides: those of the group first, in order of signing."""
    found = [_agreement(graph, row) for row in graph.pacts if str(row["iri"]) not in _OF_MANY]
    return sorted(found, key=lambda each: (not each.of_group, not each.is_signed, each.known or date.max))


_OF_MANY = {DECLARATION.value, COMPACT.value}


def signed_of_group(graph: Graph) -> list[Agreement]:
    """The agreements of the group that are signed, in order of signing."""
    return [each for each in agreements(graph) if each.of_group and each.is_signed]


def unsigned_of_group(graph: Graph) -> list[Agreement]:
    """The agreements of the group that no fact says to be signed."""
    return [each for each in agreements(graph) if each.of_group and not each.is_signed]


def _agreement(graph: Graph, row: Row) -> Agreement:
    node = NamedNode(str(row["iri"]))
    others = _others(row)
    of_group = local(GROUP) in text(row["group"]).split(", ")
    signing = tuple(graph.signing.get(node, ()))
    day = next((when(fact) for fact in graph.facts(node, "signedOn")), None)
    return Agreement(
        node,
        ", ".join(other.name for other in others)
        if of_group
        else str(row["name"]).removesuffix(" agreement"),
        row,
        of_group,
        all(graph.is_a(other.node, "State") for other in others),
        signing,
        day,
        day.last if day else _first_told(signing),
    )


def _others(row: Row) -> list[Thing]:
    """The parties besides the one that all pacts of the group share, which stands first."""
    parties = row["parties"]
    assert isinstance(parties, Several)
    return [party for party in parties.cells[1:] if isinstance(party, Thing)]


def _first_told(claims: Iterable[Told]) -> date | None:
    return min((day for claim in claims if (day := said_by(claim))), default=None)


def said_by(claim: Told) -> date | None:
    """The last day on which a claim can have been made."""
    stated = when(claim.stated) or when(claim.published)
    return stated.last if stated else None


def signed_up_to(signed: Iterable[Agreement], day: date, *, states: bool = False) -> int:
    """How many agreements were signed by the end of a day; with states only, if so asked."""
    return sum(bool(a.known and a.known <= day) for a in signed if a.with_state or not states)


def best_day(graph: Graph, node: NamedNode, predicate: str) -> Edtf | None:
    """The day that holds, or else the one that most independent origins tell, or else the earliest of those."""
    if held := graph.facts(node, predicate):
        return when(held[0])
    claims = [c for c in graph.told(predicate, node) if graph.is_standing(c)]
    days = {c.object for c in claims if (told := when(c.object)) and told.first == told.last}
    heard = {day: graph.origins(c for c in claims if c.object == day) for day in days}
    return when(min(heard, key=lambda day: (-heard[day], day.value), default=None))


@dataclass(frozen=True, slots=True)
class Joined:
    """A party that joined a pact, the day as far as it is told, and the claims that say so."""

    party: NamedNode
    name: str
    day: Edtf
    claims: tuple[Told, ...]

    @property
    def known(self) -> date:
        return self.day.last or date.max


def joined(graph: Graph, pact: NamedNode) -> list[Joined]:
    """Who joined a pact by claims that are said as facts, in order of joining."""
    by_party: dict[NamedNode, list[Told]] = {}
    for claim in graph.told("joined"):
        if claim.object == pact and graph.is_standing(claim):
            by_party.setdefault(claim.subject, []).append(claim)
    found = (Joined(p, graph.name(p), _told_day(claims), tuple(claims)) for p, claims in by_party.items())
    return sorted(found, key=lambda each: (each.known, each.day.text, each.name))


def _told_day(claims: Sequence[Told]) -> Edtf:
    """The earliest end that is told, by the finest of the dates that have it."""
    days = [_joined_by(claim) for claim in claims]
    end = min(day.last or date.max for day in days)
    best = [day for day in days if (day.last or date.max) == end]
    return next(day for day in best if not any(finer(other, day) for other in best))


def _joined_by(claim: Told) -> Edtf:
    """The time that is told, or up to the day of speaking where the time goes on after it."""
    on, said = scope(claim, "on"), said_by(claim) or date.max
    return on if on and on.last and on.last <= said else parse(f"../{said}")


def scope(claim: Told, name: str) -> Edtf | None:
    """The time that limits a claim, under the name of its property."""
    return next((when(value) for key, value in claim.scope if key == name), None)


def say_day(day: date | None) -> str:
    """A day in words."""
    return say(parse(day.isoformat())) if day else ""
