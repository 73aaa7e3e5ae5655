"""Turtle in one fixed form: the same triples give the same bytes, and a small change a small diff.

Subjects stand in the order in which a person reads a source: the source, then passage after passage with
the claims made there (those of known places first, then those of known words alone), then the values; elsewhere by
IRI. Syntax: https://www.w3.org/TR/turtle/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Term, language_tag, term_key
from pactgraph.graph.nodes import Nodes, Properties, group, one
from pactgraph.vocabulary import ID, OA, PACT, PREFIXES, RDF, XSD

WIDTH = 118
ROWS = tuple(
    row.split()
    for row in """
    a
    rdfs:isDefinedBy
    rdfs:label
    skos:prefLabel
    skos:altLabel
    pact:demonym
    pact:metonym
    schema:url
    schema:headline
    schema:abstract
    rdf:reifies
    rdf:subject
    rdf:predicate rdf:object
    pact:on pact:condition pact:howMany
    pact:asPrinted pact:flag
    pact:modality pact:polarity pact:quotation
    pact:speaker pact:statedOn
    pact:passage pact:alsoAt pact:resolvedFrom
    pact:proposition prov:wasDerivedFrom prov:wasGeneratedBy
    pact:rule pact:confidence
    oa:hasSource
    oa:hasSelector
    oa:start oa:end
    oa:exact
    """.strip().splitlines()
)
"""Properties that come first, in this order, and which of them share a line; the others follow by name."""

_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")
_POSITION = re.compile(r"#(?P<kind>[a-z]+)=(?P<start>[0-9]{1,18}),(?P<end>[0-9]{1,18})\Z")
_WORDS = re.compile(r"#(?P<kind>words|quote)=(?P<name>[0-9a-f]{20})\Z")
_PLAIN_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')
_PLACES = {name: (nth, place) for nth, row in enumerate(ROWS) for place, name in enumerate(row)}
_LAST = (len(ROWS), 0)
_REMEMBERED = 50_000
"""IRIs whose short form is kept."""


def write(triples: Iterable[Triple], *, base: str | None = None) -> str:
    """The triples as Turtle in the fixed form; `base` shortens IRIs that start with it."""
    return write_nodes(group(triples), base=base)


def write_nodes(nodes: Nodes, *, base: str | None = None) -> str:
    """The grouped triples as Turtle in the fixed form."""
    writer = Writer(base)
    blocks = [writer.block(subject, nodes[subject]) for subject in reading_order(nodes)]
    return "\n".join([*writer.header(), *blocks])


def write_trig(graphs: Mapping[NamedNode, Nodes]) -> str:
    """Named graphs as TriG in the fixed form, by name. Syntax: https://www.w3.org/TR/trig/."""
    writer = Writer(None)
    parts = []
    for graph in sorted(graphs, key=lambda node: node.value):
        nodes = graphs[graph]
        blocks = "\n".join(writer.block(subject, nodes[subject]) for subject in reading_order(nodes))
        parts.append(f"{writer.iri(graph.value)} {{\n{blocks}}}\n")
    return "\n".join([*writer.header(), *parts])


def source_base(nodes: Nodes) -> str | None:
    """The IRI of the source that a file describes, which its Turtle uses as base; None elsewhere."""
    sources = [s.value for s in nodes if s.value.startswith(f"{ID}source/") and "#" not in s.value]
    return sources[0] if len(sources) == 1 else None


_Key = tuple[int, int, int, str, int, str, str]
"""The part of the file, start, end or words of the passage, rank within the passage, and what decides among equals."""


def reading_order(nodes: Nodes) -> list[NamedNode]:
    """Subjects in the order in which they are written."""
    words = dict(_words_by_name(nodes))
    return sorted(nodes, key=lambda subject: _reading_key(subject, nodes[subject], words))


def _words_by_name(nodes: Nodes) -> Iterator[tuple[str, str]]:
    """The words that the hash in the name of a passage stands for."""
    for subject, properties in nodes.items():
        words = one(properties, OA.exact)
        if words is not None and (known := _WORDS.search(subject.value)):
            yield known["name"], words.value


def _reading_key(subject: NamedNode, properties: Properties, words: Mapping[str, str]) -> _Key:
    passage = one(properties, PACT.passage)
    iri = subject.value
    if passage is not None:
        order = f"{_lines(properties, RDF.predicate)}{_lines(properties, RDF.subject)}{_lines(properties, RDF.object)}"
        return _claim_key(passage.value, order, iri, words)
    if position := _POSITION.search(iri):
        return 1, int(position["start"]), int(position["end"]), "", 0, position["kind"], iri
    if known := _WORDS.search(iri):
        return 2, 0, 0, words.get(known["name"], known["name"]), int(known["kind"] == "quote"), "", iri
    return (4 if iri.startswith(f"{ID}value/") else 0), 0, 0, "", 0, "", iri


def _claim_key(passage: str, order: str, iri: str, words: Mapping[str, str]) -> _Key:
    if position := _POSITION.search(passage):
        return 1, int(position["start"]), int(position["end"]), "", 1, order, iri
    if known := _WORDS.search(passage):
        return 2, 0, 0, words.get(known["name"], known["name"]), 2, order, iri
    return 3, 0, 0, "", 0, passage, iri


def _lines(properties: Properties, predicate: NamedNode) -> str:
    return "".join(f"{key}\n" for key in sorted(map(term_key, properties.get(predicate, ()))))


class Writer:
    """Writes terms and remembers which prefixes it has used."""

    def __init__(self, base: str | None = None, prefixes: Mapping[str, str] = PREFIXES) -> None:
        self.base = base
        self.prefixes = prefixes
        self._bases = sorted(prefixes.items(), key=lambda item: -len(item[1]))
        self.used: set[str] = set()
        self._known: dict[str, str] = {}

    def header(self) -> Iterator[str]:
        if self.base:
            yield f"@base <{self.base}> ."
        for prefix in sorted(self.used):
            yield f"@prefix {prefix}: <{self.prefixes[prefix]}> ."
        if self.base or self.used:
            yield ""

    def directives(self) -> Iterator[str]:
        """All prefixes, for what is written before it is known which it uses."""
        return (f"@prefix {prefix}: <{base}> ." for prefix, base in sorted(self.prefixes.items()))

    def block(self, subject: NamedNode, properties: Mapping[NamedNode, Sequence[Term | Triple]]) -> str:
        """A subject with all its properties."""
        verbs = ((self._verb(predicate), objects) for predicate, objects in properties.items())
        named = sorted(verbs, key=lambda verb: verb[0])
        rows = (list(row) for _, row in groupby(named, key=_row))
        lines = [
            line for row in rows for line in _joined([self._line(verb[1], values) for verb, values in row])
        ]
        return f"{self.iri(subject.value)} " + " ;\n    ".join(lines) + " .\n"

    def _verb(self, predicate: NamedNode) -> tuple[tuple[int, int], str]:
        name = "a" if predicate == RDF.type else self.iri(predicate.value)
        return _PLACES.get(name, _LAST), name

    def _line(self, verb: str, objects: Sequence[Term | Triple]) -> str:
        terms = sorted(self.term(value) for value in objects)
        flat = f"{verb} {', '.join(terms)}"
        if len(flat) <= WIDTH - 6 or len(terms) == 1:
            return flat
        return f"{verb}\n        " + ",\n        ".join(terms)

    def term(self, term: Term | Triple) -> str:
        """An IRI, a literal, or a triple term: https://www.w3.org/TR/rdf12-turtle/#triple-terms."""
        if isinstance(term, Triple):
            return f"<<( {' '.join(self.term(part) for part in _parts(term))} )>>"
        return self.iri(term.value) if isinstance(term, NamedNode) else self._literal(term)

    def iri(self, iri: str) -> str:
        if (known := self._known.get(iri)) is None:
            if len(self._known) == _REMEMBERED:
                self._known.clear()
            known = self._known[iri] = self._shortened(iri)
        return known

    def _shortened(self, iri: str) -> str:
        if self.base and (iri == self.base or iri.startswith(f"{self.base}#")):
            return f"<{iri[len(self.base) :]}>"
        for prefix, base in self._bases:
            if iri.startswith(base) and _LOCAL.match(iri[len(base) :]):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(base) :]}"
        return f"<{iri}>"

    def _literal(self, literal: Literal) -> str:
        text = literal.value
        if literal.datatype == XSD.integer and _PLAIN_INTEGER.fullmatch(text):
            return text
        if literal.datatype == XSD.boolean and text in ("true", "false"):
            return text
        quoted = '"' + _ESCAPED.sub(_escape, text) + '"'
        if literal.language:
            return f"{quoted}@{language_tag(literal)}"
        return quoted if literal.datatype == XSD.string else f"{quoted}^^{self.iri(literal.datatype.value)}"


def _parts(triple: Triple) -> Iterator[Term]:
    for part in (triple.subject, triple.predicate, triple.object):
        assert isinstance(part, NamedNode | Literal), "data has no blank nodes"
        yield part


_Named = tuple[tuple[tuple[int, int], str], Sequence[Term | Triple]]


def _row(named: _Named) -> tuple[int, str]:
    """What properties of one line have in common; a property without a row has a line of its own."""
    (place, name), _ = named
    return place[0], name if place == _LAST else ""


def _joined(lines: list[str]) -> list[str]:
    """The properties of a row on one line, where they fit."""
    flat = " ; ".join(lines)
    return [flat] if len(flat) <= WIDTH - 6 and "\n" not in flat else lines


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"
