"""Questions to Wikidata's servers, by their rules: who we are, one at a time, and as slowly as they ask.

https://www.mediawiki.org/wiki/API:Etiquette, https://www.mediawiki.org/wiki/Manual:Maxlag_parameter,
https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual#Query_limits.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Final
from urllib.parse import urlencode

from pactgraph.errors import FetchFailed
from pactgraph.source.address import check
from pactgraph.source.asking import Client, Reply
from pactgraph.source.limits import Limits

LIMITS: Final = Limits(read=70.0, total=120.0, size=64_000_000, longest_wait=180.0)
"""Fifty items are large, as much as 12.6 MB and up to three times that with its escapes, and a question to the query
service may take a minute."""
MAXLAG: Final = 5
"""Seconds by which the servers may lag before they ask to come again; also the least that one waits then."""
PAUSE: Final = 1.0
"""Seconds between two questions."""

_BUSY: Final = frozenset({"maxlag", "ratelimited", "readonly"})
"""Errors in a body of status 200 that ask to come again."""


class Asker:
    """Asks one question at a time, whoever calls. Options as of `source.asking.Client`."""

    def __init__(
        self, limits: Limits = LIMITS, *, sleep: Callable[[float], None] = time.sleep, **options: Any
    ) -> None:
        self._client = Client(limits, sleep=sleep, **options)
        self._sleep = sleep
        self._alone = Lock()
        self._began = False

    def ask(self, address: str, question: Mapping[str, str], accept: str = "application/json") -> Any:
        """The JSON that an address answers to a question; raises FetchFailed and AddressRefused."""
        where = check(address, allow_loopback=self._client.allow_loopback)
        with self._alone:
            if self._began:
                self._sleep(PAUSE)
            self._began = True
            mark = "&" if "?" in where else "?"
            reply = self._client.get(f"{where}{mark}{urlencode(question)}", {"Accept": accept}, pause=_pause)
        return _answer(reply, address)


def _pause(reply: Reply) -> float | None:
    return float(MAXLAG) if _error(reply).get("code") in _BUSY else None


def _error(reply: Reply) -> Mapping[str, Any]:
    """The error that stands in a body; none where it is no JSON or has no error."""
    if reply.status != 200 or b'"error"' not in reply.content[:2000]:
        return {}
    try:
        error = json.loads(reply.content).get("error", {})
    except (ValueError, RecursionError, AttributeError):
        return {}
    return error if isinstance(error, dict) else {}


def _answer(reply: Reply, address: str) -> Any:
    if reply.status != 200:
        raise FetchFailed(f"the server answered {reply.reason}", where=address, hint=_hint(reply))
    if error := _error(reply):
        code, words = (str(error.get(key, "")) for key in ("code", "info"))
        hint = "Its servers are busy: try again later." if code in _BUSY else None
        raise FetchFailed(f"the server answered {code}: {words[:200]}", where=address, hint=hint)
    try:
        return json.loads(reply.content)
    except (ValueError, RecursionError):
        raise FetchFailed("the answer is no JSON", where=address) from None


def _hint(reply: Reply) -> str | None:
    """When to come again, where that helps."""
    asked = reply.headers.get("retry-after", "").strip()[:40]
    if asked.isascii() and asked.isdigit():
        return f"It asks to wait {int(asked):,} seconds."
    if asked:
        return f"It asks to wait until {asked}."
    return "Try again later." if reply.status >= 429 else None
