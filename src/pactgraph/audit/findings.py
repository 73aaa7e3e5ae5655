"""What audits find, as nodes of the graph: verdict, evidence, arithmetic, the day it is for, and the run that found it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.audit.coverage import Coverage, Gap, Lack
from pactgraph.audit.evidence import Evidence
from pactgraph.audit.promises import Days, Ledger, Outcome, Promise
from pactgraph.audit.sentences import Sentences
from pactgraph.audit.verdicts import CountVerdict, Verdict
from pactgraph.audit.world import World
from pactgraph.claim import Term
from pactgraph.resolution.conflict import Conflict
from pactgraph.version import VERSION
from pactgraph.vocabulary import DCTERMS, EDTF, ID, PACT, PROV, RDF, RDFS, SCHEMA, XSD, mint

_AS_NUMBER = re.compile(r"[^a-z0-9]+")
_NAMED = _AS_NUMBER.sub("-", VERSION.lower())
RUN = NamedNode(f"{ID}run/audit-{_NAMED}")
_PROGRAM = NamedNode(f"{ID}agent/pactgraph-{_NAMED}")

COUNTS = {
    Verdict.EXACT: PACT.ExactCount,
    Verdict.STALE: PACT.StaleCount,
    Verdict.SCOPE: PACT.OtherScope,
    Verdict.WINDOW: PACT.OtherWindow,
    Verdict.AHEAD: PACT.AheadOfData,
    Verdict.OWN_LIST: PACT.AgainstOwnList,
    Verdict.UNEXPLAINED: PACT.Unexplained,
}
PROMISES = {
    Outcome.MET: PACT.Met,
    Outcome.CAME: PACT.CameAbout,
    Outcome.EARLY: PACT.Early,
    Outcome.LATE: PACT.Late,
    Outcome.UNCLEAR: PACT.UnclearWhen,
    Outcome.OPEN: PACT.StillOpen,
    Outcome.MISSED: PACT.Missed,
    Outcome.UNTOLD: PACT.Untold,
    Outcome.CALLED_OFF: PACT.OffOrDenied,
}
GAPS = {
    Gap.ONE_ORIGIN: PACT.OneOrigin,
    Gap.UNCHECKED: PACT.Unchecked,
    Gap.NO_DATE: PACT.NoDate,
    Gap.NO_PLACE: PACT.NoPlace,
    Gap.NO_SIGNATORY: PACT.NoSignatory,
    Gap.NO_TERM: PACT.NoTerm,
    Gap.NO_TEXT: PACT.NoText,
    Gap.UNDATED: PACT.Undated,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an audit found, with all that it rests on."""

    kind: NamedNode
    verdict: NamedNode
    subject: NamedNode
    judged: NamedNode
    """The claim, proposition, pact or source that the finding is on."""
    words: str
    """How the verdict comes about."""
    evaluated: str
    """The days for which the graph was asked, in EDTF; empty where the data has no day at all."""
    evidence: tuple[NamedNode, ...] = ()
    """Claims and propositions."""
    others: tuple[tuple[NamedNode, Term], ...] = ()
    """Numbers, members and the like."""

    @property
    def iri(self) -> NamedNode:
        """A hash of what was judged, how, and for when."""
        return mint("finding", [self.kind.value, self.verdict.value, self.judged.value, self.evaluated])

    def triples(self) -> Iterator[Triple]:
        """The finding as a node."""
        node = self.iri
        yield Triple(node, RDF.type, self.kind)
        yield Triple(node, RDF.subject, self.subject)
        yield Triple(node, PACT.judges, self.judged)
        yield from (Triple(node, name, value) for name, value in self.others)
        yield from _found(node, self.verdict, self.words, self.evaluated, self.evidence)


def run() -> Iterator[Triple]:
    """The run that finds: the program with its version, and no clock."""
    yield Triple(RUN, RDF.type, PACT.AuditRun)
    yield Triple(RUN, RDFS.label, Literal(f"Audit by PactGraph {VERSION}", language="en"))
    yield Triple(RUN, PROV.wasAssociatedWith, _PROGRAM)
    yield from (Triple(_PROGRAM, RDF.type, kind) for kind in (PROV.Agent, PROV.SoftwareAgent))
    yield Triple(_PROGRAM, RDFS.label, Literal(f"PactGraph {VERSION}", language="en"))
    yield Triple(_PROGRAM, SCHEMA.softwareVersion, Literal(VERSION))


def conflict_triples(conflict: Conflict, told: Sentences, until: date | None) -> Iterator[Triple]:
    """A conflict as a node, as of a last day."""
    yield from conflict.triples()
    claims = dict.fromkeys(voice.claim for side in conflict.sides for voice in side)
    yield from _found(conflict.iri, conflict.type, told.conflict(conflict), _days(until, until), claims)


def count_findings(world: World, verdicts: Iterable[CountVerdict], told: Sentences) -> Iterator[Finding]:
    """A finding for each verdict on a reported count or total."""
    evidence = Evidence(world)
    for verdict in verdicts:
        asked = verdict.asked
        yield Finding(
            PACT.CountFinding,
            COUNTS[verdict.verdict],
            asked.voice.content.subject,
            asked.voice.claim,
            told.count(verdict),
            _days(asked.first or world.published, asked.last or world.published),
            (asked.voice.claim, *verdict.alike, *_rates(verdict), *evidence.of_count(verdict)),
            tuple(_numbers_of_count(verdict)),
        )


def promise_findings(world: World, ledger: Ledger, told: Sentences) -> Iterator[Finding]:
    """A finding for each promise."""
    evidence = Evidence(world)
    for promise in ledger.promises:
        voice = promise.voice
        yield Finding(
            PACT.PromiseFinding,
            PROMISES[promise.outcome],
            voice.content.subject,
            voice.claim,
            told.promise(promise),
            _days(ledger.until, ledger.until),
            (*promise.claims, *promise.denials, *evidence.of_promise(promise)),
            tuple(_numbers_of_promise(promise)),
        )


def coverage_findings(world: World, coverage: Coverage, told: Sentences) -> Iterator[Finding]:
    """A finding for each gap."""
    for lack in coverage.lacks:
        yield Finding(
            PACT.CoverageFinding,
            GAPS[lack.gap],
            lack.about,
            lack.node,
            told.lack(lack),
            _days(world.published, world.published),
            tuple(_evidence_of_gap(world, lack)),
        )


def triples(findings: Iterable[Finding]) -> Iterator[Triple]:
    """Findings as nodes, and the run that found them."""
    yield from run()
    for finding in findings:
        yield from finding.triples()


def _found(
    node: NamedNode, verdict: NamedNode, words: str, evaluated: str, evidence: Iterable[NamedNode]
) -> Iterator[Triple]:
    yield Triple(node, PACT.verdict, verdict)
    yield Triple(node, DCTERMS.description, Literal(words, language="en"))
    if evaluated:
        yield Triple(node, PACT.evaluatedFor, Literal(evaluated, datatype=EDTF))
    yield from (Triple(node, PROV.wasDerivedFrom, each) for each in dict.fromkeys(evidence))
    yield Triple(node, PROV.wasGeneratedBy, RUN)


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return last.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _rates(verdict: CountVerdict) -> Iterator[NamedNode]:
    yield from (claim for rate in (verdict.total.rates if verdict.total else ()) for claim in rate.claims)


def _numbers_of_count(verdict: CountVerdict) -> Iterator[tuple[NamedNode, Term]]:
    if verdict.least is not None and verdict.most is not None:
        yield SCHEMA.minValue, _whole(verdict.least)
        yield SCHEMA.maxValue, _whole(verdict.most)
    if verdict.total and verdict.total.unit:
        yield SCHEMA.currency, verdict.total.unit
        yield SCHEMA.minValue, Literal(str(floor(verdict.total.least)), datatype=XSD.decimal)
        yield SCHEMA.maxValue, Literal(str(ceil(verdict.total.most)), datatype=XSD.decimal)
    if verdict.verdict is Verdict.AHEAD and verdict.missing:
        yield PACT.missing, _whole(verdict.missing)
    for member in verdict.fitted or verdict.members:
        yield PACT.member, member.node


def _numbers_of_promise(promise: Promise) -> Iterator[tuple[NamedNode, Term]]:
    if promise.met_on:
        yield PACT.cameAboutOn, Literal(_days(promise.met_on.first, promise.met_on.last), datatype=EDTF)
    if promise.off:
        yield from _range(promise.off)
    for pact in promise.counted:
        yield PACT.member, pact


def _range(days: Days) -> Iterator[tuple[NamedNode, Term]]:
    yield SCHEMA.minValue, _whole(days.least)
    yield SCHEMA.maxValue, _whole(days.most)


def _whole(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def _evidence_of_gap(world: World, lack: Lack) -> Iterator[NamedNode]:
    if lack.gap is Gap.UNCHECKED:
        yield lack.node
    elif lack.gap is Gap.ONE_ORIGIN:
        yield lack.node
        yield from world.standings[lack.node].supporting
