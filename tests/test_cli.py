"""The commands as a person or a script meets them: what they print, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from pactgraph import __version__
from pactgraph.cli import main
from pactgraph.cli.arguments import parser
from pactgraph.errors import BAD_INPUT, FINDINGS, FINE, INTERNAL, USAGE
from pactgraph.project import Project

Capture = pytest.CaptureFixture[str]
READERS = ("list", "show gb", "why ukraine-latvia", "query 'ASK {?s ?p ?o}'", "export")


@pytest.fixture
def built(built: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The repository's data, built, with the shell standing in its folder."""
    monkeypatch.chdir(built.root)
    monkeypatch.setenv("COLUMNS", "120")
    return built


def run(*arguments: str) -> int:
    """One command, in this process."""
    return main(list(arguments))


def test_the_version_is_the_packages(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        run("--version")
    assert left.value.code == FINE
    assert capsys.readouterr().out == f"pactgraph {__version__}\n"


def commands() -> list[str]:
    """The names of all commands."""
    actions = parser()._subparsers._group_actions  # type: ignore[union-attr]
    return list(actions[0].choices or {})


@pytest.mark.parametrize("command", commands())
def test_every_command_helps_with_examples(command: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        run(command, "--help")
    assert left.value.code == FINE
    told = capsys.readouterr().out
    assert "Examples:" in told and f"pactgraph {command}" in told


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["nosuch"],
        ["list", "nosuch"],
        ["query", "--timeout", "soon", "ASK {}"],
        ["export", "--format", "pdf"],
    ],
)
def test_a_call_that_is_off_ends_with_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(*wrong)
    assert left.value.code == USAGE


def test_build_prints_the_table_of_pacts(repository: Project, capsys: Capture) -> None:
    assert run("build", "--project", str(repository.root)) == FINE
    told = capsys.readouterr()
    assert "ukraine-latvia" in told.out and "signed" in told.out
    assert f"Built from {len(repository.sources())} sources" in told.err
    assert run("build", "--project", str(repository.root)) == FINE
    assert "Up to date" in capsys.readouterr().err


def test_build_in_memory_writes_nothing(repository: Project, capsys: Capture) -> None:
    assert run("build", "--store", ":memory:", "--project", str(repository.root)) == FINE
    assert "ukraine-latvia" in capsys.readouterr().out
    assert not repository.store.exists()


def test_a_reader_without_a_store_says_what_to_run(repository: Project, capsys: Capture) -> None:
    assert run("list", "--project", str(repository.root)) == BAD_INPUT
    assert "pactgraph build" in capsys.readouterr().err


def test_outside_a_graph_one_is_told_how_to_start_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("list") == USAGE
    assert "pactgraph init" in capsys.readouterr().err


def test_a_project_is_found_from_a_folder_below_it(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("data/sources")
    assert run("list") == FINE


@pytest.mark.parametrize("kind", ["pacts", "parties", "officials", "sources", "publishers", "events"])
def test_list_gives_the_same_rows_in_every_form(kind: str, built: Project, capsys: Capture) -> None:
    assert run("list", kind, "--json") == FINE
    told = json.loads(capsys.readouterr().out)
    assert run("list", kind, "--format", "csv") == FINE
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["iri"] for row in rows] == [row["iri"] for row in told] and rows
    assert run("list", kind) == FINE
    table = capsys.readouterr().out
    assert all(part in table for row in rows for part in next(iter(row.values())).split("-"))


def test_a_table_without_conflicts_says_how_to_see_them(
    built: Project, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("pactgraph.pages.pacts.FEW", 2)
    monkeypatch.setattr("pactgraph.pages.pacts.COUNTED", 10)
    assert run("list", "pacts") == FINE
    assert "pactgraph list pacts --limit 50" in capsys.readouterr().err
    assert run("list", "pacts", "--limit", "2", "--json") == FINE
    out, err = capsys.readouterr()
    assert len(json.loads(out)) == 2 and "--limit" not in err


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_tables_fit_the_terminal(
    columns: int, built: Project, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for kind in ("pacts", "officials", "sources"):
        run("list", kind)
        assert max(map(len, capsys.readouterr().out.splitlines())) <= columns


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("gb", "United Kingdom"),
        ("ukraine-united-kingdom", "United Kingdom"),
        ("pactid:ukraine-latvia", "Latvia"),
        ("https://w3id.org/pactgraph/id/party/latvia", "Latvia"),
        ("Zelenskyy", "Zelensky"),
        ("yerm", "Yermak"),
        ("ukraine-compact", "Ukraine Compact"),
        ("like123-2024-05-01", "7 new security pacts"),
        ("ukraine-lat", "Latvia"),
        ("latv", "Latvia"),
        ("rinkevics", "Rinkēvičs"),
        ("GB", "United Kingdom"),
        ("zelensky-interview-2024-04-20", "Interview"),
    ],
)
def test_show_takes_names_codes_identifiers_and_beginnings(
    given: str, shown: str, built: Project, capsys: Capture
) -> None:
    assert run("show", given) == FINE
    assert shown in capsys.readouterr().out


def test_show_gives_who_says_so_and_a_link_to_the_sentence(built: Project, capsys: Capture) -> None:
    run("show", "ukraine-united-states", "--claims")
    told = capsys.readouterr().out
    assert "Andriy Yermak in The Kyiv Independent" in told
    assert "#:~:text=" in told
    run("show", "ukraine-united-states", "--json")
    page = json.loads(capsys.readouterr().out)
    assert all(claim["link"] and claim["speaker"] and claim["passage"] for claim in page["claims"])


@pytest.mark.parametrize(
    ("given", "listed"), [("ukraine-l", "ukraine-latvia"), ("Atlantis", "nothing here"), ("latvai", "latvia")]
)
def test_an_unclear_name_lists_what_it_could_be(
    given: str, listed: str, built: Project, capsys: Capture
) -> None:
    assert run("show", given) == USAGE
    assert listed in capsys.readouterr().err


def test_what_only_a_locator_places_is_marked(built: Project, capsys: Capture) -> None:
    run("show", "dw-turan-uk")
    shown = capsys.readouterr().out
    marked = "#:~:text=visit%20of%20the%20head (by locator)\n"
    assert marked in shown
    run("show", "dw-turan-uk", "--json")
    claims = json.loads(capsys.readouterr().out)["claims"]
    [claim] = [each for each in claims if each["locator"] == "visit of the head"]
    assert claim["link"].endswith(marked.partition(" ")[0])
    run("why", f"claim:{claim['claim'].rpartition('/')[2]}")
    assert marked in capsys.readouterr().out
    run("show", "kyivindependent-2024-04-20")
    assert "(by locator)" not in capsys.readouterr().out


def test_why_tells_facts_and_counts_origins_not_articles(built: Project, capsys: Capture) -> None:
    assert run("why", "ukraine-canada", "reachedStage", "signed") == FINE
    told = capsys.readouterr().out
    origins = re.search(r"a fact · \w+: (\d+) independent origins", told)
    assert origins and 3 <= int(origins[1]) < told.count("claim:")


def test_why_keeps_what_is_not_said_as_so_apart(built: Project, capsys: Capture) -> None:
    run("why", "ukraine-united-states", "expectedSigning", "--json")
    evidence = json.loads(capsys.readouterr().out)
    assert evidence and all(
        not each["fact"] and each["others"] and not each["supporting"] for each in evidence
    )


def test_why_a_coarser_date_agrees_with_the_finer_fact(built: Project, capsys: Capture) -> None:
    run("why", "ukraine-united-kingdom", "signedOn")
    told = capsys.readouterr().out
    assert told.startswith("Ukraine–United Kingdom security agreement · signed on: 12 January 2024\n  a fact")
    assert "\n  agreeing, less precise: January 2024 · normal, coarser · " in told
    run("why", "ukraine-united-kingdom", "signedOn", "2024-01")
    assert "agrees with the fact 12 January 2024" in capsys.readouterr().out


def test_why_puts_the_fact_first_and_tells_each_claim_once(built: Project, capsys: Capture) -> None:
    run("why", "g7-joint-declaration", "adoptedOn")
    told = capsys.readouterr().out
    headings = re.findall(
        r"^(?:G7 .*adopted on|  agreeing, less precise|  said otherwise): ([^·\n]+?)(?: ·|$)", told, re.M
    )
    assert headings == ["12 July 2023", "July 2023", "2023", "July 2022"]
    claims = re.findall("claim:[0-9a-f]{20}", told)
    assert len(claims) == len(set(claims))
    run("why", "g7-joint-declaration", "adoptedOn", "--json")
    evidence = json.loads(capsys.readouterr().out)
    assert [each["object"] for each in evidence] == ["2023-07-12", "2023-07", "2023", "2022-07"]


def test_why_says_what_sources_share(built: Project, capsys: Capture) -> None:
    run("why", "ukraine-united-states", "reachedStage", "approaching")
    told = capsys.readouterr().out
    assert re.search(
        r"interview with Brazilian journalists, April 2024 \(interview\)\n.*The Kyiv Independent, 20 April 2024 · ",
        told,
    )
    run("why", "ukraine-germany", "amount")
    assert "UPI on the agreement with Germany, February 2024 (wire report)" in capsys.readouterr().out


@pytest.mark.parametrize("columns", [60, 80, 110])
def test_why_keeps_to_the_page_but_for_links(
    columns: int, built: Project, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    run("why", "ukraine-greece")
    assert not [
        line for line in capsys.readouterr().out.splitlines() if len(line) > columns and "https:" not in line
    ]


def test_why_of_a_claim_is_why_of_what_it_claims(built: Project, capsys: Capture) -> None:
    run("show", "ukraine-latvia", "--json")
    claim = json.loads(capsys.readouterr().out)["claims"][0]["claim"]
    assert run("why", claim) == FINE
    assert "Latvia" in capsys.readouterr().out


def test_why_takes_the_beginning_of_a_claims_name(built: Project, capsys: Capture) -> None:
    run("show", "ukraine-latvia", "--json")
    claim = json.loads(capsys.readouterr().out)["claims"][0]["claim"].rpartition("/")[2]
    assert run("why", f"claim:{claim[:8]}") == FINE
    assert run("why", "claim:0a1b") == USAGE
    assert "0a1b" in capsys.readouterr().err


@pytest.mark.parametrize(
    "odd",
    [
        ["why", "pactid:a b"],
        ["show", "http://bad iri"],
        ["show", "://"],
        ["query", "ASK { ?s ?p ?x }", "--param", "x=pactid:a b"],
        ["query", "ASK {}", "--timeout", "inf"],
    ],
)
def test_odd_names_are_usage_errors(odd: list[str], built: Project) -> None:
    assert run(*odd) == USAGE


def test_a_refusal_in_memory_says_what_is_wrong(built: Project, capsys: Capture) -> None:
    path = built.data / "sources/like123-2024-05-01.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("pact:Affirmed", "pact:Sure"), encoding="utf-8")
    assert run("list", "--store", ":memory:") == FINDINGS
    assert "like123-2024-05-01.ttl:" in capsys.readouterr().err


def test_a_capital_finds_the_state_it_stands_for(built: Project, capsys: Capture) -> None:
    assert run("show", "Washington") == FINE
    assert "United States" in capsys.readouterr().out


def test_why_of_what_nobody_claims(built: Project, capsys: Capture) -> None:
    assert run("why", "ukraine-latvia", "adoptedOn") == USAGE
    assert "no source claims" in capsys.readouterr().err


@pytest.mark.parametrize("syntax", ["csv", "tsv", "json", "xml", "table"])
def test_query_answers_in_every_form(syntax: str, built: Project, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("query", "SELECT ?pact { ?pact a pact:Compact }", "--format", syntax) == FINE
    assert "ukraine-compact" in capfd.readouterr().out


@pytest.mark.parametrize("text", ["ASK { ?s ?p ?o }", "SELECT ?pact { ?pact a pact:Compact }"])
@pytest.mark.parametrize("syntax", ["csv", "tsv", "json", "xml", "table"])
def test_every_answer_ends_with_a_line_break(
    syntax: str, text: str, built: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("query", text, "--format", syntax) == FINE
    told = capfd.readouterr().out
    assert told.endswith("\n") and not told.endswith("\n\n")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2024-05-27^^loc:edtf", True),
        ('"2024-05-27"^^loc:edtf', True),
        ("2024-05-27^^<http://id.loc.gov/datatypes/edtf>", True),
        ("2024-05-27^^xsd:date", False),
        ("2024-05-27", False),
    ],
)
def test_a_parameter_may_have_a_datatype(
    value: str, found: bool, built: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    assert (
        run("query", "ASK { ?pact pact:signedOn ?day }", "--param", f"day={value}", "--format", "csv") == FINE
    )
    assert capfd.readouterr().out.strip() == str(found).lower()


def test_a_datatype_that_is_no_iri_is_refused(built: Project, capsys: Capture) -> None:
    assert run("query", "ASK { ?s ?p ?day }", "--param", "day=2024^^no iri") == USAGE
    assert "'no iri' is no IRI" in capsys.readouterr().err


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_many_columns_on_a_narrow_page_become_a_list(
    columns: int, built: Project, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run("query", "claims", "--param", "subject=ukraine-latvia") == FINE
    told = capfd.readouterr().out
    assert re.search(r"^predicate +pact:signedOn$", told, re.M) and "─" not in told
    assert run("query", "SELECT ?pact { ?pact a pact:Compact }") == FINE
    assert "─" in capfd.readouterr().out


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_jobs_are_one_or_more(jobs: str, built: Project, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        run("build", "--jobs", jobs)
    assert left.value.code == USAGE
    assert f"'{jobs}' is no whole number from 1" in capsys.readouterr().err


@pytest.mark.parametrize("command", READERS)
def test_an_answer_from_before_the_data_changed_says_so(
    command: str, built: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    said = "changed since the store was built; see: pactgraph build"
    assert run(*shlex.split(command)) == FINE
    assert said not in capfd.readouterr().err
    path = built.data / "sources" / "ki-lv.ttl"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (built.data / "sources" / "abc-us.ttl").unlink()
    assert run(*shlex.split(command)) == FINE
    assert f"1 file {said}" in capfd.readouterr().err


def test_query_reads_stdin_files_and_names(
    built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    text = "SELECT ?pact { ?pact a pact:Compact }"
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert run("query", "-") == FINE
    (tmp_path / "own.rq").write_text(text, encoding="utf-8")
    assert run("query", str(tmp_path / "own.rq")) == FINE
    assert run("query", "timeline", "--param", "pact=pactid:ukraine-latvia") == FINE
    told = capfd.readouterr().out
    assert told.count("ukraine-compact") == 2 and "signed" in told


@pytest.mark.parametrize("name", ["claims", "counts", "promises", "signed", "timeline", "witnesses"])
def test_every_named_query_answers(name: str, built: Project, capfd: pytest.CaptureFixture[str]) -> None:
    parameters = ["--param", "pact=pactid:ukraine-latvia"] if name == "timeline" else []
    assert run("query", name, *parameters, "--format", "csv") == FINE
    assert len(capfd.readouterr().out.splitlines()) > 1


def test_a_syntax_error_in_a_query_gives_line_and_column(built: Project, capsys: Capture) -> None:
    assert run("query", "SELECT * {\n ?s ?p }") == BAD_INPUT
    assert "query:2:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "hostile",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "DELETE WHERE { ?s ?p ?o }",
    ],
)
def test_a_query_that_reaches_outside_is_refused(hostile: str, built: Project, capsys: Capture) -> None:
    assert run("query", hostile) == BAD_INPUT
    assert "Traceback" not in capsys.readouterr().err


def test_a_query_that_runs_too_long_is_stopped(built: Project, capsys: Capture) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert run("query", endless, "--timeout", "0.5") == BAD_INPUT
    assert "0.5" in capsys.readouterr().err


def test_a_parameter_is_bound_and_never_pasted(built: Project, capfd: pytest.CaptureFixture[str]) -> None:
    text = "SELECT ?s { ?s pact:code ?code }"
    assert run("query", text, "--param", 'code=gb" } #', "--format", "csv") == FINE
    assert capfd.readouterr().out.split() == ["s"]
    assert run("query", text, "--param", "code=gb", "--format", "csv") == FINE
    assert "united-kingdom" in capfd.readouterr().out


@pytest.mark.parametrize("graph", ["facts", "claims", "sources", "all"])
@pytest.mark.parametrize(
    ("syntax", "form"),
    [
        ("ttl", RdfFormat.TURTLE),
        ("trig", RdfFormat.TRIG),
        ("nt", RdfFormat.N_TRIPLES),
        ("nq", RdfFormat.N_QUADS),
        ("jsonld", RdfFormat.JSON_LD),
    ],
)
def test_export_says_the_same_in_every_syntax(
    graph: str, syntax: str, form: RdfFormat, built: Project
) -> None:
    assert run("export", "--graph", graph, "--format", "nq", "-o", "all.nq") == FINE
    assert run("export", "--graph", graph, "--format", syntax, "-o", "out") == FINE
    expected = {quad.triple for quad in parse(path="all.nq", format=RdfFormat.N_QUADS)}
    assert {quad.triple for quad in parse(path="out", format=form)} == expected and expected
    readable = {"ttl": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "jsonld": "json-ld"}[syntax]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib deprecates what its own parsers call
        read = rdflib.Dataset(default_union=True)
        read.parse("out", format=readable)
        assert len(read) == len(expected)


def test_export_goes_to_stdout(built: Project, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("export", "--graph", "facts") == FINE
    assert 'pact:signedOn "2024-04-11"^^loc:edtf' in capfd.readouterr().out


def test_validate_reports_in_every_form(built: Project, capsys: Capture) -> None:
    assert run("validate") == FINE
    assert "Info" in capsys.readouterr().out
    path = built.data / "sources/like123-2024-05-01.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("pact:Affirmed", "pact:Sure"), encoding="utf-8")
    assert run("validate", str(path)) == FINDINGS
    assert "like123-2024-05-01.ttl:" in capsys.readouterr().out
    assert run("validate", "--json") == FINDINGS
    found = json.loads(capsys.readouterr().out)
    assert not found["conforms"] and all(each["message"] and each["focus"] for each in found["findings"])
    assert run("validate", "--format", "ttl") == FINDINGS
    assert "sh:ValidationReport" in capsys.readouterr().out


def test_validate_of_given_files_speaks_of_them_alone(built: Project, capsys: Capture) -> None:
    party = built.data / "authority/parties.ttl"
    party.write_text(
        party.read_text(encoding="utf-8").replace('pact:code "lv"', 'pact:code "LVA"'), encoding="utf-8"
    )
    assert run("validate", "data/sources/kyivindependent-2024-04-20.ttl") == FINE
    assert run("validate", str(party)) == FINDINGS
    told = capsys.readouterr().out
    assert "parties.ttl:" in told and "sources/" not in told
    assert run("validate") == FINDINGS


def test_completion_for_the_shells(capsys: Capture) -> None:
    for shell in ("bash", "zsh", "tcsh"):
        assert run("completion", shell) == FINE
        assert "pactgraph" in capsys.readouterr().out


def test_a_fault_of_ours_is_one_line_and_4(
    built: Project, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.delenv("PACTGRAPH_DEBUG", raising=False)

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("pactgraph.cli.commands.reading.find_project", broken)
    assert run("list") == INTERNAL
    assert "a bug" in capsys.readouterr().err


def test_a_query_file_that_is_not_there(built: Project, capsys: Capture) -> None:
    assert run("query", "nowhere.rq") == USAGE
    assert "nowhere.rq is not a file" in capsys.readouterr().err


def test_formatting_two_versions_of_a_claim_loses_neither(built: Project, capsys: Capture) -> None:
    path = built.data / "sources/like123-2024-05-01.ttl"
    text = path.read_text(encoding="utf-8")
    claim = next(block for block in text.split("\n\n") if 'pact:asPrinted "nine"' in block)
    both = f"{text}\n{claim.replace(claim.split()[0], '<#again>').replace('nine', '9')}\n"
    path.write_text(both, encoding="utf-8")
    assert run("format", str(path)) == BAD_INPUT
    assert "are the same claim, but differ in" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == both


def test_a_file_that_is_not_there(built: Project, capsys: Capture) -> None:
    assert run("validate", "nowhere.ttl") == USAGE
    assert "nowhere.ttl" in capsys.readouterr().err


def test_output_without_a_terminal_has_no_colour_and_no_progress(built: Project) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "pactgraph", "build", "--full"],
        capture_output=True,
        check=True,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    assert b"\x1b" not in told.stdout + told.stderr


def test_a_closed_pipe_ends_a_command_quietly_but_not_as_fine(built: Project) -> None:
    command = [sys.executable, "-m", "pactgraph", "export", "--format", "nt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        assert running.wait() == 141
        assert running.stderr.read() == b""


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["query", "ASK { ?s ?p ?o }"], ["list"], ["show", "gb"], ["export", "--format", "nt"]],
)
def test_a_command_imports_rdflib_and_pyshacl_only_when_it_needs_them(
    arguments: list[str], built: Project
) -> None:
    script = (
        "import sys; from pactgraph.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'rdflib', 'pyshacl'} & sys.modules.keys()))"
    )
    subprocess.run([sys.executable, "-c", script, *arguments], check=True, capture_output=True)


def test_the_library_has_the_commands_under_their_names() -> None:
    import pactgraph

    for name in (
        "build",
        "query",
        "show",
        "why",
        "verify",
        "export",
        "listing",
        "validate",
        "format_file",
        "init",
    ):
        assert callable(getattr(pactgraph, name)), name
    import pactgraph.building
    import pactgraph.sparql

    assert callable(pactgraph.build) and callable(pactgraph.query)
    with pytest.raises(AttributeError):
        _ = pactgraph.nosuch  # type: ignore[attr-defined]
