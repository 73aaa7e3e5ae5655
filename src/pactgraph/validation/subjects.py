"""Triples by subject, as the compiled shapes read them: one file, laid over the background it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from pactgraph.errors import contents
from pactgraph.graph.nodes import syntax_fault
from pactgraph.vocabulary import RDF, RDFS

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple
Properties = Mapping[NamedNode, Sequence[Term]]
Subjects = dict[Term, dict[NamedNode, list[Term]]]

TYPE: Final = RDF.type
SUBCLASS: Final = RDFS.subClassOf
_NOTHING: Properties = {}


def read(path: Path) -> list[Quad]:
    """The triples of a Turtle file, literals untouched, blank nodes renamed so that files can be merged.

    Raises SyntaxFault with line and column, BadInput when the file cannot be read.
    """
    try:
        return list(parse(contents(path), format=RdfFormat.TURTLE, rename_blank_nodes=True))
    except SyntaxError as fault:
        raise syntax_fault(fault, path) from None


def by_subject(triples: Iterable[Triple | Quad]) -> Subjects:
    """Subject, predicate, objects; a triple that is there twice counts once."""
    subjects: Subjects = {}
    add = subjects.setdefault
    for triple in triples:
        add(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    for properties in subjects.values():
        for predicate, values in properties.items():
            if len(values) > 1:
                properties[predicate] = list(dict.fromkeys(values))
    return subjects


def triples_of(subjects: Subjects) -> Iterator[Triple]:
    """The triples again: the inverse of `by_subject`."""
    for subject, properties in subjects.items():
        for predicate, values in properties.items():
            for value in values:
                yield Triple(subject, predicate, value)  # type: ignore[arg-type]


def _merged(one: Properties, other: Properties) -> dict[NamedNode, list[Term]]:
    predicates = dict.fromkeys((*one, *other))
    return {name: list(dict.fromkeys((*one.get(name, ()), *other.get(name, ())))) for name in predicates}


class View:
    """What a shape sees: `own` subjects, those of `base` behind them, and the inverse of both on demand."""

    __slots__ = ("_base_lineage", "_inverse", "_lineage", "_seen", "base", "own")

    def __init__(self, own: Subjects, base: View | None = None) -> None:
        self.own = own
        self.base = base
        self._inverse: dict[NamedNode, dict[Term, list[Term]]] = {}
        self._lineage: dict[Term, frozenset[Term]] = {}
        self._seen: Subjects = own
        if base is not None:
            behind = base._seen
            if shared := own.keys() & behind.keys():
                self._seen = own | {node: _merged(own[node], behind[node]) for node in shared}
            if not any(SUBCLASS in properties for properties in own.values()):
                self._lineage = base._lineage

    def about(self, node: Term) -> Properties:
        """The properties of a node; none for a literal or a node that nothing is said of."""
        found: Properties | None = self._seen.get(node)
        if found is None:
            return self.base.about(node) if self.base is not None else _NOTHING
        return found

    def subjects_of(self, predicate: NamedNode, value: Term) -> Sequence[Term]:
        """The subjects of triples with this predicate and object."""
        if (index := self._inverse.get(predicate)) is None:
            index = self._inverse[predicate] = self._index(predicate)
        behind = self.base.subjects_of(predicate, value) if self.base is not None else ()
        return list(dict.fromkeys((*index.get(value, ()), *behind)))

    def _index(self, predicate: NamedNode) -> dict[Term, list[Term]]:
        index: dict[Term, list[Term]] = {}
        for subject, properties in self.own.items():
            for value in properties.get(predicate, ()):
                index.setdefault(value, []).append(subject)
        return index

    def lineage(self, kind: Term) -> frozenset[Term]:
        """A class and all its superclasses, https://www.w3.org/TR/shacl/#terminology (rdfs:subClassOf*)."""
        if (known := self._lineage.get(kind)) is None:
            found, waiting = {kind}, [kind]
            while waiting:
                above = self.about(waiting.pop()).get(SUBCLASS, ())
                waiting.extend(new for new in above if new not in found)
                found.update(above)
            known = self._lineage[kind] = frozenset(found)
        return known

    def is_a(self, node: Term, kind: Term) -> bool:
        """Whether a node is a SHACL instance of a class."""
        found: Properties | None = self._seen.get(node)
        kinds = (self.about(node) if found is None else found).get(TYPE, ())
        for own_kind in kinds:  # noqa: SIM110 (asked some hundred thousand times)
            if kind in self.lineage(own_kind):
                return True
        return False
