"""The texts that gold claims are about, read by the extractor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from pactgraph.errors import BadInput
from pactgraph.evaluation.gold import GoldClaim
from pactgraph.extraction import Candidate
from pactgraph.extraction.dateline import find_published
from pactgraph.extraction.extractor import Extractor
from pactgraph.extraction.pinning import pin_published

Progress = Callable[[int, int], None]


def read_texts(gold: Sequence[GoldClaim], folder: Path) -> dict[str, str]:
    """The texts of all gold claims by name, as they stand in their files.

    Raises BadInput where one is not there, since without it the scores would be of something else, where one is not
    UTF-8, and where evidence lies beyond its end.
    """
    names = sorted({claim.doc for claim in gold})
    if missing := [name for name in names if not (folder / name).is_file()]:
        raise BadInput(
            f"{len(missing)} of {len(names)} texts are not there: {', '.join(missing[:5])}{' …' if missing[5:] else ''}",
            where=folder,
            hint="Give the folder of the texts with --texts.",
        )
    texts = {name: _read(folder / name) for name in names}
    for claim in gold:
        if max(end for _, end in claim.evidence) > len(texts[claim.doc]):
            raise BadInput(
                f"the evidence of {claim.id} lies beyond the end of {claim.doc}, line {claim.line} of the gold claims",
                where=folder / claim.doc,
                hint="Spans count code points of the file as it stands.",
            )
    return texts


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"it is not UTF-8 at byte {error.start}", where=path) from None


def read_dates(path: Path) -> dict[str, date]:
    """The day of publication of each text: the first two columns of a table with tabs; other columns are not looked at.

    A day that is not known to the day is left out. Raises BadInput for a line without two columns.
    """
    found: dict[str, date] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        name, *rest = line.split("\t")
        if not rest:
            raise BadInput(
                "here a text and its day should stand, with a tab between", where=path, line=number
            )
        try:
            found[name] = date.fromisoformat(rest[0])
        except ValueError:
            continue
    return found


def read_candidates(
    extractor: Extractor,
    texts: Mapping[str, str],
    dates: Mapping[str, date] | None = None,
    progress: Progress | None = None,
) -> dict[str, Sequence[Candidate]]:
    """What the extractor takes from each text. The day of publication is that of `dates`, or what the text tells of it."""
    found: dict[str, Sequence[Candidate]] = {}
    for name, text in texts.items():
        day = (dates or {}).get(name) or find_published(text, extractor.lexicon)
        day = day or pin_published(text, extractor.lexicon)
        found[name] = extractor.read(text, day).candidates
        if progress:
            progress(len(found), len(texts))
    return found


def excerpt(text: str, spans: Iterable[tuple[int, int]], length: int = 120) -> str:
    """The words of the first span on one line, cut to a length in characters."""
    start, end = next(iter(spans))
    words = " ".join(text[start:end].split())
    return words if len(words) <= length else f"{words[: length - 2].rstrip()} …"
