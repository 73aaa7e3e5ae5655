"""Pages and evidence as JSON: everything that is known, IRIs and names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pactgraph.cli.paper import some
from pactgraph.vocabulary import shorten

if TYPE_CHECKING:
    from pactgraph.pages import Evidence, Names, Page, Told, Witnesses
    from pactgraph.pages.conflicts import Answer
    from pactgraph.pages.life import Line
    from pactgraph.resolution.conflicts import Conflict


def page(page: Page, names: Names, witnesses: Witnesses) -> Mapping[str, Any]:
    """The page of a node."""
    return {
        "iri": page.node.value,
        "name": page.name,
        "kind": page.kind,
        "names": page.names,
        "matches": [match.value for match in page.matches],
        "facts": [{"predicate": p.value, "value": v.value, "text": names.name(v)} for p, v in page.facts],
        **(_pact(page, names, witnesses) if page.row is not None or page.life or page.members else {}),
        "claims": [claim(each, names) for each in page.claims],
    }


def _pact(page: Page, names: Names, witnesses: Witnesses) -> Mapping[str, Any]:
    """What only the page of a pact, or of a group of pacts, has."""
    from pactgraph.pages.cells import plain_row

    return {
        **({"pact": plain_row(page.row)} if page.row is not None else {}),
        **({"members": [plain_row(member) for member in page.members]} if page.members else {}),
        "conflicts": [_conflict(conflict, names) for conflict in page.conflicts],
        "life": [_line(line, names, witnesses) for line in page.life],
    }


def _conflict(conflict: Conflict, names: Names) -> Mapping[str, Any]:
    return {
        "iri": conflict.iri.value,
        "type": conflict.type.value,
        "subject": conflict.subject.value,
        "predicate": conflict.predicate.value,
        "text": f"{names.name(conflict.subject)} · {names.name(conflict.predicate)}",
        "sides": [sorted({voice.claim.value for voice in side}) for side in conflict.sides],
    }


def _answer(answer: Answer, names: Names) -> Mapping[str, Any]:
    return {
        "predicate": answer.predicate.value,
        "object": answer.object.value,
        "text": names.name(answer.object),
        "scope": {shorten(name.value).partition(":")[2]: value.value for name, value in answer.scope},
        "denied": answer.denied,
        "claims": sorted(claim.value for claim in answer.claims),
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
        "disputed": [_answer(answer, names) for answer in line.against],
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
        "proposition": evidence.proposition.value,
        "fact": evidence.is_fact,
        "rank": evidence.rank.value if evidence.rank else None,
        "reason": evidence.reason.value if evidence.reason else None,
        "verdict": verdict(evidence, names),
        "by": evidence.by.isoformat() if evidence.by else None,
        "finer": evidence.finer.value if evidence.finer is not None else None,
        "witnesses": {
            "claiming": evidence.origins,
            "agreeing": evidence.agreeing,
            "opposing": evidence.opposing,
        },
        "origins": _origins(evidence.supporting, witnesses),
        "opposed": _origins(evidence.dissenting, witnesses),
        "shared": _shared((*evidence.supporting, *evidence.dissenting), names, witnesses),
        "supporting": [claim(each, names) for each in evidence.supporting],
        "others": [claim(each, names) for each in evidence.others],
        "dissenting": [claim(each, names) for each in evidence.dissenting],
    }


def verdict(each: Evidence, names: Names) -> str:
    """Whether it is a fact, and its rank with the numbers behind that."""
    if each.rank is None:
        return "not a fact: nobody claims it as so"
    fact = "a fact" if each.is_fact else "not a fact"
    if not each.is_fact and each.finer is not None:
        fact = f"agrees with the fact {names.name(each.finer)}, which says it more precisely"
    counts = some(each.origins, "independent origin")
    if each.agreeing > each.origins:
        counts += f", {each.agreeing} with those who agree"
    against = f", against {each.opposing}" if each.opposing else ""
    return f"{fact} · {names.name(each.rank)}: {counts}{against}"


def _origins(claims: Iterable[Told], witnesses: Witnesses) -> Mapping[str, list[str]]:
    """The claims under each independent origin, by their IRIs."""
    from pactgraph.pages.trees import branches

    found = branches(claims, witnesses)
    return {each.origin.value: [c.claim.value for told in each.articles for c in told] for each in found}


def _shared(claims: Iterable[Told], names: Names, witnesses: Witnesses) -> Mapping[str, Mapping[str, str]]:
    """What those origins are that are more than a source by itself."""
    from pactgraph.pages.trees import branches

    return {
        each.origin.value: {"name": names.name(each.origin), "kind": names.origin_kind(each.origin)}
        for each in branches(claims, witnesses)
        if each.is_shared
    }


def claim(told: Told, names: Names) -> Mapping[str, Any]:
    """A claim with its speaker, source, passage and link."""
    return {
        "claim": told.claim.value,
        "subject": told.subject.value,
        "predicate": told.predicate.value,
        "object": told.object.value,
        "text": names.name(told.object),
        "scope": {name: value.value for name, value in told.scope},
        "modality": told.modality.value,
        "polarity": told.polarity.value,
        "speaker": told.speaker.value,
        "quotation": told.quotation.value,
        "stated": told.stated,
        "printed": told.printed,
        "flags": [flag.value for flag in told.flags],
        "passage": told.passage.value,
        "source": told.source.value,
        "published": told.published,
        "link": told.link,
        "locator": told.words,
    }
