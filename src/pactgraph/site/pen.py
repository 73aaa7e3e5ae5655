"""Writes nodes, values and tables on one page: links are relative to it, and text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse, say
from pactgraph.pages.cells import Cell, Several, Sum, Thing, When
from pactgraph.site.addresses import SHAPES, TERMS, document_of, fragment_of, is_web, relative, with_fragment
from pactgraph.site.known import Known
from pactgraph.site.markup import Html, element, escape, join
from pactgraph.vocabulary import EDTF, ONTOLOGY, SKOS, XSD, shorten

Cells = Sequence[Html | str]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page, with its heading and, for links from above, its name."""

    heading: str
    body: Html
    name: str = ""

    def html(self) -> Html:
        heading = element("h2", self.heading, id=self.name or None)
        return element("section", heading, "\n", self.body, "\n")


class Pen:
    """Writes on the page of a document of the site."""

    def __init__(self, known: Known, document: str) -> None:
        self.known, self.document = known, document

    def to(self, target: str) -> str:
        """The link to a file of the site."""
        return relative(target, self.document)

    def address(self, node: NamedNode) -> str | None:
        """The link to where a node is described; None where that is neither on the site nor on the web."""
        document = document_of(node.value)
        if document in self.known.documents or document in (TERMS, SHAPES):
            return with_fragment(self.to(f"{document}.html"), fragment_of(node.value))
        return node.value if document is None and is_web(node.value) else None

    def node(self, node: NamedNode, words: str | None = None, **attributes: str) -> Html:
        """A node under its name, linked to where it is described."""
        said = self.known.name(node) if words is None else words
        address = self.address(node)
        if address is None:
            return escape(said)
        rel = "external" if is_web(address) else None
        return element("a", said, href=address, rel=rel, **attributes)

    def term_of(self, term: NamedNode) -> Html:
        """A term of the ontology by its label, one of another vocabulary by its prefixed name."""
        return self.node(term, None if term.value.startswith(ONTOLOGY) else shorten(term.value))

    def nodes(self, nodes: Iterable[NamedNode], separator: str = ", ") -> Html:
        """Several nodes."""
        return join((self.node(node) for node in nodes), separator)

    def term(self, term: Term) -> Html:
        """A node or a value."""
        if isinstance(term, NamedNode):
            return self.node(term)
        if term.datatype == EDTF or (term.datatype == XSD.date and _is_day(term.value)):
            return day(term.value)
        language = term.language if term.language and not term.language.startswith("en") else None
        return element("span", term.value, lang=language) if language else escape(self.known.name(term))

    def terms(self, terms: Iterable[Term], separator: str = ", ") -> Html:
        """Several nodes or values."""
        return join(map(self.term, terms), separator)

    def cell(self, cell: Cell, *, brief: bool = False) -> Html:
        """What stands in a cell of a listing."""
        match cell:
            case Thing():
                return self.node(cell.node, cell.name)
            case When():
                return day(cell.edtf, cell.words) if cell.edtf else escape(cell.words)
            case Sum():
                return escape(cell.words)
            case Several():
                shown = cell.brief if brief and cell.brief is not None else cell.cells
                return join((self.cell(each) for each in shown), cell.separator)
        return escape(str(cell))

    def definition(self, node: NamedNode) -> str:
        """What the ontology says that a node means."""
        return " ".join(term.value for term in self.known.of(node, SKOS.definition))


def out(address: str | None, words: str, **attributes: str | None) -> Html:
    """A link to a page elsewhere, or words where there is none that can be linked to."""
    if not address or not is_web(address):
        return escape(words)
    return element("a", words, href=address, rel="external nofollow noopener", **attributes)


def day(edtf: str, words: str | None = None) -> Html:
    """A date in words; a program reads the day, month or year, where it is one."""
    said = words or say(parse(edtf))
    return element("time", said, datetime=edtf) if is_plain(edtf) else escape(said)


def is_plain(edtf: str) -> bool:
    """Whether a date is one day, month or year, and no season."""
    return len(edtf) in (4, 7, 10) and edtf.replace("-", "").isdecimal() and edtf[5:6] in ("", "0", "1")


def _is_day(text: str) -> bool:
    """Whether a date is a day of the calendar; one with a time zone is written as it is."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def iri(node: NamedNode) -> Html:
    """An IRI, to be copied."""
    return element("code", node.value, class_="iri")


def short(node: NamedNode) -> Html:
    """The prefixed name of a node."""
    return element("code", shorten(node.value))


def pairs(rows: Iterable[tuple[str, Html | str]]) -> Html:
    """Names and values, without those that have none."""
    said = [(name, value) for name, value in rows if value]
    return element(
        "dl", *(element("div", element("dt", name), element("dd", value), "\n") for name, value in said)
    )


def listed(items: Iterable[Html | str], style: str | None = None) -> Html:
    """A list."""
    return element("ul", *(join((element("li", each), "\n")) for each in items), class_=style)


def table(columns: Sequence[str], rows: Iterable[Cells], caption: str, style: str = "") -> Html:
    """A table whose first cell names the row; on a narrow page a row is a card, and each cell says its column.

    Roles are written out, since a table that is shown as blocks loses those that it has by itself.
    """
    head = (element("th", name, scope="col", role="columnheader") for name in columns)
    body = (join((_row(columns, row), "\n")) for row in rows)
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *head, role="row"), role="rowgroup"),
        "\n",
        element("tbody", *body, role="rowgroup"),
        class_=f"fold {style}".strip(),
        role="table",
    )


def _row(columns: Sequence[str], cells: Cells) -> Html:
    first, *others = cells
    named = zip(columns[1:], others, strict=True)
    return element(
        "tr",
        element("th", first, scope="row", role="rowheader"),
        *(
            element("td", cell, data_label=name or None, role="cell", class_=None if cell else "none")
            for name, cell in named
        ),
        role="row",
    )


def folded(summary: str, body: Html, *, open_: bool = False) -> Html:
    """What is shown when it is asked for, without a script."""
    return element("details", element("summary", summary), "\n", body, open=open_)


def some(number: int, word: str) -> str:
    """`1 claim`, `2,000 claims`."""
    plural = word if number == 1 else f"{word[:-1]}ies" if word.endswith("ty") else f"{word}s"
    return f"{number:,} {plural}"
