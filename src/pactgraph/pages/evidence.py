"""Why a proposition is held, and who says otherwise: what the command `why` prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.claim import Proposition, Term
from pactgraph.errors import UsageError
from pactgraph.graph.codec import decode_proposition
from pactgraph.graph.nodes import Properties, iris, one
from pactgraph.pages.asking import Asker
from pactgraph.pages.names import ASKED, TERMS, Names
from pactgraph.pages.told import Told, told
from pactgraph.resolution import Question, Standing, question, standings
from pactgraph.resolution.clock import NOW, Clock
from pactgraph.resolution.reading import read_voices
from pactgraph.resolution.values import Relation, relation
from pactgraph.store import Store
from pactgraph.vocabulary import ID, PACT, PROPOSITIONS, shorten

_STANDING = """
SELECT ?node ?property ?value { GRAPH ?propositions { ?node rdf:subject ?subject ; ?property ?value } }
"""
_SUBJECT = "SELECT DISTINCT ?value { ?node rdf:subject ?value }"
_HOLDING = frozenset((PACT.Unrivalled, PACT.Outweighing, PACT.Finest))
"""Reasons of what is a fact."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a proposition is held: claims for it, claims of it that do not suffice, and claims against it.

    `rank` and `reason` are None where nobody claims it as so. `origins` counts the independent origins of those who
    claim just this, `agreeing` with those who say less or more, `opposing` of the dissent. `finer` is the fact that
    says the same more precisely, where there is one, `by` the day by which it is so, and `late` whether that is after the
    day asked about.
    """

    question: Question
    proposition: NamedNode
    subject: NamedNode
    predicate: NamedNode
    object: Term
    scope: tuple[tuple[str, Term], ...]
    is_fact: bool
    rank: NamedNode | None
    reason: NamedNode | None
    origins: int
    agreeing: int
    opposing: int
    by: date | None
    late: bool
    finer: Term | None
    supporting: tuple[Told, ...]
    others: tuple[Told, ...]
    dissenting: tuple[Told, ...]


def weigh(
    store: Store,
    names: Names,
    subject: str,
    predicate: str | None = None,
    value: str | None = None,
    clock: Clock = NOW,
) -> list[Evidence]:
    """`why` by the names that people type; a claim or proposition stands for what it claims.

    Raises UsageError where a name fits nothing or several things, or where nothing is claimed.
    """
    node = names.find(subject, ASKED)
    if node.value.startswith((f"{ID}claim/", f"{ID}proposition/")):
        found = _of_proposition(Asker(store, names, clock), node)
    else:
        found = why(store, node, names.find(predicate, TERMS) if predicate else None, clock=clock)
    if value is not None:
        found = [each for each in found if names.fits(value, each.object)]
    if not found:
        known = f" by {clock.as_known}" if clock.as_known else ""
        raise UsageError(
            f"no source claims that of {names.name(node)}{known}; see: pactgraph show {shorten(node.value)}"
        )
    return found


def why(
    store: Store,
    subject: NamedNode,
    predicate: NamedNode | None = None,
    value: Term | None = None,
    clock: Clock = NOW,
) -> list[Evidence]:
    """The evidence for each proposition about a subject, or for those of one property or value.

    What answers one question stands together, the fact first, then what agrees with it, then what does not.

    As known on a day only what had been published by then counts; as of a day a fact has to be so by then, whenever it
    was reported.
    """
    weighing = _Weighing(Asker(store, clock=clock), subject)
    found = [weighing.weigh(node) for node in weighing.order]
    return [e for e in _in_order(found) if predicate in (None, e.predicate) and value in (None, e.object)]


def _in_order(found: Sequence[Evidence]) -> list[Evidence]:
    """Property after property, and question after question, as they were first spoken of; what is a fact goes first."""
    spoken: dict[object, int] = {}
    for nth, each in enumerate(found):
        spoken.setdefault(each.predicate, nth)
        spoken.setdefault(each.question, nth)
    answered = {each.question for each in found if each.is_fact}
    return sorted(
        found,
        key=lambda e: (spoken[e.predicate], e.question not in answered, spoken[e.question], *_goodness(e)),
    )


def _goodness(each: Evidence) -> tuple[bool, bool, bool, int]:
    return not each.is_fact, each.rank is None, each.rank == PACT.Deprecated, -each.origins


def _of_proposition(ask: Asker, node: NamedNode) -> list[Evidence]:
    """The evidence for a proposition, or for that which a claim claims."""
    claims = told(ask.store, claim=node) if node.value.startswith(f"{ID}claim/") else []
    proposition = claims[0].proposition if claims else node
    subjects = [row["value"] for row in ask.rows(_SUBJECT, node=proposition)]
    found = (e for s in subjects if isinstance(s, NamedNode) for e in why(ask.store, s, clock=ask.clock))
    return [each for each in found if each.proposition == proposition]


class _Weighing:
    """How what is claimed of a subject came out, and all claims of it."""

    def __init__(self, ask: Asker, subject: NamedNode) -> None:
        self._ask = ask
        claims = [c for c in told(ask.store, subject=subject) if ask.clock.knows(c.known)]
        self._claims = {claim.claim: claim for claim in claims}
        self._standings = _resolved(ask, subject) if ask.clock.as_known else dict(_written(ask, subject))
        self._asked: dict[Question, list[NamedNode]] = defaultdict(list)
        for node, standing in self._standings.items():
            self._asked[question(standing.content, ask.rules)].append(node)
        self.order = list(
            dict.fromkeys([*(c.proposition for c in claims), *sorted(self._standings, key=str)])
        )

    def weigh(self, node: NamedNode) -> Evidence:
        standing = self._standings[node]
        content, firm, against = (
            standing.content,
            self._told(standing.supporting),
            self._told(standing.dissenting),
        )
        rest = (
            c for c in self._claims.values() if c.proposition == node and c not in firm and c not in against
        )
        return Evidence(
            question(content, self._ask.rules),
            node,
            content.subject,
            content.predicate,
            content.object,
            tuple((_local(name), part) for name, part in content.scope),
            standing.holds and self._is_so(standing),
            standing.rank,
            standing.reason,
            standing.witnesses,
            self._origins(c for n in self._agreeing(node) for c in self._told(self._standings[n].supporting)),
            self._origins(against),
            standing.by,
            standing.holds and not self._is_so(standing),
            next((self._standings[n].content.object for n in self._finer(node)), None),
            firm,
            tuple(rest),
            against,
        )

    def _told(self, claims: Iterable[NamedNode]) -> tuple[Told, ...]:
        wanted = set(claims)
        return tuple(claim for node, claim in self._claims.items() if node in wanted)

    def _origins(self, claims: Iterable[Told]) -> int:
        return self._ask.witnesses.count(claim.source for claim in claims)

    def _is_so(self, standing: Standing) -> bool:
        content = standing.content
        return self._ask.clock.reaches(standing.by) or self._ask.is_dated(content)

    def _related(self, node: NamedNode) -> Iterator[tuple[NamedNode, Relation]]:
        """The answers to the same question, and what each is to this one."""
        content = self._standings[node].content
        for other in self._asked[question(content, self._ask.rules)]:
            yield other, relation(self._standings[other].content.object, content.object, self._ask.rules)

    def _agreeing(self, node: NamedNode) -> Iterator[NamedNode]:
        return (other for other, related in self._related(node) if related is not Relation.APART)

    def _finer(self, node: NamedNode) -> Iterator[NamedNode]:
        """The facts that say more."""
        finer = (other for other, related in self._related(node) if related is Relation.FINER)
        return (other for other in finer if self._standings[other].holds and self._standings[node].rank)


def _local(name: NamedNode) -> str:
    return shorten(name.value).partition(":")[2]


def _resolved(ask: Asker, subject: NamedNode) -> Mapping[NamedNode, Standing]:
    """What resolution makes of the claims that were known."""
    known = [voice for voice in read_voices(ask.store, subject=subject) if ask.clock.knows(voice.known)]
    return standings(known, ask.rules)


def _written(ask: Asker, subject: NamedNode) -> Iterator[tuple[NamedNode, Standing]]:
    """What resolution wrote down."""
    nodes: dict[NamedNode, Properties] = defaultdict(dict)
    for row in ask.rows(_STANDING, subject=subject, propositions=PROPOSITIONS):
        node, name = row["node"], row["property"]
        assert isinstance(node, NamedNode) and isinstance(name, NamedNode)
        nodes[node].setdefault(name, []).append(row["value"])
    for node, described in nodes.items():
        yield node, _standing(decode_proposition(described), described)


def _standing(content: Proposition, described: Properties) -> Standing:
    reason = next(iter(iris(described, PACT.reason)), None)
    by, witnesses = one(described, PACT.by), one(described, PACT.witnesses)
    return Standing(
        content,
        next(iter(iris(described, PACT.rank)), None),
        reason,
        tuple(iris(described, PACT.supportedBy)),
        tuple(iris(described, PACT.dissentedBy)),
        int(witnesses.value) if witnesses else 0,
        holds=reason in _HOLDING,
        by=date.fromisoformat(by.value) if by else None,
    )
