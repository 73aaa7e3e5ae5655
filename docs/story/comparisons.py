"""What was reported and expected beside what came: counts, planned days, totals, disagreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pactgraph.dates import say
from pactgraph.pages import Told
from story import reports
from story.agreements import COMPACT, GROUP, Agreement, say_day, signed_of_group
from story.reading import Graph, when
from story.reports import Expectation, Reported, expectations, partial, reported, vague_expectations
from story.words import all_who, bounded, count, listed, paragraph, table, verb, who

SHOWN = 4
"""Sources that are named for one answer; the others are counted."""


def counts(graph: Graph) -> Iterator[str]:
    """The reported numbers of signed agreements beside the facts."""
    points = reported(graph)
    yield "## How many are signed, by whose count"
    if not points:
        yield "No source reports a number."
        return
    off = [point for point in points if point.off]
    yield paragraph(*_verdict(points, off), _partial(graph))
    yield "![Reported numbers of signed agreements against the number by the facts](counts.svg)"
    heads = ("as of", "#reported", "of", "#by the facts", "who says so", "off by")
    if off:
        yield table(heads, (_count_row(graph, point) for point in off))
    yield f"<details><summary>All {count(len(points), 'reported number')}</summary>"
    yield table(heads, (_count_row(graph, point) for point in points))
    yield "</details>"


def _verdict(points: Sequence[Reported], off: Sequence[Reported]) -> Iterator[str]:
    about = sum(not point.is_exact for point in points)
    right, more = len(points) - len(off) - about, sum(point.off > 0 for point in off)
    yield (
        f"{count(len(points), 'claim')} {verb(len(points), 'reports', 'report')} how many agreements are signed, or "
        "how many states have signed one."
    )
    yield (
        f"{right:,} {verb(right, 'agrees', 'agree')} with the facts as of the same time, "
        f"{more:,} {verb(more, 'is', 'are')} too high, {len(off) - more:,} too low"
        + (
            f"; {about:,} {verb(about, 'is', 'are')} only approximate, or for a time too long to compare."
            if about
            else "."
        )
    )
    yield (
        "The facts give a range where the time is vague, or where an agreement was signed on the very day, so that "
        "a count may have come before it or after it."
    )


def _partial(graph: Graph) -> str:
    number = len(partial(graph))
    told = f"{count(number, 'more claim')} {verb(number, 'counts', 'count')} only the members of one group of parties."
    return told if number else ""


def _count_row(graph: Graph, point: Reported) -> tuple[object, ...]:
    facts = str(point.most) if point.least == point.most else f"{point.least}–{point.most}"
    counted = "states" if point.states else "agreements"
    off = f"{point.off:+d}".replace("-", "−") if point.off else ""
    return say_day(point.until), bounded(graph, point.claim), counted, facts, who(graph, point.claim), off


def expected(graph: Graph) -> Iterator[str]:
    """Planned and actual days."""
    known, vague = expectations(graph), vague_expectations(graph)
    yield "## What was expected, and what came"
    yield paragraph(*_outcomes(known), _vague(vague))
    if known:
        rows = [
            (
                each.agreement.name,
                say(each.time),
                _hows(graph, each),
                each.agreement.signed,
                _outcome(each),
                all_who(graph, each.claims),
            )
            for each in known
        ]
        yield table(("with", "expected", "how", "signed", "outcome", "who said so"), rows)


def _outcomes(known: Sequence[Expectation]) -> Iterator[str]:
    if not known:
        yield "No claim gives a time with an end for the signing of an agreement."
        return
    met, late = sum(each.is_met for each in known), [each for each in known if each.days_late > 0]
    early = sum(each.days_late < 0 for each in known)
    unsigned = sum(not each.agreement.is_signed for each in known)
    yield (
        f"{count(len(known), 'time')} {verb(len(known), 'was', 'were')} named for the signing of an agreement: "
        f"{met:,} {verb(met, 'was', 'were')} met, {len(late):,} {verb(len(late), 'was', 'were')} missed by a later "
        f"signing, {early:,} by an earlier one, and after {unsigned:,} no signing is told."
    )
    if late:
        worst = max(late, key=lambda each: each.days_late)
        yield f"The longest delay is {count(worst.days_late, 'day')} ({worst.agreement.name})."


def _vague(vague: Sequence[Expectation]) -> str:
    claims = sum(len(each.claims) for each in vague)
    if not claims:
        return ""
    return f"{count(claims, 'more claim')} {verb(claims, 'gives', 'give')} no end, such as “soon”."


def _hows(graph: Graph, each: Expectation) -> str:
    return listed(dict.fromkeys(graph.name(claim.modality) for claim in each.claims))


def _outcome(each: Expectation) -> str:
    if each.is_met:
        return "met"
    if not each.agreement.is_signed:
        return "no signing told"
    if not each.days_late:
        return "day not told"
    return f"{count(abs(each.days_late), 'day')} {'later' if each.days_late > 0 else 'earlier'}"


def totals(graph: Graph) -> Iterator[str]:
    """What all agreements together are said to be worth."""
    claims = graph.told("amount", GROUP)
    yield "## What they are worth together"
    if not claims:
        yield "No source gives a total."
        return
    yield (
        f"{count(len(claims), 'claim')} {verb(len(claims), 'gives', 'give')} a total for the agreements; how many "
        "were signed by the facts on that day stands beside it."
    )
    done = signed_of_group(graph)
    yield table(
        ("said", "total", "how", "#signed by then", "who says so"),
        (_total_row(graph, done, claim) for claim in claims),
    )


def _total_row(graph: Graph, done: Iterable[Agreement], claim: Told) -> tuple[object, ...]:
    said = when(claim.stated)
    by_then = sum(bool(a.known and said and said.last and a.known <= said.last) for a in done)
    how = graph.name(claim.modality)
    return say(said) if said else "", graph.name(claim.object), how, by_then, who(graph, claim)


def disagreements(graph: Graph) -> Iterator[str]:
    """Questions with several answers, each with those who give it."""
    found = reports.disagreements(graph)
    yield "## Where the sources disagree"
    yield "Nothing is dropped: where claims exclude each other, none becomes a fact, and each stays with its source."
    if found:
        yield (
            f"{count(len(found), 'question')} that can have only one answer "
            f"{verb(len(found), 'is', 'are')} answered in several ways:"
        )
        rows = (
            (f"{graph.name(each.subject)}: {graph.name(each.property)}", _answers(graph, each.answers))
            for each in found
        )
        yield table(("question", "answers"), rows)
    amounts = reports.rival_amounts(graph)
    if amounts:
        yield (
            f"For {count(len(amounts), 'agreement')} sources give more than one exact amount of the same kind, for the "
            "same time:"
        )
        rows = ((each.name, _answers(graph, answers)) for each, answers in amounts)
        yield table(("agreement", "amounts"), rows)
    yield _elsewhere(graph)


def _answers(graph: Graph, answers: Iterable[reports.Answer]) -> str:
    return "<br>".join(f"{graph.name(value)}: {_brief(graph, claims)}" for value, claims in answers)


def _brief(graph: Graph, claims: Sequence[Told]) -> str:
    named = list(dict.fromkeys(who(graph, claim) for claim in claims))
    more = len(named) - SHOWN
    return "; ".join(named[:SHOWN]) + (f"; and {more:,} more" if more > 0 else "")


def _elsewhere(graph: Graph) -> str:
    off = sum(bool(point.off) for point in reported(graph))
    numbers = {graph.parts(c)["value"].value for c in graph.told("reportedCount", COMPACT)}
    return paragraph(
        f"See above for {count(off, 'reported number')} of signed agreements that the facts do not bear out."
        if off
        else "",
        f"The number of parties to the {graph.name(COMPACT)} is given in {count(len(numbers), 'way')}."
        if len(numbers) > 1
        else "",
    )
