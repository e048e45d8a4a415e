"""Beginning a session, asking its next question, ending it, and going on with it."""

from django.db import transaction

from questions.catalogue.selection import SessionScope
from questions.learner.context import LearnerContext
from questions.models import Learner, StudySession

from .due_counts import due_split
from .first_picks import first_picks
from .options import SessionOptions
from .queue import Queue
from .session_log import SessionLog

Mode = StudySession.Mode
# What the column takes.
MOST_EXPECTED = 32_767


@transaction.atomic
def begin(learner: LearnerContext, scope: SessionScope, options: SessionOptions) -> StudySession:
    """A new session, which ends those under way."""
    Learner.locked(learner.user)
    _end_others(learner)
    session = StudySession.objects.create(
        user=learner.user,
        query=scope.chosen.query(),
        mode=options.mode or Mode.DUE,
        shuffled=options.shuffled,
        limit=options.limit,
        minutes=options.minutes,
        more=options.more,
        timer=options.timer,
        started_at=learner.now,
    )
    session.chosen = first_picks(learner, session, scope)
    session.expected = _expected(learner, session, scope)
    session.save(update_fields=["chosen", "expected"])
    return session


def _expected(learner: LearnerContext, session: StudySession, scope: SessionScope) -> int:
    """How many questions wait: the chosen ones, and those that are due where it asks them."""
    count = len(session.chosen)
    if session.mode == Mode.DUE:
        due, beyond = due_split(learner, scope)
        count += due + beyond if session.more else due
    return min(count, MOST_EXPECTED)


def advance(learner: LearnerContext, session: StudySession, scope: SessionScope) -> tuple[int | None, SessionLog]:
    """The id of the next question, None where the session is through, and what was done so far."""
    log = SessionLog.of(session)
    return Queue(learner, session, scope, log).next(), log


def end(learner: LearnerContext, session: StudySession) -> None:
    if not session.ended_at:
        session.ended_at = learner.now
        session.save(update_fields=["ended_at"])


def reopen(learner: LearnerContext, session: StudySession) -> None:
    """A session that had ended goes on, and the one under way meanwhile ends."""
    if session.ended_at:
        _end_others(learner)
        session.ended_at = None
        session.save(update_fields=["ended_at"])


def _end_others(learner: LearnerContext) -> None:
    under_way = StudySession.objects.filter(user=learner.user, ended_at__isnull=True)
    under_way.update(ended_at=learner.now)
