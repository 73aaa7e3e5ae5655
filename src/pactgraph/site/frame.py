"""What every page has: head, ways to the other pages, and where its data lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from pactgraph.licence import Licence
from pactgraph.site.addresses import relative
from pactgraph.site.markup import Html, element, escape, join
from pactgraph.site.pen import Section
from pactgraph.version import VERSION

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; {scripts}base-uri 'none'; form-action 'none'"
)
"""https://www.w3.org/TR/CSP3/: nothing is loaded from elsewhere, nothing inline is run."""
_WAYS: Final = (
    ("Pacts", "id/pact/index"),
    ("Parties", "id/party/index"),
    ("Officials", "id/official/index"),
    ("Events", "id/event/index"),
    ("Sources", "id/source/index"),
    ("Conflicts", "id/conflict/index"),
    ("Audits", "id/finding/index"),
    ("Ontology", "ontology"),
    ("Data", "dataset"),
    ("Search", "search"),
)
_FORMS: Final = (("Turtle", "ttl", "text/turtle"), ("JSON-LD", "jsonld", "application/ld+json"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its document, title, what it is above the title, and its parts.

    `data` says whether Turtle and JSON-LD stand beside it, `scripts` which files of script it runs, and `about` tells
    programs in JSON-LD what it is about. Links of a page that is shown under any address begin with `root`.
    """

    document: str
    title: str
    kind: Html | str
    lead: Html | str
    sections: Sequence[Section]
    data: bool = True
    scripts: tuple[str, ...] = ()
    language: str | None = None
    about: str | None = None
    root: str | None = None

    def to(self, target: str) -> str:
        """The link to a file of the site."""
        return relative(target, self.document) if self.root is None else f"{self.root}{quote(target)}"


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages have alike: the name of the whole, the documents that there are to go to, and the licence."""

    name: str
    ways: frozenset[str]
    licence: Licence | None


def written(sheet: Sheet, frame: Frame) -> bytes:
    """The page as HTML."""
    body = join(
        (
            element("a", "Skip to content", href="#content", class_="skip"),
            "\n",
            _header(sheet, frame),
            "\n",
            element("main", *_content(sheet), id="content"),
            "\n",
            _footer(sheet, frame.licence),
            "\n",
        )
    )
    page = element("html", _head(sheet, frame), "\n", element("body", body), "\n", lang="en")
    return f"<!DOCTYPE html>\n{page}\n".encode()


def _head(sheet: Sheet, frame: Frame) -> Html:
    scripts = "script-src 'self'; " if sheet.scripts else ""
    title = sheet.title if sheet.document == "index" else f"{sheet.title} – {frame.name}"
    parts = [
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY.format(scripts=scripts)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("link", rel="stylesheet", href=sheet.to("style.css")),
        element("link", rel="icon", type="image/svg+xml", href=sheet.to("icon.svg")),
        *(element("link", rel="license", href=frame.licence.address) for _ in (1,) if frame.licence),
        *(_alternate(sheet, *form[1:]) for form in _FORMS if sheet.data),
        *(element("script", src=sheet.to(file), defer=True) for file in sheet.scripts),
        *(_told(about) for about in (sheet.about,) if about),
    ]
    return element("head", join(parts, "\n"))


def _alternate(sheet: Sheet, ending: str, form: str) -> Html:
    return element("link", rel="alternate", type=form, href=sheet.to(f"{sheet.document}.{ending}"))


def _told(about: str) -> Html:
    """Data within a page, which no browser runs: https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents."""
    return element("script", Html(about.replace("<", "\\u003c")), type="application/ld+json")


def _header(sheet: Sheet, frame: Frame) -> Html:
    home = element("a", frame.name, href=sheet.to("index.html"), class_="home")
    links = (_way(sheet, name, document) for name, document in _WAYS if document in frame.ways)
    return element(
        "header", home, "\n", element("nav", element("ul", *links), aria_label="Main"), class_="top"
    )


def _way(sheet: Sheet, name: str, document: str) -> Html:
    current = "page" if sheet.document == document else None
    link = element("a", name, href=sheet.to(f"{document}.html"), aria_current=current)
    return element("li", link)


def _content(sheet: Sheet) -> list[str]:
    kind = element("p", sheet.kind, class_="kind") if sheet.kind else Html()
    lead = sheet.lead if isinstance(sheet.lead, Html) else element("p", sheet.lead)
    title = element("h1", sheet.title, lang=sheet.language)
    return [
        "\n",
        kind,
        "\n",
        title,
        "\n",
        lead,
        "\n",
        *(join((section.html(), "\n")) for section in sheet.sections),
    ]


def _footer(sheet: Sheet, licence: Licence | None) -> Html:
    forms = [
        element("a", name, href=sheet.to(f"{sheet.document}.{ending}"), type=form)
        for name, ending, form in _FORMS
        if sheet.data
    ]
    beside = [element("p", "This page as data: ", join(forms, ", "))] if forms else []
    under = (
        [element("a", licence.name, href=licence.address, rel="license external"), "; "] if licence else []
    )
    whole = element("a", "the whole as data", href=sheet.to("dataset.html"))
    about = element("p", "Made by PactGraph ", escape(VERSION), ". Data: ", *under, whole, ".")
    return element("footer", *beside, about)
