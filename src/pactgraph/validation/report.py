"""What validation finds, https://www.w3.org/TR/shacl/#validation-report: findings, in one fixed order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from pactgraph.validation.subjects import Term
from pactgraph.vocabulary import PREFIXES, RDF, RDFS, mint

SHACL = "http://www.w3.org/ns/shacl#"
VIOLATION = NamedNode(f"{SHACL}Violation")
INFO = NamedNode(f"{SHACL}Info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One validation result, https://www.w3.org/TR/shacl/#results-validation-result.

    `path` is an IRI, or a path in SPARQL's notation, or None for a node shape; `shape` is the nearest shape
    that has an IRI. `file` and `line` (from 1) say where the focus node stands, `passage` what it points at if it is
    a claim; they are no part of what is found, and two findings that differ only in them are equal.
    """

    focus: Term
    path: str | None
    component: NamedNode
    value: Term | None
    message: str
    severity: NamedNode
    shape: Term
    file: Path | None = field(default=None, compare=False)
    line: int | None = field(default=None, compare=False)
    passage: Term | None = field(default=None, compare=False)

    @property
    def key(self) -> tuple[str, ...]:
        """Where the finding stands in a report; the focus node, path, component and value come first."""
        parts = (self.focus, self.path, self.component, self.value, self.message, self.severity, self.shape)
        return (str(self.file or ""), *("" if part is None else str(part) for part in parts))

    def as_json(self) -> dict[str, str | int | None]:
        """Plain names and texts; IRIs in full."""
        return {
            "file": None if self.file is None else self.file.as_posix(),
            "line": self.line,
            "focus": _plain(self.focus),
            "passage": None if self.passage is None else _plain(self.passage),
            "path": self.path,
            "value": None if self.value is None else _plain(self.value),
            "message": self.message,
            "severity": _local(self.severity),
            "component": _local(self.component),
            "shape": _plain(self.shape),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of validation found; `conforms` is true when that is nothing, of whatever severity."""

    findings: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """https://www.w3.org/TR/shacl/#conforms: no results at all."""
        return not self.findings

    @property
    def violations(self) -> tuple[Finding, ...]:
        """The findings that keep data out of the store."""
        return tuple(finding for finding in self.findings if finding.severity == VIOLATION)

    @property
    def passes(self) -> bool:
        """Whether nothing is wrong or doubtful; what could be richer (sh:Info) is no reason to fail."""
        return all(finding.severity == INFO for finding in self.findings)

    def to_json(self) -> str:
        """The report for programs: an object with `conforms` and `findings`."""
        content = {"conforms": self.conforms, "findings": [finding.as_json() for finding in self.findings]}
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    def to_turtle(self) -> str:
        """The report as a sh:ValidationReport without blank nodes: they are named by a hash."""
        prefixes = {"sh": SHACL, "rdf": PREFIXES["rdf"], "xsd": PREFIXES["xsd"]}
        content = serialize(_triples(self), format=RdfFormat.TURTLE, prefixes=prefixes)
        return (content or b"").decode()


def report(findings: Iterable[Finding]) -> Report:
    """A report: every finding once, in a fixed order."""
    unique = {finding.key: finding for finding in findings}
    return Report(tuple(unique[key] for key in sorted(unique)))


def _plain(term: Term) -> str:
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def _local(term: NamedNode) -> str:
    return term.value.removeprefix(SHACL)


def _triples(report: Report) -> Iterator[Triple]:
    keys = ["\t".join(finding.key) for finding in report.findings]
    subject = mint("report", keys)
    yield Triple(subject, RDF.type, _sh("ValidationReport"))
    yield Triple(subject, _sh("conforms"), Literal(report.conforms))
    for key, finding in zip(keys, report.findings, strict=True):
        result = mint("finding", [key])
        yield Triple(subject, _sh("result"), result)
        yield from _result(result, finding)


def _result(result: NamedNode, finding: Finding) -> Iterator[Triple]:
    yield Triple(result, RDF.type, _sh("ValidationResult"))
    yield Triple(result, _sh("focusNode"), _named(finding.focus))
    if finding.path is not None:
        yield from _path(result, finding.path)
    if finding.value is not None:
        yield Triple(result, _sh("value"), _named(finding.value))
    yield Triple(result, _sh("resultMessage"), Literal(finding.message))
    yield Triple(result, _sh("resultSeverity"), finding.severity)
    yield Triple(result, _sh("sourceConstraintComponent"), finding.component)
    yield Triple(result, _sh("sourceShape"), _named(finding.shape))


def _path(result: NamedNode, path: str) -> Iterator[Triple]:
    """A path of more than one predicate is named by a hash and labelled in SPARQL's notation."""
    simple = "<" not in path
    node = NamedNode(path) if simple else mint("path", [path])
    yield Triple(result, _sh("resultPath"), node)
    if not simple:
        yield Triple(node, RDFS.label, Literal(path))


def _named(term: Term) -> NamedNode | Literal | Triple:
    return mint("blank", [term.value]) if isinstance(term, BlankNode) else term


def _sh(name: str) -> NamedNode:
    return NamedNode(SHACL + name)
