"""Adding an article: reviewed, staged, all or nothing, told what changed; the machine's version stays beside."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from faulty_server import serving
from pactgraph.adding import Decision, Review, Verdict, add, drift, edit
from pactgraph.adding.held import draft_path, find_held, source_path
from pactgraph.audit.reading import read_lexicon
from pactgraph.claim import Claim
from pactgraph.cli import main
from pactgraph.cli.adding import review_all
from pactgraph.curation import validate
from pactgraph.drafting import Draft, Drafter, Given, open_drafter
from pactgraph.errors import BadInput, UsageError
from pactgraph.graph.nodes import Nodes
from pactgraph.graph.sources import read_source
from pactgraph.passage import normalise
from pactgraph.project import Project
from pactgraph.vocabulary import EDTF, ID, ONTOLOGY, PACT

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 22)
TEXT = (
    "Talks in Kyiv\n\n"
    "Ukraine signed a bilateral security agreement with France in Paris on 16 February 2024. The agreement covers "
    "military aid. President of Ukraine Volodymyr Zelensky said that Ukraine could sign agreements with Norway and "
    "Sweden in May.\n\n"
    "Ukraine has signed nine security agreements so far.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The repository's names with one of its sources, which tells of the day that the article tells of."""
    data = tmp_path / "graph" / "data"
    shutil.copytree(ROOT / "data" / "authority", data / "authority")
    (data / "sources").mkdir()
    shutil.copy(ROOT / "data" / "sources" / "onlineua-list-no-nl.ttl", data / "sources")
    return Project(tmp_path / "graph")


@pytest.fixture(scope="module")
def drafter() -> Drafter:
    return open_drafter(Project(ROOT))


@pytest.fixture
def draft(drafter: Drafter) -> Draft:
    given = Given(
        "courier",
        normalise(TEXT),
        "courier.txt",
        DAY,
        address="https://courier.example/1",
        publisher="The Strelsau Courier",
        published=date(2024, 2, 17),
    )
    return drafter.draft(given)


def accepted(draft: Draft) -> dict[NamedNode, Decision]:
    return {each.claim.iri: Decision(Verdict.ACCEPT) for each in draft.claims}


def of(draft: Draft, predicate: str) -> Claim:
    return next(
        d.claim for d in draft.claims if d.claim.proposition.predicate.value.endswith(f"#{predicate}")
    )


def known(drafter: Drafter) -> Nodes:
    return drafter.extractor.nodes


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# What is written


def test_an_addition_is_valid_and_told(project: Project, draft: Draft, drafter: Drafter) -> None:
    addition = add(project, draft, accepted(draft), known(drafter))
    assert len(addition.claims) == len(draft.claims) >= 5
    assert any("signed on · 16 February 2024" in line for line in addition.change.support)
    assert validate(project, [source_path(project, "courier")], jobs=1).passes
    written = read_source(source_path(project, "courier"))
    assert set(written.claims) == set(addition.claims)


def test_new_nodes_go_to_the_file_of_their_kind(project: Project, draft: Draft, drafter: Drafter) -> None:
    before = files(project.data)
    add(project, draft, accepted(draft), known(drafter))
    changed = {name for name, content in files(project.data).items() if before.get(name) != content}
    assert {
        "authority/publishers.ttl",
        "authority/runs.ttl",
        "sources/courier.ttl",
        "drafts/courier.ttl",
    } <= changed
    assert b"The Strelsau Courier" in (project.data / "authority" / "publishers.ttl").read_bytes()


def test_what_is_rejected_is_not_in_the_graph_but_in_the_machines_version(
    project: Project, draft: Draft, drafter: Drafter
) -> None:
    refused = of(draft, "covers").iri
    add(project, draft, accepted(draft) | {refused: Decision(Verdict.REJECT)}, known(drafter))
    assert refused not in read_source(source_path(project, "courier")).claims
    assert refused in read_source(draft_path(project, "courier")).claims


def test_what_is_skipped_is_asked_again(project: Project, draft: Draft, drafter: Drafter) -> None:
    skipped = of(draft, "covers").iri
    add(project, draft, accepted(draft) | {skipped: Decision(Verdict.SKIP)}, known(drafter))
    held = find_held(project, draft.given)
    assert held is not None and skipped not in held.decided
    assert held.decided == {each.claim.iri for each in draft.claims} - {skipped}


def test_an_edited_claim_stands_for_the_machines(project: Project, draft: Draft, drafter: Drafter) -> None:
    machine = of(draft, "expectedSigning")
    decision = Decision(Verdict.EDIT, {"modality": "expected"})
    add(project, draft, accepted(draft) | {machine.iri: decision}, known(drafter))
    claims = read_source(source_path(project, "courier")).claims
    (edited,) = (claim for claim in claims.values() if claim.revises == machine.iri)
    assert edited.modality.value.endswith("#Expected")
    assert edited.rule is None and edited.recorded_by != machine.recorded_by
    assert machine.iri not in claims
    assert machine.iri in read_source(draft_path(project, "courier")).claims


def test_an_edit_that_the_text_does_not_prove_writes_nothing(
    project: Project, draft: Draft, drafter: Drafter
) -> None:
    before = files(project.root)
    wrong = Decision(Verdict.EDIT, {"value": "2019-01-01"})
    with pytest.raises(BadInput, match="nothing was written"):
        add(project, draft, accepted(draft) | {of(draft, "signedOn").iri: wrong}, known(drafter))
    assert files(project.root) == before


def test_a_graph_that_would_not_be_valid_writes_nothing(
    project: Project, draft: Draft, drafter: Drafter
) -> None:
    before = files(project.root)
    wrong = Decision(Verdict.EDIT, {"subject": "official:volodymyr-zelensky"})
    with pytest.raises(BadInput, match="would not be valid"):
        add(project, draft, accepted(draft) | {of(draft, "signedOn").iri: wrong}, known(drafter))
    assert files(project.root) == before


def test_a_fault_while_writing_leaves_everything_as_it_was(
    project: Project, draft: Draft, drafter: Drafter, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = files(project.root), os.replace

    def failing(source: Path, target: Path) -> None:
        if Path(target).parent == project.data / "sources":
            raise OSError("the disk is full")
        real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="full"):
        add(project, draft, accepted(draft), known(drafter))
    monkeypatch.undo()
    assert files(project.root) == before


# Edits


@pytest.mark.parametrize(
    ("predicate", "part", "words", "holds"),
    [
        ("signedOn", "value", "2024-02", lambda c: c.proposition.object == Literal("2024-02", datatype=EDTF)),
        ("signedOn", "printed", "February 2024", lambda c: c.as_printed == "February 2024"),
        (
            "signedOn",
            "subject",
            "pactid:ukraine-norway",
            lambda c: c.proposition.subject.value == f"{ID}pact/ukraine-norway",
        ),
        ("signedOn", "polarity", "denied", lambda c: c.polarity == PACT.Denied),
        (
            "expectedSigning",
            "speaker",
            "Andriy Yermak",
            lambda c: c.speaker.value == f"{ID}official/andriy-yermak",
        ),
        ("covers", "value", "financial", lambda c: c.proposition.object.value.endswith("#Financial")),
    ],
)
def test_parts_of_a_claim_can_be_edited(
    draft: Draft, drafter: Drafter, predicate: str, part: str, words: str, holds: Callable[[Claim], bool]
) -> None:
    claim = of(draft, predicate)
    edited = edit(claim, {part: words}, draft.nodes, known(drafter), NamedNode(f"{ID}run/review")).claim
    assert holds(edited)
    assert edited.revises == claim.iri


def test_a_count_keeps_its_parts(draft: Draft, drafter: Drafter) -> None:
    claim = of(draft, "reportedCount")
    edited = edit(claim, {"value": "10"}, draft.nodes, known(drafter), NamedNode(f"{ID}run/review"))
    (parts,) = edited.nodes.values()
    assert {values[0].value for values in parts.values()} >= {"10", f"{ONTOLOGY}SignedPacts"}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("weather", "fine"),
        ("value", "tomorrow"),
        ("speaker", "Nobody Known"),
        ("modality", "Kyiv"),
        ("printed", " "),
    ],
)
def test_edits_that_say_nothing_are_refused(draft: Draft, drafter: Drafter, part: str, words: str) -> None:
    with pytest.raises(UsageError):
        edit(of(draft, "signedOn"), {part: words}, draft.nodes, known(drafter), NamedNode(f"{ID}run/review"))


# The review


def answers(*given: str) -> Callable[[str], str]:
    told: Iterator[str] = iter(given)
    return lambda _: next(told)


def test_a_review_takes_one_letter_for_each_claim(
    draft: Draft, drafter: Drafter, capsys: pytest.CaptureFixture[str]
) -> None:
    review = Review([each.claim.iri for each in draft.claims])
    assert not review_all(review, draft, drafter, answers("a", "x", "u", "r", "s", "q"))
    assert [decision.verdict for decision in review.decisions.values()] == [Verdict.REJECT, Verdict.SKIP]
    told = capsys.readouterr()
    assert "one letter" in told.err and "France" in told.out


def test_an_edit_is_asked_part_by_part(draft: Draft, drafter: Drafter) -> None:
    review = Review([of(draft, "expectedSigning").iri])
    asked = answers("e", "modality", "nonsense", "modality", "expected", "")
    assert review_all(review, draft, drafter, asked)
    assert next(iter(review.decisions.values())) == Decision(Verdict.EDIT, {"modality": "expected"})


def test_a_review_is_kept_and_taken_up(draft: Draft, tmp_path: Path) -> None:
    review = Review([each.claim.iri for each in draft.claims])
    review.decide(Decision(Verdict.REJECT))
    review.decide(Decision(Verdict.EDIT, {"value": "2024"}))
    review.save(tmp_path / "kept.json")
    again = Review(review.claims)
    assert again.resume(tmp_path / "kept.json") == 2
    assert again.decisions == review.decisions and again.next == review.next
    assert Review(review.claims).resume(tmp_path / "none.json") == 0
    (tmp_path / "kept.json").write_text("[1]", "utf-8")
    with pytest.raises(BadInput, match="review"):
        again.resume(tmp_path / "kept.json")


def test_there_is_nothing_to_take_back_at_first() -> None:
    review = Review([])
    assert not review.undo()
    assert review.next is None


# The command


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "courier.txt"
    file.write_text(TEXT, "utf-8")
    return file


def run(project: Project, *given: object) -> int:
    return main(["add", *map(str, given), "--project", str(project.root), "--recorded", "2026-11-22"])


TOLD = (
    "--publisher",
    "The Strelsau Courier",
    "--source",
    "https://courier.example/1",
    "--published",
    "2024-02-17",
)


def test_the_same_article_again_adds_nothing(
    project: Project, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, article, "--yes", *TOLD) == 0
    told = capsys.readouterr()
    assert "New support" in told.out and "claims added" in told.err
    before = files(project.data)
    assert run(project, article, "--yes") == 0
    assert "Nothing new" in capsys.readouterr().err
    assert files(project.data) == before


def test_an_article_under_another_name_is_known_by_its_text(
    project: Project, article: Path, tmp_path: Path
) -> None:
    assert run(project, article, "--yes", *TOLD) == 0
    before = files(project.data)
    other = tmp_path / "other.txt"
    other.write_text(TEXT, "utf-8")
    assert run(project, other, "--yes") == 0
    assert files(project.data) == before


CHANGES = {
    "another day": (("16 February", "17 February"), {"gone": {"signedOn"}, "new": {"signedOn"}}),
    "a line before it": (
        ("Talks in Kyiv\n", "Talks in Kyiv\n\nThe sky was clear."),
        {"moved": {"signedOn", "covers"}},
    ),
    "a year less": (("16 February 2024", "16 February"), {"changed": {"signedOn"}, "moved": {"covers"}}),
    "another hope": (
        ("and Sweden in May", "in May"),
        {"unchanged": {"signedOn", "covers"}, "gone": {"expectedSigning"}},
    ),
    "a partner more": (("and Sweden in", ", Sweden and Greece in"), {"new": {"expectedSigning"}}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_text_is_told_claim_by_claim(
    name: str, project: Project, draft: Draft, drafter: Drafter
) -> None:
    (old, new), expected = CHANGES[name]
    add(project, draft, accepted(draft), known(drafter))
    held = find_held(project, draft.given)
    assert held is not None
    again = drafter.draft(replace(draft.given, text=normalise(TEXT.replace(old, new))))
    became: dict[str, set[str]] = {}
    for each in drift(held, again, read_lexicon(project)):
        became.setdefault(each.became.value, set()).add(
            each.claim.proposition.predicate.value.rpartition("#")[2]
        )
    assert all(became.get(verdict, set()) >= predicates for verdict, predicates in expected.items()), became
    assert "new" in expected or "new" not in became


def test_the_command_tells_a_changed_page_and_writes_nothing(
    project: Project, article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    assert run(project, article, "--yes", *TOLD) == 0
    before = files(project.data)
    article.write_text(TEXT.replace("16 February", "17 February"), "utf-8")
    capsys.readouterr()
    assert run(project, article, "--yes") == 1
    told = capsys.readouterr()
    lines = [line.split() for line in told.out.splitlines()]
    assert {line[0] for line in lines if line} >= {"became", "unchanged", "gone", "new"}
    assert "1 gone" in told.err and "The graph is as it was" in told.err
    assert max(map(len, told.out.splitlines())) <= 110
    assert files(project.data) == before


def test_without_a_terminal_a_review_is_refused(
    project: Project, article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a\n"))
    assert run(project, article) == 2
    assert "--yes" in capsys.readouterr().err


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self) -> bool:
        return True


def test_a_review_that_is_broken_off_goes_on_later(
    project: Project, article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(project.data)
    monkeypatch.setattr("sys.stdin", Terminal("r\nq\n"))
    assert run(project, article, *TOLD) == 1
    assert files(project.data) == before
    (kept,) = project.texts.glob("*.review.json")
    assert len(json.loads(kept.read_text("utf-8"))) == 1
    monkeypatch.setattr("sys.stdin", Terminal("a\n" * 20))
    assert run(project, article, *TOLD) == 0
    assert "Going on after 1 decision" in capsys.readouterr().err
    assert not kept.exists()


def test_what_supports_a_fact_is_the_reviewed_version_alone(project: Project, article: Path) -> None:
    assert run(project, article, "--yes", *TOLD) == 0
    assert draft_path(project, "courier").is_file()
    assert draft_path(project, "courier") not in project.sources()


PAGE = """<html lang="en"><head><title>Talks in Kyiv</title><meta property="og:site_name" content="The Strelsau Courier">
<meta property="article:published_time" content="2024-02-17T08:00:00+00:00"></head><body><article><h1>Talks in Kyiv</h1>
<p>Ukraine signed a bilateral security agreement with France in Paris on {day} February 2024. The agreement covers
military aid, and both of the delegations had come to the palace early in the morning for the ceremony.</p>
<p>Ukraine has signed nine security agreements so far, the office of the president said after the signing ceremony.</p>
<p>It rained for most of the day, and few people stood along the road when the motorcade left in the evening.</p>
</article></body></html>"""


def test_an_address_is_fetched_added_and_watched_for_drift(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving() as site:
        address = site.page("/news/talks", PAGE.format(day=16))
        assert run(project, address, "--yes", "--allow-loopback") == 0
        (file,) = (project.data / "sources").glob("127-0-0-1-*.ttl")
        source = read_source(file)
        assert source.published is not None and source.published.text == "2024-02-17"
        assert address.encode() in file.read_bytes()
        assert run(project, address, "--yes", "--allow-loopback") == 0
        assert "Nothing new" in capsys.readouterr().err
        site.page("/news/talks", PAGE.format(day=17))
        assert run(project, address, "--yes", "--allow-loopback") == 1
        assert "has changed" in capsys.readouterr().err
    assert main(["verify", "--project", str(project.root), "--texts", str(project.texts), str(file)]) == 1


def test_an_address_of_this_machine_needs_the_option(project: Project) -> None:
    with serving() as site:
        assert run(project, site.page("/news", PAGE.format(day=16)), "--yes") == 3
