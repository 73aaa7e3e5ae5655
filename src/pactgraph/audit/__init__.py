"""Audits: what the graph says, held against what it was made from and against itself."""

from pactgraph.audit.copies import CopyAudit, Proposal, Sign, audit_copies
from pactgraph.audit.counts import audit_counts, judge_counts
from pactgraph.audit.coverage import Coverage, Gap, Lack, audit_coverage, cover
from pactgraph.audit.findings import Finding
from pactgraph.audit.layer import audit_layer, conflict_layer, count_layer, coverage_layer, promise_layer
from pactgraph.audit.ledger import audit_promises, keep_ledger
from pactgraph.audit.notes import NoteAudit, NoteFault, Topic, audit_notes
from pactgraph.audit.passages import Checked, Held, Standing, Verdict, Verification, verify
from pactgraph.audit.promises import Ledger, Outcome, Promise, Tally
from pactgraph.audit.summary import Tallied, sum_up
from pactgraph.audit.verdicts import CountVerdict
from pactgraph.audit.verdicts import Verdict as CountOutcome
from pactgraph.audit.wording import Words, read_words
from pactgraph.audit.world import World, read_world

__all__ = [
    "Checked",
    "CopyAudit",
    "CountOutcome",
    "CountVerdict",
    "Coverage",
    "Finding",
    "Gap",
    "Held",
    "Lack",
    "Ledger",
    "NoteAudit",
    "NoteFault",
    "Outcome",
    "Promise",
    "Proposal",
    "Sign",
    "Standing",
    "Tallied",
    "Tally",
    "Topic",
    "Verdict",
    "Verification",
    "Words",
    "World",
    "audit_copies",
    "audit_counts",
    "audit_coverage",
    "audit_layer",
    "audit_notes",
    "audit_promises",
    "conflict_layer",
    "count_layer",
    "cover",
    "coverage_layer",
    "judge_counts",
    "keep_ledger",
    "promise_layer",
    "read_words",
    "read_world",
    "sum_up",
    "verify",
]
