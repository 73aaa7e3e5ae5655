"""The review of a draft: one decision for each claim, which can be taken back, kept, and gone on with later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pyoxigraph import NamedNode

from pactgraph.errors import BadInput


class Verdict(StrEnum):
    """What a reviewer makes of a claim."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"
    SKIP = "skip"
    """Not decided now: it is asked again the next time."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, and for an edit what is to be another: a part of the claim and its new words."""

    verdict: Verdict
    changes: Mapping[str, str] = field(default_factory=dict)


class Review:
    """Decisions on claims in their order."""

    def __init__(self, claims: Sequence[NamedNode]) -> None:
        self.claims = tuple(claims)
        self._decisions: dict[NamedNode, Decision] = {}

    @property
    def next(self) -> NamedNode | None:
        """The first claim without a decision; None where all are decided."""
        return next((claim for claim in self.claims if claim not in self._decisions), None)

    @property
    def done(self) -> int:
        """How many are decided."""
        return len(self._decisions)

    @property
    def decisions(self) -> Mapping[NamedNode, Decision]:
        """All decisions, in the order of the claims."""
        return {claim: self._decisions[claim] for claim in self.claims if claim in self._decisions}

    def decide(self, decision: Decision) -> None:
        """Decides on the next claim."""
        claim = self.next
        if claim is not None:
            self._decisions[claim] = decision

    def undo(self) -> bool:
        """Takes the last decision back; returns whether there was one."""
        if self._decisions:
            self._decisions.popitem()
            return True
        return False

    def accept_all(self) -> None:
        """Accepts what is not decided."""
        while self.next is not None:
            self.decide(Decision(Verdict.ACCEPT))

    def save(self, path: Path) -> None:
        """Keeps the decisions for later."""
        told = {
            c.value: {"verdict": d.verdict.value, "changes": dict(d.changes)}
            for c, d in self._decisions.items()
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{json.dumps(told, ensure_ascii=False, indent=2)}\n", encoding="utf-8")

    def resume(self, path: Path) -> int:
        """Takes up decisions that were kept, and says how many; raises BadInput for a file that holds none."""
        if not path.is_file():
            return 0
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            kept = {c: Decision(Verdict(d["verdict"]), dict(d["changes"])) for c, d in told.items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadInput(
                "these decisions of a review cannot be read", where=path, hint="Remove the file."
            ) from None
        self._decisions = {claim: kept[claim.value] for claim in self.claims if claim.value in kept}
        return len(self._decisions)
