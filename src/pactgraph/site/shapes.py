"""The shapes in words: what well-formed data must have, each rule as the message that a curator reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from pactgraph.errors import contents
from pactgraph.site.addresses import SHAPES, fragment_of
from pactgraph.site.frame import Sheet
from pactgraph.site.known import Known
from pactgraph.site.markup import Html, element, join
from pactgraph.site.pen import Pen, Section, listed, some
from pactgraph.vocabulary import RDF, Namespace

_SH = Namespace(
    "http://www.w3.org/ns/shacl#",
    "Info NodeShape Warning message path severity targetClass targetNode targetObjectsOf targetSubjectsOf",
)
_FOR = (
    ("every", _SH.targetClass),
    ("whatever has", _SH.targetSubjectsOf),
    ("every value of", _SH.targetObjectsOf),
    ("the node", _SH.targetNode),
)
_GRAVE = {_SH.Warning: "probably wrong", _SH.Info: "could be richer"}

Node = NamedNode | BlankNode
Shapes = Mapping[Node, Mapping[NamedNode, list[object]]]


def shapes_sheet(known: Known, files: Iterable[Path]) -> Sheet:
    """The page of the shapes, a part for each file."""
    pen = Pen(known, SHAPES)
    told: set[Node] = set()
    sections = [section for file in files for section in _of_file(pen, file, told)]
    lead = element(
        "p",
        "What data must have to be built into the graph. A rule that is only probably broken, or that asks for more, "
        "says so; all others refuse the data.",
    )
    return Sheet(SHAPES, "Shapes", "SHACL in words", lead, sections)


def shapes_turtle(files: Iterable[Path]) -> bytes:
    """The shapes as their files have them, one after the other."""
    return b"\n".join(map(contents, files))


def shapes_json_ld(files: Iterable[Path]) -> bytes:
    """The shapes as JSON-LD; nodes without a name go by what they say, https://www.w3.org/TR/rdf-canon/."""
    found = Dataset(quad for file in files for quad in parse(contents(file), format=RdfFormat.TURTLE))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return b'{"@context": {},\n"@graph": %s}\n' % serialize(sorted(found, key=str), format=RdfFormat.JSON_LD)


def constraints(files: Iterable[Path]) -> Mapping[NamedNode, list[NamedNode]]:
    """The shapes and rules that constrain each class, property or other term, those with an IRI of their own."""
    shapes = _grouped(
        quad.triple for file in files for quad in parse(contents(file), format=RdfFormat.TURTLE)
    )
    found: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for shape in [node for node in shapes if _is_node_shape(shapes, node)]:
        assert isinstance(shape, NamedNode)
        for term in (term for _, target in _FOR for term in _values(shapes, shape, target)):
            found[term].add(shape)
        for part in _parts(shapes, shape, set()):
            for term in _values(shapes, part, _SH.path):
                found[term].add(part if isinstance(part, NamedNode) else shape)
    return {term: sorted(known, key=lambda node: node.value) for term, known in found.items()}


def _of_file(pen: Pen, file: Path, told: set[Node]) -> Iterator[Section]:
    shapes = _grouped(quad.triple for quad in parse(contents(file), format=RdfFormat.TURTLE))
    found = [_shape(pen, shapes, node, told) for node in shapes if _is_node_shape(shapes, node)]
    if found:
        yield Section(file.stem.capitalize(), join((_intro(file), *found)))


def _intro(file: Path) -> Html:
    """What the comment at the head of the file says of it."""
    lines = contents(file).decode("utf-8", "replace").splitlines()
    head = list(takewhile(lambda line: line.startswith("#"), lines))
    return element("p", " ".join(line.lstrip("# ") for line in head)) if head else Html()


def _grouped(triples: Iterable[Triple]) -> Shapes:
    found: dict[Node, dict[NamedNode, list[object]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, NamedNode | BlankNode):
            found[triple.subject][triple.predicate].append(triple.object)
    return found


def _shape(pen: Pen, shapes: Shapes, node: Node, told: set[Node]) -> Html:
    """A shape with what it is for and its rules; a rule that several shapes have can be linked to in the first."""
    assert isinstance(node, NamedNode)
    parts = [part for part in _parts(shapes, node, set()) if shapes[part].get(_SH.message)]
    rules = [rule for part in parts for rule in _rule(shapes, part, _id(shapes, part, told))]
    targets = (join((words, " ", pen.term_of(t))) for words, p in _FOR for t in _values(shapes, node, p))
    counted = element(
        "p", join(targets, ", ") or "used by others", f": {some(len(rules), 'rule')}.", class_="dim"
    )
    name = fragment_of(node.value)
    return element(
        "article", element("h3", element("code", name)), counted, listed(rules), id=name, class_="term"
    )


def _parts(shapes: Shapes, node: Node, seen: set[Node]) -> Iterator[Node]:
    """A shape and all within it that are no shapes of nodes of their own."""
    seen.add(node)
    yield node
    for value in (value for values in shapes[node].values() for value in values):
        if isinstance(value, NamedNode | BlankNode) and value in shapes.keys() - seen:
            yield from () if _is_node_shape(shapes, value) else _parts(shapes, value, seen)


def _rule(shapes: Shapes, node: Node, name: str | None) -> list[Html]:
    grave = [_GRAVE[g] for g in _values(shapes, node, _SH.severity) if g in _GRAVE]
    tags = [element("span", word, class_="tag") for word in grave]
    messages = [message.value for message in shapes[node][_SH.message] if isinstance(message, Literal)]
    return [join((*tags, element("span", _said(message), id=name)), " ") for message in messages]


def _said(message: str) -> Html:
    """A message, with what stands between backticks as code."""
    return join(element("code", part) if nth % 2 else part for nth, part in enumerate(message.split("`")))


def _id(shapes: Shapes, node: Node, told: set[Node]) -> str | None:
    """The name of a rule of its own, such as Claim-speaker, where it is told first."""
    if node in told or not isinstance(node, NamedNode) or _is_node_shape(shapes, node):
        return None
    told.add(node)
    return fragment_of(node.value)


def _is_node_shape(shapes: Shapes, node: Node) -> bool:
    return isinstance(node, NamedNode) and _SH.NodeShape in shapes[node].get(RDF.type, ())


def _values(shapes: Shapes, node: Node, name: NamedNode) -> list[NamedNode]:
    return [value for value in shapes[node].get(name, ()) if isinstance(value, NamedNode)]
