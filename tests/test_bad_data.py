"""Data that cannot be right is refused: a message with file and node, an exit code, and the store as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from pactgraph.audit import verify
from pactgraph.cli import main
from pactgraph.curation import format_file, init, validate
from pactgraph.errors import BAD_INPUT, FINDINGS, BadInput, StoreError, UsageError
from pactgraph.exports import export
from pactgraph.graph.links import read_links
from pactgraph.graph.nodes import group, read_triples
from pactgraph.graph.notes import read_notes
from pactgraph.graph.sources import read_source
from pactgraph.passage import read as read_text
from pactgraph.project import Project
from pactgraph.sparql.named import read as read_query
from pactgraph.store import open_store
from pactgraph.validation import Engine, Finding, validate_files
from pactgraph.validation.addresses import ADDRESS_OF_ONE
from pactgraph.validation.beyond import beyond
from pactgraph.vocabulary import shorten

SOURCE = "sources/strelsau-courier-2018-05-12.ttl"
OFFICIALS, PACTS, PARTIES = (f"authority/{name}.ttl" for name in ("officials", "pacts", "parties"))
PREFIXES = """\
@prefix loc: <http://id.loc.gov/datatypes/> .
@prefix office: <https://w3id.org/pactgraph/id/office/> .
@prefix official: <https://w3id.org/pactgraph/id/official/> .
@prefix pact: <https://w3id.org/pactgraph/ontology#> .
@prefix party: <https://w3id.org/pactgraph/id/party/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tenure: <https://w3id.org/pactgraph/id/tenure/> .

"""
LINKS = """\
#curie_map:
#  party: https://w3id.org/pactgraph/id/party/
#  pactid: https://w3id.org/pactgraph/id/pact/
#  skos: http://www.w3.org/2004/02/skos/core#
#  wd: http://www.wikidata.org/entity/
subject_id\tpredicate_id\tobject_id
"""

Capture = pytest.CaptureFixture[str]
Refusal = Callable[[int], str]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small graph of an invented world, built once; tests work on copies."""
    root = tmp_path_factory.mktemp("example") / "graph"
    init(root)
    assert main(["build", "--project", str(root)]) == 0
    return Project(root)


@pytest.fixture
def graph(tmp_path: Path, example: Project) -> Project:
    """The small graph, built."""
    return Project(shutil.copytree(example.root, tmp_path / "graph"))


@pytest.fixture
def refusal(graph: Project, capsys: pytest.CaptureFixture[str]) -> Refusal:
    """Builds and validates a graph that was changed since it was built; returns what the build says.

    Small data is judged by the reference engine; the compiled one has to come to the same.
    """
    here = ["--project", str(graph.root)]
    before = export(open_store(graph.store), syntax="nq")

    def judge(code: int) -> str:
        capsys.readouterr()
        assert main(["build", *here]) == code
        said = capsys.readouterr().err
        assert export(open_store(graph.store), syntax="nq") == before
        fresh = ["--store", str(graph.root / "fresh"), "--engine", "compiled"]
        assert main(["build", *here, *fresh]) == code
        with pytest.raises(StoreError):
            open_store(graph.root / "fresh")
        assert main(["validate", *here, "--engine", "compiled"]) == code
        assert "Traceback" not in said
        return said

    return judge


def change(graph: Project, name: str, old: str, new: str) -> None:
    path = graph.data / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(graph: Project, name: str, turtle: str) -> None:
    """More Turtle in a file of data, which need not be there yet."""
    path = graph.data / name
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{PREFIXES}{turtle}\n", encoding="utf-8")


def finding(said: str, name: str, node: str) -> str:
    """What is said of a node in a file: lines with file and message, each before one with the node."""
    return "\n".join(
        one.partition(": Violation: ")[2]
        for one, other in pairwise(said.splitlines())
        if f"/data/{name}:" in one and node in other.split()
    )


IMPOSSIBLE = {
    "an interval that ends before it begins": (
        SOURCE,
        '"2018-04-30/2018-05-06"',
        '"2018-05-06/2018-04-30"',
        "claim:30f948b095b8a5356147",
        "ends before it begins",
    ),
    "the 30th of February": (
        SOURCE,
        'schema:datePublished "2018-05-12"',
        'schema:datePublished "2018-02-30"',
        "source:strelsau-courier-2018-05-12",
        "no such day or month",
    ),
    "a month 13": (
        "authority/runs.ttl",
        '"2018-05-13"',
        '"2018-13"',
        "run:example",
        "no such day or month",
    ),
    "a day more precise than its month": (
        SOURCE,
        'pact:statedOn "2018-04-30/2018-05-06"',
        'pact:statedOn "2018-XX-06"',
        "claim:30f948b095b8a5356147",
        "no such day or month",
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_date_that_its_precision_contradicts(name: str, graph: Project, refusal: Refusal) -> None:
    file, old, new, node, words = IMPOSSIBLE[name]
    change(graph, file, old, new)
    said = refusal(FINDINGS)
    assert words in finding(said, file, node)


def test_a_claim_about_an_unknown_party(graph: Project, refusal: Refusal) -> None:
    change(graph, SOURCE, "pact:speaker party:velmark", "pact:speaker party:hentzau")
    assert "pact:speaker" in finding(refusal(FINDINGS), SOURCE, "claim:30f948b095b8a5356147")


def test_a_pact_with_an_unknown_party(graph: Project, refusal: Refusal) -> None:
    change(graph, PACTS, "party:ruritania, party:velmark", "party:ruritania, party:hentzau")
    said = refusal(FINDINGS)
    assert "pact:party" in finding(said, PACTS, "pactid:ruritania-velmark")
    assert "party:hentzau" in said


def test_a_tenure_that_ends_before_it_begins(graph: Project, refusal: Refusal) -> None:
    add(graph, OFFICIALS, tenure("2018-05", "2018-04-30"))
    said = finding(refusal(FINDINGS), OFFICIALS, "tenure:elphberg")
    assert said == "Mend the dates: this ends (2018-04-30) before it begins (2018-05)."


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2018", "2017"),
        ("2018-05-02", "2018-05-01"),
        ("2018-22", "2018-05"),
        ("2018-05~", "2018-02"),
        ("2018/2019", "2017-12/2017-12-31"),
    ],
)
def test_an_end_of_any_precision_before_the_start(start: str, end: str) -> None:
    (found,) = judged(tenure(start, end))
    assert found.message == f"Mend the dates: this ends ({end}) before it begins ({start})."


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2018", "2018"),
        ("2018-05-02", "2018"),
        ("2018", "2018-05-01"),
        ("2018-22", "2018-06"),
        ("2018-05~", "2018-04-30"),
        ("../2018", "2017"),
        ("2018", "2017/.."),
        ("soon", "2017"),
    ],
)
def test_a_tenure_that_may_have_lasted(start: str, end: str) -> None:
    assert judged(tenure(start, end)) == []


def judged(turtle: str) -> list[Finding]:
    """What is found beyond SHACL in a file of officials."""
    path = Path(OFFICIALS)
    return list(beyond(group(read_triples(path, (PREFIXES + turtle).encode())), path))


def tenure(start: str, end: str) -> str:
    return (
        "tenure:elphberg a pact:Tenure ; pact:holder official:rudolf-elphberg ;"
        " pact:office office:foreign-minister-of-ruritania ;"
        f' schema:startDate "{start}"^^loc:edtf ; schema:endDate "{end}"^^loc:edtf .'
    )


def test_an_id_of_another_graph_used_for_two_nodes(graph: Project, refusal: Refusal) -> None:
    rows = "party:graustark\tskos:exactMatch\twd:Q1\nparty:velmark\tskos:exactMatch\twd:Q1\n"
    graph.links.write_text(LINKS + rows, encoding="utf-8")
    said = refusal(BAD_INPUT)
    assert "/data/links.sssom.tsv:8: wd:Q1 " in said
    assert "party:graustark" in said and "party:velmark" in said


def test_an_id_of_another_graph_may_be_close_to_two_nodes(graph: Project) -> None:
    rows = (
        "party:graustark\tskos:exactMatch\twd:Q1\nparty:graustark\tskos:exactMatch\twd:Q2\n"
        "party:velmark\tskos:closeMatch\twd:Q1\nparty:graustark\tskos:exactMatch\twd:Q1\n"
    )
    graph.links.write_text(LINKS + rows, encoding="utf-8")
    assert main(["build", "--project", str(graph.root)]) == 0


def test_one_node_described_in_two_files(graph: Project, refusal: Refusal) -> None:
    add(graph, "authority/groups.ttl", 'party:velmark a pact:State ; skos:altLabel "Velmarque"@fr .')
    said = refusal(FINDINGS)
    assert finding(said, PARTIES, "party:velmark").endswith("groups.ttl describes it too.")
    assert finding(said, "authority/groups.ttl", "party:velmark").endswith("parties.ttl describes it too.")


@pytest.mark.parametrize("engine", ["compiled", "reference"])
def test_both_engines_find_what_is_beyond_shapes(engine: Engine, graph: Project) -> None:
    add(graph, "authority/groups.ttl", 'party:velmark skos:altLabel "Velmarque"@fr .')
    add(graph, OFFICIALS, tenure("2018", "2017"))
    found = validate(graph, engine=engine).violations
    assert {(each.file and each.file.name, shorten(each.focus.value)) for each in found} == {  # type: ignore[union-attr]
        ("groups.ttl", "party:velmark"),
        ("parties.ttl", "party:velmark"),
        ("officials.ttl", "tenure:elphberg"),
    }


def test_one_node_described_by_a_source_as_well(graph: Project, refusal: Refusal) -> None:
    add(graph, SOURCE, 'party:velmark skos:altLabel "Velmarque"@fr .')
    assert "file of its own" in finding(refusal(FINDINGS), SOURCE, "party:velmark")


HERALD = """\
@base <https://w3id.org/pactgraph/id/source/herald> .
@prefix publisher: <https://w3id.org/pactgraph/id/publisher/> .
@prefix schema: <https://schema.org/> .

<> a schema:NewsArticle ;
    schema:url <https://courier.example/two-rivers> , <https://herald.example/two-rivers> ;
    schema:abstract "on the pact of two rivers"@en ;
    schema:inLanguage "en" ;
    schema:publisher publisher:strelsau-courier .
"""


def test_two_sources_with_one_address(graph: Project, refusal: Refusal, capsys: Capture) -> None:
    herald = graph.data / "sources" / "herald.ttl"
    herald.write_text(HERALD, encoding="utf-8")
    said = finding(refusal(FINDINGS), "sources/herald.ttl", "source:herald")
    assert "https://courier.example/two-rivers is also that of source:strelsau-courier-2018-05-12" in said
    both = shared(graph)
    assert [each.file.name for each in both if each.file] == ["herald.ttl", "strelsau-courier-2018-05-12.ttl"]
    assert main(["validate", "--project", str(graph.root), str(herald)]) == FINDINGS
    assert "is also that of source:strelsau-courier" in capsys.readouterr().out


@pytest.mark.parametrize("engine", ["compiled", "reference"])
def test_both_engines_find_two_sources_with_one_address(graph: Project, engine: Engine) -> None:
    (graph.data / "sources" / "herald.ttl").write_text(HERALD, encoding="utf-8")
    assert shared(graph, engine) == shared(graph)


def test_an_address_may_pass_from_one_source_to_another(graph: Project) -> None:
    here = ["--project", str(graph.root)]
    assert main(["build", *here]) == 0
    change(graph, SOURCE, "<https://courier.example/two-rivers>", "<https://courier.example/archive/7>")
    herald = graph.data / "sources" / "herald.ttl"
    herald.write_text(HERALD, encoding="utf-8")
    assert main(["build", *here]) == 0
    herald.write_text(HERALD.replace("on the pact", "about the pact"), encoding="utf-8")
    assert main(["build", *here]) == 0
    herald.unlink()
    change(graph, SOURCE, "<https://courier.example/archive/7>", "<https://courier.example/two-rivers>")
    assert main(["build", *here]) == 0


MISSING = Path("nowhere") / "at-all.ttl"
READERS: dict[str, Callable[[Project], object]] = {
    "format_file": lambda graph: format_file(MISSING),
    "validate": lambda graph: validate(graph, [MISSING]),
    "validate_files": lambda graph: validate_files([MISSING], graph.shapes()),
    "read_triples": lambda graph: read_triples(MISSING),
    "read_source": lambda graph: read_source(MISSING),
    "read_links": lambda graph: read_links(MISSING),
    "read_notes": lambda graph: read_notes(MISSING),
    "a text": lambda graph: read_text(MISSING),
    "a query": lambda graph: read_query(MISSING),
    "verify": lambda graph: verify(graph, graph.root / "texts", [MISSING]),
}


@pytest.mark.parametrize("name", READERS)
def test_a_file_that_is_not_there_is_bad_input(name: str, graph: Project) -> None:
    with pytest.raises(BadInput, match="at-all.ttl: cannot be read: No such file or directory"):
        READERS[name](graph)


@pytest.mark.parametrize("jobs", [0, -1])
def test_fewer_than_one_job_is_a_slip_of_usage(jobs: int, graph: Project) -> None:
    with pytest.raises(UsageError, match=f"{jobs} processes cannot validate"):
        validate(graph, jobs=jobs)


# What cannot all be meant

ORIGINS = "authority/origins.ttl"
RULES = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix new: <https://strelsau.example/ontology#> .
@prefix origin: <https://w3id.org/pactgraph/id/origin/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix pact: <https://w3id.org/pactgraph/ontology#> .
@prefix pactid: <https://w3id.org/pactgraph/id/pact/> .
@prefix prop: <https://w3id.org/pactgraph/id/proposition/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix value: <https://w3id.org/pactgraph/id/value/> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
ONTOLOGY_OF_ONE_S_OWN = """\
new: a owl:Ontology ; dcterms:title "Fog"@en ; dcterms:description "Terms for fog."@en ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ; owl:versionInfo "1.0.0" ;
    owl:versionIRI <https://strelsau.example/ontology/1.0.0> ; skos:changeNote "1.0.0: the first version."@en ;
    vann:preferredNamespacePrefix "new" ; vann:preferredNamespaceUri "https://strelsau.example/ontology#" .
"""
TERM = 'rdfs:isDefinedBy new: ; rdfs:label "t"@en ; skos:prefLabel "t"@en ; skos:definition "T."@en ; skos:example "T."'
PROPERTY = (
    f"a owl:ObjectProperty, pact:ClaimProperty ; {TERM} ; rdfs:domain pact:Pact ; rdfs:range pact:Event"
)


def in_scheme(kind: str, scheme: str) -> str:
    return f"a pact:{kind} ; {TERM} ; skos:inScheme pact:{scheme}"


CIRCLES = {
    "origins": (
        ORIGINS,
        """origin:a a pact:Origin ; skos:prefLabel "a"@en ; prov:wasDerivedFrom origin:b .
origin:b a pact:Origin ; skos:prefLabel "b"@en ; prov:wasDerivedFrom origin:a .""",
        "Break this circle of prov:wasDerivedFrom: origin:a → origin:b → origin:a.",
    ),
    "supersession": (
        PACTS,
        """pactid:one a pact:Declaration ; skos:prefLabel "one"@en ; dcterms:replaces pactid:two .
pactid:two a pact:Declaration ; skos:prefLabel "two"@en ; dcterms:replaces pactid:three .
pactid:three a pact:Declaration ; skos:prefLabel "three"@en ; dcterms:replaces pactid:one .""",
        "Break this circle of dcterms:replaces: pactid:one → pactid:two → pactid:three → pactid:one.",
    ),
    "stages": (
        "ontology",
        f"""new:Inked {in_scheme("Stage", "Stages")} ; skos:broader new:Waxed .
new:Waxed {in_scheme("Stage", "Stages")} ; skos:broader new:Inked .""",
        "Break this circle of skos:broader: https://strelsau.example/ontology#Inked → ",
    ),
}
CONTRADICTIONS = {
    "an origin of an origin": (
        ORIGINS,
        """origin:a a pact:Origin ; skos:prefLabel "a"@en ; pact:origin origin:b .
origin:b a pact:Origin ; skos:prefLabel "b"@en .""",
        "an origin has none of its own",
        "origin:a",
    ),
    "a proposition without a claim": (
        PACTS,
        "prop:0a a pact:Proposition ; rdf:subject pactid:two-rivers ; rdf:predicate pact:reachedStage ; rdf:object pact:Signed .",
        "Remove this node, or write the claim that says it",
        "prop:0a",
    ),
    "a property that implies two stages": (
        "ontology",
        f"new:ended {PROPERTY} ; pact:impliesStage pact:Signed, pact:CalledOff .",
        "two would contradict each other",
        "https://strelsau.example/ontology#ended",
    ),
    "a second stage for a property that has one": (
        "ontology",
        "pact:signedOn pact:impliesStage pact:CalledOff .",
        "Give at most one pact:impliesStage",
        "pact:signedOn",
    ),
    "two stages at one place": (
        "ontology",
        f"new:Inked {in_scheme('Stage', 'Stages')} ; pact:order 4 .",
        "https://strelsau.example/ontology#Inked and pact:Signed have 4",
        "https://strelsau.example/ontology#Inked",
    ),
    "a countable with two rules": (
        "ontology",
        f"new:Ghosts {in_scheme('Countable', 'Countables')} ; pact:countsStage pact:Signed ; pact:lacksStage pact:Ended .",
        "they give different numbers",
        "https://strelsau.example/ontology#Ghosts",
    ),
    "a modality that does and does not support facts": (
        "ontology",
        f"new:Mused {in_scheme('Modality', 'Modalities')} ; pact:supportsFacts true, false .",
        "exactly one pact:supportsFacts",
        "https://strelsau.example/ontology#Mused",
    ),
}


def contradict(graph: Project, name: str, turtle: str) -> Path:
    path = graph.root / "ontology" / "own.ttl" if name == "ontology" else graph.data / name
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    own = ONTOLOGY_OF_ONE_S_OWN if name == "ontology" else ""
    path.write_text(f"{before}\n{RULES}{own}{turtle}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", CIRCLES)
def test_a_circle_is_named_with_all_its_nodes(name: str, graph: Project, refusal: Refusal) -> None:
    where, turtle, message = CIRCLES[name]
    path = contradict(graph, where, turtle)
    told = [line for line in refusal(FINDINGS).splitlines() if message.partition(":")[0] in line]
    assert any(message in line for line in told) and len(told) == len(turtle.splitlines())
    assert all(line.startswith(f"{path}:") and line.split(":")[1].isdigit() for line in told)


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_what_contradicts_itself_is_named(name: str, graph: Project, refusal: Refusal) -> None:
    where, turtle, message, node = CONTRADICTIONS[name]
    contradict(graph, where, turtle)
    said = refusal(FINDINGS).splitlines()
    assert any(message in line and node in after.split() for line, after in pairwise(said)), said
    assert all(line.partition(": Violation")[0].rpartition(":")[2].isdigit() for line in said[:-1:2])


def test_a_count_of_nothing_that_is_defined(graph: Project, refusal: Refusal) -> None:
    add_count = """
<#c9> a pact:Claim ; rdf:subject pactid:two-rivers ; rdf:predicate pact:reportedCount ; rdf:object <#v9> ;
    pact:asPrinted "10 May 2018" ; pact:modality pact:Factual ; pact:polarity pact:Affirmed ; pact:quotation pact:OwnVoice ;
    pact:speaker publisher:strelsau-courier ; pact:statedOn "2018-05-12"^^loc:edtf ;
    pact:passage <#char=87,157> ; prov:wasGeneratedBy run:example .
<#v9> a pact:Count ; schema:value "9"^^xsd:decimal{} .
"""
    for counts, message in (
        ("", "Give exactly one pact:counts"),
        (" ; pact:counts pact:Signed", "Give exactly one pact:counts"),
    ):
        path = graph.data / SOURCE
        before = path.read_text(encoding="utf-8")
        path.write_text(before + add_count.format(counts), encoding="utf-8")
        assert main(["format", str(path)]) == 0
        assert message in refusal(FINDINGS)
        path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("engine", ["compiled", "reference"])
def test_both_engines_find_circles(engine: Engine, graph: Project) -> None:
    where, turtle, message = CIRCLES["supersession"]
    contradict(graph, where, turtle)
    assert [each.message for each in validate(graph, engine=engine).violations] == [message] * 3


def shared(graph: Project, engine: Engine = "auto") -> list[Finding]:
    found = validate(graph, engine=engine).findings
    return [each for each in found if each.component == ADDRESS_OF_ONE]
