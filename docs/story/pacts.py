"""The pacts: the declaration and who joined it, the agreements signed and not signed, the compact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pyoxigraph import NamedNode

from pactgraph.dates import say
from pactgraph.pages import Told
from pactgraph.pages.cells import text
from story.agreements import (
    COMPACT,
    DECLARATION,
    Agreement,
    Joined,
    agreements,
    best_day,
    joined,
    said_by,
    say_day,
    scope,
    signed_of_group,
    unsigned_of_group,
)
from story.reading import Graph, local, when
from story.words import all_who, bounded, count, listed, paragraph, table, verb, who


def declaration(graph: Graph) -> Iterator[str]:
    """Its day, who joined it when, and how many were reported to have joined."""
    parties = joined(graph, DECLARATION)
    yield "## The declaration"
    yield paragraph(
        _adopted(graph, DECLARATION),
        f"{count(len(parties), 'party', 'parties')} {verb(len(parties), 'is', 'are')} named as having joined it:"
        if parties
        else "No source names a party that joined it.",
    )
    if parties:
        yield table(("joined", "parties", "#origins"), _joined_rows(graph, parties))
    counted = ("JoinedParties", "FurtherParties")
    claims = [c for each in counted for c in _numbers(graph, DECLARATION, each) if graph.is_standing(c)]
    claims.sort(key=lambda claim: _as_of(graph, claim))
    if claims:
        adopters = graph.adopters(DECLARATION)
        yield paragraph(
            "How many had joined, as reported, beside the parties that the data names with a day up to then.",
            f"Some reports seem to count the {count(adopters, 'party', 'parties')} that adopted it, too; the last "
            "column of numbers does."
            if adopters
            else "",
        )
        rows = [(say_day(_as_of(graph, c)), *_reported_joined(graph, c, parties)) for c in claims]
        yield table(("as of", "#reported", "#named", "#with adopters", "who says so"), rows)


def _adopted(graph: Graph, pact: NamedNode) -> str:
    day = best_day(graph, pact, "adoptedOn")
    if day is None:
        return f"No source tells the day of the {graph.name(pact)}."
    told = [c for c in graph.told("adoptedOn", pact) if c.object.value == day.text and graph.is_standing(c)]
    place = next((text(row["place"]) for row in graph.pacts if row["iri"] == pact.value), "")
    origins = graph.origins(told)
    where = f" in {place}" if place else ""
    return (
        f"{graph.name(pact)}: adopted on {say(day)}{where}; "
        f"{count(origins, 'independent origin')} {verb(origins, 'tells', 'tell')} the day."
    )


def _joined_rows(graph: Graph, parties: Sequence[Joined]) -> Iterator[tuple[object, ...]]:
    for day in dict.fromkeys(each.day.text for each in parties):
        those = [each for each in parties if each.day.text == day]
        claims = (claim for each in those for claim in each.claims)
        yield say(those[0].day), listed(each.name for each in those), graph.origins(claims)


def _reported_joined(graph: Graph, claim: Told, parties: Sequence[Joined]) -> tuple[object, ...]:
    day = _as_of(graph, claim)
    named = sum(bool(day and each.known <= day) for each in parties)
    return bounded(graph, claim), named, named + graph.adopters(DECLARATION), who(graph, claim)


def _numbers(graph: Graph, subject: NamedNode, counted: str) -> list[Told]:
    """The reported numbers of one kind, in the order of the days that they are for."""
    claims = [c for c in graph.told("reportedCount", subject) if local(graph.parts(c)["counts"]) == counted]
    return sorted(claims, key=lambda c: (str(_as_of(graph, c)), c.claim.value))


def _as_of(graph: Graph, claim: Told) -> date | None:
    """The last day that a number can be for: not after the day of speaking."""
    as_of = when(graph.parts(claim).get("asOf"))
    return min((day for day in (as_of.last if as_of else None, said_by(claim)) if day), default=None)


def signed(graph: Graph) -> Iterator[str]:
    """The agreements in the order of signing."""
    done = signed_of_group(graph)
    yield "## The agreements that are signed"
    if not done:
        yield "No agreement is signed by the facts."
        return
    yield paragraph(*_summary(done))
    yield (
        "“Sources” and “origins” count all that speak of the agreement, “on the signing” the independent origins of "
        "the claims that make its signing a fact. Signatories are those of the other side."
    )
    heads = ("#no.", "with", "signed", "place", "signatories", "term", "amounts")
    rows = [(str(place), *_signed_row(graph, each)) for place, each in enumerate(done, 1)]
    yield table((*heads, "#sources", "#origins", "#on the signing"), rows)
    yield paragraph(*_outside(graph))


def _summary(done: Sequence[Agreement]) -> Iterator[str]:
    dated = [each for each in done if each.day]
    if dated:
        yield (
            f"First signed: {dated[0].name}, {_when(dated[0])}; last of those with a day: {dated[-1].name}, "
            f"{_when(dated[-1])}."
        )
    days = Counter(each.signed for each in dated)
    busiest = [day for day, number in days.items() if number == max(days.values())]
    if days and max(days.values()) > 1:
        yield f"The most on one day were {max(days.values())}, on {listed(busiest)}."
    places = Counter(place for each in done if (place := each.cell("place")))
    often = sorted(
        ((number, place) for place, number in places.items() if number > 1), key=lambda x: (-x[0], x[1])
    )
    if often:
        yield f"Places of more than one signing: {listed(f'{place} ({number})' for number, place in often)}."


def _when(agreement: Agreement) -> str:
    exact = agreement.day and agreement.day.first == agreement.day.last
    return f"{'on' if exact else 'in'} {agreement.signed}"


def _signed_row(graph: Graph, each: Agreement) -> tuple[object, ...]:
    return (
        each.name,
        each.signed,
        each.cell("place"),
        each.cell("signatories", brief=True),
        each.cell("term"),
        each.cell("amounts"),
        each.row["sources"],
        each.row["origins"],
        graph.origins(each.signing),
    )


def _outside(graph: Graph) -> Iterator[str]:
    """Pacts of two sides that do not belong to the group."""
    others = [f"{each.cell('name')} ({_life(each)})" for each in agreements(graph) if not each.of_group]
    if others:
        yield f"Not among them, since {verb(len(others), 'it is a pact', 'they are pacts')} of another kind:"
        yield f"{listed(others)}."


def _life(agreement: Agreement) -> str:
    stage = agreement.cell("stage") or "no stage told"
    return f"{stage} {_when(agreement)}" if agreement.day else stage


def unsigned(graph: Graph) -> Iterator[str]:
    """What was said of the agreements that no fact says to be signed."""
    open_ = unsigned_of_group(graph)
    yield "## Prepared or planned, and not signed"
    if not open_:
        yield "No agreement that a claim speaks of is without a signing."
    for agreement in open_:
        claims = [claim for claim in graph.claims if claim.subject == agreement.node]
        stage = agreement.cell("stage")
        reached = f"stage by the facts: {stage}" if stage else "no stage is a fact"
        yield (
            f"**{agreement.name}**: {reached}; {count(len(claims), 'claim')} in "
            f"{count(len({c.source for c in claims}), 'source')}, "
            f"{count(graph.origins(claims), 'independent origin')}."
        )
        yield table(("said", "what", "how", "who says so"), _claim_rows(graph, claims))


def _claim_rows(graph: Graph, claims: Iterable[Told]) -> Iterator[tuple[object, ...]]:
    alike: dict[tuple[str, str, str], list[Told]] = {}
    for claim in claims:
        day = when(claim.stated or claim.published)
        key = say(day) if day else "", _what(graph, claim), _how(graph, claim)
        alike.setdefault(key, []).append(claim)
    yield from ((*key, all_who(graph, told)) for key, told in alike.items())


def _what(graph: Graph, claim: Told) -> str:
    on = scope(claim, "on")
    limit = f" ({say(on)})" if on else ""
    return f"{graph.name(claim.predicate)}: {graph.name(claim.object)}{limit}"


def _how(graph: Graph, claim: Told) -> str:
    denied = ", denied" if local(claim.polarity) == "Denied" else ""
    return f"{graph.name(claim.modality)}{denied}"


def compact(graph: Graph) -> Iterator[str]:
    """Its day, its parties, and the numbers of parties that are reported."""
    parties = [graph.name(party) for party in graph.facts(COMPACT, "concludedBy")]
    numbers = [c for c in _numbers(graph, COMPACT, "SignatoryParties") if graph.is_standing(c)]
    values = sorted({int(graph.parts(c)["value"].value) for c in numbers})
    yield f"## {graph.name(COMPACT)}"
    yield paragraph(
        _adopted(graph, COMPACT),
        f"The facts name {count(len(parties), 'party', 'parties')} that concluded it: {listed(sorted(parties))}."
        if parties
        else "No source names the parties that concluded it.",
        f"How many signed is disputed: the reported numbers are {listed(map(str, values))}."
        if len(values) > 1
        else "",
    )
    if numbers:
        rows = [(bounded(graph, c), say_day(_as_of(graph, c)), who(graph, c)) for c in numbers]
        yield table(("#reported", "as of", "who says so"), rows)
