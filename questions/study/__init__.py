"""Studying: sessions, grades, undo, resets, and the interview plan."""

from questions.interview.today import Readiness, Verdict, readiness, remember_readiness, verdict
from questions.learner.context import Arrival, arrive

from .acts import bury, master, skip, star
from .due_counts import Waiting, coming, due_count, waiting
from .grading import AlreadyGraded, cram, grade, known, next_intervals
from .options import Options, options_of, read_options
from .reset import Loss, loss, reset
from .session_log import Done
from .sessions import advance, begin, end, open_session, reopen
from .undo import CannotUndo, last_act, undo, undoable_resets

__all__ = [
    "AlreadyGraded",
    "Arrival",
    "CannotUndo",
    "Done",
    "Loss",
    "Options",
    "Readiness",
    "Verdict",
    "Waiting",
    "advance",
    "arrive",
    "begin",
    "bury",
    "coming",
    "cram",
    "due_count",
    "end",
    "grade",
    "known",
    "last_act",
    "loss",
    "master",
    "next_intervals",
    "open_session",
    "options_of",
    "read_options",
    "readiness",
    "remember_readiness",
    "reopen",
    "reset",
    "skip",
    "star",
    "undo",
    "undoable_resets",
    "verdict",
    "waiting",
]
