"""The command line: parse, call one function, print."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence

from pactgraph.errors import BAD_INPUT, INTERNAL, PactGraphError

_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor or turns what it shows; a message may quote it from an input."""
_INTERRUPTED = 130
_CLOSED_PIPE = 141
"""What shells give for a program that SIGINT or SIGPIPE ended: 128 and the number of the signal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 fine, 1 findings, 2 usage, 3 bad input, 4 internal."""
    from pactgraph.cli.arguments import parser

    given = parser().parse_args(arguments)
    try:
        from pactgraph.cli.commands import run  # not needed, and not paid for, by --version and --help

        return run(given)
    except PactGraphError as error:
        _tell(str(error))
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CLOSED_PIPE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        _tell(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
        return BAD_INPUT
    except Exception as error:
        if os.environ.get("PACTGRAPH_DEBUG"):
            raise
        _tell(
            f"internal error: {type(error).__name__}: {error}\n"
            "  Set PACTGRAPH_DEBUG=1 and run it again to see where; please report it."
        )
        return INTERNAL


def _tell(message: str) -> None:
    print(f"pactgraph: {_COMMANDS.sub(chr(0xFFFD), message)}", file=sys.stderr)
