"""One address asked, once or again until it answers: limits, retries and who we say we are. Redirects are not followed."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import count
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from pactgraph.errors import FetchFailed
from pactgraph.source.connecting import Guard, GuardedAdapter
from pactgraph.source.limits import Limits
from pactgraph.version import VERSION

AGENT: Final = "pactgraph"
"""The product token that robots.txt knows us by, https://www.rfc-editor.org/rfc/rfc9309#section-2.2.1."""

USER_AGENT: Final = f"{AGENT}/{VERSION} (+https://w3id.org/pactgraph/)"
PAGES: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
"""Media types that are read as a page."""

_HEADERS: Final = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
_RETRIED: Final = frozenset({429, 500, 502, 503, 504})
_ENCODINGS: Final = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; the names of `headers` are in small letters, `content` is decompressed.

    `content` is empty unless the status is 200.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)

    @property
    def reason(self) -> str:
        """The status in words, such as `404 Not Found`."""
        known = {each.value: each.phrase for each in HTTPStatus}
        return f"{self.status} {known.get(self.status, '')}".strip()

    @property
    def kind(self) -> str:
        """The media type in small letters, without parameters; empty where none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Client:
    """Asks addresses over guarded connections. `sleep` and `now` are given by tests.

    There is no session of requests behind it: that would read the body of a redirect whole, and use the proxies,
    passwords and certificates that the environment names. A proxy resolves names itself, out of reach of the guard.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allow_loopback: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.limits = limits or Limits()
        self.allow_loopback = allow_loopback
        self.now = now
        self._sleep = sleep
        self._adapter = GuardedAdapter(Guard(self.limits, allow_loopback))

    def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        kinds: Collection[str] = (),
        size: int | None = None,
        pause: Callable[[Reply], float | None] = lambda _: None,
    ) -> Reply:
        """The answer, after as many tries as the limits allow; `url` is one that `address.check` gave.

        With `kinds`, an answer of another media type is refused unread. With `size`, what exceeds it is cut off;
        without, what exceeds the limit is refused. `pause` says how many seconds to wait at least where an answer of
        any status asks to come again, and None where it does not. Raises FetchFailed and AddressRefused.
        """
        for nth in count(1):
            last = nth == self.limits.tries
            try:
                reply = self._once(url, headers or {}, kinds, size)
            except _Interrupted as fault:
                if last:
                    raise FetchFailed(fault.message, where=url, hint=fault.hint) from fault
                self._sleep(_backoff(nth))
                continue
            least = 0.0 if reply.status in _RETRIED else pause(reply)
            if least is None or last:
                return reply
            wait = max(least, self._asked_to_wait(reply, nth))
            if wait > self.limits.longest_wait:
                return reply
            self._sleep(wait)
        raise AssertionError

    def _once(self, url: str, headers: Mapping[str, str], kinds: Collection[str], size: int | None) -> Reply:
        request = requests.Request("GET", url, headers={**_HEADERS, **headers}).prepare()
        patience = self.limits.connect, self.limits.read
        try:
            with self._adapter.send(request, stream=True, timeout=patience) as response:
                return self._read(url, response, kinds, size)
        except (requests.RequestException, HTTPError, UnicodeError) as error:
            raise _fault(error, url) from error

    def _read(self, url: str, response: requests.Response, kinds: Collection[str], size: int | None) -> Reply:
        headers = {name.lower(): value for name, value in response.headers.items()}
        reply = Reply(url, response.status_code, headers, b"")
        if reply.status != HTTPStatus.OK:
            return reply
        if kinds and reply.kind and reply.kind not in kinds:
            raise FetchFailed(
                f"it is {reply.kind}, not a page of text",
                where=url,
                hint="Save its text as a file of its own, and give that.",
            )
        return Reply(url, reply.status, headers, self._body(response, reply, size))

    def _body(self, response: requests.Response, reply: Reply, size: int | None) -> bytes:
        """Decompressed piece by piece, so that a bomb is noticed before it goes off."""
        used = {each.strip().lower() for each in reply.headers.get("content-encoding", "").split(",")}
        if not used <= _ENCODINGS:
            raise FetchFailed(
                f"it is compressed as {', '.join(sorted(used))}, which was not asked for", where=reply.url
            )
        body, most = bytearray(), size or self.limits.size
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > most and size is None:
                raise FetchFailed(f"it is larger than {most:,} bytes", where=reply.url)
            if len(body) > most:
                break
        return bytes(body[:most])

    def _asked_to_wait(self, reply: Reply, nth: int) -> float:
        """Seconds, as the server asks (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3) or as we do."""
        asked = reply.headers.get("retry-after", "").strip()
        if asked.isascii() and asked.isdigit():
            return float(asked[:9])
        try:
            day = parsedate_to_datetime(asked)
        except (ValueError, IndexError, TypeError):
            return _backoff(nth)
        return max(0.0, (day.replace(tzinfo=day.tzinfo or UTC) - self.now()).total_seconds())


class _Interrupted(FetchFailed):
    """What may go better the next time."""


def _backoff(nth: int) -> float:
    return float(2 ** (nth - 1))


def _fault(error: Exception, url: str) -> FetchFailed:
    """What went wrong, in words; the kinds are told apart from the most particular on."""
    cause = _innermost(error)
    if isinstance(error, requests.exceptions.SSLError):
        return FetchFailed(f"its certificate is not to be trusted: {_words(cause)}", where=url)
    if isinstance(error, requests.exceptions.ContentDecodingError):
        return FetchFailed("what it sent cannot be decompressed", where=url)
    if isinstance(cause, socket.gaierror | ConnectionRefusedError):
        return FetchFailed(f"nobody answers: {_words(cause)}", where=url, hint="Is the address right?")
    if isinstance(error, requests.Timeout) or isinstance(cause, TimeoutError):
        return _Interrupted("the server does not answer in time", where=url, hint="Try again later.")
    if isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        return _Interrupted(f"the connection broke: {_words(cause)}", where=url, hint="Try again later.")
    return FetchFailed(f"the answer cannot be read: {_words(cause)}", where=url)


def _innermost(error: BaseException) -> BaseException:
    """The first reason of all, which is the one that tells."""
    inner = error.__cause__ or error.__context__
    return error if inner is None else _innermost(inner)


def _words(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
