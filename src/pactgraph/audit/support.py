"""Does a passage say what a claim says? Its party, value and date must occur in it or be resolved from it.

What no rule here can tell, a reviewer must: that a value in a passage of two parties is the claimed one's, that an
official named elsewhere in the text is the one who speaks, that a further passage (`pact:resolvedFrom`) is rightly
the one that the first points to, that a denial after the word bears on it, what kind of sum an amount is, and whether
a curator's own words say what the source says. A denial or a hedge bears on the first word after it in its clause
that carries the claim; where some such words of a passage are denied and others not, it is refused as too wide.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from pactgraph.audit.quoting import quotation_faults
from pactgraph.audit.reading import Reader
from pactgraph.audit.values import (
    amount_faults,
    count_faults,
    date_faults,
    future_faults,
    number_faults,
    printed_date_faults,
)
from pactgraph.claim import Claim
from pactgraph.graph.nodes import one
from pactgraph.passage import Span, TextFragment, fault, make, matches
from pactgraph.vocabulary import EDTF, PACT, RDF, SCHEMA, XSD

_NUMBERS = (XSD.integer, XSD.decimal, XSD.nonNegativeInteger)
_SUFFICE = 2
"""Parties of a pact without a hub that must be named, where its own name is not."""


def faults(claim: Claim, reader: Reader) -> Iterator[str]:
    """Why the passage does not carry the claim; nothing when it does. All its passages must be known to stand."""
    yield from _place_faults(claim, reader)
    yield from unsaid(claim, reader)
    yield from repeat_faults(claim, reader)


def unsaid(claim: Claim, reader: Reader) -> Iterator[str]:
    """What of the claim its passages do not say; that they stand, are whole and have links is not looked at."""
    spans = reader.spans((claim.passage, *claim.resolved_from))
    yield from _printed_faults(claim, reader, spans)
    yield from naming_faults("subject", claim.proposition.subject, reader, spans)
    yield from _object_faults(claim, reader, spans)
    yield from _scope_faults(claim, reader, spans)
    yield from _polarity_faults(claim, reader)
    yield from _modality_faults(claim, reader)
    yield from _speaker_faults(claim, reader)
    yield from quotation_faults(claim, reader)
    yield from _day_faults(claim, reader)


def _place_faults(claim: Claim, reader: Reader) -> Iterator[str]:
    for node in (claim.passage, *claim.also_at, *claim.resolved_from):
        (span,) = reader.spans([node])
        if node.value != f"{reader.source.source.value}#{span}":
            yield f"{position(node)} is not where its selector points: {span}"
        if broken := fault(reader.text.normal, span):
            yield f"{position(node)} {broken}"
        yield from _link_faults(node, span, reader)


def _link_faults(node: NamedNode, span: Span, reader: Reader) -> Iterator[str]:
    passage, normal = reader.source.passage(node), reader.text.normal
    fragment = passage.fragment if passage else None
    if fragment and not _finds_alone(normal, span, fragment):
        yield f"the link of {position(node)} does not find it, and it alone"
    elif not fragment and make(normal, span.start, span.end):
        yield f"{position(node)} has no link: pactgraph format --texts makes it"


def _finds_alone(normal: str, span: Span, fragment: TextFragment) -> bool:
    """Whether the one match is the passage, from its first word to its last."""
    places = matches(normal, fragment)
    if len(places) != 1 or places[0].start < span.start or span.end < places[0].end:
        return False
    left_out = normal[span.start : places[0].start] + normal[places[0].end : span.end]
    return not any(map(str.isalnum, left_out))


def _printed_faults(claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    if claim.as_printed is None:
        yield "the words as printed are missing"
    elif not reader.find(claim.as_printed, spans):
        yield f"“{claim.as_printed}” does not stand there as printed"


def naming_faults(role: str, node: NamedNode, reader: Reader, spans: list[Span]) -> Iterator[str]:
    """Why the spans do not name a node. A pact may go by the names of its parties: of one where a hub goes without saying, else of two."""
    own, parties = reader.labels.names(node), reader.labels.telling_parties(node)
    if reader.find_any(own, spans):
        return
    named = [party for party in parties if reader.find_any(reader.labels.names(party), spans)]
    if parties and len(named) >= min(_SUFFICE, len(parties)):
        return
    unnamed = next((reader.labels.names(party) for party in parties if party not in named), own)
    if unnamed:
        yield f"the {role} is not named: none of {_some(unnamed)}"
    else:
        yield f"the {role} {node.value} has no name in the authority data"


def _object_faults(claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    value = claim.proposition.object
    if isinstance(value, NamedNode):
        yield from _node_faults(value, claim, reader, spans)
    elif value.datatype == EDTF:
        yield from printed_date_faults(value.value, claim, reader, spans)
        yield from future_faults(value.value, claim, reader)
    elif value.datatype in _NUMBERS:
        yield from number_faults(value, claim.as_printed or "")
    elif value.datatype != RDF.langString:
        yield f"the value “{value.value}” is no date, number or text in a language, so nothing can prove it"


def _node_faults(value: NamedNode, claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    if reader.value(value, PACT.Count):
        yield from count_faults(value, claim, reader, spans)
        counted = one(reader.source.nodes[value], PACT.counts)
        if isinstance(counted, NamedNode):
            yield from naming_faults("thing counted", counted, reader, spans)
    elif reader.value(value, PACT.Amount):
        yield from amount_faults(value, claim, reader, spans)
    else:
        yield from naming_faults("object", value, reader, spans)
        yield from _apart_faults(value, claim, reader, spans)


def _apart_faults(value: NamedNode, claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    printed = reader.find(claim.as_printed or "", spans)
    named = reader.find_any(reader.labels.naming(value), spans)
    if printed and named and not any(_share(one, other) for one in printed for other in named):
        yield f"“{claim.as_printed}” is not where the object is named"


def _share(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _scope_faults(claim: Claim, reader: Reader, spans: list[Span]) -> Iterator[str]:
    for name, value in claim.proposition.scope:
        if isinstance(value, NamedNode):
            yield from naming_faults("condition", value, reader, spans)
        elif name == PACT.on:
            yield from date_faults(value.value, claim, reader, spans)
        else:
            yield from number_faults(value, reader.words(spans))


def _polarity_faults(claim: Claim, reader: Reader) -> Iterator[str]:
    denied = [reader.denies(lead) for lead in reader.leads(claim)]
    if claim.polarity == PACT.Affirmed:
        if any(denied):
            yield "the passage denies it, or a part of it does: choose one that does not"
    elif not any(denied) and not reader.find_any(reader.lexicon.denials, reader.spans([claim.passage])):
        yield "no word of denial stands there"
    elif any(denied) and not all(denied):
        yield "a part of the passage affirms it: choose one that does not"


def _modality_faults(claim: Claim, reader: Reader) -> Iterator[str]:
    """A hope, plan or possibility is no reached stage."""
    predicate = claim.proposition.predicate
    on_stage = predicate == PACT.reachedStage or predicate in reader.lexicon.stages
    if not on_stage or claim.modality in reader.lexicon.unreal:
        return
    if any(reader.hedges(lead) for lead in reader.leads(claim)):
        modality = reader.labels.label(claim.modality)
        yield f"it is claimed as {modality}, but the passage, or a part of it, does not put it so"


def _speaker_faults(claim: Claim, reader: Reader) -> Iterator[str]:
    speaker, own_voice = claim.speaker, claim.quotation == PACT.OwnVoice
    if own_voice and speaker != one(reader.source.nodes[reader.source.source], SCHEMA.publisher):
        yield f"{reader.labels.label(speaker)} does not publish the source, so this is not its own voice"
    elif not own_voice and not reader.find_any(reader.labels.names(speaker), [reader.whole]):
        yield f"the speaker {reader.labels.label(speaker)} is not named in the text"


def _day_faults(claim: Claim, reader: Reader) -> Iterator[str]:
    published, stated = reader.source.published, claim.stated_on
    if stated is None or (published and stated == published.text):
        return
    if stated.rstrip("~?%") not in reader.all_dates:
        yield f"the day of speaking {stated} is not one that the text gives"


def repeat_faults(claim: Claim, reader: Reader) -> Iterator[str]:
    """Why its further passages are no repeats of a claim."""
    proposition = claim.proposition
    nodes = [n for n in (proposition.subject, proposition.object) if isinstance(n, NamedNode)]
    words = [name for node in nodes for name in reader.labels.naming(node)] + [claim.as_printed or ""]
    for node in claim.also_at:
        if not reader.find_any(words, reader.spans([node])):
            yield f"{position(node)} repeats nothing of it: neither subject nor object stands there"


def position(node: NamedNode) -> str:
    """Where a passage is said to stand: the `char=…` of its IRI."""
    return node.value.partition("#")[2]


def _some(names: tuple[str, ...]) -> str:
    listed = ", ".join(f"“{name}”" for name in names[:4])
    return f"{listed} …" if len(names) > 4 else listed
