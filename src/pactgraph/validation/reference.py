"""The reference engine: pyshacl, whose results the fast engine must give too. The only room that imports it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from pactgraph.errors import BadInput
from pactgraph.validation import paths
from pactgraph.validation.literals import quiet
from pactgraph.validation.report import SHACL, Finding, Report, report
from pactgraph.validation.shapes import ShapesGraph
from pactgraph.validation.subjects import Term, triples_of
from pactgraph.vocabulary import XSD

_OWN_WORDS = NamedNode(f"{SHACL}SPARQLConstraintComponent")


class ReferenceFailed(BadInput):
    """pyshacl gave up, most often because the shapes are no shapes: the message is its own."""


def reference_report(
    data: Iterable[Triple | Quad], shapes: ShapesGraph, background: Iterable[Triple | Quad] = ()
) -> Report:
    """What pyshacl finds in data and background as one graph; no owl:imports, no rules, no network.

    Lexical forms stay as they are written, which rdflib's parser would rewrite ("01" to "1"); but rdflib itself
    collapses the white space of xsd:token and xsd:normalizedString. Raises ReferenceFailed.
    """
    import pyshacl

    with quiet():
        graph = _graph(chain(data, background))
        try:
            _, results, said = pyshacl.validate(
                graph, shacl_graph=_graph(triples_of(shapes.subjects)), inplace=True
            )
        except Exception as fault:
            raise ReferenceFailed(f"pyshacl cannot judge by these shapes: {fault}") from fault
    if isinstance(results, Exception):
        raise ReferenceFailed(f"pyshacl cannot judge by these shapes: {said}") from results
    return report(_findings(results, shapes))


def _graph(triples: Iterable[Triple | Quad]) -> Any:
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((_to_rdflib(triple.subject), _to_rdflib(triple.predicate), _to_rdflib(triple.object)))
    return graph


def _to_rdflib(term: Term) -> Any:
    import rdflib

    match term:
        case NamedNode():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
        case Literal():
            plain = term.language is not None or term.datatype == XSD.string
            datatype = None if plain else rdflib.URIRef(term.datatype.value)
            return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise ReferenceFailed(f"pyshacl knows no triple terms, and there is one: {term}")


def _from_rdflib(term: Any) -> NamedNode | BlankNode | Literal:
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if term.language:
        return Literal(str(term), language=str(term.language))
    return Literal(str(term), datatype=NamedNode(str(term.datatype)) if term.datatype else XSD.string)


def _findings(results: Any, shapes: ShapesGraph) -> Iterator[Finding]:
    import rdflib

    sh = rdflib.Namespace(SHACL)
    for _, result in results.subject_objects(sh.result):
        parts: dict[str, list[Term]] = {}
        for predicate, value in results.predicate_objects(result):
            parts.setdefault(str(predicate).removeprefix(SHACL), []).append(_from_rdflib(value))
        yield _finding(parts, shapes)


def _finding(parts: dict[str, list[Term]], shapes: ShapesGraph) -> Finding:
    def only(name: str) -> Any:
        return parts[name][0] if name in parts else None

    shape: Term = only("sourceShape")
    component: NamedNode = only("sourceConstraintComponent")
    said = "\n".join(sorted(getattr(text, "value", "") for text in parts.get("resultMessage", ())))
    ours = None if component == _OWN_WORDS else shapes.message(shape, component)
    return Finding(
        focus=only("focusNode"),
        path=_path(only("resultPath"), shapes),
        component=component,
        value=only("value"),
        message=said if ours is None else ours,
        severity=only("resultSeverity"),
        shape=shapes.name(shape),
    )


def _path(node: Term | None, shapes: ShapesGraph) -> str | None:
    return None if node is None else paths.text(shapes.path(node))
