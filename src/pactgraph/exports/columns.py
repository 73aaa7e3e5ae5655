"""The columns of the tables, with what each holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, what it holds, and whether it is a whole number; else it is text."""

    name: str
    holds: str
    whole: bool = False


_VALUE: Final = (
    Column("value", "the value: an IRI, a date, a number, a duration or words"),
    Column("value_name", "the name of the value, where it is a node"),
    Column("value_type", "iri, the datatype, or @ and the language"),
    Column("number", "the number of an amount or count"),
    Column("currency", "the currency of an amount, ISO 4217"),
    Column("period", "the time that an amount is for, EDTF"),
)
_SAID: Final = (
    Column("subject", "what it is about"),
    Column("subject_name", "its name"),
    Column("property", "what is said of it, as a prefixed name"),
    *_VALUE,
    Column("on", "the day for which it is said, EDTF"),
    Column("condition", "on what condition"),
    Column("how_many", "of how many members of a group it is said", whole=True),
)
CLAIMS: Final = (
    Column("claim", "the claim"),
    *_SAID,
    Column("modality", "put as: a fact, a hope, a plan …"),
    Column("polarity", "affirmed or denied"),
    Column("speaker", "who says it"),
    Column("speaker_name", "the name of who says it"),
    Column("quotation", "direct, indirect, or the publisher's own voice"),
    Column("stated_on", "when it was said, EDTF"),
    Column("as_printed", "the few words of the passage that give the value"),
    Column("flags", "what is suspect"),
    Column("source", "the source"),
    Column("passage", "where in the source"),
    Column("words", "a few words of the passage, where its position is not known"),
    Column("link", "the page, opened at the words where they are known"),
    Column("proposition", "what is claimed, whoever claims it: equal for claims that say the same"),
    Column("run", "the run that wrote it down"),
)
FACTS: Final = (
    Column("proposition", "the proposition that is a fact"),
    *_SAID,
    Column("rank", "preferred or normal"),
    Column("reason", "why it is a fact"),
    Column("witnesses", "independent origins that say it", whole=True),
    Column("claims", "claims that support it", whole=True),
    Column("dissents", "claims that stand against it", whole=True),
    Column("accepted_from", "the day by which what was published made it a fact"),
    Column("earliest", "the first day of its time"),
    Column("latest", "the last day of its time"),
)
PACTS: Final = (
    Column("pact", "the pact"),
    Column("name", "its name"),
    Column("type", "its classes"),
    Column("parties", "its parties"),
    Column("party_names", "their names"),
    Column("groups", "the groups of pacts that it belongs to"),
    Column("stages", "the stages that it has reached"),
    Column("signed_on", "the day of signing, EDTF"),
    Column("signed_in", "the place of signing"),
    Column("signed_by", "who signed"),
    Column("term", "for how long, ISO 8601"),
    Column("matches", "the same in other graphs, reviewed"),
)
SOURCES: Final = (
    Column("source", "the source"),
    Column("type", "article or page"),
    Column("headline", "its headline, or an abstract in words of ours"),
    Column("language", "its language, BCP 47"),
    Column("published", "when it was published, EDTF"),
    Column("publisher", "its publisher"),
    Column("publisher_name", "the name of its publisher"),
    Column("url", "its addresses"),
    Column("origins", "what it repeats, with other sources"),
    Column("claims", "claims that are read from it", whole=True),
)
CONFLICTS: Final = (
    Column("conflict", "the conflict; it has a row for each claim on each side"),
    Column("type", "by which rule the claims stand apart"),
    Column("verdict", "what became of it"),
    Column("subject", "what it is about"),
    Column("subject_name", "its name"),
    Column("property", "what is said of it, as a prefixed name"),
    Column("told", "the conflict in words"),
    Column("side", "1 for the side of the most sources", whole=True),
    Column("claim", "a claim of that side"),
)
