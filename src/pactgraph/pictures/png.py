"""SVG as PNG, with letters that are the same everywhere. Needs the extra `png`."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from pactgraph.errors import UsageError

_FONT: Final = "Noto Sans"
_SCALE: Final = 2.0
"""Pixels to a unit of the picture: on 190 mm, 267 to the inch."""
_CARRIED: Final = ((0x20, 0x52F), (0x1E00, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x214F))
"""What the font has letters for: the three alphabets of Europe, and what stands between words."""


def png(svg: str) -> bytes:
    """The picture as PNG, light, of `_SCALE` pixels to a unit. Raises UsageError where the extra is not installed.

    Letters of other scripts than those of the font are taken from the fonts of the machine.
    """
    try:
        resvg, fonts = import_module("resvg_py"), import_module("fontpkg")
        font = str(fonts.path(_FONT))
    except (ImportError, LookupError) as error:
        raise UsageError(
            "PNG needs a library and a font: pip install 'pactgraph[png]'; or write SVG"
        ) from error
    drawn: bytes = resvg.svg_to_bytes(
        svg_string=svg,
        zoom=_SCALE,
        background="#ffffff",
        skip_system_fonts=all(map(_is_carried, svg)),
        font_files=[font],
        font_family=_FONT,
        sans_serif_family=_FONT,
    )
    return drawn


def _is_carried(letter: str) -> bool:
    return letter == "\n" or any(first <= ord(letter) <= last for first, last in _CARRIED)
