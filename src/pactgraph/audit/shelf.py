"""The texts of a folder, each found for the source that was read from it."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path

from pactgraph.errors import EncodingFault, UsageError
from pactgraph.graph.sources import SourceFile
from pactgraph.passage import Text, read


class Shelf:
    """The texts of a folder, read when they are asked for.

    A text is found by the source's `pact:capture`, by its digest, or as `<name of the source>.txt`. Raises UsageError
    where there is no such folder, and EncodingFault for a text that is asked for and is not UTF-8.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise UsageError(f"{folder} is not a folder of texts")
        self._folder = folder

    def text_of(self, source: SourceFile) -> Text | None:
        """The text of a source; None where it is not at hand."""
        named = self._folder / Path(source.capture).name if source.capture else None
        if named and named.is_file():
            return read(named)
        digest, namesake = source.text_sha256, self._folder / f"{source.path.stem}.txt"
        if digest is not None and digest in self._by_digest:
            return self._by_digest[digest]
        return read(namesake) if namesake.is_file() else None

    @cached_property
    def _by_digest(self) -> dict[str, Text]:
        texts: dict[str, Text] = {}
        for path in sorted(self._folder.glob("*.txt")):
            with suppress(EncodingFault):  # no source asks for this file by name
                text = read(path)
                texts[text.sha256] = text
        return texts
