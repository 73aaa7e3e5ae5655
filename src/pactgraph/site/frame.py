"""What every page has: head, ways to the other pages, and where its data lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pactgraph.site.addresses import relative
from pactgraph.site.markup import Html, element, escape, join
from pactgraph.site.pen import Section
from pactgraph.version import VERSION

LICENSE: Final = "https://creativecommons.org/licenses/by/4.0/"
"""Under which the data may be used, as `LICENSE-data` says."""
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

    `data` says whether Turtle and JSON-LD stand beside it, `scripts` which files of script it runs.
    """

    document: str
    title: str
    kind: Html | str
    lead: Html | str
    sections: Sequence[Section]
    data: bool = True
    scripts: tuple[str, ...] = ()
    language: str | None = None


def written(sheet: Sheet, site: str, ways: frozenset[str]) -> bytes:
    """The page as HTML; `site` is the name of the whole, `ways` the documents that there are to go to."""
    body = join(
        (
            element("a", "Skip to content", href="#content", class_="skip"),
            "\n",
            _header(sheet, site, ways),
            "\n",
            element("main", *_content(sheet), id="content"),
            "\n",
            _footer(sheet),
            "\n",
        )
    )
    page = element("html", _head(sheet, site), "\n", element("body", body), "\n", lang="en")
    return f"<!DOCTYPE html>\n{page}\n".encode()


def _head(sheet: Sheet, site: str) -> Html:
    scripts = "script-src 'self'; " if sheet.scripts else ""
    title = sheet.title if sheet.document == "index" else f"{sheet.title} – {site}"
    parts = [
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY.format(scripts=scripts)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("link", rel="stylesheet", href=relative("style.css", sheet.document)),
        element("link", rel="license", href=LICENSE),
        *(_alternate(sheet, *form[1:]) for form in _FORMS if sheet.data),
        *(element("script", src=relative(file, sheet.document), defer=True) for file in sheet.scripts),
    ]
    return element("head", join(parts, "\n"))


def _alternate(sheet: Sheet, ending: str, form: str) -> Html:
    return element(
        "link", rel="alternate", type=form, href=relative(f"{sheet.document}.{ending}", sheet.document)
    )


def _header(sheet: Sheet, site: str, ways: frozenset[str]) -> Html:
    home = element("a", site, href=relative("index.html", sheet.document), class_="home")
    links = (_way(sheet, name, document) for name, document in _WAYS if document in ways)
    return element(
        "header", home, "\n", element("nav", element("ul", *links), aria_label="Main"), class_="top"
    )


def _way(sheet: Sheet, name: str, document: str) -> Html:
    current = "page" if sheet.document == document else None
    link = element("a", name, href=relative(f"{document}.html", sheet.document), aria_current=current)
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


def _footer(sheet: Sheet) -> Html:
    forms = [
        element("a", name, href=relative(f"{sheet.document}.{ending}", sheet.document), type=form)
        for name, ending, form in _FORMS
        if sheet.data
    ]
    beside = [element("p", "This page as data: ", join(forms, ", "))] if forms else []
    licence = element("a", "CC BY 4.0", href=LICENSE, rel="license external")
    whole = element("a", "the whole as data", href=relative("dataset.html", sheet.document))
    about = element("p", "Made by PactGraph ", escape(VERSION), ". Data: ", licence, "; ", whole, ".")
    return element("footer", *beside, about)
