"""Our facts beside the statements of Wikidata: what is there, what lacks a reference, what is missing, what conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, QuerySolutions

from pactgraph.claim import Term
from pactgraph.comparison.statements import Items, Verdict, judge, value_of
from pactgraph.pages import Evidence, Names, conflicts, why
from pactgraph.store import Store
from pactgraph.vocabulary import FACTS, LINKS, PREFIXES, SKOS, shorten
from pactgraph.wikidata import Adds, Correspondence, Item, Kind, Said, Statement, Value, Wikidata

_VALUES = "SELECT DISTINCT ?value { ?node ?property ?value }"
_SINGLE = "SELECT DISTINCT ?value { ?value a owl:FunctionalProperty }"
_FACTUAL = "SELECT DISTINCT ?value { GRAPH ?facts { ?value ?property ?object } }"


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A fact of ours and what an item has of it.

    `ours` is None where our value has no form there. `theirs` are the statements that the verdict rests on, `truthy`
    whether one of them is among the best, with our value where one has it. `contested` says whether somebody says
    otherwise among our own sources. `only` is the one statement of the property that has our value, whatever its rank;
    None where there is none or are several. `moved` is the item that it was merged into.
    """

    evidence: Evidence
    said: Said
    object: Term
    item: str
    revision: int
    ours: Value | None
    verdict: Verdict
    theirs: tuple[Statement, ...]
    truthy: bool
    contested: bool
    only: Statement | None = None
    moved: str = ""

    @property
    def says(self) -> tuple[str, str, Value | None]:
        """The statement that it would be: item, property and value."""
        return self.item, self.said.property, self.ours

    @property
    def writable(self) -> bool:
        """Whether it may be written to Wikidata: missing there or without reference, and nobody says otherwise."""
        return self.obstacle == "" and self.value is not None

    @property
    def value(self) -> Value | None:
        """The value to write: of a statement that is there, letter by letter as it has it, lest another be made."""
        return self.only.value if self.verdict is Verdict.UNREFERENCED and self.only else self.ours

    @property
    def obstacle(self) -> str:
        """Why it may not be written, in a word; nothing where it may."""
        adds = self.said.adds
        if self.verdict not in (Verdict.ABSENT, Verdict.UNREFERENCED):
            return self.verdict.value
        if self.contested:
            return "disputed"
        if adds is Adds.NOTHING or (self.verdict is Verdict.ABSENT and adds is Adds.REFERENCES):
            return "references only" if adds is Adds.REFERENCES else "compared only"
        if self.verdict is Verdict.UNREFERENCED and not (self.only and _can_be_repeated(self.only.value)):
            return "several there" if self.only is None else "of a form of its own"
        return ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All counterparts, and the nodes that were asked about and have no reviewed item."""

    counterparts: tuple[Counterpart, ...]
    unlinked: tuple[NamedNode, ...]


def compare(
    store: Store,
    wikidata: Wikidata,
    mapping: Correspondence,
    subjects: Iterable[NamedNode] | None = None,
    names: Names | None = None,
) -> Comparison:
    """The facts about some nodes, or about all that have a reviewed item, beside that item.

    Raises NotKept where an item was not kept and nothing may be asked, and the errors of asking.
    """
    return _Comparing(store, wikidata, mapping, names or Names(store)).compare(subjects)


def _can_be_repeated(value: Value) -> bool:
    return value.kind is not Kind.TIME or bool(value.written)


def reviewed_items(store: Store) -> Items:
    """The item that each node is exactly the same as, by a reviewed row; a node with two such rows has none."""
    found = _linked(store, SKOS.exactMatch)
    return {node: next(iter(items)) for node, items in found.items() if len(items) == 1}


def _linked(store: Store, predicate: NamedNode) -> Mapping[Term, set[str]]:
    """The items to which reviewed rows with a predicate join each node."""
    found: dict[Term, set[str]] = {}
    for triple in store.triples(LINKS):
        node, item = triple.subject, _item(triple.object)
        if triple.predicate == predicate and item and isinstance(node, NamedNode):
            found.setdefault(node, set()).add(item)
    return found


def _item(term: object) -> str:
    """The id of an item; nothing for what is none."""
    iri = term.value if isinstance(term, NamedNode) else ""
    return iri.removeprefix(PREFIXES["wd"]) if iri.startswith(PREFIXES["wd"]) else ""


class _Comparing:
    def __init__(self, store: Store, wikidata: Wikidata, mapping: Correspondence, names: Names) -> None:
        self._store, self._wikidata, self._mapping, self._names = store, wikidata, mapping, names
        self._items, self._close = reviewed_items(store), _linked(store, SKOS.closeMatch)
        self._single = set(self._ask(_SINGLE))

    def compare(self, subjects: Iterable[NamedNode] | None) -> Comparison:
        wanted = sorted(self._with_facts() if subjects is None else set(subjects), key=lambda n: n.value)
        linked = [node for node in wanted if node in self._items]
        found = self._wikidata.items(self._items[node] for node in linked)
        counterparts = [d for node in linked for d in self._about(node, found.get(self._items[node]))]
        return Comparison(tuple(counterparts), tuple(node for node in wanted if node not in self._items))

    def _with_facts(self) -> set[NamedNode]:
        """The nodes with a fact that Wikidata has a property for."""
        found = (
            node
            for said in self._mapping.statements
            for node in self._ask(
                _FACTUAL, property=said.fact, **({"object": said.value} if said.value else {})
            )
        )
        return {node for node in found if isinstance(node, NamedNode)}

    def _about(self, node: NamedNode, item: Item | None) -> Iterator[Counterpart]:
        held = [each for each in why(self._store, node) if each.is_fact and each.finer is None]
        disputed = self._disputed(node) if held else frozenset()
        for said in self._mapping.statements:
            for value, evidence in self._told(node, said, held).items():
                contested = bool(evidence.dissenting) or not disputed.isdisjoint(
                    claim.claim for claim in evidence.supporting
                )
                yield self._beside(node, item, said, value, evidence, contested)

    def _told(self, node: NamedNode, said: Said, held: Sequence[Evidence]) -> Mapping[Term, Evidence]:
        """The values that a property would have, each with the best evidence for it."""
        found: dict[Term, Evidence] = {}
        for each in held:
            if each.predicate == said.fact and said.value in (None, each.object):
                values = self._ask(_VALUES, node=node, property=said.each) if said.each else [each.object]
                for value in values:
                    if value not in found or found[value].origins < each.origins:
                        found[value] = each
        return found

    def _disputed(self, node: NamedNode) -> frozenset[NamedNode]:
        """The claims about a node that stand against others."""
        found = conflicts(self._store, shorten(node.value), names=self._names)
        return frozenset(c.claim for each in found for side in each.sides for c in side.claims)

    def _beside(
        self, node: NamedNode, item: Item | None, said: Said, value: Term, evidence: Evidence, contested: bool
    ) -> Counterpart:
        ours, theirs = value_of(value, self._items), tuple[Statement, ...]()
        if item is None:
            verdict = Verdict.GONE
        elif item.id != self._items[node]:
            verdict = Verdict.MERGED
        elif ours is None:
            verdict = Verdict.UNLINKED if isinstance(value, NamedNode) else Verdict.UNSAYABLE
        else:
            counts = self._mapping.reference.counts
            single = said.fact in self._single and said.each is None
            close = self._close.get(value, ())
            verdict, theirs = judge(ours, item, said, single=single, counts=counts, close=close)
        alike = [s for s in item.full(said.property) if s.value == ours] if item else []
        best = item.truthy(said.property) if item else ()
        return Counterpart(
            evidence,
            said,
            value,
            self._items[node],
            item.revision if item else 0,
            ours,
            verdict,
            theirs,
            any(each in best for each in [s for s in theirs if s.value == ours] or theirs),
            contested,
            alike[0] if len(alike) == 1 else None,
            item.id if item and verdict is Verdict.MERGED else "",
        )

    def _ask(self, query: str, **parts: NamedNode) -> list[Term]:
        bound = {**parts, "facts": FACTS} if "?facts" in query else parts
        rows = self._store.query(query, bound)
        assert isinstance(rows, QuerySolutions)
        return sorted((row["value"] for row in rows), key=str)
