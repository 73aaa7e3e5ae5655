"""Offices: the one of that name which acts for the party of its holder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.drafting.proposals import Proposals
from pactgraph.drafting.sheet import Sheet, Unsayable, Value
from pactgraph.extraction import Candidate
from pactgraph.vocabulary import PACT, SKOS


def office_of(sheet: Sheet, candidate: Candidate) -> Value:
    """The office of that name, of the party that its holder acts for."""
    words, span = str(candidate.object), candidate.object_span or candidate.evidence
    side = _side(sheet, candidate)
    if side is None:
        raise Unsayable(f"of whom “{words}” is an office is not said{_lacking(sheet, candidate)}")
    found = _held_office(sheet.proposals, words, side)
    printed = sheet.few(*span)
    if found is None:
        party = sheet.proposals.get(side, SKOS.prefLabel)
        of = party[0].value if party else side.value.rpartition("/")[2]
        label = f"{words[:1].upper()}{words[1:]} of {of}"
        found = sheet.proposals.add("office", label, label, ("Office",), actsFor=[side])
    sheet.proposals.name(found, " ".join(printed.of(sheet.text).split()))
    return Value(found, printed)


def _side(sheet: Sheet, candidate: Candidate) -> NamedNode | None:
    """Of whom an office is: as the text says of it, as the graph knows of the holder, of a body that is named in it, or as
    the text says of another office of the holder."""
    offices = [m.office for m in sheet.mentions(candidate.subject) if m.office is not None and m.office.party]
    for office in offices:
        if office.name == candidate.object and office.party:
            return sheet.proposals.entity(office.party)
    for side in (candidate.subject.side, *_sides_of_bodies(sheet, candidate)):
        if side is not None and sheet.proposals.holds(side):
            return side
    others = {office.party for office in offices if office.party}
    return sheet.proposals.entity(others.pop()) if len(others) == 1 else None


def _lacking(sheet: Sheet, candidate: Candidate) -> str:
    """What would tell it, where the graph knows the holder."""
    known = sheet.proposals.holds(candidate.subject.node)
    return f", and the graph has no pact:Tenure of {candidate.subject.name} with one" if known else ""


def _sides_of_bodies(sheet: Sheet, candidate: Candidate) -> Iterator[NamedNode | None]:
    """The parties of the bodies that stand in the words of an office: of the parliament in `speaker of the parliament`."""
    start, end = candidate.object_span or candidate.evidence
    for mention in (m for scene in sheet.extraction.scenes for m in scene.mentions):
        if mention.entity.kind == "body" and start <= mention.start < end:
            yield mention.entity.side


def _held_office(proposals: Proposals, words: str, side: NamedNode) -> NamedNode | None:
    """The one office whose name has all the words and that acts for the side, itself or by a body of it."""
    wanted = set(_plain(words))
    found = []
    for node in proposals.typed(PACT.Office):
        if _acts_for(proposals, node, side):
            labels = [v.value for p in (SKOS.prefLabel, SKOS.altLabel) for v in proposals.get(node, p)]
            scores = [len(set(_plain(label)) - wanted) for label in labels if wanted <= set(_plain(label))]
            found += [(min(scores), node.value, node)] if scores else []
    best = min(found, default=None)
    return best[2] if best is not None and (best[0] == 0 or len(found) == 1) else None


def _plain(words: str) -> list[str]:
    return [
        w
        for w in re.findall(r"\w+", words.lower().replace("defence", "defense"))
        if w not in ("of", "the", "for")
    ]


def _acts_for(proposals: Proposals, node: NamedNode, side: NamedNode) -> bool:
    seen: set[Term] = set()
    waiting: list[Term] = [node]
    while waiting:
        each = waiting.pop()
        if each == side:
            return True
        if isinstance(each, NamedNode) and each not in seen:
            seen.add(each)
            waiting += proposals.get(each, PACT.actsFor)
    return False
