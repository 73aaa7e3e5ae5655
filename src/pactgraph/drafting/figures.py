"""Counts and amounts: values of parts, each a node named by what it says."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode

from pactgraph.drafting.sheet import Sheet, Unsayable, Value, whole_number
from pactgraph.extraction import Candidate
from pactgraph.graph.minting import value_iri
from pactgraph.graph.nodes import Properties
from pactgraph.vocabulary import EDTF, ONTOLOGY, PACT, RDF, SCHEMA, XSD

_PERCENT = "%GDP"


def count_of(sheet: Sheet, candidate: Candidate) -> Value:
    number, _, what = str(candidate.object).partition("|")
    kinds = {
        t.value.removeprefix(ONTOLOGY)
        for t in sheet.proposals.get(candidate.subject.node, RDF.type)
        if isinstance(t, NamedNode)
    }
    counted = sheet.cookbook.term(
        "counts", what or next((k for k in sorted(kinds) if sheet.cookbook.word("counts", k)), "")
    )
    if counted is None:
        raise Unsayable(f"no countable of the ontology stands for “{what}”")
    parts: Properties = {
        RDF.type: [PACT.Count],
        SCHEMA.value: [Literal(whole_number(number))],
        PACT.counts: [counted],
        **_bound(sheet, candidate.details),
        **({PACT.asOf: [Literal(sheet.stated, datatype=EDTF)]} if sheet.stated and what else {}),
    }
    return _made(sheet, candidate, parts)


def amount_of(sheet: Sheet, candidate: Candidate) -> Value:
    unit, _, figure = str(candidate.object).partition(" ")
    first, is_range, _ = figure.partition("/")
    kind = sheet.cookbook.term("kind", candidate.subject.kind)
    parts: Properties = {
        RDF.type: [PACT.Amount],
        SCHEMA.value: [Literal(_decimal(first), datatype=XSD.decimal)],
        **(
            {PACT.unit: [NamedNode(f"{ONTOLOGY}PercentOfGdp")]}
            if unit == _PERCENT
            else {SCHEMA.currency: [Literal(unit)]}
        ),
        **({PACT.bound: [PACT.AtLeast]} if is_range else _bound(sheet, candidate.details)),
        **({PACT.kind: [kind]} if kind else {}),
        **_over(sheet, candidate.details),
    }
    return _made(sheet, candidate, parts)


def _over(sheet: Sheet, details: Mapping[str, str]) -> Properties:
    """In which time it is given, and again in which."""
    found: Properties = {}
    if per := sheet.cookbook.word("unit", details.get("unit", "")):
        found[NamedNode(f"{ONTOLOGY}per")] = [Literal(per, datatype=NamedNode(f"{XSD.base}duration"))]
    if period := details.get("period"):
        found[PACT.period] = [Literal(period, datatype=EDTF)]
    return found


def _bound(sheet: Sheet, details: Mapping[str, str]) -> Properties:
    bound = sheet.cookbook.term("bound", details.get("bound", ""))
    return {PACT.bound: [bound]} if bound else {}


def _made(sheet: Sheet, candidate: Candidate, parts: Properties) -> Value:
    node = value_iri(parts)
    return Value(node, sheet.few(*(candidate.object_span or candidate.evidence)), {node: parts})


def _decimal(figure: str) -> str:
    try:
        plain = f"{Decimal(figure):f}"
    except InvalidOperation:
        raise Unsayable(f"“{figure}” is no number") from None
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
