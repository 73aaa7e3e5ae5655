"""Declarations that parties join, and pacts that many sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pactgraph.extraction.candidate import Candidate
from pactgraph.extraction.frames import Frame
from pactgraph.extraction.grammar import Word
from pactgraph.extraction.names import Entity

if TYPE_CHECKING:
    from pactgraph.extraction.reading import Page


def read_joining(page: Page, frame: Frame, word: Word, theme: Word, named: Entity) -> Iterator[Candidate]:
    """Who signs or joins a pact that has a name of its own."""
    return iter(())
