"""The table of pacts: one row with what is most asked of each, in the order of their signing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse, say
from pactgraph.pages.asking import Asker, Heard, Values, dates, finest, grouped, named
from pactgraph.pages.cells import Row, Several, Sum, When
from pactgraph.pages.conflicts import Conflict, Disputes
from pactgraph.pages.places import Places
from pactgraph.pages.stages import Stages
from pactgraph.pages.values import Parts, amount_parts, say_amount, say_duration, value_parts
from pactgraph.vocabulary import FACTS, PACT, RDF, SCHEMA

_EXPECTED = """
SELECT DISTINCT ?node ?value ?polarity {
  ?claim rdf:predicate pact:expectedSigning ; rdf:subject ?node ; rdf:object ?value ; pact:polarity ?polarity
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
  { SELECT DISTINCT ?node { GRAPH ?facts { ?pact pact:amount ?node } } }
  ?node ?property ?value
}
"""
_SERVING = """
SELECT DISTINCT ?official ?party {
  { GRAPH ?facts { ?official pact:holdsOffice ?office } }
  UNION { ?tenure pact:holder ?official ; pact:office ?office }
  ?office pact:actsFor/pact:actsFor? ?party .
}
"""
_NEVER = date.max
_FEW = 4
"""Parties that a table names one by one."""


def serving(ask: Asker) -> Mapping[Term, set[Term]]:
    """The parties for which each official acts or has acted, by the offices held."""
    found: dict[Term, set[Term]] = {}
    for row in ask.rows(_SERVING, facts=FACTS):
        found.setdefault(row["official"], set()).add(row["party"])
    return found


class Pacts:
    """What is asked of pacts, of all of them at once."""

    def __init__(self, ask: Asker) -> None:
        self._ask = ask
        self._stages = Stages(ask)
        self._parties, self._hubs = ask.values(PACT.party), ask.values(PACT.hub)
        self._groups = ask.values(PACT.inGroup)
        self._facts = {term: ask.facts(term) for term in _TOLD}
        self._expected, self._unexpected = _expected(ask)
        self._amounts = value_parts(ask.rows(_AMOUNTS, facts=FACTS))
        self._serving = serving(ask)
        self._places = Places(ask.values(SCHEMA.containedInPlace))
        self._near = grouped(ask.rows(_NEAR))
        self._conflicts = Disputes(ask).all()
        self._heard = [ask.heard(RDF.subject), ask.heard(RDF.object)]
        self._names = {pact: ask.names.name(pact) for pact in ask.of_class(PACT.Pact)}

    def rows(self) -> tuple[list[Row], int]:
        """The rows of all pacts in order, and how many of the last stand apart, being in no group."""
        pacts = sorted(self._names, key=self._order)
        return [self.row(pact) for pact in pacts], sum(pact not in self._groups for pact in pacts)

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
            **self._ask.counts(self._all_heard(pact)),
            "conflicts": len(self.conflicts(pact)),
        }

    def conflicts(self, pact: Term) -> tuple[Conflict, ...]:
        """The questions about a pact, and about rounds and votes on it, on which claims exclude each other."""
        return tuple(c for node in (pact, *self._near.get(pact, ())) for c in self._conflicts.get(node, ()))

    def _all_heard(self, pact: Term) -> Heard:
        """The claims about a pact, about rounds and votes on it, and those that name it: who joined it, what rests on it."""
        found, (about, naming) = Heard(), self._heard
        for heard in (about.get(pact), naming.get(pact), *map(about.get, self._near.get(pact, ()))):
            found.claims |= heard.claims if heard else set()
            found.sources |= heard.sources if heard else set()
        return found

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
        places = self._places.finest(self._told(pact, PACT.signedIn, PACT.adoptedIn))
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
        known = [parse(text) for text in finest(dates(self._expected.get(pact)))]
        denied = dates(self._unexpected.get(pact))
        closed = [when for when in known if when.first and when.last] or known
        said = {when.text: f"{say(when)} (denied)" if when.text in denied else say(when) for when in closed}
        return Several(tuple({words: When(text, words) for text, words in said.items()}.values()), "; ")

    def _rivals(self, pact: Term, *terms: NamedNode) -> list[Term]:
        """Values of single-valued properties that exclude each other."""
        found = self._conflicts.get(pact, ())
        opposed = [c.opposed for c in found if c.property in terms and c.value is None]
        return sorted({side.value for pairs in opposed for pair in pairs for side in pair}, key=str)


_TOLD = (
    PACT.adoptedAt, PACT.adoptedIn, PACT.adoptedOn, PACT.amount, PACT.concludedBy, PACT.signedAt, PACT.signedBy,
    PACT.signedIn, PACT.signedOn, PACT.term, PACT.validDuring, PACT.validUntil,
)  # fmt: skip


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


def _expected(ask: Asker) -> tuple[Values, Values]:
    """The times in which the signing of each pact is expected, and those of which somebody says that they are not."""
    rows = list(ask.rows(_EXPECTED))
    affirmed, denied = (
        [row for row in rows if (row["polarity"] == PACT.Denied) is no] for no in (False, True)
    )
    return grouped(affirmed), grouped(denied)
