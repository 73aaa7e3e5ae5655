"""Commands that hold the graph against what it was made from, and against itself."""

from __future__ import annotations

from argparse import Namespace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pactgraph.cli import audits
from pactgraph.cli.commands.opening import opened
from pactgraph.errors import FINDINGS, FINE, UsageError
from pactgraph.project import find_project

_Choice = TypeVar("_Choice", bound=StrEnum)


def audit(given: Namespace) -> int:
    """One audit, or all at a glance; options may stand before the audit's name, too."""
    for name in ("project", "store", "format"):
        if (early := getattr(given, f"audit_{name}")) or given.audit is None:
            setattr(given, name, early)
    return _AUDITS[given.audit](given) if given.audit else audit_all(given)


def audit_all(given: Namespace) -> int:
    from pactgraph.audit import sum_up

    with opened(given, find_project(given.project)) as store:
        audits.print_summary(sum_up(store), given.format or "table")
    return FINE


def audit_notes(given: Namespace) -> int:
    from pactgraph.audit import audit_notes as check

    found = check(find_project(given.project))
    audits.print_notes(found, given.format)
    return FINE if found.passes else FINDINGS


def audit_copies(given: Namespace) -> int:
    from pactgraph.audit import audit_copies as check
    from pactgraph.cli.copies import print_copies
    from pactgraph.curation import add

    found = check(find_project(given.project), Path(given.texts))
    if name := given.accept or given.reject:
        proposal = found.named(name)
        for file in add(proposal.accepting if given.accept else proposal.rejecting):
            print(file)
        return FINE
    print_copies(found, given.format, given.texts)
    return FINE if found.passes else FINDINGS


def audit_counts(given: Namespace) -> int:
    from pactgraph.audit import CountOutcome, count_layer, judge_counts, read_words, read_world
    from pactgraph.audit.rows import count_rows

    wanted = _one_of(given.verdict, CountOutcome)
    with opened(given, find_project(given.project)) as store:
        world = read_world(store, given.as_known)
        found = [each for each in judge_counts(world) if wanted in (None, each.verdict)]
        if given.format == "ttl":
            audits.print_nodes(count_layer(store, world, found))
        else:
            words = read_words(store, world, brief=given.format == "table")
            audits.print_counts(count_rows(found, words), given.format)
    return FINE


def audit_promises(given: Namespace) -> int:
    from pactgraph.audit import keep_ledger, promise_layer, read_words, read_world

    with opened(given, find_project(given.project)) as store:
        world = read_world(store, given.as_known)
        ledger = keep_ledger(world, given.as_of)
        if given.format == "ttl":
            audits.print_nodes(promise_layer(store, world, ledger))
        else:
            audits.print_promises(ledger, read_words(store, world), given.format, given.by)
    return FINE


def audit_coverage(given: Namespace) -> int:
    from pactgraph.audit import Gap, cover, coverage_layer, read_words, read_world

    gap = _one_of(given.gap, Gap)
    with opened(given, find_project(given.project)) as store:
        world = read_world(store)
        coverage = cover(store, world).only(gap) if gap else cover(store, world)
        if given.format == "ttl":
            audits.print_nodes(coverage_layer(store, world, coverage))
        else:
            audits.print_coverage(coverage, read_words(store, world), given.format, gap)
    return FINE


def _one_of(given: str | None, choices: type[_Choice]) -> _Choice | None:
    """The choice that was given; raises UsageError for one that is none."""
    if given is None:
        return None
    try:
        return choices(given)
    except ValueError:
        raise UsageError(f"there is no {given!r}; there are {', '.join(choices)}") from None


_AUDITS = {
    "copies": audit_copies,
    "counts": audit_counts,
    "coverage": audit_coverage,
    "notes": audit_notes,
    "promises": audit_promises,
}
