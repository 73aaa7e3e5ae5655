"""Where on the site an IRI of the graph has its page, and how one page links to another.

`https://w3id.org/pactgraph/id/pact/x` is described by `id/pact/x.html`, `.ttl` and `.jsonld`; what has a fragment
stands on the page of the document, at that fragment. Links are relative, so that the site works under any address.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from pactgraph.vocabulary import ID, ONTOLOGY

ROOT: Final = ID.removesuffix("id/")
"""What the IRIs of graph, ontology and shapes begin with."""
TERMS: Final = ONTOLOGY.removeprefix(ROOT).removesuffix("#")
"""The document that describes the ontology."""
SHAPES: Final = "shapes"
"""The document that describes the shapes."""
WHOLE: Final = "dataset"
"""The document that describes the graph as a whole."""
_WEB: Final = ("http", "https")
_OPEN: Final = "!$&'()*+,;=:@/?-._~"
"""What may stand in a fragment as it is: https://www.rfc-editor.org/rfc/rfc3986#section-3.5."""


@lru_cache(maxsize=1 << 16)
def document_of(iri: str) -> str | None:
    """The path, without ending, of the page that describes an IRI; None for what is not in the graph's namespace.

    A name of letters, digits, points and dashes is its own path; of any other every byte that is none of these is
    written `~XX`, so that two names never share a page and no page lies outside the site; so is the first letter of
    `index`, which is the page of all of a kind.
    """
    path = iri.partition("#")[0].removeprefix(ROOT)
    if not iri.startswith(ROOT) or not all(path.split("/")):
        return None
    return "/".join(map(_segment, path.split("/")))


def fragment_of(iri: str) -> str:
    """The part of an IRI that names a place within its page, or nothing."""
    return iri.partition("#")[2]


def kind_of(document: str) -> str:
    """The kind of what a page describes: `pact` of `id/pact/x`."""
    parts = document.split("/")
    return parts[1] if parts[0] == "id" and len(parts) > 2 else ""


def relative(target: str, document: str) -> str:
    """The link from a page to a file of the site."""
    return "../" * document.count("/") + quote(target)


def with_fragment(link: str, fragment: str) -> str:
    """A link to a place within a page."""
    return f"{link}#{quote(fragment, safe=_OPEN)}" if fragment else link


def is_web(address: str) -> bool:
    """Whether an address can be linked to: one of the web, and not of a script or a file."""
    try:
        known = urlsplit(address)
    except ValueError:
        return False
    return known.scheme in _WEB and bool(known.netloc)


def is_folder(address: str) -> bool:
    """Whether a site can lie under an address: an IRI of the web without a query or a fragment."""
    try:
        return is_web(NamedNode(address).value) and not {"?", "#"} & set(address)
    except ValueError:
        return False


def _segment(name: str) -> str:
    known = quote(name.replace("~", "\0"), safe="").replace("%00", "%7E").replace("%", "~")
    return f"~{ord(known[0]):02X}{known[1:]}" if known == "index" or known.startswith(".") else known
