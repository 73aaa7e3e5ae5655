"""Facts in the shape of Wikidata's statements: value, rank, qualifiers, and a reference for each claim behind them.

https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format. Which property of Wikidata says the same as one of ours
is said in `mappings/wikidata.toml`, the project's own or the shipped one. What is reviewed as exactly the same as an item goes by the item's name, all else by
ours; nothing here claims to be in Wikidata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term, term_key
from pactgraph.exports.syntaxes import ordered
from pactgraph.graph.nodes import Nodes, Properties, group, iris, one
from pactgraph.graph.turtle import Writer
from pactgraph.store import Store
from pactgraph.vocabulary import (
    LINKS,
    PACT,
    PREFIXES,
    PROPOSITIONS,
    PROV,
    RDF,
    SKOS,
    XSD,
    mint,
)
from pactgraph.wikidata.mapping import Correspondence, Said, read_mapping

_PROP: Final = "http://www.wikidata.org/prop/"
_WIKIBASE: Final = "http://wikiba.se/ontology#"
_SHAPES: Final = {
    "p": _PROP,
    "ps": f"{_PROP}statement/",
    "psv": f"{_PROP}statement/value/",
    "pq": f"{_PROP}qualifier/",
    "pr": f"{_PROP}reference/",
    "prv": f"{_PROP}reference/value/",
    "wikibase": _WIKIBASE,
}
_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_GREGORIAN: Final = NamedNode("http://www.wikidata.org/entity/Q1985727")
_REFERENCE: Final = NamedNode(f"{_WIKIBASE}Reference")
_HOLDING: Final = (PACT.Unrivalled, PACT.Outweighing, PACT.Finest)
_BEHIND: Final = """
SELECT ?claim ?url ?published ?title ?publisher {
  ?proposition pact:supportedBy ?claim .
  ?claim prov:wasDerivedFrom ?source .
  ?source schema:url ?url .
  OPTIONAL { ?source schema:datePublished ?published }
  OPTIONAL { ?source schema:headline ?title }
  OPTIONAL { ?source schema:publisher ?publisher }
}
ORDER BY ?claim ?url
"""
_PARTS: Final = "SELECT DISTINCT ?value { ?node ?property ?value }"


def statements(store: Store, mapping: Path) -> Iterator[bytes]:
    """The facts for which Wikidata has a property by a mapping, as Turtle, proposition after proposition."""
    writer = Writer(prefixes={**PREFIXES, **_SHAPES})
    yield "".join(f"{line}\n" for line in writer.directives()).encode()
    maker = _Maker(store, read_mapping(mapping))
    for proposition, properties in ordered(PROPOSITIONS, store.triples(PROPOSITIONS)):
        for nodes in maker.statements(proposition, properties):
            yield from (f"\n{writer.block(*node)}".encode() for node in nodes.items())


class _Maker:
    """Makes statements of propositions."""

    def __init__(self, store: Store, mapping: Correspondence) -> None:
        self._store, self._sayings, self._reference = store, mapping.statements, mapping.reference
        self._items = {
            node: item
            for node, p in group(store.triples(LINKS)).items()
            for item in iris(p, SKOS.exactMatch)
            if item.value.startswith(PREFIXES["wd"])
        }

    def statements(self, proposition: NamedNode, properties: Properties) -> Iterator[Nodes]:
        """The statements of a proposition; none where it is no fact, holds under a condition, or has no like."""
        subject, value = one(properties, RDF.subject), one(properties, RDF.object)
        conditional = PACT.condition in properties or PACT.howMany in properties
        if conditional or one(properties, PACT.reason) not in _HOLDING or not isinstance(subject, NamedNode):
            return
        for saying in self._sayings:
            fits = saying.fact == one(properties, RDF.predicate) and saying.value in (None, value)
            for each in self._values(saying, subject, value) if fits else ():
                yield self._statement(proposition, properties, saying.property, subject, each)

    def _values(self, saying: Said, subject: NamedNode, value: Term | None) -> Iterator[Term]:
        found = [value] if saying.each is None else self._others(subject, saying.each)
        for each in found:
            if isinstance(each, NamedNode):
                yield self._items.get(each, each)
            elif each is not None and _DAY.fullmatch(each.value):
                yield each

    def _others(self, subject: NamedNode, name: NamedNode) -> list[Term]:
        rows = self._store.query(_PARTS, {"node": subject, "property": name})
        assert isinstance(rows, QuerySolutions)
        return sorted((row["value"] for row in rows), key=term_key)

    def _statement(
        self, proposition: NamedNode, properties: Properties, name: str, subject: NamedNode, value: Term
    ) -> Nodes:
        node = mint("statement", [proposition.value, name, term_key(value)])
        rank = "PreferredRank" if one(properties, PACT.rank) == PACT.Preferred else "NormalRank"
        references = self._references(proposition)
        said: Properties = {
            RDF.type: [_named("wikibase", "Statement")],
            _named("wikibase", "rank"): [_named("wikibase", rank)],
            PROV.wasDerivedFrom: [node for node, p in references.items() if _REFERENCE in p[RDF.type]],
            PACT.proposition: [proposition],
        }
        nodes: Nodes = {self._items.get(subject, subject): {_named("p", name): [node]}, node: said}
        nodes |= _valued(said, "ps", name, value)
        if (on := one(properties, PACT.on)) is not None and _DAY.fullmatch(on.value):
            said[_named("pq", "P585")] = [_time(on.value)]
        return {**nodes, **references}

    def _references(self, proposition: NamedNode) -> Nodes:
        """A reference for each claim behind a proposition: address, day, title, and the publisher where it has an item."""
        rows = self._store.query(_BEHIND, {"proposition": proposition})
        assert isinstance(rows, QuerySolutions)
        nodes: Nodes = {}
        for row in rows:
            node = mint("reference", [row["claim"].value])
            told = nodes.setdefault(node, {RDF.type: [_REFERENCE], PROV.wasDerivedFrom: [row["claim"]]})
            told.setdefault(_named("pr", self._reference.url), []).append(row["url"])
            if row["title"] is not None:
                told[_named("pr", self._reference.title)] = [row["title"]]
            if row["publisher"] in self._items:
                told[_named("pr", self._reference.stated_in)] = [self._items[row["publisher"]]]
            if row["published"] is not None and _DAY.fullmatch(row["published"].value):
                nodes |= _valued(told, "pr", self._reference.published, row["published"])
        return nodes


def _valued(said: Properties, prefix: str, name: str, value: Term) -> Nodes:
    """The value of a statement, and of a day the node that tells how precise it is."""
    if isinstance(value, NamedNode):
        said[_named(prefix, name)] = [value]
        return {}
    said[_named(prefix, name)] = [_time(value.value)]
    node = mint("time", [value.value])
    said[_named(f"{prefix}v", name)] = [node]
    return {node: _precise(value.value)}


def _precise(day: str) -> Properties:
    """A day with its precision: 9 is a year, 10 a month, 11 a day."""
    precision, zone = (Literal(str(n), datatype=XSD.integer) for n in (9 + day.count("-"), 0))
    return {
        RDF.type: [_named("wikibase", "TimeValue")],
        _named("wikibase", "timeValue"): [_time(day)],
        _named("wikibase", "timePrecision"): [precision],
        _named("wikibase", "timeTimezone"): [zone],
        _named("wikibase", "timeCalendarModel"): [_GREGORIAN],
    }


def _time(day: str) -> Literal:
    """The instant by which Wikidata writes a day, month or year: its first."""
    return Literal(f"{day}{'-01' * (2 - day.count('-'))}T00:00:00Z", datatype=XSD.dateTime)


def _named(prefix: str, name: str) -> NamedNode:
    return NamedNode(_SHAPES[prefix] + name)
