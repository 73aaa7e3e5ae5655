"""Pictures as SVG: elements through xml.etree, and one style for paper, screen and the dark."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Final

from pactgraph.pictures.lettering import clean

WIDTH: Final = 1000
"""How wide every picture is, in its own units."""
_STYLE: Final = """
    svg { background: #fff } text { font: 13px "Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: #1a1a1a }
    .ground { fill: #fff } .dim { fill: #595959 } .contrary { fill: #a0103a } .strong { font-weight: 600 } .head { font-size: 19px; font-weight: 600 }
    .end { text-anchor: end } .middle { text-anchor: middle } a text:hover { text-decoration: underline }
    .grid { stroke: #dcdcdc } .rule { stroke: #8c8c8c } .leader { stroke: #c4c4c4; stroke-dasharray: 1 4 } .clock { stroke: #1a1a1a; stroke-dasharray: 5 3 }
    .halo { fill: none; stroke: #fff; stroke-width: 3.6; stroke-linejoin: round } .touch { fill: #fff; fill-opacity: 0; stroke: none }
    .solid { fill: #10365c; stroke: #10365c; stroke-width: 1.6 } .hollow { fill: #fff; stroke: #10365c; stroke-width: 1.8 }
    .doubtful { fill: #fff; stroke: #10365c; stroke-width: 1.6; stroke-dasharray: 2.4 1.8 }
    .band { fill: #c9d0d9 } .maybe { fill: none; stroke: #10365c; stroke-width: 1.5; stroke-dasharray: 1.5 3 }
    .expected { fill: none; stroke: #b25b00; stroke-width: 1.8 } .denied { fill: none; stroke: #a0103a; stroke-width: 2.6 }
    .line { fill: none; stroke: #10365c; stroke-width: 1.8 } .states { stroke-dasharray: 4 3; stroke-width: 1.3 }
    .said { fill: #b25b00; stroke: #b25b00 } .own { fill: #fff; stroke: #b25b00; stroke-width: 1.6 }
    .vague { stroke: #b25b00; opacity: .55 } .thread { fill: none; stroke: #8796a8; stroke-width: 1.2 }
    .weak { fill: none; stroke: #b25b00; stroke-width: 1.3; stroke-dasharray: 5 3 } .against { fill: none; stroke: #a0103a; stroke-width: 1.5; stroke-dasharray: 2 2.5 }
    @media screen and (prefers-color-scheme: dark) {
      svg { background: #16191d } text { fill: #e9e7e2 } .ground { fill: #16191d } .dim { fill: #b0aca4 } .contrary { fill: #ff8aa5 }
      .grid { stroke: #30353c } .rule { stroke: #777 } .leader { stroke: #4b5159 } .clock { stroke: #e9e7e2 }
      .halo { stroke: #16191d } .solid { fill: #9cc8f2; stroke: #9cc8f2 } .hollow, .doubtful { fill: #16191d; stroke: #9cc8f2 }
      .band { fill: #414b57 } .maybe, .line { stroke: #9cc8f2 } .expected, .vague, .weak { stroke: #efa949 }
      .denied, .against { stroke: #ff8aa5 } .said { fill: #efa949; stroke: #efa949 } .own { fill: #16191d; stroke: #efa949 }
      .thread { stroke: #5d6c7d }
    }
  """


def picture(height: float, title: str, told: str, name: str = "picture") -> ET.Element:
    """An empty picture, with a title and a description for those who do not see it.

    Roles are those of https://www.w3.org/TR/graphics-aria-1.0/#graphics-document; `name` makes the identifiers unique
    where several pictures stand on one page.
    """
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "graphics-document document",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-told",
            "viewBox": f"0 0 {WIDTH} {number(height)}",
            "width": str(WIDTH),
            "height": number(height),
        },
    )
    ET.SubElement(root, "title", id=f"{name}-title").text = clean(title)
    ET.SubElement(root, "desc", id=f"{name}-told").text = clean(told)
    ET.SubElement(root, "style").text = _STYLE
    draw(root, "rect", "ground", width=WIDTH, height=height)
    return root


def fit(root: ET.Element, height: float) -> ET.Element:
    """Gives the picture its height, which is known when all is drawn."""
    root.set("viewBox", f"0 0 {WIDTH} {round(height)}")
    for element in (root, *(shape for shape in root if shape.get("class") == "ground")):
        element.set("height", str(round(height)))
    return root


def draw(parent: ET.Element, tag: str, style: str, told: str = "", **places: float | str) -> ET.Element:
    """Adds a shape; `told` is what a pointer over it shows."""
    known = {name: value if isinstance(value, str) else number(value) for name, value in places.items()}
    shape = ET.SubElement(parent, tag, {"class": style, **known})
    if told:
        ET.SubElement(shape, "title").text = clean(told)
    return shape


def path(parent: ET.Element, style: str, *parts: str | float) -> ET.Element:
    """Adds a path of commands and places."""
    return draw(parent, "path", style, d=" ".join(p if isinstance(p, str) else number(p) for p in parts))


def write(parent: ET.Element, x: float, y: float, words: str, style: str = "") -> None:
    """Adds a line of text."""
    known = {"class": style} if style else {}
    ET.SubElement(parent, "text", known | {"x": number(x), "y": number(y)}).text = clean(words)


def symbol(parent: ET.Element, told: str, address: str | None = None) -> ET.Element:
    """Adds a group that means something: https://www.w3.org/TR/graphics-aria-1.0/#graphics-symbol; a link if it can be one."""
    if address and address.startswith(("https://", "http://")):
        parent = ET.SubElement(parent, "a", {"href": clean(address), "target": "_top"})
    group = ET.SubElement(parent, "g", {"role": "graphics-symbol img", "aria-label": clean(told)})
    ET.SubElement(group, "title").text = clean(told)
    return group


def group(parent: ET.Element, told: str) -> ET.Element:
    """Adds a group of shapes that belong together: https://www.w3.org/TR/graphics-aria-1.0/#graphics-object."""
    return ET.SubElement(parent, "g", {"role": "graphics-object group", "aria-label": clean(told)})


def number(value: float) -> str:
    """At most one digit after the point, the same everywhere."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def serialized(root: ET.Element) -> str:
    """The picture as text."""
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"
