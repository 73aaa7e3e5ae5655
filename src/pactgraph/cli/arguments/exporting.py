"""Commands that hand the graph on, and take in what others hand on."""

from __future__ import annotations

from typing import Any

from pactgraph.cli.arguments.options import add_known, add_reader
from pactgraph.cli.arguments.wikidata import add_quickstatements

FORMATS = (
    *("ttl", "trig", "nt", "nq", "jsonld", "rdf12", "nanopub", "wikidata", "csv", "parquet", "ro-crate"),
    "v1",
)
_ALSO = {"turtle": "ttl", "ntriples": "nt", "nquads": "nq", "json-ld": "jsonld"}


def add_export(commands: Any) -> None:
    command = add_reader(
        commands,
        "export",
        "write the graph, or a part of it, for others to read",
        (
            "export > graph.ttl",
            "export --format nq --graph claims -o claims.nq",
            "export --pact ukraine-latvia --as-known 2024-05-01",
            "export --format csv -o tables",
            "export --to quickstatements --offline",
        ),
    )
    command.add_argument(
        "--format",
        type=lambda name: _ALSO.get(name, name),
        choices=FORMATS,
        default="ttl",
        help="a syntax of RDF, of RDF 1.2, nanopublications, or statements as Wikidata has them; with -o DIR also tables or a crate of all (default: ttl); with --to quickstatements, v1 (the default there) or csv",
    )
    command.add_argument(
        "--graph", choices=("facts", "claims", "sources", "audits", "all"), default="all", help="which part"
    )
    command.add_argument("--pact", metavar="PACT", help="only what there is on one pact, by any of its names")
    add_known(command)
    command.add_argument("--key", metavar="FILE", help="sign nanopublications with the RSA key of a PEM file")
    command.add_argument(
        "--spreadsheet",
        action="store_true",
        help="csv that a spreadsheet program opens as UTF-8, and takes no cell of for a formula",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="a file or, for csv, parquet and ro-crate, a new folder (default: stdout)",
    )
    add_quickstatements(command)


def add_import(commands: Any) -> None:
    command = add_reader(
        commands,
        "import",
        "take in claims that others wrote as RDF in the shapes of this graph, all or nothing",
        ("import claims.ttl", "import nanopubs.trig", "import - --as courier-2024-05-01"),
    )
    command.add_argument(
        "file",
        metavar="FILE",
        help="Turtle, TriG, N-Triples, N-Quads, JSON-LD, or a nanopublication; - is stdin",
    )
    command.add_argument("--as", dest="name", metavar="NAME", help="what its source is called here")
    command.add_argument(
        "--texts",
        metavar="DIR",
        help="texts that the claims are held against, where theirs is among them (default: texts/ of the graph)",
    )


def add_site(commands: Any) -> None:
    command = add_reader(
        commands,
        "site",
        "write the graph as a static site: for every IRI a page, its Turtle and its JSON-LD",
        (
            "site -o public",
            "site -o public --base https://example.org/pacts/",
            "site -o public --texts ~/articles",
        ),
    )
    command.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="the folder to write; a site there is replaced"
    )
    command.add_argument(
        "--base",
        metavar="URL",
        help="where it will lie, for sitemap and descriptions (default: as the IRIs say)",
    )
    command.add_argument(
        "--texts", metavar="DIR", help="texts against which the links to sentences are proved"
    )
