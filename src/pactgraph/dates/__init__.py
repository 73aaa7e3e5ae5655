"""Precision-aware time: EDTF dates, how they compare, and how people print them."""

from pactgraph.dates.edtf import Edtf, ImpossibleDate, Moment, finer, overlap, parse, precedes, within
from pactgraph.dates.words import readings, say, say_duration

__all__ = [
    "Edtf",
    "ImpossibleDate",
    "Moment",
    "finer",
    "overlap",
    "parse",
    "precedes",
    "readings",
    "say",
    "say_duration",
    "within",
]
