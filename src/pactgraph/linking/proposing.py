"""Items that may be the same as things of ours: searched for, scored, written down for a reviewer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from pactgraph.linking.linkables import Linkable, entity
from pactgraph.linking.scoring import Class, Scored, score
from pactgraph.linking.sssom import EXACT, Row, Table
from pactgraph.version import VERSION
from pactgraph.wikidata import Correspondence, Item, Kind, NotKept, Wikidata

_BY_WEBSITE: Final = """
SELECT DISTINCT ?item {
  { ?item ?website ?secure } UNION { ?item ?website ?secureWww } UNION { ?item ?website ?plain } UNION { ?item ?website ?plainWww }
}
"""
_BY_SIGNATORIES: Final = "SELECT DISTINCT ?item { ?item ?signatory ?one . ?item ?signatory ?other } LIMIT 20"
_DIRECT: Final = "http://www.wikidata.org/prop/direct/"
_MOST: Final = 3
"""Items that are proposed for one thing."""
_NAMES: Final = 3
"""Names of one thing that are searched for, one after another."""
_DEPTH: Final = 8
"""Steps from a class to those above it."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Rows for review, the surest of each thing first, and the things that could not be searched for."""

    rows: tuple[Row, ...]
    skipped: tuple[Linkable, ...]


def propose(
    things: Sequence[Linkable],
    wikidata: Wikidata,
    mapping: Correspondence,
    judged: Table,
    progress: Progress | None = None,
) -> Proposals:
    """The likeliest items of each thing, but for pairs that were judged on already.

    Raises FetchFailed and AddressRefused where asking fails; what would have to be asked and may not is skipped.
    """
    told = progress or (lambda *_: None)
    found: dict[Linkable, Sequence[str]] = {}
    skipped = []
    for done, thing in enumerate(things, 1):
        try:
            found[thing] = _candidates(thing, wikidata, mapping)
        except NotKept:
            skipped.append(thing)
        told("searching", done, len(things))
    items, kept = _items(found, wikidata)
    skipped += [thing for thing in found if thing not in kept]
    classes = _Classes(items.values(), wikidata, mapping)
    rows = [row for thing in kept for row in _rows(thing, kept[thing], items, classes, mapping, judged)]
    return Proposals(tuple(rows), tuple(skipped))


def _candidates(thing: Linkable, wikidata: Wikidata, mapping: Correspondence) -> Sequence[str]:
    """By name, by website and by signatories; items that the query service alone can find need not be had."""
    named = _named_alike(thing, wikidata)
    with suppress(NotKept):
        return tuple(dict.fromkeys((*named, *_asked(thing, wikidata, mapping))))
    return named


def _named_alike(thing: Linkable, wikidata: Wikidata) -> Sequence[str]:
    """What a search finds by the first of its names that finds anything."""
    for name in thing.names[:_NAMES]:
        if found := wikidata.search(name.value, (name.language or "en").partition("-")[0]):
            return found
    return ()


def _asked(thing: Linkable, wikidata: Wikidata, mapping: Correspondence) -> Iterable[str]:
    for domain in thing.domains:
        yield from wikidata.ids(_BY_WEBSITE, _addresses(domain, mapping.match.website))
    if len(thing.signatories) == 2:
        one, other = sorted(thing.signatories)
        parts = {"signatory": _direct(mapping.match.signatory), "one": entity(one), "other": entity(other)}
        yield from wikidata.ids(_BY_SIGNATORIES, parts)


def _addresses(domain: str, term: str) -> Mapping[str, NamedNode]:
    forms = {"secure": "https://", "secureWww": "https://www.", "plain": "http://", "plainWww": "http://www."}
    return {
        "website": _direct(term),
        **{name: NamedNode(f"{start}{domain}/") for name, start in forms.items()},
    }


def _direct(term: str) -> NamedNode:
    return NamedNode(_DIRECT + term)


def _items(
    found: Mapping[Linkable, Sequence[str]], wikidata: Wikidata
) -> tuple[Mapping[str, Item], Mapping[Linkable, Sequence[str]]]:
    """All candidates in batches; offline, those of the things that are kept."""
    try:
        return wikidata.items(name for names in found.values() for name in names), found
    except NotKept:
        items: dict[str, Item] = {}
        kept = {}
        for thing, names in found.items():
            with suppress(NotKept):
                items |= wikidata.items(names)
                kept[thing] = names
        return items, kept


class _Classes:
    """The classes of items, with their names and all that are above them, by a few questions for whole levels."""

    def __init__(self, items: Iterable[Item], wikidata: Wikidata, mapping: Correspondence) -> None:
        self._type, self._subclass = mapping.match.type, mapping.match.subclass
        self._above: dict[str, frozenset[str]] = {}
        self._labels: dict[str, str] = {}
        level = {name for item in items for name in _named(item, self._type)}
        for _ in range(_DEPTH):
            level = self._read(level - self._above.keys(), wikidata)

    def of(self, item: Item) -> Sequence[Class] | None:
        """Those of an item; None where it has none, or one that is not known."""
        direct = _named(item, self._type)
        if not direct or any(name not in self._above for name in direct):
            return None
        return [Class(self._labels.get(name, name), self._closed(name)) for name in direct]

    def _read(self, level: Collection[str], wikidata: Wikidata) -> set[str]:
        """The classes right above some; what may not be asked for stays unknown."""
        try:
            held = wikidata.items(sorted(level))
        except NotKept:
            return set()
        for name in level:
            above = _named(held[name], self._subclass) if name in held else ()
            self._above[name] = frozenset(above)
        self._labels |= {name: item.label for name, item in held.items()}
        return {name for each in level for name in self._above[each]}

    def _closed(self, name: str) -> frozenset[str]:
        found, waiting = set[str](), [name]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting += self._above.get(each, ())
        return frozenset(found)


def _named(item: Item, term: str) -> tuple[str, ...]:
    return tuple(value.text for value in item.values(term) if value.kind is Kind.ITEM)


def _rows(
    thing: Linkable,
    names: Sequence[str],
    items: Mapping[str, Item],
    classes: _Classes,
    mapping: Correspondence,
    judged: Table,
) -> list[Row]:
    held = {items[name].id: items[name] for name in names if name in items}
    scored = [score(thing, item, classes.of(item), mapping.match) for item in held.values()]
    likely = [each for each in scored if each.confidence >= mapping.match.weights["least"]]
    likely.sort(key=lambda each: (-each.confidence, int(each.item.id[1:])))
    known = judged.pairs()
    rows = [_row(thing, each) for each in likely]
    return [row for row in rows if row.pair not in known][:_MOST]


def _row(thing: Linkable, each: Scored) -> Row:
    return Row(
        subject_id=thing.curie,
        subject_label=thing.name,
        predicate_id=EXACT,
        object_id=f"wd:{each.item.id}",
        object_label=each.item.label,
        object_source_version=str(each.item.revision),
        mapping_tool="pactgraph link",
        mapping_tool_version=VERSION,
        confidence=f"{each.confidence:.2f}",
        comment=each.why,
    )
