"""The front page: the lives of all pacts, their table, what is new, what is in conflict, what audits find."""

from __future__ import annotations

from collections.abc import Iterator

from pactgraph.site.catalog import ABOUT
from pactgraph.site.disputes import by_verdict, excluding, gravest, told, verdict_table
from pactgraph.site.frame import Sheet
from pactgraph.site.known import Known
from pactgraph.site.lists import TITLES
from pactgraph.site.markup import Html, element, join
from pactgraph.site.pacts import pacts_table
from pactgraph.site.pen import Pen, Section, listed, some
from pactgraph.site.sources import newest, sources_table
from pactgraph.vocabulary import FACTS

_NEW = 10
"""Sources and conflicts that the front page shows."""


def front_sheet(known: Known, title: str, pictures: list[str], about: str) -> Sheet:
    """The page that one comes to first; `pictures` are the files of the lives of the pacts, `about` tells of the data."""
    pen = Pen(known, "index")
    return Sheet("index", title, "", _lead(pen), list(_sections(pen, pictures)), data=False, about=about)


def lost_sheet(root: str) -> Sheet:
    """The page for addresses that lead nowhere; as it is shown under any of them, its links begin with `root`."""
    ways = (
        ("the front page", "index.html"),
        ("the search", "search.html"),
        ("all names from A to Z", "names.html"),
    )
    links = listed(element("a", words, href=f"{root}{page}") for words, page in ways)
    lead = element("p", "There is no page under this address. What it named may go by another name by now.")
    return Sheet("404", "Nothing here", "", lead, [Section("Go on from", links)], data=False, root=root)


def _lead(pen: Pen) -> Html:
    kinds = pen.known.by_kind
    facts = sum(1 for _ in pen.known.store.triples(FACTS))
    counted = [some(len(kinds.get(kind, ())), kind) for kind in ("pact", "claim", "source")]
    return join(
        (element("p", ABOUT), element("p", ", ".join([*counted, some(facts, "fact")]), class_="numbers"))
    )


def _sections(pen: Pen, pictures: list[str]) -> Iterator[Section]:
    known = pen.known
    kinds = known.by_kind
    if pictures:
        yield Section("The lives of the pacts", join(_picture(pen, file) for file in pictures), "lives")
    if "pact" in kinds:
        yield Section("Pacts", pacts_table(pen, known.rows, "In the order of signing"), "pacts")
    if sources := kinds.get("source"):
        shown = sources_table(pen, newest(pen, sources)[:_NEW], "The sources published last")
        yield Section("What is new", join((shown, _all(pen, "source"))), "new")
    if conflicts := excluding(pen, kinds.get("conflict", ())):
        shown = listed((told(pen, c) for c in gravest(pen, conflicts)[:_NEW]), "conflicts")
        yield Section(f"Conflicts ({len(conflicts)})", join((shown, _all(pen, "conflict"))), "conflicts")
    if findings := kinds.get("finding"):
        shown = verdict_table(pen, by_verdict(pen, findings), "What audits find")
        yield Section("Audits", join((shown, _all(pen, "finding"))), "audits")
    ways = (
        element("a", f"{TITLES.get(kind, kind)} ({len(nodes):,})", href=pen.to(f"id/{kind}/index.html"))
        for kind, nodes in kinds.items()
    )
    yield Section("Everything", listed(ways, "columns"), "everything")


def _picture(pen: Pen, file: str) -> Html:
    """A drawing that is wider than a phone: it is moved within its frame, by keys too, and opens alone."""
    words = "The lives of all pacts, one row each, in the order of signing; the table below says the same."
    image = element("img", src=pen.to(file), alt=words, width="1000", height=None)
    frame = element(
        "div",
        image,
        class_="wide",
        tabindex="0",
        role="region",
        aria_label="Picture of the lives of the pacts",
    )
    return element(
        "figure",
        frame,
        element(
            "figcaption",
            element("a", "The picture alone", href=pen.to(file)),
            ", where marks lead to their sentences.",
        ),
    )


def _all(pen: Pen, kind: str) -> Html:
    return element(
        "p", element("a", f"All {TITLES[kind].lower()}", href=pen.to(f"id/{kind}/index.html")), class_="more"
    )
