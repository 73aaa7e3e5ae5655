"""A pact in short: what is most asked of it, who says so and since when, and who says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.pages import Page, Told
from pactgraph.pages.cells import Cell, Row, Several, Thing
from pactgraph.pages.life import Line, voices
from pactgraph.site.disputes import sides_of
from pactgraph.site.markup import Html, element, join
from pactgraph.site.pen import Pen, Section, day, listed, some, table
from pactgraph.site.telling import tag, what
from pactgraph.site.things import disputes
from pactgraph.vocabulary import PACT

_ROWS: Mapping[str, tuple[NamedNode, ...]] = {
    "parties": (),
    "stage": (PACT.reachedStage,),
    "signed": (PACT.signedOn, PACT.adoptedOn),
    "place": (PACT.signedIn, PACT.adoptedIn, PACT.signedAt, PACT.adoptedAt),
    "signatories": (PACT.signedBy,),
    "expected": (PACT.expectedSigning,),
    "term": (PACT.term, PACT.validDuring, PACT.validUntil),
    "amounts": (PACT.amount,),
}
"""The columns of the list of pacts, and by which properties each of them is claimed."""
_NONE = "none told as a fact"


def brief_section(pen: Pen, page: Page, row: Row) -> Section:
    """What is most asked of a pact, each value with who says so."""
    rows = [_row(pen, page, name, row[name] or (_NONE if name == "stage" else "")) for name in _ROWS]
    shown = (cells for cells in rows if cells[1])
    return Section("In short", table(("what", "value", "who says so"), shown, "In short", "short"), "short")


def dissent_section(pen: Pen, page: Page) -> list[Section]:
    """Who says otherwise: the conflicts about a pact, its rounds and votes, and the denials that no conflict tells of."""
    told = disputes(pen, [page.node, *near(page)])
    denials = list(_denials(pen, page))
    if not denials:
        return told
    body = join((listed(denials, "conflicts"), *(section.body for section in told)))
    return [Section("Who says otherwise", body, "conflicts")]


def near(page: Page) -> list[NamedNode]:
    """The rounds and votes on a pact, and the pacts of a group, that its life tells of."""
    found = {line.subject for line in page.life} - {page.node}
    return sorted(found, key=lambda node: node.value)


def _row(pen: Pen, page: Page, name: str, cell: Cell) -> tuple[str, Html, Html]:
    claims = [claim for line in _lines(pen, page, name, cell) for claim in line.affirming]
    return name, pen.cell(cell), _who(pen, claims) if claims else Html()


def _lines(pen: Pen, page: Page, name: str, cell: Cell) -> Iterator[Line]:
    """The lines of the life of a pact that say what stands in a cell."""
    named = (
        {each.node for each in cell.cells if isinstance(each, Thing)} if isinstance(cell, Several) else set()
    )
    for line in page.life:
        if line.subject == page.node and (line.modality is None or name == "expected"):
            if name == "stage":
                yield from [line] * (str(cell) in _stages(pen, line))
            elif line.predicate in _ROWS[name] and (not named or line.object in named):
                yield line


def _stages(pen: Pen, line: Line) -> set[str]:
    """The stages that a line tells of, or that what it tells of implies."""
    implied: Iterable[Term] = pen.known.of(line.predicate, PACT.impliesStage)
    return set(map(pen.known.name, [line.object] if line.predicate == PACT.reachedStage else implied))


def _who(pen: Pen, claims: Sequence[Told]) -> Html:
    """From how many origins claims come, and which of them was the first to be published."""
    first = min(claims, key=lambda claim: (claim.known or date.max, claim.published or "", claim.claim.value))
    found = voices(claims, pen.known.witnesses)
    told = some(found.origins, "independent origin") if len(claims) > 1 else "1 claim"
    return join((told, ", the first " if len(claims) > 1 else ": ", _voice(pen, first)))


def _voice(pen: Pen, claim: Told) -> Html:
    """Who makes a claim and since when it is known, linked to the claim."""
    published = day(claim.published) if claim.published else "undated"
    return element("a", pen.known.name(claim.speaker), ", ", published, href=pen.address(claim.claim))


def _denials(pen: Pen, page: Page) -> Iterator[Html]:
    for line in page.life:
        denying = [claim for claim in line.denying if not any(sides_of(pen, claim.claim))]
        if denying:
            yield _denial(pen, page.node, line, denying)


def _denial(pen: Pen, pact: NamedNode, line: Line, denying: Sequence[Told]) -> Html:
    subject = [pen.node(line.subject), ", "] if line.subject != pact else []
    said = what(pen, line.predicate, line.object, line.scope)
    who = join((_voice(pen, claim) for claim in denying), "; ")
    return join((*subject, said, " ", tag("denied"), " by ", who))
