"""Pages and evidence to read: who says what, when, in which words, and where to see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pactgraph.cli.paper import console, line, print_json, some
from pactgraph.vocabulary import shorten

if TYPE_CHECKING:
    from pactgraph.claim import Term
    from pactgraph.pages import Evidence, Names, Page, Told, Witnesses


def print_page(page: Page, names: Names, witnesses: Witnesses, form: str) -> None:
    """What is known of one node, and who says so."""
    if form == "json":
        print_json(_page_json(page, names))
        return
    console().print(page.name, style="bold", markup=False)
    line(f"{shorten(page.node.value)} · {page.kind}")
    if page.names:
        line(f"also: {', '.join(page.names)}")
    for match in page.matches:
        line(f"see: {match.value}")
    if page.facts:
        line("\nFacts")
        for predicate, value in page.facts:
            line(f"  {names.name(predicate)}: {names.name(value)}")
    if page.claims:
        sources = {claim.source for claim in page.claims}
        told = f"{some(len(page.claims), 'claim')} in {some(len(sources), 'source')}"
        line(f"\n{told}, {some(witnesses.count(sources), 'independent origin')}")
        for claim in page.claims:
            _print_claim(claim, names, "  ", about=page.node)


def print_evidence(evidence: Sequence[Evidence], names: Names, witnesses: Witnesses, form: str) -> None:
    """Why propositions hold, as a tree: origins, articles, words, link; then what does not count, and dissent."""
    if form == "json":
        print_json([_evidence_json(each, names, witnesses) for each in evidence])
        return
    for each in evidence:
        verdict = "a fact" if each.is_fact else "not a fact"
        if each.finer is not None:
            verdict = f"agrees with the fact {names.name(each.finer)}, which says it more precisely"
        origins = witnesses.count(claim.source for claim in each.supporting)
        line(
            f"{names.name(each.subject)} · {names.name(each.predicate)}: {names.name(each.object)}{_scope(each.scope, names)}"
        )
        line(f"  {verdict}: {some(len(each.supporting), 'claim')} from {some(origins, 'independent origin')}")
        for origin, claims in _by_origin(each.supporting, witnesses).items():
            line(f"  └ {names.name(origin)}")
            for claim in claims:
                _print_claim(claim, names, "      ", about=each.subject)
        for title, set_apart in (("said, but not counted", each.others), ("said otherwise", each.dissenting)):
            if set_apart:
                line(f"  {title}")
            for claim in set_apart:
                _print_claim(claim, names, "      ", about=each.subject)
        line("")


def _by_origin(claims: Iterable[Told], witnesses: Witnesses) -> Mapping[Any, list[Told]]:
    grouped: dict[Any, list[Told]] = {}
    for claim in claims:
        grouped.setdefault(witnesses.of(claim.source), []).append(claim)
    return grouped


def _print_claim(claim: Told, names: Names, indent: str, *, about: Any) -> None:
    said = _said(claim, names)
    what = f"{names.name(claim.predicate)}: {names.name(claim.object)}{_scope(claim.scope, names)}"
    subject = "" if claim.subject == about else f"{names.name(claim.subject)} · "
    line(f"{indent}{said}: {subject}{what}{_manner(claim, names)}")
    printed = f"“{claim.printed}” · " if claim.printed else ""
    line(f"{indent}  {printed}{shorten(claim.claim.value)}")
    if claim.link:
        line(f"{indent}  {claim.link}")


def _said(claim: Told, names: Names) -> str:
    from pactgraph.dates import parse
    from pactgraph.dates import say as say_date

    when = claim.stated or claim.published
    day = f"{say_date(parse(when))}, " if when else ""
    publisher = names.name(claim.publisher) if claim.publisher else shorten(claim.source.value)
    speaker = names.name(claim.speaker)
    return f"{day}{speaker}" if speaker == publisher else f"{day}{speaker} in {publisher}"


def _scope(scope: tuple[tuple[str, Term], ...], names: Names) -> str:
    words = {"on": "on", "condition": "if", "howMany": "how many:"}
    return "".join(f", {words[name]} {names.name(value)}" for name, value in scope)


def _manner(claim: Told, names: Names) -> str:
    marks = [names.name(flag) for flag in claim.flags]
    modality, polarity = names.name(claim.modality), names.name(claim.polarity)
    shown = [m for m in (modality, polarity) if m not in ("factual", "affirmed")] + marks
    return f" [{', '.join(shown)}]" if shown else ""


def _page_json(page: Page, names: Names) -> Mapping[str, Any]:
    return {
        "iri": page.node.value,
        "name": page.name,
        "kind": page.kind,
        "names": page.names,
        "matches": [match.value for match in page.matches],
        "facts": [{"predicate": p.value, "value": v.value, "text": names.name(v)} for p, v in page.facts],
        "claims": [_claim_json(claim, names) for claim in page.claims],
    }


def _evidence_json(evidence: Evidence, names: Names, witnesses: Witnesses) -> Mapping[str, Any]:
    return {
        "subject": evidence.subject.value,
        "predicate": evidence.predicate.value,
        "object": evidence.object.value,
        "text": names.name(evidence.object),
        "scope": {name: value.value for name, value in evidence.scope},
        "fact": evidence.is_fact,
        "finer": evidence.finer.value if evidence.finer is not None else None,
        "origins": sorted({witnesses.of(claim.source).value for claim in evidence.supporting}),
        "supporting": [_claim_json(claim, names) for claim in evidence.supporting],
        "others": [_claim_json(claim, names) for claim in evidence.others],
        "dissenting": [_claim_json(claim, names) for claim in evidence.dissenting],
    }


def _claim_json(claim: Told, names: Names) -> Mapping[str, Any]:
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
    }
