"""Inputs that nobody should send: `make fuzz`, or `python tests/fuzz.py --inputs 2000 --seed 7`.

Each is a text of our own, mutated, read as a page and drafted, in a process of its own kind that is killed when it takes
too long. It must end in a draft whose claims the text proves, or in a message of ours. What does not is saved with its
number; `--only NUMBER` tries one again. The same seed gives the same inputs.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import select
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
TEXTS = sorted((ROOT / "tests" / "gold").glob("*/*.txt"))
SECONDS = 10.0
"""Of the processor, within which an input is read and drafted."""
MEGABYTES = 700
"""That a process may take at most; the parser and its model alone take some 250."""
_PROCESSES = 2
_PATIENCE = 120.0
"""Seconds by the clock, for the start of a process and for an input; a machine may be busy."""

Mutation = Callable[[str, Random], str]
INVISIBLE = "\u200b\u200d\u200e\u200f\u202a\u202b\u202e\u2066\u2069\ufeff\u00ad"
BREAKS = ("\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\n\n\n\n")
ODD = (
    *(
        "\x00",
        "\x07",
        "\x1b[31m",
        "\ufffd",
        "👩‍👩‍👧‍👦",
        "🇺🇦🇫🇷",
        "e\u0301" * 9,
        "a" + "\u0300" * 300,
        "ﷺ",
        "İıſ",
    ),
    *(
        "&amp;#8203;",
        "&bogus;",
        "&#1114112;",
        "&#x202e;",
        "&lt;p&gt;",
        "“",
        "”",
        "«",
        '"',
        "…",
        "[...]",
        "[",
        "]",
    ),
    *("9" * 60, "31 February 2024", "99 May 0000", "on 0 June", "$" + "1" * 40 + " billion", "12,,5%", "-–—"),
)


def _spot(text: str, chance: Random) -> int:
    return chance.randint(0, len(text))


def _put(piece: str, text: str, chance: Random) -> str:
    place = _spot(text, chance)
    return text[:place] + piece + text[place:]


def _sprinkled(pieces: tuple[str, ...] | str, text: str, chance: Random) -> str:
    for _ in range(chance.randint(1, 12)):
        text = _put(chance.choice(pieces), text, chance)
    return text


def _cut(text: str, chance: Random) -> str:
    first, last = sorted((_spot(text, chance), _spot(text, chance)))
    return text[:first] + text[last:]


def _shuffled(text: str, chance: Random) -> str:
    words = text.split(" ")
    first = chance.randrange(len(words))
    part = words[first : first + 30]
    chance.shuffle(part)
    return " ".join([*words[:first], *part, *words[first + 30 :]])


def _endless(text: str, chance: Random) -> str:
    """A sentence without an end."""
    plain = text.replace(". ", " and ").replace("\n", " ").replace(".", ",")
    return " ".join((f"{plain} " * 20).split()[: chance.choice((*(90,) * 20, 300, 300, 5_000))])


def _nested(text: str, chance: Random) -> str:
    tag = chance.choice(("div", "b", "blockquote", "table><tr><td", "ul><li", "span", "q"))
    return f"<html><body>{f'<{tag}>' * chance.choice((3, 50, 300, 20_000))}{text}"


def _page(text: str, chance: Random) -> str:
    """A page with some of what pages have, and seldom all that they should."""
    tag = chance.choice(("p", "div", "li", "td", "h2", "p class='x", 'p style="', "article"))
    lines = "".join(f"<{tag}>{line}</{tag.split()[0]}>" for line in text.split("\n"))
    head = chance.choice(
        ("", "<title>Talks", "<meta charset=nonsense>", "<script>if (a < b) {", "<!-- ", "<![CDATA[")
    )
    return (
        f"<!doctype html><html lang={chance.choice(('en', 'uk', '“', ''))}><head>{head}</head><body>{lines}"
    )


def _tagged(text: str, chance: Random) -> str:
    return _sprinkled(
        ("<p>", "</p>", "<br", "<!--", "-->", "<a href='", "</html>", "<b><i>", "<", ">"), text, chance
    )


MUTATIONS: dict[str, Mutation] = {
    "invisible marks": lambda text, chance: _sprinkled(INVISIBLE, text, chance),
    "odd pieces": lambda text, chance: _sprinkled(ODD, text, chance),
    "line breaks": lambda text, chance: _sprinkled(BREAKS, text, chance),
    "tags": _tagged,
    "a page": _page,
    "nested tags": _nested,
    "a cut": _cut,
    "shuffled words": _shuffled,
    "an endless sentence": _endless,
    "a huge word": lambda text, chance: _put(
        chance.choice("xЖ9…") * chance.choice((99, 5_000, 200_000)), text, chance
    ),
    "repeated": lambda text, chance: text * chance.randint(2, 3),
    "one line": lambda text, chance: text.replace("\n", " "),
    "capitals": lambda text, chance: text.upper(),
    "no capitals": lambda text, chance: text.lower(),
    "backwards": lambda text, chance: text[::-1],
}
ENCODINGS = (
    "utf-16",
    "utf-16-be",
    "utf-32",
    "utf-8-sig",
    "cp1251",
    "latin-1",
    "shift_jis",
    "gb18030",
    "utf-7",
)


def _flipped(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


BYTES: dict[str, Callable[[bytes, Random], bytes]] = {
    "another encoding": lambda data, chance: data.decode().encode(chance.choice(ENCODINGS), "replace"),
    "flipped bytes": _flipped,
    "cut bytes": lambda data, chance: data[: chance.randint(0, len(data))],
    "a truncated archive": lambda data, chance: gzip.compress(data)[: chance.randint(0, 2_000)],
    "the head of a PDF": lambda data, chance: b"%PDF-1.7\n" + data,
    "a lone surrogate": lambda data, chance: (
        data[: len(data) // 2] + b"\xed\xa0\x80" + data[len(data) // 2 :]
    ),
    "nothing": lambda data, chance: b"",
}


@dataclass(frozen=True, slots=True)
class Input:
    """The bytes of an input, and what was done to the text."""

    data: bytes
    done: tuple[str, ...]


def make(seed: int, number: int) -> Input:
    """The input of a number."""
    chance = Random(f"{seed} {number}")
    paragraphs = chance.choice(TEXTS).read_text("utf-8").split("\n")
    first = chance.randrange(len(paragraphs))
    text = "\n".join([paragraphs[0], "", *paragraphs[first : first + chance.choice((1, 1, 1, 2, 4))]])
    done = chance.choices(sorted(MUTATIONS), k=chance.randint(1, 3))
    for name in done:
        text = MUTATIONS[name](text, chance) if text else text
    data = text[:1_000_000].encode("utf-8", "replace")
    if chance.random() < 0.2:
        done.append(chance.choice(sorted(BYTES)))
        data = BYTES[done[-1]](data, chance)
    return Input(data, tuple(done))


def work(seed: int, numbers: Iterator[int]) -> None:
    """Tries inputs, and tells of each on stdout that it begins and how it ended."""
    from pactgraph.drafting import open_drafter
    from pactgraph.project import Project

    drafter = open_drafter(Project(ROOT))
    print("ready", flush=True)
    for number in numbers:
        print("begin", number, flush=True)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # which ends the process
        print("ended", number, _tried(make(seed, number), drafter), flush=True)


def _tried(given: Input, drafter: object) -> str:
    from pactgraph.errors import PactGraphError

    try:
        ended = _read(given.data, drafter)
    except PactGraphError as refused:
        ended = f"refused {type(refused).__name__}" if str(refused) else "WRONG a message without words"
    except BaseException:
        ended = "WRONG " + traceback.format_exc().replace("\n", " | ")
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return ended if taken <= MEGABYTES else f"WRONG it took {taken} MB"


def _read(data: bytes, drafter: object) -> str:
    from pactgraph.audit.passages import Verdict, check_source
    from pactgraph.drafting import Drafter, Options, describe
    from pactgraph.drafting.proposals import Proposals
    from pactgraph.source import read_page

    assert isinstance(drafter, Drafter)
    page = read_page(data)
    draft = drafter.draft(
        describe(page, "fuzz.txt", drafter.extractor.lexicon, Options(date(2026, 11, 22), date(2024, 6, 20)))
    )
    assert draft.turtle
    known = Proposals(drafter.known)
    for node, properties in draft.proposals.items():
        known.propose(node, properties)
    lexicon = replace(drafter.lexicon, labels=known.labels)
    checked = check_source(draft.source_file(Path("fuzz.ttl")), page.text, lexicon)
    unproved = [each for each in checked if each.verdict is not Verdict.VERIFIED]
    return f"WRONG not proved: {unproved[:2]}" if unproved else f"drafted {min(len(checked), 1)}"


class Worker:
    """A process that tries every so many numbers; one that hangs or dies is told, and goes on with the next."""

    def __init__(self, seed: int, numbers: range) -> None:
        self.seed, self.numbers = seed, numbers
        self.process: subprocess.Popen[str] | None = None
        self.number = -1
        self.deadline = 0.0

    def start(self) -> None:
        first, last, step = self.numbers.start, self.numbers.stop, self.numbers.step
        command = [
            sys.executable,
            __file__,
            "--work",
            str(first),
            str(last),
            str(step),
            "--seed",
            str(self.seed),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.deadline = time.monotonic() + _PATIENCE

    def told(self, line: str) -> tuple[int, str] | None:
        """What a line tells of an input that ended; an empty line, that the process did."""
        verb, _, rest = line.strip().partition(" ")
        if verb == "ended":
            number, _, how = rest.partition(" ")
            self.numbers = self.numbers[1:]
            return int(number), how
        if verb == "begin":
            self.number, self.deadline = int(rest), time.monotonic() + _PATIENCE
        return None

    def gave_up(self, why: str) -> tuple[int, str]:
        """Ends the process; the next goes on after the input at which this one stood."""
        assert self.process is not None
        self.process.kill()
        if self.process.wait() == -signal.SIGPROF:
            why = f"it took more than {SECONDS:.0f} s of the processor"
        self.process, failed = None, self.number
        self.numbers = self.numbers[1:]
        return failed, f"WRONG {why}"


def outcomes(seed: int, inputs: int) -> Iterator[tuple[int, str]]:
    """The number of each input and how it ended."""
    workers = [Worker(seed, range(nth, inputs, _PROCESSES)) for nth in range(_PROCESSES)]
    while busy := [worker for worker in workers if worker.numbers]:
        for worker in busy:
            if worker.process is None:
                worker.start()
        streams = {w.process.stdout: w for w in busy if w.process}
        ready, _, _ = select.select(list(streams), [], [], 0.5)
        for stream in ready:
            line = stream.readline()
            ended = streams[stream].told(line) if line else streams[stream].gave_up("its process ended")
            if ended:
                yield ended
        for worker in busy:
            if worker.process and worker.numbers and time.monotonic() > worker.deadline:
                yield worker.gave_up(f"it took more than {_PATIENCE:.0f} s by the clock")


def fuzz(seed: int, inputs: int, folder: Path) -> int:
    """Tries them all; returns how many went wrong."""
    began, ways, wrong = time.monotonic(), Counter[str](), 0
    for done, (number, how) in enumerate(outcomes(seed, inputs), 1):
        ways[how.partition(" ")[0] if how.startswith("WRONG") else how] += 1
        if how.startswith("WRONG"):
            wrong += 1
            given = make(seed, number)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{seed}-{number}.bin").write_bytes(given.data)
            print(f"{number} ({', '.join(given.done)}): {how[:2_000]}", flush=True)
        if done % 1_000 == 0:
            print(f"{done:,} of {inputs:,}: {dict(sorted(ways.items()))}", flush=True)
    took = time.monotonic() - began
    print(f"seed {seed}: {inputs:,} inputs in {took:.0f} s, {wrong} wrong: {dict(sorted(ways.items()))}")
    return wrong


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--inputs", type=int, default=20_000)
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--only", type=int, help="try the input of one number, here")
    given.add_argument(
        "--save", type=Path, default=ROOT / "fuzz", help="folder of the inputs that went wrong"
    )
    given.add_argument("--work", type=int, nargs=3, help=argparse.SUPPRESS)
    asked = given.parse_args()
    if asked.work or asked.only is not None:
        work(asked.seed, iter(range(*asked.work) if asked.work else [asked.only]))
        return 0
    return int(fuzz(asked.seed, asked.inputs, asked.save) > 0)


if __name__ == "__main__":
    sys.exit(main())
