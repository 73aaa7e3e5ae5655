"""Audits: what the graph says, held against what it was made from."""

from pactgraph.audit.passages import Checked, Held, Standing, Verdict, Verification, verify

__all__ = ["Checked", "Held", "Standing", "Verdict", "Verification", "verify"]
