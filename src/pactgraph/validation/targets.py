"""Where shapes look: the focus nodes that a file calls for, https://www.w3.org/TR/shacl/#targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from pyoxigraph import NamedNode

from pactgraph.validation.compiled import Compiler
from pactgraph.validation.reach import reach, watched
from pactgraph.validation.report import Finding
from pactgraph.validation.rules import Judge
from pactgraph.validation.shapes import ShapesGraph
from pactgraph.validation.subjects import SUBCLASS, TYPE, Subjects, Term, View

Call = tuple[Term, Iterable[Judge]]
Calls = Sequence[Call]


class Program:
    """Compiled shapes with their targets, https://www.w3.org/TR/shacl/#targets."""

    def __init__(self, graph: ShapesGraph) -> None:
        compiler = Compiler(graph)
        judges = {node: compiler.judge(node) for node in compiler.shapes}
        self._by: dict[str, dict[Term, list[Judge]]] = {}
        self._reach = {judges[node]: reach(compiler.shapes, node) for node in compiler.shapes}
        self._watched = watched(compiler.shapes)
        for node, shape in compiler.shapes.items():
            for kind, terms in shape.targets.items():
                for term in () if shape.deactivated else terms:
                    self._by.setdefault(kind, {}).setdefault(term, []).append(judges[node])

    @property
    def target_nodes(self) -> Iterable[Term]:
        """Nodes that shapes single out by name."""
        return self._by.get("targetNode", {}).keys()

    def looking_back(self, base: View) -> Calls:
        """The focus nodes of a background from which shapes look back into the files."""
        calls = (
            (focus, [judge for judge in judges if self._reach[judge]])
            for focus, judges in self._called_for(base, True)
        )
        return [(focus, judges) for focus, judges in calls if judges]

    def is_local(self, own: Subjects) -> bool:
        """Whether a file can be judged by itself: what shapes follow backwards does not point out of it."""
        return not any(
            value not in own
            for predicate in self._watched
            for properties in own.values()
            for value in properties.get(predicate, ())
        )

    def findings(self, view: View, absent: bool, behind: Calls = ()) -> list[Finding]:
        """What the shapes find at the focus nodes that a view's own triples call for, and at those `behind`.

        With `absent`, nodes that shapes single out are judged even when nothing is said of them.
        """
        found: list[Finding] = []
        for focus, judges in chain(self._called_for(view, absent), behind):
            properties = view.about(focus)
            for judge in judges:
                found += judge(view, focus, properties)
        return found

    def _called_for(self, view: View, absent: bool) -> Iterator[Call]:
        yield from self._instances(view)
        yield from self._subjects(view)
        yield from self._objects(view)
        for node, judges in self._by.get("targetNode", {}).items():
            if absent or node in view.own:
                yield node, judges

    def _instances(self, view: View) -> Iterator[Call]:
        known: dict[tuple[Term, ...], list[Judge]] = {}
        for node, properties in view.own.items():
            if kinds := properties.get(TYPE):
                key = tuple(kinds)
                if (judges := known.get(key)) is None:
                    judges = known[key] = self._of_kinds(view, key)
                yield node, judges
        if any(SUBCLASS in properties for properties in view.own.values()):
            yield from self._newly_instances(view)

    def _newly_instances(self, view: View) -> Iterator[Call]:
        """A new subclass makes its instances behind the view new focus nodes."""
        for node, properties in view.base.own.items() if view.base is not None else ():
            if kinds := properties.get(TYPE):
                yield node, self._of_kinds(view, kinds)

    def _of_kinds(self, view: View, kinds: Iterable[Term]) -> list[Judge]:
        by_class = self._by.get("targetClass", {})
        lineage = dict.fromkeys(above for kind in kinds for above in view.lineage(kind))
        return list(dict.fromkeys(judge for kind in lineage for judge in by_class.get(kind, ())))

    def _subjects(self, view: View) -> Iterator[Call]:
        for predicate, judges in self._by_predicate("targetSubjectsOf"):
            for node, properties in view.own.items():
                if predicate in properties:
                    yield node, judges

    def _objects(self, view: View) -> Iterator[Call]:
        for predicate, judges in self._by_predicate("targetObjectsOf"):
            reached = (value for each in view.own.values() for value in each.get(predicate, ()))
            for node in dict.fromkeys(reached):
                yield node, judges

    def _by_predicate(self, kind: str) -> Iterator[tuple[NamedNode, list[Judge]]]:
        for predicate, judges in self._by.get(kind, {}).items():
            if isinstance(predicate, NamedNode):
                yield predicate, judges
