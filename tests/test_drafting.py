"""Drafts: every claim is valid and proved, what is new is proposed, what is not proved is refused, and batches go on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from pactgraph.adding.authority import with_proposals
from pactgraph.audit.passages import Verdict, check_source
from pactgraph.audit.reading import read_lexicon
from pactgraph.claim import Claim
from pactgraph.cli import main
from pactgraph.curation import validate
from pactgraph.drafting import Draft, Drafter, Given, Options, describe, open_drafter, open_page
from pactgraph.drafting.batch import replace_file
from pactgraph.drafting.proposals import merged, slug
from pactgraph.drafting.proving import fitted, span_of
from pactgraph.drafting.recipes import read_cookbook
from pactgraph.drafting.rows import claim_rows
from pactgraph.errors import BadInput, PageFault
from pactgraph.evaluation.reading import read_dates
from pactgraph.graph.minting import format_nodes
from pactgraph.graph.nodes import Nodes, group, read_triples
from pactgraph.graph.sources import read_source
from pactgraph.passage import fault, normalise, read
from pactgraph.project import Project, shipped
from pactgraph.vocabulary import ID, ONTOLOGY, PACT, PROV

ROOT = Path(__file__).resolve().parents[1]
OPEN = ROOT / "tests" / "gold" / "open"
SEEDS = ROOT.parent / "shared" / "seeds"
DAY = date(2026, 11, 22)
TEXT = (
    "Ukraine and France seal a pact\n\n"
    "Ukraine signed a bilateral security agreement with France in Paris on 16 February 2024. The agreement covers "
    "military aid. President Emmanuel Macron said that Ukraine could sign agreements with Norway and Sweden in May.\n\n"
    "Ukraine has signed nine security agreements so far.\n"
)


@cache
def drafter() -> Drafter:
    return open_drafter(Project(ROOT))


def draft_of(text: str, published: date | None = date(2024, 2, 17), **told: Any) -> Draft:
    known: dict[str, Any] = {"publisher": "The Strelsau Courier", "address": "https://courier.example/1"}
    return drafter().draft(
        Given("courier", normalise(text), "courier.txt", DAY, published=published, **{**known, **told})
    )


def said(draft: Draft) -> set[tuple[str, str, str]]:
    """Subject, predicate and value of each claim, by the ends of their names."""
    return {
        (_end(c.subject), _end(c.predicate), _end(c.object))
        for c in (d.claim.proposition for d in draft.claims)
    }


def _end(term: Any) -> str:
    return term.value.rpartition("#")[2].rpartition("/")[2] if "://" in term.value else str(term.value)


def claim(draft: Draft, predicate: str) -> Claim:
    return next(d.claim for d in draft.claims if d.claim.proposition.predicate.value == ONTOLOGY + predicate)


# What becomes of a candidate


def test_a_signing_becomes_a_stage_and_a_day() -> None:
    draft = draft_of(TEXT)
    assert {
        ("ukraine-france", "reachedStage", "Signed"),
        ("ukraine-france", "signedOn", "2024-02-16"),
    } <= said(draft)


def test_a_claim_tells_who_says_it_how_where_and_by_which_rule() -> None:
    draft = draft_of(TEXT)
    signed = claim(draft, "signedOn")
    assert signed.quotation == PACT.OwnVoice
    assert signed.speaker.value == f"{ID}publisher/the-strelsau-courier"
    assert (signed.as_printed, signed.stated_on) == ("16 February 2024", "2024-02-17")
    assert signed.rule is not None and signed.rule.endswith(" 1")
    assert 0 < float(signed.confidence or 0) <= 1
    assert signed.recorded_by is not None and signed.recorded_by in draft.proposals


@pytest.mark.parametrize(
    ("condition", "node"),
    [
        ("if Congress votes for the aid bill", f"{ID}measure/us-aid-bill-2024"),
        ("after the upcoming vote", f"{ID}event/us-house-aid-vote-2024"),
        ("after a vote", None),
        ("if the weather is fine", None),
    ],
)
def test_a_condition_is_claimed_where_the_graph_has_it(condition: str, node: str | None) -> None:
    draft = draft_of(
        f"Talks\n\nUkraine could sign a security agreement with the United States {condition}.\n"
    )
    expected = claim(draft, "expectedSigning")
    assert expected.modality.value == f"{ONTOLOGY}Conditional"
    assert dict(expected.proposition.scope).get(PACT.condition) == (NamedNode(node) if node else None)


def test_an_office_is_of_the_state_that_another_office_of_its_holder_names() -> None:
    draft = draft_of(
        "Talks\n\nPresident of Norway Ada Lindqvist met reporters. Prime Minister Ada Lindqvist said that Norway signed a "
        "security agreement with Ukraine.\n"
    )
    offices = {v for s, p, v in said(draft) if p == "holdsOffice"}
    assert offices == {"president-of-norway", "prime-minister-of-norway"}


def test_an_office_of_nobody_is_refused_with_what_would_tell() -> None:
    draft = draft_of("Talks\n\nPresident Emmanuel Macron spoke of a security agreement with Ukraine.\n")
    (reasons,) = (refusal.reasons for refusal in draft.refused if refusal.says == "holdsOffice")
    assert "no pact:Tenure of Emmanuel Macron" in reasons[0]


def test_what_is_longer_than_any_article_is_refused_at_once() -> None:
    with pytest.raises(PageFault, match="300,000 characters"):
        draft_of("Kyiv. " * 50_000)


def test_a_sentence_said_hundreds_of_times_is_drafted_in_time() -> None:
    began = time.process_time()
    draft = draft_of("Ukraine signed a security agreement with France on 16 February 2024. " * 300)
    assert len(draft.claims) == 2
    assert time.process_time() - began < 15


def test_what_is_expected_is_no_signing() -> None:
    draft = draft_of(TEXT)
    expected = {(s, v) for s, p, v in said(draft) if p == "expectedSigning"}
    assert ("ukraine-norway", "2024-05") in expected
    assert not any(s == "ukraine-norway" and v == "Signed" for s, _, v in said(draft))


def test_a_count_is_a_value_of_parts() -> None:
    draft = draft_of(TEXT)
    parts = draft.nodes[claim(draft, "reportedCount").proposition.object]  # type: ignore[index]
    assert parts[NamedNode(f"{ONTOLOGY}counts")] == [NamedNode(f"{ONTOLOGY}SignedPacts")]


def test_what_the_graph_does_not_hold_is_proposed_and_only_that() -> None:
    draft = draft_of("Kiribati signed a security agreement with Tuvalu on 3 May 2018. Ukraine was not there.")
    assert f"{ID}party/kiribati" in {node.value for node in draft.proposals} or not draft.claims
    assert not any(node.value == f"{ID}party/ukraine" for node in draft.proposals)


def test_without_a_day_of_publication_no_day_is_made_up() -> None:
    draft = draft_of("Ukraine will sign a security agreement with Norway soon.", published=None)
    assert not any(
        d.claim.stated_on or d.claim.proposition.object.value.endswith("/..") for d in draft.claims
    )
    assert draft.refused


def test_a_run_tells_program_parser_and_model() -> None:
    draft = draft_of(TEXT)
    (run,) = (p for node, p in draft.proposals.items() if node.value.startswith(f"{ID}run/"))
    told = format_nodes({claim(draft, "signedOn").recorded_by: run})  # type: ignore[dict-item]
    assert "spaCy" in told and "pactgraph" in told and "2026-11-22" in told
    assert PROV.wasAssociatedWith in run


def test_nothing_is_taken_from_an_empty_text() -> None:
    draft = draft_of("Nobody was there.")
    assert draft.claims == ()
    assert "NewsArticle" in draft.turtle


# Everything is proved


def texts() -> list[Path]:
    return sorted(OPEN.glob("*.txt"))


@cache
def opened() -> tuple[Draft, ...]:
    days = read_dates(OPEN.with_suffix(".tsv"))
    return tuple(
        drafter().draft(
            Given(
                slug(path.stem), read(path), path.name, DAY, published=days.get(path.name), publisher="Wire"
            )
        )
        for path in texts()
    )


def staged(folder: Path, drafts: Iterator[Draft] | tuple[Draft, ...]) -> Project:
    """The data of the repository with drafts in it."""
    shutil.copytree(ROOT / "data", folder / "data")
    project, proposals = Project(folder), Nodes()
    for draft in drafts:
        replace_file(folder / "data" / "sources" / f"{draft.given.name}.ttl", draft.turtle)
        proposals = merged(proposals, draft.proposals)
    for path, content in with_proposals(project, proposals).items():
        replace_file(path, content)
    return project


def test_every_claim_of_the_open_texts_is_valid_and_verified(tmp_path: Path) -> None:
    project = staged(tmp_path, opened())
    files = [project.data / "sources" / f"{draft.given.name}.ttl" for draft in opened()]
    found = validate(project, [*files, *project.authority()], jobs=1).findings
    assert [str(f) for f in found if f.severity.value.endswith("Violation")] == []
    lexicon = read_lexicon(project)
    verdicts = [
        (each.claim.value, each.reasons)
        for draft, file in zip(opened(), files, strict=True)
        for each in check_source(read_source(file), draft.given.text, lexicon)
        if each.verdict is not Verdict.VERIFIED
    ]
    assert verdicts == []
    assert sum(len(draft.claims) for draft in opened()) > 250


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles do not lie beside this checkout")
def test_every_claim_of_the_seeds_is_valid_and_verified(tmp_path: Path) -> None:
    drafts = []
    for path in sorted(SEEDS.glob("0*.txt")):
        text = read(path)
        drafts.append(
            drafter().draft(
                Given(
                    f"x-{slug(path.stem)}",
                    text,
                    path.name,
                    DAY,
                    published=date(2024, 7, 15),
                    publisher="Wire",
                )
            )
        )
    project = staged(tmp_path, tuple(drafts))
    lexicon = read_lexicon(project)
    for draft in drafts:
        source = read_source(project.data / "sources" / f"{draft.given.name}.ttl")
        assert {c.verdict for c in check_source(source, draft.given.text, lexicon)} == {Verdict.VERIFIED}


def test_spans_slice_back_exactly() -> None:
    for draft in opened():
        for row in claim_rows(draft):
            for span in filter(None, (row["clause"], row["object_span"], row["trigger"])):
                assert draft.given.text.normal[span["start"] : span["end"]] == span["words"]


def test_the_same_text_gives_the_same_bytes_whatever_was_read_before() -> None:
    first, again = opened()[0], drafter().draft(opened()[0].given)
    assert first.turtle == again.turtle
    assert first.proposals_turtle == again.proposals_turtle


def test_a_draft_is_in_the_fixed_form(tmp_path: Path) -> None:
    for draft in opened()[:5]:
        path = replace_file(tmp_path / "a.ttl", draft.turtle)
        assert format_nodes(group(read_triples(path))) == draft.turtle


def test_every_refusal_tells_why() -> None:
    refused = [refusal for draft in opened() for refusal in draft.refused]
    assert refused
    assert all(refusal.reasons and all(refusal.reasons) for refusal in refused)


def test_no_more_than_a_few_words_are_kept() -> None:
    for draft in opened():
        for each in draft.claims:
            assert len(each.claim.as_printed or "") <= 60
            assert len((each.claim.as_printed or "").split()) <= 7


# Passages


@given(st.text("ab 1.,\n…[]é", max_size=30), st.integers(0, 30), st.integers(0, 30))
@settings(max_examples=200, deadline=None)
def test_a_fitted_stretch_may_be_a_passage(text: str, start: int, end: int) -> None:
    text = normalise(text).normal
    span = fitted(text, min(start, end), max(start, end))
    assert span is None or fault(text, span) is None


def test_a_stretch_is_widened_to_whole_words() -> None:
    span = fitted("They signed it today.", 7, 13)
    assert span is not None and span.of("They signed it today.") == "signed it"


def test_names_are_small_letters_digits_and_hyphens() -> None:
    assert slug("Łukasz Péter Ørsted’s") == "lukasz-peter-orsteds"
    assert slug("Київ") and slug("Київ").isascii()


# Recipes


def test_every_recipe_names_a_property_and_terms_that_there_are() -> None:
    known = drafter().extractor.nodes
    cookbook = read_cookbook(shipped("lexica") / "claims.toml")
    terms = {node.value.removeprefix(ONTOLOGY) for node in known if node.value.startswith(ONTOLOGY)}
    for recipe in cookbook.recipes:
        assert recipe.says in known
        assert recipe.value[0].islower() or recipe.value in terms
    words = {word for name, table in cookbook.tables.items() if name != "unit" for word in table.values()}
    assert words <= terms


@pytest.mark.parametrize(
    "told",
    [
        "= 1",
        '[[claim]]\nof = "signed"\n',
        '[[claim]]\nof = "a"\nsays = "b"\nabout = "nobody"\nvalue = "date"\n',
        '[[claim]]\nof = "a"\nsays = "b"\nabout = "pact"\nvalue = "weather"\n',
        '[[claim]]\nof = "a"\nsays = "b"\nabout = "pact"\nvalue = "date"\nwhen = "now"\n',
    ],
)
def test_a_recipe_that_is_none_is_refused(tmp_path: Path, told: str) -> None:
    path = tmp_path / "claims.toml"
    path.write_text(told, "utf-8")
    with pytest.raises(BadInput):
        read_cookbook(path)


# What is known of an article


def options(**told: Any) -> Options:
    return Options(DAY, **told)


def described(tmp_path: Path, content: str, name: str = "a.txt", **told: Any) -> Given:
    file = tmp_path / name
    file.write_text(content, "utf-8")
    page, capture = open_page(file, tmp_path / "texts")
    return describe(page, capture, drafter().extractor.lexicon, options(**told))


def test_the_day_comes_from_the_caller_the_page_or_the_byline(tmp_path: Path) -> None:
    byline = (
        "A headline of a few words\nBy A. Writer, 3 May 2018\n\nBoth of them have signed the pact at last."
    )
    assert (described(tmp_path, byline).published, described(tmp_path, byline).basis) == (
        date(2018, 5, 3),
        "Byline",
    )
    told = described(tmp_path, byline, published=date(2018, 5, 4))
    assert (told.published, told.basis) == (date(2018, 5, 4), None)
    page = (
        "<html><head><title>A pact</title><meta property='article:published_time' content='2018-05-02'></head>"
        f"<body><article><h1>A pact</h1>{'<p>Ruritania and Velmark have signed a pact in Strelsau.</p>' * 6}</article></body></html>"
    )
    found = described(tmp_path, page, "a.html")
    assert (found.published, found.basis, found.capture) == (date(2018, 5, 2), "Markup", "a.txt")
    assert described(tmp_path, "Both of them have signed the pact at last.").published is None


def test_the_address_or_the_iri_of_the_source_may_be_told(tmp_path: Path) -> None:
    assert (
        described(tmp_path, "A pact.", source="https://courier.example/2").address
        == "https://courier.example/2"
    )
    assert described(tmp_path, "A pact.", source=f"{ID}source/courier-2").name == "courier-2"


def test_a_publisher_is_found_by_name_domain_or_identifier() -> None:
    for told in (
        "Kyiv Independent",
        "kyivindependent.com",
        "kyiv-independent",
        f"{ID}publisher/kyiv-independent",
    ):
        draft = draft_of(TEXT, publisher=told)
        assert claim(draft, "signedOn").speaker.value == f"{ID}publisher/kyiv-independent"
    by_host = draft_of(TEXT, publisher=None, address="https://www.kyivindependent.com/x")
    assert claim(by_host, "signedOn").speaker.value == f"{ID}publisher/kyiv-independent"


# The command


def run(*given: object) -> int:
    return main([*map(str, given), "--project", str(ROOT), "--recorded", "2026-11-22"])


def article(folder: Path, name: str = "courier.txt", text: str = TEXT) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def test_the_command_prints_turtle_json_lines_or_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    file = article(tmp_path)
    assert run("extract", file, "--published", "2024-02-17", "--proposals", tmp_path / "p.ttl") == 0
    turtle = capsys.readouterr()
    assert "a pact:Claim" in turtle.out and "claims" in turtle.err
    assert "a prov:Activity" in (tmp_path / "p.ttl").read_text("utf-8")
    assert run("extract", file, "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"claim", "clause", "rule", "confidence", "date", "speaker", "modality"} <= rows[0].keys()
    assert run("extract", file, "--format", "table") == 0
    assert "16 February 2024" in capsys.readouterr().out


def test_the_command_explains(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", article(tmp_path), "--explain") == 0
    out = capsys.readouterr().out
    assert all(part in out for part in ("Zones", "Mentions", "Frames", "headline", "opens sign"))


@pytest.mark.parametrize("columns", [80, 110])
def test_an_explanation_tells_what_was_passed_over_and_fits_the_page(
    columns: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    file = tmp_path / "denial.txt"
    file.write_text(f"{TEXT}\nUkraine did not sign a security agreement with Norway.\n", "utf-8")
    assert run("extract", file, "--explain") == 0
    out = capsys.readouterr().out
    passed = out.partition("Passed over")[2].partition("Refused")[0]
    assert "“sign”: it is denied" in " ".join(passed.split())
    assert max(map(len, out.splitlines())) <= columns


def test_the_command_reads_stdin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = article(tmp_path)
    with file.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        monkeypatch.setattr("pactgraph.project.Project.texts", tmp_path / "texts")
        assert run("extract", "-") == 0
    assert "a pact:Claim" in capsys.readouterr().out


def test_a_batch_writes_goes_on_and_lists_what_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    article(folder, "one.txt")
    article(folder, "two.txt", "Ukraine signed a security agreement with Italy on 24 February 2024.")
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02PDF\x00" * 40)
    output = tmp_path / "out"
    assert run("extract", folder, "--output", output) == 1
    told = capsys.readouterr()
    assert "bad.txt" in told.err
    assert {path.name for path in (output / "sources").iterdir()} == {"one.ttl", "two.ttl"}
    before = (output / "sources" / "one.ttl").stat().st_mtime_ns
    (output / "sources" / "two.ttl").unlink()
    assert run("extract", folder, "--output", output, "--jobs", "1") == 1
    assert "1 draft written, 1 there already, 1 failed" in capsys.readouterr().err
    assert (output / "sources" / "one.ttl").stat().st_mtime_ns == before


def test_one_worker_and_two_write_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for path in texts()[:4]:
        shutil.copy(path, folder)
    for jobs in ("1", "2"):
        assert run("extract", folder, "--output", tmp_path / jobs, "--jobs", jobs) == 0
    for path in sorted((tmp_path / "1").rglob("*.ttl")):
        assert path.read_bytes() == (tmp_path / "2" / path.relative_to(tmp_path / "1")).read_bytes()


def test_calls_that_make_no_sense_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = article(tmp_path), article(tmp_path, "b.txt")
    assert run("extract", one, two) == 2
    assert run("extract", one, two, "--output", tmp_path / "o", "--format", "table") == 2
    assert run("extract", one, two, "--output", tmp_path / "o", "--source", "https://x.example/") == 2
    assert run("extract", tmp_path / "none.txt") == 2


def test_a_passage_of_a_draft_is_where_its_name_says() -> None:
    draft = draft_of(TEXT)
    signed = claim(draft, "signedOn")
    assert "France" in span_of(signed.passage).of(draft.given.text.normal)
    assert replace(signed, also_at=()).iri == signed.iri


def test_a_batch_that_is_stopped_leaves_whole_drafts_and_goes_on(tmp_path: Path) -> None:
    folder, output = tmp_path / "articles", tmp_path / "out"
    folder.mkdir()
    for nth, path in enumerate(texts() * 6):
        shutil.copy(path, folder / f"{nth:03}.txt")
    command = [sys.executable, "-m", "pactgraph", "extract", str(folder), "--output", str(output)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    # A job in the background of a shell ignores the signal, and what it starts inherits that.
    started = subprocess.Popen(
        [*command, "--project", str(ROOT)],
        env=environment,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while not list((output / "sources").glob("*.ttl")):
        assert started.poll() is None
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    assert started.wait(timeout=60) == 130
    written = sorted((output / "sources").glob("*.ttl"))
    assert 0 < len(written) < len(texts()) * 6
    assert all(group(read_triples(path)) for path in written)
    assert not list(output.rglob("*.new"))
