"""Under which licence data is given, as a file for people says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from pactgraph.errors import contents

_NAMED: Final = re.compile(r"SPDX-License-Identifier:\s*([A-Za-z0-9.+-]+)")
_ADDRESS: Final = re.compile(r"https?://[^\s/<>\"'`{}|^\\][^\s<>\"'`{}|^\\]*")


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its name for people, and its address."""

    name: str
    address: str


def read_licence(path: Path) -> Licence | None:
    """The licence that a file names; None where there is no such file, or it names none.

    Its name is the SPDX identifier, https://spdx.github.io/spdx-spec/v2.3/using-SPDX-short-identifiers-in-source-files/,
    and its address the first of the web in the file, or else that of the identifier.
    """
    if not path.is_file():
        return None
    text = contents(path).decode("utf-8", "replace")
    named = _NAMED.search(text)
    if address := next(_addresses(text), None):
        return Licence(named[1] if named else "its licence", address)
    return Licence(named[1], f"https://spdx.org/licenses/{named[1]}") if named else None


def _addresses(text: str) -> Iterator[str]:
    """The addresses that are IRIs, which data may name: https://www.rfc-editor.org/rfc/rfc3987."""
    for found in _ADDRESS.findall(text):
        with suppress(ValueError):
            if _ADDRESS.fullmatch(address := found.rstrip(".,;:)")):
                yield NamedNode(address).value
