"""Documents to rows: one transaction for a run, three-way with what was loaded last."""

from .likeness import Repeats
from .report import DocumentReport, Entry, LoadReport
from .run import Options, load

__all__ = ["DocumentReport", "Entry", "LoadReport", "Options", "Repeats", "load"]
