"""How two values of one property stand to each other: the same, finer, coarser, or excluding each other."""

from __future__ import annotations

from enum import Enum

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import finer, overlap
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.voices import read_date


class Relation(Enum):
    """What one value is to another."""

    SAME = "same"
    FINER = "finer"
    """It says the same and more."""
    COARSER = "coarser"
    """It says the same and less."""
    APART = "apart"
    """They exclude each other."""


def relation(one: Term, other: Term, rules: Rules) -> Relation:
    """What `one` is to `other`: dates by the days that they mean, places by what lies in what, the rest by identity."""
    if one == other:
        return Relation.SAME
    mine, theirs = read_date(one), read_date(other)
    if mine and theirs:
        if not overlap(mine, theirs):
            return Relation.APART
        return (
            Relation.FINER
            if finer(mine, theirs)
            else Relation.COARSER
            if finer(theirs, mine)
            else Relation.SAME
        )
    if isinstance(one, NamedNode) and isinstance(other, NamedNode):
        if other in rules.within.get(one, ()):
            return Relation.FINER
        if one in rules.within.get(other, ()):
            return Relation.COARSER
    return Relation.APART
