"""A page that has changed since it was added: what has become of each of its claims, and what it claims now."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pactgraph.adding.held import Held
from pactgraph.audit.passages import Checked, Verdict, check_source
from pactgraph.audit.reading import Lexicon
from pactgraph.audit.support import position
from pactgraph.claim import Claim
from pactgraph.drafting import Draft


class Became(StrEnum):
    """What has become of a claim, or that it is new."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    """The same words stand elsewhere."""
    CHANGED = "changed"
    """It is said in other words, or other words stand at its place."""
    GONE = "gone"
    UNSUPPORTED = "unsupported"
    """The words stand there, but no longer say it."""
    UNCHECKED = "unchecked"
    """No more of its passage is known than a few words."""
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Drifted:
    """A claim with what has become of it, and why."""

    became: Became
    claim: Claim
    reasons: tuple[str, ...] = ()


def drift(held: Held, draft: Draft, lexicon: Lexicon) -> list[Drifted]:
    """The claims that the graph has of a source, held against another text of it, in order; then those that a draft of
    that text adds. What was once read and rejected is not new."""
    checked = check_source(held.source, draft.given.text, lexicon)
    known = {_said(claim) for claim in (*held.source.claims.values(), *held.drafted)}
    new = (each.claim for each in draft.claims if _said(each.claim) not in known)
    return [*_held(held, checked, draft), *(Drifted(Became.NEW, claim) for claim in new)]


def _held(held: Held, checked: list[Checked], draft: Draft) -> Iterator[Drifted]:
    now = {_said(each.claim): position(each.claim.passage) for each in draft.claims}
    for each in checked:
        claim = held.source.claims[each.claim]
        again = now.get(_said(claim))
        if each.verdict is Verdict.VERIFIED:
            yield Drifted(Became.UNCHANGED, claim)
        elif again is not None and each.verdict in (Verdict.GONE, Verdict.UNSUPPORTED):
            yield Drifted(Became.CHANGED, claim, (*each.reasons, f"said in other words at {again}"))
        else:
            yield Drifted(Became(each.verdict.value), claim, each.reasons)


def _said(claim: Claim) -> Hashable:
    """What is claimed by whom and how, wherever it stands."""
    return claim.proposition, claim.speaker, claim.modality, claim.polarity
