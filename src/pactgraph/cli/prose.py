"""Pages to read: who says what, when, in which words, and where to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pactgraph.cli import plain
from pactgraph.cli.lives import print_head, print_life, print_members
from pactgraph.cli.paper import console, line, print_json, say, some
from pactgraph.cli.phrases import limits, manner, speaking
from pactgraph.vocabulary import shorten

if TYPE_CHECKING:
    from pactgraph.pages import Names, Page, Told, Witnesses


def print_page(page: Page, names: Names, witnesses: Witnesses, form: str, *, claims: bool = False) -> None:
    """What is known of one node, and who says so; of a pact its life, and its claims when they are asked for."""
    if form == "json":
        print_json(plain.page(page, names, witnesses))
        return
    _print_names(page)
    if page.row is None and not page.life and not page.members:
        _print_facts(page, names)
        _print_claims(page, names, witnesses)
        return
    print_head(page, names)
    print_members(page.members)
    line(f"\n{_told(page, witnesses)}")
    if page.life:
        print_life(page, names, witnesses)
    if claims:
        _print_claims(page, names, witnesses)
    elif page.claims:
        say(f"Each claim with its passage and link: pactgraph show {shorten(page.node.value)} --claims")


def _print_names(page: Page) -> None:
    console().print(page.name, style="bold", markup=False)
    line(f"{shorten(page.node.value)} · {page.kind}")
    if page.names:
        line(f"also: {', '.join(page.names)}")
    for match in page.matches:
        line(f"see: {match.value}")


def _print_facts(page: Page, names: Names) -> None:
    if page.facts:
        line("\nFacts")
        for predicate, value in page.facts:
            line(f"  {names.name(predicate)}: {names.name(value)}")


def _print_claims(page: Page, names: Names, witnesses: Witnesses) -> None:
    if page.claims:
        line(f"\n{_told(page, witnesses)}")
        for claim in page.claims:
            _print_claim(claim, names, "  ", about=page.node)


def _told(page: Page, witnesses: Witnesses) -> str:
    sources = {claim.source for claim in page.claims}
    told = f"{some(len(page.claims), 'claim')} in {some(len(sources), 'source')}"
    return f"{told}, {some(witnesses.count(sources), 'independent origin')}"


def _print_claim(claim: Told, names: Names, indent: str, *, about: Any) -> None:
    said = _said(claim, names)
    what = f"{names.name(claim.predicate)}: {names.name(claim.object)}{limits(claim.scope, names)}"
    subject = "" if claim.subject == about else f"{names.name(claim.subject)} · "
    line(f"{indent}{said}: {subject}{what}{manner(claim, names)}")
    printed = f"“{claim.printed}” · " if claim.printed else ""
    line(f"{indent}  {printed}{shorten(claim.claim.value)}")
    if claim.link:
        line(f"{indent}  {claim.link}{' (by locator)' if claim.words else ''}")


def _said(claim: Told, names: Names) -> str:
    from pactgraph.dates import parse
    from pactgraph.dates import say as say_date

    when = claim.stated or claim.published
    return f"{say_date(parse(when))}, {speaking(claim, names)}" if when else speaking(claim, names)
