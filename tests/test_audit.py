"""The passage audit: what stands in the text is verified, and every planted fault is caught."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import pytest

from pactgraph.audit import Checked, Standing, Verdict, Verification, verify
from pactgraph.cli import main
from pactgraph.curation import format_file
from pactgraph.errors import BadInput, EncodingFault, UsageError
from pactgraph.project import Project

CHECKOUT = Path(__file__).parents[1]
SEEDS = CHECKOUT.parent / "shared" / "seeds"

TEXT = """\
Ruritania and Borduria sign a river pact

Ruritania and Borduria signed the River Pact on 12 May 1938, nine months after the Zenda Summit. \
The River Pact covers energy. Talks on it had begun in May 1937.

“Syldavia is ready,” Foreign Minister Wilhelm Kraft told the Gazette on Friday. \
Ruritania is negotiating with Syldavia, he added, and it will sign with Syldavia in October.

Borduria has not signed the Mountain Pact with Syldavia. \
Syldavia denied that it had ratified the Mountain Pact; Borduria ratified the Mountain Pact last month. \
The draft of the Mountain Pact is unsigned.

The River Pact is worth 1.5 billion crowns … and 20 million dollars. \
The Mountain Pact costs $61 a head. \
Nine pacts have been concluded so far. Two of the pacts are to be signed soon, after the vote.

The third round [not the last] was held last week in Klow. \
The third round was on the River Pact. Clerks met. Clerks met.

The minutes were kept by Zoe\u0308 Ha\u0308gen 👩‍👧 in Klow. The Gazette saw the minutes.

On Tuesday, Ruritania and Syldavia signed the Coast Pact.

“The Coast Pact was signed by both of us in good faith,” Wilhelm Kraft said.
"""

PREFIXES = """\
@prefix event: <https://w3id.org/pactgraph/id/event/> .
@prefix group: <https://w3id.org/pactgraph/id/group/> .
@prefix loc: <http://id.loc.gov/datatypes/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix office: <https://w3id.org/pactgraph/id/office/> .
@prefix official: <https://w3id.org/pactgraph/id/official/> .
@prefix pact: <https://w3id.org/pactgraph/ontology#> .
@prefix pactid: <https://w3id.org/pactgraph/id/pact/> .
@prefix party: <https://w3id.org/pactgraph/id/party/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix publisher: <https://w3id.org/pactgraph/id/publisher/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix run: <https://w3id.org/pactgraph/id/run/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

AUTHORITY = """
party:ruritania a pact:State ; skos:prefLabel "Ruritania"@en ; pact:demonym "Ruritanian"@en .
party:borduria a pact:State ; skos:prefLabel "Borduria"@en .
party:syldavia a pact:State ; skos:prefLabel "Syldavia"@en ; pact:metonym "Klow"@en .
pactid:river a pact:Agreement ; skos:prefLabel "River Pact"@en ; pact:party party:ruritania, party:borduria .
pactid:mountain a pact:Agreement ; skos:prefLabel "Mountain Pact"@en ; pact:party party:borduria, party:syldavia .
pactid:coast a pact:Agreement ; skos:prefLabel "Coast Pact"@en ; pact:party party:ruritania, party:syldavia .
pactid:ruritania-borduria a pact:Agreement ; skos:prefLabel "Ruritania–Borduria pact"@en ;
    pact:inGroup group:ruritanian ; pact:party party:ruritania, party:borduria .
pactid:ruritania-syldavia a pact:Agreement ; skos:prefLabel "Ruritania–Syldavia pact"@en ;
    pact:inGroup group:ruritanian ; pact:party party:ruritania, party:syldavia .
group:ruritanian a pact:PactGroup ; skos:prefLabel "Ruritanian pacts"@en ; skos:altLabel "pacts"@en ;
    pact:hub party:ruritania .
event:zenda-summit a pact:Summit ; skos:prefLabel "Zenda Summit"@en .
event:klow-summit a pact:Summit ; skos:prefLabel "Klow Summit"@en .
event:round-3 a pact:NegotiationRound ; skos:prefLabel "third round"@en .
event:vote a pact:Vote ; skos:prefLabel "vote"@en .
event:plebiscite a pact:Vote ; skos:prefLabel "plebiscite"@en .
office:foreign-minister a pact:Office ; skos:prefLabel "Foreign Minister"@en .
office:prime-minister a pact:Office ; skos:prefLabel "Prime Minister"@en .
official:kraft a pact:Official ; skos:prefLabel "Wilhelm Kraft"@en .
official:rassendyll a pact:Official ; skos:prefLabel "Rudolf Rassendyll"@en .
publisher:gazette a pact:Publisher ; skos:prefLabel "The Gazette"@en .
"""

SOURCE = """
<> a schema:NewsArticle ; pact:capture "river.txt" ; schema:publisher publisher:gazette ;
    schema:datePublished "1938-05-21"^^loc:edtf .
<#nine> a pact:Count ; schema:value 9 ; pact:counts pact:SignedPacts ; pact:asOf "1938-05-21"^^loc:edtf .
<#seven> a pact:Count ; schema:value 7 ; pact:counts pact:SignedPacts .
<#pending> a pact:Count ; schema:value 9 ; pact:counts pact:PendingPacts .
<#june> a pact:Count ; schema:value 9 ; pact:counts pact:SignedPacts ; pact:asOf "1938-06"^^loc:edtf .
<#odd> a pact:Count ; schema:value "many" .
<#dollars> a pact:Amount ; schema:value "20000000"^^xsd:decimal ; schema:currency "USD" .
<#euros> a pact:Amount ; schema:value "20000000"^^xsd:decimal ; schema:currency "EUR" .
<#yearly> a pact:Amount ; schema:value "20000000"^^xsd:decimal ; schema:currency "USD" ;
    pact:period "1939"^^loc:edtf .
<#head> a pact:Amount ; schema:value "61"^^xsd:decimal ; schema:currency "USD" .
<#billions> a pact:Amount ; schema:value "61000000000"^^xsd:decimal ; schema:currency "USD" .
<#five> a pact:Amount ; schema:value "5000000000"^^xsd:decimal .
"""

SIGNING = "Ruritania and Borduria signed the River Pact on 12 May 1938"
REFUSAL = "Borduria has not signed the Mountain Pact with Syldavia"
HEADLINE = "Ruritania and Borduria sign a river pact"
COUNTED = "Nine pacts have been concluded so far"
ROUND = "The third round was on the River Pact"
WORTH = "20 million dollars"
MINISTER = "Foreign Minister Wilhelm Kraft"
AHEAD = "it will sign with Syldavia in October"
HELD = "was held last week in Klow"
TUESDAY = "On Tuesday, Ruritania and Syldavia signed the Coast Pact"
DENIAL = "Syldavia denied that it had ratified the Mountain Pact"


def normal(text: str) -> str:
    return normalize("NFC", text)


def place(words: str, text: str = TEXT) -> str:
    start = normal(text).index(words)
    return f"char={start},{start + len(words)}"


def day(edtf: str) -> str:
    return f'"{edtf}"^^loc:edtf'


def claim(
    subject: str,
    predicate: str,
    value: str,
    printed: str | None,
    at: str,
    *,
    modality: str = "Factual",
    polarity: str = "Affirmed",
    speaker: str = "publisher:gazette",
    quotation: str = "OwnVoice",
    stated: str | None = "1938-05-21",
    scope: str = "",
    resolved: str | None = None,
    also: str | None = None,
) -> str:
    """A claim as a curator writes it; `at`, `resolved` and `also` are words of the text, or positions in it."""
    parts = [
        f"rdf:subject {subject} ; rdf:predicate pact:{predicate} ; rdf:object {value}",
        "prov:wasDerivedFrom <>",
        f"pact:modality pact:{modality} ; pact:polarity pact:{polarity}",
        f"pact:speaker {speaker} ; pact:quotation pact:{quotation}",
        *(f"pact:{name} <#{_position(words)}>" for name, words in _passages(at, resolved, also)),
        *([f'pact:asPrinted "{printed}"'] if printed is not None else []),
        *([f"pact:statedOn {day(stated)}"] if stated else []),
        *([scope] if scope else []),
    ]
    return f"<#c{hashlib.sha256(repr(parts).encode()).hexdigest()}> a pact:Claim ; {' ; '.join(parts)} .\n"


def _position(words: str) -> str:
    return words if words.startswith("char=") else place(words)


def _passages(at: str, resolved: str | None, also: str | None) -> list[tuple[str, str]]:
    named = [("passage", at), ("resolvedFrom", resolved), ("alsoAt", also)]
    return [(name, words) for name, words in named if words is not None]


@dataclass
class World:
    """A project of one invented article in a temporary folder."""

    root: Path

    @property
    def project(self) -> Project:
        return Project(self.root)

    @property
    def texts(self) -> Path:
        return self.root / "texts"

    @property
    def file(self) -> Path:
        return self.root / "data" / "sources" / "river.ttl"

    def write(self, claims: str, *, mint: bool = True, source: str = SOURCE) -> None:
        base = "@base <https://w3id.org/pactgraph/id/source/river> .\n"
        self.file.write_text(base + PREFIXES + source + claims, encoding="utf-8")
        if mint:
            format_file(self.file, texts=self.texts)

    def edit(self, old: str, new: str) -> None:
        before = self.file.read_text(encoding="utf-8")
        assert old in before
        self.file.write_text(before.replace(old, new), encoding="utf-8")

    def retell(self, text: str) -> None:
        (self.texts / "river.txt").write_text(text, encoding="utf-8")

    def verify(self) -> Verification:
        return verify(self.project, self.texts)


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    for folder in (made.texts, made.file.parent, made.project.data / "authority"):
        folder.mkdir(parents=True)
    (made.project.data / "authority" / "names.ttl").write_text(PREFIXES + AUTHORITY, encoding="utf-8")
    made.retell(TEXT)
    return made


def by_hand(start: int, end: int, *, sha256: str | None = None) -> str:
    """A passage with its position selector, as no formatter would write it."""
    digest = sha256 or hashlib.sha256(normal(TEXT)[start:end].encode()).hexdigest()
    return (
        f"<#char={start},{end}> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#position={start},{end}> ;"
        f' schema:sha256 "{digest}" .\n'
        f"<#position={start},{end}> a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} .\n"
    )


KRAFT = {"speaker": "official:kraft", "quotation": "Indirect", "stated": "1938-05-20"}

SIGNED = claim("pactid:river", "reachedStage", "pact:Signed", "signed", SIGNING)
DATED = claim("pactid:river", "signedOn", day("1938-05-12"), "12 May 1938", SIGNING)

TRUE = {
    "a stage": SIGNED,
    "a day": DATED,
    "a day of the week": claim("pactid:coast", "signedOn", day("1938-05-17"), "Tuesday", TUESDAY),
    "a repeat": claim("pactid:river", "reachedStage", "pact:Signed", "signed", SIGNING, also=HEADLINE),
    "an event": claim("pactid:river", "signedAt", "event:zenda-summit", "Zenda Summit", f"{SIGNING}, nine months after the Zenda Summit"),
    "by its parties": claim("pactid:ruritania-syldavia", "reachedStage", "pact:Negotiating", "negotiating", "Ruritania is negotiating with Syldavia", **KRAFT),
    "by both parties of two": claim("pactid:coast", "reachedStage", "pact:Negotiating", "negotiating", "Ruritania is negotiating with Syldavia", **KRAFT),
    "a hope": claim("pactid:ruritania-syldavia", "expectedSigning", day("1938-10"), "October", AHEAD, modality="Expected", **KRAFT),
    "a vague time": claim("group:ruritanian", "expectedSigning", day("1938-05-21/.."), "soon", "Two of the pacts are to be signed soon, after the vote", modality="Expected", scope="pact:howMany 2 ; pact:condition event:vote"),
    "an open beginning": claim("pactid:river", "expectedSigning", day("../1938-05-12"), "12 May 1938", SIGNING, modality="Expected"),
    "an interval": claim("event:round-3", "heldOn", day("1938-05-09/1938-05-15"), "last week", HELD, resolved=ROUND),
    "on a day": claim("party:borduria", "joined", "pactid:river", "River Pact", SIGNING, scope=f"pact:on {day('1938-05-12')}"),
    "a denial": claim("pactid:mountain", "reachedStage", "pact:Signed", "signed", REFUSAL, polarity="Denied"),
    "a denial told": claim("pactid:mountain", "reachedStage", "pact:Ratified", "ratified", DENIAL, polarity="Denied", speaker="party:syldavia", quotation="Indirect"),
    "a count": claim("group:ruritanian", "reportedCount", "<#nine>", "Nine", COUNTED),
    "an amount": claim("pactid:river", "amount", "<#dollars>", "20 million dollars", WORTH, resolved=ROUND),
    "an amount with its period": claim("pactid:river", "amount", "<#head>", "$61", "The Mountain Pact costs $61 a head", resolved=ROUND),
    "a number": claim("event:round-3", "roundNumber", "3", "third", ROUND),
    "an office": claim("official:kraft", "holdsOffice", "office:foreign-minister", "Foreign Minister", MINISTER),
    "own words": claim("pactid:river", "purpose", '"to light the towns"@en', "energy", "The River Pact covers energy"),
    "undated": claim("pactid:river", "covers", "pact:Energy", "energy", "The River Pact covers energy", stated=None),
}  # fmt: skip


def only(verification: Verification) -> tuple[Verdict, str]:
    (checked,) = verification.checked
    return checked.verdict, "; ".join(checked.reasons)


@pytest.mark.parametrize("written", [pytest.param(written, id=name) for name, written in TRUE.items()])
def test_what_the_text_says_is_verified(world: World, written: str) -> None:
    world.write(written)
    assert only(world.verify()) == (Verdict.VERIFIED, "")


def test_all_together_are_counted(world: World) -> None:
    world.write("".join(TRUE.values()))
    verification = world.verify()
    # the repeated signing is the same claim twice over
    assert verification.counts == dict.fromkeys(Verdict, 0) | {Verdict.VERIFIED: len(TRUE) - 1}
    assert verification.proved
    positions = [
        (c.source.value, int(c.passage.value.partition("char=")[2].split(",")[0]))
        for c in verification.checked
    ]
    assert positions == sorted(positions)


def unsupported(*arguments: str, reason: str, name: str, **options: str | None) -> object:
    return pytest.param(claim(*arguments, **options), reason, id=name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        # the passage itself
        unsupported("pactid:river", "amount", "<#five>", "5 billion crowns", "5 billion crowns", name="number cut out of a number", reason="inside a number"),
        unsupported("pactid:mountain", "reachedStage", "pact:Signed", "signed", "signed.", name="signed in unsigned", reason="inside a word"),
        unsupported("pactid:river", "amount", "<#dollars>", "20 million dollars", "worth 1.5 billion crowns … and 20 million dollars", resolved=ROUND, name="across an ellipsis", reason="runs across an ellipsis"),
        unsupported("event:round-3", "heldOn", day("1938-05-09/1938-05-15"), "last week", "The third round [not the last] was held last week", name="over an editorial bracket", reason="editorial bracket"),
        unsupported("pactid:river", "reachedStage", "pact:Signed", "signed", SIGNING[3:], name="starts inside a word", reason="inside a word"),
        unsupported("pactid:river", "reachedStage", "pact:Signed", "signed", SIGNING[:-2], name="ends inside a number", reason="inside a number"),
        unsupported("pactid:river", "reachedStage", "pact:Signed", "signed", SIGNING, also="covers energy", name="a repeat that repeats nothing", reason="repeats nothing"),
        # the words as printed
        unsupported("pactid:river", "reachedStage", "pact:Signed", "concluded", SIGNING, name="words that do not stand there", reason="does not stand there as printed"),
        unsupported("pactid:river", "reachedStage", "pact:Signed", "sign", SIGNING, name="a part of a word", reason="does not stand there as printed"),
        unsupported("pactid:river", "reachedStage", "pact:Signed", None, SIGNING, name="no words as printed", reason="as printed are missing"),
        unsupported("pactid:river", "reachedStage", "pact:Signed", "River Pact", SIGNING, name="words that give something else", reason="is not where the object is named"),
        # the party
        unsupported("pactid:coast", "reachedStage", "pact:Signed", "signed", SIGNING, name="wrong party of two", reason="the subject is not named: none of “Syldavia”"),
        unsupported("pactid:ruritania-syldavia", "reachedStage", "pact:Signed", "signed", SIGNING, name="wrong party beside a hub", reason="the subject is not named: none of “Syldavia”"),
        unsupported("pactid:mountain", "signedOn", day("1938-05-12"), "12 May 1938", SIGNING, name="wrong pact", reason="the subject is not named"),
        unsupported("official:rassendyll", "holdsOffice", "office:foreign-minister", "Foreign Minister", MINISTER, name="wrong official", reason="the subject is not named: none of “Rudolf Rassendyll”"),
        unsupported("official:kraft", "holdsOffice", "office:foreign-minister", "Foreign Minister", MINISTER, speaker="official:kraft", quotation="Direct", name="a direct quotation outside the marks", reason="stands outside the quotation marks"),
        unsupported("pactid:river", "reachedStage", "pact:Signed", "signed", SIGNING, speaker="official:kraft", quotation="Mixed", name="quoted in part without marks", reason="no quotation marks stand in the passage"),
        unsupported("pactid:coast", "reachedStage", "pact:Signed", "signed", "The Coast Pact was signed by both of us", name="another's words in the source's own voice", reason="“signed” stands in quotation marks, but is claimed as own voice"),
        unsupported("pactid:coast", "reachedStage", "pact:Signed", "signed", "The Coast Pact was signed by both of us", speaker="official:kraft", quotation="Indirect", name="quoted words as reported speech", reason="“signed” stands in quotation marks, but is claimed as indirect"),
        unsupported("party:freedonia", "joined", "pactid:river", "River Pact", SIGNING, name="party without a name", reason="has no name in the authority data"),
        # dates
        unsupported("pactid:river", "signedOn", day("1938-05-21"), "12 May 1938", SIGNING, name="day of publication for the day of signing", reason="the date 1938-05-21 is not what “12 May 1938” gives"),
        unsupported("pactid:river", "signedOn", day("1938-05-13"), "12 May 1938", SIGNING, name="wrong day", reason="the date 1938-05-13"),
        unsupported("pactid:river", "signedOn", day("1938-06-12"), "12 May 1938", SIGNING, name="wrong month", reason="the date 1938-06-12"),
        unsupported("pactid:river", "signedOn", day("1937-05-12"), "12 May 1938", SIGNING, name="wrong year", reason="the date 1937-05-12"),
        unsupported("pactid:river", "heldOn", day("1938-05"), "May", "The River Pact covers energy. Talks on it had begun in May 1937", name="a year left out", reason="the date 1938-05 is not what “Ruritania and"),
        unsupported("pactid:river", "expectedSigning", day("1938-05-21/.."), "12 May 1938", SIGNING, modality="Expected", name="vague for an exact day", reason="the date 1938-05-21/.."),
        unsupported("group:ruritanian", "expectedSigning", day("1938-04-01/.."), "soon", "Two of the pacts are to be signed soon", modality="Expected", name="vague from a day that is not there", reason="the date 1938-04-01/.."),
        unsupported("group:ruritanian", "expectedSigning", day("1938-06"), "soon", "Two of the pacts are to be signed soon", modality="Expected", name="exact for a vague time", reason="the date 1938-06 is not what “soon” gives"),
        unsupported("event:round-3", "heldOn", day("1938-05-02/1938-05-08"), "last week", HELD, resolved=ROUND, name="wrong week", reason="the date 1938-05-02/1938-05-08"),
        unsupported("pactid:coast", "signedOn", day("1938-05-24"), "Tuesday", TUESDAY, name="the next day of the week for the last", reason="after the day of speaking"),
        unsupported("party:borduria", "joined", "pactid:river", "River Pact", SIGNING, scope=f"pact:on {day('1936')}", name="wrong year of the scope", reason="the date 1936"),
        unsupported("pactid:river", "reachedStage", "pact:Signed", "signed", SIGNING, stated="1938-04-02", name="wrong day of speaking", reason="the day of speaking 1938-04-02"),
        unsupported("pactid:river", "signedOn", '"1938-05-13"', "12 May 1938", SIGNING, name="a date that is a string", reason="nothing can prove it"),
        # numbers
        unsupported("group:ruritanian", "reportedCount", "<#seven>", "Nine", COUNTED, name="nine claimed as 7", reason="the number 7 is not what “Nine” gives"),
        unsupported("group:ruritanian", "reportedCount", "<#pending>", "Nine", COUNTED, name="wrong thing counted", reason="the thing counted is not named"),
        unsupported("group:ruritanian", "reportedCount", "<#june>", "Nine", COUNTED, name="wrong day of a count", reason="the date 1938-06"),
        unsupported("group:ruritanian", "reportedCount", "<#odd>", "Nine", COUNTED, name="a count that is no number", reason="the number many"),
        unsupported("pactid:river", "amount", "<#euros>", "20 million dollars", WORTH, resolved=ROUND, name="wrong currency", reason="the currency EUR is not what"),
        unsupported("pactid:mountain", "amount", "<#billions>", "$61", "The Mountain Pact costs $61 a head", name="wrong scale", reason="the number 61000000000 is not what “$61” gives"),
        unsupported("pactid:river", "amount", "<#yearly>", "20 million dollars", WORTH, resolved=ROUND, name="wrong period", reason="the date 1939"),
        unsupported("pactid:river", "amount", "<#nowhere>", "20 million dollars", WORTH, resolved=ROUND, name="value without a node", reason="has no name in the authority data"),
        unsupported("event:round-3", "roundNumber", "4", "third", ROUND, name="wrong round number", reason="the number 4 is not what “third” gives"),
        unsupported("group:ruritanian", "expectedSigning", day("1938-05-21/.."), "soon", "Two of the pacts are to be signed soon", modality="Expected", scope="pact:howMany 5", name="how many not in the passage", reason="the number 5"),
        # what is said of it
        unsupported("pactid:ruritania-syldavia", "reachedStage", "pact:Signed", "negotiating", "Ruritania is negotiating with Syldavia", name="wrong stage", reason="the object is not named", **KRAFT),
        unsupported("official:kraft", "holdsOffice", "office:prime-minister", "Foreign Minister", MINISTER, name="wrong office", reason="the object is not named: none of “Prime Minister”"),
        unsupported("pactid:river", "signedAt", "event:klow-summit", "Zenda Summit", f"{SIGNING}, nine months after the Zenda Summit", name="wrong event", reason="the object is not named: none of “Klow Summit”"),
        unsupported("group:ruritanian", "expectedSigning", day("1938-05-21/.."), "soon", "Two of the pacts are to be signed soon, after the vote", modality="Expected", scope="pact:condition event:plebiscite", name="wrong condition", reason="the condition is not named"),
        unsupported("group:ruritanian", "expectedSigning", day("1938-05-21/.."), "soon", "Two of the pacts are to be signed soon", modality="Expected", scope="pact:condition event:vote", name="condition not in the passage", reason="the condition is not named"),
        unsupported("pactid:mountain", "reachedStage", "pact:Signed", "signed", REFUSAL, name="denied but claimed as affirmed", reason="the passage denies it"),
        unsupported("pactid:mountain", "reachedStage", "pact:Signed", "signed", "signed the Mountain Pact with Syldavia", name="denial left before the passage", reason="the passage denies it"),
        unsupported("pactid:mountain", "reachedStage", "pact:Signed", "signed", "the Mountain Pact with Syldavia", resolved=REFUSAL, name="denial in the passage it is resolved from", reason="the passage denies it"),
        unsupported("pactid:river", "reachedStage", "pact:Signed", "signed", SIGNING, polarity="Denied", name="affirmed but claimed as denied", reason="no word of denial"),
        unsupported("pactid:mountain", "reachedStage", "pact:Ratified", "ratified", f"{DENIAL}; Borduria ratified the Mountain Pact", polarity="Denied", name="denied in one half only", reason="a part of the passage affirms it"),
        unsupported("pactid:mountain", "reachedStage", "pact:Ratified", "ratified", f"{DENIAL}; Borduria ratified the Mountain Pact", name="affirmed in one half only", reason="a part of it does"),
        unsupported("pactid:ruritania-syldavia", "reachedStage", "pact:Signed", "sign", AHEAD, name="a plan claimed as a fact", reason="does not put it so", **KRAFT),
        unsupported("pactid:ruritania-syldavia", "signedOn", day("1938-10"), "October", AHEAD, name="a planned day claimed as a fact", reason="does not put it so", **KRAFT),
        unsupported("group:ruritanian", "reachedStage", "pact:Signed", "signed", "Two of the pacts are to be signed", name="an aim claimed as a fact", reason="does not put it so"),
        # who says it
        unsupported("pactid:river", "reachedStage", "pact:Signed", "signed", SIGNING, speaker="official:rassendyll", quotation="Direct", name="speaker not in the text", reason="the speaker Rudolf Rassendyll is not named"),
        unsupported("pactid:river", "reachedStage", "pact:Signed", "signed", SIGNING, speaker="official:rassendyll", name="own voice of another", reason="does not publish the source"),
    ],
)  # fmt: skip
def test_a_wrong_claim_is_unsupported(world: World, written: str, reason: str) -> None:
    world.write(written)
    verdict, reasons = only(world.verify())
    assert verdict is Verdict.UNSUPPORTED
    assert reason in reasons
    assert not world.verify().proved


Plant = Callable[[World], None]


def _cut_character(world: World) -> None:
    end = normal(TEXT).index("👩") + 1
    start = normal(TEXT).index("in May 1937")
    world.write(
        claim("pactid:river", "reachedStage", "pact:Signed", "signed", f"char={start},{end}")
        + by_hand(start, end),
        mint=False,
    )


def _past_the_end(world: World) -> None:
    end = len(normal(TEXT)) + 40
    world.write(
        claim("pactid:river", "reachedStage", "pact:Signed", "signed", f"char={end - 50},{end}")
        + by_hand(end - 50, end, sha256="0" * 64),
        mint=False,
    )


def _other_digest(world: World) -> None:
    world.write(SIGNED)
    world.edit(hashlib.sha256(SIGNING.encode()).hexdigest(), "1" * 64)


def _all_other(world: World) -> None:
    start = normal(TEXT).index(SIGNING)
    position = f"char={start},{start + len(SIGNING)}"
    world.write(
        claim("pactid:river", "reachedStage", "pact:Signed", "signed", position)
        + by_hand(start, start + len(SIGNING), sha256="2" * 64),
        mint=False,
    )


def _shifted(world: World) -> None:
    world.write(SIGNED)
    start = normal(TEXT).index(SIGNING)
    world.edit(f"oa:start {start} ;", f"oa:start {start + 2} ;")
    world.edit(f"oa:end {start + len(SIGNING)} .", f"oa:end {start + len(SIGNING) + 2} .")


def _retold(old: str, new: str, written: str = SIGNED) -> Plant:
    def plant(world: World) -> None:
        world.write(written)
        world.retell(TEXT.replace(old, new))

    return plant


def _edited(old: str, new: str, written: str = SIGNED) -> Plant:
    def plant(world: World) -> None:
        world.write(written)
        world.edit(old, new)

    return plant


def _without_text(world: World) -> None:
    world.write(SIGNED)
    (world.texts / "river.txt").unlink()


def _locator_only(world: World) -> None:
    world.write(SIGNED, mint=False)


def _misnamed(world: World) -> None:
    start = normal(TEXT).index(SIGNING)
    node = by_hand(start, start + len(SIGNING)).replace(f"<#char={start},", "<#char=1,")
    world.write(
        claim("pactid:river", "reachedStage", "pact:Signed", "signed", f"char=1,{start + len(SIGNING)}")
        + node,
        mint=False,
    )


def _link(directive: str) -> Plant:
    def plant(world: World) -> None:
        world.write(SIGNED)
        text = world.file.read_text(encoding="utf-8")
        old = text[text.index(":~:") : text.index('"', text.index(":~:"))]
        world.edit(old, f":~:text={directive}")

    return plant


def _unlinked(world: World) -> None:
    start = normal(TEXT).index(SIGNING)
    position = f"char={start},{start + len(SIGNING)}"
    world.write(
        claim("pactid:river", "reachedStage", "pact:Signed", "signed", position)
        + by_hand(start, start + len(SIGNING)),
        mint=False,
    )


RESOLVED = claim("event:round-3", "heldOn", day("1938-05-09/1938-05-15"), "last week", HELD, resolved=ROUND)
REPEATED = claim("pactid:river", "reachedStage", "pact:Signed", "signed", SIGNING, also=HEADLINE)


@pytest.mark.parametrize(
    ("plant", "verdict", "reason"),
    [
        pytest.param(_cut_character, Verdict.UNSUPPORTED, "inside a character", id="inside a grapheme cluster"),
        pytest.param(_past_the_end, Verdict.GONE, "is gone", id="offsets past the end"),
        pytest.param(_other_digest, Verdict.CHANGED, "is changed: see char=", id="digest mismatch"),
        pytest.param(_all_other, Verdict.GONE, "is gone", id="digest mismatch without a link"),
        pytest.param(_shifted, Verdict.MOVED, f"is moved: see {place(SIGNING)}", id="shifted offsets"),
        pytest.param(_retold("Ruritania and Borduria sign a", "Breaking: Ruritania and Borduria sign a"), Verdict.MOVED, "is moved", id="words put in before"),
        pytest.param(_retold("signed the River Pact on", "signed the long River Pact on"), Verdict.CHANGED, "is changed", id="edited words"),
        pytest.param(_retold("signed the River Pact on 12 May", "initialled the River Pact on 12 May"), Verdict.CHANGED, "is changed", id="edited verb"),
        pytest.param(_retold(SIGNING, "Nothing happened"), Verdict.GONE, "is gone", id="deleted sentence"),
        pytest.param(_retold("third round was on", "third round turned on", RESOLVED), Verdict.CHANGED, "is changed", id="passage it is resolved from changed"),
        pytest.param(_retold(HEADLINE + "\n\n", "", REPEATED), Verdict.GONE, "is gone", id="repeat gone"),
        pytest.param(_without_text, Verdict.UNCHECKED, "no text of the source at hand", id="capture missing"),
        pytest.param(_locator_only, Verdict.UNCHECKED, "no offsets or no digest", id="locator only"),
        pytest.param(_misnamed, Verdict.UNSUPPORTED, "is not where its selector points", id="position that disagrees with its selector"),
        pytest.param(_link("pact"), Verdict.UNSUPPORTED, "does not find it, and it alone", id="link that matches twice"),
        pytest.param(_link("covers%20energy"), Verdict.UNSUPPORTED, "does not find it, and it alone", id="link that matches elsewhere"),
        pytest.param(_link("on%2012%20May%201938"), Verdict.UNSUPPORTED, "does not find it, and it alone", id="link that matches a part"),
        pytest.param(_link("Ruritania%20and%20Borduria%20sign%20a,12%20May%201938"), Verdict.UNSUPPORTED, "does not find it, and it alone", id="link that begins before"),
        pytest.param(_unlinked, Verdict.UNSUPPORTED, "has no link", id="link left out"),
        pytest.param(_edited("oa:hasSource <>", "oa:hasSource <> ; oa:hasPurpose oa:linking"), Verdict.VERIFIED, "", id="more about a passage is no fault"),
        pytest.param(_retold("Clerks met. Clerks met.", "Clerks met twice."), Verdict.VERIFIED, "", id="words after it changed"),
    ],
)  # fmt: skip
def test_a_passage_that_does_not_stand_is_caught(
    world: World, plant: Plant, verdict: Verdict, reason: str
) -> None:
    plant(world)
    found, reasons = only(world.verify())
    assert (found, reason in reasons) == (verdict, True), reasons
    assert world.verify().proved is (verdict is Verdict.VERIFIED)


def test_a_link_that_finds_the_passage_and_its_twin_is_caught(world: World) -> None:
    world.write(claim("pactid:river", "purpose", '"to meet"@en', "Clerks met", "Clerks met", resolved=ROUND))
    text = world.file.read_text(encoding="utf-8")
    directive = next(part for part in text.split('"') if part.startswith(":~:") and "Clerks" in part)
    world.edit(directive, ":~:text=Clerks%20met")
    assert "does not find it, and it alone" in only(world.verify())[1]


def test_without_a_day_of_publication_a_day_needs_its_year(world: World) -> None:
    undated = SOURCE.replace(' ;\n    schema:datePublished "1938-05-21"^^loc:edtf', "")
    world.write(
        claim("pactid:river", "signedOn", day("1938-05-12"), "12 May 1938", SIGNING, stated=None),
        source=undated,
    )
    assert only(world.verify()) == (Verdict.VERIFIED, "")
    world.write(
        claim("pactid:river", "signedOn", day("1938-05-12"), "12 May", SIGNING, stated=None), source=undated
    )
    assert "read from no known day" in only(world.verify())[1]
    world.write(claim("pactid:river", "signedOn", day("1938-05-12"), "12 May 1938", SIGNING), source=undated)
    assert only(world.verify())[1] == "the day of speaking 1938-05-21 is not one that the text gives"


def test_a_passage_that_stands_twice_needs_no_link(world: World) -> None:
    """`Clerks met.` has no words of its own that tell it from its twin; its offsets and digest prove it."""
    start = normal(TEXT).index("Clerks met. Clerks met.")
    world.write(
        claim(
            "pactid:river", "purpose", '"to meet"@en', "Clerks", f"char={start},{start + 6}", resolved=ROUND
        )
    )
    assert only(world.verify())[0] is Verdict.VERIFIED


def test_a_denial_is_spent_on_the_first_word_that_it_denies(world: World) -> None:
    sentence = "Borduria, not having signed before, signed the River Pact with Ruritania.\n"
    world.retell(sentence)
    at = place("signed the River Pact", sentence)
    world.write(claim("pactid:river", "reachedStage", "pact:Signed", "signed", at))
    assert only(world.verify()) == (Verdict.VERIFIED, "")


@pytest.mark.parametrize(
    "sentence",
    [
        "Borduria not only signed the River Pact",
        "Borduria did not wait but signed the River Pact",
        "There was no delay. Borduria signed the River Pact",
        "It will be costly; Borduria signed the River Pact",
    ],
)
def test_what_does_not_bear_on_a_word_is_no_denial(world: World, sentence: str) -> None:
    world.retell(sentence + "\n")
    world.write(claim("pactid:river", "reachedStage", "pact:Signed", "signed", f"char=0,{len(sentence)}"))
    assert only(world.verify()) == (Verdict.VERIFIED, "")


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Borduria hasn’t signed the River Pact", "denies"),
        ("Borduria never signed the River Pact", "denies"),
        ("Borduria has not, as of Monday, signed the River Pact", "denies"),
        ("Borduria may have signed the River Pact", "does not put it so"),
        ("Borduria would have signed the River Pact", "does not put it so"),
        ("Borduria hopes that it soon has signed the River Pact", "does not put it so"),
        ("Borduria came closer to signing the River Pact", "does not put it so"),
    ],
)
def test_denials_and_hedges_bear_on_what_follows(world: World, sentence: str, reason: str) -> None:
    world.retell(sentence + "\n")
    printed = "signed" if "signed" in sentence else "signing"
    world.write(claim("pactid:river", "reachedStage", "pact:Signed", printed, f"char=0,{len(sentence)}"))
    verdict, reasons = only(world.verify())
    assert verdict is Verdict.UNSUPPORTED
    assert reason in reasons


def test_the_standing_of_each_text_is_told(world: World) -> None:
    world.write(SIGNED)
    (held,) = world.verify().held
    assert (held.standing, held.text) == (Standing.RECORDED, str(world.texts / "river.txt"))
    world.retell(TEXT + "\nA line more.\n")
    assert world.verify().texts == dict.fromkeys(Standing, 0) | {Standing.CHANGED: 1}
    assert world.verify().proved
    (world.texts / "river.txt").unlink()
    assert world.verify().texts[Standing.MISSING] == 1


def test_a_text_is_found_by_its_digest_under_another_name(world: World) -> None:
    world.write(SIGNED)
    (world.texts / "latin.txt").write_bytes(b"na\xefve")
    (world.texts / "river.txt").rename(world.texts / "renamed.txt")
    assert only(world.verify())[0] is Verdict.VERIFIED


def test_a_capture_does_not_reach_out_of_the_folder(world: World) -> None:
    world.write(SIGNED)
    (world.texts / "river.txt").rename(world.root / "river.txt")
    world.edit('pact:capture "river.txt"', 'pact:capture "../river.txt"')
    assert only(world.verify())[0] is Verdict.UNCHECKED


def test_nothing_checked_is_not_proved(world: World) -> None:
    world.write("")
    assert not world.verify().checked
    assert not world.verify().proved


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"oa:start {normal(TEXT).index(SIGNING)} ;", 'oa:start "x" ;'),
        ('"1938-05-21"^^loc:edtf', '"the day after"^^loc:edtf'),
        (":~:text=", ":~:words="),
    ],
)
def test_data_that_cannot_be_read_is_named(world: World, old: str, new: str) -> None:
    world.write(SIGNED)
    world.edit(old, new)
    with pytest.raises(BadInput) as caught:
        world.verify()
    assert caught.value.where == world.file


def test_a_text_that_is_not_utf8_is_named(world: World) -> None:
    world.write(SIGNED)
    (world.texts / "river.txt").write_bytes(b"Ruritania \xff")
    with pytest.raises(EncodingFault) as caught:
        world.verify()
    assert "river.txt" in str(caught.value)


def test_texts_must_be_a_folder(world: World) -> None:
    with pytest.raises(UsageError, match="is not a folder of texts"):
        verify(world.project, world.root / "nowhere")


# Passages of which a few words are known


LETTER = "@base <https://w3id.org/pactgraph/id/source/letter> .\n" + PREFIXES + """
<> a schema:NewsArticle ; schema:publisher publisher:gazette ; schema:datePublished "1938-05-21"^^loc:edtf .
<#p> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#q> .
<#q> a oa:TextQuoteSelector ; oa:exact "Signed the Coast Pact" .
<#c> a pact:Claim ; rdf:subject pactid:coast ; rdf:predicate pact:reachedStage ; rdf:object pact:Signed ;
    pact:modality pact:Factual ; pact:polarity pact:Affirmed ; pact:quotation pact:OwnVoice ;
    pact:speaker publisher:gazette ; pact:passage <#p> .
"""  # fmt: skip


@pytest.fixture
def letter(world: World) -> Path:
    """A second source, of which only a locator is known; its text is not at hand."""
    path = world.file.with_name("letter.ttl")
    path.write_text(LETTER, encoding="utf-8")
    format_file(path)
    return path


def located(world: World) -> Checked:
    (check,) = (check for check in world.verify().checked if check.source.value.endswith("letter"))
    return check


def test_what_only_a_locator_tells_is_unchecked_and_counted_apart(
    world: World, letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world.write(SIGNED)
    check = located(world)
    assert (check.verdict, check.by_locator) == (Verdict.UNCHECKED, True)
    assert check.reasons == ("known only by its locator",)
    verification = world.verify()
    assert verification.counts == dict.fromkeys(Verdict, 0) | {Verdict.VERIFIED: 1}
    assert (verification.by_locator, verification.proved) == (1, True)
    assert run(world) == 0
    out = capsys.readouterr().out
    assert out == (
        "2 texts: 1 as recorded, 1 missing.\n"
        "1 claim: 1 verified, 0 moved, 0 changed, 0 gone, 0 unsupported, 0 unchecked.\n"
        "1 unchecked: known only by a locator.\n"
    )
    assert run(world, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["by_locator"], told["counts"]["unchecked"], len(told["claims"])) == (1, 0, 2)


def test_locators_alone_prove_nothing(world: World, letter: Path) -> None:
    world.write("")
    assert world.verify().by_locator == 1
    assert not world.verify().proved
    assert run(world, str(letter)) == 1


def test_a_text_that_is_missing_stays_a_finding_beside_locators(world: World, letter: Path) -> None:
    world.write(SIGNED)
    (world.texts / "river.txt").unlink()
    verification = world.verify()
    assert (verification.counts[Verdict.UNCHECKED], verification.by_locator) == (1, 1)
    assert run(world) == 1


def test_a_locator_that_is_not_in_the_text_is_caught(
    world: World, letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world.write(SIGNED)
    text = world.texts / "letter.txt"
    text.write_text("They resigned the Coast Pact.", encoding="utf-8")
    assert located(world).verdict is Verdict.GONE
    assert run(world) == 1
    out = capsys.readouterr().out
    assert f"gone: claim:{located(world).claim.value.rpartition('/')[2]}" in out
    assert f"“Signed the Coast Pact” does not stand in {text}, the text of {letter}" in out


def test_a_locator_that_is_in_the_text_is_still_unchecked(
    world: World, letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world.write(SIGNED)
    (world.texts / "letter.txt").write_text("They  signed\nthe Coast Pact.", encoding="utf-8")
    check = located(world)
    assert (check.verdict, check.by_locator) == (Verdict.UNCHECKED, True)
    assert world.verify().texts[Standing.UNRECORDED] == 1
    assert run(world) == 0
    assert "which stands in" in (out := capsys.readouterr().out) and "char=6,27" in out


def test_the_text_of_a_locator_may_be_named_as_its_capture(world: World, letter: Path) -> None:
    world.write(SIGNED)
    letter.write_text(
        letter.read_text(encoding="utf-8").replace(
            "<> a schema:NewsArticle ;", '<> a schema:NewsArticle ; pact:capture "post.txt" ;'
        ),
        encoding="utf-8",
    )
    (world.texts / "post.txt").write_text("Nothing of it.", encoding="utf-8")
    assert located(world).verdict is Verdict.GONE


def test_a_claim_with_a_proved_passage_and_a_locator_is_unchecked(world: World) -> None:
    quoted = (
        "<#p> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#q> .\n"
        '<#q> a oa:TextQuoteSelector ; oa:exact "Clerks met" .\n'
    )
    world.write(quoted + SIGNED.replace(" .\n", " ; pact:alsoAt <#p> .\n"))
    (check,) = world.verify().checked
    assert (check.verdict, check.by_locator) == (Verdict.UNCHECKED, True)
    (world.texts / "river.txt").unlink()
    assert not world.verify().checked[0].by_locator, "its offsets want a text"


def run(world: World, *arguments: str) -> int:
    return main(["verify", "--project", str(world.root), "--texts", str(world.texts), *arguments])


def test_the_command_tells_what_it_checked(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.write(SIGNED + DATED)
    assert run(world) == 0
    out = capsys.readouterr().out
    assert "1 text: 1 as recorded.\n" in out
    assert "2 claims: 2 verified, 0 moved, 0 changed, 0 gone, 0 unsupported, 0 unchecked.\n" in out


def test_the_command_tells_what_is_wrong(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.write(SIGNED + claim("pactid:river", "signedOn", day("1938-05-13"), "12 May 1938", SIGNING))
    assert run(world) == 1
    out = capsys.readouterr().out
    assert "unsupported: claim:" in out
    assert "the date 1938-05-13 is not what “12 May 1938” gives, read from 1938-05-21" in out
    assert run(world, "--format", "csv") == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert sorted(row["verdict"] for row in rows) == ["unsupported", "verified"]
    assert run(world, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["proved"], told["counts"]["verified"], told["counts"]["unsupported"]) == (False, 1, 1)
    assert told["texts"] == {"as recorded": 1, "changed": 0, "not recorded": 0, "missing": 0}
    assert len(told["claims"]) == 2


def test_the_command_fails_when_it_checked_nothing(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.write("")
    assert run(world) == 1
    assert "0 claims: 0 verified" in capsys.readouterr().out
    world.file.unlink()
    assert run(world) == 1
    assert "0 texts: none." in capsys.readouterr().out


def test_the_command_checks_the_files_given(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.write(SIGNED)
    assert run(world, str(world.file)) == 0
    assert run(world, str(world.root / "nowhere.ttl")) == 2
    assert "nowhere.ttl is not a file" in capsys.readouterr().err


def test_the_command_tells_usage_from_bad_input(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.write(SIGNED)
    assert main(["verify", "--project", str(world.root), "--texts", str(world.root / "nowhere")]) == 2
    assert "is not a folder of texts" in capsys.readouterr().err
    world.edit("rdf:subject pactid:river ;", "")
    assert run(world) == 3
    assert "river.ttl: the claim https://" in capsys.readouterr().err
    world.edit("rdf:object", "rdf:object [ ] ; rdf:object")
    assert run(world) == 3
    assert "blank node" in capsys.readouterr().err


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the texts of the first five articles are not in ../shared/seeds"
)
def test_every_claim_of_the_repository_is_verified() -> None:
    verification = verify(Project(CHECKOUT), SEEDS)
    assert [
        check
        for check in verification.checked
        if check.verdict is not Verdict.VERIFIED and not check.by_locator
    ] == []
    assert verification.proved
    assert sum(verification.counts.values()) >= 146
    assert verification.by_locator == len(verification.checked) - sum(verification.counts.values())
    assert verification.texts[Standing.RECORDED] == 5
    assert verification.texts[Standing.MISSING] == len(verification.held) - 5
