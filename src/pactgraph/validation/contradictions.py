"""What an ontology and authority data cannot all mean, however well each node is formed: circles, and two in one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.graph.nodes import Nodes, iris
from pactgraph.validation.report import VIOLATION, Finding
from pactgraph.vocabulary import PACT, RDF, SKOS, shorten

SHAPES: Final = "https://w3id.org/pactgraph/shapes#"
ONE_WAY: Final = NamedNode(f"{SHAPES}OneWay")
ORDER_OF_ITS_OWN: Final = NamedNode(f"{SHAPES}OrderOfItsOwn")

Steps = Mapping[NamedNode, list[NamedNode]]


def contradictions(files: Mapping[Path, Nodes]) -> Iterator[Finding]:
    """The findings in all files together, one for each node and file that is part of them."""
    for nodes, finding in (*_circular(files), *_in_one_place(files)):
        for node in nodes:
            for path in (path for path, described in files.items() if node in described):
                yield Finding(node, *finding, VIOLATION, finding[1], path)


_Parts = tuple[tuple[NamedNode, ...], tuple[str, NamedNode, Term | None, str]]
"""The nodes of a finding; its path, component, value and message."""


def _circular(files: Mapping[Path, Nodes]) -> Iterator[_Parts]:
    """Circles of the properties that the ontology says lead one way."""
    ways = {
        n for nodes in files.values() for n, p in nodes.items() if PACT.OneWayProperty in p.get(RDF.type, ())
    }
    for way in sorted(ways, key=str):
        steps = _steps(files, way)
        told: set[NamedNode] = set()
        for start in sorted(steps, key=str):
            if start not in told and (circle := _circle(start, steps)):
                told.update(circle)
                shown = " → ".join(shorten(node.value) for node in (*circle, start))
                message = f"Break this circle of {shorten(way.value)}: {shown}."
                yield circle, (way.value, ONE_WAY, None, message)


def _steps(files: Mapping[Path, Nodes], way: NamedNode) -> Steps:
    steps: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for nodes in files.values():
        for node, properties in nodes.items():
            if way in properties:
                steps[node] += iris(properties, way)
    return steps


def _circle(start: NamedNode, steps: Steps) -> tuple[NamedNode, ...]:
    """The shortest way from a node back to itself, without the return; empty where there is none."""
    before: dict[NamedNode, NamedNode] = {}
    waiting = [start]
    for node in waiting:
        for step in steps.get(node, ()):
            if step == start:
                return _way(node, before, start)
            if step not in before:
                before[step] = node
                waiting.append(step)
    return ()


def _way(node: NamedNode, before: Mapping[NamedNode, NamedNode], start: NamedNode) -> tuple[NamedNode, ...]:
    way = [node]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def _in_one_place(files: Mapping[Path, Nodes]) -> Iterator[_Parts]:
    """Concepts of one scheme that are given the same place in its order."""
    placed: dict[tuple[Term, Term], set[NamedNode]] = defaultdict(set)
    for nodes in files.values():
        for node, properties in nodes.items():
            for scheme in properties.get(SKOS.inScheme, ()):
                for order in properties.get(PACT.order, ()):
                    placed[scheme, order].add(node)
    for (scheme, order), found in placed.items():
        if len(found) > 1:
            several = tuple(sorted(found, key=str))
            names = " and ".join(shorten(node.value) for node in several)
            message = f"Give each concept of {shorten(scheme.value)} an order of its own: {names} have {order.value}."
            yield several, (PACT.order.value, ORDER_OF_ITS_OWN, order, message)
