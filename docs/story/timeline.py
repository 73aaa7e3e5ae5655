"""The timeline: one row for each pact, with talks, rounds, expected days, denials and the signing."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pactgraph.dates import Edtf, say
from pactgraph.pages import Told
from story.agreements import (
    COMPACT,
    DECLARATION,
    Agreement,
    agreements,
    best_day,
    said_by,
    say_day,
    scope,
)
from story.drawing import Axis, brief, draw, months, number, picture, serialized, write
from story.reading import Graph, local, when
from story.reports import expectations
from story.words import count

WIDTH, TOP, STEP, FOOT, GAP = 900, 92, 17, 30, 12
LEFT, RIGHT = 184, 796
FINE = 31
"""Days of the longest time that has a mark in its middle; a longer one is only a line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened or was said of a pact, and for when."""

    kind: str
    first: date
    last: date
    told: str

    @property
    def middle(self) -> date:
        return self.first + (self.last - self.first) / 2


def timeline_picture(graph: Graph) -> str:
    """The picture as SVG."""
    pacts = agreements(graph)
    marks = {pact.node: _marks(graph, pact) for pact in pacts}
    axis = _axis(graph, [mark for found in marks.values() for mark in found])
    rows = _rows(pacts)
    bottom = rows[-1][0] + STEP / 2 + 4
    root = picture(WIDTH, round(bottom) + FOOT, "Timeline of the pacts", _described(graph, pacts, axis))
    _legend(root)
    months(root, axis, TOP - 8, bottom, 3)
    for node, name in ((DECLARATION, "G7 declaration"), (COMPACT, "Ukraine Compact")):
        _landmark(root, axis, name, best_day(graph, node, "adoptedOn"), bottom)
    for y, pact in rows:
        _row(root, axis, y, pact, marks[pact.node])
    return serialized(root)


def _rows(pacts: list[Agreement]) -> list[tuple[float, Agreement]]:
    """Where each row lies: the signed, the unsigned and the pacts outside the group stand apart."""
    found, y, before = [], float(TOP), None
    for pact in pacts:
        kind = (pact.of_group, pact.is_signed or not pact.of_group)
        y += 0 if before is None else STEP + (GAP if kind != before else 0)
        found.append((y, pact))
        before = kind
    return found


def _axis(graph: Graph, marks: Iterable[Mark]) -> Axis:
    """From the month of the declaration to the end of the month of the last source."""
    adopted = best_day(graph, DECLARATION, "adoptedOn")
    days = [mark.last for mark in marks] + [day for claim in graph.claims if (day := said_by(claim))]
    first = adopted.first if adopted and adopted.first else min(days)
    return Axis(first.replace(day=1), _month_end(max(days)), LEFT, RIGHT)


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _marks(graph: Graph, pact: Agreement) -> list[Mark]:
    return [
        *_finest(_begun(graph, pact)),
        *_rounds(graph, pact),
        *_expected(graph, pact),
        *_denied(graph, pact),
        *_signed(pact),
    ]


def _begun(graph: Graph, pact: Agreement) -> Iterator[Mark]:
    for claim in graph.told("reachedStage", pact.node):
        if local(claim.object) == "NegotiationsBegun" and graph.is_standing(claim):
            yield from _mark("talks", "talks begun", scope(claim, "on"))


def _rounds(graph: Graph, pact: Agreement) -> Iterator[Mark]:
    events = {claim.subject for claim in graph.told("negotiates") if claim.object == pact.node}
    days = {
        claim.object.value
        for claim in graph.told("heldOn")
        if claim.subject in events and graph.is_standing(claim)
    }
    for day in sorted(days):
        yield from _mark("round", "round of negotiations", when(day))


def _expected(graph: Graph, pact: Agreement) -> Iterator[Mark]:
    for each in expectations(graph):
        if each.agreement.node == pact.node:
            yield from _mark("expected", "signing expected", each.time)


def _denied(graph: Graph, pact: Agreement) -> Iterator[Mark]:
    for claim in graph.told("expectedSigning", pact.node):
        if local(claim.polarity) == "Denied":
            yield from _mark("denied", "denied: signing", when(claim.object))
    for claim in graph.told("reachedStage", pact.node):
        if local(claim.polarity) == "Denied" and (day := _denied_on(claim)):
            yield Mark("denied", day, day, f"denied: {graph.name(claim.object)} by {say_day(day)}")


def _denied_on(claim: Told) -> date | None:
    """The last day for which something is denied, which is not after the day of speaking."""
    on, said = scope(claim, "on"), said_by(claim)
    return min((day for day in (on.last if on else None, said) if day), default=None)


def _signed(pact: Agreement) -> Iterator[Mark]:
    if pact.is_signed and pact.known:
        first = pact.day.first if pact.day and pact.day.first else pact.known
        exact = pact.day and first == pact.known
        yield Mark("signed" if exact else "halfknown", first, pact.known, f"signed {pact.signed}")


def _mark(kind: str, what: str, time: Edtf | None) -> Iterator[Mark]:
    if time and time.first and time.last:
        yield Mark(kind, time.first, time.last, f"{what}: {say(time)}")


def _finest(marks: Iterable[Mark]) -> list[Mark]:
    """Without the times that hold a finer one, each once."""
    known = sorted(set(marks), key=lambda mark: (mark.first, mark.last))
    return [
        mark
        for mark in known
        if not any(m != mark and mark.first <= m.first and m.last <= mark.last for m in known)
    ]


def _row(root: ET.Element, axis: Axis, y: float, pact: Agreement, marks: Iterable[Mark]) -> None:
    row = ET.SubElement(root, "g")
    draw(row, "path", "grid", d=f"M{LEFT} {number(y)}H{RIGHT}")
    write(row, LEFT - 10, y + 4, _short(pact), "end")
    for mark in marks:
        if (mark.last - mark.first).days > 1:
            _span(row, axis, y, mark)
        if (mark.last - mark.first).days <= FINE:
            _SHAPES[mark.kind](row, axis.at(mark.middle), y, mark)
    write(
        row,
        RIGHT + 12,
        y + 4,
        brief(pact.signed) or "no signing told",
        "small" if pact.is_signed else "small dim",
    )


def _short(pact: Agreement) -> str:
    """A name that fits: of a pact outside the group the other party, and what tells it apart."""
    if pact.of_group:
        return pact.name
    return local(pact.node).removeprefix("ukraine-").replace("-", " ").title().replace("Years", "years")


def _span(row: ET.Element, axis: Axis, y: float, mark: Mark) -> None:
    left, right = axis.at(mark.first), axis.at(mark.last)
    if mark.kind == "expected":
        draw(
            row,
            "rect",
            "expected",
            mark.told,
            x=left,
            y=y - 3.5,
            width=max(right - left, 3),
            height=7,
            rx=3.5,
        )
    elif mark.kind == "talks":
        draw(row, "path", "span", mark.told, d=f"M{number(left)} {number(y)}H{number(right)}")


def _triangle(row: ET.Element, x: float, y: float, mark: Mark) -> None:
    draw(row, "path", "talks", mark.told, d=f"M{number(x - 2.5)} {number(y - 4)}v8l7 -4z")


def _diamond(row: ET.Element, x: float, y: float, mark: Mark) -> None:
    draw(row, "path", "round", mark.told, d=f"M{number(x)} {number(y - 6.5)}l6.5 6.5l-6.5 6.5l-6.5 -6.5z")


def _ring(row: ET.Element, x: float, y: float, mark: Mark) -> None:
    if mark.first == mark.last:
        draw(row, "circle", "expected", mark.told, cx=x, cy=y, r=6)


def _cross(row: ET.Element, x: float, y: float, mark: Mark) -> None:
    draw(row, "path", "denied", mark.told, d=f"M{number(x - 4)} {number(y - 4)}l8 8m0 -8l-8 8")


def _dot(row: ET.Element, x: float, y: float, mark: Mark) -> None:
    draw(row, "circle", mark.kind, mark.told, cx=x, cy=y, r=3.6)


_SHAPES = {
    "talks": _triangle,
    "round": _diamond,
    "expected": _ring,
    "denied": _cross,
    "signed": _dot,
    "halfknown": _dot,
}


def _landmark(root: ET.Element, axis: Axis, name: str, day: Edtf | None, bottom: float) -> None:
    if day and day.first:
        x = axis.at(day.first)
        draw(root, "path", "landmark", d=f"M{number(x)} {TOP - 26}V{number(bottom)}")
        write(root, x + 5, TOP - 20, f"{name}, {say(day)}", "small dim")


def _legend(root: ET.Element) -> None:
    day = date(1, 1, 1)
    names = {
        "talks": "talks begun",
        "round": "round of talks",
        "expected": "expected day",
        "denied": "denied",
        "signed": "signed",
        "halfknown": "signed, day not told",
    }
    write(root, 20, 26, "Talks, expectations, signatures", "strong")
    x = LEFT + 84
    for kind, words in names.items():
        _SHAPES[kind](root, x, 22, Mark(kind, day, day, ""))
        write(root, x + 11, 26, words, "small dim")
        x += 30 + 6 * len(words)
    write(root, LEFT + 84, 44, "A bar or a dotted line means some day within it.", "small dim")


def _described(graph: Graph, pacts: list[Agreement], axis: Axis) -> str:
    signed = [pact for pact in pacts if pact.of_group and pact.is_signed]
    dated = [pact for pact in signed if pact.day]
    sentence = (
        f"{count(len(pacts), 'pact')} from {say_day(axis.first)} to {say_day(axis.last)}, one row each."
    )
    if dated:
        first, last = dated[0], dated[-1]
        sentence += (
            f" {count(len(signed), 'agreement')} of the group {'is' if len(signed) == 1 else 'are'} signed,"
            f" from {first.name} on {first.signed} to {last.name} on {last.signed}."
        )
    return f"{sentence} Beside the signing stand talks begun, rounds, expected days and denials; each mark has its own title."
