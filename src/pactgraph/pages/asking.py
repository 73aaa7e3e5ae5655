"""Asks a store for one property of many nodes at a time, so that a table costs a few questions, not one a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from pyoxigraph import Literal, NamedNode, QuerySolutions

from pactgraph.claim import Proposition, Term
from pactgraph.dates import finer, overlap, parse, say
from pactgraph.pages.cells import Several, Thing, When
from pactgraph.pages.facts import Facts
from pactgraph.pages.hearing import Heard, hear_each, tally, tally_pacts
from pactgraph.pages.names import Names
from pactgraph.pages.told import Told, told
from pactgraph.resolution import Rules, Voice
from pactgraph.resolution.clock import NOW, Clock
from pactgraph.resolution.lookup import Lookup
from pactgraph.resolution.reading import read_voices, read_witnesses, stored_rules
from pactgraph.resolution.voices import tells, when
from pactgraph.resolution.witnesses import Witnesses
from pactgraph.store import Store
from pactgraph.vocabulary import EDTF, PACT, shorten

_OF_CLASS = "SELECT DISTINCT ?node { ?node a/rdfs:subClassOf* ?class }"
_VALUES = "SELECT DISTINCT ?node ?value { ?node ?property ?value }"
_VALUE = "SELECT DISTINCT ?value { ?node ?property ?value }"
_BEARERS = "SELECT DISTINCT ?value { ?value ?property ?node }"
_CLAIMED = """
SELECT DISTINCT ?node ?value {
  ?proposition rdf:subject ?node .
  ?proposition rdf:predicate ?property .
  FILTER EXISTS { ?proposition pact:reason ?reason }
  FILTER(!BOUND(?asOf) && !BOUND(?asKnown) || EXISTS {
    ?proposition pact:supportedBy ?claim .
    FILTER(!BOUND(?asOf) || EXISTS { ?claim pact:by ?by . FILTER(?by <= ?asOf) })
    FILTER(!BOUND(?asKnown) || EXISTS { ?claim pact:knownFrom ?known . FILTER(?known <= ?asKnown) })
  })
  ?proposition rdf:object ?value .
}
"""
_ANY = """
SELECT ?claim {
  ?claim rdf:subject ?subject .
  ?claim rdf:object ?object .
  FILTER(!BOUND(?asKnown) || EXISTS { ?claim pact:knownFrom ?known . FILTER(?known <= ?asKnown) })
  FILTER(!BOUND(?asOf) || EXISTS { ?claim pact:by ?by . FILTER(?by <= ?asOf) })
}
LIMIT 1
"""
"""A claim that comes to be heard because of a signing is never the only one: there is that of the signing, too."""
_PUBLISHED = "SELECT DISTINCT ?node ?value { ?node schema:datePublished ?value }"

Values = Mapping[Term, list[Term]]


class Asker:
    """A store on a clock, with the names and witnesses of all that is in it."""

    def __init__(self, store: Store, names: Names | None = None, clock: Clock = NOW) -> None:
        self.store = store
        self.clock = clock
        self._names = names
        self._facts = Facts(self.rows, clock)
        self._about: Lookup[Term, list[Voice]] = Lookup(
            self._voices_about, lambda: _by_subject(self.voices), few=None
        )

    @cached_property
    def names(self) -> Names:
        """The names of everything."""
        return self._names or Names(self.store)

    @cached_property
    def witnesses(self) -> Witnesses:
        """What tells how many independent origins sources have."""
        return read_witnesses(self.store)

    @cached_property
    def rules(self) -> Rules:
        """What the ontology and the authority data rule."""
        return stored_rules(self.store)

    @cached_property
    def voices(self) -> list[Voice]:
        """The claims that the clock lets through, as resolution hears them."""
        return [voice for voice in read_voices(self.store) if self.hears(voice)]

    def about(self, node: Term) -> list[Voice]:
        """The claims about a node that the clock lets through."""
        return self._about.get(node, [])

    def read(self) -> None:
        """Reads all claims, where those about most nodes are going to be asked for."""
        self._about.read()

    def asked(self, **part: Term) -> list[Voice]:
        """The claims of a subject, predicate, object or source that the clock lets through."""
        return [voice for voice in read_voices(self.store, **part) if self.hears(voice)]

    def told_of(self, predicate: NamedNode) -> Lookup[Term, list[Voice]]:
        """The claims with a predicate that the clock lets through, by subject."""
        return Lookup(
            lambda node: self.asked(subject=node, predicate=predicate) or None,
            lambda: _by_subject(self.asked(predicate=predicate)),
            few=None,
        )

    def _voices_about(self, node: Term) -> list[Voice]:
        return self.asked(subject=node)

    def hears(self, voice: Voice) -> bool:
        """Whether the clock lets a claim through; what has no day of its own may have that of its signing."""
        if not self.clock or self.clock.hears(voice, self.rules):
            return True
        return self.clock.knows(voice.known) and tells(voice, self.rules) and self.is_dated(voice.content)

    def is_dated(self, content: Proposition) -> bool:
        """Whether a proposition without a day tells of what has come about on the day asked about, such as a signing."""
        return when(content) is None and self._facts.is_dated(content.subject, content.predicate)

    def is_known(self, source: Term) -> bool:
        """Whether a source had been published by the day."""
        return self.clock.as_known is None or source in self._known

    @cached_property
    def _let_through(self) -> frozenset[Term]:
        return frozenset(voice.claim for voice in self.voices)

    @cached_property
    def _known(self) -> frozenset[Term]:
        """The sources published by the day."""
        published = grouped(self.rows(_PUBLISHED))
        return frozenset(
            node for node, days in published.items() if self.clock.knows(parse(days[0].value).last)
        )

    def is_heard(self, claim: Term, source: Term) -> bool:
        """Whether the clock lets a claim through, by its source alone where that is enough."""
        return claim in self._let_through if self.clock.as_of is not None else self.is_known(source)

    def speaks_of(self, **part: Term) -> bool:
        """Whether the clock lets through any claim that has the part."""
        return next(self.rows(_ANY, **part, **self.clock.days), None) is not None

    def told(self, **parts: Term) -> list[Told]:
        """The claims that have all the given parts and that the clock lets through."""
        return told(self.store, **parts, **self.clock.days)

    def rows(self, query: str, **parts: Term) -> Iterator[Mapping[str, Term]]:
        """The rows of a query, each with the variables that have a value."""
        rows = self.store.query(query, parts)
        assert isinstance(rows, QuerySolutions)
        variables = [variable.value for variable in rows.variables]
        for row in rows:
            yield {name: value for name, value in zip(variables, row, strict=True) if value is not None}

    def of_class(self, *classes: NamedNode) -> list[NamedNode]:
        """The nodes of these classes and their subclasses, in order of IRI."""
        found = {r["node"] for c in classes for r in self.rows(_OF_CLASS, **{"class": c})}
        return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)

    def values(self, term: NamedNode) -> Lookup[Term, list[Term]]:
        """The values of a property, by node: whatever says so."""
        return Lookup(
            lambda node: [r["value"] for r in self.rows(_VALUE, node=node, property=term)] or None,
            lambda: grouped(self.rows(_VALUES, property=term)),
        )

    def answers(self, one: str, whole: str) -> Lookup[Term, list[Term]]:
        """The values that two queries give of nodes, the first of a single `?node`."""
        return Lookup(
            lambda node: [row["value"] for row in self.rows(one, node=node) if "value" in row] or None,
            lambda: grouped(self.rows(whole)),
        )

    def claimed(self, term: NamedNode) -> Lookup[Term, list[Term]]:
        """The values of a property that somebody claims as so, by node; on the clock, but for what only a signing dates."""
        return Lookup(
            lambda node: (
                [r["value"] for r in self.rows(_CLAIMED, node=node, property=term, **self.clock.days)] or None
            ),
            lambda: grouped(self.rows(_CLAIMED, property=term, **self.clock.days)),
        )

    def bearers(self, node: Term, term: NamedNode) -> list[NamedNode]:
        """The nodes of which a node is the value of a property, in order of IRI."""
        found = (r["value"] for r in self.rows(_BEARERS, node=node, property=term))
        return sorted((n for n in found if isinstance(n, NamedNode)), key=lambda n: n.value)

    def facts(self, term: NamedNode) -> Lookup[Term, list[Term]]:
        """The values of a property that are facts on the clock, by node."""
        return self._facts.of(term)

    def facts_about(self, node: Term) -> Mapping[Term, list[Term]]:
        """What is a fact about a node on the clock, by property."""
        return self._facts.about(node)

    def heard(self, part: NamedNode) -> Mapping[Term, Heard]:
        """Who speaks of each node, as this part of a claim."""
        if self.clock.as_of is None:
            return tally(self.rows, self.clock, part)
        return hear_each(self.rows, part, self.is_heard)

    def heard_of_pacts(self, near: Mapping[Term, Iterable[Term]]) -> Lookup[Term, Heard]:
        """Who speaks of each pact, of what is near it, and who names it."""

        def one(pact: Term) -> Heard | None:
            about = (v for node in (pact, *near.get(pact, ())) for v in self.about(node))
            naming = self.asked(object=pact)
            found: set[tuple[Term, Term]] = {
                (v.claim, v.source) for voices in (about, naming) for v in voices
            }
            return Heard.of(found) if found else None

        return Lookup(one, lambda: self._heard_of_pacts(near), few=None)

    def _heard_of_pacts(self, near: Mapping[Term, Iterable[Term]]) -> Mapping[Term, Heard]:
        if self.clock.as_of is None:
            return tally_pacts(self.rows, self.clock)
        found: dict[Term, set[tuple[Term, Term]]] = defaultdict(set)
        pacts: dict[Term, set[Term]] = defaultdict(set)
        for pact in self.of_class(PACT.Pact):
            around: tuple[Term, ...] = pact, *near.get(pact, ())
            for node in around:
                pacts[node].add(pact)
        for voice in self.voices:
            spoken: tuple[Term, ...] = voice.content.subject, voice.content.object
            for each in {pact for node in spoken for pact in pacts.get(node, ())}:
                found[each].add((voice.claim, voice.source))
        return {pact: Heard.of(pairs) for pact, pairs in found.items()}

    def counts(self, heard: Heard | None) -> dict[str, int]:
        """How many claims, sources and independent origins."""
        told = heard or Heard()
        origins = told.sources - len(told.shared) + self.witnesses.count(told.shared)
        return {"claims": told.claims, "sources": told.sources, "origins": origins}

    def things(self, nodes: Iterable[Term] | None) -> tuple[Thing, ...]:
        """Nodes with their names, in order of name."""
        known = {Thing(node, self.names.name(node)) for node in nodes or () if isinstance(node, NamedNode)}
        return tuple(sorted(known, key=lambda thing: (thing.name, thing.node.value)))


def _by_subject(voices: Iterable[Voice]) -> Mapping[Term, list[Voice]]:
    found: dict[Term, list[Voice]] = defaultdict(list)
    for voice in voices:
        found[voice.content.subject].append(voice)
    return found


def grouped(rows: Iterable[Mapping[str, Term]]) -> Values:
    """The values of each node, from rows of `node` and `value`."""
    found: dict[Term, list[Term]] = defaultdict(list)
    for row in rows:
        found[row["node"]].append(row["value"])
    return found


def dates(values: Iterable[Term] | None) -> list[str]:
    """The EDTF strings among values, each once, in order."""
    return sorted(
        {value.value for value in values or () if isinstance(value, Literal) and value.datatype == EDTF}
    )


def finest(days: list[str]) -> list[str]:
    """The dates without those that another of them says more precisely."""
    known = {text: parse(text) for text in days}
    return [
        d for d, one in known.items() if not any(overlap(one, o) and finer(o, one) for o in known.values())
    ]


def whens(values: Iterable[Term] | None) -> Several:
    """Dates, in order."""
    return Several(tuple(When(text, say(parse(text))) for text in dates(values)), "; ")


def texts(values: Iterable[Term] | None) -> Several:
    """Plain values, in order."""
    return Several(tuple(sorted({value.value for value in values or ()})))


def named(kind: str, node: NamedNode) -> dict[str, str]:
    """The cells that identify a row: the local name and the IRI."""
    return {kind: shorten(node.value).partition(":")[2], "iri": node.value}
