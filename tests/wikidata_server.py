"""Answers of the shapes that Wikidata gives, made up, on a server of our own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from faulty_server import Asked, Site

Snak = dict[str, Any]
API = "/w/api.php"


def item_snak(name: str) -> Snak:
    return _snak("wikibase-entityid", {"entity-type": "item", "id": name})


def time_snak(time: str, precision: int = 11, calendar: str = "Q1985727") -> Snak:
    model = f"http://www.wikidata.org/entity/{calendar}"
    return _snak("time", {"time": time, "precision": precision, "timezone": 0, "calendarmodel": model})


def text_snak(text: str) -> Snak:
    return _snak("string", text)


def words_snak(text: str, language: str = "en") -> Snak:
    return _snak("monolingualtext", {"text": text, "language": language})


def number_snak(amount: str, unit: str = "1") -> Snak:
    return _snak("quantity", {"amount": amount, "unit": unit})


def bare_snak(kind: str) -> Snak:
    return {"snaktype": kind}


def _snak(kind: str, value: Any) -> Snak:
    return {"snaktype": "value", "datavalue": {"type": kind, "value": value}}


def statement(
    value: Snak,
    rank: str = "normal",
    qualifiers: Mapping[str, list[Snak]] | None = None,
    references: Iterable[Mapping[str, list[Snak]]] = (),
) -> dict[str, Any]:
    told: dict[str, Any] = {"mainsnak": value, "type": "statement", "rank": rank}
    if qualifiers:
        told["qualifiers"] = qualifiers
    told["references"] = [{"snaks": snaks, "hash": "0"} for snaks in references]
    return told


def entity(
    name: str,
    label: str = "",
    claims: Mapping[str, list[dict[str, Any]]] | None = None,
    *,
    aliases: Iterable[str] = (),
    description: str = "",
    revision: int = 7,
) -> dict[str, Any]:
    def told(text: str) -> dict[str, str]:
        return {"language": "en", "value": text}

    return {
        "id": name,
        "type": "item",
        "lastrevid": revision,
        "modified": "2024-01-01T00:00:00Z",
        "labels": {"en": told(label or name)},
        "descriptions": {"en": told(description)} if description else {},
        "aliases": {"en": [told(alias) for alias in aliases]},
        "claims": dict(claims or {}),
    }


class Wiki:
    """A small Wikidata: its items, those that were merged, and what searches find."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.address = site(API)
        self.items: dict[str, dict[str, Any]] = {}
        self.merged: dict[str, str] = {}
        self.found: dict[str, list[str]] = {}
        site.routes[API] = self.answer

    def add(self, *entities: dict[str, Any]) -> None:
        self.items |= {each["id"]: each for each in entities}

    def merge(self, old: str, new: str) -> None:
        self.merged[old] = new

    @property
    def questions(self) -> list[dict[str, str]]:
        """What was asked of the API, in order."""
        parts = [urlsplit(path) for path in self.site.asked]
        return [{k: v[0] for k, v in parse_qs(p.query).items()} for p in parts if p.path == API]

    def answer(self, asked: Asked) -> None:
        question = {k: v[0] for k, v in parse_qs(urlsplit(asked.path).query).items()}
        give_json(asked, self._searched(question) if "search" in question else self._entities(question))

    def _searched(self, question: Mapping[str, str]) -> Any:
        return {"search": [{"id": name} for name in self.found.get(question["search"], ())], "success": 1}

    def _entities(self, question: Mapping[str, str]) -> Any:
        return {"entities": {name: self._entity(name) for name in question["ids"].split("|")}, "success": 1}

    def _entity(self, name: str) -> Any:
        if name in self.merged:
            new = self.merged[name]
            return {**self.items[new], "redirects": {"from": name, "to": new}}
        return self.items.get(name) or {"id": name, "missing": ""}


def give_json(asked: Asked, told: Any, status: int = 200, **headers: str) -> None:
    headers = {"content_type": "application/json; charset=utf-8", **headers}
    asked.answer(json.dumps(told).encode(), status, **headers)
