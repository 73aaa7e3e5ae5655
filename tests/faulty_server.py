"""A real HTTP server on loopback that answers as it is told, and as servers should not."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """One request, with the ways to answer it."""

    server: Any

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append((self.path, dict(self.headers)))
        with suppress(OSError):  # the client has had enough
            self.server.routes.get(path, missing)(self)

    def answer(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        named = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body))}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.begin(status, named)
        self.wfile.write(body)

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Tests read what was asked from the server."""


def missing(asked: Asked) -> None:
    asked.answer(b"not here", 404)


class Site:
    """The server from outside: where it is, what it answers, what it was asked."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.port: int = server.server_address[1]
        self.root = f"http://127.0.0.1:{self.port}"
        self.routes: dict[str, Answer] = server.routes

    def __call__(self, path: str) -> str:
        return self.root + path

    @property
    def asked(self) -> list[str]:
        """The paths that were asked, but for robots.txt."""
        return [path for path, _ in self._server.asked if path != "/robots.txt"]

    @property
    def headers(self) -> Mapping[str, str]:
        """Those of the last request."""
        return self._server.asked[-1][1]

    def page(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        """Has the path answered with a page; gives its address."""
        content = body.encode() if isinstance(body, str) else body
        self.routes[path] = lambda asked: asked.answer(content, status, **headers)
        return self(path)

    def move(self, path: str, location: str, status: int = 302) -> str:
        return self.page(path, b"moved", status, location=location)

    def one_after_another(self, path: str, *answers: Answer) -> str:
        """Has each request to the path answered by the next of the answers, and by the last one from then on."""
        left = list(answers)
        self.routes[path] = lambda asked: (left.pop(0) if len(left) > 1 else left[0])(asked)
        return self(path)


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    server.daemon_threads, server.block_on_close = True, False
    server.routes, server.asked = {}, []
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield Site(server)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
