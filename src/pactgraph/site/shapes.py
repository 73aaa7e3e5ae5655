"""The shapes in words: what well-formed data must have, each rule as the message that a curator reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from pactgraph.errors import contents
from pactgraph.site.addresses import SHAPES, fragment_of
from pactgraph.site.frame import Sheet
from pactgraph.site.known import Known
from pactgraph.site.markup import Html, element, join
from pactgraph.site.pen import Pen, Section, listed, some
from pactgraph.vocabulary import RDF, Namespace

_SH = Namespace(
    "http://www.w3.org/ns/shacl#",
    "Info NodeShape Violation Warning message property severity targetClass targetNode targetObjectsOf targetSubjectsOf",
)
_FOR = (
    ("every", _SH.targetClass),
    ("whatever has", _SH.targetSubjectsOf),
    ("every value of", _SH.targetObjectsOf),
    ("the node", _SH.targetNode),
)
_GRAVE = {_SH.Warning: "probably wrong", _SH.Info: "could be richer"}

Parts = Mapping[NamedNode, list[object]]


def shapes_sheet(known: Known, files: Iterable[Path]) -> Sheet:
    """The page of the shapes, a part for each file."""
    pen = Pen(known, SHAPES)
    sections = [section for file in files for section in _of_file(pen, file)]
    lead = element(
        "p",
        "What data must have to be built into the graph. A rule that is only probably broken, or that asks for more, "
        "says so; all others refuse the data.",
    )
    return Sheet(SHAPES, "Shapes", "SHACL in words", lead, sections, data=False)


def _of_file(pen: Pen, file: Path) -> Iterator[Section]:
    triples = [quad.triple for quad in parse(contents(file), format=RdfFormat.TURTLE)]
    shapes = _grouped(triples)
    found = [_shape(pen, shapes, node) for node in shapes if _SH.NodeShape in shapes[node].get(RDF.type, ())]
    if found:
        yield Section(file.stem.capitalize(), join((_intro(file), *found)), file.stem)


def _intro(file: Path) -> Html:
    """What the comment at the head of the file says of it."""
    lines = contents(file).decode("utf-8", "replace").splitlines()
    head = lines[: next((nth for nth, line in enumerate(lines) if not line.startswith("#")), 0)]
    return element("p", " ".join(line.lstrip("# ") for line in head)) if head else Html()


def _grouped(triples: Iterable[Triple]) -> dict[NamedNode, dict[NamedNode, list[object]]]:
    found: dict[NamedNode, dict[NamedNode, list[object]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            found[triple.subject][triple.predicate].append(triple.object)
    return found


def _shape(pen: Pen, shapes: Mapping[NamedNode, Parts], node: NamedNode) -> Html:
    rules = [
        *_rule(shapes, node),
        *(r for part in _nodes(shapes, node, _SH.property) for r in _rule(shapes, part)),
    ]
    targets = (join((words, " ", pen.node(t))) for words, p in _FOR for t in _nodes(shapes, node, p))
    counted = element("p", "For ", join(targets, ", "), f": {some(len(rules), 'rule')}.", class_="dim")
    name = fragment_of(node.value)
    return element(
        "article", element("h3", element("code", name)), counted, listed(rules), id=name, class_="term"
    )


def _rule(shapes: Mapping[NamedNode, Parts], node: NamedNode) -> list[Html]:
    parts = shapes.get(node, {})
    grave = [_GRAVE[g] for g in _nodes(shapes, node, _SH.severity) if g in _GRAVE]
    tags = [element("span", word, class_="tag") for word in grave]
    messages = [m.value for m in parts.get(_SH.message, ()) if isinstance(m, Literal)]
    return [join((*tags, element("span", message, id=_id(node))), " ") for message in messages]


def _id(node: NamedNode) -> str | None:
    """The name of a rule of its own, such as Claim-speaker."""
    name = fragment_of(node.value)
    return name if "-" in name else None


def _nodes(shapes: Mapping[NamedNode, Parts], node: NamedNode, name: NamedNode) -> list[NamedNode]:
    return [value for value in shapes.get(node, {}).get(name, ()) if isinstance(value, NamedNode)]
