"""Studying: sessions, grades, undo, resets, and the interview plan."""

from .acts import bury, master, skip, star
from .done import Done
from .grading import AlreadyGraded, cram, grade, next_intervals, next_number
from .interview import Readiness, Verdict, readiness, remember_readiness, verdict
from .queue import Choice
from .reset import Loss, loss, reset
from .sittings import advance, begin, end, is_stale, open_session, reopen
from .undo import CannotUndo, last_act, undo

__all__ = [
    "AlreadyGraded",
    "CannotUndo",
    "Choice",
    "Done",
    "Loss",
    "Readiness",
    "Verdict",
    "advance",
    "begin",
    "bury",
    "cram",
    "end",
    "grade",
    "is_stale",
    "last_act",
    "loss",
    "master",
    "next_intervals",
    "next_number",
    "open_session",
    "readiness",
    "remember_readiness",
    "reopen",
    "reset",
    "skip",
    "star",
    "undo",
    "verdict",
]
