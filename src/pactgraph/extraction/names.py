"""Names: what a graph calls its parties, officials, bodies, places, events and pacts, and what states are called.

The graph is the gazetteer: the labels, adjectives and capitals of `data/` come first, then the lists of states and of
their leaders in `lexica/`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode

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


class Names:
    """All names, found by their first word."""

    def __init__(self, names: Iterable[Name], hubs: Iterable[NamedNode], nodes: Nodes) -> None:
        self._by_first: dict[str, list[Name]] = defaultdict(list)
        self.entities: dict[NamedNode, Entity] = {}
        for name in names:
            self._by_first[name.words[0]].append(name)
            self.entities.setdefault(name.entity.node, name.entity)
        for found in self._by_first.values():
            found.sort(key=lambda n: (-len(n.words), _ORDER.get(n.entity.kind, 9), n.entity.node.value))
        self.hubs = frozenset(hubs)
        self.nodes = nodes

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
    return tuple(dict.fromkeys((plain, bare, bare.removesuffix("."), _folded(bare))))


def read_names(nodes: Nodes, lexica: Path) -> Names:
    """The names of a graph's nodes, and those of the states and leaders that it does not hold."""
    entities = {node: _entity(node, p) for node, p in nodes.items() if isinstance(node, NamedNode)}
    known = {node: entity for node, entity in entities.items() if entity is not None}
    states = {row.code: (row, _state(row, known)) for row in read_states(lexica / "states.tsv")}
    leaders = list(read_leaders(lexica / "leaders.tsv"))
    sides = {_folded(row.name): states[row.code][1].node for row in leaders} | _sides(nodes)
    known = {n: _with_side(e, sides.get(n) or sides.get(_folded(e.name))) for n, e in known.items()}
    names = [name for node, e in known.items() for name in _names_of(e, nodes[node])]
    names += [name for row, state in states.values() for name in _names_of_state(row, state)]
    names += [name for row in leaders for name in _names_of_leader(row, states[row.code][1], known)]
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
        plain = tuple(map(_folded, words))
        if plain != words:
            yield Name(plain, entity, how)


def _folded(word: str) -> str:
    """A word without accents, as many papers print it."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state in the list of states."""

    code: str
    name: str
    others: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]


def read_states(path: Path) -> Iterator[StateRow]:
    """The rows of `lexica/states.tsv`."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for line in lines[1:]:
        code, name, others, adjectives, capitals = line.split("\t")
        yield StateRow(code, name, _parts(others), _parts(adjectives), _parts(capitals))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _state(row: StateRow, known: Mapping[NamedNode, Entity]) -> Entity:
    """The party that a row means; one that the graph holds is the graph's."""
    held = next((e for e in known.values() if e.code == row.code), None)
    return held or Entity("party", row.name, NamedNode(f"{ID}party/{_slug(row.name)}"), row.code)


def _names_of_state(row: StateRow, entity: Entity) -> Iterator[Name]:
    for text in (row.name, *row.others):
        yield from _name(text, entity, "name")
    for text in row.adjectives:
        yield from _name(text, entity, "adjective")
    for text in row.capitals:
        yield from _name(text, entity, "capital")


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """A person in the list of leaders, with the code of the state."""

    code: str
    name: str
    others: tuple[str, ...]


def read_leaders(path: Path) -> Iterator[LeaderRow]:
    """The rows of `lexica/leaders.tsv`."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for line in lines[1:]:
        code, name, others = line.split("\t")
        yield LeaderRow(code, name, _parts(others))


def _names_of_leader(row: LeaderRow, state: Entity, known: Mapping[NamedNode, Entity]) -> Iterator[Name]:
    """What a leader is called; none for one whom the graph names by itself."""
    if any(_folded(e.name) == _folded(row.name) for e in known.values()):
        return
    entity = Entity("person", row.name, person_node(row.name), side=state.node)
    for text in (row.name, *row.others):
        yield from _name(text, entity, "name")


def person_node(name: str) -> NamedNode:
    """The node that a person has whom no graph knows."""
    slug = re.sub(r"[^\w]+", "-", name.lower()).strip("-")
    return NamedNode(f"{ID}official/{slug}")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
