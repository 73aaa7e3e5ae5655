"""A batch of generated articles through `pactgraph extract`: stopped in the middle with kill -9, gone on with, and held against one
that nobody stopped."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from articles import write_articles

ROOT = Path(__file__).parents[1]
_BAD = {
    "binary": b"\x00\x01\x02\xff" * 400,
    "empty": b"",
    "a PDF": b"%PDF-1.7\n\x00 stream",
}
_SAMPLE = 10
"""Of so many articles one is read again by a batch that nobody stops."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: seconds, megabytes of all its processes together at most, its exit code, what it said."""

    seconds: float
    megabytes: float
    code: int
    said: str


@dataclass(frozen=True, slots=True)
class Batch:
    """The run that was stopped and the one that went on; which drafts are others than those of an undisturbed run."""

    stopped: Run
    resumed: Run
    drafts: int
    differing: tuple[str, ...]
    compared: int

    @property
    def rate(self) -> float:
        """Articles a second, the second start and what was lost by the kill included."""
        return self.drafts / (self.stopped.seconds + self.resumed.seconds)

    @property
    def failed(self) -> list[str]:
        """What was said of each file of which no draft could be made."""
        return [line for line in self.resumed.said.splitlines() if "bad-" in line]


def run_batch(folder: Path, number: int) -> Batch:
    """So many articles, and a few files that are none, on two processes."""
    articles, output = folder / "batch", folder / "drafts"
    files = write_articles(articles, number)
    for nth, content in enumerate(_BAD.values()):
        (articles / f"bad-{nth}.txt").write_bytes(content)
    stopped = _run([articles], output, until=lambda: _written(output) >= number // 2)
    resumed = _run([articles], output)
    sample = files[:: _SAMPLE if number > 10 * _SAMPLE else 1]
    undisturbed = folder / "undisturbed"
    _run(sample, undisturbed)
    differing = [p.name for p in _drafts(undisturbed) if p.read_bytes() != _beside(p, undisturbed, output)]
    return Batch(stopped, resumed, _written(output), tuple(differing), len(sample))


def _run(given: list[Path], output: Path, until: Callable[[], bool] = lambda: False) -> Run:
    """Runs the command to its end, or kills it and its workers as soon as that holds."""
    command = [sys.executable, "-m", "pactgraph", "extract", *map(str, given), "--output", str(output)]
    told = ["--project", str(ROOT), "--recorded", "2024-12-31", "--publisher", "The Bench", "--jobs", "2"]
    log = output.with_suffix(".log")
    began, most = time.monotonic(), 0.0
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [*command, *told], stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
        )
        while process.poll() is None:
            most = max(most, sum(map(_megabytes, _family(process.pid))))
            if until():
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(0.2)
    return Run(time.monotonic() - began, most, process.returncode, log.read_text(encoding="utf-8"))


def _family(process: int) -> Iterator[int]:
    """A process and those that it started; Linux only."""
    yield process
    with suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            yield from _family(int(child))


def _megabytes(process: int) -> float:
    """What a process holds now, of pages that several share its part."""
    with suppress(OSError):
        told = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
        return int(told[1]) / 1024 if told else 0.0
    return 0.0


def _drafts(output: Path) -> list[Path]:
    return sorted(output.rglob("*.ttl"))


def _written(output: Path) -> int:
    folder = output / "sources"
    return sum(name.endswith(".ttl") for name in os.listdir(folder)) if folder.is_dir() else 0


def _beside(draft: Path, own: Path, other: Path) -> bytes | None:
    """The bytes of the same draft in another folder."""
    path = other / draft.relative_to(own)
    return path.read_bytes() if path.is_file() else None
