"""What engines say when something is wrong, in words a person can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from pactgraph.errors import BadInput, StoreError, StoreLocked, SyntaxFault
from pactgraph.store.lexer import pointer

REBUILD = "Run `pactgraph build` to make it again; the data files are not touched."
_CAUSES = (
    ("No space left on device", "the disk is full", "Free some space and run the command again."),
    ("Disk quota exceeded", "the disk quota is used up", "Free some space and run the command again."),
    (
        "Read-only file system",
        "the folder is read-only",
        "Choose a folder that can be written with --store DIR.",
    ),
    (
        "Permission denied",
        "permission denied",
        "Ask for the right to use the folder, or choose another with --store DIR.",
    ),
    (
        "Too many open files",
        "too many files are open",
        "Raise the limit (`ulimit -n 4096`) and run the command again.",
    ),
    ("Corruption", "the store is damaged", REBUILD),
    ("No such file", "the store is incomplete", REBUILD),
    ("IO error", "the store cannot be read", REBUILD),
)
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turns errors of Oxigraph and of the file system into `StoreError`."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise store_error(error, where) from error


def store_error(error: Exception, where: str) -> StoreError:
    """The error of this package that says what an `OSError` or `RuntimeError` means."""
    return _known(error, where) or StoreError(str(error), where=where)


def query_error(error: Exception, where: str) -> BadInput:
    """The same for the evaluation of a query, where what is not the store's fault is the query's."""
    return _known(error, where) or BadInput(str(error), where="query")


def _known(error: Exception, where: str) -> StoreError | None:
    text = str(error)
    if "lock hold by" in text:
        return locked(where)
    for sign, message, hint in _CAUSES:
        if sign in text:
            return StoreError(message, where=where, hint=hint)
    return None


def locked(where: str) -> StoreLocked:
    return StoreLocked("another build is writing this store", where=where, hint="Wait until it has finished.")


def syntax_fault(error: SyntaxError, text: str) -> SyntaxFault:
    """Oxigraph's message with line and column, without its page of character classes."""
    match = _PLACE.match(str(error))
    if match is None:
        return SyntaxFault(str(error), where="query")
    line, column = int(match[1]), int(match[2])
    return SyntaxFault(
        f"the query does not parse here{_expectation(match[3])}",
        where="query",
        line=line,
        column=column,
        hint=pointer(text, line, column),
    )


def _expectation(expected: str) -> str:
    """What Oxigraph says in words ("Prefix not found"); its lists of terminals name what is never allowed here."""
    return ": " + expected.split(", [")[0].split(", '")[0] if re.match(r"[A-Z][a-z]|The ", expected) else ""
