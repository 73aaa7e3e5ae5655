"""What a value of ours is in Wikidata, and how it stands beside the values that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


def judge(
    ours: Value, item: Item, said: Said, *, single: bool, counts: frozenset[str]
) -> tuple[Verdict, tuple[Statement, ...]]:
    """How our value stands in an item, and the statements that say so; `single` where there can be one value only."""
    live = [s for s in item.full(said.property) if s.rank is not Rank.DEPRECATED]
    told = [*live, *_by_qualifier(item, said)]
    for related, verdict in (
        (Relation.SAME, None), (Relation.FINER, Verdict.FINER), (Relation.COARSER, Verdict.COARSER)
    ):  # fmt: skip
        if fitting := [s for s in told if relation(ours, s.value) is related]:
            return verdict or _referenced(fitting, counts), tuple(fitting)
    if struck := [s for s in item.full(said.property) if relation(ours, s.value) is Relation.SAME]:
        return Verdict.DEPRECATED, tuple(struck)
    rivals = [s for s in told if s.value.kind is Kind.NONE or (single and s.value.kind is not Kind.UNKNOWN)]
    return (Verdict.CONFLICT, tuple(rivals)) if rivals else (Verdict.ABSENT, ())


def is_referenced(statement: Statement, counts: frozenset[str]) -> bool:
    """Whether a reference names a source."""
    return any(term in counts for reference in statement.references for term, _ in reference)


def _referenced(statements: Iterable[Statement], counts: frozenset[str]) -> Verdict:
    known = any(is_referenced(each, counts) for each in statements)
    return Verdict.REFERENCED if known else Verdict.UNREFERENCED


def _by_qualifier(item: Item, said: Said) -> Sequence[Statement]:
    """Statements of other properties, whose qualifiers say what the property would, each as if it had that value."""
    return [
        Statement(each.property, value, each.rank, (), each.references)
        for other in said.also
        for each in item.full(other)
        for term, value in each.qualifiers
        if term == said.property and each.rank is not Rank.DEPRECATED
    ]
