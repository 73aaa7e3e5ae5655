"""The house: floors that hold, doors that stay shut, a subject that is data, queries without pasted values."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pactgraph import __version__
from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import group, read_triples
from pactgraph.project import Project

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src").rglob("*.py"))


def test_the_floors_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    if not lint.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# The subject is data

LANGUAGE = {
    "US": "the sign of a currency, US$",
    "Store": "where quads are kept; also a name without its accents",
    "Compact": "a class of the ontology",
    "Australian": "the name of a currency",
    "Icelandic": "the name of a currency",
    "Canadian": "the name of a currency",
    "Danish": "the name of a currency",
    "Norwegian": "the name of a currency",
    "Swedish": "the name of a currency",
}
"""Words of the language that are names in the data too, and why they may stand in the code."""


def names() -> set[str]:
    """Every proper name in the authority data."""
    files = sorted((ROOT / "data" / "authority").glob("*.ttl"))
    nodes = group(triple for path in files for triple in read_triples(path))
    labels = Labels(nodes)
    return {name for node in nodes for name in labels.names(node) if name[0].isupper()}


def test_nothing_in_the_code_names_a_country_a_person_or_a_pact() -> None:
    known = names() - LANGUAGE.keys()
    assert len(known) > 100
    any_name = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(known)))})(?!\w)")
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in MODULES
        for match in any_name.finditer(path.read_text(encoding="utf-8").replace("\\b", "  "))
    }
    assert not found


def test_the_words_that_are_let_through_are_needed() -> None:
    code = "".join(path.read_text(encoding="utf-8").replace("\\b", "  ") for path in MODULES)
    assert all(re.search(rf"(?<!\w){word}(?!\w)", code) for word in LANGUAGE)


# Values are bound, never pasted

KEYWORDS = re.compile(
    r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|WHERE|GRAPH|VALUES|FILTER|OPTIONAL|UNION|BIND)\b\s*[{?<(*]?"
)
PATTERNS = {"_SCOPE", "pattern"}
"""Graph patterns that a module spells out itself; they hold no values."""


def test_no_query_is_built_from_values() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _is_query(node) and not _pasted(node) <= PATTERNS
    ]
    assert not found


def _is_query(node: ast.AST) -> bool:
    """Whether an expression puts a text together and that text reads like SPARQL."""
    built = isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("format", "replace")
    )
    summed = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod)
    texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return (built or summed) and any(KEYWORDS.search(text) for text in texts)


def _pasted(node: ast.AST) -> set[str]:
    """What is put into the text; constants of the module are no values."""
    names = {ast.unparse(n) for n in ast.walk(node) if isinstance(n, ast.Name | ast.Attribute)}
    return {name for name in names if not name.lstrip("_").isupper()}


@pytest.mark.parametrize(
    ("code", "pasted"),
    [
        ("f'SELECT * {{ ?s ?p <{iri}> }}'", True),
        ("'SELECT * { ?s ?p <%s> }' % iri", True),
        ("'ASK { ?s ?p <' + iri + '> }'", True),
        ("'ASK {{ ?s ?p <{}> }}'.format(iri)", True),
        ("f'SELECT ?s WHERE {{ {_SCOPE} }}'", False),
        ("'SELECT * { ?s ?p ?o }'", False),
        ("f'{name} has no value'", False),
    ],
)
def test_the_search_for_pasted_values_finds_them(code: str, pasted: bool) -> None:
    node = ast.parse(code, mode="eval").body
    assert (_is_query(node) and not _pasted(node) <= PATTERNS) == pasted


# What costs time to import stays out of what must be quick


def loaded(code: str, says: str = "") -> set[str]:
    """The top-level packages that a fresh interpreter has loaded after the code, which says something."""
    told = (
        f"{code}\nimport sys; print('\\nLOADED', *sorted({{name.partition('.')[0] for name in sys.modules}}))"
    )
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=False)
    said, mark, packages = done.stdout.rpartition("LOADED")
    assert mark and says in said, done.stderr
    return set(packages.split())


COMMAND = "import sys\nfrom pactgraph.cli import main\nsys.argv[1:] = {}\ntry:\n    main()\nexcept SystemExit:\n    pass"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import pactgraph", ""),
        (COMMAND.format(["--version"]), __version__),
        (COMMAND.format(["query", "--help"]), "pactgraph query"),
        ("import pactgraph; pactgraph.query, pactgraph.open_store, pactgraph.find_project", ""),
    ],
    ids=["import", "--version", "query --help", "the library's query"],
)
def test_what_must_be_quick_loads_neither_rdflib_nor_pyshacl(code: str, says: str) -> None:
    assert not loaded(code, says) & {"rdflib", "pyshacl", "oxrdflib"}


def test_a_query_on_a_store_loads_neither_rdflib_nor_pyshacl(built_repository: Project) -> None:
    asked = ["query", "--store", str(built_repository.store), "ASK { ?s ?p ?o }"]
    assert not loaded(COMMAND.format(asked), "yes") & {"rdflib", "pyshacl", "oxrdflib"}


def test_every_module_says_what_it_is_for() -> None:
    assert not [path.name for path in MODULES if path.stat().st_size and not _documented(path)]


def _documented(path: Path) -> bool:
    return (
        ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is not None
        or path.name == "__main__.py"
    )


def _functions() -> Iterator[int]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_small() -> None:
    sizes = sorted(_functions())
    assert sizes[len(sizes) // 2] <= 9
