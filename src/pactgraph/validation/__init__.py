"""Validation against SHACL shapes: a fast engine, and the reference engine that it must agree with.

A source is judged by itself, over the background it names (ontology and authority), so memory grows with the
largest source and not with their number. Shapes that the fast engine does not know are left to the reference
engine, pyshacl. https://www.w3.org/TR/shacl/
"""

from pactgraph.validation.addresses import Address, Elsewhere, nowhere, read_addresses
from pactgraph.validation.bulk import SMALL, validate_files
from pactgraph.validation.lines import locate
from pactgraph.validation.reference import ReferenceFailed, reference_report
from pactgraph.validation.report import Finding, Report
from pactgraph.validation.shapes import UnknownConstruct
from pactgraph.validation.validator import Engine, Validator

__all__ = [
    "SMALL",
    "Address",
    "Elsewhere",
    "Engine",
    "Finding",
    "ReferenceFailed",
    "Report",
    "UnknownConstruct",
    "Validator",
    "locate",
    "nowhere",
    "read_addresses",
    "reference_report",
    "validate_files",
]
