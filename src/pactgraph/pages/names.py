"""From the names that people type to the nodes of the graph, and back."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Term, is_duration
from pactgraph.dates import parse, say, say_duration
from pactgraph.errors import UsageError
from pactgraph.pages.values import say_value
from pactgraph.resolution.lookup import Lookup
from pactgraph.store import Store
from pactgraph.vocabulary import EDTF, ID, ONTOLOGY, PACT, expand, shorten

_NAMES = """
PREFIX pact: <https://w3id.org/pactgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?node ?kind ?name WHERE {
  { ?node skos:prefLabel ?name BIND(0 AS ?kind) } UNION
  { ?node rdfs:label ?name BIND(1 AS ?kind) } UNION
  { ?node schema:headline ?name BIND(2 AS ?kind) } UNION
  { ?node schema:abstract ?name BIND(3 AS ?kind) } UNION
  { ?node pact:code ?name BIND(4 AS ?kind) } UNION
  { ?node skos:altLabel ?name BIND(5 AS ?kind) } UNION
  { ?node pact:demonym ?name BIND(5 AS ?kind) } UNION
  { ?node pact:metonym ?name BIND(5 AS ?kind) }
}
"""
Ranks: TypeAlias = Sequence[Collection[str]]
ASKED: Final[Ranks] = (("pact", "party", "official"), ("event", "source"))
"""What people mean most when they name a node."""
TERMS: Final[Ranks] = (("ontology",),)
"""What is meant where a property is asked for."""
_PREFERRED: Final = range(4)
_TITLES: Final = (2, 3)
_OF_CLASS = """
SELECT ?node ?kind ?name {
  { SELECT DISTINCT ?node { ?node a/rdfs:subClassOf* ?class } }
  ?node skos:prefLabel ?name
  BIND(0 AS ?kind)
}
"""
_PARTS = "SELECT ?property ?value { ?node ?property ?value }"
_DEFINITION = "SELECT ?value { ?node skos:definition ?value }"
_ORIGIN_KIND = """
SELECT ?value {
  { ?node pact:originKind ?value } UNION { FILTER EXISTS { ?origin pact:occasion ?node } ?node a ?value }
}
"""
_IS_OF_KIND = "SELECT ?node { ?node a ?kind }"
_OF_KIND = "SELECT ?node { ?node a ?kind . FILTER(STRSTARTS(STR(?node), ?start)) }"
_UNNAMED = {"claim": PACT.Claim, "proposition": PACT.Proposition}
"""What has no names but its hash."""
_MOST = 12
"""Candidates that a message lists."""
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_IRI: Final = re.compile(r"[^\s<>\"{}|^`\\]+")
_SILENT: Final = re.compile(r"[.'’ʼ`]")
_BETWEEN: Final = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """A name without what people leave out when they type it: accents, case, points, the kind of dash."""
    apart = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _BETWEEN.sub(" ", _SILENT.sub("", bare)).strip()


_Named: TypeAlias = tuple[str, int, bool, str]
"""A node, the kind of a name, whether it is in another language than English, and the name."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Names by node, and nodes by what people type."""

    preferred: Mapping[str, str]
    bearers: Mapping[str, set[str]]
    titled: Mapping[str, set[str]]

    @classmethod
    def of(cls, named: Iterable[_Named]) -> _Known:
        preferred: dict[str, str] = {}
        bearers, titled = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        for node, kind, _, name in sorted(named):
            if kind in _PREFERRED:
                preferred.setdefault(node, name)
            (titled if kind in _TITLES else bearers)[fold(name)].add(node)
            bearers[fold(_local(node))].add(node)
        return cls(preferred, dict(bearers), dict(titled))


class Names:
    """The names of everything in a store: of single nodes asked for, of all read once when a name has to be found."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._preferred: Lookup[str, str] = Lookup(self._name_of, lambda: self._read.preferred, few=None)

    def read(self, kind: NamedNode | None = None) -> None:
        """Reads all names, or those of a class, where most of them are going to be asked for."""
        if kind is None:
            self._preferred.read()
        else:
            self._preferred.learn(_Known.of(self._rows(_OF_CLASS, {"class": kind})).preferred)

    @cached_property
    def _read(self) -> _Known:
        return _Known.of(self._rows(_NAMES, {}))

    def _name_of(self, node: str) -> str | None:
        try:
            return _Known.of(self._rows(_NAMES, {"node": NamedNode(node)})).preferred.get(node)
        except ValueError:
            return None

    def _rows(self, query: str, parts: Mapping[str, NamedNode]) -> Iterator[_Named]:
        rows = self._store.query(query, parts)
        assert isinstance(rows, QuerySolutions)
        for row in rows:
            name = row["name"]
            yield row["node"].value, int(row["kind"].value), name.language != "en", name.value

    def name(self, term: Term) -> str:
        """How people call a node or write a value."""
        if isinstance(term, Literal):
            if term.datatype == EDTF:
                return say(parse(term.value))
            return say_duration(term.value) if is_duration(term) else term.value
        if term.value.startswith(f"{ID}value/"):
            return self._value(term)
        return self._preferred.get(term.value, shorten(term.value))

    def definition(self, node: NamedNode) -> str:
        """What the ontology says that a node means."""
        rows = self._store.query(_DEFINITION, {"node": node})
        assert isinstance(rows, QuerySolutions)
        return " ".join(sorted({row["value"].value for row in rows}))

    def origin_kind(self, node: NamedNode) -> str:
        """What several sources share: an interview, a wire report; empty where the data does not say."""
        rows = self._store.query(_ORIGIN_KIND, {"node": node})
        assert isinstance(rows, QuerySolutions)
        return ", ".join(sorted({self.name(row["value"]) for row in rows}))

    def find(self, given: str, ranks: Ranks = ()) -> NamedNode:
        """The node that a name, code, identifier, prefixed name, IRI or beginning of one of them means.

        Accents and case do not matter. A whole name goes before a beginning, and a beginning before a word or the
        beginning of a word within a name; titles of sources come last. Of several nodes that fit, the kinds in `ranks`
        come first, such as `ASKED` or `TERMS`. Raises UsageError with the candidates where the name still fits
        several nodes, and with those of the nearest spelling where it fits none.
        """
        if (written := self._written_out(given, ranks)) is not None:
            return self._sole(given, written)
        for fitting in self._readings(given):
            if fitting:
                ranked = ({node for node in fitting if _kind(node) in rank} for rank in ranks)
                return self._sole(given, next(filter(None, ranked), fitting))
        raise UsageError(self._unknown(given, ranks))

    def fits(self, given: str, term: Term) -> bool:
        """Whether what a person typed can mean this value: its name, its text, or a name of the node."""
        if fold(given) in (fold(self.name(term)), fold(term.value)):
            return True
        if not isinstance(term, NamedNode):
            return False
        return term.value in (self._written_out(given) or self._read.bearers.get(fold(given), set()))

    def _written_out(self, given: str, ranks: Ranks = ()) -> set[str] | None:
        """The nodes of an IRI, of a prefixed name, of a term of the ontology, or of an identifier of a kind that is meant
        most; None where it is none of these."""
        if "://" in given:
            return {given}
        if iri := expand(given):
            return {iri} if self._is_named(iri) else self._starting(iri)
        if self._is_named(f"{ONTOLOGY}{given}"):
            return {f"{ONTOLOGY}{given}"}
        kinds = next(iter(ranks), ())
        called = {f"{ID}{kind}/{given}" for kind in kinds if kind != "ontology"}
        called = set(filter(self._is_named, called))
        return called if len(called) == 1 else None

    def _is_named(self, iri: str) -> bool:
        return _IRI.fullmatch(iri) is not None and iri in self._preferred

    def _readings(self, given: str) -> Iterator[set[str]]:
        """What the name fits, the closest readings first."""
        name = fold(given)
        if not name:
            return
        yield self._read.bearers.get(name, set())
        yield self._read.titled.get(name, set())
        yield _bearing(self._read.bearers, lambda known: known.startswith(name))
        yield _bearing(self._read.bearers, lambda known: f" {name} " in f" {known} ")
        yield _bearing(self._read.bearers, lambda known: f" {name}" in known)
        yield _bearing(self._read.titled, lambda known: known.startswith(name))

    def _starting(self, iri: str) -> set[str]:
        """The claims or propositions whose names start so; the IRI itself where there are none."""
        kind = next((kind for kind in _UNNAMED if iri.startswith(f"{ID}{kind}/")), None)
        if kind is None:
            return {iri}
        for query, part in ((_IS_OF_KIND, {"node": NamedNode(iri)}), (_OF_KIND, {"start": Literal(iri)})):
            rows = self._store.query(query, {"kind": _UNNAMED[kind], **part})
            assert isinstance(rows, QuerySolutions)
            if found := {row["node"].value for row in rows}:
                return found
        return {iri}

    def _sole(self, given: str, fitting: set[str]) -> NamedNode:
        if len(fitting) == 1:
            return _node(next(iter(fitting)), given)
        raise UsageError(f"{given!r} could be:{self._listed(fitting)}")

    def _unknown(self, given: str, ranks: Ranks) -> str:
        from difflib import get_close_matches

        asked = [
            name
            for name, nodes in self._read.bearers.items()
            if any(_can_be_meant(node, ranks) for node in nodes)
        ]
        near = get_close_matches(fold(given), asked, n=_MOST, cutoff=0.6)
        if not near:
            return f"nothing here is called {given!r}; see: pactgraph list"
        nodes = dict.fromkeys(node for name in near for node in sorted(self._read.bearers[name]))
        return (
            f"nothing here is called {given!r}; the nearest names are of:{self._listed(nodes, ordered=True)}"
        )

    def _listed(self, nodes: Iterable[str], *, ordered: bool = False) -> str:
        """A line for each candidate: its prefixed name, which can be typed, and its name."""
        listed = list(nodes) if ordered else sorted(nodes)
        shown = [f"\n  {shorten(iri)}{self._after(iri)}" for iri in listed[:_MOST]]
        more = [f"\n  … and {len(listed) - _MOST} more"] if len(listed) > _MOST else []
        return "".join([*shown, *more])

    def _after(self, iri: str) -> str:
        return f"  {self._preferred[iri]}" if iri in self._preferred else ""

    def _value(self, node: NamedNode) -> str:
        rows = self._store.query(_PARTS, {"node": node})
        assert isinstance(rows, QuerySolutions)
        return say_value({row["property"]: row["value"] for row in rows}, self.name)


def _bearing(known: Mapping[str, set[str]], fits: Callable[[str], bool]) -> set[str]:
    return {node for name, nodes in known.items() if fits(name) for node in nodes}


def _kind(iri: str) -> str:
    return "ontology" if iri.startswith(ONTOLOGY) else iri.removeprefix(ID).partition("/")[0]


def _can_be_meant(iri: str, ranks: Ranks) -> bool:
    """Whether a node can be meant: terms of the ontology only where one is asked for."""
    return not ranks or (_kind(iri) == "ontology") == (ranks == TERMS)


def _local(iri: str) -> str:
    return iri.removeprefix(ONTOLOGY) if iri.startswith(ONTOLOGY) else iri.removeprefix(ID).partition("/")[2]


def _node(iri: str, given: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        raise UsageError(f"{given!r} is no name and no IRI") from None
