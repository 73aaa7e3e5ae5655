"""The documentation is true: its commands give the outputs it shows, its references are complete, its story is fresh.

`make docs`, or `python tests/test_docs.py --update`, writes the outputs, the generated pages and pictures anew; read
the difference.

In a fence of `console`, a line `$ command` is run and the lines below it are its output; `…` alone stands for any
lines, at the end of a line for its rest. A fence of another language with a path behind it (`turtle data/a.ttl`) is a
file that the reader saves, and one of `pycon` is run by doctest.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from pactgraph.cli.arguments import parser

CHECKOUT = Path(__file__).parents[1]
sys.path.insert(0, str(CHECKOUT / "docs"))

import make_reference  # noqa: E402
import make_story  # noqa: E402

from pactgraph import init  # noqa: E402

GUIDES = ("README.md", "docs/tutorial.md", "docs/clocks.md", "docs/evaluation.md")
PAGES = sorted(path for path in CHECKOUT.glob("docs/**/*.md")) + [
    CHECKOUT / name for name in ("README.md", "CHANGELOG.md", "data/README.md")
]
COLUMNS = "100"
MORE = "…"
FENCE = re.compile(
    r"^```(?P<language>\w+)(?: (?P<path>[\w./-]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
TERM = re.compile(r"\bpact:([A-Za-z]\w*)")


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a guide and the lines that it is said to print."""

    command: str
    shown: tuple[str, ...]


class Reader:
    """Someone who follows a guide in a checkout of their own."""

    def __init__(self, checkout: Path) -> None:
        self.folder = checkout

    def save(self, path: str, content: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")

    def run(self, command: str) -> list[str]:
        """What the command prints, stdout and stderr as a terminal shows them."""
        if command.startswith("cd "):
            self.folder = (self.folder / command[3:]).resolve()
            return []
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
        )
        return [line.rstrip() for line in done.stdout.decode().splitlines()]


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("HOME", "PYTHONPATH", "COVERAGE_"))
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    fixed = {"COLUMNS": COLUMNS, "NO_COLOR": "1", "TERM": "dumb", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    return {**kept, **fixed, "PATH": path, "PYTHONUNBUFFERED": "1"}


def _copy_of_checkout(folder: Path) -> Path:
    """The data and the gold claims alone: ontology, shapes and queries come with the package."""
    for name in ("data", "tests/gold"):
        shutil.copytree(CHECKOUT / name, folder / name)
    return folder


def _steps(body: str) -> Iterator[Step]:
    command: str | None = None
    shown: list[str] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            if command is not None:
                yield Step(command, tuple(shown))
            command, shown = line[2:], []
        elif command is not None and command.endswith("\\") and not shown:
            command = f"{command}\n{line.removeprefix('> ')}"
        else:
            shown.append(line.rstrip())
    if command is not None:
        yield Step(command, tuple(shown))


def _agrees(shown: Iterable[str], printed: Iterable[str]) -> bool:
    pattern = "".join(_line_pattern(line) for line in _without_blank_ends(shown))
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _without_blank_ends(printed))) is not None


def _line_pattern(line: str) -> str:
    if line.strip() == MORE:
        return r"(?:.*\n)*?"
    if line.endswith(MORE):
        return re.escape(line[:-1]) + r".*\n"
    return re.escape(line) + r"\n"


def _without_blank_ends(lines: Iterable[str]) -> list[str]:
    text = "\n".join(lines).strip("\n")
    return text.split("\n") if text else []


def _follow(guide: Path, reader: Reader) -> Iterator[tuple[Step, list[str]]]:
    """Each command of the guide and what it really prints; files are saved and doctests run on the way."""
    for fence in FENCE.finditer(guide.read_text(encoding="utf-8")):
        language, path, body = fence.group("language", "path", "body")
        if language == "console":
            for step in _steps(body):
                yield step, reader.run(step.command)
        elif language == "pycon":
            session = reader.folder / "session.txt"
            session.write_text(body, encoding="utf-8")
            command = f"python -m doctest {session}"
            yield Step(command, ()), reader.run(command)
        elif path:
            reader.save(path, body)


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_shows_what_its_commands_print(guide: str, tmp_path: Path) -> None:
    for step, printed in _follow(CHECKOUT / guide, Reader(_copy_of_checkout(tmp_path))):
        assert _agrees(step.shown, printed), "\n".join(
            [f"{guide}: $ {step.command}", *printed, "(python tests/test_docs.py --update writes it anew)"]
        )


def test_a_changed_output_is_noticed() -> None:
    assert _agrees(["one", MORE, "four"], ["one", "two", "three", "four"])
    assert _agrees(["one …"], ["one two"])
    assert not _agrees(["one", MORE, "four"], ["one", "two", "five"])
    assert not _agrees(["one"], ["one", "two"])
    assert not _agrees(["one"], [])


def test_the_turtle_that_the_readme_shows_is_in_the_data() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    shown = [f["body"] for f in FENCE.finditer(readme) if f["language"] == "turtle" and not f["path"]]
    assert shown
    assert all(turtle == _block_of_the_data(turtle) for turtle in shown)


@pytest.mark.parametrize("page", sorted(make_reference.PAGES))
def test_a_generated_page_is_fresh(page: str) -> None:
    written = (CHECKOUT / "docs" / page).read_text(encoding="utf-8")
    assert written == make_reference.PAGES[page](), "run: python tests/test_docs.py --update"


STORY = ("data.md", "timeline.svg", "graph.svg", "counts.svg")
SVG = "{http://www.w3.org/2000/svg}"


@cache
def _told() -> Mapping[str, str]:
    return make_story.tell(CHECKOUT)


@pytest.mark.parametrize("file", STORY)
def test_the_story_of_the_data_is_fresh(file: str) -> None:
    written = (CHECKOUT / "docs" / file).read_text(encoding="utf-8")
    assert written == _told()[file], f"docs/{file} is not what the data says; run: make docs"


def test_the_story_is_all_that_is_written() -> None:
    assert set(_told()) == set(STORY)


@pytest.mark.parametrize("file", [name for name in STORY if name.endswith(".svg")])
def test_a_picture_says_what_it_shows_and_needs_nothing_else(file: str) -> None:
    picture = ET.fromstring(_told()[file])
    named = {element.get("id"): element.text for element in picture if element.get("id")}
    assert picture.get("role") == "graphics-document document"
    assert all(named[picture.get(f"aria-{part}") or ""] for part in ("labelledby", "describedby"))
    assert not [e for e in picture.iter() if e.tag in (f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject")]
    assert {e.tag for e in picture.iter() for name in e.attrib if name.endswith("href")} <= {f"{SVG}a"}
    assert not re.search(r"@import|@font-face|url\(", _told()[file])


@pytest.mark.parametrize("file", [name for name in STORY if name.endswith(".svg")])
def test_no_two_words_of_a_picture_stand_in_one_place(file: str) -> None:
    boxes = [_box(text) for text in ET.fromstring(_told()[file]).iter(f"{SVG}text")]
    clashes = [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :] if _clash(a, b)]
    assert not clashes
    assert all(left >= 0 and right <= 1000 for left, right, _, _ in boxes)


def _box(text: ET.Element) -> tuple[float, float, float, str]:
    """Left, right and line of a text, by an average width of letters."""
    x, y, words = float(text.get("x", "")), float(text.get("y", "")), text.text or ""
    style = (text.get("class") or "").split()
    width = 6.6 * len(words)
    left = x - width if "end" in style else x - width / 2 if "middle" in style else x
    return left, left + width, y, words


def _clash(one: tuple[float, float, float, str], other: tuple[float, float, float, str]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and abs(one[2] - other[2]) < 10


def test_the_story_of_other_data_is_told_too(tmp_path: Path) -> None:
    init(tmp_path / "demo")
    told = make_story.tell(tmp_path / "demo")
    assert "No agreement is signed by the facts." in told["data.md"]
    assert "No source reports a number." in told["data.md"]
    assert not re.search(r"\b1 (?:claims|sources|origins|parties)\b", told["data.md"])
    assert all(ET.fromstring(told[name]).tag == f"{SVG}svg" for name in told if name.endswith(".svg"))


def test_every_command_and_option_says_what_it_does() -> None:
    assert not list(make_reference.undocumented())


def test_examples_of_help_can_be_given() -> None:
    for example in make_reference.examples():
        name, *arguments = shlex.split(example, comments=True)
        assert name == "pactgraph"
        redirected = arguments.index(">") if ">" in arguments else len(arguments)
        assert parser().parse_args(arguments[:redirected]).command


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    missing = [
        link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()
    ]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_terms_of_a_page_are_in_the_ontology(page: Path) -> None:
    ontology = (CHECKOUT / "ontology" / "pact.ttl").read_text(encoding="utf-8")
    known = set(re.findall(r"^pact:(\w+) a ", ontology, re.MULTILINE))
    assert set(TERM.findall(page.read_text(encoding="utf-8"))) <= known


def test_decisions_are_numbered_without_a_gap() -> None:
    files = sorted(path.name for path in (CHECKOUT / "docs" / "decisions").glob("*.md"))
    assert [name[:5] for name in files] == [f"{number:04}-" for number in range(1, len(files) + 1)]


def test_the_wheel_carries_all_it_needs(tmp_path: Path) -> None:
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed, so no wheel can be built without a network")
    project, elsewhere = tmp_path / "checkout", tmp_path / "elsewhere"
    ignored = shutil.ignore_patterns(".git", ".venv", ".pactgraph", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(CHECKOUT, project, ignore=ignored)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), str(project)], check=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names >= {f"pactgraph/shipped/{name}" for name in _shipped()} | {
        f"pactgraph/{n}" for n in _example()
    }
    subprocess.run([*pip, "install", "--no-deps", "--target", str(elsewhere), str(wheel)], check=True)
    reader = Reader(tmp_path)
    told = reader.run(
        f"export PYTHONPATH={elsewhere} && python -m pactgraph init demo && cd demo && python -m pactgraph build "
        "&& python -c 'import pactgraph; print(pactgraph.__file__)'"
    )
    assert told[-1].startswith(str(elsewhere)), "\n".join(told)


def _shipped() -> Iterator[str]:
    for kind in ("mappings", "ontology", "queries", "shapes"):
        yield from (f"{kind}/{path.name}" for path in (CHECKOUT / kind).iterdir())


def _example() -> Iterator[str]:
    package = CHECKOUT / "src" / "pactgraph"
    files = (path for path in (package / "example").rglob("*") if path.is_file())
    return (path.relative_to(package).as_posix() for path in files)


def _rewritten(step: Step, printed: list[str]) -> list[str]:
    """The output as it is now, cut short in the places where it was."""
    if _agrees(step.shown, printed):
        return list(step.shown)
    printed = _without_blank_ends(printed)
    begun = {line[:-1]: line for line in step.shown if line.endswith(MORE) and line != MORE}
    cut = [next((begun[b] for b in begun if line.startswith(b)), line) for line in printed]
    if MORE in step.shown:
        place = step.shown.index(MORE)
        after = len(_without_blank_ends(step.shown)) - place - 1
        cut = [*cut[:place], MORE, *(cut[-after:] if after else [])]
    return [*cut, ""] if step.shown and not step.shown[-1] else cut


def _block_of_the_data(turtle: str) -> str:
    """What the data says now of the subject of these lines."""
    data = "\n\n".join(path.read_text(encoding="utf-8") for path in CHECKOUT.glob("data/sources/*.ttl"))
    subject = turtle.partition(" ")[0]
    return next(f"{block.strip()}\n" for block in data.split("\n\n") if block.startswith(f"{subject} "))


def _prompted(command: str) -> str:
    return "$ " + command.replace("\n", "\n> ")


def _update(guide: Path, reader: Reader) -> None:
    seen = []
    for step, printed in _follow(guide, reader):
        if any("internal error" in line for line in printed):
            sys.exit("\n".join([f"{guide.name}: $ {step.command}", *printed, "nothing is written anew"]))
        seen.append(_rewritten(step, printed))
        if step.command.startswith("python -m doctest") and printed:
            print("\n".join([f"{guide.name}: mend this by hand:", *printed]))

    def renewed(fence: re.Match[str]) -> str:
        if fence["language"] == "pycon":
            seen.pop(0)
        if fence["language"] == "turtle" and not fence["path"]:
            return f"```turtle\n{_block_of_the_data(fence['body'])}```"
        if fence["language"] != "console":
            return fence[0]
        lines = [line for s in _steps(fence["body"]) for line in (_prompted(s.command), *seen.pop(0))]
        return "\n".join(["```console", *lines, "```"])

    guide.write_text(FENCE.sub(renewed, guide.read_text(encoding="utf-8")), encoding="utf-8")


def _update_all() -> None:
    from tempfile import TemporaryDirectory

    make_reference.main()
    make_story.main()
    for name in GUIDES:
        with TemporaryDirectory() as folder:
            _update(CHECKOUT / name, Reader(_copy_of_checkout(Path(folder))))


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit(__doc__)
    _update_all()
