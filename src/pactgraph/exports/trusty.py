"""Trusty URIs of RDF, module RA: a name that is the hash of the quads which it names.

https://trustyuri.net/spec/v1.html: SHA-256 of the sorted quads, in which the name itself is written as a blank.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from pactgraph.claim import Term

PLACEHOLDER: Final = "RA" + "0" * 43
"""Stands in the quads for the code that is not known yet."""
_CODE: Final = re.compile(r"RA[A-Za-z0-9_-]{43}")

_Key = tuple[str, str, str, int, str, str, str]


def code_of(iri: str) -> str | None:
    """The code in a Trusty URI; None where there is none."""
    found = _CODE.findall(iri)
    return found[-1] if found else None


def code(quads: Iterable[Quad], own: str = PLACEHOLDER) -> str:
    """The code of quads in which `own` stands for it: `RA` and 43 characters."""
    digest = hashlib.sha256(normal_form(quads, own).encode()).digest()
    return "RA" + urlsafe_b64encode(digest).decode().rstrip("=")


def normal_form(quads: Iterable[Quad], own: str = PLACEHOLDER) -> str:
    """The text that is hashed, and that a signature signs: graph, subject, predicate and object, a line each."""
    ordered = sorted({_key(quad, own): _lines(quad, own) for quad in quads}.items())
    return "".join(lines for _, lines in ordered)


def named(quads: Iterable[Quad], own: str, other: str) -> list[Quad]:
    """The quads with another code in place of their own."""

    def renamed(term: object) -> NamedNode | Literal:
        assert isinstance(term, NamedNode | Literal)
        return NamedNode(term.value.replace(own, other)) if isinstance(term, NamedNode) else term

    return [
        Quad(*(renamed(term) for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)))  # type: ignore[arg-type]
        for quad in quads
    ]


def _key(quad: Quad, own: str) -> _Key:
    graph, subject, predicate = _iris(quad, own)
    value = quad.object
    if isinstance(value, Literal):
        datatype = "" if value.language else value.datatype.value
        return graph, subject, predicate, 1, value.value, datatype, value.language or ""
    return graph, subject, predicate, 0, _blanked(value, own), "", ""


def _lines(quad: Quad, own: str) -> str:
    value = quad.object
    assert isinstance(value, NamedNode | Literal)
    return "".join(f"{line}\n" for line in (*_iris(quad, own), _object(value, own)))


def _object(value: Term, own: str) -> str:
    if isinstance(value, NamedNode):
        return _blanked(value, own)
    kind = f"@{value.language.lower()}" if value.language else f"^{value.datatype.value}"
    return f"{kind} " + value.value.replace("\\", "\\\\").replace("\n", "\\n")


def _iris(quad: Quad, own: str) -> tuple[str, str, str]:
    graph, subject, predicate = (
        _blanked(term, own) for term in (quad.graph_name, quad.subject, quad.predicate)
    )
    return graph, subject, predicate


def _blanked(term: object, own: str) -> str:
    assert isinstance(term, NamedNode), "quads of a nanopublication have no blank nodes"
    return term.value.replace(own, " ")
