"""What a value of ours is in Wikidata, and how it stands beside the values that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse, within
from pactgraph.vocabulary import EDTF
from pactgraph.wikidata import Item, Kind, Rank, Said, Statement, Value

Items = Mapping[Term, str]
"""The reviewed items of our nodes."""


class Verdict(StrEnum):
    """How a fact of ours stands in Wikidata; what a person can do most about comes first."""

    CONFLICT = "in conflict"
    UNREFERENCED = "no reference"
    ABSENT = "absent"
    COARSER = "coarser there"
    FINER = "finer there"
    DEPRECATED = "deprecated there"
    CLOSE = "something close there"
    REFERENCED = "referenced"
    UNLINKED = "value has no item"
    UNSAYABLE = "value has no form there"
    MERGED = "item was merged"
    GONE = "item is gone"


class Relation(StrEnum):
    """How a value of theirs stands to one of ours."""

    SAME = "same"
    FINER = "finer"
    COARSER = "coarser"
    APART = "apart"


def value_of(term: Term, items: Items) -> Value | None:
    """A reviewed item, or a plain date of day, month or year; None for what has no form there."""
    if isinstance(term, NamedNode):
        return Value(Kind.ITEM, items[term]) if term in items else None
    return Value(Kind.TIME, term.value) if _is_plain_date(term) else None


def _is_plain_date(term: Term) -> bool:
    """Neither an interval nor a season, and neither qualified nor with unspecified digits."""
    if not (isinstance(term, Literal) and term.datatype == EDTF):
        return False
    parts = term.value.split("-")
    return all(part.isdigit() for part in parts) and (len(parts) < 2 or int(parts[1]) <= 12)


def relation(ours: Value, theirs: Value) -> Relation:
    """How theirs stands to ours; dates are compared by the days that they mean."""
    if (ours.kind, ours.text) == (theirs.kind, theirs.text):
        return Relation.SAME
    if ours.kind is theirs.kind is Kind.TIME:
        one, other = parse(ours.text), parse(theirs.text)
        if within(other, one):
            return Relation.FINER
        if within(one, other):
            return Relation.COARSER
    return Relation.APART


Judged = tuple[Verdict, tuple[Statement, ...]]


def judge(
    ours: Value,
    item: Item,
    said: Said,
    *,
    single: bool,
    counts: frozenset[str],
    close: Collection[str] = (),
) -> Judged:
    """How our value stands in an item, and the statements that say so.

    `single` where there can be one value only; `close` are items that are nearly the same as ours.
    """
    live = [s for s in item.full(said.property) if s.rank is not Rank.DEPRECATED]
    sayings = [*live, *_by_qualifier(item, said, said.also)]
    events = _by_qualifier(item, said, said.events)
    return (
        _agreeing(ours, [*sayings, *events], _clashing(ours, item, said, single), counts)
        or _struck(ours, item, said)
        or _nearly(live, close)
        or _rivalling(sayings, single)
        or (Verdict.ABSENT, tuple(s for s in live if s.value.kind is Kind.UNKNOWN))
    )


def _agreeing(
    ours: Value, told: Sequence[Statement], clashing: Sequence[Statement], counts: frozenset[str]
) -> Judged | None:
    """What says the same, finer or coarser; where the best statements say otherwise, too, it is a conflict."""
    if same := [s for s in told if relation(ours, s.value) is Relation.SAME]:
        verdict = Verdict.CONFLICT if clashing else _referenced(same, counts)
        return verdict, (*same, *clashing)
    for related, verdict in ((Relation.FINER, Verdict.FINER), (Relation.COARSER, Verdict.COARSER)):
        if fitting := [s for s in told if relation(ours, s.value) is related]:
            return verdict, tuple(fitting)
    return None


def _clashing(ours: Value, item: Item, said: Said, single: bool) -> Sequence[Statement]:
    """The best statements that say otherwise, where there can be one value only."""
    best = item.truthy(said.property) if single else ()
    unsaid = {Kind.UNKNOWN, Kind.OTHER}
    return [s for s in best if s.value.kind not in unsaid and relation(ours, s.value) is Relation.APART]


def _struck(ours: Value, item: Item, said: Said) -> Judged | None:
    struck = [s for s in item.full(said.property) if relation(ours, s.value) is Relation.SAME]
    return (Verdict.DEPRECATED, tuple(struck)) if struck else None


def _nearly(live: Sequence[Statement], close: Collection[str]) -> Judged | None:
    """What is close to our value, as the kingdom to the state that is part of it."""
    near = [s for s in live if s.value.kind is Kind.ITEM and s.value.text in close]
    return (Verdict.CLOSE, tuple(near)) if near else None


def _rivalling(told: Sequence[Statement], single: bool) -> Judged | None:
    rivals = [s for s in told if s.value.kind is Kind.NONE or (single and s.value.kind is not Kind.UNKNOWN)]
    return (Verdict.CONFLICT, tuple(rivals)) if rivals else None


def is_referenced(statement: Statement, counts: frozenset[str]) -> bool:
    """Whether a reference names a source."""
    return any(term in counts for reference in statement.references for term, _ in reference)


def _referenced(statements: Iterable[Statement], counts: frozenset[str]) -> Verdict:
    known = any(is_referenced(each, counts) for each in statements)
    return Verdict.REFERENCED if known else Verdict.UNREFERENCED


def _by_qualifier(item: Item, said: Said, others: Iterable[str]) -> Sequence[Statement]:
    """Statements of other properties, whose qualifiers say what the property would, each as if it had that value."""
    return [
        Statement(each.property, value, each.rank, (), each.references)
        for other in others
        for each in item.full(other)
        for term, value in each.qualifiers
        if term == said.property and each.rank is not Rank.DEPRECATED
    ]
