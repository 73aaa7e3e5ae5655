"""What reading knows of words: the data files of `lexica/`, the shipped ones and a project's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pactgraph.errors import BadInput
from pactgraph.extraction.frames import Frame, read_frame


@dataclass(frozen=True, slots=True)
class ZoneWords:
    """What gives a line away: its first words, all its words, or a pattern."""

    name: str
    lines: frozenset[str]
    begins: tuple[str, ...]
    matches: re.Pattern[str] | None
    opens: bool

    def fits(self, line: str) -> bool:
        """Whether a line in small letters is one of these."""
        return (
            line.rstrip(":.… ") in self.lines
            or line.startswith(self.begins)
            or bool(self.matches and self.matches.search(line))
        )


@dataclass(frozen=True)
class Lexicon:
    """Words by what they are good for."""

    words: Mapping[str, Any]
    zones: tuple[ZoneWords, ...]
    labels: Mapping[str, list[str]]
    frames: tuple[Frame, ...]
    fields: Mapping[str, str]

    def group(self, section: str, name: str) -> frozenset[str]:
        """The words of one list."""
        key = section, name
        if key not in self._groups:
            self._groups[key] = frozenset(self.words[section][name])
        return self._groups[key]

    @cached_property
    def _groups(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    @cached_property
    def opening(self) -> Mapping[str, tuple[Frame, ...]]:
        """The frames that a word may open, by its base form, in their order."""
        words = {word for frame in self.frames for word in frame.verbs | frame.nouns}
        return {w: tuple(f for f in self.frames if w in f.verbs or w in f.nouns) for w in words}

    @cached_property
    def label(self) -> re.Pattern[str]:
        """A label at the beginning of a paragraph, with its colon."""
        every = sorted((word for words in self.labels.values() for word in words), key=len, reverse=True)
        return re.compile(rf"(?P<label>{'|'.join(map(re.escape, every))})\s*:\s*", re.IGNORECASE)

    def label_kind(self, label: str) -> str:
        """What a label says of its paragraph: source, quote or own."""
        return next(kind for kind, words in self.labels.items() if label.lower() in words)

    @cached_property
    def channels(self) -> tuple[tuple[str, str], ...]:
        """The words of channels with the channel's name, the longest first."""
        pairs = [(word, channel["name"]) for channel in self.words["channel"] for word in channel["words"]]
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def read_lexicon(files: list[Path]) -> Lexicon:
    """The lexicon of some TOML files; raises BadInput for one that cannot be read."""
    told = {path: _read(path) for path in files if path.suffix == ".toml"}
    words = next(content for path, content in told.items() if path.name == "words.toml")
    zones = next(content for path, content in told.items() if path.name == "zones.toml")
    frames = [frame for path, content in told.items() for frame in _frames(path, content)]
    told_fields = next(content for path, content in told.items() if path.name == "fields.toml")["fields"]
    fields = {word: name for name, listed in told_fields.items() for word in listed}
    return Lexicon(words, tuple(map(_zone, zones["zone"])), zones["labels"], tuple(frames), fields)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: {error}") from None


def _frames(path: Path, content: Mapping[str, Any]) -> Iterator[Frame]:
    for told in content.get("frame", ()):
        yield read_frame(told, path)


def _zone(told: Mapping[str, Any]) -> ZoneWords:
    patterns = told.get("matches")
    return ZoneWords(
        told["name"],
        frozenset(told.get("lines", ())),
        tuple(told.get("begins", ())),
        re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None,
        told.get("opens", False),
    )
