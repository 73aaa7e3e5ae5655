"""Under which licence a project gives its data: what its file `LICENSE-data` says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pactgraph.errors import contents
from pactgraph.project import Project
from pactgraph.site.addresses import is_named

FILE: Final = "LICENSE-data"
_NAMED: Final = re.compile(r"SPDX-License-Identifier:\s*([A-Za-z0-9.+-]+)")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`{}|^\\]+")


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its name for people, and its address."""

    name: str
    address: str


def licence_of(project: Project) -> Licence | None:
    """The licence that `LICENSE-data` beside `data/` names; None where there is no such file, or it names none.

    Its name is the SPDX identifier, https://spdx.github.io/spdx-spec/v2.3/using-SPDX-short-identifiers-in-source-files/,
    and its address the first of the web in the file, or else that of the identifier.
    """
    path = project.root / FILE
    if not path.is_file():
        return None
    text = contents(path).decode("utf-8", "replace")
    named = _NAMED.search(text)
    addresses = (found.rstrip(".,;:)") for found in _ADDRESS.findall(text))
    if address := next(filter(is_named, addresses), None):
        return Licence(named[1] if named else "its licence", address)
    return Licence(named[1], f"https://spdx.org/licenses/{named[1]}") if named else None
