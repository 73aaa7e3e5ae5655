"""A page fetched: redirects followed one by one, each checked like the first address and asked of its robots.txt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urljoin

from pactgraph.errors import AddressRefused, FetchFailed
from pactgraph.source.address import check
from pactgraph.source.asking import PAGES, Client, Reply
from pactgraph.source.extras import need
from pactgraph.source.limits import Limits
from pactgraph.source.memento import ARCHIVE, find_archived
from pactgraph.source.page import Fetched, Page, read_page
from pactgraph.source.robots import SIZE, Robots

_MOVED: Final = frozenset({301, 302, 303, 307, 308})


class Fetcher:
    """Fetches pages, and reads the robots.txt of each site once. Options as of `Client`."""

    def __init__(self, limits: Limits | None = None, *, archive: str | None = None, **options: Any) -> None:
        """`archive` is the address that is asked whether a page is archived; None asks nobody."""
        need("trafilatura", "Fetching")
        self._client = Client(limits, **options)
        self._archive = archive
        self._robots = Robots(lambda url: self._follow(url, lambda at: self._client.get(at, size=SIZE)))

    def fetch(self, url: str, since: Page | None = None) -> Page:
        """The page at an address, read.

        With `since`, a page of that address fetched before, the server is asked for what changed; where nothing did,
        it is the same page with a new `fetched`. Raises AddressRefused for an address that may not be fetched,
        FetchFailed where a server gives no page, and PageFault where the page has no text.
        """
        reply = self._follow(url, lambda at: self._polite(at, _conditions(since, at)))
        archived = find_archived(url, self._client, self._archive) if self._archive else None
        if reply.status == 304 and since is not None and since.fetched is not None:
            seen = replace(since.fetched, time=self._time(), archived=archived or since.fetched.archived)
            return replace(since, fetched=seen)
        if reply.status != 200:
            raise _refusal(reply)
        return self._page(url, reply, archived)

    def _page(self, url: str, reply: Reply, archived: str | None) -> Page:
        fetched = Fetched(
            url=url.strip(),
            final_url=reply.url,
            time=self._time(),
            sha256=sha256(reply.content).hexdigest(),
            content_type=reply.headers.get("content-type"),
            language=reply.headers.get("content-language"),
            etag=reply.headers.get("etag"),
            last_modified=reply.headers.get("last-modified"),
            archived=archived,
        )
        return read_page(reply.content, fetched=fetched, limits=self._client.limits)

    def _polite(self, url: str, headers: Mapping[str, str]) -> Reply:
        self._robots.require(url)
        return self._client.get(url, headers, kinds=PAGES)

    def _follow(self, url: str, get: Callable[[str], Reply]) -> Reply:
        """The first answer that does not lead elsewhere; every step is checked before it is taken."""
        seen: list[str] = []
        target = url
        while len(seen) <= self._client.limits.redirects:
            target = self._checked(target, seen)
            if target in seen:
                raise FetchFailed(f"it redirects in a circle, back to {target}", where=url)
            seen.append(target)
            reply = get(target)
            location = reply.headers.get("location", "")
            if reply.status not in _MOVED or not location:
                return reply
            target = _joined(target, location)
        raise FetchFailed(f"it redirects more than {self._client.limits.redirects} times", where=url)

    def _checked(self, url: str, seen: list[str]) -> str:
        try:
            return check(url, allow_loopback=self._client.allow_loopback)
        except AddressRefused as refused:
            if not seen:
                raise
            message = f"it redirects to {refused.where}: {refused.message}"
            raise AddressRefused(message, where=seen[0]) from refused

    def _time(self) -> datetime:
        return self._client.now().astimezone(UTC).replace(microsecond=0)


def fetch(
    url: str,
    *,
    since: Page | None = None,
    archive: bool = False,
    allow_loopback: bool = False,
    limits: Limits | None = None,
) -> Page:
    """The page at an http or https address: its text and what is known of it, with robots.txt respected.

    With `archive`, the Internet Archive is asked whether it has the page. `allow_loopback` allows addresses of this
    machine, and only those beside public ones. For `since` and the errors see `Fetcher.fetch`.
    """
    fetcher = Fetcher(limits, archive=ARCHIVE if archive else None, allow_loopback=allow_loopback)
    return fetcher.fetch(url, since)


def _conditions(since: Page | None, url: str) -> Mapping[str, str]:
    """What belongs to the address where the page was: https://www.rfc-editor.org/rfc/rfc9110#section-13.1."""
    before = since.fetched if since else None
    if before is None or before.final_url != url:
        return {}
    marks = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
    return {name: mark for name, mark in marks.items() if mark}


def _joined(base: str, location: str) -> str:
    """Where a redirect leads. Headers come as Latin-1; what is meant is UTF-8 where it can be."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(base, location)
    except ValueError:
        return location


def _refusal(reply: Reply) -> FetchFailed:
    if asked := reply.headers.get("retry-after"):
        hint = f"It asks to wait: {asked[:40]}"
    elif reply.status >= 500:
        hint = "Try again later."
    else:
        hint = "Open it in a browser, save it, and give the file."
    return FetchFailed(f"the server answered {reply.reason}", where=reply.url, hint=hint)
