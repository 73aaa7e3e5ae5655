"""Evidence laid out to be read: on each question the best answer first, then who agrees, then the dissent; each claim once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.pages.evidence import Evidence
from pactgraph.pages.told import Told
from pactgraph.resolution.witnesses import Witnesses
from pactgraph.vocabulary import PACT


class Stance(StrEnum):
    """How a part stands to the answer that it is under."""

    AGREEING = "agreeing"
    AGAINST = "said otherwise"
    DENYING = "denied"
    BESIDE = "said, but not counted"


@dataclass(frozen=True, slots=True)
class Part:
    """What some claims say beside an answer; `evidence` is how that came out, where it is asked for too."""

    stance: Stance
    object: Term
    scope: tuple[tuple[str, Term], ...]
    claims: tuple[Told, ...]
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """An answer to one question, and what else is said on the question."""

    answer: Evidence
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """The sources behind an independent origin, each with its claims."""

    origin: NamedNode
    articles: tuple[tuple[Told, ...], ...]

    @property
    def is_shared(self) -> bool:
        """Whether it is more than a source by itself."""
        return self.origin != self.articles[0][0].source


def trees(found: Iterable[Evidence]) -> list[Tree]:
    """A tree for each question that is answered, in the order of the evidence."""
    asked: dict[tuple[object, ...], list[Evidence]] = {}
    for each in found:
        asked.setdefault(each.question, []).append(each)
    return [Tree(answers[0], tuple(_parts(answers))) for answers in asked.values()]


def branches(claims: Iterable[Told], witnesses: Witnesses) -> list[Branch]:
    """Claims by independent origin, and by source under each, in their order."""
    told = list(claims)
    behind = witnesses.behind(claim.source for claim in told)
    grouped: dict[NamedNode, dict[NamedNode, list[Told]]] = {}
    for claim in told:
        grouped.setdefault(behind[claim.source], {}).setdefault(claim.source, []).append(claim)
    return [Branch(origin, tuple(map(tuple, sources.values()))) for origin, sources in grouped.items()]


def _parts(answers: Sequence[Evidence]) -> Iterator[Part]:
    best, *rest = answers
    said = {claim.claim for claim in best.supporting}
    opposing = {claim.claim for claim in best.dissenting}
    stances = [(_stance(each, opposing), each) for each in rest]
    for stance in (Stance.AGREEING, Stance.AGAINST):
        for each in (each for known, each in stances if known is stance):
            if claims := _unsaid(each.supporting, said):
                yield Part(stance, each.object, each.scope, claims, each)
    dissent = _unsaid((claim for each in answers for claim in each.dissenting), said)
    yield from _by_content(dissent)
    if others := _unsaid((claim for each in answers for claim in each.others), said):
        yield Part(Stance.BESIDE, best.object, best.scope, others)


def _stance(each: Evidence, opposing: set[NamedNode]) -> Stance:
    against = any(claim.claim in opposing for claim in each.supporting)
    return Stance.AGAINST if against else Stance.AGREEING


def _unsaid(claims: Iterable[Told], said: set[NamedNode]) -> tuple[Told, ...]:
    """The claims that are not told yet; from now on they are."""
    fresh = tuple({claim.claim: claim for claim in claims if claim.claim not in said}.values())
    said.update(claim.claim for claim in fresh)
    return fresh


def _by_content(claims: Iterable[Told]) -> Iterator[Part]:
    grouped: dict[tuple[Stance, Term, tuple[tuple[str, Term], ...]], list[Told]] = {}
    for claim in claims:
        stance = Stance.DENYING if claim.polarity == PACT.Denied else Stance.AGAINST
        grouped.setdefault((stance, claim.object, claim.scope), []).append(claim)
    for (stance, value, scope), told in grouped.items():
        yield Part(stance, value, scope, tuple(told))
