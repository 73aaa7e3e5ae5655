"""How much of a page is read, and how long one waits for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts; what exceeds them is refused, with a message that names the limit.

    `connect` and `read` are seconds for one step, `total` for one answer from the first byte asked to the last one
    given. Resolving a name is left to the system and its own limits. `size` is in bytes after decompression.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    size: int = 10_000_000
    redirects: int = 8
    tries: int = 4
    longest_wait: float = 60.0
    """Seconds; a server that asks to wait longer is not asked again."""
