"""Drafts as rows: for programs with everything that is known, for people with what they look at first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from pactgraph.claim import Claim, Term
from pactgraph.dates import parse, say
from pactgraph.drafting.draft import Draft, Drafted, Refusal
from pactgraph.drafting.proposals import merged
from pactgraph.drafting.proving import span_of
from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import Nodes, one
from pactgraph.vocabulary import EDTF, PACT, RDF, SCHEMA, shorten


def claim_rows(draft: Draft) -> list[dict[str, Any]]:
    """One row for each claim. Offsets are code points of the text's normal form."""
    return [_row(draft, each) for each in draft.claims]


def jsonl(draft: Draft) -> str:
    """The rows as JSON, one a line; https://jsonlines.org."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in claim_rows(draft))


def _row(draft: Draft, drafted: Drafted) -> dict[str, Any]:
    claim, candidate, text = drafted.claim, drafted.candidate, draft.given.text.normal
    proposition, passage = claim.proposition, span_of(claim.passage)
    return {
        "source": draft.given.name,
        "claim": shorten(claim.iri.value),
        "subject": shorten(proposition.subject.value),
        "predicate": shorten(proposition.predicate.value),
        "object": _value(proposition.object, draft.nodes),
        "scope": {shorten(name.value): _value(value, draft.nodes) for name, value in proposition.scope},
        "modality": shorten(claim.modality.value),
        "polarity": shorten(claim.polarity.value),
        "speaker": shorten(claim.speaker.value),
        "quotation": shorten(claim.quotation.value),
        "speaker_rule": candidate.voice.rule,
        "stated_on": claim.stated_on,
        "clause": {"start": passage.start, "end": passage.end, "words": passage.of(text)},
        "object_span": _span(candidate.object_span, text),
        "trigger": _span(candidate.trigger, text),
        "as_printed": claim.as_printed,
        "date": _date(drafted),
        "flags": [shorten(flag.value) for flag in claim.flags],
        "rule": claim.rule,
        "confidence": float(claim.confidence or 0),
        "resolved_from": [str(span_of(node)) for node in claim.resolved_from],
        "also_at": [str(span_of(node)) for node in claim.also_at],
    }


def _span(span: tuple[int, int] | None, text: str) -> Mapping[str, Any] | None:
    return {"start": span[0], "end": span[1], "words": text[slice(*span)]} if span else None


def _date(drafted: Drafted) -> Mapping[str, str] | None:
    """The date with the day from which it is read and the words that give it."""
    when = drafted.candidate.when
    return {"edtf": when.edtf, "anchor": when.anchor, "rule": when.rule} if when else None


def _value(value: Term, nodes: Nodes) -> Any:
    if not isinstance(value, NamedNode):
        return value.value
    if value in nodes and (
        PACT.Count in nodes[value].get(_TYPE, ()) or PACT.Amount in nodes[value].get(_TYPE, ())
    ):
        return {
            shorten(name.value): shorten(values[0].value)
            for name, values in nodes[value].items()
            if name != _TYPE
        }
    return shorten(value.value)


_TYPE = RDF.type


class Telling:
    """Claims in words, by the names of the graph and of what is proposed; `others` are values of other claims."""

    def __init__(self, known: Nodes, draft: Draft, others: Nodes | None = None) -> None:
        self._nodes = {**(others or {}), **draft.nodes}
        self._labels = Labels(merged(known, draft.proposals))

    def row(self, claim: Claim) -> dict[str, str]:
        """What a person looks at first."""
        return {
            "about": self.name(claim.proposition.subject),
            "claim": self.name(claim.proposition.predicate),
            "value": self.name(claim.proposition.object),
            "put as": _put(self.name(claim.modality), claim.polarity == PACT.Denied),
            "speaker": self.name(claim.speaker),
            "as printed": claim.as_printed or "",
            "rule": claim.rule or "",
        }

    def name(self, term: Term) -> str:
        """The name of a node, a date as one says it, an amount with its currency, a count with what it counts."""
        if not isinstance(term, NamedNode):
            return say(parse(term.value)) if term.datatype == EDTF else term.value
        parts = self._nodes.get(term, {})
        if PACT.Count in parts.get(_TYPE, ()):
            counted = one(parts, PACT.counts)
            return f"{_text(parts, SCHEMA.value)} {self.name(counted) if counted else ''}"
        if PACT.Amount in parts.get(_TYPE, ()):
            unit = one(parts, PACT.unit)
            return f"{_text(parts, SCHEMA.currency) or (self.name(unit) if unit else '')} {_figure(_text(parts, SCHEMA.value))}"
        return self._labels.label(term)

    def refusal(self, refusal: Refusal, text: str) -> str:
        """Why something was not taken, with its words."""
        words = " ".join(text[slice(*refusal.candidate.evidence)].split())
        return (
            f"{refusal.says}: “{words[:100]}{'…' if len(words) > 100 else ''}”: {'; '.join(refusal.reasons)}"
        )


def _put(modality: str, denied: bool) -> str:
    return f"{modality}, denied" if denied else modality


def _text(parts: Mapping[NamedNode, list[Term]], name: NamedNode) -> str:
    value = one(dict(parts), name)
    return value.value if value is not None else ""


def _figure(number: str) -> str:
    whole, _, fraction = number.partition(".")
    return f"{int(whole):,}{f'.{fraction}' if fraction else ''}" if whole.isdecimal() else number
