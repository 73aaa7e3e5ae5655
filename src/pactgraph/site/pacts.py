"""Pages of pacts and of groups of pacts: what is agreed, who says so, and its life in time order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode

from pactgraph.pages.cells import Cell, Row
from pactgraph.site.brief import brief_section, dissent_section, near
from pactgraph.site.disputes import findings_section
from pactgraph.site.markup import Html, element
from pactgraph.site.pen import Pen, Section, some, table
from pactgraph.site.telling import claims_section, facts_table, life_table
from pactgraph.site.things import identity, known_section, thing_sections
from pactgraph.vocabulary import PACT

_TIES = (PACT.party, PACT.concludedBy, PACT.declaredBy, PACT.signedBy)
"""By which properties a pact leads to its parties and to those who signed it."""
COLUMNS = ("pact", "stage", "signed", "place", "signatories", "origins", "conflicts")


def pact_sections(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """What is agreed, conflicts, life, claims that name it, audits."""
    page = pen.known.page(node)
    if page.row:
        yield brief_section(pen, page, page.row)
    if page.members:
        yield Section(
            f"Pacts ({len(page.members)})", pacts_table(pen, page.members, "Pacts of the group"), "pacts"
        )
    yield from dissent_section(pen, page)
    if page.facts:
        yield Section("Facts", facts_table(pen, node, page.facts), "facts")
    if page.life:
        yield Section("Its life", life_table(pen, page.life, node, "In time order, with who says so"), "life")
    naming = [claim for claim in pen.known.naming.get(node, []) if claim.subject not in near(page)]
    yield from claims_section(pen, "Named in other claims", naming, "naming")
    yield from (part for part in known_section(pen, node) if part.name == "recorded")
    yield from findings_section(pen, [node, *near(page)])
    yield identity(pen, node)


def party_sections(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """The pacts of a party, or those that an official signed; then as of anything else."""
    known = pen.known
    places = sorted(known.places[pact] for pact in known.bearing(node, *_TIES) if pact in known.places)
    rows = [known.rows[place] for place in places]
    if rows:
        yield Section(f"Pacts ({len(rows)})", pacts_table(pen, rows, "In the order of signing"), "pacts")
    yield from thing_sections(pen, node, left_out=_TIES if rows else ())


def pact_lead(pen: Pen, node: NamedNode) -> Html:
    """How much is claimed, and by how many."""
    row = pen.known.page(node).row
    if row is None:
        return Html()
    claims, sources, origins = (_number(row[name]) for name in ("claims", "sources", "origins"))
    words = (
        f"{some(claims, 'claim')} in {some(sources, 'source')}, from {some(origins, 'independent origin')}."
    )
    return element("p", words)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def pacts_table(pen: Pen, rows: Sequence[Row], caption: str) -> Html:
    """Pacts as in their list, each linked."""
    return table(COLUMNS, ([_named(pen, row), *_cells(pen, row)] for row in rows), caption, "pacts")


def _named(pen: Pen, row: Row) -> Html:
    return pen.node(NamedNode(str(row["iri"])))


def _cells(pen: Pen, row: Row) -> list[Html]:
    return [pen.cell("" if row[name] == 0 else row[name], brief=True) for name in COLUMNS[1:]]
