"""What a curator does to files: bring them into their fixed form, fill in what a text proves, start a graph."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.errors import BadInput, UsageError
from pactgraph.graph.minting import format_nodes, mint_iris
from pactgraph.graph.nodes import Nodes, group, one, read_triples
from pactgraph.graph.turtle import source_base
from pactgraph.passage import Text, describe, parse_position, read, write
from pactgraph.project import shipped
from pactgraph.vocabulary import DCTERMS, OA, PACT, RDF, SCHEMA, XSD

TEXT_FRAGMENTS = NamedNode("https://wicg.github.io/scroll-to-text-fragment/")


def format_file(path: Path, *, texts: Path | None = None, check: bool = False) -> bool:
    """Brings a Turtle file into its fixed form; returns whether that changed it, or would with `check`.

    With `texts`, the digests and links of passages are made from the source's text. Raises SyntaxFault for a file that
    does not parse and PassageFault for offsets that do not fit the text; the file is then as it was.
    """
    before = path.read_bytes()
    nodes = group(read_triples(path, before))
    if texts is not None and source_base(nodes):
        nodes = _proved(mint_iris(nodes), texts, path)
    after = format_nodes(nodes).encode()
    if after != before and not check:
        _replace(path, after)
    return after != before


def init(directory: Path) -> list[Path]:
    """Starts a graph in a new or empty folder, with one worked example; returns the files written.

    Raises UsageError where the folder holds anything.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UsageError(f"{directory} is not empty; choose a new folder")
    shutil.copytree(shipped("example"), directory, dirs_exist_ok=True)
    return sorted(path for path in directory.rglob("*") if path.is_file())


def _replace(path: Path, content: bytes) -> None:
    """The old file or the new one, never half of it."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(content)
    os.replace(fresh, path)


def _proved(nodes: Nodes, texts: Path, path: Path) -> Nodes:
    source = NamedNode(source_base(nodes) or "")
    capture = one(nodes[source], PACT.capture)
    file = texts / capture.value if capture else None
    if file is None or not file.is_file():
        raise BadInput(f"its text {capture.value if capture else ''} is not in {texts}", where=path)
    text = read(file)
    nodes[source][SCHEMA.sha256] = [Literal(text.sha256)]
    for node in list(_passages(nodes)):
        nodes |= dict(_describe(node, source, text))
    return nodes


def _passages(nodes: Nodes) -> Iterator[NamedNode]:
    """Every node that a claim points at as a passage, described or not."""
    parts = (PACT.passage, PACT.alsoAt, PACT.resolvedFrom)
    named = {value for p in nodes.values() for part in parts for value in p.get(part, ())}
    return (node for node in sorted(named, key=str) if isinstance(node, NamedNode) and "#char=" in node.value)


def _describe(
    node: NamedNode, source: NamedNode, text: Text
) -> Iterator[tuple[NamedNode, dict[NamedNode, list[Term]]]]:
    position = node.value.partition("#")[2]
    span = parse_position(position)
    passage = describe(text, span.start, span.end)
    place, link = (
        NamedNode(f"{source.value}#{kind}={span.start},{span.end}") for kind in ("position", "text")
    )
    selectors: list[Term] = [place, link] if passage.fragment else [place]
    yield (
        node,
        {
            RDF.type: [OA.SpecificResource],
            OA.hasSource: [source],
            OA.hasSelector: selectors,
            SCHEMA.sha256: [Literal(passage.sha256)],
        },
    )
    start, end = (Literal(str(n), datatype=XSD.integer) for n in (span.start, span.end))
    yield place, {RDF.type: [OA.TextPositionSelector], OA.start: [start], OA.end: [end]}
    if passage.fragment:
        directive = Literal(f":~:{write(passage.fragment)}")
        yield (
            link,
            {RDF.type: [OA.FragmentSelector], DCTERMS.conformsTo: [TEXT_FRAGMENTS], RDF.value: [directive]},
        )
