"""Connections to checked addresses only, none of which outlasts its limit.

A name is resolved once, every address that it has is checked, and the connection is made to one of those very
addresses; a name that is resolved anew later on (DNS rebinding) has nothing to win. Host header, server name and
certificate stay those of the name.
"""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from pactgraph.errors import AddressRefused, FetchFailed
from pactgraph.source.address import forbidden, refused
from pactgraph.source.limits import Limits


@dataclass(frozen=True, slots=True)
class Guard:
    """Makes connections within limits; to this machine itself only where that is allowed."""

    limits: Limits
    allow_loopback: bool = False

    def connect(self, host: str, port: int, deadline: float) -> socket.socket:
        """A connected socket; raises AddressRefused, or OSError where nobody answers."""
        fault: OSError = ConnectionError(f"{host} has no address")
        for family, kind, protocol, _, place in self._resolve(host, port):
            with_time = min(self.limits.connect, deadline - time.monotonic())
            try:
                return _dial(socket.socket(family, kind, protocol), place, max(with_time, 0.001))
            except OSError as error:
                fault = error
        raise fault

    def _resolve(self, host: str, port: int) -> list[Any]:
        """All addresses of a name, if all of them may be asked: one that may not betrays the name."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except UnicodeError as error:
            raise AddressRefused("this is not a name of a host", where=host) from error
        for *_, place in found:
            if reason := forbidden(str(place[0]), port, allow_loopback=self.allow_loopback):
                raise refused(reason, host)
        return found


class GuardedAdapter(HTTPAdapter):
    """Transport of requests over guarded connections."""

    def __init__(self, guard: Guard) -> None:
        self._pools = _pools(guard)
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools


def _pools(guard: Guard) -> dict[str, Any]:
    """The classes that urllib3 makes pools from, for each scheme, which make guarded connections."""

    class Plain(_Guarded, HTTPConnection):
        gate = guard

    class Secure(_Guarded, HTTPSConnection):
        gate = guard

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class _Guarded(HTTPConnection):
    """Its `_new_conn` is where urllib3 makes the sockets of http and https alike."""

    gate: ClassVar[Guard]
    _deadline = 0.0

    def connect(self) -> None:
        self._deadline = time.monotonic() + self.gate.limits.total
        super().connect()
        self.sock: Any = _Timed(self.sock, self._left)

    def _new_conn(self) -> socket.socket:
        try:
            return self.gate.connect(self._dns_host, self.port, self._deadline)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"{self.host} does not answer") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise FetchFailed(
                f"the answer took longer than {self.gate.limits.total:g} seconds", where=self.host
            )
        return left


def _dial(sock: socket.socket, place: Any, seconds: float) -> socket.socket:
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(seconds)
        sock.connect(place)
    except BaseException:
        sock.close()
        raise
    return sock


class _Timed:
    """A socket, plain or secure, of which every reading ends in time, however slowly the bytes drip."""

    def __init__(self, sock: Any, left: Callable[[], float]) -> None:
        self._sock = sock
        self._left = left

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        return io.BufferedReader(_Drip(self._sock, self._left))


class _Drip(io.RawIOBase):
    def __init__(self, sock: Any, left: Callable[[], float]) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        patience = self._sock.gettimeout()
        self._sock.settimeout(min(self._left(), patience or self._left()))
        try:
            count: int | None = self._raw.readinto(buffer)
        except TimeoutError:
            self._left()
            raise
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()
