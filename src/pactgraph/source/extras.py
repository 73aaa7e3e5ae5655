"""Packages that come with the extra `extract`: imported when they are needed, and missed with a clear word."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pactgraph.errors import ExtraMissing


def need(module: str, doing: str) -> Any:
    """The module; raises ExtraMissing, which says that `doing` needs it, where it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise ExtraMissing(doing, "extract", error) from error
