"""Names: what a graph calls its parties, officials, bodies, places, events and pacts, and what states are called.

The graph is the gazetteer: the labels, adjectives and capitals of `data/` come first, then the list of states in
`lexica/states.tsv`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from pactgraph.extraction.states import StateRow, read_states
from pactgraph.graph.nodes import Nodes, Properties, iris, one
from pactgraph.vocabulary import ID, ONTOLOGY, PACT, RDF, SKOS

_KINDS = {
    "State": "party",
    "Organization": "party",
    "PartyGroup": "group",
    "Body": "body",
    "Official": "person",
    "Place": "place",
    "Summit": "event",
    "Conference": "event",
    "Declaration": "pact",
    "Compact": "pact",
    "Measure": "measure",
}
_WORD = re.compile(r"[^\W_]+(?:[.’'][^\W_]+)*\.?|&")


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that has a name; its node is in the graph or would be minted for it.

    `side` is the party that an official or a body acts for, `code` the code of a state.
    """

    kind: str
    name: str
    node: NamedNode
    code: str = ""
    side: NamedNode | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A way of naming an entity: its `name`, an `adjective`, or the `capital` that stands for its government."""

    words: tuple[str, ...]
    entity: Entity
    how: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A name that several bodies have, what their parties are called, and where in a text it stands first."""

    words: tuple[str, ...]
    entities: tuple[Entity, ...]
    called: Mapping[NamedNode | None, list[str]]
    place: tuple[int, int] = (0, 0)

    def own(self, text: str) -> Entity | None:
        """The one of the party that a text names, or names by far most often."""
        often = {e: sum(_count(text, name) for name in self.called[e.side]) for e in self.entities}
        first, second, *_ = sorted(self.entities, key=lambda e: -often[e])
        return first if often[first] > 2 * often[second] else None

    def __str__(self) -> str:
        listed = ", ".join(sorted(entity.name for entity in self.entities))
        return f"“{' '.join(self.words)}” is a name of several: {listed}; the text names the party of none of them alone"


def _count(text: str, name: str) -> int:
    return len(re.findall(rf"\b{re.escape(name)}\b", text))


class Names:
    """All names, found by their first word."""

    def __init__(self, names: Iterable[Name], hubs: Iterable[NamedNode], nodes: Nodes) -> None:
        self._by_first: dict[str, list[Name]] = {}
        self.entities: dict[NamedNode, Entity] = {}
        for name in names:
            self._by_first.setdefault(name.words[0], []).append(name)
            self.entities.setdefault(name.entity.node, name.entity)
        for found in self._by_first.values():
            found.sort(key=lambda n: (-len(n.words), _ORDER.get(n.entity.kind, 9), n.entity.node.value))
        self.hubs = frozenset(hubs)
        self.nodes = nodes

    def told_apart(self, text: str) -> tuple[Names, list[Shared]]:
        """These names for one text, and those that it leaves open.

        A name that bodies of several parties share is that of the party which the text names, or names more than twice
        as often as any other; where there is none, it is nobody's.
        """
        kept, open_ = copy(self), list[Shared]()
        kept._by_first = dict(self._by_first)
        for shared in self._shared:
            if (found := re.search(rf"\b{re.escape(' '.join(shared.words))}\b", text)) is None:
                continue
            own = shared.own(text)
            others = [e for e in shared.entities if e is not own]
            kept._by_first[shared.words[0]] = [
                n
                for n in kept._by_first[shared.words[0]]
                if n.words != shared.words or n.entity not in others
            ]
            if own is None:
                open_.append(replace(shared, place=found.span()))
        return (kept, open_) if self._shared else (self, open_)

    @cached_property
    def _shared(self) -> tuple[Shared, ...]:
        """The names that bodies of several parties share."""
        every = [name for names in self._by_first.values() for name in names]
        bodies: dict[tuple[str, ...], dict[Entity, None]] = defaultdict(dict)
        for name in every:
            if name.entity.kind == "body" and name.entity.side is not None:
                bodies[name.words][name.entity] = None
        several = {words: tuple(found) for words, found in bodies.items() if len({e.side for e in found}) > 1}
        sides = {entity.side for found in several.values() for entity in found}
        called = {side: [" ".join(n.words) for n in every if n.entity.node == side] for side in sides}
        return tuple(Shared(words, found, called) for words, found in sorted(several.items()))

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, Name]]:
        """Where names stand in a stretch of text, the longest first at each place, none inside another."""
        words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text, start, end)]
        index = 0
        while index < len(words):
            found = self._at(words, index)
            if found is None:
                index += 1
                continue
            name, count = found
            last = words[index + count - 1]
            yield words[index][0], last[0] + len(name.words[-1]), name
            index += count

    def _at(self, words: list[tuple[int, int, str]], index: int) -> tuple[Name, int] | None:
        first = words[index][2]
        for form in _forms(first):
            for name in self._by_first.get(form, ()):
                count = len(name.words)
                rest = [words[index + i][2] for i in range(1, count) if index + i < len(words)]
                if len(rest) == count - 1 and all(
                    w in _forms(g) for w, g in zip(name.words[1:], rest, strict=True)
                ):
                    return name, count
        return None

    def ending_in(self, word: str) -> Iterator[Name]:
        """The names whose last word is this one."""
        return (name for names in self._by_first.values() for name in names if name.words[-1].lower() == word)

    @cached_property
    def held(self) -> dict[NamedNode, list[str]]:
        """The offices that the graph gives its officials, by their names."""
        found: dict[NamedNode, list[str]] = {}
        for properties in self.nodes.values():
            holder, office = one(properties, PACT.holder), one(properties, PACT.office)
            if isinstance(holder, NamedNode) and isinstance(office, NamedNode):
                found.setdefault(holder, []).append(_label(self.nodes.get(office, {})))
        return found

    @cached_property
    def hub(self) -> Entity | None:
        """The party that the graph's pacts have in common, if it says one."""
        return next(
            (self.entities[node] for node in sorted(self.hubs, key=str) if node in self.entities), None
        )


_ORDER = {"party": 0, "group": 1, "person": 2, "body": 3, "pact": 4, "event": 5, "measure": 6, "place": 7}


def _forms(word: str) -> tuple[str, ...]:
    """A word as it stands, and without the full stop or the possessive that may hang on it."""
    plain = word.replace("’", "'")
    bare = plain.removesuffix("'s").removesuffix("'")
    return tuple(dict.fromkeys((plain, bare, bare.removesuffix("."), folded(bare))))


def read_names(nodes: Nodes, states: Path) -> Names:
    """The names of a graph's nodes, and those of the states that it does not hold."""
    entities = {node: _entity(node, p) for node, p in nodes.items() if isinstance(node, NamedNode)}
    known = {node: entity for node, entity in entities.items() if entity is not None}
    sides = _sides(nodes)
    known = {n: _with_side(e, sides.get(n)) for n, e in known.items()}
    codes = {e.code for e in known.values() if e.code}
    names = [name for node, e in known.items() for name in _names_of(e, nodes[node])]
    names += [name for row in read_states(states) for name in _names_of_state(row, codes, known)]
    hubs = {hub for p in nodes.values() for hub in iris(p, PACT.hub)}
    return Names(dict.fromkeys(names), hubs, nodes)


def _entity(node: NamedNode, properties: Properties) -> Entity | None:
    kinds = [_KINDS.get(t.value.removeprefix(ONTOLOGY)) for t in iris(properties, RDF.type)]
    kind = next((k for k in kinds if k), None)
    label = _label(properties)
    code = one(properties, PACT.code)
    return Entity(kind, label, node, code.value if code is not None else "") if kind and label else None


def _label(properties: Properties) -> str:
    values = [v for v in properties.get(SKOS.prefLabel, ()) if isinstance(v, Literal)]
    return next((v.value for v in values if v.language == "en"), values[0].value if values else "")


def _with_side(entity: Entity, side: NamedNode | None) -> Entity:
    return Entity(entity.kind, entity.name, entity.node, entity.code, side) if side else entity


def _sides(nodes: Nodes) -> dict[NamedNode, NamedNode]:
    """The party that each body acts for, and each official by the first office that data give."""
    acts: dict[NamedNode, NamedNode] = {}
    for node, properties in nodes.items():
        side = one(properties, PACT.actsFor)
        if isinstance(node, NamedNode) and isinstance(side, NamedNode):
            acts[node] = side
    for properties in nodes.values():
        holder, office = one(properties, PACT.holder), one(properties, PACT.office)
        if isinstance(holder, NamedNode) and isinstance(office, NamedNode) and office in acts:
            acts.setdefault(holder, acts[office])
    for node, side in list(acts.items()):
        while side in acts:
            side = acts[side]
        acts[node] = side
    return acts


def _names_of(entity: Entity, properties: Properties) -> Iterator[Name]:
    labels = [SKOS.prefLabel, SKOS.altLabel]
    for text in _texts(properties, labels):
        if any(c.isupper() for c in text) or entity.kind == "measure":
            yield from _name(text, entity, "name")
    for text in _texts(properties, [PACT.demonym]):
        yield from _name(text, entity, "adjective")
    for text in _texts(properties, [PACT.metonym]):
        yield from _name(text, entity, "capital")
    if entity.kind == "person":
        yield from _name(entity.name.split()[-1], entity, "name")


def _texts(properties: Properties, names: Iterable[NamedNode]) -> Iterator[str]:
    """The labels that English news may print: those in Latin letters."""
    for name in names:
        for value in properties.get(name, ()):
            if isinstance(value, Literal) and (value.language in (None, "en") or name == PACT.metonym):
                yield value.value


def _name(text: str, entity: Entity, how: str) -> Iterator[Name]:
    words = tuple(m[0].replace("’", "'") for m in _WORD.finditer(text))
    if words:
        yield Name(words, entity, how)
        plain = tuple(map(folded, words))
        if plain != words:
            yield Name(plain, entity, how)


def folded(word: str) -> str:
    """A word without accents, as many papers print it."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def _names_of_state(row: StateRow, codes: set[str], known: Mapping[NamedNode, Entity]) -> Iterator[Name]:
    """What a state is called; one that the graph holds is the graph's."""
    held = next((e for e in known.values() if e.code == row.code), None)
    entity = held or Entity("party", row.name, NamedNode(f"{ID}party/{_slug(row.name)}"), row.code)
    for text in (row.name, *row.others):
        yield from _name(text, entity, "name")
    for text in row.adjectives:
        yield from _name(text, entity, "adjective")
    for text in row.capitals:
        yield from _name(text, entity, "capital")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
