"""The review in the terminal: each claim with its passage in context, one letter for what becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from pactgraph.cli import paper, tables
from pactgraph.errors import PactGraphError
from pactgraph.vocabulary import shorten

if TYPE_CHECKING:
    from pactgraph.adding import Addition, Drifted, Held, Review
    from pactgraph.drafting import Draft, Drafted, Drafter

Ask = Callable[[str], str]
_AROUND = 160
"""Code points shown on either side of a passage."""
_MANY = 40
"""Lines of one kind that are all shown."""
_FEW = 8
"""Names in a message."""
_KEYS = "[a]ccept [e]dit [r]eject [s]kip [u]ndo [q]uit"


def review_all(review: Review, draft: Draft, drafter: Drafter, ask: Ask) -> bool:
    """Asks for each claim in turn; returns whether all are decided, or False where the reviewer quit."""
    drafted = {each.claim.iri: each for each in draft.claims}
    while (claim := review.next) is not None:
        _show(drafted[claim], draft, drafter, f"{review.done + 1} of {len(review.claims)}")
        if not _answered(review, drafted[claim], draft, drafter, ask):
            return False
    return True


def _answered(review: Review, drafted: Drafted, draft: Draft, drafter: Drafter, ask: Ask) -> bool:
    """Takes one answer; returns False for quit."""
    from pactgraph.adding import Decision, Verdict

    verdicts = {"a": Verdict.ACCEPT, "r": Verdict.REJECT, "s": Verdict.SKIP}
    answer = ask(f"{_KEYS}: ").strip().lower()[:1]
    if answer in verdicts:
        review.decide(Decision(verdicts[answer]))
    elif answer == "e":
        if changes := _changes(drafted, draft, drafter, ask):
            review.decide(Decision(Verdict.EDIT, changes))
    elif answer == "u":
        if not review.undo():
            paper.say("There is nothing to take back.")
    elif answer == "q":
        return False
    else:
        paper.say(f"Answer with one letter: {_KEYS}")
    return True


def _changes(drafted: Drafted, draft: Draft, drafter: Drafter, ask: Ask) -> Mapping[str, str]:
    """The parts to change with their new words, once they make a claim; nothing where the reviewer gives up."""
    from pactgraph.adding.editing import PARTS, edit
    from pactgraph.drafting.proposals import merged

    known = merged(drafter.extractor.nodes, draft.proposals)
    changes: dict[str, str] = {}
    while part := ask(f"part to change ({', '.join(PARTS)}; nothing when done): ").strip().lower():
        try:
            tried = {**changes, part: ask(f"{part}: ")}
            edit(drafted.claim, tried, draft.nodes, known, drafted.claim.recorded_by or drafted.claim.source)
            changes = tried
        except PactGraphError as fault:
            paper.say(str(fault))
    return changes


def _show(drafted: Drafted, draft: Draft, drafter: Drafter, place: str) -> None:
    """The claim in words, over the passage in its context."""
    from rich.text import Text as Words

    from pactgraph.drafting.proving import span_of
    from pactgraph.drafting.rows import Telling

    row = Telling(drafter.extractor.nodes, draft).row(drafted.claim)
    text, span = draft.given.text.normal, span_of(drafted.claim.passage)
    before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
    shown = (
        Words(f"…{before}".replace("\n", " "))
        + Words(span.of(text), style="bold reverse")
        + Words(f"{after}…".replace("\n", " "))
    )
    console = paper.console()
    console.rule(place)
    console.print(shown)
    paper.line("")
    paper.line(f"{row['about']} · {row['claim']} · {row['value']}")
    paper.line(
        f"  {row['put as']}, says {row['speaker']}, “{row['as printed']}”; {row['rule']}, {drafted.claim.confidence}"
    )


def print_addition(addition: Addition) -> None:
    """What was written, and what changed in the graph."""
    _print_some([str(path) for path in addition.files])
    change = addition.change
    for head, lines in (
        ("New facts", change.facts),
        ("New support", change.support),
        ("New claims stand in conflicts", change.conflicts),
    ):
        if lines:
            paper.line(f"\n{head}")
        _print_some([f"  {line}" for line in lines])
    paper.say(
        f"{paper.some(len(addition.claims), 'claim')} added: {paper.some(len(change.facts), 'new fact')}, "
        f"{len(change.support):,} with new support, {paper.some(len(change.conflicts), 'conflict')}."
    )


def _print_some(lines: Sequence[str]) -> None:
    """The lines, or the first of very many."""
    shown = lines if len(lines) <= _MANY else lines[: _MANY // 2]
    for line in shown:
        paper.line(line)
    if len(shown) < len(lines):
        paper.line(f"  … and {len(lines) - len(shown):,} more")


def print_checked(addition: Addition) -> None:
    """What the texts say of claims that were imported, where there are texts of any."""
    counts = Counter(each.verdict.value for each in addition.checked)
    if counts.keys() - {"unchecked"}:
        told = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items()))
        paper.say(f"Held against the texts at hand: {told}.")


def print_apart(addition: Addition) -> None:
    """Of which nodes an import says other things than the graph, with the properties."""
    differing = groupby(addition.apart, key=lambda triple: shorten(str(triple.subject)[1:-1]))
    told = [
        f"{node} ({', '.join(sorted({shorten(triple.predicate.value) for triple in triples}))})"
        for node, triples in differing
    ]
    if told:
        more = f" and {len(told) - _FEW:,} more" if len(told) > _FEW else ""
        paper.say(f"The graph's own stays where the input says other things: {', '.join(told[:_FEW])}{more}.")


_DRIFT = ("became", "about", "claim", "value", "as printed", "passage")


def print_drift(held: Held, draft: Draft, drafter: Drafter) -> None:
    """What became of each claim in a text that is another than the one that was read, and what is claimed now."""
    from pactgraph.adding import Became, drift
    from pactgraph.drafting.rows import Telling

    found = drift(held, draft, drafter.lexicon)
    telling = Telling(drafter.extractor.nodes, draft, held.source.nodes)
    rows = [
        {**telling.row(each.claim), "became": each.became.value, "passage": _place(each)} for each in found
    ]
    tables.print_table(_DRIFT, [[row[name] for name in _DRIFT] for row in rows])
    counts = Counter(each.became for each in found)
    told = ", ".join(f"{counts[became]:,} {became}" for became in Became if counts[became])
    paper.say(f"The text of {held.name} has changed: {told}. The graph is as it was.")


def _place(drifted: Drifted) -> str:
    """Where the passage stands, or what is the matter with it."""
    return "; ".join(drifted.reasons) or drifted.claim.passage.value.partition("#")[2]
