"""Precision, recall and F1 of candidates against gold claims: in all, by predicate, by text and by rule.

A candidate that pairs with an optional gold claim is neither right nor wrong; an optional one without a candidate is
no miss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pactgraph.evaluation.gold import GoldClaim
from pactgraph.evaluation.marking import Level, Marks, Rulebook, mark
from pactgraph.evaluation.matching import match
from pactgraph.extraction import Candidate


@dataclass(frozen=True, slots=True)
class Score:
    """How many are right, how many were claimed wrongly, and how many were missed."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0

    @property
    def precision(self) -> float:
        """Of what was claimed, the share that is right; 1 where nothing was claimed and nothing was to be."""
        return _share(self.hits, self.alarms, self.misses)

    @property
    def recall(self) -> float:
        """Of what was to be claimed, the share that was."""
        return _share(self.hits, self.misses, self.alarms)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = 2 * self.hits + self.alarms + self.misses
        return 2 * self.hits / total if total else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.alarms + other.alarms, self.misses + other.misses)


def _share(hits: int, beside: int, otherwise: int) -> float:
    if hits + beside:
        return hits / (hits + beside)
    return 0.0 if otherwise else 1.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate and the gold claim that it says; `gold` or `candidate` is None where it has no other."""

    doc: str
    candidate: Candidate | None
    gold: GoldClaim | None
    marks: Marks | None = None

    @property
    def predicate(self) -> str:
        if self.gold is not None:
            return self.gold.predicate
        return self.candidate.predicate if self.candidate is not None else ""

    @property
    def score(self) -> Score:
        """One hit, one alarm, one miss, or nothing where the gold claim is optional."""
        if self.gold is not None and self.gold.optional:
            return Score()
        return Score(
            hits=self.candidate is not None and self.gold is not None,
            alarms=self.gold is None,
            misses=self.candidate is None,
        )


@dataclass(frozen=True)
class Scores:
    """All pairs of every level, and their sums."""

    pairs: Mapping[Level, tuple[Pair, ...]]
    core: frozenset[str] = frozenset()

    def total(self, level: Level = Level.PLACE) -> Score:
        """All predicates together."""
        return _sum(self.pairs[level])

    def core_total(self, level: Level = Level.PLACE) -> Score:
        """The predicates of the core together."""
        return _sum(pair for pair in self.pairs[level] if pair.predicate in self.core)

    def by_predicate(self, level: Level = Level.PLACE) -> dict[str, Score]:
        """The score of each predicate, by name."""
        return self._by(level, lambda pair: pair.predicate)

    def by_text(self, level: Level = Level.PLACE) -> dict[str, Score]:
        """The score of each text, by name."""
        return self._by(level, lambda pair: pair.doc)

    @cached_property
    def by_rule(self) -> dict[str, tuple[int, int, int]]:
        """How often each rule spoke, was right, and was wrong; where it was neither, the claim was optional."""
        spoke, right, wrong = Counter[str](), Counter[str](), Counter[str]()
        for pair in self.pairs[Level.PLACE]:
            if pair.candidate is not None:
                rule = pair.candidate.rule
                spoke[rule] += 1
                right[rule] += pair.score.hits
                wrong[rule] += pair.score.alarms
        return {rule: (spoke[rule], right[rule], wrong[rule]) for rule in sorted(spoke)}

    @property
    def misses(self) -> list[GoldClaim]:
        """The gold claims that no candidate says."""
        return [p.gold for p in self.pairs[Level.PLACE] if p.gold is not None and p.score.misses]

    @property
    def alarms(self) -> list[tuple[str, Candidate]]:
        """The candidates that no gold claim says, each with its text."""
        return [
            (p.doc, p.candidate)
            for p in self.pairs[Level.PLACE]
            if p.candidate is not None and p.gold is None
        ]

    @property
    def differences(self) -> list[Pair]:
        """Hits that are not right in full."""
        return [
            p for p in self.pairs[Level.PLACE] if p.score.hits and p.marks is not None and p.marks.differences
        ]

    def _by(self, level: Level, name: Callable[[Pair], str]) -> dict[str, Score]:
        sums: dict[str, Score] = {}
        for pair in self.pairs[level]:
            sums[name(pair)] = sums.get(name(pair), Score()) + pair.score
        return dict(sorted(sums.items()))


def _sum(pairs: Iterable[Pair]) -> Score:
    return sum((pair.score for pair in pairs), Score())


def evaluate(
    gold: Sequence[GoldClaim], candidates: Mapping[str, Sequence[Candidate]], rules: Rulebook
) -> Scores:
    """The scores of the candidates of each text against the gold claims; texts without gold claims are not looked at."""
    told: dict[str, list[GoldClaim]] = {}
    for claim in gold:
        told.setdefault(claim.doc, []).append(claim)
    found: dict[Level, list[Pair]] = {level: [] for level in Level}
    for doc in sorted(told):
        marked = _marked(candidates.get(doc, ()), told[doc], rules)
        for level in Level:
            found[level] += _pairs(doc, candidates.get(doc, ()), told[doc], marked, level)
    return Scores({level: tuple(pairs) for level, pairs in found.items()}, rules.core)


_Marked = dict[tuple[int, int], Marks]


def _marked(candidates: Sequence[Candidate], golds: Sequence[GoldClaim], rules: Rulebook) -> _Marked:
    """The marks of every candidate and gold claim that say the same, by their numbers."""
    every = (
        ((g, c), mark(candidate, gold, rules))
        for g, gold in enumerate(golds)
        for c, candidate in enumerate(candidates)
    )
    return {numbers: marks for numbers, marks in every if marks.key}


def _pairs(
    doc: str, candidates: Sequence[Candidate], golds: Sequence[GoldClaim], marked: _Marked, level: Level
) -> Iterator[Pair]:
    """What must be found is served before what is optional, and of its candidates the one that is right in most."""
    order = sorted(range(len(golds)), key=lambda g: (golds[g].optional, g))
    edges = {g: _fitting(g, golds[g], len(candidates), marked, level) for g in order}
    paired = match(edges)
    taken = set(paired.values())
    for g, gold in enumerate(golds):
        c = paired.get(g)
        yield Pair(doc, None if c is None else candidates[c], gold, None if c is None else marked[g, c])
    yield from (Pair(doc, candidate, None) for c, candidate in enumerate(candidates) if c not in taken)


def _fitting(g: int, gold: GoldClaim, number: int, marked: _Marked, level: Level) -> list[int]:
    """The candidates that reach a level; to be excused, a candidate needs no more than key and place."""
    needed = min(level, Level.PLACE) if gold.optional else level
    fitting = [c for c in range(number) if (g, c) in marked and marked[g, c].level >= needed]
    return sorted(fitting, key=lambda c: (len(marked[g, c].differences), c))
