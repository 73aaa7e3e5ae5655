"""Audits: what the graph says, held against what it was made from."""

from pactgraph.audit.notes import NoteAudit, NoteFault, Topic, audit_notes
from pactgraph.audit.passages import Checked, Held, Standing, Verdict, Verification, verify

__all__ = [
    "Checked",
    "Held",
    "NoteAudit",
    "NoteFault",
    "Standing",
    "Topic",
    "Verdict",
    "Verification",
    "audit_notes",
    "verify",
]
