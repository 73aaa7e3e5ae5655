"""Reported totals of money for a group of pacts, held against the amounts that claims make facts of its pacts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pyoxigraph import Literal, NamedNode

from pactgraph.audit.rates import read_rates
from pactgraph.audit.verdicts import Asked, CountVerdict, Reason, Sum, Total, Verdict
from pactgraph.audit.world import World
from pactgraph.claim import Term, term_key
from pactgraph.resolution.numbers import Reported
from pactgraph.vocabulary import PACT, SCHEMA


def judge_sums(world: World, totals: Iterable[Asked]) -> Iterator[CountVerdict]:
    """A verdict on each total: its group's pacts signed by its day are summed up, each currency on its own.

    Of several amounts of one pact in one currency the largest counts: the others are parts of it or less exact.
    Currencies are converted at the rates that sources give, as far as they give any.
    """
    amounts = _amounts(world)
    for asked in totals:
        yield _judge(world, asked, amounts)


def _judge(world: World, asked: Asked, amounts: dict[NamedNode, dict[Term, list[Reported]]]) -> CountVerdict:
    if asked.last is None:
        return CountVerdict(asked, Verdict.UNEXPLAINED, Reason.NO_DAY)
    pacts = list(_signed(world, asked.voice.content.subject, asked.last))
    sums = tuple(_sums(pacts, asked.number, amounts))
    priced = {pact for each in sums for pact, _ in each.parts}
    unpriced = tuple(pact for pact in pacts if pact not in priced)
    total = _converted(world, asked.number.part(SCHEMA.currency), sums)
    verdict, reason = _verdict(world, asked, total, bool(unpriced))
    return CountVerdict(asked, verdict, reason, sums=sums, unpriced=unpriced, total=total)


def _converted(world: World, currency: Term | None, sums: tuple[Sum, ...]) -> Total:
    """The sums together in one currency, from the lowest to the highest rate; those that no source converts apart."""
    known = read_rates(world, currency)
    own = Fraction(sum((each.number for each in sums if each.unit == currency), Decimal(0)))
    foreign = [each for each in sums if each.unit != currency]
    rates = [(each, known[each.unit]) for each in foreign if each.unit in known]
    return Total(
        currency,
        own + sum(Fraction(each.number) * rate.least for each, rate in rates),
        own + sum(Fraction(each.number) * rate.most for each, rate in rates),
        tuple(rate for _, rate in rates),
        tuple(each.unit for each in foreign if each.unit not in known),
    )


def _verdict(world: World, asked: Asked, total: Total, unpriced: bool) -> tuple[Verdict, Reason | None]:
    least, most = asked.number.range
    if asked.voice.modality not in world.rules.supporting:
        return Verdict.UNEXPLAINED, Reason.PLAN_OF_SUM
    if asked.number.part(PACT.per) is not None:
        return Verdict.UNEXPLAINED, Reason.OFTEN
    if not total.most and not total.unconverted:
        return Verdict.UNEXPLAINED, Reason.NONE_KNOWN
    if most is not None and total.least > most:
        return Verdict.UNEXPLAINED, Reason.SUMS
    if least is None or total.most >= least:
        return Verdict.EXACT, None
    if total.unconverted:
        return Verdict.UNEXPLAINED, Reason.CURRENCIES
    return (Verdict.AHEAD, None) if unpriced else (Verdict.UNEXPLAINED, Reason.FEWER)


def _signed(world: World, group: NamedNode, last: date) -> Iterator[NamedNode]:
    signed = world.rules.stages[PACT.signedOn]
    for pact in world.pacts(group):
        since = world.lives.since(pact, signed)
        if since and since.first <= last:
            yield pact


def _sums(
    pacts: Iterable[NamedNode], total: Reported, amounts: dict[NamedNode, dict[Term, list[Reported]]]
) -> Iterator[Sum]:
    """Each pact counts in one currency, that of the total where it has such an amount."""
    field, own = total.part(PACT.field), total.part(SCHEMA.currency)
    found: dict[Term, list[tuple[NamedNode, Decimal]]] = defaultdict(list)
    for pact in pacts:
        fitting = {
            unit: max(numbers)
            for unit, reported in amounts.get(pact, {}).items()
            if (
                numbers := [
                    n.number for n in reported if field is None or n.part(PACT.field) in (field, None)
                ]
            )
        }
        unit = own if own in fitting else min(fitting, key=term_key, default=None)
        if unit is not None:
            found[unit].append((pact, fitting[unit]))
    for unit in sorted(found, key=term_key):
        yield Sum(unit, sum((number for _, number in found[unit]), Decimal(0)), tuple(found[unit]))


def _amounts(world: World) -> dict[NamedNode, dict[Term, list[Reported]]]:
    """The sums of money that facts say of each pact, but for those given again and again."""
    found: dict[NamedNode, dict[Term, list[Reported]]] = defaultdict(lambda: defaultdict(list))
    for fact in world.standings.values():
        content = fact.content
        if fact.holds and content.predicate == PACT.amount and isinstance(content.object, NamedNode):
            number = world.numbers.get(content.object)
            unit = number.part(SCHEMA.currency) if number else None
            if number and isinstance(unit, Literal) and number.part(PACT.per) is None:
                found[content.subject][unit].append(number)
    return found
