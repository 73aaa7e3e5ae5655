"""Questions on which claims exclude each other: two values where there is one, two places, yes and no.

Only claims that can support a fact count: neither hopes and plans nor what is put under a condition. A denial of what
had come about by a day (`pact:on "../2024-02-01"`) contradicts only what is affirmed for a day up to then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.dates import Edtf, overlap, parse
from pactgraph.pages.asking import Asker
from pactgraph.pages.places import Places
from pactgraph.vocabulary import EDTF, OWL, PACT, RDFS, SCHEMA

_VOICES = """
SELECT ?claim ?subject ?property ?value ?polarity ?on {
  ?modality pact:supportsFacts true .
  ?claim pact:modality ?modality ; a pact:Claim ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?value ;
    pact:polarity ?polarity .
  FILTER NOT EXISTS { ?claim pact:condition ?condition }
  OPTIONAL { ?claim pact:on ?on }
}
"""


@dataclass(frozen=True, slots=True)
class Side:
    """What claims say of a subject alike: a value affirmed or denied, `on` a time or at any."""

    property: NamedNode
    value: Term
    denied: bool = False
    on: Edtf | None = None
    claims: frozenset[Term] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question on which claims exclude each other; `value` is None where there can be one value only."""

    subject: Term
    property: NamedNode
    value: Term | None
    opposed: tuple[tuple[Side, Side], ...]

    def against(self, claims: Collection[Term]) -> list[Side]:
        """What excludes what these claims say."""
        pairs = [*self.opposed, *((other, one) for one, other in self.opposed)]
        return list(dict.fromkeys(other for one, other in pairs if not one.claims.isdisjoint(claims)))


class Disputes:
    """Finds conflicts by what the ontology says of properties."""

    def __init__(self, ask: Asker) -> None:
        self._ask = ask
        self._single = frozenset[Term](ask.of_class(OWL.FunctionalProperty))
        self._placing = {n for n, ranges in ask.values(RDFS.range).items() if PACT.Place in ranges}
        self._implied = ask.values(PACT.impliesStage)
        self._places = Places(ask.values(SCHEMA.containedInPlace))

    def all(self) -> Mapping[Term, tuple[Conflict, ...]]:
        """The conflicts about every subject that has any."""
        return self._found(self._ask.rows(_VOICES))

    def about(self, subject: NamedNode) -> tuple[Conflict, ...]:
        """The conflicts about one subject."""
        rows = ({**row, "subject": subject} for row in self._ask.rows(_VOICES, subject=subject))
        return self._found(rows).get(subject, ())

    def exclude(self, prop: Term, one: Term, other: Term) -> bool:
        """Whether a subject cannot have both values of the property."""
        if prop in self._placing:
            return self._places.exclude(one, other)
        return prop in self._single and exclude(one, other)

    def _found(self, rows: Iterable[Mapping[str, Term]]) -> Mapping[Term, tuple[Conflict, ...]]:
        return {
            subject: found
            for subject, sides in _sides(rows).items()
            if (found := tuple(sorted(self._of(subject, sides), key=_order)))
        }

    def _of(self, subject: Term, sides: list[Side]) -> Iterator[Conflict]:
        affirmed: dict[NamedNode, list[Side]] = defaultdict(list)
        for side in sides:
            if not side.denied:
                affirmed[side.property].append(side)
        for prop, values in affirmed.items():
            pairs = [p for p in combinations(values, 2) if self.exclude(prop, p[0].value, p[1].value)]
            if pairs:
                yield Conflict(subject, prop, None, tuple(pairs))
        denials: dict[tuple[NamedNode, Term], list[tuple[Side, Side]]] = defaultdict(list)
        for denial in (side for side in sides if side.denied):
            pairs = [(side, denial) for side in sides if self._contradicts(denial, side)]
            denials[denial.property, denial.value] += pairs
        for (prop, value), pairs in denials.items():
            if pairs:
                yield Conflict(subject, prop, value, tuple(pairs))

    def _contradicts(self, denial: Side, side: Side) -> bool:
        """Whether one denies what the other affirms or implies."""
        if side.denied:
            return False
        same = (side.property, side.value) == (denial.property, denial.value)
        implied = denial.property == PACT.reachedStage and denial.value in self._implied.get(
            side.property, ()
        )
        if not (same or implied):
            return False
        return denial.on is None or _within(side.on or _date(side.value), denial.on)


def exclude(one: Term, other: Term) -> bool:
    """Whether two values of what has only one exclude each other: dates that share no day, and other values unlike."""
    dates = _date(one), _date(other)
    if dates[0] is not None and dates[1] is not None:
        return not overlap(dates[0], dates[1])
    return one != other


def _within(when: Edtf | None, limits: Edtf) -> bool:
    """Whether all days of a time lie within limits; an end that is open reaches any day."""
    if when is None:
        return False
    begins = limits.first is None or (when.first is not None and limits.first <= when.first)
    return begins and (limits.last is None or (when.last is not None and when.last <= limits.last))


def _sides(rows: Iterable[Mapping[str, Term]]) -> Mapping[Term, list[Side]]:
    claims: dict[Term, dict[Side, set[Term]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        prop, on = row["property"], row.get("on")
        assert isinstance(prop, NamedNode)
        side = Side(prop, row["value"], row["polarity"] == PACT.Denied, _date(on) if on else None)
        claims[row["subject"]][side].add(row["claim"])
    return {
        subject: [
            Side(s.property, s.value, s.denied, s.on, frozenset(told))
            for s, told in sorted(sides.items(), key=lambda item: _side_order(item[0]))
        ]
        for subject, sides in claims.items()
    }


def _side_order(side: Side) -> tuple[str, str, bool, str]:
    return side.property.value, str(side.value), side.denied, str(side.on)


def _order(conflict: Conflict) -> tuple[str, str]:
    return conflict.property.value, str(conflict.value)


def _date(term: Term) -> Edtf | None:
    return parse(term.value) if isinstance(term, Literal) and term.datatype == EDTF else None
