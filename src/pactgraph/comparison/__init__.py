"""The graph beside Wikidata, and what an editor there can take from it."""

from pactgraph.comparison.diff import Comparison, Counterpart, compare, reviewed_items
from pactgraph.comparison.quickstatements import Row, read_csv, read_v1, write_csv, write_v1
from pactgraph.comparison.references import References
from pactgraph.comparison.rows import comparison_rows
from pactgraph.comparison.statements import Relation, Verdict, relation, value_of

__all__ = [
    "Comparison",
    "Counterpart",
    "References",
    "Relation",
    "Row",
    "Verdict",
    "compare",
    "comparison_rows",
    "read_csv",
    "read_v1",
    "relation",
    "reviewed_items",
    "value_of",
    "write_csv",
    "write_v1",
]
