"""What audits find, as nodes: reachable, with their evidence, the same every time, and never stale."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

import pactgraph
from pactgraph.audit import (
    CountOutcome,
    Finding,
    Gap,
    Outcome,
    audit_layer,
    read_world,
    sum_up,
)
from pactgraph.audit.findings import COUNTS, GAPS, PROMISES, RUN
from pactgraph.building import AUDITED, build, judge_audits, validate_audits
from pactgraph.cli import main
from pactgraph.errors import BadInput
from pactgraph.exports import export
from pactgraph.graph.nodes import Nodes, group, read_triples
from pactgraph.project import Project
from pactgraph.sparql import load, query
from pactgraph.sparql.named import bind, list_queries
from pactgraph.store import LocalStore, open_store
from pactgraph.vocabulary import AUDITS, DCTERMS, ONTOLOGY, PACT, PROV, RDF, SKOS, graph_iri, shorten
from small_world import SmallWorld, an, day

ROOT = Path(__file__).parents[1]
HERE = Project(ROOT)
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def store(built_repository: Project) -> Path:
    return built_repository.store


@pytest.fixture(scope="module")
def found(store: Path) -> Nodes:
    return group(open_store(store).triples(AUDITS))


def of_kind(found: Nodes, kind: NamedNode) -> list[NamedNode]:
    return [node for node, p in found.items() if kind in p[RDF.type]]


def printed(capsys: Capture, store: Path, *words: str) -> str:
    assert main([*words, "--project", str(ROOT), "--store", str(store)]) == 0
    return capsys.readouterr().out


# Nodes


def test_every_verdict_is_a_concept_of_that_name() -> None:
    terms = group(read_triples(ROOT / "ontology" / "pact.ttl"))
    named = {**COUNTS, **PROMISES, **GAPS}
    assert named.keys() == {*CountOutcome, *Outcome, *Gap}
    assert {node: str(terms[node][SKOS.prefLabel][0].value) for node in named.values()} == {
        node: verdict.value for verdict, node in named.items()
    }


def test_each_finding_has_its_verdict_evidence_words_day_and_run(found: Nodes) -> None:
    kinds = (PACT.Conflict, PACT.CountFinding, PACT.PromiseFinding, PACT.CoverageFinding)
    for kind in kinds:
        nodes = of_kind(found, kind)
        assert nodes
        for node in nodes:
            properties = found[node]
            assert len(properties[PACT.verdict]) == len(properties[PACT.evaluatedFor]) == 1
            assert properties[PROV.wasGeneratedBy] == [RUN]
            assert properties[DCTERMS.description][0].value
    weighed = [node for kind in kinds[:3] for node in of_kind(found, kind)]
    assert all(found[node][PROV.wasDerivedFrom] for node in weighed)


def test_evidence_is_claims_and_propositions_that_the_store_has(store: Path, found: Nodes) -> None:
    everything = group(open_store(store).triples())
    evidence = {node for p in found.values() for node in p.get(PROV.wasDerivedFrom, ())}
    kinds = {kind for node in evidence for kind in everything[node][RDF.type]}  # type: ignore[index]
    assert kinds == {PACT.Claim, RDF.Statement, PACT.Proposition}


def test_a_stale_count_tells_the_numbers_and_who_is_counted(found: Nodes) -> None:
    stale = [found[n] for n in of_kind(found, PACT.CountFinding) if PACT.StaleCount in found[n][PACT.verdict]]
    words = {p[DCTERMS.description][0].value: p for p in stale}
    text, finding = next((t, p) for t, p in words.items() if "18 July 2024 to 4 September 2024" in t)
    assert len(finding[PACT.member]) == 25 and "27 to 28 in the graph" in text


def test_a_duration_is_told_in_words(found: Nodes) -> None:
    told = [p[DCTERMS.description][0].value for p in found.values() if DCTERMS.description in p]
    assert any("10 years (6 sources) against valid during" in words for words in told)
    assert not any(re.search(r"\bP\d", words) for words in told)


def test_the_findings_conform_to_the_shapes(store: Path) -> None:
    held = open_store(store)
    assert isinstance(held, LocalStore)
    assert judge_audits(HERE, held).findings == ()


def test_findings_that_do_not_conform_are_found(store: Path) -> None:
    held = LocalStore.in_memory()
    for graph in open_store(store).graphs():
        held.replace(graph, open_store(store).triples(graph))
    node = next(t.subject for t in held.triples(AUDITS) if t.object == PACT.CountFinding)
    kept = [t for t in held.triples(AUDITS) if (t.subject, t.predicate) != (node, PACT.verdict)]
    held.replace(AUDITS, [*kept, Triple(node, PROV.wasDerivedFrom, RUN)])  # type: ignore[arg-type]
    assert {each.focus for each in judge_audits(HERE, held).findings} == {node}


def test_the_same_claims_give_the_same_findings_in_any_order() -> None:
    def layer(*, backwards: bool) -> set[str]:
        world = SmallWorld()
        for name in ("alpha", "beta"):
            world.pact(name, "2024-01-10")
        world.count(3, "SignedPacts", "2024-02-01")
        world.claim(an("pact", "alpha"), PACT.expectedSigning, day("2024-01"), modality="Expected")
        world.triples = world.triples[::-1] if backwards else world.triples
        return {str(triple) for triple in audit_layer(world.store)}

    assert layer(backwards=False) == layer(backwards=True)


# The store


def findings_of(project: Project) -> set[str]:
    return {str(triple) for triple in open_store(project.store).triples(AUDITS)}


def test_findings_are_brought_up_to_date_with_the_claims(repository: Project) -> None:
    build(repository, validated=False)
    before = findings_of(repository)
    (repository.data / "sources" / "ki-greece.ttl").unlink()
    assert not build(repository, validated=False).full
    updated = findings_of(repository)
    build(repository, full=True, validated=False)
    assert updated == findings_of(repository) != before


def test_of_many_claims_findings_are_left_out_unless_asked_for(
    make_world: Callable[..., Project], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    project = make_world(60)
    assert build(project, validated=False).audited and AUDITED >= 2_000
    monkeypatch.setattr("pactgraph.building.audits.AUDITED", 10)
    project.sources()[0].unlink()
    assert not build(project, validated=False).audited
    assert findings_of(project) == set()
    assert build(project, validated=False, audits=True).audited
    assert findings_of(project)
    project.sources()[0].unlink()
    assert main(["build", "--project", str(project.root), "--no-validate"]) == 0
    assert "pactgraph build --audits" in capsys.readouterr().err
    assert findings_of(project) == set()


def test_a_count_that_says_nothing_fails_the_build_and_leaves_the_store(repository: Project) -> None:
    build(repository, validated=False)
    before = findings_of(repository)
    path = repository.data / "sources" / "ki-greece.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"pact:counts pact:SignedPacts ;\s*", "", text), encoding="utf-8")
    with pytest.raises(BadInput, match=r"value:\w+ of claim:\w+ does not say"):
        build(repository, validated=False)
    assert findings_of(repository) == before


def test_validate_covers_findings() -> None:
    assert validate_audits(HERE).findings == ()


def test_a_part_of_every_export_that_asks_for_it(store: Path) -> None:
    own, everything = (export(open_store(store), graph=part, syntax="nq") for part in ("audits", "all"))
    assert own and set(own.splitlines()) <= set(everything.splitlines())
    assert {line.split()[-2] for line in own.splitlines()} == {f"<{graph_iri('audits').value}>".encode()}


# The command line


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["conflicts", "--all"], PACT.Conflict),
        (["audit", "counts"], PACT.CountFinding),
        (["audit", "promises"], PACT.PromiseFinding),
        (["audit", "coverage"], PACT.CoverageFinding),
    ],
)
def test_each_audit_prints_the_nodes_of_the_store(
    words: list[str], kind: NamedNode, store: Path, found: Nodes, capsys: Capture
) -> None:
    told = parse(printed(capsys, store, *words, "--format", "ttl").encode(), format=RdfFormat.TURTLE)
    nodes = group(quad.triple for quad in told)
    own = set(of_kind(nodes, kind))
    assert own == set(of_kind(found, kind))
    for node in own:
        assert {p: set(v) for p, v in nodes[node].items()} == {p: set(v) for p, v in found[node].items()}


def test_all_audits_at_a_glance(store: Path, capsys: Capture) -> None:
    told = printed(capsys, store, "audit")
    assert len(told.splitlines()) < 24 and "conflicts · 34" in told and "differences · 95" in told
    rows = json.loads(printed(capsys, store, "audit", "--format", "json"))
    assert [row["number"] for row in rows if (row["audit"], row["verdict"]) == ("counts", "stale")] == ["4"]
    assert main(["audit", "--store", str(store), "--project", str(ROOT), "--format", "csv", "counts"]) == 0
    assert capsys.readouterr().out.startswith("verdict,reported")


def test_the_glance_adds_up_to_the_findings(store: Path, found: Nodes) -> None:
    tallied = sum_up(open_store(store))
    assert sum(each.number for each in tallied) == sum(PACT.verdict in p for p in found.values())


# Named queries


QUERIES = {each.name: each for each in list_queries(HERE.queries())}


def asked(store: Path, name: str, **params: str) -> list[dict[str, str]]:
    named = load(name, HERE.queries())
    result = query(store, named.text, params=bind(named, params))
    return json.loads(result.write("json", width=110))["results"]["bindings"]  # type: ignore[no-any-return]


def values(rows: list[dict[str, str]], *names: str) -> set[tuple[str, ...]]:
    return {tuple(row[name]["value"] for name in names) for row in rows}  # type: ignore[index]


def test_conflicts_are_asked_by_type_and_subject(store: Path) -> None:
    assert values(asked(store, "conflicts"), "kind") == {
        (k,) for k in "value office list plan scale stage place".split()
    }
    assert ("Ulf Kristersson",) in values(asked(store, "conflicts", type="pact:OfficeConflict"), "about")
    fine = asked(store, "conflicts", type="pact:PrecisionDifference", subject="pactid:ukraine-latvia")
    assert fine == []
    sides = asked(store, "conflicts", subject="event:ukraine-united-states-round-3")
    assert values(sides, "side", "printed") == {("1", "April 29"), ("2", "On April 30")}


def test_verdicts_are_asked_by_verdict(store: Path) -> None:
    stale = asked(store, "verdicts", verdict="pact:StaleCount")
    assert values(stale, "number", "for") >= {("25", "2024-10-17"), ("23", "2024-08-14")}
    assert len(asked(store, "verdicts")) == 110


def test_outcomes_are_asked_by_verdict_speaker_and_subject(store: Path) -> None:
    late = asked(store, "outcomes", verdict="pact:Late", subject="pactid:ukraine-slovenia")
    assert values(late, "daysLate", "came") == {("18", "2024-07-18"), ("20", "2024-07-18")}
    said = asked(store, "outcomes", speaker="official:petr-fiala")
    assert values(said, "kind", "who") == {("met", "Petr Fiala")}


def test_what_is_thin_is_asked_by_gap(store: Path) -> None:
    rows = asked(store, "thin", gap="pact:NoDate")
    assert values(rows, "node") == {("https://w3id.org/pactgraph/id/pact/ukraine-albania",)}
    texts = values(asked(store, "thin", gap="pact:NoText"), "node")
    assert ("https://w3id.org/pactgraph/id/pact/ukraine-compact",) not in texts and len(texts) == 31


def test_findings_are_counted(store: Path, found: Nodes) -> None:
    rows = asked(store, "findings")
    assert sum(int(row["findings"]["value"]) for row in rows) == sum(
        PACT.verdict in p for p in found.values()
    )  # type: ignore[index]


# What passages a finding rests on


def test_passages_are_reached_by_the_claims(store: Path) -> None:
    text = """SELECT DISTINCT ?finding { ?finding a pact:CountFinding ; prov:wasDerivedFrom/pact:passage ?passage }"""
    rows = query(store, text).write("csv", width=110).decode().splitlines()[1:]
    assert len(rows) == 110


def test_the_run_has_a_version_and_no_day(found: Nodes) -> None:
    assert PACT.AuditRun in found[RUN][RDF.type]
    (program,) = found[RUN][PROV.wasAssociatedWith]
    assert Literal(pactgraph.__version__) in [v for p in found[program].values() for v in p]  # type: ignore[index]
    assert NamedNode(f"{ONTOLOGY}recordedOn") not in found[RUN]


def test_findings_are_frozen() -> None:
    one = Finding(PACT.CoverageFinding, PACT.NoTerm, an("pact", "a"), an("pact", "a"), "none", "2024")
    assert shorten(one.iri.value).startswith("finding:") and one.iri == one.iri
    other = Finding(PACT.CoverageFinding, PACT.NoDate, an("pact", "a"), an("pact", "a"), "none", "2024")
    assert one.iri != other.iri


def test_an_empty_store_has_a_run_and_no_findings() -> None:
    world = SmallWorld()
    assert {t.subject for t in audit_layer(world.store) if t.predicate == PACT.verdict} == set()
    assert read_world(world.store).published is None
