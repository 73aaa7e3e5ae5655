"""The layer that audits write: always that of the claims which the store holds, or none."""

from __future__ import annotations

from pactgraph.audit import audit_layer
from pactgraph.project import Project
from pactgraph.store import LocalStore, Store
from pactgraph.validation import Report, Validator
from pactgraph.vocabulary import AUDITS

AUDITED = 5_000
"""Claims up to which a build writes what audits find without being asked to."""


def write_audits(store: Store, claims: int, asked: bool) -> bool:
    """Writes the findings anew, or removes those of before; returns whether there are any now."""
    audited = asked or claims <= AUDITED
    if audited:
        store.replace(AUDITS, audit_layer(store))
    else:
        store.remove(AUDITS)
    return audited


def judge_audits(project: Project, store: LocalStore) -> Report:
    """What the shapes find in the findings of a store, over all else that it holds."""
    behind = (triple for graph in store.graphs() - {AUDITS} for triple in store.triples(graph))
    return Validator(project.shapes(), behind, engine="compiled").validate(store.triples(AUDITS))


def has_audits(store: Store) -> bool:
    """Whether a store holds what audits found."""
    return next(store.triples(AUDITS), None) is not None
