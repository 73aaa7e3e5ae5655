"""One tree of errors; each carries its evidence and says what to do next.

PactGraphError            4  internal, unless a subclass says otherwise
├── UsageError            2  the call's words are off
│   └── ExtraMissing          it needs packages that are installed only when asked for
└── BadInput              3  something that was read cannot be used
    ├── SyntaxFault          a file or query that does not parse: where, line, column
    ├── EncodingFault        a text that is not UTF-8: offset, line
    ├── PassageFault         a passage that points at nothing, or at other words: start, end, context
    ├── StoreError           no store, another version, half written, full disk
    │   └── StoreLocked          another process is writing it
    ├── AddressRefused       an address that is not fetched: no web page's, within a private network, forbidden
    ├── FetchFailed          a server that gives no page: no answer, an error, too slow, too large
    ├── PageFault            what is no page or text, or has none: binary, empty, nested too deep
    ├── QueryRefused         a query that may not be evaluated: it reaches out, or is too large
    └── QueryStopped         a query that ran too long, asked for too much or broke the engine
"""

from __future__ import annotations

from pathlib import Path

FINE, FINDINGS, USAGE, BAD_INPUT, INTERNAL = range(5)
"""Exit codes of every command."""


class PactGraphError(Exception):
    """Base of all errors of this package; `exit_code` is what the command line returns."""

    exit_code = INTERNAL


class UsageError(PactGraphError):
    """A call that cannot be carried out as it was written: an unknown name, a missing parameter."""

    exit_code = USAGE


class ExtraMissing(UsageError):
    """A call that needs packages which come with an extra of this one; `cause` is what Python says of the lack."""

    def __init__(self, doing: str, extra: str, cause: ImportError) -> None:
        lack = str(cause).partition("\n")[0]
        super().__init__(
            f"{doing} needs packages that are not installed: {lack}\n  pip install 'pactgraph[{extra}]'"
        )


class BadInput(PactGraphError):
    """Something that was read cannot be used.

    `where` is the file, source or address; `line` and `column` count from 1 where they are known.
    """

    exit_code = BAD_INPUT

    def __init__(
        self,
        message: str,
        *,
        where: Path | str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.line = line
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.where, self.line, self.column) if part is not None)
        head = f"{place}: {self.message}" if place else self.message
        return f"{head}\n  {self.hint}" if self.hint else head


def contents(path: Path) -> bytes:
    """The bytes of a file; raises BadInput where it is not there or cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror or error}", where=path) from None


class SyntaxFault(BadInput):
    """A file or a query that does not parse."""


class StoreError(BadInput):
    """The store cannot be opened or written: none yet, another version, locked, half written."""


class EncodingFault(BadInput):
    """Bytes that are not strict UTF-8, or a string with a lone surrogate; `offset` counts from 0 in bytes
    (in code points for a string)."""

    def __init__(
        self, message: str, *, offset: int = 0, where: Path | str | None = None, line: int | None = None
    ) -> None:
        super().__init__(message, where=where, line=line, hint="Save the text as UTF-8 and read it again.")
        self.offset = offset


class PassageFault(BadInput):
    """A passage that does not point at what it must.

    `start` and `end` are code points of the text's normal form; `context` is a few words around them.
    """

    def __init__(
        self,
        message: str,
        *,
        start: int = 0,
        end: int = 0,
        where: Path | str | None = None,
        context: str | None = None,
        hint: str | None = None,
    ) -> None:
        near = f" near “{context}”" if context else ""
        super().__init__(f"char={start},{end}{near}: {message}", where=where, hint=hint)
        self.start = start
        self.end = end
        self.context = context


class AddressRefused(BadInput):
    """An address that is not fetched: not http or https, in a private network, or forbidden by robots.txt."""


class FetchFailed(BadInput):
    """A server that gives no page: no answer, an error, an answer that is too slow, too large or of another kind."""


class PageFault(BadInput):
    """What was read is no text or page that has one: binary, empty, of unknown encoding, nested too deep."""


class StoreLocked(StoreError):
    """Another process is writing the store."""


class QueryRefused(BadInput):
    """A query that is not evaluated: it would reach outside the graph, change it, or break the engine."""


class QueryStopped(BadInput):
    """A query whose evaluation was ended: it ran too long, asked for too much memory or broke the engine."""
