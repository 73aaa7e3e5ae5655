"""Does a candidate say what a gold claim says? By three levels, each with the ones before it.

What the two call the same thing stands in `lexica/gold.toml` and in the labels of the graph.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from pathlib import Path

from pactgraph.errors import BadInput
from pactgraph.evaluation.gold import GoldClaim
from pactgraph.extraction import Candidate, Entity
from pactgraph.extraction.names import folded
from pactgraph.graph.nodes import Nodes
from pactgraph.vocabulary import ID, PACT, SKOS

ANYTHING = "*"
"""The object of a gold claim that is prose: whatever a candidate says there is right."""

_STATE = re.compile(r"(?P<code>[A-Z]{2}) (?P<body>.+)")
_FIGURE = re.compile(r"\d")
"""An object with a figure in it is compared as it stands: 2.5 is not 25."""


class Level(IntEnum):
    """How much of a claim must be right."""

    KEY = 1
    """Predicate, subject and object."""
    PLACE = 2
    """Its evidence overlaps an accepted span, too."""
    FULL = 3
    """Speaker, modality and date, too."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is right about a candidate, held against one gold claim."""

    key: bool
    place: bool = False
    speaker: bool = False
    modality: bool = False
    date: bool = False

    @property
    def level(self) -> int:
        """The highest level that is reached; 0 for none."""
        if not self.key:
            return 0
        if not self.place:
            return Level.KEY
        return Level.FULL if self.speaker and self.modality and self.date else Level.PLACE

    @property
    def differences(self) -> tuple[str, ...]:
        """What is not right."""
        return tuple(name for name in ("place", "speaker", "modality", "date") if not getattr(self, name))


class Rulebook:
    """The words of gold claims and ours."""

    def __init__(self, told: Mapping[str, object], nodes: Nodes) -> None:
        self.core = frozenset(_listed(told, "core"))
        self.undated = frozenset(_listed(told, "undated"))
        self.vague = _table(told, "vague")
        self._codes = {f"{ID}{end}": word for end, word in _table(told, "nodes").items()}
        self._spelling = _table(told, "spelling")
        self._same = self._groups(told.get("same"))
        self._nodes = nodes
        self._known: dict[Entity, frozenset[str]] = {}

    def _groups(self, told: object) -> dict[str, frozenset[str]]:
        groups: dict[str, frozenset[str]] = {}
        for word, others in (told if isinstance(told, dict) else {}).items():
            every = frozenset(map(self.normal, (word, *others)))
            groups |= {each: groups.get(each, frozenset()) | every for each in every}
        return groups

    def normal(self, words: str) -> str:
        """Words as they are compared: small letters without accents, one spelling, nothing but letters and digits."""
        plain = re.sub(r"\W+", " ", folded(words).casefold()).split()
        return " ".join(filter(None, (self._spelling.get(word, word) for word in plain)))

    def names(self, thing: Entity | str) -> frozenset[str]:
        """Everything that the gold may call a thing."""
        if isinstance(thing, str):
            return self._alike([thing])
        if thing not in self._known:
            self._known[thing] = self._alike(self._called(thing))
        return self._known[thing]

    def _called(self, thing: Entity) -> Iterable[str]:
        yield thing.name
        if thing.code and thing.kind == "party":
            yield thing.code
            yield f"{thing.code} government"
        if thing.kind in ("agreement", "pacts"):
            yield "agreements"
        if thing.node.value in self._codes:
            yield self._codes[thing.node.value]
        for label in (SKOS.prefLabel, SKOS.altLabel):
            yield from (value.value for value in self._nodes.get(thing.node, {}).get(label, ()))

    def _alike(self, words: Iterable[str]) -> frozenset[str]:
        plain = set(map(self.normal, words))
        return frozenset(plain.union(*(self._same.get(each, ()) for each in plain)))

    def wanted(self, words: str) -> frozenset[str]:
        """What may stand for a word of the gold: the word itself, and `XX ministry` with the names of the state."""
        found = {self.normal(words)}
        if match := _STATE.fullmatch(words):
            body = self.normal(match["body"])
            for name in self._states.get(match["code"].lower(), ()):
                found |= {f"{name} {body}", f"{name} s {body}", f"{body} of {name}"}
        return frozenset(found)

    @cached_property
    def _states(self) -> Mapping[str, frozenset[str]]:
        names: dict[str, frozenset[str]] = {}
        for properties in self._nodes.values():
            for code in properties.get(PACT.code, ()):
                labels = (
                    v.value
                    for p in (SKOS.prefLabel, SKOS.altLabel, PACT.demonym)
                    for v in properties.get(p, ())
                )
                names[code.value] = names.get(code.value, frozenset()) | frozenset(map(self.normal, labels))
        return names


def read_rulebook(path: Path, nodes: Nodes) -> Rulebook:
    """The rulebook of a file, with the labels of a graph; raises BadInput for a file that is no TOML."""
    try:
        return Rulebook(tomllib.loads(path.read_text(encoding="utf-8")), nodes)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"this is not TOML: {error}", where=path) from None


def _listed(told: Mapping[str, object], name: str) -> list[str]:
    value = told.get(name, [])
    return list(map(str, value)) if isinstance(value, list) else []


def _table(told: Mapping[str, object], name: str) -> dict[str, str]:
    value = told.get(name, {})
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}


def mark(candidate: Candidate, gold: GoldClaim, rules: Rulebook) -> Marks:
    """What is right about a candidate."""
    if not (
        candidate.predicate == gold.predicate
        and _subject(candidate, gold, rules)
        and _object(candidate, gold, rules)
    ):
        return Marks(key=False)
    return Marks(
        key=True,
        place=_overlaps(candidate, gold),
        speaker=_speaker(candidate, gold, rules),
        modality=candidate.modality == gold.modality,
        date=_date(candidate, gold, rules),
    )


def _subject(candidate: Candidate, gold: GoldClaim, rules: Rulebook) -> bool:
    wanted = frozenset().union(*map(rules.wanted, gold.subjects))
    return any(rules.names(each) & wanted for each in (candidate.subject, *candidate.also_about))


def _object(candidate: Candidate, gold: GoldClaim, rules: Rulebook) -> bool:
    if gold.object == ANYTHING:
        return True
    if isinstance(candidate.object, str) and _FIGURE.search(gold.object):
        return candidate.object == gold.object
    return bool(rules.names(candidate.object) & rules.wanted(gold.object))


def _overlaps(candidate: Candidate, gold: GoldClaim) -> bool:
    places = (candidate.evidence, *candidate.also_at)
    return any(start < end_ and start_ < end for start, end in places for start_, end_ in gold.evidence)


def _speaker(candidate: Candidate, gold: GoldClaim, rules: Rulebook) -> bool:
    speaker = candidate.voice.speaker
    if gold.speaker is None or speaker is None:
        return gold.speaker is None and speaker is None
    return bool(rules.names(speaker) & rules.wanted(gold.speaker))


def _date(candidate: Candidate, gold: GoldClaim, rules: Rulebook) -> bool:
    """The same date, or as vague; where the gold gives none, at most a vague one."""
    when = candidate.when
    if gold.predicate in rules.undated:
        return True
    if gold.date is None:
        return when is None or bool(when.vague)
    if vague := rules.vague.get(gold.date):
        return when is not None and when.vague == vague
    return when is not None and when.edtf == gold.date
