"""An addition made beside the graph first: composed, validated, held against the text; then every file in its place.

The source file comes last, so a graph that is read in between lacks the article and nothing else.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import NamedNode, Triple

from pactgraph.adding.authority import with_proposals
from pactgraph.adding.change import Change, compare, picture
from pactgraph.adding.editing import edit
from pactgraph.adding.held import Held, draft_path, source_path
from pactgraph.adding.review import Decision, Verdict
from pactgraph.audit.passages import Checked, check_source
from pactgraph.audit.passages import Verdict as Standing
from pactgraph.audit.reading import read_lexicon
from pactgraph.claim import Claim
from pactgraph.curation import validate
from pactgraph.drafting import Draft
from pactgraph.drafting.batch import replace_file
from pactgraph.drafting.composing import compose, needed
from pactgraph.drafting.proposals import Known, Proposals, merged
from pactgraph.drafting.sources import propose_review
from pactgraph.errors import BadInput
from pactgraph.graph.minting import format_nodes
from pactgraph.graph.nodes import Nodes, group, read_triples
from pactgraph.graph.sources import read_source
from pactgraph.project import Project
from pactgraph.validation import Report


@dataclass(frozen=True, slots=True)
class Addition:
    """What was added: the claims, the files written, what validation said, and what changed in the graph."""

    claims: tuple[NamedNode, ...]
    files: tuple[Path, ...]
    report: Report
    change: Change
    checked: tuple[Checked, ...] = ()
    """What the texts at hand say of claims that were imported."""
    apart: tuple[Triple, ...] = ()
    """What an input says of nodes that the graph describes, and the graph does not; it was left out."""


def add(
    project: Project,
    draft: Draft,
    decisions: Mapping[NamedNode, Decision],
    known: Nodes,
    held: Held | None = None,
) -> Addition:
    """Writes what was decided on a draft into a graph; `known` are the graph's ontology and authority nodes.

    Raises BadInput, and leaves everything as it was, where the files would not be valid or a claim not be proved.
    """
    claims, made, proposals = _decided(draft, decisions, known)
    with alone(project), TemporaryDirectory(prefix="pactgraph-") as folder:
        files = _files(project, draft, decisions, claims, made, proposals, held)
        staged = stage(project, Path(folder), files)
        report = _checked(staged, draft, source_path(staged, draft.given.name))
        change = compare(picture(project), picture(staged), {claim.iri for claim in claims})
        put(files)
    return Addition(tuple(claim.iri for claim in claims), tuple(files), report, change)


def _decided(
    draft: Draft, decisions: Mapping[NamedNode, Decision], known: Nodes
) -> tuple[list[Claim], Nodes, Proposals]:
    """The claims that stand after the review, the values that it made, and what is proposed with its run."""
    proposals = Proposals(Known(known))
    for node, properties in draft.proposals.items():
        proposals.propose(node, properties)
    claims: list[Claim] = []
    made: Nodes = {}
    for each in draft.claims:
        decision = decisions.get(each.claim.iri)
        if decision is None or decision.verdict in (Verdict.REJECT, Verdict.SKIP):
            continue
        if decision.verdict is Verdict.ACCEPT:
            claims.append(each.claim)
        else:
            run = propose_review(proposals, draft.given.recorded)
            edited = edit(each.claim, decision.changes, draft.nodes, proposals.all, run)
            claims.append(edited.claim)
            made |= edited.nodes
    return claims, made, proposals


def _files(
    project: Project,
    draft: Draft,
    decisions: Mapping[NamedNode, Decision],
    claims: list[Claim],
    made: Nodes,
    proposals: Proposals,
    held: Held | None,
) -> dict[Path, str]:
    """The files that change, in the order in which they are put in their place."""
    name = draft.given.name
    nodes = compose({**draft.nodes, **made}, claims, draft.given)
    if held is not None:
        nodes = merged(nodes, held.source.nodes) | {held.source.source: held.source.nodes[held.source.source]}
    read = [each.claim for each in draft.claims if _is_decided(decisions.get(each.claim.iri))]
    drafted = merged(_held_draft(project, name), compose(draft.nodes, read, draft.given))
    kept = needed({**drafted, **nodes}, proposals.nodes, proposals.all)
    return {
        **with_proposals(project, kept),
        draft_path(project, name): format_nodes(drafted),
        source_path(project, name): format_nodes(nodes),
    }


def _is_decided(decision: Decision | None) -> bool:
    return decision is not None and decision.verdict is not Verdict.SKIP


def _held_draft(project: Project, name: str) -> Nodes:
    path = draft_path(project, name)
    return group(read_triples(path)) if path.is_file() else {}


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Waits until no other process adds to the graph, and lets none begin: each reads what the other has written."""
    folder = os.open(project.data, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def stage(project: Project, folder: Path, files: Mapping[Path, str]) -> Project:
    """A copy of the graph with the files in their place; raises BadInput where they could not be put in their place."""
    for path in files:
        _require_plain(path)
    for name in ("ontology", "shapes", "queries"):
        if (own := project.root / name).is_dir():
            (folder / name).symlink_to(own.resolve())
    try:
        shutil.copytree(project.data, folder / "data")
    except shutil.Error as fault:
        source, _, reason = fault.args[0][0]
        raise BadInput(
            f"cannot be copied, so nothing was checked or written: {reason}",
            where=source,
            hint="make room in the folder for temporary files, or name another in TMPDIR",
        ) from None
    for path, content in files.items():
        replace_file(folder / "data" / path.relative_to(project.data), content)
    return Project(folder)


def _require_plain(path: Path) -> None:
    """A link would be put a file in the place of, and what it leads to would go on without the claims."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise BadInput(
            f"this is {'a link' if path.is_symlink() else 'no file'}, and would be replaced; nothing was written",
            where=path,
            hint="put the file itself here, or move this away",
        )


def require_valid(staged: Project, files: Sequence[Path], where: str | None = None) -> Report:
    """What validation says of staged files; raises BadInput, of the input `where`, where they may not stand."""
    report = validate(staged, files, jobs=1)
    broken = [
        finding for finding in report.findings if not finding.severity.value.endswith(("#Info", "#Warning"))
    ]
    if broken:
        finding = broken[0]
        about = finding.focus.value if hasattr(finding.focus, "value") else None
        raise BadInput(
            f"the graph would not be valid, so nothing was written: {finding.message}",
            where=where or about,
            hint=f"It is said of {about}." if where else None,
        )
    return report


def _checked(staged: Project, draft: Draft, path: Path) -> Report:
    """What validation says of the staged files; raises BadInput where they may not stand, or the text does not prove them."""
    report = require_valid(staged, [path, *staged.authority()])
    source = read_source(path)
    checked = check_source(source, draft.given.text, read_lexicon(staged))
    failing = [each for each in checked if each.verdict is not Standing.VERIFIED]
    if failing and source.text_sha256 == draft.given.text.sha256:
        each = failing[0]
        raise BadInput(
            f"the text does not prove {len(failing)} of the claims, so nothing was written: {'; '.join(each.reasons)}",
            where=each.passage.value,
            hint="Edit the claim again, or reject it.",
        )
    return report


def put(files: Mapping[Path, str]) -> None:
    """All files in their places, or all as they were."""
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    done: list[Path] = []
    try:
        for path, content in files.items():
            done.append(path)
            replace_file(path, content)
    except BaseException:
        for path in done:
            _restore(path, before[path])
        raise


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        fresh = path.with_name(f"{path.name}.old")
        fresh.write_bytes(content)
        os.replace(fresh, path)
