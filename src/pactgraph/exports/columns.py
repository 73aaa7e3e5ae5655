"""The columns of the tables, with what each holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Kind(Enum):
    """What a cell is."""

    TEXT = "text"
    IRI = "iri"
    WHOLE = "whole number"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, what it holds, of which kind a cell is, and whether it holds several.

    `of` is the table whose first column every cell of this one stands in.
    """

    name: str
    holds: str
    kind: Kind = Kind.TEXT
    several: bool = False
    of: str | None = None


def _iri(name: str, holds: str, of: str | None = None) -> Column:
    return Column(name, holds, Kind.IRI, of=of)


def _names(name: str, holds: str) -> Column:
    return Column(name, holds, several=True)


def _iris(name: str, holds: str, of: str | None = None) -> Column:
    return Column(name, holds, Kind.IRI, several=True, of=of)


def _whole(name: str, holds: str) -> Column:
    return Column(name, holds, Kind.WHOLE)


def _day(name: str, holds: str) -> Column:
    return Column(name, holds, Kind.DAY)


_SAID: Final = (
    _iri("subject", "what it is about", of="things"),
    Column("subject_name", "its name"),
    Column("property", "what is said of it, as a prefixed name"),
    Column("value", "the value: an IRI, a date (EDTF), a number, a duration (ISO 8601) or words"),
    Column("value_name", "the name of the value, where it is a node"),
    Column("value_type", "iri, the datatype, or @ and the language"),
    Column("number", "the number of an amount or count", Kind.NUMBER),
    Column("currency", "the currency of an amount, ISO 4217"),
    Column("period", "the time that an amount is for, EDTF"),
    Column("on", "the day for which it is said, EDTF"),
    _day("earliest", "the first day of the date that is the value, or else of the day for which it is said"),
    _day("latest", "the last day of that"),
    _iri("condition", "on what condition"),
    Column("condition_name", "its name"),
    _whole("how_many", "of how many members of a group it is said"),
)
CLAIMS: Final = (
    _iri("claim", "the claim"),
    *_SAID,
    Column("modality", "put as: a fact, a hope, a plan …"),
    Column("polarity", "affirmed or denied"),
    _iri("speaker", "who says it", of="things"),
    Column("speaker_name", "the name of who says it"),
    Column("quotation", "direct, indirect, or the publisher's own voice"),
    Column("stated_on", "when it was said, EDTF"),
    _day("stated_earliest", "the first day of that"),
    _day("stated_latest", "the last day of that"),
    Column("as_printed", "the few words of the passage that give the value"),
    _names("flags", "what is suspect"),
    _iri("source", "the source", of="sources"),
    _iri("passage", "where in the source"),
    Column("words", "a few words of the passage, where its position is not known"),
    _iri("link", "the page, opened at the words where they are known"),
    _iri("proposition", "what is claimed, whoever claims it: equal for claims that say the same"),
    _iri("run", "the run that wrote it down", of="things"),
)
FACTS: Final = (
    _iri("proposition", "the proposition that is a fact"),
    *_SAID,
    Column("rank", "preferred or normal"),
    Column("reason", "why it is a fact"),
    _whole("witnesses", "independent origins that say it"),
    _whole("claims", "claims that support it; the table support has them"),
    _whole("dissents", "claims that stand against it; the table support has them"),
    _day("accepted_from", "the day by which what was published made it a fact"),
)
SUPPORT: Final = (
    _iri("proposition", "a fact", of="facts"),
    _iri("claim", "a claim that says it, or says otherwise", of="claims"),
    Column("stands", "for or against"),
)
PACTS: Final = (
    _iri("pact", "the pact", of="things"),
    Column("name", "its name"),
    _names("type", "its classes"),
    _iris("parties", "its parties", of="things"),
    _names("party_names", "their names, in the same order"),
    _iris("groups", "the groups of pacts that it belongs to", of="things"),
    _names("group_names", "their names, in the same order"),
    _names("stages", "the stages that it has reached"),
    Column("signed_on", "the day of signing, EDTF; several where sources differ", several=True),
    _iris("signed_in", "the place of signing", of="things"),
    _names("signed_in_names", "its name"),
    _iris("signed_by", "who signed", of="things"),
    _names("signed_by_names", "their names, in the same order"),
    Column("term", "for how long, ISO 8601", several=True),
    _iris("matches", "the same in other graphs, reviewed"),
)
SOURCES: Final = (
    _iri("source", "the source"),
    Column("type", "article or page"),
    Column("headline", "its headline, or an abstract in words of ours"),
    Column("language", "its language, BCP 47"),
    Column("published", "when it was published, EDTF"),
    _day("published_earliest", "the first day of that"),
    _day("published_latest", "the last day of that"),
    _iri("publisher", "its publisher", of="things"),
    Column("publisher_name", "the name of its publisher"),
    _iris("url", "its addresses"),
    _iris("origins", "what it repeats, with other sources", of="things"),
    _names("origin_names", "their names, in the same order"),
    _whole("claims", "claims that are read from it"),
)
CONFLICTS: Final = (
    _iri("conflict", "the conflict; it has a row for each claim on each side"),
    Column("type", "by which rule the claims stand apart"),
    Column("verdict", "what became of it"),
    _iri("subject", "what it is about", of="things"),
    Column("subject_name", "its name"),
    Column("property", "what is said of it, as a prefixed name"),
    Column("told", "the conflict in words"),
    _whole("side", "1 for the side of the most sources"),
    _iri("claim", "a claim of that side", of="claims"),
)
THINGS: Final = (
    _iri("thing", "what claims are about, name, or are made by"),
    _names("type", "its classes"),
    Column("name", "its name"),
    _names("other_names", "its other names"),
    _iris("matches", "the same in other graphs, reviewed"),
)
