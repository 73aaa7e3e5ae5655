"""The command line: parse, call one function, print."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from pactgraph.errors import INTERNAL, PactGraphError

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
        print(f"pactgraph: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CLOSED_PIPE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        print(f"pactgraph: {error.strerror or error}: {error.filename or ''}".rstrip(": "), file=sys.stderr)
        return 3
    except Exception as error:
        if os.environ.get("PACTGRAPH_DEBUG"):
            raise
        print(
            f"pactgraph: internal error: {type(error).__name__}: {error}\n"
            "  Set PACTGRAPH_DEBUG=1 and run it again to see where; please report it.",
            file=sys.stderr,
        )
        return INTERNAL
