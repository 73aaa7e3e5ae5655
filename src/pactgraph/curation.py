"""What a curator does with files: check them, bring them into their fixed form, fill in what a text proves, start a graph."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.errors import BadInput, PassageFault, SyntaxFault, UsageError, contents
from pactgraph.graph.links import read_links
from pactgraph.graph.minting import format_nodes, mint_iris
from pactgraph.graph.nodes import Nodes, Properties, group, one, read_triples
from pactgraph.graph.turtle import source_base
from pactgraph.passage import Text, describe, parse_position, read, write
from pactgraph.project import Project
from pactgraph.replacing import replacing
from pactgraph.validation import Address, Elsewhere, Engine, Report, nowhere, read_addresses, validate_files
from pactgraph.vocabulary import DCTERMS, OA, PACT, RDF, SCHEMA, XSD

Progress = Callable[[int, int], None]
"""Called with the number of files done and the number of all."""

TEXT_FRAGMENTS: Final = NamedNode("https://wicg.github.io/scroll-to-text-fragment/")

_EXAMPLE: Final = Path(__file__).parent / "example"
_HEAD: Final = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z))*")
_STRING_OR_COMMENT: Final = re.compile(
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r'|"(?:[^"\\\r\n]|\\.)*"'
    r"|'(?:[^'\\\r\n]|\\.)*'"
    r"|<[^<>\s]*>|\\."
    r"|(?P<comment>#)",
    re.DOTALL,
)
"""https://www.w3.org/TR/turtle/#sec-grammar-comments: `#` opens a comment outside IRIs and strings."""


def format_file(path: Path, *, texts: Path | None = None, check: bool = False) -> bool:
    """Brings a Turtle file into its fixed form; returns whether that changed it, or would with `check`.

    With `texts`, the digests and links of passages are made from the source's text. Comment lines at the head of the
    file stay. Raises SyntaxFault for a file that does not parse, BadInput for a comment further down, which would be
    lost, and PassageFault for offsets that do not fit the text; the file is then as it was.
    """
    before = contents(path)
    nodes = group(read_triples(path, before))
    head = head_of(before.decode(), path)
    if texts is not None and source_base(nodes):
        nodes = _with_text(mint_iris(nodes), texts, path)
    try:
        after = (head + format_nodes(nodes)).encode()
    except BadInput as fault:
        fault.where = fault.where or path
        raise
    if after != before and not check:
        _replace(path, after)
    return after != before


def add(additions: Mapping[Path, Iterable[Triple]]) -> list[Path]:
    """Adds triples to files of data, each in its fixed form; returns the files that changed.

    A file need not be there yet. Nothing is written unless every file can be: raises SyntaxFault and BadInput as
    `format_file` does.
    """
    fresh = {path: _with(path, triples) for path, triples in additions.items()}
    changed = [path for path, content in fresh.items() if not path.exists() or path.read_bytes() != content]
    for path in changed:
        _replace(path, fresh[path])
    return changed


def _with(path: Path, triples: Iterable[Triple]) -> bytes:
    before = path.read_bytes() if path.exists() else b""
    nodes = group([*read_triples(path, before), *triples])
    return (head_of(before.decode(), path) + format_nodes(nodes)).encode()


def validate(
    project: Project,
    files: Sequence[Path] = (),
    *,
    engine: Engine = "auto",
    jobs: int = 2,
    progress: Progress | None = None,
) -> Report:
    """What the shapes find in a project's data, or in the given files of it, over its ontology and authority data.

    Raises SyntaxFault for a file that does not parse, and BadInput for links that a build would refuse, unless only
    some files are asked for.
    """
    if not files and project.links.is_file():
        read_links(project.links)
    background = [*project.ontology(), *project.authority()]
    known = {path.resolve() for path in background}
    asked = {path.resolve() for path in files}
    sources = [path for path in files if path.resolve() not in known] if files else project.sources()
    report = validate_files(
        sources,
        project.shapes(),
        background,
        engine=engine,
        jobs=jobs,
        judge_background=not asked or bool(asked & known),
        elsewhere=_elsewhere([path for path in project.sources() if path.resolve() not in asked])
        if asked
        else nowhere,
        progress=progress,
    )
    kept = (each for each in report.findings if not asked or (each.file and each.file.resolve() in asked))
    return Report(tuple(kept))


def _elsewhere(files: Sequence[Path]) -> Elsewhere:
    """The addresses of sources that are not checked; only files that name one of those asked for are parsed."""

    def held(urls: Collection[NamedNode]) -> Iterator[Address]:
        asked = {url.value.encode() for url in urls}
        for path in files:
            content = contents(path) if asked else b""
            if any(url in content for url in asked):
                yield from (each for each in read_addresses(path) if each.url in urls)

    return held


def init(directory: Path) -> list[Path]:
    """Starts a graph in a new or empty folder, with one worked example; returns the files written.

    Raises UsageError where the folder holds anything.
    """
    if directory.exists() and not directory.is_dir():
        raise UsageError(f"{directory} is not a folder; choose a new one")
    if directory.exists() and any(directory.iterdir()):
        raise UsageError(f"{directory} is not empty; choose a new folder")
    shutil.copytree(_EXAMPLE, directory, dirs_exist_ok=True)
    return sorted(path for path in directory.rglob("*") if path.is_file())


def head_of(turtle: str, path: Path) -> str:
    """The comment lines before anything else; raises BadInput where a comment stands further down."""
    head = _HEAD.match(turtle)
    end = head.end() if head else 0
    for found in _STRING_OR_COMMENT.finditer(turtle, end):
        if found["comment"]:
            before = turtle[: found.start()]
            raise BadInput(
                "this comment would be lost: the fixed form has comments only at the head of a file",
                where=path,
                line=before.count("\n") + 1,
                column=found.start() - before.rfind("\n"),
                hint="move it to the head of the file, or remove it",
            )
    comments = [line.strip() for line in turtle[:end].splitlines() if line.strip()]
    return "\n".join([*comments, "", ""]) if comments else ""


def _replace(path: Path, content: bytes) -> None:
    """The old file or the new one, never half of it."""
    target = path.resolve()
    with replacing(target) as fresh:
        fresh.write_bytes(content)
        if target.exists():
            shutil.copymode(target, fresh)


def _with_text(nodes: Nodes, texts: Path, path: Path) -> Nodes:
    source = NamedNode(source_base(nodes) or "")
    if PACT.capture not in nodes[source] and _known_by_words(nodes):
        return nodes
    return describe_passages(nodes, _text(one(nodes[source], PACT.capture), texts, path), path)


def describe_passages(nodes: Nodes, text: Text, path: Path) -> Nodes:
    """The nodes of a source file with the digests of text and passages, and the selectors of each passage.

    Raises PassageFault, naming `path`, for offsets that do not fit the text.
    """
    source = NamedNode(source_base(nodes) or "")
    nodes[source][SCHEMA.sha256] = [Literal(text.sha256)]
    for node in list(_passages(nodes)):
        for described, properties in _described(node, source, text, path):
            nodes[described] = nodes.get(described, {}) | properties
    return nodes


def _text(capture: NamedNode | Literal | None, texts: Path, path: Path) -> Text:
    if capture is None:
        raise BadInput(
            "the source names no text", where=path, hint='add pact:capture "FILE.txt", a file of the texts'
        )
    file = texts / Path(capture.value).name
    if not file.is_file():
        raise BadInput(f"its text {capture.value} is not in {texts}", where=path)
    return read(file)


def _known_by_words(nodes: Nodes) -> bool:
    """Whether there are passages of which no more than a few words are known, and no others."""
    return any(OA.exact in properties for properties in nodes.values()) and not any(_passages(nodes))


def _passages(nodes: Nodes) -> Iterator[NamedNode]:
    """Every passage that has offsets, described already or only pointed at by a claim."""
    parts = (PACT.passage, PACT.alsoAt, PACT.resolvedFrom)
    named = {value for p in nodes.values() for part in parts for value in p.get(part, ())}
    named |= {node for node, p in nodes.items() if OA.SpecificResource in p.get(RDF.type, ())}
    return (node for node in sorted(named, key=str) if isinstance(node, NamedNode) and "#char=" in node.value)


def _described(
    node: NamedNode, source: NamedNode, text: Text, path: Path
) -> Iterator[tuple[NamedNode, Properties]]:
    try:
        span = parse_position(node.value.partition("#")[2])
        passage = describe(text, span.start, span.end)
    except (PassageFault, SyntaxFault) as fault:
        fault.where = path
        raise
    place, link = (
        NamedNode(f"{source.value}#{kind}={span.start},{span.end}") for kind in ("position", "text")
    )
    yield (
        node,
        {
            RDF.type: [OA.SpecificResource],
            OA.hasSource: [source],
            OA.hasSelector: [place, link] if passage.fragment else [place],
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
