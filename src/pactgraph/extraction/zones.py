"""The lines of a captured page: headline, byline, caption, body, teaser, and what is no part of the article.

Every line keeps its place; the zone only says what it is, and later steps decide what to take from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from pactgraph.extraction.lexicon import Lexicon, ZoneWords

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_LONGEST_HEADLINE = 30
"""In words."""


_LONGEST_MARK = 1500
"""In letters; a longer line is a paragraph, whatever words it begins with."""
_LONGEST_BYLINE = 12
"""In words; a longer line that ends in a full stop is a sentence that happens to begin with `by`."""


class Zone(StrEnum):
    """What a line of a page is."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    BYLINE = "byline"
    CAPTION = "caption"
    BODY = "body"
    TEASER = "teaser"
    BIO = "bio"
    FEED = "feed"
    CHROME = "chrome"

    @property
    def is_read(self) -> bool:
        """Whether claims are taken from it."""
        return self not in (Zone.BIO, Zone.FEED, Zone.CHROME, Zone.BYLINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the page with its offsets, what it is, and the label that stands before its first word, if any."""

    start: int
    end: int
    zone: Zone
    label: str = ""


def zones(text: str, lexicon: Lexicon) -> list[Block]:
    """The lines of a text that hold anything, in order."""
    lines = [_trimmed(text, match) for match in _LINE.finditer(text)]
    lines = [(start, end) for start, end in lines if start < end]
    marked = [_mark(text[start:end], lexicon) for start, end in lines]
    first = _first_paragraph(text, lines, marked, lexicon)
    found = [
        Block(s, e, zone)
        for (s, e), zone in zip(lines, _walk(text, lines, marked, first, lexicon), strict=True)
    ]
    return list(
        _handed_on(each for block in _teased(text, found) for each in _labelled(text, block, lexicon))
    )


def _trimmed(text: str, match: re.Match[str]) -> tuple[int, int]:
    line = match[0]
    start = match.start() + len(line) - len(line.lstrip())
    return start, match.start() + len(line.rstrip())


def _mark(line: str, lexicon: Lexicon) -> ZoneWords | None:
    """The kind of line that its words give away; a paragraph gives nothing away."""
    if len(line) > _LONGEST_MARK:
        return None
    if lexicon.label.match(line):
        return None
    plain = line.lower().replace("’", "'").strip()
    sentence = _ends(line) and len(plain.split()) > _LONGEST_BYLINE
    fitting = (zone for zone in lexicon.zones if zone.fits(plain))
    return next((zone for zone in fitting if not (sentence and zone.name == Zone.BYLINE)), None)


def _first_paragraph(
    text: str, lines: list[tuple[int, int]], marked: list[ZoneWords | None], lexicon: Lexicon
) -> int:
    """The index of the first line of the article's body: the first that is made of sentences, or has a label."""
    for index, (start, end) in enumerate(lines):
        line = text[start:end]
        is_told = _is_prose(line) and not _is_title(line)
        if marked[index] is None and (is_told or lexicon.label.match(line)):
            return index
    return 0


def _is_prose(line: str) -> bool:
    return len(line.split()) >= 8 or _ends(line)


def _is_title(line: str) -> bool:
    return not _ends(line) and len(line.split()) <= _LONGEST_HEADLINE


def _ends(line: str) -> bool:
    return line.rstrip("”\"»)’' ").endswith((".", "!", "?", "…", ":", ";"))


def _walk(
    text: str,
    lines: list[tuple[int, int]],
    marked: list[ZoneWords | None],
    first: int,
    lexicon: Lexicon,
) -> Iterator[Zone]:
    """From the page's top to its end; some marks open a zone that lasts."""
    lasting: Zone | None = None
    in_body = False
    for index, ((start, end), mark) in enumerate(zip(lines, marked, strict=True)):
        line = text[start:end]
        in_body = in_body or index >= first
        if mark is not None:
            zone = Zone.TEASER if mark.name == "teasers" else Zone(mark.name)
            if mark.opens and in_body:
                lasting = zone if not (zone is Zone.TEASER and lasting in (Zone.FEED, Zone.BIO)) else lasting
            elif lasting is Zone.TEASER and zone is Zone.CHROME:
                lasting = Zone.CHROME
            yield Zone.CHROME if mark.opens and zone in (Zone.FEED, Zone.TEASER) and _is_short(line) else zone
        elif lasting is not None:
            yield lasting
        elif not in_body:
            yield Zone.HEADLINE if len(line.split()) >= 4 else Zone.CHROME
        elif _is_title(line):
            yield Zone.SUBHEAD
        else:
            yield Zone.BODY


def _is_short(line: str) -> bool:
    return len(line.split()) <= 4


def _teased(text: str, blocks: list[Block]) -> Iterator[Block]:
    """A title after the last paragraphs, and what stands below it, is of another article."""
    titles = [i for i, b in enumerate(blocks) if b.zone is Zone.SUBHEAD]
    end = max((i for i, b in enumerate(blocks) if b.zone in (Zone.BODY, Zone.SUBHEAD)), default=-1)
    last = titles[-1] if titles else len(blocks)
    trailing = (
        bool(titles) and end - last <= 1 and len(text[blocks[last].start : blocks[last].end].split()) >= 5
    )
    body = sum(block.zone is Zone.BODY for block in blocks[:last])
    for index, block in enumerate(blocks):
        teaser = trailing and body >= 3 and index >= last and block.zone in (Zone.BODY, Zone.SUBHEAD)
        yield replace(block, zone=Zone.TEASER) if teaser else block


def _handed_on(blocks: Iterable[Block]) -> Iterator[Block]:
    """A label that has a line to itself is that of the paragraph after it; `Background:`, of all until the next."""
    waiting = ""
    for block in blocks:
        if block.label:
            waiting = block.label if block.zone is Zone.CHROME or block.label == "own" else ""
        elif waiting and block.zone is Zone.BODY:
            block = replace(block, label=waiting)
            waiting = waiting if waiting == "own" else ""
        yield block


def _labelled(text: str, block: Block, lexicon: Lexicon) -> Iterator[Block]:
    """A paragraph without the label that stands before it (`Quote:`)."""
    match = (
        lexicon.label.match(text, block.start, block.end) if block.zone in (Zone.BODY, Zone.SUBHEAD) else None
    )
    if match is None:
        yield block
    elif match.end() < block.end:
        zone = Zone.BODY
        yield Block(match.end(), block.end, zone, lexicon.label_kind(match["label"]))
    else:
        yield replace(block, zone=Zone.CHROME, label=lexicon.label_kind(match["label"]))
