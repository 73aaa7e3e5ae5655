"""One question and all who speak to it: which answers stand, which give way, and why.

An answer stands when more than twice as many independent witnesses agree with it as with any answer that excludes
it and as deny it. Of the answers that stand, those are facts that none of the others is finer than.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from pyoxigraph import NamedNode

from pactgraph.claim import Proposition
from pactgraph.dates import Edtf, within
from pactgraph.resolution.rules import Rules
from pactgraph.resolution.values import Relation, relation
from pactgraph.resolution.voices import Voice, tells, when
from pactgraph.resolution.witnesses import witnesses
from pactgraph.vocabulary import PACT

MAJORITY = 2
"""How many times as many witnesses an answer needs as each of its rivals, and one more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a proposition came out: rank and reason (None where nobody claims it as so), and who is for and against."""

    content: Proposition
    rank: NamedNode | None = None
    reason: NamedNode | None = None
    supporting: tuple[NamedNode, ...] = ()
    dissenting: tuple[NamedNode, ...] = ()
    witnesses: int = 0
    """Independent witnesses who claim just this."""
    accepted: tuple[tuple[date, date | None], ...] = ()
    """The days from which, and before which, what was published by then makes it a fact."""
    holds: bool = False
    """Whether it is a fact by all that is known."""
    by: date | None = None
    """The day by which it is so: that of its time, or else the first on which it was said."""


def decide(voices: Sequence[Voice], rules: Rules) -> Mapping[NamedNode, Standing]:
    """The standing of every proposition that the voices on one question claim; the same in any order."""
    telling = [voice for voice in voices if tells(voice, rules)]
    said = {voice.proposition: voice.content for voice in voices}
    affirming = [voice for voice in telling if not voice.denies]
    if len({voice.proposition for voice in affirming}) <= 1 and len(affirming) == len(telling):
        claimed = _claimed(affirming)
        return {n: _alone(content, affirming if n in claimed else (), rules) for n, content in said.items()}
    contest = _Contest.of(said, telling, rules)
    return {node: contest.standing(node) for node in said}


def _claimed(voices: Iterable[Voice]) -> set[NamedNode]:
    return {voice.proposition for voice in voices}


def _alone(content: Proposition, voices: Sequence[Voice], rules: Rules) -> Standing:
    """The standing of the only answer, which nobody denies."""
    if not voices:
        return Standing(content)
    known = min((voice.known for voice in voices if voice.known), default=None)
    count = len(set(witnesses(voices, rules).values())) if len(voices) > 1 else 1
    return Standing(
        content,
        PACT.Normal,
        PACT.Unrivalled,
        _claims(voices),
        witnesses=count,
        accepted=((known, None),) if known else (),
        holds=True,
        by=_by(content, voices),
    )


def _claims(voices: Iterable[Voice]) -> tuple[NamedNode, ...]:
    return tuple(sorted({voice.claim for voice in voices}, key=lambda node: node.value))


def _by(content: Proposition, voices: Iterable[Voice]) -> date | None:
    known = when(content)
    if known and known.last:
        return known.last
    return min((voice.stated for voice in voices if voice.stated), default=None)


@dataclass(slots=True)
class _Contest:
    """Answers, who agrees with each and who is against it, filled in the order in which they became known."""

    said: Mapping[NamedNode, Proposition]
    telling: Sequence[Voice]
    answers: list[NamedNode]
    agreeing: Mapping[NamedNode, list[NamedNode]]
    """The answers whose witnesses count for each answer; each agrees with itself."""
    rivals: Mapping[NamedNode, list[NamedNode]]
    finer: Mapping[NamedNode, list[NamedNode]]
    denying: Mapping[NamedNode, list[Voice]]
    behind: Mapping[NamedNode, NamedNode]
    accepted: dict[NamedNode, list[tuple[date, date | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    strength: dict[NamedNode, set[NamedNode]] = field(default_factory=lambda: defaultdict(set))
    against: dict[NamedNode, set[NamedNode]] = field(default_factory=lambda: defaultdict(set))
    heard: set[NamedNode] = field(default_factory=set)
    standing_now: frozenset[NamedNode] = frozenset()
    facts: frozenset[NamedNode] = frozenset()

    @classmethod
    def of(cls, said: Mapping[NamedNode, Proposition], telling: Sequence[Voice], rules: Rules) -> _Contest:
        answers = sorted(_claimed(v for v in telling if not v.denies), key=lambda node: node.value)
        related = {
            (one, other): relation(said[one].object, said[other].object, rules)
            for one in answers
            for other in answers
        }
        denials = [voice for voice in telling if voice.denies]
        contest = cls(
            said,
            telling,
            answers,
            {one: [o for o in answers if related[one, o] is not Relation.APART] for one in answers},
            {one: [o for o in answers if related[one, o] is Relation.APART] for one in answers},
            {one: [o for o in answers if related[o, one] is Relation.FINER] for one in answers},
            {one: [v for v in denials if bears(v.content, said[one], rules)] for one in answers},
            witnesses(telling, rules),
        )
        contest._run()
        return contest

    def _run(self) -> None:
        dated = sorted((v for v in self.telling if v.known), key=lambda v: (v.known, v.claim.value))
        for day, voices in groupby(dated, key=lambda voice: voice.known):
            assert day is not None
            before = self.facts
            self._hear(voices)
            for lost in before - self.facts:
                self.accepted[lost][-1] = (self.accepted[lost][-1][0], day)
            for won in self.facts - before:
                self.accepted[won].append((day, None))
        self._hear(v for v in self.telling if not v.known)

    def _hear(self, voices: Iterable[Voice]) -> None:
        for voice in voices:
            witness = self.behind[voice.source]
            if voice.denies:
                for answer in self.answers:
                    if voice in self.denying[answer]:
                        self.against[answer].add(witness)
            else:
                for answer in self.agreeing[voice.proposition]:
                    self.strength[answer].add(witness)
                self.heard.add(voice.proposition)
        self._settle()

    def _settle(self) -> None:
        """What excludes the strongest answer cannot stand, so only what agrees with that is looked at."""
        strongest = max(self.answers, key=lambda answer: len(self.strength[answer]), default=None)
        likely = self.agreeing[strongest] if strongest else ()
        self.standing_now = frozenset(a for a in likely if a in self.heard and self._stands(a))
        self.facts = frozenset(
            answer for answer in self.standing_now if not self.standing_now & set(self.finer[answer])
        )

    def _stands(self, answer: NamedNode) -> bool:
        opposed = max((len(self.strength[rival]) for rival in self.rivals[answer]), default=0)
        return len(self.strength[answer]) > MAJORITY * max(opposed, len(self.against[answer]))

    def standing(self, node: NamedNode) -> Standing:
        """How a proposition came out in the end."""
        if node not in self.heard:
            return Standing(self.said[node])
        own = [voice for voice in self.telling if voice.proposition == node and not voice.denies]
        rank, reason = self._rank(node)
        return Standing(
            self.said[node],
            rank,
            reason,
            _claims(own),
            _claims(self._dissent(node)),
            len({self.behind[voice.source] for voice in own}),
            tuple(self.accepted[node]),
            holds=node in self.facts,
            by=_by(self.said[node], own),
        )

    def _dissent(self, node: NamedNode) -> Iterator[Voice]:
        yield from self.denying[node]
        rivals = set(self.rivals[node])
        yield from (voice for voice in self.telling if voice.proposition in rivals and not voice.denies)

    def _rank(self, node: NamedNode) -> tuple[NamedNode, NamedNode]:
        opposed = bool(self.rivals[node] or self.denying[node])
        if node in self.facts:
            if opposed:
                return PACT.Preferred, PACT.Outweighing
            coarser = any(node in self.finer[other] for other in self.standing_now)
            return (PACT.Preferred, PACT.Finest) if coarser else (PACT.Normal, PACT.Unrivalled)
        if node in self.standing_now:
            return PACT.Normal, PACT.Coarser
        if self.standing_now & set(self.rivals[node]):
            return PACT.Deprecated, PACT.Outweighed
        if len(self.against[node]) > MAJORITY * len(self.strength[node]):
            return PACT.Deprecated, PACT.Refuted
        return PACT.Normal, PACT.Contested


def bears(denial: Proposition, answer: Proposition, rules: Rules) -> bool:
    """Whether a denial is against an answer: one of a month against its days, one up to a day against what came before."""
    related = relation(answer.object, denial.object, rules)
    if related not in (Relation.SAME, Relation.FINER):
        return False
    denied_on, on = _scoped(denial), _scoped(answer)
    if denied_on is None:
        return all(part in answer.scope for part in denial.scope)
    return on is not None and within(on, denied_on)


def _scoped(content: Proposition) -> Edtf | None:
    return when(content) if any(name == PACT.on for name, _ in content.scope) else None
