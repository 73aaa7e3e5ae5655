"""RDF that others wrote, read with care: nothing is fetched, and nothing is taken that would do more than be data.

Turtle (https://www.w3.org/TR/turtle/, also of RDF 1.2), TriG, N-Triples, N-Quads and JSON-LD, in UTF-8. RDF/XML is not
read: its entities can name files and grow without end.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from pactgraph.errors import BadInput, EncodingFault, SyntaxFault
from pactgraph.graph.nodes import Nodes

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of one input."""
_ENDINGS: Final = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}
_XML: Final = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE|!ENTITY|html[\s>]|(?:\w+:)?RDF[\s>])", re.IGNORECASE)
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DEEPEST: Final = 32
"""Triple terms within one another."""
_QUOTES: Final = re.compile(rb"<<|>>")
_MARKUP: Final = re.compile(r"<[A-Za-z/!?]")
_ENTITY: Final = re.compile(r"&#?\w+;")
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)
"""Controls, line breaks, and what no reader sees; not the marks with which Arabic, Persian or Hebrew is written."""


def bytes_of(stream: IO[bytes]) -> bytes:
    """What a stream holds, as far as it could be read here."""
    return stream.read(LARGEST + 1)


def read_foreign(content: bytes, where: str, base: str) -> list[Quad]:
    """The quads of an input named `where`, whose relative IRIs and blank nodes come to stand below `base`.

    Raises SyntaxFault with line and column for what does not parse, EncodingFault for what is not UTF-8, and BadInput for
    what is too large, would have to be fetched, or holds an IRI that is no web address.
    """
    if len(content) > LARGEST:
        raise BadInput(
            f"this is larger than {LARGEST // 1024 // 1024} MiB",
            where=where,
            hint="import it in parts, source by source",
        )
    content = _decoded(content, where)
    syntax = _syntax(content, where)
    if syntax == RdfFormat.JSON_LD:
        _require_own_context(content, where)
    else:
        _require_shallow(content, where)
    try:
        quads = list(_without_blanks(parse(content, syntax, base_iri=base), base))
    except SyntaxError as fault:
        raise _fault(fault, syntax, where) from None
    for iri in dict.fromkeys(iri for quad in quads for iri in _iris(quad)):
        if not _is_address(iri):
            raise BadInput(
                f"<{iri}> is no address of the web (http or https)",
                where=where,
                line=_line_of(content, f"<{iri}>"),
            )
    return quads


def require_plain_words(nodes: Nodes, content: bytes, where: str) -> None:
    """Raises BadInput where words that are said of nodes hold markup, line breaks or signs that nobody sees."""
    words = (
        v.value for p in nodes.values() for values in p.values() for v in values if isinstance(v, Literal)
    )
    for each in dict.fromkeys(words):
        if found := _unfit(each):
            seen = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", each[:60])
            raise BadInput(
                f"“{seen}” holds markup, line breaks or signs that are not seen, near {found!r}",
                where=where,
                line=_line_of(content, each[:60]),
                hint="write it as plain text on one line",
            )


def _unfit(words: str) -> str | None:
    """The first part of some words that is not plain text."""
    if found := _MARKUP.search(words) or _UNSEEN.search(words):
        return found[0]
    return next((each for each in _ENTITY.findall(words) if unescape(each) != each), None)


def _decoded(content: bytes, where: str) -> bytes:
    """The content without a byte order mark, which some editors write; raises EncodingFault where it is not UTF-8."""
    if content.startswith(_WIDE):
        raise EncodingFault("this is UTF-16, not UTF-8", where=where)
    try:
        content.decode()
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise EncodingFault("this is not UTF-8", where=where, offset=fault.start, line=line) from None
    return content.removeprefix(codecs.BOM_UTF8)


def _line_of(content: bytes, words: str) -> int | None:
    """The line in which some words stand as they are; None where they are written in another way."""
    place = content.find(words.encode())
    return content.count(b"\n", 0, place) + 1 if place >= 0 else None


def _syntax(content: bytes, where: str) -> RdfFormat:
    """By the name's ending, or by how the content begins; TriG is what Turtle and N-Triples are parts of."""
    if _XML.match(content):
        raise BadInput(
            "this is XML or HTML, which is not read",
            where=where,
            hint="convert it to Turtle, TriG or JSON-LD first",
        )
    by_name = _ENDINGS.get(Path(where).suffix.lower())
    return by_name or (RdfFormat.JSON_LD if content.lstrip()[:1] in (b"{", b"[") else RdfFormat.TRIG)


def _require_own_context(content: bytes, where: str) -> None:
    """https://www.w3.org/TR/json-ld11/#the-context: a context stands in the file; an address would be fetched."""
    try:
        contexts = list(_contexts(json.loads(content)))
    except json.JSONDecodeError as fault:
        raise SyntaxFault(
            f"this is not JSON: {fault.msg}", where=where, line=fault.lineno, column=fault.colno
        ) from None
    except RecursionError:
        raise BadInput("this JSON is nested too deep", where=where) from None
    for context in contexts:
        if isinstance(context, str):
            raise BadInput(
                f"the context {context!r} stands elsewhere, and nothing is fetched",
                where=where,
                hint="put the context itself into the file; that of this graph is ontology/context.jsonld",
            )


def _require_shallow(content: bytes, where: str) -> None:
    """https://www.w3.org/TR/rdf12-concepts/#section-triple-terms: they nest, and the parser follows as deep as they do."""
    depth = 0
    for found in _QUOTES.finditer(content):
        depth = max(0, depth + (1 if found[0] == b"<<" else -1))
        if depth > _DEEPEST:
            raise BadInput(
                f"triple terms stand here more than {_DEEPEST} deep within one another",
                where=where,
                line=content.count(b"\n", 0, found.start()) + 1,
            )


def _contexts(value: Any) -> Iterator[Any]:
    """Every context within a value, and whatever a context imports."""
    if isinstance(value, list):
        for each in value:
            yield from _contexts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key in ("@context", "@import"):
                yield from each if isinstance(each, list) else [each]
            yield from _contexts(each)


def _without_blanks(quads: Iterable[Quad], base: str) -> Iterator[Quad]:
    """The quads with a name in place of each blank node, numbered as they come."""
    names: dict[BlankNode, NamedNode] = {}

    def name(term: Any) -> Any:
        if isinstance(term, Triple):
            return Triple(name(term.subject), term.predicate, name(term.object))
        if isinstance(term, BlankNode):
            return names.setdefault(term, NamedNode(f"{base}#node-{len(names) + 1}"))
        return term

    for quad in quads:
        yield Quad(name(quad.subject), quad.predicate, name(quad.object), name(quad.graph_name))


def _iris(quad: Quad) -> Iterator[str]:
    """The IRIs of a quad, those of what it quotes and of datatypes among them."""
    waiting: list[Any] = [quad.subject, quad.predicate, quad.object, quad.graph_name]
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, Triple):
            waiting += [part.subject, part.predicate, part.object]
        elif isinstance(part, NamedNode | Literal):
            yield part.value if isinstance(part, NamedNode) else part.datatype.value


def _is_address(iri: str) -> bool:
    try:
        parts = urlsplit(iri)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _fault(fault: SyntaxError, syntax: RdfFormat, where: str) -> SyntaxFault:
    reason = str(fault.args[0]).partition(": ")[2] or str(fault.args[0])
    if "LoadDocument" in reason:
        reason = "its context stands elsewhere, and nothing is fetched"
    return SyntaxFault(
        f"this is not {syntax.name}: {reason}", where=where, line=fault.lineno, column=fault.offset
    )
