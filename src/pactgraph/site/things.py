"""Pages of parties, officials, bodies, events, places, and of whatever else the graph has: what is known, and who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from pyoxigraph import NamedNode

from pactgraph.pages.page import facts
from pactgraph.site.disputes import conflicts_section, findings_section, is_finding
from pactgraph.site.markup import Html, element, escape, join
from pactgraph.site.pen import Pen, Section, folded, iri, listed, pairs, some
from pactgraph.site.telling import claims_section, facts_table
from pactgraph.vocabulary import PACT, PREFIXES, PROV, RDF, RDFS, SCHEMA, SKOS, shorten

_MANY = 12
"""As many nodes of one property as a list shows at once."""
_MOST = 3_000
"""As many as a list shows at all; each of more still leads here from its own page."""
_NAMES = (SKOS.altLabel, PACT.demonym, PACT.metonym)
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch)
_OWN = frozenset(
    (
        RDF.type,
        RDFS.label,
        SKOS.prefLabel,
        SKOS.hiddenLabel,
        SCHEMA.headline,
        SCHEMA.url,
        PACT.page,
        *_NAMES,
        *_MATCHES,
    )
)
"""What a page says in a place of its own, or only helps to find names in texts or pages of lists."""
_TOLD = frozenset(
    (
        RDF.subject,
        RDF.object,
        PACT.speaker,
        PROV.wasDerivedFrom,
        PACT.judges,
        PACT.passage,
        RDF.type,
        PACT.flag,
    )
)
"""What claims and audits lead back by: told as claims, or as findings."""


def thing_sections(pen: Pen, node: NamedNode, left_out: Collection[NamedNode] = ()) -> Iterator[Section]:
    """What is known of a node, what belongs to it but for what was told before, who says so, and what it says itself."""
    known = pen.known
    yield from known_section(pen, node)
    yield from belonging(pen, node, left_out)
    yield from disputes(pen, [node])
    yield from claims_section(pen, "What is claimed", known.about.get(node, []), "about", subject=False)
    yield from claims_section(pen, "Named in other claims", known.naming.get(node, []), "naming")
    yield from claims_section(pen, "As speaker", known.spoken.get(node, []), "says")
    yield from findings_section(pen, [node])
    yield identity(pen, node)


def known_section(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """Facts, and what the authority data says."""
    held = list(facts(pen.known.asker, node))
    if held:
        yield Section("Facts", facts_table(pen, node, held), "facts")
    rows = list(_properties(pen, node, {name for name, _ in held}))
    if rows:
        yield Section("Recorded" if held else "What is recorded", pairs(rows), "recorded")


def _properties(pen: Pen, node: NamedNode, left_out: Collection[NamedNode]) -> Iterator[tuple[str, Html]]:
    told = pen.known.nodes.get(node, {})
    for name in pen.known.by_name(told.keys() - _OWN - set(left_out)):
        yield pen.known.name(name), pen.terms(pen.known.of(node, name), "; ")


def disputes(pen: Pen, nodes: Sequence[NamedNode]) -> list[Section]:
    """The conflicts about some nodes."""
    about = {c for node in nodes for c in pen.known.bearing(node, RDF.subject) if "/id/conflict/" in c.value}
    return conflicts_section(pen, sorted(about, key=lambda c: c.value), nodes[0])


def belonging(pen: Pen, node: NamedNode, left_out: Collection[NamedNode] = ()) -> Iterator[Section]:
    """The nodes that lead here: members, offices, places within, sources of a run …"""
    found: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for name, subject in pen.known.bearers.get(node, ()):
        if name not in _TOLD and name not in left_out and not _is_claimed(pen, subject, name):
            found[name].add(subject)
    rows = [(_leading(pen, name), _some_of(pen, nodes)) for name, nodes in _in_order(pen, found)]
    if rows:
        yield Section("Related", pairs(rows), "related")


def _is_claimed(pen: Pen, subject: NamedNode, name: NamedNode) -> bool:
    """Whether a property leads from a claim, a finding or a passage, which are told otherwise."""
    parts = "/id/proposition/", "/id/side/", "/id/conflict/"
    is_part = "#" in subject.value or any(part in subject.value for part in parts)
    return is_part or is_finding(subject) or (subject in pen.known.claims and name != PROV.wasGeneratedBy)


def _in_order(pen: Pen, found: dict[NamedNode, set[NamedNode]]) -> list[tuple[NamedNode, list[NamedNode]]]:
    return [(name, pen.known.by_name(found[name])) for name in pen.known.by_name(found)]


def _leading(pen: Pen, name: NamedNode) -> str:
    return f"{pen.known.name(name)}\u00a0←"


def _some_of(pen: Pen, nodes: Sequence[NamedNode]) -> Html:
    if len(nodes) <= _MANY:
        return pen.nodes(nodes, "; ")
    if len(nodes) > _MOST:
        return escape(some(len(nodes), "node"))
    return folded(some(len(nodes), "node"), listed(map(pen.node, nodes), "columns"))


def identity(pen: Pen, node: NamedNode) -> Section:
    """By which names and IRIs a node goes, here and elsewhere."""
    other = sorted({term.value for term in pen.known.of(node, *_NAMES)})
    rows: list[tuple[str, Html | str]] = [
        ("IRI", iri(node)),
        ("kind", pen.nodes(pen.known.kinds(node))),
        ("other names", ", ".join(other)),
        ("same elsewhere", _matches(pen, node, SKOS.exactMatch)),
        ("nearly the same elsewhere", _matches(pen, node, SKOS.closeMatch)),
    ]
    return Section("Names", pairs(rows), "names")


def _matches(pen: Pen, node: NamedNode, name: NamedNode) -> Html:
    return join((pen.node(match, _elsewhere(match)) for match in pen.known.iris(node, name)), ", ")


def _elsewhere(node: NamedNode) -> str:
    """`Wikidata Q42`, or the prefixed name of what another graph has."""
    return (
        node.value.replace(PREFIXES["wd"], "Wikidata ")
        if node.value.startswith(PREFIXES["wd"])
        else shorten(node.value)
    )


def lead_of(pen: Pen, node: NamedNode) -> Html:
    """One sentence on what a page is about: how much is claimed."""
    known = pen.known
    counted = [
        f"{words} {some(len(claims), 'claim')}"
        for claims, words in (
            (known.about.get(node, []), "subject of"),
            (known.naming.get(node, []), "named in"),
            (known.spoken.get(node, []), "speaker of"),
        )
        if claims
    ]
    told = ", ".join(counted)
    return element("p", f"{told[:1].upper()}{told[1:]}.") if counted else Html()
