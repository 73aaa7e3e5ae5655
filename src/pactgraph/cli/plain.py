"""Pages and evidence as JSON: everything that is known, IRIs and names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pactgraph.pages import Evidence, Names, Page, Told, Witnesses
    from pactgraph.pages.conflicts import Conflict, Side
    from pactgraph.pages.life import Line


def page(page: Page, names: Names, witnesses: Witnesses) -> Mapping[str, Any]:
    """The page of a node."""
    return {
        "iri": page.node.value,
        "name": page.name,
        "kind": page.kind,
        "names": page.names,
        "matches": [match.value for match in page.matches],
        "facts": [{"predicate": p.value, "value": v.value, "text": names.name(v)} for p, v in page.facts],
        **(_pact(page, names, witnesses) if page.row is not None else {}),
        "claims": [_claim(claim, names) for claim in page.claims],
    }


def _pact(page: Page, names: Names, witnesses: Witnesses) -> Mapping[str, Any]:
    """What only the page of a pact has."""
    from pactgraph.pages.cells import plain_row

    return {
        "pact": plain_row(page.row or {}),
        "conflicts": [_conflict(conflict, names) for conflict in page.conflicts],
        "life": [_line(line, names, witnesses) for line in page.life],
    }


def _conflict(conflict: Conflict, names: Names) -> Mapping[str, Any]:
    sides = dict.fromkeys(side for pair in conflict.opposed for side in pair)
    return {
        "predicate": conflict.property.value,
        "object": conflict.value.value if conflict.value is not None else None,
        "sides": [_side(side, names) for side in sides],
    }


def _side(side: Side, names: Names) -> Mapping[str, Any]:
    return {
        "predicate": side.property.value,
        "object": side.value.value,
        "text": names.name(side.value),
        "denied": side.denied,
        "on": side.on.text if side.on is not None else None,
        "claims": sorted(claim.value for claim in side.claims),
    }


def _line(line: Line, names: Names, witnesses: Witnesses) -> Mapping[str, Any]:
    return {
        "when": line.when.text if line.when is not None else None,
        "voiced": line.voiced,
        "subject": line.subject.value,
        "predicate": line.predicate.value,
        "object": line.object.value,
        "text": names.name(line.object),
        "scope": {name: value.value for name, value in line.scope},
        "modality": line.modality.value if line.modality is not None else None,
        "affirmed": _voices(line.affirming, names, witnesses),
        "denied": _voices(line.denying, names, witnesses),
        "disputed": [_side(side, names) for side in line.against],
    }


def _voices(claims: Iterable[Told], names: Names, witnesses: Witnesses) -> Mapping[str, Any]:
    from pactgraph.pages.life import voices

    heard = voices(claims, witnesses)
    return {
        "sources": heard.sources,
        "origins": heard.origins,
        "speakers": [{"iri": speaker.value, "name": names.name(speaker)} for speaker in heard.speakers],
        "claims": [claim.claim.value for claim in claims],
    }


def evidence(evidence: Evidence, names: Names, witnesses: Witnesses) -> Mapping[str, Any]:
    """The evidence for a proposition."""
    return {
        "subject": evidence.subject.value,
        "predicate": evidence.predicate.value,
        "object": evidence.object.value,
        "text": names.name(evidence.object),
        "scope": {name: value.value for name, value in evidence.scope},
        "fact": evidence.is_fact,
        "finer": evidence.finer.value if evidence.finer is not None else None,
        "origins": sorted({witnesses.of(claim.source).value for claim in evidence.supporting}),
        "supporting": [_claim(claim, names) for claim in evidence.supporting],
        "others": [_claim(claim, names) for claim in evidence.others],
        "dissenting": [_claim(claim, names) for claim in evidence.dissenting],
    }


def _claim(claim: Told, names: Names) -> Mapping[str, Any]:
    return {
        "claim": claim.claim.value,
        "subject": claim.subject.value,
        "predicate": claim.predicate.value,
        "object": claim.object.value,
        "text": names.name(claim.object),
        "scope": {name: value.value for name, value in claim.scope},
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "speaker": claim.speaker.value,
        "quotation": claim.quotation.value,
        "stated": claim.stated,
        "printed": claim.printed,
        "flags": [flag.value for flag in claim.flags],
        "passage": claim.passage.value,
        "source": claim.source.value,
        "published": claim.published,
        "link": claim.link,
        "locator": claim.words,
    }
