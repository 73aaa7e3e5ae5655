"""How well the extractor reads: its candidates held against gold claims, one to one."""

from pactgraph.evaluation.gold import GoldClaim, read_gold
from pactgraph.evaluation.marking import Level, Marks, Rulebook, mark, read_rulebook
from pactgraph.evaluation.matching import match
from pactgraph.evaluation.scoring import Score, Scores, evaluate

__all__ = [
    "GoldClaim",
    "Level",
    "Marks",
    "Rulebook",
    "Score",
    "Scores",
    "evaluate",
    "mark",
    "match",
    "read_gold",
    "read_rulebook",
]
