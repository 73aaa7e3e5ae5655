"""Pages of claims, with all that is known of who says what where, and of propositions, with who agrees."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from pactgraph.pages import Told
from pactgraph.site.disputes import findings_section, sides_of, told
from pactgraph.site.markup import Html, element, join
from pactgraph.site.pen import Pen, Section, day, iri, listed, out, pairs, some
from pactgraph.site.sources import place
from pactgraph.site.telling import claims_list, content_of, live, manner, quoted, rank, what
from pactgraph.vocabulary import PACT, PROV, RDF


def claim_sections(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """Speaker, manner, source and passage of a claim; how it fares; what is found of it."""
    claim = pen.known.claims.get(node)
    if claim is None:
        return
    yield Section("Who says so", pairs(_saying(pen, claim)), "who")
    yield Section("Where it stands", pairs(_standing(pen, claim)), "where")
    yield Section("What becomes of it", pairs(_fate(pen, claim)), "fate")
    conflicts = _conflicts(pen, node)
    if conflicts:
        yield Section("Conflicts", listed(told(pen, c) for c in conflicts), "conflicts")
    yield from findings_section(pen, [node])
    yield Section(
        "Names",
        pairs([("IRI", iri(node)), ("kind", join(map(pen.term_of, pen.known.kinds(node)), ", "))]),
        "names",
    )


def claim_lead(pen: Pen, claim: Told) -> Html:
    """Who says so where, and the words that say it."""
    tags = (element("span", word, class_="tag") for word in manner(pen, claim))
    who = join((pen.node(claim.speaker), *tags, "in", pen.node(claim.source)), " ")
    quote = [element("p", quoted(pen, claim), class_="printed")] if claim.printed or claim.words else []
    return join((element("p", who, class_="content"), *quote))


def _saying(pen: Pen, claim: Told) -> list[tuple[str, Html | str]]:
    return [
        ("about", pen.node(claim.subject)),
        ("claimed", what(pen, claim.predicate, claim.object, claim.scope)),
        ("speaker", pen.node(claim.speaker)),
        ("said or published", day(claim.stated) if claim.stated else ""),
        ("put as", pen.node(claim.modality)),
        ("polarity", pen.node(claim.polarity)),
        ("quoted", pen.node(claim.quotation)),
        ("marked", pen.nodes(claim.flags)),
        ("written down by", pen.terms(pen.known.of(claim.claim, PROV.wasGeneratedBy))),
    ]


def _standing(pen: Pen, claim: Told) -> list[tuple[str, Html | str]]:
    return [
        ("source", pen.node(claim.source)),
        ("publisher", pen.node(claim.publisher) if claim.publisher else ""),
        ("published", day(claim.published) if claim.published else ""),
        ("passage", pen.node(claim.passage, place(claim.passage))),
        ("as printed", f"“{claim.printed}”" if claim.printed else ""),
        ("on the page", out(*live(pen, claim)) if claim.url else ""),
        ("origin", pen.nodes(claim.origins)),
    ]


def _fate(pen: Pen, claim: Told) -> list[tuple[str, Html | str]]:
    return [
        (
            "proposition",
            pen.node(
                claim.proposition, f"{some(len(pen.known.making[claim.proposition]), 'claim')} of the same"
            ),
        ),
        ("ranked", rank(pen, claim.proposition)),
        ("independent origins", pen.known.text(claim.proposition, PACT.witnesses) or ""),
    ]


def _conflicts(pen: Pen, claim: NamedNode) -> list[NamedNode]:
    found = {conflict for side in sides_of(pen, claim) for conflict in pen.known.bearing(side, PACT.side)}
    return sorted(found, key=lambda node: node.value)


def proposition_sections(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """How a proposition came out, who says so, and who says otherwise."""
    known = pen.known
    rows = [
        ("ranked", rank(pen, node)),
        ("because", " ".join(map(pen.definition, known.iris(node, PACT.reason)))),
        ("independent origins", pen.terms(known.of(node, PACT.witnesses))),
        ("so by", pen.terms(known.of(node, PACT.by))),
        ("accepted from", pen.terms(known.of(node, PACT.acceptedFrom))),
        ("accepted until", pen.terms(known.of(node, PACT.acceptedUntil))),
    ]
    yield Section("How it came out", pairs(rows), "rank")
    making = known.making.get(node, [])
    yield Section(f"Who claims it ({len(making)})", claims_list(pen, making), "claims")
    against = [known.claims[c] for c in known.iris(node, PACT.dissentedBy) if c in known.claims]
    against = [claim for claim in against if claim not in making]
    if against:
        yield Section(f"Who says otherwise ({len(against)})", claims_list(pen, against), "dissent")
    yield Section("Names", pairs([("IRI", iri(node))]), "names")


def proposition_lead(pen: Pen, node: NamedNode) -> Html:
    """What the proposition says."""
    known = all(pen.known.one(node, part) for part in (RDF.subject, RDF.predicate, RDF.object))
    return element("p", content_of(pen, node), class_="content") if known else Html()
