"""The audit of copies: what texts show of shared origins, what is proposed, and what a reviewer's word changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from pactgraph.audit import CopyAudit, Proposal, Sign, audit_copies
from pactgraph.audit.kinship import Kinship
from pactgraph.audit.likeness import alike, sentences
from pactgraph.cli import main
from pactgraph.curation import format_file, init, validate
from pactgraph.errors import UsageError
from pactgraph.graph.nodes import group, iris, read_triples
from pactgraph.project import Project
from pactgraph.vocabulary import ID, PACT, RDF

CHECKOUT = Path(__file__).parents[1]
SEEDS = CHECKOUT.parent / "shared" / "seeds"

REPORT = """\
River states agree on a dam

Ruritania and Velmark put their names to a river treaty on Monday in the old mill of Lower Zenda. \
The treaty lets both sides draw water until the reeds flower, and no longer than that. \
A joint board of six engineers will read the gauges every second week of the month. \
“We have shared this river for longer than we have shared anything else,” said Chancellor Sapt. \
The parliament in Strelsau is to vote on the treaty before the harvest is brought in. \
Farmers on the upper bank had asked for a dam of their own, which the treaty leaves out.
"""
SLIGHTLY_CHANGED = """\
A dam for two: what the river treaty says

Ruritania and Velmark put their names to a river treaty on Monday, in the old mill of Lower Zenda. \
The treaty lets both sides draw water until the reeds flower and not longer than that. \
A joint board of six engineers is to read the gauges every second week of the month. \
"We have shared this river for longer than we have shared anything else," said Chancellor Sapt. \
The parliament in Strelsau will vote on the treaty before the harvest is brought in. \
Farmers on the upper bank had asked for a dam of their own, something the treaty leaves out. \
Our correspondent adds that the mill has been closed to visitors since the spring flood.
"""
RETOLD = """\
Water sharing settled

At Lower Zenda two governments have settled who may take how much from the stream they border. \
Pumping ends once the reed beds bloom. Half a dozen specialists get to check the levels twice monthly. \
Deputies still have to give their blessing this summer, and hopes for a separate barrage came to nothing.
"""
BACKGROUND = """\
Velmark appoints a new envoy

Velmark has named the botanist Anna Holf as its envoy in Strelsau, the court gazette reports this week. \
She has spent nine years in the mountains and is said to prefer the company of mosses to that of ministers. \
Her first task will be the quarrel over the railway bridge, whose eastern half nobody wants to paint. \
The parliament in Strelsau is to vote on the treaty before the harvest is brought in. \
She arrives on the evening train with two trunks, a microscope and a letter from the duke.
"""
QUOTES = """\
Chancellor speaks of rivers and of brothers

The chancellor kept the crowd waiting for an hour before he came out onto the balcony of the town hall. \
“We have shared this river for longer than we have shared anything else,” said Chancellor Sapt. \
Then the band struck up a march that nobody had rehearsed, and it began to rain on the trombones.
"""
HEAD = """\
@base <https://w3id.org/pactgraph/id/source/{name}> .
@prefix loc: <http://id.loc.gov/datatypes/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix official: <https://w3id.org/pactgraph/id/official/> .
@prefix origin: <https://w3id.org/pactgraph/id/origin/> .
@prefix pact: <https://w3id.org/pactgraph/ontology#> .
@prefix pactid: <https://w3id.org/pactgraph/id/pact/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix publisher: <https://w3id.org/pactgraph/id/publisher/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix run: <https://w3id.org/pactgraph/id/run/> .
@prefix schema: <https://schema.org/> .
@prefix source: <https://w3id.org/pactgraph/id/source/> .

<> a schema:NewsArticle ;
    schema:url <https://{publisher}.example/{name}> ; schema:abstract "On a river."@en ;
    schema:publisher publisher:{publisher} ; pact:dateBasis pact:Byline ; schema:inLanguage "en" ;
    {more}schema:datePublished "{day}"^^loc:edtf .
<#p> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#w> .
<#w> a oa:TextQuoteSelector ; oa:exact "{words}" .
<#c> a pact:Claim ; rdf:subject pactid:ruritania-velmark ; rdf:predicate pact:reachedStage ; rdf:object pact:Signed ;
    pact:asPrinted "{words}" ; pact:modality pact:Factual ; pact:polarity pact:Affirmed ;
    pact:speaker {speaker} ; pact:quotation {quotation} ; pact:statedOn "{day}"^^loc:edtf ;
    pact:passage <#p> ; prov:wasGeneratedBy run:example .
"""
AUTHORITY = """\
@prefix pact: <https://w3id.org/pactgraph/ontology#> .
@prefix publisher: <https://w3id.org/pactgraph/id/publisher/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

publisher:herald a pact:Publisher ; skos:prefLabel "Zenda Herald"@en ; pact:domain "herald.example" .
publisher:mirror a pact:Publisher ; skos:prefLabel "Mirror"@en ; pact:domain "mirror.example" .
publisher:wire a pact:Publisher ; skos:prefLabel "Elphberg Wire"@en ; skos:altLabel "EW"@en ; pact:domain "wire.example" .
"""
Capture = pytest.CaptureFixture[str]


class World:
    """A project of an invented world with a folder of texts."""

    def __init__(self, root: Path) -> None:
        init(root)
        self.project, self.texts = Project(root), root / "texts"
        (self.project.data / "authority" / "more.ttl").write_text(AUTHORITY, encoding="utf-8")

    def tell(
        self, publisher: str, day: str, text: str, *, origin: str = "", speaker: str = "", name: str = ""
    ) -> NamedNode:
        name = name or f"{publisher}-{day}"
        path = self.project.data / "sources" / f"{name}.ttl"
        more = f"pact:origin origin:{origin} ; " if origin else ""
        words = " ".join(text.split()[:3])
        who = speaker or f"publisher:{publisher}"
        quotation = "pact:Indirect" if speaker else "pact:OwnVoice"
        path.write_text(
            HEAD.format(
                name=name,
                publisher=publisher,
                day=day,
                more=more,
                words=words,
                speaker=who,
                quotation=quotation,
            ),
            encoding="utf-8",
        )
        format_file(path)
        (self.texts / f"{name}.txt").write_text(text, encoding="utf-8")
        return NamedNode(f"{ID}source/{name}")

    def origin(self, name: str, more: str = "") -> None:
        path = self.project.data / "authority" / "origins.ttl"
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        prefixes = AUTHORITY[: AUTHORITY.index("publisher:herald a")]
        prefixes += "@prefix origin: <https://w3id.org/pactgraph/id/origin/> .\n@prefix schema: <https://schema.org/> .\n"
        told = f'origin:{name} a pact:Origin ; skos:prefLabel "{name}"@en {more} .\n'
        path.write_text(f"{before}{prefixes}{told}", encoding="utf-8")
        format_file(path)

    def audit(self) -> CopyAudit:
        return audit_copies(self.project, self.texts)

    def run(self, *options: str) -> int:
        return main(
            ["audit", "copies", "--project", str(self.project.root), "--texts", str(self.texts), *options]
        )


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "world")


def signs(audit: CopyAudit) -> list[tuple[Sign, tuple[NamedNode, ...]]]:
    return [(each.sign, each.sources) for each in audit.found]


def only(audit: CopyAudit) -> Proposal:
    (found,) = audit.found
    return found


# The same text


@pytest.mark.parametrize(
    "text",
    [REPORT, SLIGHTLY_CHANGED, REPORT.replace("\n\n", "\n").split("\n", 1)[1]],
    ids=["as it is", "words changed", "without its headline"],
)
def test_a_copy_is_found_whatever_little_was_changed(text: str, world: World) -> None:
    first = world.tell("herald", "2018-06-05", REPORT)
    second = world.tell("mirror", "2018-06-06", text)
    found = only(world.audit())
    assert (found.sign, found.sources) == (Sign.COPY, (first, second))
    assert found.origin == NamedNode(f"{ID}origin/herald-2018-06-05")


def test_a_short_item_cut_from_a_long_report_is_a_copy_by_its_own_share(world: World) -> None:
    world.tell("herald", "2018-06-05", f"{REPORT}\n{BACKGROUND}\n{RETOLD}")
    world.tell("mirror", "2018-06-06", ". ".join(REPORT.split(". ")[:3]) + ".")
    (overlap,) = only(world.audit()).overlaps
    assert overlap.whole[1] > 0.9 and overlap.whole[0] < 0.5


def test_a_copy_of_a_copy_is_one_witness_with_both(world: World) -> None:
    sources = [
        world.tell(name, f"2018-06-0{nth}", REPORT)
        for nth, name in enumerate(("herald", "mirror", "wire"), 5)
    ]
    assert only(world.audit()).sources == tuple(sources)


@pytest.mark.parametrize(
    ("text", "kinship"), [(BACKGROUND, Kinship.BACKGROUND), (QUOTES, Kinship.QUOTES)], ids=str
)
def test_shared_background_or_quotations_make_no_copy_and_are_told(
    text: str, kinship: Kinship, world: World
) -> None:
    world.tell("herald", "2018-06-05", REPORT)
    world.tell("mirror", "2018-06-06", text)
    audit = world.audit()
    assert audit.passes and [each.kinship for each in audit.beside] == [kinship]


def test_a_free_retelling_or_a_translation_is_not_found_by_its_words(world: World) -> None:
    world.tell("herald", "2018-06-05", REPORT)
    world.tell("mirror", "2018-06-06", RETOLD)
    audit = world.audit()
    assert audit.passes and not audit.beside


def test_what_a_house_prints_every_day_makes_no_copies(world: World) -> None:
    about = (
        "The Herald is written by people who like rivers. Subscribe, and a paper boat is yours each spring. "
        * 2
    )
    for nth, text in enumerate((REPORT, RETOLD, BACKGROUND.replace("treaty", "bill"), QUOTES)):
        world.tell("herald", f"2018-06-0{nth + 1}", f"{text}\n{about}")
    assert not signs(world.audit())


def test_three_versions_of_a_day_from_one_house_are_one_witness(world: World) -> None:
    sources = [world.tell("herald", "2018-06-05", REPORT, name=f"herald-{nth}") for nth in "abc"]
    assert only(world.audit()).sources == tuple(sources)


def test_no_more_than_four_words_of_a_text_are_told(world: World, capsys: Capture) -> None:
    world.tell("herald", "2018-06-05", REPORT)
    world.tell(
        "mirror",
        "2018-06-06",
        f"{SLIGHTLY_CHANGED}\nAll this according to the evening papers of Elphberg Wire.",
    )
    for form in ("table", "json"):
        assert world.run("--format", form) == 1
        told = capsys.readouterr().out.split()
        words = REPORT.split() + SLIGHTLY_CHANGED.split()
        runs = {" ".join(words[n : n + 5]) for n in range(len(words) - 4)}
        assert not runs & {" ".join(told[n : n + 5]) for n in range(len(told) - 4)}


# What texts print of where they have it from


@pytest.mark.parametrize(
    "credit",
    [
        "The treaty is done, according to the news agency Elphberg Wire.",
        "LOWER ZENDA (EW) – The treaty is done.",
        "Elphberg Wire reports that the treaty is done.",
        "The treaty is done, as Elphberg Wire reported.",
        "The treaty is done.\nSource: Elphberg Wire",
        "“The treaty is done,” the duke told Elphberg Wire.",
    ],
)
def test_sources_that_credit_one_publisher_share_an_origin(credit: str, world: World) -> None:
    first = world.tell("herald", "2018-06-05", credit)
    second = world.tell("mirror", "2018-06-06", f"Boats wait. {credit}")
    found = only(world.audit())
    assert (found.sign, found.sources) == (Sign.CREDIT, (first, second))
    assert len(found.effects) == 1 and found.effects[0].witnesses == (2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "The duke reads the Elphberg Wire at breakfast, and so does his cook.",
        "According to the duke, who once wrote for many papers, among them the Elphberg Wire, it is done.",
        "Mirror reports that the treaty is done.",
        "It is done (EWE).",
    ],
)
def test_a_name_without_a_cue_or_one_s_own_name_is_no_credit(text: str, world: World) -> None:
    world.tell("mirror", "2018-06-05", text)
    assert world.audit().passes


def test_the_credited_source_itself_is_one_of_the_group(world: World) -> None:
    wire = world.tell("wire", "2018-06-04", RETOLD)
    herald = world.tell("herald", "2018-06-05", "The treaty is done, Elphberg Wire reports.")
    assert signs(world.audit()) == [(Sign.CREDIT, (wire, herald))]


def test_credits_weeks_apart_are_for_different_reports(world: World) -> None:
    for day in ("2018-06-05", "2018-07-05"):
        world.tell("herald", day, "The treaty is done, Elphberg Wire reports.")
    assert [len(each.sources) for each in world.audit().found] == [1, 1]


def test_a_credit_that_an_origin_says_is_borne_out(world: World) -> None:
    world.origin("wire-june", "; pact:originKind pact:WireReport ; schema:publisher publisher:wire")
    world.tell("herald", "2018-06-05", "The treaty is done, Elphberg Wire reports.", origin="wire-june")
    audit = world.audit()
    assert audit.passes and not audit.unborne


def test_a_second_paper_with_the_credit_is_given_the_origin_that_is_there(world: World) -> None:
    world.origin("wire-june", "; schema:publisher publisher:wire")
    world.tell("herald", "2018-06-05", "The treaty is done, Elphberg Wire reports.", origin="wire-june")
    mirror = world.tell("mirror", "2018-06-06", "The treaty is done, Elphberg Wire reports.")
    found = only(world.audit())
    written = [triple for triples in found.accepting.values() for triple in triples]
    assert [(t.subject, t.object) for t in written] == [(mirror, NamedNode(f"{ID}origin/wire-june"))]


def test_an_origin_that_the_text_does_not_tell_of_is_named(world: World) -> None:
    world.origin("wire-june", "; schema:publisher publisher:wire")
    source = world.tell("herald", "2018-06-05", RETOLD, origin="wire-june")
    audit = world.audit()
    assert audit.passes and audit.unborne == ((source, NamedNode(f"{ID}origin/wire-june")),)


ASKED = "In an interview with {} the chancellor said that the treaty was done."


@pytest.fixture
def chancellor(world: World) -> str:
    text = (world.project.data / "authority" / "officials.ttl").read_text(encoding="utf-8")
    return next(word for word in text.split() if word.startswith("official:"))


def test_two_who_tell_of_one_interview_share_it(world: World, chancellor: str) -> None:
    world.tell("herald", "2018-06-05", ASKED.format("Graustarkian journalists"), speaker=chancellor)
    world.tell("mirror", "2018-06-06", ASKED.format("three Graustarkian papers, "), speaker=chancellor)
    found = only(world.audit())
    assert found.sign is Sign.INTERVIEW and len(found.sources) == 2
    kinds = [
        t.object for triples in found.accepting.values() for t in triples if t.predicate == PACT.originKind
    ]
    assert kinds == [PACT.GivenInterview]


@pytest.mark.parametrize(
    ("who", "day"), [("Velmarkian journalists", "2018-06-06"), ("Graustarkian journalists", "2018-07-06")]
)
def test_other_interviews_stay_apart(who: str, day: str, world: World, chancellor: str) -> None:
    world.tell("herald", "2018-06-05", ASKED.format("Graustarkian journalists"), speaker=chancellor)
    world.tell("mirror", day, ASKED.format(who), speaker=chancellor)
    assert world.audit().passes


# What a reviewer says


def test_accepting_writes_the_origin_and_there_is_one_witness(world: World, capsys: Capture) -> None:
    world.tell("herald", "2018-06-05", REPORT)
    world.tell("mirror", "2018-06-06", SLIGHTLY_CHANGED)
    assert world.run() == 1
    told = capsys.readouterr().out
    name = only(world.audit()).name
    assert (
        f"--accept {name}" in told
        and "Ruritania–Velmark river agreement · reached stage: signed: 2 → 1" in told
    )
    assert world.run("--accept", name) == 0
    assert sorted(Path(line).name for line in capsys.readouterr().out.splitlines()) == [
        "herald-2018-06-05.ttl",
        "mirror-2018-06-06.ttl",
        "origins.ttl",
    ]
    assert world.run() == 0 and validate(world.project).passes
    origins = group(read_triples(world.project.data / "authority" / "origins.ttl"))
    assert [PACT.Origin in p[RDF.type] for p in origins.values()] == [True]


def test_rejecting_is_remembered_too(world: World, capsys: Capture) -> None:
    world.tell("herald", "2018-06-05", REPORT)
    mirror = world.tell("mirror", "2018-06-06", SLIGHTLY_CHANGED)
    world.tell("mirror", "2018-06-05", "The treaty is done, Elphberg Wire reports.")
    for each in world.audit().found:
        assert world.run("--reject", each.name[:5]) == 0
    assert world.run() == 0 and validate(world.project).passes
    nodes = group(read_triples(world.project.data / "sources" / "mirror-2018-06-06.ttl"))
    assert iris(nodes[mirror], PACT.independentOf) == [NamedNode(f"{ID}source/herald-2018-06-05")]


def test_a_name_of_nothing_is_refused_and_nothing_is_written(world: World, capsys: Capture) -> None:
    world.tell("herald", "2018-06-05", REPORT)
    assert world.run("--accept", "beef") == 2
    assert "'beef' is not the name of a proposal; there are: none" in capsys.readouterr().err
    with pytest.raises(UsageError, match="is not a folder of texts"):
        audit_copies(world.project, world.texts / "nowhere")


def test_csv_and_json_say_the_same(world: World, capsys: Capture) -> None:
    world.tell("herald", "2018-06-05", REPORT)
    world.tell("mirror", "2018-06-06", REPORT)
    assert world.run("--format", "csv") == 1
    head, row = capsys.readouterr().out.splitlines()
    world.run("--json")
    (found,) = json.loads(capsys.readouterr().out)["found"]
    assert dict(zip(head.split(","), row.split(","), strict=True))["name"] == found["name"]
    assert found["overlaps"][0]["shares"] == [1.0, 1.0] and found["effects"][0]["witnesses"] == [2, 1]


# Sentences


def a_text(words: list[str]) -> str:
    return ". ".join(" ".join(words[n : n + 8]).capitalize() for n in range(0, len(words), 8)) + "."


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from("oak elm ash fir yew bay box may sloe plum pear quince".split()),
        min_size=8,
        max_size=60,
    )
)
def test_a_text_shares_all_its_sentences_with_itself(words: list[str]) -> None:
    text = a_text(words)
    found = sentences(text)
    one, other = NamedNode("a:1"), NamedNode("a:2")
    shared = alike({one: found, other: found}).get((one, other), [])
    assert {pair.one.span for pair in shared} == {sentence.span for sentence in found}
    assert all(sentence.words.split()[0] == sentence.opening.casefold().split()[0] for sentence in found)


# The five articles, where their texts lie beside the checkout


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five articles do not lie beside the checkout")
def test_the_five_articles(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "data", tmp_path / "data")
    project = Project(tmp_path)
    assert audit_copies(project, SEEDS).passes
    names = ("kyivindependent-2024-04-20", "online-ua-2024-04-20")
    for name in names:
        path = project.data / "sources" / f"{name}.ttl"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "pact:origin " not in line), encoding="utf-8")
    audit = audit_copies(project, SEEDS)
    assert signs(audit) == [(Sign.INTERVIEW, tuple(NamedNode(f"{ID}source/{name}") for name in names))]
    assert {each.kinship for each in audit.beside} == {Kinship.BACKGROUND} and len(audit.beside) == 2
