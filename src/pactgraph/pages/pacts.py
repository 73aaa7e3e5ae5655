"""The table of pacts: one row with what is most asked of each, in the order of their signing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import combinations, islice

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse, say, say_duration
from pactgraph.pages.asking import Asker, dates, finest, named
from pactgraph.pages.cells import Row, Several, Sum, When
from pactgraph.pages.conflicts import Disputes
from pactgraph.pages.serving import serving
from pactgraph.pages.stages import Stages
from pactgraph.pages.values import Parts, amount_parts, say_amount, value_parts
from pactgraph.resolution import Rules
from pactgraph.resolution.conflicts import Conflict, find_conflicts
from pactgraph.resolution.lookup import FEW, Lookup
from pactgraph.resolution.values import Relation, relation
from pactgraph.vocabulary import PACT, SCHEMA

_NEAR = """
SELECT DISTINCT ?node ?value {
  { ?claim rdf:predicate pact:negotiates } UNION { ?claim rdf:predicate pact:approves }
  ?claim rdf:subject ?value ; rdf:object ?node
}
"""
_NEXT = """
SELECT DISTINCT ?value {
  ?claim rdf:object ?node .
  FILTER(EXISTS { ?claim rdf:predicate pact:negotiates } || EXISTS { ?claim rdf:predicate pact:approves })
  FILTER EXISTS { ?claim a pact:Claim }
  ?claim rdf:subject ?value .
}
"""
_AMOUNTS = """
SELECT ?node ?property ?value {
  { SELECT ?node (SAMPLE(?source) AS ?graph) { GRAPH ?source { ?node a pact:Amount } } GROUP BY ?node }
  GRAPH ?graph { ?node ?property ?value }
}
"""
_AMOUNT = "SELECT DISTINCT ?node ?property ?value { ?node ?property ?value . FILTER EXISTS { ?node a pact:Amount } }"
_NEVER = date.max
COUNTED = 20_000
"""Claims of which a table counts the conflicts; of more it would take minutes."""
_FEW = 4
"""Parties that a table names one by one."""


class Pacts:
    """What is asked of pacts: of a few, or of all of them at once."""

    def __init__(self, ask: Asker) -> None:
        self._ask = ask
        self._stages = Stages(ask)
        self._parties, self._hubs = ask.values(PACT.party), ask.values(PACT.hub)
        self._groups = ask.values(PACT.inGroup)
        self._facts = {term: ask.facts(term) for term in _TOLD}
        self._amounts: Lookup[Term, Parts] = Lookup(
            lambda node: value_parts(ask.rows(_AMOUNT, node=node)).get(node),
            lambda: value_parts(ask.rows(_AMOUNTS)),
        )
        self._serving = serving(ask)
        self._near = ask.answers(_NEXT, _NEAR)
        self._disputes = Disputes(ask)
        self._heard = ask.heard_of_pacts(self._near)
        self._expected = ask.told_of(PACT.expectedSigning)
        self._sizes: dict[Term, int] = {}
        self._reads_all = False
        self._counts_conflicts = True
        self._rivalling: dict[tuple[Term, NamedNode], list[Term]] = {}

    def rows(self, limit: int | None = None) -> tuple[list[Row], int]:
        """The rows of pacts in order, at most `limit`, and how many of the last stand apart, being in no group.

        On another clock than now only those of which something had been said. Of more claims than `COUNTED`, conflicts
        are counted only for a few pacts.
        """
        self._read_order()
        pacts = sorted(self._ask.of_class(PACT.Pact), key=self._order)
        if len(pacts) > FEW and (limit is None or limit > FEW):
            self._read_rows()
        found = list(islice(filter(self._is_heard_of, pacts), limit))
        return [self.row(pact) for pact in found], sum(pact not in self._groups for pact in found)

    def members(self, group: NamedNode) -> list[Row]:
        """The rows of the pacts in a group, in order."""
        within = self._ask.bearers(group, PACT.inGroup)
        return [self.row(pact) for pact in sorted(filter(self._is_heard_of, within), key=self._order)]

    def _read_order(self) -> None:
        """Reads at once what the order of all pacts goes by."""
        self._ask.names.read(PACT.Pact)
        for lookup in (self._groups, self._facts[PACT.signedOn], self._facts[PACT.adoptedOn]):
            lookup.read()
        for term in (PACT.signedOn, PACT.adoptedOn):
            self._claimed[term].read()
        self._stages.read()

    def _read_rows(self) -> None:
        """Reads at once what would take longer to ask for pact by pact."""
        self._reads_all = True
        self._ask.names.read()
        self._near.read()
        self._heard.read()
        self._expected.read()
        if sum(heard.claims for heard in self._heard.values()) <= COUNTED:
            self._disputes.excluding.read()
        else:
            self._counts_conflicts = False

    def _is_heard_of(self, pact: NamedNode) -> bool:
        """Whether there is anything to say of a pact; now there always is, if only its name."""
        if not self._ask.clock:
            return True
        if self._reads_all:
            return pact in self._heard
        return self._ask.speaks_of(object=pact) or any(
            self._ask.speaks_of(subject=node) for node in (pact, *self._near.get(pact, ()))
        )

    def row(self, pact: NamedNode) -> Row:
        """What is most asked of one pact."""
        reached = self._stages.of(pact)
        unsigned = not reached.order or reached.order < self._stages.signing
        return {
            **named("pact", pact),
            "name": self._ask.names.name(pact),
            "group": self._group(pact),
            "parties": self._between(pact),
            "stage": self._ask.names.name(reached.stage) if reached.stage is not None else "",
            "signed": self._signed(pact),
            "place": self._place(pact),
            "signatories": self._signatories(pact),
            "term": self._term(pact),
            "amounts": self._sums(pact),
            "expected": self._times(pact) if unsigned else Several(),
            **self._ask.counts(self._heard.get(pact)),
            "conflicts": len(self.conflicts(pact)) if self._counts_conflicts else "",
        }

    def conflicts(self, pact: Term) -> tuple[Conflict, ...]:
        """The conflicts about a pact, and about rounds and votes on it."""
        nodes = (pact, *self._near.get(pact, ()))
        return tuple(dict.fromkeys(c for node in nodes for c in self._disputes.excluding.get(node, ())))

    def _told(self, pact: Term, *terms: NamedNode) -> list[Term]:
        return [value for term in terms for value in self._facts[term].get(pact, ())]

    def _order(self, pact: NamedNode) -> tuple[bool, bool, date, int, str]:
        """Pacts of a group first; of each kind by the day of signing, then the unsigned, the furthest first."""
        reached, called_off = self._stages.of(pact), self._stages.of(pact).stage == PACT.CalledOff
        day = min((_last(text) for text in self._days(pact)), default=_NEVER)
        unsigned = day == _NEVER and not self._stages.is_signed(pact)
        return (
            pact not in self._groups,
            unsigned,
            day,
            0 if called_off else -reached.order,
            self._ask.names.name(pact),
        )

    def _group(self, pact: Term) -> Several:
        """The groups that a pact belongs to, the largest first."""
        size = {group: self._size(group) for group in self._groups.get(pact, ())}
        ordered = sorted(size, key=lambda group: (-size[group], str(group)))
        return Several(tuple(_local(group) for group in ordered))

    def _size(self, group: Term) -> int:
        if group not in self._sizes:
            self._sizes[group] = len(self._ask.bearers(group, PACT.inGroup))
        return self._sizes[group]

    def _hub(self, pact: Term) -> set[Term]:
        return {hub for group in self._groups.get(pact, ()) for hub in self._hubs.get(group, ())}

    def _between(self, pact: Term) -> Several:
        """The parties, the hub first; those who concluded a pact of many by facts where it names none."""
        parties = {*self._parties.get(pact, ()), *self._told(pact, PACT.concludedBy)}
        hub = self._hub(pact)
        known = (*self._ask.things(hub & parties), *self._ask.things(parties - hub))
        return Several(known, " – ", (f"{len(known)} parties",) if len(known) > _FEW else None)

    def _days(self, pact: Term) -> list[str]:
        """The day of signing or adoption that holds; where several exclude each other, all of those."""
        days = PACT.signedOn, PACT.adoptedOn
        return dates(self._told(pact, *days))[:1] or finest(dates(self._rivals(pact, *days)))

    def _signed(self, pact: Term) -> When | str:
        days = self._days(pact)
        words = [say(parse(text)) for text in days]
        if len(days) < 2:
            return When(days[0], words[0]) if days else ""
        return When(None, _disputed(words), tuple(days))

    def _place(self, pact: Term) -> Several:
        """The finest places; the event where no place is known."""
        places = _finest(self._told(pact, PACT.signedIn, PACT.adoptedIn), self._ask.rules)
        return Several(self._ask.things(places or self._told(pact, PACT.signedAt, PACT.adoptedAt)), "; ")

    def _signatories(self, pact: Term) -> Several:
        """Who signed, the hub's officials last; in brief without them where others signed too."""
        officials, hub = set(self._told(pact, PACT.signedBy)), self._hub(pact)
        own = {official for official in officials if hub & self._serving.get(official, set())}
        others = self._ask.things(officials - own)
        return Several((*others, *self._ask.things(own)), brief=others or None)

    def _term(self, pact: Term) -> str:
        """For how long, and until which event at most; years where no term is told."""
        terms = [say_duration(value.value) for value in self._told(pact, PACT.term)]
        if not terms and (rivals := self._rivals(pact, PACT.term)):
            terms = [_disputed(say_duration(value.value) for value in rivals)]
        if not terms:
            terms = [say(parse(text)) for text in dates(self._told(pact, PACT.validDuring))]
        events = [f"until {thing.name}" for thing in self._ask.things(self._told(pact, PACT.validUntil))]
        return ", or ".join([*sorted(terms), *events])

    def _sums(self, pact: Term) -> Several:
        """Amounts in the order of the time that they are for, the largest first; equal ones once."""
        known = [self._amounts[v] for v in self._told(pact, PACT.amount) if v in self._amounts]
        said: dict[str, Sum] = {}
        for parts in sorted(known, key=_amount_order):
            words = say_amount(parts, self._ask.names.name)
            said.setdefault(words, Sum(words, amount_parts(parts, self._ask.names.name)))
        return Several(tuple(said.values()), "; ")

    def _times(self, pact: Term) -> Several:
        """The times that are expected; open ones only where there are no others, and marked where they are denied."""
        told = self._expected.get(pact, ())
        denied = dates(voice.content.object for voice in told if voice.denies)
        affirmed = dates(voice.content.object for voice in told if not voice.denies)
        known = [parse(text) for text in finest(affirmed)]
        closed = [when for when in known if when.first and when.last] or known
        said = {when.text: f"{say(when)} (denied)" if when.text in denied else say(when) for when in closed}
        return Several(tuple({words: When(text, words) for text, words in said.items()}.values()), "; ")

    def _rivals(self, pact: Term, *terms: NamedNode) -> list[Term]:
        """Values of single-valued properties that exclude each other."""
        return sorted({value for term in terms for value in self._rivals_of(pact, term)}, key=str)

    def _rivals_of(self, pact: Term, term: NamedNode) -> list[Term]:
        values = self._claimed[term].get(pact, ())
        if not any(relation(*pair, self._ask.rules) is Relation.APART for pair in combinations(values, 2)):
            return []
        if (pact, term) not in self._rivalling:
            self._rivalling[pact, term] = list(self._found_rivals(pact, term))
        return self._rivalling[pact, term]

    def _found_rivals(self, pact: Term, term: NamedNode) -> Iterator[Term]:
        voices = self._ask.asked(subject=pact, predicate=term)
        for conflict in find_conflicts(voices, {}, self._ask.rules):
            if conflict.type == PACT.ValueConflict and conflict.predicate == term:
                yield from (voice.content.object for side in conflict.sides for voice in side)

    @cached_property
    def _claimed(self) -> Mapping[NamedNode, Lookup[Term, list[Term]]]:
        """The values that anybody claims as so of the properties whose rivals are told."""
        return {term: self._ask.claimed(term) for term in _RIVALS}


_RIVALS = (PACT.signedOn, PACT.adoptedOn, PACT.term)
_TOLD = (
    PACT.adoptedAt, PACT.adoptedIn, PACT.adoptedOn, PACT.amount, PACT.concludedBy, PACT.signedAt, PACT.signedBy,
    PACT.signedIn, PACT.signedOn, PACT.term, PACT.validDuring, PACT.validUntil,
)  # fmt: skip


def _finest(places: list[Term], rules: Rules) -> list[Term]:
    """The places in which none of the others lies."""
    return [place for place in places if not any(place in rules.within.get(each, ()) for each in places)]


def _last(text: str) -> date:
    """The last day that is meant, so that a month stands after its known days."""
    when = parse(text)
    return when.last or when.first or _NEVER


def _disputed(values: Iterable[str]) -> str:
    return f"disputed: {' or '.join(values)}"


def _local(node: Term) -> str:
    return node.value.rpartition("/")[2]


def _amount_order(parts: Parts) -> tuple[str, float, str]:
    period = parts[PACT.period].value if PACT.period in parts else "~"
    return (
        period.removeprefix("../"),
        -float(parts[SCHEMA.value].value),
        str(sorted(map(str, parts.values()))),
    )
