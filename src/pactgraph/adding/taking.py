"""Claims that others wrote as RDF, taken into source files: read with care, named anew, staged, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from pactgraph.adding.authority import with_proposals
from pactgraph.adding.change import Change, compare, picture
from pactgraph.adding.held import source_path
from pactgraph.adding.staging import Addition, put, require_valid, stage
from pactgraph.curation import head_of
from pactgraph.drafting.composing import needed
from pactgraph.errors import BadInput, UsageError
from pactgraph.exports.nanopubs import is_nanopub, read_nanopubs
from pactgraph.graph.foreign import read_foreign
from pactgraph.graph.minting import format_nodes, mint_iris, minted_names, rename
from pactgraph.graph.nodes import Nodes, group, iris, one, read_triples, ungroup
from pactgraph.graph.reifiers import unreify
from pactgraph.project import Project
from pactgraph.source import name_of
from pactgraph.validation import Report
from pactgraph.vocabulary import ID, OA, PACT, PROV, RDF, SCHEMA, shorten

_NAME: Final = re.compile(r"[a-z0-9-]+")
_MINTED: Final = re.compile(rf"{re.escape(ID)}(?:claim|proposition|value)/[0-9a-f]{{20}}")
_KINDS: Final = {SCHEMA.NewsArticle, SCHEMA.WebPage}
_PARTS: Final = {
    PACT.Claim,
    PACT.Amount,
    PACT.Count,
    OA.SpecificResource,
    OA.TextPositionSelector,
    OA.TextQuoteSelector,
    OA.FragmentSelector,
    *_KINDS,
}
"""What stands in the file of a source; all else is authority data."""
_DERIVED: Final = {PACT.knownFrom, PACT.by}
"""What a build writes beside the data."""


def take(project: Project, content: bytes, where: str, name: str | None = None) -> Addition:
    """Takes the claims of an input into the graph, each source into a file of its own.

    `where` names the input for messages; its ending tells the syntax. `name` is what the source is called here. New
    authority data that the claims need comes along; of what the graph describes already, nothing is taken, and where it has
    all of it nothing is written. Raises BadInput, and leaves everything as it was, for what does not parse, is not whole or
    would not be valid; UsageError for a name that is none.
    """
    if name is not None and not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name of a source: small letters, digits and hyphens")
    base = f"{ID}source/{name or name_of(Path(where).name)}"
    nodes = _read(read_foreign(content, where, base), where)
    sources = _here(project, _by_source(nodes, where), name, where)
    files = {path: _joined(path, each) for path, each in sorted(sources.items())}
    fresh = {path: each for path, each in files.items() if each}
    return _put(project, fresh, _authority(project, nodes, fresh.values()), where)


def _read(quads: list[Quad], where: str) -> Nodes:
    triples = read_nanopubs(quads) if any(map(is_nanopub, quads)) else [quad.triple for quad in quads]
    nodes = group(unreify(triples))
    nodes = {node: {p: v for p, v in each.items() if p not in _DERIVED} for node, each in nodes.items()}
    for node, name in minted_names(nodes):
        if node != name and _MINTED.fullmatch(node.value):
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
    sources = {node for node in said if _KINDS & set(nodes.get(node, {}).get(RDF.type, ()))}
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
        if node not in found and _PARTS & set(nodes.get(node, {}).get(RDF.type, ())):
            found[node] = nodes[node]
            values = [v for objects in nodes[node].values() for v in objects if isinstance(v, NamedNode)]
            waiting += [
                v for v in values if not {PACT.Claim, *_KINDS} & set(nodes.get(v, {}).get(RDF.type, ()))
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


def _joined(path: Path, nodes: Nodes) -> Nodes:
    """The nodes with those that the graph has of the source; raises BadInput where it says other things of one."""
    held = group(read_triples(path)) if path.is_file() else {}
    for node in nodes.keys() & held.keys():
        if set(ungroup({node: nodes[node]})) != set(ungroup({node: held[node]})):
            raise BadInput(
                f"the graph has this source already, and says other things of {shorten(node.value)}",
                where=path,
                hint="import it under another name with --as NAME, or mend one of them",
            )
    return {} if nodes.keys() <= held.keys() else {**held, **nodes}


def _authority(project: Project, nodes: Nodes, files: Iterable[Nodes]) -> Mapping[Path, str]:
    """The authority files with the nodes that the claims need and the graph does not describe."""
    known = group(t for path in (*project.ontology(), *project.authority()) for t in read_triples(path))
    others = {
        node: p
        for node, p in nodes.items()
        if node not in known and node.value.startswith(ID) and not _is_made(p)
    }
    said = {node: p for each in files for node, p in each.items()}
    return with_proposals(project, needed(said, others, {**known, **others}))


def _is_made(properties: Mapping[NamedNode, list[NamedNode | Literal]]) -> bool:
    """Whether a node is of a source's file or one that a build derives."""
    types = set(properties.get(RDF.type, ()))
    return not types or bool(types & {*_PARTS, PACT.Proposition, PACT.Conflict, PACT.Finding, PACT.Side})


def _content(path: Path, nodes: Nodes) -> str:
    """The file in its fixed form, with the comments that head it."""
    head = head_of(path.read_text(encoding="utf-8"), path) if path.is_file() else ""
    return head + format_nodes(nodes)


def _claims(nodes: Nodes) -> Iterator[NamedNode]:
    return (node for node, p in nodes.items() if PACT.Claim in p.get(RDF.type, ()))


def _put(project: Project, sources: Mapping[Path, Nodes], beside: Mapping[Path, str], where: str) -> Addition:
    """Stages the files, and puts them in their places where the graph is valid with them."""
    if not sources:
        return Addition((), (), Report(), Change((), (), ()))
    files = {**beside, **{path: _content(path, nodes) for path, nodes in sources.items()}}
    held = {t.subject for path in sources if path.is_file() for t in read_triples(path)}
    claims = {n for each in sources.values() for n in _claims(each) if n not in held}
    with TemporaryDirectory(prefix="pactgraph-") as folder:
        staged = stage(project, Path(folder), files)
        paths = [staged.data / path.relative_to(project.data) for path in sources]
        report = require_valid(staged, [*paths, *staged.authority()], where)
        change = compare(picture(project), picture(staged), claims)
    put(files)
    return Addition(tuple(sorted(claims, key=lambda node: node.value)), tuple(files), report, change)
