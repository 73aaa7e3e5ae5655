"""The shapes: every case gives its verdict and its approved results, and hardly a constraint goes untested.

A case is `tests/shapes/<file of shapes>/{valid,invalid}-<what>.ttl`, laid over the ontology and the
invented world of `world.ttl`; beside an invalid one stand its results (focus, path, component, message). `APPROVE=1 pytest
tests/test_shapes.py` writes the results anew, for a person to read and commit.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from functools import cache
from operator import eq
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from pactgraph.validation import Finding, Validator, validate_files
from pactgraph.vocabulary import ONTOLOGY, PACT, RDF, RDFS, shorten

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "shapes").glob("*.ttl"))
ONTOLOGY_FILE = ROOT / "ontology" / "pact.ttl"
CASES = sorted((ROOT / "tests" / "shapes").glob("*/*.ttl"))
WORLD = ROOT / "tests" / "shapes" / "world.ttl"
DATA = sorted((ROOT / "data" / "sources").glob("*.ttl"))

SH = "http://www.w3.org/ns/shacl#"
SHAPE = "https://w3id.org/pactgraph/shapes#"
PROV = "http://www.w3.org/ns/prov#"
TARGETS = {"targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"}
CONSTRAINTS = {
    "and", "class", "closed", "datatype", "disjoint", "equals", "hasValue", "in", "languageIn", "lessThan",
    "lessThanOrEquals", "maxCount", "maxExclusive", "maxInclusive", "maxLength", "minCount", "minExclusive",
    "minInclusive", "minLength", "node", "nodeKind", "not", "or", "pattern", "property", "qualifiedMaxCount",
    "qualifiedMinCount", "uniqueLang", "xone",
}  # fmt: skip
"""Parameters that a shape can lose and stay a shape; each says something that some case must notice."""
OTHERS = {
    "alternativePath", "flags", "ignoredProperties", "inversePath", "message", "oneOrMorePath", "path",
    "qualifiedValueShape", "severity",
}  # fmt: skip

LENIENT = {
    "Amount-unkind": "Info",
    "Body-independent": "Info",
    "Claim-undated": "Warning",
    "Class-apart": "Info",
    "Class-oneIdea": "Warning",
    "Count-undated": "Warning",
    "Event-kind": "Info",
    "Named-repeated": "Warning",
    "Ontology-changes": "Warning",
    "Ontology-namespace": "Warning",
    "Ontology-prefix": "Warning",
    "Ontology-versionIRI": "Warning",
    "Origin-unknown": "Info",
    "Pact-lonely": "Warning",
    "Passage-unlinked": "Warning",
    "Publisher-homeless": "Info",
    "Source-anonymous": "Info",
    "Source-undated": "Warning",
    "Source-unproved": "Warning",
    "State-uncoded": "Info",
}
"""What does not refuse a build: probably wrong or unproved (Warning), or could be richer (Info)."""

Triples = list[Triple]


@cache
def triples(path: Path) -> Triples:
    return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE, rename_blank_nodes=True)]


@cache
def shapes() -> Triples:
    return [triple for path in FILES for triple in triples(path)]


def background() -> Triples:
    return triples(ONTOLOGY_FILE) + triples(WORLD)


@cache
def validator(engine: str) -> Validator:
    return Validator(FILES, background(), engine=engine)  # type: ignore[arg-type]


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def line(finding: Finding) -> str:
    focus = shorten(finding.focus.value) if isinstance(finding.focus, NamedNode) else str(finding.focus)
    path = re.sub(r"<([^>]+)>", lambda match: shorten(match[1]), finding.path or "")
    component = finding.component.value.removeprefix(SH).removesuffix("ConstraintComponent")
    return "\t".join([focus, shorten(path), component, finding.message])


def results(case: Path, engine: str) -> list[str]:
    return sorted(line(finding) for finding in validator(engine).validate(triples(case)).findings)


# Every case


@pytest.mark.parametrize("engine", ["reference", "compiled"])
@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_case_gives_its_verdict_and_its_approved_results(case: Path, engine: str) -> None:
    found, approved = results(case, engine), case.with_suffix(".tsv")
    if case.name.startswith("valid-"):
        assert found == []
        return
    if os.environ.get("APPROVE") and engine == "reference":
        approved.write_text("".join(f"{row}\n" for row in found), encoding="utf-8")
    assert found == approved.read_text(encoding="utf-8").splitlines()
    assert found


def test_no_approved_result_has_lost_its_case() -> None:
    invalid = {case.with_suffix(".tsv") for case in CASES if case.name.startswith("invalid-")}
    assert set((ROOT / "tests" / "shapes").glob("*/*.tsv")) == invalid


@pytest.mark.parametrize("engine", ["reference", "compiled"])
def test_the_ontology_and_the_invented_world_conform(engine: str) -> None:
    assert validator(engine).background_report.findings == ()


@pytest.mark.skipif(not DATA, reason="there is no data yet")
def test_the_data_conforms_but_for_what_could_be_richer() -> None:
    behind = [ONTOLOGY_FILE, *sorted((ROOT / "data" / "authority").glob("*.ttl"))]
    for engine in ("reference", "compiled"):
        found = validate_files(DATA, FILES, behind, engine=engine, jobs=1).findings
        assert [finding for finding in found if finding.severity.value != f"{SH}Info"] == []


# What a shape is


def shape_nodes(of: Triples) -> set[NamedNode | BlankNode]:
    """The subjects of constraints and targets."""
    return {t.subject for t in of if _parameter(t) in CONSTRAINTS | TARGETS}  # type: ignore[misc]


def _parameter(triple: Triple) -> str:
    return triple.predicate.value.removeprefix(SH)


def reporting(of: Triples) -> set[object]:
    """Shapes whose results a person reads: those with targets, and the property shapes under them."""
    under: dict[object, list[object]] = {}
    for triple in of:
        if _parameter(triple) == "property":
            under.setdefault(triple.subject, []).append(triple.object)
    waiting: list[object] = [t.subject for t in of if _parameter(t) in TARGETS]
    found: set[object] = set()
    while waiting:
        if (node := waiting.pop()) not in found:
            found.add(node)
            waiting += under.get(node, [])
    return found


def test_shapes_use_core_parameters_that_these_tests_know() -> None:
    used = {_parameter(t) for t in shapes() if t.predicate.value.startswith(SH)}
    assert used <= CONSTRAINTS | TARGETS | OTHERS


def test_every_constraint_that_reports_has_one_message_without_language() -> None:
    messages: dict[object, list[Literal]] = {}
    for triple in shapes():
        if _parameter(triple) == "message":
            messages.setdefault(triple.subject, []).append(triple.object)  # type: ignore[arg-type]
    for node in reporting(shapes()):
        own = {_parameter(t) for t in shapes() if t.subject == node}
        if own & (CONSTRAINTS - {"property"}):
            assert len(messages.get(node, [])) == 1, node
    texts = [text for each in messages.values() for text in each]
    assert all(text.language is None and text.value.endswith(".") for text in texts)


def test_shapes_that_report_have_names_of_their_own() -> None:
    for node in reporting(shapes()):
        own = {_parameter(t) for t in shapes() if t.subject == node and t.predicate.value.startswith(SH)}
        assert isinstance(node, NamedNode) or own == {"path", "property"}
        assert isinstance(node, BlankNode) or node.value.startswith(SHAPE)  # type: ignore[attr-defined]


def test_only_what_is_said_here_lets_a_build_pass() -> None:
    lenient: dict[str, str] = {
        t.subject.value.removeprefix(SHAPE): t.object.value.removeprefix(SH)  # type: ignore[union-attr]
        for t in shapes()
        if _parameter(t) == "severity"
    }
    assert lenient == LENIENT


def test_patterns_take_linear_time() -> None:
    patterns: set[str] = {t.object.value for t in shapes() if _parameter(t) == "pattern"}  # type: ignore[union-attr]
    pieces = (
        "a",
        "a ",
        " ",
        "1",
        "2024-05-",
        "a.",
        "a-",
        "0X",
        "#char=1",
        "https://w3id.org/pactgraph/id/pact/a",
    )
    for pattern in patterns:
        expression = re.compile(pattern)
        for piece in pieces:
            hostile = piece * (60_000 // len(piece)) + "\n!"
            before = time.perf_counter()
            expression.search(hostile)
            assert time.perf_counter() - before < 0.5, (pattern, piece)


# Every shape has its cases


def test_every_file_of_shapes_has_valid_and_invalid_cases() -> None:
    for file in FILES:
        verdicts = {case.name.partition("-")[0] for case in CASES if case.parent.name == file.stem}
        assert verdicts == {"valid", "invalid"}, file.name
    assert {case.parent.name for case in CASES} == {file.stem for file in FILES}


def targeted(of: Triples, case: Triples) -> set[str]:
    """The node shapes that a case calls for."""
    above: dict[object, set[object]] = {}
    for triple in background() + case:
        if triple.predicate == RDFS.subClassOf:
            above.setdefault(triple.subject, set()).add(triple.object)
    types: set[object] = {t.object for t in case if t.predicate == RDF.type}
    while more := {kind for known in types for kind in above.get(known, ())} - types:
        types |= more
    present: dict[str, set[object]] = {
        "targetClass": types,
        "targetNode": {term for t in case for term in (t.subject, t.object)},
        "targetSubjectsOf": {t.predicate for t in case},
    }
    return {
        t.subject.value  # type: ignore[union-attr]
        for t in of
        if t.object in present.get(_parameter(t), ())
    }


def test_every_node_shape_is_called_for_by_valid_and_invalid_cases() -> None:
    for file in FILES:
        every = {t.subject.value for t in triples(file) if _parameter(t) in TARGETS}  # type: ignore[union-attr]
        for verdict in ("valid", "invalid"):
            cases = (
                case for case in CASES if case.parent.name == file.stem and case.name.startswith(verdict)
            )
            called = {shape for case in cases for shape in targeted(triples(file), triples(case))}
            assert every - called == set(), (file.name, verdict)


# Mutation: a shape that has lost one constraint is noticed


NEEDS = {"ignoredProperties": {"closed"}, "qualifiedValueShape": {"qualifiedMinCount", "qualifiedMaxCount"}}
"""Parameters that mean nothing without one of these, and go with the last of them."""


def mutants(file: Path) -> Iterator[tuple[str, Triples]]:
    for lost in triples(file):
        if _parameter(lost) in CONSTRAINTS | TARGETS:
            yield f"{file.stem}: {lost}", without(lost, triples(file))


def without(lost: Triple, of: Triples) -> Triples:
    kept = [triple for triple in of if triple is not lost]
    left = {_parameter(triple) for triple in kept if triple.subject == lost.subject}
    idle = {name for name, needed in NEEDS.items() if _parameter(lost) in needed and not left & needed}
    return [triple for triple in kept if triple.subject != lost.subject or _parameter(triple) not in idle]


def findings(of: Triples, cases: Sequence[Path], scratch: Path) -> Iterator[list[str]]:
    """By the compiled engine: those of ontology and world, then those of each case over them."""
    scratch.write_bytes(serialize(of, format=RdfFormat.N_TRIPLES) or b"")
    judge = Validator([scratch], background(), engine="compiled")
    yield sorted(map(line, judge.background_report.findings))
    for case in cases:
        yield sorted(map(line, judge.validate(triples(case)).findings))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shape_that_loses_a_constraint_is_noticed(file: Path, tmp_path: Path) -> None:
    rest = [] if file.stem == "value" else triples(ROOT / "shapes" / "value.ttl")
    cases = sorted((case for case in CASES if case.parent.name == file.stem), key=lambda case: case.name)

    def found(of: Triples) -> Iterator[list[str]]:
        return findings(of + rest, cases, tmp_path / "mutant.ttl")

    expected = list(found(triples(file)))
    lost = dict(mutants(file))
    assert lost
    assert [name for name, mutant in lost.items() if all(map(eq, found(mutant), expected))] == []


def test_hundreds_of_constraints_can_be_lost() -> None:
    assert sum(len(list(mutants(file))) for file in FILES) > 300


# The rules of predicates are the ontology's domains and ranges


def values(of: Triples, node: object, name: str) -> list[Any]:
    return [t.object for t in of if t.subject == node and t.predicate.value in (SH + name, name)]


def kinds(of: Triples, shape: object) -> set[object]:
    """The classes or the datatype that a property shape, or a shape that it refers to, lets through."""
    found = {*values(of, shape, "class"), *values(of, shape, "datatype")}
    either = [each for head in values(of, shape, "or") for each in listed(of, head)]
    return found.union(*(kinds(of, other) for other in (*values(of, shape, "node"), *either)))


def listed(of: Triples, head: object) -> Iterator[object]:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    while first := values(of, head, f"{rdf}first"):
        yield first[0]
        head = values(of, head, f"{rdf}rest")[0]


def ends(predicate: object) -> dict[str, set[object]]:
    """What the rule of a predicate lets through as subject and as object."""
    of = triples(ROOT / "shapes" / "predicate.ttl") + triples(ROOT / "shapes" / "value.ttl")
    [rule] = [t.subject for t in of if _parameter(t) == "targetNode" and t.object == predicate]
    [claims] = values(of, rule, "property")
    shapes_of_ends = values(of, claims, "property")
    return {shorten(values(of, end, "path")[0].value): kinds(of, end) for end in shapes_of_ends}


CLAIM_PROPERTIES = [
    t.subject for t in triples(ONTOLOGY_FILE) if t.predicate == RDF.type and t.object == PACT.ClaimProperty
]


WIDE = {NamedNode(name) for name in ("http://www.w3.org/2002/07/owl#Thing", f"{PROV}Agent", f"{PROV}Entity")}
"""Classes of which claims and publishers are too: a rule names those below that claims can be about."""


def above(kind: NamedNode) -> set[object]:
    """A class and all above it."""
    found: set[object] = {NamedNode("http://www.w3.org/2002/07/owl#Thing")}
    waiting: list[object] = [kind]
    while waiting:
        if (node := waiting.pop()) not in found:
            found.add(node)
            waiting += values(triples(ONTOLOGY_FILE), node, RDFS.subClassOf.value)
    return found


@pytest.mark.parametrize("predicate", CLAIM_PROPERTIES, ids=lambda node: node.value.removeprefix(ONTOLOGY))
def test_every_claim_property_has_its_rule_as_the_ontology_says(predicate: NamedNode) -> None:
    rule = ends(predicate)
    for end, said in (("rdf:subject", RDFS.domain), ("rdf:object", RDFS.range)):
        [expected] = values(triples(ONTOLOGY_FILE), predicate, said.value)
        if expected in WIDE:
            assert len(rule[end]) > 1 and all(expected in above(kind) for kind in rule[end])
            assert not rule[end] & {*WIDE, PACT.Claim, PACT.Publisher}
        else:
            assert rule[end] == {expected}


DURATION = next(
    t.object.value  # type: ignore[union-attr]
    for t in triples(ROOT / "shapes" / "value.ttl")
    if t.subject == NamedNode(f"{SHAPE}Duration") and _parameter(t) == "pattern"
)


@settings(deadline=None, max_examples=200)
@given(
    st.from_regex(DURATION, alphabet="PYMD0123456789", fullmatch=True).filter(lambda text: 2 < len(text) < 18)
)
def test_a_store_keeps_every_duration_that_passes(text: str) -> None:
    duration = Literal(text, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#duration"))
    store = Store()
    store.add(Quad(NamedNode("urn:a"), NamedNode("urn:b"), duration))
    assert [quad.object for quad in store] == [duration]


def test_there_is_no_rule_without_a_claim_property() -> None:
    rules = [t for t in triples(ROOT / "shapes" / "predicate.ttl") if _parameter(t) == "targetNode"]
    assert {t.object for t in rules} == set(CLAIM_PROPERTIES)
    assert len(rules) == len(CLAIM_PROPERTIES)
