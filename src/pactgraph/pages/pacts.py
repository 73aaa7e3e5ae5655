"""The table of pacts: one row with what is most asked of each, in the order of their signing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse, say
from pactgraph.pages.asking import Asker, dates, finest, grouped, named
from pactgraph.pages.cells import Row, Several, Sum, When
from pactgraph.pages.conflicts import Disputes
from pactgraph.pages.stages import Stages
from pactgraph.pages.values import Parts, amount_parts, say_amount, say_duration, value_parts
from pactgraph.resolution import Rules
from pactgraph.resolution.conflicts import Conflict
from pactgraph.vocabulary import PACT, SCHEMA

_EXPECTED = """
SELECT DISTINCT ?claim ?source ?value ?polarity {
  ?claim rdf:subject ?node ; rdf:predicate pact:expectedSigning ; rdf:object ?value ; pact:polarity ?polarity ;
    prov:wasDerivedFrom ?source
}
"""
_NEAR = """
SELECT DISTINCT ?node ?value {
  { ?claim rdf:predicate pact:negotiates } UNION { ?claim rdf:predicate pact:approves }
  ?claim rdf:subject ?value ; rdf:object ?node
}
"""
_AMOUNTS = """
SELECT ?node ?property ?value {
  { SELECT ?node (SAMPLE(?source) AS ?graph) { GRAPH ?source { ?node a pact:Amount } } GROUP BY ?node }
  GRAPH ?graph { ?node ?property ?value }
}
"""
_TENURES = "SELECT DISTINCT ?node ?value { ?tenure pact:holder ?node ; pact:office ?value }"
_ACTING = "SELECT DISTINCT ?node ?value { ?node pact:actsFor/pact:actsFor? ?value }"
_NEVER = date.max
MANY = 20_000
"""From this number of claims on conflicts are not counted for a table, since that reads every claim."""
_FEW = 4
"""Parties that a table names one by one."""


def serving(ask: Asker) -> Mapping[Term, set[Term]]:
    """The parties for which each official acts or has acted, by the offices held."""
    acting = grouped(ask.rows(_ACTING))
    found: dict[Term, set[Term]] = defaultdict(set)
    for held in (ask.facts(PACT.holdsOffice), grouped(ask.rows(_TENURES))):
        for official, offices in held.items():
            found[official].update(party for office in offices for party in acting.get(office, ()))
    return found


class Pacts:
    """What is asked of pacts, of all of them at once."""

    def __init__(self, ask: Asker) -> None:
        self._ask = ask
        self._stages = Stages(ask)
        self._parties, self._hubs = ask.values(PACT.party), ask.values(PACT.hub)
        self._groups = ask.values(PACT.inGroup)
        self._facts = {term: ask.facts(term) for term in _TOLD}
        self._amounts = value_parts(ask.rows(_AMOUNTS))
        self._serving = serving(ask)
        self._near = grouped(ask.rows(_NEAR))
        self._conflicts = Disputes(ask).excluding if self.counts_conflicts else {}
        self._names = {pact: ask.names.name(pact) for pact in ask.of_class(PACT.Pact)}
        self._heard = ask.heard_of_pacts({pact: self._near.get(pact, ()) for pact in self._names})

    def rows(self) -> tuple[list[Row], int]:
        """The rows of all pacts in order, and how many of the last stand apart, being in no group.

        On another clock than now only those of which something had been said.
        """
        pacts = sorted(filter(self._is_heard_of, self._names), key=self._order)
        return [self.row(pact) for pact in pacts], sum(pact not in self._groups for pact in pacts)

    def members(self, group: NamedNode) -> list[Row]:
        """The rows of the pacts in a group, in order."""
        within = (pact for pact in self._names if group in self._groups.get(pact, ()))
        return [self.row(pact) for pact in sorted(filter(self._is_heard_of, within), key=self._order)]

    def _is_heard_of(self, pact: NamedNode) -> bool:
        """Whether there is anything to say of a pact; now there always is, if only its name."""
        return not self._ask.clock or pact in self._heard

    def row(self, pact: NamedNode) -> Row:
        """What is most asked of one pact."""
        reached = self._stages.of(pact)
        unsigned = not reached.order or reached.order < self._stages.signing
        return {
            **named("pact", pact),
            "name": self._names[pact],
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
            "conflicts": len(self.conflicts(pact)) if self.counts_conflicts else "",
        }

    @property
    def counts_conflicts(self) -> bool:
        """Whether the store is small enough to hold every claim against every other for one table."""
        return self._ask.claims <= MANY

    def conflicts(self, pact: Term) -> tuple[Conflict, ...]:
        """The conflicts about a pact, and about rounds and votes on it."""
        nodes = (pact, *self._near.get(pact, ()))
        return tuple(dict.fromkeys(c for node in nodes for c in self._conflicts.get(node, ())))

    def _told(self, pact: Term, *terms: NamedNode) -> list[Term]:
        return [value for term in terms for value in self._facts[term].get(pact, ())]

    def _order(self, pact: NamedNode) -> tuple[bool, bool, date, int, str]:
        """Pacts of a group first; of each kind by the day of signing, then the unsigned, the furthest first."""
        reached, called_off = self._stages.of(pact), self._stages.of(pact).stage == PACT.CalledOff
        day = min((_last(text) for text in self._days(pact)), default=_NEVER)
        unsigned = day == _NEVER and not self._stages.is_signed(pact)
        return pact not in self._groups, unsigned, day, 0 if called_off else -reached.order, self._names[pact]

    def _group(self, pact: Term) -> Several:
        """The groups that a pact belongs to, the largest first."""
        size = {g: sum(g in groups for groups in self._groups.values()) for g in self._groups.get(pact, ())}
        ordered = sorted(size, key=lambda group: (-size[group], str(group)))
        return Several(tuple(_local(group) for group in ordered))

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
        rows = [
            r for r in self._ask.rows(_EXPECTED, node=pact) if self._ask.is_heard(r["claim"], r["source"])
        ]
        denied = dates(row["value"] for row in rows if row["polarity"] == PACT.Denied)
        affirmed = dates(row["value"] for row in rows if row["polarity"] != PACT.Denied)
        known = [parse(text) for text in finest(affirmed)]
        closed = [when for when in known if when.first and when.last] or known
        said = {when.text: f"{say(when)} (denied)" if when.text in denied else say(when) for when in closed}
        return Several(tuple({words: When(text, words) for text, words in said.items()}.values()), "; ")

    def _rivals(self, pact: Term, *terms: NamedNode) -> list[Term]:
        """Values of single-valued properties that exclude each other."""
        found = (
            c for c in self._conflicts.get(pact, ()) if c.predicate in terms and c.type == PACT.ValueConflict
        )
        return sorted({voice.content.object for c in found for side in c.sides for voice in side}, key=str)


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
