"""The graph of one pact: who signed, and who says what, from the origins through the sources to what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import mean

from pyoxigraph import NamedNode

from pactgraph.claim import Term
from pactgraph.dates import parse, say
from pactgraph.errors import UsageError
from pactgraph.pages import Told, show
from pactgraph.pages.asking import Asker, dates
from pactgraph.pages.cells import Several, Thing, text
from pactgraph.pages.life import Line
from pactgraph.pages.names import Names
from pactgraph.pages.page import Page
from pactgraph.pages.serving import serving
from pactgraph.pictures.lives import meant
from pactgraph.pictures.marks import Said, said
from pactgraph.resolution.clock import NOW, Clock
from pactgraph.store import Store
from pactgraph.vocabulary import PACT, shorten


@dataclass(frozen=True, slots=True)
class What:
    """A thing that is said, once whoever says it; `holds` where it is a fact, `against` what others say instead."""

    key: int
    when: str
    words: str
    holds: bool
    against: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker in a source, and what stands behind the source: an origin that others share, or nothing."""

    key: int
    words: str
    link: str | None
    origin: str
    day: date


@dataclass(frozen=True, slots=True)
class Thread:
    """That a speaker says a thing, and how: as a fact, denied, or in another manner, such as expected."""

    speaker: int
    what: int
    manner: str
    said: Said

    @property
    def denies(self) -> bool:
        """Whether the speaker denies it."""
        return self.manner == DENIES


@dataclass(frozen=True, slots=True)
class Signers:
    """A party and those who signed for it."""

    name: str
    officials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """A pact: the parties and who signed for them, what came of it, and who says what.

    `sources` and `origins` count those who speak. `speakers` that share an origin stand together, each beside the middle of what it says; `whats` are in time order.
    """

    pact: NamedNode
    name: str
    outcome: str
    parties: tuple[Signers, ...]
    others: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    whats: tuple[What, ...]
    threads: tuple[Thread, ...]
    sources: int
    origins: int
    clock: Clock = NOW

    def of(self, what: What) -> list[Thread]:
        """The threads that lead to a thing."""
        return [thread for thread in self.threads if thread.what == what.key]


DENIES, SAYS = "denied", ""


def graph(store: Store, given: str, names: Names | None = None, clock: Clock = NOW) -> Graph:
    """Who signed a pact, by any of its names or as the one pact of a party, and who says what of it.

    On another clock than now only what was so, and said, by then. Raises UsageError for a name that fits nothing, several
    things, or what has no pact or several.
    """
    ask = Asker(store, names, clock)
    found = sorted(meant(ask, given))
    if len(found) > 1:
        listed = "".join(f"\n  {shorten(pact)}" for pact in found)
        raise UsageError(f"{given!r} has several pacts; name one of:{listed}")
    return _Reader(ask, show(store, found[0], ask.names, clock)).graph()


class _Reader:
    """Reads the graph of a pact from its page."""

    def __init__(self, ask: Asker, page: Page) -> None:
        self._ask, self._page, self._name = ask, page, ask.names.name
        sources = {claim.source for claim in page.claims}
        self._behind = ask.witnesses.behind(sources)
        self._facts: dict[NamedNode, Mapping[Term, list[Term]]] = {}

    def graph(self) -> Graph:
        page = self._page
        lines = _merged(page.life, page.node)
        speakers = self._speakers(lines)
        keys = {key: speaker.key for key, speaker in speakers.items()}
        parties, others = self._parties()
        return Graph(
            page.node,
            page.name,
            self._outcome(),
            parties,
            others,
            tuple(speakers.values()),
            tuple(self._what(nth, alike) for nth, alike in enumerate(lines)),
            tuple(self._threads(lines, keys)),
            len({source for source, _ in keys}),
            len({self._behind[source] for source, _ in keys}),
            self._ask.clock,
        )

    def _outcome(self) -> str:
        row = self._page.row or {}
        parts = (text(row[name]) for name in ("stage", "signed", "place") if name in row)
        return ", ".join(filter(None, parts))

    def _parties(self) -> tuple[tuple[Signers, ...], tuple[str, ...]]:
        """The parties with those who signed for them, and signatories of whom that is not known."""
        serves = serving(self._ask)
        row = self._page.row or {}
        cell = row.get("parties")
        parties = [p for p in (cell.cells if isinstance(cell, Several) else ()) if isinstance(p, Thing)]
        signed = sorted(self._ask.facts(PACT.signedBy).get(self._page.node, ()), key=self._name)
        by_party = {p.node: [o for o in signed if p.node in serves.get(o, ())] for p in parties}
        known = {official for officials in by_party.values() for official in officials}
        signers = (Signers(p.name, tuple(map(self._name, by_party[p.node]))) for p in parties)
        return tuple(signers), tuple(self._name(o) for o in signed if o not in known)

    def _speakers(self, lines: list[list[Line]]) -> Mapping[tuple[NamedNode, NamedNode], Speaker]:
        """Each speaker in each source, those of one origin together, beside the middle of what they say."""
        said = [
            ((claim.source, claim.speaker), nth, claim)
            for nth, alike in enumerate(lines)
            for claim in _claims(alike)
        ]
        first = {key: claim for key, _, claim in reversed(said)}
        places: dict[NamedNode | tuple[NamedNode, NamedNode], list[int]] = defaultdict(list)
        for key, nth, _ in said:
            places[key].append(nth)
            places[self._behind[key[0]]].append(nth)

        def place(key: tuple[NamedNode, NamedNode]) -> tuple[float, str, float, date, str, str]:
            behind = self._behind[key[0]]
            middles = mean(places[behind]), behind.value, mean(places[key])
            return *middles, _day(first[key]), key[0].value, key[1].value

        return {key: self._speaker(nth, first[key]) for nth, key in enumerate(sorted(first, key=place))}

    def _speaker(self, nth: int, claim: Told) -> Speaker:
        who = said(claim, self._name)
        behind = self._behind[claim.source]
        shared = sum(other == behind for other in self._behind.values()) > 1
        return Speaker(nth, who.words, who.link, self._name(behind) if shared else "", _day(claim))

    def _what(self, nth: int, alike: list[Line]) -> What:
        line = alike[0]
        when = say(line.when) if line.when else ""
        return What(
            nth,
            f"said {when}" if line.voiced and when else when,
            self._words(alike),
            all(each.modality is None and bool(each.affirming) and self._holds(each) for each in alike),
            self._against(line),
        )

    def _words(self, alike: list[Line]) -> str:
        line, node = alike[0], self._page.node
        subjects = self._listed(each.subject for each in alike if each.subject != node)
        objects = self._listed(each.object for each in alike if each.object != node)
        scope = "".join(f", {_SCOPES[name]}{self._name(value)}" for name, value in line.scope if name != "on")
        about, value = f"{subjects} · " if subjects else "", f": {objects}" if objects else ""
        manner = f" [{self._name(line.modality)}]" if line.modality is not None else ""
        return f"{about}{self._name(line.predicate)}{value}{scope}{manner}"

    def _listed(self, terms: Iterable[Term]) -> str:
        return ", ".join(map(self._name, dict.fromkeys(terms)))

    def _holds(self, line: Line) -> bool:
        if line.predicate not in self._facts:
            self._facts[line.predicate] = self._ask.facts(line.predicate)
        return line.object in self._facts[line.predicate].get(line.subject, ())

    def _against(self, line: Line) -> str:
        values = (each.says(line.object, self._ask.names) for each in line.against)
        return "; ".join(dict.fromkeys(values))

    def _threads(
        self, lines: Iterable[list[Line]], keys: Mapping[tuple[NamedNode, NamedNode], int]
    ) -> Iterator[Thread]:
        for nth, alike in enumerate(lines):
            drawn: dict[tuple[int, str], Thread] = {}
            for claim in _claims(alike):
                speaker, manner = keys[claim.source, claim.speaker], self._manner(alike[0], claim)
                drawn.setdefault((speaker, manner), Thread(speaker, nth, manner, said(claim, self._name)))
            yield from drawn.values()

    def _manner(self, line: Line, claim: Told) -> str:
        if claim.polarity == PACT.Denied:
            return DENIES
        return SAYS if line.modality is None else self._name(line.modality)


_SCOPES = {"condition": "if ", "howMany": "how many: "}


def _merged(lines: Iterable[Line], node: NamedNode) -> list[list[Line]]:
    """Lines together that differ in one name alone: several parties that joined, or fields that are covered."""
    found: dict[object, list[Line]] = {}
    for line in lines:
        who = frozenset((claim.source, claim.speaker, claim.polarity) for claim in line.claims)
        named = line.object if line.object == node or line.against or dates([line.object]) else line.subject
        key = (line.when, line.voiced, line.predicate, line.scope, line.modality, who, named)
        found.setdefault(key, []).append(line)
    return list(found.values())


def _claims(lines: Iterable[Line]) -> Iterator[Told]:
    return (claim for line in lines for claim in line.claims)


def _day(claim: Told) -> date:
    told = claim.published or claim.stated
    return (parse(told).last if told else None) or date.max
