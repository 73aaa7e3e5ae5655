"""Evaluation in a process of its own, which can be stopped.

Oxigraph cannot be interrupted, and a hostile query can end the process that parses it. So a query is evaluated in
a child with limits on memory and processor time and without the right to open a socket; at the deadline it is
killed. The answer comes back whole or not at all. POSIX only.
"""

from __future__ import annotations

import faulthandler
import json
import os
import resource
import select
import signal
import time
import warnings
from collections.abc import Mapping
from contextlib import suppress
from math import ceil, inf
from pathlib import Path
from typing import NoReturn

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from pactgraph.errors import BadInput, PactGraphError, QueryStopped, StoreError, SyntaxFault, UsageError
from pactgraph.sparql.confinement import forbid_sockets
from pactgraph.sparql.results import Kind, Result
from pactgraph.store import Answer, Bindable, Location, is_remote, open_store
from pactgraph.store.local import MEMORY_NAME
from pactgraph.store.trouble import query_error

MEMORY = 4 * 1024**3
"""Address space in bytes that a query may take."""

_KINDS: dict[bytes, Kind] = {b"S": "rows", b"B": "truth", b"T": "triples"}
_TOO_MUCH = "the query asked for too much memory, or broke the engine"
_FAULTS = {fault.__name__: fault for fault in (SyntaxFault, StoreError, QueryStopped, BadInput)}


def run(
    location: Location,
    text: str,
    substitutions: Mapping[str, Bindable] | None = None,
    timeout_seconds: float = 30.0,
) -> Result:
    """Evaluates a query in a child process and returns within `timeout_seconds`, or a moment later.

    The child opens a store on disk anew, read-only; a store in memory it inherits. One that is being written
    is asked as it was before. Raises `QueryStopped` when the deadline passed, the memory did not suffice or the
    engine broke, and whatever `Store.query` raises.
    """
    if not 0 < timeout_seconds < inf:
        raise UsageError("A timeout is a number of seconds above 0.")
    deadline = time.monotonic() + timeout_seconds
    child, pipe = _start(_own(location), text, substitutions or {}, timeout_seconds)
    message = None
    try:
        message = _read(pipe, deadline)
    finally:
        os.close(pipe)
        status = _end(child, finished=message is not None)
    if message is None:
        raise _too_long(timeout_seconds)
    return _result(message, status, timeout_seconds)


def _start(
    location: Location, text: str, substitutions: Mapping[str, Bindable], seconds: float
) -> tuple[int, int]:
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of threads at a fork; an open Oxigraph has idle ones, which the child never needs.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reader)
        _live(writer, location, text, substitutions, seconds)
    os.close(writer)
    return child, reader


def _live(
    writer: int, location: Location, text: str, substitutions: Mapping[str, Bindable], seconds: float
) -> NoReturn:
    """The whole life of the child, which never returns into the code of its parent."""
    code = 1
    try:
        _confine(seconds, may_connect=is_remote(location))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(_message(location, text, substitutions))
        code = 0
    finally:
        os._exit(code)


def _confine(seconds: float, may_connect: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends its child
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # where the engine writes its last words
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_CPU, ceil(seconds) + 1)
    _lower(resource.RLIMIT_AS, _address_space() + MEMORY)
    if not may_connect:
        forbid_sockets()


def _lower(limit: int, value: int) -> None:
    hard = resource.getrlimit(limit)[1]
    soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(limit, (soft, hard))


def _address_space() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _message(location: Location, text: str, substitutions: Mapping[str, Bindable]) -> bytes:
    try:
        store = open_store(location)
        try:
            return _serialized(store.query(text, substitutions))
        except (OSError, RuntimeError) as error:
            raise query_error(error, store.where) from None
    except MemoryError:
        return _fault(QueryStopped(_TOO_MUCH, where="query"))
    except PactGraphError as error:
        return _fault(error)


def _own(location: Location) -> Location:
    """What the child opens: its own view of a store on disk, whose threads did not come along, or of a server."""
    if isinstance(location, str | Path) or location.where == MEMORY_NAME:
        return location
    return location.where


def _serialized(answer: Answer) -> bytes:
    if isinstance(answer, QuerySolutions | QueryBoolean):
        tag = b"S" if isinstance(answer, QuerySolutions) else b"B"
        return tag + (answer.serialize(format=QueryResultsFormat.JSON) or b"")
    return b"T" + (pyoxigraph.serialize(answer, format=RdfFormat.N_TRIPLES) or b"")


def _fault(error: PactGraphError) -> bytes:
    evidence = {name: getattr(error, name, None) for name in ("where", "line", "column", "hint")}
    message = error.message if isinstance(error, BadInput) else str(error)
    return b"E" + json.dumps([type(error).__name__, message, evidence], default=str).encode()


def _raise_fault(body: bytes) -> NoReturn:
    name, message, evidence = json.loads(body)
    if name == UsageError.__name__:
        raise UsageError(message)
    raise _FAULTS.get(name, BadInput)(message, **evidence)


def _read(pipe: int, deadline: float) -> bytes | None:
    """All that the child writes, or None when the deadline passes first."""
    pieces: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            piece = os.read(pipe, 1 << 20)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
    return None


def _end(child: int, *, finished: bool) -> int:
    """Waits for the child, which is killed unless it has finished; how it ended."""
    if not finished:
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _result(message: bytes, status: int, seconds: float) -> Result:
    if status == -signal.SIGXCPU:
        raise _too_long(seconds)
    if status != 0:
        raise QueryStopped(_TOO_MUCH, where="query", hint="Ask for less: fewer joins, a LIMIT, less nesting.")
    if message[:1] == b"E":
        _raise_fault(message[1:])
    return Result(_KINDS[message[:1]], message[1:])


def _too_long(seconds: float) -> QueryStopped:
    return QueryStopped(
        f"stopped after {seconds:g} s, the time it was given",
        where="query",
        hint="Bind more of its variables, add a LIMIT, or give it longer with --timeout SECONDS.",
    )
