"""RDF that others wrote, read with care: nothing is fetched, and nothing is taken that would do more than be data.

Turtle (https://www.w3.org/TR/turtle/, also of RDF 1.2), TriG, N-Triples, N-Quads and JSON-LD. RDF/XML is not read: its
entities can name files and grow without end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from pactgraph.errors import BadInput, SyntaxFault

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
_XML: Final = re.compile(rb"\s*<(?:\?xml|!DOCTYPE|!ENTITY|(?:\w+:)?RDF[\s>])", re.IGNORECASE)
_MARKUP: Final = re.compile(r"<[A-Za-z/!?]|&(?:#\w+|[A-Za-z]+);")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def bytes_of(stream: IO[bytes]) -> bytes:
    """What a stream holds, as far as it could be read here."""
    return stream.read(LARGEST + 1)


def read_foreign(content: bytes, where: str, base: str) -> list[Quad]:
    """The quads of an input named `where`, whose relative IRIs and blank nodes come to stand below `base`.

    Raises SyntaxFault with line and column for what does not parse, and BadInput for what is too large, would have to be
    fetched, or holds an IRI that is no web address or words that are markup.
    """
    if len(content) > LARGEST:
        raise BadInput(f"this is larger than {LARGEST // 1024 // 1024} MiB", where=where)
    syntax = _syntax(content, where)
    if syntax == RdfFormat.JSON_LD:
        _require_own_context(content, where)
    try:
        quads = list(_without_blanks(parse(content, syntax, base_iri=base), base))
    except SyntaxError as fault:
        raise _fault(fault, syntax, where) from None
    for term in dict.fromkeys(term for quad in quads for term in _terms(quad)):
        _require_harmless(term, where)
    return quads


def _syntax(content: bytes, where: str) -> RdfFormat:
    """By the name's ending, or by how the content begins; TriG is what Turtle and N-Triples are parts of."""
    if _XML.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise BadInput(
            "this is XML, which is not read", where=where, hint="convert it to Turtle, TriG or JSON-LD first"
        )
    by_name = _ENDINGS.get(Path(where).suffix.lower())
    return by_name or (RdfFormat.JSON_LD if content.lstrip()[:1] in (b"{", b"[") else RdfFormat.TRIG)


def _require_own_context(content: bytes, where: str) -> None:
    """https://www.w3.org/TR/json-ld11/#the-context: a context stands in the file; an address would be fetched."""
    try:
        contexts = list(_contexts(json.loads(content)))
    except UnicodeDecodeError as fault:
        raise SyntaxFault("this is not UTF-8", where=where) from fault
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
                hint="put the context itself into the file",
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
        return (
            names.setdefault(term, NamedNode(f"{base}#node-{len(names) + 1}"))
            if isinstance(term, BlankNode)
            else term
        )

    for quad in quads:
        value = quad.object
        if isinstance(value, Triple):
            value = Triple(name(value.subject), value.predicate, name(value.object))
        yield Quad(name(quad.subject), quad.predicate, name(value), name(quad.graph_name))


def _terms(quad: Quad) -> Iterator[NamedNode | Literal]:
    parts: Iterable[Any] = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    for part in parts:
        inner = (part.subject, part.predicate, part.object) if isinstance(part, Triple) else (part,)
        yield from (term for term in inner if isinstance(term, NamedNode | Literal))


def _require_harmless(term: NamedNode | Literal, where: str) -> None:
    iri = term.value if isinstance(term, NamedNode) else term.datatype.value
    if not _is_address(iri):
        raise BadInput(f"<{iri}> is no address of the web (http or https)", where=where)
    if isinstance(term, Literal) and (found := _MARKUP.search(term.value) or _CONTROL.search(term.value)):
        seen = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", term.value[:60])
        raise BadInput(
            f"“{seen}” holds markup or signs that are not seen, near {found[0]!r}",
            where=where,
            hint="write it as plain text",
        )


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
