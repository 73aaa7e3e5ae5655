"""What claims are about: the node of a pact, a group of pacts, a party or an official, or of an event that is named for it."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from pactgraph.dates import parse, say
from pactgraph.drafting.proposals import slug
from pactgraph.drafting.sheet import Sheet, Unsayable
from pactgraph.extraction import Candidate, Entity
from pactgraph.extraction.context import GROUP
from pactgraph.vocabulary import ONTOLOGY, SKOS


def subject_of(sheet: Sheet, candidate: Candidate, about: str) -> NamedNode:
    """The node that a claim is about; raises Unsayable where the candidate names none."""
    if about == "event":
        return _event(sheet, candidate)
    if about == "pact":
        return _pact(sheet, candidate)
    return _node(sheet, candidate, candidate.subject if about == "subject" else candidate.object)


def _node(sheet: Sheet, candidate: Candidate, thing: Entity | str) -> NamedNode:
    if isinstance(thing, str):
        raise Unsayable(f"“{thing}” is no node of the graph")
    if thing.kind == GROUP:
        return _pacts_of(sheet, thing)
    if thing.kind == "agreement" and not sheet.proposals.holds(thing.node):
        return _agreement(sheet, candidate, thing)
    return sheet.proposals.entity(thing)


def _pacts_of(sheet: Sheet, group: Entity) -> NamedNode:
    if sheet.proposals.holds(group.node) or sheet.hub is None:
        return sheet.proposals.entity(group)
    return sheet.proposals.group(sheet.hub)


def _agreement(sheet: Sheet, candidate: Candidate, pact: Entity) -> NamedNode:
    """An agreement that the graph does not hold: the hub's with the state of its code."""
    partner = next(
        (m.entity for s in sheet.extraction.scenes for m in s.mentions if m.entity.code == pact.code), None
    )
    if partner is None or sheet.hub is None or partner.node == sheet.hub.node:
        raise Unsayable(f"the parties of {pact.name} are not both named")
    return sheet.proposals.pact(sheet.hub, partner)


def _pact(sheet: Sheet, candidate: Candidate) -> NamedNode:
    """The pact between subject and object, or the group of those of the subject."""
    one, other = candidate.subject, candidate.object
    if one.kind != "party":
        return _node(sheet, candidate, one)
    if isinstance(other, str):
        return sheet.proposals.group(one)
    if other.kind == "party" and other.node != one.node:
        return sheet.proposals.pact(one, other)
    if other.kind == "group":
        return sheet.proposals.group(one, other)
    return _node(sheet, candidate, other)


def _event(sheet: Sheet, candidate: Candidate) -> NamedNode:
    """The event of a candidate, named after who or what it is about and when it was."""
    kind = sheet.cookbook.term("event", str(candidate.object)) or sheet.cookbook.term(
        "event", candidate.predicate
    )
    if kind is None:
        raise Unsayable(f"no kind of event is known for {candidate.predicate}")
    type_ = kind.value.removeprefix(ONTOLOGY)
    about, label = _about_event(sheet, candidate, type_)
    when = candidate.when.edtf if candidate.when and not candidate.when.vague else ""
    number = candidate.details.get("round", "")
    told = f"round {number}" if number else when or (sheet.stated or "")
    name = f"{about} {'' if number else slug(str(_channel(candidate, type_)))} {told or sheet.name}"
    shown = f"{label}, {f'round {number}' if number else say(parse(when or sheet.stated or '')) if told else sheet.name}"
    node = sheet.proposals.add("event", name, shown[:1].upper() + shown[1:], (type_,))
    _named_as_printed(sheet, candidate, node)
    return node


def _about_event(sheet: Sheet, candidate: Candidate, type_: str) -> tuple[str, str]:
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type_).lower()
    if candidate.subject.kind == "person":
        return candidate.subject.name.split()[-1], f"{plain} of {candidate.subject.name}"
    if candidate.predicate == "negotiating":
        pact = _pact(sheet, candidate)
        names = sheet.proposals.get(pact, SKOS.prefLabel)
        return pact.value.rpartition("/")[2], f"{plain} on the {names[0].value if names else 'agreement'}"
    return slug(candidate.subject.name), f"{plain} of {candidate.subject.name}"


def _channel(candidate: Candidate, type_: str) -> str:
    return (
        candidate.object
        if candidate.predicate == "statement" and isinstance(candidate.object, str)
        else type_
    )


def _named_as_printed(sheet: Sheet, candidate: Candidate, event: NamedNode) -> None:
    """An event goes by the words that name it in its article."""
    if event in sheet.proposals.nodes:
        place = (
            candidate.object_span
            if candidate.predicate == "statement" and candidate.object_span
            else candidate.trigger
        )
        words = " ".join(sheet.few(*place).of(sheet.text).split())
        sheet.proposals.name(event, words)
