"""How claims are told: who says what, in which source, with the link that opens the page at the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import say
from pactgraph.pages import Told
from pactgraph.pages.life import Line, voices
from pactgraph.site.markup import Html, element, escape, join
from pactgraph.site.pen import Pen, Section, day, folded, is_plain, listed, out, some, table
from pactgraph.vocabulary import PACT, RDF, SCHEMA

_FEW = 3
"""Claims that are told without being asked for."""


def said(pen: Pen, claim: Told) -> Html:
    """A claim on one line: speaker, manner, source, the words as printed, and its page."""
    source = _source(pen, claim)
    parts = [join((_speaker(pen, claim), *(tag(word) for word in manner(pen, claim))), " "), source]
    printed = [quoted(pen, claim)] if claim.printed or claim.words else []
    return join((*parts, *printed, pen.node(claim.claim, class_="name")), " · ")


def quoted(pen: Pen, claim: Told) -> Html:
    """The words as printed, or the words that place them, linked to the sentence."""
    address, opens = live(pen, claim)
    return out(address, f"“{claim.printed or claim.words}”", title=opens)


def live(pen: Pen, claim: Told) -> tuple[str | None, str]:
    """The address on the live page of where a claim stands, and what it opens.

    A text fragment that was held against the text and leads elsewhere is left out.
    """
    proved = pen.known.proved.get(claim.passage)
    if claim.words:
        return claim.link, "Open the page where these words first stand"
    if claim.fragment and proved is not False:
        return claim.link, f"Open the page at the sentence{', proved to be the only one' if proved else ''}"
    return claim.url, "Open the page"


def manner(pen: Pen, claim: Told) -> list[str]:
    """How a claim is put, where it is not plainly affirmed."""
    words = [] if claim.modality == PACT.Factual else [pen.known.name(claim.modality)]
    return [*words, *(["denied"] if claim.polarity == PACT.Denied else [])]


def sentence(pen: Pen, node: NamedNode) -> str:
    """What a claim or a proposition says, as plain words."""
    known = pen.known
    parts = [known.one(node, part) for part in (RDF.subject, RDF.predicate, RDF.object)]
    about, name, value = ("" if part is None else known.name(part) for part in parts)
    return f"{about}: {name} {value}" if all(parts) else known.name(node)


def what(pen: Pen, predicate: NamedNode, value: Term, scope: Iterable[tuple[str, Term]] = ()) -> Html:
    """What is claimed of something: the property, the value and what limits it."""
    limits = [join((_limiting(name, limit), pen.term(limit))) for name, limit in scope]
    within = join((" (", join(limits, "; "), ")")) if limits else Html()
    return join((pen.node(predicate), ": ", element("strong", pen.term(value)), within))


def _limiting(name: str, limit: Term) -> str:
    """The word before what limits a claim; times such as `by May 2024` have one already."""
    if name != "on":
        return {"condition": "if ", "howMany": "number: "}[name]
    return {4: "in ", 7: "in ", 10: "on "}.get(len(limit.value), "") if is_plain(limit.value) else ""


def claims_list(pen: Pen, claims: Iterable[Told]) -> Html:
    """Claims of one proposition, each with who says so."""
    return listed((said(pen, claim) for claim in claims), "claims")


def life_table(pen: Pen, lines: Sequence[Line], about: NamedNode, caption: str) -> Html:
    """The life of a pact: when, what, and who says so."""
    rows = ((_when(line), _told(pen, line, about), _who(pen, line)) for line in lines)
    return table(("when", "what", "who says so"), rows, caption, "life")


def _when(line: Line) -> Html:
    if line.when is None:
        return escape("undated")
    words = day(str(line.when), say(line.when))
    return join(("said ", words)) if line.voiced else words


def _told(pen: Pen, line: Line, about: NamedNode) -> Html:
    subject = [pen.node(line.subject), ", "] if line.subject != about else []
    known = [tag(pen.known.name(line.modality))] if line.modality else []
    denied = [tag("denied")] if line.denying and not line.affirming else []
    scope = [(name, value) for name, value in line.scope if name != "on" or line.voiced]
    said = join((*subject, what(pen, line.predicate, line.object, scope)))
    return join((said, *known, *denied, *_disputed(pen, line)), " ")


def _disputed(pen: Pen, line: Line) -> list[Html]:
    """What others say instead."""
    others = dict.fromkeys(answer.says(line.object, pen.known.names) for answer in line.against)
    return [element("span", f"disputed: {' or '.join(others)}", class_="bad")] if others else []


def _who(pen: Pen, line: Line) -> Html:
    return told_by(pen, line.affirming or line.denying, line.denying if line.affirming else ())


def told_by(pen: Pen, claims: Sequence[Told], denying: Sequence[Told] = ()) -> Html:
    """Who makes some claims: each of them, or their number and names, to be unfolded."""
    found = voices(claims, pen.known.witnesses)
    told = [claims_list(pen, (*claims, *denying))]
    if len(claims) + len(denying) <= _FEW:
        return told[0]
    names = ", ".join(pen.known.name(speaker) for speaker in found.speakers[:_FEW])
    more = " and others" if len(found.speakers) > _FEW else ""
    against = f"; denied by {len(denying)}" if denying else ""
    return folded(
        f"{some(found.sources, 'source')}, {some(found.origins, 'origin')}{against}: {names}{more}", told[0]
    )


def by_proposition(pen: Pen, claims: Iterable[Told], *, subject: bool) -> Html:
    """Claims with what they say, those that say the same together."""
    found: dict[NamedNode, list[Told]] = {}
    for claim in claims:
        found.setdefault(claim.proposition, []).append(claim)
    rows = ((_content(pen, told[0], subject=subject), told_by(pen, told)) for told in found.values())
    return table(("what is claimed", "who says so"), rows, "Claims, those that say the same together", "two")


def _content(pen: Pen, claim: Told, *, subject: bool) -> Html:
    about = [pen.node(claim.subject), ", "] if subject else []
    return join((*about, what(pen, claim.predicate, claim.object, claim.scope)))


def claims_section(
    pen: Pen, heading: str, claims: Sequence[Told], name: str, *, subject: bool = True
) -> list[Section]:
    """A part of a page with claims, where there are any."""
    if not claims:
        return []
    return [Section(f"{heading} ({len(claims):,})", by_proposition(pen, claims, subject=subject), name)]


def facts_table(pen: Pen, node: NamedNode, facts: Iterable[tuple[NamedNode, Term]]) -> Html:
    """Facts, each with the number of independent origins, linked to why it is one."""
    found: dict[NamedNode, list[Html]] = {}
    for name, value in facts:
        told = join((element("strong", pen.term(value)), _why(pen, node, name, value)), " ")
        found.setdefault(name, []).append(told)
    rows = ((pen.node(name), listed(found[name], "plain")) for name in pen.known.by_name(found))
    return table(("what", "value"), rows, "Facts", "facts")


def _why(pen: Pen, node: NamedNode, name: NamedNode, value: Term) -> Html:
    found = pen.known.propositions.get((node, name, value), [])
    return element("span", join((_from(pen, each) for each in found), ", "), class_="dim")


def _from(pen: Pen, proposition: NamedNode) -> Html:
    """From how many origins a proposition comes, and for which scope it is put."""
    limits = [pen.known.name(v) for p in (PACT.on, PACT.condition) for v in pen.known.of(proposition, p)]
    words = _origins(pen, proposition)
    return pen.node(proposition, f"{words} for {', '.join(limits)}" if limits else words)


def _origins(pen: Pen, proposition: NamedNode) -> str:
    return some(int(pen.known.text(proposition, PACT.witnesses) or 0), "origin")


def rank(pen: Pen, proposition: NamedNode) -> Html:
    """How a proposition came out, and why."""
    known = [pen.node(v) for p in (PACT.rank, PACT.reason) for v in pen.known.iris(proposition, p)]
    return join(known, ", ")


def content_of(pen: Pen, proposition: NamedNode) -> Html:
    """What a proposition says."""
    known = pen.known
    subject, predicate, value = (known.one(proposition, p) for p in (RDF.subject, RDF.predicate, RDF.object))
    assert isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and value is not None
    scope = [
        (n, v)
        for n, p in (("on", PACT.on), ("condition", PACT.condition), ("howMany", PACT.howMany))
        for v in known.of(proposition, p)
    ]
    return join((pen.node(subject), ", ", what(pen, predicate, value, scope)))


def _speaker(pen: Pen, claim: Told) -> Html:
    return element("b", pen.node(claim.speaker))


def _source(pen: Pen, claim: Told) -> Html:
    publisher = claim.publisher
    named = [f"in {pen.known.name(publisher)}"] if publisher and publisher != claim.speaker else []
    published = [pen.known.name(value) for value in pen.known.of(claim.source, SCHEMA.datePublished)[:1]]
    return pen.node(claim.source, ", ".join([*named, *published]) or "its own voice")


def tag(words: str) -> Html:
    """A word or two about how something is put."""
    return element("span", words, class_="tag")


def content_link(pen: Pen, proposition: NamedNode) -> Html:
    """What a proposition says, and its page."""
    return join((content_of(pen, proposition), " · ", pen.node(proposition, class_="name")))
