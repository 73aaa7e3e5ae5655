"""From the text of an article to candidate claims: what it says, where exactly, who says so, and how it is put.

The steps are functions over offsets into the text, which nobody touches: zones, sentences, mentions, frames,
attribution, dates, merging. What they know of words is data, in `lexica/`.
"""

from __future__ import annotations

from pactgraph.extraction.article import Extraction, extract
from pactgraph.extraction.candidate import Candidate, Voice, When
from pactgraph.extraction.lexicon import Lexicon, read_lexicon
from pactgraph.extraction.names import Entity, Names, read_names

__all__ = [
    "Candidate",
    "Entity",
    "Extraction",
    "Lexicon",
    "Names",
    "Voice",
    "When",
    "extract",
    "read_lexicon",
    "read_names",
]
