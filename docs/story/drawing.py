"""Pictures as SVG: elements through xml.etree, days on an axis, one palette for light and dark."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pactgraph.dates.words import MONTHS

_STYLE = """
    text { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; font-size: 12px; fill: #22272e }
    .ground { fill: #f7f5f0 } .dim { fill: #67635b } .small { font-size: 11px } .strong { font-weight: 600 }
    .end { text-anchor: end } .middle { text-anchor: middle }
    .grid { stroke: #e3dfd5 } .landmark { stroke: #67635b; stroke-dasharray: 3 3 }
    .signed { fill: #3f8f62; stroke: #3f8f62 } .halfknown { fill: #f7f5f0; stroke: #3f8f62; stroke-width: 2 }
    .expected { fill: none; stroke: #a87400; stroke-width: 1.6 } .denied { stroke: #b3402f; stroke-width: 2; fill: none }
    .talks { fill: #1f6f8b; stroke: none } .span { fill: none; stroke: #1f6f8b; stroke-width: 1.4; stroke-dasharray: 1 3 }
    .round { fill: none; stroke: #1f6f8b; stroke-width: 1.6 }
    .line { fill: none; stroke: #3f8f62; stroke-width: 1.8 } .states { stroke-dasharray: 4 3; stroke-width: 1.3 }
    .said { fill: #a87400; stroke: #a87400 } .own { fill: #f7f5f0; stroke: #a87400; stroke-width: 1.6 }
    .vague { stroke: #a87400; stroke-width: 1; opacity: .55 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e8e6e1 } .ground { fill: #1d2025 } .dim { fill: #a9a69e }
      .grid { stroke: #343942 } .landmark { stroke: #a9a69e }
      .signed { fill: #5fb384; stroke: #5fb384 } .halfknown { fill: #1d2025; stroke: #5fb384 }
      .expected { stroke: #e0b040 } .denied { stroke: #ec8473 }
      .talks { fill: #5cb6d4 } .span, .round { stroke: #5cb6d4 } .line { stroke: #5fb384 }
      .said { fill: #e0b040; stroke: #e0b040 } .own { fill: #1d2025; stroke: #e0b040 }
      .vague { stroke: #e0b040 }
    }
  """


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from left to right: the first and the last, and where they lie."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where the middle of a day lies; a day beyond the ends lies at the end."""
        days = (min(max(day, self.first), self.last) - self.first).days
        return self.left + (self.right - self.left) * days / (self.last - self.first).days

    def months(self) -> Iterator[date]:
        """The first days of the months within."""
        year, month = self.first.year, self.first.month
        while (day := date(year, month, 1)) <= self.last:
            if day >= self.first:
                yield day
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def picture(width: int, height: int, title: str, told: str) -> ET.Element:
    """An empty picture with a name and a description for those who do not see it."""
    known = {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "aria-labelledby": "title what"}
    root = ET.Element("svg", known | {"viewBox": f"0 0 {width} {height}"})
    ET.SubElement(root, "title", id="title").text = title
    ET.SubElement(root, "desc", id="what").text = told
    ET.SubElement(root, "style").text = _STYLE
    draw(root, "rect", "ground", width=width, height=height, rx=14)
    return root


def draw(parent: ET.Element, tag: str, style: str, told: str = "", **places: float | str) -> ET.Element:
    """Adds a shape; `told` is what a pointer over it shows."""
    known = {name: value if isinstance(value, str) else number(value) for name, value in places.items()}
    shape = ET.SubElement(parent, tag, {"class": style, **known})
    if told:
        ET.SubElement(shape, "title").text = told
    return shape


def write(parent: ET.Element, x: float, y: float, words: str, style: str = "") -> None:
    """Adds a line of text."""
    known = {"class": style} if style else {}
    ET.SubElement(parent, "text", known | {"x": number(x), "y": number(y)}).text = words


def months(parent: ET.Element, axis: Axis, top: float, bottom: float, every: int) -> None:
    """Lines and names of the months, `every` so many."""
    for day in axis.months():
        if (day.month - 1) % every == 0:
            x = axis.at(day)
            draw(parent, "path", "grid", d=f"M{number(x)} {number(top)}V{number(bottom)}")
            words = MONTHS[day.month - 1][:3] + (
                f" {day.year}" if day.month == 1 or day == axis.first else ""
            )
            write(parent, x, bottom + 15, words, "small dim middle")


def brief(day: str) -> str:
    """A day in words with the name of its month cut short."""
    return " ".join(word[:3] if word in MONTHS else word for word in day.split())


def number(value: float) -> str:
    """At most one digit after the point, the same everywhere."""
    return f"{value:.1f}".removesuffix(".0")


def serialized(root: ET.Element) -> str:
    """The picture as text."""
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", short_empty_elements=True) + "\n"
