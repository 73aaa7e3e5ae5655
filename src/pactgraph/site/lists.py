"""The lists: one page for each kind of thing, and one with all names from A to Z."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from pactgraph.pages import Told, listing
from pactgraph.pages.cells import Row
from pactgraph.pages.names import fold
from pactgraph.site.disputes import by_verdict, described, excluding, gravest, told, verdict_table
from pactgraph.site.frame import Sheet
from pactgraph.site.known import Known
from pactgraph.site.markup import Html, element, join
from pactgraph.site.pacts import pacts_table
from pactgraph.site.pen import Pen, Section, folded, listed, some, table
from pactgraph.site.sources import sources_table
from pactgraph.site.telling import content_link, said, sentence, what
from pactgraph.vocabulary import PACT, RDF

TITLES: Mapping[str, str] = {
    "agent": "Who read",
    "body": "Bodies",
    "claim": "Claims",
    "conflict": "Conflicts",
    "event": "Events",
    "finding": "Audits",
    "graph": "Named graphs",
    "group": "Groups of pacts",
    "measure": "Measures",
    "office": "Offices",
    "official": "Officials",
    "origin": "Origins",
    "pact": "Pacts",
    "party": "Parties",
    "person": "People",
    "place": "Places",
    "proposition": "Propositions",
    "publisher": "Publishers",
    "run": "Readings",
    "side": "Sides of conflicts",
    "source": "Sources",
    "tenure": "Tenures",
    "unit": "Units",
    "value": "Values",
}
_LISTED = {
    "party": ("parties", ("party", "stage", "pacts", "claims")),
    "official": ("officials", ("official", "offices", "parties", "claims", "origins")),
    "event": ("events", ("event", "kind", "held", "place", "claims")),
}
"""Kinds that have a table of their own: the list, and its columns."""
_UNNAMED = frozenset({"claim", "conflict", "finding", "graph", "proposition", "side", "tenure", "value"})
"""Kinds whose members have no names."""
_MOST = 3_000
"""As many nodes without names as one page lists; more are told where they belong, and in the sitemap."""


def list_sheets(known: Known) -> Iterator[Sheet]:
    """The list of each kind, and the names from A to Z."""
    for kind, nodes in known.by_kind.items():
        pen = Pen(known, f"id/{kind}/index")
        body, lead = _bodies(pen, kind, nodes), f"{some(len(nodes), kind)}."
        yield Sheet(pen.document, TITLES.get(kind, kind.capitalize()), "", lead, body, data=False)
    yield names_sheet(known)


def _bodies(pen: Pen, kind: str, nodes: Sequence[NamedNode]) -> Sequence[Section]:
    match kind:
        case "pact":
            return [Section("In the order of signing", pacts_table(pen, pen.known.rows, "Pacts"), "list")]
        case "source":
            return [Section("The newest first", sources_table(pen, nodes, "Sources"), "list")]
        case "conflict":
            return list(conflict_list(pen, nodes))
        case "finding":
            return list(_audits(pen, nodes))
        case "claim":
            return [_by_subject(pen)]
        case "proposition":
            return [_propositions(pen, nodes)]
    if kind in _LISTED:
        return [Section("All", _table(pen, kind), "list")]
    if kind in _UNNAMED and len(nodes) > _MOST:
        return [Section(f"The first {_MOST:,}", listed(map(pen.node, nodes[:_MOST]), "columns"), "list")]
    return [Section("All", listed(map(pen.node, nodes), "columns"), "list")]


def _table(pen: Pen, kind: str) -> Html:
    name, columns = _LISTED[kind]
    rows = listing(pen.known.store, name, pen.known.names).rows
    return table(columns, (_cells(pen, row, columns) for row in rows), TITLES[kind], kind)


def _cells(pen: Pen, row: Row, columns: Sequence[str]) -> list[Html]:
    first = pen.node(NamedNode(str(row["iri"])))
    return [first, *(pen.cell("" if row[name] == 0 else row[name]) for name in columns[1:])]


def conflict_list(pen: Pen, nodes: Sequence[NamedNode]) -> Iterator[Section]:
    """Conflicts by type, the gravest first; differences that exclude nothing at the end."""
    grave = set(excluding(pen, nodes))
    found: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for node in gravest(pen, nodes):
        for kind in pen.known.iris(node, PACT.conflictType):
            found[kind].append(node)
    for kind in sorted(found, key=lambda kind: not grave.issuperset(found[kind])):
        rule = element("p", pen.definition(kind))
        body = join((rule, listed(told(pen, node) for node in found[kind])))
        yield Section(f"{pen.known.name(kind).capitalize()} ({len(found[kind])})", body)


def _audits(pen: Pen, nodes: Sequence[NamedNode]) -> Iterator[Section]:
    verdicts = by_verdict(pen, nodes)
    yield Section("In numbers", verdict_table(pen, verdicts, "Verdicts"), "numbers")
    for verdict, found in verdicts.items():
        shown = listed(pen.node(node, described(pen, node)) for node in found)
        body = folded(some(len(found), "finding"), shown) if len(found) > 30 else shown
        yield Section(pen.known.name(verdict).capitalize(), body)


def _by_subject(pen: Pen) -> Section:
    """Claims under what they are about."""
    about = pen.known.about
    subjects = pen.known.by_name(node for node in about if isinstance(node, NamedNode))
    return Section("By what they are about", join(_claims_of(pen, node, about[node]) for node in subjects))


def _claims_of(pen: Pen, subject: NamedNode, claims: Sequence[Told]) -> Html:
    page = element("p", "All of it: ", pen.node(subject), class_="more")
    if len(pen.known.claims) > _MOST:
        return element("p", pen.node(subject), f" ({len(claims):,})")
    told = (join((what(pen, c.predicate, c.object, c.scope), " – ", said(pen, c))) for c in claims)
    return folded(f"{pen.known.name(subject)} ({len(claims):,})", join((page, listed(told))))


def _propositions(pen: Pen, nodes: Sequence[NamedNode]) -> Section:
    """Propositions under what they are about."""
    about: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for node in nodes:
        for subject in pen.known.iris(node, RDF.subject):
            about[subject].append(node)
    if len(nodes) > _MOST:
        counted = (join((pen.node(s), f" ({len(about[s]):,})")) for s in pen.known.by_name(about))
        return Section("By what they are about", listed(counted, "columns"))
    told = (
        folded(f"{pen.known.name(subject)} ({len(found):,})", listed(content_link(pen, n) for n in found))
        for subject in pen.known.by_name(about)
        for found in [sorted(about[subject], key=lambda n: (sentence(pen, n), n.value))]
    )
    return Section("By what they are about", join(told))


def names_sheet(known: Known) -> Sheet:
    """All that has a name, from A to Z: the way to find things without a script."""
    pen = Pen(known, "names")
    found: dict[str, list[NamedNode]] = defaultdict(list)
    for node in named_nodes(known):
        found[initial(known.name(node))].append(node)
    letters = sorted(found)
    ways = element(
        "p",
        join((element("a", letter, href=f"#{_anchor(letter)}") for letter in letters), " "),
        class_="letters",
    )
    sections = [
        Section(letter, listed((_entry(pen, node) for node in found[letter]), "columns"), _anchor(letter))
        for letter in letters
    ]
    return Sheet(pen.document, "Names from A to Z", "", ways, sections, data=False)


def _entry(pen: Pen, node: NamedNode) -> Html:
    kind = node.value.split("/")[-2]
    return join((pen.node(node), element("span", f" {kind}", class_="dim")))


def _anchor(letter: str) -> str:
    return f"at-{ord(letter):x}"


def initial(name: str) -> str:
    """The letter under which a name stands; digits and signs stand under #."""
    first = unicodedata.normalize("NFKD", fold(name) or "#")[:1].upper()
    return first if first.isalpha() else "#"


def named_nodes(known: Known) -> list[NamedNode]:
    """All nodes that have a name, by name."""
    kinds = (nodes for kind, nodes in known.by_kind.items() if kind not in _UNNAMED)
    return known.by_name(node for nodes in kinds for node in nodes)
