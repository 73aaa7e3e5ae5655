"""Proposals as a table, and their review in the terminal: each with its reasons, one letter for what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from pactgraph.cli import paper
from pactgraph.cli.tables import print_listing
from pactgraph.errors import PactGraphError, UsageError

if TYPE_CHECKING:
    from pactgraph.linking import LinkReview, Proposals, Row
    from pactgraph.wikidata import Wikidata

Ask = Callable[[str], str]
_KEYS = "[a]ccept [c]lose [d]ifferent [r]eject [n]ot sure [u]ndo [q]uit"
_COLUMNS = ("node", "name", "item", "label", "confidence", "why")
_SPARE = ("label", "name")


def print_proposals(found: Proposals, form: str) -> None:
    """A row for each proposal; what could not be asked about is not among them."""
    from pactgraph.pages import Listing

    rows = tuple(
        {
            "node": row.subject_id,
            "name": row.subject_label,
            "item": row.object_id.removeprefix("wd:"),
            "label": row.object_label,
            "confidence": row.confidence,
            "why": row.comment,
        }
        for row in found.rows
    )
    if rows or form != "table":
        print_listing(Listing("proposals", _COLUMNS, _SPARE, rows), form)


def review_all(review: LinkReview, wikidata: Wikidata, ask: Ask) -> bool:
    """Asks for each proposal in turn; returns whether all were judged, or False where the reviewer quit."""
    while (row := review.next) is not None:
        _show(row, wikidata, f"{len(review.judged) + 1} of {len(review.rows)}")
        if not _answered(review, ask):
            return False
    return True


def _answered(review: LinkReview, ask: Ask) -> bool:
    """Takes one answer; returns False for quit."""
    from pactgraph.linking import Judgement

    judgements = {
        "a": Judgement.ACCEPT,
        "c": Judgement.CLOSE,
        "d": Judgement.DIFFERENT,
        "r": Judgement.REJECT,
        "n": Judgement.UNSURE,
    }
    answer = ask(f"{_KEYS}: ").strip().lower()[:1]
    if answer == "q":
        return False
    if answer == "u":
        if not review.undo():
            paper.say("There is nothing to take back.")
    elif answer in judgements:
        try:
            review.judge(judgements[answer])
        except UsageError as fault:
            paper.say(str(fault))
    else:
        paper.say(f"Answer with one letter: {_KEYS}")
    return True


def _show(row: Row, wikidata: Wikidata, place: str) -> None:
    item = row.object_id.removeprefix("wd:")
    described = _description(item, wikidata)
    paper.console().rule(place)
    paper.line(f"{row.subject_label} · {row.subject_id}")
    paper.line(f"{row.object_label} · {item}{f' · {described}' if described else ''}")
    paper.line(f"  https://www.wikidata.org/wiki/{item}")
    paper.line(f"  {row.confidence}: {row.comment}")


def _description(item: str, wikidata: Wikidata) -> str:
    with suppress(PactGraphError):
        found = wikidata.items([item]).get(item)
        told = found.description if found else ""
        return "".join(letter for letter in told if letter.isprintable())
    return ""
