"""Texts and passages: what was read, and the exact stretch of it that a claim rests on."""

from pactgraph.passage.boundary import Fault, fault, find_bounded, find_words
from pactgraph.passage.fragment import TextFragment, from_link, link, parse, write
from pactgraph.passage.locator import make
from pactgraph.passage.rendering import matches
from pactgraph.passage.selector import Passage, Placement, Status, describe, locate, prove
from pactgraph.passage.span import Span, parse_position, write_position
from pactgraph.passage.text import Text, decode, normal_words, normalise, read

__all__ = [
    "Fault",
    "Passage",
    "Placement",
    "Span",
    "Status",
    "Text",
    "TextFragment",
    "decode",
    "describe",
    "fault",
    "find_bounded",
    "find_words",
    "from_link",
    "link",
    "locate",
    "make",
    "matches",
    "normal_words",
    "normalise",
    "parse",
    "parse_position",
    "prove",
    "read",
    "write",
    "write_position",
]
