"""Why propositions hold, as trees to read: origins, the articles under each, words as printed, and the link to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

from pactgraph.cli import plain
from pactgraph.cli.paper import line, print_json, some, width
from pactgraph.cli.phrases import limits, manner
from pactgraph.vocabulary import shorten

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from pactgraph.pages import Evidence, Names, Told, Witnesses
    from pactgraph.pages.trees import Part, Tree

_LEAST = 20
_BOUND = "\N{NO-BREAK SPACE}"


def print_evidence(evidence: Sequence[Evidence], names: Names, witnesses: Witnesses, form: str) -> None:
    """On each question the answer with its origins; then who agrees, the dissent, and what does not count."""
    from pactgraph.pages.trees import trees

    if form == "json":
        print_json([plain.evidence(each, names, witnesses) for each in evidence])
        return
    for tree in trees(evidence):
        _print_tree(tree, names, witnesses)
        line("")


def _print_tree(tree: Tree, names: Names, witnesses: Witnesses) -> None:
    each = tree.answer
    about = f"{names.name(each.subject)} · {names.name(each.predicate)}: {names.name(each.object)}"
    _print(f"{about}{limits(each.scope, names)}", "")
    _print(plain.verdict(each, names), "  ")
    for reason in _reasons(each, names):
        _print(reason, "  ")
    _print_branches(each.supporting, each, names, witnesses)
    for part in tree.parts:
        _print(_heading(part, names, witnesses), "  ")
        _print_branches(part.claims, part.evidence or part, names, witnesses)


def _heading(part: Part, names: Names, witnesses: Witnesses) -> str:
    from pactgraph.pages.trees import Stance

    if part.stance is Stance.BESIDE:
        return part.stance
    stance = f"{part.stance}, less precise" if part.evidence and part.evidence.finer else part.stance
    origins = some(witnesses.count(claim.source for claim in part.claims), "independent origin")
    return f"{stance}: {names.name(part.object)}{limits(part.scope, names)}{_rank(part, names)} · {origins}"


def _rank(part: Part, names: Names) -> str:
    found = part.evidence
    if found is None or found.rank is None or found.reason is None:
        return ""
    return f" · {names.name(found.rank)}, {names.name(found.reason)}"


def _reasons(each: Evidence, names: Names) -> Iterator[str]:
    if each.reason is not None:
        yield f"{names.name(each.reason)}: {names.definition(each.reason)}"
    if each.late:
        yield "not so yet on the day asked about" + (f": so by {_said_day(each.by)}" if each.by else "")


def _said_day(day: date) -> str:
    return _said(day.isoformat())


def _said(text: str) -> str:
    from pactgraph.dates import parse, say

    return say(parse(text))


def _print_branches(
    claims: Sequence[Told], about: Evidence | Part, names: Names, witnesses: Witnesses
) -> None:
    from pactgraph.pages.trees import branches

    found = branches(claims, witnesses)
    for branch in found:
        last = branch is found[-1]
        head, stem = ("  └ ", "    ") if last else ("  ├ ", "  │ ")
        if branch.is_shared:
            _print(_origin(branch.origin, names), stem, head)
            head = stem = f"{stem}  "
        for article in branch.articles:
            _print(_article(article[0], names), stem, head)
            for claim in article:
                _print_claim(claim, about, names, f"{stem}  ")


def _origin(origin: NamedNode, names: Names) -> str:
    kind = names.origin_kind(origin)
    return f"{names.name(origin)} ({kind})" if kind else names.name(origin)


def _article(claim: Told, names: Names) -> str:
    publisher = names.name(claim.publisher) if claim.publisher else shorten(claim.source.value)
    when = f", {_said(claim.published)}" if claim.published else ""
    return f"{publisher}{when} · {names.name(claim.source)}"


def _print_claim(claim: Told, about: Evidence | Part, names: Names, stem: str) -> None:
    _print(" · ".join(_told(claim, about, names)), stem)
    if claim.link:
        line(f"{stem}{claim.link}{' (by locator)' if claim.words else ''}")


def _told(claim: Told, about: Evidence | Part, names: Names) -> Iterator[str]:
    """Words as printed, what they say where it is not the very answer, who says it and when, and the claim's name."""
    if claim.printed:
        yield f"“{claim.printed}”"
    if (claim.object, claim.scope) != (about.object, about.scope):
        yield f"{names.name(claim.predicate)}: {names.name(claim.object)}{limits(claim.scope, names)}"
    if put := manner(claim, names):
        yield put.strip()
    if claim.speaker != claim.publisher:
        yield f"says {names.name(claim.speaker)}"
    if claim.stated and claim.stated != claim.published:
        yield f"said {_said(claim.stated)}"
    yield shorten(claim.claim.value)


def _print(text: str, stem: str, head: str | None = None) -> None:
    """A line, broken between words where the page ends, but never after a dot; what follows is set in."""
    room = max(width() - len(stem) - 2, _LEAST)
    bound = text.replace(" · ", f" ·{_BOUND}")
    for nth, piece in enumerate(wrap(bound, room, break_long_words=False, break_on_hyphens=False)):
        start = f"{stem}  " if nth else stem if head is None else head
        line(f"{start}{piece.replace(_BOUND, ' ')}")
