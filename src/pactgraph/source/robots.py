"""What robots.txt of a site allows (https://www.rfc-editor.org/rfc/rfc9309), asked once for each site."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pactgraph.errors import AddressRefused, FetchFailed
from pactgraph.source.asking import AGENT, Reply
from pactgraph.source.extras import need

if TYPE_CHECKING:
    from protego import Protego

SIZE: Final = 512 * 1024
"""Bytes of a robots.txt that are read; 500 KiB is the least that the standard asks for."""


class Robots:
    """The rules of sites, read with `get`, which follows redirects and gives the last answer."""

    def __init__(self, get: Callable[[str], Reply]) -> None:
        self._get = get
        self._rules: dict[str, Protego | None] = {}

    def require(self, url: str) -> None:
        """Raises AddressRefused where the rules forbid the address, FetchFailed where they cannot be had for now.

        A site whose rules cannot be had is not read: https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1.4.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._read(f"{site}/robots.txt")
        rules = self._rules[site]
        if rules is not None and not rules.can_fetch(url, AGENT):
            raise AddressRefused(
                "the site's robots.txt forbids programs to fetch it",
                where=url,
                hint="Open it in a browser, save it, and give the file.",
            )

    def _read(self, url: str) -> Protego | None:
        """None where there are no rules: https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1.3."""
        reply = self._get(url)
        if reply.status == 200:
            words = reply.content.decode("utf-8", "replace")
            rules: Protego = need("protego", "Fetching").Protego.parse(words)
            return rules
        if 400 <= reply.status < 500 and reply.status != 429:
            return None
        raise FetchFailed(
            f"whether it may be fetched cannot be known: the server answered {reply.reason}",
            where=url,
            hint="Try again later.",
        )
