"""Proposals as a table, and their review in the terminal: each with its reasons, one letter for what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from textwrap import wrap
from typing import TYPE_CHECKING

from pactgraph.cli import paper
from pactgraph.cli.tables import print_listing
from pactgraph.errors import PactGraphError, UsageError

if TYPE_CHECKING:
    from pactgraph.linking import LinkReview, Proposals, Row
    from pactgraph.wikidata import Wikidata

Ask = Callable[[str], str]
_KEYS = "[a]ccept [c]lose [d]ifferent [r]eject [n]ot sure [u]ndo [q]uit [?]"
_WORDS = {"unsure": "n", "not sure": "n"} | {
    word: word[0] for word in ("accept", "close", "different", "reject", "undo", "quit")
}
_HELP = """\
  a  the same
  c  nearly the same, as a state and the kingdom that it is part of
  d  two things that could be taken for one, as a state and a person of its name; recorded as different
  r  not the same; it is not proposed again, and asked again only where its node is named
  n  undecided; it is asked again the next time
  u  the last one is taken back
  q  the rest waits; what is decided is written already"""
_HEAD = 7
"""Columns before what is told."""
_COLUMNS = ("node", "item", "label", "confidence", "why")
_SPARE = ("label",)


def print_proposals(found: Proposals, form: str) -> None:
    """A row for each proposal; what could not be asked about is not among them."""
    from pactgraph.pages import Listing

    rows = tuple(
        {
            "node": row.subject_id,
            "item": row.object_id.removeprefix("wd:"),
            "label": row.object_label,
            "confidence": row.confidence,
            "why": row.comment,
            "name": row.subject_label,
        }
        for row in found.rows
    )
    if rows or form != "table":
        print_listing(Listing("proposals", _COLUMNS, _SPARE, rows), form)


def review_all(
    review: LinkReview, about: Mapping[str, str], wikidata: Wikidata, ask: Ask, keep: Callable[[], object]
) -> bool:
    """Asks for each proposal in turn; returns whether all were judged, or False where the reviewer quit.

    `about` says in a line what each subject is. What is decided is kept at once, so that a terminal that is closed loses
    nothing.
    """
    while _judged_all(review, about, wikidata, ask, keep):
        if not _last_taken_back(review, ask, keep):
            return True
    return False


def _judged_all(
    review: LinkReview, about: Mapping[str, str], wikidata: Wikidata, ask: Ask, keep: Callable[[], object]
) -> bool:
    shown = None
    while (row := review.next) is not None:
        if row is not shown:
            paper.console().rule(f"{len(review.judged) + 1} of {len(review.rows)}")
            _show(row, about.get(row.subject_id, ""), review.held(row), wikidata)
        shown = row
        if not _answered(review, ask, keep):
            return False
    return True


def _last_taken_back(review: LinkReview, ask: Ask, keep: Callable[[], object]) -> bool:
    """When all are judged, the last judgement can still be taken back; the end of the input is an answer, too."""
    try:
        back = ask("All judged. [u]ndo the last one, or Enter: ").strip().lower() in ("u", "undo")
    except EOFError:
        return False
    if back:
        review.undo()
        keep()
    return back


def _answered(review: LinkReview, ask: Ask, keep: Callable[[], object]) -> bool:
    """Takes one answer; returns False for quit."""
    from pactgraph.linking import Judgement

    judgements = {
        "a": Judgement.ACCEPT,
        "c": Judgement.CLOSE,
        "d": Judgement.DIFFERENT,
        "r": Judgement.REJECT,
        "n": Judgement.UNSURE,
    }
    answer = ask(f"{_KEYS}: ").strip().lower()
    answer = _WORDS.get(answer, answer)
    if answer == "q":
        return False
    if answer == "u":
        if not review.undo():
            paper.say("There is nothing to take back.")
        keep()
    elif answer in judgements:
        try:
            review.judge(judgements[answer])
            keep()
        except UsageError as fault:
            paper.say(str(fault))
    elif answer == "?":
        paper.say(_HELP)
    else:
        paper.say(f"Answer with one letter: {_KEYS}")
    return True


def _show(row: Row, about: str, held: str, wikidata: Wikidata) -> None:
    item = row.object_id.removeprefix("wd:")
    described = _description(item, wikidata)
    _line("ours", f"{row.subject_label} · {row.subject_id}")
    _line("", about)
    _line("there", f"{row.object_label} · {item}{f' · {described}' if described else ''}")
    _line("", f"https://www.wikidata.org/wiki/{item}")
    for nth, reason in enumerate(_reasons(row.comment)):
        _line("" if nth else row.confidence, reason)
    if held and held != row.object_id:
        _line("", f"! {row.subject_id} is {held} already, so this is close, different or rejected")


def _line(head: str, text: str) -> None:
    """Wrapped beside its head; an address stays whole, and what steers a terminal is left out."""
    seen = "".join(letter for letter in text if letter.isprintable())
    lines = wrap(seen, max(paper.width() - _HEAD, 20), break_long_words=False, break_on_hyphens=False)
    for nth, line in enumerate(lines):
        paper.line(f"{'' if nth else head:{_HEAD}}{line}")


def _reasons(comment: str) -> list[str]:
    """The reasons of a proposal, each marked: for it, against it, not to be told."""
    from pactgraph.linking import LACKING

    told = []
    for reason in comment.split("; "):
        sign = "−" if reason.startswith("but ") else "?" if reason.startswith(LACKING) else "+"
        told.append(f"{sign} {reason.removeprefix('but ')}")
    return told


def _description(item: str, wikidata: Wikidata) -> str:
    with suppress(PactGraphError):
        found = wikidata.items([item]).get(item)
        told = found.description if found else ""
        return "".join(letter for letter in told if letter.isprintable())
    return ""
