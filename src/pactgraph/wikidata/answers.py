"""What the servers of Wikidata answer, read; what has not the shape of an answer is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from pactgraph.errors import FetchFailed
from pactgraph.wikidata.item import ID, read_item
from pactgraph.wikidata.keeping import MISSING, MOVED


def hits(told: Any, where: str) -> tuple[str, ...]:
    """The ids that a search found."""
    found = told.get("search") if isinstance(told, dict) else None
    if not isinstance(found, list):
        raise FetchFailed("the answer has no hits", where=where)
    return tuple(hit["id"] for hit in found if isinstance(hit, dict) and ID.fullmatch(str(hit.get("id"))))


def rows(told: Any, where: str) -> list[Mapping[str, str]]:
    """The rows of a query, values without their datatypes."""
    try:
        found = parse_query_results(json.dumps(told).encode(), format=QueryResultsFormat.JSON)
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [{name: row[name].value for name in names if row[name] is not None} for row in found]
    except (SyntaxError, AssertionError, ValueError, AttributeError):
        raise FetchFailed("the answer has no rows", where=where) from None


def cards(asked: Sequence[str], told: Any, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The cards of the items that were asked for and are there, and of those that they were merged into."""
    held = _entities(told, where)
    moved = {_old_name(each): each for each in held.values()}
    for name in asked:
        entity = held.get(name) or moved.get(name)
        if entity is None:
            continue
        if MISSING in entity:
            yield name, {MISSING: True}
        else:
            item = read_item(entity)
            yield item.id, entity
            if item.id != name:
                yield name, {MOVED: item.id}


def labels(asked: Sequence[str], told: Any, where: str) -> Iterator[tuple[str, str]]:
    """What items are called; the id of one that has no name in English nor in all languages alike."""
    held = _entities(told, where)
    for name in (name for name in asked if name in held):
        words = [_word(held[name].get("labels"), language) for language in ("en", "mul")]
        yield name, next(filter(None, words), name)


def _entities(told: Any, where: str) -> Mapping[str, Mapping[str, Any]]:
    entities = told.get("entities") if isinstance(told, dict) else None
    if not isinstance(entities, dict):
        raise FetchFailed("the answer has no items", where=where)
    return {name: each for name, each in entities.items() if isinstance(each, dict)}


def _word(known: Any, language: str) -> str:
    told = known.get(language) if isinstance(known, dict) else None
    word = told.get("value") if isinstance(told, dict) else None
    return word if isinstance(word, str) else ""


def _old_name(entity: Mapping[str, Any]) -> str | None:
    redirect = entity.get("redirects")
    name = redirect.get("from") if isinstance(redirect, dict) else None
    return name if isinstance(name, str) else None
