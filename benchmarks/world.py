"""An invented world of claims, as large as asked for, in the shape of the real data.

About 20 triples a claim, a dozen claims a source, and 1,200 claims a region: a large world is many small ones, with
more pacts, officials, events and publishers. The same number gives the same bytes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple
from region import CLAIMS, DAYS, FIRST, ORIGINS, PACTS, Region, authority, region
from sayings import Saying, draw, polarity

from pactgraph.claim import Claim, Proposition, Term
from pactgraph.graph.codec import encode
from pactgraph.graph.turtle import write
from pactgraph.vocabulary import EDTF, ID, ONTOLOGY, PREFIXES, RDF, XSD

CLAIMS_A_SOURCE = 12
_SHARING = 0.3
"""The part of sources that repeat something."""
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

_P = {name: f"{ID}{name}/" for name in ("publisher", "run", "source")}


def write_world(folder: Path, claims: int, *, faults: int = 0, seed: int = 7) -> Path:
    """A project with that many claims, `faults` of them planted; returns its folder."""
    (folder / "data/authority").mkdir(parents=True)
    (folder / "data/sources").mkdir()
    (folder / "data/authority/world.ttl").write_text(write(_agents(claims)), encoding="utf-8")
    for number in range(regions(claims)):
        text = write(authority(region(number)))
        (folder / f"data/authority/region-{number:04}.ttl").write_text(text, encoding="utf-8")
    sources = -(-claims // CLAIMS_A_SOURCE)
    every = claims // faults if faults else 0
    for number in range(sources):
        chance = random.Random(seed * 1_000_003 + number)
        here = min(CLAIMS_A_SOURCE, claims - number * CLAIMS_A_SOURCE)
        text = write_source(number, here, chance, world=claims)
        first = number * CLAIMS_A_SOURCE
        for planted in range(first, first + here) if every else ():
            if planted % every == 0 and planted // every < faults:
                text = plant(text, FAULTS[planted // every % len(FAULTS)])
        (folder / f"data/sources/wire-{number:06}.ttl").write_text(text, encoding="utf-8")
    return folder


def write_source(number: int, claims: int, chance: random.Random, *, world: int = 0) -> str:
    """One source of a world of so many claims, with its passages and claims, in the fixed form."""
    source = f"{_P['source']}wire-{number:06}"
    here, day = region(chance.randrange(regions(world))), FIRST + timedelta(chance.randrange(DAYS))
    # A few papers print most of what there is.
    publisher = NamedNode(f"{_P['publisher']}paper-{int(publishers(world) * chance.random() ** 2)}")
    triples = list(_source(source, number, _published(day, chance), publisher, here, chance))
    passages = [_passage(source, start, chance) for start in range(100, 100 + 400 * claims, 400)]
    for nth in range(claims):
        node, described = passages[nth if nth % 3 else max(0, nth - 1)]
        triples += described
        triples += _claim(here, NamedNode(source), node, day, publisher, chance)
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


def _agents(claims: int) -> Iterator[Triple]:
    """Who wrote the claims down, and who publishes sources."""
    run, agent = f"{_P['run']}world", f"{ID}agent/world"
    yield from _typed(run, "prov:Activity", "rdfs:label", "Claims of an invented world")
    yield from _typed(agent, "prov:Agent", "rdfs:label", "World makers")
    yield _triple(run, "prov:wasAssociatedWith", agent)
    yield Triple(NamedNode(run), _name("pact:recordedOn"), Literal("2024", datatype=EDTF))
    for n in range(publishers(claims)):
        paper = f"{_P['publisher']}paper-{n}"
        yield from _typed(paper, "pact:Publisher", "skos:prefLabel", f"Paper {n}")
        yield Triple(NamedNode(paper), _name("pact:domain"), Literal(f"paper{n}.example"))


def regions(claims: int) -> int:
    """How many regions a world of so many claims has."""
    return max(1, claims // CLAIMS)


def publishers(claims: int) -> int:
    """How many publishers a world of so many claims has."""
    return max(40, claims // 240)


def _source(
    source: str, number: int, published: str, publisher: NamedNode, here: Region, chance: random.Random
) -> Iterator[Triple]:
    node = NamedNode(source)
    values: list[tuple[str, Term]] = [
        ("rdf:type", _name("schema:NewsArticle")),
        ("schema:url", NamedNode(f"https://paper.example/{number}")),
        ("schema:headline", Literal(f"News item {number}", language="en")),
        ("schema:publisher", publisher),
        ("schema:author", here.node("official", "hub")),
        ("schema:inLanguage", Literal("en")),
        ("pact:dateBasis", _name("pact:Byline")),
        ("pact:capture", Literal(f"{number}.txt")),
        ("schema:sha256", Literal(f"{chance.getrandbits(256):064x}")),
    ]
    if published:
        values.append(("schema:datePublished", Literal(published, datatype=EDTF)))
    if chance.random() < _SHARING:
        values.append(("pact:origin", here.node("origin", chance.randrange(ORIGINS))))
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
    here: Region,
    source: NamedNode,
    passage: NamedNode,
    day: date,
    publisher: NamedNode,
    chance: random.Random,
) -> list[Triple]:
    saying = draw(here, day, chance)
    own = chance.random() < 0.5
    denial = polarity(saying, chance)
    claim = Claim(
        source,
        passage,
        Proposition(saying.subject, NamedNode(ONTOLOGY + saying.predicate), saying.object, _scope(saying)),
        speaker=publisher if own else here.node("official", _speaker(chance)),
        modality=_name(f"pact:{saying.modality}"),
        polarity=_name(f"pact:{denial}"),
        quotation=_name(f"pact:{'OwnVoice' if own else chance.choice(('Direct', 'Indirect', 'Mixed'))}"),
        as_printed=saying.printed,
        stated_on=(day - timedelta(0 if own else chance.randrange(3))).isoformat(),
        flags=(_name("pact:SuspectScale"),)
        if chance.random() < 0.01 and saying.predicate == "amount"
        else (),
        recorded_by=NamedNode(f"{_P['run']}world"),
    )
    return [*saying.described, *encode(claim)]


def _scope(saying: Saying) -> tuple[tuple[NamedNode, Term], ...]:
    return ((_name("pact:on"), Literal(saying.on, datatype=EDTF)),) if saying.on else ()


def _speaker(chance: random.Random) -> object:
    """The hub's leader speaks most."""
    return "hub" if chance.random() < 0.25 else chance.randrange(PACTS)


def _published(day: date, chance: random.Random) -> str:
    """The day, seldom only the month or about when, hardly ever nothing."""
    return chance.choices((day.isoformat(), f"{day:%Y-%m}", f"{day:%Y-%m}~", ""), (90, 7, 2, 1))[0]


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
