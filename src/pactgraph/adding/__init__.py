"""Adding an article to a graph: drafted, reviewed, proved, staged, and only then in its place."""

from pactgraph.adding.change import Change, Picture, compare, picture
from pactgraph.adding.drift import Became, Drifted, drift
from pactgraph.adding.editing import Edited, edit
from pactgraph.adding.held import Held, find_held
from pactgraph.adding.review import Decision, Review, Verdict
from pactgraph.adding.staging import Addition, add
from pactgraph.adding.taking import take

__all__ = [
    "Addition",
    "Became",
    "Change",
    "Decision",
    "Drifted",
    "Edited",
    "Held",
    "Picture",
    "Review",
    "Verdict",
    "add",
    "compare",
    "drift",
    "edit",
    "find_held",
    "picture",
    "take",
]
