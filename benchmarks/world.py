"""An invented world of claims, as large as asked for, in the shape of the real data.

About 20 triples a claim and a dozen claims a source; names, dates, amounts, speakers and modalities vary. The same
number gives the same bytes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from pactgraph.claim import Claim, Proposition, Term
from pactgraph.graph.codec import encode
from pactgraph.graph.minting import value_iri
from pactgraph.graph.nodes import group
from pactgraph.graph.turtle import write
from pactgraph.vocabulary import EDTF, ID, ONTOLOGY, PREFIXES, RDF, XSD

CLAIMS_A_SOURCE = 12
PACTS = 200
OFFICIALS = 100
PUBLISHERS = 40
FAULTS = (
    "speaker missing",
    "modality unknown",
    "digest cut short",
    "date not a date",
    "position backwards",
    "printed too long",
    "predicate unknown",
    "passage missing",
    "extra property",
    "currency in small letters",
)
"""What can be planted; one of each in turn."""

_P = {name: f"{ID}{name}/" for name in "party official publisher office group event run source body".split()}


def write_world(folder: Path, claims: int, *, faults: int = 0, seed: int = 7) -> Path:
    """A project with that many claims, `faults` of them planted; returns its folder."""
    (folder / "data/authority").mkdir(parents=True)
    (folder / "data/sources").mkdir()
    (folder / "data/authority/world.ttl").write_text(write(_authority()), encoding="utf-8")
    sources = -(-claims // CLAIMS_A_SOURCE)
    every = claims // faults if faults else 0
    for number in range(sources):
        chance = random.Random(seed * 1_000_003 + number)
        here = min(CLAIMS_A_SOURCE, claims - number * CLAIMS_A_SOURCE)
        text = write_source(number, here, chance)
        first = number * CLAIMS_A_SOURCE
        for planted in range(first, first + here) if every else ():
            if planted % every == 0 and planted // every < faults:
                text = plant(text, FAULTS[planted // every % len(FAULTS)])
        (folder / f"data/sources/wire-{number:06}.ttl").write_text(text, encoding="utf-8")
    return folder


def write_source(number: int, claims: int, chance: random.Random) -> str:
    """One source with its passages and claims, in the fixed form."""
    source = f"{_P['source']}wire-{number:06}"
    day = date(2023, 7, 12) + timedelta(chance.randrange(900))
    publisher = NamedNode(f"{_P['publisher']}paper-{chance.randrange(PUBLISHERS)}")
    triples = list(_source(source, number, day, publisher, chance))
    passages = [_passage(source, start, chance) for start in range(100, 100 + 400 * claims, 400)]
    for nth in range(claims):
        node, described = passages[nth if nth % 3 else max(0, nth - 1)]
        triples += described
        triples += _claim(NamedNode(source), node, day, publisher, chance)
    return write(triples, base=source)


def plant(text: str, fault: str) -> str:
    """The text of a source with one fault in its last claim or passage."""
    head, mark, tail = text.rpartition("pact:Claim, rdf:Statement ;")
    match fault:
        case "speaker missing":
            return head + mark + _without(tail, "pact:speaker")
        case "modality unknown":
            return head + mark + _swap(tail, "pact:modality", "pact:Certain")
        case "digest cut short":
            return text.replace('schema:sha256 "', 'schema:sha256 "xyz', 2)
        case "date not a date":
            return head + mark + _swap(tail, "pact:statedOn", '"soon"^^loc:edtf')
        case "position backwards":
            return text.replace("oa:end ", "oa:end -", 1)
        case "printed too long":
            return head + mark + _swap(tail, "pact:asPrinted", f'"{"word " * 40}"')
        case "predicate unknown":
            return head + mark + _swap(tail, "rdf:predicate", "pact:speaker")
        case "passage missing":
            return head + mark + _without(tail, "pact:passage")
        case "extra property":
            return (
                head + mark + tail.replace("pact:speaker", "schema:about pact:Claim ;\n    pact:speaker", 1)
            )
        case _:
            return _another_value(text).replace('schema:currency "', 'schema:currency "x', 1)


def _another_value(text: str) -> str:
    """The first value under a name of its own, so that no other source shares the fault."""
    found = re.search(r"^value:[0-9a-f]+", text, re.MULTILINE)
    source = re.search(r"wire-([0-9]+)", text)
    assert source
    return text.replace(found[0], f"value:{int(source[1]):020x}") if found else text


_VALUE = r'(?:"[^"]*"[^\s;]*|[^\s;]+)'


def _without(text: str, name: str) -> str:
    """The text without the first value of a property."""
    return re.sub(rf"{name} {_VALUE} ;", "", text, count=1)


def _swap(text: str, name: str, instead: str) -> str:
    """The text with another value in the first place of a property."""
    return re.sub(rf"{name} {_VALUE}", f"{name} {instead}", text, count=1)


def _authority() -> Iterator[Triple]:
    yield from _typed(f"{_P['run']}world", "prov:Activity", "rdfs:label", "Claims of an invented world")
    agent = f"{ID}agent/world"
    yield from _typed(agent, "prov:Agent", "rdfs:label", "World makers")
    yield _triple(f"{_P['run']}world", "prov:wasAssociatedWith", agent)
    yield Triple(NamedNode(f"{_P['run']}world"), _name("pact:recordedOn"), Literal("2024", datatype=EDTF))
    yield from _typed(f"{_P['group']}all", "pact:PactGroup", "skos:prefLabel", "All invented agreements")
    yield _triple(f"{_P['group']}all", "pact:hub", f"{_P['party']}hub")
    yield _triple(f"{_P['group']}all", "pact:party", f"{_P['party']}hub")
    yield from _typed(f"{_P['party']}hub", "pact:State", "skos:prefLabel", "Hubland")
    yield from _typed(f"{_P['office']}leader", "pact:Office", "skos:prefLabel", "Leader")
    yield _triple(f"{_P['office']}leader", "pact:actsFor", f"{_P['party']}hub")
    for n in range(PACTS):
        yield from _typed(f"{_P['party']}state-{n}", "pact:Organization", "skos:prefLabel", f"State {n}")
        pact = f"{ID}pact/hub-state-{n}"
        yield from _typed(pact, "pact:Agreement", "skos:prefLabel", f"Hubland–State {n} agreement")
        yield _triple(pact, "pact:party", f"{_P['party']}hub")
        yield _triple(pact, "pact:party", f"{_P['party']}state-{n}")
        yield _triple(pact, "pact:inGroup", f"{_P['group']}all")
    for n in range(OFFICIALS):
        yield from _typed(f"{_P['official']}official-{n}", "pact:Official", "skos:prefLabel", f"Official {n}")
        yield from _typed(f"{_P['event']}meeting-{n}", "pact:Summit", "skos:prefLabel", f"Meeting {n}")
    for n in range(PUBLISHERS):
        yield from _typed(f"{_P['publisher']}paper-{n}", "pact:Publisher", "skos:prefLabel", f"Paper {n}")
        yield Triple(
            NamedNode(f"{_P['publisher']}paper-{n}"), _name("pact:domain"), Literal(f"paper{n}.example")
        )


def _source(
    source: str, number: int, day: date, publisher: NamedNode, chance: random.Random
) -> Iterator[Triple]:
    node = NamedNode(source)
    values: list[tuple[str, Term]] = [
        ("rdf:type", _name("schema:NewsArticle")),
        ("schema:url", NamedNode(f"https://paper.example/{day.isoformat()}/{number}")),
        ("schema:headline", Literal(f"News item {number}", language="en")),
        ("schema:publisher", publisher),
        ("schema:author", NamedNode(f"{_P['official']}official-{chance.randrange(OFFICIALS)}")),
        ("schema:inLanguage", Literal("en")),
        ("schema:datePublished", Literal(day.isoformat(), datatype=EDTF)),
        ("pact:dateBasis", _name("pact:Byline")),
        ("pact:capture", Literal(f"{number}.txt")),
        ("schema:sha256", Literal(f"{chance.getrandbits(256):064x}")),
    ]
    return (Triple(node, _name(name), value) for name, value in values)


def _passage(source: str, start: int, chance: random.Random) -> tuple[NamedNode, list[Triple]]:
    end = start + chance.randrange(40, 180)
    node, place, link = (NamedNode(f"{source}#{kind}={start},{end}") for kind in ("char", "position", "text"))
    return node, [
        Triple(node, RDF.type, _name("oa:SpecificResource")),
        Triple(node, _name("oa:hasSource"), NamedNode(source)),
        Triple(node, _name("oa:hasSelector"), place),
        Triple(node, _name("oa:hasSelector"), link),
        Triple(node, _name("schema:sha256"), Literal(f"{chance.getrandbits(256):064x}")),
        Triple(place, RDF.type, _name("oa:TextPositionSelector")),
        Triple(place, _name("oa:start"), _integer(start)),
        Triple(place, _name("oa:end"), _integer(end)),
        Triple(link, RDF.type, _name("oa:FragmentSelector")),
        Triple(
            link,
            _name("dcterms:conformsTo"),
            NamedNode("https://wicg.github.io/scroll-to-text-fragment/"),
        ),
        Triple(link, RDF.value, Literal(f":~:text=word{start}%20word,other{end}")),
    ]


def _claim(
    source: NamedNode, passage: NamedNode, day: date, publisher: NamedNode, chance: random.Random
) -> list[Triple]:
    pact = NamedNode(f"{ID}pact/hub-state-{chance.randrange(PACTS)}")
    triples: list[Triple] = []
    then = day + timedelta(chance.randrange(1, 90))
    match chance.randrange(6):
        case 0:
            predicate, value, printed = "signedOn", _edtf(_coarse(day, chance)), day.strftime("%d.%m.%Y")
        case 1:
            predicate, value, printed = "expectedSigning", _edtf(f"{then:%Y-%m}"), f"{then:%m}"
        case 2:
            stage = chance.choice(("Announced", "Negotiating", "Preparing", "Signed", "Signed", "Ratified"))
            predicate, value, printed = "reachedStage", NamedNode(ONTOLOGY + stage), stage.lower()
        case 3:
            field = chance.choice(("Military", "Humanitarian", "Financial", "Energy", "Reconstruction"))
            predicate, value, printed = "covers", NamedNode(ONTOLOGY + field), field.lower()
        case 4:
            number = chance.randrange(1, 400)
            predicate, printed = "amount", f"{number} million"
            value, described = _amount(number * 10**6, chance.choice(("EUR", "USD", "GBP")))
            triples += described
        case _:
            meeting = NamedNode(f"{_P['event']}meeting-{chance.randrange(OFFICIALS)}")
            predicate, value, printed = "signedAt", meeting, "meeting"
    own = chance.random() < 0.4
    claim = Claim(
        source,
        passage,
        Proposition(pact, NamedNode(ONTOLOGY + predicate), value),
        speaker=publisher if own else NamedNode(f"{_P['official']}official-{chance.randrange(OFFICIALS)}"),
        modality=_modality(predicate, chance),
        quotation=_name("pact:OwnVoice")
        if own
        else _name(f"pact:{chance.choice(('Direct', 'Indirect', 'Mixed'))}"),
        as_printed=printed,
        stated_on=day.isoformat(),
        recorded_by=NamedNode(f"{_P['run']}world"),
    )
    return [*triples, *encode(claim)]


def _modality(predicate: str, chance: random.Random) -> NamedNode:
    """No forecast is put as a fact."""
    drawn = chance.choice(("Factual", "Factual", "Factual", "Expected", "Possible", "Hoped"))
    return _name(
        "pact:Expected" if predicate == "expectedSigning" and drawn == "Factual" else f"pact:{drawn}"
    )


def _amount(number: int, currency: str) -> tuple[NamedNode, list[Triple]]:
    described: list[Triple] = []
    placeholder = NamedNode("urn:value")
    parts = [
        (RDF.type, _name("pact:Amount")),
        (_name("schema:value"), Literal(str(number), datatype=XSD.decimal)),
        (_name("schema:currency"), Literal(currency)),
        (_name("pact:kind"), _name("pact:Pledged")),
    ]
    node = value_iri(group(Triple(placeholder, name, value) for name, value in parts)[placeholder])
    described += [Triple(node, name, value) for name, value in parts]
    return node, described


def _coarse(day: date, chance: random.Random) -> str:
    return day.isoformat()[: chance.choice((10, 10, 10, 7))]


def _typed(iri: str, kind: str, label: str, name: str) -> Iterator[Triple]:
    yield Triple(NamedNode(iri), RDF.type, _name(kind))
    yield Triple(NamedNode(iri), _name(label), Literal(name, language="en"))


def _triple(subject: str, predicate: str, value: str) -> Triple:
    return Triple(NamedNode(subject), _name(predicate), NamedNode(value))


def _name(prefixed: str) -> NamedNode:
    prefix, _, local = prefixed.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def _edtf(text: str) -> Literal:
    return Literal(text, datatype=EDTF)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
