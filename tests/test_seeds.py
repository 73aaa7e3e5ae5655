"""The five seed articles: every gold claim stands in `data/`, at its passage, by its speaker, with its modality.

`MAPPING` says how each gold predicate becomes propositions; the rest is comparison. The gold and the articles are
no part of the repository, so the one-by-one test runs where they lie beside it; the others need `data/` only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from pactgraph.claim import Claim, Proposition, Term
from pactgraph.dates import parse, readings
from pactgraph.graph.codec import decode
from pactgraph.graph.labels import Labels
from pactgraph.graph.links import read_links
from pactgraph.graph.minting import format_nodes
from pactgraph.graph.nodes import Nodes, group, one, read_triples
from pactgraph.passage import Span, find_bounded, parse_position, read
from pactgraph.vocabulary import EDTF, ID, OA, ONTOLOGY, PACT, RDF, SCHEMA, XSD

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold" / "seeds.jsonl"
TEXTS = ROOT.parent / "shared" / "seeds"
SOURCES = sorted(
    p for p in (ROOT / "data" / "sources").glob("*.ttl") if "pact:capture" in p.read_text("utf-8")
)
"""The sources that were measured on a text; of the others only locators are known."""

Gold = dict[str, Any]


def pact(name: str) -> NamedNode:
    return NamedNode(ONTOLOGY + name)


def an(kind: str, name: str) -> NamedNode:
    return NamedNode(f"{ID}{kind}/{name}")


# What lies in data/


@dataclass(frozen=True)
class Source:
    """A source file with its claims."""

    node: NamedNode
    nodes: Nodes
    claims: tuple[Claim, ...]

    @property
    def capture(self) -> str:
        return self.text(PACT.capture)

    @property
    def published(self) -> str:
        return self.text(SCHEMA.datePublished)

    @property
    def publisher(self) -> Term | None:
        return one(self.nodes[self.node], SCHEMA.publisher)

    def text(self, predicate: NamedNode) -> str:
        value = one(self.nodes[self.node], predicate)
        return value.value if value is not None else ""

    def parts(self, value: Term) -> dict[NamedNode, list[Term]]:
        return self.nodes.get(value, {}) if isinstance(value, NamedNode) else {}


@cache
def sources() -> dict[str, Source]:
    """The sources by the name of their capture."""
    read_ones = [_source(group(read_triples(path))) for path in SOURCES]
    return {source.capture: source for source in read_ones}


def _source(nodes: Nodes) -> Source:
    node = next(node for node, properties in nodes.items() if PACT.capture in properties)
    return Source(node, nodes, tuple(decode(nodes)))


def source_of(name: str) -> Source:
    return next(source for source in sources().values() if source.node == an("source", name))


@cache
def authority() -> Nodes:
    paths = [*sorted((ROOT / "data" / "authority").glob("*.ttl")), ROOT / "ontology" / "pact.ttl"]
    return group(triple for path in paths for triple in read_triples(path))


def party(code: str) -> NamedNode:
    return next(n for n, p in authority().items() if one(p, PACT.code) == Literal(code.lower()))


def agreement(code: str) -> NamedNode:
    """Ukraine's agreement with the state of that code."""
    both = {party("UA"), party(code)}
    return next(n for n, p in authority().items() if set(p.get(PACT.party, ())) == both)


@cache
def named(name: str) -> NamedNode:
    """The official or body that goes by the name."""
    labels = Labels(authority())
    kinds = (f"{ID}official/", f"{ID}body/")
    return next(n for n in authority() if n.value.startswith(kinds) and name in labels.names(n))


# How the gold's words map to ours

SECURITY = an("group", "ukraine-security-agreements")
COMPACT = an("pact", "ukraine-compact")
GROUPS = {
    "UNSPEC": SECURITY,
    "agreements": SECURITY,
    "NORDIC": an("group", "ukraine-nordic-agreements"),
    "BALTIC": an("group", "ukraine-baltic-agreements"),
    "ALLIES": an("group", "ukraine-allied-agreements"),
    "G7 Joint Declaration": an("pact", "g7-joint-declaration"),
    "Ukraine Compact": COMPACT,
    "NATO Vilnius summit": an("event", "nato-summit-2023"),
    "US aid bill": an("measure", "us-aid-bill-2024"),
}
ROUND = an("event", "ukraine-united-states-round-3")
VOTE = an("event", "us-congress-aid-vote-2024-04")
HOUSE_VOTE = an("event", "us-house-aid-vote-2024")
"""What comes first on the way to the other, and was still to come when the first article was written."""
DECREE = an("event", "delegation-decree-2024-01-08")
PLACES = {"Kyiv": an("place", "kyiv"), "Vilnius": an("place", "vilnius")}
OFFICES = {
    "president": an("office", "president-of-ukraine"),
    "head of presidential office": an("office", "head-of-presidential-office-of-ukraine"),
    "press secretary": an("office", "white-house-press-secretary"),
}
KINDS_OF_EVENT = {
    "interview": "Interview",
    "press conference": "PressConference",
    "address": "Speech",
    "announcement": "Announcement",
    "telegram": "Announcement",
    "press briefing": "Announcement",
}
STAGES = {"approaching": "Approaching", "preparing": "Preparing", "begun": "NegotiationsBegun"}
COUNTED = {"signed": "SignedPacts", "pending": "PendingPacts", "total": "SoughtPacts"}
MODALITIES = {"fact": "Factual"}
QUOTATIONS = {"none": "OwnVoice"}
SPEAKERS = {"UA government": "Government of Ukraine"}
FLAGS = {"caption": "Caption", "related-article teaser": "Teaser"}
SUMMITS = {"NATO summit": {"003": "nato-summit-2024", "001": "nato-summit-2023"}}
VAGUE = {"in the near future", "in near future", "soon", "In the coming months", "recently"}
"""The printed words that may stand for an open interval; where a source gives none, any words of the claim do."""

Accepts = Callable[[Term, Source], bool]


@dataclass(frozen=True)
class Wanted:
    """One proposition that a gold claim asks for; `printed` are the gold's offsets of the words as printed."""

    subject: NamedNode | Accepts
    predicate: NamedNode
    accepts: Accepts
    scope: frozenset[tuple[NamedNode, Term]] = frozenset()
    printed: tuple[int, int] | None = None


def exactly(term: Term) -> Accepts:
    return lambda value, source: value == term


def day(text: str) -> Accepts:
    return exactly(Literal(text, datatype=EDTF))


def prose(value: Term, source: Source) -> bool:
    """Words of the curator's own: short and in English."""
    return isinstance(value, Literal) and value.language == "en" and len(value.value.split()) <= 12


def number(value: int) -> Accepts:
    return exactly(Literal(value))


def parts(type_: str, /, **wanted: str) -> Accepts:
    """A value node of a type with these parts and no others of their names."""

    def accepts(value: Term, source: Source) -> bool:
        properties = source.parts(value)
        found = {name: [v.value for v in properties.get(key(name), ())] for name in wanted}
        return pact(type_) in properties.get(RDF.type, ()) and found == {n: [v] for n, v in wanted.items()}

    def key(name: str) -> NamedNode:
        return SCHEMA.value if name == "value" else SCHEMA.currency if name == "currency" else pact(name)

    return accepts


def event(kind: str) -> Accepts:
    return lambda value, source: one(authority().get(value, {}), RDF.type) == pact(kind)  # type: ignore[arg-type]


def undertaking(name: str) -> NamedNode:
    """`US`, `NORDIC`, `agreements`, `agreement:US`."""
    code = name.removeprefix("agreement:")
    return GROUPS[code] if code in GROUPS else agreement(code)


def span(gold: Gold) -> tuple[int, int]:
    start, end = gold["obj_span"]
    return start, end


def signed(gold: Gold) -> Iterator[Wanted]:
    subject = undertaking(gold["obj"])
    yield Wanted(subject, pact("reachedStage"), exactly(pact("Signed")))
    if "event" in gold["quals"]:
        yield Wanted(subject, pact("signedAt"), exactly(summit(gold)))
        yield Wanted(subject, pact("signedOn"), day(f"../{source(gold).published}"))


def expects_signing(gold: Gold) -> Iterator[Wanted]:
    subject, quals = undertaking(gold["obj"]), gold["quals"]
    scope: set[tuple[NamedNode, Term]] = set()
    if "condition" in quals:
        scope.add((PACT.condition, VOTE))
    if "number" in quals:
        scope.add((PACT.howMany, Literal(int(quals["number"]))))
    if gold["modality"] == "sought":
        yield Wanted(subject, pact("reachedStage"), exactly(pact("Signed")), frozenset(scope))
    else:
        when = quals.get("date", "vague-future")
        accepts = from_speaking_on if when == "vague-future" else day(when)
        yield Wanted(subject, pact("expectedSigning"), accepts, frozenset(scope))


def from_speaking_on(value: Term, source: Source) -> bool:
    """An open interval; `answers` compares its beginning with the day of speaking."""
    return isinstance(value, Literal) and value.datatype == EDTF and value.value.endswith("/..")


def negotiating(gold: Gold) -> Iterator[Wanted]:
    subject, quals = undertaking(gold["obj"]), gold["quals"]
    if quals["stage"] != "round":
        yield Wanted(subject, pact("reachedStage"), exactly(pact(STAGES[quals["stage"]])))
        return
    yield Wanted(ROUND, pact("negotiates"), exactly(subject), printed=span(gold))
    yield Wanted(subject, pact("reachedStage"), exactly(pact("Negotiating")))
    yield Wanted(ROUND, pact("roundNumber"), number(int(quals["round"])))
    yield Wanted(ROUND, pact("heldOn"), day(quals["date"]))


def count(gold: Gold) -> Iterator[Wanted]:
    how_many, what = gold["obj"].split("|")
    accepts = parts("Count", value=how_many, counts=ONTOLOGY + COUNTED[what], asOf=source(gold).published)
    yield Wanted(SECURITY, pact("reportedCount"), accepts, printed=span(gold))


def compact(gold: Gold) -> Iterator[Wanted]:
    subject = undertaking(gold["subj"])
    accepts = parts("Count", value=gold["obj"], counts=ONTOLOGY + "SignatoryParties")
    yield Wanted(subject, pact("reportedCount"), accepts, printed=span(gold))
    yield Wanted(subject, pact("signedAt"), exactly(summit(gold)))


def amount(gold: Gold) -> Iterator[Wanted]:
    currency, figure = gold["obj"].split()
    kind = "Worth" if gold["subj"] == "agreements" else "Proposed"
    accepts = parts("Amount", value=figure, currency=currency, kind=ONTOLOGY + kind)
    yield Wanted(undertaking(gold["subj"]), pact("amount"), accepts, printed=span(gold))


def scope(gold: Gold) -> Iterator[Wanted]:
    field = exactly(pact(gold["obj"].capitalize()))
    yield Wanted(undertaking(gold["subj"]), pact("covers"), field, printed=span(gold))


def purpose(gold: Gold) -> Iterator[Wanted]:
    yield Wanted(undertaking(gold["subj"]), pact("purpose"), prose)


def effect(gold: Gold) -> Iterator[Wanted]:
    yield Wanted(GROUPS[gold["subj"]], pact("effect"), prose)


def discussed(gold: Gold) -> Iterator[Wanted]:
    yield Wanted(ROUND, pact("discussed"), prose)


def office(gold: Gold) -> Iterator[Wanted]:
    yield Wanted(named(gold["subj"]), pact("holdsOffice"), exactly(OFFICES[gold["obj"]]), printed=span(gold))


def statement(gold: Gold) -> Iterator[Wanted]:
    held, quals = event(KINDS_OF_EVENT[gold["obj"]]), gold["quals"]
    yield Wanted(named(gold["subj"]), pact("spokeAt"), held, printed=span(gold))
    if "date" in quals:
        yield Wanted(held, pact("heldOn"), day(quals["date"]))
    if "place" in quals:
        yield Wanted(held, pact("heldIn"), exactly(PLACES[quals["place"]]))
    if "audience" in quals:
        yield Wanted(held, pact("audience"), prose)


def declared(gold: Gold) -> Iterator[Wanted]:
    subject, quals = undertaking(gold["obj"]), gold["quals"]
    yield Wanted(subject, pact("declaredBy"), exactly(an("party", gold["subj"].lower())))
    yield Wanted(subject, pact("adoptedOn"), day(quals["date"]))
    if "event" in quals:
        yield Wanted(subject, pact("adoptedAt"), exactly(summit(gold)))
        yield Wanted(summit(gold), pact("heldIn"), exactly(PLACES[quals["place"]]))


def based_on(gold: Gold) -> Iterator[Wanted]:
    yield Wanted(SECURITY, pact("basedOn"), exactly(undertaking(gold["obj"])))


def joined_declaration(gold: Gold) -> Iterator[Wanted]:
    when = frozenset({(PACT.on, Literal(gold["quals"]["date"], datatype=EDTF))})
    declaration = exactly(undertaking(gold["obj"]))
    yield Wanted(party(gold["subj"]), pact("joined"), declaration, when, printed=span(gold))


def aid_vote(gold: Gold) -> Iterator[Wanted]:
    yield Wanted(VOTE, pact("outcome"), exactly(pact("Passed")))
    yield Wanted(VOTE, pact("decidedBy"), exactly(named(gold["subj"])))
    yield Wanted(VOTE, pact("measure"), exactly(GROUPS[gold["obj"]]), printed=span(gold))
    if "date" in gold["quals"]:
        vote = VOTE if gold["modality"] == "fact" else HOUSE_VOTE
        yield Wanted(vote, pact("heldOn"), day(gold["quals"]["date"]))


def delegation_approved(gold: Gold) -> Iterator[Wanted]:
    yield Wanted(DECREE, pact("decidedBy"), exactly(named(gold["subj"])))
    yield Wanted(DECREE, pact("decides"), prose, printed=span(gold))
    yield Wanted(DECREE, pact("heldOn"), day(gold["quals"]["date"]))


def leads_delegation(gold: Gold) -> Iterator[Wanted]:
    yield Wanted(ROUND, pact("delegationHead"), exactly(named(gold["subj"])))


MAPPING: dict[str, Callable[[Gold], Iterator[Wanted]]] = {
    "aid_vote": aid_vote,
    "amount": amount,
    "based_on": based_on,
    "count": count,
    "declared": declared,
    "delegation_approved": delegation_approved,
    "discussed": discussed,
    "effect": effect,
    "expects_signing": expects_signing,
    "joined_declaration": joined_declaration,
    "leads_delegation": leads_delegation,
    "negotiating": negotiating,
    "office": office,
    "pact": compact,
    "purpose": purpose,
    "scope": scope,
    "signed": signed,
    "statement": statement,
}
"""A gold predicate and the propositions it becomes, the main one first."""


# Comparison


def source(gold: Gold) -> Source:
    return sources()[gold["doc"]]


def summit(gold: Gold) -> NamedNode:
    return an("event", SUMMITS[gold["quals"]["event"]][gold["id"][:3]])


def golds() -> list[Gold]:
    if not GOLD.exists():
        return []
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def find(gold: Gold, wanted: Wanted, claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if answers(claim, wanted, gold)]


def answers(claim: Claim, wanted: Wanted, gold: Gold) -> bool:
    """Whether the claim says what is wanted, where, by whom and how the gold has it."""
    return (
        says(claim.proposition, wanted, source(gold))
        and stands(claim, gold)
        and claim.speaker == speaker(gold)
        and claim.quotation == pact(QUOTATIONS.get(gold["quote"], gold["quote"].capitalize()))
        and claim.modality == pact(MODALITIES.get(gold["modality"], gold["modality"].capitalize()))
        and claim.polarity == PACT.Affirmed
        and {pact(FLAGS[flag]) for flag in gold["flags"] if flag in FLAGS} <= set(claim.flags)
        and dated(claim, gold)
        and printed(claim, wanted, gold)
    )


def says(proposition: Proposition, wanted: Wanted, source: Source) -> bool:
    subject = wanted.subject
    named_so = subject(proposition.subject, source) if callable(subject) else proposition.subject == subject
    return (
        named_so
        and proposition.predicate == wanted.predicate
        and wanted.accepts(proposition.object, source)
        and frozenset(proposition.scope) == wanted.scope
    )


def stands(claim: Claim, gold: Gold) -> bool:
    """The passage overlaps an accepted span."""
    place = position(claim.passage)
    return any(place.start < e["end"] and e["start"] < place.end for e in gold["evidence"])


def position(passage: NamedNode) -> Span:
    return parse_position(passage.value.partition("#")[2])


def speaker(gold: Gold) -> Term | None:
    name = gold["speaker"]
    return named(SPEAKERS.get(name, name)) if name else source(gold).publisher


def dated(claim: Claim, gold: Gold) -> bool:
    """The words as printed give the date, or are vague and the interval is open from, or up to, the day of speaking."""
    when = claim.proposition.object
    if not isinstance(when, Literal) or when.datatype != EDTF or claim.stated_on is None:
        return True
    said = claim.stated_on.rstrip("~")
    if when.value in (f"{said}/..", f"../{said}"):
        return claim.as_printed in VAGUE or "date" not in gold["quals"]
    first = parse(said).first
    return first is not None and when.value in readings(claim.as_printed or "", first)


def printed(claim: Claim, wanted: Wanted, gold: Gold) -> bool:
    """The words as printed stand in the passage or in one it is resolved from; where the gold says, within its span."""
    text, words = article(gold["doc"]), claim.as_printed or ""
    spans = [position(passage) for passage in (claim.passage, *claim.resolved_from)]
    if wanted.printed:
        spans = [Span(*wanted.printed)]
    return any(find_bounded(text, words, within=place) for place in spans)


@cache
def article(name: str) -> str:
    return read(TEXTS / name).normal


# One by one

beside = pytest.mark.skipif(not GOLD.exists(), reason="the gold claims do not lie beside this checkout")
each = pytest.mark.parametrize("gold", golds(), ids=lambda gold: gold["id"])


@beside
@each
def test_gold_claim_is_in_the_data(gold: Gold) -> None:
    for wanted in MAPPING[gold["pred"]](gold):
        assert len(find(gold, wanted, source(gold).claims)) == 1, wanted.predicate


@beside
def test_gold_claims_and_claims_are_one_to_one() -> None:
    mains = [found(gold, next(MAPPING[gold["pred"]](gold))) for gold in golds()]
    assert len(set(mains)) == len(mains) == 152
    asked = {found(gold, wanted) for gold, wanted in every_wanted()}
    assert asked == {claim.iri for source in sources().values() for claim in source.claims}


def every_wanted() -> Iterator[tuple[Gold, Wanted]]:
    return ((gold, wanted) for gold in golds() for wanted in MAPPING[gold["pred"]](gold))


def found(gold: Gold, wanted: Wanted) -> NamedNode:
    return find(gold, wanted, source(gold).claims)[0].iri


def other_party(claim: Claim) -> Claim:
    other = agreement("IE") if claim.proposition.subject != agreement("IE") else agreement("PT")
    return replace(claim, proposition=replace(claim.proposition, subject=other))


def other_object(claim: Claim) -> Claim:
    was = claim.proposition.object
    dated = isinstance(was, Literal) and was.datatype == EDTF
    other = Literal("2019-03", datatype=EDTF) if dated else an("party", "none")
    return replace(claim, proposition=replace(claim.proposition, object=other))


def other_modality(claim: Claim) -> Claim:
    return replace(claim, modality=pact("Possible" if claim.modality != pact("Possible") else "Factual"))


def other_polarity(claim: Claim) -> Claim:
    return replace(claim, polarity=PACT.Denied)


def other_speaker(claim: Claim) -> Claim:
    return replace(claim, speaker=an("official", "nobody"))


def other_words(claim: Claim) -> Claim:
    return replace(claim, as_printed="nowhere printed")


def shifted(claim: Claim) -> Claim:
    base, place = claim.passage.value.partition("#")[0], position(claim.passage)
    return replace(claim, passage=NamedNode(f"{base}#{Span(place.start + 9000, place.end + 9000)}"))


def limited(claim: Claim) -> Claim:
    scope = (*claim.proposition.scope, (PACT.howMany, Literal(5)))
    return replace(claim, proposition=replace(claim.proposition, scope=scope))


@beside
@pytest.mark.parametrize(
    "fault",
    [other_party, other_object, other_modality, other_polarity, other_speaker, other_words, shifted, limited],
    ids=lambda fault: fault.__name__,
)
def test_a_claim_that_differs_is_not_found(fault: Callable[[Claim], Claim]) -> None:
    for gold, wanted in every_wanted():
        right = find(gold, wanted, source(gold).claims)
        wrong = [fault(claim) if claim in right else claim for claim in source(gold).claims]
        assert right and not find(gold, wanted, wrong), gold["id"]


@beside
@each
def test_a_missing_claim_is_missed(gold: Gold) -> None:
    for wanted in MAPPING[gold["pred"]](gold):
        right = find(gold, wanted, source(gold).claims)
        assert not find(gold, wanted, (claim for claim in source(gold).claims if claim not in right))


# What data/ alone shows


def signed_with(name: str) -> set[str]:
    """The codes of the states whose agreement the source says is signed."""
    return {
        value.value
        for claim in source_of(name).claims
        if (claim.proposition.predicate, claim.proposition.object) == (pact("reachedStage"), pact("Signed"))
        and claim.modality == PACT.Factual
        for state in authority()[claim.proposition.subject].get(PACT.party, ())
        if state != party("UA")
        for value in authority()[state].get(PACT.code, ())  # type: ignore[index]
    }


def values(name: str, predicate: str) -> list[tuple[Claim, dict[NamedNode, list[Term]]]]:
    source = source_of(name)
    claims = [c for c in source.claims if c.proposition.predicate == pact(predicate)]
    return [(claim, source.parts(claim.proposition.object)) for claim in claims]


def test_five_sources_hold_every_claim() -> None:
    assert len(sources()) == 5
    assert sum(len(source.claims) for source in sources().values()) >= 146


@pytest.mark.parametrize("path", sorted((ROOT / "data").rglob("*.ttl")), ids=lambda path: path.stem)
def test_file_is_in_the_fixed_form(path: Path) -> None:
    assert format_nodes(group(read_triples(path))) == path.read_text(encoding="utf-8")


def test_claims_are_called_by_what_they_say() -> None:
    for source in sources().values():
        assert {claim.iri for claim in source.claims} <= source.nodes.keys()


def test_every_name_is_known() -> None:
    for source in sources().values():
        known = authority().keys() | source.nodes.keys()
        for claim in source.claims:
            content = claim.proposition
            used: list[Term | None] = [
                content.subject,
                content.predicate,
                content.object,
                claim.speaker,
                claim.modality,
            ]
            used += [claim.quotation, claim.recorded_by, *claim.flags, *(value for _, value in content.scope)]
            used += [claim.passage, *claim.also_at, *claim.resolved_from]
            assert {node for node in used if isinstance(node, NamedNode)} <= known


def test_every_claim_keeps_a_few_printed_words() -> None:
    for source in sources().values():
        assert all(claim.as_printed and len(claim.as_printed.split()) <= 7 for claim in source.claims)


def test_every_passage_has_digest_offsets_and_link() -> None:
    for source in sources().values():
        for node in {p for c in source.claims for p in (c.passage, *c.also_at, *c.resolved_from)}:
            properties = source.nodes[node]
            assert len(source.text(SCHEMA.sha256)) == len(properties[SCHEMA.sha256][0].value) == 64
            assert len(properties[OA.hasSelector]) == 2


def test_amount_without_its_scale_stays_as_printed_and_flagged() -> None:
    [(claim, amount)] = values("kyivindependent-2024-04-20", "amount")
    assert claim.as_printed == "$61"
    assert one(amount, SCHEMA.value) == Literal("61", datatype=XSD.decimal)
    assert claim.flags == (pact("SuspectScale"),)
    [(_, later)] = values("kyivindependent-2024-04-30", "amount")
    assert one(later, SCHEMA.value) == Literal("61000000000", datatype=XSD.decimal)


SEVEN = {"gb", "fr", "de", "dk", "ca", "it", "nl"}
NINE = SEVEN | {"fi", "lv"}


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("online-ua-2024-04-20", SEVEN),
        ("kyivindependent-2024-04-20", NINE),
        ("kyivindependent-2024-04-30", NINE),
        ("like123-2024-05-01", NINE),
        ("kyivindependent-2024-07-15", {"pl", "lu", "ro"}),
    ],
)
def test_lists_of_signed_agreements_stand_as_printed(name: str, states: set[str]) -> None:
    assert signed_with(name) == states


def test_thirty_two_has_two_meanings_in_one_article() -> None:
    counts = values("kyivindependent-2024-07-15", "reportedCount")
    thirty_two = [
        (claim.proposition.subject, one(count, PACT.counts))
        for claim, count in counts
        if one(count, SCHEMA.value) == Literal(32)
    ]
    assert set(thirty_two) == {(SECURITY, pact("SoughtPacts")), (COMPACT, pact("SignatoryParties"))}


def test_two_reports_of_one_interview_share_their_origin() -> None:
    interview = an("origin", "zelensky-interview-2024-04-20")
    sharing = {s.node for s in sources().values() if interview in s.nodes[s.node].get(PACT.origin, ())}
    assert sharing == {an("source", "kyivindependent-2024-04-20"), an("source", "online-ua-2024-04-20")}
    assert an("origin", "ukrinform-3854833") in source_of("online-ua-2024-04-20").nodes[
        an("source", "online-ua-2024-04-20")
    ].get(PACT.origin, ())


def test_links_are_sorted_proved_and_about_our_nodes() -> None:
    path = ROOT / "data" / "links.sssom.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"][1:]
    assert rows == sorted(rows, key=lambda row: (row[0], row[2], row[3]))
    assert all(len(row) == 7 and row[6] for row in rows)
    assert {triple.subject for triple in read_links(path)} <= authority().keys()
