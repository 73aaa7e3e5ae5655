"""What reading rests on, made once: the names of a graph, and the lexica that come with the package and with the graph."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pactgraph.extraction.article import Extraction, extract
from pactgraph.extraction.lexicon import Lexicon, read_lexicon
from pactgraph.extraction.names import Names, read_names
from pactgraph.graph.nodes import Nodes, group, read_triples
from pactgraph.project import Project, shipped


@dataclass(frozen=True)
class Extractor:
    """Reads articles for one graph; `nodes` are the graph's ontology and authority data."""

    names: Names
    lexicon: Lexicon
    nodes: Nodes

    def read(self, text: str, published: date | None = None) -> Extraction:
        """The candidate claims of a text; raises UsageError where the parser is not installed."""
        return extract(text, self.names, self.lexicon, published)


def open_extractor(project: Project) -> Extractor:
    """The extractor of a project; raises BadInput for lexica that cannot be read, SyntaxFault for data that cannot."""
    nodes = group(t for path in (*project.authority(), *project.ontology()) for t in read_triples(path))
    names = read_names(nodes, shipped("lexica") / "states.tsv")
    return Extractor(names, read_lexicon(project.lexica()), nodes)
