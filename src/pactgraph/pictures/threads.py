"""The graph of a pact as a picture: who signed above; below, threads from those who speak to what they say."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pactgraph.pictures.canvas import WIDTH, draw, fit, path, picture, serialized, symbol, write
from pactgraph.pictures.drawing import brief, clocks
from pactgraph.pictures.lettering import cut, width, wrapped
from pactgraph.pictures.sayings import Graph, Signers, Thread, What
from pactgraph.pictures.shapes import Sample, draw_legend

_EDGE, _STEP, _LINE, _GAP = 16.0, 20.0, 16.0, 4.0
_SPEAKERS, _WHATS, _DAYS = 340.0, 490.0, 872.0
"""Where the names of speakers end, where what they say begins, and where its days begin."""
_TWO: Final = 2
_COLUMNS: Final = 4


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text that belong together, and where they lie."""

    key: int
    lines: tuple[str, ...]
    heading: str = ""
    y: float = 0.0

    @property
    def height(self) -> float:
        return _STEP + _LINE * (len(self.lines) - 1) + (_STEP if self.heading else 0)

    @property
    def middle(self) -> float:
        """Where threads begin or end: at the first line of the words."""
        return self.y + (_STEP if self.heading else 0)


def graph_subtitle(graph: Graph) -> str:
    """How many say how much, and on which clock."""
    counted = (
        f"{_some(len(graph.whats), 'thing')} said",
        _some(graph.sources, "source"),
        _some(graph.origins, "independent origin"),
    )
    return " · ".join([", ".join(counted), *clocks(graph.clock)])


def graph_page(graph: Graph) -> str:
    """The picture as SVG."""
    root = picture(0, graph.name, _described(graph), "graph")
    write(root, _EDGE, 30, cut(graph.name, (WIDTH - 2 * _EDGE) / 1.7), "head")
    write(root, _EDGE, 50, graph_subtitle(graph), "dim")
    y = _draw_parties(root, graph, 84)
    if not graph.threads:
        write(root, _EDGE, y + 24, "No source says anything of it.")
        return serialized(fit(root, y + 44))
    y = draw_legend(root, _samples(graph), _EDGE, WIDTH - _EDGE, y + 34) + 36
    write(root, _EDGE, y, "Who says so", "strong")
    write(root, _WHATS, y, "What", "strong")
    write(root, _DAYS, y, "When", "strong")
    return serialized(fit(root, _draw_threads(root, graph, y + 28) + 12))


def _draw_parties(root: ET.Element, graph: Graph, y: float) -> float:
    """Two parties stand beside what came of the pact; more are listed."""
    if len(graph.parties) == _TWO:
        return _draw_two(root, graph, y)
    write(root, _EDGE, y, graph.outcome or "no stage told", "strong")
    room = (WIDTH - 2 * _EDGE) / _COLUMNS
    for nth, party in enumerate(graph.parties):
        x, line = _EDGE + room * (nth % _COLUMNS), y + 22 + _LINE * (nth // _COLUMNS)
        write(
            root,
            x,
            line,
            cut(": ".join((party.name, ", ".join(party.officials))).removesuffix(": "), room - 12),
        )
    return y + 22 + _LINE * (-(-len(graph.parties) // _COLUMNS) - 1) if graph.parties else y


def _draw_two(root: ET.Element, graph: Graph, y: float) -> float:
    outcome = wrapped(brief(graph.outcome or "no stage told"), 330)
    left, right = (_Party(party) for party in graph.parties)
    middle = WIDTH / 2
    style = "line" if graph.parties[0].officials or graph.outcome.startswith("signed") else "maybe"
    path(root, style, "M", _EDGE + left.room, y, "H", WIDTH - _EDGE - right.room)
    height = max(_LINE * len(outcome) + 10, 30.0)
    draw(root, "rect", "hollow", x=middle - 180, y=y - height / 2, width=360, height=height, rx=6)
    for nth, line in enumerate(outcome):
        write(root, middle, y + 4.5 + _LINE * (nth - (len(outcome) - 1) / 2), line, "strong middle")
    left.draw(root, _EDGE, y)
    right.draw(root, WIDTH - _EDGE - right.room, y)
    end = y + max(height / 2, left.height, right.height)
    for line in wrapped(", ".join(graph.others), 360) if graph.others else ():
        write(root, middle, end + 14, line, "middle")
        end += _LINE
    return end


class _Party:
    """A party in a box, and below it who signed for it."""

    def __init__(self, signers: Signers) -> None:
        self._name = cut(signers.name, 200)
        self._officials = [line for name in signers.officials for line in wrapped(name, 220)]
        self.room = min(max(width(self._name, bold=True) + 24, 90), 230)
        self.height = 15 + _LINE * len(self._officials)

    def draw(self, root: ET.Element, x: float, y: float) -> None:
        draw(root, "rect", "hollow", x=x, y=y - 15, width=self.room, height=30)
        write(root, x + self.room / 2, y + 4.5, self._name, "strong middle")
        start = x > WIDTH / 2
        for nth, line in enumerate(self._officials):
            write(root, x + self.room if start else x, y + 32 + _LINE * nth, line, "end" if start else "")


def _draw_threads(root: ET.Element, graph: Graph, top: float) -> float:
    speakers, whats = list(_speaker_blocks(graph)), list(_what_blocks(graph))
    height = max(_height(speakers), _height(whats))
    left, right = _placed(speakers, top, height), _placed(whats, top, height)
    known = {what.key: what for what in graph.whats}
    for thread in graph.threads:
        _draw_thread(root, thread, left[thread.speaker].middle, right[thread.what].middle, known[thread.what])
    for block in left.values():
        if block.heading:
            write(root, _EDGE, block.y + 4.5, block.heading, "dim")
        for nth, line in enumerate(block.lines):
            write(root, _SPEAKERS - 8, block.middle + 4.5 + _LINE * nth, line, "end")
    _draw_brackets(root, graph, left)
    for block in right.values():
        _draw_what(root, block, known[block.key])
    return top + height


def _speaker_blocks(graph: Graph) -> Iterator[Block]:
    for origin, speakers in groupby(graph.speakers, key=lambda speaker: speaker.origin):
        heading = cut(f"one origin: {origin}", _SPEAKERS - _EDGE - 8) if origin else ""
        for speaker in speakers:
            yield Block(speaker.key, tuple(wrapped(brief(speaker.words), _SPEAKERS - _EDGE - 26)), heading)
            heading = ""


def _what_blocks(graph: Graph) -> Iterator[Block]:
    for what in graph.whats:
        lines = wrapped(what.words, (_DAYS - _WHATS - 24) / (1.1 if what.holds else 1))
        against = wrapped(f"against: {what.against}", _DAYS - _WHATS - 24) if what.against else []
        days = _days(what)
        yield Block(what.key, (*lines, *against, *[""] * (len(days) - len(lines) - len(against))))


def _days(what: What) -> list[str]:
    return wrapped(brief(what.when), WIDTH - _DAYS - 8)


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height + _GAP for block in blocks) - _GAP


def _placed(blocks: Sequence[Block], top: float, height: float) -> Mapping[int, Block]:
    """Blocks one below the other, so far apart that they fill the height."""
    spare = (height - _height(blocks)) / max(len(blocks) - 1, 1)
    found, y = {}, top
    for block in blocks:
        found[block.key] = Block(block.key, block.lines, block.heading, y)
        y += block.height + _GAP + spare
    return found


def _draw_thread(root: ET.Element, thread: Thread, start: float, end: float, what: What) -> None:
    told = f"{thread.said.words}: {what.words}{f' [{thread.manner}]' if thread.manner else ''}"
    group = symbol(root, told, thread.said.link)
    middle = (_SPEAKERS + _WHATS) / 2
    path(group, _style(thread), "M", _SPEAKERS, start, "C", middle, start, middle, end, _WHATS - 14, end)
    _end_sample(_style(thread))(group, _WHATS - 14, end)


def _style(thread: Thread) -> str:
    if thread.denies:
        return "against"
    return "weak" if thread.manner else "thread"


def _end_sample(style: str) -> Sample:
    return {"thread": _dot, "weak": _ring, "against": _cross}[style]


def _dot(group: ET.Element, x: float, y: float) -> None:
    draw(group, "circle", "solid", cx=x, cy=y, r=3)


def _ring(group: ET.Element, x: float, y: float) -> None:
    draw(group, "circle", "own", cx=x, cy=y, r=3.6)


def _cross(group: ET.Element, x: float, y: float) -> None:
    path(group, "denied", "M", x - 4, y - 4, "l8 8 m0 -8 l-8 8")


def _draw_brackets(root: ET.Element, graph: Graph, placed: Mapping[int, Block]) -> None:
    for origin, speakers in groupby(graph.speakers, key=lambda speaker: speaker.origin):
        found = [placed[speaker.key] for speaker in speakers]
        if origin:
            path(root, "rule", "M", _EDGE, found[0].y + 10, "V", found[-1].y + found[-1].height - 8)


def _draw_what(root: ET.Element, block: Block, what: What) -> None:
    against = 0
    for nth, line in enumerate(block.lines):
        against += line.startswith("against: ")
        style = "contrary" if against else "strong" if what.holds else ""
        write(root, _WHATS, block.middle + 4.5 + _LINE * nth, line, style)
    for nth, line in enumerate(_days(what)):
        write(root, _DAYS, block.middle + 4.5 + _LINE * nth, line, "dim")


def _samples(graph: Graph) -> Iterator[tuple[Sample, str]]:
    used = {_style(thread) for thread in graph.threads}
    names = {"thread": "says so", "weak": "expects, hopes or holds it possible", "against": "denies it"}
    for style, words in names.items():
        if style in used:
            yield _line_sample(style), words
    if any(what.holds for what in graph.whats):
        yield _strong_sample, "a fact"


def _line_sample(style: str) -> Sample:
    def sample(group: ET.Element, x: float, y: float) -> None:
        path(group, style, "M", x - 10, y, "H", x + 8)
        _end_sample(style)(group, x + 8, y)

    return sample


def _strong_sample(group: ET.Element, x: float, y: float) -> None:
    write(group, x, y + 4, "Aa", "strong middle")


def _described(graph: Graph) -> str:
    signed = ", ".join(
        f"{party.name} ({', '.join(party.officials)})" for party in graph.parties if party.officials
    )
    told = f"{graph.name}: {graph.outcome or 'no stage told'}."
    by = f" Signed by {signed}." if signed else ""
    return f"{told}{by} {graph_subtitle(graph)}; each thread says who says what."


def _some(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
