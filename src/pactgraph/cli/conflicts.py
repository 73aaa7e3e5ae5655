"""How conflicts look: by type with its rule, each with its sides in words and who stands on which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING, Any

from pactgraph.cli import paper, plain
from pactgraph.cli.phrases import limits, manner, speaking
from pactgraph.cli.tables import print_table
from pactgraph.dates import parse, say
from pactgraph.vocabulary import PACT, shorten

if TYPE_CHECKING:
    from pactgraph.pages import Names, ToldConflict
    from pactgraph.pages.conflicts import Side
    from pactgraph.pages.told import Told

_COLUMNS = (
    "conflict",
    "type",
    "subject",
    "predicate",
    "side",
    "says",
    "claims",
    "sources",
    "origins",
    "who",
    "links",
)
_NAMED = 4
"""Speakers that a side names."""


def print_conflicts(found: Sequence[ToldConflict], names: Names, form: str) -> None:
    """Conflicts for people, or as JSON with all claims, or CSV with a row for each side."""
    if form == "json":
        paper.print_json([_json(conflict, names) for conflict in found])
    elif form == "csv":
        paper.print_csv(_COLUMNS, (row for conflict in found for row in _rows(conflict, names)))
    else:
        _print_tables(found, names)


def _print_tables(found: Sequence[ToldConflict], names: Names) -> None:
    if not found:
        paper.say("No conflicts. Differences that exclude nothing: --all")
    for nth, (kind, alike) in enumerate(groupby(found, key=lambda conflict: conflict.type)):
        conflicts = list(alike)
        if nth:
            paper.line("")
        paper.line(fill(f"{kind.name}, {len(conflicts)} · {kind.rule}", paper.width()))
        print_table(("about", "says", "who says so"), [line for c in conflicts for line in _lines(c, names)])


def _lines(conflict: ToldConflict, names: Names) -> Iterator[tuple[str, str, str]]:
    about = f"{names.name(conflict.subject)} · {names.name(conflict.predicate)}"
    for nth, side in enumerate(conflict.sides):
        yield about if nth == 0 else "", says(side, conflict, names), who(side, names)


def says(side: Side, conflict: ToldConflict, names: Names) -> str:
    """What a side says: each thing once, with the subject and the property where those are others."""
    if conflict.type.node == PACT.ListConflict and side.claims[0].predicate != conflict.predicate:
        return _listed(side, names)
    alike: dict[str, list[str]] = {}
    for claim in side.claims:
        prop = "" if claim.predicate == conflict.predicate else f"{names.name(claim.predicate)}: "
        what = f"{prop}{names.name(claim.object)}{limits(claim.scope, names)}{_said(claim, conflict)}{manner(claim, names)}"
        subjects = alike.setdefault(what, [])
        if claim.subject != conflict.subject:
            subjects.append(names.name(claim.subject))
    return "; ".join(f"{_before(subjects)}{what}" for what, subjects in alike.items())


def _listed(side: Side, names: Names) -> str:
    """How many a list names, and whom."""
    subjects = sorted({names.name(claim.subject) for claim in side.claims})
    return f"{len(subjects)} named: {', '.join(subjects)}"


def _said(claim: Told, conflict: ToldConflict) -> str:
    """Of a stage without a day of its own, when it was said to be reached: that is what stands against the other."""
    timed = any(name == "on" for name, _ in claim.scope)
    if (
        timed
        or conflict.type.node != PACT.StageConflict
        or claim.predicate != PACT.reachedStage
        or not claim.stated
    ):
        return ""
    return f", said {say(parse(claim.stated))}"


def _before(subjects: Iterable[str]) -> str:
    named = ", ".join(dict.fromkeys(subjects))
    return f"{named} · " if named else ""


def who(side: Side, names: Names) -> str:
    """Who stands on a side: of several sources how many they are, and some of those who speak in them."""
    speakers = list(dict.fromkeys(speaking(claim, names) for claim in side.claims))
    sources = len({claim.source for claim in side.claims})
    if sources == 1:
        return ", ".join(speakers)
    more = ["…"] if len(speakers) > _NAMED else []
    counts = f"{paper.some(sources, 'source')}, {paper.some(side.witnesses, 'origin')}"
    return f"{counts}: {', '.join([*speakers[:_NAMED], *more])}"


def _rows(conflict: ToldConflict, names: Names) -> Iterator[Mapping[str, str]]:
    for nth, side in enumerate(conflict.sides, 1):
        yield {
            "conflict": shorten(conflict.iri.value),
            "type": conflict.type.name,
            "subject": shorten(conflict.subject.value),
            "predicate": shorten(conflict.predicate.value),
            "side": str(nth),
            "says": says(side, conflict, names),
            "claims": _joined(shorten(claim.claim.value) for claim in side.claims),
            "sources": _joined(shorten(claim.source.value) for claim in side.claims),
            "origins": str(side.witnesses),
            "who": "; ".join(dict.fromkeys(speaking(claim, names) for claim in side.claims)),
            "links": _joined(claim.link or "" for claim in side.claims),
        }


def _joined(parts: Iterable[str]) -> str:
    return " ".join(filter(None, dict.fromkeys(parts)))


def _json(conflict: ToldConflict, names: Names) -> Mapping[str, Any]:
    return {
        "iri": conflict.iri.value,
        "type": {
            "iri": conflict.type.node.value,
            "name": conflict.type.name,
            "rule": conflict.type.rule,
            "excludes": conflict.type.excludes,
        },
        "subject": {"iri": conflict.subject.value, "name": names.name(conflict.subject)},
        "predicate": {"iri": conflict.predicate.value, "name": names.name(conflict.predicate)},
        "sides": [_side(side, conflict, names) for side in conflict.sides],
    }


def _side(side: Side, conflict: ToldConflict, names: Names) -> Mapping[str, Any]:
    return {
        "text": says(side, conflict, names),
        "denied": all(claim.polarity == PACT.Denied for claim in side.claims),
        "origins": side.witnesses,
        "publishers": _named({claim.publisher for claim in side.claims if claim.publisher}, names),
        "speakers": _named({claim.speaker for claim in side.claims}, names),
        "claims": [plain.claim(claim, names) for claim in side.claims],
    }


def _named(nodes: Iterable[Any], names: Names) -> list[Mapping[str, str]]:
    return [
        {"iri": node.value, "name": names.name(node)}
        for node in sorted(nodes, key=lambda node: str(node.value))
    ]
