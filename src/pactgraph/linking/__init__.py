"""Which items of Wikidata are the same as things of ours: a program proposes, a reviewer judges, the build reads."""

from pactgraph.linking.linkables import Linkable, Linkables
from pactgraph.linking.proposing import Proposals, propose
from pactgraph.linking.review import (
    Judged,
    Judgement,
    LinkReview,
    apply_review,
    rejected,
    surest_first,
    withdraw,
)
from pactgraph.linking.scoring import LACKING, Class, Scored, score
from pactgraph.linking.sssom import CLOSE, EXACT, Row, Table, read_table, save_table, write_table

__all__ = [
    "CLOSE",
    "EXACT",
    "LACKING",
    "Class",
    "Judged",
    "Judgement",
    "LinkReview",
    "Linkable",
    "Linkables",
    "Proposals",
    "Row",
    "Scored",
    "Table",
    "apply_review",
    "propose",
    "read_table",
    "rejected",
    "save_table",
    "score",
    "surest_first",
    "withdraw",
    "write_table",
]
