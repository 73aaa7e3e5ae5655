"""What texts have in common, to review: the sources, what they share, what an origin would change, and what to type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from pactgraph.cli import paper
from pactgraph.vocabulary import EDTF, shorten

if TYPE_CHECKING:
    from pactgraph.audit import CopyAudit, Proposal
    from pactgraph.audit.copies import Effect
    from pactgraph.audit.kinship import Overlap
    from pactgraph.claim import Term

_FEW = 3
_SIGNS = {
    "copy": "have the same text",
    "interview": "tell of one interview",
    "credit": "have it from one publisher",
}
_ALONE = "credits another publisher"


def print_copies(audit: CopyAudit, form: str, folder: str) -> None:
    """What waits for a reviewer, then what is told beside; JSON has all of it, CSV a row for each that waits."""
    if form == "json":
        paper.print_json(_json(audit))
    elif form == "csv":
        paper.print_csv(("name", "sign", "sources", "origin", "changes"), map(_row, audit.found))
    else:
        for each in audit.found:
            _print_proposal(each, audit, folder)
        _print_beside(audit)
    texts = paper.some(len(audit.library.read), "text")
    paper.say(f"{texts} compared, {paper.some(len(audit.found), 'proposal')} to review.")


def _print_proposal(each: Proposal, audit: CopyAudit, folder: str) -> None:
    does = _SIGNS[each.sign] if len(each.sources) > 1 else _ALONE
    paper.line(f"{each.name} · {paper.some(len(each.sources), 'source')} {does}")
    for source in each.sources:
        _say(f"{_local(source)} · {_source(source, audit)}", "  ")
    for overlap in each.overlaps:
        _print_overlap(overlap)
    for source, credit in each.credits:
        _say(f"“… {credit.ending}” in {_local(source)} at {credit.span}", "    ")
    _print_effects(each, audit)
    described = any(t.subject == each.origin for triples in each.accepting.values() for t in triples)
    _say(f"proposed: {'a new ' if described else ''}{shorten(each.origin.value)}", "  ")
    _say(f"yes: pactgraph audit copies --texts {folder} --accept {each.name}", "  ")
    _say(f"no:  pactgraph audit copies --texts {folder} --reject {each.name}", "  ")
    paper.line("")


def _print_overlap(overlap: Overlap) -> None:
    _say(_shares(overlap), "  ")
    for pair in overlap.pairs[:_FEW]:
        _say(f"“{pair.one.opening} …” at {pair.one.span} · at {pair.other.span}", "    ")
    if len(overlap.pairs) > _FEW:
        _say(f"and {paper.some(len(overlap.pairs) - _FEW, 'sentence')} more", "    ")


def _shares(overlap: Overlap) -> str:
    one, other = overlap.whole
    return f"{one:.0%} of {_local(overlap.one)} and {other:.0%} of {_local(overlap.other)} are the same"


def _print_effects(each: Proposal, audit: CopyAudit) -> None:
    lost = [effect for effect in each.effects if effect.holds[0] != effect.holds[1]]
    fewer = [effect for effect in each.effects if effect not in lost]
    if not each.effects:
        _say("no count of witnesses would change", "  ")
    for effect in lost:
        became = "would be a fact" if effect.holds[1] else "would be a fact no more"
        _say(f"{_proposition(effect, audit)} {became}", "  ")
    if fewer:
        _say(f"{paper.some(len(fewer), 'proposition')} would have fewer witnesses", "  ")
    for effect in sorted(fewer, key=lambda e: e.witnesses)[:_FEW]:
        _say(f"{_proposition(effect, audit)}: {effect.witnesses[0]} → {effect.witnesses[1]}", "    ")
    if len(fewer) > _FEW:
        _say(f"and {len(fewer) - _FEW:,} more with more witnesses than these", "    ")


def _print_beside(audit: CopyAudit) -> None:
    if audit.beside:
        paper.line("Not one witness for that: they share background or quotations")
    for overlap in audit.beside:
        _say(f"{_shares(overlap)}: {overlap.kinship}", "  ")
    if audit.unborne:
        paper.line("Origins that the texts do not tell of")
    for source, origin in audit.unborne:
        _say(f"{_local(source)}: {shorten(origin.value)} · {audit.library.labels.label(origin)}", "  ")


def _say(text: str, indent: str) -> None:
    width = max(paper.width() - len(indent), 20)
    lines = wrap(text, width - 4, break_long_words=False, break_on_hyphens=False)
    for nth, line in enumerate(lines):
        paper.line(f"{indent}{'    ' if nth else ''}{line}")


def _source(source: NamedNode, audit: CopyAudit) -> str:
    from pactgraph.audit.library import publisher_of
    from pactgraph.dates import say

    file = audit.library.files[source]
    publisher = publisher_of(file)
    told = [audit.library.labels.label(publisher)] if publisher else []
    return ", ".join([*told, *([say(file.published)] if file.published else [])])


def _proposition(effect: Effect, audit: CopyAudit) -> str:
    content = effect.content
    parts = (content.subject, content.predicate, content.object)
    subject, predicate, value = (_name(part, audit) for part in parts)
    return f"{subject} · {predicate}: {value}"


def _name(term: Term, audit: CopyAudit) -> str:
    from pactgraph.dates import parse, say
    from pactgraph.pages.values import say_value

    if isinstance(term, Literal):
        return say(parse(term.value)) if term.datatype == EDTF else term.value
    for file in audit.library.files.values() if "/value/" in term.value else ():
        if term in file.nodes:
            return say_value({name: values[0] for name, values in file.nodes[term].items()}, _naming(audit))
    return audit.library.labels.label(term)


def _naming(audit: CopyAudit) -> Any:
    return lambda term: _name(term, audit)


def _local(node: NamedNode) -> str:
    return node.value.rpartition("/")[2]


# For programs


def _row(each: Proposal) -> Mapping[str, str]:
    return {
        "name": each.name,
        "sign": each.sign,
        "sources": " ".join(map(_local, each.sources)),
        "origin": shorten(each.origin.value),
        "changes": str(len(each.effects)),
    }


def _json(audit: CopyAudit) -> Mapping[str, Any]:
    return {
        "texts": len(audit.library.read),
        "found": [_proposal_json(each, audit) for each in audit.found],
        "beside": [_overlap_json(overlap) for overlap in audit.beside],
        "unborne": [{"source": s.value, "origin": o.value} for s, o in audit.unborne],
    }


def _proposal_json(each: Proposal, audit: CopyAudit) -> Mapping[str, Any]:
    return {
        "name": each.name,
        "sign": each.sign,
        "sources": [source.value for source in each.sources],
        "overlaps": [_overlap_json(overlap) for overlap in each.overlaps],
        "credits": [
            {"source": s.value, "kind": c.kind.value, "at": str(c.span), "locator": c.ending}
            for s, c in each.credits
        ],
        "origin": each.origin.value,
        "accept": list(_triples(each.accepting.values())),
        "reject": list(_triples(each.rejecting.values())),
        "effects": [_effect_json(effect, audit) for effect in each.effects],
    }


def _overlap_json(overlap: Overlap) -> Mapping[str, Any]:
    return {
        "kinship": overlap.kinship,
        "sources": [overlap.one.value, overlap.other.value],
        "shares": [round(share, 4) for share in overlap.whole],
        "shares_unquoted": [round(share, 4) for share in overlap.shares],
        "sentences": [
            {"locator": p.one.opening, "at": [str(p.one.span), str(p.other.span)], "quoted": p.one.quoted}
            for p in overlap.pairs
        ],
    }


def _effect_json(effect: Effect, audit: CopyAudit) -> Mapping[str, Any]:
    return {
        "proposition": effect.content.iri.value,
        "text": _proposition(effect, audit),
        "witnesses": list(effect.witnesses),
        "fact": list(effect.holds),
    }


def _triples(files: Iterable[Iterable[Any]]) -> Iterator[str]:
    return (f"{triple} ." for triples in files for triple in triples)
