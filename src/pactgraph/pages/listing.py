"""Tables of what the graph holds: pacts, parties, officials, sources, publishers, events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse, say
from pactgraph.errors import UsageError
from pactgraph.pages.asking import Asker, dates, finest, named, texts, whens
from pactgraph.pages.cells import Row, Several
from pactgraph.pages.names import Names
from pactgraph.pages.pacts import Pacts
from pactgraph.pages.serving import serving
from pactgraph.pages.stages import Stages
from pactgraph.resolution.clock import NOW, Clock
from pactgraph.store import Store
from pactgraph.vocabulary import PACT, PROV, RDF, SCHEMA, SKOS

_BY_LOCATOR = """
SELECT ?node (COUNT(DISTINCT ?claim) AS ?value) {
  ?selector a oa:TextQuoteSelector .
  ?passage oa:hasSelector ?selector .
  ?claim pact:passage ?passage ; prov:wasDerivedFrom ?node .
} GROUP BY ?node
"""
_JOINED = """
SELECT DISTINCT ?node ?value ?on {
  ?proposition rdf:predicate pact:joined ; rdf:subject ?node ; rdf:object ?value ; pact:on ?on ; pact:supportedBy ?claim
}
"""


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: its columns in order, its rows, and what a narrow page leaves out.

    `spare` names the columns that can go, the first to go first. The last `apart` rows stand apart from the others.
    """

    kind: str
    columns: tuple[str, ...]
    spare: tuple[str, ...]
    rows: tuple[Row, ...]
    apart: int = 0


def listing(
    store: Store, kind: str, names: Names | None = None, clock: Clock = NOW, limit: int | None = None
) -> Listing:
    """The nodes of a kind (`KINDS` names them) with what is most asked of them, in a fixed order: all, or the first `limit`.

    A row has more cells than the columns that are printed: the `iri` of its node, and what programs alone need. On
    another clock than now the cells say what was so on a day, or known by a day; sources published later are left out.
    """
    if kind not in KINDS:
        raise UsageError(f"there is no list of {kind!r}; there are lists of {', '.join(KINDS)}")
    columns, spare, rows = KINDS[kind]
    found, apart = rows(Asker(store, names, clock), limit)
    return Listing(kind, columns, spare, tuple(found), apart)


def _pacts(ask: Asker, limit: int | None) -> tuple[list[Row], int]:
    return Pacts(ask).rows(limit)


def _parties(ask: Asker) -> Iterator[Row]:
    codes, matches, heard = ask.values(PACT.code), ask.values(SKOS.exactMatch), ask.heard(RDF.subject)
    pacts, stages, joined = _inverse(ask.values(PACT.party)), Stages(ask), _joined(ask)
    hubs = {hub for values in ask.values(PACT.hub).values() for hub in values}
    grouped = ask.values(PACT.inGroup)
    for party in ask.of_class(PACT.Party, PACT.PartyGroup):
        own = [] if party in hubs else sorted(pacts[party] & grouped.keys(), key=str)
        reached = [reached.stage for pact in own if (reached := stages.of(pact)).stage is not None]
        yield {
            **named("party", party),
            "name": ask.names.name(party),
            "code": texts(codes.get(party)),
            "wikidata": _ids(matches.get(party)),
            "stage": Several(tuple(dict.fromkeys(ask.names.name(stage) for stage in reached))),
            "pacts": len(pacts[party]),
            "joined": joined.get(party, Several()),
            "claims": ask.counts(heard.get(party))["claims"],
        }


def _joined(ask: Asker) -> Mapping[Term, Several]:
    """The pacts of others that each party joined, with the days where they are told."""
    days: dict[Term, dict[Term, list[Term]]] = {}
    for node, values in ask.facts(PACT.joined).items():
        days[node] = {value: [] for value in values}
    for row in ask.rows(_JOINED):
        if row["value"] in days.get(row["node"], ()):
            days[row["node"]][row["value"]].append(row["on"])
    return {
        node: Several(
            tuple(sorted(f"{_local(pact)}{_in_brackets(finest(dates(on)))}" for pact, on in pacts.items()))
        )
        for node, pacts in days.items()
    }


def _in_brackets(days: list[str]) -> str:
    return f" ({', '.join(say(parse(text)) for text in days)})" if days else ""


def _officials(ask: Asker) -> Iterator[Row]:
    offices, matches = ask.facts(PACT.holdsOffice), ask.values(SKOS.exactMatch)
    parties, speaking = serving(ask), ask.heard(PACT.speaker)
    kinds = {*ask.of_class(PACT.Party)}
    for official in ask.of_class(PACT.Official):
        yield {
            **named("official", official),
            "name": ask.names.name(official),
            "offices": Several(ask.things(offices.get(official)), "; "),
            "parties": Several(ask.things(kinds & parties.get(official, set()))),
            "wikidata": _ids(matches.get(official)),
            **ask.counts(speaking.get(official)),
        }


def _sources(ask: Asker) -> Iterator[Row]:
    published, publishers = ask.values(SCHEMA.datePublished), ask.values(SCHEMA.publisher)
    origins, languages, held = (
        ask.values(PACT.origin),
        ask.values(SCHEMA.inLanguage),
        ask.heard(PROV.wasDerivedFrom),
    )
    by_locator = {row["node"]: int(row["value"].value) for row in ask.rows(_BY_LOCATOR)}
    sources = ask.of_class(SCHEMA.NewsArticle, SCHEMA.WebPage)
    for source in sorted(filter(ask.is_known, sources), key=_by_day(published)):
        yield {
            **named("source", source),
            "published": whens(published.get(source)),
            "publisher": Several(ask.things(publishers.get(source))),
            "headline": ask.names.name(source),
            "language": texts(languages.get(source)),
            "origin": Several(ask.things(origins.get(source)), "; "),
            "claims": ask.counts(held.get(source))["claims"],
            "by locator": by_locator.get(source, 0),
        }


def _publishers(ask: Asker) -> Iterator[Row]:
    domains, sources = ask.values(PACT.domain), _inverse(ask.values(SCHEMA.publisher))
    for publisher in ask.of_class(PACT.Publisher):
        published = [s for s in sources[publisher] if isinstance(s, NamedNode) and ask.is_known(s)]
        yield {
            **named("publisher", publisher),
            "name": ask.names.name(publisher),
            "domain": texts(domains.get(publisher)),
            "sources": len(published),
            "origins": ask.witnesses.count(published),
        }


def _events(ask: Asker) -> Iterator[Row]:
    held, places, kinds = ask.facts(PACT.heldOn), ask.facts(PACT.heldIn), ask.values(RDF.type)
    heard = ask.heard(RDF.subject)
    events = (event for event in ask.of_class(PACT.Event) if not ask.clock or event in heard)
    for event in sorted(events, key=_by_day(held)):
        yield {
            **named("event", event),
            "name": ask.names.name(event),
            "kind": Several(tuple(thing.name for thing in ask.things(kinds.get(event)))),
            "held": whens(held.get(event)),
            "place": Several(ask.things(places.get(event)), "; "),
            "claims": ask.counts(heard.get(event))["claims"],
        }


def _by_day(days: Mapping[Term, list[Term]]) -> Callable[[NamedNode], tuple[str, str]]:
    """By date, and what has none last."""
    return lambda node: (min(dates(days.get(node)), default="~"), node.value)


def _inverse(values: Mapping[Term, list[Term]]) -> Mapping[Term, set[Term]]:
    found: dict[Term, set[Term]] = defaultdict(set)
    for node, others in values.items():
        for other in others:
            found[other].add(node)
    return found


def _local(node: Term) -> str:
    return node.value.rpartition("/")[2]


def _ids(matches: list[Term] | None) -> Several:
    return Several(tuple(sorted(map(_local, matches or ()))))


_Rows = Callable[[Asker, int | None], tuple[list[Row], int]]


def _whole(rows: Callable[[Asker], Iterator[Row]]) -> _Rows:
    """A table of which nothing stands apart."""
    return lambda ask, limit: (list(islice(rows(ask), limit)), 0)


KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], _Rows]] = {
    "pacts": (
        (
            *("pact", "parties", "stage", "signed", "place", "signatories", "term", "amounts", "expected"),
            *("claims", "sources", "origins", "conflicts"),
        ),
        (
            "parties",
            "claims",
            "expected",
            "amounts",
            "term",
            "sources",
            "conflicts",
            "signatories",
            "origins",
        ),
        _pacts,
    ),
    "parties": (
        ("party", "name", "code", "wikidata", "stage", "pacts", "joined", "claims"),
        ("name", "claims", "wikidata"),
        _whole(_parties),
    ),
    "officials": (
        ("official", "name", "offices", "parties", "wikidata", "claims", "sources", "origins"),
        ("sources", "origins", "name", "wikidata", "parties"),
        _whole(_officials),
    ),
    "sources": (
        ("source", "published", "publisher", "headline", "language", "origin", "claims", "by locator"),
        ("origin", "language", "publisher", "by locator"),
        _whole(_sources),
    ),
    "publishers": (("publisher", "name", "domain", "sources", "origins"), ("name",), _whole(_publishers)),
    "events": (("event", "name", "kind", "held", "place", "claims"), ("name", "place"), _whole(_events)),
}
"""What can be listed: the columns, those that a narrow page leaves out, and what gives the rows."""
