"""Exports: every syntax read back by two readers, the same bytes, in memory that does not grow; tables, crates, names."""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import os
import random
import subprocess
import sys
import warnings
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

import pactgraph
from pactgraph.claim import Term
from pactgraph.cli import main
from pactgraph.errors import FINE, USAGE, BadInput, UsageError
from pactgraph.exports import FOLDERS, FORMATS, PARTS, SYNTAXES, export, export_folder, narrowing, pieces
from pactgraph.exports.columns import Column, Kind
from pactgraph.exports.files import write_csv
from pactgraph.exports.jsonld import context_file
from pactgraph.exports.nanopubs import nanopub, read_nanopubs
from pactgraph.exports.narrowing import as_known, of_pact
from pactgraph.exports.selection import is_source
from pactgraph.exports.sorting import in_order
from pactgraph.exports.tables import Row, Table
from pactgraph.exports.trusty import PLACEHOLDER, code, code_of, named, normal_form
from pactgraph.graph.nodes import group, read_triples
from pactgraph.graph.reifiers import unreify
from pactgraph.project import Project
from pactgraph.store import LocalStore, Store, open_store
from pactgraph.vocabulary import FACTS, ID, INDEX, NP, NPX, PACT, PREFIXES, PROPOSITIONS, PROV, RDF, XSD

ROOT = Path(__file__).parents[1]
FORMS = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdf12": RdfFormat.TURTLE,
}
RDFLIB = {"ttl": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "jsonld": "json-ld"}


@pytest.fixture(scope="module")
def project(built_repository: Project) -> Project:
    """The repository's own graph, only read."""
    return built_repository


@pytest.fixture(scope="module")
def store(project: Project) -> Store:
    return open_store(project.store)


def claims_of(store: Store) -> list[NamedNode]:
    return [t.subject for t in store.triples() if t.predicate == RDF.type and t.object == PACT.Claim]  # type: ignore[misc]


# Syntaxes


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_all_data_reads_back_the_same_with_oxigraph(syntax: str, store: Store) -> None:
    quads = list(parse(export(store, syntax=syntax), FORMS[syntax]))
    assert set(unreify(quad.triple for quad in quads)) == set(store.triples())
    if syntax in ("trig", "nq"):
        graphs = {graph: set(store.triples(graph)) for graph in store.graphs()}
        assert {graph: {q.triple for q in quads if q.graph_name == graph} for graph in graphs} == graphs


@pytest.mark.parametrize("syntax", RDFLIB)
def test_all_data_reads_back_the_same_with_rdflib(syntax: str, store: Store) -> None:
    written = parse(export(store, syntax="nt"), RdfFormat.N_TRIPLES)
    found = read_by_rdflib(export(store, syntax=syntax), RDFLIB[syntax])
    assert found == {tuple(map(parts_of_ours, quad.triple)) for quad in written}


@pytest.mark.parametrize(("form", "syntax"), [("nanopub", "trig"), ("wikidata", "turtle")])
def test_rdflib_reads_what_oxigraph_reads(form: str, syntax: str, store: Store) -> None:
    written = export(store, syntax=form)
    expected = {tuple(map(parts_of_ours, quad.triple)) for quad in parse(written, RdfFormat.TRIG)}
    assert read_by_rdflib(written, syntax) == expected


@pytest.fixture(autouse=True)
def literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps rdflib from writing Z as +00:00."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def read_by_rdflib(content: bytes, syntax: str) -> set[tuple[tuple[str, str, str], ...]]:
    read = rdflib.Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib deprecates what its own parsers call
        read.parse(data=content, format=syntax)
        return {tuple(map(parts_of_theirs, triple)) for triple in read.triples((None, None, None))}


def parts_of_theirs(node: rdflib.term.Node) -> tuple[str, str, str]:
    if not isinstance(node, rdflib.Literal):
        return str(node), "iri", ""
    return str(node), str(node.datatype or XSD.string.value), node.language or ""


def parts_of_ours(term: Term) -> tuple[str, str, str]:
    if not isinstance(term, Literal):
        return term.value, "iri", ""
    return term.value, XSD.string.value if term.language else term.datatype.value, term.language or ""


def test_lines_are_sorted_and_none_comes_twice(store: Store) -> None:
    for syntax in ("nt", "nq"):
        lines = export(store, syntax=syntax).splitlines()
        assert lines == sorted(set(lines))


def test_a_claim_of_rdf_12_asserts_nothing(store: Store) -> None:
    written = export(store, graph="claims", syntax="rdf12")
    assert written.startswith(b'VERSION "1.2"\n')
    quads = list(parse(written, RdfFormat.TURTLE))
    reified = [quad for quad in quads if quad.predicate == RDF.reifies]
    inner = {quad.object for quad in reified}
    assert reified and not inner & {quad.triple for quad in quads}
    assert not any(quad.predicate in (RDF.subject, RDF.predicate, RDF.object) for quad in quads)


def test_a_source_stands_together_in_turtle(store: Store) -> None:
    blocks = export(store, graph="claims", syntax="ttl").decode().split("\n\n")[1:]
    names = [b.partition("pact:passage <")[2].partition("#")[0] for b in blocks if "pact:passage <" in b]
    assert len(names) > 1_000
    changes = sum(one != other for one, other in itertools.pairwise(names))
    assert changes + 1 == len(set(names))


# JSON-LD


def test_the_context_is_that_of_the_ontology() -> None:
    made = context_file(group(read_triples(ROOT / "ontology" / "pact.ttl")))
    shipped = (ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    assert shipped == made, "write it anew: python tests/test_docs.py --update"


def test_json_ld_can_be_read_as_json(store: Store) -> None:
    told = json.loads(export(store, graph="claims", syntax="jsonld"))
    claims = [node for node in told["@graph"] if "pact:Claim" in node["@type"]]
    assert len(claims) == len(claims_of(store))
    assert all(node["speaker"] and node["statedOn"] and isinstance(node["passage"], str) for node in claims)
    assert isinstance(told["@context"], dict)


# Order and memory


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=4).map(lambda b: b.hex().encode() + b"\n")), st.integers(1, 500))
def test_what_is_spilled_comes_in_the_same_order(lines: list[bytes], piece: int) -> None:
    assert list(in_order(lines, piece)) == sorted(set(lines))


def test_more_files_than_are_merged_at_a_time() -> None:
    lines = [f"{number:04}\n".encode() for number in range(1_000)]
    mixed = random.Random(1).sample(lines, len(lines))
    assert list(in_order(mixed, 100)) == lines


def test_memory_does_not_grow_with_the_lines() -> None:
    script = (
        "import resource\n"
        "from pactgraph.exports.sorting import in_order\n"
        "def peak(count):\n"
        "    lines = (b'%064d\\n' % (number * 7919 % count) for number in range(count))\n"
        "    assert sum(1 for _ in in_order(lines, 500_000)) == count\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "small, large = peak(20_000), peak(300_000)\n"
        "assert large < small + 4_000, (small, large)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_a_part_of_the_whole(part: str, store: Store) -> None:
    whole, own = (set(export(store, graph=g, syntax="nq").splitlines()) for g in ("all", part))
    assert own and own <= whole


def test_pieces_are_the_export(store: Store) -> None:
    assert b"".join(pieces(store, graph="facts", syntax="trig")) == export(
        store, graph="facts", syntax="trig"
    )


def test_unknown_parts_and_syntaxes_are_refused(store: Store) -> None:
    for options in ({"graph": "no"}, {"syntax": "no"}, {"graph": "facts", "syntax": "nanopub"}):
        with pytest.raises(UsageError):
            export(store, **options)


# A day, a pact


def test_as_known_on_the_last_day_it_is_the_graph_of_all_dated_sources(store: Store) -> None:
    then = as_known(store, date(2100, 1, 1))
    gone = {graph for graph in store.graphs() - then.graphs() if is_source(graph)}
    assert set(then.triples(FACTS)) <= set(store.triples(FACTS))
    assert len(gone) <= 1, "one source has a day that no one knows the end of"


@pytest.mark.parametrize("day", ["2023-12-31", "2024-02-20", "2024-06-13"])
def test_as_known_has_the_facts_that_the_clock_tells(day: str, store: Store) -> None:
    then = as_known(store, date.fromisoformat(day))
    (query,) = [path for path in Project(ROOT).queries() if path.name == "known.rq"]
    from pactgraph.sparql.named import bind, load

    named_query = load("known", [query])
    rows = store.query(named_query.text, bind(named_query, {"asKnown": day}))
    told = {Triple(row["subject"], row["predicate"], row["object"]) for row in rows}  # type: ignore[union-attr]
    assert set(then.triples(FACTS)) == told and told


def test_as_known_is_the_same_on_disk_in_however_many_batches(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2024, 2, 20)
    whole = set(as_known(store, day).match())
    monkeypatch.setattr(narrowing, "_BATCH", 777)
    with closing(as_known(store, day, tmp_path / "part")) as part:
        assert set(part.match()) == whole


@pytest.mark.parametrize("name", ["ukraine-latvia", "ukraine-france", "ukraine-united-states"])
def test_a_pact_comes_with_its_claims_and_nothing_dangles(name: str, store: Store) -> None:
    """One with a vote on it and one with rounds of talks among them."""
    pact = NamedNode(f"{ID}pact/{name}")
    part = of_pact(store, pact)
    assert set(claims_of(part)) == {told.claim for told in pactgraph.show(store, name).claims}
    assert set(part.triples()) <= set(store.triples())
    described = {triple.subject for triple in part.triples()}
    followed = (PACT.passage, PACT.speaker, PROV.wasDerivedFrom, RDF.subject)
    pointed = {t.object for t in part.triples() if t.predicate in followed}
    assert pointed <= described
    assert {t for t in store.triples(FACTS) if t.subject == pact} <= set(part.triples(FACTS))


# Nanopublications

VECTOR = "RAsFieEPjpzIxeObvRrR6Mw5kuOQ-TXqj6fpKzZocO5gY"


def small_quads() -> list[Quad]:
    """Four graphs with what the normal form treats apart: language, datatype, plain words, escapes, two of one subject."""
    this = f"https://example.org/np/{PLACEHOLDER}"
    graphs = [NamedNode(f"{this}#{part}") for part in ("Head", "assertion", "provenance", "pubinfo")]
    s, p = NamedNode("https://example.org/thing"), NamedNode("https://example.org/says")
    values: list[Literal | NamedNode] = [
        Literal("one\ntwo \\ three"),
        Literal("Wort", language="de"),
        Literal("7", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        NamedNode("https://example.org/other"),
        NamedNode(f"{this}#assertion"),
    ]
    return [
        Quad(NamedNode(this), RDF.type, NP.Nanopublication, graphs[0]),
        Quad(NamedNode(this), NP.hasAssertion, graphs[1], graphs[0]),
        Quad(NamedNode(this), NP.hasProvenance, graphs[2], graphs[0]),
        Quad(NamedNode(this), NP.hasPublicationInfo, graphs[3], graphs[0]),
        *(Quad(s, p, value, graphs[1]) for value in values),
        Quad(graphs[1], PROV.wasAttributedTo, NamedNode("https://example.org/me"), graphs[2]),
        Quad(NamedNode(this), p, Literal("x"), graphs[3]),
    ]


def test_a_trusty_uri_is_that_of_the_reference_program() -> None:
    """The code is what the Python package `nanopub` 2.0.1 makes of the same quads."""
    quads = small_quads()
    assert code(quads) == VECTOR
    renamed = named(quads, PLACEHOLDER, VECTOR)
    assert code(reversed(renamed), VECTOR) == VECTOR


def test_every_claim_is_a_nanopublication_and_reads_back(store: Store) -> None:
    quads = list(parse(export(store, syntax="nanopub"), RdfFormat.TRIG))
    names = {quad.subject for quad in quads if quad.object == NP.Nanopublication}
    assert len(names) == len(claims_of(store))
    graphs = Counter(
        str(q.graph_name).rpartition("#")[0] for q in {q for q in quads if q.predicate == RDF.type}
    )
    assert len(graphs) == len(names)
    sources = {t for graph in store.graphs() if is_source(graph) for t in store.triples(graph)}
    assert sources <= set(read_nanopubs(quads))


def test_a_nanopublication_that_was_changed_is_refused(store: Store) -> None:
    graph = min((g for g in store.graphs() if is_source(g)), key=str)
    nodes = group(store.triples(graph))
    claim = next(node for node, p in nodes.items() if PACT.Claim in p[RDF.type])
    quads = nanopub(claim, nodes, {})
    assert read_nanopubs(quads)
    changed = [
        Quad(q.subject, q.predicate, PACT.Denied, q.graph_name) if q.object == PACT.Affirmed else q
        for q in quads
    ]
    with pytest.raises(BadInput, match="changed after it was named"):
        read_nanopubs(changed)
    with pytest.raises(BadInput, match="changed after it was named"):
        read_nanopubs(quads[:-1])


@pytest.mark.parametrize("ending", ["#", "/", "."])
def test_nanopublications_of_others_name_their_graphs_as_they_like(ending: str, store: Store) -> None:
    graph = min((g for g in store.graphs() if is_source(g)), key=str)
    nodes = group(store.triples(graph))
    claim = next(node for node, p in nodes.items() if PACT.Claim in p[RDF.type])
    ours = nanopub(claim, nodes, {})
    own = code_of(str(ours[0].subject)) or ""
    renamed = named(ours, f"{ID}np/{own}#", f"https://example.org/np/{PLACEHOLDER}{ending}")
    renamed = named(renamed, f"{ID}np/{own}", f"https://example.org/np/{PLACEHOLDER}")
    theirs = named(renamed, PLACEHOLDER, code(renamed))
    assert set(read_nanopubs(theirs)) == set(read_nanopubs(ours))


def verified(quads: list[Quad]) -> bool:
    """Whether the signature of a nanopublication is that of its other quads by its key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    said = {q.predicate: q.object.value for q in quads if isinstance(q.object, Literal)}  # type: ignore[union-attr]
    own = code_of(str(quads[0].subject)) or ""
    text = normal_form([q for q in quads if q.predicate != NPX.hasSignature], own)
    public = serialization.load_der_public_key(b64decode(said[NPX.hasPublicKey]))
    assert isinstance(public, rsa.RSAPublicKey)
    try:
        public.verify(b64decode(said[NPX.hasSignature]), text.encode(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("cryptography")
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path_factory.mktemp("keys") / "key.pem"
    path.write_bytes(made.private_bytes(*form))
    return path


def test_a_nanopublication_is_signed_where_a_key_is_given(store: Store, key: Path) -> None:
    part = of_pact(store, NamedNode(f"{ID}pact/ukraine-iceland"))
    signed = export(part, syntax="nanopub", key=key)
    assert signed == export(part, syntax="nanopub", key=key) and b"PRIVATE" not in signed
    quads = list(parse(signed, RdfFormat.TRIG))
    own = {code_of(str(quad.graph_name)) for quad in quads}
    assert len(own) == len(claims_of(part)) and read_nanopubs(quads)
    for each in own:
        whole = [quad for quad in quads if code_of(str(quad.graph_name)) == each]
        assert verified(whole)
        assert not verified([q for q in whole if q.predicate != PACT.polarity])


def test_what_is_no_key_signs_nothing(store: Store, key: Path, tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("no key", encoding="utf-8")
    for path in (tmp_path / "no.pem", tmp_path / "nowhere.pem"):
        with pytest.raises(BadInput):
            export(store, syntax="nanopub", key=path)
    with pytest.raises(UsageError):
        export(store, syntax="ttl", key=key)


# Statements in the shape of Wikidata's

WDT = "http://www.wikidata.org/"


def test_statements_say_what_the_facts_say(store: Store) -> None:
    nodes = group(quad.triple for quad in parse(export(store, syntax="wikidata"), RdfFormat.TURTLE))
    assert not any(PACT.Claim in p.get(RDF.type, ()) for p in nodes.values())
    latvia = nodes[NamedNode(f"{ID}pact/ukraine-latvia")]
    (when,) = latvia[NamedNode(f"{WDT}prop/P585")]
    told = nodes[when]  # type: ignore[index]
    assert [v.value for v in told[NamedNode(f"{WDT}prop/statement/P585")]] == ["2024-04-11T00:00:00Z"]
    (precise,) = told[NamedNode(f"{WDT}prop/statement/value/P585")]
    precision = nodes[precise][NamedNode("http://wikiba.se/ontology#timePrecision")]  # type: ignore[index]
    assert [v.value for v in precision] == ["11"]
    signatories = {
        value.value
        for statement in latvia[NamedNode(f"{WDT}prop/P1891")]
        for value in nodes[statement][NamedNode(f"{WDT}prop/statement/P1891")]  # type: ignore[index]
    }
    assert {f"{WDT}entity/Q211", f"{WDT}entity/Q212"} <= signatories


def test_every_statement_has_a_reference_with_an_address(store: Store) -> None:
    nodes = group(quad.triple for quad in parse(export(store, syntax="wikidata"), RdfFormat.TURTLE))
    kind = NamedNode("http://wikiba.se/ontology#Statement")
    found = [p for p in nodes.values() if kind in p.get(RDF.type, ())]
    assert len(found) > 200
    holding = (PACT.Unrivalled, PACT.Outweighing, PACT.Finest)
    facts = {
        t.subject for t in store.triples(PROPOSITIONS) if t.predicate == PACT.reason and t.object in holding
    }
    for statement in found:
        assert set(statement[PACT.proposition]) <= facts
        for reference in statement[PROV.wasDerivedFrom]:
            assert nodes[reference][NamedNode(f"{WDT}prop/reference/P854")]  # type: ignore[index]


def test_the_mapping_is_the_projects_own(project: Project, store: Store, tmp_path: Path) -> None:
    shipped = project.mapping.read_text(encoding="utf-8")
    own = tmp_path / "mappings" / "wikidata.toml"
    own.parent.mkdir()
    own.write_text(shipped.replace('"P1891"', '"P710"'), encoding="utf-8")
    (tmp_path / "data").symlink_to(project.data.resolve())
    for out, root in (("ours", project.root), ("theirs", tmp_path)):
        command = ["export", "--format", "wikidata", "--project", str(root), "--store", str(project.store)]
        assert main([*command, "-o", str(tmp_path / out)]) == FINE
    ours, theirs = ((tmp_path / out).read_text(encoding="utf-8") for out in ("ours", "theirs"))
    assert "p:P1891" in ours and "p:P1891" not in theirs and "p:P710" in theirs


# Tables and crates


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def folder(project: Project, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "csv"
    export_folder(project, store, path, "csv")
    return path


def test_tables_have_every_claim_fact_source_and_pact(folder: Path, store: Store) -> None:
    claims = rows_of(folder, "claims")
    assert {row["claim"] for row in claims} == {claim.value for claim in claims_of(store)}
    facts = {(row["subject"], row["value"]) for row in rows_of(folder, "facts")}
    assert facts == {(t.subject.value, t.object.value) for t in store.triples(FACTS)}  # type: ignore[union-attr]
    sources = rows_of(folder, "sources")
    assert len(sources) == sum(map(is_source, store.graphs()))
    assert sum(int(row["claims"]) for row in sources) == len(claims)
    assert {row["source"] for row in claims} <= {row["source"] for row in sources}
    pacts = {row["pact"]: row for row in rows_of(folder, "pacts")}
    assert pacts[f"{ID}pact/ukraine-latvia"]["signed_on"] == "2024-04-11"
    assert {row["claim"] for row in rows_of(folder, "conflicts")} <= {row["claim"] for row in claims}


def test_the_metadata_of_tables_names_every_column(folder: Path) -> None:
    told = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    for table in told["tables"]:
        columns = [column["name"] for column in table["tableSchema"]["columns"]]
        rows = rows_of(folder, table["url"].removesuffix(".csv"))
        assert rows and list(rows[0]) == columns
        assert all(column["dc:description"] for column in table["tableSchema"]["columns"])


def test_rows_have_keys_that_join(folder: Path, project: Project, store: Store, tmp_path: Path) -> None:
    """https://www.w3.org/TR/tabular-metadata/#schema-foreign-keys; of one pact as of all."""
    part = of_pact(store, NamedNode(f"{ID}pact/ukraine-latvia"))
    export_folder(project, part, tmp_path / "part", "csv")
    for place in (folder, tmp_path / "part"):
        told = json.loads((place / "csv-metadata.json").read_text(encoding="utf-8"))
        rows = {table["url"]: rows_of(place, table["url"].removesuffix(".csv")) for table in told["tables"]}
        for table in told["tables"]:
            schema, own = table["tableSchema"], rows[table["url"]]
            if keys := schema.get("primaryKey"):
                assert len({tuple(row[key] for key in keys) for row in own}) == len(own)
            for foreign in schema["foreignKeys"]:
                there = foreign["reference"]
                known = {row[there["columnReference"]] for row in rows[there["resource"]]}
                assert {row[foreign["columnReference"]] for row in own} <= known, foreign


def test_several_in_a_cell_are_parted_as_the_metadata_says(folder: Path, store: Store) -> None:
    told = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    (pacts,) = [table for table in told["tables"] if table["url"] == "pacts.csv"]
    (parties,) = [c for c in pacts["tableSchema"]["columns"] if c["name"] == "parties"]
    things = {row["thing"]: row["name"] for row in rows_of(folder, "things")}
    for row in rows_of(folder, "pacts"):
        iris, names = (row[name].split(parties["separator"]) for name in ("parties", "party_names"))
        assert [things[iri] for iri in iris] == names


def test_what_supports_a_fact_can_be_counted(folder: Path) -> None:
    counted = Counter((row["proposition"], row["stands"]) for row in rows_of(folder, "support"))
    for fact in rows_of(folder, "facts"):
        for stands, column in (("for", "claims"), ("against", "dissents")):
            assert counted[fact["proposition"], stands] == int(fact[column])


def test_dates_stand_beside_plain_days(folder: Path) -> None:
    sources = {row["published"]: row for row in rows_of(folder, "sources")}
    month = next(row for day, row in sources.items() if len(day) == len("2024-02"))
    assert month["published_earliest"] == f"{month['published']}-01" < month["published_latest"]
    claims = rows_of(folder, "claims")
    assert all(row["earliest"] <= row["latest"] for row in claims if row["earliest"] and row["latest"])
    assert any(row["value"] == row["earliest"] == row["latest"] for row in claims)
    assert all(row["stated_earliest"] for row in claims if len(row["stated_on"]) == len("2024-02-16"))


def test_a_spreadsheet_takes_nothing_for_a_formula(tmp_path: Path) -> None:
    columns = (Column("a", "words"), Column("n", "a number", Kind.NUMBER), Column("b", "words", several=True))
    rows: list[Row] = [(f"{sign}1", "-1", (f"{sign}2", "x")) for sign in "=+-@\t"] + [("Kyiv–Riga", None, ())]
    table = Table("words", "a row", columns, lambda: iter(rows))
    for safe in (False, True):
        (path, described) = write_csv([table], tmp_path, spreadsheet=safe)
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") == safe
        read = list(csv.reader(content.decode("utf-8-sig").splitlines()))[1:]
        mark = "'" if safe else ""
        assert read == [[f"{mark}{s}1", "-1", f"{mark}{s}2; x"] for s in "=+-@\t"] + [["Kyiv–Riga", "", ""]]
        assert ("apostrophe" in described.read_text(encoding="utf-8")) == safe


def test_parquet_holds_what_csv_holds(folder: Path, project: Project, store: Store, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")

    def printed(value: object) -> str:
        if isinstance(value, list):
            return "; ".join(value)
        return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)

    def plain(name: str, text: str) -> str:
        return f"{float(text):g}" if name == "number" and text else text

    for path in export_folder(project, store, tmp_path / "out", "parquet"):
        read = parquet.read_table(path)
        rows = [{name: printed(value) for name, value in row.items()} for row in read.to_pylist()]
        assert rows == [
            {name: plain(name, v) for name, v in row.items()} for row in rows_of(folder, path.stem)
        ]
        assert all(field.metadata[b"description"] for field in read.schema)
    claims = parquet.read_schema(tmp_path / "out" / "claims.parquet")
    assert [str(claims.field(name).type) for name in ("number", "earliest", "how_many")] == [
        "double",
        "date32[day]",
        "int64",
    ]
    again = export_folder(project, store, tmp_path / "again", "parquet")
    assert all(path.read_bytes() == (tmp_path / "out" / path.name).read_bytes() for path in again)


@pytest.fixture(scope="module")
def crate(project: Project, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "crate"
    export_folder(project, store, path, "ro-crate")
    return path


def test_a_crate_names_each_of_its_files_with_its_digest(crate: Path) -> None:
    told = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {each["@id"]: each for each in told["@graph"]}
    assert len(entities) == len(told["@graph"])
    files = {path.relative_to(crate).as_posix() for path in crate.rglob("*") if path.is_file()}
    assert {name for name, each in entities.items() if each["@type"] == "File"} == files - {
        "ro-crate-metadata.json"
    }
    for name in files - {"ro-crate-metadata.json"}:
        content = (crate / name).read_bytes()
        assert entities[name]["sha256"] == hashlib.sha256(content).hexdigest()
        assert entities[name]["contentSize"] == str(len(content))


def test_a_crate_hangs_together(crate: Path) -> None:
    """https://www.researchobject.org/ro-crate/specification/1.1/root-data-entity.html."""
    told = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {each["@id"]: each for each in told["@graph"]}
    descriptor, root = entities["ro-crate-metadata.json"], entities["./"]
    assert descriptor["about"] == {"@id": "./"} and descriptor["conformsTo"]["@id"].endswith("/ro/crate/1.1")
    assert root["datePublished"] == "2026-11-22"
    assert all(root[name] for name in ("name", "description"))
    assert entities[root["license"]["@id"]]["name"] == "CC-BY-4.0"
    for role in ("author", "publisher"):
        assert entities[root[role]["@id"]]["@type"] == "Organization"
    assert (crate / "mappings" / "wikidata.toml").is_file()
    reached, waiting = set[str](), ["./"]
    while waiting:
        name = waiting.pop()
        reached.add(name)
        parts = entities[name].get("hasPart", ())
        waiting += [part["@id"] for part in ([parts] if isinstance(parts, dict) else parts)]
    assert {name for name, each in entities.items() if each["@type"] in ("File", "Dataset")} == reached


def test_only_a_licence_that_the_project_gives_is_told(
    project: Project, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    address = "https://creativecommons.org/licenses/by/4.0/"
    assert project.licence is not None and project.licence.address == address
    part = ["export", "--pact", "ukraine-latvia", "--format"]
    for licence, told in ((None, False), (project.licence, True)):
        monkeypatch.setattr(Project, "licence", licence)
        assert main([*part, "nanopub", "-o", str(tmp_path / f"{told}.trig")]) == FINE
        assert main([*part, "csv", "-o", str(tmp_path / f"{told}")]) == FINE
        assert (address in (tmp_path / f"{told}.trig").read_text(encoding="utf-8")) is told
        assert (address in (tmp_path / f"{told}" / "csv-metadata.json").read_text(encoding="utf-8")) is told


def test_the_same_graph_gives_the_same_crate(
    crate: Path, project: Project, store: Store, tmp_path: Path
) -> None:
    for path in export_folder(project, store, tmp_path / "crate", "ro-crate"):
        assert path.read_bytes() == (crate / path.relative_to(tmp_path / "crate")).read_bytes(), path


def test_a_folder_that_holds_anything_is_left_alone(project: Project, store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    for form in FOLDERS:
        with pytest.raises(UsageError, match="not empty"):
            export_folder(project, store, tmp_path, form)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


# The command


def test_the_command_writes_every_format(project: Project, tmp_path: Path) -> None:
    for form in FORMATS:
        command = ["export", "--project", str(project.root), "--format", form, "-o", str(tmp_path / form)]
        assert main(command) == FINE
        assert (tmp_path / form).exists()
    assert not list(tmp_path.rglob("*.new"))


def test_long_names_of_syntaxes_are_understood(project: Project, tmp_path: Path) -> None:
    for name, short in (("turtle", "ttl"), ("ntriples", "nt"), ("nquads", "nq"), ("json-ld", "jsonld")):
        for form in (name, short):
            command = ["export", "--project", str(project.root), "--graph", "facts", "--format", form]
            assert main([*command, "-o", str(tmp_path / form)]) == FINE
        assert (tmp_path / name).read_bytes() == (tmp_path / short).read_bytes()


@pytest.mark.parametrize(
    "options",
    [
        ["--format", "csv"],
        ["--format", "nanopub", "--graph", "facts"],
        ["--format", "ro-crate", "--pact", "ukraine-latvia", "-o", "x"],
        ["--format", "parquet", "--spreadsheet", "-o", "x"],
        ["--pact", "nowhere-at-all"],
        ["--pact", "party:latvia"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_written_is_said(options: list[str], project: Project) -> None:
    assert main(["export", "--project", str(project.root), *options]) == USAGE


def test_places_where_nothing_can_be_written_are_named(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out.new").mkdir()
    (tmp_path / "out.new" / "mine").write_text("x", encoding="utf-8")
    for options, expected in (
        (["-o", str(tmp_path)], "is a folder"),
        (["-o", str(tmp_path / "nowhere" / "x.ttl")], "is no folder"),
        (["--format", "csv", "-o", str(tmp_path / "out")], "was broken off"),
    ):
        assert main(["export", "--project", str(project.root), "--graph", "all", *options]) == USAGE
        assert expected in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["out.new", "mine"]


def test_a_write_that_fails_leaves_the_old_file(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    old = tmp_path / "old.ttl"
    old.write_text("old", encoding="utf-8")
    monkeypatch.setattr("pactgraph.exports.pieces", broken)
    assert main(["export", "--project", str(project.root), "-o", str(old)]) == 3
    assert old.read_text(encoding="utf-8") == "old" and len(list(tmp_path.iterdir())) == 1


def test_the_bytes_depend_neither_on_locale_nor_on_the_order_of_hashes(
    project: Project, tmp_path: Path
) -> None:
    forms = [form for form in FORMATS if form not in (*SYNTAXES, "parquet")]
    for seed, locale, zone in (("1", "C", "UTC"), ("2", "tr_TR.UTF-8", "Pacific/Kiritimati")):
        commands = [
            ["export", "--project", str(project.root), "--format", form, "-o", str(tmp_path / seed / form)]
            for form in forms
        ]
        (tmp_path / seed).mkdir()
        script = f"from pactgraph.cli import main\nfor command in {commands}: assert main(command) == 0"
        surroundings = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        subprocess.run([sys.executable, "-c", script], env={**os.environ, **surroundings}, check=True)
    one, other = (
        {
            path.relative_to(tmp_path / seed): path.read_bytes()
            for path in (tmp_path / seed).rglob("*")
            if path.is_file()
        }
        for seed in ("1", "2")
    )
    assert one == other and len(one) > len(forms)


def test_a_pipe_is_written_to_and_not_replaced(project: Project, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [
        sys.executable,
        "-m",
        "pactgraph",
        "export",
        "--project",
        str(project.root),
        "--graph",
        "facts",
    ]
    running = subprocess.Popen([*command, "-o", str(pipe)])
    assert pipe.read_bytes().startswith(b"@prefix")
    assert running.wait() == 0 and pipe.is_fifo()


def test_no_blank_node_is_ever_written(store: Store) -> None:
    assert b"_:" not in export(store, syntax="nq")
    assert PREFIXES["np"] == NP.base
    assert isinstance(store, LocalStore) and {INDEX, PROPOSITIONS} <= store.graphs()
