"""HTML that cannot be forgotten to be escaped: text is text, and markup is made by `element` alone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

_SPECIAL: Final = re.compile(r"[&<>\"'\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNFIT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_VOID: Final = frozenset({"br", "img", "input", "link", "meta"})
"""Elements without content or end tag: https://html.spec.whatwg.org/multipage/syntax.html#void-elements."""


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def escape(words: str) -> Html:
    """Text as markup; characters that HTML has no place for are left out."""
    if isinstance(words, Html):
        return words
    return Html(_escaped(words))


def element(tag: str, *children: str, **attributes: str | bool | None) -> Html:
    """An element with its children; `class_` is the attribute class, `data_label` data-label.

    An attribute that is None or False is left out, one that is True has no value.
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Html(f"<{tag}{written}>")
    return Html(f"<{tag}{written}>{join(children)}</{tag}>")


def join(parts: Iterable[str], separator: str = "") -> Html:
    """Several parts after each other."""
    return Html(escape(separator).join(map(escape, parts)))


def _attribute(name: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    known = name.rstrip("_").replace("_", "-")
    return f" {known}" if value is True else f' {known}="{_escaped(value)}"'


def _escaped(words: str) -> str:
    return html.escape(_UNFIT.sub("", words)) if _SPECIAL.search(words) else words
