"""Edited claims: a reviewer's words for a part of a claim, as a claim of its own that revises the program's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Claim, Term
from pactgraph.dates import ImpossibleDate, parse
from pactgraph.errors import PactGraphError, UsageError
from pactgraph.graph.labels import Labels
from pactgraph.graph.minting import value_iri
from pactgraph.graph.nodes import Nodes, Properties, iris
from pactgraph.vocabulary import EDTF, ONTOLOGY, PACT, RDF, SCHEMA, expand, shorten

PARTS = ("subject", "value", "speaker", "modality", "polarity", "printed")
_CLASSES = {"modality": ("Modality",), "polarity": ("Polarity",)}


@dataclass(frozen=True, slots=True)
class Edited:
    """A reviewer's claim, and the node of its value where it is one of parts."""

    claim: Claim
    nodes: Nodes


def edit(claim: Claim, changes: Mapping[str, str], nodes: Nodes, known: Nodes, run: NamedNode) -> Edited:
    """The claim with other parts. `nodes` are those of its file, `known` those of the graph and what is proposed.

    Raises UsageError for a part that there is not, and for words that name nothing or are no value.
    """
    made: Nodes = {}
    edited = claim
    for part, words in changes.items():
        edited, made_ = _edited(edited, part, words.strip(), nodes | made, known)
        made |= made_
    return Edited(replace(edited, recorded_by=run, revises=claim.iri, rule=None, confidence=None), made)


def _edited(claim: Claim, part: str, words: str, nodes: Nodes, known: Nodes) -> tuple[Claim, Nodes]:
    if part not in PARTS:
        raise UsageError(f"a claim has no {part!r}; it has {', '.join(PARTS)}")
    if not words:
        raise UsageError(f"the new {part} is missing")
    if part == "printed":
        return replace(claim, as_printed=words), {}
    if part == "value":
        value, made = _value(claim.proposition.object, words, nodes, known)
        return replace(claim, proposition=replace(claim.proposition, object=value)), made
    node = _named(words, known, _CLASSES.get(part, ()))
    if part == "subject":
        return replace(claim, proposition=replace(claim.proposition, subject=node)), {}
    if part == "speaker":
        return replace(claim, speaker=node), {}
    return (replace(claim, modality=node) if part == "modality" else replace(claim, polarity=node)), {}


def _value(old: Term, words: str, nodes: Nodes, known: Nodes) -> tuple[Term, Nodes]:
    """A value of the kind that it was: a date, a number, words, a number with its parts, or a node."""
    if isinstance(old, Literal):
        return _literal(old, words), {}
    parts = nodes.get(old, {})
    if PACT.Count in parts.get(RDF.type, ()) or PACT.Amount in parts.get(RDF.type, ()):
        made: Properties = {**parts, SCHEMA.value: [_literal(_number(parts[SCHEMA.value][0]), words)]}
        return value_iri(made), {value_iri(made): made}
    return _named(words, known, ()), {}


def _number(term: Term) -> Literal:
    assert isinstance(term, Literal)
    return term


def _literal(old: Literal, words: str) -> Literal:
    if old.datatype == EDTF:
        try:
            parse(words)
        except (ImpossibleDate, PactGraphError, ValueError) as fault:
            raise UsageError(
                f"{words!r} is no date: write it like 2024-05-27, 2024-05 or 2024-05/2024-06"
            ) from fault
    elif not old.language and not words.replace(".", "", 1).isdecimal():
        raise UsageError(f"{words!r} is no number: write it in full, such as 38000000000")
    return Literal(words, language=old.language) if old.language else Literal(words, datatype=old.datatype)


def _named(words: str, known: Nodes, classes: tuple[str, ...]) -> NamedNode:
    """The one node that goes by the words, by its prefixed name or by a name of it."""
    if " " not in words and (whole := NamedNode(expand(words) or f"{ONTOLOGY}{words}")) in known:
        return whole
    labels, wanted = Labels(known), words.casefold()
    kinds = {NamedNode(ONTOLOGY + name) for name in classes}
    found = [
        node
        for node, properties in known.items()
        if (not kinds or kinds & set(iris(properties, RDF.type)))
        and wanted in (node.value.rpartition("/")[2], *(name.casefold() for name in labels.names(node)))
    ]
    if len(found) != 1:
        several = (
            f"{len(found)} nodes: {', '.join(sorted(shorten(n.value) for n in found)[:6])}"
            if found
            else "nothing"
        )
        raise UsageError(f"{words!r} names {several}; give one by its identifier, such as official:NAME")
    return found[0]
