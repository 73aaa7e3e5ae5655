"""Differences as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from pactgraph.comparison.diff import Comparison, Counterpart
from pactgraph.comparison.statements import Verdict, is_referenced
from pactgraph.dates import parse, say
from pactgraph.pages import Listing, Names
from pactgraph.pages.cells import Row, Several
from pactgraph.vocabulary import shorten
from pactgraph.wikidata import Correspondence, Kind, NotKept, Value, Wikidata

_COLUMNS = (
    *("about", "verdict", "fact", "ours", "there", "export"),
    *("item", "property", "rank", "references"),
)
_SPARE = ("references", "rank", "property", "item")


def comparison_rows(
    comparison: Comparison, names: Names, wikidata: Wikidata, mapping: Correspondence
) -> Listing:
    """A row for each fact, with what Wikidata has: first what needs a person, last what nothing can be done about."""
    labels, order = _labels(comparison, wikidata), list(Verdict)
    ordered = sorted(comparison.counterparts, key=lambda each: order.index(each.verdict))
    rows = tuple(_row(each, names, labels, mapping) for each in ordered)
    return Listing("wikidata", _COLUMNS, _SPARE, rows)


def _row(each: Counterpart, names: Names, labels: Mapping[str, str], mapping: Correspondence) -> Row:
    counts = mapping.reference.counts
    return {
        "about": shorten(each.evidence.subject.value).partition(":")[2],
        "verdict": each.verdict.value,
        "fact": names.name(each.said.each or each.said.fact),
        "ours": names.name(each.object),
        "there": _there(each, labels),
        "export": _export(each),
        "item": each.item,
        "property": each.said.property,
        "rank": Several(tuple(dict.fromkeys(s.rank.value for s in each.theirs))),
        "references": sum(is_referenced(s, counts) for s in each.theirs) if each.theirs else "",
        "truthy": "yes" if each.truthy else "no" if each.theirs else "",
        "origins": each.evidence.origins,
        "disputed": "yes" if each.contested else "no",
        "writable": "yes" if each.writable else "no",
        "revision": each.revision or "",
        "name": names.name(each.evidence.subject),
        "iri": each.evidence.subject.value,
    }


def _there(each: Counterpart, labels: Mapping[str, str]) -> Several | str:
    if each.moved:
        return f"now {each.moved}"
    return Several(tuple(dict.fromkeys(_said(s.value, labels) for s in each.theirs)), "; ")


def _export(each: Counterpart) -> str:
    """What an export has of it, or why not, where the verdict alone does not say that."""
    if each.writable:
        return "reference" if each.verdict is Verdict.UNREFERENCED else "statement"
    return "" if each.obstacle == each.verdict.value else f"no: {each.obstacle}"


def _said(value: Value, labels: Mapping[str, str]) -> str:
    if value.kind is Kind.TIME:
        return say(parse(value.text))
    return labels.get(value.text, value.text) or value.kind.value


def _labels(comparison: Comparison, wikidata: Wikidata) -> Mapping[str, str]:
    """What the items in statements are called; nothing where that was not kept and cannot be asked for."""
    wanted = {s.value.text for d in comparison.counterparts for s in d.theirs if s.value.kind is Kind.ITEM}
    with suppress(NotKept):
        return {name: f"{label} ({name})" for name, label in wikidata.labels(sorted(wanted)).items()}
    return {}
