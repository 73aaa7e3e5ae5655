"""Claims that others wrote as RDF, taken into source files: read with care, named anew, staged, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyoxigraph import NamedNode, Quad

from pactgraph.adding.authority import with_proposals
from pactgraph.adding.change import Change, compare, picture
from pactgraph.adding.held import source_path
from pactgraph.adding.joining import KINDS, MINTED, PARTS, apart, brought, joined, lacking
from pactgraph.adding.staging import Addition, alone, put, require_valid, stage
from pactgraph.audit.passages import Checked, Standing, Verdict, verify
from pactgraph.curation import head_of
from pactgraph.errors import BadInput, UsageError
from pactgraph.exports.nanopubs import is_nanopub, read_nanopubs
from pactgraph.graph.foreign import read_foreign, require_plain_words
from pactgraph.graph.minting import format_nodes, mint_iris, minted_names, rename
from pactgraph.graph.nodes import Nodes, group, iris, one, read_triples
from pactgraph.graph.reifiers import unreify
from pactgraph.project import Project
from pactgraph.source import name_of
from pactgraph.validation import Report
from pactgraph.vocabulary import ID, OA, PACT, PROV, RDF, SCHEMA, shorten

_NAME: Final = re.compile(r"[a-z0-9-]+")
_REFUTED: Final = (Verdict.CHANGED, Verdict.GONE, Verdict.MOVED, Verdict.UNSUPPORTED)
_SHOWN: Final = 8
"""Names in a message."""
_DERIVED: Final = {PACT.knownFrom, PACT.by}
"""What a build writes beside the data."""


def take(
    project: Project, content: bytes, where: str, name: str | None = None, texts: Path | None = None
) -> Addition:
    """Takes the claims of an input into the graph, each source into a file of its own.

    `where` names the input for messages; its ending tells the syntax. `name` is what the source is called here. New
    authority data that the claims need comes along; of what the graph describes already nothing is taken, but told where it
    is said otherwise, and where the graph has all of it nothing is written. Claims of a source whose text is in the folder `texts` are held against it. Raises
    BadInput, and leaves everything as it was, for what does not parse, is not whole, would not be valid or is not what the
    text says; UsageError for a name that is none.
    """
    if name is not None and not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name of a source: small letters, digits and hyphens")
    base = f"{ID}source/{name or name_of(Path(where).name)}"
    nodes = _read(read_foreign(content, where, base), where)
    found = _by_source(nodes, where)
    with alone(project):
        sources = _here(project, found, name, where)
        fresh = {path: each for path, each in joined(sources, where).items() if each}
        known = group(t for path in (*project.ontology(), *project.authority()) for t in read_triples(path))
        along = brought(nodes, known, fresh.values())
        for each in (*sources.values(), along):
            require_plain_words(each, content, where)
        return replace(_put(project, fresh, along, known, where, texts), apart=apart(nodes, known))


def _read(quads: list[Quad], where: str) -> Nodes:
    triples = read_nanopubs(quads) if any(map(is_nanopub, quads)) else [quad.triple for quad in quads]
    nodes = group(unreify(triples))
    nodes = {node: {p: v for p, v in each.items() if p not in _DERIVED} for node, each in nodes.items()}
    for node, name in minted_names(nodes):
        if node != name and MINTED.fullmatch(node.value):
            raise BadInput(
                f"{shorten(node.value)} is not what its name says: by its parts it is {shorten(name.value)}",
                where=where,
                hint="mend what was changed, or give it a name of your own, such as <#new-1>",
            )
    return nodes


def _by_source(nodes: Nodes, where: str) -> Mapping[NamedNode, Nodes]:
    """Each source with claims, and what belongs into its file."""
    claims = sorted(_claims(nodes), key=lambda node: node.value)
    if not claims:
        raise BadInput("no claim stands here (a pact:Claim)", where=where)
    found: dict[NamedNode, Nodes] = {}
    for claim in claims:
        source = _source_of(claim, nodes, where)
        found.setdefault(source, {}).update(_reached(nodes, (claim, source)))
    return found


def _here(
    project: Project, found: Mapping[NamedNode, Nodes], name: str | None, where: str
) -> Mapping[Path, Nodes]:
    """The nodes of the sources by the files that they get here."""
    if name is not None and len(found) > 1:
        raise UsageError(f"--as names one source, and {where} has {len(found)}")
    called = {_called(source, nodes, name): source for source, nodes in found.items()}
    if len(called) < len(found):
        raise BadInput("two sources here would get the same name", where=where)
    return {
        source_path(project, each): mint_iris(_renamed(source, each, found[source]))
        for each, source in called.items()
    }


def _source_of(claim: NamedNode, nodes: Nodes, where: str) -> NamedNode:
    said = iris(nodes[claim], PROV.wasDerivedFrom)
    said += [s for p in iris(nodes[claim], PACT.passage) for s in iris(nodes.get(p, {}), OA.hasSource)]
    sources = {node for node in said if KINDS & set(nodes.get(node, {}).get(RDF.type, ()))}
    if len(sources) != 1:
        raise BadInput(
            f"the claim {shorten(claim.value)} has {len(sources) or 'no'} source{'s' * (len(sources) > 1)} here",
            where=where,
            hint="its prov:wasDerivedFrom names one, which is described too: a schema:NewsArticle or schema:WebPage",
        )
    return sources.pop()


def _reached(nodes: Nodes, start: Iterable[NamedNode]) -> Nodes:
    """What some nodes lead to and that stands in a source's file; not through other claims or sources."""
    found: Nodes = {}
    waiting = list(start)
    while waiting:
        node = waiting.pop()
        if node not in found and PARTS & set(nodes.get(node, {}).get(RDF.type, ())):
            found[node] = nodes[node]
            values = [v for objects in nodes[node].values() for v in objects if isinstance(v, NamedNode)]
            waiting += [
                v for v in values if not {PACT.Claim, *KINDS} & set(nodes.get(v, {}).get(RDF.type, ()))
            ]
    return found


def _called(source: NamedNode, nodes: Nodes, name: str | None) -> str:
    """The name of a source here: what is asked for, its own, or one made of its address."""
    own = source.value.removeprefix(f"{ID}source/")
    if name is None and own != source.value and _NAME.fullmatch(own):
        return own
    address = one(nodes[source], SCHEMA.url)
    return name or name_of(address.value if address else source.value)


def _renamed(source: NamedNode, name: str, nodes: Nodes) -> Nodes:
    """The nodes with the source's name here."""
    target = f"{ID}source/{name}"
    terms = {*nodes, *(v for p in nodes.values() for values in p.values() for v in values)}
    below = {t for t in terms if isinstance(t, NamedNode) and t.value.partition("#")[0] == source.value}
    return rename(nodes, {node: NamedNode(target + node.value[len(source.value) :]) for node in below})


def _content(path: Path, nodes: Nodes) -> str:
    """The file in its fixed form, with the comments that head it."""
    head = head_of(path.read_text(encoding="utf-8"), path) if path.is_file() else ""
    return head + format_nodes(nodes)


def _claims(nodes: Nodes) -> Iterator[NamedNode]:
    return (node for node, p in nodes.items() if PACT.Claim in p.get(RDF.type, ()))


def _put(
    project: Project,
    sources: Mapping[Path, Nodes],
    along: Nodes,
    known: Nodes,
    where: str,
    texts: Path | None,
) -> Addition:
    """Stages the files, and puts them in their places where the graph is valid with them and the texts bear them out."""
    if not sources:
        return Addition((), (), Report(), Change((), (), ()))
    files = {
        **with_proposals(project, along),
        **{path: _content(path, nodes) for path, nodes in sources.items()},
    }
    held = {t.subject for path in sources if path.is_file() for t in read_triples(path)}
    claims = {n for each in sources.values() for n in _claims(each) if n not in held}
    with TemporaryDirectory(prefix="pactgraph-") as folder:
        staged = stage(project, Path(folder), files)
        paths = [staged.data / path.relative_to(project.data) for path in sources]
        try:
            report = require_valid(staged, [*paths, *staged.authority()], where)
        except BadInput:
            _require_described(lacking(sources.values(), along, known), where)
            raise
        checked = _proved(staged, paths, claims, texts, where)
        change = compare(picture(project), picture(staged), claims)
    put(files)
    return Addition(tuple(sorted(claims, key=lambda node: node.value)), tuple(files), report, change, checked)


def _require_described(names: list[str], where: str) -> None:
    if names:
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        raise BadInput(
            f"neither the graph nor this describes {', '.join(names[:_SHOWN])}{more}, so nothing was written",
            where=where,
            hint="describe them in data/authority/, or hand them in too: an export of a pact as Turtle or JSON-LD brings "
            "what its claims name, a nanopublication does not",
        ) from None


def _proved(
    staged: Project, paths: Iterable[Path], claims: Set[NamedNode], texts: Path | None, where: str
) -> tuple[Checked, ...]:
    """What the texts at hand say of the new claims; raises BadInput where one that they were read from says other things."""
    if texts is None:
        return ()
    found = verify(staged, texts, paths)
    other = {held.source for held in found.held if held.standing is Standing.CHANGED}
    checked = tuple(each for each in found.checked if each.claim in claims)
    for each in checked:
        if each.verdict in _REFUTED and each.source not in other:
            raise BadInput(
                f"the text does not bear out {shorten(each.claim.value)}, so nothing was written: {'; '.join(each.reasons)}",
                where=where,
                hint=f"It is said of {each.passage.value}.",
            )
    return checked
