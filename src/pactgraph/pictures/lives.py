"""Reads the lives of pacts from the graph, as marks on days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import Edtf, overlap, parse, say
from pactgraph.errors import UsageError
from pactgraph.pages import Told, told
from pactgraph.pages.asking import Asker, dates
from pactgraph.pages.cells import Row, Several, text
from pactgraph.pages.conflicts import Disputes, near
from pactgraph.pages.life import Line, life, voices
from pactgraph.pages.names import ASKED, Names
from pactgraph.pages.pacts import Pacts
from pactgraph.pictures.marks import (
    DENIED,
    EVENT,
    EXPECTED,
    SIGNED,
    TALKS,
    Life,
    Mark,
    Said,
    Timeline,
    gathered,
    said,
)
from pactgraph.resolution.clock import NOW, Clock
from pactgraph.resolution.conflicts import Conflict
from pactgraph.store import Store
from pactgraph.vocabulary import DCTERMS, PACT, RDFS, SKOS, shorten

_NAMED = 3
"""Speakers that a note names."""


def timeline(
    store: Store, given: Sequence[str] = (), names: Names | None = None, clock: Clock = NOW
) -> Timeline:
    """The lives of all pacts, or of those that are named, or that belong to a party or group that is named.

    On another clock than now only what was so by the day, and what was said of the future until then. Raises UsageError
    for a name that fits nothing, several things, or nothing that has pacts.
    """
    ask = Asker(store, names, clock)
    wanted = {pact for name in given for pact in meant(ask, name)}
    pacts = Pacts(ask)
    rows, apart = pacts.rows()
    reader = _Lives(ask, pacts)
    lives = [
        reader.life(row, apart=nth >= len(rows) - apart)
        for nth, row in enumerate(rows)
        if not given or row["iri"] in wanted
    ]
    return Timeline(tuple(lives), reader.kinds, clock)


def meant(ask: Asker, given: str) -> set[str]:
    """The IRI of the pact of this name, or of the pacts of the party or group. Raises UsageError where there is none."""
    pacts = ask.of_class(PACT.Pact)
    node = ask.names.find(given, ASKED)
    if node in pacts:
        return {node.value}
    grouped = {pact for pact, groups in ask.values(PACT.inGroup).items() if node in groups}
    around = near(ask, node) | grouped
    found = {pact.value for pact in pacts if pact in around}
    if not found:
        raise UsageError(
            f"{shorten(node.value)} is no pact, and has none of its own; see: pactgraph list pacts"
        )
    return found


class _Lives:
    """Reads the marks of pacts from the lines of their lives."""

    def __init__(self, ask: Asker, pacts: Pacts) -> None:
        self._ask, self._pacts, self._name = ask, pacts, ask.names.name
        self._implied = ask.values(PACT.impliesStage)
        self._wider = ask.values(SKOS.broader)
        self._dating = {n for n, wider in ask.values(RDFS.subPropertyOf).items() if DCTERMS.date in wider}
        telling = [n for n in (*self._implied, *self._dating, PACT.reachedStage) if isinstance(n, NamedNode)]
        self._facts = {term: ask.facts(term) for term in dict.fromkeys(telling)}
        self._hubs, self._groups = ask.values(PACT.hub), ask.values(PACT.inGroup)
        self._disputes = Disputes(ask)

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The names of what marks stand for: the stages in their order, then the rest."""
        order = {
            stage: int(values[0].value) for stage, values in self._ask.values(PACT.order).items() if values
        }
        stages = sorted(
            (stage for stage in self._ask.of_class(PACT.Stage) if stage in order), key=lambda s: order[s]
        )
        named = {_local(stage): self._name(stage) for stage in stages}
        return named | {EVENT: "round or vote", EXPECTED: "signing expected", DENIED: "denied"}

    def life(self, row: Row, *, apart: bool) -> Life:
        pact = NamedNode(str(row["iri"]))
        around = near(self._ask, pact)
        lines = life(self._ask, pact, self._claims(around), self._conflicts(pact, around))
        found = gathered(mark for line in lines for mark in self._marks(line, pact))
        marks = tuple(replace(m, who=self._who(m.claims), said=self._said(m.claims)) for m in found)
        return Life(
            pact,
            str(row["name"]),
            self._label(pact, row),
            _outcome(row, marks),
            text(row["stage"]),
            apart,
            marks,
            self._talks(lines, marks),
        )

    def _claims(self, around: Iterable[Term]) -> list[Told]:
        nodes = sorted((node for node in around if isinstance(node, NamedNode)), key=lambda node: node.value)
        claims = (claim for node in nodes for claim in told(self._ask.store, subject=node))
        return [claim for claim in claims if self._ask.is_heard(claim.claim, claim.source)]

    def _conflicts(self, pact: NamedNode, around: set[Term]) -> Sequence[Conflict]:
        return self._pacts.conflicts(pact)

    def _label(self, pact: NamedNode, row: Row) -> str:
        """In a group the other parties than the one that all share; else the name."""
        hubs = {hub for group in self._groups.get(pact, ()) for hub in self._hubs.get(group, ())}
        parties = row["parties"].cells if isinstance(row["parties"], Several) else ()
        others = [text(party) for party in parties if getattr(party, "node", None) not in hubs]
        return ", ".join(others) if hubs and others else str(row["name"])

    def _marks(self, line: Line, pact: NamedNode) -> Iterator[Mark]:
        if line.predicate == PACT.expectedSigning:
            yield from self._expected(line)
        elif line.modality is None and (stage := self._stage(line)) is not None:
            yield from self._reached(line, stage)
        elif line.modality is None and line.subject != pact and line.predicate in self._dating:
            yield from self._happened(line)

    def _stage(self, line: Line) -> Term | None:
        """The stage that a line tells of, by its broader one."""
        stages = (
            [line.object] if line.predicate == PACT.reachedStage else self._implied.get(line.predicate, [])
        )
        return next((self._wider.get(stage, [stage])[0] for stage in stages), None)

    def _reached(self, line: Line, stage: Term) -> Iterator[Mark]:
        if line.when is None:
            return
        outright = line.predicate == PACT.reachedStage
        what = self._name(line.object if outright else stage)
        if line.denying and (outright or line.predicate in self._dating):
            yield self._denied(line, what, line.when)
        if line.affirming:
            words = f"{what}, said {say(line.when)}" if line.voiced else f"{what}: {say(line.when)}"
            yield self._mark(_local(stage), line.when, words, line, by=line.voiced)

    def _happened(self, line: Line) -> Iterator[Mark]:
        if line.affirming and line.when is not None:
            yield self._mark(EVENT, line.when, f"{self._name(line.subject)}: {say(line.when)}", line)

    def _expected(self, line: Line) -> Iterator[Mark]:
        time = next(map(parse, dates([line.object])), None)
        if time is None:
            return
        how = self._name(line.modality) if line.modality is not None else "expected"
        if line.affirming:
            yield self._mark(EXPECTED, time, f"signing {how}: {say(time)}", line)
        if line.denying:
            yield self._denied(line, "signing", time)

    def _denied(self, line: Line, what: str, time: Edtf) -> Mark:
        return Mark(DENIED, time, f"denied: {what}, {say(time)}", line.denying, by=time.first is None)

    def _mark(self, kind: str, time: Edtf, words: str, line: Line, *, by: bool = False) -> Mark:
        disputed = bool(line.against) and not self._holds(line)
        return Mark(kind, time, words, line.affirming, by or time.first is None, disputed)

    def _holds(self, line: Line) -> bool:
        """Whether what a line tells is a fact, or a date that agrees with one."""
        held = self._facts.get(line.predicate)
        facts = held.get(line.subject, []) if held is not None else []
        days = [parse(day) for day in dates(facts)]
        return line.object in facts or any(
            overlap(day, time) for day in days for time in map(parse, dates([line.object]))
        )

    def _who(self, claims: tuple[Told, ...]) -> str:
        heard = voices(claims, self._ask.witnesses)
        named = [self._name(speaker) for speaker in heard.speakers[:_NAMED]]
        more = [f"{len(heard.speakers) - _NAMED} more"] if len(heard.speakers) > _NAMED else []
        return ", ".join([*named, *more])

    def _said(self, claims: tuple[Told, ...]) -> tuple[Said, ...]:
        """Each speaker in each source once, with the first of the claims."""
        first = {(claim.speaker, claim.source): claim for claim in reversed(claims)}
        return tuple(said(claim, self._name) for claim in reversed(first.values()))

    def _talks(self, lines: Iterable[Line], marks: Sequence[Mark]) -> tuple[date, date] | None:
        """From the end of the first time at which talks are told of to the signing, or to the last such time."""
        told = [
            line.when
            for line in lines
            if line.modality is None and line.affirming and line.when and self._tells_of_talks(line)
        ]
        days = [time.last or time.first for time in told]
        known = sorted(day for day in days if day)
        signed = min((m.first for m in marks if m.kind == SIGNED and not m.disputed), default=None)
        if not known or (signed and signed < known[0]):
            return None
        return known[0], signed or known[-1]

    def _tells_of_talks(self, line: Line) -> bool:
        return (stage := self._stage(line)) is not None and _local(stage) == TALKS


def _outcome(row: Row, marks: Sequence[Mark]) -> str:
    """The day of signing or adoption; where it is not told, the day by which it was; else the stage."""
    if signed := text(row["signed"]):
        return signed
    by = min((mark.last for mark in marks if mark.kind == SIGNED and not mark.disputed), default=None)
    return f"by {say(parse(by.isoformat()))}" if by else text(row["stage"])


def _local(node: Term) -> str:
    return node.value.rpartition("#")[2].rpartition("/")[2]
