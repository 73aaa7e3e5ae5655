"""The chart of reported numbers of signed agreements, beside the number that the facts give."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import timedelta
from string import ascii_lowercase

from pactgraph.pictures.axis import Axis, draw_ticks
from pactgraph.pictures.canvas import draw, number, picture, serialized, write
from pactgraph.pictures.drawing import brief
from story.agreements import Agreement, say_day, signed_of_group, signed_up_to
from story.reading import Graph
from story.reports import LONGEST, Reported, reported
from story.words import count

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 440, 76, 392, 52, 972
KEY = 400
STEP = 5
"""Agreements from one line of the grid to the next."""


def counts_picture(graph: Graph) -> str:
    """The chart as SVG."""
    signed, points = signed_of_group(graph), reported(graph)
    days = [a.known for a in signed if a.known] + [p.until for p in points]
    if not days:
        return serialized(picture(HEIGHT, "Reported counts", "No number is reported."))
    axis = Axis(min(days).replace(day=1), max(days) + timedelta(days=14), LEFT, RIGHT)
    scale = _Scale(max([len(signed), *(p.number for p in points)]))
    root = picture(HEIGHT, "Signed agreements: reported and counted", _described(signed, points))
    _legend(root)
    _grid(root, axis, scale)
    for states in (True, False):
        _stairs(root, axis, scale, signed, states=states)
    _points(root, axis, scale, points, graph)
    _labels(root, axis, scale, [p for p in points if p.off], graph)
    return serialized(root)


class _Scale:
    """Numbers from the bottom up."""

    def __init__(self, most: int) -> None:
        self.most = (most // STEP + 1) * STEP

    def at(self, number_: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * number_ / self.most


def _grid(root: ET.Element, axis: Axis, scale: _Scale) -> None:
    draw_ticks(root, axis, TOP, BOTTOM, above=False)
    for value in range(0, scale.most + 1, STEP):
        y = scale.at(value)
        draw(root, "path", "grid", d=f"M{LEFT} {number(y)}H{RIGHT}")
        write(root, LEFT - 8, y + 4, str(value), "dim end")


def _stairs(
    root: ET.Element, axis: Axis, scale: _Scale, signed: Sequence[Agreement], *, states: bool
) -> None:
    """The number that the facts give, day after day."""
    path = f"M{number(axis.left)} {number(scale.at(0))}"
    for day in sorted({a.known for a in signed if a.known}):
        y = scale.at(signed_up_to(signed, day, states=states))
        path += f"H{number(axis.at(day))}V{number(y)}"
    style = "line states" if states else "line"
    draw(root, "path", style, "with states" if states else "in all", d=f"{path}H{number(axis.right)}")


def _points(root: ET.Element, axis: Axis, scale: _Scale, points: Sequence[Reported], graph: Graph) -> None:
    marks = ET.SubElement(root, "g")
    for point in points:
        x, y = axis.at(point.until), scale.at(point.number)
        if point.since < point.until and (point.until - point.since).days <= LONGEST:
            draw(marks, "path", "vague", d=f"M{number(axis.at(point.since))} {number(y)}H{number(x)}")
        _shape(marks, x, y, point.states, _is_own(point), _told(graph, point))


def _shape(parent: ET.Element, x: float, y: float, states: bool, own: bool, told: str) -> None:
    style = "own" if own else "said"
    if states:
        draw(parent, "rect", style, told, x=x - 3.2, y=y - 3.2, width=6.4, height=6.4)
    else:
        draw(parent, "circle", style, told, cx=x, cy=y, r=3.6)


def _is_own(point: Reported) -> bool:
    """Whether a publisher says it in its own voice."""
    return point.claim.speaker == point.claim.publisher


def _told(graph: Graph, point: Reported) -> str:
    return f"{_amount(point)}, {_who(graph, point)}, {say_day(point.until)}"


def _short(graph: Graph, point: Reported) -> str:
    return f"{_amount(point)}, {graph.name(point.claim.speaker)}, {brief(say_day(point.until))}"


def _amount(point: Reported) -> str:
    about = {"About": "about ", "AtLeast": "more than ", "AtMost": "at most "}.get(point.bound, "")
    return about + count(point.number, "state" if point.states else "agreement")


def _who(graph: Graph, point: Reported) -> str:
    publisher = graph.name(point.claim.publisher) if point.claim.publisher else ""
    return (
        publisher if _is_own(point) or not publisher else f"{graph.name(point.claim.speaker)} ({publisher})"
    )


def _labels(root: ET.Element, axis: Axis, scale: _Scale, points: Sequence[Reported], graph: Graph) -> None:
    """A letter at each mark that misses the facts, and what it stands for in the corner that the stairs leave free."""
    top = scale.at(0) - 17 * len(points) - 14
    if points:
        draw(root, "rect", "ground", x=KEY - 8, y=top - 14, width=RIGHT - KEY + 8, height=BOTTOM - top + 12)
        write(root, KEY, top, "Off the facts", "strong")
    for letter, point in zip(ascii_lowercase, points, strict=False):
        x, y = axis.at(point.until), scale.at(point.number)
        write(root, x + (5 if point.off < 0 else -3), y + (14 if point.off < 0 else -7), letter, "strong")
        top += 17
        write(root, KEY, top, letter, "strong")
        write(root, KEY + 16, top, f"{_short(graph, point)}: {_off(point)}")


def _off(point: Reported) -> str:
    return f"{abs(point.off)} too {'many' if point.off > 0 else 'few'}"


def _legend(root: ET.Element) -> None:
    write(root, 20, 26, "Signed agreements, reported and counted", "strong")
    draw(root, "path", "line", d="M20 46h24")
    write(root, 50, 50, "facts: agreements", "dim")
    draw(root, "path", "line states", d="M168 46h24")
    write(root, 198, 50, "facts: with states", "dim")
    for x, own, words in ((316, False, "officials and bodies"), (480, True, "publishers")):
        _shape(root, x, 46, False, own, "")
        _shape(root, x + 12, 46, True, own, "")
        write(root, x + 22, 50, words, "dim")
    write(root, 594, 50, "round: agreements, square: states", "dim")


def _described(signed: Sequence[Agreement], points: Sequence[Reported]) -> str:
    off = [point for point in points if point.off]
    last = max((a.known for a in signed if a.known), default=None)
    facts = (
        f"By the facts {count(len(signed), 'agreement')} had been signed by {say_day(last)}." if last else ""
    )
    told = f"{count(len(points), 'reported number')} stand beside the line; {len(off)} of them miss it."
    return f"{facts} {told}".strip()
