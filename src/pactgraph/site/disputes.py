"""Pages of conflicts and of what audits find, and how other pages tell of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode

from pactgraph.graph.nodes import iris
from pactgraph.pages import Told
from pactgraph.pages.life import Voices, voices
from pactgraph.pages.told import order
from pactgraph.site.markup import Html, element, join
from pactgraph.site.pen import Pen, Section, folded, listed, pairs, some, table
from pactgraph.site.telling import claims_list, content_link, said
from pactgraph.vocabulary import DCTERMS, PACT, PROV, RDF, SKOS, expand

_SOURCE = re.compile(r"\bsource:[a-z0-9-]+")
_FEW = 4
"""Values that head a side."""
_MANY = 8
"""Conflicts, or findings of one verdict, that are told without being asked for."""


def conflict_sections(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """The rule of a conflict and its sides with their claims."""
    known = pen.known
    types = known.iris(node, PACT.conflictType)
    rows = [
        ("about", pen.terms(known.of(node, RDF.subject))),
        ("property", pen.terms(known.of(node, PACT.property))),
        ("type", pen.nodes(types)),
        ("rule", " ".join(map(pen.definition, types))),
        ("as of", pen.terms(known.of(node, PACT.evaluatedFor))),
    ]
    yield Section("What it is", pairs(rows), "what")
    told = (
        element("section", element("h3", _says(pen, side)), side_claims(pen, side), class_="side")
        for side in _sides(pen, node)
    )
    yield Section("Who stands where", element("div", *told, class_="sides"), "sides")


def _sides(pen: Pen, node: NamedNode) -> list[NamedNode]:
    """The sides, that of the most independent origins first."""
    sides = iris(pen.known.nodes.get(node, {}), PACT.side)
    return sorted(
        sides, key=lambda side: (-_heard(pen, side).origins, -_heard(pen, side).sources, side.value)
    )


def _claims_of(pen: Pen, side: NamedNode) -> list[Told]:
    """The claims of a side, in the order in which they were made."""
    claims = pen.known.iris(side, PROV.hadMember)
    return sorted((pen.known.claims[c] for c in claims if c in pen.known.claims), key=order)


def _heard(pen: Pen, side: NamedNode) -> Voices:
    return voices(_claims_of(pen, side), pen.known.witnesses)


def _says(pen: Pen, side: NamedNode) -> str:
    """What the claims of a side say, in a few words."""
    said = list(dict.fromkeys(_value(pen, claim) for claim in _claims_of(pen, side)))
    more = [f"{len(said) - _FEW} more"] if len(said) > _FEW else []
    return "; ".join([*said[:_FEW], *more]) or "One side"


def _value(pen: Pen, claim: Told) -> str:
    denied = "denied: " if claim.polarity == PACT.Denied else ""
    limits = ", ".join(pen.known.name(limit) for _, limit in claim.scope)
    return f"{denied}{pen.known.name(claim.object)}{f' ({limits})' if limits else ''}"


def side_claims(pen: Pen, side: NamedNode) -> Html:
    """The claims of one side, with from how many independent origins they come."""
    claims = _claims_of(pen, side)
    intro = (
        [element("p", some(_heard(pen, side).origins, "independent origin"), class_="dim")] if claims else []
    )
    return join((*intro, claims_list(pen, claims)))


def sides_of(pen: Pen, claim: NamedNode) -> list[NamedNode]:
    """The sides of conflicts on which a claim stands."""
    return [side for side in pen.known.bearing(claim, PROV.hadMember) if pen.known.bearing(side, PACT.side)]


def side_sections(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """The claims of a side, and the conflict it is of."""
    yield Section(
        "Of the conflict", listed(told(pen, c) for c in pen.known.bearing(node, PACT.side)), "conflict"
    )
    yield Section("Claims", side_claims(pen, node), "claims")


def told(pen: Pen, conflict: NamedNode, page: NamedNode | None = None) -> Html:
    """A conflict on one line; on the page of what it is about that goes without saying."""
    subjects, prop = pen.known.of(conflict, RDF.subject), pen.terms(pen.known.of(conflict, PACT.property))
    about = [] if subjects == [page] else [pen.terms(subjects), ", "]
    words = pen.known.text(conflict, DCTERMS.description) or pen.known.name(conflict)
    return join((*about, prop, ": ", pen.node(conflict, words)))


def title_of(pen: Pen, finding: NamedNode) -> str:
    """What a conflict or another finding is about, and what it says."""
    words = described(pen, finding)
    parts = (pen.known.one(finding, part) for part in (RDF.subject, PACT.property))
    names = (pen.known.name(part) for part in parts if part is not None)
    about = ", ".join(name for name in names if name not in words)
    return f"{about}: {words}" if about else words


def gravest(pen: Pen, conflicts: Iterable[NamedNode]) -> list[NamedNode]:
    """Conflicts in the order of their types, those of most claims first."""
    known = pen.known

    def key(node: NamedNode) -> tuple[int, int, str]:
        orders = [int(known.text(kind, PACT.order) or 0) for kind in known.iris(node, PACT.conflictType)]
        return min(orders, default=0), -len(known.of(node, PROV.wasDerivedFrom)), node.value

    return sorted(conflicts, key=key)


def excluding(pen: Pen, conflicts: Iterable[NamedNode]) -> list[NamedNode]:
    """Conflicts proper, without differences that exclude nothing."""
    return [
        c
        for c in conflicts
        if any(pen.known.text(t, PACT.excludes) == "true" for t in pen.known.iris(c, PACT.conflictType))
    ]


def conflicts_section(pen: Pen, conflicts: Sequence[NamedNode], page: NamedNode) -> list[Section]:
    """The conflicts about something, where there are any, its own before those of what belongs to it; the many and
    the differences folded."""
    grave = excluding(pen, conflicts)
    rest = [c for c in gravest(pen, conflicts) if c not in set(grave)]
    shown = sorted(gravest(pen, grave), key=lambda c: pen.known.of(c, RDF.subject) != [page])
    parts = [listed((_typed(pen, c, page) for c in shown[:_MANY]), "conflicts")] if grave else []
    if more := [_typed(pen, c, page) for c in shown[_MANY:]]:
        parts.append(folded(f"{len(more):,} more", listed(more, "conflicts")))
    if rest:
        parts.append(
            folded(
                f"{some(len(rest), 'difference')} that exclude nothing",
                listed(_typed(pen, c, page) for c in rest),
            )
        )
    return (
        [Section(f"Conflicts ({len(grave)})" if grave else "Differences", join(parts), "conflicts")]
        if parts
        else []
    )


def _typed(pen: Pen, conflict: NamedNode, page: NamedNode) -> Html:
    kinds = element("span", pen.nodes(pen.known.iris(conflict, PACT.conflictType)), class_="tag")
    return join((kinds, " ", told(pen, conflict, page)))


def finding_sections(pen: Pen, node: NamedNode) -> Iterator[Section]:
    """The verdict of an audit, and the claims that it judges or rests on."""
    known = pen.known
    verdicts = known.iris(node, PACT.verdict)
    rows = [
        ("verdict", pen.nodes(verdicts)),
        ("which means", " ".join(map(pen.definition, verdicts))),
        ("about", pen.terms(known.of(node, RDF.subject))),
        ("missing", pen.terms(known.of(node, PACT.missing))),
        ("came about on", pen.terms(known.of(node, PACT.cameAboutOn))),
        ("as of", pen.terms(known.of(node, PACT.evaluatedFor))),
    ]
    yield Section("Verdict", pairs(rows), "verdict")
    for heading, name in (("Judged", PACT.judges), ("Evidence", PROV.wasDerivedFrom)):
        found = [
            n for n in known.iris(node, name) if name == PACT.judges or n not in known.iris(node, PACT.judges)
        ]
        if found:
            yield Section(heading, listed(_evidence(pen, each) for each in found), heading.lower())


def _evidence(pen: Pen, node: NamedNode) -> Html:
    if claim := pen.known.claims.get(node):
        return said(pen, claim)
    return content_link(pen, node) if PACT.Proposition in pen.known.kinds(node) else pen.node(node)


def findings_section(pen: Pen, nodes: Iterable[NamedNode]) -> list[Section]:
    """What audits find of something, by verdict."""
    known = pen.known
    found = {f for n in nodes for name, f in known.bearers.get(n, ()) if name in (PACT.judges, RDF.subject)}
    verdicts = by_verdict(pen, (f for f in found if is_finding(f)))
    return [Section("Audits", _verdicts(pen, verdicts), "audits")] if verdicts else []


def is_finding(node: NamedNode) -> bool:
    """Whether a node is what an audit finds."""
    return "/id/finding/" in node.value


Verdicts = dict[NamedNode, list[NamedNode]]


def by_verdict(pen: Pen, findings: Iterable[NamedNode]) -> Verdicts:
    """Findings by their verdicts, in the order of the ontology."""
    found: Verdicts = defaultdict(list)
    for finding in findings:
        for verdict in iris(pen.known.nodes.get(finding, {}), PACT.verdict):
            found[verdict].append(finding)
    order = sorted(
        found,
        key=lambda v: (
            str(pen.known.iris(v, SKOS.inScheme)),
            int(pen.known.text(v, PACT.order) or 0),
            v.value,
        ),
    )
    return {verdict: sorted(found[verdict], key=lambda f: (described(pen, f), f.value)) for verdict in order}


def described(pen: Pen, finding: NamedNode) -> str:
    """What a finding says, with sources by their titles where it has them by their short names."""
    words = pen.known.text(finding, DCTERMS.description) or pen.known.name(finding)
    return _SOURCE.sub(lambda short: pen.known.name(NamedNode(expand(short[0]) or short[0])), words)


def _verdicts(pen: Pen, verdicts: Verdicts) -> Html:
    return join(_of_verdict(pen, *each) for each in verdicts.items())


def _of_verdict(pen: Pen, verdict: NamedNode, findings: Sequence[NamedNode]) -> Html:
    name = pen.known.name(verdict)
    shown = listed(pen.node(f, described(pen, f)) for f in findings)
    if len(findings) > _MANY:
        return folded(f"{name}: {len(findings):,}", shown)
    return join((element("h3", name), shown))


def verdict_table(pen: Pen, verdicts: Verdicts, caption: str) -> Html:
    """How many findings each verdict has, with what it means."""
    rows = ((pen.node(v), f"{len(found):,}", pen.definition(v)) for v, found in verdicts.items())
    return table(("verdict", "findings", "means"), rows, caption)
