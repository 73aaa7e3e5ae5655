"""A file under `data/sources/` read whole: its source, its passages and its claims."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Claim, Term
from pactgraph.dates import Edtf
from pactgraph.dates import parse as parse_date
from pactgraph.errors import BadInput
from pactgraph.graph.codec import decode_claim
from pactgraph.graph.nodes import Nodes, Properties, group, iris, one, read_triples
from pactgraph.passage import Passage, Span, normal_words
from pactgraph.passage import parse as parse_fragment
from pactgraph.vocabulary import EDTF, OA, PACT, RDF, SCHEMA

_OFFSET = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What one file says: the source, its nodes, and its claims by their IRIs."""

    path: Path
    source: NamedNode
    nodes: Nodes
    claims: dict[NamedNode, Claim]

    @property
    def capture(self) -> str | None:
        """The file name of the text that the passages were measured on."""
        return _text(one(self.nodes[self.source], PACT.capture))

    @property
    def text_sha256(self) -> str | None:
        """The digest of that text's normal form."""
        return _text(one(self.nodes[self.source], SCHEMA.sha256))

    @property
    def published(self) -> Edtf | None:
        """The publication date, as precisely as it is known."""
        value = one(self.nodes[self.source], SCHEMA.datePublished)
        known = isinstance(value, Literal) and value.datatype == EDTF
        return parse_date(value.value) if known and value is not None else None

    def passage(self, node: NamedNode) -> Passage | None:
        """The passage of a node; None where only a locator is known. Raises BadInput where its offsets are no numbers."""
        properties, selectors = self.nodes.get(node, {}), self._selectors(node)
        start, end = (_first(selectors, name) for name in (OA.start, OA.end))
        sha256 = _text(one(properties, SCHEMA.sha256))
        if start is None or end is None or sha256 is None:
            return None
        directive = _first(selectors, RDF.value)
        fragment = parse_fragment(directive.removeprefix(":~:")) if directive else None
        return Passage(Span(*(self._offset(node, text) for text in (start, end))), sha256, fragment)

    def locator(self, node: NamedNode) -> str | None:
        """The few words that are all that is known of a passage; None where it has offsets, or no words either.

        https://www.w3.org/TR/annotation-model/#text-quote-selector
        """
        selectors = self._selectors(node)
        words = _first(selectors, OA.exact)
        measured = any(name in selector for selector in selectors for name in (OA.start, OA.end))
        return None if measured or words is None else normal_words(words) or None

    def _selectors(self, node: NamedNode) -> list[Properties]:
        selectors = iris(self.nodes.get(node, {}), OA.hasSelector)
        return [self.nodes.get(selector, {}) for selector in selectors]

    def _offset(self, node: NamedNode, text: str) -> int:
        if not _OFFSET.fullmatch(text):
            raise BadInput(
                f"{text!r} is no offset of {node.value}", where=self.path, hint="see: pactgraph validate"
            )
        return int(text)


def read_source(path: Path) -> SourceFile:
    """The source that a file describes; raises BadInput where there is none, or where a claim lacks a part."""
    nodes = group(read_triples(path))
    sources = [n for n, p in nodes.items() if {SCHEMA.NewsArticle, SCHEMA.WebPage} & set(p.get(RDF.type, ()))]
    if len(sources) != 1:
        raise BadInput(
            f"{len(sources)} sources stand here, not one", where=path, hint="one file holds one source"
        )
    return SourceFile(path, sources[0], nodes, dict(_claims(nodes, path)))


def _claims(nodes: Nodes, path: Path) -> list[tuple[NamedNode, Claim]]:
    claims = []
    for node, properties in nodes.items():
        if PACT.Claim in properties.get(RDF.type, ()):
            try:
                claims.append((node, decode_claim(properties)))
            except KeyError as missing:
                raise BadInput(
                    f"the claim {node.value} has no {missing.args[0]}",
                    where=path,
                    hint="see: pactgraph validate",
                ) from None
    return claims


def _first(selectors: list[Properties], name: NamedNode) -> str | None:
    return next((_text(one(selector, name)) for selector in selectors if name in selector), None)


def _text(value: Term | None) -> str | None:
    return None if value is None else value.value
