"""What a candidate becomes, read from `lexica/claims.toml`: the claims of the graph, and the terms for its words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from pactgraph.errors import BadInput
from pactgraph.extraction import Candidate
from pactgraph.vocabulary import ONTOLOGY

SUBJECTS = ("pact", "subject", "object", "event")
VALUES = (
    *SUBJECTS,
    *("date", "open-date", "place", "occasion", "number", "round", "stage"),
    *("field", "office", "count", "amount", "words"),
)
_PARTS = ("of", "says", "about", "value", "on", "if")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One claim that candidates of a predicate make; `needs` are parts of a candidate with the values that will do."""

    of: str
    says: NamedNode
    about: str
    value: str
    on: str = ""
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def fits(self, candidate: Candidate) -> bool:
        """Whether a candidate has what the claim needs."""
        has = {**candidate.details, "modality": candidate.modality, "about": candidate.subject.kind}
        return candidate.predicate == self.of and all(
            has.get(name) in will_do for name, will_do in self.needs.items()
        )


@dataclass(frozen=True, slots=True)
class Cookbook:
    """All recipes in their order, and tables from words of candidates to terms."""

    recipes: tuple[Recipe, ...]
    tables: Mapping[str, Mapping[str, str]]

    def of(self, candidate: Candidate) -> Iterator[Recipe]:
        """The recipes for a candidate."""
        return (recipe for recipe in self.recipes if recipe.fits(candidate))

    def word(self, table: str, word: str, default: str = "") -> str:
        """What a table gives for a word."""
        return self.tables.get(table, {}).get(word, default)

    def term(self, table: str, word: str, default: str = "") -> NamedNode | None:
        """The term of the ontology that a table gives for a word, if it gives one."""
        name = self.word(table, word, default)
        return NamedNode(ONTOLOGY + name) if name else None


def read_cookbook(path: Path) -> Cookbook:
    """The cookbook of a file; raises BadInput that names the claim and what is wrong with it."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"this is not TOML: {error}", where=path) from None
    recipes = tuple(_recipe(each, path) for each in told.pop("claim", ()))
    return Cookbook(recipes, told)


def _recipe(told: Mapping[str, Any], path: Path) -> Recipe:
    name = f"the claim {told.get('says', '?')} of {told.get('of', '?')}"
    unknown = sorted(set(told) - set(_PARTS))
    if unknown or not all(isinstance(told.get(part), str) for part in _PARTS[:4]):
        raise BadInput(
            f"{name} has unknown parts {unknown} or lacks one of {', '.join(_PARTS[:4])}", where=path
        )
    if told["about"] not in SUBJECTS or not (told["value"] in VALUES or told["value"][:1].isupper()):
        raise BadInput(
            f"{name} knows the subjects {', '.join(SUBJECTS)} and the values {', '.join(VALUES)}", where=path
        )
    needs = {part: tuple(will_do) for part, will_do in told.get("if", {}).items()}
    return Recipe(
        told["of"],
        NamedNode(ONTOLOGY + told["says"]),
        told["about"],
        told["value"],
        told.get("on", ""),
        needs,
    )
