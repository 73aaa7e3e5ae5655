"""Parts of what is printed of a claim: who speaks, within which limits it holds, and how it is put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactgraph.vocabulary import shorten

if TYPE_CHECKING:
    from pactgraph.claim import Term
    from pactgraph.pages import Names, Told


def speaking(claim: Told, names: Names) -> str:
    """Who speaks, and in whose source where that is another."""
    publisher = names.name(claim.publisher) if claim.publisher else shorten(claim.source.value)
    speaker = names.name(claim.speaker)
    return speaker if speaker == publisher else f"{speaker} in {publisher}"


def limits(scope: tuple[tuple[str, Term], ...], names: Names) -> str:
    """The scope of a proposition: on which day or by when, on what condition, how many."""
    words = {"on": "on ", "condition": "if ", "howMany": "how many: "}
    said = ((words[name], names.name(value)) for name, value in scope)
    return "".join(f", {'' if value.startswith(('by ', 'from ')) else word}{value}" for word, value in said)


def manner(claim: Told, names: Names) -> str:
    """How a claim is put, where it is not simply said as so."""
    marks = [names.name(flag) for flag in claim.flags]
    modality, polarity = names.name(claim.modality), names.name(claim.polarity)
    shown = [m for m in (modality, polarity) if m not in ("factual", "affirmed")] + marks
    return f" [{', '.join(shown)}]" if shown else ""
