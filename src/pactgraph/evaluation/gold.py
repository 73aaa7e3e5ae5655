"""Gold claims: what a person found in a text, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pactgraph.errors import BadInput

Span = tuple[int, int]

_TEXTS = ("doc", "pred", "subj", "obj")
_MODALITIES = ("fact", "expected", "ongoing", "possible", "conditional", "sought", "hoped")


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim that a text makes. Spans are code points of the file, read without newline translation.

    `evidence` are the spans that count as its place; `speaker` is None for the article's own voice; an `optional` one
    is neither a hit nor a miss.
    """

    id: str
    doc: str
    predicate: str
    subjects: tuple[str, ...]
    object: str
    evidence: tuple[Span, ...]
    modality: str
    speaker: str | None = None
    date: str | None = None
    optional: bool = False
    line: int = 0
    qualities: Mapping[str, str] = field(default_factory=dict)


def read_gold(path: Path) -> list[GoldClaim]:
    """The gold claims of a file, in its order; raises BadInput with the line of the first that is none."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise BadInput(f"it is not UTF-8 at byte {error.start}", where=path) from None
    found = [_claim(line, path, number) for number, line in enumerate(lines, start=1) if line.strip()]
    if not found:
        raise BadInput(
            "no gold claim stands in it", where=path, hint="Give a file of one JSON object a line."
        )
    return found


def _claim(line: str, path: Path, number: int) -> GoldClaim:
    def refuse(message: str) -> BadInput:
        return BadInput(
            message, where=path, line=number, hint="docs/evaluation.md says what a gold claim has."
        )

    try:
        told = json.loads(line)
    except ValueError as error:
        raise refuse(f"this is no JSON: {error}") from None
    if not isinstance(told, dict):
        raise refuse("a gold claim is a JSON object")
    if fault := _fault(told):
        raise refuse(fault)
    qualities = {str(name): str(value) for name, value in (told.get("quals") or {}).items()}
    return GoldClaim(
        id=str(told.get("id", f"line {number}")),
        doc=told["doc"],
        predicate=told["pred"],
        subjects=(told["subj"], *told.get("alt_subj", ())),
        object=told["obj"],
        evidence=tuple((span["start"], span["end"]) for span in told["evidence"]),
        modality=told["modality"],
        speaker=told.get("speaker"),
        date=qualities.get("date"),
        optional=told.get("optional", False),
        line=number,
        qualities=qualities,
    )


def _fault(told: Mapping[str, Any]) -> str | None:
    """What is wrong with it, if anything."""
    for name in _TEXTS:
        if not isinstance(told.get(name), str) or not told[name]:
            return f"“{name}” is missing, or is no text"
    if told.get("modality") not in _MODALITIES:
        return f"“modality” is none of {', '.join(_MODALITIES)}"
    evidence = told.get("evidence")
    if not isinstance(evidence, list) or not evidence or not all(map(_is_span, evidence)):
        return "“evidence” needs spans, each with a “start” before its “end”, in code points"
    if not isinstance(told.get("alt_subj", []), list) or not all(
        isinstance(s, str) for s in told.get("alt_subj", [])
    ):
        return "“alt_subj” is no list of texts"
    if not isinstance(told.get("quals") or {}, dict):
        return "“quals” is no object"
    if not isinstance(told.get("speaker"), str | None):
        return "“speaker” is neither a text nor null"
    return None if isinstance(told.get("optional", False), bool) else "“optional” is neither true nor false"


def _is_span(told: Any) -> bool:
    if not isinstance(told, dict):
        return False
    start, end = told.get("start"), told.get("end")
    return type(start) is int and type(end) is int and 0 <= start < end
