"""A bar on stderr for what takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_PATIENCE = 1.0
"""Seconds after which a progress bar appears."""


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr for what takes longer than a second; nothing when stderr is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    began = time.monotonic()
    bars: list[Any] = []

    def told(doing: str, done: int, total: int) -> None:
        if not bars and time.monotonic() - began > _PATIENCE:
            bars.append(_bar())
        if bars:
            bar, tasks = bars[0]
            if doing not in tasks:
                tasks[doing] = bar.add_task(doing, total=total)
            bar.update(tasks[doing], completed=done)

    try:
        yield told
    finally:
        for bar, _ in bars:
            bar.stop()


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.start()
    return bar, {}
