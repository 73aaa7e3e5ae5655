"""Pages of sources, with the claims of each passage, and of those who publish them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.pages import Told
from pactgraph.pages.told import order
from pactgraph.site.addresses import fragment_of
from pactgraph.site.disputes import findings_section
from pactgraph.site.markup import Html, element, join
from pactgraph.site.pen import Pen, Section, listed, out, pairs, some, table
from pactgraph.site.telling import live, manner, quoted, what
from pactgraph.site.things import identity, thing_sections
from pactgraph.vocabulary import PACT, SCHEMA


def source_sections(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """Who published it and when, and each passage with its claims."""
    yield Section("Publication", pairs(_publication(pen, node)), "publication")
    claims = sorted(pen.known.within.get(node, []), key=_place)
    passages = [list(group) for _, group in groupby(claims, key=lambda claim: claim.passage)]
    if passages:
        body = element("ol", *(_passage(pen, told) for told in passages), class_="passages")
        yield Section(f"Passages ({len(passages)})", body, "passages")
    yield from findings_section(pen, [node])
    yield identity(pen, node)


def _publication(pen: Pen, node: NamedNode) -> list[tuple[str, Html | str]]:
    known = pen.known
    told = (PACT.dateBasis, PACT.origin, SCHEMA.author, SCHEMA.inLanguage, PACT.independentOf)
    address = known.one(node, SCHEMA.url)
    return [
        ("publisher", pen.terms(known.of(node, SCHEMA.publisher))),
        ("published", pen.terms(known.of(node, SCHEMA.datePublished))),
        *((known.name(name), pen.terms(known.of(node, name))) for name in told),
        ("address", out(address.value, address.value, class_="iri") if address else ""),
        (
            "digest of the text",
            element("code", known.text(node, SCHEMA.sha256) or "") if known.text(node, SCHEMA.sha256) else "",
        ),
    ]


def _place(claim: Told) -> tuple[int, str, tuple[object, ...]]:
    position = fragment_of(claim.passage.value).removeprefix("char=").partition(",")[0]
    known = int(position) if position.isdecimal() else 10**9
    return known, claim.passage.value, order(claim)


def _passage(pen: Pen, claims: Sequence[Told]) -> Html:
    """A passage, which is where its IRI leads, with what is claimed there."""
    first = claims[0]
    where = out(*live(pen, first)) if first.url else Html()
    place = element("p", element("code", fragment_of(first.passage.value)), " · ", where, class_="where")
    told = listed(join((_claim(pen, claim), "")) for claim in claims)
    return element("li", place, told, "\n", id=fragment_of(first.passage.value))


def _claim(pen: Pen, claim: Told) -> Html:
    content = join((pen.node(claim.subject), ", ", what(pen, claim.predicate, claim.object, claim.scope)))
    tags = [element("span", word, class_="tag") for word in manner(pen, claim)]
    said = element("span", "said by ", pen.node(claim.speaker), class_="dim")
    quote = [quoted(pen, claim)] if claim.printed or claim.words else []
    return join((join((content, *tags), " "), said, *quote, pen.node(claim.claim, class_="name")), " · ")


def publisher_sections(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """The sources of a publisher, or those that share an origin; then as of anything else."""
    sources = [n for n in pen.known.bearing(node, SCHEMA.publisher, PACT.origin) if n in pen.known.within]
    if sources:
        yield Section(
            f"Sources ({len(sources)})", sources_table(pen, sources, "Sources, the newest first"), "sources"
        )
    yield from (part for part in thing_sections(pen, node))


def sources_table(pen: Pen, sources: Sequence[NamedNode], caption: str) -> Html:
    """Sources with day, publisher and number of claims, the newest first."""
    rows = ([pen.node(s), *_cells(pen, s)] for s in newest(pen, sources))
    return table(("source", "published", "publisher", "claims"), rows, caption, "sources")


def newest(pen: Pen, sources: Sequence[NamedNode]) -> list[NamedNode]:
    """Sources by the day of publication, the newest first."""
    named = sorted(sources, key=lambda node: (pen.known.name(node), node.value))
    return sorted(named, key=lambda node: pen.known.text(node, SCHEMA.datePublished) or "", reverse=True)


def _cells(pen: Pen, source: NamedNode) -> list[Html | str]:
    known: list[Sequence[Term]] = [pen.known.of(source, p) for p in (SCHEMA.datePublished, SCHEMA.publisher)]
    claims = len(pen.known.within.get(source, []))
    return [*map(pen.terms, known), f"{claims:,}" if claims else ""]


def source_lead(pen: Pen, node: NamedNode) -> Html:
    """What it is, and how much it says."""
    claims = pen.known.within.get(node, [])
    passages = len({claim.passage for claim in claims})
    return element("p", f"{some(len(claims), 'claim')} at {some(passages, 'passage')}.")
