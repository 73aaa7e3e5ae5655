"""Which items of Wikidata are the same as things of ours: a program proposes, a reviewer judges, the build reads."""

from pactgraph.linking.proposing import Proposals, propose
from pactgraph.linking.review import Judged, Judgement, LinkReview, apply_review, withdraw
from pactgraph.linking.scoring import Scored, score
from pactgraph.linking.sssom import EXACT, Row, Table, read_table, save_table, write_table
from pactgraph.linking.things import Thing, Things

__all__ = [
    "EXACT",
    "Judged",
    "Judgement",
    "LinkReview",
    "Proposals",
    "Row",
    "Scored",
    "Table",
    "Thing",
    "Things",
    "apply_review",
    "propose",
    "read_table",
    "save_table",
    "score",
    "withdraw",
    "write_table",
]
