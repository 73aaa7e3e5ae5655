"""The archived address of a page, where an archive has one; asked only when a person asks."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import quote

from pactgraph.errors import AddressRefused, FetchFailed
from pactgraph.source.address import check
from pactgraph.source.asking import Client

ARCHIVE: Final = "https://archive.org/wayback/available?url="
"""https://archive.org/help/wayback_api.php: the address of a page, encoded, stands at the end."""


def find_archived(url: str, client: Client, archive: str = ARCHIVE) -> str | None:
    """The address of the closest archived copy; None where there is none, or where the archive does not answer."""
    try:
        asked = check(f"{archive}{quote(url, safe='')}", allow_loopback=client.allow_loopback)
        reply = client.get(asked, kinds=("application/json", "text/json"))
        return _closest(json.loads(reply.content)) if reply.status == 200 else None
    except (AddressRefused, FetchFailed, ValueError, RecursionError):
        return None


def _closest(answer: Any) -> str | None:
    for name in ("archived_snapshots", "closest"):
        answer = answer.get(name) if isinstance(answer, dict) else None
    found = answer.get("url") if isinstance(answer, dict) and answer.get("available") else None
    return _secure(found) if isinstance(found, str) else None


def _secure(url: str) -> str | None:
    """The archive names its copies with http, and has them by https."""
    plain = url.startswith("http://web.archive.org/")
    secure = f"https{url.removeprefix('http')}" if plain else url
    return secure if secure.startswith(("http://", "https://")) and secure.isprintable() else None
