"""Pages of sources, with the claims of each passage, and of those who publish them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import groupby

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.pages import Told
from pactgraph.pages.told import order
from pactgraph.site.addresses import fragment_of
from pactgraph.site.disputes import findings_section
from pactgraph.site.markup import Html, element, escape, join
from pactgraph.site.pen import Pen, Section, listed, out, pairs, some, table
from pactgraph.site.telling import live, manner, quoted, what
from pactgraph.site.things import identity, thing_sections
from pactgraph.vocabulary import OA, PACT, SCHEMA


def source_sections(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """Who published it and when, and each passage with its claims."""
    yield Section("Publication", pairs(_publication(pen, node)), "publication")
    claims = sorted(pen.known.within.get(node, []), key=_place)
    passages = [list(group) for _, group in groupby(claims, key=lambda claim: claim.passage)]
    if passages:
        body = element("ol", *(_passage(pen, told) for told in passages), class_="passages")
        yield Section(f"Passages ({len(passages)})", body, "passages")
    yield from _others(pen, {claim.passage for claim in claims})
    yield from findings_section(pen, [node])
    yield identity(pen, node)


def _others(pen: Pen, told: Set[NamedNode]) -> Iterator[Section]:
    """The passages where nothing is claimed, but to which claims point."""
    known = pen.known.documents[pen.document]
    others = [n for n in known if OA.SpecificResource in pen.known.kinds(n) and n not in told]
    if others:
        items = (_pointed_at(pen, passage) for passage in sorted(others, key=_start))
        body = element("ol", *items, class_="passages")
        yield Section(f"Other passages that claims point at ({len(others)})", body, "others")


def _pointed_at(pen: Pen, passage: NamedNode) -> Html:
    leading = pen.known.bearers.get(passage, ())
    claims = ([escape(f"{pen.known.name(name)}\u00a0← "), pen.node(claim)] for name, claim in leading)
    return element("li", _place_of(pen, passage), listed(map(join, claims)), id=fragment_of(passage.value))


def _place_of(pen: Pen, passage: NamedNode, *more: Html) -> Html:
    """Where a passage stands, which is also where the IRIs of its selectors lead."""
    selectors = (fragment_of(n.value) for n in pen.known.iris(passage, OA.hasSelector))
    anchors = (element("span", id=name) for name in selectors if name)
    return element("p", *anchors, join((place(passage), *more), " · "), class_="where")


def place(passage: NamedNode) -> str:
    """Where a passage stands, in words: which characters of the text, or that only words are known of it."""
    kind, _, at = fragment_of(passage.value).partition("=")
    numbers = at.split(",")
    if len(numbers) == 2 and all(map(str.isdecimal, numbers)):
        return f"characters {int(numbers[0]):,}–{int(numbers[1]):,}"
    return "found by its words" if kind == "words" else fragment_of(passage.value)


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


def _place(claim: Told) -> tuple[tuple[int, str], tuple[object, ...]]:
    return _start(claim.passage), order(claim)


def _start(passage: NamedNode) -> tuple[int, str]:
    position = fragment_of(passage.value).removeprefix("char=").partition(",")[0]
    return int(position) if position.isdecimal() else 10**9, passage.value


def _passage(pen: Pen, claims: Sequence[Told]) -> Html:
    """A passage, which is where its IRI leads, with what is claimed there."""
    first = claims[0]
    where = out(*live(pen, first)) if first.url else Html()
    told = listed(_claim(pen, claim) for claim in claims)
    stands = _place_of(pen, first.passage, *([where] if where else []))
    return element("li", stands, told, "\n", id=fragment_of(first.passage.value))


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
