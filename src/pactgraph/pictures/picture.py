"""What has been drawn, and the forms in which it can be written: SVG, HTML, PNG and text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pactgraph.errors import UsageError
from pactgraph.pictures.page import Table, html_page
from pactgraph.pictures.png import png

FORMS: Final = ("svg", "html", "png", "text")
_SUFFIXES: Final[Mapping[str, str]] = {
    ".svg": "svg",
    ".html": "html",
    ".htm": "html",
    ".png": "png",
    ".txt": "text",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its pages as SVG, what it says as a table, and how it is put in words of a width."""

    title: str
    subtitle: str
    pages: tuple[str, ...]
    table: Table
    text: Callable[[int], str]

    def write(self, form: str, *, width: int = 100) -> list[bytes]:
        """The picture in a form of `FORMS`: a file for each page of SVG or PNG, or one for all; `width` in columns.

        Raises UsageError for another form, and for PNG where its library is not installed.
        """
        match form:
            case "svg":
                return [page.encode() for page in self.pages]
            case "png":
                return [png(page) for page in self.pages]
            case "html":
                return [html_page(self.title, self.subtitle, self.pages, self.table).encode()]
            case "text":
                return [self.text(width).encode()]
        raise UsageError(f"there is no form {form!r}; there are {', '.join(FORMS)}")

    def whole(self, form: str, *, width: int = 100) -> bytes:
        """The picture in one piece. Raises UsageError for one that has several pages in this form."""
        first, *others = self.write(form, width=width)
        if others:
            raise UsageError(
                f"the picture has {len(others) + 1} pages as {form}: name a file with -o, or fewer pacts, or ask for html"
            )
        return first

    def save(self, path: Path, form: str | None = None) -> list[Path]:
        """Writes the picture, several pages as `name-1.svg`, `name-2.svg` …; returns the files.

        The form is that of the file's name, if none is given. All files are written or none is. Raises UsageError for a
        form that there is not, OSError where a file cannot be written.
        """
        contents = self.write(form or form_of(path))
        files = [path] if len(contents) == 1 else [_numbered(path, nth + 1) for nth in range(len(contents))]
        _write_all(files, contents)
        return files


def form_of(path: Path) -> str:
    """The form that a file's name asks for. Raises UsageError where it asks for none."""
    try:
        return _SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise UsageError(f"{path}: a picture is written as {', '.join(_SUFFIXES)}; or say --format") from None


def _numbered(path: Path, nth: int) -> Path:
    return path.with_name(f"{path.stem}-{nth}{path.suffix}")


def _write_all(files: Sequence[Path], contents: Sequence[bytes]) -> None:
    """Writes beside each file, and only when all are written puts them in place."""
    fresh = {file: _fresh(file) for file in files}
    try:
        for (file, beside), content in zip(fresh.items(), contents, strict=True):
            with _naming(file):
                beside.write_bytes(content)
        for file, beside in fresh.items():
            with _naming(file):
                if beside != file:
                    os.replace(beside, file.resolve())
    finally:
        for file, beside in fresh.items():
            if beside != file:
                beside.unlink(missing_ok=True)


def _fresh(file: Path) -> Path:
    """Where a file is written first; what is no file, such as a device, is written as it is."""
    target = file.resolve()
    return file if target.exists() and not target.is_file() else target.with_name(f".{target.name}.new")


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Says of trouble in which file it is: the one that was asked for."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error
