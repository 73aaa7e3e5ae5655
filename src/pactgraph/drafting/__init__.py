"""From articles to drafts: source files that a program proposes, each claim of which the text proves."""

from pactgraph.drafting.batch import Batch, Failure, draft_all
from pactgraph.drafting.desk import Drafter
from pactgraph.drafting.draft import Draft, Drafted, Refusal
from pactgraph.drafting.opening import Options, describe, extract, open_drafter, open_page
from pactgraph.drafting.sources import Given

__all__ = [
    "Batch",
    "Draft",
    "Drafted",
    "Drafter",
    "Failure",
    "Given",
    "Options",
    "Refusal",
    "describe",
    "draft_all",
    "extract",
    "open_drafter",
    "open_page",
]
