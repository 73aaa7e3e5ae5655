"""Claims as readers want them: with who says so, in which source, at which link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from pactgraph.claim import Term
from pactgraph.dates import parse
from pactgraph.passage import TextFragment, link
from pactgraph.project import shipped
from pactgraph.store import Store

_SCOPE = ("on", "condition", "howMany")


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, its speaker, and the source it stands in.

    Of its passage, `fragment` is a text fragment that was proved to find it; `words` are the locator of a passage of
    which nothing else is known and which nothing proves.
    """

    claim: NamedNode
    proposition: NamedNode
    subject: NamedNode
    predicate: NamedNode
    object: Term
    scope: tuple[tuple[str, Term], ...]
    modality: NamedNode
    polarity: NamedNode
    speaker: NamedNode
    quotation: NamedNode
    stated: str | None
    printed: str | None
    flags: tuple[NamedNode, ...]
    passage: NamedNode
    source: NamedNode
    publisher: NamedNode | None
    published: str | None
    url: str | None
    fragment: str | None
    words: str | None
    origins: tuple[NamedNode, ...]

    @property
    def known(self) -> date | None:
        """The last day on which the source can have been published; None where that is unknown."""
        return parse(self.published).last if self.published else None

    @property
    def link(self) -> str | None:
        """The address that opens the page at the sentence, or where the locator's words first stand."""
        if self.url and self.words:
            return link(self.url, TextFragment(self.words))
        return f"{self.url}#{self.fragment}" if self.url and self.fragment else self.url


def told(store: Store, **parts: Term) -> list[Told]:
    """The claims that have all the given parts, in order of speaking, source and passage.

    Parts are the parameters of the named query `claims`: claim, proposition, subject, predicate, object, speaker,
    source.
    """
    rows = store.query(_text(), parts)
    assert isinstance(rows, QuerySolutions)
    grouped: dict[str, list[Mapping[str, Term]]] = {}
    for row in rows:
        known = _known(row, rows, parts)
        grouped.setdefault(known["claim"].value, []).append(known)
    return sorted(map(_merge, grouped.values()), key=order)


@cache
def _text() -> str:
    return (shipped("queries") / "claims.rq").read_text(encoding="utf-8")


def _known(row: QuerySolution, rows: QuerySolutions, parts: Mapping[str, Term]) -> dict[str, Term]:
    known = dict(parts)
    for variable in rows.variables:
        value = row[variable]
        if isinstance(value, NamedNode | Literal):
            known[variable.value] = value
    return known


def _merge(rows: list[Mapping[str, Term]]) -> Told:
    """One claim of the rows that its repeated parts (flags, origins, addresses) made of it."""
    row = rows[0]
    return Told(
        claim=_iri(row["claim"]),
        proposition=_iri(row["proposition"]),
        subject=_iri(row["subject"]),
        predicate=_iri(row["predicate"]),
        object=row["object"],
        scope=tuple((name, row[name]) for name in _SCOPE if name in row),
        modality=_iri(row["modality"]),
        polarity=_iri(row["polarity"]),
        speaker=_iri(row["speaker"]),
        quotation=_iri(row["quotation"]),
        stated=_text_of(row, "stated"),
        printed=_text_of(row, "printed"),
        flags=_all(rows, "flag"),
        passage=_iri(row["passage"]),
        source=_iri(row["source"]),
        publisher=_iri(row["publisher"]) if "publisher" in row else None,
        published=_text_of(row, "published"),
        url=min((each["url"].value for each in rows if "url" in each), default=None),
        fragment=_text_of(row, "fragment"),
        words=_text_of(row, "words"),
        origins=_all(rows, "origin"),
    )


def order(told: Told) -> tuple[str, str, int, str, str]:
    """Claims in order of speaking, then of source and passage."""
    position = told.passage.value.partition("#char=")[2].partition(",")[0]
    start = int(position) if position.isdecimal() else 0
    return told.stated or told.published or "", told.source.value, start, told.words or "", told.claim.value


def _iri(term: Term) -> NamedNode:
    assert isinstance(term, NamedNode), f"{term} is no IRI"
    return term


def _text_of(row: Mapping[str, Term], name: str) -> str | None:
    return row[name].value if name in row else None


def _all(rows: Iterable[Mapping[str, Term]], name: str) -> tuple[NamedNode, ...]:
    return tuple(sorted({_iri(row[name]) for row in rows if name in row}, key=lambda node: node.value))
