"""One set of shapes over one background, ready to judge any number of files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal as OneOf

from pyoxigraph import Quad, Triple

from pactgraph.validation.reference import ReferenceFailed, reference_report
from pactgraph.validation.report import Finding, Report, report
from pactgraph.validation.shapes import ShapesGraph, UnknownConstruct
from pactgraph.validation.subjects import Subjects, Term, View, by_subject, read, triples_of
from pactgraph.validation.targets import Calls, Program

Engine = OneOf["auto", "compiled", "reference"]
SMALL = 4_000
"""Triples up to which `auto` takes the reference engine: some 200 claims."""


class Validator:
    """Shapes compiled once, over a background that is there for every file.

    `background` gives types, subclasses and whatever else the shapes look up; it is judged by
    `background_report`, and its own findings are no part of any other report. With engine "compiled",
    shapes that cannot be compiled raise UnknownConstruct; otherwise the reference engine judges by them.
    """

    def __init__(
        self, shapes: Sequence[Path], background: Iterable[Triple | Quad] = (), *, engine: Engine = "auto"
    ) -> None:
        self.shapes = ShapesGraph(triple for path in shapes for triple in read(path))
        self.base = View(by_subject(background))
        self.engine = engine
        self.program = _program(self.shapes, engine)

    def validate(self, triples: Iterable[Triple | Quad], focus: Collection[Term] | None = None) -> Report:
        """What the shapes find in these triples over the background; at the `focus` nodes alone, if given.

        The same results in the same order whichever engine judges. Raises ReferenceFailed when the shapes
        are broken.
        """
        own = by_subject(triples)
        view = View(own, self.base if self.base.own else None)
        found = self.own_findings(own, self._judge(view, absent=view.base is None))
        return report(found if focus is None else (each for each in found if each.focus in focus))

    @cached_property
    def background_report(self) -> Report:
        """What the shapes find in the background by itself."""
        return report(self._judge(self.base, absent=True))

    def own_findings(self, own: Subjects, found: Sequence[Finding]) -> Sequence[Finding]:
        """Those findings that are not the background's anyway."""
        return [each for each in found if each.focus in own or each not in self._known] if found else ()

    @cached_property
    def looking_back(self) -> Calls:
        """The focus nodes of the background that are judged again with every file."""
        return self.program.looking_back(self.base) if self.program is not None and self.base.own else ()

    @cached_property
    def _known(self) -> frozenset[Finding]:
        return frozenset(self.background_report.findings) if self.base.own else frozenset()

    def _judge(self, view: View, *, absent: bool) -> Sequence[Finding]:
        if self.program is None:
            return self._by_reference(view)
        if self.engine == "auto" and _size(view) <= SMALL:
            try:
                return self._by_reference(view)
            except ReferenceFailed:
                """pyshacl stumbles over some values that the Recommendation has an answer for."""
        return self.program.findings(view, absent, () if view.base is None else self.looking_back)

    def _by_reference(self, view: View) -> Sequence[Finding]:
        behind = triples_of(view.base.own) if view.base is not None else ()
        return reference_report(triples_of(view.own), self.shapes, behind).findings


def _program(shapes: ShapesGraph, engine: Engine) -> Program | None:
    if engine == "reference":
        return None
    try:
        return Program(shapes)
    except UnknownConstruct:
        if engine == "compiled":
            raise
        return None


def _size(view: View) -> int:
    own = sum(len(values) for properties in view.own.values() for values in properties.values())
    return own + (_size(view.base) if view.base is not None else 0)
