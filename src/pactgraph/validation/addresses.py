"""One address is one source's: what no file can tell by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from pactgraph.validation.beyond import SHAPES
from pactgraph.validation.report import VIOLATION, Finding
from pactgraph.validation.subjects import Subjects, by_subject, read
from pactgraph.vocabulary import SCHEMA, shorten

ADDRESS_OF_ONE: Final = NamedNode(f"{SHAPES}AddressOfOne")
"""A constraint component of our own. SHACL could say it with an inverse path, but would bind all files together."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address with the source that has it, and the file that says so."""

    url: NamedNode
    source: NamedNode
    file: Path | None = None


Elsewhere = Callable[[Collection[NamedNode]], Iterable[Address]]
"""Tells of some addresses which sources have them that are not among the files at hand."""


def nowhere(urls: Collection[NamedNode]) -> Iterable[Address]:
    """There are no other sources."""
    return ()


def addresses(own: Subjects, file: Path) -> Iterator[Address]:
    """The addresses that a file gives."""
    for node, properties in own.items():
        for url in properties.get(SCHEMA.url, ()):
            if isinstance(node, NamedNode) and isinstance(url, NamedNode):
                yield Address(url, node, file)


def read_addresses(file: Path) -> Iterator[Address]:
    """The addresses that a file gives; raises SyntaxFault where it does not parse."""
    return addresses(by_subject(read(file)), file)


def shared(given: Iterable[Address], elsewhere: Elsewhere = nowhere) -> Iterator[Finding]:
    """A finding for each source of the files at hand that has an address of another one."""
    holders: dict[NamedNode, set[Address]] = defaultdict(set)
    for address in given:
        holders[address.url].add(address)
    others: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for address in elsewhere(holders):
        others[address.url].add(address.source)
    for url, own in holders.items():
        sources = others[url] | {address.source for address in own}
        yield from (_finding(address, sources - {address.source}) for address in own if len(sources) > 1)


def _finding(address: Address, others: Collection[NamedNode]) -> Finding:
    named = ", ".join(sorted(shorten(other.value) for other in others))
    message = f"Make it one source with all its addresses, or mend schema:url: {address.url.value} is also that of {named}."
    return Finding(
        address.source,
        SCHEMA.url.value,
        ADDRESS_OF_ONE,
        address.url,
        message,
        VIOLATION,
        ADDRESS_OF_ONE,
        file=address.file,
    )
